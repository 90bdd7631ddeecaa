"""Provisional."""

from territo_opendata.language import Text
from territo_opendata.rules.model import Rule


def _r(code, severity, kind):
    t = Text(code, code)
    return Rule(code, severity, kind, t, t, t, t, t)


RULES = (
    _r('schema-unknown-property', 'warning', None),
    _r('schema-example-invalid', 'warning', None),
    _r('schema-pattern-corsica', 'warning', None),
    _r('schema-pattern-overseas', 'warning', None),
    _r('schema-foreign-key-field', 'warning', None),
    _r('schema-unknown-check', 'warning', None),
    _r('schema-check-params', 'warning', None),
    _r('schema-version-trap', 'warning', None),
    _r('schema-fields-match-form', 'warning', None),
    _r('schema-pattern-slow', 'warning', None),
    _r('schema-constraint-ignored', 'warning', None),
    _r('schema-profile', 'warning', None),
)
