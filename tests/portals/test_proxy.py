"""The proxy fails as it is told to: what the publisher sees, and what reaches the server."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests

from territo_opendata.clients.answers import NoAnswerError
from territo_opendata.clients.portal import PortalSession
from tests.portals.faults.proxy import FaultProxy
from tests.portals.faults.rules import FAULTS, NEVER_CARRIED_OUT, Kill, OnceEach, Rule, path_like

CUT = {"cut-before", "cut-upload", "cut-after", "cut-answer"}
STALLED = {"stall", "stall-after"}


@pytest.fixture(scope="module")
def server():
    """A server that notes the bodies that reached it whole."""
    received = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            size = int(self.headers["Content-Length"])
            body = self.rfile.read(size)
            if len(body) == size:
                received.append(body)
            self.send_response(200)
            self.send_header("Content-Length", "10")
            self.end_headers()
            self.wfile.write(b"0123456789")

        def log_message(self, *_args):
            pass

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listening.daemon_threads = True
    threading.Thread(target=listening.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{listening.server_address[1]}", received
    listening.shutdown()
    listening.server_close()


@pytest.fixture
def sender(server):
    """Send a body through the proxy."""
    url, received = server
    received.clear()
    with FaultProxy() as proxy, requests.Session() as session:

        def send(body=b"x" * 300_000, path="/"):
            proxies = {"http": proxy.url}
            return session.post(url + path, data=body, proxies=proxies, timeout=0.5)

        yield proxy, send, received


def test_without_a_rule_all_goes_by(sender):
    proxy, send, received = sender
    assert send().content == b"0123456789"
    assert received == [b"x" * 300_000]
    assert [(each.method, each.path, each.status) for each in proxy.log] == [("POST", "/", 200)]


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_hits_once(sender, name):
    proxy, send, received = sender
    proxy.reset(Rule(FAULTS[name], nth=1))
    send()
    if name in CUT | STALLED:
        with pytest.raises(requests.RequestException) as failure:
            send()
        assert isinstance(failure.value, requests.Timeout) == (name in STALLED)
    else:
        assert send().status_code == int(name)
    assert len(received) == (1 if name in NEVER_CARRIED_OUT else 2)
    proxy.reset()
    send()


def test_a_fault_may_last_and_may_be_meant_for_some(sender):
    proxy, send, received = sender
    rule = Rule(FAULTS["500"], always=True, matches=path_like("/upload", "POST"))
    proxy.reset(rule)
    paths = ("/", "/upload", "/upload/2", "/other")
    assert [send(path=path).status_code for path in paths] == [200, 500, 500, 200]
    assert rule.hits == 2
    assert len(received) == 2


@pytest.mark.parametrize("after", [False, True])
def test_the_publisher_may_be_struck(sender, after):
    proxy, send, received = sender
    struck = []
    proxy.reset(Rule(Kill(lambda: struck.append(len(received)), after=after)))
    with pytest.raises(requests.RequestException):
        send()
    assert struck == [int(after)]


def test_a_watcher_sees_what_was_carried_out_before_the_publisher_knows(sender):
    proxy, send, received = sender
    seen = []
    proxy.reset(Rule(FAULTS["cut-after"]), watch=lambda each: seen.append((each, len(received))))
    with pytest.raises(requests.RequestException):
        send()
    assert [(each.status, count) for each, count in seen] == [(200, 1)]


def test_each_request_may_fail_once(sender):
    proxy, send, _received = sender
    proxy.reset(OnceEach(FAULTS["502"]))
    asked = (("/a", b"x"), ("/a", b"x"), ("/a", b"xx"), ("/b", b"x"), ("/a", b"xx"))
    assert [send(body, path).status_code for path, body in asked] == [502, 200, 502, 502, 200]


@pytest.mark.parametrize("name", ["cut-upload", "cut-after", "stall-after"])
def test_what_may_have_been_carried_out_is_not_repeated(server, monkeypatch, name):
    url, received = server
    received.clear()
    with FaultProxy() as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        session = PortalSession(url)
        session.send("POST", "/", json="first, so that the connection is a used one")
        proxy.reset(Rule(FAULTS[name]))
        with pytest.raises(NoAnswerError) as failure:
            session.send("POST", "/", json="x" * 100_000, timeouts=(1, 0.3))
        session.close()
    assert failure.value.sent
    assert len(received) == (1 if name in NEVER_CARRIED_OUT else 2)


def test_without_a_connection_nothing_was_sent(monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    session = PortalSession("http://portal.invalid", sleep=lambda _seconds: None)
    with pytest.raises(NoAnswerError) as failure:
        session.send("POST", "/", json={})
    assert not failure.value.sent
