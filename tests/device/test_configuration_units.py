"""Values with units, durations, decimal commas: converted, or refused with the reason."""

from __future__ import annotations

import pytest
from configuration_runs import judge
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.device.configuration.form import Form
from gbcscheck.device.configuration.number_text import NotRead, plain_number

OFFSET, SAG, PERIOD = "RandomisedOffsetLimit", "RMSVoltageSagThreshold", "RMSVoltageSagMeasurementPeriod"


@pytest.mark.parametrize(
    ("item", "value", "shown", "rules"),
    [
        (OFFSET, {"value": 29, "unit": "min"}, "1740 s", []),
        (OFFSET, {"value": 30, "unit": "min"}, "1800 s", ["D501"]),
        (OFFSET, {"value": "30 s", "unit": "min"}, "30 s", []),
        (OFFSET, {"value": 30, "unit": None}, "30 s", []),
        (OFFSET, {"value": 30, "unit": "-"}, "30 s", []),
        (OFFSET, {"value": 30, "unit": "V"}, "30", ["D606"]),
        (OFFSET, {"value": 30, "unit": "furlong"}, '{"value": 30, "unit": "furlong"}', ["D602"]),
        (OFFSET, "30 V", "30 V", ["D606"]),
        (OFFSET, "PT29M", "1740 s", []),
        (OFFSET, "PT0H1M1S", "61 s", []),
        (OFFSET, "00:00:30", "30 s", []),
        (OFFSET, "00:30:00", "1800 s", ["D501"]),
        (SAG, "207 kV", "207000 V", ["D609"]),
        (SAG, {"value": 207, "unit": "kV"}, "207000 V", ["D609"]),
        (SAG, "253 Volt", "253 V", []),
        (SAG, "2.87e2", "287 V", []),
        (SAG, "2,87e2", "287 V", []),
        (SAG, "2,87E+2 V", "287 V", []),
        (SAG, "253,0 V", "253 V", []),
        (SAG, "12,345,678", "12345678 V", []),
        (SAG, "1.234,0", "1234 V", []),
        (SAG, "PT30S", "PT30S", ["D606"]),
        (SAG, "00:00:30", "00:00:30", ["D602"]),
        (SAG, "1,500", "1,500", ["D602"]),
        (SAG, "1 500", "1 500", ["D602"]),
        (PERIOD, "30 V", "30 V", ["D606"]),
        (PERIOD, "PT30S", "30 s", []),
    ],
)
def test_values_as_people_write_them(item: str, value: object, shown: str, rules: list[str]) -> None:
    run = judge({item: value}, "current")
    entry = next(entry for entry in run.record.entries if entry.subject.startswith(item))
    assert [finding.rule for finding in run.findings if finding.severity != "note"] == rules
    assert str(entry.value) == shown or rules


def test_a_sign_between_digits_is_told_with_both_readings() -> None:
    assert "1.500 or 1500" in judge({SAG: "1,500"}, "current").finding("D602").message
    assert "thousands apart" in judge({SAG: "1 500"}, "current").finding("D602").message


def test_a_unit_that_no_document_states_is_a_note() -> None:
    run = judge({PERIOD: "30 s", "ManufacturerIdentifier": "x"}, "current")
    assert [(one.rule, one.severity) for one in run.findings] == [("D610", "note")]
    assert run.leaf(PERIOD).verdict == "fits"


def test_octets_of_a_logical_name_with_blanks() -> None:
    entry = {"script_logical_name": "00 00 0A 80 64 FF"}
    run = judge({"MaximumDemandConfigurableTimePeriod": {"entries": [entry, entry]}}, "current")
    assert run.rules == []
    assert run.record.values == 2


SECONDS = Form("X.value", (), "", "s", (), ())


@given(days=st.integers(0, 99), hours=st.integers(0, 99), minutes=st.integers(0, 99), seconds=st.integers(0, 99))
def test_durations_are_so_many_seconds(days: int, hours: int, minutes: int, seconds: int) -> None:
    whole = days * 86400 + hours * 3600 + minutes * 60 + seconds
    assert plain_number(f"P{days}DT{hours}H{minutes}M{seconds}S", SECONDS) == f"{whole} s"
    if minutes < 60 and seconds < 60:
        assert plain_number(f"{hours}:{minutes:02}:{seconds:02}", SECONDS) == f"{whole - days * 86400} s"


@given(whole=st.integers(0, 10**6), decimals=st.text("0123456789", min_size=1, max_size=6))
def test_a_comma_before_other_than_three_digits_is_a_decimal_one(whole: int, decimals: str) -> None:
    text = f"{whole},{decimals}"
    if len(decimals) != 3 or not 0 < whole < 1000:
        assert plain_number(text, SECONDS) == text.replace(",", ".")
    else:
        with pytest.raises(NotRead):
            plain_number(text, SECONDS)


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        *((f"207 {unit}", "D609") for unit in ("kv", "KV", "kV rms", "kV AC", "kilovolts")),
        ("2.07e2 kV", "D609"),
        ({"value": 207, "unit": "10 V"}, "D609"),
        ({"value": 2070, "unit": "0.1 V"}, ""),
        ({"value": 207, "unit": 35}, ""),
        ({"value": 207, "unit": 255}, ""),
        *(({"value": 207, "unit": unit}, "D606") for unit in (33, 30)),
        *(({"value": 207, "unit": unit}, "D602") for unit in (["A"], True, {"x": 1}, 2.5, 99, 254)),
    ],
)
def test_a_unit_in_any_spelling_is_looked_at(value: object, rule: str) -> None:
    found = judge({SAG: value}, "current").rules
    assert found == ([rule] if rule else [])


@pytest.mark.parametrize("key", ["unit", "Unit", "units", "uom", "unit_of_measure"])
def test_a_unit_counts_whatever_else_stands_beside_it(key: str) -> None:
    run = judge({OFFSET: {"value": 30, key: "min", "comment": "x"}}, "current")
    assert run.rules == ["D501"]
    assert judge({OFFSET: {"value": 30, key: "min", "colour": "x"}}, "current").rules == ["D601", "D501"]


@pytest.mark.parametrize("scale", [{"scaler": -1}, {"multiplier": 10}, {"Scale factor": "0.1"}, {"divisor": 10}])
def test_a_number_that_something_scales_is_not_judged_as_it_stands(scale: dict[str, object]) -> None:
    for document in ({SAG: {"value": 207, "unit": "V", **scale}}, [{"name": SAG, "value": 207, "unit": "V", **scale}]):
        assert "scaled or not" in judge(document, "current").finding("D602").message
    assert judge([{"name": SAG, "value": "207 V", **scale}], "current").rules == []
    assert judge([{"name": SAG, "value": 207, "scaler": 0, "multiplier": 1}], "current").rules == []


def test_members_of_a_record_that_are_not_read_are_named() -> None:
    records = [
        {"name": SAG, "value": 253, "min": 300, "default": -5, "phase": "L2", "comment": "x"},
        {"name": OFFSET, "value": 1900, "status": "withdrawn"},
    ]
    run = judge(records, "current")
    assert run.rules == []
    named = [one.split('"')[1] for one in run.record.not_read]
    assert sorted(named) == sorted(["min", "default", "phase", OFFSET])
