"""The parameters of a check, read one by one and refused with a reason for the schema's author."""

import difflib
from collections.abc import Collection, Mapping
from typing import Any

from territo_opendata.descriptors.model import CustomCheck, Field, Schema
from territo_opendata.errors import UsageError
from territo_opendata.language import Text, visible
from territo_opendata.reference.millesimes import resolve
from territo_opendata.validate.checks.errors import CheckParamsError

VINTAGE = ("cog", "version")
"""How a format names the vintage: in Validata 0.12, and in the versions after it."""

_FLAGS = {"true": True, "yes": True, "false": False, "no": False}


def nearest_name(name: str, names: Collection[str]) -> str | None:
    """Return the name that `name` probably stands for, or None."""
    found = difflib.get_close_matches(name[:80].replace("_", "-"), names, n=1)
    return found[0] if found else None


class Params:
    """The parameters of the check `name` of a schema. Every method raises CheckParamsError."""

    def __init__(self, check: CustomCheck, schema: Schema) -> None:
        self.name = check.name
        self._params = check.params
        self._schema = schema

    def expect_only(self, *names: str) -> None:
        """Refuse parameters of another name, which a typing error would else leave unread."""
        for name in self._params:
            if name not in names:
                hint = nearest_name(str(name), names)
                raise self._refusal(
                    f"le paramètre « {visible(str(name))} » n’existe pas"
                    + (f" ; voulez-vous dire « {hint} » ?" if hint else ""),
                    f"there is no parameter “{visible(str(name))}”"
                    + (f"; did you mean “{hint}”?" if hint else ""),
                )

    def column(self, name: str = "column") -> str:
        """Return the column that the parameter names."""
        return self._known(self._required(name), name)

    def columns(self, name: str = "columns", least: int = 2) -> tuple[str, ...]:
        """Return the columns that the parameter lists, `least` of them or more."""
        listed = self._required(name)
        if not isinstance(listed, list | tuple) or len(listed) < least:
            raise self._refusal(
                f"« {name} » doit être une liste de noms de colonnes ({least} au moins)",
                f"“{name}” must be a list of names of columns (at least {least})",
            )
        return tuple(self._known(each, name) for each in listed)

    def field(self, column: str) -> Field:
        """Return the field of a column already read."""
        return self._schema.field(column)

    def choice(self, name: str, choices: Collection[str], default: str | None = None) -> str:
        """Return one of `choices`; numbers are taken as they are written."""
        value = self._params.get(name, default)
        if value is None:
            self._required(name)
        if isinstance(value, str | int) and str(value) in choices:
            return str(value)
        listed = ", ".join(choices)
        raise self._refusal(
            f"« {name} » doit être l’une de ces valeurs : {listed}",
            f"“{name}” must be one of: {listed}",
        )

    def choices(self, name: str, choices: Collection[str]) -> tuple[str, ...]:
        """Return one or several of `choices`, given alone or in a list; all of them by default."""
        value = self._params.get(name, list(choices))
        listed = [value] if isinstance(value, str) else value
        known = isinstance(listed, list | tuple) and all(
            isinstance(each, str) and each in choices for each in listed
        )
        if not known or not listed:
            names = ", ".join(choices)
            raise self._refusal(
                f"« {name} » doit être une liste prise parmi : {names}",
                f"“{name}” must be a list taken from: {names}",
            )
        return tuple(listed)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return true or false; Validata writes them as the texts `true`, `yes`."""
        value = self._params.get(name, default)
        if isinstance(value, bool):
            return value
        if isinstance(value, str) and value in _FLAGS:
            return _FLAGS[value]
        raise self._refusal(
            f"« {name} » doit être true ou false", f"“{name}” must be true or false"
        )

    def values(self, name: str) -> tuple[str, ...]:
        """Return the texts that the parameter gives, alone or in a list; numbers become texts."""
        return self._texts(self._required(name), name)

    def condition(self, name: str = "when") -> Mapping[str, tuple[str | None, ...]]:
        """Return the texts that each named column may hold; None stands for an empty cell."""
        value = self._required(name)
        if not isinstance(value, Mapping) or not value:
            raise self._refusal(
                f"« {name} » doit associer à des colonnes une ou plusieurs valeurs",
                f"“{name}” must give one or several values for columns",
            )
        return {self._known(key, name): self._cells(each, name) for key, each in value.items()}

    def optional_condition(self, name: str) -> Mapping[str, tuple[str | None, ...]]:
        """Return `condition`, empty when the parameter is absent."""
        return self.condition(name) if name in self._params else {}

    def version(self, *names: str) -> int | str | None:
        """Return the first of these parameters as it stands: a year, `latest`, or None."""
        name = next((each for each in names if each in self._params), names[0])
        value = self._params.get(name)
        if isinstance(value, bool) or not isinstance(value, int | str | None):
            raise self._refusal(f"« {name} » doit être une année", f"“{name}” must be a year")
        return value

    def millesime(self, *names: str) -> int:
        """Return a known vintage of the Code officiel géographique; the newest by default."""
        try:
            return resolve(self.version(*(names or ("millesime",))))
        except UsageError as error:
            raise self.refuse(error.text) from error

    def refuse(self, reason: Text) -> CheckParamsError:
        """Return the refusal of the parameters for a reason that was found elsewhere."""
        return CheckParamsError(self.name, reason)

    def _cells(self, value: Any, name: str) -> tuple[str | None, ...]:
        if value is None:
            return (None,)
        if isinstance(value, list | tuple) and None in value:
            return (*self._texts([each for each in value if each is not None], name, 0), None)
        return self._texts(value, name)

    def _texts(self, value: Any, name: str, least: int = 1) -> tuple[str, ...]:
        listed = value if isinstance(value, list | tuple) else (value,)
        plain = all(
            isinstance(each, str | int | float) and not isinstance(each, bool) for each in listed
        )
        if not plain or len(listed) < least:
            raise self._refusal(
                f"« {name} » doit donner des textes ou des nombres",
                f"“{name}” must give texts or numbers",
            )
        return tuple(str(each) for each in listed)

    def _required(self, name: str) -> Any:
        value = self._params.get(name)
        if value is None:
            raise self._refusal(f"il manque « {name} »", f"“{name}” is missing")
        return value

    def _known(self, column: Any, name: str) -> str:
        if isinstance(column, str) and column in self._schema.field_names:
            return column
        shown = visible(str(column))
        raise self._refusal(
            f"« {name} » nomme « {shown} », qui n’est pas un champ du schéma",
            f"“{name}” names “{shown}”, which is no field of the schema",
        )

    def _refusal(self, fr: str, en: str) -> CheckParamsError:
        return self.refuse(Text(fr, en))
