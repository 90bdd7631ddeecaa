"""Data packages and dialects are read into values, or refused with the place and the cause."""

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from territo_opendata.descriptors.dialect import dialect_reasons, parse_dialect
from territo_opendata.descriptors.model import Dialect, Package
from territo_opendata.descriptors.package import load_package
from territo_opendata.errors import DescriptorError, MissingFileError, TerritoError, UnsafePathError

V2 = "https://datapackage.org/profiles/2.0/datapackage.json"
SCHEMA = {"fields": [{"name": "a"}]}


def load(folder: Path, *resources: dict[str, Any], **properties: Any) -> Package:
    path = folder / "datapackage.json"
    path.write_text(json.dumps({"resources": list(resources), **properties}))
    return load_package(path)


def resource(**properties: Any) -> dict[str, Any]:
    return {"name": "r", "path": "r.csv", **properties}


def test_minimal(tmp_path: Path) -> None:
    package = load(tmp_path, resource())
    (table,) = package.resources
    assert (package.name, package.version) == ("", None)
    assert package.path == tmp_path / "datapackage.json"
    assert table.files == (tmp_path.resolve() / "r.csv",)
    assert (table.schema, table.dialect, table.format) == (None, Dialect(), "csv")
    assert package.resource("r") is table
    assert package.resource("s") is None


@pytest.mark.parametrize(
    ("properties", "attribute", "expected"),
    [
        ({"path": ["a.csv", "b.csv"]}, "paths", ("a.csv", "b.csv")),
        ({"path": "a.csv", "extrapaths": ["b.csv"]}, "paths", ("a.csv", "b.csv")),
        ({"path": "https://a.fr/b.CSV?x=1.y"}, "files", ("https://a.fr/b.CSV?x=1.y",)),
        ({"path": "https://a.fr/b.CSV?x=1.y"}, "format", "csv"),
        ({"path": "a.CSV", "format": "tsv"}, "format", "tsv"),
        ({"path": "a"}, "format", ""),
        ({"encoding": "windows-1252"}, "encoding", "windows-1252"),
        ({"bytes": 5, "hash": "sha256:x"}, "bytes", 5),
        ({"bytes": 5, "hash": "sha256:x"}, "hash", "sha256:x"),
        ({"title": "T"}, "title", "T"),
        ({}, "title", "r"),
        ({"dialect": {"delimiter": ";"}}, "dialect", Dialect(delimiter=";")),
    ],
)
def test_resource(
    tmp_path: Path, properties: dict[str, Any], attribute: str, expected: Any
) -> None:
    (table,) = load(tmp_path, resource(**properties)).resources
    assert getattr(table, attribute) == expected


def test_inline_data(tmp_path: Path) -> None:
    (table,) = load(tmp_path, {"name": "r", "data": [{"a": 1}]}).resources
    assert (table.paths, table.files, table.data) == ((), (), [{"a": 1}])


def test_url_of_the_first_drafts(tmp_path: Path) -> None:
    (table,) = load(tmp_path, {"name": "r", "url": "https://a.fr/b.csv"}).resources
    assert table.files == ("https://a.fr/b.csv",)


def test_schema_and_dialect_by_path(tmp_path: Path) -> None:
    (tmp_path / "schema.json").write_text(json.dumps(SCHEMA))
    (tmp_path / "dialect.json").write_text('{"csv": {"delimiter": "|"}}')
    (table,) = load(tmp_path, resource(schema="schema.json", dialect="dialect.json")).resources
    assert table.schema is not None
    assert table.schema.field_names == ("a",)
    assert table.schema.origin == str(tmp_path / "schema.json")
    assert table.dialect.delimiter == "|"


def test_circular_foreign_keys(tmp_path: Path) -> None:
    def table(name: str, other: str) -> dict[str, Any]:
        key = {"fields": "a", "reference": {"resource": other, "fields": "a"}}
        return {"name": name, "path": "x.csv", "schema": {**SCHEMA, "foreignKeys": [key]}}

    assert len(load(tmp_path, table("r", "s"), table("s", "r")).resources) == 2


def test_the_version_of_the_package_holds_for_its_schemas(tmp_path: Path) -> None:
    bound = {"name": "a", "type": "integer", "constraints": {"exclusiveMinimum": 1}}
    table = resource(schema={"fields": [bound]})
    load(tmp_path, table, **{"$schema": V2})
    with pytest.raises(DescriptorError, match="version 2"):
        load(tmp_path, table)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        threading.Thread(target=http.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{http.server_port}"
        http.shutdown()


def test_a_package_leads_to_no_private_address(
    tmp_path: Path, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    (tmp_path / "schema.json").write_text(json.dumps(SCHEMA))
    with pytest.raises(UnsafePathError, match="réseau privé"):
        load(tmp_path, resource(schema=f"{server}/schema.json"))


BAD: tuple[tuple[dict[str, Any], str], ...] = (
    ({"resources": []}, "resources"),
    ({"resources": None}, "resources"),
    ({"resources": [5]}, r"resources\[0\]"),
    ({"resources": [{"path": "a.csv"}]}, "n’a pas de nom"),
    ({"resources": [{"name": "r"}]}, r"resources\[0\] \(r\) : ni path ni data"),
    ({"resources": [resource(data=[])]}, "s’excluent"),
    ({"resources": [resource(), resource()]}, r"resources\[1\] \(r\).name"),
    ({"resources": [resource(name=["r"])]}, r"resources\[0\].name"),
    ({"resources": [resource(name="É")]}, r"resources\[0\] \(É\).name"),
    ({"resources": [resource(path=[])]}, r"\(r\).path"),
    ({"resources": [resource(path=["a.csv", 5])]}, r"\(r\).path"),
    ({"resources": [resource(bytes="5")]}, r"\(r\).bytes"),
    ({"resources": [resource(encoding=5)]}, r"\(r\).encoding"),
    ({"resources": [resource(schema=[])]}, r"\(r\).schema"),
    ({"resources": [resource(schema={"fields": 5})]}, "fields"),
    ({"resources": [resource(dialect={"delimiter": 5})]}, r"\(r\).dialect.delimiter"),
    ({"resources": [resource(type="tableau")]}, r"\(r\).type"),
    ({"resources": [resource(missingValues=[])]}, r"\(r\).missingValues"),
    ({"resources": [resource(profile="tabular-data-resource")]}, "le schéma manque"),
    ({"resources": [resource()], "profile": "tabular-data-package"}, r"\(r\).profile"),
    ({"resources": [resource()], "name": "Majuscule"}, "- name"),
    ({"resources": [resource()], "created": "hier"}, "created"),
    ({"resources": [resource()], "licenses": [{"title": "x"}]}, r"licenses\[0\]"),
    ({"resources": [resource()], "contributors": [{"email": "x"}]}, r"contributors\[0\].email"),
    ({"resources": [resource()], "$schema": 5}, r"\$schema"),
)


@pytest.mark.parametrize(("descriptor", "cause"), BAD)
def test_bad(tmp_path: Path, descriptor: dict[str, Any], cause: str) -> None:
    path = tmp_path / "datapackage.json"
    path.write_text(json.dumps(descriptor))
    with pytest.raises(DescriptorError, match=cause) as caught:
        load_package(path)
    assert str(tmp_path) in caught.value.say("en")


@pytest.mark.parametrize(
    ("properties", "error"),
    [
        ({"path": "../a.csv"}, UnsafePathError),
        ({"path": "/etc/passwd"}, UnsafePathError),
        ({"path": ["a.csv", "file:///etc/passwd"]}, UnsafePathError),
        ({"schema": "../schema.json"}, UnsafePathError),
        ({"dialect": "/dialect.json"}, UnsafePathError),
        ({"schema": "absent.json"}, MissingFileError),
        ({"schema": "broken.json"}, DescriptorError),
        ({"dialect": "broken.json"}, DescriptorError),
    ],
)
def test_bad_paths(tmp_path: Path, properties: dict[str, Any], error: type[TerritoError]) -> None:
    (tmp_path / "broken.json").write_text('{"fields": 5, "header": 5}')
    with pytest.raises(error):
        load(tmp_path, resource(**properties))


@pytest.mark.parametrize(
    ("descriptor", "expected"),
    [
        ({}, Dialect()),
        ({"delimiter": ";", "quoteChar": "'"}, Dialect(delimiter=";", quote_char="'")),
        ({"csv": {"delimiter": ";"}}, Dialect(delimiter=";")),
        ({"csv": {"delimiter": ";"}, "delimiter": "|"}, Dialect(delimiter="|")),
        ({"csv": {"delimiter": ";"}, "delimiter": None}, Dialect(delimiter=";")),
        ({"header": False, "headerRows": [1, 2.0]}, Dialect(header=False, header_rows=(1, 2))),
        ({"headerRows": []}, Dialect(header_rows=())),
        ({"commentRows": [3], "commentChar": "#"}, Dialect(comment_rows=(3,), comment_char="#")),
        ({"quoteChar": ""}, Dialect(quote_char="")),
        ({"sheetName": "A", "sheetNumber": 2}, Dialect(sheet_name="A", sheet_number=2)),
        ({"excel": {"sheet": "A"}}, Dialect(sheet_name="A")),
        ({"ods": {"sheet": 2}}, Dialect(sheet_number=2)),
        ({"csvddfVersion": 1.2, "caseSensitiveHeader": True}, Dialect()),
        ({"lineTerminator": "\n", "doubleQuote": False, "skipInitialSpace": True, "escapeChar": "\\", "nullSequence": "N"},
         Dialect(line_terminator="\n", double_quote=False, skip_initial_space=True, escape_char="\\", null_sequence="N")),
    ],
)  # fmt: skip
def test_dialect(descriptor: dict[str, Any], expected: Dialect) -> None:
    assert list(dialect_reasons(descriptor, "dialect")) == []
    assert parse_dialect(descriptor) == expected


@pytest.mark.parametrize(
    "descriptor",
    [
        {"header": "oui"}, {"headerRows": 1}, {"headerRows": ["1"]}, {"commentRows": [True]}, {"delimiter": ";;"},
        {"delimiter": ""}, {"quoteChar": "''"}, {"csv": []}, {"csv": {"delimiter": 5}}, {"skipInitialSpace": 1},
        {"headerCase": "x"}, {"sheetNumber": "1"}, {"csv": {"delimiter": None}},
    ],
)  # fmt: skip
def test_bad_dialect(descriptor: dict[str, Any]) -> None:
    assert list(dialect_reasons(descriptor, "dialect"))
