"""JSON configurations judged as a whole: what MP131 is about, names, shapes, lists, units, places."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from configuration_runs import MAXIMUM_DEMAND, PATH, context, judge
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.device.configuration.read import SCHEMA, judge_configuration, looks_like_configuration, misshapen
from gbcscheck.device.configuration.rules import RULES
from gbcscheck.device.context import Choices, load_context
from gbcscheck.device.model import FileRecord
from gbcscheck.errors import UnreadableSource
from gbcscheck.inputs.json_schema import violations
from gbcscheck.model.device_files import FITS, WRONG


def week(days: object) -> dict[str, object]:
    return {MAXIMUM_DEMAND: {"entries": [{"exec_weekdays": days, "switch_time": "16:00"}]}}


# --- SEC modification MP131 ------------------------------------------------------------------------------------------


def test_weekdays_alone_contradict_the_constant_of_ecs37() -> None:
    run = judge(week("Mon-Fri"))
    finding = run.finding("D504")
    assert finding.severity == "error"
    assert any(s.subject == f"ECS37/{MAXIMUM_DEMAND}.entries[*].exec_weekdays" for s in finding.statements)
    assert finding.statements[0].specification.name == "device"
    assert finding.statements[0].source == "line 5"
    assert "GBCS 3.2 Table 28d" in finding.why
    assert "synthetic" in finding.why
    assert run.leaf("exec_weekdays").verdict == WRONG


@pytest.mark.parametrize("days", ["daily", "Mon-Sun", "0b1111111", "0xFE", [True] * 7, "1111111"])
def test_all_seven_days_are_fine(days: object) -> None:
    run = judge(week(days))
    assert run.findings == []
    assert run.verdict.reason == ""
    assert run.leaf("exec_weekdays").verdict == FITS
    assert run.record.values == 2


def test_the_published_constants_are_free_of_findings() -> None:
    entry = {
        "index": 0,
        "enable": True,
        "script_logical_name": "0-0:10.128.100.255",
        "script_selector": 1,
        "switch_time": "17:00",
        "validity_window": 0xFFFF,
        "exec_weekdays": "every day",
        "exec_specdays": "bits(0)",
        "begin_date": "0x000001FFFF",
        "end_date": "0xFFFFFFFFFF",
    }
    run = judge(
        {MAXIMUM_DEMAND: {"entries": [entry, {**entry, "index": 1, "script_selector": 2, "switch_time": "22:00"}]}}
    )
    assert run.findings == []
    assert run.record.values == 20


# --- names -----------------------------------------------------------------------------------------------------------


def test_an_unknown_item_is_an_error_with_near_names() -> None:
    finding = judge({"RMSVoltageSagTreshold": 207}).finding("D601")
    assert finding.severity == "error"
    assert "RMSVoltageSagThreshold" in finding.suggestion


def test_an_unknown_element_names_those_that_there_are() -> None:
    finding = judge({MAXIMUM_DEMAND: {"entries": [{"week": 1}]}}).finding("D601")
    assert finding.subject == f"{MAXIMUM_DEMAND}.entries[*].week"
    assert "exec_weekdays" in finding.suggestion


def test_the_same_unknown_name_twice_is_one_finding() -> None:
    run = judge([{"Foo": 1}, {"Foo": 2}])
    assert run.rules == ["D601"]
    assert "likewise at line" in run.findings[0].message
    assert (run.record.values, run.record.unknown) == (0, 2)


def test_further_values_of_one_fault_are_named_where_they_differ() -> None:
    run = judge([{"RandomisedOffsetLimit": 70000}, {"RandomisedOffsetLimit": 70000}, {"RandomisedOffsetLimit": 1.5}])
    assert run.rules == ["D503"]
    assert run.findings[0].message.endswith("; likewise at line 6, line 9 (1.5)")


def test_a_decimal_comma_is_read_and_one_that_may_group_thousands_is_told() -> None:
    assert judge({"RMSVoltageSagThreshold": "253,5"}).finding("D503").message.startswith("253.5 V")
    assert judge({"RMSVoltageSagThreshold": " 0,28 kV"}).rules == ["D609"]
    told = judge({"RMSVoltageSagThreshold": "1,000"}).finding("D602")
    assert "1.000 or 1000" in told.message
    assert told.suggestion.endswith("between thousands")


def test_a_number_is_quoted_as_it_stands() -> None:
    assert judge({"RandomisedOffsetLimit": 1.5}).finding("D503").statements[0].text == "1.5"


def test_names_with_a_use_case_blanks_and_other_case() -> None:
    run = judge({f"ECS37/{MAXIMUM_DEMAND}.entries[1].exec_weekdays": "Sat", "rms voltage sag threshold": "207 V"})
    assert run.rules == ["D504"]


def test_an_item_given_twice() -> None:
    assert judge({"RandomisedOffsetLimit": 5, "RandomisedOffsetLimit.value": 6}).rules == ["D605"]
    assert judge('{"RandomisedOffsetLimit": 5,\n "RandomisedOffsetLimit": 6}').rules == ["D605"]
    assert judge({MAXIMUM_DEMAND: {"entries": [{"switch_time": "16:00", "Switch Time": "17:00"}]}}).rules == ["D605"]


def test_two_entries_of_one_list_are_not_the_same_item() -> None:
    both = {f"{MAXIMUM_DEMAND}.entries[{n}].switch_time": f"1{n}:00" for n in (1, 2)}
    assert judge(both).findings == []


def test_comments_and_empty_places_are_told_and_not_judged() -> None:
    run = judge({"//": "ours", "// more": [1], "RandomisedOffsetLimit": None, "RMSVoltageSagThreshold": "NA"})
    assert run.findings == []
    assert run.record.values == 0
    assert run.verdict.reason == "no data item has a value in it"


# --- values ----------------------------------------------------------------------------------------------------------


def test_a_value_that_is_none_of_the_type() -> None:
    finding = judge({"RandomisedOffsetLimit": "often"}).finding("D602")
    assert "often" in finding.message
    assert finding.suggestion == "write a number, maybe with its unit: 30, 30 s"
    assert any(s.attribute == "type" for s in finding.statements)


def test_a_value_too_large_for_its_type_is_told_once() -> None:
    assert judge({"RandomisedOffsetLimit": 70000}).rules == ["D503"]
    assert judge({"RandomisedOffsetLimit": 1e30}).rules == ["D503"]


def test_what_no_service_request_sets_is_a_warning() -> None:
    finding = judge({"RandomisedOffsetLimit": 1800}).finding("D501")
    assert finding.severity == "warning"
    assert judge({"RandomisedOffsetLimit": 1799}).findings == []


def test_a_period_of_the_day_gives_both_switch_times() -> None:
    run = judge({MAXIMUM_DEMAND: "16:00-20:00"})
    assert run.findings == []
    assert [str(entry.value) for entry in run.record.entries] == ["0x10000000", "0x14000000"]


def test_one_value_for_an_item_with_several_elements() -> None:
    finding = judge({MAXIMUM_DEMAND: 5}).finding("D604")
    assert "several elements" in finding.message


def test_no_order_of_thresholds_is_made_up() -> None:
    assert judge({"RMSVoltageSagThreshold": "253 V", "RMSVoltageSwellThreshold": "207 V"}).findings == []


def test_a_list_longer_than_the_use_cases_carry() -> None:
    entry = {"exec_weekdays": "daily"}
    finding = judge({MAXIMUM_DEMAND: [entry] * 3}).finding("D603")
    assert finding.severity == "error"
    assert "1 or 2" in finding.message.replace("to", "or")
    assert judge({MAXIMUM_DEMAND: [entry] * 2}).findings == []


def test_entries_with_numbers_of_their_own_stand_at_their_places() -> None:
    run = judge(
        {"MediumHighPowerThreshold": {"thresholds": [None, {"threshold": 5}]}, "DebtRecoveryRates": [{"period": 3600}]}
    )
    assert run.findings == []
    assert [entry.subject for entry in run.record.entries if entry.verdict == FITS] == [
        "MediumHighPowerThreshold.thresholds[2].threshold",
        "DebtRecoveryRates[1].period",
    ]


def test_units_of_a_users_own_table_are_respected(tmp_path: Path) -> None:
    table = tmp_path / "limits.json"
    subject = "RandomisedOffsetLimit.value"
    statements = [
        {"subject": subject, "attribute": "unit", "value": "s"},
        {"subject": subject, "attribute": "permitted", "domain": "0..900 s"},
    ]
    header = {"specification": "House rules", "version": "1", "part": "limits", "provenance": "published"}
    table.write_text(json.dumps({**header, "statements": statements}), encoding="utf-8")
    own = load_context(Choices(), release="current", specs=[table])

    def rules(value: object) -> list[tuple[str, str]]:
        record = FileRecord(PATH)
        judge_configuration(PATH, json.dumps({"RandomisedOffsetLimit": value}).encode(), own, record)
        return [(finding.rule, finding.severity) for finding in record.findings]

    assert rules("15 min") == rules(900) == rules("900 s") == []
    assert rules("16 min") == rules(960) == [("D505", "error")]
    assert rules("230 V") == [("D606", "error")]


# --- the file --------------------------------------------------------------------------------------------------------


def test_device_is_told_and_items_are_judged() -> None:
    run = judge({"device": {"type": "ESME", "variant": "single", "serial": 7}, "items": {"RandomisedOffsetLimit": 5}})
    assert run.findings == []
    assert [entry.label for entry in run.record.entries] == [
        "device type",
        "device variant",
        "device serial",
        "RandomisedOffsetLimit",
    ]
    assert run.record.values == 1


def test_a_version_of_gbcs_without_a_table_is_a_reason() -> None:
    run = judge({"device": {"gbcs": "9.9"}, "items": {"RandomisedOffsetLimit": 5}})
    assert "no use case table of GBCS 9.9" in run.verdict.reason
    assert judge({"device": {"gbcs": "4.0"}, "items": week("Sun")}).rules == ["D504"]


@pytest.mark.parametrize(
    ("document", "pointer"),
    [
        ({"items": [1]}, "/items"),
        ({"items": {}, "extra": 1}, "/"),
        ({"device": 5}, "/device"),
        ({"device": {"variant": "triple"}}, "/device/variant"),
        ([5], "/0"),
        ("5", "/"),
    ],
)
def test_a_file_of_another_shape_is_a_finding(document: object, pointer: str) -> None:
    finding = judge(document).finding("D604")
    assert finding.message.startswith(f"{pointer}: ")
    assert finding.statements[0].source.startswith("line ")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text("ab", max_size=2),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text("ab", max_size=1), inner, max_size=2),
    max_leaves=4,
)
KEYS = st.sampled_from(["items", "device", "note", "$schema", "// x", "a"])
DEVICES = st.dictionaries(st.sampled_from(["type", "variant", "gbcs"]), st.sampled_from([1, "single", "x"]), max_size=2)


@given(st.dictionaries(KEYS, VALUES | DEVICES, max_size=4))
def test_the_quick_look_at_the_shape_agrees_with_the_schema(document: dict[str, object]) -> None:
    assert (next(misshapen(document), None) is None) == (next(violations(document, SCHEMA), None) is None)


@given(VALUES)
def test_any_json_is_judged_without_an_error_of_our_own(document: object) -> None:
    assert judge(json.dumps(document)).verdict.format in ("configuration", "configurations")


@given(
    st.dictionaries(
        st.sampled_from([MAXIMUM_DEMAND, "DebtRecoveryRates", "PaymentMode", "RMSVoltageSagThreshold"]), VALUES
    )
)
def test_any_value_of_a_known_item_is_judged(document: dict[str, object]) -> None:
    run = judge(document)
    told = [entry for entry in run.record.entries if entry.verdict in ("fits", "open", "wrong")]
    assert len(told) == run.record.values


def test_places_are_lines() -> None:
    text = '{\n "items": {\n  "RandomisedOffsetLimit":\n   70000\n }\n}'
    finding = judge(text).finding("D503")
    assert str(finding.statements[0].place) == f"{PATH}:4"


@pytest.mark.parametrize(
    ("octets", "where"),
    [
        (b'{"a": 1,}', ":1:"),
        (b'{"a": NaN}', ""),
        (b'{"a": 1e999999}', ""),
        (b'{"a": "\xff"}', ":1"),
        (b'["\\ud800"]', ""),
        (b"[" * 100 + b"]" * 100, ""),
        (b"[" * 100_000, ""),
        (b"PK\x03\x04", ""),
    ],
)
def test_what_is_no_json_is_refused_with_its_place(octets: bytes, where: str) -> None:
    with pytest.raises(UnreadableSource) as refused:
        judge_configuration(PATH, octets, context(), FileRecord(PATH))
    assert refused.value.where.startswith(f"{PATH}{where}")
    assert refused.value.problem


def test_many_different_findings_end_with_a_reason() -> None:
    run = judge([{f"unknown {number}": 1} for number in range(5_100)])
    assert len(run.findings) == 5_000
    assert "5,000 different findings" in run.verdict.reason


def test_what_looks_like_a_configuration() -> None:
    assert looks_like_configuration({"RandomisedOffsetLimit": 5})
    assert looks_like_configuration([{"items": {}}])
    assert not looks_like_configuration({"statements": []})
    assert not looks_like_configuration([])
    assert not looks_like_configuration("RandomisedOffsetLimit")
    assert not looks_like_configuration({"items": 5})


def test_rules_are_of_one_family() -> None:
    assert [rule.code for rule in RULES] == [
        "D601",
        "D602",
        "D603",
        "D604",
        "D605",
        "D606",
        "D609",
        "D608",
        "D610",
        "D611",
    ]
    assert all(rule.text and rule.question.endswith("?") for rule in RULES)


@pytest.mark.parametrize(
    ("device_type", "name", "rules"),
    [
        ("GSME", "RMSVoltageSagThreshold", ["D608"]),
        ("ESME", "RMSVoltageSagThreshold", []),
        ("ESME", "CalorificValue", ["D608"]),
        ("GSME", "CalorificValue", []),
        ("GPF", "CalorificValue", []),
    ],
)
def test_items_of_another_device_are_found_where_the_type_is_named(
    device_type: str, name: str, rules: list[str]
) -> None:
    run = judge({"device": {"type": device_type}, "items": {name: 400}})
    assert [finding.rule for finding in run.findings if finding.rule == "D608"] == rules
    assert not [finding for finding in judge({name: 400}).findings if finding.rule == "D608"]


# --- units with a prefix ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["207 kV", "0.207kV", "207000 mV", "207 millivolts"])
def test_a_prefix_that_no_specification_uses_is_a_warning(written: str) -> None:
    """A threshold of 207 kV was nothing to speak of."""
    found = judge({"RMSVoltageSagThreshold": written}).finding("D609")
    assert (found.severity, found.suggestion) == ("warning", "write it in V")


@pytest.mark.parametrize(
    ("item", "written"),
    [
        ("RMSVoltageSagThreshold", "207 V"),
        ("RMSVoltageSagThreshold", "207 volts"),
        ("RMSVoltageSagThreshold", 207),
        ("RandomisedOffsetLimit", "30 min"),
        ("RandomisedOffsetLimit", "0.1 h"),
        ("RandomisedOffsetLimit", "30 V"),
    ],
)
def test_units_in_use_and_other_quantities_are_no_prefixes(item: str, written: object) -> None:
    assert "D609" not in [finding.rule for finding in judge({item: written}).findings]


@pytest.mark.parametrize(
    "document",
    [
        [{"RandomisedOffsetLimit": 5}, [{"RandomisedOffsetLimit": -5}]],
        [{"RandomisedOffsetLimit": 5}, [[{"RandomisedOffsetLimit": -5}]]],
        [{"RandomisedOffsetLimit": 5}, [{"name": "RandomisedOffsetLimit", "value": -5}]],
    ],
)
def test_lists_inside_lists_are_judged(document: object) -> None:
    run = judge(document, "current")
    assert run.rules == ["D503"]
    assert run.record.values == 2


def test_a_list_with_nothing_in_it_is_named() -> None:
    run = judge([{"RandomisedOffsetLimit": 5}, []], "current")
    assert run.rules == []
    assert ["nothing in it" in one for one in run.record.not_read] == [True]


def test_a_member_beside_the_items_is_named_in_plain_words() -> None:
    run = judge({"items": {"RandomisedOffsetLimit": 5}, "serial": "A1"}, "current")
    assert run.finding("D604").message == '/: "serial" is no member here'


def test_help_for_an_attribute_with_several_items_does_not_repeat_it() -> None:
    finding = judge({"1-0:32.24.0.255": {"4": "30 V"}}, "current").finding("D611")
    assert finding.suggestion == "name the data item"
