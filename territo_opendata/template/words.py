"""What a template tells whoever fills it in."""

from collections.abc import Iterable, Sequence

from territo_opendata.descriptors.field_table import field_cells
from territo_opendata.descriptors.model import Field, Schema
from territo_opendata.language import Language, Text, visible

# None of these may be the name of a field: the sheet would be taken for a table of the schema.
_HEADS = (
    Text("Nom de la colonne", "Name of the column"),
    Text("Titre lisible", "Readable title"),
    Text("Ce qu’il faut y écrire", "What to write there"),
    Text("Obligatoire ?", "Required?"),
    Text("Valeur d’exemple", "Example value"),
    Text("Règles à suivre", "Rules to follow"),
    Text("Sorte de valeur", "Kind of value"),
)
_ORDER = (0, 1, 6, 3, 5, 4, 2)
"""Which cells of `field_cells` these heads are over."""

LISTS = "Listes"
"""The hidden sheet of the values that cells may be chosen from."""

_PROMPT = 255
_TITLE = 32
_REQUIRED = Text("Obligatoire.", "Required.")
_EXAMPLE = Text("Par exemple\u00a0: {}", "For example: {}")


def prompt_title(field: Field) -> str:
    """Return the title of the help of a column, as long as Excel allows (32 characters)."""
    return visible(field.title or field.name, _TITLE)


def prompt(field: Field, example: str, language: Language) -> str:
    """Return the help of a column, as long as Excel allows (255 characters)."""
    parts = [_REQUIRED.say(language)] if field.required else []
    shown = _EXAMPLE.say(language).format(visible(example, 60)) if example else ""
    left = _PROMPT - sum(len(part) + 1 for part in (*parts, shown) if part)
    parts += [visible(" ".join(field.description.split()), left) if left > 0 else "", shown]
    return visible(" ".join(part for part in parts if part), _PROMPT)


def explanations(schema: Schema, language: Language) -> list[list[str]]:
    """Return the rows of the sheet of explanations: a header, then one row for each field."""
    heads = [head.say(language) for head in _HEADS]
    cells = [
        [row[place].replace("`", "").replace("\\|", "|") for place in _ORDER]
        for row in field_cells(schema.descriptor, plain=True)
    ]
    return [heads, *cells]


def are_explanations(rows: Iterable[Sequence[object]]) -> bool:
    """Tell whether one of the rows is the header that `explanations` gives, in either language."""
    headers = ([head.fr for head in _HEADS], [head.en for head in _HEADS])
    return any(list(row[: len(_HEADS)]) in headers for row in rows)


def how_to(schema: Schema, language: Language) -> list[str]:
    """Return the lines above the explanations: what the file is, and how to go about it."""
    name, version = schema.name, schema.version or ""
    command = f"territo validate fichier.xlsx --schema {name}"
    title = visible(schema.title or name, 200)
    if language == "en":
        return [
            f"{title} {version}".strip(),
            "Fill in the first sheet, one row for each object; replace the grey example row.",
            "A red heading marks a column that must be filled in, a blue one a column that may be left empty.",
            "Keep the names of the columns and their order. Leave a cell empty when the value is unknown.",
            f"Then check the file: {command}",
        ]
    return [
        f"{title} {version}".strip(),
        "Remplissez la première feuille, une ligne par objet ; remplacez la ligne d’exemple, en gris.",
        "Un titre rouge marque une colonne à remplir obligatoirement, un titre bleu une colonne facultative.",
        "Gardez les noms des colonnes et leur ordre. Laissez vide une cellule dont la valeur est inconnue.",
        f"Puis vérifiez le fichier : {command}",
    ]
