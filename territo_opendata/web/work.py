"""One file that was dropped on the page, and what is done with it."""

import dataclasses
import secrets
import shutil
import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from territo_opendata import project
from territo_opendata.errors import TerritoError
from territo_opendata.findings import Report
from territo_opendata.language import Language, Text
from territo_opendata.repair.choices import Choice, Kind
from territo_opendata.validate.inputs import Options
from territo_opendata.web.paging import Page, page_of
from territo_opendata.workflow.first_look import first_look
from territo_opendata.workflow.recognition import Recognised
from territo_opendata.workflow.repair_output import default_output, save, save_log
from territo_opendata.workflow.repaired import Repaired, ToMend
from territo_opendata.workflow.repairing import repaired_file
from territo_opendata.workflow.tables import Received
from territo_opendata.workflow.validation import validate_received

State = Literal[
    "ready", "waiting", "checking", "checked", "repairing", "repaired", "stopped", "failed"
]
BUSY: tuple[State, ...] = ("waiting", "checking", "repairing")
Wanted = Mapping[Kind, Choice]
"""What the person chose to change, and not to."""

_BROKEN = Text(
    "Une erreur inattendue est survenue. Le détail est dans la fenêtre de « territo serve ».",
    "Something unexpected went wrong. The window of “territo serve” tells more.",
)


class StoppedError(Exception):
    """The person does not want the result any more."""


@dataclass(slots=True)
class Work:
    """A file in a folder of its own, and the report and the repair that were made of it.

    `version` grows with everything that a page would show anew. `preview` tells that the report
    is on the start of the file alone; `expected` is the number of rows that it may have, 0 when
    nobody knows; `laid` is how many rows of a sheet were laid out, 0 before and after. Only one thing is done with it at a time, in the thread of the desk.
    """

    received: Received
    folder: Path
    recognised: Recognised = field(default_factory=lambda: Recognised(()))
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    state: State = "ready"
    schema: str = ""
    version: int = 0
    rows: int = 0
    errors: int = 0
    expected: int = 0
    laid: int = 0
    preview: bool = False
    report: Report | None = None
    repaired: Repaired | None = None
    failure: Text | None = None
    _stop: threading.Event = field(default_factory=threading.Event)
    _open: ExitStack = field(default_factory=ExitStack)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def stop(self) -> None:
        """Ask what is being done to end."""
        self._stop.set()

    def wait(self) -> None:
        """Be put in the queue."""
        self._stop.clear()
        self.failure = None
        self._say("waiting")

    def check(self, schema: str) -> None:
        """Read the file from end to end, its start first when it is large."""
        self._run("checking", "checked", lambda: self._check(schema))

    def repair(self, wanted: Wanted) -> None:
        """Mend what is wanted, by default what is certain; forget the repair before."""
        self._run("repairing", "repaired", lambda: self._repair(wanted))

    def changes(self, kind: Kind, start: int, row: int) -> Page:
        """Return some changes of a kind, made or not, as `page_of`.

        Raises LookupError without a repair.
        """
        with self._lock:
            if self.repaired is None:
                raise LookupError(kind)
            return page_of(self.repaired.log, kind, start, row)

    def output(self, form: str, language: Language) -> Path:
        """Return a file made of the repair: its table as csv, excel or xlsx, or its log.

        Raises UsageError where the form cannot hold the table, LookupError without a repair.
        """
        with self._lock:
            if self.repaired is None:
                raise LookupError(form)
            path = self.folder / f"{form}.{'xlsx' if form == 'xlsx' else 'csv'}"
            if not path.exists():
                if form == "log":
                    save_log(self.repaired, path, language, excel=True)
                else:
                    save(self.repaired, path, language, excel=form == "excel")
            return path

    def name_of(self, form: str) -> str:
        """Return what a file made of the repair, or the report, is called when it is kept."""
        stem = default_output(self.received.name, excel=True).name.removesuffix(".csv")
        endings = {"csv": ".csv", "excel": ".excel.csv", "xlsx": ".xlsx", "log": ".journal.csv"}
        return f"{stem}{endings[form]}" if form in endings else f"{stem[:-7]}.rapport.html"

    def close(self) -> None:
        """Delete everything; to be called when nothing is being done."""
        with self._lock:
            self.repaired = None
            self._open.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, during: State, after: State, do: Callable[[], None]) -> None:
        try:
            self._proceed("", 0, 0)
            self._say(during)
            do()
            self._say(after)
        except StoppedError:
            self._say("stopped")
        except TerritoError as error:
            self._fail(error.text)
        except BaseException:
            self._fail(_BROKEN)
            raise

    def _check(self, schema: str) -> None:
        self.report, self.schema, self.preview, self.expected = None, schema, False, 0
        known = project.builtin_schema(schema)
        self._forget_repair()
        look = first_look(self.received, known)
        if look is not None:
            self.report, self.preview, self.expected = look.report, True, look.rows
            self.version += 1
        given = dataclasses.replace(self.received, laid=self._lay)
        report = validate_received(given, known, Options(), self._proceed)
        self.report, self.preview = report, False

    def _repair(self, wanted: Wanted) -> None:
        self._forget_repair()
        asked = ToMend(
            self.received.name,
            self.schema,
            self.received.sheet,
            max_size=self.received.max_size,
            path=self.received.path,
            choices=wanted,
            laid=self._lay,
        )
        self.repaired = self._open.enter_context(repaired_file(asked, Options(), self._proceed))

    def _forget_repair(self) -> None:
        with self._lock:
            self.repaired = None
            self._open.close()
            for form in ("csv", "excel", "log"):
                (self.folder / f"{form}.csv").unlink(missing_ok=True)
            (self.folder / "xlsx.xlsx").unlink(missing_ok=True)

    def _lay(self, rows: int) -> None:
        self._proceed("", 0, 0)
        self.laid = rows

    def _proceed(self, _table: str, rows: int, errors: int) -> None:
        self.rows, self.errors, self.laid = rows, errors, 0
        if self._stop.is_set():
            raise StoppedError

    def _say(self, state: State) -> None:
        self.state = state
        self.version += 1

    def _fail(self, failure: Text) -> None:
        self.failure = failure
        self._say("failed")
