"""The JSON form of a comparison; its JSON Schema is `comparison.schema.json` beside this file."""

import json
import re
from typing import Any

from territo_opendata import __version__
from territo_opendata.compare.describe import reasons
from territo_opendata.compare.kinds import KINDS
from territo_opendata.compare.model import Change, ChangedRow, Comparison, RowsDiff, TableDiff
from territo_opendata.compare.versions import comparison_level, is_enough, least_version
from territo_opendata.compare.wording import sentence
from territo_opendata.language import Language

RECORD_VERSION = 1
"""Version of the JSON form; raised when a reader of the old form would misread it."""

_SURROGATES = re.compile("[\ud800-\udfff]")


def render_record(found: Comparison, language: Language) -> str:
    """Return the comparison as indented JSON, its sentences in `language`."""
    text = json.dumps(to_dict(found, language), ensure_ascii=False, indent=2)
    return _SURROGATES.sub("\ufffd", text) + "\n"


def to_dict(found: Comparison, language: Language) -> dict[str, Any]:
    """Return the comparison as plain JSON values."""
    level = comparison_level(found)
    return {
        "record_version": RECORD_VERSION,
        "equal": found.equal and not found.skipped,
        "class": level.name if level else None,
        "old": _side(found.old.label, found.old.name, found.old.version),
        "new": _side(found.new.label, found.new.name, found.new.version),
        "least_version": least_version(found.old.version, level),
        "version_suffices": is_enough(found.old.version, found.new.version, level),
        "reasons": [
            {"class": each.name, "reason": reason.say(language), "tables": list(tables)}
            for each, reason, tables in reasons(found)
        ],
        "changes": [_change(each, language) for each in found.changes],
        "tables": [_table(each, language) for each in found.tables],
        "skipped": [
            {"what": each.what, "reason": each.reason.say(language)} for each in found.skipped
        ],
        "notes": [note.say(language) for note in found.notes],
        "tool": {"name": "territo-opendata", "version": __version__},
    }


def _side(label: str, name: str, version: str | None) -> dict[str, Any]:
    return {"label": label, "name": name, "version": version}


def _change(change: Change, language: Language) -> dict[str, Any]:
    kind = KINDS[change.kind]
    return {
        "kind": change.kind,
        "class": kind.level.name,
        "table": change.table or None,
        "field": change.field or None,
        "name": change.name or None,
        "before": change.before,
        "after": change.after,
        "count": change.count,
        "message": sentence(change).say(language),
    }


def _table(table: TableDiff, language: Language) -> dict[str, Any]:
    return {
        "name": table.name,
        "old_name": table.old_name,
        "same_bytes": table.same_bytes,
        "changes": [_change(each, language) for each in table.changes],
        "rows": None if table.rows is None else _rows(table.rows),
    }


def _rows(rows: RowsDiff) -> dict[str, Any]:
    listed = len(rows.added_rows), len(rows.removed_rows), len(rows.changed_rows)
    return {
        "key": list(rows.key),
        "key_repeated": rows.repeated_key,
        "old_rows": rows.old_rows,
        "new_rows": rows.new_rows,
        "added": rows.added,
        "removed": rows.removed,
        "changed": rows.changed,
        "rewritten": rows.rewritten,
        "cells": [
            {"field": field or None, "changed": counts.changed, "rewritten": counts.rewritten}
            for field, counts in rows.cells.items()
        ],
        "truncated": listed != (rows.added, rows.removed, rows.changed + rows.rewritten),
        "added_rows": [_shown(each.row, each.key, each.cells) for each in rows.added_rows],
        "removed_rows": [_shown(each.row, each.key, each.cells) for each in rows.removed_rows],
        "changed_rows": [_pair(each) for each in rows.changed_rows],
    }


def _shown(row: int, key: tuple[str, ...], cells: Any) -> dict[str, Any]:
    return {"row": row, "key": list(key), "cells": dict(cells)}


def _pair(pair: ChangedRow) -> dict[str, Any]:
    return {
        "old_row": pair.old_row,
        "new_row": pair.new_row,
        "key": list(pair.key),
        "cells": [
            {
                "field": cell.field or None,
                "before": cell.before,
                "after": cell.after,
                "rewritten": cell.rewritten,
            }
            for cell in pair.cells
        ],
    }
