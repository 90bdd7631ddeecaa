"""The choice of one table among several in a file, by the name that the user gives."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from territo_opendata.errors import UsageError
from territo_opendata.language import Text, visible

_LISTED = 12
T = TypeVar("T")


def choose(name: str, among: Sequence[T], names: Callable[[T], Sequence[str]]) -> T | None:
    """Return the one called `name`, None when none or several are.

    An exact name wins, then one that differs by case or outer spaces, then a number from 1.
    """
    exact = [each for each in among if name in names(each)]
    if len(exact) == 1:
        return exact[0]
    folded = name.strip().casefold()
    near = [each for each in among if folded in [n.strip().casefold() for n in names(each)]]
    if len(near) == 1:
        return near[0]
    if not exact and not near and name.isdecimal() and 1 <= int(name[:6]) <= len(among):
        return among[int(name[:6]) - 1]
    return None


def several_named(label: str, names: Sequence[str], what: Text) -> UsageError:
    """Return what to say when one of `names` has to be chosen."""
    shown, listed = visible(label, 300), _list(names)
    first = visible(names[0], 200)
    return UsageError(
        f"« {shown} » contient plusieurs {what.fr} : {listed.fr}. Choisissez-en une :\n"
        f'  territo validate {shown} --sheet "{first}"',
        f"“{shown}” holds several {what.en}: {listed.en}. Choose one:\n"
        f'  territo validate {shown} --sheet "{first}"',
    )


def is_named(label: str, name: str, names: Sequence[str], what: Text) -> UsageError:
    """Return what to say when none of `names` is `name`."""
    shown, asked, listed = visible(label, 300), visible(name, 200), _list(names)
    return UsageError(
        f"« {shown} » n’a pas de {what.fr} « {asked} ». Elle contient : {listed.fr}.",
        f"“{shown}” has no {what.en} “{asked}”. It holds: {listed.en}.",
    )


def not_a_container(label: str) -> UsageError:
    """Return what to say when a sheet is asked of a file that has none."""
    shown = visible(label, 300)
    return UsageError(
        f"« {shown} » n’a pas de feuilles : --sheet vaut pour un classeur XLSX ou ODS, ou une archive ZIP.",
        f"“{shown}” has no sheets: --sheet is for an XLSX or ODS workbook, or a ZIP archive.",
    )


def _list(names: Sequence[str]) -> Text:
    shown = [visible(name, 60) for name in names[:_LISTED]]
    more = ", …" if len(names) > _LISTED else ""
    return Text(
        ", ".join(f"« {name} »" for name in shown) + more,
        ", ".join(f"“{name}”" for name in shown) + more,
    )
