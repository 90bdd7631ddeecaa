"""Makes every file of the reference out of the pinned packages; writes them, or compares them."""

import csv
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from territo_opendata.reference import lists, successors, tables
from territo_opendata.reference.successors import Interval, State
from territo_opendata.reference.tarballs import Pin, fetch, read_pins
from territo_opendata.reference.vintages import Vintage, read_vintage

Files = Mapping[str, bytes]
"""File contents by path relative to the project's root."""

_HERE = Path(__file__).parent
_REFERENCE = "territo_opendata/reference"
_AREA_TYPES = ("region", "departement", "collectivite_outre_mer", "epci", "ept")
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Difference:
    """How a committed file differs from what the packages make of it, line by line."""

    path: str
    missing: tuple[str, ...]
    """Lines that the packages give and the committed file lacks."""
    surplus: tuple[str, ...]
    """Lines of the committed file that the packages do not give."""

    def summary(self) -> str:
        """Return the difference in a few lines of French, like the start of a diff."""
        head = f"{self.path} : {len(self.missing)} ligne(s) en moins, {len(self.surplus)} en trop"
        shown = [f"  + {line}" for line in self.missing[:_SHOWN]]
        shown += [f"  - {line}" for line in self.surplus[:_SHOWN]]
        if not shown:
            shown = ["  mêmes lignes, dans un autre ordre ou avec d'autres fins de ligne"]
        return "\n".join([head, *shown])


def download(cache: Path, pins: Sequence[Pin] | None = None) -> Files:
    """Fetch the pinned packages and return every file of the reference.

    Raises RemoteError when a registry cannot be reached, MismatchError when a package is not the
    pinned one or does not hold what is expected.
    """
    pins = read_pins() if pins is None else pins
    contents = [(pin, fetch(pin, cache)) for pin in pins]
    vintages = [read_vintage(data, pin.millesime) for pin, data in contents if pin.client == "npm"]
    wheel = next(data for pin, data in contents if pin.client == "pip")
    return make(sorted(vintages, key=lambda vintage: vintage.millesime), wheel)


def make(vintages: Sequence[Vintage], wheel: bytes) -> Files:
    """Return every file of the reference; `vintages` from the oldest to the newest."""
    newest = vintages[-1]
    stories = successors.commune_stories(vintages)
    former = successors.former_communes(stories, vintages)
    years = [vintage.millesime for vintage in vintages]
    communes = tables.interval_rows(successors.intervals(stories, years))
    areas = tables.interval_rows(_area_intervals(vintages))
    datasets = {
        "territoires": (tables.TERRITOIRES, tables.territoires(newest)),
        "communes_anciennes": (tables.COMMUNES_ANCIENNES, tables.communes_anciennes(former)),
        "intercommunalites": (tables.INTERCOMMUNALITES, tables.intercommunalites(newest)),
    }
    files = {f"datasets/{name}.csv": tables.render(*table) for name, table in datasets.items()}
    files[f"{_REFERENCE}/communes.csv"] = tables.render(tables.INTERVALS, communes)
    files[f"{_REFERENCE}/areas.csv"] = tables.render(tables.INTERVALS, areas)
    return files | _lists(newest, wheel)


def _lists(newest: Vintage, wheel: bytes) -> dict[str, bytes]:
    found = {name: lists.read_list(wheel, name) for name in ("cantons", "pays", "codes_postaux")}
    ours = chain.from_iterable(place.postal_codes for place in newest.places)
    found["codes_postaux"] = found["codes_postaux"].union(ours)
    files = {
        f"{_REFERENCE}/{name}.txt": tables.render_list(sorted(values))
        for name, values in found.items()
    }
    fantoir = lists.as_ranges(lists.read_list(wheel, "fantoir"))
    return files | {f"{_REFERENCE}/fantoir.txt": tables.render_list(fantoir)}


def _area_intervals(vintages: Sequence[Vintage]) -> list[Interval]:
    """Return the intervals of all areas, the régions of before the merger of 2016 included.

    A type is followed from the oldest vintage that lists it: those without EPT or overseas
    collectivities are silent about them, they do not say that there were none.
    """
    found = _old_regions()
    for kind in _AREA_TYPES:
        listing = [vintage for vintage in vintages if any(vintage.areas_of_type(kind))]
        stories = successors.area_stories(listing, kind)
        years = [vintage.millesime for vintage in listing]
        found += successors.intervals(stories, years)
    starts = _region_starts(found)
    dated = (_dated(interval, starts) for interval in found)
    return sorted(dated, key=lambda one: (one.state.type, one.code, one.first or 0))


def _old_regions() -> list[Interval]:
    """Return the régions and names dropped by the laws of 16 January 2015 and the decrees of 2016.

    The packages begin later, so this small table is kept by hand.
    """
    with (_HERE / "regions_avant_2017.csv").open(encoding="utf-8", newline="") as stream:
        return [_old_region(row) for row in csv.DictReader(stream)]


def _old_region(row: Mapping[str, str]) -> Interval:
    state = State(row["type"], row["nom"], row["parent"])
    first = int(row["premier"]) if row["premier"] else None
    return Interval(row["code"], state, first, int(row["dernier"]))


def _region_starts(found: Iterable[Interval]) -> Mapping[str, int]:
    """Return the first vintage of the régions that came out of older ones or changed name."""
    starts: dict[str, int] = {}
    for old in found:
        if old.state.type == "region" and old.last is not None:
            code = old.state.parent or old.code
            starts[code] = max(starts.get(code, 0), old.last + 1)
    return starts


def _dated(interval: Interval, starts: Mapping[str, int]) -> Interval:
    current = interval.state.type == "region" and interval.last is None
    return replace(interval, first=starts.get(interval.code)) if current else interval


def differences(files: Files, root: Path) -> tuple[Difference, ...]:
    """Return what differs between the committed files below `root` and these."""
    found = []
    for path, content in files.items():
        target = root / path
        committed = target.read_bytes() if target.is_file() else b""
        if committed != content:
            found.append(_difference(path, committed, content))
    return tuple(found)


def _difference(path: str, committed: bytes, content: bytes) -> Difference:
    old = Counter(committed.decode("utf-8", "replace").splitlines())
    new = Counter(content.decode("utf-8").splitlines())
    missing, surplus = new - old, old - new
    return Difference(path, tuple(missing.elements()), tuple(surplus.elements()))


def write(files: Files, root: Path) -> None:
    """Write the files below `root`, each one whole or not at all."""
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
            whole = Path(scratch) / target.name
            whole.write_bytes(content)
            whole.replace(target)
