"""The mend of each faulty cell: by the fixes that the report hints at, and what its column shows."""

from collections.abc import Callable, Collection, Mapping, Sequence
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


_Met = tuple[int, str, str, str | None]
"""A fault as it is met: the place, the code, the text, and what the check itself proposes."""

Decided = tuple[str, str, Safety]
"""A text, what it may become, and how safely."""


@dataclass(slots=True)
class Mender:
    """Decides on the faults of one table, each different text of a column once.

    `fields` are those of the columns in order, `labels` what the columns are called: one whose
    label is not that of its field is left alone, for it may hold something else. `is_writable`
    tells of a cell and its mend whether the file can hold it. `are_right(place, texts)` returns those
    of the texts in which a cell would
    have no fault; `orders` what the dates of a column showed when the table was read before, else
    they are believed to show the day first, and what they do show is gathered in `seen`; `seats`
    the SIRET of head offices by their SIREN.
    """

    fields: Sequence[Field]
    labels: Sequence[str]
    are_right: Callable[[int, Sequence[str]], Collection[str]]
    is_writable: Callable[[str, str], bool] = lambda _before, _after: True
    choices: Choices = field(default_factory=Choices)
    orders: Mapping[int, str] = field(default_factory=dict)
    seen: dict[int, Orders] = field(default_factory=dict)
    seats: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str | None, int] = field(init=False)
    _known: dict[_Met, _Decision] = field(default_factory=dict)
    _last_facts: tuple[Mapping[str, Any], Mapping[str, Any]] = field(
        default_factory=lambda: ({}, {"date_order": ""})
    )

    def __post_init__(self) -> None:
        self.places = {
            each.name: place
            for place, each in enumerate(self.fields)
            if not self.labels or self.labels[place].casefold() == each.name.casefold()
        }

    def mend(self, cells: Sequence[str], faults: Sequence[Fault]) -> Collection[Mended]:
        """Return what the faults of a record let one change, at most one change for each cell.

        Which one does not depend on what was chosen: what is declined is not replaced.
        """
        found: dict[int, Mended] = {}
        for fault in faults:
            place = self.places.get(fault.column)
            if place is None or place >= len(cells) or not cells[place]:
                continue
            own = None if fault.fix is None else fault.fix.value
            met = (place, fault.code, cells[place], own)
            decision = self._known.get(met) or self._decide(met, fault)
            decision.times += 1
            mended = decision.mended
            if mended is not None and (place not in found or mended.rank > found[place].rank):
                found[place] = mended
        return [found[place] for place in sorted(found)] if len(found) > 1 else found.values()

    def decide(
        self,
        place: int,
        code: str,
        texts: Sequence[str],
        faults: Sequence[Fault],
        times: Sequence[int],
    ) -> list[Decided]:
        """Return what different texts of a column, in which one rule found a fault, may become.

        `faults` are those of the first cell with each text, `times` how many there are.
        """
        found = []
        for text, fault, count in zip(texts, faults, times, strict=True):
            met = (place, code, text, None)
            decision = self._known.get(met) or self._decide(met, fault)
            decision.times += count
            mended = decision.mended
            if mended is not None and mended.rank:
                found.append((text, mended.after, mended.safety))
        return found

    def possible(self, place: int, pairs: Sequence[tuple[str, str]]) -> list[Decided]:
        """Return those of some certain mends (text, what it becomes) that are right and writable."""
        right = frozenset(self.are_right(place, [after for _, after in pairs]))
        return [
            (text, after, "safe")
            for text, after in pairs
            if after in right and self.is_writable(text, after)
        ]

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
        for (place, *_), decision in self._known.items():
            if decision.order is not None and decision.times:
                self.seen.setdefault(place, Orders()).add(decision.order, decision.times)
        self._known.clear()

    def _decide(self, met: _Met, fault: Fault) -> _Decision:
        """Decide on a text that a fault is met in for the first time, or was forgotten."""
        place, code, text, _ = met
        if len(self._known) >= _MEMORY:
            self._forget()
        if fault.fix is not None:
            decision = _Decision(self._judged(place, code, text, fault.fix))
        else:
            fix = propose(code, text, self.fields[place], self._facts(place, fault))
            decision = _Decision(self._judged(place, code, text, fix), order_of(text))
        self._known[met] = decision
        return decision

    def _facts(self, place: int, fault: Fault) -> Mapping[str, Any]:
        """Return the facts of a fault with the order of dates; most texts have the same ones."""
        known, facts = self._last_facts
        if known is not fault.facts or facts["date_order"] != self.orders.get(place, _DAY):
            order = self.orders.get(place, _DAY)
            facts = {**fault.facts, "date_order": order, "seats": self.seats}
            self._last_facts = fault.facts, facts
        return facts

    def _judged(self, place: int, code: str, text: str, fix: Fix | None) -> Mended | None:
        if fix is None or fix.value is None:
            return None
        possible = self.is_writable(text, fix.value) and bool(self.are_right(place, (fix.value,)))
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
