"""Many faulty records are mended by column, and what comes of it is the same as one by one."""

import dataclasses
import json
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territo_opendata.descriptors.model import Field
from territo_opendata.fixes import propose
from territo_opendata.fixes.fitting import fits
from territo_opendata.fixes.number_columns import quick_fixes
from territo_opendata.repair import splicing
from territo_opendata.repair.changes import Change, Tally
from territo_opendata.repair.choices import Choice
from territo_opendata.workflow.repaired import ToMend
from territo_opendata.workflow.repairing import repaired_file
from tests.repair.dirty import copy
from tests.repair.laws import OPTIONS

AMOUNTS = ["1 234,56 €", "12 345", "1\u202f000,5", "7,5€", "-3 000", "0,10", "1,234", "n.c.", ""]
SCHEMA = {
    "fields": [
        {"name": "numero", "type": "integer", "constraints": {"required": True}},
        {"name": "montant", "type": "number", "constraints": {"minimum": 0, "maximum": 1_000_000}},
        {"name": "date", "type": "date"},
        {"name": "commune", "type": "string", "constraints": {"pattern": r"[0-9AB]{5}"}},
        {"name": "nature", "type": "string", "constraints": {"enum": ["dette", "créance, avoir"]}},
    ]
}


Seen = tuple[bytes, list[tuple[Change, bool]], Tally, Tally]


def seen(asked: ToMend) -> Seen:
    with repaired_file(asked, OPTIONS) as done:
        with done.table.source.open() as stream:
            content = stream.read()
        entries = [(each.change, each.made) for each in done.log.entries()]
        return content, entries, done.log.tally, done.log.proposals


def check(asked: ToMend, monkeypatch: pytest.MonkeyPatch) -> Seen:
    """Mend the file in both ways, and return what came of it, the same in both."""
    monkeypatch.setattr(splicing, "MANY", 10**9)
    one_by_one = seen(asked)
    monkeypatch.setattr(splicing, "MANY", 1)
    by_column = seen(asked)
    assert by_column == one_by_one
    return by_column


@pytest.mark.parametrize("seed", range(60, 72))
def test_a_dirty_copy_is_mended_the_same(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dirty = copy(seed)
    path = tmp_path / "data.csv"
    path.write_bytes(dirty.content)
    check(ToMend(str(path), dirty.name, accept=frozenset({"type-date"})), monkeypatch)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_faults_of_every_kind_are_mended_the_same(
    end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dates = ["31/12/2024", "01/02/2024", "2024-05-06", "", "hier"]
    natures = ["DETTE", "creance, avoir", "dettes", "", "autre"]
    rows = ["numero,montant,date,commune,nature"]
    for number in range(400):
        amount = AMOUNTS[number % len(AMOUNTS)]
        nature = natures[number % 5]
        rows.append(f'{number},"{amount}",{dates[number % 5]},{1001 + number},"{nature}"')
    rows[50:50] = [",,,,", "7", '8,9,2024-01-01,01004,dette,"",', '9,1 000,"2024-', '01-01",x,y']
    schema, path = tmp_path / "schema.json", tmp_path / "data.csv"
    schema.write_text(json.dumps(SCHEMA), "utf-8")
    path.write_text(end.join(rows), "utf-8", newline="")
    asked = ToMend(str(path), str(schema), accept=frozenset({"type-date", "pattern"}))
    _, entries, _, _ = check(asked, monkeypatch)
    assert len(entries) > 1000
    regular = rows[:50] + rows[51:52] + rows[55:]
    path.write_text(end.join(regular), "utf-8", newline="")
    places = frozenset({(3, 3), (8, 3)})
    chosen = {("type-date", "date", "safe"): Choice(wanted=True, but=places)}
    _, entries, _, proposals = check(dataclasses.replace(asked, choices=chosen), monkeypatch)
    assert proposals.counts["type-date", "date", "safe"] == len(places)
    assert {each.place for each, made in entries if not made} >= places


SPACES = st.sampled_from(["", "", " ", "\u00a0", "\u202f"])
DIGITS = st.sampled_from(["", "0", "7", "12", "234", "500", "1000", "00", "000"])
NUMBERS = st.lists(
    st.one_of(DIGITS, SPACES, st.sampled_from([",", ",", ".", "€", "-"])), max_size=9
)


@settings(max_examples=300)
@given(
    parts=NUMBERS,
    kind=st.sampled_from(["number", "integer"]),
    bounds=st.dictionaries(
        st.sampled_from(["minimum", "maximum", "exclusiveMinimum"]), st.integers(-10, 5000)
    ),
)
def test_the_quick_fix_is_the_exact_one(parts: list[str], kind: str, bounds: dict) -> None:
    text, field = "".join(parts), Field("montant", kind, constraints=bounds)
    quick = quick_fixes(f"type-{kind}", field, pl.Series([text], dtype=pl.String))
    assert quick is not None
    found = quick[0]
    exact = propose(f"type-{kind}", text, field, {})
    if found is not None and found != text:
        assert (exact.value, exact.safety) == (found, "safe") if exact else not fits(found, field)


@pytest.mark.parametrize("text", ["1,234", "-1,234", "1,234 €", "12.5", "1.234,5", "€ 5", "1 23"])
def test_what_leaves_a_doubt_is_left_to_the_exact_fix(text: str) -> None:
    quick = quick_fixes("type-number", Field("montant", "number"), pl.Series([text]))
    assert quick.to_list() == [None]


@pytest.mark.parametrize(
    ("text", "kind", "mended"),
    [
        ("1 234,56 €", "number", "1234.56"),
        ("-12\u00a0345\u202f678", "integer", "-12345678"),
        ("1,2345", "number", "1.2345"),
        ("5€", "integer", "5"),
    ],
)
def test_what_leaves_none_is_mended_quickly(text: str, kind: str, mended: str) -> None:
    quick = quick_fixes(f"type-{kind}", Field("montant", kind), pl.Series([text]))
    assert quick.to_list() == [mended]
