"""HTTP: the one module that imports requests.

`stream` and `fetch_bytes` read files; `Connections` talks to a portal (see `portal`).

Redirects are followed by hand, so that each step is judged as `addresses` says; the address
reached is checked again once connected and before anything is sent, so that a name that
changes its address in between (DNS rebinding) leads nowhere. Proxies are those that
requests finds in the environment, certificates those of `certificates`; `.netrc` is not read.
"""

import ssl
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter

from territo_opendata import __version__
from territo_opendata.clients import failures
from territo_opendata.clients.addresses import check_host, origin, split_url
from territo_opendata.clients.answers import Answer, NoAnswerError, StatusError
from territo_opendata.clients.certificates import trusted
from territo_opendata.clients.public import PUBLIC_POOLS
from territo_opendata.errors import RemoteError
from territo_opendata.language import Text

MAX_REDIRECTS = 5
TIMEOUTS = (10.0, 30.0)
"""Seconds to wait for a connection, then for each piece of the answer."""

DEADLINE = 120.0
"""Seconds that `fetch_bytes` waits in all."""

MAX_ANSWER = 50_000_000
"""Bytes that `exchange` reads of an answer at most."""

_CHUNK = 65_536
_REDIRECTS = {301, 302, 303, 307, 308}
_HEADERS = {"User-Agent": f"territo-opendata/{__version__}", "Accept-Encoding": "identity"}


_UNCONNECTED_ERRORS = (
    requests.exceptions.ConnectTimeout,
    requests.exceptions.InvalidURL,
    ssl.SSLCertVerificationError,
    urllib3.exceptions.ConnectTimeoutError,
    urllib3.exceptions.NewConnectionError,
)


@dataclass(frozen=True, slots=True)
class Download:
    """An answer being read: where it came from in the end, its headers, its pieces."""

    url: str
    headers: Mapping[str, str]
    chunks: Iterator[bytes]


def fetch_bytes(
    url: str,
    *,
    limit: int,
    consent: frozenset[str] = frozenset(),
    headers: Mapping[str, str] | None = None,
) -> bytes:
    """Return the body at `url`, at most `limit` bytes of it or RemoteError.

    See `stream`. Raises also RemoteError when the whole takes longer than `DEADLINE`.
    """
    end = time.monotonic() + DEADLINE
    body = bytearray()
    with stream(url, consent=consent, headers=headers) as download:
        for chunk in download.chunks:
            body += chunk
            if len(body) > limit:
                raise _failed(url, f"plus de {limit} octets", f"more than {limit} bytes")
            if time.monotonic() > end:
                raise _failed(url, "réponse trop lente", "the answer is too slow")
    return bytes(body)


@contextmanager
def stream(
    url: str,
    *,
    consent: frozenset[str] = frozenset(),
    headers: Mapping[str, str] | None = None,
) -> Iterator[Download]:
    """Give the answer at `url`, to be read piece by piece.

    `consent` holds the origins that the user typed (`addresses.origin`); elsewhere only public
    addresses are read. `headers` (a token, say) go to the origin of `url` alone. Raises
    UnsafePathError for an address that may not be read, RemoteError when there is no answer,
    StatusError when it is not 200.
    """
    with ExitStack() as opened:
        with _translated(url):
            response = _follow(opened, url, consent, headers or {})
        yield Download(response.url, response.headers, _chunks(url, response))


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent to a server; `body` is iterated over once."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | Iterable[bytes] | None = None
    timeouts: tuple[float, float] = TIMEOUTS


class Connections:
    """Connections to the servers of a portal, kept open between requests."""

    def __init__(self) -> None:
        self._session = _new_session()

    def exchange(self, request: Request) -> Answer:
        """Return the answer, whatever its status; a redirect is not followed.

        Raises NoAnswerError when none came, RemoteError when it is longer than `MAX_ANSWER` or
        takes longer than `DEADLINE` to come in.
        """
        end = time.monotonic() + DEADLINE + request.timeouts[1]
        url, body = request.url, bytearray()
        _check_proxy(url)
        with _translated(url):
            response = self._session.request(
                request.method,
                url,
                headers={**_HEADERS, **request.headers},
                data=request.body,
                timeout=request.timeouts,
                stream=True,
                allow_redirects=False,
            )
        with closing(response):
            for chunk in _chunks(url, response):
                body += chunk
                if len(body) > MAX_ANSWER:
                    raise _failed(url, f"plus de {MAX_ANSWER} octets", f"over {MAX_ANSWER} bytes")
                if time.monotonic() > end:
                    raise _failed(url, "réponse trop lente", "the answer is too slow")
        return Answer(response.status_code, response.headers, bytes(body), url)

    def close(self) -> None:
        """Let go of the connections."""
        self._session.close()


def _follow(
    opened: ExitStack, url: str, consent: frozenset[str], headers: Mapping[str, str]
) -> requests.Response:
    start, here = origin(url), url
    for _ in range(MAX_REDIRECTS + 1):
        sent = {**_HEADERS, **(headers if origin(here) == start else {})}
        response = _get(opened.enter_context(_session(here, consent)), here, sent)
        opened.callback(response.close)
        if response.status_code not in _REDIRECTS:
            return _answered(here, response)
        there = urljoin(here, response.headers.get("Location", ""))
        if origin(here).startswith("https:") and origin(there).startswith("http:"):
            raise _failed(
                url, "elle renvoie vers une adresse non chiffrée", "it leads to plain http"
            )
        here = there
    raise _failed(url, "elle renvoie sans cesse ailleurs", "it redirects again and again")


def _new_session() -> requests.Session:
    session = requests.Session()
    session.auth = _no_netrc
    session.mount("https://", _Adapter())
    return session


def _session(url: str, consent: frozenset[str]) -> requests.Session:
    """Return a session for this one URL, once it is known to be allowed."""
    session = _new_session()
    if not _consented(url, consent):
        proxies = requests.utils.get_environ_proxies(url)
        check_host(split_url(url), proxied=bool(requests.utils.select_proxy(url, proxies)))
        session.mount("http://", _PublicAdapter())
        session.mount("https://", _PublicAdapter())
    return session


def _get(session: requests.Session, url: str, headers: Mapping[str, str]) -> requests.Response:
    _check_proxy(url)
    return session.get(url, headers=headers, timeout=TIMEOUTS, stream=True, allow_redirects=False)


def _check_proxy(url: str) -> None:
    """Raise RemoteError for a proxy that requests would stumble over, or that it has no means for."""
    proxies = requests.utils.get_environ_proxies(url)
    proxy = requests.utils.select_proxy(url, proxies) or "http://none"
    try:
        parts = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise RemoteError(*failures.sentences(url, *failures.BAD_PROXY))


def _consented(url: str, consent: frozenset[str]) -> bool:
    """Tell whether the user typed this origin, or its plain http form that now redirects."""
    here = origin(url)
    plain = here.replace("https://", "http://").removesuffix(":443") + ":80"
    return here in consent or (here.endswith(":443") and plain in consent)


class _Adapter(HTTPAdapter):
    """Trusts the certificates of the system too, behind a proxy or not."""

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options, ssl_context=trusted())

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        context = trusted()
        options |= {"ssl_context": context, "proxy_ssl_context": context}
        return super().proxy_manager_for(proxy, **options)


class _PublicAdapter(_Adapter):
    """Connects to public addresses only; what goes through a proxy is left to it."""

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = dict(PUBLIC_POOLS)


def _no_netrc(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _answered(url: str, response: requests.Response) -> requests.Response:
    status = response.status_code
    if status == 200:
        return response
    reasons = {
        401: ("accès refusé (401)", "access denied (401)"),
        403: ("accès refusé (403)", "access denied (403)"),
        404: ("rien à cette adresse (404)", "nothing there (404)"),
    }
    fr, en = reasons.get(status, (f"réponse {status}", f"answer {status}"))
    told = failures.PROXY_SIGN_IN if status == 407 else (Text(fr, en), failures.RETRY)
    raise StatusError(*failures.sentences(url, *told), status)


def _chunks(url: str, response: requests.Response) -> Iterator[bytes]:
    with _translated(url):
        # read1 gives what has come, so that a server that drips cannot hold a deadline back
        while piece := response.raw.read1(_CHUNK, decode_content=True):
            yield piece


@contextmanager
def _translated(url: str) -> Iterator[None]:
    """Turn the errors of requests and urllib3 into ours, once."""
    try:
        yield
    except (requests.exceptions.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
        sentences = failures.sentences(url, *failures.why(error))
        raise NoAnswerError(*sentences, sent=_may_be_sent(error)) from error


def _may_be_sent(error: BaseException | None) -> bool:
    """Tell whether a request may have reached the server: not if no connection was made.

    An error of the proxy or of TLS tells nothing: urllib3 says so of a connection cut later, too.
    """
    while error is not None:
        if isinstance(error, _UNCONNECTED_ERRORS):
            return False
        reason = getattr(error, "reason", None) or (error.args[0] if error.args else None)
        error = reason if isinstance(reason, BaseException) else error.__cause__
    return True


def _failed(url: str, fr: str, en: str) -> RemoteError:
    return RemoteError(*failures.sentences(url, Text(fr, en)))
