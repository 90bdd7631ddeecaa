"""What can go wrong between a publisher and a portal, and when it does."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum


class Cut(Enum):
    """Where an exchange ends without an answer."""

    BEFORE = "cut before the request reaches the portal"
    UPLOAD = "cut in the middle of the request"
    AFTER = "carried out, but the answer is cut off whole"
    ANSWER = "carried out, but the answer is cut in the middle"
    STALL = "not carried out, and no answer ever comes"
    STALL_AFTER = "carried out, but no answer ever comes"


@dataclass(frozen=True)
class Refusal:
    """An answer that somebody in between gives; the portal never hears of the request."""

    status: int
    body: bytes = b"<html><body><h1>Erreur</h1></body></html>"
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "text/html"})


@dataclass(frozen=True)
class Kill:
    """The publisher's process dies by `strike`, before or after the request is carried out."""

    strike: Callable[[], None]
    after: bool = False


@dataclass(frozen=True)
class Meanwhile:
    """Something else happens, before or after the request is carried out; then all goes on."""

    act: Callable[[], None]
    after: bool = False


Fault = Cut | Refusal | Kill | Meanwhile

TOO_MANY = Refusal(429, b"{}", {"Content-Type": "application/json", "Retry-After": "0"})
FAULTS: Mapping[str, Fault] = {
    "cut-before": Cut.BEFORE,
    "cut-upload": Cut.UPLOAD,
    "cut-after": Cut.AFTER,
    "cut-answer": Cut.ANSWER,
    "429": TOO_MANY,
    "500": Refusal(500),
    "502": Refusal(502),
    "403": Refusal(403),
    "413": Refusal(413),
    "stall": Cut.STALL,
    "stall-after": Cut.STALL_AFTER,
}
"""The faults of the matrix, by the names that its cases have."""

IN_TURN = {
    "cut-upload": ("cut-upload",),
    "cut-after": ("cut-after",),
    "refusals": ("403", "413", "500", "502", "429", "cut-before"),
    "stalls": ("stall-after", "cut-answer", "stall"),
}
"""The same, those taking turns at the steps that leave the portal alike."""

NEVER_CARRIED_OUT = frozenset(
    {"cut-before", "cut-upload", "429", "500", "502", "403", "413", "stall"}
)


_READING = re.compile(r"/api/3/action/\w+_(show|list|search|info|for_user)$")


@dataclass(frozen=True)
class Exchange:
    """One request that came by: `number` counts from 0, `status` is None when no answer was given."""

    number: int
    method: str
    path: str
    size: int
    status: int | None = None
    fault: Fault | None = None

    @property
    def writes(self) -> bool:
        """Whether the request may change something. CKAN's actions are all asked for by POST."""
        return self.method not in ("GET", "HEAD") and not _READING.search(self.path)


Matcher = Callable[[Exchange], bool]


def writing(exchange: Exchange) -> bool:
    """Pick the requests that may change something."""
    return exchange.writes


def reading(exchange: Exchange) -> bool:
    """Pick those that change nothing."""
    return not exchange.writes


@dataclass
class Rule:
    """A fault for the nth matching request (from 0), or for that one and all that follow."""

    fault: Fault
    nth: int = 0
    always: bool = False
    matches: Matcher = writing
    seen: int = 0
    hits: int = 0

    def judge(self, exchange: Exchange) -> Fault | None:
        """Return the fault for this request, if it is one that is meant."""
        if not self.matches(exchange):
            return None
        self.seen += 1
        if not self._hits(exchange):
            return None
        self.hits += 1
        return self.fault

    def _hits(self, _exchange: Exchange) -> bool:
        past = self.seen - 1 - self.nth
        return past == 0 or (self.always and past > 0)


@dataclass
class OnceEach(Rule):
    """A fault for each different request when it first comes by: each step fails once.

    Requests are told apart by method, path and size: two uploads to one address have two sizes.
    With `others`, the faults take turns.
    """

    others: tuple[Fault, ...] = ()
    known: set[tuple[str, str, int]] = field(default_factory=set)

    def _hits(self, exchange: Exchange) -> bool:
        key = (exchange.method, exchange.path, exchange.size)
        if key in self.known:
            return False
        self.known.add(key)
        self.fault, *rest = (*self.others, self.fault)
        self.others = tuple(rest)
        return True


def path_like(pattern: str, method: str | None = None) -> Matcher:
    """Return what picks requests by their path and method."""
    return lambda exchange: (
        method in (None, exchange.method) and re.search(pattern, exchange.path) is not None
    )
