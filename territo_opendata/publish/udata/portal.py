"""The connection to a portal, from what the user wrote."""

from territo_opendata.clients.addresses import split_url
from territo_opendata.clients.portal import PortalSession
from territo_opendata.clients.udata import Udata
from territo_opendata.errors import UsageError
from territo_opendata.language import visible

KEY_VARIABLE = "TERRITO_UDATA_KEY"
"""The environment variable of the API key, unless the target names another (`token_env`)."""


def base_of(place: str) -> str:
    """Return the address of a portal without what its API adds. Raises UsageError for none."""
    base = place.strip().rstrip("/").removesuffix("/api/1").rstrip("/")
    parts = split_url(base)
    if parts.query or parts.fragment:
        raise UsageError(
            f"« {visible(place)} » doit être l’adresse du portail, comme https://www.data.gouv.fr.",
            f"“{visible(place)}” must be the address of the portal, like https://www.data.gouv.fr.",
        )
    return base


def open_portal(base: str, key: str | None) -> Udata:
    """Return the portal; `key` goes into a header that nothing shows, None reads as a stranger."""
    session = PortalSession(base, secret_headers={"X-API-KEY": key} if key else {})
    return Udata(session, keyed=key is not None)
