"""Why a descriptor is refused: places and sentences, and the JSON kinds they speak of."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from territo_opendata.errors import DescriptorError
from territo_opendata.language import Text, visible

SHOWN_REASONS = 20
"""Reasons that one error lists; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that a descriptor breaks; `where` is a path such as `fields[2].type`."""

    where: str
    text: Text


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of JSON value, with its name in a sentence ("… is expected")."""

    test: Callable[[Any], bool]
    name: Text


def is_integer(value: Any) -> bool:
    """Tell whether JSON Schema takes the value for an integer: 1.0 is one, true is not."""
    if isinstance(value, float):
        return value.is_integer()
    return isinstance(value, int) and not isinstance(value, bool)


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


TEXT = Kind(lambda value: isinstance(value, str), Text("un texte", "a text"))
OBJECT = Kind(lambda value: isinstance(value, dict), Text("un objet { }", "an object { }"))
LIST = Kind(lambda value: isinstance(value, list), Text("une liste [ ]", "a list [ ]"))
TEXTS = Kind(_is_texts, Text("une liste de textes", "a list of texts"))
BOOLEAN = Kind(lambda value: isinstance(value, bool), Text("true ou false", "true or false"))
INTEGER = Kind(is_integer, Text("un nombre entier", "a whole number"))


def expect(value: Any, kind: Kind, where: str) -> Iterator[Reason]:
    """Yield a reason when the value is not of that kind."""
    if not kind.test(value):
        yield Reason(
            where,
            Text(f"{kind.name.fr} est attendu(e)", f"{kind.name.en} is expected"),
        )


def expect_all(
    descriptor: Mapping[str, Any], kinds: Mapping[str, Kind], where: str
) -> Iterator[Reason]:
    """Yield a reason for each property present that is not of its kind."""
    for name, kind in kinds.items():
        if name in descriptor:
            yield from expect(descriptor[name], kind, join(where, name))


def join(where: str, name: str) -> str:
    """Return the path of a property, `where` being its owner's ("" for the root)."""
    return f"{where}.{name}" if where else name


class MalformedError(DescriptorError):
    """A descriptor that breaks rules of the standard: `reasons` says which, and where."""

    def __init__(self, fr: str, en: str, reasons: Iterable[Reason]) -> None:
        super().__init__(fr, en)
        self.reasons = tuple(reasons)


def refusal(what: Text, origin: str, reasons: Iterable[Reason]) -> MalformedError:
    """Return the error that lists the reasons for the author of the descriptor."""
    listed = list(reasons)
    return MalformedError(
        f"{what.fr} « {visible(origin, 300)} » est mal formé ; à corriger par son auteur :"
        f"{_lines(listed, 'fr')}",
        f"{what.en} “{visible(origin, 300)}” is malformed, for its author to mend:"
        f"{_lines(listed, 'en')}",
        listed,
    )


def _lines(reasons: list[Reason], language: Any) -> str:
    shown = [
        f"\n- {visible(each.where, 200)} : "
        if language == "fr"
        else f"\n- {visible(each.where, 200)}: "
        for each in reasons[:SHOWN_REASONS]
    ]
    lines = "".join(
        place + each.text.say(language) for place, each in zip(shown, reasons, strict=False)
    )
    left = len(reasons) - SHOWN_REASONS
    if left <= 0:
        return lines
    return lines + (f"\n- et {left} autre(s)" if language == "fr" else f"\n- and {left} more")
