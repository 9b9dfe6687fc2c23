"""What was looked at of a user's own files, as a part of the HTML page: a picture, and a paragraph for each table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from gbcscheck.model import Specification
from gbcscheck.model.coverage import Coverage, ItemCoverage, TableCoverage
from gbcscheck.report.coverage import counted, table_rows

MOST = 100
"""Places and items of a table that the page names; the JSON report has all."""
MOST_BARS = 12
"""Specifications that have a bar; more are counted."""
WIDTH, HEIGHT, LABEL = 640, 22, 250
"""Of the picture, of a bar with what is below it, and of the names beside the bars, in pixels."""
PARTS = (
    ("compared", "compared"),
    ("unread", "could not be read"),
    ("uncompared", "compared with nothing"),
    ("unknown", "nobody speaks of it"),
)
"""What can have become of an item: the class of its part of a bar, and the words."""

Escape = Callable[[str], str]


class Bar(NamedTuple):
    """A bar of the picture: what it is of, and how many items are in each of PARTS."""

    name: str
    numbers: tuple[int, int, int, int]


def bars(coverage: Coverage) -> list[Bar]:
    """A bar for all items, and one for each specification with which some were compared, the most compared first."""
    states = [_state(item, unread) for table in coverage.tables for unread in (_unread(table),) for item in table.items]
    every = Bar("all items", tuple(states.count(name) for name, _ in PARTS))  # type: ignore[arg-type]  # four of them
    compared: dict[Specification, int] = {}
    for item in coverage.items:
        for one in item.specifications:
            compared[one] = compared.get(one, 0) + 1
    ordered = sorted(compared.items(), key=lambda pair: -pair[1])
    return [every, *(Bar(one.in_words, (number, 0, 0, 0)) for one, number in ordered)]


def _unread(table: TableCoverage) -> frozenset[object]:
    return frozenset(one.place for one in table.of(("cell",)))


def _state(item: ItemCoverage, unread: frozenset[object]) -> str:
    if item.is_compared:
        return "compared"
    if any(statement.place in unread for statement in item.statements):
        return "unread"
    return "uncompared" if item.is_known else "unknown"


def coverage_section(coverage: Coverage | None, escape: Escape) -> str:
    """The part of the page; empty where no files of a user's own were checked."""
    if coverage is None:
        return ""
    tables = "".join(_table(coverage, table, escape) for table in coverage.tables)
    files = ""
    if coverage.not_read:
        named = "".join(f"<li><code>{escape(one.place.path)}</code></li>" for one in coverage.not_read[:MOST])
        files = f"<h3>{counted(len(coverage.not_read), 'file')} of kinds that are not read</h3><ul>{named}</ul>"
    return (
        '<section class="coverage" aria-label="What was looked at"><h2>What was looked at</h2>\n'
        f"{_picture(coverage, escape)}\n{tables}{files}</section>"
    )


def _table(coverage: Coverage, table: TableCoverage, escape: Escape) -> str:
    rows = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in table_rows(coverage, table, most=MOST)
    )
    told = f"{len(table.compared):,} of {counted(len(table.items), 'item')} compared"
    return (
        f'<details class="table"><summary><code>{escape(table.path)}</code> {escape(table.specification.in_words)}: '
        f'{told}</summary><dl class="facts">{rows}</dl></details>\n'
    )


# --- the picture -----------------------------------------------------------------------------------------------------


def _picture(coverage: Coverage, escape: Escape) -> str:
    found = bars(coverage)
    most = max(1, len(coverage.items))
    shown = found[: MOST_BARS + 1]
    left = len(found) - len(shown)
    drawn = "".join(_bar(number, bar, most, escape) for number, bar in enumerate(shown))
    legend = "".join(
        f'<li><span class="key {name}"></span>{words}: {number:,}</li>'
        for (name, words), number in zip(PARTS, found[0].numbers, strict=True)
    )
    more = f"<p>and {counted(left, 'more specification')}</p>" if left else ""
    said = "; ".join(f"{bar.name}: {_in_words(bar)}" for bar in shown)
    return (
        f'<figure><svg viewBox="0 0 {WIDTH} {HEIGHT * len(shown)}" role="img" aria-label="Items by specification. '
        f'{escape(said)}">{drawn}</svg><ul class="legend">{legend}</ul>{more}</figure>'
    )


def _in_words(bar: Bar) -> str:
    return ", ".join(f"{number:,} {words}" for (_, words), number in zip(PARTS, bar.numbers, strict=True) if number)


def _bar(row: int, bar: Bar, most: int, escape: Escape) -> str:
    top = row * HEIGHT
    name = bar.name if len(bar.name) <= 36 else f"{bar.name[:35]}\u2026"
    return (
        f'<text x="{LABEL - 8}" y="{top + 15}" text-anchor="end">{escape(name)}</text>'
        + "".join(_parts(bar.numbers, top, most))
        + f'<text x="{WIDTH - 4}" y="{top + 15}" text-anchor="end" class="total">{sum(bar.numbers):,}</text>'
    )


def _parts(numbers: Iterable[int], top: int, most: int) -> Iterator[str]:
    room = WIDTH - LABEL - 56
    left = float(LABEL)
    for (name, _), number in zip(PARTS, numbers, strict=True):
        if number:
            width = max(2.0, number * room / most)
            yield f'<rect class="{name}" x="{left:.1f}" y="{top + 3}" width="{width:.1f}" height="{HEIGHT - 7}"/>'
            left += width
