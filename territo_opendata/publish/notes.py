"""Sentences that plans for several kinds of target share."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from territo_opendata.language import Text, visible

_SHOWN = 10


def untouched(names: Sequence[str]) -> tuple[Text, ...]:
    """Return the note that names what of others stands there and stays as it is."""
    if not names:
        return ()
    listed = ", ".join(f"« {visible(each)} »" for each in names[:_SHOWN])
    rest = len(names) - _SHOWN
    more = Text(f" et {rest} autres", f" and {rest} others") if rest > 0 else Text("", "")
    return (
        Text(
            f"Ne sera pas touché : {listed}{more.fr}.", f"Will not be touched: {listed}{more.en}."
        ),
    )


def unencrypted(base: str) -> tuple[Text, ...]:
    """Return the note that a token travels in clear, unless it stays on this machine."""
    parts = urlsplit(base)
    if parts.scheme == "https" or parts.hostname in ("localhost", "127.0.0.1", "::1"):
        return ()
    return (
        Text(
            "L’adresse du portail n’est pas chiffrée (http) : quiconque est sur le chemin peut lire "
            "votre jeton. Préférez https.",
            "The address of the portal is not encrypted (http): whoever is on the way can read your "
            "token. Prefer https.",
        ),
    )


def stored_as(what: Text, sent: str, stored: str | None) -> Text:
    """Return the note that a portal keeps a value in another form; None: not at all."""
    value = visible(sent)
    if stored is None:
        return Text(
            f"{what.fr} « {value} » : le portail ne l’accepte pas, il n’est que dans datapackage.json.",
            f"{what.en} “{value}”: the portal does not take it, it stands in datapackage.json only.",
        )
    return Text(
        f"{what.fr} « {value} » → « {visible(stored)} » : le portail l’écrit ainsi.",
        f"{what.en} “{value}” → “{visible(stored)}”: so the portal writes it.",
    )
