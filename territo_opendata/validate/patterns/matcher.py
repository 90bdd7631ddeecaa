"""A pattern made ready: the verdict of `re`, by the quickest of three ways that is safe.

Plain `re` where the number of steps is proved to be small; RE2 where the pattern can be written
for it with the very same meaning; else `re` in another process, under a time limit.
"""

import bisect
import re
import threading
import time
import warnings
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Literal

from territo_opendata.validate.patterns.cost import steps
from territo_opendata.validate.patterns.failures import OutOfTimeError, PatternError
from territo_opendata.validate.patterns.growth import Growth
from territo_opendata.validate.patterns.nodes import Node
from territo_opendata.validate.patterns.syntax import (
    REFUSALS,
    UnknownSyntaxError,
    anchored,
    parse,
)
from territo_opendata.validate.patterns.worker import (
    Worker,
    WorkerLostError,
)

Tier = Literal["plain", "worker"]

# A step takes some 10 ns: at most 0.2 ms a text and 5 µs a character.
_STEPS_PER_TEXT = 20_000
_STEPS_PER_CHARACTER = 500
# The matcher of `re` needs some 100 bytes a character when it repeats a group.
_LONGEST = 100_000
_BATCH_TEXTS = 1000
_BATCH_CHARACTERS = 1_000_000
_FIRST_SECONDS = 2.0
_SECONDS_PER_TEXT = 1e-4
_SECONDS_PER_CHARACTER = 1e-6

_WORKER = Worker()


class Matcher:
    """Says of texts whether frictionless accepts them under `constraints.pattern`."""

    def __init__(self, pattern: str, compiled: re.Pattern[str] | None, tree: Node | None) -> None:
        self.pattern = pattern
        self._compiled = compiled
        self._safe_lengths = _SafeLengths(tree if compiled else None)
        self._allowance = _Allowance()

    def accepts(self, text: str) -> bool:
        """Return whether frictionless accepts `text`.

        Raises OutOfTimeError when that could not be decided in the time allowed; then the rule
        counts as not checked.
        """
        if self._compiled and self._safe_lengths.hold(text):
            return self._compiled.match(text) is not None
        return self._accepts_slowly([text])[0]

    def accepts_all(self, texts: Sequence[str]) -> list[bool]:
        """Return `accepts` of each text, quicker than one by one. Raises OutOfTimeError."""
        verdicts = [False] * len(texts)
        slow = []
        for i, text in enumerate(texts):
            if self._compiled and self._safe_lengths.hold(text):
                verdicts[i] = self._compiled.match(text) is not None
            else:
                slow.append(i)
        for i, verdict in zip(slow, self._accepts_slowly([texts[i] for i in slow]), strict=True):
            verdicts[i] = verdict
        return verdicts

    def tier(self, text: str) -> Tier:
        """Return the way in which `text` is judged."""
        return "plain" if self._compiled and self._safe_lengths.hold(text) else "worker"

    def _accepts_slowly(self, texts: Sequence[str]) -> list[bool]:
        verdicts: list[bool] = []
        for batch in _batches(texts):
            verdicts += self._allowance.spend(self.pattern, batch)
        return verdicts


class _SafeLengths:
    """Up to which length plain `re` is proved to take few steps."""

    def __init__(self, tree: Node | None) -> None:
        self._tree = tree
        self._plain = self._longest(last_newline=False)
        self._newline: int | None = None

    def hold(self, text: str) -> bool:
        """Return whether plain `re` is safe on `text`."""
        if len(text) > self._plain:
            return False
        if not text.endswith("\n"):
            return True
        # `$` has two places to try there, and few cells end so.
        if self._newline is None:
            self._newline = self._longest(last_newline=True)
        return len(text) <= self._newline

    def _longest(self, *, last_newline: bool) -> int:
        if self._tree is None:
            return -1
        bound = steps(self._tree, last_newline=last_newline)
        # The bound is convex, so that all shorter texts are safe too.
        lengths = range(_LONGEST + 1)
        return bisect.bisect_left(lengths, True, key=partial(_exceeds, bound)) - 1


def _exceeds(bound: Growth, length: int) -> bool:
    return bound.at(length) > _STEPS_PER_TEXT + _STEPS_PER_CHARACTER * length


class _Allowance:
    """The time that one pattern may take: it grows with the texts, so the whole stays linear."""

    def __init__(self) -> None:
        self._seconds = _FIRST_SECONDS
        self._lock = threading.Lock()

    def spend(self, pattern: str, texts: Sequence[str]) -> list[bool]:
        """Judge one batch in the other process. Raises OutOfTimeError."""
        with self._lock:
            characters = sum(map(len, texts))
            self._seconds += _SECONDS_PER_TEXT * len(texts) + _SECONDS_PER_CHARACTER * characters
            if self._seconds <= 0:
                raise OutOfTimeError(pattern)
            start = time.perf_counter()
            try:
                return _WORKER.accepted(anchored(pattern), texts, self._seconds)
            except WorkerLostError as error:
                self._seconds = float("-inf")
                raise OutOfTimeError(pattern) from error
            finally:
                self._seconds -= time.perf_counter() - start


def compile_pattern(pattern: str) -> Matcher:
    """Return a `Matcher` that judges as frictionless 5.21 does.

    frictionless compiles `^pattern$` with Python's `re` and wants `match` to find something: of
    the alternatives `a|b` only the second is held to the end, and `$` also stands before a last
    newline. Raises PatternError when `re` cannot compile that.
    """
    try:
        tree = parse(pattern)
    except UnknownSyntaxError:
        tree = None
    return Matcher(pattern, _compiled(pattern), tree)


def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return re.compile(anchored(pattern))
    except REFUSALS as error:
        raise PatternError(pattern, str(error) or type(error).__name__) from error


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
