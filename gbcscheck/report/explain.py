"""A decoded file as a tree: every value with its place, its data item, its meaning and the verdict on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gbcscheck.model import Finding, Place
from gbcscheck.model.device_files import BRANCH, DEVICE, FACT, FITS, OPEN, UNKNOWN, WRONG, Entry, JudgedFile
from gbcscheck.printable import clean
from gbcscheck.report import Report
from gbcscheck.report.decoded import findings_by_entry, likewise, worst
from gbcscheck.report.device import file_lines, summary_text
from gbcscheck.report.judged import totals_of
from gbcscheck.report.layout import Layout, Line, Span, columns, paint, paragraph, wrap
from gbcscheck.report.text import plural

MARKS = {FITS: "ok", OPEN: "open", WRONG: "WRONG", UNKNOWN: "WRONG", FACT: "", BRANCH: ""}
"""What stands before a line: words, since colour alone tells nobody who cannot see it."""
MARKS_BY_SEVERITY = {"error": "WRONG", "warning": "warn", "note": "note"}
STYLES = {"ok": "good", "open": "faint", "WRONG": "error", "warn": "warning", "note": "note", "": ""}
MARK_WIDTH = 6
VALUES = (FITS, OPEN, WRONG)
"""Verdicts of the lines that are counted as values."""
LEGEND = "ok: a specification permits it · open: nothing fixes it · WRONG, warn: see the line below it"
SHOWN_OCTETS = 8
"""Octets of a value that stand at the right; of a longer one one less, and dots."""
WIDE, MEDIUM = 96, 76
"""From how many columns so many octets are shown, or half as many; a narrower tree shows none."""
STEP = 2
"""Columns by which each level is indented."""
PATH_WIDTH = 24
GAP = 2


class _TreeLine(NamedTuple):
    """One line of the tree before it is laid out."""

    mark: str
    place: str
    label: str
    value: str
    octets: str
    verdict: str
    basis: str
    findings: tuple[Finding, ...]


class _Widths(NamedTuple):
    """Columns of the parts of a line."""

    place: int
    label: int
    value: int
    octets: int


def render_explained(report: Report, layout: Layout, *, notes: bool = False, waived: bool = False) -> str:
    """Each file as a tree, and the summary of the report; a tree shows what is waived anyway."""
    trees = (explained_text(file, layout) for file in report.files)
    return "".join((*trees, summary_text(report, totals_of(report.files), layout, notes=notes, waived=waived)))


def explained_text(file: JudgedFile, layout: Layout) -> str:
    """One file as a tree, and an empty line behind it."""
    return paint([*explained_lines(file, layout), ()], colour=layout.colour)


def explained_lines(file: JudgedFile, layout: Layout) -> list[Line]:
    """One file: what it is, a line for each value, and how many of each verdict there are."""
    lines = file_lines(file, layout)
    if not file.entries and not file.findings:
        return lines
    lines.append(())
    by_entry, elsewhere = findings_by_entry(file)
    again = likewise(file, by_entry)
    shown = SHOWN_OCTETS if layout.width >= WIDE else SHOWN_OCTETS // 2 if layout.width >= MEDIUM else 0
    rows = [
        _row(file, entry, by_entry.get(index, ()), again.get(index, ()), shown)
        for index, entry in enumerate(file.entries)
    ]
    widths = _widths(rows, layout, shown if file.octets else 0)
    for row in rows:
        lines.extend(_row_lines(row, widths, layout))
        for finding in row.findings:
            lines.extend(_finding_lines(finding, widths, layout))
        if row.basis and not row.findings:
            indent = MARK_WIDTH + widths.place + GAP
            lines.extend(paragraph(("  ", ""), row.basis, layout, indent=indent, style="faint"))
    for finding in elsewhere:
        lines.extend(_finding_lines(finding, widths, layout))
    lines.append(())
    lines.extend(_count_lines(rows, file, layout))
    return lines


# --- findings on their lines -----------------------------------------------------------------------------------------


def _mark(entry: Entry, findings: Sequence[Finding]) -> str:
    """The mark of a line: that of the worst finding on it, else that of its verdict."""
    severity = worst(findings)
    return MARKS_BY_SEVERITY[severity] if severity else MARKS[entry.verdict]


# --- lines -----------------------------------------------------------------------------------------------------------


def _row(
    file: JudgedFile, entry: Entry, findings: tuple[Finding, ...], again: tuple[Finding, ...], most: int
) -> _TreeLine:
    """A line with the findings on it; ``again`` is the finding above that names it as a further place."""
    place = Place.parse("", entry.source)
    octets = ""
    if place.offset is not None and file.octets and entry.verdict != BRANCH:
        octets = _digits(file.octets[place.offset : place.offset + (place.length or 0)], most)
    label = " " * (entry.depth * STEP) + clean(entry.label)
    basis = clean(entry.basis) if isinstance(entry.basis, str) else ""
    value = clean("" if entry.value is None else str(entry.value))
    return _TreeLine(
        _mark(entry, findings or again), _place(place), label, value, octets, entry.verdict, basis, findings
    )


def _place(place: Place) -> str:
    if place.offset is not None:
        return str(place.offset)
    if place.cell is not None:
        return place.cell_words
    if place.line is not None:
        return f"line {place.line}"
    return _cut(place.pointer or "", PATH_WIDTH)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"…{text[-(most - 1) :]}"


def _digits(octets: bytes, most: int) -> str:
    if not most:
        return ""
    return octets.hex(" ").upper() if len(octets) <= most else f"{octets[: most - 1].hex(' ').upper()} .."


def _widths(rows: Sequence[_TreeLine], layout: Layout, shown: int) -> _Widths:
    place = max((columns(row.place) for row in rows), default=0)
    octets = shown * 3 - 1 if shown else 0
    rest = layout.width - MARK_WIDTH - place - GAP - (octets + GAP if octets else 0) - GAP
    labels = (columns(row.label) for row in rows if row.verdict != BRANCH)
    label = min(max(labels, default=0), max(rest * 11 // 20, 12))
    values = max((columns(row.value) for row in rows if row.verdict != BRANCH), default=0)
    return _Widths(place, label, max(min(rest - label, values), 10), octets)


def _row_lines(row: _TreeLine, widths: _Widths, layout: Layout) -> Iterator[Line]:
    """A line, and further ones where the label or the value is wider than its column."""
    style = STYLES[row.mark]
    left: tuple[Span, ...] = (
        (row.mark.ljust(MARK_WIDTH), style),
        (row.place.rjust(widths.place) + " " * GAP, "faint"),
    )
    blank: tuple[Span, ...] = ((" " * (MARK_WIDTH + widths.place + GAP), ""),)
    depth = len(row.label) - len(row.label.lstrip(" "))
    if row.verdict == BRANCH:
        label = f"{row.label}{' ' * GAP}" if row.value else row.label
        inner = layout.narrowed(MARK_WIDTH + widths.place + GAP)
        for number, line in enumerate(_branch_lines(label, row.value, depth, inner)):
            yield (left if not number else blank) + line
        return
    labels = [f"{' ' * depth}{part}" for part in wrap(row.label.strip(), Layout(max(8, widths.label - depth), True))]
    values = wrap(row.value, Layout(widths.value, True))
    for number in range(max(len(labels), len(values))):
        label = labels[number] if number < len(labels) else ""
        value = values[number] if number < len(values) else ""
        spans: list[Span] = [
            *(left if not number else blank),
            (label.ljust(widths.label + len(label) - columns(label)) + " " * GAP, ""),
            (value, style if row.findings else ""),
        ]
        if not number and row.octets and widths.octets:
            spans.append((" " * (widths.value - columns(value) + GAP) + row.octets, "faint"))
        yield tuple(spans)


def _branch_lines(label: str, value: str, depth: int, layout: Layout) -> list[Line]:
    """A line that holds those below it: its value stands right behind its label, which has no column to keep."""
    wide = Layout(layout.width, True)
    if columns(label) + columns(value) <= layout.width:
        return [((label, "strong"), (value, "faint"))]
    found: list[Line] = [((" " * depth, ""), (part, "strong")) for part in wrap(label.strip(), wide.narrowed(depth))]
    return [*found, *paragraph(("", ""), value, wide, indent=depth + STEP, style="faint")] if value else found


def _finding_lines(finding: Finding, widths: _Widths, layout: Layout) -> list[Line]:
    indent = MARK_WIDTH + widths.place + GAP
    label = f"^ {finding.severity}[{finding.rule}] "
    lines = paragraph((label, finding.severity), clean(finding.message), layout, indent=indent)
    others = [statement for statement in finding.statements[1:] if statement.specification != DEVICE]
    for statement in others[:1]:
        document = f"{statement.specification.in_words} {statement.clause}".strip()
        lines.extend(
            paragraph(("  by ", "faint"), clean(f"{document}, {statement.place}"), layout, indent=indent, style="faint")
        )
    return lines


def _count_lines(rows: Sequence[_TreeLine], file: JudgedFile, layout: Layout) -> list[Line]:
    """How many values there are of each verdict, what is wrong with lines that hold none, and what the marks mean."""
    of_values = _told([row.mark for row in rows if row.verdict in VALUES])
    others = _told([row.mark for row in rows if row.verdict in (FACT, BRANCH)])
    summed = f"{plural(file.values, 'value')}: {of_values}" if of_values else "no values"
    if file.unknown:
        summed += f"; {file.unknown:,} unknown"
    if others:
        summed += f"; {others} on other lines"
    lines = paragraph(("", ""), summed, layout)
    return [*lines, *paragraph(("", ""), LEGEND, layout, style="faint")]


def _told(marks: Sequence[str]) -> str:
    """How often there is each mark: ``7 ok, 1 WRONG``."""
    counts = {mark: marks.count(mark) for mark in STYLES if mark}
    return ", ".join(f"{number:,} {mark}" for mark, number in counts.items() if number)
