"""Attribute and method numbers of the electricity tables against the classes of COSEM as another reader has them.

Its licence (GPL-2.0) lets it be a witness in tests alone: nothing of it ships.
"""

from __future__ import annotations

from collections import Counter

import pytest
from gurux_dlms._GXObjectFactory import _GXObjectFactory  # type: ignore[import-untyped]
from gurux_dlms.enums import ObjectType  # type: ignore[import-untyped]

from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.releases import load_release

ABSENT = {"30", "104", "9000", "Not specified"}
"""Classes that the reader has no model of (9000 is GBCS's own), and rows that name none."""

METHODS = {"4": 1}
"""Where the reader is wrong: an extended register has the method ``reset``, as a register has (Blue Book, class 4)."""


def most(number: str) -> dict[str, int]:
    """How many attributes and methods a class has."""
    known = _GXObjectFactory.createObject(ObjectType(int(number)))
    return {"attribute": known.getAttributeCount(), "method": max(known.getMethodCount(), METHODS.get(number, 0))}


@pytest.mark.parametrize(("release", "known"), [("current", 801), ("before-mp131", 795)])
def test_every_attribute_and_method_is_one_of_its_class(release: str, known: int) -> None:
    catalogue = Catalogue.of(load_release(release))
    classes = catalogue.firsts("class")
    counted: Counter[bool] = Counter()
    for row in catalogue.by_attribute["member"]:
        number = str(classes[row.subject].value)
        if number not in ABSENT:
            kind, _, at = str(row.value).partition(" ")
            counted[1 <= int(at) <= most(number)[kind]] += 1
    assert counted == {True: known}
