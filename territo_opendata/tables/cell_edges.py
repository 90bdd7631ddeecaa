"""What a spreadsheet or a copy leaves around a text: spaces nobody sees, the signs of a formula.

Only free texts are looked at for it: other cells have rules that it breaks. Stands apart from the
fixes, for every text of a table is looked at.
"""

import re
from typing import Literal

from territo_opendata.descriptors.model import Field

BLANKS = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\u200b\ufeff"
)
"""Characters that show nothing at the edge of a text."""

FORMULA = re.compile(r'="([^"]*)"')
"""What keeps a spreadsheet from reading a code as a number, and has no meaning elsewhere."""

EdgeCode = Literal["outer-spaces", "spreadsheet-text"]


def is_free_text(field: Field) -> bool:
    """Tell whether any text is a value of the field, but for its constraints."""
    listed = field.constraints.get("enum") is not None or field.options.get("categories")
    return field.type == "string" and field.format == "default" and not listed


def edge_code(text: str) -> EdgeCode | None:
    """Return the code of what stands around a text, None for nothing, or nothing but spaces."""
    if not text or not (text[0] in BLANKS or text[-1] in BLANKS or text.startswith('="')):
        return None
    inner = text.strip(BLANKS)
    if FORMULA.fullmatch(inner):
        return "spreadsheet-text"
    return "outer-spaces" if inner and inner != text else None
