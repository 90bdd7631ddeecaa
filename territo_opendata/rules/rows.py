"""Provisional."""

from territo_opendata.language import Text
from territo_opendata.rules.model import Rule


def _r(code, severity, kind):
    t = Text(code, code)
    return Rule(code, severity, kind, t, t, t, t, t)


RULES = (
    _r('blank-row', 'error', 'blank-row'),
    _r('missing-cell', 'error', 'missing-cell'),
    _r('extra-cell', 'error', 'extra-cell'),
    _r('primary-key', 'error', 'primary-key'),
    _r('primary-key-empty', 'error', 'primary-key'),
    _r('unique-key', 'error', None),
    _r('unique', 'error', 'unique-error'),
    _r('foreign-key', 'error', 'foreign-key'),
)
