"""What CKAN's refusals mean for the person who publishes.

CKAN words its messages in the language of the portal, so that only the HTTP status, the kind of
error (`__type`) and the fields it names are relied on.
"""

from collections.abc import Callable
from dataclasses import dataclass

from territo_opendata.clients.ckan import ActionError
from territo_opendata.errors import RemoteError
from territo_opendata.language import Text, visible


@dataclass(frozen=True, slots=True)
class Meaning:
    """A kind of refusal: how it is known, and what to do about it."""

    name: str
    matches: Callable[[ActionError], bool]
    text: Text


def _names(*fields: str) -> Callable[[ActionError], bool]:
    return lambda error: error.status == 409 and any(each in error.details for each in fields)


def _status(*statuses: int) -> Callable[[ActionError], bool]:
    return lambda error: error.status in statuses


MEANINGS = (
    Meaning(
        "too-large",
        lambda error: error.status == 413 or (error.status == 409 and "upload" in error.details),
        Text(
            "le fichier est plus gros que ce que le portail accepte. Demandez à son administrateur "
            "de relever la limite (ckan.max_resource_size, et celle de son serveur web), ou "
            "partagez la table en plusieurs.",
            "the file is larger than the portal takes. Ask its administrator to raise the limit "
            "(ckan.max_resource_size, and that of its web server), or split the table.",
        ),
    ),
    Meaning(
        "changed-meanwhile",
        lambda error: error.status == 409 and "match" in error.details,
        Text(
            "quelqu’un d’autre a modifié le jeu de données pendant cette publication. Rien n’a été "
            "écrasé : refaites un plan, relisez-le, puis publiez.",
            "somebody else changed the dataset during this publication. Nothing was overwritten: "
            "make a new plan, read it, then publish.",
        ),
    ),
    Meaning(
        "name",
        _names("name"),
        Text(
            "ce nom de jeu de données est déjà pris sur le portail, ou refusé. Changez la propriété "
            "`name` de datapackage.json, ou faites supprimer le jeu qui le porte.",
            "this dataset name is taken on the portal already, or refused. Change the property "
            "`name` of datapackage.json, or have the dataset that bears it deleted.",
        ),
    ),
    Meaning(
        "organization",
        _names("owner_org"),
        Text(
            "l’organisation n’existe pas sur ce portail, ou manque. Donnez son identifiant, celui de "
            "l’adresse de sa page, avec --organization.",
            "the organisation does not exist on this portal, or is missing. Give its identifier, "
            "that of the address of its page, with --organization.",
        ),
    ),
    Meaning(
        "email",
        _names("author_email", "maintainer_email"),
        Text(
            "une adresse de courriel est refusée. Corrigez `email` dans `contributors` de "
            "datapackage.json.",
            "an e-mail address is refused. Mend `email` in `contributors` of datapackage.json.",
        ),
    ),
    Meaning(
        "tags",
        _names("tags"),
        Text(
            "un mot-clé est refusé. Changez `keywords` dans datapackage.json : lettres, chiffres, "
            "espaces, « - », « _ » et « . », 2 à 100 caractères.",
            "a keyword is refused. Change `keywords` in datapackage.json: letters, digits, spaces, "
            "“-”, “_” and “.”, 2 to 100 characters.",
        ),
    ),
    Meaning(
        "extras",
        _names("extras", "extras_validation"),
        Text(
            "une propriété du paquet est refusée par ce portail. Ôtez-la de datapackage.json, ou "
            "demandez à son administrateur ce qu’il attend.",
            "a property of the package is refused by this portal. Take it out of datapackage.json, "
            "or ask its administrator what is expected.",
        ),
    ),
    Meaning(
        "datastore-rows",
        _names("records", "records_row", "data", "info"),
        Text(
            "le DataStore refuse des lignes : aucune de ce lot n’a été gardée. Vérifiez la table avec "
            "`territo validate`, puis publiez à nouveau.",
            "the DataStore refuses rows: none of this batch was kept. Check the table with "
            "`territo validate`, then publish again.",
        ),
    ),
    Meaning(
        "datastore-columns",
        _names("fields", "field", "index", "primary_key"),
        Text(
            "le DataStore refuse les colonnes. Vérifiez leurs noms et types dans le schéma, puis "
            "publiez à nouveau.",
            "the DataStore refuses the columns. Check their names and types in the schema, then "
            "publish again.",
        ),
    ),
    Meaning(
        "datastore-read-only",
        _names("read-only"),
        Text(
            "cette table du DataStore est en lecture seule : un autre outil du portail (DataPusher, "
            "XLoader) la tient. Demandez à son administrateur de l’écarter de ce jeu de données.",
            "this DataStore table is read-only: another tool of the portal (DataPusher, XLoader) "
            "owns it. Ask its administrator to keep it off this dataset.",
        ),
    ),
    Meaning(
        "resources",
        lambda error: (
            error.status == 409
            and bool({"id", "size", "last_modified", "resources"} & error.details.keys())
        ),
        Text(
            "la description d’un fichier est refusée. Refaites la livraison avec `territo build` ; si "
            "cela persiste, c’est un défaut de territo : signalez-le avec ce message.",
            "the description of a file is refused. Build the release again with `territo build`; if "
            "it persists, it is a fault of territo: report it with this message.",
        ),
    ),
    Meaning(
        "refused",
        _status(401, 403),
        Text(
            "le jeton n’y donne pas droit : il est mauvais, expiré ou révoqué, ou son compte n’est ni "
            "éditeur ni administrateur de l’organisation. Créez un nouveau jeton dans votre profil, "
            "ou demandez ce rôle à un administrateur de l’organisation.",
            "the token does not permit it: it is wrong, expired or revoked, or its account is neither "
            "editor nor administrator of the organisation. Make a new token in your profile, or ask "
            "an administrator of the organisation for that role.",
        ),
    ),
    Meaning(
        "missing",
        _status(404),
        Text(
            "le portail ne le trouve pas : il a été supprimé entre-temps, ou l’adresse n’est pas celle "
            "d’un CKAN. Vérifiez l’adresse, puis refaites un plan.",
            "the portal does not find it: it was deleted meanwhile, or the address is not that of a "
            "CKAN. Check the address, then make a new plan.",
        ),
    ),
    Meaning(
        "no-action",
        _status(400),
        Text(
            "ce portail ne connaît pas cette opération. Il lui faut CKAN 2.11 ou plus récent.",
            "this portal does not know this operation. It needs CKAN 2.11 or later.",
        ),
    ),
    Meaning(
        "overloaded",
        _status(429, 502, 503, 504),
        Text(
            "le portail est surchargé ou en maintenance. Recommencez plus tard : ce qui est fait ne "
            "sera pas refait.",
            "the portal is overloaded or in maintenance. Start over later: what is done will not be "
            "done again.",
        ),
    ),
    Meaning(
        "search-index",
        lambda error: "Search" in error.kind,
        Text(
            "le moteur de recherche du portail est en panne, ou refuse un texte trop long. La "
            "modification a été annulée : recommencez plus tard, ou prévenez son administrateur.",
            "the search engine of the portal is failing, or refuses a text too long. The change was "
            "undone: start over later, or tell its administrator.",
        ),
    ),
    Meaning(
        "failing",
        lambda error: error.status >= 500,
        Text(
            "le portail est en panne. Recommencez plus tard : ce qui est fait ne sera pas refait. Si "
            "cela dure, prévenez son administrateur.",
            "the portal is failing. Start over later: what is done will not be done again. If it "
            "lasts, tell its administrator.",
        ),
    ),
    Meaning(
        "other",
        lambda _error: True,
        Text(
            "le portail ne dit pas autrement pourquoi. Vérifiez datapackage.json, ou montrez ce "
            "message à l’administrateur du portail.",
            "the portal does not say otherwise why. Check datapackage.json, or show this message to "
            "the administrator of the portal.",
        ),
    ),
)
"""Every kind of refusal, the first that matches counting."""


class RefusedByPortalError(RemoteError):
    """A refusal of CKAN's in words; `meaning` is its name in `MEANINGS`, `status` the HTTP one."""

    def __init__(self, error: ActionError, meaning: Meaning, what: str) -> None:
        said = _said(error)
        fr = f" Le portail dit : {said}." if said else ""
        en = f" The portal says: {said}." if said else ""
        super().__init__(
            f"{visible(what, 200)} : {meaning.text.fr}{fr} ({error.action}, {error.status})",
            f"{visible(what, 200)}: {meaning.text.en}{en} ({error.action}, {error.status})",
        )
        self.meaning = meaning.name
        self.status = error.status


def explain(error: ActionError, what: str) -> RefusedByPortalError:
    """Return the refusal in words; `what` is the object or dataset that it is about."""
    meaning = next(each for each in MEANINGS if each.matches(error))
    return RefusedByPortalError(error, meaning, what)


def _said(error: ActionError) -> str:
    """Return the portal's own words, field by field."""
    told = [
        f"{key}: {_flat(value)}" for key, value in error.details.items() if key != "records_row"
    ]
    return visible(" ; ".join(told), 300)


def _flat(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_flat(each) for each in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_flat(each)}" for key, each in value.items())
    return str(value)
