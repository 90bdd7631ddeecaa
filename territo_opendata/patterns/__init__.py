"""Patterns of hostile schemas, judged exactly as frictionless judges them, in bounded time."""

from territo_opendata.patterns.failures import OutOfTimeError, PatternError
from territo_opendata.patterns.matcher import Matcher, compile_pattern
from territo_opendata.patterns.narrowing import narrow

__all__ = ["Matcher", "OutOfTimeError", "PatternError", "compile_pattern", "narrow"]
