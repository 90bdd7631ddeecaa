"""The requests of the page, and the answers."""

import asyncio
import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from territo_opendata import project
from territo_opendata.errors import TerritoError
from territo_opendata.language import Language, Text
from territo_opendata.release.pages import render
from territo_opendata.report import RENDERERS, words
from territo_opendata.report.html import render_fragment
from territo_opendata.rules import rule
from territo_opendata.rules.writing import text
from territo_opendata.tables.source import BrokenFileError
from territo_opendata.tables.spool import TooLargeError
from territo_opendata.web import states
from territo_opendata.web.arrival import receive
from territo_opendata.web.asking import (
    BUSY,
    GONE,
    UNCLEAR,
    RefusedError,
    choices_of,
    json_of,
    kind_of,
    language_of,
    number_of,
)
from territo_opendata.web.desk import Desk
from territo_opendata.web.guard import REPORT_POLICY, Guard
from territo_opendata.web.work import Work
from territo_opendata.workflow.recognition import recognise
from territo_opendata.workflow.tables import Received

_HERE = Path(__file__).parent
_TYPES = {
    "csv": "text/csv",
    "excel": "text/csv",
    "log": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

_SHARED = {
    "release.css": ("release", "style.css", "text/css"),
    "report.css": ("report", "report.css", "text/css"),
    "tips.js": ("report", "tips.js", "text/javascript"),
}


def build_app(desk: Desk, language: Language, token: str, port: int) -> Starlette:
    """Return the application that serves the page of `desk` below `/token/` at `port`."""
    desktop = _Pages(desk, language)
    routes = [
        Route("/", desktop.page),
        Route("/files", desktop.drop, methods=["POST"]),
        Route("/files/{key}", desktop.state, methods=["GET"]),
        Route("/files/{key}", desktop.forget, methods=["DELETE"]),
        Route("/files/{key}/sheet", desktop.sheet, methods=["POST"]),
        Route("/files/{key}/check", desktop.check, methods=["POST"]),
        Route("/files/{key}/repair", desktop.repair, methods=["POST"]),
        Route("/files/{key}/changes", desktop.changes),
        Route("/files/{key}/stop", desktop.stop, methods=["POST"]),
        Route("/files/{key}/{which}/fragment", desktop.fragment),
        Route("/files/{key}/{which}/report", desktop.report),
        Route("/files/{key}/download/{form}", desktop.download),
        Route("/look/{name}", _look),
        Mount("/static", StaticFiles(directory=_HERE / "static")),
    ]
    return Starlette(
        routes=[Mount(f"/{token}", routes=routes)],
        middleware=[Middleware(Guard, token=token, port=port)],
        exception_handlers={
            TerritoError: lambda request, error: _told(
                _status(error), _with_remedy(error), language_of(request, language)
            ),
            RefusedError: lambda request, error: _told(
                error.status, error.text, language_of(request, language)
            ),
        },
    )


def _status(error: Exception) -> int:
    return 413 if isinstance(error, TooLargeError) else 422


def _with_remedy(error: Exception) -> Text:
    """Return what went wrong and, where a file is damaged, what to do about it."""
    if not isinstance(error, TerritoError):
        return Text(str(error), str(error))
    if not isinstance(error, BrokenFileError):
        return error.text
    known = rule(error.code)
    return Text(
        f"{error.text.fr} {known.advise('fr')}".strip(),
        f"{error.text.en} {known.advise('en')}".strip(),
    )


def _told(status: int, said: Text, language: Language) -> Response:
    return JSONResponse({"failure": said.say(language)}, status)


async def _look(request: Request) -> Response:
    """Return what the pages of a release, the reports and this page share."""
    name = request.path_params["name"]
    if name not in _SHARED:
        return Response(status_code=404)
    module, file, kind = _SHARED[name]
    return Response(render(f"territo_opendata.{module}", file), media_type=kind)


@dataclass(frozen=True, slots=True)
class _Pages:
    """Answers the requests of the page."""

    desk: Desk
    language: Language

    async def page(self, request: Request) -> Response:
        """Return the page."""
        language = language_of(request, self.language)
        made = render(
            "territo_opendata.web",
            "page.html.j2",
            language=language,
            say=lambda fr, en: text(fr, en).say(language),
            schemas=states.schemas(),
            limit=self.desk.max_size,
            limit_shown=words.number(self.desk.max_size // 1_000_000, language),
        )
        return HTMLResponse(made)

    async def drop(self, request: Request) -> Response:
        """Take a file in."""
        return JSONResponse(states.arrived(await receive(request, self.desk)), 201)

    async def sheet(self, request: Request) -> Response:
        """Say of which schema a sheet of the workbook may be."""
        work, asked = self._work(request), await json_of(request)
        sheet = asked.get("sheet")
        if sheet not in work.recognised.sheets:
            raise RefusedError(422, UNCLEAR)
        kept = work.received
        work.received = Received(kept.name, kept.path, sheet, kept.max_size)
        work.recognised = await asyncio.to_thread(recognise, work.received)
        return JSONResponse(states.arrived(work))

    async def state(self, request: Request) -> Response:
        """Say how far the work is."""
        language = language_of(request, self.language)
        return JSONResponse(states.state(self._work(request), language))

    async def forget(self, request: Request) -> Response:
        """Delete a file."""
        self.desk.remove(self._work(request).id)
        return Response(status_code=204)

    async def check(self, request: Request) -> Response:
        """Begin to check."""
        work, asked = self._work(request), await json_of(request)
        schema = asked.get("schema")
        if schema not in project.builtin_schema_names():
            raise RefusedError(422, UNCLEAR)
        return self._begun(work, lambda: work.check(schema))

    async def repair(self, request: Request) -> Response:
        """Begin to mend."""
        work, asked = self._work(request), await json_of(request)
        wanted = choices_of(asked.get("choices"))
        if work.report is None or work.preview:
            raise RefusedError(409, UNCLEAR)
        return self._begun(work, lambda: work.repair(wanted))

    async def changes(self, request: Request) -> Response:
        """Return some changes of a kind, one by one."""
        work, asked = self._work(request), request.query_params
        if work.repaired is None:
            raise RefusedError(404, GONE)
        kind = kind_of(asked.get("code"), asked.get("field"), asked.get("safety"))
        start, row = number_of(asked.get("start")) or 0, number_of(asked.get("row")) or 0
        try:
            found = await asyncio.to_thread(work.changes, kind, start, row)
        except (ValueError, IndexError, csv.Error) as error:  # no entry begins where it says
            raise RefusedError(422, UNCLEAR) from error
        return JSONResponse(states.page(found, language_of(request, self.language)))

    async def stop(self, request: Request) -> Response:
        """End what is being done."""
        self._work(request).stop()
        return Response(status_code=204)

    async def fragment(self, request: Request) -> Response:
        """Return the report, to be put into the page."""
        work, language = self._work(request), language_of(request, self.language)
        made = await asyncio.to_thread(render_fragment, _report(work, request), language)
        return HTMLResponse(made)

    async def report(self, request: Request) -> Response:
        """Return the report as a page to keep."""
        work, language = self._work(request), language_of(request, self.language)
        made = await asyncio.to_thread(RENDERERS["html"], _report(work, request), language)
        answer = HTMLResponse(made, headers={"content-security-policy": REPORT_POLICY})
        _name(answer, work.name_of("report"))
        return answer

    async def download(self, request: Request) -> Response:
        """Return the mended table, in a form, or the log."""
        work, form = self._work(request), request.path_params["form"]
        if form not in _TYPES or work.repaired is None:
            raise RefusedError(404, GONE)
        path = await asyncio.to_thread(work.output, form, language_of(request, self.language))
        return FileResponse(path, media_type=_TYPES[form], filename=work.name_of(form))

    def _begun(self, work: Work, do: Callable[[], None]) -> Response:
        if not self.desk.begin(work, do):
            raise RefusedError(409, BUSY)
        return Response(status_code=202)

    def _work(self, request: Request) -> Work:
        found = self.desk.find(request.path_params["key"])
        if found is None:
            raise RefusedError(404, GONE)
        return found


def _report(work: Work, request: Request) -> Any:
    which = request.path_params["which"]
    if which == "repaired" and work.repaired is not None:
        return work.repaired.report
    if which == "original" and work.report is not None:
        return work.report
    raise RefusedError(404, GONE)


def _name(answer: Response, name: str) -> None:
    from urllib.parse import quote

    answer.headers["content-disposition"] = f"attachment; filename*=utf-8''{quote(name, safe='')}"
