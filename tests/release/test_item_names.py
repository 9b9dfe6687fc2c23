"""Names of data items as people write them: which items they stand for, and what one that stands for none may mean."""

from __future__ import annotations

import pytest

from gbcscheck.facts.item_names import item_names
from gbcscheck.near_names import plain
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.item_names import MOST_SEARCHED, ItemNames, head_and_element
from gbcscheck.release.releases import load_release

PERIOD = "Maximum Demand Configurable Time Period"
ITEM = "MaximumDemandConfigurableTimePeriod"

NAMES = {
    "RMS Voltage Sag Threshold": "RMSVoltageSagThreshold.threshold_normal",
    "rms_voltage_sag_threshold": "RMSVoltageSagThreshold.threshold_normal",
    "RMS Voltage Sag Threshold.Threshold": "RMSVoltageSagThreshold.threshold_normal",
    "RMS Voltage Sag Measurement Period.Duration": "RMSVoltageSagMeasurementPeriod.min_over_threshold_duration",
    "Average RMS Over Voltage Threshold (Phase 1)": "(Phase[1])AverageRMSOverVoltageThreshold.value",
    "Phase 2 Average RMS Over Voltage Threshold": "(Phase[2])AverageRMSOverVoltageThreshold.value",
    "Average RMS Over Voltage Threshold[3]": "(Phase[3])AverageRMSOverVoltageThreshold.value",
    "Load Limit Period": "LoadLimitPeriod(Timer).min_over_threshold_duration",
    "Load Limit Period (Timer)": "LoadLimitPeriod(Timer).min_over_threshold_duration",
    "Load Limit Restoration Period": "LoadLimitRestorationPeriod(Timer).min_under_threshold_duration",
    "Load Limit Power Threshold": "LoadLimitPowerThreshold.threshold_normal",
    "Load Limit Supply State": "LoadLimitSupplyState.value_active",
    "Randomised Offset Limit": "RandomisedOffsetLimit.value",
    "Uncontrolled Gas Flow Rate": "UncontrolledGasFlowRate.value",
    "Uncontrolled Gas Flow Rate.Stabilisation Period": "UncontrolledGasFlowRate.stabilisationPeriod",
    f"{PERIOD}.Days": f"{ITEM}.entries[*].exec_weekdays",
    f"{PERIOD}.Week days": f"{ITEM}.entries[*].exec_weekdays",
    f"{PERIOD}.Begin date": f"{ITEM}.entries[*].begin_date",
    f"{PERIOD}.End date": f"{ITEM}.entries[*].end_date",
    f"{PERIOD}.Enabled": f"{ITEM}.entries[*].enable",
    f"{PERIOD}.Start": f"{ITEM}.entries[1].switch_time",
    f"{PERIOD}.End": f"{ITEM}.entries[2].switch_time",
    f"{PERIOD}.switch_time": f"{ITEM}.entries[*].switch_time",
    "Max Demand Period.Start time": f"{ITEM}.entries[1].switch_time",
}


@pytest.fixture(scope="module")
def current() -> Catalogue:
    """The newest parts that ship."""
    return Catalogue.of(load_release("current"))


@pytest.mark.parametrize(("written", "name"), NAMES.items())
def test_a_name_stands_for_one_item(current: Catalogue, written: str, name: str) -> None:
    assert current.item_names.match(written) == (name,)


def test_a_name_without_a_phase_is_that_of_each(current: Catalogue) -> None:
    named = current.item_names.match("Average RMS Over Voltage Threshold")
    assert named == tuple(f"(Phase[{phase}])AverageRMSOverVoltageThreshold.value" for phase in (1, 2, 3))


@pytest.mark.parametrize(
    ("written", "element"),
    [
        (PERIOD, f"{ITEM}.entries[*].exec_weekdays"),
        ("Load Limit Period.passive", "LoadLimitPeriod(Timer).value_passive"),
        ("Debt Recovery Rates", "DebtRecoveryRates[2].period"),
    ],
)
def test_an_item_with_several_elements_has_choices(current: Catalogue, written: str, element: str) -> None:
    assert current.item_names.match(written) == ()
    assert element in current.item_names.elements(written)


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("Randomised Ofset Limit", "RandomisedOffsetLimit"),
        ("RMS Voltage Sagg Treshold", "RMSVoltageSagThreshold"),
        ("Max Demand Configurable Period", ITEM),
    ],
)
def test_a_name_that_is_not_known_has_near_ones(current: Catalogue, written: str, near: str) -> None:
    assert current.item_names.match(written) == ()
    assert current.item_names.elements(written) == ()
    assert near in current.item_names.near(written)


@pytest.mark.parametrize("written", ["Frequency of the Moon", "6.18.1", "ECS37", "0x8F35", f"ECS37/{ITEM}.Days", ""])
def test_what_is_no_item_is_not_taken_for_one(current: Catalogue, written: str) -> None:
    assert current.item_names.match(written) == ()


def test_the_dots_of_a_range_end_no_name() -> None:
    assert head_and_element("Matrix[1..4].entries[1..2].scale") == ("Matrix[1..4]", "entries[1..2].scale")


def test_every_element_that_has_other_names_is_one_of_the_release(current: Catalogue) -> None:
    last = {plain(name.rpartition(".")[2]) for name in current.items}
    assert set(item_names().holds) <= last
    for item, elements in item_names().own.items():
        for own in elements.values():
            assert current.item_names.match(f"{item}.{own.element}"), (item, own)


@pytest.mark.parametrize(
    ("subject", "holds"),
    [
        (f"{PERIOD}.Days", "days"),
        (f"{PERIOD}.entries[*].exec_weekdays", "days"),
        (f"{PERIOD}.entries[1].switch_time", "time"),
        (f"{PERIOD}.Start", "time"),
        (f"{PERIOD}.Start date", "date"),
        ("RMS Voltage Sag Measurement Period.Period", "duration"),
        ("RMS Voltage Sag Measurement Period.Value", ""),
        ("Some Other Item.Start", ""),
        ("Randomised Offset Limit", ""),
    ],
)
def test_the_name_of_an_element_says_what_it_holds(subject: str, holds: str) -> None:
    assert item_names().expected(subject) == holds


def test_near_names_are_looked_for_of_the_first_unknown_ones_alone() -> None:
    """Of a table of 10,000 unknown names each was held against every known one."""
    names = ItemNames(("RandomisedOffsetLimit.value",))
    asked = [f"RandomisedOffset{number}" for number in range(MOST_SEARCHED + 1)]
    found = [names.near(one) for one in asked]
    assert found == [("RandomisedOffsetLimit",)] * MOST_SEARCHED + [()]
    assert names.near(asked[0]) == ("RandomisedOffsetLimit",)
