"""Provisional."""

from territo_opendata.language import Text
from territo_opendata.rules.model import Rule


def _r(code, severity, kind):
    t = Text(code, code)
    return Rule(code, severity, kind, t, t, t, t, t)


RULES = (
    _r('file-empty', 'error', 'source-error'),
    _r('header-only', 'warning', None),
    _r('file-binary', 'error', None),
    _r('encoding-undecodable', 'error', 'encoding-error'),
    _r('encoding-not-utf8', 'warning', None),
    _r('byte-order-mark', 'warning', None),
    _r('delimiter-unusual', 'warning', None),
    _r('title-rows', 'warning', None),
    _r('nul-character', 'error', None),
    _r('unclosed-quote', 'error', None),
    _r('csv-unreadable', 'error', 'source-error'),
    _r('hash-mismatch', 'error', 'hash-count'),
    _r('bytes-mismatch', 'error', 'byte-count'),
)
