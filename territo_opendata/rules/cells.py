"""Provisional."""

from territo_opendata.language import Text
from territo_opendata.rules.model import Rule


def _r(code, severity, kind):
    t = Text(code, code)
    return Rule(code, severity, kind, t, t, t, t, t)


RULES = (
    _r('required', 'error', 'constraint-error'),
    _r('type-any', 'error', 'type-error'),
    _r('type-array', 'error', 'type-error'),
    _r('type-boolean', 'error', 'type-error'),
    _r('type-date', 'error', 'type-error'),
    _r('type-datetime', 'error', 'type-error'),
    _r('type-duration', 'error', 'type-error'),
    _r('type-geojson', 'error', 'type-error'),
    _r('type-geopoint', 'error', 'type-error'),
    _r('type-integer', 'error', 'type-error'),
    _r('type-list', 'error', 'type-error'),
    _r('type-number', 'error', 'type-error'),
    _r('type-object', 'error', 'type-error'),
    _r('type-string', 'error', 'type-error'),
    _r('type-time', 'error', 'type-error'),
    _r('type-year', 'error', 'type-error'),
    _r('type-yearmonth', 'error', 'type-error'),
    _r('format-email', 'error', 'type-error'),
    _r('format-uri', 'error', 'type-error'),
    _r('format-uuid', 'error', 'type-error'),
    _r('format-binary', 'error', 'type-error'),
    _r('format-wkt', 'error', 'type-error'),
    _r('pattern', 'error', 'constraint-error'),
    _r('enum', 'error', 'constraint-error'),
    _r('minimum', 'error', 'constraint-error'),
    _r('maximum', 'error', 'constraint-error'),
    _r('exclusive-minimum', 'error', 'constraint-error'),
    _r('exclusive-maximum', 'error', 'constraint-error'),
    _r('min-length', 'error', 'constraint-error'),
    _r('max-length', 'error', 'constraint-error'),
    _r('json-schema', 'error', None),
    _r('categories', 'error', None),
)
