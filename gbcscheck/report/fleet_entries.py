"""The findings of a fleet as entries that can be opened, and the tables of the page that have no plot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gbcscheck.model import Statement
from gbcscheck.model.fleet import NEWLY_WRONG, Drift, FleetFinding, FleetRun, Since
from gbcscheck.report.coverage import counted
from gbcscheck.report.fleet_bars import numbers_table
from gbcscheck.report.fleet_faults import Fault, devices_words, faults
from gbcscheck.report.fleet_words import looked_at, not_judged, share
from gbcscheck.report.html_parts import html_text

MARKS = {"error": "\u2715", "warning": "\u25b2", "note": "\u25cb"}
"""What stands beside the word of a severity."""
MOST_ENTRIES = 300
"""Findings that the page shows; the JSON summary has more, the list of violations all."""
MOST_DEVICES = 3
"""Devices that are named beside each of several values."""
MOST_LINES = 200
"""Lines of a table; those left are counted."""


def entries(run: FleetRun) -> str:
    """Each fault: how many devices show it, of which item and values; opened, who says what, and where it is found."""
    found = faults(run)
    shown = "".join(_entry(one, run) for one in found[:MOST_ENTRIES])
    left = len(found) - MOST_ENTRIES
    return shown + (f'<p class="told">and {left:,} more in the JSON summary</p>' if left > 0 else "")


def _entry(fault: Fault, run: FleetRun) -> str:
    one = fault.first
    finding = one.finding
    severity = finding.severity
    badge = (
        f'<span class="badge {severity}"><span class="mark" aria-hidden="true">{html_text(MARKS[severity])}</span>'
        f"{severity}</span>"
    )
    sides = "".join(
        _side(statement, meaning) for statement, meaning in zip(finding.statements, _meanings(one), strict=True)
    )
    many = f"{devices_words(fault, run)} ({share(fault.devices, run.devices)})"
    facts = "".join(_facts(one))
    value = html_text(fault.values)
    return (
        f'<details class="entry {severity}"><summary><span class="tags">{badge}<code>{html_text(finding.rule)}</code>'
        f'<span class="how-many">{html_text(many)}</span></span>'
        f'<span class="message">{html_text(finding.message)}</span>'
        f'<span class="subject">{html_text(one.item)} = {value}</span></summary>'
        f'<div class="body"><div class="sides">{sides}</div><dl class="facts">{facts}</dl>'
        f"{_other_values(fault)}</div></details>"
    )


def _other_values(fault: Fault) -> str:
    """The values of a fault, where there are several."""
    if len(fault.findings) == 1:
        return ""
    rows = [
        (
            html_text(" ".join((one.written, one.unit)).strip()),
            f"{one.count:,}",
            html_text(", ".join(one.devices[:MOST_DEVICES])),
        )
        for one in fault.findings
    ]
    title = f"{counted(len(rows), 'value')} with this finding"
    return numbers_table(title, ("value", "devices", "the first of them"), _first(rows))


def _meanings(one: FleetFinding) -> tuple[str, ...]:
    meanings = one.finding.meanings
    return (*meanings, *[""] * (len(one.finding.statements) - len(meanings)))[: len(one.finding.statements)]


def _side(statement: Statement, meaning: str) -> str:
    means = f'<p class="meaning"><span class="attribute">read as</span> {html_text(meaning)}</p>' if meaning else ""
    known = html_text(statement.provenance)
    return (
        f'<div class="side"><p class="place"><span class="spec">{html_text(statement.specification.in_words)}</span>'
        f'<span class="path">{html_text(str(statement.place))}</span> {html_text(statement.clause)} '
        f'<span class="provenance {known.replace(" ", "-")}">{known}</span></p>'
        f'<p class="of">{html_text(statement.attribute)}</p><pre>{html_text(statement.written)}</pre>{means}</div>'
    )


def _facts(one: FleetFinding) -> Iterator[str]:
    finding = one.finding
    named = ", ".join(one.devices)
    left = one.count - len(one.devices)
    read = " to ".join(dict.fromkeys(filter(None, (one.first_read, one.last_read))))
    told = (
        ("devices", f"{named}, and {left:,} more" if named and left > 0 else named),
        ("read", read),
        ("witness", finding.witness),
        ("why", finding.why),
        ("help", finding.suggestion),
        ("rule", f"gbcscheck explain {finding.rule}"),
        ("fingerprint", one.fingerprint),
    )
    for name, text in told:
        if text:
            yield f"<dt>{name}</dt><dd>{html_text(text)}</dd>"


# --- tables ----------------------------------------------------------------------------------------------------------


def _first(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The first rows of a table, and in a last one how many others there are."""
    left = len(rows) - MOST_LINES
    more = [(f"and {left:,} more", "in the JSON summary")] if left > 0 else []
    return [*rows[:MOST_LINES], *more]


def drift_table(drifts: Sequence[Drift]) -> str:
    """The items with a default, those that differ from it most often first."""
    compared = sorted((one for one in drifts if not one.reason), key=lambda one: (-_part(one), one.item))
    rows = [
        (
            f"<code>{html_text(one.item)}</code>",
            f"{html_text(one.default)} ({html_text(one.provenance)})",
            html_text(share(one.differing, one.devices) + (f", by one in {one.one_in:,}" if one.one_in > 1 else "")),
            f"{one.differing:,}",
            f"{one.devices:,}",
            html_text(", ".join(f"{value} ({count:,})" for value, count in one.held)),
        )
        for one in compared
    ]
    titles = ("item", "default", "share", "differing", "of", "mostly held")
    table = (
        numbers_table(f"{counted(len(rows), 'item')} with a default", titles, _first(rows), kind="open") if rows else ""
    )
    reasons = [(f"<code>{html_text(one.item)}</code>", html_text(one.reason)) for one in drifts if one.reason]
    left = (
        numbers_table(f"{counted(len(reasons), 'item')} not compared", ("item", "why"), _first(reasons))
        if reasons
        else ""
    )
    return table + left


def _part(one: Drift) -> float:
    return one.differing / one.devices if one.devices else 0.0


def since_table(since: Since) -> str:
    """What became of violations since an earlier run."""
    told = f'<p class="told">Compared with <code>{html_text(since.earlier)}</code>.</p>'
    if since.remark:
        told += f'<p class="remark">{html_text(since.remark)}.</p>'
    if not since.changes:
        return f"{told}<p>Nothing changed.</p>"
    rows = [
        (html_text(became), f"{count:,}", html_text(rule), f"<code>{html_text(item)}</code>")
        for item, rule, became, count in since.changes
    ]
    wrong = [number for number, change in enumerate(since.changes) if change[2] == NEWLY_WRONG]
    titles = ("what became of it", "devices", "rule", "item")
    return told + numbers_table(f"{counted(len(rows), 'line')}", titles, _first(rows), wrong, kind="open")


def looked_at_section(run: FleetRun) -> str:
    """What was looked at, what was not and why; each column, and each file."""
    told = [pair for pair in looked_at(run) if pair[0] not in ("not judged", "unread")]
    facts = "".join(f"<dt>{html_text(word)}</dt><dd>{html_text(text)}</dd>" for word, text in _first(told))
    columns = [
        (
            html_text(one.name), f"<code>{html_text(one.item)}</code>" if one.item else html_text(one.reason),
            html_text(one.unit), f"{one.values:,}", f"{one.missing:,}", f"{one.fits:,}", f"{one.open:,}",
            f"{one.wrong:,}", f"{one.unread:,}", f"{one.by_engine:,}",
        )
        for one in (*not_judged(run), *(column for column in run.columns if column.item))
    ]  # fmt: skip
    titles = (
        "column", "data item, or why it was not judged", "unit", "values", "missing", "fit", "nothing fixes",
        "forbidden", "no value of it", "by the engine",
    )  # fmt: skip
    files = [
        (f"<code>{html_text(one.path)}</code>", html_text(one.kind), f"{one.rows:,}", html_text(one.problem or "read"))
        for one in run.sources
    ]
    unjudged = len(not_judged(run))
    left = f"; {unjudged:,} not judged" if unjudged else ""
    return (
        f'<dl class="facts">{facts}</dl>'
        + numbers_table(f"{counted(len(columns), 'column')}{left}", titles, _first(columns), kind="paper")
        + numbers_table(
            counted(len(files), "file"), ("file", "kind", "rows", "what became of it"), _first(files), kind="paper"
        )
    )
