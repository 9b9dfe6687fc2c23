"""Dates and times of day in calendars of gas messages."""

from __future__ import annotations

from pathlib import Path

import pytest
from gas_messages import context_for, envelope_of, findings_of

from gbcscheck.device.gas.dates import wrong_parts
from gbcscheck.device.gas.payloads import ENTRIES, entries_of
from gbcscheck.device.message import judge_message
from gbcscheck.model.device_files import WRONG

TARIFF = "GCS01a_1.1.1_IMMEDIATE_TOU_SUCCESS_COMMAND"
SEASON = bytes.fromhex("FF0314FF01FF0615FF02")
"""The two seasons of this command: 20 March and 21 June of any year."""


def wrong(name: str, octets: str) -> list[str]:
    return [f.message for entry in entries_of(ENTRIES[name], bytes.fromhex(octets)) or () for f in wrong_parts(entry)]


@pytest.mark.parametrize(
    ("octets", "message"),
    [
        ("FF0314FF01", ""),
        ("FFFFFFFF01", ""),
        ("72031D0601", ""),  # 29 March 2014, a Saturday
        ("70021DFF01", ""),  # 29 February 2012
        ("FF021DFF01", ""),
        ("FF0D20FF01", ""),  # the last day of the odd months
        ("FF041FFF01", "April has 30 days"),
        ("FF021EFF01", "February has 29 days"),
        ("73021DFF01", "February 2015 has 28 days"),
        ("7203140101", "20 March 2014 is a Thursday"),
        ("FF0014FF01", "no month has the number 0"),
        ("FF1014FF01", "no month has the number 16"),
        ("FF0300FF01", "no day of month has the number 0"),
        ("FF03140801", "no day of week has the number 8"),
    ],
)
def test_a_date(octets: str, message: str) -> None:
    for name in ("Season Entry", "Special Day Entry"):
        found = wrong(name, octets)
        assert len(found) == bool(message)
        assert all(message in one for one in found)


@pytest.mark.parametrize(("octets", "count"), [("000001", 0), ("9F0501", 0), ("A00501", 1), ("FFFF01", 1)])
def test_a_time_of_day(octets: str, count: int) -> None:
    assert len(wrong("Day Schedule Entries", octets)) == count


@pytest.mark.parametrize("tree", [True, False])
def test_a_command_with_a_season_that_begins_on_31_april(corpus: Path, tree: bool) -> None:
    envelope = envelope_of(corpus, TARIFF)
    assert envelope.octets.count(SEASON) == 1
    assert findings_of(envelope) == []
    octets = envelope.octets.replace(SEASON, bytes.fromhex("FF041FFF01") + SEASON[5:])
    file = judge_message("a.hex", octets, context_for(), tree=tree)
    place = f"octets {envelope.octets.index(SEASON) + 2}+1"
    assert [(one.rule, one.statements[0].source) for one in file.findings] == [("D310", place)]
    assert [entry.label for entry in file.entries if entry.verdict == WRONG] == (["day of month"] if tree else [])
