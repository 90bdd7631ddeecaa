"""What to type next, after a report that shows what can be mended by itself."""

from territo_opendata.cli.console import quoted
from territo_opendata.findings import Report
from territo_opendata.language import Language, Text, visible
from territo_opendata.report import echoes, words


def repair_step(report: Report, file: str, options: dict[str, str | None]) -> Text | None:
    """Return how many findings of the one table of `file` are mended by the command to type.

    None where there is none, or where `file` cannot be typed; `options` are those of the check,
    to be given again.
    """
    typed = [file, *(value for value in options.values() if value)]
    if len(report.tables) != 1 or any(
        each.startswith("-") or visible(each, len(each)) != each for each in typed
    ):
        return None
    table = report.tables[0]
    listed = echoes.told(table)
    total = len(listed) if not table.truncated else table.errors + table.warnings
    certain = sum(1 for each in listed if each.fix is not None and each.fix.safety == "safe")
    if not certain:
        return None
    command = " ".join(["territo repair", quoted(file), *_given(options)])
    more = Text("au moins ", "at least ") if table.truncated else Text("", "")
    return Text(
        f"À corriger sans vous : {more.fr}{_of(certain, total, 'fr')}.\n  {command}",
        f"To be mended for you: {more.en}{_of(certain, total, 'en')}.\n  {command}",
    )


def _given(options: dict[str, str | None]) -> list[str]:
    return [f"{name} {quoted(value)}" for name, value in options.items() if value]


def _of(certain: int, total: int, language: Language) -> str:
    one, many = Text("constat", "finding"), Text("constats", "findings")
    found = words.count(certain, one, many, language)
    whole = words.number(total, language)
    return Text(f"{found} sur {whole}", f"{found} of {whole}").say(language)
