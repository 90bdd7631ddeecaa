"""The least version that differences ask for.

Version numbers follow semver.org 2.0.0, as the Data Package Version recipe says. While MAJOR is 0
anything may change at any time (section 4): a new MINOR is then enough for what would be MAJOR.
"""

import re
from collections.abc import Iterable

from territo_opendata.compare.kinds import KINDS
from territo_opendata.compare.model import Change, Comparison, Level
from territo_opendata.release.names import version_key

_CORE = re.compile(r"(\d+)\.(\d+)\.(\d+)(-[^+]+)?(?:\+.*)?", re.ASCII)
_MAX_DIGITS = 60


def level_of(changes: Iterable[Change]) -> Level:
    """Return the highest class of these differences."""
    return max((KINDS[each.kind].level for each in changes), default=Level.NONE)


def comparison_level(found: Comparison) -> Level:
    """Return the class of all that differs."""
    return level_of(found.all_changes())


def least_version(version: str | None, level: Level) -> str | None:
    """Return the lowest version that may follow `version` after differences of this class.

    None when `version` is no semantic version. A pre-release promises nothing: what follows it
    needs only be higher, and its own number without the mark is.
    """
    match = _CORE.fullmatch(version or "")
    if match is None or len(version or "") > _MAX_DIGITS:
        return None
    major, minor, patch = (int(match[place]) for place in (1, 2, 3))
    if match[4]:
        return f"{major}.{minor}.{patch}" if level else version
    if level is Level.NONE:
        return version
    if level is Level.MAJOR and major:
        return f"{major + 1}.0.0"
    if level is Level.PATCH:
        return f"{major}.{minor}.{patch + 1}"
    return f"{major}.{minor + 1}.0"


def is_enough(old: str | None, new: str | None, level: Level) -> bool | None:
    """Tell whether the version `new` may follow `old`; None when one of them cannot be read.

    A pre-release of the least version is enough, and so is any step between pre-releases.
    """
    least = least_version(old, level)
    match = _CORE.fullmatch(new or "")
    if least is None or match is None or len(new or "") > _MAX_DIGITS:
        return None
    if level is Level.NONE:
        return True
    core = f"{int(match[1])}.{int(match[2])}.{int(match[3])}"
    higher = version_key(str(new)) > version_key(str(old))
    return higher and version_key(core) >= version_key(least)
