"""Which component of a gas message belongs to which row of its byte layout.

Components come in the order of the rows. Where every one fits, the first group that takes it has it; where one does
not, the way through the rows with the least differences is looked for, so that one wrong octet is one finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gbcscheck.cosem.gbz import DEFAULT_RESPONSE, FRAME_HEADER_LENGTH, FRAME_TYPE, Component
from gbcscheck.device.gas.refusals import FAILURES
from gbcscheck.device.gas.rows import ComponentLayout, Group

MISSING = EXTRA = 6
"""What a component that is missing, or one too many, costs."""
FARTHEST = 9
"""The greatest distance at which a component is still held against a layout."""
MOST_ALIGNED = 64
"""Most components that are aligned with the least differences; the longest message of GBCS 4.0 has 62."""


class Match(NamedTuple):
    """The group that has a component, and the layout of it."""

    group: int
    layout: ComponentLayout


class Place(NamedTuple):
    """Where in the rows one is: the group, and how many components of it there were."""

    group: int = 0
    taken: int = 0


_Way = tuple[int, tuple[Match | None, ...]]
"""What a way through the rows costs, and what it matches each component to."""


def match(components: Sequence[Component], groups: tuple[Group, ...]) -> list[Match | None]:
    """The layout of each component, None for one that has no place in the rows: the way with the least differences."""
    exact = match_exactly(components, groups)
    if is_whole(exact, groups) or len(components) > MOST_ALIGNED:
        return exact
    return _nearest(components, groups)


def is_whole(matches: Sequence[Match | None], groups: tuple[Group, ...]) -> bool:
    """Whether every component has its place, and none is missing."""
    return None not in matches and not any(short for _, short in counts(matches, groups))


def counts(matches: Sequence[Match | None], groups: tuple[Group, ...]) -> list[tuple[int, int]]:
    """How many components of each group there are, and how many are missing."""
    taken = [0] * len(groups)
    for found in matches:
        if found is not None:
            taken[found.group] = _after(groups[found.group], found.layout, taken[found.group])
    return [(taken[index], max(0, group.fewest - taken[index])) for index, group in enumerate(groups)]


def fits(component: Component, layout: ComponentLayout) -> bool:
    """Whether a component is what the layout describes: by cluster, command and, of a default response, what it
    answers."""
    frame = component.frame
    if component.cluster != layout.cluster or len(component.additional) != layout.additional:
        return False
    if len(frame) < FRAME_HEADER_LENGTH or frame[2] != layout.command:
        return False
    if layout.answered is None:
        return True
    return frame[0] & FRAME_TYPE == 0 and frame[3:4] != b"" and frame[3] in layout.answered


def distance(component: Component, layout: ComponentLayout) -> int:
    """How far a component is from a layout: 0 where all that tells them apart is equal, 1 where the layout's length
    varies besides."""
    frame = _frame(component, layout)
    commanded = frame[2:3] == bytes((max(layout.command, 0),))
    far = 0 if component.cluster == layout.cluster else 4
    far += 0 if commanded else 4
    far += 0 if frame[:1] == bytes((max(layout.frame_control, 0),)) else 2
    if layout.length != component.length:
        far += 1 if layout.length is None else 2
    control = layout.fields[0].allowed
    far += 0 if control is None or component.control in control else 2
    if layout.answered is not None and commanded:
        far += 0 if frame[3:4] != b"" and frame[3] in layout.answered else 4
        far += 0 if not layout.is_refusal or (len(frame) > 4 and frame[4] in FAILURES) else 2
    return far


def _frame(component: Component, layout: ComponentLayout) -> bytes:
    """The frame where the layout has it, whatever the component's control says."""
    if len(component.additional) == layout.additional:
        return component.frame
    return (component.additional + component.frame)[layout.additional :]


def layouts_of(group: Group) -> tuple[ComponentLayout, ...]:
    """Every layout that a component of the group may have."""
    return (group.ordinary, *group.alternates, *group.refusals)


def _open_layouts(group: Group, taken: int) -> Iterator[ComponentLayout]:
    """The layouts that may come after so many components of the group: an alternate stands in place of all of them,
    unless they are counted together."""
    if group.most is not None and taken >= group.most:
        return
    yield group.ordinary
    if group.of_all or not taken:
        yield from group.alternates
    yield from group.refusals


def _after(group: Group, layout: ComponentLayout, taken: int) -> int:
    """How many components of the group there are with one more; after an alternate that stands alone, all."""
    alone = not group.of_all and layout in group.alternates
    return group.most if alone and group.most is not None else taken + 1


def match_exactly(components: Sequence[Component], groups: tuple[Group, ...]) -> list[Match | None]:
    """Each component in the first group that takes it, None for one that fits none."""
    found: list[Match | None] = []
    group = taken = 0
    for component in components:
        one = None
        for index in range(group, len(groups)):
            here = taken if index == group else 0
            one = _first_fit(component, groups[index], here)
            if one is not None:
                group, taken = index, _after(groups[index], one, here)
                break
        found.append(Match(group, one) if one is not None else None)
    return found


def _first_fit(component: Component, group: Group, taken: int) -> ComponentLayout | None:
    if group.most is not None and taken >= group.most:
        return None
    if fits(component, group.ordinary):
        return group.ordinary
    if DEFAULT_RESPONSE not in component.frame[2:3]:
        return None
    return next((layout for layout in _open_layouts(group, taken) if fits(component, layout)), None)


def _nearest(components: Sequence[Component], groups: tuple[Group, ...]) -> list[Match | None]:
    """The matches with the least differences, components missing and components too many counted in."""
    ways: dict[Place, _Way] = {Place(): (0, ())}
    for component in components:
        known = [[(layout, distance(component, layout)) for layout in layouts_of(group)] for group in groups]
        further: dict[Place, _Way] = {}
        for here, (cost, way) in _with_later_groups(ways, groups).items():
            _keep(further, here, (cost + EXTRA, (*way, None)))
            if here.group == len(groups):
                continue
            group = groups[here.group]
            for layout, far in known[here.group]:
                if far > FARTHEST or layout not in tuple(_open_layouts(group, here.taken)):
                    continue
                taken = min(_after(group, layout, here.taken), len(components))
                _keep(further, Place(here.group, taken), (cost + far, (*way, Match(here.group, layout))))
        ways = further
    return list(_with_later_groups(ways, groups)[Place(len(groups), 0)][1])


def _with_later_groups(ways: dict[Place, _Way], groups: tuple[Group, ...]) -> dict[Place, _Way]:
    """The ways so far, and those that go on to a later group at the price of what is missing of those before it."""
    found = dict(ways)
    for index, group in enumerate(groups):
        for here in [one for one in found if one.group == index]:
            cost, way = found[here]
            _keep(found, Place(index + 1, 0), (cost + MISSING * max(0, group.fewest - here.taken), way))
    return found


def _keep(ways: dict[Place, _Way], place: Place, way: _Way) -> None:
    if place not in ways or way[0] < ways[place][0]:
        ways[place] = way
