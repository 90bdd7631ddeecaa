"""Which addresses may be read without the user's consent."""

import ipaddress
import socket

import pytest

from territo_opendata.clients import addresses
from territo_opendata.errors import RemoteError, UnsafePathError


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("::ffff:8.8.8.8", True),
        ("64:ff9b::808:808", True),
        ("127.0.0.1", False),
        ("127.9.9.9", False),
        ("0.0.0.0", False),  # noqa: S104
        ("10.0.0.1", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_is_public(address: str, public: bool) -> None:
    assert addresses.is_public(ipaddress.ip_address(address)) is public


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.fr", "https://a.fr:443"),
        ("HTTP://A.fr:8080/x?y", "http://a.fr:8080"),
        ("https://a.fr./x", "https://a.fr:443"),
        ("http://[::1]:80/", "http://::1:80"),
    ],
)
def test_origin(url: str, expected: str) -> None:
    assert addresses.origin(url) == expected


@pytest.mark.parametrize(
    "url",
    ["", "a.fr/x", "ftp://a.fr", "file:///etc/passwd", "http://", "http:///x", "http://[", "http://a.fr:99999",
     "http://a.fr:0", "http://moi:secret@a.fr", "javascript:alert(1)", "//a.fr/x"],
)  # fmt: skip
def test_refused_urls(url: str) -> None:
    with pytest.raises(UnsafePathError) as caught:
        addresses.split_url(url)
    assert "secret" not in caught.value.say("fr") + caught.value.say("en")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.fr/x?token=secret#y", "https://a.fr/x"),
        ("https://moi:secret@a.fr/x", "https://a.fr/x"),
        ("https://a.fr", "https://a.fr"),
    ],
)
def test_shown(url: str, expected: str) -> None:
    assert addresses.shown(url) == expected


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[fe80::1%25lo]", "0"]
)
@pytest.mark.parametrize("proxied", [True, False])
def test_private_hosts(host: str, proxied: bool) -> None:
    with pytest.raises((UnsafePathError, RemoteError)):
        addresses.check_host(addresses.split_url(f"http://{host}/"), proxied=proxied)


def test_unknown_host() -> None:
    with pytest.raises(RemoteError, match="introuvable"):
        addresses.check_host(addresses.split_url("http://nulle-part.invalid/"), proxied=False)


def test_a_proxy_resolves_names_itself() -> None:
    addresses.check_host(addresses.split_url("http://nulle-part.invalid/"), proxied=True)


def test_one_private_address_among_others_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(0, 0, 0, "", (ip, 80)) for ip in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)
    with pytest.raises(UnsafePathError):
        addresses.check_host(addresses.split_url("http://a.fr/"), proxied=False)
