"""Whether content models are deterministic, found out in a time that grows with the model and not with its square.

xmlschema holds every two particles of a model against each other (*Element Declarations Consistent*, *Unique Particle
Attribution*: XML Schema Part 1, 3.8.6) and keeps each answer: four thousand elements of one sequence are eight million
pairs and a gigabyte. Two particles can only break these rules where one element could be of both of them. A model whose
elements all have names of their own, none of which another element may be substituted for, and that has no wildcard, is
therefore sound as it stands; only the others are held against each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xmlschema.validators import XsdGroup


@contextmanager
def quick_models() -> Iterator[None]:
    """While this lasts, xmlschema looks at the pairs of particles of those models only that have any to look at."""
    from xmlschema.validators import xsd_globals

    names = vars(xsd_globals)
    compare_pairs = names["check_model"]

    def check_model(group: Any) -> None:
        if not all_names_differ(group):
            compare_pairs(group)

    names["check_model"] = check_model
    try:
        yield
    finally:
        names["check_model"] = compare_pairs


def all_names_differ(group: XsdGroup) -> bool:
    """Whether no element of an instance could be of two particles of a model, wherever they stand in it."""
    from xmlschema.validators import XsdElement, XsdGroup

    names: set[str | None] = set()
    waiting: list[Iterator[object]] = [iter(group)]
    if _is_open(group):
        return False
    while waiting:
        for particle in waiting[-1]:
            if isinstance(particle, XsdGroup):
                if len(waiting) > _DEEPEST:
                    return False
                waiting.append(iter(particle))
                break
            if not isinstance(particle, XsdElement) or particle.name in names:
                return False
            if particle.substitution_group or particle.name in particle.maps.substitution_groups:
                return False
            names.add(particle.name)
        else:
            waiting.pop()
    return True


_DEEPEST = 15
"""Groups within groups beyond which xmlschema is left to say that it does not look (its own limit is of that size)."""


def _is_open(group: XsdGroup) -> bool:
    """Whether the type of a model has open content (XSD 1.1), by which any element may stand in it."""
    return getattr(group.parent, "open_content", None) is not None
