"""Provisional."""

from territo_opendata.language import Text
from territo_opendata.rules.model import Rule


def _r(code, severity, kind):
    t = Text(code, code)
    return Rule(code, severity, kind, t, t, t, t, t)


RULES = (
    _r('missing-label', 'error', 'missing-label'),
    _r('extra-label', 'error', 'extra-label'),
    _r('incorrect-label', 'error', 'incorrect-label'),
    _r('blank-label', 'error', 'blank-label'),
    _r('duplicate-label', 'error', 'duplicate-label'),
    _r('blank-header', 'error', 'blank-header'),
    _r('unmatched-header', 'error', 'unmatched-header'),
    _r('column-missing', 'error', None),
    _r('column-extra', 'error', None),
    _r('column-renamed', 'error', None),
    _r('columns-reordered', 'error', None),
    _r('column-duplicate', 'error', None),
    _r('column-unnamed', 'error', None),
    _r('header-ambiguous', 'error', 'general-error'),
)
