"""Where the components of a gas message end whose stated lengths are not true.

A wrong length moves the start of everything behind it. Where the component behind begins elsewhere, and none does where
the stated length ends, the component is taken to end there: its length is one finding, and what follows can be judged.
"""

from __future__ import annotations

from collections.abc import Sequence

from gbcscheck.cosem.errors import OctetsError
from gbcscheck.cosem.gbz import HEADER_LENGTH, LAST, Component, Gbz, read_components
from gbcscheck.device.gas.match import MOST_ALIGNED, distance, fits, layouts_of
from gbcscheck.device.gas.rows import ComponentLayout, Group

NEAR = 16
"""How many octets before and behind a stated length the next component is looked for, where its row gives none."""
LIKELY = 6
"""The greatest distance from a layout at which a component is taken for one with a wrong octet."""


def stated_components(gbz: Gbz) -> tuple[Component, ...]:
    """The components, without what stands behind the one that is the last by its control and by the stated number."""
    if 0 < gbz.stated < len(gbz.components) and gbz.components[gbz.stated - 1].control & LAST:
        return gbz.components[: gbz.stated]
    return gbz.components


def with_true_ends(
    octets: bytes, components: Sequence[Component], groups: tuple[Group, ...], end: int
) -> tuple[Component, ...]:
    """The components up to ``end``, each as far as it goes: what its length states stays as it was."""
    if len(components) > MOST_ALIGNED:
        return tuple(components)
    every = tuple(dict.fromkeys(layout for group in groups for layout in layouts_of(group)))
    found: list[Component] = []
    left = list(components)
    looked = False
    while left:
        component = left.pop(0)
        lengths = {layout.length for layout in every if fits(component, layout)}
        fixed = [length for length in lengths if length is not None]
        if lengths and component.length not in lengths and not _goes_on(left, every, component.end, end, bool(fixed)):
            start = component.offset + HEADER_LENGTH
            places = sorted(start + length for length in fixed)
            if not fixed and not looked:
                places, looked = _near(component.end), True
            others = _behind(octets, component, places, every, end)
            if others is not None:
                place, left = others
                component = component._replace(frame=octets[component.frame_offset : place])
        found.append(component)
    return tuple(found)


def _behind(
    octets: bytes, component: Component, places: Sequence[int], every: tuple[ComponentLayout, ...], end: int
) -> tuple[int, list[Component]] | None:
    """The first place at which components of the message begin, up to the end, and those; a component of varying
    length is not stretched to the end."""
    for place in places:
        if not component.frame_offset < place <= end:
            continue
        try:
            others, stop = read_components(octets, place, end)
        except OctetsError:
            continue
        if stop == end and (others or len(places) == 1) and _goes_on(others, every, place, end, True):
            return place, list(others)
    return None


def _near(end: int) -> list[int]:
    return sorted(range(end - NEAR, end + NEAR + 1), key=lambda place: (abs(place - end), place))


def _goes_on(
    components: Sequence[Component], every: tuple[ComponentLayout, ...], at: int, end: int, exactly: bool
) -> bool:
    """Whether the first of the components that begin at ``at`` is one of the message (``exactly``, or but for a wrong
    octet), or nothing is left."""
    if not components:
        return at == end
    if exactly:
        return any(fits(components[0], layout) for layout in every)
    return any(distance(components[0], layout) <= LIKELY for layout in every)
