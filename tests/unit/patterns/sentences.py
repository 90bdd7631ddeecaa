"""A reader of what `wording` says in French: from a sentence back to an expression.

Written against the sentences and not against the code, so that the two can disagree.
"""

import re

_PHRASES = {
    "une date AAAA, AAAA-MM ou AAAA-MM-JJ (année, mois de 01 à 12, jour de 01 à 31)": (
        "[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"
    ),
    "une date AAAA-MM-JJ (année, mois de 01 à 12, jour de 01 à 31)": (
        "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    ),
    "un mois AAAA-MM (année, mois de 01 à 12)": "[0-9]{4}-(0[1-9]|1[0-2])",
    "des mots en lettres minuscules sans accent ou en chiffres, séparés par des tirets"
    " (comme « plan-velo-2030 »)": "[a-z0-9]+(-[a-z0-9]+)*",
    "n’importe quel texte, ou rien": "(.|\n)*",
}
_SETS = {
    r"chiffres?": "0-9",
    r"lettres? minuscules? sans accent": "a-z",
    r"lettres? majuscules? sans accent": "A-Z",
    r"lettres? sans accent": "a-zA-Z",
}
_QUOTED = r"« (.+?) »"


def read(sentence: str) -> str:
    """Return an expression for the texts that the sentence describes."""
    plain = sentence.replace("\u00a0", " ")
    ways = plain.split(" ; ou ")
    if len(ways) == 1 and ", puis " not in plain and "(" not in plain and "séparés" not in plain:
        ways = _either(plain)
    return "|".join(f"(?:{_way(way)})" for way in ways)


def _either(text: str) -> list[str]:
    """Split "a, b ou c"; a number of characters, "1 ou 2 chiffres", is one thing."""
    if re.match(
        r"si besoin|\d+ (ou \d+ )?caractère|au moins \d+ car|de \d+|\d+ ou|un nombre", text
    ):
        return [text]
    return re.split(r", | ou ", text)


def _way(text: str) -> str:
    pieces = []
    while text:
        known = next((phrase for phrase in _PHRASES if text.startswith(phrase)), None)
        end = len(known) if known else _end(text)
        pieces.append(_PHRASES[known] if known else f"(?:{_part(text[:end])})")
        text = text[end:].removeprefix(", puis ")
    return "".join(pieces)


def _end(text: str) -> int:
    """Return where the part ends that `text` begins with; a list of items takes the rest."""
    if "séparés par" in text.split(", puis ", maxsplit=1)[0]:
        return len(text)
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if not depth and text.startswith(", puis ", place):
            return place
    return len(text)


def _part(text: str) -> str:
    if match := re.fullmatch(r"si besoin des (.+)", text):
        return f"{_set(match[1])}*"
    if match := re.fullmatch(r"si besoin jusqu’à (\d+) (.+)", text):
        return f"{_set(match[2])}{{0,{match[1]}}}"
    if match := re.fullmatch(r"si besoin (.+)", text):
        bracketed = match[1].startswith("(") and not match[1].startswith("(soit")
        inner = match[1][1:-1] if bracketed else match[1]
        return f"(?:{_way(inner)})?"
    if match := re.fullmatch(r"\(soit (.+)\)", text):
        return "|".join(f"(?:{_way(way)})" for way in match[1].split(" ; soit "))
    if match := re.fullmatch(r"un nombre de (\d+) à (\d+)", text):
        width = len(match[1])
        return "|".join(f"{each:0{width}}" for each in range(int(match[1]), int(match[2]) + 1))
    if match := re.fullmatch(
        rf"(.+?) (textes|éléments) séparés par {_QUOTED}(, chacun : (.+))?", text
    ):
        return _items(match[1], match[3], match[5])
    if re.fullmatch(rf"({_QUOTED}|un espace)((, | ou )({_QUOTED}|un espace))*", text):
        spaced = re.sub(r"(?<!« )\bun espace\b", "«   »", text)
        return "|".join(map(re.escape, re.findall(_QUOTED, spaced)))
    return _run(text)


def _items(count: str, sign: str, each: str | None) -> str:
    inner = f"(?:{_way(each)})" if each else f"[^{re.escape(sign)}]+"
    most = "" if count == "un ou plusieurs" else str(int(re.findall(r"\d+", count)[1]) - 1)
    return f"{inner}(?:{re.escape(sign)}{inner}){{0,{most}}}"


def _run(text: str) -> str:
    for form, times in (
        (r"au moins (\d+) (.+)", "{{{},}}"),
        (r"de (\d+) à (\d+) (.+)", "{{{},{}}}"),
        (r"(\d+) ou (\d+) (.+)", "{{{},{}}}"),
        (r"(\d+) (.+)", "{{{}}}"),
    ):
        if match := re.fullmatch(form, text):
            *counts, kind = match.groups()
            return _set(kind) + times.format(*counts)
    raise AssertionError(text)


def _set(kind: str) -> str:
    if kind in ("caractère", "caractères"):
        return "."
    if match := re.fullmatch(r"chiffres? de (\d) à (\d)", kind):
        return f"[{match[1]}-{match[2]}]"
    if match := re.fullmatch(r"caractères? autres? (?:que |qu’)(.+)", kind):
        spaces = r"\s" if "un espace" in match[1] else ""
        return f"[^{spaces}{''.join(map(re.escape, re.findall(_QUOTED, match[1])))}]"
    if match := re.fullmatch(r"caractères? parmi : (.+)", kind):
        return f"[{''.join(map(_members, match[1].split(', ')))}]"
    return f"[{_members(kind)}]"


def _members(text: str) -> str:
    for words, inside in _SETS.items():
        if re.fullmatch(words, text):
            return inside
    if text == "lettres (accents compris)":
        return r"a-zA-Zà-öø-ÿÀ-ÖØ-ßÿ"
    if match := re.fullmatch(rf"{_QUOTED} à {_QUOTED}", text):
        return f"{match[1]}-{match[2]}"
    return re.escape(" " if text == "un espace" else text[2:-2])
