"""A pattern in words, for someone who has never seen a regular expression."""

import string
from collections.abc import Sequence
from functools import lru_cache

from territo_opendata.language import LANGUAGES, Language, Text
from territo_opendata.patterns.characters import DIGIT, all_but, among, quoted
from territo_opendata.patterns.failures import PatternError
from territo_opendata.patterns.forms import UnwordedError, form_of
from territo_opendata.patterns.parts import (
    Anything,
    Code,
    Either,
    Items,
    Numbers,
    Part,
    Run,
    Sometimes,
    Way,
    Words,
)
from territo_opendata.patterns.syntax import UnknownSyntaxError, parse

# A longer sentence explains nothing, and a longer pattern makes one.
_LONGEST = 260
_LONGEST_PATTERN = 600

_THEN = Text(", puis ", ", then ")
_OR = Text(" ou ", " or ")
_CODES = {
    "commune": Text("un code de commune", "a commune code"),
    "departement": Text("un code de département", "a département code"),
}
_FIGURES = Run(DIGIT, 4, 4)
_NAME = Run(among(string.ascii_lowercase + string.digits), 1, None)
_DASH, _SLASH, _COLON = Words(("-",)), Words(("/",)), Words((":",))
_MONTH, _DAY = Numbers(1, 12, 2), Numbers(1, 31, 2)
_UNDER_MONTH, _UNDER_DAY = Sometimes((_DASH, _MONTH)), Sometimes((_DASH, _DAY))
_PARTIAL = Sometimes((_DASH, _MONTH, _UNDER_DAY))
_KNOWN: tuple[tuple[Way, Text], ...] = (
    (
        (_FIGURES, _PARTIAL),
        Text(
            "une date AAAA, AAAA-MM ou AAAA-MM-JJ (année, mois de 01 à 12, jour de 01 à 31)",
            "a date YYYY, YYYY-MM or YYYY-MM-DD (year, month from 01 to 12, day from 01 to 31)",
        ),
    ),
    (
        (_FIGURES, _DASH, _MONTH, _DASH, _DAY),
        Text(
            "une date AAAA-MM-JJ (année, mois de 01 à 12, jour de 01 à 31)",
            "a date YYYY-MM-DD (year, month from 01 to 12, day from 01 to 31)",
        ),
    ),
    (
        (_FIGURES, _DASH, _MONTH, _UNDER_DAY),
        Text(
            "une date AAAA-MM ou AAAA-MM-JJ (année, mois de 01 à 12, jour de 01 à 31)",
            "a date YYYY-MM or YYYY-MM-DD (year, month from 01 to 12, day from 01 to 31)",
        ),
    ),
    (
        (_FIGURES, _DASH, _MONTH),
        Text(
            "un mois AAAA-MM (année, mois de 01 à 12)",
            "a month YYYY-MM (year, month from 01 to 12)",
        ),
    ),
    (
        (_FIGURES, _UNDER_MONTH),
        Text(
            "une date AAAA ou AAAA-MM (année, mois de 01 à 12)",
            "a date YYYY or YYYY-MM (year, month from 01 to 12)",
        ),
    ),
    (
        (_DAY, _SLASH, _MONTH, _SLASH, _FIGURES),
        Text(
            "une date JJ/MM/AAAA (jour de 01 à 31, mois de 01 à 12, année)",
            "a date DD/MM/YYYY (day from 01 to 31, month from 01 to 12, year)",
        ),
    ),
    (
        (Items("-", (_NAME,), None),),
        Text(
            "des mots en lettres minuscules sans accent ou en chiffres, séparés par des tirets "
            "(comme «\u00a0plan-velo-2030\u00a0»)",
            "words of unaccented lower-case letters or digits, separated by hyphens "
            "(such as “plan-velo-2030”)",
        ),
    ),
    (
        (Numbers(0, 23, 2), _COLON, Numbers(0, 59, 2)),
        Text(
            "une heure HH:MM (heure de 00 à 23, minute de 00 à 59)",
            "a time HH:MM (hour from 00 to 23, minute from 00 to 59)",
        ),
    ),
)


@lru_cache(maxsize=256)
def describe(pattern: str) -> Text | None:
    """Return what a text must look like to satisfy `constraints.pattern`, None when words fail.

    What the words say is what frictionless accepts, a newline at the end left out; only codes of
    territories are told by examples.
    """
    if len(pattern) > _LONGEST_PATTERN:
        return None
    try:
        ways = form_of(parse(pattern))
    except (PatternError, UnknownSyntaxError, UnwordedError, RecursionError):
        return None
    said = Text(*(_ways(ways, language) for language in LANGUAGES))
    return said if max(len(said.fr), len(said.en)) <= _LONGEST else None


def _ways(ways: Sequence[Way], language: Language) -> str:
    if not all(len(way) == 1 and _is_plain(way[0]) for way in ways):
        between = Text("\u00a0; ou ", "; or ").say(language)
        return between.join(_way(way, language) for way in ways)
    words = [
        Words((each,)) if isinstance(part, Words) else part
        for (part,) in ways
        for each in _texts(part)
    ]
    return _either([_part(part, language) for part in words], language)


def _is_plain(part: Part) -> bool:
    """Tell whether a part is said without a comma or an "or" that another could be taken for."""
    return isinstance(part, Words | Code | Numbers) or (
        isinstance(part, Run) and part.kind == DIGIT and (part.limit in (None, part.fewest))
    )


def _texts(part: Part) -> tuple[str, ...]:
    return part.texts if isinstance(part, Words) else ("",)


def _either(items: Sequence[str], language: Language) -> str:
    *first, last = items
    return f"{', '.join(first)}{_OR.say(language)}{last}" if first else last


def _way(way: Way, language: Language) -> str:
    said = []
    place = 0
    while place < len(way):
        known = next(((w, t) for w, t in _KNOWN if way[place : place + len(w)] == w), None)
        said.append(known[1].say(language) if known else _part(way[place], language))
        place += len(known[0]) if known else 1
    return _THEN.say(language).join(said)


def _part(part: Part, language: Language) -> str:
    match part:
        case Run():
            return _run(part).say(language)
        case Words(texts=texts):
            return _either([quoted(each).say(language) for each in texts], language)
        case Numbers(low=low, high=high, width=width):
            first, last = f"{low:0{width}}", f"{high:0{width}}"
            return Text(f"un nombre de {first} à {last}", f"a number from {first} to {last}").say(
                language
            )
        case Code(kind=kind, examples=examples):
            shown = _either([quoted(each).say(language) for each in examples], language)
            such = Text("comme", "such as").say(language)
            return f"{_CODES[kind].say(language)} ({such} {shown})"
        case Sometimes(parts=parts):
            inner = _way(parts, language)
            several = len(parts) > 1 or (isinstance(parts[0], Words) and len(parts[0].texts) > 1)
            inner = f"({inner})" if several else inner
            return Text(f"si besoin {inner}", f"optionally {inner}").say(language)
        case Either(ways=ways):
            so = Text("soit ", "either ").say(language)
            between = Text("\u00a0; soit ", "; or ").say(language)
            return f"({so}{between.join(_way(way, language) for way in ways)})"
        case Items():
            return _items(part, language)
        case Anything():
            return Text("n’importe quel texte, ou rien", "any text, or nothing").say(language)


def _run(run: Run) -> Text:
    one, many, few, most = run.kind.one, run.kind.many, run.fewest, run.limit
    if few == most or (most is None and few):
        fr = f"{few} {many.fr if few > 1 else one.fr}"
        en = f"{few} {one.en if few == 1 else many.en}"
        return Text(fr, en) if most else Text(f"au moins {fr}", f"at least {en}")
    if most is None:
        return Text(f"si besoin des {many.fr}", f"optionally {many.en}")
    if most == 1:
        return Text(f"si besoin 1 {one.fr}", f"optionally 1 {one.en}")
    if not few:
        return Text(f"si besoin jusqu’à {most} {many.fr}", f"optionally up to {most} {many.en}")
    between = _between(few, most)
    return Text(f"{between.fr} {many.fr}", f"{between.en} {many.en}")


def _between(few: int, most: int) -> Text:
    if most == few + 1:
        return Text(f"{few} ou {most}", f"{few} or {most}")
    return Text(f"de {few} à {most}", f"{few} to {most}")


def _items(items: Items, language: Language) -> str:
    sign = quoted(items.separator).say(language)
    match items.parts:
        case (Run(kind=kind, fewest=1, limit=None),) if kind == all_but(items.separator):
            what, inner = Text("textes séparés", "texts separated"), ""
        case _:
            what, inner = Text("éléments séparés", "items separated"), _way(items.parts, language)
    several = Text("un ou plusieurs", "one or more")
    count = several if items.limit is None else _between(1, items.limit)
    by = Text(f"par {sign}", f"by {sign}").say(language)
    said = f"{count.say(language)} {what.say(language)} {by}"
    return said + (Text(", chacun\u00a0: ", ", each: ").say(language) + inner if inner else "")
