"""What the page is told of a work, as JSON: words in the person's language, nothing to run."""

from typing import Any

from territo_opendata import project
from territo_opendata.language import Language, Text, visible
from territo_opendata.repair.changes import Change, ChangeLog
from territo_opendata.repair.choices import Kind
from territo_opendata.repair.journal import sides
from territo_opendata.report import words
from territo_opendata.rules import rule
from territo_opendata.rules.model import column_letters
from territo_opendata.rules.writing import text
from territo_opendata.tables.source import WORKBOOK_SUFFIXES
from territo_opendata.web.paging import Page
from territo_opendata.web.work import BUSY, Work

Json = dict[str, Any]
_CHANGE = Text("correction", "repair")
_CHANGES = Text("corrections", "repairs")


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
        "laid": words.rows(work.laid, language) if work.laid else "",
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
        "kinds": _kinds(made.log, language),
        "form": _form(work),
    }


def _form(work: Work) -> str:
    """Return the form to offer first: that of the file given, as its owner's programs open it."""
    name = work.received.name.lower()
    if name.endswith(WORKBOOK_SUFFIXES):
        return "xlsx"
    report = work.report
    semicolons = report is not None and report.tables[0].dialect.delimiter == ";"
    return "excel" if semicolons else "csv"


def _kinds(log: ChangeLog, language: Language) -> list[Json]:
    """Return the kinds of changes, made or not, column by column: in the same order after each repair."""
    kinds = {**log.proposals.examples, **log.tally.examples}
    ranked = sorted(kinds, key=lambda kind: (kinds[kind][0].column or 0, kind))
    return [_kind(log, kind, language) for kind in ranked]


def _kind(log: ChangeLog, kind: Kind, language: Language) -> Json:
    code, name, safety = kind
    made, left = log.tally.counts[kind], log.proposals.counts[kind]
    examples = (log.tally if made else log.proposals).examples[kind]
    known = rule(code)
    return {
        "code": code,
        "field": name,
        "safety": safety,
        "title": known.title.say(language),
        "column": visible(name, 60),
        "reason": known.cause.say(language),
        "total": made + left,
        "count": words.count(made + left, _CHANGE, _CHANGES, language),
        "made": words.number(made, language),
        "examples": [_shown(each, language) for each in examples],
        "optional": safety == "unsafe" or examples[0].target is not None,
    }


def page(found: Page, language: Language) -> Json:
    """Return some changes of a kind, one by one; `next` is where those after them are asked from."""
    shown = [{**_shown(each.change, language), "made": each.made} for each in found.entries]
    return {"changes": shown, "next": found.following}


def _shown(change: Change, language: Language) -> Json:
    before, after = sides(change, language)
    return {
        "place": change.place,
        "row": "" if change.row is None else words.number(change.row, language),
        "column": "" if change.column is None else column_letters(change.column),
        "before": before,
        "after": after,
    }
