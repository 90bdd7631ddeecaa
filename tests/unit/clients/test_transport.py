"""Reading over HTTP, against a real server on this machine."""

import gc
import gzip
import itertools
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from territo_opendata.clients import transport
from territo_opendata.clients.addresses import origin
from territo_opendata.clients.answers import StatusError
from territo_opendata.errors import RemoteError, UnsafePathError


class Answers(BaseHTTPRequestHandler):
    """A server whose paths each misbehave in one way."""

    def do_GET(self) -> None:
        self.server.seen.append((self.path, dict(self.headers)))
        path = self.path.removeprefix("http://exemple.invalid")  # as a proxy is asked
        self.steps = path.split("?")[0].strip("/").split("/")
        with suppress(ConnectionError):
            getattr(self, f"answer_{self.steps[0]}", self.answer_none)()

    def reply(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for key, value in {"Content_Length": str(len(body)), **headers}.items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def answer_none(self) -> None:
        self.reply(404)

    def answer_ok(self) -> None:
        self.reply(200, b"x" * 200_000)

    def answer_forbidden(self) -> None:
        self.reply(403)

    def answer_teapot(self) -> None:
        self.reply(418)

    def answer_short(self) -> None:
        self.reply(200, b"abc", Content_Length="10")

    def answer_twolengths(self) -> None:
        self.reply(200, b"abc", content_length="10")

    def answer_chunked(self) -> None:
        self.protocol_version = "HTTP/1.1"
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")

    def answer_cut(self) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(b"3\r\nabc\r\nff\r\nde")

    def answer_gzip(self) -> None:
        self.reply(200, gzip.compress(b"0" * 5_000_000), Content_Encoding="gzip")

    def answer_badgzip(self) -> None:
        self.reply(200, b"ceci n'est pas du gzip", Content_Encoding="gzip")

    def answer_endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        while True:
            self.wfile.write(b"x" * 65_536)

    def answer_drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(200):
            self.wfile.write(b"x")
            time.sleep(0.02)

    def answer_mute(self) -> None:
        time.sleep(1)

    def answer_hop(self) -> None:
        left = int(self.steps[1])
        self.reply(302, Location=f"/hop/{left - 1}" if left else "/ok")

    def answer_elsewhere(self) -> None:
        self.reply(307, Location=f"http://127.0.0.1:{self.server.other}/ok")

    def answer_file(self) -> None:
        self.reply(302, Location="file:///etc/passwd")

    def answer_nowhere(self) -> None:
        self.reply(302)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture
def serve() -> Iterator[Callable[..., ThreadingHTTPServer]]:
    started = []

    def start(other: int = 0) -> ThreadingHTTPServer:
        server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        server.seen, server.other, server.daemon_threads = [], other, True
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        started.append(server)
        return server

    yield start
    for server in started:
        server.shutdown()
        server.server_close()


@pytest.fixture
def base(serve: Callable[..., ThreadingHTTPServer]) -> str:
    return f"http://127.0.0.1:{serve().server_port}"


def fetch(url: str, **options: object) -> bytes:
    return transport.fetch_bytes(url, limit=1_000_000, consent=frozenset({origin(url)}), **options)


def test_ok(base: str) -> None:
    assert fetch(base + "/ok") == b"x" * 200_000


def test_chunked(base: str) -> None:
    assert fetch(base + "/chunked") == b"abcde"


@pytest.mark.parametrize(
    ("path", "cause"),
    [
        ("/absent", "404"),
        ("/forbidden", "403"),
        ("/teapot", "418"),
        ("/short", "coupée ou abîmée"),
        ("/cut", "coupée ou abîmée"),
        ("/badgzip", "coupée ou abîmée"),
        ("/gzip", "plus de 1000000 octets"),
        ("/endless", "plus de 1000000 octets"),
        ("/hop/6", "sans cesse ailleurs"),
        ("/nowhere", "sans cesse ailleurs"),
    ],
)
def test_failures(base: str, path: str, cause: str) -> None:
    with pytest.raises(RemoteError, match=cause) as caught:
        fetch(f"{base}{path}?token=secret")
    assert caught.value.exit_code == 4
    assert "secret" not in caught.value.say("fr") + caught.value.say("en")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_two_lengths(base: str) -> None:
    """Here urllib3 leaves the socket to the garbage collector, which says so."""
    with pytest.raises(RemoteError, match="coupée ou abîmée"):
        fetch(base + "/twolengths")
    gc.collect()


def test_status(base: str) -> None:
    with pytest.raises(StatusError) as caught:
        fetch(base + "/absent")
    assert caught.value.status == 404


def test_five_redirects(base: str) -> None:
    assert fetch(base + "/hop/4") == b"x" * 200_000


def test_slow(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "TIMEOUTS", (0.2, 0.2))
    with pytest.raises(RemoteError, match="à temps"):
        fetch(base + "/mute")


def test_drip(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "DEADLINE", 0.2)
    start = time.monotonic()
    with pytest.raises(RemoteError, match="trop lente"):
        fetch(base + "/drip")
    assert time.monotonic() - start < 2


def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/"
    with pytest.raises(RemoteError, match="pas de connexion"):
        fetch(url)


def test_private_without_consent(base: str) -> None:
    with pytest.raises(UnsafePathError, match="réseau privé") as caught:
        transport.fetch_bytes(base + "/ok", limit=10)
    assert caught.value.exit_code == 2


def test_consent_is_for_one_origin(serve: Callable[..., ThreadingHTTPServer]) -> None:
    inner = serve()
    outer = serve(other=inner.server_port)
    with pytest.raises(UnsafePathError, match="réseau privé"):
        fetch(f"http://127.0.0.1:{outer.server_port}/elsewhere")
    assert inner.seen == []


def test_tokens_stay_at_their_origin(serve: Callable[..., ThreadingHTTPServer]) -> None:
    inner = serve()
    outer = serve(other=inner.server_port)
    url = f"http://127.0.0.1:{outer.server_port}/elsewhere"
    consent = frozenset({origin(url), f"http://127.0.0.1:{inner.server_port}"})
    transport.fetch_bytes(url, limit=10**6, consent=consent, headers={"Authorization": "secret"})
    assert outer.seen[0][1]["Authorization"] == "secret"
    assert "Authorization" not in inner.seen[0][1]


def test_redirect_to_a_file(base: str) -> None:
    with pytest.raises(UnsafePathError, match="http"):
        fetch(base + "/file")


def test_rebinding(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is public when checked and private when connected to gets no request."""
    real = socket.getaddrinfo
    port = int(base.rsplit(":", 1)[1])
    turns = itertools.count()

    def rebound(_host: str, *arguments: object, **options: object) -> list[tuple[object, ...]]:
        address = "93.184.215.14" if next(turns) == 0 else "127.0.0.1"
        return real(address, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", rebound)
    with pytest.raises(UnsafePathError, match="réseau privé"):
        transport.fetch_bytes(f"http://a.example:{port}/ok", limit=10)
    assert next(turns) == 2


def test_netrc_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, serve: Callable[..., ThreadingHTTPServer]
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login moi password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    server = serve()
    fetch(f"http://127.0.0.1:{server.server_port}/ok")
    assert "Authorization" not in server.seen[0][1]


def test_proxy(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_PROXY")
    monkeypatch.delenv("no_proxy", raising=False)
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, base)
    assert len(transport.fetch_bytes("http://exemple.invalid/ok", limit=10**6)) == 200_000
    for host in ("10.0.0.1", "localhost", "2130706433"):
        with pytest.raises(UnsafePathError, match="réseau privé"):
            transport.fetch_bytes(f"http://{host}/ok", limit=10)


def test_plain_http_typed_covers_its_https_form() -> None:
    typed = frozenset({origin("http://portail.exemple/x")})
    assert transport._consented("https://portail.exemple/y", typed)
    assert not transport._consented("https://portail.exemple:8443/y", typed)
    assert not transport._consented("https://autre.exemple/y", typed)


def test_stream(base: str) -> None:
    url = base + "/hop/1"
    with transport.stream(url, consent=frozenset({origin(url)})) as download:
        assert download.url == base + "/ok"
        assert download.headers["Content-Length"] == "200000"
        assert sum(map(len, download.chunks)) == 200_000
