"""The pages of a release, made from its descriptor and its tables alone.

They stand in the release, are covered by SHA256SUMS as all else, and link to each other and to
the files by relative paths: they say the same wherever the folder is served, and from a disk.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from territo_opendata.build.site.drawings import bars, draw_map
from territo_opendata.build.site.programmes import Programme, Register, period, read_register
from territo_opendata.build.site.records import Tables
from territo_opendata.build.site.tables import TYPES, preview, table_views
from territo_opendata.release.about import publisher_name
from territo_opendata.release.dates import release_date
from territo_opendata.release.history import of_version, read_history
from territo_opendata.release.pages import french_day, render
from territo_opendata.release.schema_org import dataset_node, script_text

PAGE = "index.html"
HISTORY = "historique.html"
_LONGEST_LIST = 100
"""Rows of a list on a page: enough to read, and no page grows with its table."""

_MOST_PROGRAMMES = 500
_WORDS = 100_000
"""Characters that the filter of the front page may find programmes by, beside their names."""

Page = tuple[str, bytes]


def site_pages(folder: Path, descriptor: Mapping[str, Any], changelog: str) -> Iterator[Page]:
    """Yield path and content of each page of the release whose tables are in `folder`."""
    register = read_register(Tables(folder, descriptor))
    tables = table_views(descriptor)
    shared = _shared(descriptor, tables, register)
    history = read_history(changelog)
    yield PAGE, _front(descriptor, shared, of_version(history, str(descriptor["version"])))
    yield HISTORY, _render("history", shared, root="", changes=history)
    for table in tables:
        first = preview(folder, table)
        yield table["page"], _render("table", shared, root="../", table=table, preview=first)
    if register:
        for programme in register.programmes.values():
            yield programme.page, _programme(programme, register, shared)


def _shared(
    descriptor: Mapping[str, Any], tables: list[dict[str, Any]], register: Register | None
) -> dict[str, Any]:
    """Return what every template may use."""
    return {
        "package": descriptor,
        "when": release_date(descriptor),
        "publisher": publisher_name(descriptor),
        "licence": next(iter(descriptor.get("licenses", ())), {}),
        "attribution": attribution(descriptor),
        "tables": tables,
        "table_names": {each["name"] for each in tables},
        "register": register,
        "most": _LONGEST_LIST,
        "period": period,
    }


def _front(descriptor: Mapping[str, Any], shared: Mapping[str, Any], changes: Any) -> bytes:
    register = shared["register"]
    listed = list(register.programmes.values())[:_MOST_PROGRAMMES] if register else []
    shown = {file["path"] for table in shared["tables"] for file in table["files"]}
    return _render(
        "release",
        shared,
        root="",
        filtered=True,
        changes=changes,
        listed=listed,
        words=min(1500, _WORDS // max(1, len(listed))),
        bars=bars(register) if register else (),
        map=draw_map(register) if register else None,
        others=[each for each in descriptor["resources"] if each["path"] not in shown],
        archive=f"{descriptor['name']}.zip",
        structured_data=script_text(dataset_node(descriptor)),
    )


def _programme(programme: Programme, register: Register, shared: Mapping[str, Any]) -> bytes:
    return _render("programme", shared, root="../", programme=programme, known=register.references)


def _render(template: str, shared: Mapping[str, Any], **values: Any) -> bytes:
    return render("territo_opendata.build", f"{template}.html.j2", types=TYPES, **shared, **values)


def attribution(descriptor: Mapping[str, Any]) -> str:
    """Return the line that a reuser copies, as the Licence Ouverte 2.0 asks: source and date."""
    licence: Mapping[str, Any] = next(iter(descriptor.get("licenses", ())), {})
    when = release_date(descriptor)
    parts = (
        publisher_name(descriptor),
        f"« {descriptor['title']} »",
        f"version {descriptor['version']}" + (f" du {french_day(when)}" if when else ""),
        str(licence.get("title") or licence.get("name") or ""),
        str(descriptor["homepage"]),
    )
    return ", ".join(part for part in parts if part)
