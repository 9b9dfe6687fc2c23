"""What is told of a fleet in words, alike on a page and on a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from math import floor

from gbcscheck.model import SEVERITIES
from gbcscheck.model.fleet import FleetColumn, FleetGroup, FleetRun
from gbcscheck.report.coverage import counted
from gbcscheck.report.fleet_outliers import Ranked, standing_out

NOT_SAID = "not said"
"""Stands for the firmware, manufacturer or day of devices of which the table does not say it."""
MOST_ITEMS = 2
"""Items that are named behind a group; a table has all."""
ENGINES = {"duckdb": "DuckDB", "spark": "Spark"}


def share(part: int, whole: int) -> str:
    """A share in per cent, never rounded to all or to nothing: ``98.9 %``, ``0.15 %``, ``>99.9 %``, ``<0.01 %``."""
    if not whole:
        return "\u2013"
    if part in (0, whole):
        return "100 %" if part else "0 %"
    return _per_cent(100 * part / whole)


def _per_cent(value: float) -> str:
    if value < 0.01:
        return "<0.01 %"
    if value < 1:
        return f"{value:.2f} %"
    return f"{value:.1f} %" if value < 99.95 else ">99.9 %"


def share_of(one: float) -> str:
    """The same of a number from 0 to 1."""
    return "0 %" if not one else "100 %" if one == 1 else _per_cent(100 * one)


def tick_share(one: float) -> str:
    """A round number from 0 to 1 beside an axis: ``50 %``, ``0.05 %``."""
    return f"{100 * one:.10g} %"


def group_name(group: FleetGroup) -> str:
    """How a group is called: its maker before its own name."""
    return " ".join((group.manufacturer, group.name or NOT_SAID)).strip()


def verdict(run: FleetRun) -> str:
    """What is to be said of the fleet in one sentence, without a full stop."""
    if not run.devices:
        return "no device was looked at"
    if not run.values:
        return f"{counted(run.devices, 'device')}, and no value of them was judged"
    if not run.wrong:
        return f"no violation in {counted(run.values, 'value')} of {counted(run.devices, 'device')}"
    hold = "holds" if run.wrong == 1 else "hold"
    return f"{run.wrong:,} of {counted(run.devices, 'device')} {hold} a wrong value ({share(run.wrong, run.devices)})"


def group_verdict(one: Ranked) -> str:
    """What is to be said of a group that stands out, without a full stop."""
    group = one.group
    elsewhere = "" if one.elsewhere is None else f"; {share_of(one.elsewhere)} elsewhere"
    return f"{group.wrong:,} of {counted(group.devices, 'device')} ({share(group.wrong, group.devices)}){elsewhere}"


def items_words(items: Iterable[tuple[str, int]], most: int = MOST_ITEMS) -> str:
    """Items with the devices that hold violations of them, the most frequent first."""
    ordered = sorted(items, key=lambda pair: (-pair[1], pair[0]))
    told = [f"{item} ({count:,})" for item, count in ordered[:most]]
    left = len(ordered) - len(told)
    return ", ".join([*told, f"and {left:,} more"] if left else told)


def unexplained(run: FleetRun) -> tuple[FleetGroup, ...]:
    """The manufacturers, where one stands out that no firmware of its own which stands out explains; else none."""
    explained = {one.group.manufacturer for one in standing_out(run.firmwares)}
    found = any(one.group.name not in explained for one in standing_out(run.manufacturers))
    return tuple(one for one in run.manufacturers if one.name not in explained) if found else ()


def severities(run: FleetRun) -> dict[str, int]:
    """How many devices hold findings of each severity and rule, added up by severity, the worst first."""
    found: Counter[str] = Counter()
    for _, severity, count in run.rules:
        found[severity] += count
    return {severity: found[severity] for severity in SEVERITIES}


def engine_words(run: FleetRun) -> str:
    """Which part of the values the engine decided, and how many were judged one by one."""
    name = ENGINES.get(run.engine, run.engine)
    return (
        f"{name} decided {share_down(run.by_engine, run.values)} of {counted(run.values, 'value')}; the others are "
        f"{counted(run.distinct, 'different value')}, each judged once as gbcscheck device does"
    )


def share_down(part: int, whole: int) -> str:
    """A share that is rounded down to a hundredth of a per cent."""
    return f"{floor(10_000 * part / whole) / 100:g} %" if whole else "\u2013"


def not_judged(run: FleetRun) -> tuple[FleetColumn, ...]:
    """Columns, or names of items, of which no value was judged."""
    return tuple(column for column in run.columns if not column.item)


def by_share(columns: Iterable[FleetColumn]) -> list[FleetColumn]:
    """The columns that hold violations, those with the most first."""
    wrong = [column for column in columns if column.item and violations(column)]
    return sorted(wrong, key=lambda one: (-violations(one), one.item, one.name))


def violations(column: FleetColumn) -> int:
    """How many values of a column have a finding: those that are forbidden and those that are no value of the item."""
    return column.wrong + column.unread


def looked_at(run: FleetRun) -> Iterator[tuple[str, str]]:
    """What was looked at and what was not: a word and a text for each line."""
    layout = {"wide": "one column an item", "long": "one row a value"}.get(run.layout, run.layout)
    read = [one for one in run.sources if not one.problem]
    rows = sum(one.rows for one in run.sources)
    since = f"; reads from {run.since_time} on" if run.since_time else ""
    yield (
        "looked at",
        f"{counted(run.devices, 'device')} in {counted(rows, 'row')} of {_files(len(read))} ({layout}){since}",
    )
    yield "judged", f"release {run.release}: {engine_words(run)}"
    if run.older_reads:
        yield "older", f"{counted(run.older_reads, 'read')} of devices that have a newer one"
    for reason, count, examples in run.set_aside:
        told = f": {', '.join(examples)}" if examples else ""
        yield "left out", f"{count:,} \u00d7 {reason}{told}"
    for source in run.sources:
        if source.problem:
            yield "unread", f"{source.path}: {source.problem}"
    for column in not_judged(run):
        held = f" ({counted(column.values, 'value')})" if column.values else ""
        yield "not judged", f"{column.name}{held}: {column.reason}"
    for question in run.not_asked:
        yield "not asked", question


def _files(number: int) -> str:
    return counted(number, "file")
