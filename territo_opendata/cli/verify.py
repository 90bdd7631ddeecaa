"""`territo verify`: read back what was published and compare it."""

import json
from pathlib import Path

import click

from territo_opendata.cli import options
from territo_opendata.cli.commands import add_command
from territo_opendata.cli.console import deliver, show
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


def register(app: click.Group, language: Language) -> None:
    """Add the command, its help in `language`."""
    about = options.speaker(language)

    @add_command(app, _HELP, language)
    @click.argument(
        "place",
        required=False,
        metavar="[DIR|URL]",
        help=about("Une livraison ou un paquet publié.", "A release or a published package."),
    )
    @options.to_option(about)
    @options.release_option(about)
    @options.base_url_option(about)
    @options.organization_option(about)
    @options.private_option(about)
    @options.signature_options(about)
    @options.form_option(about)
    def verify(
        place: str | None,
        *,
        to: str | None,
        release: Path | None,
        base_url: str | None,
        organization: str | None,
        private: bool,
        require_signature: bool,
        public_key: str | None,
        format: options.Form,
    ) -> int:
        from territo_opendata.workflow import publication

        if (place is None) == (to is None):
            raise UsageError(
                "Indiquez une cible (--to) ou un dossier ou une adresse, l’un des deux.",
                "Give a target (--to) or a folder or an address, one of the two.",
            )
        key = options.asked_key(public_key, required=require_signature)
        if key is not None and place is None:
            raise UsageError(
                "--public-key vérifie un dossier ou une adresse : territo verify ADRESSE --public-key CLÉ.",
                "--public-key checks a folder or an address: territo verify ADDRESS --public-key KEY.",
            )
        progress = ReadingProgress(language)
        try:
            if place is not None:
                found = publication.verify_place(place, public_key=key)
            else:
                asked = options.publication(
                    to or "", release, base_url, organization, private=private
                )
                found = publication.verify(asked, progress=progress)
        finally:
            progress.end()
        return _tell(found, format, language)


def _tell(found: Verification, form: options.Form, language: Language) -> int:
    if form == "json":
        deliver(json.dumps(found.to_dict(), ensure_ascii=False, indent=2) + "\n", None)
        return 1 if found.mismatches else 0
    show("\n".join(describe_verification(found, language)) + "\n")
    return 1 if found.mismatches else 0
