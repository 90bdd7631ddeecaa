"""The two drawings of the front page, as values for their templates: bars and a map."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from territo_opendata.build.site.programmes import Place, Programme, Register
from territo_opendata.build.site.records import Row
from territo_opendata.reference.contours import Contours, contours
from territo_opendata.reference.territories import departements
from territo_opendata.release.pages import french_number

_BARS = 30
_MANY = 4
_DETAILED = 150
"""Territories that the front page names one by one; more are counted by programme."""
_PROGRAMMES = 10
_OVERSEAS = ("971", "972", "973", "974", "976")
_AROUND_PARIS = ("75", "92", "93", "94")
_INSET = "1211 532 90 90"
"""Where these four lie: they are too small to be seen at the scale of the others."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A published amount: its share of the largest one in percent, and how it is written."""

    label: str
    amount: str
    share: str


@dataclass(frozen=True, slots=True)
class Area:
    """A département on the map: its outline, blank overseas, and the territories in it."""

    code: str
    name: str
    outline: str
    places: tuple[tuple[Place, tuple[Programme, ...]], ...]

    @property
    def programmes(self) -> tuple[tuple[Programme, int], ...]:
        """The programmes that concern it, each with its number of territories here."""
        counted = Counter(each.id for _, found in self.places for each in found)
        by_id = {each.id: each for _, found in self.places for each in found}
        return tuple((by_id[each], count) for each, count in counted.most_common(_PROGRAMMES))

    @property
    def level(self) -> str:
        """How it is filled: by the number of its territories."""
        if not self.places:
            return ""
        return "many" if len(self.places) >= _MANY else "few"


@dataclass(frozen=True, slots=True)
class Map:
    """The map by département; `elsewhere` has the territories that lie in no single one."""

    contours: Contours
    areas: tuple[Area, ...]
    overseas: tuple[Area, ...]
    around_paris: tuple[Area, ...]
    elsewhere: Area
    detailed: bool
    many: int = _MANY
    inset: str = _INSET

    @property
    def concerned(self) -> tuple[Area, ...]:
        """The départements with a territory, by code."""
        return tuple(each for each in (*self.areas, *self.overseas) if each.places)

    @property
    def rows(self) -> tuple[Area, ...]:
        """What the table beside the map lists: these, then what lies elsewhere."""
        return (*self.concerned, self.elsewhere) if self.elsewhere.places else self.concerned


def bars(register: Register) -> tuple[Bar, ...]:
    """Return a bar for each amount of a programme, the largest first, thirty at most.

    Amounts are not added up: they are of several kinds, and one may hold another.
    """
    found = [(_amount(row), row) for row in register.funding if row["programme_id"]]
    usable = sorted(
        ((amount, row) for amount, row in found if amount is not None and amount > 0),
        key=lambda each: -each[0],
    )[:_BARS]
    largest = max((amount for amount, _ in usable), default=Decimal(1))
    return tuple(_bar(amount, row, largest, register) for amount, row in usable)


def _amount(row: Row) -> Decimal | None:
    try:
        amount = Decimal(row["montant_eur"])
    except ArithmeticError:
        return None
    return amount if amount.is_finite() and amount.adjusted() < 20 else None


def _bar(amount: Decimal, row: Row, largest: Decimal, register: Register) -> Bar:
    programme = register.programmes.get(row["programme_id"])
    label = programme.name if programme else row["programme_id"]
    return Bar(_cut(label), short_amount(amount), f"{amount / largest * 100:.3f}")


def _cut(label: str, limit: int = 40) -> str:
    return label if len(label) <= limit else label[: limit - 1].rstrip() + "…"


def short_amount(amount: Decimal) -> str:
    """Return an amount as it is said: « 1,3 Md€ », « 15 M€ »."""
    for unit, size in (("Md€", 10**9), ("M€", 10**6), ("k€", 10**3)):
        if amount >= size:
            return f"{french_number(round(amount / size, 2).normalize() + 0)}\u00a0{unit}"
    return f"{french_number(amount)}\u00a0€"


def draw_map(register: Register) -> Map | None:
    """Return the map of the territories that programmes concern, None when none is named."""
    if not register.references.places:
        return None
    concerned = _concerned(register)
    by_code: defaultdict[str, list[Place]] = defaultdict(list)
    for place in concerned:
        by_code[place.departement].append(place)
    names = {code: each.name for code, each in departements(collectivites=True).items()}
    outlines = contours().paths

    def area(code: str) -> Area:
        listed = tuple((place, concerned[place]) for place in by_code.get(code, ()))
        return Area(code, names.get(code, code), outlines.get(code, ""), listed)

    far = sorted({*_OVERSEAS, *by_code} - set(outlines) - {""})
    return Map(
        contours=contours(),
        areas=tuple(area(code) for code in outlines),
        overseas=tuple(area(code) for code in far),
        around_paris=tuple(area(code) for code in _AROUND_PARIS),
        elsewhere=area(""),
        detailed=len(concerned) <= _DETAILED,
    )


def _concerned(register: Register) -> Mapping[Place, tuple[Programme, ...]]:
    """Return the territories that rows name, in order, with their programmes."""
    found: dict[Place, tuple[Programme, ...]] = dict.fromkeys(
        register.references.places.values(), ()
    )
    for programme in register.programmes.values():
        for place in programme.places:
            found[place] += (programme,)
    return found
