"""The part of Lucene's query language that CKAN speaks, and its dismax search.

A query becomes a function of a document's terms. What is not known here is refused, as a syntax
error: a wrong answer would be worse.
"""

import re
from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase
from typing import Any

from tests.portals.starters.solr.schema import Schema, Terms, flat, moment, words

Test = Callable[[Terms], bool]

_TOKEN = re.compile(
    r"""\s*(?: (?P<all>\*:\*) | (?P<op>(?:AND|OR|NOT)\b|&&|\|\|) | (?P<punct>[()!+-])
    | (?P<quote>"(?:[^"\\]|\\.)*")
    | (?P<range>[\[{])\s*(?P<lo>"[^"]*"|\S+)\s+TO\s+(?P<hi>"[^"]*"|[^\s\]}]+)\s*(?P<shut>[\]}])
    | (?P<word>(?:[^\s()\[\]{}"\\:^~!]|\\.)+)(?P<colon>:)? )(?:[~^][\d.]+)?\s*""",
    re.VERBOSE,
)
_NUMBERS = ("int", "long", "float", "double")
_GRAM = range(2, 11)


def parse(schema: Schema, text: str, default: str, field: str) -> Test:
    """Return the test that a query says. Raises ValueError for what is not understood."""
    tokens = list(_TOKEN.finditer(text))
    error = ValueError(f"org.apache.solr.search.SyntaxError: Cannot parse '{text}'")
    if "".join(each[0] for each in tokens) != text:
        raise error
    reader = _Reader(schema, tokens, default)
    try:
        test = reader.group(field, nested=False)
    except IndexError:
        raise error from None
    if test is None or tokens:
        raise error
    return test


class _Reader:
    """Reads tokens with Lucene's rules for +, -, AND and OR."""

    def __init__(self, schema: Schema, tokens: list[re.Match[str]], default: str) -> None:
        self._schema = schema
        self._tokens = tokens
        self._default = default

    def group(self, field: str, *, nested: bool) -> Test | None:
        """Read up to the closing parenthesis or the end; None when there is nothing."""
        clauses: list[list[Any]] = []
        joined = ""
        while self._tokens:
            token = self._tokens.pop(0)
            if token["op"] in ("AND", "&&", "OR", "||"):
                joined = "AND" if token["op"] in ("AND", "&&") else "OR"
                continue
            if token["punct"] == ")":
                return _combined(clauses) if nested else None
            sign, test = self._clause(token, field)
            if clauses and joined == "AND" and clauses[-1][0] != "-":
                clauses[-1][0] = "+"
            if clauses and joined == "OR" and self._default == "AND" and clauses[-1][0] == "+":
                clauses[-1][0] = ""
            needed = joined == "AND" or (self._default == "AND" and joined != "OR")
            clauses.append([sign or ("+" if needed else ""), test])
            joined = ""
        return None if nested else _combined(clauses)

    def _clause(self, token: re.Match[str], field: str) -> tuple[str, Test]:
        sign = ""
        while token["op"] == "NOT" or (token["punct"] or "(") in "+-!":
            sign, token = ("+" if token["punct"] == "+" else "-"), self._tokens.pop(0)
        if token["colon"]:
            field, token = _bare(token["word"]), self._tokens.pop(0)
        return sign, self._test(token, field)

    def _test(self, token: re.Match[str], field: str) -> Test:
        if token["all"]:
            return lambda _terms: True
        if token["punct"] == "(":
            inner = self.group(field, nested=True)
            if inner is None:
                raise IndexError
            return inner
        if token["range"]:
            return _range_test(self._schema, field, token)
        if token["quote"]:
            return term_test(self._schema, field, _bare(token["quote"][1:-1]), quoted=True)
        if token["word"] and not token["colon"]:
            return term_test(
                self._schema, field, _bare(token["word"]), quoted="\\" in token["word"]
            )
        raise IndexError


def term_test(schema: Schema, field: str, text: str, *, quoted: bool) -> Test:
    """Return the test whether a field holds a term, a phrase or a pattern."""
    wild = not quoted and ("*" in text or "?" in text)
    if wild and text == "*":
        return lambda terms: bool(terms.get(field))
    hit = _hit(schema.kind(field), text, wild=wild)
    return lambda terms: any(map(hit, terms.get(field, ())))


def _hit(kind: str, text: str, *, wild: bool) -> Callable[[Any], bool]:
    if kind == "text_ngram":
        return lambda value: len(text) in _GRAM and text.lower() in str(value).lower()
    if kind.startswith("text"):
        if wild:
            return lambda value: any(fnmatchcase(each, text.lower()) for each in words(value))
        wanted = f" {' '.join(words(text))} "
        return lambda value: bool(wanted.strip()) and wanted in f" {' '.join(words(value))} "
    if wild:
        return lambda value: fnmatchcase(flat(value), text)
    wanted = moment(text)[:-1] if kind == "date" else text
    return lambda value: flat(value) == wanted


def _range_test(schema: Schema, field: str, token: re.Match[str]) -> Test:
    kind = schema.kind(field)
    cast: Callable[[Any], Any] = float if kind in _NUMBERS else str
    if kind == "date":
        cast = _day
    low, high = (None if token[end] == "*" else cast(token[end].strip('"')) for end in ("lo", "hi"))

    def fits(value: Any) -> bool:
        above = low is None or low < value or (value == low and token["range"] == "[")
        below = high is None or value < high or (value == high and token["shut"] == "]")
        return above and below

    return lambda terms: any(fits(cast(each)) for each in terms.get(field, ()))


def dismax(schema: Schema, parameters: Mapping[str, list[str]]) -> Callable[[Terms], float]:
    """Return the score of documents for words, each in any of the fields `qf` gives.

    CKAN's `mm` is `2<-1 5<80%`: up to two words all count, up to five all but one, then 80 %.
    """
    boosts = [
        (name, float(boost or 1))
        for name, _, boost in (each.partition("^") for each in parameters["qf"][0].split())
    ]
    wanted = [
        (sign, [(boost, term_test(schema, name, text, quoted=True)) for name, boost in boosts])
        for sign, quoted, loose in re.findall(r'([+-]?)(?:"([^"]*)"|([^\s"]+))', parameters["q"][0])
        if words(text := quoted or loose) and text not in ("AND", "OR")
    ]
    least = _least(sum(not sign for sign, _ in wanted))

    def score(terms: Terms) -> float:
        best = [
            (sign, max((boost for boost, test in tests if test(terms)), default=0.0))
            for sign, tests in wanted
        ]
        refused = any((points > 0) == (sign == "-") for sign, points in best if sign)
        if refused or sum(points > 0 for sign, points in best if not sign) < least:
            return 0.0
        return sum(points for sign, points in best if sign != "-")

    return score


def _least(free: int) -> int:
    if free <= 2:
        return free
    return free - 1 if free <= 5 else int(free * 0.8)


def _combined(clauses: list[list[Any]]) -> Test | None:
    if not clauses:
        return None
    must, may, never = ([test for sign, test in clauses if sign == x] for x in ("+", "", "-"))

    def test(terms: Terms) -> bool:
        if any(each(terms) for each in never) or not all(each(terms) for each in must):
            return False
        return bool(must) or not may or any(each(terms) for each in may)

    return test


def _bare(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def _day(value: object) -> str:
    return moment(value)[:-1]
