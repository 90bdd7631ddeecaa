"""The validation of several tables together, with the references between them."""

from collections.abc import Sequence

from territo_opendata.descriptors.model import CustomCheck, Schema
from territo_opendata.findings import Report, Skipped, TableReport
from territo_opendata.language import Text
from territo_opendata.validate.checks import CheckParamsError, UnknownCheckError
from territo_opendata.validate.checks.interface import Check
from territo_opendata.validate.inputs import Options, Progress, TableInput
from territo_opendata.validate.references import Finder, References
from territo_opendata.validate.table import validate_table
from territo_opendata.validate.watching import Watcher

_BY_CHOICE = Text("laissées de côté par --no-references", "left out by --no-references")


def validate_tables(
    tables: Sequence[TableInput],
    find: Finder,
    options: Options | None = None,
    progress: Progress = lambda _table, _rows, _errors: None,
    watcher: Watcher | None = None,
) -> Report:
    """Return the report on `tables`, in their order.

    `watcher`, for a single table, is shown every fault as it is read.

    `find` says which table a foreign key refers to. What cannot be checked (no such table, an
    unknown check) is in the report's `skipped`, never passed over in silence.
    """
    asked = options or Options()
    references = References(find if asked.references else _left_out, asked.engine)
    skipped: list[Skipped] = []
    reports: list[TableReport] = []
    for table in tables:
        checks, unknown = _build_checks(table.schema, table.name)
        skipped.extend(unknown)
        reports.append(validate_table(table, checks, references, asked, progress, watcher))
    return Report(tuple(reports), tuple(dict.fromkeys((*skipped, *references.skipped))))


def _left_out(key: object, table: TableInput) -> Skipped:
    fields = ", ".join(getattr(key, "fields", ()))
    return Skipped(f"{table.name} ({fields})", _BY_CHOICE, by_choice=True)


def _build_checks(schema: Schema, table: str) -> tuple[list[Check], list[Skipped]]:
    checks: list[Check] = []
    skipped: list[Skipped] = []
    for each in schema.custom_checks:
        from territo_opendata.validate.checks import build_check

        try:
            checks.extend(build_check(each, schema))
        except UnknownCheckError as error:
            skipped.append(_unknown(table, each, error.nearest))
        except CheckParamsError as error:
            skipped.append(Skipped(f"{table} : {each.name}", error.reason))
    return checks, skipped


def _unknown(table: str, check: CustomCheck, nearest: str | None) -> Skipped:
    fr = f"le contrôle « {check.name} » n’existe pas"
    en = f"there is no check “{check.name}”"
    if nearest:
        fr, en = f"{fr} ; vouliez-vous « {nearest} » ?", f"{en}; did you mean “{nearest}”?"
    return Skipped(f"{table} : {check.name}", Text(fr, en))
