"""`territo schema`: the workbench of those who write schemas."""

from pathlib import Path

import click

from territo_opendata.cli.commands import add_command, make_group
from territo_opendata.cli.console import deliver
from territo_opendata.cli.options import Form, form_option, speaker
from territo_opendata.cli.rendering import (
    FailOn,
    Format,
    check_form,
    exit_code,
    give,
    report_options,
)
from territo_opendata.language import Language, Text
from territo_opendata.release.schema_page import Form as PageForm

_ABOUT = Text(
    "Pour qui écrit des schémas : les relire, les documenter, les comparer.\n\n"
    "Exemple : territo schema lint mon-schema.json",
    "For those who write schemas: review, document and compare them.\n\n"
    "Example: territo schema lint my-schema.json",
)
_LINT = Text(
    "Relit des schémas : règles du catalogue national, exemples essayés, motifs qui oublient la Corse ou l’outre-mer.\n\n"
    "Exemple : territo schema lint mon-schema.json",
    "Review schemas: rules of the national catalogue, examples tried, patterns that forget Corsica or the overseas.\n\n"
    "Example: territo schema lint my-schema.json",
)
_DOCS = Text(
    "Écrit la documentation d’un schéma : ses champs, leurs règles, ses clés.\n\n"
    "Exemple : territo schema docs financements --output financements.md",
    "Write the documentation of a schema: its fields, their rules, its keys.\n\n"
    "Example: territo schema docs financements --output financements.md",
)
_DIFF = Text(
    "Compare deux versions d’un schéma : classe chaque changement, vérifie le numéro de version, et l’essaie sur des fichiers publiés.\n\n"
    "Exemple : territo schema diff ancien/schema.json schema.json --corpus publies",
    "Compare two versions of a schema: class each change, check the version number, and try it on published files.\n\n"
    "Example: territo schema diff old/schema.json schema.json --corpus published",
)


def register(app: click.Group, language: Language) -> None:
    """Add the commands, their help in `language`."""
    group = make_group("schema", _ABOUT, language)
    app.add_command(group)
    _add_lint(group, language)
    _add_docs(group, language)
    _add_diff(group, language)


def _add_lint(group: click.Group, language: Language) -> None:
    about = speaker(language)

    @add_command(group, _LINT, language)
    @click.argument(
        "schemas",
        nargs=-1,
        metavar="[SCHEMA]...",
        help=about(
            "Schémas : noms, fichiers ou adresses ; sans rien, ceux de ce dossier.",
            "Schemas: names, files or addresses; without any, those of this folder.",
        ),
    )
    @report_options(about)
    def lint(
        schemas: tuple[str, ...], *, format: Format, output: Path | None, fail_on: FailOn
    ) -> int:
        from territo_opendata.workflow.schemas import find_schemas, lint_schemas

        check_form(format, output)
        report = lint_schemas(schemas or find_schemas())
        give(report, format, output, language)
        return exit_code(report, fail_on)


def _add_docs(group: click.Group, language: Language) -> None:
    about = speaker(language)

    @add_command(group, _DOCS, language)
    @click.argument(
        "schema",
        metavar="SCHEMA",
        help=about("Schéma : nom, fichier ou adresse.", "Schema: a name, a file or an address."),
    )
    @click.option(
        "--format",
        type=click.Choice(["markdown", "html"]),
        default="markdown",
        help=about("Forme de la documentation.", "Form of the documentation."),
    )
    @click.option(
        "--output",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help=about("Écrit dans ce fichier.", "Write to this file."),
    )
    def docs(schema: str, *, format: PageForm, output: Path | None) -> int:
        from territo_opendata.workflow.schemas import document

        deliver(document(schema, format), output)
        return 0


def _add_diff(group: click.Group, language: Language) -> None:
    about = speaker(language)

    @add_command(group, _DIFF, language)
    @click.argument("old", metavar="A", help=about("L’ancien schéma.", "The old schema."))
    @click.argument("new", metavar="B", help=about("Le nouveau schéma.", "The new schema."))
    @click.option(
        "--corpus",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help=about(
            "Fichiers publiés : combien deviennent non valides, combien se réparent, lesquels.",
            "Published files: how many become invalid, how many can be repaired, which ones.",
        ),
    )
    @click.option(
        "--changelog",
        is_flag=True,
        help=about(
            "N’écrit que ce qu’il faut ajouter à CHANGELOG.md.",
            "Write only what to add to CHANGELOG.md.",
        ),
    )
    @form_option(about)
    def diff(old: str, new: str, *, corpus: Path | None, changelog: bool, format: Form) -> int:
        from territo_opendata.cli.schema_diff import render_changes
        from territo_opendata.workflow.schema_changes import compare_schemas

        found = compare_schemas(old, new, corpus)
        text = render_changes(found, format, language, changelog=changelog)
        deliver(text, None, person=format == "terminal")
        return 0 if found.version_follows else 1
