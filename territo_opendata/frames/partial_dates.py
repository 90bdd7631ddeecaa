"""Dates that may be a year, a month or a day, and their bounds."""

import calendar

from territo_opendata.descriptors.model import Field

PARTIAL_DATE = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
"""The pattern of a date that may be a year, a month or a day: such fields get two bounds."""


def is_partial_date(field: Field) -> bool:
    """Tell whether the field holds dates that may be a year, a month or a day."""
    return field.type == "string" and field.constraints.get("pattern") == PARTIAL_DATE


def first_day(text: str) -> str:
    """Return the first day of a year, month or day, as ISO text."""
    return (text + "-01-01")[:10]


def last_day(text: str) -> str:
    """Return the last day of a year, month or day, as ISO text."""
    if len(text) == len("2026"):
        return f"{text}-12-31"
    if len(text) == len("2026-11"):
        year, month = text.split("-")
        return f"{text}-{calendar.monthrange(int(year), int(month))[1]:02d}"
    return text
