"""`territo template`: a file to start from."""

from pathlib import Path

import click

from territo_opendata.cli.commands import add_command
from territo_opendata.cli.console import deliver, say
from territo_opendata.cli.options import speaker
from territo_opendata.language import Language, Text

_HELP = Text(
    "Écrit un fichier à remplir : en-tête et ligne d’exemple ; en XLSX, listes déroulantes et aide.\n\n"
    "Exemple : territo template financements --output financements.xlsx",
    "Write a file to fill in: header and example row; in XLSX, drop-down lists and help.\n\n"
    "Example: territo template financements --output financements.xlsx",
)


def register(app: click.Group, language: Language) -> None:
    """Add the command, its help in `language`."""
    about = speaker(language)

    @add_command(app, _HELP, language)
    @click.argument(
        "schema",
        metavar="SCHEMA",
        help=about("Schéma : nom, fichier ou adresse.", "Schema: a name, a file or an address."),
    )
    @click.option(
        "--output",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help=about("Fichier .csv ou .xlsx à écrire.", "File to write, .csv or .xlsx."),
    )
    @click.option(
        "--no-example",
        is_flag=True,
        help=about("Sans la ligne d’exemple.", "Without the example row."),
    )
    @click.option(
        "--force",
        is_flag=True,
        help=about("Remplace un fichier existant.", "Replace an existing file."),
    )
    def template(schema: str, *, output: Path | None, no_example: bool, force: bool) -> int:
        from territo_opendata.workflow.templates import write_template

        made = write_template(schema, output, language, example=not no_example, force=force)
        if made is not None:
            deliver(made, None)
            return 0
        say(
            about(
                f"{output} est prêt. Une fois rempli : territo validate {output} --schema {schema}",
                f"{output} is ready. Once filled in: territo validate {output} --schema {schema}",
            )
        )
        return 0
