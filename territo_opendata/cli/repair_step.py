"""What to type next, after a report that shows what can be mended by itself."""

from territo_opendata.cli.console import quoted
from territo_opendata.findings import Report
from territo_opendata.language import LANGUAGES, Language, Text, visible
from territo_opendata.report import echoes, words


def repair_step(report: Report, file: str, options: dict[str, str | None]) -> Text | None:
    """Return how many findings in the one table of `file` are mended by a command, and that command.

    None where there is none, or where `file` cannot be typed; `options` are those of the check,
    to be given again.
    """
    typed = [file, *(value for value in options.values() if value)]
    if len(report.tables) != 1 or any(
        each.startswith("-") or visible(each, len(each)) != each for each in typed
    ):
        return None
    table = report.tables[0]
    certain = [each for each in echoes.told(table) if each.fix and each.fix.safety == "safe"]
    if not certain:
        return None
    command = " ".join(["territo repair", quoted(file), *_given(options)])
    least = Text("au moins ", "at least ") if table.truncated else Text("", "")
    found = Text(*(_findings(len(certain), language) for language in LANGUAGES))
    return Text(
        f"À corriger sans vous : {least.fr}{found.fr}.\n  {command}",
        f"To be mended for you: {least.en}{found.en}.\n  {command}",
    )


def _given(options: dict[str, str | None]) -> list[str]:
    return [f"{name} {quoted(value)}" for name, value in options.items() if value]


def _findings(number: int, language: Language) -> str:
    return words.count(number, Text("constat", "finding"), Text("constats", "findings"), language)
