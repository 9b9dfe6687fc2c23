"""What an XML Schema type holds: its child elements with their counts and choices, and its attributes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from gbcscheck.extract.xsd_models import alternatives
from gbcscheck.frozen import frozen

if TYPE_CHECKING:
    from xmlschema.validators import XsdElement, XsdGroup

MAX_ALTERNATIVES = 16
"""A choice of more alternatives is given as their number: they are the parent's children that say the same."""

Counts: TypeAlias = tuple[int, int | None]
"""How often something may stand there: at least, and at most (None: without bound)."""


@frozen
class Child:
    """A child element of a type: its declaration, how often it may occur in one parent, and the outermost choice that
    it belongs to (``A | (B, C)``), empty where there is none.

    The counts are the least and the greatest that the content model allows, repetition of the groups around and
    several declarations of one name taken together: minOccurs 2 within a group that repeats twice is 2 to 4.
    """

    element: XsdElement
    counts: Counts
    choice: str


def children_of(group: XsdGroup) -> tuple[Child, ...]:
    """The child elements of a content model in the order of their first declaration."""
    elements: dict[str, XsdElement] = {}
    choices: dict[str, str] = {}
    _collect(group, "", elements, choices)
    counts = _counts(group)
    return tuple(
        Child(element, counts[name], choices[name]) for name, element in elements.items() if counts[name][1] != 0
    )


def has_wildcard(group: XsdGroup) -> bool:
    """Whether elements that the schema does not name may stand among the children."""
    from xmlschema.validators import XsdAnyElement, XsdGroup

    return any(isinstance(one, XsdAnyElement) or (isinstance(one, XsdGroup) and has_wildcard(one)) for one in group)


def _collect(group: XsdGroup, choice: str, elements: dict[str, XsdElement], choices: dict[str, str]) -> None:
    """Note the first declaration of each name and the choice around it."""
    from xmlschema.validators import XsdElement, XsdGroup

    choice = choice or _choice(group)
    for particle in group:
        if isinstance(particle, XsdGroup):
            _collect(particle, choice, elements, choices)
        elif isinstance(particle, XsdElement):
            several = alternatives(particle)
            written = choice or (" | ".join(one.local_name for one in several) if len(several) > 1 else "")
            for one in several:
                elements.setdefault(one.name, one)
                choices.setdefault(one.name, written)


def _counts(group: XsdGroup) -> dict[str, Counts]:
    """How often each name may occur in a group, its own repetition included."""
    from xmlschema.validators import XsdElement, XsdGroup

    found: dict[str, Counts] = {}
    places: dict[str, int] = {}
    joined = _either if group.model == "choice" else _together
    for particle in group:
        part: dict[str, Counts] = {}
        if isinstance(particle, XsdGroup):
            part = _counts(particle)
        elif isinstance(particle, XsdElement):
            several = alternatives(particle)
            low = particle.min_occurs if len(several) == 1 else 0
            part = {one.name: (low, particle.max_occurs) for one in several}
        for name, counts in part.items():
            found[name] = joined(found[name], counts) if name in found else counts
            places[name] = places.get(name, 0) + 1
    if group.model == "choice":  # an alternative may be taken in which the name does not stand
        found = {n: counts if places[n] == len(group) else (0, counts[1]) for n, counts in found.items()}
    return {name: _repeated(counts, group) for name, counts in found.items()}


def _together(one: Counts, two: Counts) -> Counts:
    return one[0] + two[0], None if one[1] is None or two[1] is None else one[1] + two[1]


def _either(one: Counts, two: Counts) -> Counts:
    return min(one[0], two[0]), None if one[1] is None or two[1] is None else max(one[1], two[1])


def _repeated(counts: Counts, group: XsdGroup) -> Counts:
    (low, high), most = counts, group.max_occurs
    if high == 0 or most == 0:
        return low * group.min_occurs, 0
    return low * group.min_occurs, None if high is None or most is None else high * most


# --- wording ---------------------------------------------------------------------------------------------------------


def _choice(group: XsdGroup) -> str:
    """A group as a choice in words; empty where it leaves none."""
    alternatives = list(_branches(group)) if group.model == "choice" else []
    if len(alternatives) < 2:
        return ""
    if len(alternatives) > MAX_ALTERNATIVES:
        return f"one of {len(alternatives)} alternatives"
    return " | ".join(alternatives)


def _branches(group: XsdGroup) -> Iterator[str]:
    """The alternatives of a choice in words, those of choices within it among them."""
    from xmlschema.validators import XsdGroup

    for particle in group:
        if isinstance(particle, XsdGroup) and particle.model == "choice":
            yield from _branches(particle)
        else:
            yield _words(particle)


def _words(particle: object) -> str:
    """A particle in words: the name of an element, ``(A, B)`` for a sequence, ``(A | B)`` for a choice within one."""
    from xmlschema.validators import XsdElement, XsdGroup

    if isinstance(particle, XsdElement):
        return particle.local_name
    if not isinstance(particle, XsdGroup):
        return "any element"
    parts = list(_branches(particle)) if particle.model == "choice" else [_words(one) for one in particle]
    if len(parts) == 1:
        return parts[0]
    return f"({(' | ' if particle.model == 'choice' else ', ').join(parts)})" if parts else "nothing"
