"""Which addresses may be read: those that the user typed, and public ones.

A URL typed by the user is consent for its origin (scheme, host and port). A URL found in a
descriptor, an answer or a redirect is not: it may lead to no private, loopback or link-local
address, or whoever wrote it could read the network of whoever opens it.
"""

import ipaddress
import socket
from urllib.parse import SplitResult, urlsplit

from territo_opendata.errors import RemoteError, UnsafePathError
from territo_opendata.language import visible

_PORTS = {"http": 80, "https": 443}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def split_url(url: str) -> SplitResult:
    """Return the parts of an http(s) URL, or raise UnsafePathError.

    One that holds a user name or password is refused: it would end up in logs.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise _unsafe(url, "elle est mal écrite", "it is malformed") from error
    if parts.scheme not in _PORTS or not parts.hostname or port == 0:
        raise _unsafe(url, "seules les adresses http(s) sont lues", "only http(s) is read")
    if "@" in parts.netloc:
        raise _unsafe(
            url, "elle contient un identifiant ou un mot de passe", "it holds a user or password"
        )
    return parts


def origin(url: str) -> str:
    """Return the origin of the URL, as `https://host:443`: what a consent is given for."""
    parts = split_url(url)
    return f"{parts.scheme}://{(parts.hostname or '').rstrip('.')}:{port_of(parts)}"


def port_of(parts: SplitResult) -> int:
    """Return the port of the URL, that of its scheme when it names none."""
    return parts.port or _PORTS[parts.scheme]


def shown(url: str) -> str:
    """Return the URL fit for a message: without user, query or fragment, which may hold secrets."""
    bare = url.split("?", 1)[0].split("#", 1)[0]
    scheme, separator, rest = bare.partition("://")
    host, slash, path = rest.partition("/")
    return visible(scheme + separator + host.rpartition("@")[2] + slash + path, 300)


def is_public(address: Address) -> bool:
    """Tell whether the address is that of a machine on the public network.

    An IPv6 address that carries an IPv4 one (mapped, 6to4, NAT64, Teredo) is as public as it is.
    """
    if isinstance(address, ipaddress.IPv6Address):
        carried = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            carried = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        if address.teredo:
            carried = address.teredo[1]
        if carried:
            return is_public(carried)
    return address.is_global and not address.is_multicast


def check_host(parts: SplitResult, *, proxied: bool) -> None:
    """Raise unless every address of the host is public; RemoteError when it has none.

    Behind a proxy names are the proxy's to resolve: then only a literal address is judged.
    """
    host = (parts.hostname or "").replace("%25", "%")
    for address in _literal(host) if proxied else _resolve(host, port_of(parts)):
        check_address(address, parts.geturl())


def check_address(address: str, url: str) -> None:
    """Raise UnsafePathError unless the address, that `url` leads to, is public."""
    if not is_public(ipaddress.ip_address(address.split("%", 1)[0])):
        raise _unsafe(
            url,
            "elle mène à une machine du réseau privé",
            "it leads to a machine of the private network",
        )


def _literal(host: str) -> list[str]:
    if host == "localhost" or host.endswith(".localhost"):
        return ["127.0.0.1"]
    try:
        found = socket.getaddrinfo(host, None, flags=socket.AI_NUMERICHOST)
    except OSError:
        return []
    return [str(each[4][0]) for each in found]


def _resolve(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise RemoteError(
            f"La machine « {visible(host)} » est introuvable : vérifiez l’adresse et la connexion.",
            f"The host “{visible(host)}” cannot be found: check the address and the connection.",
        ) from error
    return [str(each[4][0]) for each in found]


def _unsafe(url: str, fr: str, en: str) -> UnsafePathError:
    return UnsafePathError(
        f"L’adresse « {shown(url)} » est refusée : {fr}.",
        f"The address “{shown(url)}” is refused: {en}.",
    )
