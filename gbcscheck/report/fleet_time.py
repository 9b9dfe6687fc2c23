"""Violations over the time of reads, as a plot with its numbers as a table."""

from __future__ import annotations

from collections.abc import Sequence

from gbcscheck.model.fleet import FleetGroup
from gbcscheck.report.coverage import counted
from gbcscheck.report.fleet_bars import numbers_table, round_up
from gbcscheck.report.fleet_columns import Column, plot
from gbcscheck.report.fleet_periods import Period, Periods, periods
from gbcscheck.report.fleet_words import NOT_SAID, share, tick_share
from gbcscheck.report.html_parts import html_text

TALL, LOW = 130, 64
"""Pixels of the height of the plot of shares, and of that of numbers below it."""


def over_time(days: Sequence[FleetGroup]) -> str:
    """The share of devices with a violation by the time of their newest read, above how many were read then."""
    found = periods(days)
    if not found.periods:
        return ""
    most_share = min(1.0, round_up(max([_share(one) for one in found.periods if one.wrong] or [0.01])))
    most_devices = round_up(max(one.devices for one in found.periods))
    shares = [
        Column(s / most_share, s / most_share, _period_title(one)) for one in found.periods for s in (_share(one),)
    ]
    devices = [Column(one.devices / most_devices, 0.0, _period_title(one)) for one in found.periods]
    last = len(found.periods) - 1
    labels = [(number, found.periods[number].name) for number in (last, 0, last // 2)]
    by = {"day": "by the day", "week": "by the week (its Monday)", "month": "by the month", "year": "by the year"}
    return (
        f'<figure class="plot"><p class="plot-title">Share of devices with a violation, {by[found.kind]} of their '
        f"newest read</p>{plot(shares, [(0.0, '0 %'), (1.0, tick_share(most_share))], TALL, _in_words(found), ())}"
        f'<p class="plot-title">Devices read</p>'
        f"{plot(devices, [(0.0, '0'), (1.0, f'{most_devices:,.0f}')], LOW, '', labels)}"
        f'<p class="plot-title x-title">{found.kind} of the newest read</p>{_period_table(found)}</figure>'
    )


def _share(one: Period) -> float:
    return one.wrong / one.devices if one.devices else 0.0


def _period_title(one: Period) -> str:
    return f"{one.name}: {one.wrong:,} of {counted(one.devices, 'device')} ({share(one.wrong, one.devices)})"


def _in_words(found: Periods) -> str:
    worst = max(found.periods, key=lambda one: (_share(one), one.name))
    return (
        f"Share of devices with a violation, {counted(len(found.periods), found.kind)} from {found.periods[0].name} to "
        f"{found.periods[-1].name}. Highest: {_period_title(worst)}. All numbers stand in the table below."
    )


def _period_table(found: Periods) -> str:
    rows = [
        (html_text(one.name), f"{one.devices:,}", f"{one.wrong:,}", html_text(share(one.wrong, one.devices)))
        for one in (*found.earlier, *found.periods)
        if one.devices
    ]
    rows += [
        (
            html_text(one.name or NOT_SAID),
            f"{one.devices:,}",
            f"{one.wrong:,}",
            html_text(share(one.wrong, one.devices)),
        )
        for one in found.undated
    ]
    return numbers_table("These numbers as a table", (found.kind, "devices", "with a violation", "share"), rows)
