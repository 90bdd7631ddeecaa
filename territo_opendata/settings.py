"""What a project says of itself in `territo.toml`: where it publishes, what it accepts."""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from territo_opendata.errors import DescriptorError, MissingFileError
from territo_opendata.language import Text, visible
from territo_opendata.refusals import reason

SETTINGS_FILE = "territo.toml"


@dataclass(frozen=True, slots=True)
class TargetSettings:
    """A named place of publication: `[targets.NAME]` of territo.toml.

    `to` is a target as on the command line (`ckan:URL`…); `token_env` names the environment
    variable of its token, never the token; `base_url` is where a folder will be served.
    """

    to: str
    organization: str | None = None
    private: bool = False
    token_env: str | None = None
    base_url: str | None = None


@dataclass(frozen=True, slots=True)
class Waiver:
    """Findings accepted for a while: an entry of `[[waivers]]` in territo.toml.

    It covers the findings of `code` in `table`, of one `field` when one is named, up to and
    including the day `expiry`; `owner` answers for it.
    """

    code: str
    table: str
    reason: str
    owner: str
    expiry: date
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """What territo.toml says."""

    targets: Mapping[str, TargetSettings] = dataclasses.field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()


def load_settings(folder: Path) -> Settings:
    """Return the settings of the `territo.toml` in that folder, empty when there is none.

    Raises DescriptorError for what is not TOML, unknown properties (with the nearest known
    one) and values of another kind.
    """
    path = folder / SETTINGS_FILE
    try:
        content = path.read_text("utf-8")
    except FileNotFoundError:
        return Settings()
    except UnicodeDecodeError as error:
        raise _broken(path, "ce n’est pas de l’UTF-8", "it is not UTF-8") from error
    except OSError as error:
        why = reason(error)
        raise MissingFileError(
            f"Les réglages « {path} » ne peuvent pas être lus : {why.fr}.",
            f"The settings “{path}” cannot be read: {why.en}.",
        ) from error
    import tomllib

    try:
        found = tomllib.loads(content)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _broken(path, f"ce n’est pas du TOML ({error})", f"not TOML ({error})") from error
    _known_only(path, found, {"targets", "waivers"}, "")
    targets, waivers = found.get("targets", {}), found.get("waivers", [])
    _expect_table(path, targets, "targets")
    if not isinstance(waivers, list):
        raise _broken(path, "waivers : écrivez [[waivers]]", "waivers: write [[waivers]]")
    return Settings(
        {name: _target(path, name, table) for name, table in targets.items()},
        tuple(_waiver(path, place, table) for place, table in enumerate(waivers, start=1)),
    )


def _target(path: Path, name: str, table: Any) -> TargetSettings:
    where = f"targets.{visible(name)}"
    _expect_table(path, table, where)
    _known_only(path, table, {each.name for each in dataclasses.fields(TargetSettings)}, where)
    if "to" not in table:
        raise _broken(path, f"{where} : « to » manque", f"{where}: “to” is missing")
    for key, value in table.items():
        kind = bool if key == "private" else str
        if not isinstance(value, kind):
            fr, en = ("true ou false", "true or false") if kind is bool else ("un texte", "a text")
            raise _broken(
                path, f"{where}.{key} : {fr} est attendu", f"{where}.{key}: {en} is expected"
            )
    return TargetSettings(**table)


def _waiver(path: Path, place: int, table: Any) -> Waiver:
    from territo_opendata.rules import RULES

    where = f"waivers[{place}]"
    _expect_table(path, table, where)
    names = {each.name for each in dataclasses.fields(Waiver)}
    _known_only(path, table, names, where)
    for name in sorted(names - {"field"} - table.keys()):
        raise _broken(path, f"{where} : « {name} » manque", f"{where}: “{name}” is missing")
    for name, value in table.items():
        if name == "expiry":
            # A datetime is a date to Python: the day must be written alone.
            if type(value) is not date:
                raise _broken(
                    path,
                    f"{where}.expiry : un jour est attendu, comme 2027-01-31 sans guillemets",
                    f"{where}.expiry: a day is expected, like 2027-01-31 without quotes",
                )
        elif not isinstance(value, str) or not value.strip():
            raise _broken(
                path,
                f"{where}.{name} : un texte est attendu",
                f"{where}.{name}: a text is expected",
            )
    if table["code"] not in RULES:
        near = _nearest(table["code"], RULES)
        raise _broken(
            path,
            f"{where}.code : « {visible(table['code'])} » n’est pas un code de « territo rules » ; voulez-vous dire « {near} » ?",
            f"{where}.code: “{visible(table['code'])}” is no code of “territo rules”; did you mean “{near}”?",
        )
    return Waiver(**table)


def _nearest(name: str, known: Iterable[str]) -> str:
    import difflib

    names = sorted(known)
    return (difflib.get_close_matches(name, names, n=1, cutoff=0) or names)[0]


def _expect_table(path: Path, value: Any, where: str) -> None:
    if not isinstance(value, dict):
        raise _broken(path, f"{where} : une table est attendue", f"{where}: a table is expected")


def _known_only(path: Path, table: Mapping[str, Any], known: set[str], where: str) -> None:
    for key in sorted(table.keys() - known):
        near = _nearest(key, known)
        shown = f"{where}.{visible(key)}" if where else visible(key)
        raise _broken(
            path,
            f"« {shown} » n’existe pas ; voulez-vous dire « {near} » ?",
            f"there is no “{shown}”; did you mean “{near}”?",
        )


def _broken(path: Path, fr: str, en: str) -> DescriptorError:
    text = Text(fr, en)
    return DescriptorError(
        f"Les réglages « {path} » sont à corriger : {text.fr}.",
        f"The settings “{path}” must be mended: {text.en}.",
    )
