"""Validation in which a project's accepted findings do not count."""

import dataclasses
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from territo_opendata import project
from territo_opendata.errors import MissingFileError, UsageError
from territo_opendata.findings import Report
from territo_opendata.settings import load_settings
from territo_opendata.validate.inputs import Options

if TYPE_CHECKING:
    from territo_opendata.accepted import Accepted

BASELINE_FILE = "territo-baseline.json"
"""Where `territo baseline` writes unless told otherwise."""

_MAX_BYTES = 200_000_000


def load_accepted(
    files: Sequence[str], baseline: Path | None, *, partly: bool = False
) -> "Accepted | None":
    """Return what is accepted of these files (none: of the package here), None for nothing.

    That is the baseline given, and the waivers of the `territo.toml` beside the package that
    the first file belongs to. `partly` tells that not all tables will be checked. Raises MissingFileError, UsageError and DescriptorError.
    """
    waivers = load_settings(_project_folder(files)).waivers
    if baseline is None and not waivers:
        return None
    from territo_opendata.accepted import Accepted, parse_baseline

    known = None if baseline is None else parse_baseline(_read(baseline), str(baseline))
    today = datetime.now(UTC).astimezone().date()
    return Accepted(today, known, str(baseline or ""), waivers, whole=not (files or partly))


def validate_accepting(
    validate: Callable[[Options], Report], options: Options, accepted: "Accepted | None"
) -> Report:
    """Return the report of `validate` without what is accepted, its lists cut as `options` say.

    All findings have to be known for that: their number bounds the memory it takes.
    """
    if accepted is None:
        return validate(options)
    from territo_opendata.accepted import apply

    report = validate(dataclasses.replace(options, limit=None))
    return apply(report, accepted, options.limit)


def _project_folder(files: Sequence[str]) -> Path:
    here = Path.cwd()
    local = next((Path(each) for each in files if each != "-" and "://" not in each), here)
    package = project.find_package(local)
    return package.parent if package else here


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            content = stream.read(_MAX_BYTES + 1)
    except OSError as error:
        raise MissingFileError(
            f"La liste de constats acceptés « {path} » ne peut pas être ouverte : {error.strerror}. "
            "« territo baseline » l’écrit.",
            f"The baseline “{path}” cannot be opened: {error.strerror}. “territo baseline” writes it.",
        ) from error
    if len(content) > _MAX_BYTES:
        raise UsageError(f"« {path} » est démesuré.", f"“{path}” is outsized.")
    return content
