"""Addresses, phone numbers, periods, names and points, as people write them."""

import re
from collections.abc import Iterator

from territo_opendata.descriptors.model import Field
from territo_opendata.findings import Fix
from territo_opendata.fixes.enums import decode_again
from territo_opendata.fixes.proposals import (
    Facts,
    Maker,
    cleaned,
    mended,
    trim,
    unspaced,
    unwrap,
    vintage,
)
from territo_opendata.reference.formats import accepted, nearest_accepted, nearest_acte
from territo_opendata.reference.millesimes import OLDEST, OLDEST_OF_REGIONS
from territo_opendata.reference.names import fold
from territo_opendata.rules.writing import text

_YEARS = re.compile(r"(\d{4})\s*(?:[-–—/]|à|au)\s*(\d{4})", re.ASCII)
_WEB = re.compile(r"(www\.)?([a-z0-9-]{1,60}\.){1,5}[a-z]{2,20}(/\S*)?", re.ASCII | re.IGNORECASE)
_NINE = re.compile(r"[1-9]\d{8}", re.ASCII)
_LONGEST_NAME = 100

_ADDRESS = text("seule l’adresse est gardée", "only the address is kept")
_SCHEME = text(
    "une adresse web commence par « https:// » ; à essayer dans un navigateur",
    "a web address begins with “https://”; to be tried in a browser",
)
_ZERO = text("le zéro du début a été perdu", "the leading zero was lost")
_SLASH = text("une barre oblique sépare les deux années", "a slash separates the two years")
_ORDER = text(
    "la plus ancienne des deux années vient d’abord", "the earlier of the two years comes first"
)
_SPELT = text("c’est le nom officiel, avec sa graphie", "it is the official name, in its spelling")
_NEAR = text("c’est le seul nom officiel qui lui ressemble", "it is the only official name like it")
_DECODED = text(
    "les accents ont été abîmés par un mauvais encodage",
    "the accents were spoilt by a wrong encoding",
)
_SWAPPED = text(
    "la longitude vient d’abord, puis la latitude", "the longitude comes first, then the latitude"
)


def emails(value: str, field: Field | None, facts: Facts) -> Iterator[Fix]:
    """Yield the address without `mailto:`, angle brackets or spaces."""
    yield from cleaned(value, field, facts)
    bare = trim(trim(value).removeprefix("mailto:")).strip("<>")
    if bare != trim(value):
        yield mended(bare, _ADDRESS)


def addresses(value: str, field: Field | None, facts: Facts) -> Iterator[Fix]:
    """Yield the web address with the scheme it lacks."""
    yield from cleaned(value, field, facts)
    bare = trim(value)
    if _WEB.fullmatch(bare):
        yield mended(f"https://{bare}", _SCHEME, "unsafe")


def phones(value: str, field: Field | None, facts: Facts) -> Iterator[Fix]:
    """Yield the phone number with the zero that a spreadsheet took from it."""
    from phonenumbers import is_valid_number, parse

    yield from cleaned(value, field, facts)
    digits = unspaced(unwrap(value)).removesuffix(".0")
    if _NINE.fullmatch(digits) and is_valid_number(parse(f"0{digits}", "FR")):
        yield mended(f"0{digits}", _ZERO)


def periods(value: str, field: Field | None, facts: Facts) -> Iterator[Fix]:  # noqa: ARG001
    """Yield both years in order, parted by a slash."""
    found = _YEARS.fullmatch(trim(value))
    if found is None or found[1] == found[2]:
        return
    if found[1] < found[2]:
        yield mended(f"{found[1]}/{found[2]}", _SLASH)
    else:
        yield mended(f"{found[2]}/{found[1]}", _ORDER, "unsafe")


def names(format_: str) -> Maker:
    """Return the maker of fixes for the names that a format lists."""

    def make(value: str, field: Field | None, facts: Facts) -> Iterator[Fix]:  # noqa: ARG001
        if len(value) > _LONGEST_NAME:
            return
        bare = unwrap(value)
        millesime = vintage(facts, oldest=OLDEST_OF_REGIONS if format_ == "region" else OLDEST)
        known = accepted(format_, millesime)
        decoded = decode_again(bare)
        if bare in known:
            yield mended(bare, _SPELT)
        elif decoded in known:
            yield mended(str(decoded), _DECODED)
        else:
            near = nearest_accepted(format_, bare, millesime)
            if near is not None:
                same = fold(near) == fold(bare)
                yield mended(near, _SPELT) if same else mended(near, _NEAR, "unsafe")

    return make


def actes(value: str, field: Field | None, facts: Facts) -> Iterator[Fix]:  # noqa: ARG001
    """Yield the act's matter spelt as in the national nomenclature."""
    if len(value) > 2 * _LONGEST_NAME:
        return
    near = nearest_acte(value)
    if near is not None and near != value:
        same = fold(near.partition("/")[0]) == fold(value.partition("/")[0])
        yield mended(near, _SPELT) if same else mended(near, _NEAR, "unsafe")


def points(value: str, field: Field | None, facts: Facts) -> Iterator[Fix]:  # noqa: ARG001
    """Yield the point with longitude first, where only that puts it in France."""
    parts = [trim(part) for part in value.split(",")]
    if facts.get("reversed") is True and len(parts) == 2 and "[" not in value:
        yield mended(f"{parts[1]},{parts[0]}", _SWAPPED, "unsafe")
