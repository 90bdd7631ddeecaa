"""A conversation with one portal: secrets kept to its origin, retries only where they are safe.

The address of the portal was typed by the user, who thereby consents to its origin; nothing else
is sent the secret headers, and no redirect is followed with them.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlencode, urljoin

from urllib3.exceptions import InvalidHeader
from urllib3.util import Retry

from territo_opendata.clients import transport
from territo_opendata.clients.addresses import origin, shown
from territo_opendata.clients.answers import Answer, NoAnswerError, StatusError
from territo_opendata.clients.multipart import Multipart
from territo_opendata.errors import RemoteError

Timeouts = tuple[float, float]
Watch = Callable[[str, str, int | None], None]
"""Told of every exchange: method, path, HTTP status (None when no answer came)."""

TIMEOUTS: Timeouts = (10.0, 120.0)
"""Seconds to connect, then to wait for each piece of an answer: a portal indexes before it answers."""

POLICY = Retry(total=5, backoff_factor=0.5, backoff_max=10, raise_on_status=False)
PATIENCE = 60.0
"""Seconds that the waits before retries may take in all."""

_TEMPORARY = frozenset({429, 502, 503, 504})
_POSTPONED = frozenset({429, 503})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class PortalSession:
    """Requests to the portal at `base`, with `secret_headers` that nothing ever shows."""

    def __init__(
        self,
        base: str,
        *,
        secret_headers: Mapping[str, str] | None = None,
        watch: Watch | None = None,
        sleep: Callable[[float], None] | None = None,
    ) -> None:
        self.base = base.rstrip("/")
        self.origin = origin(base)
        self._secret_headers = dict(secret_headers or {})
        self._watch = watch
        self._sleep = sleep or time.sleep
        self._connections = transport.Connections()

    def __repr__(self) -> str:
        return f"PortalSession({shown(self.base)!r})"

    def send(  # noqa: PLR0913 - a request has as many parts
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, Any] | None = None,
        json: Any = None,
        upload: Multipart | None = None,
        headers: Mapping[str, str] | None = None,
        repeatable: bool = False,
        timeouts: Timeouts | None = None,
    ) -> Answer:
        """Return the answer of the portal to one request below its base, whatever its status.

        What is `repeatable` (a GET, and what the caller knows to be safe) is tried again when no
        answer came or the portal is overloaded; anything else only when it was surely not carried
        out. Raises NoAnswerError when no answer came, RemoteError for a redirect that may not be
        followed.
        """
        request = transport.Request(
            method=method,
            url=_address(self.base, path, query),
            headers={**self._secret_headers, **_described(json, upload), **(headers or {})},
            body=upload if upload is not None else _encoded(json),
            timeouts=timeouts or TIMEOUTS,
        )
        return self._retried(request, safe=repeatable or method == "GET")

    def stream(self, path_or_url: str) -> Iterator[bytes]:
        """Yield the bytes of a file of the portal, or of the address that the portal gives.

        Elsewhere than at the portal's origin only public addresses are read, and without the
        secret. Raises StatusError for an answer that is not 200.
        """
        url = urljoin(self.base + "/", path_or_url)
        with ExitStack() as opened:
            yield from self._open(opened, url).chunks

    def close(self) -> None:
        """Let go of the connections."""
        self._connections.close()

    def _retried(self, request: transport.Request, *, safe: bool) -> Answer:
        waits = _Waits(self._sleep)
        while True:
            try:
                answer = self._followed(request)
            except NoAnswerError as error:
                if (error.sent and not safe) or not waits.again():
                    raise
                continue
            hint = answer.headers.get("Retry-After")
            again = answer.status in _TEMPORARY if safe else answer.status in _POSTPONED and hint
            if not again or not waits.again(hint):
                return answer

    def _followed(self, request: transport.Request) -> Answer:
        """Return the answer, a GET being led on within the origin of the portal."""
        for _ in range(transport.MAX_REDIRECTS + 1):
            answer = self._exchanged(request)
            if answer.status not in _REDIRECTS:
                return answer
            there = urljoin(request.url, answer.headers.get("Location", ""))
            if request.method != "GET" or origin(there) != self.origin:
                raise _redirected(request.url, there)
            request = transport.Request("GET", there, request.headers, None, request.timeouts)
        raise _redirected(request.url, request.url)

    def _exchanged(self, request: transport.Request) -> Answer:
        status = None
        try:
            answer = self._connections.exchange(request)
            status = answer.status
        finally:
            if self._watch:
                self._watch(request.method, request.url.removeprefix(self.base), status)
        return answer

    def _open(self, opened: ExitStack, url: str) -> transport.Download:
        """Return the download at `url`, asked for again while the portal is overloaded."""
        waits = _Waits(self._sleep)
        secrets = self._secret_headers if origin(url) == self.origin else {}
        while True:
            try:
                return opened.enter_context(
                    transport.stream(url, consent=frozenset({self.origin}), headers=secrets)
                )
            except (NoAnswerError, StatusError) as error:
                temporary = not isinstance(error, StatusError) or error.status in _TEMPORARY
                if not temporary or not waits.again():
                    raise


class _Waits:
    """The waits before the retries of one request, bounded in number and in all."""

    def __init__(self, sleep: Callable[[float], None]) -> None:
        self._sleep = sleep
        self._policy = POLICY
        self._left = PATIENCE

    def again(self, hint: str | None = None) -> bool:
        """Wait before another try, as long as Retry-After says (RFC 9110, section 10.2.3).

        Returns False at once when there were tries enough or the wait would be too long.
        """
        if not self._policy.total:
            return False
        self._policy = self._policy.increment()
        seconds = max(_seconds(hint), self._policy.get_backoff_time())
        if seconds > self._left:
            return False
        self._left -= seconds
        self._sleep(seconds)
        return True


def _seconds(hint: str | None) -> float:
    if not hint:
        return 0.0
    try:
        return POLICY.parse_retry_after(hint)
    except InvalidHeader:
        return 0.0


def _address(base: str, path: str, query: Mapping[str, Any] | None) -> str:
    url = f"{base}/{path.lstrip('/')}"
    return f"{url}?{urlencode(query, doseq=True)}" if query else url


def _described(json: Any, upload: Multipart | None) -> dict[str, str]:
    if upload is not None:
        return {"Content-Type": upload.content_type}
    return {"Content-Type": "application/json"} if json is not None else {}


def _encoded(value: Any) -> bytes | None:
    import json

    return None if value is None else json.dumps(value).encode()


def _redirected(url: str, there: str) -> RemoteError:
    return RemoteError(
        f"« {shown(url)} » renvoie vers « {shown(there)} » : le jeton n’y est pas envoyé. "
        "Si c’est bien la nouvelle adresse du portail, donnez-la comme cible.",
        f"“{shown(url)}” redirects to “{shown(there)}”: the token is not sent there. "
        "If that is the new address of the portal, give it as the target.",
    )
