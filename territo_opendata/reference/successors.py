"""What became of each code from vintage to vintage: intervals, successors, former communes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from territo_opendata.errors import MismatchError
from territo_opendata.reference.vintages import Vintage

FORMER = "ancienne_commune"


@dataclass(frozen=True, slots=True)
class State:
    """What a code is in one vintage."""

    type: str
    nom: str
    parent: str
    """Commune that a former code, an arrondissement now belongs to; région of a département."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A code and its state over the vintages `first` to `last`, both included.

    None is an open end: `first` when the state is at least as old as the oldest vintage, `last`
    when it still holds in the newest.
    """

    code: str
    state: State
    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class FormerCommune:
    """A commune code no longer in use, and the commune of the newest vintage that has its land."""

    code: str
    nom: str
    successor: str
    last: int | None
    """Last vintage with this code, None when it was gone before the oldest."""
    told: bool
    """True when the newest vintage's `anciensCodes` gives this very successor."""


Story = Mapping[int, State]
"""A code's state per vintage, vintages without it left out."""


def commune_stories(vintages: Sequence[Vintage]) -> dict[str, Story]:
    """Return the story of every code ever a commune, a former one or an arrondissement.

    A former code named by some vintages only (those of Mayotte before 2011, say) is taken to be
    one in all of them.
    """
    stories = {code: _story(code, vintages) for code in _all_codes(vintages)}
    return dict(sorted(stories.items()))


def _all_codes(vintages: Sequence[Vintage]) -> set[str]:
    codes: set[str] = set()
    for vintage in vintages:
        codes |= vintage.communes.keys() | vintage.successors.keys()
        codes.update(place.code for place in vintage.of_type("arrondissement_municipal"))
    return codes


def _story(code: str, vintages: Sequence[Vintage]) -> Story:
    story: dict[int, State] = {}
    name = ""
    for vintage in vintages:
        state = _state(code, vintage, vintages, name)
        if state is not None:
            story[vintage.millesime] = state
            name = state.nom
    return story


def _state(
    code: str, vintage: Vintage, vintages: Sequence[Vintage], known_name: str
) -> State | None:
    commune = vintage.communes.get(code)
    if commune is not None:
        return State("commune", commune.nom, "")
    other = vintage.others.get(code)
    if other is not None and other.type == "arrondissement_municipal":
        return State(other.type, other.nom, other.parent)
    successor = _successor(code, vintage, vintages)
    if successor is None:
        return None
    if other is None:
        return State(FORMER, known_name, successor)
    return State(other.type, other.nom, successor)


def _successor(code: str, vintage: Vintage, vintages: Sequence[Vintage]) -> str | None:
    """Return the commune that has the former code's land in this vintage, None if never one.

    What the vintage itself says of a delegated commune stands. For the others the newest word
    that fits the vintage's communes is taken: the package of 2022 has slips (neighbours put for
    the successor, all of Mayotte shifted) that the later ones have mended.
    """
    if code in vintage.delegated:
        return vintage.delegated[code]
    said = (other.successors.get(code) for other in reversed(vintages))
    return next((known for known in said if known in vintage.communes), None)


def intervals(stories: Mapping[str, Story], millesimes: Sequence[int]) -> Iterable[Interval]:
    """Yield each code's states, equal neighbours joined, by code and then by time."""
    for code, story in stories.items():
        first = None
        for at, millesime in enumerate(millesimes):
            state = story.get(millesime)
            if at == 0 or state != story.get(millesimes[at - 1]):
                first = None if at == 0 else millesime
            closes = at + 1 == len(millesimes) or state != story.get(millesimes[at + 1])
            if state is not None and closes:
                last = None if at + 1 == len(millesimes) else millesime
                yield Interval(code, state, first, last)


def area_stories(vintages: Sequence[Vintage], *types: str) -> dict[str, Story]:
    """Return the story of every area of these types, by code."""
    stories: dict[str, dict[int, State]] = {}
    for vintage in vintages:
        for area in vintage.areas_of_type(*types):
            story = stories.setdefault(area.code, {})
            story[vintage.millesime] = State(area.type, area.nom, area.region)
    return dict(sorted(stories.items()))


def former_communes(
    stories: Mapping[str, Story], vintages: Sequence[Vintage]
) -> tuple[FormerCommune, ...]:
    """Return the codes that are no commune in the newest vintage, by code.

    Raises MismatchError for one without a successor in that vintage: such a code would leave a
    steward with an error and no remedy, so the reference is not made.
    """
    newest = vintages[-1]
    former = []
    for code, story in stories.items():
        end = story.get(newest.millesime)
        if end is not None and end.type in {"commune", "arrondissement_municipal"}:
            continue
        if end is None or end.parent not in newest.communes:
            raise _no_successor(code, newest)
        former.append(_former(code, story, newest))
    return tuple(former)


def _former(code: str, story: Story, newest: Vintage) -> FormerCommune:
    end = story[newest.millesime]
    lived = [millesime for millesime, state in story.items() if state.type == "commune"]
    last = max(lived, default=None)
    named = end if last is None else story[last]
    told = newest.former_codes.get(code) == end.parent
    return FormerCommune(code, named.nom, end.parent, last, told=told)


def _no_successor(code: str, newest: Vintage) -> MismatchError:
    return MismatchError(
        f"L'ancienne commune {code} n'a pas de successeur au millésime {newest.millesime}.",
        f"The former commune {code} has no successor in vintage {newest.millesime}.",
    )
