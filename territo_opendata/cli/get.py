"""`territo get`: download a published package, every digest checked."""

from pathlib import Path

import click

from territo_opendata.cli import options
from territo_opendata.cli.commands import add_command
from territo_opendata.cli.console import say, show, use_color, width
from territo_opendata.cli.progress import ReadingProgress
from territo_opendata.language import Language, Text, visible
from territo_opendata.publish import Got

_HELP = Text(
    "Télécharge un paquet publié et vérifie chaque somme de contrôle.\n\n"
    "Exemple : territo get https://exemple.fr/donnees/territo-opendata --output donnees",
    "Download a published package and check every checksum.\n\n"
    "Example: territo get https://example.org/data/territo-opendata --output data",
)
_EXIT_CODES = {"valid": 0, "invalid": 1, "incomplete": 3}


def register(app: click.Group, language: Language) -> None:
    """Add the command, its help in `language`."""
    about = options.speaker(language)

    @add_command(app, _HELP, language)
    @click.argument(
        "source",
        metavar="SOURCE",
        help=about(
            "Un dossier, ou une adresse file:// ou http(s)://.",
            "A folder, or an address file:// or http(s)://.",
        ),
    )
    @click.option(
        "--output",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help=about("Où écrire (<nom>-<version>).", "Where to write (<name>-<version>)."),
    )
    @click.option(
        "--validate",
        is_flag=True,
        help=about("Vérifie aussi les données.", "Validate the data too."),
    )
    @options.signature_options(about)
    def get(
        source: str,
        *,
        output: Path | None,
        validate: bool,
        require_signature: bool,
        public_key: str | None,
    ) -> int:
        from territo_opendata.workflow import release

        key = options.asked_key(public_key, required=require_signature)
        got = release.get(source, output, public_key=key)
        _tell(got, language)
        return _validate(got, language) if validate else 0


def _tell(got: Got, language: Language) -> None:
    about = options.speaker(language)
    size = f"{got.bytes:,}".replace(",", " ")
    text = about(
        f"{got.name} {got.version} : {got.files} fichiers, {size} octets, dans {got.path}",
        f"{got.name} {got.version}: {got.files} files, {size} bytes, in {got.path}",
    )
    show(text + "\n")
    if got.signed is not None:
        say(
            about(
                f"  signature vérifiée : {visible(got.signed, 200)}",
                f"  signature checked: {visible(got.signed, 200)}",
            )
        )
    for path in got.unchecked:
        say(about(f"  sans somme de contrôle : {visible(path)}", f"  no checksum: {visible(path)}"))
    for path in got.remote:
        say(about(f"  non téléchargé : {visible(path)}", f"  not fetched: {visible(path)}"))


def _validate(got: Got, language: Language) -> int:
    from territo_opendata.report.terminal import render_terminal
    from territo_opendata.workflow import release

    progress = ReadingProgress(language)
    try:
        report = release.validate_got(got, progress=progress)
    finally:
        progress.end()
    show(render_terminal(report, language, color=use_color(), width=width()))
    return _EXIT_CODES[report.verdict]
