"""Write docs/messages.md, every message with an example; with --check, fail when it is stale.

The examples are lifelike findings: those by which the tests judge the messages.
"""

import re
import runpy
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from territo_opendata.language import LANGUAGES, Language
from territo_opendata.rules import Rule
from territo_opendata.rules.catalogue import FAMILIES
from territo_opendata.rules.writing import text

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "messages.md"
CASES = ROOT / "tests" / "unit" / "rules" / "cases.py"

INTRODUCTION = text(
    "Tous les messages, avec un exemple chacun. Chacun dit quoi, où, pourquoi et que faire : le "
    "rapport place devant lui la ligne et la colonne ; le constat dit ce qui ne va pas et pourquoi ; "
    "la consigne dit que faire. Le [catalogue](regles.md) dit d’où vient la faute d’ordinaire. "
    "[In English](#messages-in-english).",
    "Every message, with an example each. Each says what, where, why and what to do: the report "
    "puts the line and the column before it; the finding says what is wrong and why; the advice "
    "says what to do. `territo rules CODE --lang en` says where such a fault usually comes from.",
)
HEADS = text("| Code | Constat | Que faire |", "| Code | Finding | What to do |")
ENGLISH = "Messages in English"


def main() -> None:
    """Write the page, or check it."""
    facts = {case.code: case.facts for case in runpy.run_path(str(CASES))["CASES"]}
    made = "\n\n".join(block for language in LANGUAGES for block in blocks(facts, language)) + "\n"
    if "--check" in sys.argv and PAGE.read_text("utf-8") != made:
        sys.exit("docs/messages.md is not fresh: run scripts/messages_docs.py")
    PAGE.write_text(made, "utf-8", newline="\n")


def blocks(facts: Mapping[str, Mapping[str, Any]], language: Language) -> Iterator[str]:
    """Yield the parts of the page in one language."""
    yield "# Messages" if language == "fr" else f"## {ENGLISH}"
    yield INTRODUCTION.say(language)
    for family, rules in FAMILIES:
        lines = [HEADS.say(language), "| --- | --- | --- |"]
        lines += [line(each, facts[each.code], language) for each in rules]
        yield f"{'##' if language == 'fr' else '###'} {family.say(language)}"
        yield "\n".join(lines)


def line(rule: Rule, facts: Mapping[str, Any], language: Language) -> str:
    """Return the line of a rule: its code, what it says, what it advises."""
    said = (rule.explain(language, facts), rule.advise(language, facts))
    code = f"[{rule.code}](regles.md#{rule.code})"
    return "| " + " | ".join((code, *(escape(each) for each in said))) + " |"


def escape(sentence: str) -> str:
    """Return the sentence so that Markdown shows it as it is."""
    return re.sub(r"([\\`*_{}\[\]<>|#])", r"\\\1", sentence)


if __name__ == "__main__":
    main()
