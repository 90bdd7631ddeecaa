"""What udata refuses, in words that say what to do.

udata 17 says no in several shapes: `errors` by field (strings or lists of them, nested), `errors`
by position in a list, a `message` alone, `success: false` with an `error`, or the page of a proxy.
Its sentences change with the language of the account: they are shown, never compared.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from territo_opendata.clients.addresses import shown
from territo_opendata.clients.answers import Answer, StatusError
from territo_opendata.language import Text, visible

_WORDS = 400

_STATUSES = {
    401: Text(
        "La clé d’API est absente, fausse, révoquée ou périmée. Créez-en une autre sur la page "
        "« Mon compte » du portail, et donnez-la dans la variable d’environnement de la cible "
        "(TERRITO_UDATA_KEY).",
        "The API key is missing, wrong, revoked or expired. Make another on the account page of "
        "the portal, and give it in the environment variable of the target (TERRITO_UDATA_KEY).",
    ),
    403: Text(
        "Le compte de cette clé n’a pas ce droit. Demandez à un administrateur de l’organisation "
        "de vous y inscrire comme éditeur, ou prenez la clé d’un compte qui l’est.",
        "The account of this key lacks this right. Ask an administrator of the organisation to "
        "make you an editor of it, or take the key of an account that is one.",
    ),
    404: Text(
        "Il n’y a rien à cette adresse, ou c’est privé et caché à ce compte. Vérifiez l’adresse, "
        "l’identifiant et la clé.",
        "Nothing is at this address, or it is private and hidden from this account. Check the "
        "address, the identifier and the key.",
    ),
    409: Text(
        "L’état du jeu de données l’interdit (un jeu qui a un DOI ne peut être ni supprimé ni "
        "rendu privé) : archivez-le plutôt.",
        "The state of the dataset forbids it (one that has a DOI can be neither deleted nor made "
        "private): archive it instead.",
    ),
    410: Text(
        "Ce jeu de données a été supprimé sur le portail. Restaurez-le sur sa page "
        "d’administration, ou refaites un plan pour en créer un autre.",
        "This dataset was deleted on the portal. Restore it on its administration page, or make "
        "a new plan to create another.",
    ),
    413: Text(
        "Le fichier dépasse ce que le portail, ou un serveur placé devant lui, accepte. Demandez "
        "à l’équipe du portail de relever la limite, ou découpez la table.",
        "The file is larger than the portal, or a server in front of it, accepts. Ask the "
        "portal’s team to raise the limit, or split the table.",
    ),
    415: Text(
        "Le portail ne reconnaît pas le contenu du fichier. Signalez-le à l’équipe du portail.",
        "The portal does not know the content of the file. Tell the portal’s team.",
    ),
    423: Text(
        "Le portail est en lecture seule, le temps d’une maintenance. Recommencez plus tard : "
        "ce qui est déjà publié ne sera pas refait.",
        "The portal is read-only during a maintenance. Try again later: what is published already "
        "will not be done again.",
    ),
    429: Text(
        "Le portail reçoit trop de demandes. Recommencez dans quelques minutes : ce qui est déjà "
        "publié ne sera pas refait.",
        "The portal gets too many requests. Try again in a few minutes: what is published already "
        "will not be done again.",
    ),
}
_FAILING = Text(
    "Le portail ou un serveur placé devant lui est en panne. Recommencez plus tard : ce qui est "
    "déjà publié ne sera pas refait. Si cela dure, prévenez l’équipe du portail.",
    "The portal or a server in front of it is failing. Try again later: what is published already "
    "will not be done again. If it lasts, tell the portal’s team.",
)
_ODD = Text(
    "Vérifiez l’adresse du portail, puis recommencez ; si cela dure, prévenez son équipe.",
    "Check the address of the portal, then try again; if it lasts, tell its team.",
)
_FIELDS = {
    "title": Text(
        "Corrigez `title` dans datapackage.json (350 caractères au plus).",
        "Mend `title` in datapackage.json (350 characters at most).",
    ),
    "description": Text(
        "Corrigez `description` dans datapackage.json (100 000 caractères au plus).",
        "Mend `description` in datapackage.json (100,000 characters at most).",
    ),
    "tags": Text(
        "Corrigez `keywords` dans datapackage.json (3 à 96 caractères chacun).",
        "Mend `keywords` in datapackage.json (3 to 96 characters each).",
    ),
    "license": Text(
        "Corrigez `licenses` dans datapackage.json.", "Mend `licenses` in datapackage.json."
    ),
    "frequency": Text(
        "Corrigez `frequency` dans datapackage.json.", "Mend `frequency` in datapackage.json."
    ),
    "temporal_coverage": Text(
        "Corrigez `temporal` dans datapackage.json (dates complètes, le début avant la fin).",
        "Mend `temporal` in datapackage.json (whole dates, the start before the end).",
    ),
    "spatial": Text(
        "Corrigez `spatial` dans datapackage.json : une zone connue du portail ou un cadre.",
        "Mend `spatial` in datapackage.json: a zone known to the portal, or a bounding box.",
    ),
    "contact_points": Text(
        "Le point de contact doit appartenir à l’organisation du jeu de données : corrigez le "
        "contributeur `publisher` dans datapackage.json, ou --organization.",
        "The contact point must belong to the organisation of the dataset: mend the contributor "
        "`publisher` in datapackage.json, or --organization.",
    ),
    "email": Text(
        "Corrigez l’adresse `email` du contributeur `publisher` dans datapackage.json.",
        "Mend the `email` of the contributor `publisher` in datapackage.json.",
    ),
    "organization": Text(
        "Vérifiez --organization (ou `organization` dans territo.toml), et que le compte de la "
        "clé est membre de cette organisation.",
        "Check --organization (or `organization` in territo.toml), and that the account of the "
        "key is a member of that organisation.",
    ),
    "schema": Text(
        "Corrigez `path`, `name` ou `version` dans le schéma de la table : le portail ne connaît "
        "pas ce schéma ou cette version.",
        "Mend `path`, `name` or `version` in the table’s schema: the portal does not know this "
        "schema or version.",
    ),
    "resources": Text(
        "La liste des fichiers a changé sur le portail entre-temps : recommencez.",
        "The list of files has changed on the portal meanwhile: start over.",
    ),
    "deleted": Text(
        "Un jeu de données qui a un DOI ne peut pas être supprimé : archivez-le.",
        "A dataset that has a DOI cannot be deleted: archive it.",
    ),
    "private": Text(
        "Un jeu de données qui a un DOI ne peut pas être rendu privé.",
        "A dataset that has a DOI cannot be made private.",
    ),
}
_UNKNOWN_FIELD = Text(
    "Corrigez datapackage.json d’après cette indication, refaites la livraison et recommencez.",
    "Mend datapackage.json as this says, build the release again and start over.",
)
_FILE = Text(
    "Le portail ne prend pas ce fichier. Si son type ne lui est pas connu, demandez à son équipe "
    "de l’ajouter ; sinon, recommencez.",
    "The portal does not take this file. If it does not know the type, ask its team to add it; "
    "else, start over.",
)


def refusal(answer: Answer, doing: Text) -> StatusError:
    """Return the error for an answer that says no: what was refused, why, and what to do.

    `doing` names what was asked, as « la création du jeu de données ».
    """
    body = _body(answer)
    words = _words(body)
    advice = _FILE if _is_upload_refused(answer) else _advice(answer.status, body)
    place = shown(answer.url).split("/api/", 1)[0]
    return StatusError(
        f"« {place} » refuse {doing.fr} ({answer.status}{_quoted(words, ' : ')}). {advice.fr}",
        f"“{place}” refuses {doing.en} ({answer.status}{_quoted(words, ': ')}). {advice.en}",
        answer.status,
    )


def _is_upload_refused(answer: Answer) -> bool:
    return answer.status == 400 and answer.url.endswith("/upload/")


def _quoted(words: str, colon: str) -> str:
    return f"{colon}{visible(words, _WORDS)}" if words else ""


def _body(answer: Answer) -> Mapping[str, Any]:
    """Return the body if it is one of udata's own, else nothing: a page has no words for us."""
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _advice(status: int, body: Mapping[str, Any]) -> Text:
    if status == 400:
        return _mending(body)
    if status >= 500:
        return _FAILING
    return _STATUSES.get(status, _ODD)


def _mending(body: Mapping[str, Any]) -> Text:
    """Return what to mend, by the fields that were refused."""
    fields = dict.fromkeys(name for name, _ in _failures(body.get("errors")))
    known = [_FIELDS[name] for name in fields if name in _FIELDS]
    if not known:
        return _UNKNOWN_FIELD
    return Text(" ".join(each.fr for each in known), " ".join(each.en for each in known))


def _words(body: Mapping[str, Any]) -> str:
    """Return what the portal says, on one line."""
    failures = [
        f"{name} : {text}" if name else text for name, text in _failures(body.get("errors"))
    ]
    said = failures or [str(body[key]) for key in ("error", "message") if body.get(key)]
    return " ; ".join(said)


def _failures(errors: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield each field that was refused, with the reason; a nested one by its outer name."""
    if isinstance(errors, Mapping):
        for key, value in errors.items():
            yield from _failures(value, name or str(key))
    elif isinstance(errors, list):
        for each in errors:
            yield from _failures(each, name)
    elif errors:
        yield name, str(errors)
