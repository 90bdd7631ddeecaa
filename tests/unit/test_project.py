"""What stands around a file is found, and what is not there is said."""

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from territo_opendata import project
from territo_opendata.descriptors import shipped as shipped_module
from territo_opendata.descriptors.package import load_package
from territo_opendata.errors import DescriptorError, MissingFileError, RemoteError, UsageError

NAMES = {
    "communes_anciennes", "evenements", "financements", "indicateurs", "intercommunalites", "labellisations",
    "organisations", "partenariats", "programmes", "sources", "subventions", "territoires",
}  # fmt: skip


def test_find_package(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    assert project.find_package(folder / "x.csv") is None
    (tmp_path / "datapackage.json").write_text("{}")
    for start in (
        folder / "x.csv",
        folder,
        folder / "datapackage.json",
        tmp_path / "datapackage.json",
    ):
        assert project.find_package(start) == tmp_path / "datapackage.json"
    (folder / "datapackage.json").write_text("{}")
    assert project.find_package(folder / "x.csv") == folder / "datapackage.json"


@pytest.mark.parametrize("name", ["x" * 5000, "a\0b"])
def test_find_package_of_an_odd_name(tmp_path: Path, name: str) -> None:
    (tmp_path / "datapackage.json").write_text("{}")
    assert project.find_package(tmp_path / name) == tmp_path / "datapackage.json"


def test_builtin_schemas() -> None:
    assert set(project.builtin_schema_names()) == NAMES
    assert project.builtin_schema("programmes").origin == "programmes"


def test_builtin_package() -> None:
    package = project.builtin_package()
    assert package.name == "territo-opendata"
    for resource in package.resources:
        assert all(isinstance(path, Path) and path.is_file() for path in resource.files)


@pytest.mark.parametrize(
    ("name", "nearest"),
    [("financement", "financements"), ("Programmes", "programmes"), ("teritoires", "territoires"), ("zzz", "sources")],
)  # fmt: skip
def test_unknown_names(name: str, nearest: str) -> None:
    with pytest.raises(UsageError, match=nearest):
        project.resolve_schema(name)
    with pytest.raises(UsageError, match=nearest):
        project.builtin_schema(name)


def test_resolve_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "schema.json"
    path.write_text('{"name": "x", "fields": []}')
    (tmp_path / "sans-extension").write_text('{"name": "y", "fields": []}')
    monkeypatch.chdir(tmp_path)
    assert project.resolve_schema("financements").name == "financements"
    assert project.resolve_schema(str(path)).name == "x"
    assert project.resolve_schema(str(tmp_path)).name == "x"
    assert project.resolve_schema("sans-extension").name == "y"


@pytest.mark.parametrize("spec", ["absent.json", "./absent", "a/b", "x" * 5000, "a\0b", ""])
def test_missing_schema(spec: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(MissingFileError):
        project.resolve_schema(spec)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        threading.Thread(target=http.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{http.server_port}"
        http.shutdown()


def test_schema_by_address(tmp_path: Path, server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    (tmp_path / "schema.json").write_text('{"name": "x", "fields": []}')
    (tmp_path / "page.html").write_text("<html>")
    found = project.resolve_schema(f"{server}/schema.json")
    assert (found.name, found.origin) == ("x", f"{server}/schema.json")
    with pytest.raises(RemoteError, match="404"):
        project.resolve_schema(f"{server}/absent.json")
    with pytest.raises(DescriptorError, match="JSON"):
        project.resolve_schema(f"{server}/page.html")


def test_a_shipped_schema_is_not_fetched(tmp_path: Path) -> None:
    address = project.builtin_schema("programmes").descriptor["path"]
    assert project.resolve_schema(address).name == "programmes"
    described = {"name": "a", "resources": [{"name": "b", "path": "b.csv", "schema": address}]}
    (tmp_path / "datapackage.json").write_text(json.dumps(described))
    schema = load_package(tmp_path / "datapackage.json").resources[0].schema
    assert schema is not None
    assert schema.origin == address
    assert schema.field_names == project.builtin_schema("programmes").field_names


@pytest.mark.parametrize(
    "address",
    [
        "https://raw.githubusercontent.com/territo-opendata/territo-opendata/v0.0.1/schemas/programmes/schema.json",
        "https://exemple.fr/schemas/programmes/schema.json",
        "https://exemple.fr/schema.json",
    ],
)
def test_any_other_address_is_fetched(address: str) -> None:
    assert shipped_module.shipped_copy(address) is None


def test_best_fitting_schema() -> None:
    labels = ["Programme_ID", "NOM", "Sigle", "Nature du programme", "Pilote"]
    assert project.best_fitting_schema(labels)[0][0] == "programmes"
    exact = project.builtin_schema("territoires").field_names
    assert project.best_fitting_schema(exact)[0] == ("territoires", 1.0)
    scores = [score for _, score in project.best_fitting_schema(exact)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


@pytest.mark.parametrize("labels", [[], [""], ["zzz"], ["", "zzz", "€"]])
def test_nothing_fits(labels: list[str]) -> None:
    assert project.best_fitting_schema(labels) == []


def test_data_of_a_wheel_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = tmp_path / "territo_opendata" / "_data" / "schemas" / "essai"
    shipped.mkdir(parents=True)
    (shipped / "schema.json").write_text(json.dumps({"fields": []}))
    module = tmp_path / "territo_opendata" / "descriptors" / "shipped.py"
    monkeypatch.setattr(shipped_module, "__file__", str(module))
    shipped_module.data_folder.cache_clear()
    try:
        assert project.builtin_schema_names() == ("essai",)
    finally:
        shipped_module.data_folder.cache_clear()
