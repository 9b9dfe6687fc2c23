"""What xmlschema does while it builds a schema, in a time that grows with the schema and not with more.

It holds every two particles of a content model against each other (*Element Declarations Consistent*, *Unique Particle
Attribution*: XML Schema Part 1, 3.8.6) and keeps each answer: four thousand elements of one sequence are eight million
pairs and a gigabyte. Two particles can only break these rules where one element could be of both of them. A model whose
elements all have names of their own, none of which another element may be substituted for, and that has no wildcard, is
therefore sound as it stands; only the others are held against each other, as far as SCHEMA_PAIRS goes.

It also holds enumerations and defaults against patterns, by Python's own engine, for which ``regular`` stands in.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from gbcscheck.domains.regular import bounded
from gbcscheck.limits import SCHEMA_PAIRS

if TYPE_CHECKING:
    from xmlschema.validators import XsdGroup


@contextmanager
def bounded_building(where: str, *, collects: bool = True) -> Iterator[None]:
    """While this lasts, xmlschema is spared what takes too long. OverLimit, with ``where``, for what is left of it.
    ``collects``: what it throws away is looked for, for it is tied up in circles, and much where it has validated."""
    from xmlschema.validators import xsd_globals
    from xmlschema.validators.facets import XsdPatternFacets

    compare_pairs = vars(xsd_globals)["check_model"]
    parse_pattern = vars(XsdPatternFacets)["_parse_value"]
    pairs = 0

    def check_model(group: Any) -> None:
        nonlocal pairs
        if not all_names_differ(group):
            pairs += _particles(group) ** 2 // 2
            SCHEMA_PAIRS.hold(pairs, where=where)
            compare_pairs(group)

    def parsed(facets: Any, element: Any) -> Any:
        return bounded(parse_pattern(facets, element))

    with instead(xsd_globals, "check_model", check_model), instead(XsdPatternFacets, "_parse_value", parsed):
        enabled = gc.isenabled()
        if collects:
            gc.enable()
        try:
            yield
        finally:
            if not enabled:
                gc.disable()


@contextmanager
def instead(owner: object, name: str, stand_in: object) -> Iterator[None]:
    """While this lasts, a name of a module or a class stands for something else."""
    known = vars(owner)[name]
    setattr(owner, name, stand_in)
    try:
        yield
    finally:
        setattr(owner, name, known)


def _particles(group: XsdGroup) -> int:
    """How many elements and wildcards a model has, those of groups within it among them."""
    count = 0
    waiting: list[Any] = [group]
    while waiting:
        for particle in waiting.pop():
            if hasattr(particle, "model"):
                waiting.append(particle)
            else:
                count += 1
    return count


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
