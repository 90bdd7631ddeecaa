"""Controlled vocabularies that DCAT-AP 3 asks for, by the words that descriptors use.

Authority tables of the Publications Office of the European Union (file-type, frequency,
language, licence, access-right), IANA media types, and the addresses of INSEE.
"""

from collections.abc import Mapping
from typing import Any

from territo_opendata.release.addresses import web_iri

AUTHORITY = "http://publications.europa.eu/resource/authority/"
EU_FREQUENCY = AUTHORITY + "frequency/"
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

# By the code of the EU, the identifier of udata 17: core/dataset/constants.py, class
# UpdateFrequency, whose comments give the codes, and core/dataset/rdf.py, which reads them.
FREQUENCIES = {
    "UPDATE_CONT": "continuous",
    "1MIN": "oneMinute",
    "5MIN": "fiveMinutes",
    "10MIN": "tenMinutes",
    "15MIN": "fifteenMinutes",
    "30MIN": "thirtyMinutes",
    "HOURLY": "hourly",
    "BIHOURLY": "bihourly",
    "TRIHOURLY": "trihourly",
    "12HRS": "twelveHours",
    "CONT": "severalTimesADay",
    "DAILY_3": "threeTimesADay",
    "DAILY_2": "semidaily",
    "DAILY": "daily",
    "WEEKLY_5": "fiveTimesAWeek",
    "WEEKLY_3": "threeTimesAWeek",
    "WEEKLY_2": "semiweekly",
    "WEEKLY": "weekly",
    "BIWEEKLY": "biweekly",
    "MONTHLY_3": "threeTimesAMonth",
    "MONTHLY_2": "semimonthly",
    "MONTHLY": "monthly",
    "BIMONTHLY": "bimonthly",
    "QUARTERLY": "quarterly",
    "ANNUAL_3": "threeTimesAYear",
    "ANNUAL_2": "semiannual",
    "ANNUAL": "annual",
    "BIENNIAL": "biennial",
    "TRIENNIAL": "triennial",
    "QUADRENNIAL": "quadrennial",
    "QUINQUENNIAL": "quinquennial",
    "DECENNIAL": "decennial",
    "BIDECENNIAL": "bidecennial",
    "TRIDECENNIAL": "tridecennial",
    "AS_NEEDED": "punctual",
    "IRREG": "irregular",
    "NEVER": "never",
    "NOT_PLANNED": "notPlanned",
    "OTHER": "other",
    "UNKNOWN": "unknown",
}
_FREQUENCY_CODES = {
    name.lower().replace("_", ""): code
    for code, word in FREQUENCIES.items()
    for name in (code, word)
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

# By the name in lower case: the address, the identifier on data.gouv.fr, the name at SPDX if any.
# The authority table has no entry for the Licence Ouverte: its own address stands for it.
_LICENCES: Mapping[str, tuple[str, str, str | None]] = {
    "etalab-2.0": (
        "https://www.etalab.gouv.fr/licence-ouverte-open-licence",
        "lov2",
        "etalab-2.0",
    ),
    "etalab-1.0": (
        "https://www.etalab.gouv.fr/wp-content/uploads/2014/05/Licence_Ouverte.pdf",
        "fr-lo",
        None,
    ),
    "cc-by-4.0": (AUTHORITY + "licence/CC_BY_4_0", "cc-by", "CC-BY-4.0"),
    "cc-by-sa-4.0": (AUTHORITY + "licence/CC_BYSA_4_0", "cc-by-sa", "CC-BY-SA-4.0"),
    "cc0-1.0": (AUTHORITY + "licence/CC0", "cc-zero", "CC0-1.0"),
    "odbl-1.0": (AUTHORITY + "licence/ODC_BL", "odc-odbl", "ODbL-1.0"),
    "odc-by-1.0": (AUTHORITY + "licence/ODC_BY", "odc-by", "ODC-By-1.0"),
    "pddl-1.0": (AUTHORITY + "licence/ODC_PDDL", "odc-pddl", "PDDL-1.0"),
}
_BY_PORTAL = {portal: name for name, (_, portal, _) in _LICENCES.items()}


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
    """Return the EU frequency for a word: an identifier of udata, a code or an address of the EU."""
    plain = word.removeprefix(EU_FREQUENCY).lower().replace("-", "").replace("_", "")
    code = _FREQUENCY_CODES.get(plain)
    return EU_FREQUENCY + code if code else None


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


def package_licence(portal_id: str) -> str | None:
    """Return the name of a licence in a package, in lower case, by its identifier on data.gouv.fr."""
    return _BY_PORTAL.get(portal_id)


def spdx_licence(declared: Mapping[str, Any]) -> str | None:
    """Return the identifier of a licence in the list of SPDX, if known."""
    known = _known_licence(declared)
    return known[2] if known else None


def _known_licence(declared: Mapping[str, Any]) -> tuple[str, str, str | None] | None:
    name = str(declared.get("name", "")).lower()
    return _LICENCES.get(_BY_PORTAL.get(name, name))
