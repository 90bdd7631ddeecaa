"""`territo diff`: what differs between two packages or tables, and what it asks of the version."""

from pathlib import Path

import click

from territo_opendata.cli import options
from territo_opendata.cli.commands import Decorator, add_command, together
from territo_opendata.cli.console import deliver
from territo_opendata.cli.progress import ReadingProgress
from territo_opendata.compare import Comparison
from territo_opendata.language import Language, Text
from territo_opendata.workflow.comparison import Asked

_HELP = Text(
    "Compare deux paquets ou deux tables : champs, lignes par clé, métadonnées, et la version "
    "que les différences demandent.\n\n"
    "Chacun est une table (fichier ou adresse), un dossier, un datapackage.json, une adresse http(s), "
    "ou le jeu de données d’un portail (ckan:…/dataset/NOM, udata:…/datasets/ID).\n\n"
    "Exemple : territo diff https://exemple.fr/donnees/territo-opendata . --changelog",
    "Compare two packages or two tables: fields, rows by key, metadata, and the version that the "
    "differences ask for.\n\n"
    "Each is a table (a file or an address), a folder, a datapackage.json, an http(s) address, "
    "or the dataset of a portal (ckan:…/dataset/NAME, udata:…/datasets/ID).\n\n"
    "Example: territo diff https://example.org/data/territo-opendata . --changelog",
)


def _options(about: options.About) -> Decorator:
    """Return what is compared, and how."""
    return together(
        click.argument("old", metavar="OLD", help=about("L’ancien état.", "The old state.")),
        click.argument("new", metavar="NEW", help=about("Le nouvel état.", "The new state.")),
        click.option(
            "--changelog",
            is_flag=True,
            help=about(
                "N’écrit que ce qu’il faut ajouter à CHANGELOG.md.",
                "Write only what to add to CHANGELOG.md.",
            ),
        ),
        click.option(
            "--limit",
            type=click.IntRange(min=0),
            default=20,
            metavar="N",
            help=about(
                "Lignes listées de chaque sorte, par table ; toutes sont comptées.",
                "Rows of each kind listed for each table; all are counted.",
            ),
        ),
        options.key_option(about),
        click.option(
            "--schema",
            metavar="NAME|PATH|URL",
            help=about(
                "Schéma des tables données par leur fichier.",
                "Schema of tables given by their file.",
            ),
        ),
        click.option(
            "--sheet",
            metavar="NAME",
            help=about(
                "Feuille du classeur, ou fichier de l’archive ZIP.",
                "Sheet of the workbook, or file of the ZIP archive.",
            ),
        ),
        click.option(
            "--exit-code",
            is_flag=True,
            help=about(
                "Code 1 s’il y a des différences.", "Exit code 1 when there are differences."
            ),
        ),
        options.form_option(about),
        click.option(
            "--output",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help=about("Écrit dans ce fichier.", "Write to this file."),
        ),
    )


def register(app: click.Group, language: Language) -> None:
    """Add the command, its help in `language`."""
    about = options.speaker(language)

    @add_command(app, _HELP, language)
    @_options(about)
    def diff(
        old: str,
        new: str,
        *,
        changelog: bool,
        limit: int,
        key: str | None,
        schema: str | None,
        sheet: str | None,
        exit_code: bool,
        format: options.Form,
        output: Path | None,
    ) -> int:
        asked = Asked(old, new, schema, sheet, options.fields_of(key), limit)
        found = _compare(asked, language)
        text = _render(found, format, language, changelog=changelog)
        deliver(text, output, person=format == "terminal")
        if found.skipped:
            return 3
        return 1 if exit_code and not found.equal else 0


def _compare(asked: Asked, language: Language) -> Comparison:
    from territo_opendata.workflow.comparison import compare

    progress = ReadingProgress(language)
    try:
        return compare(asked, progress=progress)
    finally:
        progress.end()


def _render(found: Comparison, form: options.Form, language: Language, *, changelog: bool) -> str:
    from territo_opendata import compare
    from territo_opendata.workflow.comparison import today

    if changelog:
        return compare.changelog_entry(found, language, today())
    if form == "json":
        return compare.render_record(found, language)
    return "\n".join(compare.describe_comparison(found, language)) + "\n"
