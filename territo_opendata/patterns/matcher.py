"""A pattern made ready: the verdict of `re`, by the quickest of three ways that is safe.

Plain `re` where the number of steps is proved to be small; RE2 where the pattern can be written
for it with the very same meaning; else `re` in another process, under a time limit.
"""

import contextlib
import re
import time
import warnings
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from territo_opendata.patterns.allowance import Allowance
from territo_opendata.patterns.failures import OutOfTimeError, PatternError
from territo_opendata.patterns.nodes import Node, compilation_work
from territo_opendata.patterns.safety import SafeLengths
from territo_opendata.patterns.syntax import (
    REFUSALS,
    UnknownSyntaxError,
    anchored,
    parse,
)

if TYPE_CHECKING:
    from territo_opendata.patterns.linear import LinearMatcher

Tier = Literal["plain", "linear", "worker"]

_BATCH_TEXTS = 1000
_BATCH_CHARACTERS = 1_000_000
# A longer pattern, or one with more large sets of characters, takes seconds to compile.
_LONGEST_PATTERN = 20_000
_MOST_COMPILATION_WORK = 2_000_000


class Matcher:
    """Says of texts whether frictionless accepts them under `constraints.pattern`.

    May be used by several threads at once.
    """

    def __init__(self, pattern: str, compiled: re.Pattern[str] | None, tree: Node | None) -> None:
        self.pattern = pattern
        self._tree = tree
        self._compiled = compiled
        self._safe = SafeLengths(tree, compiled.groups) if compiled else SafeLengths(None, 0)
        self._allowance = Allowance()
        self._linear_matcher: LinearMatcher | None = None
        self._linear_sought = False

    def accepts(self, text: str) -> bool:
        """Return whether frictionless accepts `text`.

        Raises OutOfTimeError when that could not be decided in the time allowed; then the rule
        counts as not checked.
        """
        if self._compiled and self._safe.hold(text):
            return self._compiled.match(text) is not None
        return self._accepts_slowly([text])[0]

    def accepts_all(self, texts: Sequence[str]) -> list[bool]:
        """Return `accepts` of each text, quicker than one by one. Raises OutOfTimeError."""
        if self._compiled and self._safe.hold_all(texts):
            match = self._compiled.match
            return [match(text) is not None for text in texts]
        verdicts = [False] * len(texts)
        slow = []
        for i, text in enumerate(texts):
            if self._compiled and self._safe.hold(text):
                verdicts[i] = self._compiled.match(text) is not None
            else:
                slow.append(i)
        for i, verdict in zip(slow, self._accepts_slowly([texts[i] for i in slow]), strict=True):
            verdicts[i] = verdict
        return verdicts

    def tier(self, text: str) -> Tier:
        """Return the way in which `text` is judged."""
        if self._compiled and self._safe.hold(text):
            return "plain"
        linear = self._linear()
        return "linear" if linear and linear.accepts(text) is not None else "worker"

    def _accepts_slowly(self, texts: Sequence[str]) -> list[bool]:
        return [verdict for batch in _batches(texts) for verdict in self._judge(batch)]

    def _judge(self, texts: Sequence[str]) -> list[bool]:
        """Judge one batch within the allowance. Raises OutOfTimeError."""
        with self._allowance.spending(self.pattern, texts) as seconds:
            deadline = time.perf_counter() + seconds
            verdicts = [self._accepts_linearly(text, deadline) for text in texts]
            left = [text for text, verdict in zip(texts, verdicts, strict=True) if verdict is None]
            others = iter(self._accepts_elsewhere(left, deadline))
        return [next(others) if verdict is None else verdict for verdict in verdicts]

    def _accepts_linearly(self, text: str, deadline: float) -> bool | None:
        linear = self._linear()
        if linear is None:
            return None
        if time.perf_counter() > deadline:
            raise OutOfTimeError(self.pattern)
        return linear.accepts(text)

    def _accepts_elsewhere(self, texts: Sequence[str], deadline: float) -> list[bool]:
        if not texts:
            return []
        seconds = max(0.0, deadline - time.perf_counter())
        return _accepted_elsewhere(self.pattern, texts, seconds)

    def _linear(self) -> "LinearMatcher | None":
        if not self._linear_sought:
            self._linear_matcher = _linear_matcher(self._tree) if self._tree else None
            self._linear_sought = True
        return self._linear_matcher


def compile_pattern(pattern: str) -> Matcher:
    """Return a `Matcher` that judges as frictionless 5.21 does.

    frictionless compiles `^pattern$` with Python's `re` and wants `match` to find something: of
    the alternatives `a|b` only the second is held to the end, and `$` also stands before a last
    newline. Raises PatternError when `re` cannot compile that.
    """
    if len(pattern) > _LONGEST_PATTERN:
        return _compiled_elsewhere(pattern)
    try:
        tree = parse(pattern)
        heavy = compilation_work(tree) > _MOST_COMPILATION_WORK
    except (UnknownSyntaxError, RecursionError):
        return Matcher(pattern, _compiled(pattern), None)
    return _compiled_elsewhere(pattern) if heavy else Matcher(pattern, _compiled(pattern), tree)


def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return re.compile(anchored(pattern))
    except REFUSALS as error:
        raise PatternError(pattern, str(error) or type(error).__name__) from error


def _compiled_elsewhere(pattern: str) -> Matcher:
    """Return a matcher of a pattern that takes long to compile, unless `re` refuses it in time."""
    matcher = Matcher(pattern, None, None)
    # Out of time is no verdict on the pattern, and `accepts` will say so of each text.
    with contextlib.suppress(OutOfTimeError):
        matcher.accepts("")
    return matcher


# Most runs need neither RE2 nor another process, nor the modules that know how to use them.
def _linear_matcher(tree: Node) -> "LinearMatcher | None":
    from territo_opendata.patterns.linear import linear_matcher

    return linear_matcher(tree)


def _accepted_elsewhere(pattern: str, texts: Sequence[str], seconds: float) -> list[bool]:
    from territo_opendata.patterns import worker

    try:
        return worker.SHARED.accepted(anchored(pattern), texts, seconds)
    except worker.WorkerLostError as error:
        raise OutOfTimeError(pattern) from error
    except worker.PatternRefusedError as error:
        raise PatternError(pattern, str(error)) from error


def _batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield runs of texts small enough for one request."""
    batch: list[str] = []
    characters = 0
    for text in texts:
        if batch and (len(batch) == _BATCH_TEXTS or characters + len(text) > _BATCH_CHARACTERS):
            yield batch
            batch, characters = [], 0
        batch.append(text)
        characters += len(text)
    if batch:
        yield batch
