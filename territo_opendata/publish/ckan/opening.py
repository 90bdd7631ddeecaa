"""A CKAN by the address that the user typed."""

from collections.abc import Mapping
from typing import Any

from territo_opendata.clients.addresses import shown, split_url
from territo_opendata.clients.ckan import CkanApi
from territo_opendata.clients.portal import PortalSession
from territo_opendata.errors import UsageError
from territo_opendata.publish.ckan.options import Options
from territo_opendata.publish.ckan.portal import CkanPortal
from territo_opendata.publish.ckan.source import open_source
from territo_opendata.publish.ckan.target import CkanTarget
from territo_opendata.publish.tokens import read_token
from territo_opendata.release import Release

TOKEN = "TERRITO_CKAN_TOKEN"  # noqa: S105 - the name of a variable, not a token

__all__ = ["open_source", "open_target"]


def open_target(place: str, release: Release, settings: Mapping[str, Any]) -> CkanTarget:
    """Return the CKAN at the address `place` as a target.

    Raises UsageError when its token is not set; one that is `read_only` needs none.
    """
    options = Options(
        organization=settings.get("organization"),
        private=bool(settings.get("private")),
        token_env=settings.get("token_env"),
        check_files=bool(settings.get("check_files")),
        read_only=bool(settings.get("read_only")),
    )
    base = check_base(place)
    token = read_token(options.token_env or TOKEN, required=not options.read_only)
    session = PortalSession(base, secret_headers={"Authorization": token} if token else {})
    return CkanTarget(CkanPortal(CkanApi(session)), release, options)


def check_base(place: str) -> str:
    """Return the address of a CKAN. Raises UsageError for anything but an http(s) address."""
    base = place.rstrip("/")
    split_url(base)
    if "?" in base or "#" in base or "/dataset/" in base:
        raise UsageError(
            f"« {shown(base)} » n’est pas l’adresse d’un portail : donnez celle de son accueil, "
            "comme ckan:https://donnees.exemple.fr.",
            f"“{shown(base)}” is not the address of a portal: give that of its home page, like "
            "ckan:https://data.example.org.",
        )
    return base
