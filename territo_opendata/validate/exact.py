"""The exact tier: the cell readers of frictionless, for what no narrow rule decides.

The only module of the package that imports frictionless, and only when a cell needs it. Its Row
and Error objects are never made (they cost a hundred times the reading): findings are ours.
"""

from collections.abc import Callable, Mapping
from typing import Any

from territo_opendata.descriptors.model import Field

Notes = Mapping[str, str] | None
ExactReader = Callable[[Any], tuple[Any, Notes]]

_OURS = ("unique", "jsonSchema")


def exact_reader(field: Field) -> ExactReader:
    """Return frictionless' reader for the non-missing cells of `field`.

    It gives the typed value (None when it has not the type) and, by the name of the broken
    constraint or "type", a note, or None when all is well.
    """
    from frictionless import Field as Theirs

    descriptor = dict(field.descriptor)
    descriptor.update(name=field.name, type=field.type, missingValues=[])
    descriptor.pop("example", None)
    constraints = descriptor.get("constraints")
    if isinstance(constraints, Mapping):
        descriptor["constraints"] = {
            name: value for name, value in constraints.items() if name not in _OURS
        }
    theirs = Theirs.from_descriptor(descriptor, allow_invalid=True)
    reader: ExactReader = theirs.create_cell_reader()
    return reader
