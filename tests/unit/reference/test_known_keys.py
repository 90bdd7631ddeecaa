"""The keys kept of shipped tables: those of the table as it is, or none."""

from pathlib import Path

import pytest

from territo_opendata.descriptors.shipped import data_folder
from territo_opendata.reference import known_keys
from territo_opendata.reference.known_keys import KEYED, read_hashes, render_hashes

SHIPPED = data_folder() / "datasets" / "territoires.csv"
FIELDS = KEYED["territoires"]


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for kept keys, empty yet."""
    monkeypatch.setattr(known_keys, "_FOLDER", tmp_path)
    return tmp_path / "territoires.keys"


def test_the_keys_of_the_shipped_table_are_kept_in_order() -> None:
    hashes = read_hashes("territoires", FIELDS, SHIPPED)

    assert hashes is not None
    assert len(hashes) == len(SHIPPED.read_bytes().splitlines()) - 1
    assert list(hashes) == sorted(set(hashes))


@pytest.mark.parametrize(
    ("table", "fields"),
    [("territoires", FIELDS[::-1]), ("territoires", FIELDS[:1]), ("sources", ("source_id",))],
)
def test_other_keys_are_not_kept(table: str, fields: tuple) -> None:
    assert read_hashes(table, fields, SHIPPED) is None


def test_an_edited_table_is_read_again(tmp_path: Path) -> None:
    edited = tmp_path / "territoires.csv"
    edited.write_bytes(SHIPPED.read_bytes() + b"pays,BE,Belgique,,,,,2026\n")

    assert read_hashes("territoires", FIELDS, edited) is None


def test_what_is_written_is_read(kept: Path) -> None:
    kept.write_bytes(render_hashes("territoires", [1, 2, 2**64 - 1], SHIPPED))

    assert list(read_hashes("territoires", FIELDS, SHIPPED) or ()) == [1, 2, 2**64 - 1]


@pytest.mark.parametrize("content", [None, b"", b"{}\n", b"[]\n", b"\xff\n", b"{\n12345678"])
def test_a_broken_file_is_none(kept: Path, content: bytes | None) -> None:
    if content is not None:
        kept.write_bytes(content)

    assert read_hashes("territoires", FIELDS, SHIPPED) is None


def test_a_file_cut_short_is_none(kept: Path) -> None:
    kept.write_bytes(render_hashes("territoires", [1, 2], SHIPPED)[:-3])

    assert read_hashes("territoires", FIELDS, SHIPPED) is None


def test_a_missing_key_is_noticed(kept: Path) -> None:
    kept.write_bytes(render_hashes("territoires", [1, 2], SHIPPED)[:-8])

    assert read_hashes("territoires", FIELDS, SHIPPED) is None
