"""Checks on the writing of one cell: periods in years, opening hours, phone numbers."""

import re

from territo_opendata.validate.checks.interface import CellCheck, Check, Fault
from territo_opendata.validate.checks.params import Params

_YEARS = re.compile(r"(\d{4})(?:/(\d{4}))?", re.ASCII)
_LONGEST_HOURS = 5000
_ZERO_LOST = re.compile(r"[1-9]\d{8}", re.ASCII)
_PHONE_REGIONS = ("FR", "GP", "GF", "MQ", "RE", "YT")


def year_interval(params: Params) -> list[Check]:
    """Ask that `column` holds `2024/2026`: two years, the earlier first.

    A single year passes where `allow-year-only` is `true` or `yes`.
    """
    column, year_alone = params.column(), params.flag("allow-year-only")

    def judge(text: str) -> Fault | None:
        found = _YEARS.fullmatch(text)
        if found is not None and (year_alone if found[2] is None else found[1] < found[2]):
            return None
        return Fault("year-interval", column)

    return [CellCheck("year-interval-value", column, judge)]


def opening_hours(params: Params) -> list[Check]:
    """Ask that `column` holds opening hours as OpenStreetMap specifies them (opening_hours)."""
    from opening_hours import validate

    column = params.column()

    def judge(text: str) -> Fault | None:
        try:
            good = len(text) <= _LONGEST_HOURS and validate(text)
        except UnicodeEncodeError:
            good = False
        return None if good else Fault("opening-hours", column)

    return [CellCheck("opening-hours-value", column, judge)]


def phone_number(params: Params) -> list[Check]:
    """Ask that `column` holds a phone number that can be dialled from France.

    It is a number of ten digits, a short one (`115`), or one with its country's prefix. Unlike
    Validata's, the check knows the ten-digit numbers of the overseas départements, which have
    country prefixes of their own, and refuses nine digits that a spreadsheet left of ten.
    """
    from phonenumbers import NumberParseException, is_valid_number, is_valid_short_number, parse

    column = params.column()

    def is_phone(text: str, region: str | None) -> bool:
        try:
            number = parse(text, region)
        except NumberParseException:
            return False
        return is_valid_number(number) or (region == "FR" and is_valid_short_number(number))

    def judge(text: str) -> Fault | None:
        regions = (*_PHONE_REGIONS, None)
        good = not _ZERO_LOST.fullmatch(text) and any(is_phone(text, each) for each in regions)
        return None if good else Fault("phone-number", column)

    return [CellCheck("phone-number-value", column, judge)]
