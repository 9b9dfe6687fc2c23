"""What gurux-dlms saves of answers, read back: each value answered is among the readings of its attribute."""

from __future__ import annotations

from pathlib import Path

import pytest
from configuration_runs import context
from cosem_writing import write_data
from gurux_objects import Answers, made, octets, saved

from gbcscheck.cosem.axdr import BOOLEAN, Data, read_data
from gbcscheck.device.model import FileRecord
from gbcscheck.device.objects.judge import judge_cosem_objects
from gbcscheck.device.objects.layouts import LAYOUTS
from gbcscheck.inputs.xml_safe import parse_xml

NAME = "00000a0064ff"


def schedule_entry(selector: int, time: str, days: str = "0407fe", begin: str = "000001ffff") -> str:
    return (
        f"020a12{selector:04x}03ff{octets('00000a8064ff')}12{selector:04x}{octets(time)}12ffff{days}0400"
        f"{octets(begin)}{octets('ffffffffff')}"
    )


def action(time: str, selector: int) -> str:
    return f"0203{octets(time)}{octets(NAME)}12{selector:04x}"


CASES: list[tuple[str, str, Answers]] = [
    ("Data", "1.0.32.35.0.4", {2: "06000000ff"}),
    ("Data", "0.0.94.44.0.1", {2: "120707"}),
    ("Data", "0.0.96.1.0.255", {2: octets("00ff41")}),
    ("Data", "0.0.96.1.1.255", {2: "0a03414243"}),
    ("Data", "0.0.96.1.2.255", {2: "0407fe"}),
    ("Data", "0.0.96.1.3.255", {2: "0301"}),
    ("Data", "0.0.96.1.4.255", {2: f"0203110103ff{octets('4142')}"}),
    ("Data", "0.0.96.1.5.255", {2: "01020f010f80"}),
    ("Data", "0.0.96.1.6.255", {2: "1602"}),
    ("Data", "0.0.96.1.7.255", {2: "15ffffffffffffffff"}),
    ("Data", "0.0.96.1.8.255", {2: "05fffffffe"}),
    ("Register", "1.0.1.8.0.255", {3: "02020ffe161e", 2: "0600000019"}),
    ("Register", "1.0.2.8.0.255", {3: "02020f00161e", 2: "0600000019"}),
    ("ExtendedRegister", "1.0.1.6.0.255", {3: "02020f00161b", 2: "06000000ff", 5: octets("07e6020eff112233008000ff")}),
    ("ProfileGeneric", "1.0.99.1.0.255", {4: "0600000708", 8: "0600000100"}),
    ("Clock", "0.0.1.0.0.255", {2: octets("07e6020eff112233008000ff"), 3: "10003c", 4: "1101"}),
    ("Schedule", "0.0.12.0.0.255", {2: f"0102{schedule_entry(1, '11000000')}{schedule_entry(2, '160000ff')}"}),
    ("Schedule", "0.0.12.0.1.255", {2: f"0101{schedule_entry(1, '112233ff', '0407f8', 'ffff0b01ff')}"}),
    (
        "SpecialDaysTable",
        "0.0.11.0.0.255",
        {2: f"01020203120001{octets('ffff0c19ff')}11050203120002{octets('07e50101ff')}1106"},
    ),
    (
        "ActivityCalendar",
        "0.0.13.0.0.255",
        {
            3: f"01010203{octets('01')}{octets('ffff0101ffffffffff8000ff')}{octets('02')}",
            4: f"01010208{octets('02')}{'1101' * 7}",
            5: f"0101020211010102{action('00000000', 1)}{action('071e00ff', 2)}",
            10: octets("07e6020eff000000ff8000ff"),
        },
    ),
    ("RegisterMonitor", "0.0.16.0.0.255", {2: "010206000003e806000007d0"}),
    (
        "ActionSchedule",
        "0.0.15.0.0.255",
        {4: f"01020202{octets('00000000')}{octets('ffffff01ff')}0202{octets('10203000')}{octets('07e50b01ff')}"},
    ),
    ("DisconnectControl", "0.0.96.3.10.255", {2: "0301", 3: "1602", 4: "1604"}),
    (
        "Account",
        "0.0.19.0.0.255",
        {2: "020216011602", 13: octets("07e6020eff000000ff8000ff"), 16: "0500000007", 18: "120009"},
    ),
    ("Credit", "0.0.19.10.1.255", {2: "05ffffff9c", 9: "0500000100", 10: "0500000005"}),
    ("Charge", "0.0.19.20.1.255", {7: octets("07e6020eff000000ff8000ff"), 8: "0600015180", 13: "120064"}),
    ("Limiter", "0.0.17.0.1.255", {4: "060000011f", 5: "0600000001", 6: "060000001e", 7: "0600000000", 10: "0300"}),
    ("Clock", "0.0.1.0.1.255", {2: octets("07e6020eff11223300000000")}),
    ("Clock", "0.0.1.0.2.255", {2: octets("07e6020eff11223300ffc400")}),
    ("Clock", "0.0.1.0.3.255", {2: octets("07e6020eff11223300003c80")}),
]


@pytest.mark.parametrize(("kind", "name", "answers"), CASES, ids=[f"{kind} {name}" for kind, name, _ in CASES])
def test_the_answers_are_among_the_readings(kind: str, name: str, answers: Answers, tmp_path: Path) -> None:
    document = parse_xml(saved(tmp_path / "objects.xml", [made(kind, name, answers)]), where="objects.xml")
    (element,) = document.root
    lines = document.line_by_element()
    layout = LAYOUTS[f"GXDLMS{kind}"]
    by_number = {attribute.number: attribute for attribute in layout.attributes}
    for number, octets_ in answers.items():
        attribute = by_number[number]
        found = [one for tag in attribute.elements if (one := element.find(tag)) is not None]
        readings = [_truths(one) for one in attribute.read(found, lines).values]
        wanted = _truths(read_data(bytes.fromhex(octets_)))
        assert all(
            1 <= line <= document.text.count("\n") + 1 for line in _lines(attribute.read(found, lines).values[0])
        )
        assert _side_by_side(wanted, readings), f"attribute {number}: {write_data(wanted).hex()}"


def _truths(data: Data) -> Data:
    """The same value with every truth as 1, and without its place: TRUE is 0xFF on the wire and 1 in the XML."""
    value = data.value
    if data.tag == BOOLEAN:
        value = int(bool(value))
    if isinstance(value, tuple) and data.members:
        value = tuple(_truths(member) for member in data.members)
    return Data(data.tag, value, 0, 0)


def _lines(data: Data) -> list[int]:
    return [data.offset, *(line for member in data.members for line in _lines(member))]


def _side_by_side(wanted: Data, readings: list[Data]) -> bool:
    """Whether each value has a reading of its own that is the wanted one: readings of members stand side by side."""
    if not wanted.members:
        return wanted in readings
    if any(len(reading.members) != len(wanted.members) or reading.tag != wanted.tag for reading in readings):
        return False
    return all(
        _side_by_side(member, [reading.members[place] for reading in readings])
        for place, member in enumerate(wanted.members)
    )


def test_a_dump_of_a_conforming_meter_is_free_of_findings(tmp_path: Path) -> None:
    conforming = {"0.0.19.0.0.255", "0.0.19.10.1.255", "0.0.19.20.1.255"} | {
        "1.0.32.35.0.4",
        "0.0.94.44.0.1",
        "0.0.12.0.0.255",
        "0.0.16.0.0.255",
        "0.0.17.0.1.255",
        "0.0.13.0.0.255",
    }
    objects = [made(kind, name, answers) for kind, name, answers in CASES if name in conforming]
    record = FileRecord("objects.xml")
    content = saved(tmp_path / "objects.xml", objects)
    assert judge_cosem_objects("objects.xml", content, context("current"), record).reason == ""
    assert [(finding.rule, finding.message) for finding in record.findings] == []
    assert record.values >= 45


def test_a_dump_with_other_weekdays_is_not(tmp_path: Path) -> None:
    content = saved(tmp_path / "objects.xml", [made("Schedule", "0.0.12.0.0.255", CASES[17][2])])
    record = FileRecord("objects.xml")
    judge_cosem_objects("objects.xml", content, context("before-mp131"), record)
    assert {finding.subject.rpartition(".")[2] for finding in record.findings} == {"exec_weekdays", "begin_date"}
    assert all(finding.statements[0].source.startswith("line ") for finding in record.findings)
