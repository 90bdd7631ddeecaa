"""From schemas to a package to fill in: its description, its history, a file for each table."""

import importlib.util
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from territo_opendata import project
from territo_opendata.descriptors.model import Schema
from territo_opendata.descriptors.paths import is_address
from territo_opendata.errors import RefusedError, UsageError
from territo_opendata.language import Language, Text, visible
from territo_opendata.release.disk import Disk
from territo_opendata.release.history import CHANGELOG
from territo_opendata.release.model import encode_json
from territo_opendata.release.placeholders import HOMEPAGE, TO_FILL
from territo_opendata.workflow.templates import write_template

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_LICENCE = {
    "name": "etalab-2.0",
    "title": "Licence Ouverte 2.0",
    "path": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
}
_TITLE = Text("le titre de vos données", "the title of your data")
_DESCRIPTION = Text(
    "ce que contiennent vos données, d’où elles viennent, qui les met à jour (une ou deux phrases)",
    "what your data holds, where it comes from, who keeps it up to date (a sentence or two)",
)
_PUBLISHER = Text("le nom de votre organisme", "the name of your organisation")
_HISTORY = Text(
    "# Journal des changements\n\n## 1.0.0\n\n- Première publication.\n",
    "# Changelog\n\n## 1.0.0\n\n- First publication.\n",
)


def start_package(
    specs: Sequence[str], folder: Path, language: Language, *, example: bool = True
) -> list[Path]:
    """Write a package to fill in at `folder`, a table for each schema, and return its files.

    The tables are workbooks, or CSV files where openpyxl is not installed; the description names
    their CSV form, the one that is published. Raises RefusedError where one of the files exists,
    UsageError for two schemas of one name, and as `project.resolve_schema`.
    """
    schemas = _named(specs)
    suffix = ".xlsx" if importlib.util.find_spec("openpyxl") else ".csv"
    tables = {name: folder / f"{name}{suffix}" for name in schemas}
    kept = {
        name: folder / f"{name}.schema.json"
        for name, (spec, schema) in schemas.items()
        if not _address(spec, schema)
    }
    about = [folder / CHANGELOG, folder / project.PACKAGE_FILE]
    _check_absent([*tables.values(), *kept.values(), *about])
    disk = Disk()
    disk.make(folder.absolute())
    for name, path in tables.items():
        write_template(schemas[name][0], path, language, example=example)
    for name, path in kept.items():
        disk.put(path.absolute(), [encode_json(dict(schemas[name][1].descriptor))])
    descriptor = _descriptor(folder, schemas, kept, language)
    disk.put(about[0].absolute(), [_HISTORY.say(language).encode()])
    disk.put(about[1].absolute(), [encode_json(descriptor)])
    return [*tables.values(), *kept.values(), *about]


def _named(specs: Sequence[str]) -> dict[str, tuple[str, Schema]]:
    """Return the schemas by the names of their tables, with how the user named them."""
    found: dict[str, tuple[str, Schema]] = {}
    for spec in specs:
        schema = project.resolve_schema(spec)
        name = _slug(schema.name or schema.title or Path(spec).stem, "table")
        if name in found:
            raise UsageError(
                f"Deux schémas s’appellent « {name} » : donnez chacun une seule fois.",
                f"Two schemas are called “{name}”: give each once.",
            )
        found[name] = (spec, schema)
    return found


def _slug(text: str, default: str) -> str:
    from slugify import slugify

    return slugify(text, separator="_" if "_" in text else "-", max_length=80) or default


def _address(spec: str, schema: Schema) -> str | None:
    """Return the public address of a schema, None for one that is a file of this machine."""
    if is_address(spec):
        return spec
    known = schema.descriptor.get("path") if spec in project.builtin_schema_names() else None
    return known if isinstance(known, str) else None


def _check_absent(paths: Sequence[Path]) -> None:
    there = [path for path in paths if os.path.lexists(path)]
    if there:
        names = ", ".join(visible(str(path), 300) for path in there)
        raise RefusedError(
            f"Rien n’est écrit, car ce qui suit existe déjà : {names}. Choisissez un autre dossier.",
            f"Nothing is written, since this exists already: {names}. Choose another folder.",
        )


def _descriptor(
    folder: Path,
    schemas: dict[str, tuple[str, Schema]],
    kept: dict[str, Path],
    language: Language,
) -> dict[str, Any]:
    def to_fill(what: Text) -> str:
        colon = "\u00a0: " if language == "fr" else ": "
        return f"{TO_FILL.say(language)}{colon}{what.say(language)}"

    return {
        "$schema": _PROFILE,
        "name": _slug(folder.resolve().name, "donnees"),
        "title": to_fill(_TITLE),
        "description": to_fill(_DESCRIPTION),
        "version": "1.0.0",
        "homepage": HOMEPAGE,
        "licenses": [_LICENCE],
        "contributors": [{"title": to_fill(_PUBLISHER), "roles": ["publisher"]}],
        "resources": [
            {
                "name": name,
                "title": schema.title or name,
                "path": f"{name}.csv",
                "schema": _address(spec, schema) or kept[name].name,
            }
            for name, (spec, schema) in schemas.items()
        ],
    }
