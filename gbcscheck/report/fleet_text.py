"""What a run over a fleet found, for a terminal or a pipe: what is wrong, at how many devices, which firmware; and what
was not looked at, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from gbcscheck.model import SEVERITIES
from gbcscheck.model.fleet import Drift, FleetGroup, FleetRun, Since
from gbcscheck.printable import escaped, one_line
from gbcscheck.report.coverage import counted
from gbcscheck.report.fleet_faults import devices_words, faults
from gbcscheck.report.fleet_outliers import items_standing_out, standing_out
from gbcscheck.report.fleet_words import group_name, group_verdict, items_words, looked_at, share, unexplained, verdict
from gbcscheck.report.layout import Layout, Line, Span, heading, indented, paint, paragraph
from gbcscheck.report.table import table

MOST_FAULTS = 12
"""Faults that the text shows; the page and the JSON report have more, the list of violations all."""
MOST_GROUPS = 6
"""Groups that stand out which the text names."""
MOST_LINES = 5
"""Lines of one kind that say what was not looked at."""
MOST_DRIFTS = 12
MOST_LISTED = 12
"""Lines on what became of violations since an earlier run."""
LABEL = 11
"""Columns of the words before the lines of the summary."""


def render_fleet_text(run: FleetRun, layout: Layout) -> str:
    """The summary of a run; its last line says in one sentence what was found."""
    lines: list[Line] = []
    for part in (
        _standing_out("firmware that stands out", run.firmwares, layout),
        _standing_out("manufacturers that stand out", unexplained(run), layout),
        _findings(run, layout),
        _drifts(run.drifts, layout),
        _since(run.since, layout),
        _looked_at(run, layout),
    ):
        told = list(part)
        if told:
            lines += [*told, ()]
    lines += heading(("", ""), escaped(_sentence(verdict(run))), layout, style=_style(run))
    return paint(lines, colour=layout.colour)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _style(run: FleetRun) -> str:
    if not run.values:
        return "warning"
    worst = {severity for _, severity, _ in run.rules}
    return next((severity for severity in SEVERITIES if severity in worst), "error" if run.wrong else "good")


def _standing_out(title: str, groups: Sequence[FleetGroup], layout: Layout) -> Iterator[Line]:
    found = standing_out(groups)
    if not found:
        return
    yield from heading(("", ""), title, layout, style="strong")
    for one in found[:MOST_GROUPS]:
        yield from paragraph(("", ""), one_line(group_name(one.group)), layout, indent=2, style="error")
        yield from paragraph(("", ""), escaped(group_verdict(one)), layout, indent=4)
        if items := items_words(items_standing_out(one.group, groups)):
            yield from paragraph(("", ""), one_line(items), layout, indent=4, style="faint")
    if len(found) > MOST_GROUPS:
        yield from paragraph(("", ""), f"and {len(found) - MOST_GROUPS:,} more", layout, indent=2, style="faint")


def _findings(run: FleetRun, layout: Layout) -> Iterator[Line]:
    every = faults(run)
    found = [one for one in every if one.first.finding.severity != "note"]
    if not found:
        return
    yield from heading(("", ""), "violations", layout, style="strong")
    for one in found[:MOST_FAULTS]:
        finding = one.first.finding
        label = (f"  {finding.severity}[{finding.rule}] ", finding.severity)
        yield from heading(label, one_line(f"{one.first.item}: {one.values}"), layout, hang=4)
        told = f"{devices_words(one, run)} ({share(one.devices, run.devices)}): {finding.message}"
        yield from paragraph(("", ""), one_line(told), layout, indent=4, style="faint")
    left = len(found) - len(found[:MOST_FAULTS])
    if left:
        yield from paragraph(("", ""), f"and {left:,} more", layout, indent=2, style="faint")
    if run.more_findings:
        rarer = f"{counted(run.more_findings, 'rarer value')} with a finding in the list of violations"
        yield from paragraph(("", ""), rarer, layout, indent=2, style="faint")
    if notes := len(every) - len(found):
        yield from paragraph(("", ""), f"{counted(notes, 'note')} not shown", layout, indent=2, style="faint")


def _drifts(drifts: Sequence[Drift], layout: Layout) -> Iterator[Line]:
    compared = [one for one in drifts if not one.reason]
    if not drifts:
        return
    differing = sorted((one for one in compared if one.differing), key=lambda one: (-one.differing, one.item))
    told = f"{len(differing):,} of {counted(len(compared), 'item')} with a default differ from it somewhere"
    yield from heading(("defaults: ", "strong"), told, layout)
    if differing:
        rows = [_drift(one) for one in differing[:MOST_DRIFTS]]
        yield from _table(("item", "default", "differing", "mostly held"), rows, layout)
    left = len(differing) - MOST_DRIFTS
    if left > 0:
        yield from paragraph(("", ""), f"and {counted(left, 'item')} more", layout, style="faint")
    reasons = Counter(one.reason for one in drifts if one.reason)
    for reason, number in sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_LINES]:
        yield from paragraph(
            ("", ""), f"{counted(number, 'item')} not compared: {one_line(reason)}", layout, style="faint"
        )


def _table(titles: Sequence[str], rows: Sequence[Sequence[Span]], layout: Layout) -> list[Line]:
    return indented(table(titles, rows, layout.narrowed(2)), 2)


def _drift(one: Drift) -> list[Span]:
    held = ", ".join(f"{value} ({count:,})" for value, count in one.held[:3])
    return [
        (one_line(one.item), ""),
        (
            one_line(f"{one.default} ({one.provenance})"),
            one.provenance if one.provenance in ("derived", "synthetic") else "",
        ),
        (f"{one.differing:,} of {one.devices:,} ({share(one.differing, one.devices)}{_estimated(one)})", ""),
        (one_line(held), ""),
    ]


def _estimated(one: Drift) -> str:
    return f"; estimated by one in {one.one_in:,}" if one.one_in > 1 else ""


def _since(since: Since | None, layout: Layout) -> Iterator[Line]:
    if since is None:
        return
    totals: Counter[str] = Counter()
    for _, _, became, count in since.changes:
        totals[became] += count
    told = ", ".join(f"{count:,} {became}" for became, count in totals.items()) or "nothing changed"
    yield from heading((f"since {one_line(since.earlier)}: ", "strong"), told, layout)
    if since.remark:
        yield from paragraph(("", ""), one_line(since.remark), layout, style="warning")
    if since.changes:
        rows = [
            [(became, "error" if became == "newly wrong" else ""), (f"{count:,}", ""), (rule, ""), (one_line(item), "")]
            for item, rule, became, count in since.changes[:MOST_LISTED]
        ]
        yield from _table(("what became of it", "devices", "rule", "item"), rows, layout)
    left = len(since.changes) - MOST_LISTED
    if left > 0:
        yield from paragraph(("", ""), f"and {left:,} more", layout, style="faint")


def _looked_at(run: FleetRun, layout: Layout) -> Iterator[Line]:
    told = list(looked_at(run))
    numbers = Counter(word for word, _ in told)
    shown: Counter[str] = Counter()
    for word, text in told:
        shown[word] += 1
        if shown[word] <= MOST_LINES:
            style = "warning" if word in ("unread", "left out", "not judged") else "faint"
            yield from paragraph((word.ljust(LABEL), style), one_line(text), layout, indent=2)
        elif shown[word] == numbers[word]:
            left = numbers[word] - MOST_LINES
            yield from paragraph((" " * LABEL, ""), f"and {left:,} more", layout, indent=2, style="faint")
