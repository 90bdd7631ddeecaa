"""Which language the command speaks."""

from collections.abc import Mapping, Sequence

from territo_opendata.language import LANGUAGES, Language


def choose_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """Return the language asked for by `--lang`, else that of the locale, else French.

    The arguments are looked at before they are parsed, since the help is to be in it too.
    """
    for place, argument in enumerate(arguments):
        value = argument.removeprefix("--lang=") if argument.startswith("--lang=") else ""
        if argument == "--lang" and place + 1 < len(arguments):
            value = arguments[place + 1]
        if value in LANGUAGES:
            return "en" if value == "en" else "fr"
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return "en" if environment[name].startswith("en") else "fr"
    return "fr"
