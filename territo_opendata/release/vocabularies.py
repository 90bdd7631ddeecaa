"""Controlled vocabularies that DCAT-AP 3 asks for, by the words that descriptors use.

Authority tables of the Publications Office of the European Union (file-type, frequency,
language, licence, access-right), IANA media types, and the addresses of INSEE.
"""

from collections.abc import Mapping
from typing import Any

from territo_opendata.release.addresses import web_iri

AUTHORITY = "http://publications.europa.eu/resource/authority/"
IANA = "https://www.iana.org/assignments/media-types/"
PUBLIC = AUTHORITY + "access-right/PUBLIC"
FRANCE = "http://id.insee.fr/geo/pays/france"
SHA256 = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"

_FILE_TYPES = {
    "csv": "CSV",
    "geojson": "GEOJSON",
    "gpkg": "GPKG",
    "json": "JSON",
    "ods": "ODS",
    "parquet": "PARQUET",
    "pdf": "PDF",
    "txt": "TXT",
    "xlsx": "XLSX",
    "xml": "XML",
    "zip": "ZIP",
}

# The words are the identifiers of udata 17 (GET /datasets/frequencies/), which reads each of these
# codes back as the word beside it (udata/core/dataset/rdf.py, EUFREQ_TERM_TO_UDATA).
_FREQUENCIES = {
    "annual": "ANNUAL",
    "bidecennial": "BIDECENNIAL",
    "biennial": "BIENNIAL",
    "bimonthly": "BIMONTHLY",
    "biweekly": "BIWEEKLY",
    "continuous": "UPDATE_CONT",
    "daily": "DAILY",
    "decennial": "DECENNIAL",
    "hourly": "HOURLY",
    "irregular": "IRREG",
    "monthly": "MONTHLY",
    "never": "NEVER",
    "notplanned": "NOT_PLANNED",
    "other": "OTHER",
    "punctual": "AS_NEEDED",
    "quadrennial": "QUADRENNIAL",
    "quarterly": "QUARTERLY",
    "quinquennial": "QUINQUENNIAL",
    "semiannual": "ANNUAL_2",
    "semidaily": "DAILY_2",
    "semimonthly": "MONTHLY_2",
    "semiweekly": "WEEKLY_2",
    "threetimesaday": "DAILY_3",
    "threetimesamonth": "MONTHLY_3",
    "threetimesaweek": "WEEKLY_3",
    "threetimesayear": "ANNUAL_3",
    "triennial": "TRIENNIAL",
    "unknown": "UNKNOWN",
    "weekly": "WEEKLY",
}

_LANGUAGES = {
    "br": "BRE",
    "ca": "CAT",
    "co": "COS",
    "de": "DEU",
    "en": "ENG",
    "es": "SPA",
    "eu": "EUS",
    "fr": "FRA",
    "it": "ITA",
    "nl": "NLD",
    "oc": "OCI",
    "pt": "POR",
}

# By the name in lower case: the address, the identifier on data.gouv.fr, the name at SPDX.
# The authority table has no entry for the Licence Ouverte: its own address stands for it.
_LICENCES = {
    "etalab-2.0": (
        "https://www.etalab.gouv.fr/licence-ouverte-open-licence",
        "lov2",
        "etalab-2.0",
    ),
    "cc-by-4.0": (AUTHORITY + "licence/CC_BY_4_0", "cc-by", "CC-BY-4.0"),
    "cc-by-sa-4.0": (AUTHORITY + "licence/CC_BYSA_4_0", "cc-by-sa", "CC-BY-SA-4.0"),
    "cc0-1.0": (AUTHORITY + "licence/CC0", "cc-zero", "CC0-1.0"),
    "odbl-1.0": (AUTHORITY + "licence/ODC_BL", "odc-odbl", "ODbL-1.0"),
    "odc-by-1.0": (AUTHORITY + "licence/ODC_BY", "odc-by", "ODC-By-1.0"),
    "pddl-1.0": (AUTHORITY + "licence/ODC_PDDL", "odc-pddl", "PDDL-1.0"),
}
_OTHER_NAMES = {"lov2": "etalab-2.0", "cc-by": "cc-by-4.0", "odc-odbl": "odbl-1.0"}


def file_type(format_: str) -> str | None:
    """Return the EU file type of a format, or None when the table is not known to have it."""
    code = _FILE_TYPES.get(format_.lower())
    return f"{AUTHORITY}file-type/{code}" if code else None


def media_type(name: str) -> str | None:
    """Return the address of a media type at IANA, or None for what is not shaped like one."""
    kind, slash, rest = name.partition("/")
    plain = (kind + rest).replace("-", "").replace(".", "").replace("+", "")
    return IANA + name if slash and kind and rest and plain.isascii() and plain.isalnum() else None


def frequency(word: str) -> str | None:
    """Return the EU frequency for a word (the identifiers of udata) or an address of the table."""
    code = word.removeprefix(AUTHORITY + "frequency/")
    if code != word:
        return word if code.replace("_", "").isalnum() and code.isascii() else None
    code = _FREQUENCIES.get(word.lower().replace("-", "").replace("_", ""), "")
    return f"{AUTHORITY}frequency/{code}" if code else None


def language(tag: str) -> str | None:
    """Return the EU language of a tag such as “fr” or “fr-FR”, or None for one not known here."""
    code = _LANGUAGES.get(tag.lower().partition("-")[0])
    return f"{AUTHORITY}language/{code}" if code else None


def licence(declared: Mapping[str, Any]) -> str | None:
    """Return the address that catalogues know a licence by: a `licenses` entry's name or path."""
    known = _known_licence(declared)
    return known[0] if known else web_iri(declared.get("path"))


def portal_licence(declared: Mapping[str, Any]) -> str | None:
    """Return the identifier of a licence on data.gouv.fr (GET /datasets/licenses/), if known."""
    known = _known_licence(declared)
    return known[1] if known else None


def spdx_licence(declared: Mapping[str, Any]) -> str | None:
    """Return the identifier of a licence in the list of SPDX, if known."""
    known = _known_licence(declared)
    return known[2] if known else None


def _known_licence(declared: Mapping[str, Any]) -> tuple[str, str, str] | None:
    name = str(declared.get("name", "")).lower()
    return _LICENCES.get(_OTHER_NAMES.get(name, name))
