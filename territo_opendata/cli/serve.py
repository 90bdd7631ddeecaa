"""`territo serve`: check and mend files in a page of the browser, on this machine."""

import contextlib

import click

from territo_opendata.cli.commands import add_command
from territo_opendata.cli.console import say
from territo_opendata.cli.options import speaker
from territo_opendata.errors import UsageError
from territo_opendata.language import Language, Text

_HELP = Text(
    "Ouvre dans le navigateur une page où déposer un fichier, lire le rapport, corriger et télécharger. "
    "Rien ne quitte cet ordinateur.\n\n"
    "Exemple : territo serve",
    "Open a page in the browser where you drop a file, read the report, mend and download. "
    "Nothing leaves this computer.\n\n"
    "Example: territo serve",
)


def register(app: click.Group, language: Language) -> None:
    """Add the command, its help in `language`."""
    about = speaker(language)

    @add_command(app, _HELP, language)
    @click.option(
        "--port",
        type=click.IntRange(0, 65535),
        default=0,
        metavar="PORT",
        help=about("Port à employer ; 0 : un port libre.", "Port to use; 0: a free one."),
    )
    @click.option(
        "--no-browser",
        is_flag=True,
        help=about("N’ouvre pas le navigateur.", "Do not open the browser."),
    )
    @click.option(
        "--max-size",
        type=click.IntRange(min=1),
        default=1000,
        metavar="MB",
        help=about(
            "Taille maximale d’un fichier, reçu ou décompressé, en Mo.",
            "Largest size of a file, received or expanded, in MB.",
        ),
    )
    def serve(*, port: int, no_browser: bool, max_size: int) -> int:
        try:
            from territo_opendata.web.server import serve as serve_page
        except ModuleNotFoundError as error:
            raise _missing(error) from error

        def ready(address: str) -> None:
            say(about(f"La page est prête : {address}", f"The page is ready: {address}"))
            say(about("Ctrl-C pour arrêter.", "Ctrl-C to stop."))
            if not no_browser:
                _open(address)

        with contextlib.suppress(KeyboardInterrupt):
            serve_page(port, max_size * 1_000_000, language, ready)
        say(about("Arrêté : les fichiers sont effacés.", "Stopped: the files are deleted."))
        return 0


def _open(address: str) -> None:
    import threading
    import webbrowser

    # A browser in the console would stop the server: it is waited for elsewhere.
    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _missing(error: ModuleNotFoundError) -> Exception:
    if (error.name or "").split(".")[0] not in ("starlette", "uvicorn"):
        return error
    return UsageError(
        'Cette page a besoin de deux bibliothèques de plus : pip install "territo-opendata[web]"',
        'This page needs two more libraries: pip install "territo-opendata[web]"',
    )
