"""How the values of an item are spread over a fleet, against what is permitted, with what is a violation marked.

Numbers are columns in their order, values in words are bars; both have their numbers as a table. Heights are
logarithmic: a fleet has millions of values that fit and a few that do not, and it is these that have to be seen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil, log10

from gbcscheck.model.fleet import Bin, Distribution
from gbcscheck.report.coverage import counted
from gbcscheck.report.fleet_bars import HEIGHT as BAR
from gbcscheck.report.fleet_bars import keys_list, numbers_table
from gbcscheck.report.fleet_columns import Column, plot
from gbcscheck.report.html_parts import html_text

HEIGHT = 130
"""Pixels of the height of a plot."""
FEW = 12
"""Up to so many columns a plot is not drawn over the whole width."""

TO = " to "
"""Stands between the least and the most in the name of a bin of several numbers."""


def distribution_plot(one: Distribution) -> str:
    """How many devices hold which values of an item; empty where nothing is known of it."""
    if not one.bins:
        return ""
    drawn = _bars(one) if one.bins[0].low is None else _columns(one)
    return f"{drawn}{_keys(one)}"


def _columns(one: Distribution) -> str:
    """Numbers, in their order."""
    top, ticks = _axis(one.bins)
    height = _logarithmic(top)
    texts = {n: f"\u2715 {each.wrong:,}" for n, each in _most_wrong(one.bins)}
    columns = [
        Column(height(each.count), height(each.wrong), f"{_value(each, one)}: {_held(each)}", texts.get(n, ""))
        for n, each in enumerate(one.bins)
    ]
    numbers = [(height(tick), _short(tick)) for tick in ticks]
    labels = [(n, one.bins[n].label.split(TO)[0]) for n in _edges(one.bins)]
    few = " few" if len(one.bins) <= FEW else ""
    unit = f" in {html_text(one.unit)}" if one.unit else ""
    return (
        f'<p class="plot-title">Devices (each line stands for ten times as many as the one below)</p>'
        f"{plot(columns, numbers, HEIGHT, _in_words(one), labels, _permitted(one.bins), few)}"
        f'<p class="plot-title x-title">value{unit}</p>{_bins_table(one)}'
    )


def _bars(one: Distribution) -> str:
    """Values in words, the most frequent first: a row with a bar for each."""
    top, ticks = _axis(one.bins)
    height = _logarithmic(top)
    texts = "".join(
        f'<text class="tick" x="{100 * height(tick):.2f}%" y="12" text-anchor="{anchor}">{tick:,}</text>'
        for tick, anchor in ((0, "start"), (ticks[-1], "end"))
    )
    axis = f'<svg width="100%" height="16" aria-hidden="true">{texts}</svg>'
    lines = "".join(
        f'<line class="grid-line" x1="{100 * height(tick):.2f}%" x2="{100 * height(tick):.2f}%" y1="0" y2="{BAR}"/>'
        for tick in ticks
    )
    rows = "".join(_bar_row(each, lines, height) for each in one.bins)
    return (
        '<table class="bars" role="table"><thead role="rowgroup"><tr role="row">'
        '<th scope="col" role="columnheader">value</th><th scope="col" role="columnheader" class="drawn">devices (each '
        f'line stands for ten times as many as the one before){axis}</th><th scope="col" role="columnheader">devices'
        f'</th></tr></thead><tbody role="rowgroup">{rows}</tbody></table>'
    )


def _bar_row(each: Bin, lines: str, height: Callable[[int], float]) -> str:
    bars = "".join(
        f'<rect class="{kind}" x="0" y="2" width="{100 * height(count):.2f}%" height="{BAR - 4}"/>'
        for kind, count in (("usual", each.count if each.wrong < each.count else 0), ("wrong-bar", each.wrong))
        if count
    )
    flag = f'<span class="flag">&#x2715; {html_text(_violations(each))}</span>' if each.wrong else ""
    kind = ' class="stands-out"' if each.wrong else ""
    return (
        f'<tr role="row"{kind}><th scope="row" role="rowheader">{html_text(each.label)}{flag}</th>'
        f'<td class="drawn" role="cell"><svg width="100%" height="{BAR}" aria-hidden="true">{lines}{bars}</svg></td>'
        f'<td class="sum" role="cell"><b>{each.count:,}</b></td></tr>'
    )


def _axis(bins: Sequence[Bin]) -> tuple[int, list[int]]:
    """The end of the axis of counts, a power of ten, and the counts that are written beside it, 0 among them."""
    most = max(1, *(each.count for each in bins))
    powers = next(power for power in range(20) if 10**power >= most)
    every = ceil((powers + 1) / 5)
    return 10**powers, [0, *sorted(10**power for power in range(powers, -1, -every))]


def _short(count: int) -> str:
    """A power of ten beside an axis: ``10,000``, ``1 M``."""
    return f"{count // 10**6:,} M" if count >= 10**6 else f"{count:,}"


def _logarithmic(top: int) -> Callable[[int], float]:
    """Counts as heights from 0 to 1: one device of millions is still seen, and none is nothing."""
    return lambda count: log10(1 + 9 * count) / log10(1 + 9 * top) if count else 0.0


def _most_wrong(bins: Sequence[Bin]) -> list[tuple[int, Bin]]:
    """The bins with violations by their place, those with the most first."""
    return sorted(((n, one) for n, one in enumerate(bins) if one.wrong), key=lambda pair: (-pair[1].wrong, pair[0]))


def _edges(bins: Sequence[Bin]) -> list[int]:
    """The places at which a value is written below a plot, the most telling first: where what is permitted begins and
    ends, then both ends, then what is wrong."""
    inside = [n for n, one in enumerate(bins) if not one.outside]
    ends = [inside[0], inside[-1]] if inside else []
    wrong = [n for n, _ in _most_wrong(bins)]
    return list(dict.fromkeys([*wrong[:1], *ends, len(bins) - 1, 0, *wrong, *range(len(bins))]))


def _permitted(bins: Sequence[Bin]) -> tuple[tuple[int, int], ...]:
    """Where bins stand one after the other in which something is permitted: the first and the last of each stretch;
    none where nothing lies outside."""
    found: list[tuple[int, int]] = []
    for n, one in enumerate(bins):
        if one.outside:
            continue
        if found and found[-1][1] == n - 1:
            found[-1] = (found[-1][0], n)
        else:
            found.append((n, n))
    return tuple(found)


def _value(each: Bin, one: Distribution) -> str:
    return " ".join((each.label, one.unit)).strip()


def _held(each: Bin) -> str:
    told = counted(each.count, "device")
    return f"{told}, {_violations(each)}" if each.wrong else told


def _violations(each: Bin) -> str:
    if each.wrong < each.count:
        return f"{each.wrong:,} of them violations"
    return "a violation" if each.count == 1 else "all violations"


def _in_words(one: Distribution) -> str:
    devices = sum(each.count for each in one.bins) + one.others
    wrong = sum(each.wrong for each in one.bins)
    where = ", ".join(f"{_value(each, one)} ({each.wrong:,})" for _, each in _most_wrong(one.bins)[:3])
    told = f"{wrong:,} of {counted(devices, 'device')} hold a violation of {one.item}"
    return f"{told}{f': {where}' if where else ''}. All numbers stand in the table below."


def _keys(one: Distribution) -> str:
    """What the colours, patterns and lines mean."""
    told = (
        ("permitted-line", f"permitted: {one.permitted}" if one.permitted else ""),
        ("wrong-bar", "\u2715 violation" if any(each.wrong for each in one.bins) else ""),
        ("", f"estimated by one in {one.one_in:,} devices; violations are counted" if one.one_in > 1 else ""),
        ("", f"{counted(one.others, 'device')} with rarer values not drawn" if one.others else ""),
    )
    return keys_list([(kind, text) for kind, text in told if text])


def _bins_table(one: Distribution) -> str:
    rows = [(html_text(each.label), f"{each.count:,}", f"{each.wrong:,}") for each in one.bins]
    wrong = [number for number, each in enumerate(one.bins) if each.wrong]
    title = f"value in {one.unit}" if one.unit else "value"
    return numbers_table("These numbers as a table", (title, "devices", "violations"), rows, wrong)
