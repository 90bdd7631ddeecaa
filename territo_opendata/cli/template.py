"""`territo template`: a file to start from, or a whole package."""

from collections.abc import Sequence
from pathlib import Path

import click

from territo_opendata.cli.commands import add_command
from territo_opendata.cli.console import deliver, quoted, say
from territo_opendata.cli.options import speaker
from territo_opendata.errors import UsageError
from territo_opendata.language import Language, Text

_HELP = Text(
    "Écrit un fichier à remplir : en-tête et ligne d’exemple ; en XLSX, listes déroulantes et aide. "
    "Avec --package, écrit dans un dossier tout ce qu’il faut pour publier : un fichier à remplir "
    "par schéma, la description (datapackage.json) et le journal des changements.\n\n"
    "Exemple : territo template financements --output financements.xlsx",
    "Write a file to fill in: header and example row; in XLSX, drop-down lists and help. "
    "With --package, write in a folder all that publishing needs: a file to fill in for each "
    "schema, the description (datapackage.json) and the changelog.\n\n"
    "Example: territo template financements --output financements.xlsx",
)


def register(app: click.Group, language: Language) -> None:
    """Add the command, its help in `language`."""
    about = speaker(language)

    @add_command(app, _HELP, language)
    @click.argument(
        "schemas",
        metavar="SCHEMA",
        nargs=-1,
        required=True,
        help=about(
            "Schéma : nom, fichier ou adresse ; plusieurs avec --package.",
            "Schema: a name, a file or an address; several with --package.",
        ),
    )
    @click.option(
        "--output",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help=about("Fichier .csv ou .xlsx à écrire.", "File to write, .csv or .xlsx."),
    )
    @click.option(
        "--package",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="DIR",
        help=about(
            "Dossier où écrire un paquet prêt à remplir.",
            "Folder in which to write a package to fill in.",
        ),
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
    def template(
        schemas: tuple[str, ...],
        *,
        output: Path | None,
        package: Path | None,
        no_example: bool,
        force: bool,
    ) -> int:
        if package is not None:
            _check_alone(output=output, force=force)
            _start(schemas, package, language, example=not no_example)
            return 0
        if len(schemas) > 1:
            raise UsageError(
                "Un modèle suit un seul schéma. Pour plusieurs tables ensemble : --package DOSSIER.",
                "A template follows one schema. For several tables together: --package FOLDER.",
            )
        _write(schemas[0], output, language, example=not no_example, force=force)
        return 0


def _check_alone(*, output: Path | None, force: bool) -> None:
    if output is not None or force:
        raise UsageError(
            "--package écrit dans un dossier, et n’y remplace rien : ne lui ajoutez ni --output ni --force.",
            "--package writes in a folder and replaces nothing there: add neither --output nor --force.",
        )


def _write(
    schema: str, output: Path | None, language: Language, *, example: bool, force: bool
) -> None:
    from territo_opendata.workflow.templates import write_template

    made = write_template(schema, output, language, example=example, force=force)
    if made is not None:
        deliver(made, None)
        return
    typed = f"territo validate {quoted(str(output))} --schema {quoted(schema)}"
    said = Text(
        f"{output} est prêt. Une fois rempli : {typed}",
        f"{output} is ready. Once filled in: {typed}",
    )
    say(said.say(language))


_TOGETHER = Text(
    "  1. remplissez les tables, puis vérifiez-les ensemble :",
    "  1. fill in the tables, then check them together:",
)
_ALONE = Text(
    "  1. remplissez la table, puis vérifiez-la :", "  1. fill in the table, then check it:"
)


def _start(schemas: Sequence[str], folder: Path, language: Language, *, example: bool) -> None:
    from territo_opendata.workflow.starting import start_package

    made = start_package(schemas, folder, language, example=example)
    table, name = quoted(made[0].name), quoted(schemas[0])
    fr, en = [f"Paquet prêt à remplir : {folder}"], [f"Package to fill in: {folder}"]
    for lines in (fr, en):
        lines += [f"  {path.name}" for path in made]
    together = " ".join(quoted(path.name) for path in made[: len(schemas)])
    step = _TOGETHER if len(schemas) > 1 else _ALONE
    fr += ["Dans ce dossier :", step.fr]
    en += ["In this folder:", step.en]
    check = f"     territo validate {together}"
    fr, en = [*fr, check], [*en, check]
    if made[0].suffix == ".xlsx":
        convert = f"     territo repair {table} --schema {name} --output {made[0].stem}.csv"
        fr += ["  2. faites de chacune le CSV à publier :", convert]
        en += ["  2. make of each the CSV to publish:", convert]
    fr.append(
        "  3. remplissez datapackage.json là où il est écrit « À remplir », puis : territo build"
    )
    en.append("  3. fill in datapackage.json where it says “To be filled in”, then: territo build")
    say("\n".join(fr if language == "fr" else en))
