import pytest

from territo_opendata.descriptors.model import Field
from tests.unit.checks.building import build, row_faults

NUMBER = Field("x", "number"), Field("y", "number")
FRENCH = tuple(
    Field(name, "number", options={"decimalChar": ",", "groupChar": " "}) for name in "xy"
)
INTEGER = Field("x", "integer"), Field("y", "integer")
DATE = Field("x", "date"), Field("y", "date")
FRENCH_DATE = tuple(Field(name, "date", "%d/%m/%Y") for name in "xy")
TEXT = Field("x"), Field("y")
YEAR = Field("x", "year"), Field("y", "year")

COMPARED = [
    # fields, first, op, second, holds
    (NUMBER, "2", "<", "10", True),
    (NUMBER, "10", "<", "2", False),
    (NUMBER, "10", ">", "2", True),
    (NUMBER, "2.0", "==", "2", True),
    (NUMBER, "2.0", "!=", "2", False),
    (NUMBER, "2", "<=", "2.00", True),
    (NUMBER, "0.1", ">=", "0.10000000000000000001", False),
    (NUMBER, "-1", "<", "0", True),
    (NUMBER, "1e3", "==", "1000", True),
    (NUMBER, "abc", "<", "2", True),  # no number: the type rules say so
    (NUMBER, "NaN", "<", "2", True),
    (FRENCH, "1 234,5", ">", "999", True),
    (FRENCH, "1 234,5", "<", "999", False),
    (INTEGER, "1_000", ">", "999", True),
    (INTEGER, "0.1", ">", "3", True),  # no integer: the type rules say so
    (INTEGER, "1e3", "<", "3", True),
    (DATE, "2024-01-31", "<=", "2024-02-01", True),
    (DATE, "2024-02-01", "<=", "2024-01-31", False),
    (DATE, "2024-2-1", ">", "2024-01-31", True),
    (DATE, "2024-02-30", "<", "2024-01-31", True),
    (FRENCH_DATE, "31/01/2024", "<", "01/02/2024", True),
    (FRENCH_DATE, "01/02/2024", "<", "31/01/2024", False),
    (YEAR, "2024", "<=", "2024", True),
    (YEAR, "2025", "<=", "2024", False),
    (TEXT, "abc", "<", "abd", True),
    (TEXT, "abd", "<", "abc", False),
    (TEXT, "10", ">", "9", True),  # both are numbers
    (TEXT, "10", ">", "9x", False),  # as texts
    (TEXT, "2019", "<=", "2019-06-04", True),
    (TEXT, "2019-06", "<=", "2019", True),  # as far as both say
    (TEXT, "2019-06", ">=", "2019", True),
    (TEXT, "2019-06-30", "<", "2019-06", True),
    (TEXT, "2019-07", "<=", "2019-06-30", False),
    (TEXT, "2020-01", "<=", "2019", False),
    (TEXT, "2019-06", "==", "2019", False),
    (TEXT, "", "<", "", False),
    ((Field("x", "number"), Field("y")), "3", "<", "12", True),
    ((Field("x", "number"), Field("y")), "3", "<", "douze", False),  # not comparable
    ((Field("x", "year"), Field("y", "date")), "2024", "<=", "2024-05-01", True),
    ((Field("x", "year"), Field("y", "date")), "2025", "<=", "2024-05-01", False),
    ((Field("x", "year"), Field("y", "integer")), "2025", ">", "2024", True),
    (
        (Field("x", "date"), Field("y", "datetime")),
        "2024-05-02",
        "<=",
        "2024-05-01T10:00:00",
        False,
    ),
    ((Field("x", "time"), Field("y", "time")), "09:00:00", "<", "12:30:00", True),
    ((Field("x", "time"), Field("y", "time")), "19:00:00", "<", "12:30:00", False),
    ((Field("x", "date"), Field("y", "time")), "2024-05-02", "<", "12:30:00", False),
    (
        (Field("x", "datetime"), Field("y", "datetime")),
        "2024-05-01T12:00:00+02:00",
        "<",
        "2024-05-01T11:00:00Z",
        True,
    ),
    (
        (Field("x", "date", "any"), Field("y", "date", "any")),
        "2 May 2024",
        "<",
        "1 May 2024",
        False,
    ),
    ((Field("x", "date", "%"), Field("y", "date", "%Y%Y")), "2 May 2024", "<", "2024", True),
    (NUMBER, "1e999999999", ">", "1", True),
    (NUMBER, "1e99999999999999999999", ">", "1", True),
]


@pytest.mark.parametrize(("fields", "first", "op", "second", "holds"), COMPARED)
def test_compare_columns(fields, first, op, second, holds):
    check = build("compare-columns-value", {"column": "x", "op": op, "column2": "y"}, *fields)

    assert row_faults(check, first, second) == ([] if holds else [("x", "compare-columns")])


@pytest.mark.parametrize("cells", [(None, "1"), ("1", None), (None, None)])
def test_an_empty_cell_is_not_compared_nor_added(cells):
    compare = build("compare-columns-value", {"column": "x", "op": ">", "column2": "y"}, *NUMBER)
    add = build("sum-columns-value", {"column": "x", "columns": ["y"]}, *NUMBER)

    assert row_faults(compare, *cells) == row_faults(add, *cells) == []


def test_a_comparison_names_both_columns_the_operator_and_the_other_value():
    check = build("compare-columns-value", {"column": "x", "op": "<=", "column2": "y"}, *NUMBER)
    (fault,) = check.judge(("3", "2"))

    assert fault.facts == {"column": "x", "op": "<=", "column2": "y", "value2": "2"}


ADDED = [
    (("3", "1", "2"), None),
    (("0.3", "0.1", "0.2"), None),  # not so in binary floats
    (("0.30", "0.1", "0.2"), None),
    (("-1", "1", "-2"), None),
    (("100000000000000000000000000000000.01", "100000000000000000000000000000000", "0.01"), None),
    (("4", "1", "2"), "3"),
    (("100000000000000000000000000000000", "100000000000000000000000000000000", "0.01"),
     "1.0000000000000000000000000000000001E+32"),
    (("abc", "1", "2"), None),
    (("3", "1", "deux"), None),
    (("3", "1", "NaN"), None),
    (("1e9999", "1e9999", "1e-9999"), None),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "total"), ADDED)
def test_sum_columns(cells, total):
    fields = [Field(name, "number") for name in "abc"]
    check = build("sum-columns-value", {"column": "a", "columns": ["b", "c"]}, *fields)
    found = list(check.judge(cells))

    assert [fault.facts.get("total") for fault in found] == ([] if total is None else [total])
    assert all(fault.column == "a" and fault.code == "sum-columns" for fault in found)


@pytest.mark.parametrize(
    ("cells", "missing"),
    [
        (("1", "2", "3"), []),
        ((None, None, None), []),
        (("", "", ""), []),  # an empty text is a value where it is no missing value
        (("1", None, "3"), ["b"]),
        ((None, None, "3"), ["a", "b"]),
        ((None, "2", "3"), ["a"]),
    ],
)
def test_filled_together(cells, missing):
    ours = build("both-or-neither", {"columns": ["a", "b", "c"]}, "a", "b", "c")
    theirs = build(
        "cohesive-columns-value", {"column": "a", "othercolumns": ["b", "c"]}, "a", "b", "c"
    )

    assert row_faults(ours, *cells) == [(column, "both-or-neither") for column in missing[:1]]
    assert row_faults(theirs, *cells) == [(column, "cohesive-columns") for column in missing[:1]]
    assert [fault.facts["missing"] for fault in ours.judge(cells)] == [missing] * bool(missing)


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (("1", None), []),
        ((None, "2"), []),
        (("1", "2"), []),
        (("0", None), []),
        ((None, None), [("a", "one-of-required")]),
    ],
)
def test_one_of_required(cells, found):
    check = build("one-of-required", {"column1": "a", "column2": "b"}, "a", "b")

    assert row_faults(check, *cells) == found
