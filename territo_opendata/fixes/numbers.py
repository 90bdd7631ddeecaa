"""Numbers as people and spreadsheets write them: `1 234,56 €`, `1.234,56`, `12,0`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from territo_opendata.descriptors.model import Field
from territo_opendata.findings import Fix
from territo_opendata.fixes.proposals import SPACES, Facts, hint, mended, trim
from territo_opendata.language import visible
from territo_opendata.rules.writing import text

_CURRENCY = re.compile(f"^€[{SPACES}]*|[{SPACES}]*(€|eur|euros?)$", re.IGNORECASE)
_SCALES = {
    "k": 3,
    "m": 6,
    "md": 9,
    "milliers": 3,
    "million": 6,
    "millions": 6,
    "milliard": 9,
    "milliards": 9,
}
_THOUSANDS = 3
_SCALED = re.compile(
    rf"(k|m|md|milliers|millions?|milliards?)[{SPACES}]*(?:€|(?:d[e’'][{SPACES}]*)?euros?)\Z",
    re.IGNORECASE,
)
_LONGEST_UNIT = 30
_ANY_SPACE = re.compile(f"[{SPACES}]")
_GROUPED = re.compile(r"(\d{1,3}(?:([ '’.,])\d{3})(?:\2\d{3})*)(?:([.,])(\d+))?", re.ASCII)
_PLAIN = re.compile(r"(\d*)([.,])(\d+)|(\d+)", re.ASCII)

_WRITTEN = text(
    "un nombre s’écrit sans espace ni symbole, avec le signe décimal que le schéma attend",
    "a number is written without spaces or symbols, with the decimal mark of the schema",
)
_ROUNDED = text(
    "c’est le même montant en euros, peut-être arrondi",
    "it is the same amount in euros, perhaps rounded",
)
_MARKS = text(
    "sans séparateur de milliers, c’est la seule lecture possible d’un nombre entier",
    "without the thousands separator, this is the only reading as a whole number",
)


@dataclass(frozen=True, slots=True)
class _Read:
    """A number taken apart; `doubtful` when its mark may part thousands or decimals."""

    sign: str
    whole: str
    decimals: str
    doubtful: bool = False


def numbers(value: str, field: Field | None, facts: Facts) -> Iterator[Fix]:  # noqa: ARG001
    """Yield the number that the cell spells, in the writing of its field."""
    read = _read(value)
    if field is None:
        return
    if read is None:
        yield from _scaled(value, field)
        return
    if not read.doubtful:
        yield from _written(read, field)
    elif field.type == "integer" and read.decimals.strip("0"):
        yield mended(read.sign + read.whole + read.decimals, _MARKS, "unsafe")
    else:
        joined, split = read.whole + read.decimals, f"{read.whole},{read.decimals}"
        yield hint(
            f"« {visible(trim(value))} » peut se lire {joined} ou {split} : "
            "écrivez le nombre sans séparateur de milliers.",
            f"“{visible(trim(value))}” may be read as {joined} or as {split} with decimals: "
            "write the number without a thousands separator.",
        )


def _scaled(value: str, field: Field) -> Iterator[Fix]:
    """Yield the amount that the cell gives in thousands, millions or milliards of euros.

    Nothing for « 1,250 k€ », whose mark may part thousands too; of millions, it parts decimals.
    """
    bare = trim(value)
    found = _SCALED.search(bare[-_LONGEST_UNIT:])
    number = trim(bare[: -len(found[0])]) if found else ""
    read = _read(number) if number[-1:].isdigit() else None
    if found is None or read is None:
        return
    places = _SCALES[found[1].lower()]
    if read.doubtful and places == _THOUSANDS:
        return
    digits = read.decimals.ljust(places, "0")
    whole = f"{read.whole}{digits[:places]}".lstrip("0") or "0"
    for fix in _written(_Read(read.sign, whole, digits[places:].rstrip("0")), field):
        if fix.value is not None:
            yield mended(fix.value, _ROUNDED, "unsafe")


def _written(read: _Read, field: Field) -> Iterator[Fix]:
    if field.type == "integer":
        if not read.decimals.strip("0"):
            yield mended(read.sign + read.whole, _WRITTEN)
        return
    mark = str(field.options.get("decimalChar") or ".")
    decimals = f"{mark}{read.decimals}" if read.decimals else ""
    yield mended(f"{read.sign}{read.whole}{decimals}", _WRITTEN)


def _read(value: str) -> _Read | None:
    bare = trim(value)
    if not bare[-1:].isdigit() or bare.startswith("€"):
        bare = _CURRENCY.sub("", bare, count=1)
    bare = _ANY_SPACE.sub(" ", bare).replace("\u2212", "-")
    sign = "-" if bare.startswith("-") else ""
    bare = bare.removeprefix("-").removeprefix("+").strip(" ")
    grouped = _GROUPED.fullmatch(bare)
    if grouped is not None and grouped[2] != grouped[3]:
        return _read_grouped(sign, grouped)
    plain = _PLAIN.fullmatch(bare)
    if plain is None:
        return None
    return _Read(sign, plain[4] or plain[1] or "0", plain[3] or "")


def _read_grouped(sign: str, found: re.Match[str]) -> _Read:
    mark, decimals = found[2], found[4] or ""
    parts = found[1].split(mark)
    if mark in ".," and len(parts) == 2 and not decimals:
        # One mark before three digits: thousands or decimals, unless nothing stands before it.
        return _Read(sign, parts[0], parts[1], doubtful=not parts[0].startswith("0"))
    return _Read(sign, "".join(parts), decimals)
