"""A text is read as its column is read."""

from __future__ import annotations

import pytest

from gbcscheck.proposals.rereading import Columns, Said, said
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.releases import load_release


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.of(load_release("current"))


def _at(catalogue: Catalogue, source: str, attribute: str) -> object:
    return next(one for one in catalogue.by_attribute[attribute] if one.source == source)


@pytest.mark.parametrize(
    ("source", "attribute", "text", "read"),
    [
        ("DLMS!K685", "constant", "||0b11111010 (bit padding is on the least significant bit)", "0b1111101"),
        ("DLMS!K687", "constant", "||0x000001FFF7", "0x000001FFF7"),
        ("DLMS!J669", "type", "octet-string(77)", "octets(0..77)"),
        ("ZCL!E30", "type", "INT24", "-8388608..8388607"),
        ("ZCL!F246", "permitted", "Calorific Value Trailing Digit\n0x70 - MS nibble = digits", "112"),
        ("GBZ!H2162", "constant", "0x7777", "30583"),
        ("GBZ!I1818", "octets", "77", "77"),
        ("line 3036", "permitted", "xs:nonNegativeInteger, minInclusive 3, maxInclusive 77", "3..77"),
        ("line 3994", "permitted", "xs:string, minLength 3, maxLength 77", "text(3..77)"),
    ],
)
def test_texts_that_stand_nowhere_are_read(
    catalogue: Catalogue, source: str, attribute: str, text: str, read: str
) -> None:
    statement = _at(catalogue, source, attribute)
    assert Columns(catalogue).read(statement, text) == Said(read, None)  # type: ignore[arg-type]


def test_identifiers_and_facts_are_read(catalogue: Catalogue) -> None:
    columns = Columns(catalogue)
    command = next(one for one in catalogue.by_attribute["command"] if one.source == "ZCL!H248")
    assert columns.read(command, "Update SiteID : 0x77") == Said(None, "Update SiteID: 0x77")
    code = next(one for one in catalogue.by_attribute["class"] if one.source == "DLMS!E192")
    assert columns.read(code, "777") == Said(None, "777")


def test_a_text_that_the_column_has_says_what_it_says_there(catalogue: Catalogue) -> None:
    columns = Columns(catalogue)
    for attribute in ("type", "constant", "permitted", "octets"):
        for one in catalogue.by_attribute[attribute][::400]:
            if one.domain is not None:
                assert columns.read(one, one.written) == said(one)


def test_what_nobody_can_read_is_nothing(catalogue: Catalogue) -> None:
    kind = next(one for one in catalogue.by_attribute["type"] if one.source == "DLMS!J669")
    assert Columns(catalogue).read(kind, "no type at all") is None


def test_a_set_of_another_kind_is_not_written_in_the_canonical_notation(catalogue: Catalogue) -> None:
    """GBCS says octets of a telephone number, and the schema of the request texts with a pattern."""
    statement = next(
        one
        for one in catalogue.by_attribute["permitted"]
        if one.source == "line 1595" and "SupplierTelephoneNumber" in one.subject and one.specification.name == "DUIS"
    )
    assert statement.domain is not None
    assert statement.domain.startswith("text(")
    columns = Columns(catalogue)
    assert columns.read(statement, "octets(1..18)") is None
    assert columns.read(statement, 'text(1..20) matching "[0-9 ]+"') == Said('text(1..20) matching "[0-9 ]+"', None)
