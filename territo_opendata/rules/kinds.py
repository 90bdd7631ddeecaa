"""What types, formats and lists ask of a cell, as entries of the catalogue."""

from dataclasses import dataclass

from territo_opendata.rules.model import FixSafety, Rule
from territo_opendata.rules.writing import Words, entry

FR = "La valeur [« {item} » de la liste ]« {value} »[ de « {field} »]"
EN = "The value [“{item}” of the list ]“{value}”[ in “{field}”]"
"""How a sentence on a cell begins."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a type, format or list asks of a cell, in one language.

    `title` names it; `what` follows "is not"; `how` follows "Write"; `cause` and `false_alarm`
    are as in `Rule`.
    """

    title: str
    what: str
    how: str
    cause: str
    false_alarm: str = ""


def kind(
    code: str,
    fr: Kind,
    en: Kind,
    swap: str,
    fix: FixSafety | None = None,
    *,
    beyond: bool = False,
) -> Rule:
    """Return the rule for a cell that is not of this kind.

    `swap` is its "faulty → mended"; `beyond` says that Table Schema, hence frictionless, has no
    such kind.
    """
    faulty, mended = swap.split(" → ")
    return entry(
        code,
        "error",
        None if beyond else "type-error",
        fr=Words(
            title=fr.title,
            message=f"{FR} n’est pas {fr.what}.",
            remedy=f"Écrivez {fr.how}.",
            cause=fr.cause,
            example=f"« {faulty} » → « {mended} »",
            false_alarm=fr.false_alarm,
        ),
        en=Words(
            title=en.title,
            message=f"{EN} is not {en.what}.",
            remedy=f"Write {en.how}.",
            cause=en.cause,
            example=f"“{faulty}” → “{mended}”",
            false_alarm=en.false_alarm,
        ),
        fix=fix,
    )
