"""Who may set or read an item: what documents say, against requests and use cases."""

from __future__ import annotations

from typing import Any

import pytest
from recorded_comparisons import not_recorded
from rule_releases import REQUEST, catalogue_of, findings, link, part, says

from gbcscheck.facts.crosswalk import Agreement, Crosswalk, ListSide, RoleNames
from gbcscheck.model import Finding, Place
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.rules import RULES, check

ROLES = Agreement(
    "roles",
    "enumeration",
    "within",
    "service-reference",
    ListSide("DUIS", "service requests", "roles"),
    ListSide("GBCS", "use cases", "roles"),
    (("IS", "Supplier"), ("ED", "Network Operator"), ("GS", "Supplier")),
    ("Access Control Broker",),
    Place("crosswalk.json"),
)
LINK = link("Item.value", request=REQUEST, command="U1/Item.value", response="U1/Item.value")


def rights(*said: dict[str, Any], requests: str = '"ED"', parties: str = '"Network Operator"') -> list[Finding]:
    made = catalogue_of(
        part(
            "DUIS", says("6.1", "roles", requests), says("9.9", "roles", '"GS" | "IS" | "OU"'), name="service requests"
        ),
        part("DUIS", says(REQUEST, "permitted", "0..9"), name="schema"),
        part(
            "GBCS",
            says("U1", "roles", parties),
            says("U2", "roles", '"Supplier"'),
            says("U1/Item.value", "type", "0..9"),
            name="use cases",
        ),
        part("Table", *said),
        links=[LINK],
        agreements=[ROLES],
    )
    walk = made.crosswalk
    named = Crosswalk(walk.links, walk.lists, walk.agreements, walk.layouts, (RoleNames("ED", ("Distributor",)),))
    release = made.release
    object.__setattr__(release, "crosswalk", named)
    catalogue = Catalogue.of(release)
    found = check(catalogue, [one for one in RULES if one.code in ("P105", "P106")])
    assert not [one for finding in found for one in not_recorded(catalogue, finding)]
    return found


@pytest.mark.parametrize(
    "word", ["ED", "ed", "Distributor", "Network Operator", "network operator", "ED / Distributor"]
)
def test_a_party_that_may_send_the_request(word: str) -> None:
    assert rights(says("Item", "settable-by", value=word)) == []


@pytest.mark.parametrize("word", ["IS", "Supplier", "ED and GS", "Distributor, Supplier"])
def test_a_party_that_may_not(word: str) -> None:
    (found,) = rights(says("Item", "settable-by", value=word))
    assert (found.rule, found.severity) == ("P106", "error")
    assert [one.attribute for one in found.statements] == ["settable-by", "roles", "roles"]


def test_a_use_case_may_deny_what_the_list_allows_and_the_broker_leaves_it_to_the_list() -> None:
    said = says("Item", "settable-by", value="ED")
    (found,) = rights(said, parties='"Supplier"')
    assert found.rule == "P106"
    assert rights(said, parties='"Access Control Broker"') == []


def test_a_word_that_is_no_party_is_a_note() -> None:
    (found,) = rights(says("Item", "settable-by", value="ED, manufacturer"))
    assert (found.severity, found.witness) == ("note", "manufacturer")


def test_without_a_list_of_roles_nothing_is_told_of_words() -> None:
    rows = part("GBCS", says("U1/Item.value", "type", "0..9"))
    table = part("Table", says("Item", "settable-by", value="manufacturer"))
    assert findings("P106", rows, table, links=[LINK]) == []


@pytest.mark.parametrize("word", ["none", "Nobody", "not settable"])
def test_nobody_against_a_request_that_sets_it(word: str) -> None:
    (found,) = rights(says("Item", "settable-by", value=word))
    assert (found.rule, found.severity) == ("P105", "error")
    assert REQUEST in [one.subject for one in found.statements]


def test_somebody_by_a_service_request_is_no_party() -> None:
    assert rights(says("Item", "settable-by", value="service request")) == []


class TestSaidToVaryAndFixed:
    ROWS = part("GBCS", says("U1/Item.value", "type", "bits(7)"), says("U1/Item.value", "constant", "0b1111111"))

    def found(self, *said: dict[str, Any], settable: bool = False) -> list[Finding]:
        way = link("Item.value", request=REQUEST if settable else "", command="U1/Item.value", settable=settable)
        return findings("P104", self.ROWS, part("SMETS2", *said), links=[way], agreements=[ROLES])

    def test_said_to_be_settable(self) -> None:
        (found,) = self.found(says("Item", "settable-by", value="service request"))
        assert found.severity == "error"
        assert self.found(says("Item", "settable-by", value="none")) == []

    def test_more_is_permitted_than_the_constant(self) -> None:
        (found,) = self.found(says("Item", "permitted", "0b1111111 | 0b1111100"))
        assert (found.severity, found.witness) == ("warning", "0b1111100")
        assert self.found(says("Item", "permitted", "0b1111111")) == []
        assert self.found(says("Item", "permitted", "0b1111100")) == [], "nothing in common is the business of R104"

    def test_a_request_that_sets_it_is_the_business_of_another_rule(self) -> None:
        assert self.found(says("Item", "settable-by", value="service request"), settable=True) == []
