"""Every parametrised case of frictionless' own specification of fields, read by us."""

import importlib.util
import inspect
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import frictionless.fields
import pytest

from territo_opendata.descriptors.schema import parse_schema
from territo_opendata.validate.reading import ValueReader
from territo_opendata.validate.verdicts import WRONG
from tests.agreement.readings import our_reader, schema_of

SPECIFICATION = Path(frictionless.fields.__file__).parent / "__spec__"
NOT_READING = ("write_cell", "unsupported_constraint")
"""Tests that read no cell: of writing, and of schemas refused (see test_descriptor_acceptance)."""


@dataclass(frozen=True)
class Case:
    """A source value of a field, and the typed value that the specification expects."""

    test: str
    field: dict[str, Any]
    source: Any
    target: Any


def parametrised() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every set of parameters of the specification, under the name of its test."""
    for path in sorted(SPECIFICATION.glob("test_*.py")):
        for name, function in vars(_module(path)).items():
            marks = getattr(function, "pytestmark", ()) if inspect.isfunction(function) else ()
            for mark in (each for each in marks if each.name == "parametrize"):
                names = [each.strip() for each in mark.args[0].split(",")]
                for values in mark.args[1]:
                    yield f"{path.stem}.{name}", dict(zip(names, values, strict=True))


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"specification_{path.stem}", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        spec.loader.exec_module(module)
    return module


def reading_cases() -> Iterator[Case]:
    for test, given in parametrised():
        if any(each in test for each in NOT_READING):
            continue
        kind = test.split(".")[0].removeprefix("test_")
        field = {"type": kind, **given.get("options", {})}
        if "format" in given:
            field["format"] = given["format"]
        if "item_type" in given:
            field["itemType"] = given["item_type"]
        yield Case(test, field, given["source"], given["target"])


CASES = list(reading_cases())
TEXTS = [case for case in CASES if isinstance(case.source, str)]
NATIVE = [case for case in CASES if not isinstance(case.source, str)]
WRITTEN = [case for case in NATIVE if isinstance(case.source, int | float | list | dict)]
"""Native sources that JSON can hold: bounds and enumerations of a schema are read so."""


def _name(case: Case) -> str:
    return f"{case.field} {case.source!r}"[:90]


def test_all_cases_are_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(list(parametrised())) >= 370
    assert len(TEXTS) + len(NATIVE) == len(CASES) >= 370
    with capsys.disabled():
        kinds = Counter(type(case.source).__name__ for case in NATIVE)
        told = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
        print(  # noqa: T201 - what no CSV cell can hold is told, not passed over
            f"\nfrictionless' field cases: {len(TEXTS)} texts read; {len(NATIVE)} native values "
            f"({told}), {len(WRITTEN)} of which JSON can hold"
        )


@pytest.mark.parametrize("case", TEXTS, ids=_name)
def test_a_text_is_read_as_specified(case: Case) -> None:
    value, broken = our_reader(case.field)(case.source)
    assert value == case.target
    missing = case.source == "" and not broken
    assert missing or (broken == ("type",)) is (case.target is None)


@pytest.mark.parametrize("case", WRITTEN, ids=_name)
def test_a_value_of_a_schema_is_read_as_specified(case: Case) -> None:
    field = parse_schema(schema_of(case.field), "essai").fields[0]
    value = ValueReader(field).written(case.source)
    assert value is WRONG if case.target is None else value == case.target
