"""The mend of each faulty cell: by the fixes that the report hints at, and what its column shows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from territo_opendata.descriptors.model import Field
from territo_opendata.findings import Fix, Safety
from territo_opendata.fixes import propose
from territo_opendata.fixes.date_orders import Order, Orders, order_of
from territo_opendata.fixes.proposals import trim
from territo_opendata.repair.choices import Choices, Kind

_MEMORY = 50_000
_DAY = "day"
_RANKS = {"display": 0, "unsafe": 1, "safe": 2}


class Fault(Protocol):
    """What the validator found in a cell (`column`, a field's name) or a row."""

    @property
    def code(self) -> str:
        """The code of the rule."""

    @property
    def column(self) -> str | None:
        """The field, None for a fault of the row."""

    @property
    def facts(self) -> Mapping[str, Any]:
        """What the rule's message needs."""

    @property
    def fix(self) -> Fix | None:
        """The fix that the check itself proposes."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A cell of a record that changes, or would: `place` is 0-based, `field` a name.

    `possible` tells whether the cell would be right then, and the file can hold it.
    """

    place: int
    field: str
    code: str
    before: str
    after: str
    safety: Safety
    possible: bool

    @property
    def kind(self) -> Kind:
        """What is decided on together."""
        return self.code, self.field, self.safety

    @property
    def rank(self) -> int:
        """Which of the changes of a cell is the one to offer, whatever was chosen before."""
        return _RANKS[self.safety] if self.possible else 0


@dataclass(slots=True)
class _Decision:
    """What is done with a text of a column, made once; `times` is how often its date was met."""

    mended: Mended | None
    order: Order | None = None
    times: int = 0


@dataclass(slots=True)
class Mender:
    """Decides on the faults of one table, each different text of a column once.

    `fields` are those of the columns in order, `labels` what the columns are called: one whose
    label is not that of its field is left alone, for it may hold something else. `is_writable`
    tells of a cell and its mend whether the file can hold it. `is_right(place, text)` tells whether a cell would
    have no fault; `orders` what the dates of a column showed when the table was read before, else
    they are believed to show the day first, and what they do show is gathered in `seen`.
    """

    fields: Sequence[Field]
    labels: Sequence[str]
    is_right: Callable[[int, str], bool]
    is_writable: Callable[[str, str], bool] = lambda _before, _after: True
    choices: Choices = field(default_factory=Choices)
    orders: Mapping[int, str] = field(default_factory=dict)
    seen: dict[int, Orders] = field(default_factory=dict)
    _known: dict[tuple[int, str, str], _Decision] = field(default_factory=dict)
    _places: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._places = {
            each.name: place
            for place, each in enumerate(self.fields)
            if not self.labels or self.labels[place].casefold() == each.name.casefold()
        }

    def mend(self, cells: Sequence[str], faults: Sequence[Fault]) -> list[Mended]:
        """Return what the faults of a record let one change, at most one change for each cell.

        Which one does not depend on what was chosen: what is declined is not replaced.
        """
        found: dict[int, Mended] = {}
        for fault in faults:
            place = self._places.get(fault.column) if fault.column else None
            if place is None or place >= len(cells) or not cells[place]:
                continue
            decision = self._decide(place, cells[place], fault)
            decision.times += 1
            mended = decision.mended
            if mended is not None and (place not in found or mended.rank > found[place].rank):
                found[place] = mended
        return list(found.values())

    def doubtful(self) -> dict[int, str]:
        """Return the order that the dates of each column show, where it is not the one assumed."""
        self._forget()
        return {
            place: orders.verdict
            for place, orders in self.seen.items()
            if orders.verdict != self.orders.get(place, _DAY)
        }

    def _forget(self) -> None:
        """Forget the decisions made, after counting the dates that they met."""
        for (place, _, _), decision in self._known.items():
            if decision.order is not None and decision.times:
                self.seen.setdefault(place, Orders()).add(decision.order, decision.times)
        self._known.clear()

    def _decide(self, place: int, text: str, fault: Fault) -> _Decision:
        if fault.fix is not None:
            return _Decision(self._judged(place, fault.code, text, fault.fix))
        key = (place, fault.code, text)
        known = self._known.get(key)
        if known is None:
            facts = {**fault.facts, "date_order": self.orders.get(place, _DAY)}
            fix = propose(fault.code, text, self.fields[place], facts)
            if len(self._known) >= _MEMORY:
                self._forget()
            known = _Decision(self._judged(place, fault.code, text, fix), order_of(text))
            self._known[key] = known
        return known

    def _judged(self, place: int, code: str, text: str, fix: Fix | None) -> Mended | None:
        if fix is None or fix.value is None:
            return None
        possible = self.is_writable(text, fix.value) and self.is_right(place, fix.value)
        name = self.fields[place].name
        return Mended(place, name, code, text, fix.value, fix.safety, possible)


def is_blank(cells: Sequence[str]) -> bool:
    """Tell whether a record holds nothing at all, spaces left aside."""
    return not any(map(trim, cells))


def without_empty_ends(cells: Sequence[str], width: int) -> Sequence[str]:
    """Return the record without the empty cells beyond the last column."""
    end = len(cells)
    while end > width and not trim(cells[end - 1]):
        end -= 1
    return cells[:end]
