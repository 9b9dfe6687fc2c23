"""House rules on releases: which statements they are about, and what their findings tell."""

from __future__ import annotations

import pytest
from recorded_comparisons import not_recorded
from rule_releases import catalogue_of, part, says

from gbcscheck.evidence.house_rules import HouseRule, Related, Stated, Within
from gbcscheck.model import HOUSE_RULE, Finding
from gbcscheck.model.rules import Rule
from gbcscheck.notation.canonical import parse_domain
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.rules.base import run
from gbcscheck.rules.house import fits_nothing, holds_nothing, release_rules

TABLE = part(
    "Settings",
    says("SagThreshold.value", "default", "253 V", source="line 3"),
    says("SwellThreshold.value", "default", "207 V", source="line 4"),
    says("ShortPeriod.value", "default", "30 s", source="line 5"),
)
ROWS = part(
    "GBCS",
    says("U1", "target", value="ESME"),
    says("U1/SagThreshold.value", "type", "0..65535"),
    says("U1/LongPeriod.value", "type", "0..65535"),
    name="use cases",
)
RELEASE = catalogue_of(TABLE, ROWS)


def house(asked: Within | Stated | Related, subject: str = "", attribute: str = "value", **more: str) -> HouseRule:
    rule = Rule("H1", "mine", "range", more.get("severity", "error"), "Is it so?", reads=("default", "constant"))
    return HouseRule(rule, subject, attribute, asked, "Guide 4.2", "rules/mine.toml", 7, "ACME")


def found(one: HouseRule, catalogue: Catalogue = RELEASE) -> list[Finding]:
    told = run(catalogue, release_rules([one]))
    assert not [statement for finding in told for statement in not_recorded(catalogue, finding)]
    return told


def test_a_default_outside_a_set_is_told_with_both_places() -> None:
    (finding,) = found(house(Within(parse_domain("180..250 V")), "Sag*"))
    assert (finding.rule, finding.severity, finding.subject) == ("H1", "error", "SagThreshold.value")
    assert finding.message == "its default has to lie in 180..250 V"
    assert finding.witness == "253 V"
    assert [str(statement.place) for statement in finding.statements] == ["Settings-part.json:3", "rules/mine.toml:7"]
    own = finding.statements[1]
    assert (own.specification.name, own.clause, own.written) == ("ACME", "Guide 4.2", "in 180..250 V")
    assert own.provenance == HOUSE_RULE


def test_a_default_in_a_set_that_is_forbidden_is_told_in_words() -> None:
    (finding,) = found(house(Within(forbidden=parse_domain("250..260 V")), "Sag*"))
    assert finding.message == "its default must not lie in 250..260 V"


def test_a_bare_name_means_the_only_element_of_an_item() -> None:
    assert len(found(house(Within(parse_domain("180..250 V")), "SagThreshold"))) == 1
    assert found(house(Within(parse_domain("180..255 V")), "SagThreshold")) == []


def test_a_fact_without_a_set_of_values_is_held_as_a_text() -> None:
    rule = house(Within(parse_domain('"GSME" | "GPF"')), "U*", "target")
    assert [finding.subject for finding in found(rule)] == ["U1"]
    assert found(house(Within(parse_domain('"ESME"')), "U*", "target")) == []


def test_an_attribute_that_is_not_stated_is_told_of_each_subject_that_fits() -> None:
    rule = house(Stated(), "*Period*", "default")
    (finding,) = found(rule)
    assert finding.subject == "LongPeriod.value"
    assert finding.message == "none of the specifications that were read states its default"
    assert [statement.attribute for statement in finding.statements] == ["type", "default"]


def test_two_items_out_of_order_are_one_finding_with_both_sides_and_the_rule() -> None:
    rule = house(Related("SagThreshold", "<", "SwellThreshold"))
    (finding,) = found(rule)
    assert finding.subject == "SagThreshold.value"
    assert finding.message == "SagThreshold has to be below SwellThreshold"
    assert finding.witness == "253 V and 207 V"
    assert [str(statement.place).rpartition(":")[2] for statement in finding.statements] == ["3", "4", "7"]
    assert found(house(Related("SwellThreshold", "<", "SagThreshold"))) == []


@pytest.mark.parametrize("severity", ["error", "note"])
def test_a_finding_that_rests_on_an_assumed_unit_says_so(severity: str) -> None:
    catalogue = catalogue_of(part("Settings", says("SagThreshold.value", "default", "260")))
    (finding,) = found(house(Within(parse_domain("180..250 V")), "Sag*", severity=severity), catalogue)
    assert finding.severity == severity
    assert "taken to be in V here" in finding.why


def test_a_rule_that_is_about_nothing_is_told_with_near_names() -> None:
    wrong = house(Within(parse_domain("1")), "SagTreshold.value")
    (told,) = fits_nothing([wrong], [RELEASE])
    assert told.startswith('House rule H1 was not asked: nothing is called "SagTreshold.value"; near it: SagThreshold')
    assert list(fits_nothing([house(Related("SagThreshold", "<", "SwellThreshold"))], [RELEASE])) == []


def test_rules_that_found_nothing_to_hold_are_told_in_one_sentence() -> None:
    """An item is there, and nobody states its default."""
    silent = [house(Within(parse_domain("1")), "LongPeriod"), house(Related("LongPeriod", "<", "ShortPeriod"))]
    holding = [house(Within(parse_domain("1")), "*Period*"), house(Stated(), "LongPeriod", "default")]
    assert holds_nothing([*silent, *holding], [RELEASE]) == (
        "Nothing was held against house rules H1, H1: what they ask of is not stated."
    )
    assert (
        holds_nothing(silent[:1], [RELEASE]) == "Nothing was held against house rule H1: what it asks of is not stated."
    )
    assert holds_nothing([*holding, house(Within(parse_domain("1")), "Nowhere")], [RELEASE]) == ""


def test_of_many_rules_about_nothing_the_first_are_told_and_the_others_counted() -> None:
    wrong = [house(Within(parse_domain("1")), f"Nowhere{number}") for number in range(15)]
    told = list(fits_nothing(wrong, [RELEASE]))
    assert len(told) == 11
    assert told[-1] == "Nothing is called as 5 further house rules say."


def test_a_pattern_without_a_slash_is_for_no_row_and_no_path() -> None:
    rule = house(Within(parse_domain("1..2")), "*", "type")
    assert {finding.subject for finding in found(rule)} == {"SagThreshold.value", "LongPeriod.value"}
    rows = house(Within(parse_domain("1..2")), "U1/*", "type")
    assert {finding.subject for finding in found(rows)} == {"U1/SagThreshold.value", "U1/LongPeriod.value"}
