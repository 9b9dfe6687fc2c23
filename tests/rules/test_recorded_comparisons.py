"""What a rule has compared it says, so that a report does not call compared what was not, nor the reverse."""

from __future__ import annotations

import pytest
from recorded_comparisons import as_own, not_recorded
from rule_releases import REQUEST, catalogue_of, link, lists, part, says, schema_of

from gbcscheck.evidence.comparisons import Comparisons
from gbcscheck.facts.crosswalk import ListSide
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.index import release_entries
from gbcscheck.release.releases import load_release
from gbcscheck.rules import RULES
from gbcscheck.rules.base import single_findings


@pytest.mark.parametrize("release", [entry.name for entry in release_entries()])
def test_a_finding_that_cites_two_places_is_of_a_comparison(release: str) -> None:
    """``rule_releases.findings`` holds the same of every finding that a test of a rule makes."""
    catalogue = Catalogue.of(as_own(load_release(release)))
    for finding in single_findings(catalogue, RULES):
        assert not list(not_recorded(catalogue, finding)), f"{finding.rule} {finding.subject}"


def compared(code: str, permitted: str, kind: str) -> bool:
    """Whether a rule says that it has held a request's element against the row that carries it."""
    made = catalogue_of(
        schema_of(permitted),
        part("GBCS", says("U1/Item.value", "type", kind), name="use cases"),
        links=[link("Item.value", request=REQUEST, command="U1/Item.value")],
    )
    assert list(single_findings(made, [one for one in RULES if one.code == code])) == []
    found = made.once(Comparisons.of).of_subject(REQUEST)
    return any(code in codes for others in found.values() for codes in others.values())


def test_what_agrees_is_compared_too_by_the_rule_of_its_kind() -> None:
    assert compared("R102", "0..9", "0..255")
    assert not compared("R105", "0..9", "0..255")
    assert compared("R105", '"a" | "b"', "text")
    assert not compared("R102", '"a" | "b"', "text")


def test_where_nobody_can_tell_nothing_is_compared() -> None:
    assert not compared("R102", "any", "0..255")


def test_every_row_that_names_a_member_of_a_list_is_compared() -> None:
    made = catalogue_of(
        part("GBCS", *(says(one, "service-reference", value="6.1") for one in ("U1", "U2")), name="use cases"),
        part("DUIS", says("6.1", "service-reference", value="6.1"), name="service requests"),
        pairs=[
            lists(
                "reference",
                "within",
                ListSide("GBCS", "use cases", "service-reference"),
                ListSide("DUIS", "service requests", "service-reference"),
            )
        ],
    )
    assert list(single_findings(made, [one for one in RULES if one.code == "X101"])) == []
    assert [len(made.once(Comparisons.of).of_subject(one)) for one in ("U1", "U2")] == [1, 1]


def test_nothing_is_gathered_where_no_document_is_a_user_s() -> None:
    catalogue = Catalogue.of(load_release())
    list(single_findings(catalogue, RULES))
    assert catalogue.once(Comparisons.of)._made == {}
