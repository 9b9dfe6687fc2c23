"""What values of gas messages mean: units, trailing digits, names of attributes, numbers, bits and alerts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gas_messages import envelope_of, judged
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.device.gas.meanings import bits_in_words, with_meanings
from gbcscheck.device.gas.value_names import BITS, NUMBERS
from gbcscheck.device.gas.values import Hexadecimal
from gbcscheck.device.gas.words import stated_words
from gbcscheck.device.wording import meaning_of
from gbcscheck.model.device_files import FITS, Entry, Meaning
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.releases import load_release


def told(corpus: Path, name: str) -> list[tuple[str, str]]:
    _, record = judged(envelope_of(corpus, name))
    return [(entry.label, str(entry.value)) for entry in record.entries]


def meanings(*values: tuple[str, Any]) -> dict[str, str]:
    entries = [Entry(1, label, value, "", FITS, "octets 0+1") for label, value in values]
    catalogue = Catalogue.of(load_release(None))
    return {entry.label: str(entry.value) for entry in with_meanings(entries, catalogue)}


def test_trailing_digits_and_units(corpus: Path) -> None:
    values = dict(told(corpus, "GCS23_6.6_SUCCESS_COMMAND"))
    assert values["Conversion Factor"] == "102264 (1.02264)"
    assert values["Conversion Factor Trailing Digit"] == "0x50 (5 digits behind the point)"
    assert values["Calorific Value"] == "400 (40.0 MJ/m3)"
    assert values["Calorific Value Unit"] == "0x01 (MJ/m3)"
    values = dict(told(corpus, "GCS01a_1.1.1_IMMEDIATE_TOU_SUCCESS_COMMAND"))
    assert values["Standing Charge"] == "22465 (0.22465 GBP)"
    assert values["Currency"] == "826 (GBP)"


def test_a_multiplier_and_a_divisor() -> None:
    values = (("Uncontrolled Flow Threshold", 15000), ("Multiplier", 1), ("Divisor", 10000))
    assert meanings(*values)["Uncontrolled Flow Threshold"] == "15000 (1.5000 m3/h)"
    assert meanings(*values[:2], ("Divisor", 0))["Uncontrolled Flow Threshold"] == "15000"


def test_attributes_are_named_and_their_values_with_them(corpus: Path) -> None:
    values = told(corpus, "GCS21m_6.2.4_SUCCESS_RESPONSE")
    assert ("Attribute Identifier", "0x0607 (supply tamper state)") in values
    assert ("Attribute Value", "0x03 (supply unchanged)") in values
    cluster, control = ("Extended Header Cluster ID", Hexadecimal(0x0700)), ("Frame control", Hexadecimal(0x08))
    values = [cluster, control, ("Attribute Identifier", Hexadecimal(0x0302)), ("Attribute Value", 102264)]
    entries = [Entry(1, label, value, "", FITS, "") for label, value in values]
    entries += [Entry(1, "Attribute Identifier", Hexadecimal(0x0303), "", FITS, "")]
    entries += [Entry(1, "Attribute Value", Hexadecimal(0x50), "", FITS, "")]
    found = with_meanings(entries, Catalogue.of(load_release(None)))
    assert str(found[3].value) == "102264 (1.02264)"
    assert meaning_of(found[3].value) == Meaning(102264, "1.02264", "")


def test_bits_and_numbers_have_names(corpus: Path) -> None:
    values = dict(told(corpus, "GCS02_1.6_IMMEDIATE_SUCCESS_COMMAND"))
    assert values["Proposed Payment Control Configuration"].startswith("0x0C94 (credit management enabled, ")


def test_the_events_of_a_log_have_names(corpus: Path) -> None:
    values = told(corpus, "CS10b_6.13_SUCCESS_RESPONSE")
    events = [value for label, value in values if label == "event ID"]
    assert len(events) == int(dict(values)["Total Number of Events"]) == 32
    assert events[0].startswith("0x8F0C (")
    assert ("log ID", "0x04 (security event log)") in values
    assert ("event data", "b''") in values


def test_alerts_have_names(corpus: Path) -> None:
    values = dict(told(corpus, "MIIWA-ZigBee_NA_81A0_ALERT"))
    assert values["Alert code"] == "0x81A0 (Smart Meter Integrity Issue - Warning)"


@given(st.integers(0, 0xFFFFFFFF))
def test_bits_are_named_whole_or_not_at_all(number: int) -> None:
    for masks in BITS.values():
        whole = sum(masks)
        words = bits_in_words(number, masks)
        assert bool(words) == bool(number & whole and not number & ~whole)


def test_the_masks_of_one_element_do_not_overlap() -> None:
    for masks in BITS.values():
        bits = [bit for mask in masks for bit in range(32) if mask >> bit & 1]
        assert len(bits) == len(set(bits))
    assert not set(NUMBERS) & set(BITS)


def test_a_number_has_the_words_of_its_row(corpus: Path) -> None:
    values = dict(told(corpus, "GCS02_1.6_IMMEDIATE_SUCCESS_COMMAND"))
    assert values["Cut Off Value"] == "-1 (do not change)"
    assert stated_words(["0x03 means UNCHANGED; 0x00 means LOCKED", "0 - 0xFFFF"]) == {3: "UNCHANGED", 0: "LOCKED"}
    assert stated_words(["Set to 0xFFFFFFFF to leave it unchanged"]) == {0xFFFFFFFF: "to leave it unchanged"}
