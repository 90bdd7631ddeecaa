"""Words and numbers that several renderers share."""

from collections.abc import Sequence

from territo_opendata.findings import Checked, Report, TableReport
from territo_opendata.language import Language, Text, visible

_KNOWN = Text("constat déjà connu laissé de côté", "known finding left out")
_KNOWN_MANY = Text("constats déjà connus laissés de côté", "known findings left out")
_WAIVED = Text("constat accepté", "finding waived")
_WAIVED_MANY = Text("constats acceptés", "findings waived")

_KINDS = {
    "primary-key": Text("clé primaire", "primary key"),
    "unique": Text("valeurs uniques", "unique values"),
    "unique-key": Text("clé unique", "unique key"),
    "foreign-key": Text("référence", "reference"),
}


def number(value: int, language: Language) -> str:
    """Return `value` with its thousands apart, as the language writes them."""
    return f"{value:,}".replace(",", "\u202f" if language == "fr" else ",")


def count(value: int, one: Text, many: Text, language: Language) -> str:
    """Return a number and its noun: in French, zero and one are singular."""
    single = value < 2 if language == "fr" else value == 1
    return f"{number(value, language)} {(one if single else many).say(language)}"


def errors(value: int, language: Language) -> str:
    """Return a number of errors."""
    return count(value, Text("erreur", "error"), Text("erreurs", "errors"), language)


def warnings(value: int, language: Language) -> str:
    """Return a number of warnings."""
    one, many = Text("avertissement", "warning"), Text("avertissements", "warnings")
    return count(value, one, many, language)


def rows(value: int, language: Language) -> str:
    """Return a number of rows."""
    return count(value, Text("ligne", "row"), Text("lignes", "rows"), language)


def length(given: Sequence[TableReport], language: Language) -> str:
    """Return the number of rows of some tables, or of fields of some schemas."""
    total = sum(table.rows for table in given)
    if any(table.of_schema for table in given):
        return count(total, Text("champ", "field"), Text("champs", "fields"), language)
    return rows(total, language)


def tables(given: Sequence[TableReport], language: Language) -> str:
    """Return the number of some tables, or schemas."""
    if any(table.of_schema for table in given):
        return count(len(given), Text("schéma", "schema"), Text("schémas", "schemas"), language)
    return count(len(given), Text("table", "table"), Text("tables", "tables"), language)


def checked(each: Checked, language: Language) -> str:
    """Return in words a key or check that was made."""
    kind = _KINDS.get(each.kind)
    name = kind.say(language) if kind else each.kind
    fields = ", ".join(each.fields)
    return f"{name} {fields} → {each.target}" if each.target else f"{name} {fields}".rstrip()


def accepted(table: TableReport, language: Language) -> list[str]:
    """Return in words what is accepted of a table: known findings, then each waiver in use."""
    said = []
    if table.baselined:
        total = count(table.baselined, _KNOWN, _KNOWN_MANY, language)
        said.append(f"{total} (baseline)")
    for each in table.waived:
        total = count(int(each["count"]), _WAIVED, _WAIVED_MANY, language)
        what = " · ".join(visible(str(each[name])) for name in ("code", "field") if each[name])
        until, by, why = (visible(str(each[name]), 200) for name in ("expiry", "owner", "reason"))
        said.append(
            f"{total} jusqu’au {until} : {what} ({by} : {why})"
            if language == "fr"
            else f"{total} until {until}: {what} ({by}: {why})"
        )
    return said


def capped(table: TableReport, language: Language) -> str:
    """Return in words that not every finding is listed, "" when each is."""
    if not table.truncated:
        return ""
    listed = number(len(table.findings), language)
    total = number(table.errors + table.warnings, language)
    return Text(
        f"Seuls les {listed} premiers constats sur {total} sont listés (option --limit)\u00a0; "
        "les nombres, eux, comptent tout le fichier.",
        f"Only the first {listed} findings of {total} are listed (option --limit); "
        "the counts cover the whole file.",
    ).say(language)


def verdict(report: Report, language: Language) -> str:
    """Return the verdict in one sentence."""
    if report.verdict == "invalid":
        return _invalid(report, language)
    seen = f"{tables(report.tables, language)}, {length(report.tables, language)}"
    if report.verdict == "incomplete":
        return _incomplete(seen, sum(not each.by_choice for each in report.skipped), language)
    more = f" ({warnings(report.warnings, language)})" if report.warnings else ""
    return Text(f"Valide\u00a0: {seen}{more}.", f"Valid: {seen}{more}.").say(language)


def _invalid(report: Report, language: Language) -> str:
    found = errors(report.errors, language)
    whole = len(report.tables)
    if whole == 1:
        return Text(f"Invalide\u00a0: {found}.", f"Invalid: {found}.").say(language)
    bad = [table for table in report.tables if table.errors or not table.complete]
    where = tables(report.tables, language)
    return Text(
        f"Invalide\u00a0: {found}, dans {tables(bad, language)} sur {number(whole, language)}.",
        f"Invalid: {found}, in {number(len(bad), language)} of {where}.",
    ).say(language)


def _incomplete(seen: str, points: int, language: Language) -> str:
    one = Text("point n’a pas pu être vérifié", "point could not be checked")
    many = Text("points n’ont pas pu être vérifiés", "points could not be checked")
    left = count(points, one, many, language)
    return Text(
        f"Vérification incomplète\u00a0: aucune erreur dans {seen}, mais {left}.",
        f"Incomplete: no error in {seen}, but {left}.",
    ).say(language)
