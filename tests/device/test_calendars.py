"""Calendars as a whole: names of weeks and days that are not there, and identifiers that two have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from configuration_runs import context
from configuration_runs import judge as judge_configuration
from electricity_messages import changed, context_for, envelope_of, judged, replaced, rules_of, value
from gurux_objects import made, octets, saved

from gbcscheck.cosem.access import Payload, Request
from gbcscheck.cosem.axdr import Data
from gbcscheck.device.bare import judge_attribute_octets
from gbcscheck.device.calendars import Calendar, Mention, faults
from gbcscheck.device.context import Choices, load_context
from gbcscheck.device.message import judge_message
from gbcscheck.device.model import FileRecord
from gbcscheck.device.objects.judge import judge_cosem_objects
from gbcscheck.model.device_files import WRONG, JudgedFile

TARIFF = "ECS01a_1.1.1_IMMEDIATE_TOU_SUCCESS_COMMAND"
SEASONS, WEEKS, DAYS, SPECIAL = (20, "attribute 7"), (20, "attribute 8"), (20, "attribute 9"), (11, "attribute 2")


def mentions(*keys: int) -> list[Mention[int]]:
    return [Mention(key, f"number {place}", place) for place, key in enumerate(keys)]


def test_what_is_not_at_hand_is_not_missed() -> None:
    assert list(faults(Calendar(named_weeks=mentions(1, 2), named_days=mentions(7)))) == []
    (fault,) = faults(Calendar(named_weeks=mentions(1, 2), weeks=mentions(1)))
    assert (fault.mention.place, fault.message) == (1, "number 1 names week 2, and there is no such week")
    assert "(1)" in fault.suggestion
    assert len(list(faults(Calendar(named_weeks=mentions(1, 2), weeks=[])))) == 2


def test_each_identifier_stands_once() -> None:
    doubles = Calendar(mentions(1, 1), (), mentions(2, 2), (), mentions(3, 3, 3), mentions(4, 4))
    assert [fault.severity for fault in faults(doubles)] == ["", "", "", "", "warning"]
    assert list(faults(Calendar(mentions(1, 2), (), mentions(1, 2), (), mentions(1, 2), mentions(1, 2)))) == []


# --- messages --------------------------------------------------------------------------------------------------------


def place_of(payload: Payload, wanted: tuple[int, str]) -> int:
    assert isinstance(payload, Request)
    return next(
        number
        for number, access in enumerate(payload.accesses)
        if (access.class_id, access.member) == wanted and payload.data[number].members
    )


def with_value(attribute: tuple[int, str], route: tuple[int, ...], new: Data) -> Callable[[Payload], Payload]:
    def change(payload: Payload) -> Payload:
        place = place_of(payload, attribute)
        data = tuple(replaced(one, route, new) if number == place else one for number, one in enumerate(payload.data))
        return payload._replace(data=data)

    return change


@pytest.mark.parametrize(
    ("attribute", "route", "new", "message"),
    [
        (SEASONS, (0, 2), "090107", "season 1 names week 0x07, and there is no such week"),
        (WEEKS, (1, 7), "1109", "Sunday of week 2 names day 9, and there is no such day"),
        (WEEKS, (0, 1), "1100", "Monday of week 1 names day 0, and there is no such day"),
        (SPECIAL, (1, 2), "1108", "special day 2 names day 8, and there is no such day"),
        (DAYS, (1, 0), "1101", "day 2 is day 1, as one before it is"),
        (WEEKS, (1, 0), "090101", "week 2 is week 0x01, as one before it is"),
        (SPECIAL, (1, 0), "120001", "entry 2 is index 1, as one before it is"),
    ],
)
def test_one_change_of_a_tariff(
    corpus: Path, attribute: tuple[int, str], route: tuple[int, ...], new: str, message: str
) -> None:
    envelope = envelope_of(corpus, TARIFF)
    assert rules_of(judged(envelope)) == []
    found = judged(changed(envelope, with_value(attribute, route, value(new))))
    told = [finding for finding in found.findings if finding.rule == "D212"]
    assert message in [finding.message for finding in told]
    assert sum(entry.verdict == WRONG for entry in found.entries) >= len(told)


@pytest.mark.parametrize(
    ("attribute", "route", "new"), [(WEEKS, (0, 1), "1109"), (DAYS, (1, 0), "1101"), (SPECIAL, (1, 0), "120001")]
)
def test_what_a_calendar_names_belongs_to_no_use_case(
    corpus: Path, attribute: tuple[int, str], route: tuple[int, ...], new: str
) -> None:
    """A message of a code that no table has is judged object by object."""
    envelope = changed(envelope_of(corpus, TARIFF), with_value(attribute, route, value(new)))
    octets, at = bytearray(envelope.octets), envelope.other_information.offset
    octets[at : at + 2] = b"\x43\x21"
    file = judge_message("a.hex", bytes(octets), context_for())
    expected = [finding.message for finding in judged(envelope).findings if finding.rule == "D212"]
    assert [finding.message for finding in file.findings if finding.rule == "D212"] == expected != []


def test_a_message_that_has_no_list_of_days_says_nothing_of_them(corpus: Path) -> None:
    envelope = envelope_of(corpus, "ECS08a_2.1_IMMEDIATE_SUCCESS_COMMAND")
    assert "D212" not in rules_of(judged(changed(envelope, with_value(SPECIAL, (0, 2), value("1163")))))


@pytest.mark.parametrize(
    ("name", "attribute", "octets", "rules"),
    [
        ("0-1:11.0.0.255", "2", "01020203120001 0905FFFF0C19FF 1101 0203120001 0905FFFF0C1AFF 1101", ["D212"]),
        ("0-1:11.0.0.255", "2", "01020203120001 0905FFFF0C19FF 1101 0203120002 0905FFFF0C1AFF 1101", []),
        ("0-0:13.0.0.255", "8", f"01020208090101 {'1101' * 7} 0208090101 {'1102' * 7}", ["D212"]),
        ("0-0:13.0.0.255", "8", f"01020208090101 {'1101' * 7} 0208090102 {'1109' * 7}", []),  # no days at hand
    ],
)
def test_the_value_of_one_attribute(name: str, attribute: str, octets: str, rules: list[str]) -> None:
    choices = Choices(object=name, member=f"attribute {attribute}")
    file = judge_attribute_octets(bytes.fromhex(octets), load_context(choices), FileRecord("a.hex"))
    assert [finding.rule for finding in file.findings] == rules
    assert file.judged


# --- dumps -----------------------------------------------------------------------------------------------------------


def dump(tmp_path: Path, monday: int = 1, special: int = 1, week: str = "02", other_day: int = 3) -> FileRecord:
    """A calendar of one season, one week and the days 1 and another one, with one special day."""
    action = f"0203{octets('00000000')}{octets('00000a0064ff')}120001"
    answers = {
        3: f"01010203{octets('4142')}{octets('ffff0101ffffffffff8000ff')}{octets(week)}",
        4: f"01010208{octets('02')}11{monday:02x}{'1101' * 6}",
        5: f"0102020211010101{action}020211{other_day:02x}0101{action}",
    }
    days = {2: f"01010203120001{octets('ffff0c19ff')}11{special:02x}"}
    objects = [made("ActivityCalendar", "0.0.13.0.0.255", answers), made("SpecialDaysTable", "0.1.11.0.0.255", days)]
    record = FileRecord("objects.xml")
    judge_cosem_objects("objects.xml", saved(tmp_path / "o.xml", objects), context("current"), record)
    return record


def test_a_dump_whose_names_are_all_there(tmp_path: Path) -> None:
    assert dump(tmp_path).findings == []
    assert dump(tmp_path, monday=3, special=3).findings == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"monday": 2}, "Monday of week 1 names day 2, and there is no such day"),
        ({"special": 4}, "special day 1 names day 4, and there is no such day"),
        ({"week": "03"}, "season 1 names week 0x03, and there is no such week"),
        ({"other_day": 1}, "day 2 is day 1, as one before it is"),
    ],
)
def test_one_change_of_a_dump(tmp_path: Path, change: dict[str, int | str], message: str) -> None:
    record = dump(tmp_path, **change)  # type: ignore[arg-type]
    (finding,) = record.findings
    assert (finding.rule, finding.message) == ("D212", message)
    assert finding.statements[0].source.startswith("line ")
    assert [entry.verdict for entry in record.entries].count(WRONG) == 1


# --- gas -------------------------------------------------------------------------------------------------------------


def gas(corpus: Path, change: Callable[[bytearray], None] = lambda _: None) -> JudgedFile:
    """The tariff of the corpus for all times of use, with some octets changed."""
    envelope = envelope_of(corpus, "GCS01a_1.1.1_IMMEDIATE_TOU_SUCCESS_COMMAND")
    octets_ = bytearray(envelope.octets)
    change(octets_)
    return judge_message("gas.hex", bytes(octets_), context_for())


def octet_at(at: int, new: int) -> Callable[[bytearray], None]:
    def change(of: bytearray) -> None:
        of[at] = new

    return change


def place_of_label(found: JudgedFile, label: str, number: int = 0) -> int:
    sources = [entry.source for entry in found.entries if entry.label == label]
    return int(sources[number].removeprefix("octets ").partition("+")[0])


@pytest.mark.parametrize(
    ("label", "number", "new", "message"),
    [
        ("Day ID Ref Sunday", 1, 9, "Day ID Ref Sunday names day 9, and there is no such day"),
        ("week ID", 0, 3, "season 1 names week 3, and there is no such week"),
        ("day ID", 2, 5, "special day 3 names day 5, and there is no such day"),
        ("Day ID", 1, 1, "day 2 is day 1, as one before it is"),
        ("Week ID", 1, 1, "week 2 is week 1, as one before it is"),
    ],
)
def test_one_change_of_a_gas_tariff(corpus: Path, label: str, number: int, new: int, message: str) -> None:
    right = gas(corpus)
    assert [finding.rule for finding in right.findings] == []
    found = gas(corpus, octet_at(place_of_label(right, label, number), new))
    told = [finding for finding in found.findings if finding.rule == "D212"]
    assert message in [finding.message for finding in told]
    assert all(finding.severity == "error" for finding in told)


@pytest.mark.parametrize("label", ["Number of Seasons", "Number of Day Profiles", "Total Number of SpecialDays"])
def test_a_number_that_is_not_that_of_what_follows_is_a_note(corpus: Path, label: str) -> None:
    found = gas(corpus, octet_at(place_of_label(gas(corpus), label), 77))
    told = [finding for finding in found.findings if finding.rule == "D212"]
    assert [finding.severity for finding in told] == ["note"]
    assert told[0].message.startswith(f"{label} is 77, and there are ")


# --- configurations --------------------------------------------------------------------------------------------------


WEEK = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), 1)


def configuration(week: str = "0x01", sunday: object = 1, special: object = 1, name: str = "0x01") -> list[str]:
    items = {
        "TariffSwitchingTable": {
            "season_profile_passive": [
                {"season_profile_name": "0x41", "season_start": "2014-10-27T00:00:00", "week_name": week}
            ],
            "week_profile_table_passive": [{"week_profile_name": name, **WEEK, "sunday": sunday}],
            "day_profile_table_passive": [{"day_id": 1}, {"day_id": {"value": 3}}],
        },
        "TariffSwitchingTable(SpecialDays)": {"entries": [{"index": 1, "day_id": special}]},
    }
    run = judge_configuration({"items": items}, "current")
    return [finding.message for finding in run.findings if finding.rule == "D212"]


@pytest.mark.parametrize("change", [{}, {"sunday": 3}, {"sunday": "3"}, {"week": "01"}, {"special": {"value": 3}}])
def test_a_configuration_whose_names_are_all_there(change: dict[str, Any]) -> None:
    assert configuration(**change) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"sunday": 2}, "Sunday of week 1 names day 2, and there is no such day"),
        ({"sunday": {"value": 2}}, "Sunday of week 1 names day 2, and there is no such day"),
        ({"week": "0x02"}, "season 1 names week 0x02, and there is no such week"),
        ({"special": 9}, "special day 1 names day 9, and there is no such day"),
    ],
)
def test_one_change_of_a_configuration(change: dict[str, Any], message: str) -> None:
    assert configuration(**change) == [message]


def test_a_list_with_an_entry_that_has_no_name_says_nothing() -> None:
    days = {"week_profile_table_passive": [{**WEEK, "sunday": 2}], "day_profile_table_passive": [{"day_id": 1}, {}]}
    assert "D212" not in judge_configuration({"items": {"TariffSwitchingTable": days}}, "current").rules
