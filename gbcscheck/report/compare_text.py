"""The text report of a comparison: whom it hurts first, then each change with both sides, then the conflicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from gbcscheck.model import SEVERITIES, Change, Finding, Statement
from gbcscheck.printable import clean, escaped, one_line
from gbcscheck.report import Report, in_releases
from gbcscheck.report.entries import WORDS, not_judged, other_values
from gbcscheck.report.layout import Layout, Line, Span, heading, indented, joined, paint, paragraph
from gbcscheck.report.quotation import own_words, quotation
from gbcscheck.report.text import MOST_SKIPPED, finding_lines, in_brief, place_spans, specification_name

ORDER = ("breaking", "unknown", "compatible", "neutral")
"""Verdicts in the order in which they are told."""
STYLES = {"breaking": "error", "unknown": "warning", "compatible": "good", "neutral": "note"}
MOST_BELOW = 4
"""More subjects below a change than this are counted and not named."""
MOST_LINES = 20
"""More of what takes one line each (fixed conflicts) than this is counted and not shown."""


def render_compare_text(report: Report, new: str, layout: Layout, *, notes: bool = False, waived: bool = False) -> str:
    """The report on a comparison; ``new`` names the newer side. ``notes`` shows all changes and findings, the neutral
    and the remaining too, ``waived`` those that a waiver lets pass."""
    lines = paragraph(("against ", "faint"), clean(str(report.merge_base)), layout) if report.merge_base else []
    if is_no_change(report):
        return paint([*lines, _nothing_changed(report, new), *_skipped(report, layout)], colour=layout.colour)
    lines.extend((*_policy(report, layout), *_summary(report, new, layout, waived=waived)))
    for change in report.changes:
        if (notes or change.verdict in ("breaking", "unknown")) and (waived or not change.waived):
            lines.extend([(), *_change(change, layout)])
    if not notes:
        shown = [change for change in report.changes if waived or not change.waived]
        lines.extend(_compatible(shown, layout))
    lines.extend(_findings(report, layout, notes=notes, waived=waived))
    return paint(lines, colour=layout.colour)


def is_no_change(report: Report) -> bool:
    """Whether nothing at all is to be told but what was not looked at: no change, no conflict that is new, fixed or
    lost, no trouble."""
    told = any(finding.status != "remaining" or finding.is_fresh for finding in report.findings)
    warned = any(use.warning for use in report.waivers)
    return not (report.policy or report.changes or told or report.problems or report.note or warned)


def _nothing_changed(report: Report, new: str) -> Line:
    remaining = len(report.findings)
    rest = f"; {_plural(remaining, 'conflict')} as before" if remaining else ""
    rest += f"; policy of {escaped(report.configuration)}" if report.configuration else ""
    return (("no change", "good"), (f": {escaped(new)} says what {escaped(report.base)} says{rest}", ""))


def within(told: Change) -> str:
    """The releases behind a line."""
    return f" (in {one_line(in_releases(told.releases))})" if told.releases else ""


def because(waived: str) -> str:
    """The reason of a waiver behind a line."""
    return f" (waived: {one_line(waived)})" if waived else ""


def _policy(report: Report, layout: Layout) -> Iterator[Line]:
    """What the change does to the policy by which it is judged."""
    for one in report.policy[:MOST_LINES]:
        style = "warning" if one.loosens else "note"
        yield from heading(("policy: ", style), escaped(f"{one.where}: {one}"), layout)
    left = len(report.policy) - MOST_LINES
    if left > 0:
        yield ((f"and {left:,} more changes of the policy, all in the JSON report", "faint"),)


# --- the summary -----------------------------------------------------------------------------------------------------


def _summary(report: Report, new: str, layout: Layout, *, waived: bool) -> Iterator[Line]:
    counts = Counter(change.verdict for change in report.changes if not change.waived)
    none = "no change but what is waived" if report.changes else "no change of what is stated"
    spans: list[Span] = [(f"{counts[verdict]:,} {verdict}", STYLES[verdict]) for verdict in ORDER if counts[verdict]]
    spans = spans or [(none, "good")]
    if counts:
        spans[-1] = (f"{spans[-1][0]} {'change' if counts.total() == 1 else 'changes'}", spans[-1][1])
    yield from joined(spans, ", ", layout, indent=0)
    statuses = Counter(finding.status for finding in report.findings if not finding.waived)
    others = sum(finding.status == "remaining" and finding.is_fresh for finding in report.standing())
    conflicts = [
        (f"{statuses['new']:,} new", _worst_style(report.findings)),
        (f"{statuses['fixed']:,} fixed", "good" if statuses["fixed"] else ""),
        *([(f"{others:,} with other values", _worst_style(report.findings))] if others else []),
        (f"{statuses['remaining'] - others:,} as before", ""),
        *([(f"{statuses['lost']:,} lost", "warning")] if statuses["lost"] else []),
    ]
    yield from _row_of_spans("conflicts", conflicts, layout)
    hurt = Counter(party for change in report.changes if not change.waived for party in change.parties)
    rows = [
        ("hurt", ", ".join(f"{party} by {number:,}" for party, number in sorted(hurt.items()))),
        ("compared", f"{report.base} with {new}"),
        ("specs", ", ".join(_versions(report))),
        ("", report.note),
        ("policy", report.configuration),
    ]
    for name, text in rows:
        if text:
            yield from _labelled(name, clean(text), layout)
    if report.waived():
        hint = "" if waived else ", --show-waived shows them"
        yield from _labelled("waived", f"{report.waived():,}{hint}", layout)
    for use in report.waivers:
        if use.warning:
            yield from heading(("warning: ", "warning"), escaped(f"{use.waiver.where}: {use.warning}"), layout)
    yield from _skipped(report, layout)
    if report.problems:
        problems = _plural(len(report.problems), "problem")
        yield from _labelled("unread", f"{problems} with the input, named in the messages", layout)


def _skipped(report: Report, layout: Layout) -> Iterator[Line]:
    """What was not looked at, and why: the first few files, and how many more."""
    for skipped in report.skipped[:MOST_SKIPPED]:
        yield from _labelled("skipped", escaped(skipped), layout)
    if len(report.skipped) > MOST_SKIPPED:
        yield from _labelled("", f"and {_plural(len(report.skipped) - MOST_SKIPPED, 'more file')}", layout)


def _versions(report: Report) -> list[str]:
    """What was compared with what: ``DUIS 5.1 schema -> DUIS 5.4 schema``; of what stayed the same version only where
    something has changed."""
    same = [
        (change.old.specification, change.new.specification)
        for change in report.changes
        if change.old and change.new and change.old.specification.version == change.new.specification.version
    ]
    pairs = dict.fromkeys((*report.followed, *same))
    return [
        specification_name(new) if old == new else f"{specification_name(old)} -> {specification_name(new)}"
        for old, new in pairs
    ]


def _worst_style(findings: Iterable[Finding]) -> str:
    new = [SEVERITIES.index(finding.severity) for finding in findings if finding.is_fresh and not finding.waived]
    return SEVERITIES[min(new)] if new else ""


# --- changes ---------------------------------------------------------------------------------------------------------


TITLES = {
    ("added", True): "it is spoken of for the first time",
    ("removed", True): "it is spoken of no longer",
    ("added", False): "it is stated for the first time",
    ("removed", False): "it is stated no longer",
}


def title_of(change: Change) -> str:
    """What has happened, in a few words; behind the attribute where it is not the whole subject."""
    whole = change.attribute in ("subject", "name")
    words = TITLES.get((change.change, whole), WORDS[change.change])
    if change.change == "moved" and change.new is not None and change.new.domain is None:
        words = "it says something else"
    return words if whole else f"{escaped(change.attribute)}: {words}"


def _change(change: Change, layout: Layout) -> list[Line]:
    style = STYLES[change.verdict]
    lines = heading((f"{change.verdict}[{change.change}] ", style), title_of(change), layout, style="strong")
    lines.extend(paragraph(("", ""), escaped(change.subject), layout, indent=2))
    lines.append(())
    for word, statement in (("old", change.old), ("new", change.new)):
        lines.extend(_side(word, statement, change, layout))
    lines.append(())
    hurt = ", ".join(change.parties)
    if change.verdict == "unknown":
        hurt = "not known"
    told = (
        ("hurts", hurt),
        ("witness", _witness(change)),
        ("why", change.reason),
        ("below", _below(change.below)),
        ("in", in_releases(change.releases)),
        ("severity", f"{change.severity}, as the configuration says" if change.rated else ""),
        ("waived", change.waived),
        ("id", change.fingerprint if change.verdict in ("breaking", "unknown") else ""),
    )
    for name, text in told:
        if text:
            lines.extend(_labelled(name, clean(text), layout))
    return lines


def _side(word: str, statement: Statement | None, change: Change, layout: Layout) -> list[Line]:
    if statement is None:
        return paragraph((f"{word}  ", "faint"), "nothing is stated", layout, indent=2, style="faint")
    first, *rest = joined(place_spans(statement), " · ", layout.narrowed(7), indent=0)
    lines: list[Line] = [(("  ", ""), (f"{word}  ", "faint"), *first), *indented(rest, 7)]
    if statement.subject != change.subject:
        lines.extend(paragraph(("as ", "faint"), escaped(statement.subject), layout, indent=7))
    note = escaped(statement.attribute) if statement.attribute != change.attribute else ""
    quoted = quotation(
        own_words(statement), note, layout.narrowed(7), style=STYLES[change.verdict], witness=clean(change.witness)
    )
    lines.extend(indented(quoted, 7))
    return lines


def _witness(change: Change) -> str:
    if not change.witness:
        return ""
    after = {
        "narrowed": "permitted before, and no longer",
        "widened": "permitted now, and not before",
        "moved": "permitted on one side only",
        "removed": "permitted on one side only",
        "added": "permitted on one side only",
        "default": "no longer the default",
        "presence": "permitted on one side only",
        "renamed": "the new name",
    }.get(change.change, "")
    witness = change.witness
    if change.attribute == "occurs":
        witness = f"{witness} time" if witness == "1" else f"{witness} times"
    return f"{witness}: {after}" if after else witness


def _below(below: Sequence[str]) -> str:
    named = ", ".join(below[:MOST_BELOW])
    rest = len(below) - MOST_BELOW
    return f"{named} and {rest:,} more" if rest > 0 else named


def _compatible(changes: Iterable[Change], layout: Layout) -> Iterator[Line]:
    """Compatible changes in a line each, neutral ones counted by what they change."""
    compatible = [change for change in changes if change.verdict == "compatible"]
    neutral = Counter(
        "renamed" if change.change == "renamed" else change.attribute
        for change in changes
        if change.verdict == "neutral"
    )
    if compatible or neutral:
        yield ()
    for change in compatible:
        below = f" and {len(change.below):,} below" if change.below else ""
        text = f"{escaped(change.subject)}{below}, {title_of(change)}{within(change)}{because(change.waived)}"
        yield from heading((f"compatible[{change.change}] ", STYLES["compatible"]), text, layout)
    if neutral:
        kinds = ", ".join(f"{name} {number:,}" for name, number in sorted(neutral.items()))
        text = f"{kinds}: words and names that no message carries; --notes shows them"
        yield from heading(("neutral ", STYLES["neutral"]), text, layout)


# --- conflicts -------------------------------------------------------------------------------------------------------


def _findings(report: Report, layout: Layout, *, notes: bool, waived: bool) -> Iterator[Line]:
    """New conflicts in full, and those that remain with other values; lost and fixed ones in a line each; the rest of
    those that remain are counted in the summary, and shown with the notes."""
    shown = [finding for finding in report.findings if waived or not finding.waived]
    for status in ("new", "remaining"):
        for finding in shown:
            if finding.status == status and (notes or (finding.is_fresh and finding.severity != "note")):
                yield ()
                label = report.label(finding)
                if finding.was:
                    text = f"with other values: {clean(other_values(finding))}"
                    yield from paragraph((f"{status}, ", "faint"), text, layout, indent=0)
                first, *rest = finding_lines(finding, label, layout.narrowed(len(status) + 1))
                yield ((f"{status} ", "faint"), *first)
                yield from rest
    hidden = [finding for finding in shown if finding.is_fresh and finding.severity == "note" and not notes]
    if hidden:
        yield ()
        yield ((f"{_plural(len(hidden), 'new note')} hidden, --notes shows them", "faint"),)
    for status, style in (("lost", "warning"), ("fixed", "good")):
        ended = [finding for finding in shown if finding.status == status]
        if ended:
            yield ()
        for finding in ended[:MOST_LINES]:
            why = one_line(not_judged(finding)) or one_line(finding.message)
            text = f"{escaped(finding.subject)}: {why}{in_brief(finding)}"
            yield from heading((f"{status} {finding.severity}[{finding.rule}] ", style), text, layout)
        if len(ended) > MOST_LINES:
            yield ((f"and {len(ended) - MOST_LINES:,} more {status}, all in the JSON report", "faint"),)


def _labelled(name: str, text: str, layout: Layout) -> list[Line]:
    return paragraph((f"{name:<10}", "faint"), text, layout, indent=2)


def _row_of_spans(name: str, spans: Sequence[Span], layout: Layout) -> list[Line]:
    first, *rest = joined(spans, ", ", layout.narrowed(12), indent=0)
    return [
        (("  ", ""), (f"{name:<10}", "faint"), *first),
        *(((" " * 12, ""), *line) for line in rest),
    ]


def _plural(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
