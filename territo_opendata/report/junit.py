"""The report as JUnit XML: a test for each table, field and rule, so that trends can be read.

The form is the one that CI services share (https://github.com/testmoapp/junitxml).
"""

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from territo_opendata.findings import Checked, Finding, Report, TableReport
from territo_opendata.language import Language, Text, visible
from territo_opendata.report import words
from territo_opendata.report.places import file_of, line_of, sentence
from territo_opendata.rules import rule

_SHOWN = 10


def render_junit(report: Report, language: Language) -> str:
    """Return a suite for each table; a rule fails when an error of it was found anywhere."""
    root = ET.Element("testsuites", name="territo-opendata")
    for table in report.tables:
        _suite(root, table, language)
    if report.skipped:
        suite = ET.SubElement(
            root, "testsuite", name=Text("non vérifié", "not checked").say(language)
        )
        for skipped in report.skipped:
            case = ET.SubElement(suite, "testcase", classname="skipped", name=_clean(skipped.what))
            kind = "skipped" if skipped.by_choice else "error"
            ET.SubElement(case, kind, message=_clean(skipped.reason.say(language)))
    for suite in root:
        _count(suite)
    _total(root)
    ET.indent(root)
    body = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _suite(root: ET.Element, table: TableReport, language: Language) -> None:
    path = file_of(table)
    suite = ET.SubElement(root, "testsuite", name=_clean(table.name))
    if path:
        suite.set("file", _clean(path))
    listed: dict[tuple[str | None, str], list[Finding]] = {}
    for finding in table.findings:
        listed.setdefault((finding.field, finding.code), []).append(finding)
    failed = {
        key: number
        for key, number in {**dict.fromkeys(listed, 1), **table.counts}.items()
        if rule(key[1]).severity == "error"
    }
    for field, code in _rules(table, failed):
        case = ET.SubElement(suite, "testcase", classname=_class(table, field), name=_clean(code))
        if path:
            case.set("file", _clean(path))
        if (field, code) in failed:
            found = listed.get((field, code), [])
            if found:
                case.set("line", str(line_of(found[0])))
            _fail(case, code, found, failed[field, code], language)
    said = words.accepted(table, language)
    if said:
        ET.SubElement(suite, "system-out").text = "\n".join(_clean(each) for each in said)
    if not table.complete:
        case = ET.SubElement(suite, "testcase", classname=_class(table, None), name="complete")
        text = Text("La lecture a été interrompue.", "Reading was ended early.").say(language)
        ET.SubElement(case, "error", message=text)


def _rules(
    table: TableReport, failed: dict[tuple[str | None, str], int]
) -> Iterator[tuple[str | None, str]]:
    """Yield every rule by field, passed or failed, those of the whole table last."""
    told = set()
    for field, codes in table.judged.items():
        for code in codes:
            told.add((field, code))
            yield field, code
    for key in sorted(failed, key=lambda each: (each[0] is None, each[0] or "", each[1])):
        if key not in told:
            yield key
    kinds = {code for _, code in failed}
    for each in table.checked:
        # A check that failed is told by the codes of its findings, which name the reason.
        if each.kind not in kinds and not _failed_on(each, failed, table):
            yield None, words.checked(each, "en")


def _failed_on(
    each: Checked, failed: dict[tuple[str | None, str], int], table: TableReport
) -> bool:
    """Tell whether a field of this check has a failure that its type and constraints do not explain."""
    return any(
        field in each.fields and code not in table.judged.get(field or "", ())
        for field, code in failed
    )


def _fail(
    case: ET.Element, code: str, findings: list[Finding], total: int, language: Language
) -> None:
    count = words.errors(total, language)
    title = rule(code).title.say(language)
    failure = ET.SubElement(case, "failure", type=code, message=_clean(f"{title} ({count})"))
    at = Text("ligne", "line").say(language)
    lines = [f"{at} {line_of(each)} – {sentence(each, language)}" for each in findings[:_SHOWN]]
    if total > len(lines):
        left = total - len(lines)
        more, others = words.number(left, language), "autres" if left > 1 else "autre"
        lines.append(Text(f"… et {more} {others}", f"… and {more} more").say(language))
    failure.text = "\n".join(_clean(line) for line in lines)


def _class(table: TableReport, field: str | None) -> str:
    return _clean(table.name if field is None else f"{table.name}.{field}")


def _count(suite: ET.Element) -> None:
    cases = suite.findall("testcase")
    suite.set("tests", str(len(cases)))
    for kind, name in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
        suite.set(name, str(sum(case.find(kind) is not None for case in cases)))


def _total(root: ET.Element) -> None:
    for name in ("tests", "failures", "errors", "skipped"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))


def _clean(text: str) -> str:
    """Return `text` without what XML 1.0 cannot hold; `visible` writes the rest as escapes."""
    return visible(text, 4000).replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")
