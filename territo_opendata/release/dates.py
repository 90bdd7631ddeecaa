"""When a release was made: from its descriptor, never from the clock."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from territo_opendata.errors import DescriptorError

_PROPERTIES = ("lastModified", "modified", "created")


def release_date(descriptor: Mapping[str, Any]) -> datetime | None:
    """Return the date of the release in UTC: `lastModified`, else `created`, of the descriptor.

    Where it states neither, SOURCE_DATE_EPOCH (reproducible-builds.org), else None. Raises
    DescriptorError for a date that is none.
    """
    for name in _PROPERTIES:
        if descriptor.get(name):
            return _parse(name, descriptor[name])
    return _from_environment(os.environ.get("SOURCE_DATE_EPOCH"))


def creation_date(descriptor: Mapping[str, Any]) -> datetime | None:
    """Return when the package was first made (`created`) in UTC. Raises as `release_date`."""
    created = descriptor.get("created")
    return _parse("created", created) if created else None


def _parse(name: str, value: Any) -> datetime:
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError as error:
        raise DescriptorError(
            f"La propriété `{name}` de datapackage.json n’est pas une date : « {value} ». "
            "Écrivez-la comme « 2026-11-22 ».",
            f"The property `{name}` of datapackage.json is not a date: “{value}”. "
            "Write it like “2026-11-22”.",
        ) from error
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def _from_environment(seconds: str | None) -> datetime | None:
    if not seconds:
        return None
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise DescriptorError(
            f"SOURCE_DATE_EPOCH doit être un nombre de secondes, pas « {seconds} ».",
            f"SOURCE_DATE_EPOCH must be a number of seconds, not “{seconds}”.",
        ) from error
