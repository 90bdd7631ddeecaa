"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from territo_opendata.cli.commands import Decorator, together
from territo_opendata.errors import UsageError
from territo_opendata.language import Language, Text

if TYPE_CHECKING:
    from territo_opendata.workflow.publication import Publication

Form = Literal["terminal", "json"]
About = Callable[[str, str], str]


def speaker(language: Language) -> About:
    """Return what picks the sentence of `language` out of two."""
    return lambda fr, en: Text(fr, en).say(language)


def to_option(about: About, *, required: bool = False) -> Decorator:
    """Return `--to`."""
    return click.option(
        "--to",
        required=required,
        metavar="TARGET",
        help=about(
            "Cible : folder:CHEMIN, ckan:URL, udata:URL, ou un nom de territo.toml.",
            "Target: folder:PATH, ckan:URL, udata:URL, or a name of territo.toml.",
        ),
    )


def release_option(about: About) -> Decorator:
    """Return `--release`."""
    return click.option(
        "--release",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help=about(
            "Une livraison déjà construite ; sinon, celle du paquet d’ici.",
            "A release built before; else that of the package here.",
        ),
    )


def base_url_option(about: About) -> Decorator:
    """Return `--base-url`."""
    return click.option(
        "--base-url",
        metavar="URL",
        help=about(
            "Adresse à laquelle le dossier publié sera servi.",
            "Address at which the published folder will be served.",
        ),
    )


def organization_option(about: About) -> Decorator:
    """Return `--organization`."""
    return click.option(
        "--organization",
        metavar="NAME",
        help=about("Organisation du portail.", "Organisation of the portal."),
    )


def signature_options(about: About) -> Decorator:
    """Return `--require-signature` and `--public-key`."""
    key = click.option(
        "--public-key",
        metavar="KEY",
        help=about(
            "Clé publique minisign attendue : son fichier (.pub) ou son texte.",
            "Expected minisign public key: its file (.pub) or its text.",
        ),
    )
    required = click.option(
        "--require-signature",
        is_flag=True,
        help=about(
            "Refuse ce qui n’est pas signé par --public-key.",
            "Refuse what is not signed by --public-key.",
        ),
    )
    return lambda function: required(key(function))


def asked_key(public_key: str | None, *, required: bool) -> str | None:
    """Return the key to check with. Raises UsageError for a demand of signature without a key."""
    if required and public_key is None:
        raise UsageError(
            "--require-signature demande la clé de qui publie : --public-key CLÉ.",
            "--require-signature needs the publisher's key: --public-key KEY.",
        )
    return public_key


def private_option(about: About) -> Decorator:
    """Return `--private`."""
    return click.option(
        "--private",
        is_flag=True,
        help=about("Publie en privé (portails).", "Publish as private (portals)."),
    )


def form_option(about: About) -> Decorator:
    """Return `--format`."""
    return click.option(
        "--format",
        type=click.Choice(["terminal", "json"]),
        default="terminal",
        help=about("Forme du résultat.", "Form of the result."),
    )


def key_option(about: About) -> Decorator:
    """Return `--key`; see `fields_of`."""
    return click.option(
        "--key",
        metavar="FIELD,…",
        help=about(
            "Champs qui identifient une ligne, à la place de la clé primaire.",
            "Fields that identify a row, instead of the primary key.",
        ),
    )


def fields_of(key: str | None) -> tuple[str, ...]:
    """Return the names in the value of `--key`."""
    return tuple(each.strip() for each in (key or "").split(",") if each.strip())


def verbose_option(about: About) -> Decorator:
    """Return `--verbose`."""
    return click.option(
        "--verbose",
        is_flag=True,
        help=about("Montre chaque fichier d’un dossier.", "Show each file of a folder."),
    )


def allow_removal_option(about: About) -> Decorator:
    """Return `--allow-removal`."""
    return click.option(
        "--allow-removal",
        is_flag=True,
        help=about(
            "Consent à retirer des fichiers publiés.", "Consent to removing published files."
        ),
    )


def allow_version_option(about: About) -> Decorator:
    """Return `--allow-version`."""
    return click.option(
        "--allow-version",
        is_flag=True,
        help=about(
            "Consent à publier une version plus ancienne, ou plus basse que les différences ne le demandent.",
            "Consent to publishing an older version, or one lower than the differences ask for.",
        ),
    )


def check_files_option(about: About) -> Decorator:
    """Return `--check-files`."""
    return click.option(
        "--check-files",
        is_flag=True,
        help=about(
            "Relit les fichiers publiés, sans se fier aux empreintes du portail (CKAN).",
            "Read the published files, not trusting the portal’s digests (CKAN).",
        ),
    )


def publication_options(about: About) -> Decorator:
    """Return the options that planning and publishing share; see `publication`."""
    return together(
        release_option(about),
        base_url_option(about),
        organization_option(about),
        private_option(about),
        check_files_option(about),
        allow_removal_option(about),
        allow_version_option(about),
        key_option(about),
    )


def publication(
    to: str,
    release: Path | None,
    base_url: str | None,
    organization: str | None,
    *,
    private: bool = False,
    check_files: bool = False,
    allow_removal: bool = False,
    allow_version: bool = False,
    key: str | None = None,
) -> "Publication":
    """Return what these options ask for."""
    from territo_opendata.workflow.publication import Publication

    consents = {"removal": allow_removal, "version": allow_version}
    return Publication(
        to=to,
        release=release,
        base_url=base_url,
        organization=organization,
        private=private,
        check_files=check_files,
        key=fields_of(key),
        consents=frozenset(name for name, given in consents.items() if given),  # type: ignore[misc]
    )
