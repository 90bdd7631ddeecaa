"""Sentences that plans for several kinds of target share."""

from collections.abc import Sequence

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
