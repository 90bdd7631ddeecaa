"""Rows compared: any two tables, any order, any repeats; nothing is lost and nothing invented."""

import csv
import io
from collections import Counter

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territo_opendata.compare import rows as rows_module
from territo_opendata.compare.matching import drop_same, row_hashes
from territo_opendata.compare.model import RowsDiff
from territo_opendata.compare.reading import ROW, Rows
from territo_opendata.compare.sides import TableText
from territo_opendata.errors import InvalidDataError
from territo_opendata.tables.source import file_source
from tests.unit.compare.sides import FIELDS, SCHEMA, compare_texts

NAMES = ["id", "nom", "montant"]
CELLS = st.sampled_from(["", "a", "b", "1", "1.0", "01", "é,", 'x"y', "l\nm", "-"])
TABLES = st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=12)
PLAIN = {"fields": FIELDS}


def text(records):
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerows([NAMES, *records])
    return stream.getvalue()


def diff(old, new, described=SCHEMA, **options) -> RowsDiff:
    made = compare_texts(text(old), text(new), described, limit=1000, **options).tables[0]
    return made.rows or RowsDiff((), len(old), len(new))


def counts(found):
    return found.removed, found.added, found.changed, found.rewritten


@pytest.fixture(params=["one part", "many parts"], autouse=True)
def parts(request, monkeypatch):
    if request.param == "many parts":
        monkeypatch.setattr(rows_module, "_PART", 16)


SOME = settings(max_examples=40, deadline=None)


@SOME
@given(TABLES, st.sampled_from([SCHEMA, PLAIN]), st.randoms())
def test_a_table_equals_itself_in_any_order(records, described, random) -> None:
    shuffled = random.sample(records, len(records))
    assert diff(records, shuffled, described).equal


@SOME
@given(TABLES, TABLES, st.sampled_from([SCHEMA, PLAIN]))
def test_both_ways_mirror_each_other(old, new, described) -> None:
    there, back = diff(old, new, described), diff(new, old, described)
    assert counts(there)[:2] == counts(back)[1::-1]
    assert there.changed + there.rewritten == back.changed + back.rewritten


@SOME
@given(TABLES, TABLES, st.sampled_from([SCHEMA, PLAIN]))
def test_changes_applied_to_the_old_give_the_new(old, new, described) -> None:
    found = diff(old, new, described)
    result = {number: list(record) for number, record in enumerate(old, 2)}
    for row in found.removed_rows:
        assert list(row.cells.values()) == result.pop(row.row)
    for pair in found.changed_rows:
        for cell in pair.cells:
            place = NAMES.index(cell.field)
            assert result[pair.old_row][place] == cell.before
            result[pair.old_row][place] = cell.after
    made = [*result.values(), *([*row.cells.values()] for row in found.added_rows)]
    assert Counter(map(tuple, made)) == Counter(map(tuple, new))
    assert len(found.changed_rows) == found.changed + found.rewritten


def test_repeated_keys_pair_each_row_once() -> None:
    old = [("k", str(number), "0") for number in range(300)]
    new = [("k", str(number), "0") for number in range(150, 500)]
    found = diff(old, new)
    assert counts(found) == (0, 50, 150, 0)
    assert found.repeated_key


def test_equal_rows_of_a_repeated_key_are_set_apart() -> None:
    found = diff([("k", "a", "1"), ("k", "b", "1")], [("k", "b", "1"), ("k", "c", "1")])
    assert counts(found) == (0, 0, 1, 0)
    assert found.changed_rows[0].cells[0].before == "a"


def test_keys_are_compared_as_values() -> None:
    described = {"fields": [{"name": "id", "type": "integer"}, *FIELDS[1:]], "primaryKey": "id"}
    found = diff([("1", "a", "1")], [("01", "a", "1")], described)
    assert counts(found) == (0, 0, 0, 1)


def test_values_are_told_from_texts_without_a_key() -> None:
    assert counts(diff([("a", "b", "1.0")], [("a", "b", "1.00")], PLAIN)) == (0, 0, 0, 1)


def test_other_notation_of_the_same_number() -> None:
    comma = {**SCHEMA, "fields": [*FIELDS[:2], {**FIELDS[2], "decimalChar": ","}]}
    found = compare_texts("id,nom,montant\na,b,1.5\n", 'id,nom,montant\na,b,"1,5"\n', SCHEMA, comma)
    assert counts(found.tables[0].rows) == (0, 0, 0, 1)


def test_hashes_that_collide_hide_nothing() -> None:
    """Rows that share a hash and differ are kept on both sides."""
    columns = ["c0"]

    def frame(cells):
        made = pl.DataFrame({ROW: range(2, 2 + len(cells)), "c0": cells})
        return made.with_columns(pl.lit(7).alias("hash"))

    old, new = drop_same(frame(["a", "b"]), frame(["a", "c"]), columns)
    assert (old["c0"].to_list(), new["c0"].to_list()) == (["b"], ["c"])


def test_equal_rows_have_equal_hashes_in_any_frame() -> None:
    one = pl.DataFrame({"c0": ["a", "b"], "c1": [None, "é"]})
    two = pl.DataFrame({"c0": ["x"] * 5000 + ["b"], "c1": ["y"] * 5000 + ["é"]})
    assert row_hashes(one, ["c0", "c1"])[1] == row_hashes(two, ["c0", "c1"])[-1]


def test_large_and_irregular_tables_are_read_alike(tmp_path) -> None:
    tidy = "id,nom,montant\n" + "".join(f"{n},ville {n},{n}\n" for n in range(90_000))
    untidy = tidy.replace("ville 7777,", 'ville "7777" ,').replace("80000,ville", '80000,"ville')
    untidy = untidy.replace('"ville 80000,', '"ville 80000",')
    found = compare_texts(tidy, untidy, folder=tmp_path).tables[0].rows
    assert (found.old_rows, found.new_rows) == (90_000, 90_000)
    assert counts(found) == (0, 0, 1, 0)
    assert found.changed_rows[0].new_row == 7779


def test_bytes_that_are_no_text_are_refused_with_their_row(tmp_path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"id,nom,montant\na,Lyon,1\nb,\xff,2\n")
    rows = Rows(TableText(file_source("t.csv", path), encoding="utf-8"))
    with pytest.raises(InvalidDataError, match="ligne 3"):
        list(rows.frames(["nom"], lambda _: None))


def test_binary_file_is_no_table() -> None:
    found = compare_texts("id,nom,montant\n", b"%PDF-1.7 binary")
    assert found.skipped
