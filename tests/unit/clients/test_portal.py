"""The conversation with a portal, against a real server on this machine."""

import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from territo_opendata.clients.answers import Answer, NoAnswerError
from territo_opendata.clients.multipart import FilePart, Multipart, Part
from territo_opendata.clients.portal import PATIENCE, PortalSession
from territo_opendata.errors import MismatchError, RemoteError

SECRET = "jeton-à-taire".encode().decode("latin-1")


class Portal(BaseHTTPRequestHandler):
    """Answers as the path says, one step for each time it is asked: `/503,cut,200`."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        seen = self.server.seen
        seen.append((self.command, self.path, dict(self.headers), body))
        steps = self.path.split("?")[0].strip("/").split(",")
        asked = sum(path == self.path for _, path, _, _ in seen) - 1
        step = steps[min(asked, len(steps) - 1)]
        if step == "cut":
            self.close_connection = True
            return
        status, _, hint = step.partition("-")
        self.send_response(int(status))
        if hint:
            self.send_header("Retry-After", hint)
        if status.startswith("3"):
            self.send_header("Location", self.server.elsewhere)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    do_POST = do_GET  # noqa: N815 - the names that http.server calls

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def portal():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    server.seen, server.waits, server.elsewhere = [], [], "/200"
    server.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def session(portal):
    session = PortalSession(
        portal.url, secret_headers={"Authorization": SECRET}, sleep=portal.waits.append
    )
    yield session
    session.close()


@pytest.mark.parametrize(
    ("method", "path", "status", "asked"),
    [
        ("GET", "200", 200, 1),
        ("GET", "404", 404, 1),
        ("GET", "500", 500, 1),
        ("GET", "503,200", 200, 2),
        ("GET", "429,502,504,200", 200, 4),
        ("GET", "cut,200", 200, 2),
        ("GET", "503", 503, 6),
        ("GET", "429-3600", 429, 1),
        ("GET", "429-bientôt,200".replace("ô", "o"), 200, 2),
        ("POST", "200", 200, 1),
        ("POST", "503,200", 503, 1),
        ("POST", "502-1,200", 502, 1),
        ("POST", "503-2,200", 200, 2),
        ("POST", "429-1,200", 200, 2),
    ],
)
def test_what_is_tried_again(portal, session, method, path, status, asked):
    assert session.send(method, path).status == status
    assert len(portal.seen) == asked
    assert sum(portal.waits) <= PATIENCE


def test_a_retry_waits_as_long_as_it_is_told(portal, session):
    session.send("POST", "503-7,200")
    assert portal.waits == [7]


def test_a_write_that_may_have_been_done_is_not_repeated(portal, session):
    with pytest.raises(NoAnswerError) as caught:
        session.send("POST", "cut,200", json={})
    assert caught.value.sent
    assert len(portal.seen) == 1
    assert session.send("POST", "cut,200", json={}, repeatable=True).status == 200


def test_what_was_never_sent_is_known_and_tried_again():
    waits = []
    session = PortalSession("http://127.0.0.1:9", sleep=waits.append)
    with pytest.raises(NoAnswerError) as caught:
        session.send("POST", "x", json={})
    assert not caught.value.sent
    assert len(waits) == 5
    session.close()


def test_the_secret_follows_no_redirect_to_another_origin(portal, session):
    stranger = ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    stranger.seen = []
    portal.elsewhere = f"http://127.0.0.1:{stranger.server_port}/200"
    for method, path in (("GET", "302"), ("POST", "307")):
        with pytest.raises(RemoteError, match="jeton"):
            session.send(method, path)
    stranger.server_close()
    assert stranger.seen == []


def test_a_get_follows_a_redirect_within_the_portal(portal, session):
    assert session.send("GET", "302").status == 200
    portal.elsewhere = "/301"
    with pytest.raises(RemoteError):
        session.send("GET", "301")


def test_the_secret_is_sent_and_never_shown(portal, session):
    session.send("GET", "200", query={"q": "é", "tags": ["a", "b"]})
    _, path, headers, _ = portal.seen[0]
    assert path == "/200?q=%C3%A9&tags=a&tags=b"
    assert headers["Authorization"] == SECRET
    assert SECRET not in repr(session) + repr(Answer(200, headers, b"", ""))


def test_every_exchange_can_be_watched(portal):
    told = []
    session = PortalSession(portal.url, watch=lambda *each: told.append(each), sleep=lambda _: None)
    session.send("GET", "cut,502,200")
    session.close()
    assert told == [("GET", "/cut,502,200", status) for status in (None, 502, 200)]


def test_an_answer_that_is_no_json_says_what_it_is():
    page = Answer(502, {}, b"<html>\x1b[31mBad gateway", "http://portail.example/api?clef=1")
    with pytest.raises(RemoteError) as caught:
        page.json()
    text = caught.value.say("en")
    assert "502" in text
    assert "Bad gateway" in text
    assert "\x1b" not in text
    assert "clef" not in text


def test_a_file_is_streamed_with_its_length(portal, session):
    blocks = [bytes([each]) * 70_000 for each in range(50)]
    sent = []
    file = FilePart("upload", 'é "x"\r\n.csv', "text/csv", 3_500_000, lambda: iter(blocks))
    body = Multipart([Part("a", "é\n"), file], progress=lambda *each: sent.append(each))
    assert session.send("POST", "503-0,200", upload=body).status == 200
    assert len(portal.seen) == 2
    assert {len(each[3]) for each in portal.seen} == {body.content_length}
    assert {int(each[2]["Content-Length"]) for each in portal.seen} == {body.content_length}
    assert portal.seen[0][2]["Content-Type"] == body.content_type
    assert sent[-1] == (body.content_length, body.content_length)
    head, _, content = portal.seen[0][3].partition(b"text/csv\r\n\r\n")
    assert 'name="upload"; filename="é %22x%22%0D%0A.csv"'.encode() in head
    assert 'name="a"\r\n\r\né\n\r\n'.encode() in head
    digest = hashlib.sha256(b"".join(blocks)).digest()
    assert hashlib.sha256(content[:3_500_000]).digest() == digest


@pytest.mark.parametrize("size", [4, 6])
def test_a_file_that_changed_size_is_not_sent_as_whole(session, size):
    file = FilePart("upload", "x.csv", "text/csv", size, lambda: iter([b"12345"]))
    with pytest.raises(MismatchError):
        session.send("POST", "200", upload=Multipart([file]))


def test_a_download_is_retried_until_it_begins(portal, session):
    assert b"".join(session.stream("503,200")) == b"{}"
    assert b"".join(session.stream(f"{portal.url}/200")) == b"{}"
    assert [each[2]["Authorization"] for each in portal.seen] == [SECRET] * 3


def test_a_body_is_json(portal, session):
    session.send("POST", "200", json={"é": 1})
    _, _, headers, body = portal.seen[0]
    assert headers["Content-Type"] == "application/json"
    assert json.loads(body) == {"é": 1}
