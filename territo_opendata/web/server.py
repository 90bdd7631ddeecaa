"""The server of the page: on this machine alone, until it is stopped."""

import secrets
import signal
import socket
from collections.abc import Callable

import uvicorn

from territo_opendata.errors import UsageError
from territo_opendata.language import Language
from territo_opendata.web.app import build_app
from territo_opendata.web.desk import Desk

HOST = "127.0.0.1"
_TOKEN_BYTES = 24
_PATIENCE = 2


def serve(port: int, max_size: int, language: Language, ready: Callable[[str], None]) -> None:
    """Serve the page at `port`, any free one for 0, until Ctrl-C or SIGTERM.

    `ready` is told the address once it can be opened. Files of more than `max_size` bytes are
    refused; all are deleted at the end. Raises UsageError for a port that is taken.
    """
    with _listening(port) as listening, Desk(max_size) as desk:
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        port = listening.getsockname()[1]
        server = _Server(
            uvicorn.Config(
                build_app(desk, language, token, port),
                log_level="warning",
                access_log=False,
                server_header=False,
                proxy_headers=False,
                ws="none",
                timeout_graceful_shutdown=_PATIENCE,
            ),
            lambda: ready(f"http://{HOST}:{port}/{token}/"),
        )
        _end_in_order(server)
        server.run(sockets=[listening])


def _listening(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.bind((HOST, port))
    except OSError as error:
        listening.close()
        raise UsageError(
            f"Le port {port} est déjà pris. Choisissez-en un autre, ou laissez --port de côté.",
            f"Port {port} is taken. Choose another one, or leave --port out.",
        ) from error
    return listening


class _Server(uvicorn.Server):
    """A server that says when it is ready."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """See `uvicorn.Server.startup`."""
        await super().startup(sockets)
        if self.started:
            self._ready()


def _end_in_order(server: uvicorn.Server) -> None:
    """Let SIGTERM, and a terminal that is closed, end the server as Ctrl-C does.

    uvicorn sends the signals that it has caught once more at its end: by default they would kill
    the process before the files are deleted.
    """

    def end(_signal: int, _frame: object) -> None:
        server.should_exit = True

    for name in ("SIGTERM", "SIGHUP", "SIGBREAK"):
        number = getattr(signal, name, None)
        if number is not None:
            signal.signal(number, end)
