"""Connections that give up, once connected, unless they lead to a public address."""

import urllib3

from territo_opendata.clients.addresses import check_address
from territo_opendata.errors import UnsafePathError


class _PublicConnection(urllib3.connection.HTTPConnection):
    def connect(self) -> None:
        super().connect()
        _check_peer(self)


class _PublicTlsConnection(urllib3.connection.HTTPSConnection):
    def connect(self) -> None:
        super().connect()
        _check_peer(self)


class _PublicPool(urllib3.HTTPConnectionPool):
    ConnectionCls = _PublicConnection


class _PublicTlsPool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _PublicTlsConnection


PUBLIC_POOLS = {"http": _PublicPool, "https": _PublicTlsPool}
"""The pools of such connections by scheme, for a pool manager of urllib3."""


def _check_peer(connection: urllib3.connection.HTTPConnection) -> None:
    peer = connection.sock.getpeername()[0] if connection.sock else ""
    try:
        check_address(peer, f"http://{connection.host}:{connection.port}/")
    except UnsafePathError:
        connection.close()
        raise
