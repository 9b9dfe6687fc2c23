"""Which element of a document a link is about, by what stands beside it."""

from __future__ import annotations

import pytest

from gbcscheck.device.documents.links import Linked, beside
from gbcscheck.facts.crosswalk import Link, LinkEnd
from gbcscheck.inputs.xml_safe import parse_xml
from gbcscheck.model import Place

DOCUMENT = b"""<A>
 <B index="1"><Phase>2</Phase><C><D>x</D></C></B>
 <B index="2"><C index="7"><D index="9">y</D></C></B>
</A>"""


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("x", "Phase", "2"),
        ("y", "Phase", ""),
        ("x", "@index", "1"),
        ("y", "@index", "9"),
        ("y", "C/@index", "7"),
        ("x", "C/@index", ""),
        ("y", "B/@index", "2"),
        ("y", "Z/@index", ""),
    ],
)
def test_what_stands_beside_an_element(text: str, name: str, found: str) -> None:
    tree = parse_xml(DOCUMENT, where="document.xml")
    (element,) = [one for one in tree.root.iter("D") if one.text == text]
    assert beside(element, name) == found


@pytest.mark.parametrize(("where", "selected"), [("with /A/B/C/D", True), ("with /A/B/Z", False), ("with /Z", False)])
def test_an_end_that_is_meant_only_with_another_element(where: str, selected: bool) -> None:
    tree = parse_xml(DOCUMENT, where="document.xml")
    end = LinkEnd("request", "/A/B/Phase", where=where)
    link = Link("X.value", "1.1", "", (end,), True, "unproved", "unproved", "", Place("own.json"))
    (element,) = tree.root.iter("Phase")
    assert Linked(link, end, ()).selects(element) is selected
