"""Which data item a name in a configuration means."""

from __future__ import annotations

import pytest
from configuration_runs import MAXIMUM_DEMAND, context

from gbcscheck.device.configuration.names import Names, head_of, steps

NAMES = Names(context("current").catalogue)


def test_every_data_item_with_rows_is_found_under_its_own_name() -> None:
    items = [item.name for item in context("current").catalogue.items.values() if item.rows]
    lost = [name for name in items if (node := NAMES.find(name)) is None or node.item != name]
    assert len(items) > 800
    assert lost == []


@pytest.mark.parametrize(
    ("written", "item"),
    [
        ("RMSVoltageSagThreshold", "RMSVoltageSagThreshold.threshold_normal"),
        ("rms voltage sag threshold", "RMSVoltageSagThreshold.threshold_normal"),
        ("ECS29a/RMSVoltageSagThreshold.threshold_normal", "RMSVoltageSagThreshold.threshold_normal"),
        (f"{MAXIMUM_DEMAND}.exec_weekdays", f"{MAXIMUM_DEMAND}.entries[*].exec_weekdays"),
        (f"ECS37/{MAXIMUM_DEMAND}.entries[2].exec_weekdays", f"{MAXIMUM_DEMAND}.entries[*].exec_weekdays"),
        ("DebtRecoveryRates[1].period", "DebtRecoveryRates[1].period"),
        ("MediumHighPowerThreshold", "MediumHighPowerThreshold.thresholds[2].threshold"),
        ("Load Limit Period", "LoadLimitPeriod(Timer).min_over_threshold_duration"),
        ("Average RMS Over Voltage Threshold (Phase 2)", "(Phase[2])AverageRMSOverVoltageThreshold.value"),
        (f"{MAXIMUM_DEMAND}.Days", f"{MAXIMUM_DEMAND}.entries[*].exec_weekdays"),
    ],
)
def test_names_as_people_write_them(written: str, item: str) -> None:
    node = NAMES.find(written)
    assert node is not None
    only = node.only()
    assert only is not None
    assert only.item == item


@pytest.mark.parametrize(
    "written",
    ["", "date", "weekdays", "RMSVoltage", "ECS99/Time", f"{MAXIMUM_DEMAND}.entries[1].week", "6.18.1"],
)
def test_what_is_no_data_item(written: str) -> None:
    assert NAMES.find(written) is None


def test_an_item_with_several_elements_has_no_only_value() -> None:
    node = NAMES.find(MAXIMUM_DEMAND)
    assert node is not None
    assert node.only() is None
    entries = node.find("entries")
    assert entries is not None
    assert entries.is_free_list
    assert len(list(entries.leaves())) == 10


def test_entries_with_numbers_of_their_own() -> None:
    series = NAMES.find("DebtRecoveryRates")
    assert series is not None
    paths = [member.path for position in range(2) if (member := series.member(position)) is not None]
    assert paths == ["DebtRecoveryRates[1]", "DebtRecoveryRates[2]"]
    assert series.member(2) is None
    assert not series.is_free_list


def test_steps_and_heads() -> None:
    assert steps("nextDayIdentifiers[1..m].Time[1..n].startTime") == [
        ("nextDayIdentifiers", "1..m"),
        ("Time", "1..n"),
        ("startTime", ""),
    ]
    assert head_of("TariffThresholdMatrix[1..3].thresholdNext") == ("TariffThresholdMatrix[1..3]", "thresholdNext")
    assert head_of("(Phase[1])AverageRMSOverVoltageThreshold") == ("(Phase[1])AverageRMSOverVoltageThreshold", "")


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("AverageRMSVoltageMeasurementPeriod", "(Phase[1])AverageRMSVoltageMeasurementPeriod"),
        ("average RMS over voltage threshold", "(Phase[1])AverageRMSOverVoltageThreshold"),
        ("AverageRMSUnderVoltageThreshold.value", "(Phase[1])AverageRMSUnderVoltageThreshold.value"),
        ("(Phase[2])AverageRMSUnderVoltageThreshold", "(Phase[2])AverageRMSUnderVoltageThreshold"),
    ],
)
def test_an_item_without_its_phase_is_that_of_the_first(name: str, path: str) -> None:
    found = context("current").catalogue.once(Names).find(name)
    assert found is not None
    assert found.path == path
