"""Numbers of COSEM objects in words: enumerations by name, values with their scaler and unit."""

from __future__ import annotations

from pathlib import Path

import pytest
from electricity_messages import context_for, envelope_of

from gbcscheck.cosem.axdr import Data
from gbcscheck.device.cosem_meanings import UNITS, enumerated, scaled
from gbcscheck.device.message import judge_message
from gbcscheck.device.wording import in_plain_words
from gbcscheck.model.device_files import FITS, Entry


def entry(label: str, subject: str, tag: int, value: int) -> Entry:
    return Entry(0, label, Data(tag, value, 0, 0), subject, FITS, "")


def register(scaler: int, unit: int, value: int = 5000, item: str = "ECS1/Price") -> list[Entry]:
    return [
        entry("value", f"{item}.value", 6, value),
        Entry(0, "scaler_unit", None, item, "", ""),
        entry("scaler", f"{item}.scaler_unit.scaler", 15, scaler),
        entry("unit", f"{item}.scaler_unit.unit", 22, unit),
    ]


@pytest.mark.parametrize(
    ("scaler", "unit", "told"),
    [(-5, 30, "0.05 Wh"), (0, 35, "5000 V"), (3, 27, "5000000 W"), (-5, 255, "0.05"), (-5, 99, "0.05")],
)
def test_a_register_with_its_scaler_and_unit(scaler: int, unit: int, told: str) -> None:
    assert scaled(register(scaler, unit)) == {0: told}


def test_a_number_without_scaler_or_unit_is_itself() -> None:
    assert scaled(register(0, 255)) == {0: ""}
    assert scaled([entry("value", "ECS1/Price.value", 6, 5000)]) == {}


def test_two_scalers_of_one_object_decide_nothing() -> None:
    assert scaled([*register(-5, 30), *register(-3, 30)]) == {}


def test_units_of_class_3_by_number() -> None:
    assert [UNITS[number] for number in (13, 27, 28, 29, 30, 31, 32, 33, 35, 44)] == [
        *("m3", "W", "VA", "var", "Wh", "VAh", "varh", "A", "V", "Hz")
    ]
    assert enumerated(Data(22, 255, 0, 0), "unit", "3") == "no unit"
    assert enumerated(Data(22, 99, 0, 0), "unit", "3") == ""
    assert enumerated(Data(22, 2, 0, 0), "payment_mode", "111") == "prepayment"
    assert enumerated(Data(22, 2, 0, 0), "payment_mode", "112") == ""
    assert enumerated(Data(17, 1, 0, 0), "payment_mode", "111") == ""


@pytest.mark.parametrize(
    ("name", "label", "told"),
    [
        ("ECS01a_1.1.1_IMMEDIATE_BLOCK_SUCCESS_COMMAND", "charge_per_unit", "20000 = 0.2"),
        ("ECS24b_4.11.2_SUCCESS_RESPONSE", "charge_per_unit", "10000 = 0.1 per 10^3 of the commodity"),
        ("ECS29b_6.5_SUCCESS_COMMAND", "threshold_normal", "287 V"),
        ("ECS29b_6.5_SUCCESS_COMMAND", "capture_period", "30 s"),
        ("ECS02_1.6_IMMEDIATE_SINGLE_SUCCESS_COMMAND", "payment_mode", "1 = credit"),
        ("ECS23_4.10_SUCCESS_RESPONSE", "unit", "255 = no unit"),
    ],
)
def test_numbers_of_real_messages(corpus: Path, name: str, label: str, told: str) -> None:
    context = context_for()
    found = in_plain_words(judge_message("a.hex", envelope_of(corpus, name).octets, context), context)
    assert next(entry.value for entry in found.entries if entry.label == label) == told
