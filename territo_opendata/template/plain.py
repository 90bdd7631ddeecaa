"""An empty table as CSV."""

import csv
import io

from territo_opendata.descriptors.model import Schema
from territo_opendata.template.examples import example_row


def plain_template(schema: Schema, *, example: bool = True) -> str:
    """Return the header of the schema, and its example row if asked, as CSV (UTF-8, commas)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(schema.field_names)
    if example:
        writer.writerow(example_row(schema))
    return out.getvalue()
