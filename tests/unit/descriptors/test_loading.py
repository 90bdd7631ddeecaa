"""Descriptors are read, or refused with the place and the cause."""

import json
from pathlib import Path

import pytest

from territo_opendata.descriptors import loading
from territo_opendata.descriptors.loading import read_json_object
from territo_opendata.errors import DescriptorError, MissingFileError, TerritoError
from territo_opendata.language import Text

WHAT = Text("le schéma", "the schema")

GOOD = (
    (b"{}", {}),
    (b'\xef\xbb\xbf{"a": 1}', {"a": 1}),
    (b'{"a": 1, "a": 2}', {"a": 2}),
    ('{"é": "à"}'.encode(), {"é": "à"}),
    (b'{"a": [[[{}]]]}', {"a": [[[{}]]]}),
)

BAD = (
    (b"", "ligne 1, colonne 1"),
    (b'{"a": 1,\n "b" 2}', "ligne 2, colonne 6"),
    (b"{'a': 1}", "ligne 1, colonne 2"),
    (b"[1]", "un objet JSON est attendu"),
    (b"5", "un objet JSON est attendu"),
    (b'{\n"a": "\xe9"}', "ligne 2, un octet n’est pas de l’UTF-8"),
    (b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "trop imbriquées"),
    (b'{"a": ' + b"[" * 100 + b"]" * 100 + b"}", "trop imbriquées"),
    (b'{"a": ' + b"9" * 5000 + b"}", "un nombre démesuré"),
    (b"\x89PNG\r\n\x1a\n", "n’est pas de l’UTF-8"),
    ("{}".encode("utf-16"), "n’est pas de l’UTF-8"),
)


@pytest.mark.parametrize(("content", "expected"), GOOD)
def test_good(tmp_path: Path, content: bytes, expected: object) -> None:
    path = tmp_path / "schema.json"
    path.write_bytes(content)
    assert read_json_object(path, WHAT) == expected


def test_nan_is_tolerated(tmp_path: Path) -> None:
    path = tmp_path / "schema.json"
    path.write_text('{"a": NaN}')
    assert json.dumps(read_json_object(path, WHAT)) == '{"a": NaN}'


@pytest.mark.parametrize(("content", "cause"), BAD, ids=range(len(BAD)))
def test_bad(tmp_path: Path, content: bytes, cause: str) -> None:
    path = tmp_path / "schema.json"
    path.write_bytes(content)
    with pytest.raises(DescriptorError, match=cause) as caught:
        read_json_object(path, WHAT)
    assert str(path) in caught.value.say("fr")
    assert str(path) in caught.value.say("en")


@pytest.mark.parametrize("name", ["absent.json", "", "sous/absent.json", "nul\0.json", "x" * 5000])
def test_missing(tmp_path: Path, name: str) -> None:
    with pytest.raises(MissingFileError, match="Le schéma") as caught:
        read_json_object(tmp_path / name, WHAT)
    assert caught.value.exit_code == 2


def test_directory(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match="dossier"):
        read_json_object(tmp_path, WHAT)


def test_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "schema").write_text("{}")
    with pytest.raises(MissingFileError, match=r"ne peut pas être ouvert|n’existe pas"):
        read_json_object(tmp_path / "schema" / "schema.json", WHAT)


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "MAX_BYTES", 10)
    path = tmp_path / "schema.json"
    path.write_text('{"a": 12345}')
    with pytest.raises(TerritoError, match="dépasse"):
        read_json_object(path, WHAT)
