"""Elements that the sheet leaves to the ZigBee standard: their entries, and octets that are no entries."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from gas_messages import context_for, envelope_of, findings_of, gbz_of, judged, with_frame

from gbcscheck.cosem.envelope import Envelope
from gbcscheck.device.gas.payloads import ENTRIES, LOGS, entries_of
from gbcscheck.device.judge import judge_octets
from gbcscheck.evidence.house_rules import HouseRule, Within
from gbcscheck.model import Place
from gbcscheck.model.device_files import BRANCH, OPEN
from gbcscheck.model.rules import Rule
from gbcscheck.notation.canonical import parse_domain

TARIFF = "GCS01a_1.1.1_CANCELLATION_BLOCK_SUCCESS_COMMAND"
CALENDAR = "GCS05_2.1_IMMEDIATE_SUCCESS_COMMAND"
PRICES = "GCS01a/Command/PublishPriceMatrix/Price Matrix Sub-payload (Refer to ZigBee spec)"


def values_below(envelope: Envelope, element: str) -> list[tuple[str, object]]:
    """The parts of the entries of the elements of one name, with their values; the whole value of one without."""
    _, record = judged(envelope)
    return [
        (entry.subject.rpartition("[*].")[2], entry.value)
        for entry in record.entries
        if f"/{element} (" in entry.subject
    ]


@pytest.mark.parametrize(
    ("element", "octets", "expected"),
    [
        ("Day Schedule Entries", "000001E00100", [[0, 1], [480, 0]]),
        ("Season Entry", "FF0314FF01", [[255, 3, 20, 255, 1]]),
        ("Special Day Entry", "730405FF01", [[115, 4, 5, 255, 1]]),
        ("Block Threshold Sub-payload", "0201000000000002000000000011030000000000", [[2, 1, 2], [0x11, 3]]),
        ("Price Matrix Sub-payload", "0080250000", [[0, 9600]]),
        ("Season Entry", "", []),
    ],
)
def test_entries(element: str, octets: str, expected: list[list[int]]) -> None:
    found = entries_of(ENTRIES[element], bytes.fromhex(octets))
    assert found is not None
    assert [[piece.value for piece in entry] for entry in found] == expected
    pieces = [piece for entry in found for piece in entry]
    assert sum(piece.part.size for piece in pieces) == len(bytes.fromhex(octets))
    assert [piece.at for piece in pieces] == [sum(one.part.size for one in pieces[:n]) for n in range(len(pieces))]


@pytest.mark.parametrize("element", ENTRIES)
def test_octets_that_are_no_whole_number_of_entries_are_none(element: str) -> None:
    parts = ENTRIES[element]
    whole = bytes([1]) * (7 if element.startswith("Block") else sum(part.size for part in parts))
    assert entries_of(parts, whole) is not None
    for length in range(1, len(whole)):
        assert entries_of(parts, whole[:length]) is None
        assert entries_of(parts, whole + whole[:length]) is None


def test_a_log_has_an_octet_before_its_events_and_strings_in_them() -> None:
    octets = bytes.fromhex("00 04 0C8F 00F9351C 00 04 1C8F 2101361C 02 ABCD")
    found = entries_of(LOGS["Log Payload"], octets)
    assert found is not None
    assert [[piece.value for piece in entry] for entry in found] == [
        [0, 4, 0x8F0C, 0x1C35F900, b""],
        [4, 0x8F1C, 0x1C360121, b"\xab\xcd"],
    ]
    assert [piece.at + piece.size for piece in found[-1]][-1] == len(octets)
    for length in (*range(1, 9), *range(10, len(octets))):
        assert entries_of(LOGS["Log Payload"], octets[:length]) is None, length


def test_the_entries_of_a_tariff_are_told_each_with_its_octets(corpus: Path) -> None:
    envelope = envelope_of(corpus, TARIFF)
    assert values_below(envelope, "Price Matrix Sub-payload") == [
        piece
        for number, price in enumerate((9600, 10200, 10750, 11000))
        for piece in (("tier or block", number), ("price", price))
    ]
    thresholds = [value for _, value in values_below(envelope, "Block Threshold Sub-payload")]
    assert thresholds == [3, 1_000_000, 2_000_000, 3_000_000]
    assert values_below(envelope, "Season Entry")[:2] == [("year", 255), ("month", 3)]
    _, record = judged(envelope)
    at = next(place for place, entry in enumerate(record.entries) if entry.label == "Price Matrix Sub-payload")
    whole, first, block, price = record.entries[at : at + 4]
    assert (whole.verdict, first.verdict, block.verdict) == (BRANCH, BRANCH, OPEN)
    assert (first.label, first.depth, block.depth) == ("[1]", whole.depth + 1, whole.depth + 2)
    start = Place.parse("", whole.source).offset
    assert (block.source, price.source) == (f"octets {start}+1", f"octets {(start or 0) + 1}+4")


def test_the_same_elements_of_a_response(corpus: Path) -> None:
    found = values_below(envelope_of(corpus, "GCS21b_4.13_SUCCESS_RESPONSE"), "Day Schedule Entries")
    assert found[:2] == [("start time", 0), ("price tier or friendly credit", 1)]


def test_truncated_entries_stay_one_value_and_are_no_finding(corpus: Path) -> None:
    envelope = envelope_of(corpus, TARIFF)
    frame = gbz_of(envelope).components[-1].frame
    cut = with_frame(envelope, -1, frame[:-1].hex())
    assert findings_of(cut) == []
    assert values_below(cut, "Price Matrix Sub-payload") == [(PRICES, frame[-20:-1])]


def test_a_house_rule_on_a_part_of_an_entry(corpus: Path) -> None:
    rule = Rule("H1", "dearest", "joint", "error", "Is it so?", reads=("constant",))
    asked = HouseRule(
        rule, f"{PRICES}[*].price", "value", Within(parse_domain("0..10999")), "Guide 1", "rules/a.toml", 1
    )
    context = replace(context_for(), house=(asked,))
    (found,) = judge_octets("a", envelope_of(corpus, TARIFF).octets, "message", context)
    assert [finding.witness for finding in found.findings] == ["11000"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("FF0314FF01", "FF0314FF01", []),
        ("FF0314FF01", "730314FF01", []),  # 2015
        ("FF0314FF01", "730314FF02", [("week ID", "D212")]),  # the second week, of one
        ("FF0314FF01", "FF0314FF03", [("week ID", "D501"), ("week ID", "D212")]),
        ("FF0314FF01", "710D20FF01", [("year", "D501"), ("month", "D501"), ("day of month", "D501")]),
    ],
)
def test_a_part_that_no_request_can_set_is_found_at_its_octet(
    corpus: Path, old: str, new: str, expected: list[tuple[str, str]]
) -> None:
    envelope = envelope_of(corpus, TARIFF)
    frame = gbz_of(envelope).components[3].frame.hex().upper()
    assert frame.endswith(old)
    found = findings_of(with_frame(envelope, 3, frame.removesuffix(old) + new))
    assert [(one.subject.rpartition("[*].")[2], one.rule) for one in found] == expected
