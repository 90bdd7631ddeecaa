"""One cause is told once, in every form that a person reads; JSON keeps all that was found."""

import dataclasses
from collections import Counter

import pytest

from territo_opendata.findings import Finding, Fix, Report
from territo_opendata.language import Text
from territo_opendata.report import RENDERERS
from territo_opendata.report.echoes import consequences, folded, told
from territo_opendata.report.json_report import to_dict
from tests.unit.report.reports import REPORT

FORM = {"form": Text("14 chiffres", "14 digits")}
FIX = Fix("01404", Text("Écrire « 01404 ».", "Write “01404”."), "safe")


def at(code: str, row: int = 2, column: int = 3, fix: Fix | None = None) -> Finding:
    facts = FORM if code == "pattern" else {}
    return Finding(code, "aides", row, row, column, "siret", "2,16208E+13", facts=facts, fix=fix)


def report_of(*findings: Finding) -> Report:
    codes = Counter(each.code for each in findings)
    table = dataclasses.replace(
        REPORT.tables[0],
        findings=findings,
        by_code=codes,
        counts=Counter((each.field, each.code) for each in findings),
        errors=len(findings),
        truncated=False,
        waived=(),
    )
    return Report((table,))


@pytest.mark.parametrize(
    ("cell", "left"),
    [
        (["number-mangled", "pattern"], ["number-mangled"]),
        (["pattern", "number-mangled", "siret-length"], ["number-mangled"]),
        (["type-integer", "number-mangled"], ["number-mangled"]),
        (["siret-length", "pattern", "min-length"], ["siret-length"]),
        (["code-commune-merged", "foreign-key"], ["code-commune-merged"]),
        (["pattern", "min-length"], ["pattern"]),
        (["pattern", "enum"], ["pattern", "enum"]),
        (["siret-length", "commune-departement"], ["siret-length", "commune-departement"]),
        (["pattern"], ["pattern"]),
    ],
)
def test_what_follows_from_a_cause_is_not_told(cell: list[str], left: list[str]) -> None:
    table = report_of(*map(at, cell)).tables[0]
    assert [each.code for each in told(table)] == left
    assert sum(folded(table).values()) == len(cell) - len(left)


def test_other_cells_are_told() -> None:
    table = report_of(at("number-mangled"), at("pattern", row=3), at("pattern", column=4)).tables[0]
    assert len(told(table)) == 3
    assert not consequences(table)


@pytest.mark.parametrize(("fix", "shown"), [(None, 1), (FIX, 2)])
def test_a_mend_that_the_cause_does_not_propose_is_told(fix: Fix | None, shown: int) -> None:
    assert len(told(report_of(at("code-commune"), at("pattern", fix=fix)).tables[0])) == shown


@pytest.mark.parametrize("form", ["terminal", "html", "github", "gitlab", "sarif"])
def test_readers_are_told_the_cause_alone(form: str) -> None:
    report = report_of(at("number-mangled"), at("pattern"), at("pattern", row=7))
    made = RENDERERS[form](report, "fr")
    assert made.count("n’a pas la forme demandée") == RENDERERS[form](
        report_of(at("pattern", row=7)), "fr"
    ).count("n’a pas la forme demandée")
    assert "abîmé" in made or "réécrit" in made


def test_what_follows_is_named_under_its_cause_and_counted() -> None:
    report = report_of(at("number-mangled"), at("pattern"))
    shown = RENDERERS["terminal"](report, "fr")
    assert "et donc, compté aussi : Forme inattendue (pattern)" in shown
    assert "2 erreurs" in shown.replace("\u00a0", " ")
    assert [each["code"] for each in to_dict(report, "fr")["tables"][0]["findings"]] == [
        "number-mangled",
        "pattern",
    ]
