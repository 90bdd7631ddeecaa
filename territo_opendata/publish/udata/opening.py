"""A target made of what the user wrote."""

from collections.abc import Mapping
from typing import Any

from territo_opendata.publish.tokens import read_token
from territo_opendata.publish.udata.portal import KEY_VARIABLE, base_of, open_portal
from territo_opendata.publish.udata.target import Options, UdataTarget
from territo_opendata.release import Release


def open_target(place: str, release: Release, settings: Mapping[str, Any]) -> UdataTarget:
    """Return the portal at `place` (`https://www.data.gouv.fr`) as a target for the release.

    Settings: `organization` (slug, identifier or name), `private`, `token_env`, `read_only`.
    Raises UsageError when no key is set though something may have to be written.
    """
    variable = str(settings.get("token_env") or KEY_VARIABLE)
    key = read_token(variable, required=not settings.get("read_only"))
    base = base_of(place)
    options = Options(
        organization=settings.get("organization") or None,
        private=bool(settings.get("private")),
        token_env=settings.get("token_env") or None,
        read_only=bool(settings.get("read_only")),
    )
    return UdataTarget(base, release, open_portal(base, key), options)
