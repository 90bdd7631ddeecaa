"""A schema by its name in a national catalogue, fetched once and kept with its digest."""

import http.server
import json
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.cli.run import Done, territo

SCHEMA = {"name": "essai", "fields": [{"name": "n", "type": "integer"}]}
OLD = {"name": "essai", "fields": [{"name": "n", "type": "string"}]}


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "latest.json").write_text(json.dumps(SCHEMA), "utf-8")
    (folder / "old.json").write_text(json.dumps(OLD), "utf-8")
    return folder


@pytest.fixture
def base(site: Path) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    write_catalogue(site, f"http://127.0.0.1:{server.server_port}/")
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


def write_catalogue(site: Path, base: str) -> None:
    entries = [
        {
            "name": "producteur/essai",
            "schema_type": "tableschema",
            "schema_url": f"{base}latest.json",
            "versions": [{"version_name": "1.0.0", "schema_url": f"{base}old.json"}],
        },
        {"name": "producteur/json", "schema_type": "jsonschema", "schema_url": f"{base}j.json"},
    ]
    (site / "schemas.json").write_text(json.dumps({"schemas": entries}), "utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.csv").write_text("n\nx\n", "utf-8")
    return tmp_path


def check(folder: Path, catalogue: str, schema: str = "producteur/essai") -> Done:
    return territo(
        "validate", "a.csv", "--schema", schema, "--catalog", catalogue,
        cwd=folder, TERRITO_CACHE_DIR=str(folder / "cache"),
    )  # fmt: skip


def test_latest_and_a_version(folder: Path, base: str) -> None:
    done = check(folder, f"{base}schemas.json")
    assert (done.code, "type-integer" in done.out) == (1, True), done
    assert check(folder, f"{base}schemas.json", "producteur/essai@1.0.0").code == 0


def test_offline_afterwards(folder: Path, site: Path) -> None:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}/"
    write_catalogue(site, address)
    assert check(folder, f"{address}schemas.json").code == 1
    server.shutdown()
    server.server_close()
    thread.join()
    done = check(folder, f"{address}schemas.json")
    assert done.code == 1, done
    assert "la copie gardée" in done.err


def test_a_damaged_copy_is_not_used(folder: Path, base: str) -> None:
    check(folder, f"{base}schemas.json", "producteur/essai@1.0.0")
    for path in (folder / "cache").iterdir():
        if path.suffix != ".sha256":
            path.write_bytes(path.read_bytes() + b" ")
    done = check(folder, f"{base}schemas.json", "producteur/essai@1.0.0")
    assert done.code == 0
    assert done.err == ""


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ("producteur/esai", "producteur/essai"),
        ("producteur/essai@2.0.0", "1.0.0"),
        ("producteur/json", "jsonschema"),
    ],
)
def test_what_the_catalogue_has_not(folder: Path, base: str, schema: str, said: str) -> None:
    done = check(folder, f"{base}schemas.json", schema)
    assert done.code == 2
    assert said in done.err


def test_a_catalogue_beside_its_schemas(folder: Path, site: Path) -> None:
    write_catalogue(site, "")
    assert check(folder, str(site / "schemas.json")).code == 1
    write_catalogue(site, "../")
    done = check(folder, str(site / "schemas.json"))
    assert done.code == 2, done


@pytest.mark.parametrize("content", ["[]", "{}", '{"schemas": 3}', '{"schemas": [3, {}]}', "\xff"])
def test_what_is_no_catalogue(folder: Path, content: str) -> None:
    (folder / "schemas.json").write_bytes(content.encode("latin-1"))
    assert check(folder, "schemas.json").code == 2


def test_a_catalogue_without_a_name(folder: Path) -> None:
    done = territo("validate", "a.csv", "--catalog", "schemas.json", cwd=folder)
    assert done.code == 2
    assert "--schema" in done.err


def test_a_catalogue_does_not_lead_to_private_addresses(
    folder: Path, site: Path, base: str
) -> None:
    write_catalogue(site, "http://127.0.0.2:9/")
    assert check(folder, f"{base}schemas.json").code == 2
    write_catalogue(site, "file:///etc/")
    assert check(folder, f"{base}schemas.json").code == 2
