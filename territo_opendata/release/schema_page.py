"""The documentation of a schema, for people: a page in Markdown or HTML, made from the schema."""

import html
import re
from typing import Literal

from territo_opendata.descriptors.field_table import (
    HEADERS,
    described_keys,
    field_cells,
    field_table,
)
from territo_opendata.descriptors.model import Schema
from territo_opendata.release.pages import render

Form = Literal["markdown", "html"]
_CODE = re.compile(r"`((?:[^`\\]|\\.)*)`")


def schema_page(schema: Schema, form: Form) -> str:
    """Return the documentation of the schema, in French, ending with a newline."""
    return _markdown(schema) if form == "markdown" else _html(schema)


def _markdown(schema: Schema) -> str:
    lines = [f"# {_title(schema)}", ""]
    if text := _description(schema):
        lines += [text, ""]
    lines += [f"- {name} : {value}" for name, value in _facts(schema)]
    lines += ["", "## Champs", "", field_table(schema.descriptor)]
    if checks := _checks(schema):
        lines += ["", "## Contrôles", "", *(f"- {each}" for each in checks)]
    return "\n".join(lines) + "\n"


def _html(schema: Schema) -> str:
    page = render(
        "territo_opendata.release",
        "schema.html.j2",
        title=_title(schema),
        description=_description(schema),
        facts=_facts(schema),
        headers=HEADERS,
        fields=[[_marked(cell) for cell in cells] for cells in field_cells(schema.descriptor)],
        keys=[_marked(key) for key in described_keys(schema.descriptor)],
        checks=[_marked(each) for each in _checks(schema)],
    )
    return page.decode()


def _title(schema: Schema) -> str:
    return " ".join((schema.title or schema.name or schema.origin).split())


def _description(schema: Schema) -> str:
    return str(schema.descriptor.get("description") or "").strip()


def _facts(schema: Schema) -> list[tuple[str, str]]:
    named = (
        ("Nom", schema.name),
        ("Version", schema.version),
        ("Dernière modification", schema.descriptor.get("lastModified")),
        ("Page du schéma", schema.descriptor.get("homepage")),
        ("Adresse du schéma", schema.descriptor.get("path")),
    )
    return [(name, " ".join(str(value).split())) for name, value in named if value]


def _checks(schema: Schema) -> list[str]:
    """Return the custom checks with their parameters, in Markdown."""
    said = []
    for check in schema.custom_checks:
        given = ", ".join(f"{name} : {_shown(value)}" for name, value in check.params.items())
        said.append(f"`{check.name}`" + (f" ({given})" if given else ""))
    return said


def _shown(value: object) -> str:
    values = value if isinstance(value, list | tuple) else [value]
    return ", ".join(f"`{str(each).replace('`', '')}`" for each in values)


def _marked(markdown: str) -> str:
    """Return one of our own lines of Markdown as HTML: code spans, all else is text."""
    text = html.escape(markdown.replace("\\|", "|"))
    return _CODE.sub(r"<code>\1</code>", text)
