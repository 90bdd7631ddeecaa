"""May we publish there? Asked before anything is written."""

from collections.abc import Mapping, Sequence
from typing import Any

from territo_opendata.errors import RemoteError, UsageError
from territo_opendata.language import visible
from territo_opendata.publish.ckan.portal import CkanPortal

Organization = Mapping[str, Any]


def allowed_organizations(portal: CkanPortal) -> list[Organization]:
    """Return the organisations that the token may publish for. Raises RemoteError for none."""
    if allowed := portal.organizations():
        return allowed
    raise _no_right(portal)


def publishing_organization(
    portal: CkanPortal,
    allowed: Sequence[Organization],
    asked: str | None,
    dataset: Mapping[str, Any] | None,
) -> str:
    """Return the name of the organisation to publish for, one of those `allowed`.

    `asked` is its name, id or title; by default it is that of the dataset that is there, else the
    only one allowed. Raises RemoteError when it is not allowed, UsageError when there is a choice
    to make.
    """
    there = dict((dataset or {}).get("organization") or {})
    found = _chosen(allowed, asked or there.get("id"), portal.api.base)
    if there and there.get("id") != found["id"]:
        name = visible(str(there.get("title") or there.get("name")))
        raise UsageError(
            f"Sur ce portail, ce jeu de données appartient à l’organisation « {name} ». Publiez pour "
            "elle, ou changez la propriété `name` de datapackage.json.",
            f"On this portal the dataset belongs to the organisation “{name}”. Publish for it, or "
            "change the property `name` of datapackage.json.",
        )
    return str(found["name"])


def known_organization(asked: str | None, dataset: Mapping[str, Any] | None) -> str:
    """Return the name of the organisation of what is published, without asking the portal.

    That of the dataset, unless another was asked for.
    """
    there = dict((dataset or {}).get("organization") or {})
    if there and (asked is None or _is_called(there, asked)):
        return str(there["name"])
    return asked or ""


def _is_called(organization: Organization, asked: str) -> bool:
    names = (organization["name"], organization["id"])
    return asked in names or asked.casefold() == _title(organization).casefold()


def _chosen(allowed: Sequence[Organization], asked: str | None, base: str) -> Organization:
    if asked is None:
        if len(allowed) == 1:
            return allowed[0]
        raise UsageError(
            f"Pour quelle organisation publier ? Ajoutez --organization : {_listed(allowed)}.",
            f"Which organisation is it for? Add --organization: {_listed(allowed)}.",
        )
    for each in allowed:
        if _is_called(each, asked):
            return each
    raise RemoteError(
        f"Ce jeton ne permet pas de publier pour « {visible(asked)} » sur « {visible(base)} », ou "
        f"elle n’y existe pas. Il le permet pour : {_listed(allowed)}.",
        f"This token does not permit publishing for “{visible(asked)}” on “{visible(base)}”, or "
        f"there is none. It permits it for: {_listed(allowed)}.",
    )


def _no_right(portal: CkanPortal) -> RemoteError:
    """Return the error for a token that may publish for nobody, CKAN not saying why."""
    if mine := portal.organizations("read"):
        return RemoteError(
            f"Ce jeton est bon, mais son compte n’est que membre de : {_listed(mine)}. Demandez à un "
            "administrateur de l’organisation le rôle d’éditeur.",
            f"This token is good, but its account is a mere member of: {_listed(mine)}. Ask an "
            "administrator of the organisation for the role of editor.",
        )
    return RemoteError(
        f"Le portail « {visible(portal.api.base)} » refuse ce jeton : il est mauvais, expiré ou "
        "révoqué, ou son compte n’est dans aucune organisation. Créez un nouveau jeton dans votre "
        "profil, ou demandez à être éditeur d’une organisation.",
        f"The portal “{visible(portal.api.base)}” refuses this token: it is wrong, expired or "
        "revoked, or its account is in no organisation. Make a new token in your profile, or ask to "
        "be an editor of an organisation.",
    )


def _title(organization: Organization) -> str:
    return str(organization.get("title") or organization["name"])


def _listed(organizations: Sequence[Organization]) -> str:
    names = sorted(str(each["name"]) for each in organizations)
    shown = ", ".join(visible(each) for each in names[:20])
    return shown + (", …" if len(names) > 20 else "")
