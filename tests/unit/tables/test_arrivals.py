"""Files as they arrive: packed, nested, chosen, too large, damaged, or no files at all."""

import gzip
import io
import os
import threading
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from territo_opendata.errors import MissingFileError, UsageError
from territo_opendata.tables.arrivals import Workbook, open_arrival
from territo_opendata.tables.source import BrokenFileError, Source, file_source
from territo_opendata.tables.spool import Spool, TooLargeError
from tests.unit.tables import making

CSV = b"a,b\n1,2\n"
POSIX = pytest.mark.skipif(os.name == "nt", reason="links, rights and devices of POSIX")


@pytest.fixture
def spool():
    with Spool() as made:
        yield made


def content(arrived: Source | Workbook) -> bytes:
    assert isinstance(arrived, Source)
    with arrived.open() as stream:
        return stream.read()


def test_plain_text_is_read_where_it_is(tmp_path: Path, spool: Spool) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(CSV)
    assert open_arrival("a.csv", path, spool) == Source("a.csv", path)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.csv.gz", "csv"), ("a.CSV.GZ", "csv"), ("a.tsv.gz", "tsv"), ("a.gz", "csv"), ("a", "csv")],
)
def test_gzip(name, kind, tmp_path: Path, spool: Spool) -> None:
    path = making.gzipped(tmp_path / name, CSV)
    arrived = open_arrival(name, path, spool)
    assert content(arrived) == CSV
    assert (arrived.format, arrived.path, arrived.size()) == (kind, path, path.stat().st_size)


@pytest.mark.parametrize(
    ("members", "choice", "expected"),
    [
        ({"a.csv": CSV}, None, CSV),
        ({"a.csv": CSV}, "a", CSV),
        ({"dossier/": b"", "dossier/a.csv": CSV, "photo.png": b"x"}, None, CSV),
        ({"a.csv": CSV, "__MACOSX/._a.csv": b"x", ".b.csv": b"x", "~$c.csv": b"x"}, None, CSV),
        ({"a.csv": CSV, "LISEZMOI.txt": b"x"}, None, CSV),
        ({"a.txt": CSV}, None, CSV),
        ({"a.csv": CSV, "b.csv": b"b"}, "b.csv", b"b"),
        ({"a.csv": CSV, "b.csv": b"b"}, "B", b"b"),
        ({"a.csv": CSV, "b.csv": b"b"}, "2", b"b"),
        ({"x/a.csv": CSV, "y/a.csv": b"b"}, "y/a.csv", b"b"),
        ({"a.csv.gz": gzip.compress(CSV)}, None, CSV),
        ({"../../evade.csv": CSV}, None, CSV),
        ({"/etc/evade.csv": CSV}, None, CSV),
        ({"C:\\evade.csv": CSV}, None, CSV),
        ({"été à « Évreux ».csv": CSV}, None, CSV),
    ],
    ids=range(15),
)
def test_zip(members, choice, expected, tmp_path: Path, spool: Spool) -> None:
    path = making.zipped(tmp_path / "a.zip", members)
    assert content(open_arrival("a.zip", path, spool, choice=choice)) == expected
    assert list(tmp_path.rglob("*evade*")) == []


@pytest.mark.parametrize(
    ("members", "choice", "words"),
    [
        ({"a.csv": CSV, "b.csv": CSV}, None, "plusieurs tables"),
        ({"x/a.csv": CSV, "y/a.csv": CSV}, "a.csv", "n’a pas de table"),
        ({"a.csv": CSV}, "z", "n’a pas de table"),
        ({"a.csv": CSV, "b.csv": CSV}, "3", "n’a pas de table"),
    ],
)
def test_choices_that_are_none(members, choice, words, tmp_path: Path, spool: Spool) -> None:
    path = making.zipped(tmp_path / "a.zip", members)
    with pytest.raises(UsageError, match=words):
        open_arrival("a.zip", path, spool, choice=choice)


def test_a_plain_text_has_no_sheets(tmp_path: Path, spool: Spool) -> None:
    path = making.gzipped(tmp_path / "a.csv.gz", CSV)
    with pytest.raises(UsageError, match="pas de feuilles"):
        open_arrival("a.csv.gz", path, spool, choice="Feuille 1")


def test_a_workbook_by_its_bytes_and_in_an_archive(tmp_path: Path, spool: Spool) -> None:
    book = making.xlsx(tmp_path / "sans-extension", {"Un": [["x"]]}).read_bytes()
    other = making.ods(tmp_path / "export.dat", {"Un": [["x"]]})
    packed = making.zipped(tmp_path / "a.zip", {"a.xlsx": book, "b.csv": CSV})
    for path, choice in ((tmp_path / "sans-extension", None), (other, None), (packed, "a")):
        arrived = open_arrival(path.name, path, spool, choice=choice)
        assert isinstance(arrived, Workbook)
        assert [sheet.name for sheet in arrived.sheets] == ["Un"]
        assert arrived.path == path
    with pytest.raises(UsageError, match="« Un »"):
        arrived.sheet("Deux")


def test_a_workbook_called_csv_stays_a_binary_file(tmp_path: Path, spool: Spool) -> None:
    path = making.xlsx(tmp_path / "a.csv", {"Un": [["x"]]})
    assert isinstance(open_arrival("a.csv", path, spool), Source)


def _encrypted() -> bytes:
    # The flag of encryption set by hand: Python does not write encrypted archives.
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.csv", CSV)
    raw = bytearray(stream.getvalue())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(mark) + offset] |= 1
    return bytes(raw)


def _unknown_method() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.csv", CSV)
    raw = bytearray(stream.getvalue())
    for mark, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        raw[raw.index(mark) + offset] = 97
    return bytes(raw)


def _zip(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, each in members.items():
            archive.writestr(name, each)
    return stream.getvalue()


def _damaged_member() -> bytes:
    raw = _zip({"a.csv": CSV * 9})
    return raw.replace(b"1,2", b"1,3", 1)


DAMAGED = {
    "cut gzip": ("a.csv.gz", gzip.compress(CSV * 9999)[:40], "abîmée", "csv-unreadable"),
    "no gzip": ("a.csv.gz", CSV, "abîmée", "csv-unreadable"),
    "gzip checksum": ("a.csv.gz", gzip.compress(CSV)[:-8] + bytes(8), "abîmée", "csv-unreadable"),
    "no zip": ("a.zip", CSV, "abîmée", "csv-unreadable"),
    "cut zip": ("a.zip", _zip({"a.csv": CSV})[:-9], "abîmée", "csv-unreadable"),
    "zip checksum": ("a.zip", _damaged_member(), "abîmée", "csv-unreadable"),
    "encrypted": ("a.zip", _encrypted(), "mot de passe", "csv-unreadable"),
    "method": ("a.zip", _unknown_method(), "compression", "csv-unreadable"),
    "empty archive": ("a.zip", _zip({}), "aucune table", "file-empty"),
    "no table": ("a.zip", _zip({"photo.png": b"x"}), "aucune table", "csv-unreadable"),
    "nested": (
        "a.gz",
        gzip.compress(gzip.compress(gzip.compress(gzip.compress(CSV)))),
        "emboîtées",
        "csv-unreadable",
    ),
}


@pytest.mark.parametrize("case", DAMAGED)
def test_damaged_archives(case, tmp_path: Path, spool: Spool) -> None:
    name, raw, reason, code = DAMAGED[case]
    path = tmp_path / name
    path.write_bytes(raw)
    with pytest.raises(BrokenFileError) as caught:
        open_arrival(name, path, spool)
    assert reason in caught.value.reason.fr
    assert caught.value.code == code


@pytest.mark.parametrize("name", ["a.csv", "a.csv.gz", "a.zip", "a"])
def test_an_empty_file_is_an_empty_text(name, tmp_path: Path, spool: Spool) -> None:
    path = tmp_path / name
    path.write_bytes(b"")
    assert content(open_arrival(name, path, spool)) == b""


def test_a_gzip_file_read_as_it_is(tmp_path: Path) -> None:
    packed = gzip.compress(CSV * 9999)
    (tmp_path / "a.tsv.gz").write_bytes(packed)
    source = file_source("a", tmp_path / "a.tsv.gz")
    assert source.format == "tsv"
    assert content(source) == CSV * 9999
    (tmp_path / "a.tsv.gz").write_bytes(packed[:-20])
    with pytest.raises(BrokenFileError, match="abîmée"):
        content(source)


def test_bombs_are_refused(tmp_path: Path, spool: Spool) -> None:
    bomb = b"\0" * 100_000_000
    making.gzipped(tmp_path / "a.csv.gz", bomb)
    making.zipped(tmp_path / "a.zip", {"a.csv": bomb})
    for name in ("a.csv.gz", "a.zip"):
        with pytest.raises(TooLargeError, match="piège"):
            open_arrival(name, tmp_path / name, spool)


def test_the_limit_holds_for_what_is_expanded(tmp_path: Path) -> None:
    path = making.gzipped(tmp_path / "a.csv.gz", os.urandom(2_000_000))
    with Spool(1_500_000) as spool, pytest.raises(TooLargeError, match="--max-size"):
        open_arrival("a.csv.gz", path, spool)


def test_unpacking_takes_little_memory(tmp_path: Path, spool: Spool) -> None:
    lines = os.urandom(16_000_000)
    making.gzipped(tmp_path / "a.csv.gz", lines)
    making.zipped(tmp_path / "a.zip", {"a.csv": lines})
    size = len(lines)
    del lines
    tracemalloc.start()
    for name in ("a.csv.gz", "a.zip"):
        arrived = open_arrival(name, tmp_path / name, spool)
        assert isinstance(arrived, Source)
        assert arrived.content is not None
        assert arrived.content.stat().st_size == size
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < size / 2


def test_the_spool_leaves_nothing_behind(tmp_path: Path) -> None:
    path = making.gzipped(tmp_path / "a.csv.gz", CSV)
    with Spool() as spool:
        arrived = open_arrival("a.csv.gz", path, spool)
        assert isinstance(arrived, Source)
        assert arrived.content is not None
        assert arrived.content.exists()
    assert not arrived.content.parent.exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name here")
def test_a_named_pipe_is_read_to_its_end(tmp_path: Path, spool: Spool) -> None:
    pipe = tmp_path / "tube.csv"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(CSV,))
    writer.start()
    arrived = open_arrival("tube.csv", pipe, spool)
    writer.join()
    assert content(arrived) == CSV
    assert content(arrived) == CSV


@POSIX
def test_what_is_no_file(tmp_path: Path, spool: Spool) -> None:
    (tmp_path / "pendant").symlink_to(tmp_path / "absent")
    (tmp_path / "boucle").symlink_to(tmp_path / "boucle")
    cases = {
        "absent.csv": (MissingFileError, "n’existe pas"),
        "pendant": (MissingFileError, "lien"),
        "boucle": (MissingFileError, "Impossible"),
        ".": (UsageError, "dossier"),
        "x" * 300: (MissingFileError, "Impossible"),
        "nul\0.csv": (MissingFileError, "Impossible"),
    }
    for name, (kind, words) in cases.items():
        with pytest.raises(kind, match=words):
            open_arrival(name, tmp_path / name, spool)
    with pytest.raises(UsageError, match="périphérique"):
        open_arrival("/dev/null", Path("/dev/null"), spool)


@POSIX
def test_a_file_that_may_not_be_read(tmp_path: Path, spool: Spool, monkeypatch) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(CSV)
    path.chmod(0)
    if os.geteuid() == 0:  # root may read everything
        monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(MissingFileError, match="droit"):
        open_arrival("a.csv", path, spool)


@POSIX
def test_a_full_disk_is_told(tmp_path: Path, spool: Spool, monkeypatch) -> None:
    path = making.gzipped(tmp_path / "a.csv.gz", CSV)
    monkeypatch.setattr(spool, "new_path", lambda: Path("/dev/full"))
    with pytest.raises(UsageError, match="TMPDIR"):
        open_arrival("a.csv.gz", path, spool)
