"""The look-up tables beside this file: codes, and what each was from vintage to vintage."""

import csv
import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Entry:
    """What a code was over a run of vintages; see `successors.Interval` for the open ends."""

    code: str
    type: str
    name: str
    first: int | None
    last: int | None
    parent: str

    def covers(self, millesime: int) -> bool:
        """Tell whether the entry holds in this vintage."""
        begun = self.first is None or self.first <= millesime
        return begun and (self.last is None or millesime <= self.last)


def _entry(row: list[str]) -> Entry:
    code, kind, name, first, last, parent = row
    return Entry(
        code, kind, name, int(first) if first else None, int(last) if last else None, parent
    )


class CommuneTable:
    """The table of 40,000 communes and former codes, searched in its bytes.

    Reading it takes about a millisecond, parsing all of it a hundred: a report on one file asks
    for a few codes, so a code is found by bisection of the sorted lines.
    """

    def __init__(self, content: bytes) -> None:
        """Take the content of a `communes.csv`: LF, sorted by code, no quoted cell."""
        self._content = content
        self._start = content.index(b"\n") + 1

    def entries(self, code: str) -> tuple[Entry, ...]:
        """Return what the code was, in order of time; empty for an unknown one."""
        if len(code) != 5 or not code.isalnum():
            return ()
        key = code.encode() + b","
        found = []
        at = self._bisect(key)
        while self._content.startswith(key, at):
            found.append(self._entry_at(at))
            at = self._content.index(b"\n", at) + 1
        return tuple(found)

    def _bisect(self, key: bytes) -> int:
        """Return where the first line that is not less than `key` begins."""
        low, high = self._start, len(self._content)
        while low < high:
            line = self._content.rfind(b"\n", 0, (low + high) // 2) + 1
            if self._content[line : line + len(key)] < key:
                low = self._content.index(b"\n", line) + 1
            else:
                high = line
        return low

    def values(self, column: Literal["code", "name"], kind: str, millesime: int) -> frozenset[str]:
        """Return the codes or names of a type in a vintage."""
        wanted = ("([^,\n]+)", "[^,\n]*") if column == "code" else ("[^,\n]+", "([^,\n]*)")
        lasting = re.compile(rf"^{wanted[0]},{kind},{wanted[1]},,,", re.MULTILINE)
        dated = (entry for entry in self._dated if entry.type == kind and entry.covers(millesime))
        others = (entry.code if column == "code" else entry.name for entry in dated)
        return frozenset(lasting.findall(self._content.decode())).union(others)

    @cached_property
    def _dated(self) -> tuple[Entry, ...]:
        """Entries that began or ended within the vintages known: about one in fifty."""
        years = re.finditer(rb",\d{4},", self._content)
        starts = sorted({self._content.rfind(b"\n", 0, year.start()) + 1 for year in years})
        return tuple(self._entry_at(start) for start in starts)

    def _entry_at(self, start: int) -> Entry:
        end = self._content.index(b"\n", start)
        return _entry(self._content[start:end].decode().split(","))

    def names(self, kind: str, millesime: int) -> list[tuple[str, str]]:
        """Return (code, name) of every place of a type in a vintage."""
        lasting = re.compile(rf"^([^,\n]+),{kind},([^,\n]*),,,", re.MULTILINE)
        found: list[tuple[str, str]] = lasting.findall(self._content.decode())
        dated = (entry for entry in self._dated if entry.type == kind and entry.covers(millesime))
        return found + [(entry.code, entry.name) for entry in dated]


@cache
def communes_table() -> CommuneTable:
    """Return the shipped table of communes, read once."""
    return CommuneTable((_HERE / "communes.csv").read_bytes())


@cache
def area_entries() -> tuple[Entry, ...]:
    """Return the shipped régions, départements, overseas collectivities, EPCI and EPT."""
    with (_HERE / "areas.csv").open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream)
        next(rows)
        return tuple(_entry(row) for row in rows)


@cache
def read_list(name: str) -> frozenset[str]:
    """Return the lines of a shipped list: `cantons`, `pays`, `codes_postaux`, `fantoir`."""
    return frozenset((_HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines())
