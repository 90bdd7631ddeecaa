"""Which sheets of a workbook are tables to check, by which schema, and their text.

Without `--sheet`, a workbook with one sheet in use is that table. With several, each is a table
of its own name: under `--schema`, those that share a column with it; otherwise each by the
resource or the shipped schema of its name. Hidden sheets, and those that have nothing of the
schema (a notice, lists), are named among what was not checked.
"""

import dataclasses
import unicodedata
from collections.abc import Callable, Iterator
from itertools import islice

from territo_opendata.descriptors.model import Dialect, Schema
from territo_opendata.findings import Finding, Skipped
from territo_opendata.language import Text
from territo_opendata.report.finding_list import are_findings
from territo_opendata.tables.arrivals import Workbook
from territo_opendata.tables.sheets import as_written, lay_out, write_grid
from territo_opendata.tables.source import BrokenFileError, Source
from territo_opendata.tables.spool import Spool
from territo_opendata.tables.workbooks import Sheet, Uncomputed
from territo_opendata.template.words import LISTS, are_explanations
from territo_opendata.validate.inputs import TableInput
from territo_opendata.workflow.given import Given, broken

_EXPLAINED_WITHIN = 20
"""Rows in which the header of a template’s explanations, or of a report, is looked for."""

_HIDDEN = Text("cette feuille est masquée", "this sheet is hidden")
_NO_SCHEMA = Text(
    "aucun schéma ne porte le nom de cette feuille ; indiquez-le avec --schema",
    "no schema has the name of this sheet; name one with --schema",
)


def sheet_given(workbook: Workbook, sheet: Sheet, table: TableInput, spool: Spool) -> Given:
    """Return `table` with the text of the sheet for source, its dialect made to fit."""
    uncomputed = Uncomputed()
    declared = table.dialect
    try:
        grid = lay_out(sheet.read(uncomputed), declared)
        content = write_grid(grid, table.schema, table.source.label, spool)
    except BrokenFileError as error:
        return broken(table, error)
    read = dataclasses.replace(
        table,
        source=Source(table.source.label, workbook.path, content=content),
        dialect=as_written(declared, grid.header_row),
        encoding="utf-8",
    )
    titles = declared.header is None and declared.header_rows is None and grid.header_row > 1
    facts = {"count": grid.header_row - 1, "header_row": grid.header_row}
    return Given(
        read,
        (Finding("title-rows", table.name, 1, 1, facts=facts),) if titles else (),
        skipped=tuple(_uncomputed(workbook, sheet, uncomputed)),
        by_row=True,
    )


def sheets_by_schema(
    workbook: Workbook, name: str, schema: Schema, spool: Spool
) -> Iterator[Given | Skipped]:
    """Yield the sheets to check by this one schema; `name` is that of a table alone."""
    used, hidden = used_sheets(workbook)
    yield from hidden
    fitting = [sheet for sheet in used if len(used) == 1 or _shares(sheet, schema)]
    judged = fitting or used[:1] or list(workbook.sheets[:1])
    for sheet in used:
        if sheet not in judged:
            yield Skipped(_called(workbook, sheet), _unlike(schema), by_choice=True)
    for sheet in judged:
        called = name if len(judged) == 1 else sheet.name
        table = TableInput(called, Source(workbook.label, workbook.path), schema)
        yield sheet_given(workbook, sheet, table, spool)


def sheets_by_name(
    workbook: Workbook, schema_of: Callable[[str], tuple[Schema, Dialect] | None], spool: Spool
) -> Iterator[Given | Skipped]:
    """Yield the sheets that have the name of a schema; nothing at all when none has."""
    used, hidden = used_sheets(workbook)
    found = [(sheet, schema_of(sheet.name)) for sheet in used]
    if not any(known for _, known in found):
        return
    yield from hidden
    for sheet, known in found:
        if known is None:
            yield Skipped(_called(workbook, sheet), _NO_SCHEMA)
            continue
        source = Source(workbook.label, workbook.path)
        yield sheet_given(workbook, sheet, TableInput(sheet.name, source, *known), spool)


def used_sheets(workbook: Workbook) -> tuple[list[Sheet], list[Skipped]]:
    """Return the visible sheets that hold anything, and what to say of the hidden ones that do.

    Those that a template or a report put beside the table to help are neither. Raises BrokenFileError when the workbook is damaged.
    """
    used = _without_help([sheet for sheet in workbook.sheets if _holds_anything(sheet)])
    visible = [sheet for sheet in used if not sheet.hidden]
    hidden = [
        Skipped(_called(workbook, each), _HIDDEN, by_choice=True) for each in used if each.hidden
    ]
    return visible, hidden


def _without_help(sheets: list[Sheet]) -> list[Sheet]:
    """Return the sheets without what we put beside a table: explanations, lists, findings."""
    others = [each for each in sheets if not _explains(each)]
    if len(others) == len(sheets):
        return sheets
    return [each for each in others if not (each.hidden and each.name == LISTS)]


def _explains(sheet: Sheet) -> bool:
    first = islice(sheet.read(Uncomputed()), _EXPLAINED_WITHIN)
    rows = [cells for _, cells in first]
    return are_explanations(rows) or are_findings(rows)


def sheet_labels(sheet: Sheet) -> tuple[str, ...]:
    """Return the labels of the sheet's header."""
    return lay_out(sheet.read(Uncomputed()), Dialect()).labels


def _holds_anything(sheet: Sheet) -> bool:
    return any(cell not in (None, "") for _, cells in sheet.read(Uncomputed()) for cell in cells)


def _shares(sheet: Sheet, schema: Schema) -> bool:
    names = {_plain(each) for field in schema.fields for each in (field.name, field.title)}
    return any(_plain(label) in names for label in sheet_labels(sheet) if _plain(label))


def _plain(text: str) -> str:
    return "".join(
        each for each in unicodedata.normalize("NFKD", text.casefold()) if each.isalnum()
    )


def _called(workbook: Workbook, sheet: Sheet) -> str:
    return f"{workbook.label} : {sheet.name}"


def _unlike(schema: Schema) -> Text:
    name = schema.name or schema.origin
    return Text(
        f"aucune colonne de cette feuille n’est dans le schéma « {name} » ; pour la vérifier, nommez-la avec --sheet",
        f"no column of this sheet is in the schema “{name}”; to check it, name it with --sheet",
    )


def _uncomputed(workbook: Workbook, sheet: Sheet, found: Uncomputed) -> Iterator[Skipped]:
    if found.cells:
        reason = Text(
            f"{found.cells} formule(s) sans résultat enregistré ; ouvrez le classeur dans un tableur et enregistrez-le",
            f"{found.cells} formula(s) without a stored result; open the workbook in a spreadsheet and save it",
        )
        yield Skipped(_called(workbook, sheet), reason)
