"""An empty table as an XLSX workbook that helps to fill it in.

Three sheets: the table, the explanations, and the lists that cells may be chosen from.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from territo_opendata.descriptors.model import Field, Schema
from territo_opendata.errors import UsageError
from territo_opendata.language import Language, Text
from territo_opendata.tables.native_cells import FONT, row_height
from territo_opendata.template.examples import choices, example_of, example_row
from territo_opendata.template.words import LISTS, explanations, how_to, prompt, prompt_title

_LAST_ROW = 1_048_576
_EXPLANATIONS = Text("Explications", "Explanations")
_HEAD, _REQUIRED_HEAD, _EXAMPLE = "1F3A5F", "7A1F1F", "808080"
_WIDTHS = (24, 24, 70, 13, 26, 40, 16)
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{1,10})?", re.ASCII)
_ERROR_TITLE = Text("Valeur refusée", "Value refused")


def workbook_template(
    schema: Schema,
    path: Path,
    lists: Mapping[str, Sequence[str]],
    language: Language,
    *,
    example: bool = True,
) -> None:
    """Write the workbook; `lists` gives, by field, the values that a reference allows.

    Raises UsageError where openpyxl is not installed.
    """
    openpyxl = _library()
    book = openpyxl.Workbook()
    table = book.active
    table.title = _sheet_name(schema)
    explained = book.create_sheet(_EXPLANATIONS.say(language))
    listed = _Lists(book.create_sheet(LISTS))
    examples = example_row(schema)
    for place, field in enumerate(schema.fields, start=1):
        column = _Column(place, field, language)
        column.head(table)
        if example:
            column.example(table, examples[place - 1])
        column.form(table)
        column.help(table, listed.reference(lists.get(field.name) or choices(field)))
    table.freeze_panes = "A2"
    _explain(explained, schema, language)
    listed.sheet.sheet_state = "hidden"
    book.save(path)


def _library() -> Any:
    try:
        import openpyxl
    except ImportError as error:
        raise UsageError(
            'Pour écrire un classeur, installez openpyxl : pip install "territo-opendata[xlsx]". '
            "Sans lui, demandez un CSV : --output modele.csv.",
            'To write a workbook, install openpyxl: pip install "territo-opendata[xlsx]". '
            "Without it, ask for a CSV: --output template.csv.",
        ) from error
    return openpyxl


@dataclass(frozen=True, slots=True)
class _Column:
    """One column of the table: its head, its example, the form of its cells, its help."""

    place: int
    field: Field
    language: Language

    @property
    def letter(self) -> str:
        from openpyxl.utils import get_column_letter

        return str(get_column_letter(self.place))

    def head(self, sheet: Any) -> None:
        from openpyxl.styles import Alignment, Font, PatternFill

        cell = _put(sheet, 1, self.place, self.field.name)
        color = _REQUIRED_HEAD if self.field.required else _HEAD
        cell.font = Font(**FONT, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=color)
        cell.alignment = Alignment(vertical="center")
        width = max(len(self.field.name), min(len(example_of(self.field)), 40), 10)
        sheet.column_dimensions[self.letter].width = width + 3

    def example(self, sheet: Any, text: str) -> None:
        from openpyxl.styles import Font

        if text:
            cell = _put(sheet, 2, self.place, _typed(text, self.field))
            cell.font = Font(**FONT, italic=True, color=_EXAMPLE)
            cell.number_format = self._format()

    def form(self, sheet: Any) -> None:
        """Give the whole column its format: text, unless it is a number or a date."""
        sheet.column_dimensions[self.letter].number_format = self._format()

    def help(self, sheet: Any, listed: str | None) -> None:
        from openpyxl.worksheet.datavalidation import DataValidation

        rule = DataValidation(**(_list_rule(listed) if listed else _bounds(self.field)))
        rule.allow_blank = not self.field.required
        rule.showInputMessage = True
        rule.promptTitle = prompt_title(self.field)
        rule.prompt = prompt(self.field, example_of(self.field), self.language)
        rule.showErrorMessage = rule.type is not None
        rule.errorStyle = "warning"
        rule.errorTitle = _ERROR_TITLE.say(self.language)
        rule.error = rule.prompt
        rule.add(f"{self.letter}2:{self.letter}{_LAST_ROW}")
        sheet.add_data_validation(rule)

    def _format(self) -> str:
        if _is_number(self.field):
            return "General"
        return "yyyy-mm-dd" if _is_date(self.field) else "@"


class _Lists:
    """The hidden sheet of lists, a column each; equal lists are written once."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self._known: dict[tuple[str, ...], str] = {}

    def reference(self, values: Sequence[str]) -> str | None:
        """Return the address of the list, None for an empty one."""
        if not values:
            return None
        key = tuple(values)
        if key not in self._known:
            from openpyxl.utils import get_column_letter

            place = len(self._known) + 1
            for row, value in enumerate(key, start=1):
                _put(self.sheet, row, place, value)
            letter = get_column_letter(place)
            self._known[key] = f"'{LISTS}'!${letter}$1:${letter}${len(key)}"
        return self._known[key]


def _put(sheet: Any, row: int, place: int, value: Any) -> Any:
    """Write a value, a text always as such: one that starts with = is no formula."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    cell = sheet.cell(row, place)
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:32_767]
        cell.data_type = "s"
    else:
        cell.value = value
    return cell


def _explain(sheet: Any, schema: Schema, language: Language) -> None:
    from openpyxl.styles import Alignment, Font

    lines = how_to(schema, language)
    for row, line in enumerate(lines, start=1):
        _put(sheet, row, 1, line).font = Font(
            **{**FONT, "sz": 14 if row == 1 else 11}, bold=row == 1
        )
    first = len(lines) + 2
    for row, cells in enumerate(explanations(schema, language), start=first):
        sheet.row_dimensions[row].height = row_height(cells, _WIDTHS)
        for place, text in enumerate(cells, start=1):
            cell = _put(sheet, row, place, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(**FONT, bold=row == first)
    for letter, width in zip("ABCDEFG", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = f"A{first + 1}"


def _list_rule(listed: str) -> dict[str, Any]:
    return {"type": "list", "formula1": listed}


def _bounds(field: Field) -> dict[str, Any]:
    """Return the rule of a number or a date within the field's bounds; none for other fields."""
    low, high = field.constraints.get("minimum"), field.constraints.get("maximum")
    if _is_date(field):
        return _between("date", _day(low) or 1, _day(high) or 2_958_465)
    if _is_number(field):
        kind = "decimal" if field.type == "number" else "whole"
        return _between(kind, _amount(low, -1e15), _amount(high, 1e15))
    return {}


def _between(kind: str, low: float, high: float) -> dict[str, Any]:
    return {
        "type": kind,
        "operator": "between",
        "formula1": format(low, "g" if kind == "decimal" else ".0f"),
        "formula2": format(high, "g" if kind == "decimal" else ".0f"),
    }


def _amount(value: Any, default: float) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return default


def _day(value: Any) -> int | None:
    """Return a date as spreadsheets count days, since 1899-12-30."""
    match = _ISO.fullmatch(str(value or ""))
    return (date(*map(int, match.groups())) - date(1899, 12, 30)).days if match else None


def _is_date(field: Field) -> bool:
    return field.type == "date" and field.format == "default"


def _is_number(field: Field) -> bool:
    plain = not {"decimalChar", "groupChar", "trueValues"} & field.options.keys()
    return field.type in ("number", "integer", "year") and plain


def _typed(text: str, field: Field) -> Any:
    """Return the value that a cell of this field holds: a number or a date where it can be one."""
    if _is_number(field) and _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    match = _ISO.fullmatch(text) if _is_date(field) else None
    return date(*map(int, match.groups())) if match else text


def _sheet_name(schema: Schema) -> str:
    return re.sub(r"[\\/*?:\[\]']", " ", schema.name or schema.title)[:31].strip() or "table"
