"""Which element of a document a link is about, by what stands beside it."""

from __future__ import annotations

import pytest

from gbcscheck.device.documents.links import beside
from gbcscheck.inputs.xml_safe import parse_xml

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
