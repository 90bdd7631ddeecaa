"""What a person wants of the changes that can be made: by code, by kind, or one by one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from territo_opendata.findings import Safety

Kind = tuple[str, str, Safety]
"""Changes that are decided on together: their code, field and safety."""

Place = tuple[int | None, int | None]
"""Where a change is in the original file: its row and its column, as in `Change`."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Whether the changes of a kind are wanted; the contrary holds at the places `but`."""

    wanted: bool
    but: frozenset[Place] = frozenset()


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices made; a kind without one is wanted if it is safe, or its code is `accepted`."""

    accepted: frozenset[str] = frozenset()
    by_kind: Mapping[Kind, Choice] = field(default_factory=dict)

    def wants(self, kind: Kind, place: Place = (None, None)) -> bool:
        """Tell whether a change is to be made; what is for information alone never is."""
        code, _, safety = kind
        if safety == "display":
            return False
        choice = self.by_kind.get(kind)
        if choice is None:
            return safety == "safe" or code in self.accepted
        return choice.wanted != (place in choice.but)

    def has_exceptions(self, kind: Kind) -> bool:
        """Tell whether the choice differs between places."""
        choice = self.by_kind.get(kind)
        return choice is not None and bool(choice.but)

    def may_want(self, kinds: Iterable[Kind]) -> bool:
        """Tell whether a change of one of these kinds is to be made anywhere."""
        return any(self.wants(kind) or self.has_exceptions(kind) for kind in kinds)
