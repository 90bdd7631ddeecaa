import pytest

from territo_opendata.descriptors.model import Field
from tests.unit.checks.building import build, codes

PARTS = {"part_of": "total", "key": "id", "value": "n"}


def parts(rows, kind="number"):
    check = build("parts-add-up", PARTS, "id", "total", Field("n", kind))
    return check, codes(check, rows)


@pytest.mark.parametrize(
    ("rows", "faulty"),
    [
        ([], []),
        ([(None, "t", "3"), ("t", "a", "1"), ("t", "b", "2")], []),
        ([("t", "a", "1"), ("t", "b", "2"), (None, "t", "3")], []),  # the total comes last
        ([(None, "t", "0.3"), ("t", "a", "0.1"), ("t", "b", "0.2")], []),
        ([(None, "t", "3"), (None, "u", "9")], []),  # no parts at all
        ([("absent", "a", "1")], []),
        ([("t", "t", "3"), ("t", "a", "3")], []),  # a row is no part of itself
        ([(None, "t", "4"), ("t", "a", "1"), ("t", "b", None)], []),
        ([(None, "t", "4"), ("t", "a", "1"), ("t", "b", "deux")], []),
        ([(None, "t", None), ("t", "a", "1")], []),
        ([(None, None, "3"), (None, None, "4")], []),
        ([(None, "t", "4"), ("t", "a", "1"), ("t", "b", "2")], [0]),
        ([("t", "a", "1"), (None, "t", "4"), ("t", "b", "2")], [1]),
        ([(None, "t", "6"), ("t", "u", "5"), ("u", "a", "2"), ("u", "b", "2")], [0, 1]),
        ([(None, "t", "4"), (None, "t", "4"), ("t", "a", "1")], [0]),
    ],
)
def test_parts_add_up(rows, faulty):
    check, found = parts(rows)

    assert check.columns == ("total", "id", "n")
    assert found == [(index, "n", "parts-add-up") for index in faulty]


def test_the_total_its_parts_and_their_sum_are_told():
    check, _ = parts([])
    ((index, fault),) = check.judge([(None, "t", "4.50"), ("t", "a", "1"), ("t", "b", "2.25")])

    assert (index, fault.facts) == (0, {"total": "4.50", "sum": "3.25", "parts": ["a", "b"]})


def test_parts_of_a_text_column_are_added_too():
    assert parts([(None, "t", "4"), ("t", "a", "1")], "string")[1] == [(0, "n", "parts-add-up")]


PERIODS = {"group": "g", "start": "s", "end": "e"}


@pytest.mark.parametrize(
    ("rows", "gaps"),
    [
        ([], []),
        ([("p", "2024-01-01", "2024-01-31")], []),
        ([("p", "2024-01-01", "2024-01-31"), ("p", "2024-02-01", "2024-02-29")], []),
        ([("p", "2024-02-01", "2024-02-29"), ("p", "2024-01-01", "2024-01-31")], []),
        ([("p", "2024-01-01", "2024-01-31"), ("q", "2025-02-01", "2025-02-28")], []),
        ([("p", "2023", "2023"), ("p", "2024", "2024-06"), ("p", "2024-07", None)], []),
        ([("p", "2024-01-01", None), ("p", "2025-01-01", None)], []),
        ([(None, "2024-01-01", "2024-01-31"), (None, "2025-01-01", None)], []),
        ([("p", None, "2024-01-31"), ("p", "2025-01-01", None)], []),
        ([("p", "hier", "2024-01-31"), ("p", "2025-01-01", None)], []),
        ([("p", "0000", "0000"), ("p", "2025-01-01", None)], []),
        ([("p", "2024-02-31", "2024-03-01"), ("p", "2025-01-01", None)], []),
        ([("p", "2024-01-01", "2024-01-31"), ("p", "2024-02-02", None)], [(1, 1)]),
        ([("p", "2024-01-01", "2024-01-31"), ("p", "2024-01-31", None)], [(1, -1)]),
        ([("p", "2025-01-01", None), ("p", "2024-01-01", "2024-11-30")], [(0, 31)]),
        ([("p", "2024-01-01", "9999-12-31"), ("p", "2024-02-01", None)], [(1, -2913143)]),
        (
            [("p", "2024", "2024"), ("p", "2024-03", "2024-04"), ("p", "2025", "2025")],
            [(1, -306)],
        ),
        (
            [("p", "2020", "2020"), ("p", "2022", "2022"), ("p", "2024", "2024")],
            [(1, 365), (2, 365)],
        ),
    ],
)
def test_contiguous_periods(rows, gaps):
    check = build("contiguous-periods", PERIODS, "g", "s", "e")

    assert [(index, fault.facts["gap_days"]) for index, fault in check.judge(rows)] == gaps


def test_only_the_rows_that_the_condition_names_are_periods():
    params = {**PERIODS, "where": {"n": "étape"}}
    check = build("contiguous-periods", params, "g", "s", "e", "n")
    rows = [
        ("p", "2024-01-01", "2024-01-31", "étape"),
        ("p", "2024-01-15", "2024-01-15", "réunion"),
        ("p", "2024-01-15", "2024-01-15", None),
        ("p", "2024-02-01", None, "étape"),
    ]

    assert check.columns == ("g", "s", "e", "n")
    assert codes(check, rows) == []
    assert codes(check, [*rows, ("p", "2024-03-01", None, "étape")]) == []
    assert codes(check, [*rows[:3], ("p", "2024-02-05", None, "étape")]) == [
        (3, "s", "contiguous-periods")
    ]


def test_periods_of_a_french_date_column():
    fields = "g", Field("s", "date", "%d/%m/%Y"), Field("e", "date", "%d/%m/%Y")
    check = build("contiguous-periods", PERIODS, *fields)
    rows = [("p", "01/01/2024", "31/01/2024"), ("p", "01/02/2024", None)]

    assert codes(check, rows) == []
    ((_, fault),) = check.judge([rows[0], ("p", "10/02/2024", None)])
    assert fault.facts == {"previous_end": "31/01/2024", "start": "10/02/2024", "gap_days": 9}
