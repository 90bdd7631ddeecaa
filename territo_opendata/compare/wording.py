"""Differences in words, safe to show in a terminal."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from territo_opendata.compare.model import Change
from territo_opendata.language import Language, Text, visible

_SHOWN = 60
_NOTHING = Text("(absent)", "(absent)")
_EMPTY = Text("(vide)", "(empty)")
_EXCESS = Text("(cellules en trop)", "(cells in excess)")
_SPACE = "\u00a0"


def number(value: int, language: Language) -> str:
    """Return `value` with its thousands apart, as the language writes them."""
    return f"{value:,}".replace(",", "\u202f" if language == "fr" else ",")


def counted(value: int, one: Text, many: Text) -> Text:
    """Return a number and its noun: in French, zero and one are singular."""
    return Text(
        f"{number(value, 'fr')} {(one if value < 2 else many).fr}",
        f"{number(value, 'en')} {(one if value == 1 else many).en}",
    )


def value_text(value: Any) -> Text:
    """Return a value of a descriptor or a cell in short."""
    if value is None:
        return _NOTHING
    if value == "":
        return _EMPTY
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return Text(visible(text, _SHOWN), visible(text, _SHOWN))


def field_text(field: str) -> Text:
    """Return the name of a field; "" stands for the cells beyond the last column."""
    return Text(visible(field), visible(field)) if field else _EXCESS


def arrow(before: Any, after: Any) -> Text:
    """Return what a value was and what it is."""
    was, now = value_text(before), value_text(after)
    return Text(f"{was.fr} → {now.fr}", f"{was.en} → {now.en}")


def sentence(change: Change) -> Text:
    """Return what differs, without the table."""
    return _SENTENCES[change.kind](change)


def rows_count(value: int) -> Text:
    """Return a number of rows."""
    return counted(value, Text("ligne", "row"), Text("lignes", "rows"))


def _cells(value: int | None) -> Text:
    return counted(value or 0, Text("cellule", "cell"), Text("cellules", "cells"))


def _agreed(value: int | None, one: str, many: str) -> str:
    return one if (value or 0) < 2 else many


def _value(what_fr: str, what_en: str) -> Callable[[Change], Text]:
    def say(change: Change) -> Text:
        shift = arrow(change.before, change.after)
        return Text(f"{what_fr}{_SPACE}: {shift.fr}", f"{what_en}: {shift.en}")

    return say


def _named(change: Change) -> Text:
    """Word a property, of a field where there is one."""
    shift, name = arrow(change.before, change.after), visible(change.name)
    if not change.field:
        return Text(f"{name}{_SPACE}: {shift.fr}", f"{name}: {shift.en}")
    field = visible(change.field)
    return Text(f"champ {field}, {name}{_SPACE}: {shift.fr}", f"field {field}, {name}: {shift.en}")


def _constraint(fr: str, en: str) -> Callable[[Change], Text]:
    def say(change: Change) -> Text:
        named = _named(change)
        return Text(f"{named.fr} ({fr})", f"{named.en} ({en})")

    return say


def _thing(fr: str, en: str) -> Callable[[Change], Text]:
    """Word something that is there or not: a table, a file, a field with its type."""

    def say(change: Change) -> Text:
        name = visible(change.field or change.table)
        type_ = change.after or change.before
        more = f" ({visible(str(type_))})" if type_ else ""
        return Text(fr.format(name) + more, en.format(name) + more)

    return say


def _rows(fr_one: str, fr_many: str, en: str) -> Callable[[Change], Text]:
    def say(change: Change) -> Text:
        count = rows_count(change.count or 0)
        verb = _agreed(change.count, fr_one, fr_many)
        by = ", ".join(visible(str(each)) for each in change.after or ())
        which = _agreed(change.count, "à laquelle", "auxquelles")
        fr = f", {which} «\u00a0{by}\u00a0» peut renvoyer" if by else ""
        more = f", that “{by}” may refer to" if by else ""
        return Text(f"{count.fr} {verb}{fr}", f"{count.en} {en}{more}")

    return say


def _in_field(fr_one: str, fr_many: str, en: str) -> Callable[[Change], Text]:
    def say(change: Change) -> Text:
        count, field = _cells(change.count), field_text(change.field)
        verb = _agreed(change.count, fr_one, fr_many)
        return Text(f"{field.fr}{_SPACE}: {count.fr} {verb}", f"{field.en}: {count.en} {en}")

    return say


_SENTENCES: Mapping[str, Callable[[Change], Text]] = {
    "package-renamed": _value("nom du paquet", "name of the package"),
    "package-id": _value("identifiant du paquet", "identifier of the package"),
    "table-renamed": _value("table renommée", "table renamed"),
    "table-removed": _thing("table {} retirée", "table {} removed"),
    "table-added": _thing("table {} ajoutée", "table {} added"),
    "file-removed": _thing("fichier {} retiré", "file {} removed"),
    "file-added": _thing("fichier {} ajouté", "file {} added"),
    "file-changed": _thing("fichier {} modifié", "file {} changed"),
    "field-added": _thing("champ {} ajouté", "field {} added"),
    "field-removed": _thing("champ {} retiré", "field {} removed"),
    "fields-reordered": _value("ordre des champs", "order of the fields"),
    "field-type": _named,
    "field-format": _named,
    "field-notation": _named,
    "field-described": _named,
    "metadata": _named,
    "constraint-stricter": _constraint("plus stricte", "more restrictive"),
    "constraint-looser": _constraint("moins stricte", "less restrictive"),
    "reference-updated": _named,
    "rows-added": _rows("ajoutée", "ajoutées", "added"),
    "rows-removed": _rows("retirée", "retirées", "removed"),
    "referenced-rows-removed": _rows("retirée", "retirées", "removed"),
    "cells-changed": _in_field("modifiée", "modifiées", "changed"),
    "cells-follow-reference": _in_field(
        "modifiée, avec la table à laquelle elle renvoie",
        "modifiées, avec la table à laquelle elles renvoient",
        "changed, along with the table referred to",
    ),
    "cells-rewritten": _in_field(
        "de même valeur, écrite autrement",
        "de même valeur, écrites autrement",
        "with the same value, written otherwise",
    ),
}
