"""The text report on files of devices: the findings of each file, and what was judged and what was not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gbcscheck.model import Finding
from gbcscheck.model.device_files import JudgedFile
from gbcscheck.printable import clean, escaped
from gbcscheck.report import Report
from gbcscheck.report.judged import (
    Totals,
    Unjudged,
    clear_words,
    compared_words,
    judged_words,
    most_frequent,
    totals_of,
    unknown_words,
)
from gbcscheck.report.layout import Layout, Line, joined, paint, paragraph
from gbcscheck.report.text import finding_lines, is_shown, labelled, plural, policy_lines, skipped_lines, verdict

MOST_ALIKE = 3
"""More findings than this of one rule on one subject in one file are counted and not shown: a log repeats a fault
hundreds of times."""
KINDS = {
    "message": "GBCS message",
    "configuration": "configuration",
    "configurations": "configurations",
    "table": "table",
    "duis": "DUIS request",
    "mmc": "MMC response",
    "dcc": "DCC response",
    "objects": "COSEM objects",
    "axdr": "A-XDR",
    "pair": "pair",
}
"""What a file is called by its format."""
NOT_VERIFIED = "signatures, MACs and encryption"


def render_files(report: Report, layout: Layout, *, notes: bool = False, waived: bool = False) -> str:
    """The findings file by file, and a summary; ``notes`` shows findings of severity note too, ``waived`` those that a
    waiver lets pass."""
    found = (findings_text(file, report, layout, notes=notes, waived=waived) for file in report.files)
    return "".join((*found, summary_text(report, totals_of(report.files), layout, notes=notes, waived=waived)))


def findings_text(file: JudgedFile, report: Report, layout: Layout, *, notes: bool, waived: bool = False) -> str:
    """The findings of one file; nothing where none is shown. The report says what its rules are called."""
    shown = [finding for finding in file.findings if is_shown(finding, notes=notes, waived=waived)]
    if not shown:
        return ""
    return paint([*file_lines(file, layout), (), *_findings(file, shown, report, layout)], colour=layout.colour)


def file_lines(file: JudgedFile, layout: Layout) -> list[Line]:
    """The name of a file, and what it is and was judged as."""
    lines = paragraph(("", ""), escaped(file.path), layout, style="strong")
    facts = [
        KINDS.get(file.format, "unknown"),
        file.use_case,
        f"service reference {file.service_reference}" if file.service_reference else "",
        f"judged as {file.judged_as}" if file.judged_as else "",
        plural(file.judged_values, "value") if file.judged_values else "",
        f"{len(file.octets):,} octets" if file.octets else "",
    ]
    lines.extend(joined([(clean(fact), "faint") for fact in facts if fact], " · ", layout, indent=0))
    if file.basis:
        lines.extend(paragraph(("judged ", "faint"), clean(file.basis), layout))
    if file.reason:
        lines.extend(paragraph(("not judged: ", "warning"), clean(file.reason), layout))
    return lines


def _findings(file: JudgedFile, findings: Sequence[Finding], report: Report, layout: Layout) -> Iterator[Line]:
    """The findings of one file; of those that are alike the first few."""
    seen: dict[tuple[str, str], int] = {}
    for finding in findings:
        kind = (finding.rule, finding.subject)
        seen[kind] = seen.get(kind, 0) + 1
        if seen[kind] <= MOST_ALIKE:
            yield from finding_lines(finding, report.label(finding), layout, octets=file.octets)
            yield ()
    for (rule, subject), number in seen.items():
        if number > MOST_ALIKE:
            text = f"{number - MOST_ALIKE:,} more of {rule} on {escaped(subject)} in this file, all in the JSON report"
            yield from paragraph(("… ", "faint"), text, layout, indent=2)
            yield ()


# --- the summary -----------------------------------------------------------------------------------------------------


def summary_text(report: Report, totals: Totals, layout: Layout, *, notes: bool, waived: bool = False) -> str:
    """The summary of some files as text; the report need not hold them."""
    return paint(_summary(report, totals, layout, notes=notes, waived=waived), colour=layout.colour)


def _summary(report: Report, totals: Totals, layout: Layout, *, notes: bool, waived: bool) -> list[Line]:
    """How many findings, which files were judged and as what, which were not and why, and what was not looked at."""
    clear = clear_words(judged=bool(totals.judged))
    counts = totals.by_severity()
    lines = verdict(report, layout, notes=notes, waived=waived, clear=clear, counts=counts, let_pass=totals.waived)
    with_findings = totals.with_findings + (totals.with_notes_alone if notes else 0)
    if with_findings and totals.files > 1:
        lines.extend(labelled("in", f"{with_findings:,} of {plural(totals.files, 'file')}", layout))
    lines.extend(labelled("judged", clean(judged_words(totals)), layout))
    if totals.asked:
        lines.extend(labelled("compared", compared_words(totals), layout))
    reasons = {reason: unjudged.count for reason, unjudged in totals.unjudged.items()}
    for reason, _ in most_frequent(reasons):
        lines.extend(_unjudged_lines(reason, totals.unjudged[reason], layout))
    lines.extend(skipped_lines(report, layout))
    if totals.unknown:
        lines.extend(labelled("unknown", unknown_words(totals), layout))
    lines.extend(_first_of("left out", totals.left_out_first, totals.left_out, "more place", layout))
    lines.extend(_first_of("read as", totals.remarks_first, totals.remarks, "more remark", layout))
    if report.release:
        lines.extend(labelled("release", clean(f"{report.release}: {report.title}"), layout))
    if report.note:
        lines.extend(labelled("", clean(report.note), layout))
    lines.extend(policy_lines(report, layout))
    if report.problems:
        count = plural(len(report.problems), "problem")
        lines.extend(labelled("unread", f"{count} with the input, named in the messages", layout))
    if totals.unverified:
        lines.extend(labelled("unseen", f"{NOT_VERIFIED} are not verified", layout))
    return lines


def _first_of(label: str, first: Sequence[str], count: int, more: str, layout: Layout) -> Iterator[Line]:
    """The first of some places, each in a line, and how many more there are."""
    for place in first:
        yield from labelled(label, escaped(place), layout)
    if count > len(first):
        yield from labelled("", f"and {plural(count - len(first), more)}, all in the JSON report", layout)


def _unjudged_lines(reason: str, unjudged: Unjudged, layout: Layout) -> list[Line]:
    """A reason, and the first of the files that it keeps from being judged."""
    lines = labelled("skipped", f"{plural(unjudged.count, 'file')}: {escaped(reason)}", layout)
    for path in unjudged.paths:
        lines.extend(paragraph(("", ""), escaped(path), layout, indent=13, style="faint"))
    rest = unjudged.count - len(unjudged.paths)
    if rest > 0:
        lines.extend(paragraph(("", ""), f"and {rest:,} more", layout, indent=13, style="faint"))
    return lines
