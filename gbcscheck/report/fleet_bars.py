"""Shares and counts as horizontal bars: a table in which each row has its bar, so that who cannot see it reads it.

What is drawn is SVG without a library. Positions across are shares of the width, and those down are pixels, so that a
text keeps its size on a phone. A bar that matters is told by its colour, its pattern and a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import floor, log10

from gbcscheck.frozen import frozen
from gbcscheck.model.fleet import FleetColumn, FleetGroup
from gbcscheck.report.fleet_outliers import Ranked, interval, items_standing_out, ranked
from gbcscheck.report.fleet_words import group_name, items_words, share, share_of, tick_share
from gbcscheck.report.html_parts import html_text

HEIGHT = 18
"""Pixels of a bar."""
MOST_BARS = 15
"""Bars that are drawn of one kind."""
MOST_ROWS = 1_000
"""Rows of a table below them; the JSON summary has all."""
PATTERNS = (
    '<svg class="defs" width="0" height="0" aria-hidden="true" focusable="false"><defs>'
    '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="hatch-ground" width="6" height="6"/><rect class="hatch-line" width="2" height="6"/>'
    "</pattern></defs></svg>"
)
"""What violations are filled with: stands once in the page."""


Titles = tuple[str, str, str, str]
Keys = Sequence[tuple[str, str]]
"""The class of what is drawn, and what it means."""


@frozen
class Bar:
    """A row with a bar: its name, its part of a whole, and what stands behind it. ``flag`` says in a word why it is
    marked, empty for one that is not; ``is_violation``: all of the
    bar is marked; ``low`` and ``high`` are between which shares the share may lie."""

    name: str
    part: int
    whole: int
    more: str = ""
    flag: str = ""
    is_violation: bool = False
    low: float = 0.0
    high: float = 0.0

    @property
    def share(self) -> float:
        """The part of the whole, from 0 to 1."""
        return self.part / self.whole if self.whole else 0.0


def group_bars(groups: Sequence[FleetGroup]) -> list[Bar]:
    """The share of devices with a violation in each group, those that stand out first."""
    return [_group_bar(one, groups) for one in ranked(groups)]


def _group_bar(one: Ranked, groups: Sequence[FleetGroup]) -> Bar:
    group = one.group
    items = items_standing_out(group, groups) if one.stands_out else group.items
    low, high = interval(group.wrong, group.devices)
    flag = "" if not one.stands_out else "\u2715 stands out"
    if flag and one.elsewhere is not None:
        flag += f": {share_of(one.elsewhere)} elsewhere"
    return Bar(group_name(group), group.wrong, group.devices, items_words(items), flag, low=low, high=high)


def item_bars(columns: Iterable[FleetColumn]) -> list[Bar]:
    """The share of values with a finding of each item; ``columns`` hold some each."""
    return [
        Bar(
            one.item,
            one.wrong + one.unread,
            one.values,
            f"permitted: {one.permitted}" if one.permitted else "",
            is_violation=True,
        )
        for one in columns
    ]


def round_up(value: float) -> float:
    """The least of 1, 2 and 5 times a power of ten that is not below a number above 0: the end of an axis."""
    power = 10.0 ** floor(log10(value))
    return next(times * power for times in (1, 2, 5, 10) if times * power >= value * (1 - 1e-9))


def bars_table(bars: Sequence[Bar], titles: Titles, caption: str, keys: Keys = ()) -> str:
    """A table of bars; ``titles`` are those of the columns: name, share, count, what stands behind it. ``keys`` say
    what colours, patterns and lines mean."""
    if not bars:
        return ""
    most = min(1.0, round_up(max([one.share for one in bars if one.part] or [0.01])))
    shown = bars[:MOST_BARS]
    head = "".join(
        f'<th scope="col" role="columnheader"{kind}>{html_text(title)}{axis}</th>'
        for title, kind, axis in zip(titles, ("", ' class="drawn"', "", ""), ("", _axis(most), "", ""), strict=True)
    )
    rows = "".join(_row(one, most) for one in shown)
    return (
        f'<div class="plot"><table class="bars" role="table"><caption>{html_text(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{rows}</tbody></table>'
        f"{keys_list(keys)}{''.join(_rest(bars, titles))}</div>"
    )


def _axis(most: float) -> str:
    texts = "".join(
        f'<text class="tick" x="{at:g}%" y="12" text-anchor="{anchor}">{html_text(tick_share(most * at / 100))}</text>'
        for at, anchor in ((0, "start"), (50, "middle"), (100, "end"))
    )
    return f'<svg width="100%" height="16" aria-hidden="true">{texts}</svg>'


def _row(one: Bar, most: float) -> str:
    kind = ' class="stands-out"' if one.flag else ""
    flag = f'<span class="flag">{html_text(one.flag)}</span>' if one.flag else ""
    return (
        f'<tr role="row"{kind}><th scope="row" role="rowheader">{html_text(one.name)}{flag}</th>'
        f'<td class="drawn" role="cell">{_drawn(one, most)}</td>'
        f'<td class="sum" role="cell"><b>{html_text(share(one.part, one.whole))}</b> {one.part:,} of {one.whole:,}</td>'
        f'<td class="behind" role="cell">{html_text(one.more)}</td></tr>'
    )


def _drawn(one: Bar, most: float) -> str:
    lines = "".join(
        f'<line class="grid-line" x1="{at}%" x2="{at}%" y1="0" y2="{HEIGHT}"/>' for at in (0, 25, 50, 75, 100)
    )
    width = min(100.0, 100 * one.share / most)
    kind = "wrong-bar" if one.flag or one.is_violation else "usual"
    bar = f'<rect class="{kind}" x="0" y="2" width="{max(width, 0.6):.2f}%" height="{HEIGHT - 4}"/>' if one.part else ""
    whisker = ""
    if one.high:
        low, high = (min(100.0, 100 * end / most) for end in (one.low, one.high))
        whisker = f'<line class="whisker" x1="{low:.2f}%" x2="{high:.2f}%" y1="{HEIGHT / 2:g}" y2="{HEIGHT / 2:g}"/>'
    return f'<svg width="100%" height="{HEIGHT}" aria-hidden="true">{lines}{bar}{whisker}</svg>'


def _rest(bars: Sequence[Bar], titles: Titles) -> Iterator[str]:
    """What has no bar, as a table that can be opened."""
    left = bars[MOST_BARS:]
    if not left:
        return
    rows = [
        (
            html_text(one.name),
            html_text(share(one.part, one.whole)),
            f"{one.part:,}",
            f"{one.whole:,}",
            html_text(one.more),
        )
        for one in left[:MOST_ROWS]
    ]
    head = (titles[0], "share", "with a violation", "of", titles[3])
    yield numbers_table(f"{len(left):,} more", head, rows)
    if len(left) > MOST_ROWS:
        yield f'<p class="told">and {len(left) - MOST_ROWS:,} more in the JSON summary</p>'


def keys_list(keys: Keys) -> str:
    """What colours, patterns and lines mean, below a plot; empty where there are none."""
    items = "".join(f"<li>{_key(kind)}<span>{html_text(text)}</span></li>" for kind, text in keys)
    return f'<ul class="keys">{items}</ul>' if items else ""


def _key(kind: str) -> str:
    """A sample of what is drawn; none for a remark."""
    if not kind:
        return ""
    if kind == "whisker":
        drawn = f'<line class="{kind}" x1="0" x2="16" y1="6" y2="6"/>'
    else:
        y, height = (4, 4) if kind == "permitted-line" else (1, 10)
        drawn = f'<rect class="{kind}" x="1" y="{y}" width="14" height="{height}"/>'
    return f'<svg width="16" height="12" aria-hidden="true">{drawn}</svg>'


def numbers_table(
    summary: str,
    titles: Sequence[str],
    rows: Sequence[Sequence[str]],
    wrong: Iterable[int] = (),
    *,
    kind: str = "",
) -> str:
    """A table that can be opened: its cells are markup already, the rows of the numbers ``wrong`` are marked. Of the
    kind ``open`` it is open, of the kind ``paper`` it is printed though it is closed."""
    marked = frozenset(wrong)
    head = "".join(f'<th scope="col">{html_text(title)}</th>' for title in titles)
    body = "".join(_numbers_row(row, number in marked) for number, row in enumerate(rows))
    return (
        f'<details class="data {kind}"{" open" if kind == "open" else ""}><summary>{html_text(summary)}</summary>'
        f'<div class="scrolled" tabindex="0" role="region" aria-label="{html_text(summary)}">'
        f'<table class="numbers"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div></details>"
    )


def _numbers_row(cells: Sequence[str], is_wrong: bool) -> str:
    kind = ' class="is-wrong"' if is_wrong else ""
    rest = "".join(f"<td>{cell}</td>" for cell in cells[1:])
    return f'<tr{kind}><th scope="row">{cells[0]}</th>{rest}</tr>'
