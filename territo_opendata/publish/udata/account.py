"""Who publishes: the key and the organisation, checked before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from territo_opendata.clients.answers import StatusError
from territo_opendata.clients.udata import Udata
from territo_opendata.errors import RemoteError, UsageError
from territo_opendata.language import Text, visible

_PARTIAL = "partial_editor"
"""The role of who may write but the objects assigned to it (udata 17, ORG_ROLES)."""


@dataclass(frozen=True, slots=True)
class Organization:
    """An organisation of the portal; `may_create`: whether the account may make datasets for it."""

    id: str
    slug: str
    name: str
    may_create: bool = False


def check_account(portal: Udata, asked: str | None) -> Organization:
    """Return the organisation to publish for; `asked` is its slug, identifier or name.

    None stands for the only one of the account. Raises RemoteError when the key is refused or its
    account may not publish there, UsageError when there is no such organisation or a choice.
    """
    account = portal.me()
    own = [each for each in account.get("organizations") or () if isinstance(each, dict)]
    chosen = _only(own) if asked is None else _named(asked, own)
    found = find_organization(portal, chosen, own)
    if not _is_open(found):
        raise _not_allowed(found)
    return _organization(found, may_create=_may_create(account, found))


def check_rights(owner: Organization, dataset: Mapping[str, Any] | None) -> None:
    """Raise RemoteError unless the account may write the dataset, or make one where there is none.

    udata 17 lets a partial editor make a dataset that it may not write then.
    """
    rights = (dataset or {}).get("permissions") or {}
    allowed = (rights.get("edit") and rights.get("edit_resources")) if dataset else owner.may_create
    if not allowed:
        raise _not_allowed({"name": owner.name})


def read_organization(portal: Udata, asked: str | None) -> Organization:
    """Return the organisation to read from, without a key. Raises as `check_account`."""
    if asked is None:
        raise UsageError(
            "Indiquez l’organisation avec --organization.",
            "Give the organisation with --organization.",
        )
    return _organization(find_organization(portal, asked, []))


def find_organization(portal: Udata, asked: str, own: list[dict[str, Any]]) -> Mapping[str, Any]:
    """Return an organisation; `own` are those to propose when there is none of that name."""
    try:
        return portal.organization(asked)
    except StatusError as error:
        if error.status not in (404, 410):
            raise
        raise UsageError(
            f"Le portail n’a pas d’organisation « {visible(asked)} ». {_choice(own).fr}",
            f"The portal has no organisation “{visible(asked)}”. {_choice(own).en}",
        ) from error


def _named(asked: str, own: list[dict[str, Any]]) -> str:
    """Return the identifier of the organisation of the account that bears a name, else the name."""
    return next((str(each["id"]) for each in own if asked.casefold() in _names(each)), asked)


def _only(own: list[dict[str, Any]]) -> str:
    able = [each for each in own if _is_open(each)]
    if len(able) == 1:
        return str(able[0]["id"])
    if not able:
        raise RemoteError(
            "Le compte de cette clé n’est membre d’aucune organisation du portail. Demandez à un "
            "administrateur de l’organisation de vous y inscrire comme éditeur.",
            "The account of this key is a member of no organisation of the portal. Ask an "
            "administrator of the organisation to make you an editor of it.",
        )
    raise UsageError(
        f"Pour quelle organisation faut-il publier ? {_choice(able).fr}",
        f"For which organisation is this to be published? {_choice(able).en}",
    )


def _choice(own: list[dict[str, Any]]) -> Text:
    slugs = ", ".join(visible(str(each.get("slug"))) for each in own)
    if not slugs:
        return Text(
            "Vérifiez --organization : c’est la fin de l’adresse de sa page.",
            "Check --organization: it is the end of the address of its page.",
        )
    return Text(
        f"Donnez --organization avec l’une de celles du compte : {slugs}.",
        f"Give --organization with one of the account’s: {slugs}.",
    )


def _not_allowed(found: Mapping[str, Any]) -> RemoteError:
    name = visible(str(found.get("name")))
    return RemoteError(
        f"Le compte de cette clé n’a pas le droit de publier pour « {name} ». Demandez à un "
        "administrateur de l’organisation de vous y inscrire comme éditeur.",
        f"The account of this key may not publish for “{name}”. Ask an administrator of the "
        "organisation to make you an editor of it.",
    )


def _is_open(found: Mapping[str, Any]) -> bool:
    """Tell whether the account may see the private things of an organisation: it is a member."""
    return bool((found.get("permissions") or {}).get("private"))


def _may_create(account: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    roles = [
        each.get("role")
        for each in found.get("members") or ()
        if (each.get("user") or {}).get("id") == account.get("id")
    ]
    return "admin" in (account.get("roles") or ()) or any(each != _PARTIAL for each in roles)


def _names(found: Mapping[str, Any]) -> set[str]:
    return {str(found.get(key) or "").casefold() for key in ("id", "slug", "name")} - {""}


def _organization(found: Mapping[str, Any], *, may_create: bool = False) -> Organization:
    name = str(found.get("name") or "")
    return Organization(str(found["id"]), str(found["slug"]), name, may_create)
