"""`territo validate` on every kind of input: exit code, report and message, never a traceback."""

import gzip
import http.server
import io
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from territo_opendata.cli.main import run
from tests.cli.run import territo as run_apart
from tests.unit.tables import making

SCHEMA = {"fields": [{"name": "a", "type": "string"}, {"name": "b", "type": "integer"}]}
CSV = b"a,b\nx,1\n"
BAD = b"a,b\nx,1\ny,deux\n"
LINES = [["a", "b"], ["x", 1], ["y", "deux"]]
POSIX = pytest.mark.skipif(os.name == "nt", reason="names, links, devices and shells of POSIX")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "s.json").write_text(json.dumps(SCHEMA), "utf-8")
    return tmp_path


@dataclass(frozen=True)
class Command:
    """The command, run in this process as `python -m territo_opendata` runs it."""

    folder: Path
    patch: pytest.MonkeyPatch
    captured: pytest.CaptureFixture[str]

    def __call__(
        self, *arguments: str, stdin: bytes = b"", schema: bool = True
    ) -> tuple[int, str, str]:
        """Run `territo validate` in the folder; return its exit code, stdout and stderr."""
        named = ("--schema", "s.json") if schema else ()
        self.patch.chdir(self.folder)
        self.patch.setenv("NO_COLOR", "1")
        self.patch.setenv("LC_ALL", "fr_FR.UTF-8")
        self.patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = run(["validate", *named, *arguments])
        out, talk = self.captured.readouterr()
        return code, out, talk

    def report(self, *arguments: str, **options) -> tuple[int, dict]:
        """Return the exit code and the report in JSON."""
        code, out, talk = self("--format", "json", *arguments, **options)
        assert out, talk
        return code, json.loads(out)


@pytest.fixture
def territo(folder: Path, monkeypatch, capsys) -> Command:
    return Command(folder, monkeypatch, capsys)


def codes(found: dict) -> list[dict]:
    return [table["by_code"] for table in found["tables"]]


FORMS = {
    "t.csv": lambda path: path.write_bytes(BAD),
    "t.tsv": lambda path: path.write_bytes(BAD.replace(b",", b"\t")),
    "t.csv.gz": lambda path: making.gzipped(path, BAD),
    "t.zip": lambda path: making.zipped(path, {"interieur.csv": BAD}),
    "t.xlsx": lambda path: making.xlsx(path, {"Feuil1": LINES}),
    "t.ods": lambda path: making.ods(path, {"Feuille 1": LINES}),
    "t.dat": lambda path: making.xlsx(path, {"Feuil1": LINES}),
    "un nom à espaces.csv": lambda path: path.write_bytes(BAD),
}


@pytest.mark.parametrize("name", FORMS)
def test_forms_have_the_same_report(territo: Command, name, folder: Path) -> None:
    FORMS[name](folder / name)
    code, found = territo.report(name)
    (table,) = found["tables"]
    assert code == 1
    assert table["by_code"] == {"type-integer": 1}
    assert (table["path"], table["rows"], table["bytes"]) == (
        name,
        2,
        (folder / name).stat().st_size,
    )
    places = [(each["row"], each["line"], each["column"]) for each in table["findings"]]
    assert places == [(3, 3, 2)]


@pytest.mark.parametrize("name", FORMS)
def test_forms_on_standard_input(territo: Command, name, folder: Path) -> None:
    FORMS[name](folder / name)
    code, found = territo.report("-", stdin=(folder / name).read_bytes())
    assert (code, found["tables"][0]["path"]) == (1, "stdin")
    assert codes(found)[0]["type-integer"] == 1


def test_names_that_look_like_options(territo: Command, folder: Path) -> None:
    (folder / "-x.csv").write_bytes(CSV)
    (folder / "-").write_bytes(BAD)
    assert territo("--", "-x.csv")[0] == 0
    assert territo("./-")[0] == 1


@POSIX
def test_a_name_that_is_not_utf8(folder: Path) -> None:
    name = os.fsdecode(b"caf\xe9.csv")
    (folder / name).write_bytes(BAD)
    done = run_apart("validate", name, "--schema", "s.json", cwd=folder)
    assert (done.code, "deux" in done.out) == (1, True)
    done = run_apart("validate", name, "--schema", "s.json", "--format", "json", cwd=folder)
    assert len(json.loads(done.out)["tables"]) == 1
    assert run_apart("validate", os.fsdecode(b"absent\xe9.csv"), cwd=folder).code == 2


def test_in_a_process_of_its_own(folder: Path) -> None:
    done = run_apart("validate", "-", "--schema", "s.json", cwd=folder, stdin=BAD.decode())
    assert (done.code, "deux" in done.out) == (1, True)


DAMAGED = {
    "vide.csv": (b"", 1, "file-empty"),
    "vide.csv.gz": (b"", 1, "file-empty"),
    "vide.zip": (b"", 1, "file-empty"),
    "vide.xlsx": (b"", 1, "file-empty"),
    "coupe.csv.gz": (gzip.compress(CSV * 999)[:50], 1, "csv-unreadable"),
    "coupe.zip": (b"PK\x03\x04" + bytes(99), 1, "csv-unreadable"),
    "coupe.xlsx": (b"PK\x03\x04" + bytes(99), 1, "csv-unreadable"),
    "texte.xlsx": (CSV, 1, "csv-unreadable"),
    "ancien.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(999), 1, "file-binary"),
    "secret.xlsx": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        1,
        "csv-unreadable",
    ),
    "photo.csv": (b"\x89PNG\r\n\x1a\n" + bytes(99), 1, "file-binary"),
    "photo.csv.gz": (gzip.compress(b"\x89PNG\r\n\x1a\n" + bytes(99)), 1, "file-binary"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_damaged_files_are_findings(territo: Command, name, folder: Path) -> None:
    content, exit_code, finding = DAMAGED[name]
    (folder / name).write_bytes(content)
    code, found = territo.report(name)
    assert (code, codes(found)) == (exit_code, [{finding: 1}])
    code, out, _ = territo(name, "--lang", "en")
    assert (code, finding in out) == (exit_code, True)


def test_a_damaged_file_without_a_schema(territo: Command, folder: Path) -> None:
    (folder / "coupe.zip").write_bytes(b"PK\x03\x04" + bytes(99))
    code, _, talk = territo("coupe.zip", schema=False)
    assert code == 1
    assert "abîmée" in talk


WRONG = {
    "no file": (["absent.csv"], "n’existe pas"),
    "folder": (["."], "dossier"),
    "device": (["/dev/null"], "périphérique"),
    "dangling link": (["pendant"], "lien"),
    "several members": (["deux.zip"], '--sheet "un.csv"'),
    "no such member": (["deux.zip", "--sheet", "trois"], "« un.csv », « deux.csv »"),
    "no such sheet": (["t.xlsx", "--sheet", "Deux"], "« Feuil1 »"),
    "no sheets at all": (["t.csv", "--sheet", "Deux"], "pas de feuilles"),
    "sheet without file": (["--sheet", "Deux"], "nommez ce classeur"),
    "too large": (["gros.csv.gz", "--max-size", "1"], "--max-size"),
    "bomb": (["bombe.csv.gz"], "piège"),
    "stdin twice": (["-", "-"], "qu’une fois"),
}


@POSIX
@pytest.mark.parametrize("case", WRONG)
def test_wrong_use(territo: Command, case, folder: Path) -> None:
    (folder / "pendant").symlink_to("absent")
    (folder / "t.csv").write_bytes(CSV)
    making.zipped(folder / "deux.zip", {"un.csv": CSV, "deux.csv": CSV})
    making.xlsx(folder / "t.xlsx", {"Feuil1": LINES})
    if case == "too large":
        making.gzipped(folder / "gros.csv.gz", b"a,b\n" + os.urandom(1_100_000))
    if case == "bomb":
        making.gzipped(folder / "bombe.csv.gz", bytes(70_000_000))
    arguments, words = WRONG[case]
    code, out, talk = territo(*arguments)
    assert (code, out) == (2, "")
    assert words in talk


@POSIX
def test_a_terminal_sends_nothing(folder: Path) -> None:
    master, slave = os.openpty()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "territo_opendata", "validate", "-", "--schema", "s.json"],
            cwd=folder,
            stdin=slave,
            capture_output=True,
            check=False,
            timeout=60,
        )
    finally:
        os.close(master)
        os.close(slave)
    assert done.returncode == 2
    assert b"territo validate -" in done.stderr


@POSIX
def test_a_closed_standard_input(folder: Path) -> None:
    command = f"{sys.executable} -m territo_opendata validate - --schema s.json <&-"
    done = subprocess.run(
        ["sh", "-c", command], cwd=folder, capture_output=True, check=False, timeout=60
    )
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_nothing_stays_in_the_temporary_folder(territo: Command, folder: Path, monkeypatch) -> None:
    place = folder / "tmp"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    before = place.stat().st_mtime_ns
    making.zipped(folder / "t.zip", {"t.csv": BAD})
    making.xlsx(folder / "t.xlsx", {"Feuil1": LINES})
    for arguments in (["t.zip"], ["t.xlsx"], ["-"], ["t.zip", "--max-size", "1"]):
        territo(*arguments, stdin=BAD)
    assert list(place.iterdir()) == []
    assert place.stat().st_mtime_ns > before


BOOK = {
    "Lisez-moi": [["Comment remplir ce classeur"], ["…"]],
    "Nord": LINES,
    "Sud": [["a", "b"], ["z", 3]],
    "Vide": [],
    "Listes": [["a"], ["x"]],
}


@pytest.fixture
def book(folder: Path) -> str:
    making.xlsx(folder / "classeur.xlsx", BOOK, hidden=["Listes"])
    return "classeur.xlsx"


def test_several_sheets_are_several_tables(territo: Command, book: str) -> None:
    code, found = territo.report(book)
    assert code == 1
    assert [(table["name"], table["errors"]) for table in found["tables"]] == [
        ("Nord", 1),
        ("Sud", 0),
    ]
    told = {each["what"]: each["reason"] for each in found["skipped"]}
    assert list(told) == ["classeur.xlsx : Listes", "classeur.xlsx : Lisez-moi"]
    assert "masquée" in told["classeur.xlsx : Listes"]


@pytest.mark.parametrize(
    ("sheet", "code", "rows"),
    [("Sud", 0, 1), ("sud ", 0, 1), ("3", 0, 1), ("Nord", 1, 2), ("Listes", 1, 1)],
)
def test_one_sheet_by_name_or_number(territo: Command, sheet, code, rows, book: str) -> None:
    given, found = territo.report(book, "--sheet", sheet)
    assert (given, [(table["name"], table["rows"]) for table in found["tables"]]) == (
        code,
        [("classeur", rows)],
    )


def test_an_empty_sheet_asked_for(territo: Command, book: str) -> None:
    code, found = territo.report(book, "--sheet", "Vide")
    assert (code, codes(found)) == (1, [{"file-empty": 1}])


def test_sheets_that_have_the_name_of_a_schema(territo: Command, folder: Path) -> None:
    import csv

    schemas = Path(__file__).parents[2] / "schemas"
    sheets = {}
    for name in ("programmes", "sources"):
        with (schemas / name / "exemple-valide.csv").open(encoding="utf-8", newline="") as stream:
            sheets[name] = list(csv.reader(stream))
    making.xlsx(folder / "lot.xlsx", sheets)
    code, found = territo.report("lot.xlsx", "--no-references", schema=False)
    assert (code, [(table["name"], table["schema"]) for table in found["tables"]]) == (
        0,
        [("programmes", "programmes"), ("sources", "sources")],
    )
    making.xlsx(folder / "lot.xlsx", {**sheets, "Autre": LINES})
    code, found = territo.report("lot.xlsx", "--no-references", schema=False)
    assert (code, found["verdict"]) == (3, "incomplete")
    making.xlsx(folder / "lot.xlsx", {"Feuil1": sheets["sources"]})
    code, _, talk = territo("lot.xlsx", schema=False)
    assert code == 2
    assert "--schema sources" in talk


def test_a_workbook_that_is_a_resource(territo: Command, folder: Path) -> None:
    making.xlsx(folder / "t.xlsx", {"Un": [["autre"]], "Deux": LINES})
    resource = {
        "name": "table",
        "path": "t.xlsx",
        "bytes": 1,
        "schema": SCHEMA,
        "dialect": {"sheetName": "Deux"},
    }
    descriptor = {"name": "p", "resources": [resource]}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    code, found = territo.report("t.xlsx", schema=False)
    assert (code, codes(found)) == (1, [{"type-integer": 1}])
    code, found = territo.report("t.xlsx", "--sheet", "Un", schema=False)
    assert (code, "column-missing" in codes(found)[0]) == (1, True)


class _Server(http.server.BaseHTTPRequestHandler):
    """Serves the files of a folder, and a few oddities."""

    files: dict[str, tuple[bytes, dict[str, str]]]

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        if path == "/ailleurs":
            self.send_response(302)
            self.send_header("Location", "/t.xlsx")
            self.end_headers()
            return
        if path not in self.files:
            self.send_error(404)
            return
        content, headers = self.files[path]
        self.send_response(200)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def base(folder: Path) -> Iterator[str]:
    book = making.xlsx(folder / "x.xlsx", {"Feuil1": LINES}).read_bytes()
    named = {"Content-Disposition": 'attachment; filename="export.tsv"'}
    typed = {"Content-Type": "text/tab-separated-values; charset=utf-8"}
    tabs = BAD.replace(b",", b"\t")

    class Handler(_Server):
        files = {  # noqa: RUF012 - made anew for each test
            "/t.csv": (BAD, {}),
            "/t.csv.gz": (gzip.compress(BAD), {}),
            "/t.xlsx": (book, {}),
            "/telecharger": (book, {}),
            "/nomme": (tabs, named),
            "/type": (tabs, typed),
            "/page": (b"\n<!DOCTYPE html><html></html>", {}),
            "/gros.csv": (bytes(2_000_000), {}),
            "/coupe.csv": (BAD, {"Content-Length": "999"}),
        }

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    "path",
    ["t.csv", "t.csv?jeton=x", "t.csv.gz", "t.xlsx", "telecharger", "ailleurs", "nomme", "type"],
)
def test_addresses(territo: Command, path, base: str) -> None:
    code, found = territo.report(f"{base}/{path}")
    assert (code, codes(found)) == (1, [{"type-integer": 1}])
    assert found["tables"][0]["path"] == f"{base}/{path.split('?')[0]}"


@pytest.mark.parametrize(
    ("path", "options", "code", "words"),
    [
        ("absent.csv", [], 4, "404"),
        ("coupe.csv", [], 4, "coupée"),
        ("gros.csv", ["--max-size", "1"], 2, "--max-size"),
    ],
)
def test_addresses_that_fail(territo: Command, path, options, code, words, base: str) -> None:
    given, out, talk = territo(f"{base}/{path}", *options)
    assert (given, out) == (code, "")
    assert words in talk


def test_a_web_page_is_no_table(territo: Command, base: str) -> None:
    code, out, talk = territo(f"{base}/page")
    assert code == 1
    assert "page web" in out + talk


def test_an_address_that_does_not_answer(territo: Command) -> None:
    code, out, _ = territo("http://127.0.0.1:9/t.csv")
    assert (code, out) == (4, "")
