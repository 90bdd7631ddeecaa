"""The network of an administration: a proxy on the way, certificates signed by its own authority."""

import base64
import datetime as dt
import ipaddress
import select
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from territo_opendata.clients.addresses import origin
from territo_opendata.clients.answers import NoAnswerError, StatusError
from territo_opendata.clients.transport import Connections, Request, fetch_bytes
from territo_opendata.errors import RemoteError

SECRET = "m0t-de-passe"  # noqa: S105 (of a proxy of this test)
VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")  # fmt: skip
NOW = dt.datetime.now(dt.UTC)
DAY = dt.timedelta(days=1)


class Authority:
    """A company's authority, that no system knows."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._key = folder, ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Autorité de la ville")])
        made = self._draft(self._name, self._key.public_key(), NOW + DAY)
        made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        self.file = self._write("ca.pem", made.sign(self._key, hashes.SHA256()))

    def server(self, *hosts: str, until: dt.datetime = NOW + DAY) -> ssl.SSLContext:
        """Return what a server for these hosts needs."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, hosts[0])])
        names = [
            x509.IPAddress(ipaddress.ip_address(each)) if each[0].isdigit() else x509.DNSName(each)
            for each in hosts
        ]
        made = self._draft(name, key.public_key(), until)
        made = made.add_extension(x509.SubjectAlternativeName(names), critical=False)
        private = serialization.PrivateFormat.PKCS8
        encoded = key.private_bytes(
            serialization.Encoding.PEM, private, serialization.NoEncryption()
        )
        path = self._write(
            f"{hosts[0]}-{until:%Y%m%d}.pem", made.sign(self._key, hashes.SHA256()), encoded
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context

    def _draft(self, name, public, until) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(self._name)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(NOW - 3 * DAY)
            .not_valid_after(until)
        )

    def _write(self, name: str, certificate: x509.Certificate, key: bytes = b"") -> Path:
        path = self._folder / name
        path.write_bytes(key + certificate.public_bytes(serialization.Encoding.PEM))
        return path


class Data(BaseHTTPRequestHandler):
    """A server that has one file."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "4")
        self.end_headers()
        self.wfile.write(b"a,b\n")

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def log_message(self, *_: object) -> None:
        pass


class Proxy(BaseHTTPRequestHandler):
    """A proxy that notes where it is asked to go, and may demand a password or refuse."""

    def do_CONNECT(self) -> None:
        self.server.asked.append(self.path)
        wanted = self.server.password
        given = self.headers.get("Proxy-Authorization", "").removeprefix("Basic ")
        if self.server.refuses:
            self.send_error(403)
        elif wanted and base64.b64decode(given) != f"agent:{wanted}".encode():
            self.send_error(407)
        else:
            self._carry()

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.send_error(407 if self.server.password else 502)

    def _carry(self) -> None:
        host, _, port = self.path.rpartition(":")
        with socket.create_connection((host, int(port)), 5) as there:
            self.send_response(200)
            self.end_headers()
            here = self.connection
            other = {here: there, there: here}
            with suppress(OSError):
                while ready := select.select([here, there], [], [], 5)[0]:
                    for side in ready:
                        if not (block := side.recv(65536)):
                            return
                        other[side].sendall(block)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(handler: type, context: ssl.SSLContext | None = None) -> Iterator[ThreadingHTTPServer]:
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        server.asked, server.password, server.refuses = [], "", False
        server.handle_error = lambda *_: None
        if context is not None:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def address(authority: Authority) -> Iterator[str]:
    with serving(Data, authority.server("localhost", "127.0.0.1")) as server:
        yield f"https://localhost:{server.server_port}/a.csv"


@pytest.fixture
def trusted_address(address: str, authority: Authority, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority.file))
    return address


@pytest.fixture
def proxy() -> Iterator[ThreadingHTTPServer]:
    with serving(Proxy) as server:
        yield server


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def read(url: str) -> bytes:
    return fetch_bytes(url, limit=100, consent=frozenset({origin(url)}))


def post(url: str) -> bytes:
    connections = Connections()
    try:
        return connections.exchange(Request("POST", url, {}, b"x")).body
    finally:
        connections.close()


@pytest.mark.parametrize("client", [read, post])
@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"])
def test_the_authority_of_a_company_is_trusted_where_it_is_named(
    variable: str, client, address: str, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NoAnswerError, match=r"n’est pas reconnu.*REQUESTS_CA_BUNDLE") as caught:
        client(address)
    assert caught.value.exit_code == 4
    assert "not trusted" in caught.value.text.en
    monkeypatch.setenv(variable, str(authority.file))
    assert client(address) == b"a,b\n"


def test_a_certificate_of_another_name_or_time_is_told_as_such(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority.file))
    for hosts, until, said in (
        (("ailleurs.example",), NOW + DAY, "celui d’un autre serveur"),
        (("localhost",), NOW - DAY, "a expiré"),
    ):
        with (
            serving(Data, authority.server(*hosts, until=until)) as server,
            pytest.raises(RemoteError, match=said),
        ):
            read(f"https://localhost:{server.server_port}/a.csv")


def test_a_bundle_that_is_not_there_is_named(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "absent.pem"))
    with pytest.raises(RemoteError, match=r"absent\.pem.*REQUESTS_CA_BUNDLE"):
        read(address)


@pytest.mark.parametrize("client", [read, post])
def test_a_proxy_is_gone_through_unless_the_host_is_excepted(
    client, address: str, proxy: ThreadingHTTPServer, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority.file))
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.server_port}")
    assert client(address) == b"a,b\n"
    assert proxy.asked == [address.split("/")[2]]
    monkeypatch.setenv("NO_PROXY", "localhost")
    assert client(address) == b"a,b\n"
    assert len(proxy.asked) == 1


@pytest.mark.parametrize("client", [read, post])
@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("agent:" + SECRET, None),
        ("agent:faux", r"407.*HTTPS_PROXY : http://nom:motdepasse@serveur:port"),
        ("", r"407"),
    ],
)
def test_a_proxy_that_wants_a_password(
    given: str, said: str | None, client, trusted_address: str, proxy: ThreadingHTTPServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    address, proxy.password = trusted_address, SECRET
    monkeypatch.setenv(
        "HTTPS_PROXY", f"http://{given}{'@' * bool(given)}127.0.0.1:{proxy.server_port}"
    )
    if said is None:
        assert client(address) == b"a,b\n"
        return
    with pytest.raises(RemoteError, match=said) as caught:
        client(address)
    assert "faux" not in str(caught.value) + caught.value.text.en


def test_what_else_a_proxy_does_is_told_without_its_password(
    address: str, proxy: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy.refuses = True
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        closed = free.getsockname()[1]
    cases = {
        f"http://agent:{SECRET}@127.0.0.1:{proxy.server_port}": r"refuse cette adresse \(403\)",
        f"http://agent:{SECRET}@127.0.0.1:{closed}": "ne répond pas",
        f"http://agent:{SECRET}@": "mal écrite",
        f"socks5://agent:{SECRET}@127.0.0.1:{closed}": "sorte inconnue",
    }
    for named, said in cases.items():
        monkeypatch.setenv("HTTPS_PROXY", named)
        with pytest.raises(RemoteError, match=said) as caught:
            read(address)
        assert SECRET not in str(caught.value) + caught.value.text.en


def test_a_proxy_that_wants_a_password_for_plain_http(
    proxy: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy.password = SECRET
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{proxy.server_port}")
    with pytest.raises(StatusError, match="407"):
        read("http://donnees.example/a.csv")
