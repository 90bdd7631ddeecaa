"""A finding keeps its fingerprint when its row moves, and only then."""

import dataclasses
from decimal import Decimal

from territo_opendata.findings import Finding
from territo_opendata.fingerprints import fingerprint, told_apart

FINDING = Finding("enum", "aides", 12, 14, 3, "nature", "Don", key=("a", 1))


def mark(**changed: object) -> str:
    return fingerprint(dataclasses.replace(FINDING, **changed))


def test_a_moved_row_keeps_it() -> None:
    assert mark(row=99, line=120, column=7) == mark()


def test_another_wrong_value_keeps_it() -> None:
    assert mark(value="Legs") == mark()


def test_equal_keys_are_equal_however_typed() -> None:
    assert mark(key=("a", Decimal("1.00"))) == mark()
    assert mark(key=("a", 1.0)) == mark()
    assert mark(key=("a", "1")) != mark(key=("a", "01"))


def test_what_makes_another_finding() -> None:
    others = [
        mark(code="pattern"),
        mark(table="autres"),
        mark(field="sigle"),
        mark(key=("a", 2)),
        mark(key=("b", 1)),
    ]
    assert len({mark(), *others}) == len(others) + 1


def test_without_a_usable_key_the_record_stands_for_it() -> None:
    for key in (None, (), ("a", None)):
        plain = dataclasses.replace(FINDING, key=key)
        assert fingerprint(plain, ["a", "b"]) == fingerprint(
            dataclasses.replace(plain, row=3), ["a", "b"]
        )
        assert fingerprint(plain, ["a", "b"]) != fingerprint(plain, ["ab", ""])


def test_findings_of_the_header_are_told_apart_by_what_they_found() -> None:
    one = Finding("column-extra", "aides", 1, 1, 4, None, "libre")
    assert fingerprint(one) != fingerprint(dataclasses.replace(one, value="notes"))
    assert fingerprint(one) == fingerprint(dataclasses.replace(one, column=5))


def test_equal_ones_are_told_apart_by_their_number() -> None:
    twice = [(FINDING, "x"), (FINDING, "y"), (FINDING, "x"), (FINDING, "x")]
    marks = [each for _, each in told_apart(twice)]
    assert len(set(marks)) == 4
    assert marks[:2] == ["x", "y"]
