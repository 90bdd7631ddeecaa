"""Who may not publish is told before anything is written; tokens go nowhere else."""

import os
import threading
import traceback
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from territo_opendata.clients.portal import PortalSession
from territo_opendata.errors import RemoteError, TerritoError, UsageError
from territo_opendata.publish import apply_plan, make_plan, parse_target
from territo_opendata.release import Release
from tests.cli.run import territo
from tests.portals.faults.matrix import TOKENS
from tests.portals.faults.package import make_release
from tests.portals.faults.proxy import FaultProxy
from tests.portals.faults.rules import Exchange, Meanwhile, Rule
from tests.portals.portals import PUBLISHER, Portal

GARBAGE = "jeton-inventé".encode().hex()
ORGANIZATION = "autre-organisation"


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return make_release(tmp_path_factory.mktemp("paquet"))


@pytest.fixture(params=["ckan", "udata"])
def portal(request: pytest.FixtureRequest) -> Portal:
    return request.getfixturevalue(request.param)


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultProxy]:
    with FaultProxy() as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        yield proxy


def publish(portal: Portal, release: Release, **settings: str) -> None:
    target = parse_target(portal.target, release, {"organization": PUBLISHER, **settings})
    shown = f"{target!r} {vars(target) if hasattr(target, '__dict__') else ''}"
    assert os.environ[TOKENS[portal.kind]] not in shown
    apply_plan(make_plan(target), target)


@pytest.mark.portal
@pytest.mark.parametrize(
    ("portal", "who", "organization", "words"),
    [
        ("ckan", "garbage", PUBLISHER, "refuse ce jeton"),
        ("ckan", "expired", PUBLISHER, "expiré"),
        ("ckan", "revoked", PUBLISHER, "révoqué"),
        ("ckan", "member", PUBLISHER, "rôle d’éditeur"),
        ("ckan", "stranger", PUBLISHER, "aucune organisation"),
        ("ckan", "editor", ORGANIZATION, "agglomeration-de-test, ville-de-test"),
        ("ckan", "editor", "inconnue", "agglomeration-de-test, ville-de-test"),
        ("udata", "garbage", PUBLISHER, "Créez-en une autre"),
        ("udata", "expired", PUBLISHER, "périmée"),
        ("udata", "revoked", PUBLISHER, "révoquée"),
        ("udata", "stranger", PUBLISHER, "organisation"),
        ("udata", "editor", ORGANIZATION, "organisation"),
        ("udata", "editor", "inconnue", "organisation"),
    ],
    indirect=["portal"],
)
def test_who_may_not_publish_is_told_before_anything_is_written(  # noqa: PLR0917
    portal, release, proxy, monkeypatch, who, organization, words
):
    token = GARBAGE if who == "garbage" else portal.tokens[who]
    monkeypatch.setenv(TOKENS[portal.kind], token)
    with pytest.raises(TerritoError) as failure:
        publish(portal, release, organization=organization)
    told = failure.value
    assert told.exit_code in ((2, 4) if organization == "inconnue" else (4,)), told
    assert words in told.text.fr
    assert [each for each in proxy.log if each.writes] == []
    assert token not in "".join(traceback.format_exception(told))
    assert portal.datasets() == []


@pytest.mark.portal
def test_a_missing_token_is_told_before_anything_is_asked(portal, release, proxy, monkeypatch):
    monkeypatch.delenv(TOKENS[portal.kind], raising=False)
    with pytest.raises(UsageError, match=TOKENS[portal.kind]):
        parse_target(portal.target, release, {"organization": PUBLISHER})
    assert proxy.log == []


@pytest.mark.portal
def test_a_right_lost_in_the_middle_is_told(portal, release, proxy, monkeypatch):
    """A token that is revoked while it is being used."""
    token = portal.ask(
        "POST",
        *{
            "ckan": ("/api/3/action/api_token_create", "admin"),
            "udata": ("/api/1/me/api_tokens/", "editor"),
        }[portal.kind],
        json={"user": "editor", "name": "brève"},
    )
    token = token["result"]["token"] if portal.kind == "ckan" else token["token"]
    monkeypatch.setenv(TOKENS[portal.kind], token)

    def revoke() -> None:
        if portal.kind == "ckan":
            portal.act("api_token_revoke", token=token)
        else:
            listed = portal.ask("GET", "/api/1/me/api_tokens/", "editor")
            known = listed if isinstance(listed, list) else listed["data"]
            made = next(each for each in known if each["name"] == "brève")
            portal.ask("DELETE", f"/api/1/me/api_tokens/{made['id']}/", "editor")

    proxy.reset(Rule(Meanwhile(revoke), nth=3))
    with pytest.raises(RemoteError) as failure:
        publish(portal, release)
    assert failure.value.exit_code == 4
    assert token not in "".join(traceback.format_exception(failure.value))
    monkeypatch.setenv(TOKENS[portal.kind], portal.tokens["editor"])
    proxy.reset()
    publish(portal, release)
    assert len(portal.datasets()) == 1


@pytest.mark.portal
@pytest.mark.parametrize("who", ["editor", "expired", "stranger"])
def test_the_command_never_shows_the_token(portal, release, proxy, who):
    variable, token = TOKENS[portal.kind], portal.tokens[who]
    settings = {variable: token, "http_proxy": proxy.url}
    options = ("--to", portal.target, "--organization", PUBLISHER, "--release", str(release.path))
    plan = release.path.parent / "plan.json"
    runs = [
        territo("plan", *options, "--out", str(plan), **settings),
        territo("plan", *options, "--format", "json", **settings),
        territo("publish", *options, "--yes", **settings),
        territo("verify", *options, **settings),
    ]
    # Whoever may not write may all the same verify what is public: nothing, here.
    expected = [0, 0, 0, 0] if who == "editor" else [4, 4, 4, runs[-1].code]
    assert [each.code for each in runs] == expected
    assert runs[-1].code in (0, 1, 4)
    kept = b"".join(
        path.read_bytes() for path in release.path.parent.rglob("*") if path.is_file()
    ).decode("utf-8", "replace")
    for text in (kept, *(each.out + each.err for each in runs)):
        assert token not in text
    plan.unlink(missing_ok=True)


class _Leading(BaseHTTPRequestHandler):
    """Answers every request with a redirect, or notes what came."""

    protocol_version = "HTTP/1.1"
    elsewhere: str | None = None
    status = 307
    seen: list[str]

    def do_GET(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.seen.append(f"{self.command} {self.path} {self.headers}")
        self.send_response(self.status if self.elsewhere else 200)
        if self.elsewhere:
            self.send_header("Location", self.elsewhere + self.path)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815

    def log_message(self, *_args):
        pass


@pytest.fixture
def hosts():
    """Two hosts, the first of which leads to the second; what each of them was asked."""
    servers = []
    for _ in range(2):
        handler = type("Handler", (_Leading,), {"seen": []})
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        servers.append(server)
    first, second = (f"http://127.0.0.1:{each.server_address[1]}" for each in servers)
    servers[0].RequestHandlerClass.elsewhere = second
    yield first, servers[0].RequestHandlerClass, servers[1].RequestHandlerClass
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_no_token_follows_a_redirect_to_another_host(hosts, status, method):
    first, leading, led = hosts
    leading.status = status
    session = PortalSession(first, secret_headers={"X-API-KEY": GARBAGE})
    with pytest.raises(RemoteError, match="renvoie vers"):
        session.send(method, "/api/1/datasets/", json={} if method != "GET" else None)
    session.close()
    assert led.seen == []
    assert GARBAGE not in repr(session)


@pytest.mark.parametrize("kind", ["ckan", "udata"])
def test_no_target_sends_its_token_to_another_host(hosts, release, monkeypatch, kind):
    first, leading, led = hosts
    monkeypatch.setenv(TOKENS[kind], GARBAGE)
    with pytest.raises(TerritoError):
        parse_target(f"{kind}:{first}", release, {"organization": PUBLISHER}).read()
    assert leading.seen
    assert [each for each in led.seen if GARBAGE in each] == []


def test_a_write_is_told_from_a_reading():
    paths = {
        ("POST", "/api/3/action/package_show"): False,
        ("POST", "/api/3/action/organization_list_for_user"): False,
        ("POST", "/api/3/action/package_revise"): True,
        ("POST", "/api/3/action/datastore_upsert"): True,
        ("GET", "/api/1/datasets/"): False,
        ("PUT", "/api/1/datasets/x/"): True,
    }
    for (method, path), writes in paths.items():
        assert Exchange(0, method, path, 0).writes is writes, path
