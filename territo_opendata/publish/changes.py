"""What differs between two states, value by value."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_NAMES = ("name", "id", "key", "title")
_ABSENT = object()


@dataclass(frozen=True, slots=True)
class Change:
    """A value at a path of names (`schema.fields.montant.type`); None where it is absent."""

    path: str
    before: Any
    after: Any


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    """Yield the values that differ, in the order of the states.

    Members of a list are told apart by their name where they have one; a list of plain values is
    one value.
    """
    yield from _between("", before, after)


def _between(path: str, before: Any, after: Any) -> Iterator[Change]:
    if before == after:
        return
    old, new = _parts(before), _parts(after)
    if old is None or new is None:
        yield Change(path, _plain(before), _plain(after))
        return
    found = list(_among(path, old, new))
    # Two lists may hold the same members in another order: then there is nothing smaller to tell.
    yield from found or [Change(path, list(old), list(new))]


def _among(path: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for name in [*old, *(each for each in new if each not in old)]:
        below = f"{path}.{name}" if path else name
        yield from _between(below, old.get(name, _ABSENT), new.get(name, _ABSENT))


def _parts(value: Any) -> Mapping[str, Any] | None:
    if isinstance(value, Mapping):
        return value
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        names = [_name(each) for each in value]
        if value and None not in names and len(set(names)) == len(names):
            return dict(zip(map(str, names), value, strict=True))
    return None


def _name(value: Any) -> str | None:
    if not isinstance(value, Mapping):
        return None
    return next((value[key] for key in _NAMES if isinstance(value.get(key), str)), None)


def _plain(value: Any) -> Any:
    return None if value is _ABSENT else value
