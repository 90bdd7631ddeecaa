"""Provisional."""

from territo_opendata.language import Text
from territo_opendata.rules.model import Rule


def _r(code, severity, kind):
    t = Text(code, code)
    return Rule(code, severity, kind, t, t, t, t, t)


RULES = (
    _r('siren-length', 'error', None),
    _r('siren-checksum', 'error', None),
    _r('siren-format', 'error', None),
    _r('siret-length', 'error', None),
    _r('siret-checksum', 'error', None),
    _r('siret-format', 'error', None),
    _r('siret-siren', 'error', None),
    _r('number-mangled', 'error', None),
    _r('cohesive-columns', 'error', None),
    _r('compare-columns', 'error', None),
    _r('sum-columns', 'error', None),
    _r('one-of-required', 'error', None),
    _r('year-interval', 'error', None),
    _r('opening-hours', 'error', None),
    _r('phone-number', 'error', None),
    _r('gps-coordinates', 'error', None),
    _r('nomenclature-acte', 'error', None),
    _r('code-commune', 'error', None),
    _r('code-commune-merged', 'error', None),
    _r('code-commune-arrondissement', 'error', None),
    _r('code-postal', 'error', None),
    _r('code-region', 'error', None),
    _r('code-departement', 'error', None),
    _r('code-fantoir', 'error', None),
    _r('code-pays-iso2', 'error', None),
    _r('code-pays-iso3', 'error', None),
    _r('name-commune', 'error', None),
    _r('name-departement', 'error', None),
    _r('name-region', 'error', None),
    _r('name-canton', 'error', None),
    _r('name-pays', 'error', None),
    _r('commune-departement', 'error', None),
    _r('epci-siren', 'error', None),
    _r('qpv-code', 'error', None),
    _r('crte-code', 'error', None),
    _r('identifier-form', 'error', None),
    _r('both-or-neither', 'error', None),
    _r('parts-add-up', 'error', None),
    _r('contiguous-periods', 'error', None),
    _r('conditional-required', 'error', None),
    _r('conditional-value', 'error', None),
)
