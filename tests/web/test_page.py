"""What the page does with files, asked as its script asks it."""

import csv
import io
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode

import openpyxl
import pytest

from tests.web.serving import PATIENCE, ROOT, Served, serving

CASE = ROOT / "tests/repair/cases/communes-fusionnees"
EXAMPLES = ROOT / "schemas"
ENDS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


def large(rows: int) -> bytes:
    """Return a table with one bad amount in each hundred rows, and a bad reference at its end."""
    header, first = (
        (EXAMPLES / "financements/exemple-valide.csv").read_text("utf-8").split("\n")[:2]
    )
    cells = first.split(",")
    made = [header]
    for number in range(rows):
        amount = "beaucoup" if number % 100 == 0 else cells[3]
        made.append(",".join([f"f-{number}", *cells[1:3], amount, *cells[4:]]))
    return "\n".join([*made, ""]).encode()


@pytest.mark.parametrize("name", ["financements", "subventions", "programmes"])
def test_a_schema_is_recognised_when_it_is_certain(served: Served, name: str) -> None:
    content = (EXAMPLES / name / "exemple-valide.csv").read_bytes()
    assert served.drop("x.csv", content).json["certain"] == name


def test_a_schema_is_not_guessed(served: Served) -> None:
    found = served.drop("x.csv", b"nom,remarque\na,b\n").json
    assert found["certain"] is None
    assert found["fitting"]


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n" + bytes(100), b"PK\x03\x04abc"])
def test_what_is_no_table_is_told(served: Served, content: bytes) -> None:
    answer = served.drop("x.csv", content)
    if answer.status == 201:
        state = served.check(answer.json["id"], "financements")
        assert state["kind"] == "invalid"
    else:
        assert answer.json["failure"]


def test_a_valid_file(served: Served) -> None:
    content = (EXAMPLES / "financements/exemple-valide.csv").read_bytes()
    key = served.drop("x.csv", content).json["id"]
    state = served.check(key, "financements")
    assert state["state"] == "checked"
    assert state["kind"] == "valid"


def test_repairs_are_made_declined_and_accepted(served: Served) -> None:
    content = (EXAMPLES / "financements/exemple-valide.csv").read_text("utf-8").splitlines()
    cells = content[1].split(",")
    amount = cells[3]
    cells[3] = f"{amount} €"
    cells[2] = cells[2].upper()
    dirty = "\n".join([content[0], ",".join(cells), ""]).encode()
    key = served.drop("x.csv", dirty).json["id"]
    assert served.check(key, "financements")["kind"] == "invalid"

    assert repaired(served, key)["kind"] == "valid"
    kinds = {each["field"]: each for each in served.wait(key)["repair"]["kinds"]}
    assert set(kinds) == {"montant_eur", "nature"}
    mended = served.ask("GET", f"files/{key}/download/csv")
    assert mended.body.decode() == "\n".join([*content[:2], ""])
    assert 'filename="x.repare.csv"' in mended.headers["content-disposition"]

    again = repaired(served, key, choice(kinds["nature"], wanted=False))
    assert again["kind"] == "invalid"
    told = {each["field"]: (each["made"], each["total"]) for each in again["kinds"]}
    assert told == {"montant_eur": ("1", 1), "nature": ("0", 1)}
    mended = served.ask("GET", f"files/{key}/download/csv")
    assert cells[2] in mended.body.decode()
    assert f"{amount} €" not in mended.body.decode()


def repaired(served: Served, key: str, *choices: dict) -> dict:
    assert served.post(f"files/{key}/repair", {"choices": choices}).status == 202
    return served.wait(key)["repair"]


def choice(kind: dict, *but: list[int | None], wanted: bool) -> dict:
    named = {name: kind[name] for name in ("code", "field", "safety")}
    return {**named, "wanted": wanted, "but": but}


def changes(served: Served, key: str, kind: dict, **asked: object) -> dict:
    named = {name: kind[name] for name in ("code", "field", "safety")}
    found = served.ask("GET", f"files/{key}/changes?{urlencode({**named, **asked})}")
    assert found.status == 200, found.body
    return found.json


def test_single_changes_are_listed_declined_and_accepted(served: Served) -> None:
    """Certain ones are made but for those unticked, others are not made but for those ticked."""
    header, first = (EXAMPLES / "financements/exemple-valide.csv").read_text().split("\n")[:2]
    names, cells = header.split(","), first.split(",")
    amount, day = names.index("montant_eur"), names.index("date_decision")
    rows = []
    for number in range(2, 252):
        row = [f"f-{number}", *cells[1:]]
        row[amount], row[day] = f"{number} €", f"0{1 + number % 4}/05/2023"
        rows.append(",".join(row))
    key = served.drop("x.csv", "\n".join([header, *rows, ""]).encode()).json["id"]
    served.check(key, "financements")
    safe, unsafe = repaired(served, key)["kinds"]
    assert (safe["field"], safe["safety"], safe["made"]) == ("montant_eur", "safe", "250")
    assert (unsafe["field"], unsafe["safety"], unsafe["made"]) == ("date_decision", "unsafe", "0")

    seen, start = [], 0
    while start is not None:
        page = changes(served, key, unsafe, start=start)
        seen += [(each["place"], each["after"]) for each in page["changes"]]
        start = page["next"]
    assert [place for place, _ in seen] == [[row, day + 1] for row in range(2, 252)]
    assert seen[0][1] == "«\xa02023-05-03\xa0»"
    middle = "code=pattern&field=date_decision&safety=unsafe&start=3"
    assert served.ask("GET", f"files/{key}/changes?{middle}").status == 422
    assert changes(served, key, safe, row=200)["changes"][0]["place"] == [200, amount + 1]

    declined, accepted = [[3, amount + 1], [250, amount + 1]], [[7, day + 1]]
    choices = [choice(safe, *declined, wanted=True), choice(unsafe, *accepted, wanted=False)]
    safe, unsafe = repaired(served, key, *choices)["kinds"]
    assert (safe["made"], unsafe["made"]) == ("248", "1")
    expected = [row.split(",") for row in rows]
    for number, row in enumerate(expected, 2):
        row[amount] = row[amount] if number in (3, 250) else str(number)
    expected[7 - 2][day] = "2023-05-04"
    made = served.ask("GET", f"files/{key}/download/csv").body.decode()
    assert made == "\n".join([header, *map(",".join, expected), ""])
    log = served.ask("GET", f"files/{key}/download/log").body.decode("utf-8-sig").splitlines()
    told = [tuple(map(int, line.split(";")[:2])) for line in log[1:]]
    wanted = [(row, amount + 1) for row in range(2, 252) if row not in (3, 250)]
    assert told == sorted([*wanted, (7, day + 1)])


def test_rows_said_twice_are_left_out_one_by_one(served: Served) -> None:
    content = (EXAMPLES / "financements/exemple-valide.csv").read_text().splitlines()
    dirty = "\n".join([*content, content[1], content[2], ""]).encode()
    key = served.drop("x.csv", dirty).json["id"]
    served.check(key, "financements")
    (twins,) = repaired(served, key)["kinds"]
    assert (twins["code"], twins["safety"], twins["total"]) == ("primary-key", "unsafe", 2)
    first = len(content) + 1
    (again,) = repaired(served, key, choice(twins, [first, None], wanted=False))["kinds"]
    assert (again["made"], again["total"], again["optional"]) == ("1", 2, True)
    made = served.ask("GET", f"files/{key}/download/csv").body.decode().splitlines()
    assert made == [*content, content[2]]


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"choices": {}},
        {"choices": ["a"]},
        {"choices": [{"code": "a", "field": "b", "safety": "safe", "wanted": 1, "but": []}]},
        {"choices": [{"code": "a", "field": "b", "safety": "display", "wanted": True, "but": []}]},
        {"choices": [{"code": "a", "field": "b", "safety": "safe", "wanted": True, "but": [[1]]}]},
        {"choices": [{"code": 1, "field": "b", "safety": "safe", "wanted": True, "but": []}]},
    ],
)
def test_choices_that_make_no_sense_are_refused(served: Served, given: object) -> None:
    content = (EXAMPLES / "financements/exemple-valide.csv").read_bytes()
    key = served.drop("x.csv", content).json["id"]
    assert served.ask("GET", f"files/{key}/changes?code=a&field=b&safety=safe").status == 404
    served.check(key, "financements")
    assert served.post(f"files/{key}/repair", given).status == 422
    repaired(served, key)
    for asked in ("", "code=a&field=b&safety=x", "code=a&field=b&safety=safe&start=-1"):
        assert served.ask("GET", f"files/{key}/changes?{asked}").status == 422
    past = served.ask("GET", f"files/{key}/changes?code=a&field=b&safety=safe&start=99999")
    assert past.json == {"changes": [], "next": None}


def test_every_form_can_be_kept(served: Served) -> None:
    content = (EXAMPLES / "financements/exemple-valide.csv").read_bytes()
    key = served.drop("été.csv", content.replace(b"action", b" action", 1)).json["id"]
    served.check(key, "financements")
    repaired(served, key)
    excel = served.ask("GET", f"files/{key}/download/excel")
    assert excel.body.startswith(b"\xef\xbb\xbf")
    assert b";" in excel.body.splitlines()[0]
    book = openpyxl.load_workbook(io.BytesIO(served.ask("GET", f"files/{key}/download/xlsx").body))
    assert book.worksheets[0]["A1"].value == "financement_id"
    book.close()
    assert b"row" in served.ask("GET", f"files/{key}/download/log").body
    report = served.ask("GET", f"files/{key}/repaired/report")
    assert b"<!doctype html>" in report.body
    assert "%C3%A9t%C3%A9.rapport.html" in report.headers["content-disposition"]


def test_a_large_file_shows_its_start_first_and_can_be_stopped(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        key = served.drop("x.csv", large(300_000)).json["id"]
        assert served.post(f"files/{key}/check", {"schema": "financements"}).status == 202
        state = served.ask("GET", f"files/{key}").json
        while not state["preview"]:
            assert state["busy"], state
            state = served.ask("GET", f"files/{key}").json
        assert state["verdict"].startswith("Premier aperçu")
        assert b"beaucoup" in served.ask("GET", f"files/{key}/original/fragment").body
        assert served.post(f"files/{key}/check", {"schema": "financements"}).status == 409
        assert served.ask("POST", f"files/{key}/stop").status == 204
        assert served.wait(key)["state"] == "stopped"
        assert {each.name for each in served.left()} == {"original"}


def test_a_large_workbook_shows_its_start_too_and_can_be_stopped(served: Served) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Financements")
    for row in csv.reader(io.StringIO(large(20_000).decode())):
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    key = served.drop("x.xlsx", content.getvalue()).json["id"]
    assert served.post(f"files/{key}/check", {"schema": "financements"}).status == 202
    seen = []
    while not seen or not seen[-1]["laid"]:
        seen.append(served.ask("GET", f"files/{key}").json)
        assert seen[-1]["busy"], seen[-1]
    assert seen[-1]["preview"]
    assert "10 erreurs" in seen[-1]["verdict"]
    assert served.ask("POST", f"files/{key}/stop").status == 204
    assert served.wait(key)["state"] == "stopped"


@pytest.mark.parametrize("number", ENDS)
def test_nothing_is_left_at_the_end(tmp_path: Path, number: int) -> None:
    with serving(tmp_path) as served:
        key = served.drop("x.csv", large(100_000)).json["id"]
        served.post(f"files/{key}/check", {"schema": "financements"})
        assert served.left()
        served.process.send_signal(number)
        assert served.process.wait(PATIENCE) == 0
        assert "effacés" in served.process.stderr.read()
    assert list(tmp_path.iterdir()) == []


def test_only_the_last_files_are_kept(served: Served) -> None:
    content = (EXAMPLES / "financements/exemple-valide.csv").read_bytes()
    keys = [served.drop("x.csv", content).json["id"] for _ in range(5)]
    assert served.ask("GET", f"files/{keys[0]}").status == 404
    assert served.ask("GET", f"files/{keys[-1]}").status == 200
    assert served.ask("DELETE", f"files/{keys[-1]}").status == 204
    assert served.ask("GET", f"files/{keys[-1]}").status == 404


def test_a_port_that_is_taken_is_told(served: Served, tmp_path: Path) -> None:
    port = served.origin.rsplit(":", 1)[1]
    with pytest.raises(AssertionError, match="est déjà pris"), serving(tmp_path, "--port", port):
        pass


@pytest.mark.parametrize("library", ["starlette", "uvicorn"])
def test_without_the_extra_the_command_says_what_to_install(library: str) -> None:
    code = (
        f"import sys; sys.modules[{library!r}] = None\n"
        "from territo_opendata.cli.main import run\n"
        "sys.exit(run(['serve', '--no-browser', '--lang', 'en']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert 'pip install "territo-opendata[web]"' in done.stderr
