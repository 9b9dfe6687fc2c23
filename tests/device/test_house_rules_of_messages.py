"""House rules on messages and XML documents: single values, relations, rows and paths, entries of lists."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from xml_documents import context_for, message, request_text

from gbcscheck.device.context import Choices, Context
from gbcscheck.device.judge import judge_octets
from gbcscheck.evidence.house_rules import HouseRule, Related, Within
from gbcscheck.model import Finding
from gbcscheck.model.device_files import WRONG, JudgedFile
from gbcscheck.model.rules import Rule
from gbcscheck.notation.canonical import parse_domain

SAMPLES = Path(__file__).parents[2] / "docs" / "samples"
MAXIMUM_DEMAND = "MaximumDemandConfigurableTimePeriod"
SWITCH, WINDOW = (f"{MAXIMUM_DEMAND}.entries[*].{field}" for field in ("switch_time", "validity_window"))
COMMAND = (SAMPLES / "captures" / "ECS37-every-day.hex").read_bytes()
GAS = (SAMPLES / "captures" / "GCS23-unit.hex").read_bytes()
REQUEST = (SAMPLES / "period.xml").read_text("utf-8")
PATH = "/Request/Body/SetMaximumDemandConfigurableTimePeriod/MaximumDemandTimePeriodSchedule"


def house(code: str, asked: Within | Related, subject: str = "", severity: str = "error") -> HouseRule:
    rule = Rule(code, f"rule-{code.lower()}", "joint", severity, "Is it so?", reads=("default", "constant"))
    return HouseRule(rule, subject, "value", asked, "Guide 4", "rules/mine.toml", 7)


def within(subject: str, values: str, *, not_in: bool = False, severity: str = "error") -> HouseRule:
    domain = parse_domain(values)
    return house("H1", Within(None, domain) if not_in else Within(domain), subject, severity)


def second(field: str, number: int = 2) -> str:
    return f"{MAXIMUM_DEMAND}.entries[{number}].{field}"


@cache
def usual() -> Context:
    return context_for()


def judge(content: bytes | str, form: str, *rules: HouseRule) -> JudgedFile:
    octets = content.encode() if isinstance(content, str) else content
    (found,) = judge_octets("device", octets, form, replace(usual(), house=rules))
    return found


def of_house(found: JudgedFile) -> list[Finding]:
    return [finding for finding in found.findings if finding.rule.startswith("H")]


def places(finding: Finding) -> list[str]:
    return [str(statement.place) for statement in finding.statements]


# --- electricity -----------------------------------------------------------------------------------------------------


def test_a_value_of_a_message_is_held_against_the_rule_on_its_item() -> None:
    found = of_house(judge(COMMAND, "message", within(WINDOW, "0..10")))
    assert [finding.subject for finding in found] == [WINDOW, WINDOW]
    assert [places(finding) for finding in found] == [
        ["device · octets 78 to 80", "rules/mine.toml:7"],
        ["device · octets 124 to 126", "rules/mine.toml:7"],
    ]
    assert found[0].witness == "65535"
    assert found[0].message == "its value has to lie in 0..10"


def test_a_note_is_told_of_each_value_and_makes_none_wrong() -> None:
    """What was told of a value of a row before is remembered there; house rules are asked all the same."""
    for _ in range(2):
        judged = judge(COMMAND, "message", within(WINDOW, "0..10", severity="note"))
        assert len(of_house(judged)) == 2
        assert all(entry.verdict != WRONG for entry in judged.entries)
    judged = judge(COMMAND, "message", within(WINDOW, "0..10"))
    assert [entry.label for entry in judged.entries if entry.verdict == WRONG] == ["validity_window"] * 2


def test_what_keeps_the_rule_and_a_run_without_rules_are_silent() -> None:
    assert judge(COMMAND, "message", within(WINDOW, "65535")).findings == ()
    assert judge(COMMAND, "message").findings == ()


def test_a_rule_may_name_the_row_of_a_use_case() -> None:
    (first, _) = of_house(judge(COMMAND, "message", within("ECS37/*.validity_window", "65535", not_in=True)))
    assert first.subject == f"ECS37/{WINDOW}"
    assert of_house(judge(COMMAND, "message", within("ECS38/*.validity_window", "65535", not_in=True))) == []


def test_a_rule_on_one_entry_of_a_list_is_about_that_entry() -> None:
    (finding,) = of_house(judge(COMMAND, "message", within(second("switch_time"), "time(hour 16)")))
    assert places(finding)[0] == "device · octets 118 to 123"


def test_a_relation_holds_between_values_of_one_message() -> None:
    backwards = house("H2", Related(second("switch_time"), "<", second("switch_time", 1)))
    (finding,) = of_house(judge(COMMAND, "message", backwards))
    assert finding.subject == SWITCH
    assert places(finding) == ["device · octets 118 to 123", "device · octets 72 to 77", "rules/mine.toml:7"]
    forwards = house("H2", Related(second("switch_time", 1), "<", second("switch_time")))
    assert of_house(judge(COMMAND, "message", forwards)) == []


def test_each_entry_of_a_list_stands_alone() -> None:
    implied = Related(SWITCH, "implies", WINDOW, parse_domain("any"), parse_domain("7"))
    found = of_house(judge(COMMAND, "message", house("H3", implied)))
    assert [places(finding)[:2] for finding in found] == [
        ["device · octets 72 to 77", "device · octets 78 to 80"],
        ["device · octets 118 to 123", "device · octets 124 to 126"],
    ]


def test_messages_stand_alone() -> None:
    """Two messages of one file: the second entry of the one is not held against the first of the other."""
    rules = replace(usual(), house=(house("H2", Related(second("switch_time", 1), "<", second("switch_time"))),))
    found = judge_octets("device", COMMAND + b"\n" + COMMAND, "message", rules)
    assert len(found) == 2
    assert [of_house(one) for one in found] == [[], []]


def test_a_bare_value_of_an_object_is_held_too() -> None:
    context = replace(usual(), house=(within(WINDOW, "0..10"),))
    octets = bytes.fromhex("".join(COMMAND.decode().split()))[52:]
    choices = Choices(object="0-0:12.0.0.255", member="attribute 2")
    (value,) = judge_octets("device", octets[:94], "axdr", replace(context, choices=choices))
    assert [finding.statements[0].source for finding in of_house(value)] == ["octets 26+3", "octets 72+3"]


# --- gas -------------------------------------------------------------------------------------------------------------


def test_a_component_of_a_gas_message_is_held_once() -> None:
    """The row carries the value in force and that to come; its value is one, and so is the finding."""
    (finding,) = of_house(judge(GAS, "message", within("CalorificValue.value*", "0..10")))
    assert finding.subject == "CalorificValue.value"
    assert places(finding) == ["device · octets 74 to 77", "rules/mine.toml:7"]
    assert finding.witness == "400"


def test_a_relation_holds_between_components() -> None:
    related = house("H2", Related("ConversionFactor.value", "<", "CalorificValue.value"))
    (finding,) = of_house(judge(GAS, "message", related))
    assert places(finding)[:2] == ["device · octets 53 to 56", "device · octets 74 to 77"]
    assert finding.witness == "102264 and 400"


# --- documents -------------------------------------------------------------------------------------------------------


def test_an_element_is_held_as_what_it_is_on_the_device() -> None:
    late = REQUEST.replace("16:00:00+01:00", "16:00:00Z")
    (finding,) = of_house(judge(late, "duis", within(SWITCH, "time(hour 16)", not_in=True)))
    assert finding.subject == SWITCH
    assert places(finding) == ["device:12", "rules/mine.toml:7"]


def test_the_elements_of_a_request_stand_in_a_relation() -> None:
    rules = house("H2", Related(f"{PATH}/EndTime", "!=", f"{PATH}/StartTime"))
    same = REQUEST.replace("16:00:00+01:00", "20:00:00Z")
    (finding,) = of_house(judge(same, "duis", rules))
    assert places(finding) == ["device:13", "device:12", "rules/mine.toml:7"]
    assert of_house(judge(REQUEST, "duis", rules)) == []


def test_a_path_is_held_as_it_is_written() -> None:
    (finding,) = of_house(judge(REQUEST, "duis", within("/Request/Header/CommandVariant", "2..3")))
    assert (finding.subject, finding.witness) == ("/Request/Header/CommandVariant", "1")


# --- real ones -------------------------------------------------------------------------------------------------------


def test_a_real_message_breaks_and_keeps_rules(corpus: Path) -> None:
    thresholds = message(corpus, "ECS37_6.18.1_SUCCESS_COMMAND")
    assert of_house(judge(thresholds, "message", within(WINDOW, "0..10")))
    assert of_house(judge(thresholds, "message", within(WINDOW, "0..65535"))) == []


@pytest.mark.parametrize("name", ["ECS37_6.18.1_SUCCESS"])
def test_a_real_request_breaks_and_keeps_rules(corpus: Path, name: str) -> None:
    text = request_text(corpus, name)
    assert of_house(judge(text, "duis", within(SWITCH, "time(hour 0..23)", not_in=True)))
    assert of_house(judge(text, "duis", within(SWITCH, "time(hour 0..23)"))) == []
    backwards = house("H2", Related(second("switch_time"), "<", second("switch_time", 1)))
    assert of_house(judge(text, "duis", backwards))
    unequal = house("H2", Related(second("switch_time"), "!=", second("switch_time", 1)))
    assert of_house(judge(text, "duis", unequal)) == []
