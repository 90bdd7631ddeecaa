"""The sentences of the command-line library, said in the user's language."""

import re

from territo_opendata.cli.commands import french_names
from territo_opendata.language import Language

_FRENCH = (
    (r"No such option '([^']+)'\.?", r"l’option \1 n’existe pas"),
    (r"No such command '([^']+)'\.?", r"la commande « \1 » n’existe pas"),
    (r"Missing argument '([^']+)'\.?", r"il manque l’argument \1"),
    (r"Missing option '([^']+)'\.?", r"il manque l’option \1"),
    (r"Missing command\.?", "il manque une commande"),
    (r"Option '([^']+)' requires an argument\.?", r"l’option \1 attend une valeur"),
    (r"Option '([^']+)' does not take a value\.?", r"l’option \1 n’attend pas de valeur"),
    (r"Got unexpected extra arguments? \((.*)\)", r"argument en trop : \1"),
    (r"Invalid value for '([^']+)': (.*)", r"valeur incorrecte pour \1 : \2"),
    (r"\((?:Did you mean one of|Possible options): (.*)\)", r"(vouliez-vous \1 ?)"),
    (r" Did you mean '(.*)'\?", r" ; vouliez-vous « \1 » ?"),
    (r"'([^']*)' is not one of (.*?)\.?$", r"« \1 » n’est pas possible ; choisissez parmi \2"),
    (r"'([^']*)' is not a valid integer(?: range)?\.?", r"« \1 » n’est pas un nombre entier"),
    (r"(\S+) is not in the range x>=(\S+?)\.?$", r"\1 est hors des limites (au moins \2)"),
    (r"(\S+) is not in the range (\S+?)<=x<=(\S+?)\.?$", r"\1 est hors des limites (de \2 à \3)"),
)


def usage_message(message: str, command: str, language: Language) -> str:
    """Return what is wrong with the command line, and where to read how it is used."""
    if language == "en":
        return f"{_sentence(message)}\nSee “{command} --help”."
    message = re.sub(r"(?<=argument ')[^']+", lambda name: french_names(name[0]), message)
    for pattern, french in _FRENCH:
        message = re.sub(pattern, french, message)
    return f"{_sentence(message)}\nVoyez « {command} --help »."


def _sentence(message: str) -> str:
    bare = message.rstrip(".")
    return f"{bare[:1].upper()}{bare[1:]}{'' if bare.endswith('?') else '.'}"
