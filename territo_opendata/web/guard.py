"""Who may speak to the page: this machine's browser, at the address that `territo serve` told.

The address holds a secret, and no cookie is set: there is nothing that a browser would send along
by itself, so another site has nothing to ride on (OWASP, "Cross-Site Request Forgery"). The Host
header is compared, for a name that an attacker points at 127.0.0.1 ("DNS rebinding") is refused;
so are the Origin and Sec-Fetch-Site of other sites, should the address ever leak.
"""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""What the page may load (Content Security Policy 3): its own files, nothing written in it."""

REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
"""The same for a report, whose styles are written in it and which needs nothing else."""

_HEADERS = {
    b"content-security-policy": POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"cache-control": b"no-store",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), microphone=(), geolocation=()",
}
_READING = ("GET", "HEAD")
_SITES = ("", "same-origin", "none")


@dataclass(frozen=True, slots=True)
class Guard:
    """Lets through to `app` what is asked at `port` of this machine, below the secret `token`."""

    app: ASGIApp
    token: str
    port: int

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request (ASGI 3)."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        status = self._refusal(scope)
        app = self.app if status is None else PlainTextResponse(_SAID[status], status)
        await app(scope, receive, _with_headers(send))

    def _refusal(self, scope: Scope) -> int | None:
        """Return the status that the request is refused with, None when it may pass."""
        headers = scope["headers"]
        hosts = (f"127.0.0.1:{self.port}", f"localhost:{self.port}")
        if _one(headers, b"host") not in hosts:
            return 421
        origin = _one(headers, b"origin")
        own = origin in tuple(f"http://{host}" for host in hosts)
        if not own and (origin or scope["method"] not in _READING):
            return 403
        if _one(headers, b"sec-fetch-site") not in _SITES:
            return 403
        return None if self._knows_the_secret(scope["path"]) else 404

    def _knows_the_secret(self, path: str) -> bool:
        given = path.removeprefix("/").split("/", maxsplit=1)[0]
        return hmac.compare_digest(given.encode(), self.token.encode())


_SAID = {
    403: "Demande venue d’un autre site : refusée. / Request from another site: refused.\n",
    404: "Rien ici. Ouvrez l’adresse entière que « territo serve » a affichée. / "
    "Nothing here. Open the whole address that “territo serve” showed.\n",
    421: "Cette adresse n’est pas celle de territo. / This address is not that of territo.\n",
}


def _one(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> str:
    """Return a header's value, "" without one; several different ones are no value at all."""
    found = {value for key, value in headers if key == name}
    return found.pop().decode("latin-1") if len(found) == 1 else "?" * len(found)


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = list(message.get("headers", ()))
            named = {key.lower() for key, _ in given}
            added = [each for each in _HEADERS.items() if each[0] not in named]
            message = {**message, "headers": [*given, *added]}
        await send(message)

    return sent
