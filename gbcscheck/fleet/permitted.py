"""Which values of a data item fit, in words and, of numbers, as stretches: what a distribution is drawn against."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gbcscheck.device.configuration.leaf import known
from gbcscheck.domains import ANY, NONE, Domain, Numbers
from gbcscheck.evidence.fitting import Requirements, fitting
from gbcscheck.fleet.wanted import Wanted, wanted_of
from gbcscheck.frozen import frozen
from gbcscheck.release.catalogue import Catalogue

if TYPE_CHECKING:
    from gbcscheck.domains.rational import Rational

MOST_STRETCHES = 12
"""Stretches of numbers that are told apart; a set of more is one of single values, and is shown by its values."""


@frozen
class Permitted:
    """What is permitted of an item: ``words`` (empty where nothing is stated), the unit of its numbers, and the
    stretches of these, each with its least and most (None: without end), both included; no stretches for what is no
    number or is not bounded."""

    words: str
    unit: str = ""
    stretches: tuple[tuple[float | None, float | None], ...] = ()


def permitted(catalogue: Catalogue, item: str, unit: str = "") -> Permitted:
    """What all specifications together permit of an item, its numbers in a unit (its own one where none is said)."""
    if item not in catalogue.items:  # of an item of several parts nothing is drawn
        return Permitted("")
    from gbcscheck.domains.units import base_unit, has_base

    form = known(catalogue).form(item)
    shown = unit or form.unit
    base, size = base_unit(form.unit) if form.unit else ("", 1)
    if not form.kinds:
        return Permitted("", shown)
    requirements = fitting(catalogue, catalogue.items[item])
    met = _met(wanted_of(requirements, type(form.kinds[0]), base if size == 1 else None))
    if met is ANY or met is NONE:
        return Permitted(_words(requirements), shown)
    if not isinstance(met, Numbers):
        return Permitted(met.describe(), shown)
    own, times = base_unit(shown) if shown and has_base(shown) else (base, 1)
    if own != base or not times:
        return Permitted(met.describe(), shown)
    spans = met.spans if len(met.spans) <= MOST_STRETCHES else ()
    scaled = tuple((_in_unit(low, times), _in_unit(high, times)) for low, high, *_ in spans)
    bounded = scaled if any(end is not None for pair in scaled for end in pair) else ()
    return Permitted(" ".join(filter(None, (met.describe(), base))), shown, bounded)


def _met(wanted: tuple[Wanted, ...]) -> Domain:
    """The values that meet everything, where that is one set."""
    met: Domain = ANY
    for one in wanted:
        if not one.is_open and len(one.sets) == 1:
            met = met.meet(one.sets[0])
    return met


def _words(requirements: Requirements) -> str:
    """What is asked, as it is stated: what use cases fix, else what is permitted, else the types."""
    for asks in ("constant", "permitted", "type"):
        stated = [one.stated for one in requirements if one.asks == asks]
        told = [" or ".join(dict.fromkeys(domain.describe() for _, domain in sets)) for sets in stated]
        if told:
            return "; ".join(dict.fromkeys(told))
    return ""


def _in_unit(number: Rational | None, times: Rational) -> float | None:
    return None if number is None else float(number / times)
