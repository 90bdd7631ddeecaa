"""A real `territo serve`, and requests to it as a browser or an attacker would send them."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

ROOT = Path(__file__).parents[2]
PATIENCE = 60


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Served:
    address: str
    process: "subprocess.Popen[str]"
    folder: Path
    _split: Any = field(init=False)

    def __post_init__(self) -> None:
        self._split = urlsplit(self.address)

    @property
    def origin(self) -> str:
        return f"http://{self._split.netloc}"

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        *,
        below: str | None = None,
        **headers: str,
    ) -> Answer:
        """Send a request; `below` takes the place of the secret, headers are added or, "", left out."""
        connection = http.client.HTTPConnection(self._split.netloc, timeout=PATIENCE)
        start = self._split.path if below is None else below
        given = {"Origin": self.origin} if method not in ("GET", "HEAD") else {}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        kept = {name: value for name, value in given.items() if value}
        with closing(connection):
            connection.request(method, start + path, body, kept)
            answer = connection.getresponse()
            named = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, named, answer.read())

    def post(self, path: str, given: object, **headers: str) -> Answer:
        typed = {"Content_Type": "application/json"} | headers
        return self.ask("POST", path, json.dumps(given).encode(), **typed)

    def drop(self, name: str, content: bytes, **headers: str) -> Answer:
        return self.ask("POST", "files", content, X_File_Name=quote(name), **headers)

    def check(self, key: str, schema: str) -> dict[str, Any]:
        assert self.post(f"files/{key}/check", {"schema": schema}).status == 202
        return self.wait(key)

    def wait(self, key: str) -> dict[str, Any]:
        end = time.monotonic() + PATIENCE
        while (state := self.ask("GET", f"files/{key}").json)["busy"]:
            assert time.monotonic() < end, state
            time.sleep(0.05)
        return state

    def wait_until(self, happened: Callable[[], bool]) -> bool:
        end = time.monotonic() + PATIENCE
        while not (done := happened()) and time.monotonic() < end:
            time.sleep(0.05)
        return done

    def left(self) -> list[Path]:
        return [each for each in self.folder.rglob("*") if each.is_file()]


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[Served]:
    """Start the page with `folder` for temporary files, and stop it at the end."""
    command = [sys.executable, "-m", "territo_opendata", "serve", "--no-browser", "--lang", "fr"]
    environment = {**os.environ, "TMPDIR": str(folder), "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [*command, *options], cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
    )
    try:
        told = process.stderr.readline()
        found = re.search(r"http://\S+", told)
        assert found, told + process.stderr.read()
        yield Served(found[0], process, folder)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE)
        process.stderr.close()
