"""One report that every renderer is tried on: all that a report can hold, hostile texts included."""

from decimal import Decimal

from territo_opendata.findings import (
    Checked,
    DialectUsed,
    Finding,
    Fix,
    Report,
    Skipped,
    TableReport,
)
from territo_opendata.language import Text

HOSTILE = "\x1b[31m::error::<script>\u202e=1+1\n::set-env\udcff"

FINDINGS = (
    Finding(
        "column-renamed", "aides", 1, 1, 2, "montant", "Montant ?", facts={"label": "Montant ?"}
    ),
    Finding("incorrect-label", "aides", 1, 1, 2, "montant", "Montant ?"),
    Finding(
        "type-number",
        "aides",
        3,
        4,
        2,
        "montant",
        "1 234,56 €",
        key=("a2", Decimal("1.5"), 2**60),
        facts={"title": "Montant", "example": "1234.56"},
        constraint="type",
        argument="number/default",
        fix=Fix("1234.56", Text("Écrire « 1234.56 ».", "Write “1234.56”."), "safe"),
    ),
    Finding("pattern", "aides", 4, 5, 1, "code", HOSTILE, constraint="pattern", argument="[a-z]+"),
    Finding(
        "primary-key",
        "aides",
        5,
        6,
        1,
        None,
        "a2",
        facts={"fields": ["code"], "values": ["a2"], "first": 3},
    ),
    Finding("header-only", "vide", 1, 1),
)

REPORT = Report(
    (
        TableReport(
            name="aides",
            path="données/aides.csv",
            schema="aides",
            schema_version="1.0.0",
            fields=("code", "montant"),
            dialect=DialectUsed("cp1252", ";", declared=False),
            rows=12345,
            bytes=987654,
            errors=7,
            warnings=0,
            by_code={"column-renamed": 1, "incorrect-label": 1, "type-number": 3, "pattern": 1, "primary-key": 1},
            by_field={"montant": 5, "code": 1},
            findings=FINDINGS[:5],
            samples={3: ("a2", "1 234,56 €"), 4: (HOSTILE, "3"), 5: ("a2", "7")},
            truncated=True,
            sha256="0" * 64,
            notes=(Text("Une note.", "A note."),),
            schema_findings=(
                Finding("schema-unknown-property", facts={"property": "constraint", "nearest": "constraints"}),
            ),
            checked=(Checked("primary-key", ("code",)), Checked("foreign-key", ("code",), "codes")),
            counts={
                ("montant", "column-renamed"): 1,
                ("montant", "incorrect-label"): 1,
                ("montant", "type-number"): 3,
                ("code", "pattern"): 1,
                (None, "primary-key"): 1,
            },
            baselined=4,
            waived=(
                {"code": "enum", "field": "nature", "reason": "Vieux = +1 fichier", "owner": "DGCL", "expiry": "2027-01-31", "count": 2},
            ),
            labels=("code", "Montant ?"),
            judged={"code": ("type-string", "pattern"), "montant": ("type-number", "required")},
        ),
        TableReport(
            name="vide",
            path="vide.csv",
            schema="vide",
            schema_version=None,
            fields=("a",),
            dialect=DialectUsed(),
            rows=0,
            bytes=2,
            errors=0,
            warnings=1,
            by_code={"header-only": 1},
            by_field={},
            findings=FINDINGS[5:],
            samples={},
            checked=(Checked("unique", ("a",)),),
        ),
    ),
    (Skipped("aides (code) → codes", Text("cette table est introuvable", "no such table")),),
)  # fmt: skip
