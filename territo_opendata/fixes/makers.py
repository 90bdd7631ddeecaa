"""Which fixes each finding may have, and the choice of the first that suits its cell."""

import re
from collections.abc import Mapping
from typing import Any

from territo_opendata.descriptors.model import Field
from territo_opendata.findings import Fix
from territo_opendata.fixes import codes, dates, enums, headers, identifiers, numbers, texts
from territo_opendata.fixes.fitting import fits
from territo_opendata.fixes.proposals import Maker, cleaned, trimmed

LONGEST = 1000
"""Characters beyond which no fix is looked for: no code, number or label is that long."""

_ON_LABELS = frozenset({"column-renamed", "incorrect-label"})
_OF_FIELDS = frozenset({"categories", "enum", "max-length", "min-length", "pattern"})

_SURROGATE = re.compile("[\ud800-\udfff]")

MAKERS: Mapping[str, tuple[Maker, ...]] = {
    "categories": (enums.listed,),
    "code-commune": (codes.communes,),
    "code-commune-arrondissement": (codes.arrondissement,),
    "code-commune-merged": (codes.merged,),
    "code-departement": (codes.departement,),
    "code-pays-iso2": (codes.country("alpha2"),),
    "code-pays-iso3": (codes.country("alpha3"),),
    "code-postal": (codes.postal,),
    "code-region": (codes.region,),
    "column-renamed": (headers.renamed,),
    "crte-code": (identifiers.canonical,),
    "enum": (enums.listed, codes.padded),
    "foreign-key": (codes.merged_reference, codes.near_reference),
    "format-email": (texts.emails,),
    "format-uri": (texts.addresses,),
    "format-uuid": (cleaned,),
    "gps-coordinates": (texts.points,),
    "identifier-form": (identifiers.canonical,),
    "incorrect-label": (headers.renamed,),
    "max-length": (cleaned,),
    "min-length": (codes.patterned,),
    "name-canton": (texts.names("canton"),),
    "name-commune": (texts.names("commune"),),
    "name-departement": (texts.names("departement"),),
    "name-pays": (texts.names("pays"),),
    "name-region": (texts.names("region"),),
    "nomenclature-acte": (texts.actes,),
    "number-mangled": (identifiers.mangled,),
    "outer-spaces": (trimmed,),
    "pattern": (codes.patterned, dates.iso_texts, identifiers.lost),
    "phone-number": (texts.phones,),
    "qpv-code": (identifiers.canonical,),
    "siren-checksum": (identifiers.checksum,),
    "siren-format": (identifiers.siren_format,),
    "siren-length": (identifiers.siren_length,),
    "siret-checksum": (identifiers.checksum,),
    "siret-format": (identifiers.siret_format,),
    "siret-length": (identifiers.siret_length,),
    "siret-siren": (identifiers.siret_siren,),
    "spreadsheet-text": (cleaned,),
    "type-boolean": (enums.booleans,),
    "type-date": (cleaned, dates.dates),
    "type-datetime": (cleaned, dates.datetimes),
    "type-integer": (cleaned, numbers.numbers),
    "type-number": (cleaned, numbers.numbers),
    "type-year": (cleaned, dates.years),
    "type-yearmonth": (cleaned, dates.months),
    "year-interval": (texts.periods,),
}
"""What may mend a cell in which a rule found a fault, the surest way first."""


def propose(code: str, value: str, field: Field | None, facts: Mapping[str, Any]) -> Fix | None:
    """Return the mend of a cell (or label) in which the rule `code` found a fault, or None.

    A value that is proposed satisfies the type and the constraints of `field`. Pure: the same
    arguments give the same fix, and no text makes it raise.
    """
    if len(value) > LONGEST or (not value.isascii() and _SURROGATE.search(value)):
        return None
    for maker in MAKERS.get(code, ()):
        for fix in maker(value, field, facts):
            if _suits(fix, code, value, field):
                return fix
    return None


def _suits(fix: Fix, code: str, value: str, field: Field | None) -> bool:
    if fix.value is None:
        return True
    if fix.value == value:
        return False
    if code in _ON_LABELS:
        return True
    if field is not None:
        return fits(fix.value, field)
    # A fault that the field's own rules found cannot be mended without knowing these rules.
    return code not in _OF_FIELDS and not code.startswith(("type-", "format-"))
