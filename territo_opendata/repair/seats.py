"""The head offices of bodies, from a file that the user has: the SIRET that goes with a SIREN.

Three forms are known: INSEE's « StockUniteLegale » (`siren`, `nicSiegeUniteLegale`) and
« StockEtablissement » (`siret`, `etablissementSiege`), of the Sirene files on data.gouv.fr, and
lists of the Annuaire des entreprises (`siren` with `siret_siege` or `siret`).
"""

import csv
import io
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

from territo_opendata.errors import UsageError
from territo_opendata.fixes.identifiers import is_number
from territo_opendata.language import visible
from territo_opendata.tables.source import file_source

Pick = Callable[[Sequence[str]], str]
"""Returns the SIRET of the head office that a record names, "" when it names none."""

_NIC = 5
_SIREN = 9


def read_seats(path: Path, wanted: Collection[str]) -> Mapping[str, str]:
    """Return the SIRET of the head office of each of the `wanted` SIREN that the file knows.

    Only these are kept: the file may have tens of millions of rows. Those with a wrong checksum,
    or two head offices, are left out. Raises UsageError when the file has not the columns,
    MissingFileError when it cannot be read.
    """
    found: dict[str, str] = {}
    doubtful: set[str] = set()
    for siret in _seats(path, frozenset(wanted)):
        siren = siret[:_SIREN]
        if siren not in wanted or not is_number("siret", siret):
            continue
        if found.setdefault(siren, siret) != siret:
            doubtful.add(siren)
    return {siren: siret for siren, siret in found.items() if siren not in doubtful}


def _seats(path: Path, wanted: frozenset[str]) -> Iterator[str]:
    source = file_source(str(path), path)
    with io.TextIOWrapper(source.open(), "utf-8-sig", "replace", newline="") as lines:
        first = lines.readline()
        delimiter = max(",;\t|", key=first.count)
        header = [
            label.strip().lower() for label in next(csv.reader([first], delimiter=delimiter), [])
        ]
        pick = _pick(header)
        if pick is None:
            raise _columns_missing(path)
        useful = _relevant(lines, wanted) if header[0] in {"siren", "siret"} else lines
        for record in csv.reader(useful, delimiter=delimiter):
            if len(record) == len(header):
                yield pick(record)


def _relevant(lines: Iterator[str], wanted: frozenset[str]) -> Iterator[str]:
    """Yield the lines that begin with a wanted number: the others need not be taken apart."""
    return (line for line in lines if line.lstrip('"')[:_SIREN] in wanted)


def _pick(header: Sequence[str]) -> Pick | None:
    places = {name: place for place, name in enumerate(header)}
    siren, siret = places.get("siren"), places.get("siret")
    nic, is_seat = places.get("nicsiegeunitelegale"), places.get("etablissementsiege")
    of_seat = places.get("siret_siege")
    if siren is not None and nic is not None:
        return lambda record: record[siren].strip() + record[nic].strip().zfill(_NIC)
    if siret is not None and is_seat is not None:
        true = ("true", "1", "oui")
        return lambda record: record[siret] if record[is_seat].strip().lower() in true else ""
    if of_seat is not None:
        return lambda record: record[of_seat].strip()
    if siren is not None and siret is not None:
        return lambda record: record[siret].strip()
    return None


def _columns_missing(path: Path) -> UsageError:
    shown = visible(str(path), 300)
    return UsageError(
        f"« {shown} » ne dit pas quel est le siège de chaque SIREN. Donnez à --sieges un CSV avec les colonnes siren et nicSiegeUniteLegale (StockUniteLegale de l’INSEE), siret et etablissementSiege (StockEtablissement), ou siren et siret_siege.",
        f"“{shown}” does not tell the head office of each SIREN. Give --sieges a CSV with the columns siren and nicSiegeUniteLegale (INSEE’s StockUniteLegale), siret and etablissementSiege (StockEtablissement), or siren and siret_siege.",
    )
