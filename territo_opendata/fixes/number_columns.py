"""French numbers that leave no doubt, mended by column: as `propose` mends them one by one."""

from typing import TYPE_CHECKING

from territo_opendata.descriptors.model import Field

if TYPE_CHECKING:
    import polars as pl

_SPACE = "[ \u00a0\u202f]"
_FRENCH = (
    rf"^-?(?:[0-9]{{1,3}}(?:{_SPACE}[0-9]{{3}})+|[0-9]{{1,15}})(?:,[0-9]{{1,15}})?{_SPACE}?€?$"
)
_DOUBTFUL = rf"^-?[0-9]{{1,3}},[0-9]{{3}}{_SPACE}?€?$"
"""`1,234` may be a thousand or not."""

_KINDS = {"type-number": "number", "type-integer": "integer"}
_SIMPLE_RULES = frozenset(
    {"required", "unique", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}
)


def quick_fixes(code: str, field: Field, texts: "pl.Series") -> "pl.Series | None":
    """Return what `propose` would for each text, once the field accepts it; null for others.

    None where the field's own rules must tell.
    """
    import polars as pl

    if field.type != _KINDS.get(code) or field.options or field.missing_values is not None:
        return None
    if not _SIMPLE_RULES.issuperset(field.constraints):
        return None
    text = pl.col("text")
    known = text.str.contains(_FRENCH) & ~text.str.contains(_DOUBTFUL)
    if field.type == "integer":
        known &= ~text.str.contains(",", literal=True)
    bare = text.str.replace_all(f"{_SPACE}|€", "").str.replace(",", ".", literal=True)
    return texts.alias("text").to_frame().select(pl.when(known).then(bare))["text"]
