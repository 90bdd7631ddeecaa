"""Table Dialect descriptors: v2, v1 ("CSV Dialect") and the nested form of frictionless."""

from collections.abc import Iterator, Mapping
from typing import Any

from territo_opendata.descriptors.model import Dialect
from territo_opendata.descriptors.reasons import (
    BOOLEAN,
    INTEGER,
    LIST,
    TEXT,
    Kind,
    Reason,
    expect,
    expect_all,
    is_integer,
    join,
)
from territo_opendata.language import Text

_DELIMITED: Mapping[str, Kind] = {
    "delimiter": TEXT,
    "lineTerminator": TEXT,
    "quoteChar": TEXT,
    "doubleQuote": BOOLEAN,
    "escapeChar": TEXT,
    "nullSequence": TEXT,
    "skipInitialSpace": BOOLEAN,
}
_TABLE: Mapping[str, Kind] = {
    "title": TEXT,
    "description": TEXT,
    "header": BOOLEAN,
    "headerRows": LIST,
    "headerJoin": TEXT,
    "headerCase": BOOLEAN,
    "commentChar": TEXT,
    "commentRows": LIST,
    "skipBlankRows": BOOLEAN,
    "sheetName": TEXT,
    "sheetNumber": INTEGER,
}
_CHARACTERS = ("delimiter", "quoteChar", "escapeChar")


def dialect_reasons(descriptor: Mapping[str, Any], where: str) -> Iterator[Reason]:
    """Yield every reason to refuse the dialect, found at `where` in its package."""
    yield from expect_all(descriptor, _TABLE, where)
    nested = descriptor.get("csv", {})
    if not isinstance(nested, dict):
        yield Reason(
            join(where, "csv"), Text("un objet { } est attendu", "an object { } is expected")
        )
        return
    yield from expect_all(nested, _DELIMITED, join(where, "csv"))
    own = _own(descriptor)
    yield from expect_all(own, _DELIMITED, where)
    for name in _CHARACTERS:
        value = {**nested, **own}.get(name)
        if isinstance(value, str) and len(value) != 1 and (value or name == "delimiter"):
            yield Reason(
                join(where, name),
                Text("un seul caractère est attendu", "a single character is expected"),
            )
    for name in ("headerRows", "commentRows"):
        for row in _list(descriptor.get(name)):
            yield from expect(row, INTEGER, join(where, name))


def parse_dialect(descriptor: Mapping[str, Any]) -> Dialect:
    """Return the dialect that an accepted descriptor describes."""
    delimited = {**descriptor.get("csv", {}), **_own(descriptor)}
    rows = descriptor.get("headerRows")
    return Dialect(
        delimiter=delimited.get("delimiter"),
        line_terminator=delimited.get("lineTerminator"),
        quote_char=delimited.get("quoteChar"),
        double_quote=delimited.get("doubleQuote"),
        escape_char=delimited.get("escapeChar"),
        null_sequence=delimited.get("nullSequence"),
        skip_initial_space=delimited.get("skipInitialSpace"),
        header=descriptor.get("header"),
        header_rows=None if rows is None else tuple(int(row) for row in rows),
        header_join=descriptor.get("headerJoin", " "),
        header_case=descriptor.get("headerCase", True),
        comment_char=descriptor.get("commentChar"),
        comment_rows=tuple(int(row) for row in _list(descriptor.get("commentRows"))),
        skip_blank_rows=descriptor.get("skipBlankRows", False),
        sheet_name=_sheet(descriptor, "sheetName", str),
        sheet_number=_sheet(descriptor, "sheetNumber", int),
    )


def _own(descriptor: Mapping[str, Any]) -> dict[str, Any]:
    """Return the delimited-text properties written at the top; null means not declared."""
    return {name: descriptor[name] for name in _DELIMITED if descriptor.get(name) is not None}


def _sheet(descriptor: Mapping[str, Any], name: str, kind: type) -> Any:
    """Return the sheet by its v2 name, else as frictionless nests it under `excel` or `ods`."""
    if name in descriptor:
        return descriptor[name]
    for form in ("excel", "ods"):
        nested = descriptor.get(form)
        sheet = nested.get("sheet") if isinstance(nested, dict) else None
        if isinstance(sheet, kind) and (kind is str or is_integer(sheet)):
            return sheet
    return None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
