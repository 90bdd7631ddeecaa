"""The way a text is written is found as frictionless 5.21 finds it: dialect and encoding."""

import codecs
import itertools
import warnings
from pathlib import Path

import pytest
from frictionless import Detector, Resource
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from territo_opendata.descriptors.model import Dialect
from territo_opendata.tables.encodings import BUFFER_SIZE, detect_encoding
from territo_opendata.tables.source import file_source
from territo_opendata.tables.table import open_table
from tests.agreement import tables
from tests.agreement.test_corpus import CASES, CORPUS

ROOT = Path(__file__).resolve().parents[2]

cells = st.text(st.sampled_from("ab1é ,;|\t\"'\\:-.#/"), max_size=5)
ends = st.sampled_from(["\n", "\r\n", "\r", "\n\n"])


@st.composite
def heads(draw: st.DrawFn) -> str:
    """Make the start of a text: rows of cells, written well or badly."""
    delimiter = draw(st.sampled_from([",", ";", "\t", "|", ", ", "; ", ":", " "]))
    quote = draw(st.sampled_from(['"', '"', "'", ""]))
    width = draw(st.integers(1, 5))
    rows = draw(st.lists(st.lists(cells, min_size=width, max_size=width), max_size=8))
    rows *= draw(st.sampled_from([1, 1, 1, 20]))
    lines = [delimiter.join(f"{quote}{cell}{quote}" for cell in row) for row in rows]
    above = draw(st.sampled_from([[], [], ["Titre"], ["", "x"], ["Bilan;;;"]]))
    return draw(ends).join([*above, *lines, ""])


def theirs(path: Path) -> object:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        resource = Resource(path=path.name, basepath=str(path.parent))
        try:
            resource.open()
        except Exception as error:  # noqa: BLE001 - it stops on some texts
            return type(error).__name__
        dialect = resource.dialect
        control = dialect.get_control("csv")
        found = (
            control.delimiter,
            control.quote_char,
            control.escape_char,
            control.skip_initial_space,
            tuple(dialect.header_rows) if dialect.header else (),
            resource.labels,
        )
        resource.close()
    return found


def ours(path: Path) -> object:
    opened = open_table(file_source(path.name, path), Dialect())
    form = opened.format
    return (
        form.delimiter,
        form.quote_char,
        form.escape_char,
        form.skip_initial_space,
        (opened.header.row,),
        list(opened.header.labels),
    )


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("heads") / "table.csv"


@given(head=heads())
@settings(
    max_examples=400, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
def test_generated_heads(path: Path, head: str) -> None:
    path.write_bytes(head.encode())
    found = theirs(path)
    if not isinstance(found, str) and not tables.hides_separator(path):
        assert ours(path) == found, head


REAL = [*sorted(ROOT.glob("datasets/*.csv")), *sorted(ROOT.glob("schemas/*/*.csv"))]
REAL += [Path(CORPUS) / case["table"] for case in CASES if CORPUS]


@pytest.mark.parametrize("table", REAL, ids=lambda each: "/".join(each.parts[-2:]))
def test_real_heads(path: Path, table: Path) -> None:
    with table.open("rb") as stream:
        start = stream.read(BUFFER_SIZE)
    if not start.startswith((b"\x89", b"PK", b"\x1f\x8b")):
        path.write_bytes(start[: start.rfind(b"\n") + 1] or start)
        assert ours(path) == theirs(path)


ACCENTS = "code,nom\n1,Égletons\n2,Châteauroux\n3,œuvre à l’été – « çà »\n"
PLAIN = "code,nom\n1,Tulle\n2,Ussel\n"
EURO = "code,montant\n1,12 €\n2,Élysée œ\n"
LATIN = "code,nom\n1,Égletons\n2,Châteauroux\n3,à l'été çà et là\n"
MANY = "nom\n" + "Égletons, Mérignac, Châteauneuf\n" * 50
RUSSIAN, GREEK, CHINESE, JAPANESE = (
    "имя\nТюлль\nБрив\n" * 9,
    "όνομα\nΤουλ\n" * 9,
    "名字\n上海\n" * 9,
    "名前\n東京、カタカナ\n" * 9,
)

TEXTS = {"accents": ACCENTS, "plain": PLAIN, "euro": EURO, "latin": LATIN, "many": MANY}
CODECS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "cp1252",
    "latin-1",
    "iso8859-15",
    "mac-roman",
    "cp850",
)

BUFFERS: dict[str, bytes] = {
    **{
        f"{name}-{codec}": text.encode(codec, "replace")
        for (name, text), codec in itertools.product(TEXTS.items(), CODECS)
    },
    "utf-32": ACCENTS.encode("utf-32"),
    "utf-16-be with its mark": codecs.BOM_UTF16_BE + ACCENTS.encode("utf-16-be"),
    "russian utf-8": RUSSIAN.encode(),
    "russian cp1251": RUSSIAN.encode("cp1251"),
    "russian koi8-r": RUSSIAN.encode("koi8-r"),
    "greek iso8859-7": GREEK.encode("iso8859-7"),
    "chinese gb18030": CHINESE.encode("gb18030"),
    "chinese big5": CHINESE.encode("big5"),
    "japanese shift_jis": JAPANESE.encode("shift_jis"),
    "japanese euc_jp": JAPANESE.encode("euc_jp"),
    "japanese iso2022": JAPANESE.encode("iso2022_jp"),
    "hz shift marks": b"nom\n" + CHINESE.encode("hz"),
    "escape in ascii": b"a,b\n\x1b[31m1,2\n",
    "tilde brace": b"a,b\n~{1,2\n",
    "empty": b"",
    "newlines": b"\n\r\n\n",
    "mark alone": codecs.BOM_UTF8,
    "ascii": PLAIN.encode(),
    "one accent": "a,b\n1,é\n".encode("cp1252"),
    "one accent utf-8": "a,b\n1,é\n".encode(),
    "mixed": ACCENTS.encode() + LATIN.encode("cp1252"),
    "mixed other way": LATIN.encode("cp1252") + ACCENTS.encode(),
    "broken utf-8": "é".encode() * 100 + b"\xe9,\xff\n",
    "overlong": b"a\n\xc0\x80\n",
    "surrogate": b"a\n\xed\xa0\x80\n",
    "control characters": bytes(range(1, 32)) * 3,
    "cut in a character": ("a" * (BUFFER_SIZE - 1) + "é").encode()[:BUFFER_SIZE],
    "cut in three bytes": ("é," * 20_000 + "a" * 39_999 + "€").encode()[:BUFFER_SIZE],
    "cut utf-16": ("é\n" * 60_000).encode("utf-16")[:BUFFER_SIZE],
    "long ascii then accent": ("a,b\n" * 24_000 + "é\n" * 9).encode("cp1252")[:BUFFER_SIZE],
    "cut by the end of the file": "a,b\n1,&é".encode()[:-1],
    "last letter of cp1252": b"a,b\n1,&\xe6",
    "one nul": b"a,b\n1\x00,2\n" + b"3,4\n" * 20,
    "half nul": b"a\x00,\x00b\x00\n\x00",
}  # fmt: skip

DIFFERENCES = {
    "utf-32": "chardet misses the mark, and the file cannot be read; the mark decides",
    "cut in a character": "the cut is that of the buffer, and no fault of a file in UTF-8",
    **dict.fromkeys(
        ("plain-utf-16-le", "plain-utf-16-be", "accents-utf-16-be", "half nul"),
        "chardet misses UTF-16 without a mark in short texts; every other byte is NUL",
    ),
}
"""Buffers in which we find another encoding than frictionless, and why."""


@pytest.mark.parametrize("name", BUFFERS)
def test_encodings(name: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = Detector().detect_encoding(BUFFERS[name])
    agrees = detect_encoding(BUFFERS[name]).name == theirs
    assert agrees is (name not in DIFFERENCES), theirs


def test_there_are_enough_buffers() -> None:
    assert len(BUFFERS) >= 60


@pytest.mark.parametrize(
    "declared", ["utf8", "UTF-8", "latin1", "cp1252", "utf-16", "utf_8_sig", "utf-16-le"]
)
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_declared_encodings(declared: str, mark: bytes) -> None:
    buffer = mark + b"a,b\n"
    assert detect_encoding(buffer, declared).name == Detector().detect_encoding(
        buffer, encoding=declared
    )
