"""What the tables of cases share: a check made as the engine makes it, and asked one question."""

from territo_opendata.descriptors.model import CustomCheck, Field, Schema
from territo_opendata.validate.checks import build_check


def schema_of(*columns):
    """Return a schema; a column is a name (a text), or a Field."""
    fields = tuple(each if isinstance(each, Field) else Field(each) for each in columns)
    return Schema(fields)


def build(name, params, *columns):
    """Return the one check of that name over these columns."""
    (check,) = build_check(CustomCheck(name, params), schema_of(*columns))
    return check


def cell_code(name, text, **params):
    """Return the code found in the text, None when the check passes it."""
    fault = build(name, {"column": "a", **params}, "a").judge(text)
    return None if fault is None else fault.code


def codes(check, rows):
    """Return (index, column, code) of each fault in the rows."""
    return [(index, fault.column, fault.code) for index, fault in check.judge(rows)]


def row_faults(check, *cells):
    """Return (column, code) of each fault in the row."""
    return [(fault.column, fault.code) for fault in check.judge(cells)]
