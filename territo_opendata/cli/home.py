"""What `territo` alone says: what can be done next in this folder."""

from pathlib import Path

from territo_opendata import project
from territo_opendata.cli.console import quoted
from territo_opendata.language import Language, Text

_PACKAGE = Text(
    "Ce dossier contient un jeu de données décrit ({path}).\n"
    "  territo validate            vérifier toutes ses tables\n"
    "  territo build               construire la livraison\n"
    "  territo plan --to folder:catalogue      voir ce que la publication changerait\n"
    "  territo publish --to folder:catalogue   publier dans un dossier",
    "This folder holds a described data package ({path}).\n"
    "  territo validate            check all its tables\n"
    "  territo build               build the release\n"
    "  territo plan --to folder:catalogue      see what publishing would change\n"
    "  territo publish --to folder:catalogue   publish to a folder",
)
_FILES = Text(
    "Pour vérifier un fichier d’ici :\n  territo validate {file} --schema {schema}",
    "To check a file of this folder:\n  territo validate {file} --schema {schema}",
)
_NOTHING = Text(
    "Il n’y a ni datapackage.json ni tableau (CSV, XLSX, ODS) ici. Pour vérifier un fichier :\n"
    "  territo validate CHEMIN --schema {schema}",
    "There is neither a datapackage.json nor a table (CSV, XLSX, ODS) here. To check a file:\n"
    "  territo validate PATH --schema {schema}",
)
_TABLES = frozenset({".csv", ".xlsx", ".ods"})
_MORE = Text(
    "Schémas fournis : {schemas}.\nToutes les commandes : territo --help",
    "Schemas that come along: {schemas}.\nAll commands: territo --help",
)


def _is_table(path: Path) -> bool:
    """Tell tables by their name; `~$` begins the locks of Excel, a dot hidden files."""
    return path.suffix.lower() in _TABLES and not path.name.startswith(("~$", "."))


def next_step(language: Language, folder: Path | None = None) -> str:
    """Return what to do next in `folder` (by default, the current one)."""
    here = folder or Path.cwd()
    names = project.builtin_schema_names()
    package = project.find_package(here / "datapackage.json")
    files = sorted(path.name for path in here.glob("*") if _is_table(path))
    if package is not None:
        first = _PACKAGE.say(language).format(path=package)
    elif files:
        first = _FILES.say(language).format(file=quoted(files[0]), schema="SCHEMA")
    else:
        first = _NOTHING.say(language).format(schema="SCHEMA")
    return f"{first}\n\n{_MORE.say(language).format(schemas=', '.join(names))}"
