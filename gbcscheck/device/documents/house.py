"""House rules on the values of XML documents: as the device holds them, or as a rule on a path has them written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from gbcscheck.device.documents.carried import Carried
from gbcscheck.device.documents.links import Linked
from gbcscheck.device.documents.walk import Leaf
from gbcscheck.device.model import HouseValues, Problem
from gbcscheck.evidence.reading import set_of

if TYPE_CHECKING:
    from lxml.etree import _Element


def by_house_rules(
    house: HouseValues, leaf: Leaf, carried: Iterable[tuple[Linked, Carried]]
) -> Iterator[tuple[Problem, str]]:
    """What house rules say of a value, with its meaning in plain words."""
    known = [(linked.link.item, one) for linked, one in carried if one.image is not None]
    images = [(item, one.image) for item, one in known if one.image is not None]
    written, entries = leaf.literal.strip(), _entries(leaf.element)
    found = house.at_element(leaf.path, set_of(leaf.value), images, written, leaf.source, entries)
    meaning = next((one.meaning for _, one in known if one.meaning), "")
    yield from ((problem, "" if problem.subject == leaf.path else meaning) for problem in found)


def _entries(element: _Element) -> tuple[int, ...]:
    """The places (from 1) of an element, and of those around it, among several of one name; the outermost first."""
    places: list[int] = []
    around = element.getparent()
    while around is not None:
        siblings = [one for one in around if one.tag == element.tag]
        if len(siblings) > 1:
            places.append(siblings.index(element) + 1)
        element, around = around, around.getparent()
    return tuple(reversed(places))
