"""The text report on files of devices: the findings of each file, and what was judged and what was not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from gbcscheck.model import Finding
from gbcscheck.model.device_files import JudgedFile
from gbcscheck.printable import clean, escaped
from gbcscheck.report import Report
from gbcscheck.report.layout import Layout, Line, joined, paint, paragraph
from gbcscheck.report.text import finding_lines, labelled, plural, skipped_lines, verdict

MOST_ALIKE = 3
"""More findings than this of one rule on one subject in one file are counted and not shown: a log repeats a fault
hundreds of times."""
MOST_NAMED = 2
"""More files than this with one reason are counted and not named."""
KINDS = {
    "message": "GBCS message",
    "configuration": "configuration",
    "configurations": "configurations",
    "table": "table",
    "duis": "DUIS request",
    "mmc": "MMC response",
    "objects": "COSEM objects",
    "axdr": "A-XDR",
    "pair": "pair",
}
"""What a file is called by its format."""
NOT_VERIFIED = "signatures, MACs and encryption"
CLEAR = "nothing found that a specification forbids"


def render_files(report: Report, layout: Layout, *, notes: bool = False) -> str:
    """The findings file by file, and a summary; ``notes`` shows findings of severity note too."""
    lines: list[Line] = []
    for file in report.files:
        shown = [finding for finding in file.findings if notes or finding.severity != "note"]
        if shown:
            lines.extend(file_lines(file, layout))
            lines.append(())
            lines.extend(_findings(file, shown, report, layout))
    lines.extend(files_summary(report, layout, notes=notes))
    return paint(lines, colour=layout.colour)


def file_lines(file: JudgedFile, layout: Layout) -> list[Line]:
    """The name of a file, and what it is and was judged as."""
    lines = paragraph(("", ""), escaped(file.path), layout, style="strong")
    facts = [
        KINDS.get(file.format, "unknown"),
        file.use_case,
        f"service reference {file.service_reference}" if file.service_reference else "",
        f"judged as {file.judged_as}" if file.judged_as else "",
        plural(file.values, "value") if file.values else "",
        f"{len(file.octets):,} octets" if file.octets else "",
    ]
    lines.extend(joined([(clean(fact), "faint") for fact in facts if fact], " · ", layout, indent=0))
    if file.reason:
        lines.extend(paragraph(("not judged: ", "warning"), clean(file.reason), layout))
    return lines


def _findings(file: JudgedFile, findings: Sequence[Finding], report: Report, layout: Layout) -> Iterator[Line]:
    """The findings of one file; of those that are alike the first few."""
    seen: dict[tuple[str, str], int] = {}
    for finding in findings:
        alike = (finding.rule, finding.subject)
        seen[alike] = seen.get(alike, 0) + 1
        if seen[alike] <= MOST_ALIKE:
            yield from finding_lines(finding, report.label(finding), layout, octets=file.octets)
            yield ()
    for (rule, subject), number in seen.items():
        if number > MOST_ALIKE:
            text = f"{number - MOST_ALIKE:,} more of {rule} on {escaped(subject)} in this file, all in the JSON report"
            yield from paragraph(("… ", "faint"), text, layout, indent=2)
            yield ()


# --- the summary -----------------------------------------------------------------------------------------------------


def _reason(file: JudgedFile) -> str:
    """Why a file is not judged; of a pair without the reason that is told of one of its files itself."""
    return file.reason.partition(":")[0] if file.format == "pair" else file.reason


class _Group(NamedTuple):
    """Files that share something, by their names."""

    said: str
    paths: list[str]


def files_summary(report: Report, layout: Layout, *, notes: bool) -> list[Line]:
    """How many findings, which files were judged and as what, which were not and why, and what was not looked at."""
    judged = [file for file in report.files if file.judged]
    others = [file for file in report.files if not file.judged and file.problem is None]
    lines = verdict(report, layout, notes=notes, clear=CLEAR if judged else "nothing was judged")
    with_findings = sum(any(notes or one.severity != "note" for one in file.findings) for file in report.files)
    if with_findings and len(report.files) > 1:
        lines.extend(labelled("in", f"{with_findings:,} of {plural(len(report.files), 'file')}", layout))
    values = sum(file.values for file in judged)
    versions = ", ".join(
        f"{group.said}: {len(group.paths):,}" for group in _grouped((f.judged_as, f.path) for f in judged)
    )
    pairs = sum(file.format == "pair" for file in judged)
    parts = [plural(len(judged) - pairs, "file"), plural(pairs, "pair") if pairs else "", plural(values, "value")]
    told = ", ".join(part for part in parts if part) + (f" ({versions})" if versions else "")
    lines.extend(labelled("judged", clean(told), layout))
    for group in _grouped((_reason(file), file.path) for file in others):
        lines.extend(_unjudged_lines(group, layout))
    lines.extend(skipped_lines(report, layout))
    if report.release:
        lines.extend(labelled("release", clean(f"{report.release}: {report.title}"), layout))
    if report.note:
        lines.extend(labelled("", clean(report.note), layout))
    if report.problems:
        count = plural(len(report.problems), "problem")
        lines.extend(labelled("unread", f"{count} with the input, named in the messages", layout))
    if any(file.format in ("message", "axdr", "duis", "mmc", "pair") for file in report.files):
        lines.extend(labelled("unseen", f"{NOT_VERIFIED} are not verified", layout))
    return lines


def _grouped(pairs: Iterable[tuple[str, str]]) -> list[_Group]:
    """What is said, each once, with the files of which it is said; the most frequent first."""
    groups: dict[str, list[str]] = {}
    for said, path in pairs:
        groups.setdefault(said, []).append(path)
    return sorted((_Group(said, paths) for said, paths in groups.items() if said), key=lambda one: -len(one.paths))


def _unjudged_lines(group: _Group, layout: Layout) -> list[Line]:
    """A reason, and the first of the files that it keeps from being judged."""
    lines = labelled("skipped", f"{plural(len(group.paths), 'file')}: {escaped(group.said)}", layout)
    for path in group.paths[:MOST_NAMED]:
        lines.extend(paragraph(("", ""), escaped(path), layout, indent=13, style="faint"))
    rest = len(group.paths) - MOST_NAMED
    if rest > 0:
        lines.extend(paragraph(("", ""), f"and {rest:,} more", layout, indent=13, style="faint"))
    return lines
