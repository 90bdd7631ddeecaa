"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import typer

from territo_opendata.language import Language, Text
from territo_opendata.workflow.publication import Publication

About = Callable[[str, str], str]


def speaker(language: Language) -> About:
    """Return what picks the sentence of `language` out of two."""
    return lambda fr, en: Text(fr, en).say(language)


def lang_option(about: About) -> Any:
    """Return `--lang`, read before the arguments are parsed."""
    return typer.Option(metavar="fr|en", help=about("Langue.", "Language."))


def to_option(about: About) -> Any:
    """Return `--to`."""
    return typer.Option(
        metavar="TARGET",
        help=about(
            "Où publier : folder:CHEMIN, ou un nom de territo.toml.",
            "Where to publish: folder:PATH, or a name of territo.toml.",
        ),
    )


def release_option(about: About) -> Any:
    """Return `--release`."""
    return typer.Option(
        metavar="DIR",
        help=about(
            "Une livraison déjà construite ; sinon, celle du paquet d’ici.",
            "A release built before; else that of the package here.",
        ),
    )


def base_url_option(about: About) -> Any:
    """Return `--base-url`."""
    return typer.Option(
        metavar="URL",
        help=about(
            "Adresse à laquelle le dossier publié sera servi.",
            "Address at which the published folder will be served.",
        ),
    )


def organization_option(about: About) -> Any:
    """Return `--organization`."""
    return typer.Option(
        metavar="NAME",
        help=about("Organisation du portail.", "Organisation of the portal."),
    )


def private_option(about: About) -> Any:
    """Return `--private`."""
    return typer.Option(
        "--private", help=about("Publie en privé (portails).", "Publish as private (portals).")
    )


def allow_removal_option(about: About) -> Any:
    """Return `--allow-removal`."""
    return typer.Option(
        "--allow-removal",
        help=about(
            "Consent à retirer des fichiers publiés.", "Consent to removing published files."
        ),
    )


def allow_version_option(about: About) -> Any:
    """Return `--allow-version`."""
    return typer.Option(
        "--allow-version",
        help=about(
            "Consent à publier une version plus ancienne.",
            "Consent to publishing an older version.",
        ),
    )


def publication(
    to: str,
    release: Path | None,
    base_url: str | None,
    organization: str | None,
    *,
    private: bool = False,
    removal: bool = False,
    version: bool = False,
) -> Publication:
    """Return what these options ask for."""
    consents = {"removal": removal, "version": version}
    return Publication(
        to=to,
        release=release,
        base_url=base_url,
        organization=organization,
        private=private,
        consents=frozenset(name for name, given in consents.items() if given),  # type: ignore[misc]
    )
