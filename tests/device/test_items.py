"""One value of a data item against the other specifications: what must be found, and what must stay silent."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xml_documents import context_for

from gbcscheck.device.context import Choices, load_context
from gbcscheck.device.items.judge import ItemJudge, item_judge
from gbcscheck.device.model import Problem
from gbcscheck.domains import NONE, BitString, Domain, TimeValue
from gbcscheck.evidence.reading import set_of

PERIOD = "MaximumDemandConfigurableTimePeriod.entries[*]"
CALORIFIC = "GCS23/Command/PublishCalorificValue/Calorific Value (UINT32)"
ACTIVATION = "ECS28a/LoadLimitSupplyState.activate_passive_value_time"


@pytest.fixture(scope="module")
def judge() -> ItemJudge:
    return item_judge(context_for().catalogue)


def told(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(problem.rule.code, problem.severity or problem.rule.severity) for problem in problems]


# --- what a device holds ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("week", [BitString("1111100"), BitString("11111000"), b"\xf8"])
def test_week_days_other_than_the_constant_are_an_error(week: object) -> None:
    before = item_judge(context_for("before-mp131").catalogue)
    (problem,) = before.on_device(f"{PERIOD}.exec_weekdays", week)
    assert told((problem,)) == [("D504", "error")]
    assert "Monday to Friday" in problem.message
    assert "every day" in problem.suggestion
    use_case = problem.statements[0]
    assert (use_case.subject, use_case.specification.version) == (f"ECS37/{PERIOD}.exec_weekdays", "3.1")
    assert use_case.place.cell == "K673"
    assert [one.specification.name for one in problem.statements] == ["GBCS", "SMETS2"]
    assert problem.why.count("Table 28d gives the device's value as the default (synthetic)") == 1


@pytest.mark.parametrize("release", ["", "before-mp131", "after-mp131"])
@pytest.mark.parametrize(
    ("element", "value"),
    [
        ("exec_weekdays", BitString("1111111")),
        ("exec_weekdays", b"\xfe"),
        ("begin_date", bytes.fromhex("000001FFFF")),
        ("end_date", bytes.fromhex("FFFFFFFFFF")),
        ("enable", True),
        ("script_logical_name", bytes.fromhex("00000A8064FF")),
        ("exec_specdays", BitString("")),
        ("validity_window", 0xFFFF),
        ("index", 0),
        ("index", 7),
        ("script_selector", 2),
        ("switch_time", bytes.fromhex("11000000")),
        ("switch_time", TimeValue(17, 0, 0, 0xFF)),
    ],
)
def test_the_constants_and_every_time_of_day_are_silent(release: str, element: str, value: object) -> None:
    assert item_judge(context_for(release).catalogue).on_device(f"{PERIOD}.{element}", value) == ()


@pytest.mark.parametrize(
    ("item", "value", "expected"),
    [
        (f"{PERIOD}.begin_date", bytes.fromhex("FFFFFFFFFF"), [("D504", "error")]),
        (f"{PERIOD}.enable", False, [("D504", "error")]),
        (f"{PERIOD}.switch_time", bytes.fromhex("110000"), [("D503", "error")]),
        (f"{PERIOD}.switch_time", bytes.fromhex("19000000"), [("D505", "error")]),
        (f"{PERIOD}.switch_time", TimeValue(25, 0, 0, 0), [("D505", "error")]),
        (
            f"{PERIOD}.switch_time",
            bytes.fromhex("11FF0000"),
            [("D505", "error"), ("D501", "warning"), ("D502", "warning")],
        ),
        ("RandomisedOffsetLimit.value", 70000, [("D503", "error")]),
        ("RandomisedOffsetLimit.value", 1800, [("D501", "warning")]),
        ("RandomisedOffsetLimit.value", 1799, []),
        ("RMSVoltageSagThreshold.threshold_normal", 216, []),
        ("RMSVoltageSagThreshold.threshold_normal", -1, [("D503", "error")]),
        ("SupplyState.execute.data", 52, []),
        ("SupplyState.execute.data", 1, []),
        ("AuxiliaryController[1].value", "", []),
        ("LoadLimitCounter.scaler_unit.unit", 27, [("D504", "error")]),
        ("LoadLimitCounter.scaler_unit.unit", 255, []),
        ("StandingCharge.unit_charge_passive.commodity_reference.class_id", 3, [("D504", "warning")]),
        ("StandingCharge.unit_charge_passive.commodity_reference.class_id", 0, []),
        ("nothing of that name", 5, []),
    ],
)
def test_held(judge: ItemJudge, item: str, value: object, expected: list[tuple[str, str]]) -> None:
    assert told(judge.on_device(item, value)) == expected


def test_a_default_is_no_constraint() -> None:
    """Table 28d before MP131 has another default than the constant; the constant itself stays silent."""
    catalogue = context_for("before-mp131").catalogue
    (default,) = catalogue.about(f"{PERIOD}.exec_weekdays", "default")
    assert default.domain != "0b1111111"
    assert item_judge(catalogue).on_device(f"{PERIOD}.exec_weekdays", BitString("1111111")) == ()


# --- what commands and responses carry -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("subject", "value", "expected"),
    [
        ("ECS38/RandomisedOffsetLimit.value", 1800, [("D501", "warning")]),
        ("ECS38/RandomisedOffsetLimit.value", 1799, []),
        (f"ECS37/{PERIOD}.switch_time", bytes.fromhex("11000000"), []),
        (f"ECS37/{PERIOD}.switch_time", TimeValue(17, 30, 0, 25), []),
        (f"ECS37/{PERIOD}.switch_time", bytes.fromhex("FF000000"), [("D501", "warning")]),
        (f"ECS37/{PERIOD}.exec_weekdays", BitString("1111100"), []),
        (ACTIVATION, bytes.fromhex("0000000000000000008000FF"), []),
        (ACTIVATION, bytes.fromhex("FFFFFFFFFFFFFFFFFF8000FF"), []),
        (ACTIVATION, bytes.fromhex("07E30C1FFF09000000800000"), []),
        (ACTIVATION, bytes.fromhex("07E30C1FFFFF0000008000FF"), [("D501", "warning")]),
        ("ECS28a/LoadLimitSupplyState.value_passive", 0xFF, []),
        (CALORIFIC, 4294967295, []),
        ("GCS24a/Command/SetSupplyStatus/SupplyTamper State (ENUM8)", 1, [("D501", "warning")]),
        ("GCS24a/Command/SetSupplyStatus/SupplyTamper State (ENUM8)", 3, []),
        ("ECS01a/nothing", 1, []),
    ],
)
def test_sent(judge: ItemJudge, subject: str, value: object, expected: list[tuple[str, str]]) -> None:
    assert told(judge.sent(subject, value)) == expected


@pytest.mark.parametrize(
    ("subject", "value", "expected"),
    [
        (f"ECS18b/{PERIOD}.switch_time", bytes.fromhex("0C000000"), []),
        (f"ECS18b/{PERIOD}.switch_time", bytes.fromhex("0CFF0000"), [("D502", "warning")]),
        ("ECS26b/RMSVoltageSagThreshold.threshold_normal", 4294967295, []),
        ("ECS18b/MaximumDemandActiveEnergyImportValue.capture_time", bytes.fromhex("07DE0C1FFF091E00008000FF"), []),
        ("GCS21a/UncontrolledGasFlowRate.value", 5, []),
        ("ECS01a/nothing", 1, []),
    ],
)
def test_read(judge: ItemJudge, subject: str, value: object, expected: list[tuple[str, str]]) -> None:
    assert told(judge.read(subject, value)) == expected


def test_links_that_no_message_proves_say_so_and_are_no_error(judge: ItemJudge) -> None:
    (problem,) = judge.sent("ECS38/RandomisedOffsetLimit.value", 1800)
    assert "rests on names" in problem.why
    assert problem.statements[0].place.line


def test_what_was_judged_before_is_the_same(judge: ItemJudge) -> None:
    first = judge.sent("ECS38/RandomisedOffsetLimit.value", 1800)
    assert judge.sent("ECS38/RandomisedOffsetLimit.value", 1800) is first
    assert judge.sent("ECS28a/LoadLimitSupplyState.value_passive", True) == ()
    assert judge.sent("ECS28a/LoadLimitSupplyState.value_passive", 1) == ()


def test_one_judge_for_a_release() -> None:
    assert item_judge(context_for().catalogue) is item_judge(context_for().catalogue)
    assert item_judge(context_for().catalogue) is not item_judge(context_for("before-mp131").catalogue)


class Thorough(ItemJudge):
    """The judge without its shortcut for values that are in every set."""

    def _fitting(self, how: str, subject: str) -> list[Domain]:
        return [NONE]


def numbers() -> st.SearchStrategy[str]:
    """Names of data items that are mostly numbers."""
    endings = (".value", ".threshold_normal", ".index")
    return st.sampled_from([name for name in context_for().catalogue.items if name.endswith(endings)])


@given(
    st.deferred(numbers),
    st.one_of(st.integers(-2, 2**33), st.sampled_from([0, 255, 256, 1799, 1800, 65535, 65536, 2**32 - 1, 2**32])),
)
def test_the_shortcut_changes_nothing(item: str, value: int) -> None:
    catalogue = context_for().catalogue
    quick, slow = item_judge(catalogue), _thorough()
    assert quick.on_device(item, value) == slow.on_device(item, value)
    for row in catalogue.items[item].rows:
        assert quick.sent(row.subject, value) == slow.sent(row.subject, value)
        assert quick.read(row.subject, value) == slow.read(row.subject, value)


@cache
def _thorough() -> ItemJudge:
    return Thorough(context_for().catalogue)


# --- a specification of the user's own -------------------------------------------------------------------------------

LIMITS = {
    "ECS34": ("LowMediumPowerThreshold.thresholds[1].threshold", "100..5000", 6000),
    "ECS29a": ("RMSVoltageSagThreshold.threshold_normal", "180..230 V", 170),
}


@pytest.fixture
def limited(tmp_path: Path) -> Callable[[str], ItemJudge]:
    def with_limit(use_case: str) -> ItemJudge:
        item, domain, _ = LIMITS[use_case]
        extract = {
            "specification": "SMETS2",
            "version": "made up",
            "part": "limits",
            "provenance": "synthetic",
            "statements": [{"subject": item, "attribute": "permitted", "domain": domain, "clause": "5.7"}],
        }
        path = tmp_path / "limits.json"
        path.write_text(json.dumps(extract), "utf-8")
        return item_judge(load_context(Choices(), specs=[path]).catalogue)

    return with_limit


@pytest.mark.parametrize(("use_case", "severity"), [("ECS34", "error"), ("ECS29a", "warning")])
def test_what_another_specification_permits(limited: Callable[[str], ItemJudge], use_case: str, severity: str) -> None:
    """A unit that only one side states has to be assumed: the finding is a warning then."""
    item, _, value = LIMITS[use_case]
    judge = limited(use_case)
    for problems in (judge.sent(f"{use_case}/{item}", value), judge.on_device(item, value)):
        assert told(problems) == [("D505", severity)]
        assert problems[0].statements[0].clause == "5.7"
    assert judge.sent(f"{use_case}/{item}", 200) == judge.on_device(item, 200) == ()


def test_a_list_of_different_entries_is_no_set_and_is_left_open(judge: ItemJudge) -> None:
    assert set_of((1, 2)) is None
    assert judge.on_device("RMSVoltageSagThreshold.threshold_normal", (1, 2)) == ()
