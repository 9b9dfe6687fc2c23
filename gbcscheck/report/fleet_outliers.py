"""Which groups of devices (a firmware, a manufacturer) are wrong more often than all others, by numbers alone.

A group of few devices may be wrong by chance, and a share says nothing of how many devices it rests on. So a group is
ranked by how far it lies from what the share of all other devices makes one expect, and it stands out only where even
the low end of what its share may be lies well above that of the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import sqrt

from gbcscheck.frozen import frozen
from gbcscheck.model.fleet import FleetGroup

NORMAL = 1.959964
"""Standard deviations on either side of the mean within which a normal variable lies in 95 of 100 cases."""
FEWEST = 2
"""Devices with a violation below which no group stands out: one device alone may be broken by itself."""
TIMES = 2.0
"""How many times the share of all others the low end of a group's share is, at least, for it to stand out."""
MOST_ITEMS = 50
"""Items of a group that are looked at, the most frequent ones."""
ROUNDS = 10
"""How often groups are held against what is left of the others, at most."""


@frozen
class Ranked:
    """A group among others: the share of devices with a violation in the other groups that do not stand out, from 0 to
    1 (None where there are no others), how far the group lies from it in standard deviations, and whether it stands
    out."""

    group: FleetGroup
    elsewhere: float | None
    deviation: float
    stands_out: bool


def ranked(groups: Sequence[FleetGroup]) -> tuple[Ranked, ...]:
    """The groups that have devices, those that are wrong far more often than the others first.

    It is done again with those that stood out no longer among the others, until no other one does: a group that is
    wrong throughout raises the share of all others, behind which the next one could hide.
    """
    present = [group for group in groups if group.devices]
    usual = present
    found: list[Ranked] = []
    for _ in range(ROUNDS):
        found = [_ranked(group, _others(usual, group)) for group in present]
        left = [one.group for one in found if not one.stands_out]
        if not left or len(left) >= len(usual):
            break
        usual = left
    return tuple(sorted(found, key=_order))


def standing_out(groups: Sequence[FleetGroup]) -> tuple[Ranked, ...]:
    """Those that are wrong far more often than the others, the farthest first."""
    return tuple(one for one in ranked(groups) if one.stands_out)


def items_standing_out(group: FleetGroup, groups: Sequence[FleetGroup]) -> tuple[tuple[str, int], ...]:
    """The items of which a group that stands out holds violations far more often than the others do, each with its
    devices; all of its items where that cannot be told of any."""
    ordered = sorted(group.items, key=lambda pair: (-pair[1], pair[0]))
    found = []
    for item, count in ordered[:MOST_ITEMS]:
        of_item = {id(one): replace(one, wrong=dict(one.items).get(item, 0)) for one in groups}
        if any(one.group is of_item[id(group)] for one in standing_out(list(of_item.values()))):
            found.append((item, count))
    return tuple(found or ordered)


def _order(one: Ranked) -> tuple[bool, float, str, str]:
    return not one.stands_out, -one.deviation, one.group.manufacturer, one.group.name


def _others(groups: Sequence[FleetGroup], group: FleetGroup) -> tuple[int, int]:
    """Devices of some groups without one of them, and how many of them hold a violation."""
    return (
        sum(one.devices for one in groups if one is not group),
        sum(one.wrong for one in groups if one is not group),
    )


def _ranked(group: FleetGroup, others: tuple[int, int]) -> Ranked:
    devices, wrong = others
    if not devices:
        return Ranked(group, None, 0.0, stands_out=False)
    # Half a device more on either side: where no other device is wrong, that is not taken for a share of exactly 0.
    expected = (wrong + 0.5) / (devices + 1)
    deviation = (group.wrong - group.devices * expected) / sqrt(group.devices * expected * (1 - expected))
    low, _ = interval(group.wrong, group.devices)
    return Ranked(group, wrong / devices, deviation, group.wrong >= FEWEST and low > TIMES * expected)


def interval(wrong: int, devices: int) -> tuple[float, float]:
    """Between which shares, from 0 to 1, that of a group may lie if its devices are a sample of all that could be:
    the interval of 95 % by E. B. Wilson (1927), which is never outside of 0 to 1 and holds for few devices too."""
    if not devices:
        return 0.0, 1.0
    share, square = wrong / devices, NORMAL * NORMAL
    middle = share + square / (2 * devices)
    half = NORMAL * sqrt(share * (1 - share) / devices + square / (4 * devices * devices))
    whole = 1 + square / devices
    return max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole)
