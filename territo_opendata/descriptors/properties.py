"""Names of the properties that descriptors may hold: those of the standard and customary ones.

Data Package v1 and v2, Table Schema (v2.1 gave schemas most of a package's properties), and
what schema.data.gouv.fr, Validata and frictionless read beside them.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from territo_opendata.descriptors.acceptance_constraints import CONSTRAINTS
from territo_opendata.descriptors.acceptance_fields import OPTIONS

_ABOUT = frozenset(
    {
        "$schema",
        "contributors",
        "created",
        "description",
        "homepage",
        "id",
        "image",
        "keywords",
        "licenses",
        "name",
        "profile",
        "sources",
        "title",
        "version",
    }
)
_CUSTOMARY = frozenset(
    {
        "author",
        "contact",
        "countryCode",
        "example",
        "language",
        "languages",
        "lastModified",
        "path",
        "updated",
        "uri",
    }
)
"""What French schemas say of themselves; those of the SCDL put `uri`, `updated`, `contact` and
`example` where schema.data.gouv.fr now has `path`, `lastModified`, `contributors`, `resources`."""

SCHEMA = _ABOUT | {
    "custom_checks",
    "fields",
    "fieldsMatch",
    "foreignKeys",
    "missingValues",
    "primaryKey",
    "resources",
    "uniqueKeys",
    *_CUSTOMARY,
}
FIELD_OPTIONS = frozenset(name for options in OPTIONS.values() for name in options) | {
    "categories",
    "categoriesOrdered",
}
FIELD = FIELD_OPTIONS | {
    "constraints",
    "customCheck",
    "custom_checks",
    "description",
    "example",
    "examples",
    "format",
    "missingValues",
    "name",
    "rdfType",
    "title",
    "type",
    "unit",
}
CONSTRAINT = frozenset(name for names in CONSTRAINTS.values() for name in names) | {
    "required",
    "unique",
}
FOREIGN_KEY = frozenset({"fields", "reference"})
REFERENCE = frozenset({"fields", "package", "resource"})
DIALECT = frozenset(
    {
        "$schema",
        "caseSensitiveHeader",
        "commentChar",
        "commentRows",
        "csvddfVersion",
        "delimiter",
        "description",
        "doubleQuote",
        "escapeChar",
        "header",
        "headerCase",
        "headerJoin",
        "headerRows",
        "itemKeys",
        "itemType",
        "lineTerminator",
        "name",
        "nullSequence",
        "property",
        "quoteChar",
        "sheetName",
        "sheetNumber",
        "skipBlankRows",
        "skipInitialSpace",
        "table",
        "title",
        "csv",
        "excel",
        "json",
        "ods",
    }
)
RESOURCE = _ABOUT | {
    "bytes",
    "compression",
    "data",
    "dialect",
    "documentation",
    "encoding",
    "extrapaths",
    "fields",
    "format",
    "hash",
    "innerpath",
    "mediatype",
    "path",
    "previousName",
    "rows",
    "schema",
    "scheme",
    "type",
}
PACKAGE = _ABOUT | {
    "accrualPeriodicity",
    "frequency",
    "lastModified",
    "language",
    "languages",
    "resources",
    "spatial",
    "temporal",
}


def unknown(descriptor: Mapping[str, Any], known: Collection[str]) -> Iterator[str]:
    """Yield each property that is not known, in order.

    Names that say they are private or of another vocabulary (`_x`, `x-y`, `dcat:z`) are not
    unknown.
    """
    for name in descriptor:
        if name not in known and not name.startswith(("_", "x-", "@")) and ":" not in name:
            yield name


def nearest(name: str, known: Collection[str]) -> str:
    """Return the known name that this one probably stands for, or ""."""
    import difflib

    plain = {each.casefold(): each for each in sorted(known)}
    found = difflib.get_close_matches(name[:80].casefold(), plain, n=1, cutoff=0.7)
    return plain[found[0]] if found else ""


def nearest_in_field(name: str) -> str:
    """Return what a property of a field probably stands for: a constraint out of place too."""
    return f"constraints.{name}" if name in CONSTRAINT else nearest(name, FIELD)
