"""`territo verify`: read back what was published and compare it."""

from pathlib import Path
from typing import Annotated

import typer

from territo_opendata.cli import options
from territo_opendata.cli.commands import add_command
from territo_opendata.cli.console import deliver
from territo_opendata.cli.progress import ReadingProgress
from territo_opendata.errors import UsageError
from territo_opendata.language import Language, Text
from territo_opendata.publish import Verification, describe_verification

_HELP = Text(
    "Relit tout ce qui a été publié et compare les sommes de contrôle.\n\n"
    "Exemple : territo verify --to folder:catalogue",
    "Read back all that was published and compare the checksums.\n\n"
    "Example: territo verify --to folder:catalogue",
)


def register(app: typer.Typer, language: Language) -> None:
    """Add the command, its help in `language`."""
    about = options.speaker(language)

    @add_command(app, _HELP, language)
    def verify(
        place: Annotated[
            str | None,
            typer.Argument(
                metavar="DIR|URL",
                help=about(
                    "Une livraison ou un paquet publié.", "A release or a published package."
                ),
            ),
        ] = None,
        *,
        to: Annotated[str | None, options.to_option(about)] = None,
        release: Annotated[Path | None, options.release_option(about)] = None,
        base_url: Annotated[str | None, options.base_url_option(about)] = None,
        organization: Annotated[str | None, options.organization_option(about)] = None,
        lang: Annotated[str, options.lang_option(about)] = "",
    ) -> int:
        from territo_opendata.workflow import publication

        if (place is None) == (to is None):
            raise UsageError(
                "Indiquez une cible (--to) ou un dossier ou une adresse, l’un des deux.",
                "Give a target (--to) or a folder or an address, one of the two.",
            )
        progress = ReadingProgress(language)
        try:
            if place is not None:
                found = publication.verify_place(place)
            else:
                asked = options.publication(to or "", release, base_url, organization)
                found = publication.verify(asked, progress=progress)
        finally:
            progress.end()
        return _tell(found, language)


def _tell(found: Verification, language: Language) -> int:
    deliver("\n".join(describe_verification(found, language)) + "\n", None)
    return 1 if found.mismatches else 0
