"""An HTTP proxy that stands between a publisher and a portal, and fails when it is told to.

It is a forward proxy, so that the portal keeps its address: a publisher that finds it in
`http_proxy` asks for the same URLs, and gets the same ones, as without it.
"""

import contextlib
import dataclasses
import http.client
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import urlsplit

from tests.portals.faults.rules import Cut, Exchange, Kill, Meanwhile, Refusal, Rule

Watcher = Callable[[Exchange], None]

_BLOCK = 65_536
_HOP_BY_HOP = {"connection", "keep-alive", "proxy-connection", "transfer-encoding", "te", "upgrade"}


class FaultProxy:
    """The proxy: `rules` say what fails, `log` what came by, `watch` is told after each exchange.

    `watch` runs before the publisher gets the answer, so that it sees what any reader could see
    at that moment. `release` lets go of the exchanges that stall.
    """

    def __init__(self) -> None:
        self.rules: list[Rule] = []
        self.log: list[Exchange] = []
        self.watch: Watcher | None = None
        self.faults: list[Exception] = []
        self._lock = threading.Lock()
        self._released = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.proxy = self

    @property
    def url(self) -> str:
        """The address for `http_proxy`."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.reset()
        self._server.shutdown()
        self._server.server_close()

    def reset(self, *rules: Rule, watch: Watcher | None = None) -> None:
        """Forget all that was, and take new rules."""
        self._released.set()
        with self._lock:
            self._released = threading.Event()
            self.rules, self.log, self.faults, self.watch = list(rules), [], [], watch

    def begin(self, method: str, path: str, size: int) -> tuple[Exchange, threading.Event]:
        """Log a request and find its fault."""
        with self._lock:
            exchange = Exchange(len(self.log), method, path, size)
            found = [each for rule in self.rules if (each := rule.judge(exchange)) is not None]
            exchange = dataclasses.replace(exchange, fault=found[0] if found else None)
            self.log.append(exchange)
            return exchange, self._released

    def end(self, exchange: Exchange, status: int | None) -> None:
        """Log how it ended, and let the watcher look."""
        done = dataclasses.replace(exchange, status=status)
        with self._lock:
            if len(self.log) > exchange.number:
                self.log[exchange.number] = done
            watch = self.watch
        if watch is not None:
            try:
                watch(done)
            except Exception as error:  # noqa: BLE001 (kept for the test, in whose thread we are not)
                self.faults.append(error)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    proxy: FaultProxy

    def handle_error(self, *_about: Any) -> None:
        """Keep quiet: connections break here on purpose."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        size = int(self.headers.get("Content-Length") or 0)
        address = urlsplit(self.path)
        path = f"{address.path}?{address.query}".rstrip("?")
        exchange, released = self.server.proxy.begin(self.command, path, size)
        match exchange.fault:
            case None:
                self._pass(exchange)
            case Refusal() as refusal:
                self._refuse(exchange, refusal)
            case Meanwhile() as meanwhile:
                self._pass(exchange, meanwhile)
            case Kill() as kill:
                self._kill(exchange, kill)
            case Cut() as cut:
                self._cut(exchange, cut, released)

    do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_GET  # noqa: N815

    def log_message(self, *_args: object) -> None:
        """Keep quiet."""

    def _pass(self, exchange: Exchange, meanwhile: Meanwhile | None = None) -> None:
        if meanwhile is not None and not meanwhile.after:
            meanwhile.act()
        status, headers, content = self._carried_out(exchange)
        if meanwhile is not None and meanwhile.after:
            meanwhile.act()
        self.server.proxy.end(exchange, status)
        self._answer(status, headers, content)

    def _refuse(self, exchange: Exchange, refusal: Refusal) -> None:
        for _ in self._body(exchange.size):
            pass
        self.server.proxy.end(exchange, refusal.status)
        self._answer(refusal.status, list(refusal.headers.items()), refusal.body)

    def _kill(self, exchange: Exchange, kill: Kill) -> None:
        if kill.after:
            self._carried_out(exchange)
        kill.strike()
        self.server.proxy.end(exchange, None)
        self._hang_up()

    def _cut(self, exchange: Exchange, cut: Cut, released: threading.Event) -> None:
        status, headers, content = None, [], b""
        if cut is Cut.UPLOAD:
            self._half(exchange)
        elif cut in (Cut.AFTER, Cut.ANSWER, Cut.STALL_AFTER):
            status, headers, content = self._carried_out(exchange)
        self.server.proxy.end(exchange, status)
        if cut is Cut.ANSWER:
            self._answer(status or 200, headers, content, upto=len(content) // 2)
        if cut in (Cut.STALL, Cut.STALL_AFTER):
            released.wait(60)
        self._hang_up()

    def _carried_out(self, exchange: Exchange) -> tuple[int, list[tuple[str, str]], bytes]:
        """Send the request on and return the answer of the portal."""
        with self._upstream() as upstream:
            self._send_head(upstream)
            for block in self._body(exchange.size):
                upstream.send(block)
            answer = upstream.getresponse()
            return answer.status, answer.getheaders(), answer.read()

    def _half(self, exchange: Exchange) -> None:
        """Send half of the body on, then leave the portal waiting for the rest in vain."""
        with self._upstream() as upstream:
            self._send_head(upstream)
            for block in self._body(exchange.size // 2):
                upstream.send(block)

    @contextlib.contextmanager
    def _upstream(self) -> Iterator[http.client.HTTPConnection]:
        upstream = http.client.HTTPConnection(urlsplit(self.path).netloc, timeout=120)
        try:
            yield upstream
        finally:
            upstream.close()

    def _send_head(self, upstream: http.client.HTTPConnection) -> None:
        address = urlsplit(self.path)
        target = address._replace(scheme="", netloc="").geturl() or "/"
        upstream.putrequest(self.command, target, skip_host=True, skip_accept_encoding=True)
        for name, value in self.headers.items():
            if name.lower() not in _HOP_BY_HOP:
                upstream.putheader(name, value)
        upstream.putheader("Connection", "close")
        upstream.endheaders()

    def _body(self, size: int) -> Iterator[bytes]:
        while size > 0:
            block = self.rfile.read(min(_BLOCK, size))
            if not block:
                raise ConnectionError("the publisher hung up")
            size -= len(block)
            yield block

    def _answer(
        self, status: int, headers: list[tuple[str, str]], content: bytes, upto: int | None = None
    ) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in (*_HOP_BY_HOP, "content-length"):
                self.send_header(name, value)
        if status not in (204, 304):
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content[:upto])

    def _hang_up(self) -> None:
        """Close at once: the publisher sees its connection reset."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
