"""Programmes with all that a release says of each, joined from its tables."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from territo_opendata.build.site.records import Row, Rows, Tables
from territo_opendata.release.pages import french_date

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_DEVICES = re.compile(r"con|prn|aux|nul|com\d|lpt\d")
_LONGEST = 100
_PARTS = ("financements", "labellisations", "partenariats", "indicateurs", "evenements")


@dataclass(frozen=True, slots=True)
class Place:
    """A territory that programmes concern; `departement` is blank where it lies in none alone."""

    type: str
    code: str
    name: str
    departement: str


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme, the path of its page, and its rows of each other table."""

    id: str
    name: str
    page: str
    row: Row
    parts: Mapping[str, Rows]
    """By table; `enfants` are the programmes that belong to it."""
    places: tuple[Place, ...]
    sources: Rows
    words: str
    """What the filter of the front page finds it by, beside what is shown there."""


@dataclass(frozen=True, slots=True)
class References:
    """What the rows of programmes refer to."""

    organisations: Mapping[str, Row]
    sources: Mapping[str, Row]
    places: Mapping[tuple[str, str], Place]

    def organisation(self, row_id: str) -> str:
        """Return the name of a body, its id when the table of bodies does not name it."""
        return self.organisations.get(row_id, Row())["nom"] or row_id


@dataclass(frozen=True, slots=True)
class Register:
    """All programmes of a release by id, every row of `financements`, and what they refer to."""

    programmes: Mapping[str, Programme]
    funding: Rows
    references: References


def read_register(tables: Tables) -> Register | None:
    """Return the programmes of a release, None when it has no such table."""
    if "programmes" not in tables:
        return None
    rows = tables.rows("programmes")
    parts = {name: tables.rows(name) for name in _PARTS}
    references = _references(tables, parts)
    grouped = {name: _grouped(found, "programme_id") for name, found in parts.items()}
    children = _grouped(rows, "programme_parent_id")
    made = {}
    for row in rows:
        own = {name: found.get(row["programme_id"], ()) for name, found in grouped.items()}
        own["enfants"] = children.get(row["programme_id"], ())
        made[row["programme_id"]] = _programme(row, own, references)
    return Register(made, parts["financements"], references)


def _references(tables: Tables, parts: Mapping[str, Rows]) -> References:
    wanted = {row.place for rows in parts.values() for row in rows if all(row.place)}
    kept = tables.rows("territoires", lambda row: row.place in wanted)
    named = {row.place: row for row in kept}
    return References(
        organisations={row["organisation_id"]: row for row in tables.rows("organisations")},
        sources={row["source_id"]: row for row in tables.rows("sources")},
        places={each: _place(each, named.get(each, Row())) for each in sorted(wanted)},
    )


def _grouped(rows: Rows, column: str) -> Mapping[str, Rows]:
    lists: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        lists[row[column]].append(row)
    return {value: tuple(each) for value, each in lists.items()}


def _place(key: tuple[str, str], row: Row) -> Place:
    kind, code = key
    own = code if kind == "departement" else ""
    return Place(kind, code, row["nom"] or code, row["code_departement"] or own)


def _programme(row: Row, parts: Mapping[str, Rows], references: References) -> Programme:
    every = [row, *(each for name in _PARTS for each in parts[name])]
    places = sorted({each.place for each in every if each.place in references.places})
    sources = dict.fromkeys(each["source_id"] for each in every)
    known = tuple(references.places[each] for each in places)
    return Programme(
        id=row["programme_id"],
        name=row["nom"] or row["programme_id"],
        page=f"programmes/{page_name(row['programme_id'])}.html",
        row=row,
        parts=parts,
        places=known,
        sources=tuple(references.sources[each] for each in sources if each in references.sources),
        words=_words(every, known, references),
    )


def _words(rows: Iterable[Row], places: Iterable[Place], references: References) -> str:
    said = [row[name] for row in rows for name in ("sigle", "nature", "libelle", "nom", "themes")]
    said += [row["description"] for row in rows]
    bodies = (
        row[name] for row in rows for name in ("pilote_id", "financeur_id", "organisation_id")
    )
    said += [references.organisation(each) for each in bodies if each]
    said += [f"{each.name} {each.code}" for each in places]
    return " ".join(dict.fromkeys(each for each in said if each))


def page_name(programme_id: str) -> str:
    """Return the name of the page of a programme: its id where that is a slug, else a digest.

    An id is the content of a cell: as the name of a file it must be safe on every system.
    """
    usual = _SLUG.fullmatch(programme_id) and len(programme_id) <= _LONGEST
    if usual and not _DEVICES.fullmatch(programme_id):
        return programme_id
    return f"p--{hashlib.sha256(programme_id.encode()).hexdigest()[:16]}"


def period(row: Row) -> str:
    """Return what a row of `financements` says of its time, in words; blank when it is silent."""
    years = sorted({row["annee_debut"], row["annee_fin"]} - {""})
    said = ["–".join(years)] if years else []
    if row["duree_annees"]:
        said.append(
            f"sur {row['duree_annees']}\u00a0an" + ("s" if row["duree_annees"] != "1" else "")
        )
    if row["date_decision"]:
        said.append(f"décision\u00a0: {french_date(row['date_decision'])}")
    return ", ".join(said)
