"""Findings as JUnit XML, which nearly every CI system shows as a list of tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from mkdocs_govreport.checks import place_text
from mkdocs_govreport.messages import Messages
from mkdocs_govreport.model import Finding
from mkdocs_govreport.output.context import Context
from mkdocs_govreport.output.standing import fails, weight
from mkdocs_govreport.output.visible import visible
from mkdocs_govreport.pipeline import Portal


def write_junit(portal: Portal, context: Context) -> str:
    """Write a suite for each report, with a test for each finding, or one that passes where there is none.

    What fails the check is a failure, and an error where the file could not be made into a report; everything else is
    skipped, which is how viewers show a text beside a test that does not fail.
    """
    messages = Messages(context.language)
    files = dict.fromkeys([*(report.file for report in portal.reports), *(found.file for found in portal.findings)])
    read = {report.file for report in portal.reports}
    root = Element("testsuites", name="govreport")
    for file in sorted(files):
        _suite(root, file, portal.findings_of(file), context, messages, is_read=file in read)
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _suite(
    root: Element, file: str, findings: Iterable[Finding], context: Context, messages: Messages, *, is_read: bool
) -> None:
    path = visible(context.path(file))
    suite = SubElement(root, "testsuite", name=path)
    seen: Counter[str] = Counter()
    for finding in findings:
        place = place_text(finding.origin).into(context.language)
        # Without the line, so that viewers which compare runs see the same test when a line moves.
        name = f"{finding.code} {finding.rule}"
        seen[name] += 1
        name = name if seen[name] == 1 else f"{name} ({seen[name]})"
        case = SubElement(suite, "testcase", classname=path, name=name, time="0")
        text = visible(finding.message.into(context.language))
        if fails(finding, strict=context.strict):
            kind = "failure" if is_read else "error"
            SubElement(case, kind, message=text, type=finding.rule).text = visible(
                f"{path} {place}".rstrip() + f"\n{text}"
            )
        else:
            where = f" ({visible(place)})" if place else ""
            SubElement(case, "skipped", message=f"{weight(finding, messages)}{where}: {text}")
    if not len(suite):
        SubElement(suite, "testcase", classname=path, name=messages("junit-passed"), time="0")
    counts = {"tests": len(suite)} | {
        name: len(suite.findall(f"testcase/{kind}"))
        for name, kind in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped"))
    }
    for name, count in counts.items():
        suite.set(name, str(count))
    suite.set("time", "0")
