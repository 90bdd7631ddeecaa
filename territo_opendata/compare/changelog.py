"""The entry that a comparison adds to a CHANGELOG.md (https://keepachangelog.com/fr/1.1.0/)."""

import datetime as dt
import re
from collections.abc import Iterator

from territo_opendata.compare.kinds import KINDS, Section
from territo_opendata.compare.model import Change, Comparison
from territo_opendata.compare.versions import comparison_level, is_enough, least_version
from territo_opendata.compare.wording import sentence
from territo_opendata.language import Language, Text, visible

_SECTIONS: dict[Section, Text] = {
    "added": Text("Ajouté", "Added"),
    "changed": Text("Modifié", "Changed"),
    "removed": Text("Retiré", "Removed"),
    "fixed": Text("Corrigé", "Fixed"),
}
_MOST_LINES = 40
_MARKUP = re.compile(r"([\\`*\[\]<>#|!~])")


def changelog_entry(found: Comparison, language: Language, day: dt.date) -> str:
    """Return the entry in Markdown, ending with a newline; "" when nothing differs.

    Its version is the one that the new side states, or the least one where that is too low.
    """
    if found.equal:
        return ""
    lines = [_heading(found, language, day)]
    for section, title in _SECTIONS.items():
        items = list(_items(found, section, language))
        if items:
            lines += ["", f"### {title.say(language)}", "", *items]
    return "\n".join(lines) + "\n"


def _heading(found: Comparison, language: Language, day: dt.date) -> str:
    version = _version(found)
    if version is None:
        return Text("## Non publié", "## Unreleased").say(language)
    data = Text("Données", "Data").say(language)
    return f"## {data} {version} — {day.isoformat()}"


def _version(found: Comparison) -> str | None:
    level = comparison_level(found)
    least = least_version(found.old.version, level)
    if least is None or is_enough(found.old.version, found.new.version, level):
        stated = found.new.version or found.old.version
        return None if stated is None else _escaped(visible(stated))
    return least


def _items(found: Comparison, section: Section, language: Language) -> Iterator[str]:
    changes = [each for each in found.all_changes() if KINDS[each.kind].section == section]
    for change in changes[:_MOST_LINES]:
        yield f"- {_item(change, language)}"
    more = len(changes) - _MOST_LINES
    if more > 0:
        yield Text(f"- … et {more} autres différences", f"- … and {more} more").say(language)


def _item(change: Change, language: Language) -> str:
    text = _escaped(sentence(change).say(language))
    names_it = change.kind.startswith(("table-", "file-"))
    if not change.table or (names_it and change.kind != "table-renamed"):
        return text[:1].upper() + text[1:] + "."
    table = _escaped(visible(change.table))
    return (
        f"Table «\u00a0{table}\u00a0»\u00a0: {text}."
        if language == "fr"
        else f"Table “{table}”: {text}."
    )


def _escaped(text: str) -> str:
    """Return a text of the data that Markdown shows as it is, HTML and links included."""
    return _MARKUP.sub(r"\\\1", text)
