"""Two versions of one schema, compared as the schemas of two tables are."""

import dataclasses

from territo_opendata.compare.descriptors import schema_changes
from territo_opendata.compare.model import Comparison, SideName, TableDiff
from territo_opendata.descriptors.model import Schema


def schema_comparison(
    old: Schema, new: Schema, old_name: SideName, new_name: SideName
) -> Comparison:
    """Return what differs; a change that refuses files which the old schema takes is MAJOR.

    The version itself is no difference: it is judged by the others.
    """
    name = new.name or old.name
    changes = tuple(
        dataclasses.replace(each, table=name)
        for each in schema_changes(old, new)
        if each.name not in ("version", "lastModified")
    )
    table = TableDiff(name, old.name or name, changes)
    return Comparison(old_name, new_name, tables=(table,) if changes else ())
