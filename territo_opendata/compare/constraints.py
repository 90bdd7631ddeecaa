"""Whether a constraint became stricter or looser."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from territo_opendata.compare.model import Change
from territo_opendata.descriptors.model import Field, ForeignKey, Schema

Verdict = Literal["stricter", "looser", "same"]
_LOWER = ("minimum", "exclusiveMinimum", "minLength")
_UPPER = ("maximum", "exclusiveMaximum", "maxLength")


def field_constraints(old: Field, new: Field) -> Iterator[Change]:
    """Yield a change for each constraint of the field that differs, `categories` included."""
    before = {**old.constraints, **_categories(old)}
    after = {**new.constraints, **_categories(new)}
    for name in sorted({*before, *after}):
        was, now = before.get(name), after.get(name)
        verdict = judge(name, was, now)
        if verdict != "same":
            yield Change(f"constraint-{verdict}", field=new.name, name=name, before=was, after=now)


def judge(name: str, before: Any, after: Any) -> Verdict:
    """Tell what happened to a constraint; what cannot be told is held to be stricter."""
    if name in ("required", "unique"):
        before, after = bool(before) or None, bool(after) or None
    if before == after:
        return "same"
    if before is None:
        return "stricter"
    if after is None:
        return "looser"
    return _RULES.get(name, _unknown)(before, after)


def _unknown(_before: Any, _after: Any) -> Verdict:
    return "stricter"


def _raised(before: Any, after: Any) -> Verdict:
    order = _compare(before, after)
    return "looser" if order is not None and order > 0 else "same" if order == 0 else "stricter"


def _lowered(before: Any, after: Any) -> Verdict:
    return _raised(after, before)


def _compare(one: Any, other: Any) -> int | None:
    """Return the order of two bounds, None when they cannot be compared."""
    try:
        first, second = Decimal(str(one)), Decimal(str(other))
        if first.is_finite() and second.is_finite():
            return (first > second) - (first < second)
    except InvalidOperation:
        pass
    same_form = isinstance(one, str) and isinstance(other, str) and len(one) == len(other)
    return (one > other) - (one < other) if same_form else None


def _listed(before: Any, after: Any) -> Verdict:
    was, now = _values(before), _values(after)
    if was == now:
        return "same"
    return "looser" if was < now else "stricter"


def _values(listed: Any) -> set[str]:
    entries = listed if isinstance(listed, list) else [listed]
    return {repr(each.get("value") if isinstance(each, dict) else each) for each in entries}


def _categories(field: Field) -> Mapping[str, Any]:
    return {name: field.options[name] for name in ("categories",) if name in field.options}


_RULES: Mapping[str, Callable[[Any, Any], Verdict]] = {
    **dict.fromkeys(_LOWER, _raised),
    **dict.fromkeys(_UPPER, _lowered),
    "enum": _listed,
    "categories": _listed,
}


def schema_constraints(old: Schema, new: Schema) -> Iterator[Change]:
    """Yield a change for each key, reference and check of the table that differs."""
    if old.primary_key != new.primary_key:
        verdict = "looser" if not new.primary_key else "stricter"
        yield _table(verdict, "primaryKey", list(old.primary_key), list(new.primary_key))
    if old.fields_match != new.fields_match:
        verdict = "looser" if old.fields_match == "exact" else "stricter"
        yield _table(verdict, "fieldsMatch", old.fields_match, new.fields_match)
    yield from _sets("uniqueKeys", old.unique_keys, new.unique_keys, list)
    yield from _sets(
        "custom_checks",
        tuple(old.custom_checks),
        tuple(new.custom_checks),
        lambda check: {"name": check.name, "params": dict(check.params)},
    )
    yield from _references(old, new)


def _table(verdict: str, name: str, before: Any, after: Any) -> Change:
    return Change(f"constraint-{verdict}", name=name, before=before, after=after)


def _sets(
    name: str, old: tuple[Any, ...], new: tuple[Any, ...], show: Callable[[Any], Any]
) -> Iterator[Change]:
    for each in new:
        if each not in old:
            yield _table("stricter", name, None, show(each))
    for each in old:
        if each not in new:
            yield _table("looser", name, show(each), None)


def _references(old: Schema, new: Schema) -> Iterator[Change]:
    """Yield what differs in foreign keys; one of the same fields was updated."""
    before, after = _by_fields(old), _by_fields(new)
    for fields in dict.fromkeys([*before, *after]):
        was, now = before.get(fields, []), after.get(fields, [])
        if was == now:
            continue
        kind = (
            "reference-updated" if was and now else f"constraint-{'stricter' if now else 'looser'}"
        )
        yield Change(kind, name="foreignKeys", before=was or None, after=now or None)


def _by_fields(schema: Schema) -> dict[tuple[str, ...], list[dict[str, Any]]]:
    found: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for key in schema.foreign_keys:
        found.setdefault(key.fields, []).append(_reference(key))
    return found


def _reference(key: ForeignKey) -> dict[str, Any]:
    shown = {
        "fields": list(key.fields),
        "resource": key.resource,
        "reference_fields": list(key.reference_fields),
    }
    return shown if key.package is None else {**shown, "package": key.package}
