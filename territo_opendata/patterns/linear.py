"""Patterns that RE2 judges, in time that grows with the text and the pattern alone."""

from functools import cache
from typing import Any

from territo_opendata.patterns.nodes import Node
from territo_opendata.patterns.rewrite import rewrite

# RE2 compiles larger programs, but is slow on them once its cache of states is full.
_MOST_INSTRUCTIONS = 50_000
# Instructions times bytes, for one text: each takes 3 ns at worst.
_MOST_WORK = 500_000_000


class LinearMatcher:
    """One pattern in RE2."""

    def __init__(self, program: Any) -> None:
        self._program = program
        self._longest = _MOST_WORK // max(1, program.programsize)

    def accepts(self, text: str) -> bool | None:
        """Return the verdict on `text`, or None: too long, or not to be written in UTF-8."""
        try:
            data = text.encode()
        except UnicodeEncodeError:
            return None
        return self._program.match(data) is not None if len(data) <= self._longest else None


def linear_matcher(tree: Node) -> LinearMatcher | None:
    """Return a matcher with the very meaning of `tree`, or None when RE2 has none."""
    pattern = rewrite(tree)
    if pattern is None:
        return None
    # Costs 30 ms, and few patterns need it.
    import re2

    try:
        program = re2.compile(pattern, _options())
    except re2.error:
        return None
    return LinearMatcher(program) if program.programsize <= _MOST_INSTRUCTIONS else None


@cache
def _options() -> Any:
    import re2

    options = re2.Options()
    options.log_errors = False
    options.never_capture = True
    return options
