"""The table of fields that a schema's README shows, made from the schema itself."""

from collections.abc import Mapping
from typing import Any

from territo_opendata.errors import DescriptorError
from territo_opendata.patterns.wording import describe

START = "<!-- champs:début -->"
END = "<!-- champs:fin -->"

_TYPES = {
    "any": "valeur quelconque",
    "boolean": "oui ou non",
    "date": "date",
    "datetime": "date et heure",
    "integer": "nombre entier",
    "number": "nombre",
    "string": "texte",
    "time": "heure",
    "year": "année",
    "yearmonth": "mois",
}
_FORMATS = {"email": "adresse électronique", "uri": "adresse web", "uuid": "identifiant UUID"}
_LIMITS = {
    "minimum": "au moins {}",
    "maximum": "au plus {}",
    "exclusiveMinimum": "plus de {}",
    "exclusiveMaximum": "moins de {}",
    "minLength": "au moins {} caractères",
    "maxLength": "au plus {} caractères",
}


HEADERS = ("Nom", "Titre", "Type", "Obligatoire", "Règles", "Exemple", "Description")
"""The columns of the table of fields."""


def field_table(schema: Mapping[str, Any]) -> str:
    """Return the Markdown table of the fields of a Table Schema, then its keys, in French."""
    lines = [_line(HEADERS), _line(["---"] * len(HEADERS))]
    lines += [_line(cells) for cells in field_cells(schema)]
    keys = [f"- {key}" for key in described_keys(schema)]
    return "\n".join([*lines, "", *keys] if keys else lines)


def field_cells(schema: Mapping[str, Any], *, plain: bool = False) -> list[list[str]]:
    """Return the cells of the table of fields, in Markdown, a list for each field.

    `plain` leaves out the regular expressions that words can replace.
    """
    return [_cells(field, plain=plain) for field in schema["fields"]]


def with_field_table(readme: str, schema: Mapping[str, Any]) -> str:
    """Return the README with the part between its two markers made anew.

    Raises DescriptorError when it does not hold each marker once, in order.
    """
    before, start, rest = readme.partition(START)
    _, end, after = rest.partition(END)
    if not (start and end) or START in after or END in before + after:
        raise DescriptorError(
            f"Le README doit porter une fois {START} puis {END}, autour de la table des champs.",
            f"The README must hold {START} then {END}, once each, around the table of fields.",
        )
    return f"{before}{START}\n{field_table(schema)}\n{END}{after}"


def _line(cells: list[str] | tuple[str, ...]) -> str:
    return "| " + " | ".join(cells) + " |"


def _cells(field: Mapping[str, Any], *, plain: bool) -> list[str]:
    constraints = field.get("constraints", {})
    return [
        _code(field["name"]),
        _text(field.get("title", "")),
        _type(field),
        "oui" if constraints.get("required") else "non",
        " ; ".join(_rules(field, constraints, plain=plain)),
        _code(field["example"]) if "example" in field else "",
        _text(field.get("description", "")),
    ]


def _type(field: Mapping[str, Any]) -> str:
    name = str(field.get("type", "string"))
    return _FORMATS.get(field.get("format", ""), _TYPES.get(name, name))


def _rules(field: Mapping[str, Any], constraints: Mapping[str, Any], *, plain: bool) -> list[str]:
    rules = []
    if "enum" in constraints:
        rules.append("une valeur parmi " + ", ".join(map(_code, constraints["enum"])))
    if "trueValues" in field or "falseValues" in field:
        values = [*field.get("trueValues", []), *field.get("falseValues", [])]
        rules.append("une valeur parmi " + ", ".join(map(_code, values)))
    rules += [said.format(constraints[key]) for key, said in _LIMITS.items() if key in constraints]
    if "pattern" in constraints:
        rules.append(_pattern(constraints["pattern"], plain=plain))
    if constraints.get("unique"):
        rules.append("valeur unique")
    return rules


def _pattern(pattern: str, *, plain: bool) -> str:
    words = describe(pattern)
    if words is None:
        return "motif " + _code(pattern)
    return _text(words.fr) if plain else f"{_text(words.fr)} (motif {_code(pattern)})"


def described_keys(schema: Mapping[str, Any]) -> list[str]:
    """Return the keys of the table as French sentences, in Markdown."""
    keys = []
    if schema.get("primaryKey"):
        keys.append(f"Identifiant de la ligne (clé primaire) : {_names(schema['primaryKey'])}.")
    keys += [f"Combinaison unique : {_names(names)}." for names in schema.get("uniqueKeys", [])]
    for key in schema.get("foreignKeys", []):
        reference = key["reference"]
        table = reference.get("resource")
        where = f"la table `{table}`" if table else "cette même table"
        keys.append(
            f"{_names(key['fields'])} : doit exister dans {where} ({_names(reference['fields'])})."
        )
    return keys


def _names(names: str | list[str]) -> str:
    return " + ".join(map(_code, [names] if isinstance(names, str) else names))


def _text(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")


def _code(value: object) -> str:
    return f"`{_text(value)}`"
