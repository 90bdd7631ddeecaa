"""What the page is told of a work, as JSON: words in the person's language, nothing to run."""

from typing import Any

from territo_opendata import project
from territo_opendata.language import Language, visible
from territo_opendata.repair.changes import Change, Tally
from territo_opendata.repair.journal import said, spot
from territo_opendata.report import words
from territo_opendata.rules import rule
from territo_opendata.rules.writing import text
from territo_opendata.web.work import BUSY, Work

Json = dict[str, Any]


def arrived(work: Work) -> Json:
    """Return what is known of a file that has just arrived."""
    return {
        "id": work.id,
        "name": visible(work.received.name, 200),
        "certain": work.recognised.certain,
        "fitting": [
            {"name": name, "score": round(100 * score)}
            for name, score in work.recognised.fitting[:3]
        ],
        "sheets": [visible(each, 200) for each in work.recognised.sheets],
    }


def schemas() -> list[Json]:
    """Return the schemas to choose among."""
    known = (project.builtin_schema(name) for name in project.builtin_schema_names())
    return [{"name": each.name, "title": each.title or each.name} for each in known]


def state(work: Work, language: Language) -> Json:
    """Return how far the work is; `version` tells whether the rest is worth showing anew."""
    report = work.report
    return {
        "state": work.state,
        "busy": work.state in BUSY,
        "version": work.version,
        "started": work.rows > 0,
        "read": words.rows(work.rows, language),
        "found": words.errors(work.errors, language),
        "share": min(0.99, work.rows / work.expected) if work.expected else None,
        "preview": work.preview,
        "report": report is not None,
        "verdict": _verdict(work, language),
        "kind": report.verdict if report and not work.preview else "preview",
        "failure": work.failure.say(language) if work.failure else "",
        "repair": _repair(work, language),
    }


def _verdict(work: Work, language: Language) -> str:
    report = work.report
    if report is None:
        return ""
    if not work.preview:
        return words.verdict(report, language)
    rows = words.rows(report.tables[0].rows, language)
    found = words.errors(report.errors, language)
    return text(
        f"Premier aperçu : {found} dans les premières lignes ({rows} lues). Le reste suit.",
        f"First look: {found} in the first rows ({rows} read). The rest follows.",
    ).say(language)


def _repair(work: Work, language: Language) -> Json | None:
    """Return what was mended, what may be, and what is left."""
    made = work.repaired
    if made is None or work.state in BUSY:
        return None
    return {
        "changed": made.changed,
        "withheld": made.withheld,
        "total": words.number(made.log.tally.total, language),
        "verdict": words.verdict(made.report, language),
        "kind": made.report.verdict,
        "kinds": [
            *_kinds(made.log.tally, language, made=True),
            *_kinds(made.proposals, language, made=False),
        ],
    }


def _kinds(tally: Tally, language: Language, *, made: bool) -> list[Json]:
    return [
        {
            "code": code,
            "field": name,
            "title": rule(code).title.say(language),
            "column": visible(name, 60),
            "count": words.number(total, language),
            "examples": [_example(each, language) for each in tally.examples[code, name]],
            "made": made,
            "safe": all(each.safety == "safe" for each in tally.examples[code, name]),
            "optional": not made or _is_of_a_cell(tally.examples[code, name][0]),
        }
        for (code, name), total in tally.counts.items()
    ]


def _example(change: Change, language: Language) -> str:
    colon = "\u00a0: " if language == "fr" else ": "
    return f"{spot(change, language)}{colon}{said(change, language)}"


def _is_of_a_cell(change: Change) -> bool:
    """Tell a change of a cell, which may be declined, from one of the table's shape."""
    return change.target is not None
