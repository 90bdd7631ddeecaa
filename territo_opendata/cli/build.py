"""`territo build`: make the release folder of the package here."""

from pathlib import Path

import click

from territo_opendata.cli.commands import add_command
from territo_opendata.cli.console import say, show, use_color, width
from territo_opendata.cli.options import speaker
from territo_opendata.cli.progress import ReadingProgress
from territo_opendata.language import Language, Text
from territo_opendata.release.history import unwritten
from territo_opendata.report.words import number

_HELP = Text(
    "Vérifie le paquet de ce dossier, puis construit sa livraison (CSV, Parquet, page, sommes).\n\n"
    "Exemple : territo build --output dist/ma-livraison",
    "Validate the package of this folder, then build its release (CSV, Parquet, page, checksums)."
    "\n\nExample: territo build --output dist/my-release",
)


def register(app: click.Group, language: Language) -> None:
    """Add the command, its help in `language`."""
    about = speaker(language)

    @add_command(app, _HELP, language)
    @click.option(
        "--output",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help=about(
            "Dossier de la livraison (dist/<nom>-<version>).",
            "Folder of the release (dist/<name>-<version>).",
        ),
    )
    @click.option(
        "--sign",
        type=click.Path(path_type=Path),
        metavar="KEY",
        help=about(
            "Signe la livraison avec cette clé secrète minisign (mot de passe : TERRITO_SIGN_PASSWORD).",
            "Sign the release with this minisign secret key (password: TERRITO_SIGN_PASSWORD).",
        ),
    )
    def build(*, output: Path | None, sign: Path | None) -> int:
        return _build(output, sign, language)


def _build(output: Path | None, key: Path | None, language: Language) -> int:
    from territo_opendata.report.terminal import render_terminal
    from territo_opendata.workflow import release

    progress = ReadingProgress(language)
    try:
        built = release.build(output=output, key=key, progress=progress)
    except release.RefusedReleaseError as error:
        progress.end()
        text = render_terminal(error.report, language, color=use_color(), width=width())
        show(text)
        say(error.say(language))
        return error.exit_code
    finally:
        progress.end()
    made = Text("Livraison construite", "Release built")
    same = Text("Livraison déjà à jour", "Release already up to date")
    found = built.release
    head = (made if built.written else same).say(language)
    colon = " :" if language == "fr" else ":"
    lines = [f"{head}{colon} {_shown(found.path)}", f"  {found.name} {found.identity}"]
    unit = Text("octets", "bytes").say(language)
    lines += [f"  {each.path}  {number(each.bytes, language)} {unit}" for each in found.files]
    show("\n".join(lines) + "\n")
    said = unwritten(found.path, found.version)
    if said:
        say(said.say(language))
    return 0


def _shown(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
