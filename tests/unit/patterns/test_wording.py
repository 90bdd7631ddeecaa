"""Patterns in words: what is said is what is accepted, and what cannot be said is not."""

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from territo_opendata.patterns.wording import describe
from tests.unit.patterns.sentences import read

DATE = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
COMMUNE = r"((0[1-9]|1\d|2[1-9AB]|[3-8]\d|9[0-5])\d{3}|97[1-8]\d{2}|98[4-9]\d{2})"
SAID = [
    (r"\d{14}", "14 chiffres", "14 digits"),
    (r"^[0-9]{9}$", "9 chiffres", "9 digits"),
    (r"W\d{9}", "« W », puis 9 chiffres", "“W”, then 9 digits"),
    (
        r"[A-Z]{2}\d?",
        "2 lettres majuscules sans accent, puis si besoin 1 chiffre",
        "2 unaccented capital letters, then optionally 1 digit",
    ),
    (r"(\d\d){4}", "8 chiffres", "8 digits"),
    (r"\d{2,3}", "2 ou 3 chiffres", "2 or 3 digits"),
    (r"\d{2,5}", "de 2 à 5 chiffres", "2 to 5 digits"),
    (
        r"[1-9]\d*",
        "1 chiffre de 1 à 9, puis si besoin des chiffres",
        "1 digit from 1 to 9, then optionally digits",
    ),
    (
        r"oui|non",
        "« oui », puis n’importe quel texte, ou rien ; ou « non »",
        "“oui”, then any text, or nothing; or “non”",
    ),
    (r"(oui|non|en cours)", "« oui », « non » ou « en cours »", "“oui”, “non” or “en cours”"),
    (r"^(\d+|N/A)$", "au moins 1 chiffre ou « N/A »", "at least 1 digit or “N/A”"),
    (
        r"^\d{5}$|^2[AB]\d{3}$",
        "5 chiffres ; ou « 2A » ou « 2B », puis 3 chiffres",
        "5 digits; or “2A” or “2B”, then 3 digits",
    ),
    (
        r"[A-Z0-9]{3}|^N/A$",
        "3 caractères parmi : lettres majuscules sans accent, chiffres, puis n’importe quel texte, ou rien ; ou « N/A »",
        None,
    ),
    (
        DATE,
        "une date AAAA-MM-JJ (année, mois de 01 à 12, jour de 01 à 31)",
        "a date YYYY-MM-DD (year, month from 01 to 12, day from 01 to 31)",
    ),
    (
        r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?",
        "une date AAAA, AAAA-MM ou AAAA-MM-JJ (année, mois de 01 à 12, jour de 01 à 31)",
        None,
    ),
    (r"(0[1-9]|1[0-2])/\d{4}", "un nombre de 01 à 12, puis « / », puis 4 chiffres", None),
    (
        r"[^|]+([|][^|]+)*",
        "un ou plusieurs textes séparés par « | »",
        "one or more texts separated by “|”",
    ),
    (
        r"[a-z0-9]+(-[a-z0-9]+)*",
        "des mots en lettres minuscules sans accent ou en chiffres, séparés par des tirets (comme « plan-velo-2030 »)",
        None,
    ),
    (
        r"^(lundi|mardi)(\|(lundi|mardi))*$|^(non renseigné)$",
        "un ou plusieurs éléments séparés par « | », chacun : « lundi » ou « mardi » ; ou « non renseigné »",
        None,
    ),
    (
        r"https?://\S+",
        "« http:// » ou « https:// », puis au moins 1 caractère autre qu’un espace",
        None,
    ),
    (
        r"QN(0\d\d|02[AB])\d\d",
        "« QN0 », puis (soit 2 chiffres ; soit « 2A » ou « 2B »), puis 2 chiffres",
        None,
    ),
    (
        COMMUNE,
        "un code de commune (comme « 01004 », « 2A004 » ou « 97411 »)",
        "a commune code (such as “01004”, “2A004” or “97411”)",
    ),
    (
        r"^([013-9]\d|2[AB1-9])\d{3}-P-\d{3}$",
        "un code de commune (comme « 01004 », « 2A004 » ou « 97411 »), puis « -P- », puis 3 chiffres",
        None,
    ),
    (
        r"(0[1-9]|1\d|2[1-9AB]|[3-8]\d|9[0-5]|97[1-6])",
        "un code de département (comme « 01 », « 2A » ou « 974 »)",
        None,
    ),
    (
        rf"(FR|0[1-9]|[1-8]\d|9[0-5]|2[AB]|97[1-8]|{COMMUNE}|\d{{9}})",
        "« FR », un code de département (comme « 01 », « 2A » ou « 974 »), un code de commune (comme « 01004 », « 2A004 » ou « 97411 ») ou 9 chiffres",
        None,
    ),
]
UNSAID = [
    "", "a*", "(ab)+", "(?=x)x", "(?!x)y", r"(a)\1", "(a)?(?(1)b|c)", "a*+a", r"\bmot\b", "(?>a|ab)c",
    "(", "[a-z]-" * 40, "|".join("abcdefghijklmnop"), "[àéïôù]+", "x{3,9}(ab){2,9}", "\x1b[0-9]",
    r"^[a-zA-Z0-9\-\–\'«»°\"\s\u00C0-\u00FF\(\)\,\.]+$", "(" * 200 + ")" * 200, "(?:a|b|" * 90 + ")" * 90,
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "fr", "en"), SAID)
def test_words_of_a_pattern(pattern: str, fr: str, en: str | None) -> None:
    said = describe(pattern)
    assert said is not None
    assert said.fr.replace("\u00a0", " ") == fr
    assert en is None or said.en == en


@pytest.mark.parametrize("pattern", UNSAID)
def test_what_cannot_be_said_is_not(pattern: str) -> None:
    assert describe(pattern) is None


DIGITS = st.sampled_from(
    [r"\d{2}", "[0-9]", r"\d{1,3}", r"\d+", r"\d{4}", "[1-9]", r"\d{2,}", r"(\d\d){2}"]
)
LETTERS = st.sampled_from(
    ["[A-Z]", "[a-z]{2}", "[A-Za-z]+", "[A-Z0-9]{2,4}", "[a-f]{3}", r"\w{2}", "[AB]", "[A-F0-9]*"]
)
LITERALS = st.sampled_from(["x", "-", "/", "QP", r"\.", "crte-", " ", "é"])
CHOICES = st.sampled_from(
    [
        "(oui|non)",
        "(0[1-9]|1[0-2])",
        "(a|bc|)",
        r"(0\d\d|02[AB])",
        "(lundi|mardi|jeudi)",
        r"(\d{3}|[A-Z]{2}-)",
    ]
)
OTHERS = st.sampled_from([r"\S+", "[^;]{2}", ".", ".*", "[^;, ]"])
PIECES = st.one_of(DIGITS, LETTERS, LITERALS, CHOICES, OTHERS)
OPTIONAL = PIECES.map(lambda piece: f"({piece})?")
CHAINS = st.lists(st.one_of(PIECES, PIECES, OPTIONAL), min_size=1, max_size=4).map("".join)
LISTS = st.builds(
    lambda item, sign, times: f"{item}({sign}{item}){times}",
    st.one_of(DIGITS, LETTERS, CHOICES),
    st.sampled_from([";", r"\|", "-"]),
    st.sampled_from(["*", "{0,3}", "?"]),
)
WHOLE = st.one_of(CHAINS, CHAINS, LISTS)
PATTERNS = st.one_of(
    WHOLE,
    st.lists(WHOLE, min_size=2, max_size=3).map(lambda each: f"({'|'.join(each)})"),
    st.lists(WHOLE, min_size=2, max_size=3).map("|".join),
    st.lists(WHOLE, min_size=2, max_size=2).map(lambda each: "|".join(f"^{one}$" for one in each)),
)
SIGNS = st.sampled_from("0159AZaxé-;/|. _QP")


@settings(max_examples=100, deadline=None)
@given(PATTERNS, st.data())
def test_what_is_said_is_what_is_accepted(pattern: str, data: st.DataObject) -> None:
    said = describe(pattern)
    assume(said is not None)
    assert said is not None
    told = re.compile(f"(?:{read(said.fr)})")
    kept = re.compile(f"^{pattern}$")
    for expression in (told.pattern, f"(?:{pattern})"):
        text = data.draw(
            st.from_regex(expression, fullmatch=True, alphabet=st.characters(max_codepoint=0xFF))
        )
        place = data.draw(st.integers(0, len(text)))
        sign = data.draw(SIGNS)
        for each in (text, text[:place] + sign + text[place:], text[:place] + text[place + 1 :]):
            if "\n" not in each and _usual(each):
                assert bool(kept.match(each)) == bool(told.fullmatch(each)), (
                    pattern,
                    said.fr,
                    each,
                )


def _usual(text: str) -> bool:
    """Leave out what `re` takes for a digit or letter, such as ² and ª, and people do not."""
    return all(each.isascii() or each in "àéèçÉ" for each in text) and text.isprintable()
