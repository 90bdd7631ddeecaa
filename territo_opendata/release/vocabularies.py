"""Controlled vocabularies that DCAT-AP 3 asks for, by the words that descriptors use.

Authority tables of the Publications Office of the European Union, and IANA media types.
"""

from collections.abc import Mapping
from typing import Any

AUTHORITY = "http://publications.europa.eu/resource/authority/"
IANA = "https://www.iana.org/assignments/media-types/"
LANGUAGE = AUTHORITY + "language/FRA"
PUBLIC = AUTHORITY + "access-right/PUBLIC"
FRANCE = AUTHORITY + "country/FRA"
SHA256 = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"

_FILE_TYPES = {
    "csv": "CSV",
    "geojson": "GEOJSON",
    "json": "JSON",
    "ods": "ODS",
    "parquet": "PARQUET",
    "pdf": "PDF",
    "txt": "TXT",
    "xlsx": "XLSX",
    "xml": "XML",
    "zip": "ZIP",
}

_FREQUENCIES = {
    "annual": "ANNUAL",
    "as-needed": "AS_NEEDED",
    "biennial": "BIENNIAL",
    "continuous": "CONT",
    "daily": "DAILY",
    "irregular": "IRREG",
    "monthly": "MONTHLY",
    "punctual": "NEVER",
    "quarterly": "QUARTERLY",
    "semiannual": "ANNUAL_2",
    "triennial": "TRIENNIAL",
    "unknown": "UNKNOWN",
    "weekly": "WEEKLY",
}

# data.gouv.fr knows the Licence Ouverte by this address and not by those of SPDX or of the EU.
_LICENCES = {
    "etalab-2.0": "https://www.etalab.gouv.fr/licence-ouverte-open-licence",
    "lov2": "https://www.etalab.gouv.fr/licence-ouverte-open-licence",
    "cc-by-4.0": AUTHORITY + "licence/CC_BY_4_0",
    "cc0-1.0": AUTHORITY + "licence/CC0",
    "odbl-1.0": "http://opendatacommons.org/licenses/odbl/summary/",
}


def file_type(format_: str) -> str | None:
    """Return the EU file type of a format, or None when the table is not known to have it."""
    code = _FILE_TYPES.get(format_.lower())
    return f"{AUTHORITY}file-type/{code}" if code else None


def frequency(word: str) -> str | None:
    """Return the EU frequency for a word (the identifiers of udata) or an address of the table."""
    if word.startswith(AUTHORITY + "frequency/"):
        return word
    code = _FREQUENCIES.get(word.lower())
    return f"{AUTHORITY}frequency/{code}" if code else None


def licence(descriptor: Mapping[str, Any]) -> str | None:
    """Return the address that catalogues know a licence by: a `licenses` entry's name or path."""
    known = _LICENCES.get(str(descriptor.get("name", "")).lower())
    return known or descriptor.get("path")
