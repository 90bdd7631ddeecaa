"""The listed findings with what is said of several said once."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from territo_opendata.report.shown import Shown

_OTHERS = 5


@dataclass(slots=True)
class Entry:
    """Findings that are worded the same; `advised` is the place where what to do was told, if above.

    The same wrong value stands on many lines of a real file: its message is read once.
    """

    first: Shown
    advised: str = ""
    places: list[Shown] = field(default_factory=list)

    @property
    def others(self) -> list[Shown]:
        """Where else it is: the next few places."""
        return self.places[1 : _OTHERS + 1]

    @property
    def has_more(self) -> bool:
        """Whether there are more places than those."""
        return len(self.places) > _OTHERS + 1

    @property
    def words(self) -> str:
        """What is wrong and, unless it was told already, what to do."""
        return self.first.explanation if self.advised else self.first.message


def entries(findings: Iterable[Shown]) -> list[Entry]:
    """Return the findings, those of the same words together, in the order of the first of each."""
    found: dict[tuple[str, ...], Entry] = {}
    told: dict[tuple[str, ...], str] = {}
    for each in findings:
        key = (each.code, each.column, each.message, each.fix, "" if each.line else each.anchor)
        if key not in found:
            advice = (each.code, each.column, each.message.removeprefix(each.explanation))
            found[key] = Entry(each, told.get(advice, ""))
            told.setdefault(advice, each.anchor)
        found[key].places.append(each)
    return list(found.values())
