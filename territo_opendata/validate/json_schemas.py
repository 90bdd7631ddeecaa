"""The `jsonSchema` constraint: JSON values against a JSON Schema that may be hostile.

Table Schema v2, "jsonSchema". References to other documents are never fetched; patterns run
under the limits of `patterns`; the steps taken for one cell are counted, because references can
make a short schema take more than a lifetime.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from territo_opendata.language import Text
from territo_opendata.patterns import (
    Matcher,
    OutOfTimeError,
    PatternError,
    compile_pattern,
)
from territo_opendata.validate.exact import UncheckableError

Reason = str | None
_STEPS = 20_000
_UNCOUNTED = ("unevaluatedItems", "unevaluatedProperties", "$dynamicRef", "$recursiveRef")
_REFERENCES = ("$ref", "$dynamicRef", "$recursiveRef")


def compile_json_schema(schema: Mapping[str, Any]) -> Callable[[Any], Reason]:
    """Return a function that says, in English, why a value does not fit; None when it fits.

    Raises UncheckableError for a broken schema; the function does for one that takes too long
    or leads to a document that is not there.
    """
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import SchemaError, best_match
    from jsonschema.validators import extend, validator_for
    from referencing import Registry
    from referencing.exceptions import Unresolvable

    class_ = validator_for(schema, default=Draft202012Validator)
    _refuse_uncounted(schema)
    try:
        class_.check_schema(dict(schema))
    except (SchemaError, RecursionError, re.error, Unresolvable) as error:
        raise _broken(getattr(error, "message", str(error))) from error
    steps = _Steps()
    keywords = {name: steps.counted(check) for name, check in class_.VALIDATORS.items()}
    keywords |= {"pattern": steps.counted(_pattern), "patternProperties": steps.counted(_names)}
    counted: Any = extend(class_, keywords)  # type: ignore[no-untyped-call]
    # A registry of our own, so that the one that fetches what is missing is not used.
    registry: Any = Registry()

    def reason(value: Any) -> Reason:
        steps.left = _STEPS
        try:
            error = best_match(counted(dict(schema), registry=registry).iter_errors(value))
        except (_TooLongError, RecursionError, OutOfTimeError) as error:
            raise _too_long() from error
        except (Unresolvable, PatternError) as error:
            raise _broken(str(error)) from error
        return None if error is None else f"{error.json_path} : {error.message}"[:300]

    return reason


class _TooLongError(Exception):
    """The steps allowed for one cell are used up."""


class _Steps:
    """The steps left for one cell."""

    def __init__(self) -> None:
        self.left = 0

    def counted(self, check: Callable[..., Any]) -> Callable[..., Any]:
        def counting(validator: Any, argument: Any, value: Any, schema: Any) -> Any:
            self.left -= 1 + (len(value) // 100 if isinstance(value, list | dict | str) else 0)
            if self.left < 0:
                raise _TooLongError
            return check(validator, argument, value, schema) or ()

        return counting


def _pattern(validator: Any, pattern: str, value: Any, _schema: Any) -> Iterator[Any]:
    from jsonschema import ValidationError

    if validator.is_type(value, "string") and not _found(pattern, value):
        yield ValidationError(f"{value!r} does not match {pattern!r}")


def _names(validator: Any, schemas: Mapping[str, Any], value: Any, _schema: Any) -> Iterator[Any]:
    if not validator.is_type(value, "object"):
        return
    for pattern, schema in schemas.items():
        for name, each in value.items():
            if _found(pattern, name):
                yield from validator.descend(each, schema, path=name, schema_path=pattern)


_MATCHERS: dict[str, Matcher] = {}


def _found(pattern: str, text: str) -> bool:
    """Tell whether the pattern is found anywhere in the text, as JSON Schema means it."""
    matcher = _MATCHERS.get(pattern)
    if matcher is None:
        if len(_MATCHERS) >= 1000:
            _MATCHERS.clear()
        matcher = _MATCHERS[pattern] = compile_pattern(rf"[\s\S]*(?:{pattern})[\s\S]*")
    return matcher.accepts(text)


def _refuse_uncounted(schema: Mapping[str, Any]) -> None:
    """Refuse the keywords that follow references by themselves, where their steps go uncounted."""
    names = set(_keywords(schema))
    if names & set(_UNCOUNTED) and names & set(_REFERENCES):
        raise _too_long()


def _keywords(schema: Any) -> Iterator[str]:
    waiting = [schema]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            yield from each
            waiting.extend(each.values())
        elif isinstance(each, list):
            waiting.extend(each)


def _broken(reason: str) -> UncheckableError:
    return UncheckableError(
        Text(
            f"le « jsonSchema » du champ ne peut pas servir ({reason[:200]})",
            f"the field’s “jsonSchema” cannot be used ({reason[:200]})",
        )
    )


def _too_long() -> UncheckableError:
    return UncheckableError(
        Text(
            "le « jsonSchema » du champ demande trop de calculs",
            "the field’s “jsonSchema” takes too much computing",
        )
    )
