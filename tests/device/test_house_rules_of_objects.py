"""House rules on COSEM objects: saved as XML, and as the octets of one attribute."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from test_cosem_objects import data, entry, schedule
from xml_documents import context_for

from gbcscheck.device.context import Choices, Context
from gbcscheck.device.judge import judge_octets
from gbcscheck.evidence.house_rules import HouseRule, Related, Within
from gbcscheck.model.device_files import FITS, OPEN, WRONG, JudgedFile
from gbcscheck.model.rules import Rule
from gbcscheck.notation.canonical import parse_domain

ITEM = "MaximumDemandConfigurableTimePeriod.entries[{}].{}"
LIMIT = "RandomisedOffsetLimit"
SCHEDULE = Choices(object="0-0:12.0.0.255", member="attribute 2")
ENTRIES = "".join(
    (Path(__file__).parents[2] / "docs" / "samples" / "captures" / "ECS37-every-day.hex").read_text("ascii").split()
)[104:292]
"""Both entries of a schedule, in A-XDR."""


def house(asked: Within | Related, subject: str = "", severity: str = "error") -> HouseRule:
    rule = Rule("H1", "mine", "joint", severity, "Is it so?", reads=("default", "constant"))
    return HouseRule(rule, subject, "value", asked, "Guide 4", "rules/mine.toml", 7)


def within(subject: str, values: str) -> HouseRule:
    return house(Within(parse_domain(values)), subject)


def related(field: str, relation: str, first: int = 1, second: int = 2) -> HouseRule:
    return house(Related(ITEM.format(first, field), relation, ITEM.format(second, field)))


@cache
def usual() -> Context:
    return context_for()


def of_xml(*objects: str, rules: tuple[HouseRule, ...]) -> JudgedFile:
    document = "<Objects>\n" + "\n".join(objects) + "\n</Objects>"
    (found,) = judge_octets("objects.xml", document.encode(), "auto", replace(usual(), house=rules))
    return found


def of_octets(octets: str, *rules: HouseRule, choices: Choices = SCHEDULE) -> JudgedFile:
    context = replace(usual(), house=rules, choices=choices)
    (found,) = judge_octets("value.hex", octets.encode("ascii"), "axdr", context)
    return found


def told(found: JudgedFile) -> list[tuple[str, list[str]]]:
    """The subject and the places of each finding of the rule."""
    assert found.judged
    return [
        (finding.subject, [str(statement.place) for statement in finding.statements])
        for finding in found.findings
        if finding.rule == "H1"
    ]


# --- XML -------------------------------------------------------------------------------------------------------------


def test_a_value_is_told_with_its_line_and_is_wrong() -> None:
    found = of_xml(data("0.0.94.44.0.1", '<Value Type="18">900</Value>'), rules=(within(LIMIT, "0..600"),))
    assert told(found) == [("RandomisedOffsetLimit.value", ["objects.xml:2", "rules/mine.toml:7"])]
    assert [one.verdict for one in found.entries if one.label == "value"] == [WRONG]


def test_a_value_that_keeps_the_rule_is_silent() -> None:
    found = of_xml(data("0.0.94.44.0.1", '<Value Type="18">900</Value>'), rules=(within(LIMIT, "0..1799"),))
    assert told(found) == []
    assert [one.verdict for one in found.entries if one.label == "value"] == [FITS]


def test_of_a_value_of_unknown_type_only_what_every_reading_breaks_is_told() -> None:
    found = of_xml(data("0.0.94.44.0.1", '<Value Type="5">900</Value>'), rules=(within(LIMIT, "0..600"),))
    assert told(found) == []
    assert [one.verdict for one in found.entries if one.label == "value"] == [OPEN]


def test_each_entry_of_a_schedule_is_held_and_one_that_is_named_by_its_number_alone() -> None:
    objects = schedule(entry(), entry())
    window = ITEM.format("*", "validity_window")
    assert [places[0] for _, places in told(of_xml(objects, rules=(within(window, "0..10"),)))] == [
        "objects.xml:4",
        "objects.xml:7",
    ]


@pytest.mark.parametrize(
    ("second", "expected"),
    [("22:00:00", []), ("16:00:00", [["objects.xml:4", "objects.xml:7", "rules/mine.toml:7"]]), ("*:00:00", [])],
)
def test_entries_stand_in_a_relation_though_other_fields_have_several_readings(
    second: str, expected: list[list[str]]
) -> None:
    """A date of the same entry may be meant in several ways; the times of day are what they are in each. An hour
    that is left open has no order."""
    found = of_xml(schedule(entry(), entry(switch=second)), rules=(related("switch_time", "<"),))
    assert [places for _, places in told(found)] == expected


def test_values_of_two_objects_stand_in_a_relation() -> None:
    limit = data("0.0.94.44.0.1", '<Value Type="18">900</Value>')
    rule = house(
        Related(LIMIT, "implies", ITEM.format(1, "validity_window"), parse_domain("600..1799"), parse_domain("0..10"))
    )
    found = of_xml(schedule(entry(), entry()), limit, rules=(rule,))
    assert told(found) == [("RandomisedOffsetLimit.value", ["objects.xml:10", "objects.xml:4", "rules/mine.toml:7"])]
    assert told(of_xml(limit, rules=(rule,))) == []


# --- octets ----------------------------------------------------------------------------------------------------------


def test_the_octets_of_an_attribute_are_told_by_their_place() -> None:
    found = of_octets("1200c8", within(LIMIT, "0..100"), choices=Choices(object="0-0:94.44.0.1"))
    assert told(found) == [("RandomisedOffsetLimit.value", ["value.hex · octets 0 to 2", "rules/mine.toml:7"])]
    assert told(of_octets("120064", within(LIMIT, "0..100"), choices=Choices(object="0-0:94.44.0.1"))) == []


def test_the_entries_of_an_attribute_stand_in_a_relation() -> None:
    found = of_octets(ENTRIES, related("switch_time", "<", 2, 1))
    assert [places[:2] for _, places in told(found)] == [["value.hex · octets 66 to 71", "value.hex · octets 20 to 25"]]
    assert told(of_octets(ENTRIES, related("switch_time", "<"))) == []


def test_a_rule_on_rows_of_use_cases_is_for_octets_too() -> None:
    rule = within("ECS*/MaximumDemandConfigurableTimePeriod*validity_window", "0..10")
    assert len(told(of_octets(ENTRIES, rule))) == 2


def test_octets_of_another_type_are_not_held() -> None:
    found = of_octets("1605", within(LIMIT, "0..100"), choices=Choices(object="0-0:94.44.0.1"))
    assert [finding.rule for finding in found.findings if finding.rule == "H1"] == []
