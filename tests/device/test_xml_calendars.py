"""Calendars, dates and lists in requests and responses as wholes."""

from __future__ import annotations

from pathlib import Path

import pytest
from xml_documents import found, judge_request, judge_response, judged_request, request_text

from gbcscheck.model.device_files import WRONG

TARIFF = "ECS01a_1.1.1_IMMEDIATE_TOU_SUCCESS"
GAS = "GCS01a_1.1.1_IMMEDIATE_TOU_SUCCESS"
PREPAYMENT = "GCS05_2.1_IMMEDIATE_SUCCESS"

DAY, WEEK, SEASON = "ReferencedDayName", "ReferencedWeekName", "SeasonStartDate"
ERROR = "error"


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        (TARIFF, 'index="7">3<', 'index="7">9<', ("D212", ERROR, DAY)),
        (TARIFF, "<sr:ReferencedWeekName>2<", "<sr:ReferencedWeekName>3<", ("D212", ERROR, WEEK)),
        (TARIFF, "<sr:DayName>2<", "<sr:DayName>3<", ("D212", ERROR, DAY)),
        (TARIFF, "<sr:WeekName>2<", "<sr:WeekName>1<", ("D212", ERROR, "WeekName")),
        (TARIFF, "<sr:SeasonName>summer<", "<sr:SeasonName>winter<", ("D212", "warning", "SeasonName")),
        (TARIFF, 'index="7">3<', 'index="6">3<', ("D412", "warning", "@index")),
        (TARIFF, 'TOUPrice index="2"', 'TOUPrice index="01"', ("D412", "warning", "@index")),
        (TARIFF, "SpecifiedMonth>10<", "SpecifiedMonth>02<", None),
        (TARIFF, "SpecifiedDayOfMonth>29<", "SpecifiedDayOfMonth>31<", None),
        (GAS, "<sr:DayName>4<", "<sr:DayName>3<", ("D212", ERROR, "DayName")),
        (GAS, "SpecifiedDayOfMonth>20<", "SpecifiedDayOfMonth>31<", None),
        (PREPAYMENT, "<sr:GasDayName>3<", "<sr:GasDayName>2<", ("D212", ERROR, "GasDayName")),
        (PREPAYMENT, 'index="7">3<', 'index="6">3<', ("D412", "warning", "@index")),
    ],
)
def test_what_the_elements_of_a_request_say_together(
    corpus: Path, name: str, old: str, new: str, expected: tuple[str, str, str] | None
) -> None:
    text = request_text(corpus, name)
    assert old in text
    record, _ = judge_request(text.replace(old, new, 1))
    if expected is None:
        assert found(record) == []
        return
    assert expected in found(record)
    assert {rule for rule, *_ in found(record)} == {expected[0]}


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            TARIFF,
            ("SpecifiedMonth>10<", "SpecifiedDayOfMonth>27<"),
            ("SpecifiedMonth>11<", "SpecifiedDayOfMonth>31<"),
            "30",
        ),
        (TARIFF, ("SpecifiedMonth>03<",), ("SpecifiedMonth>02<",), "February 2015 has 28 days"),
        (
            GAS,
            ("SpecifiedMonth>6<", "SpecifiedDayOfMonth>21<"),
            ("SpecifiedMonth>4<", "SpecifiedDayOfMonth>31<"),
            "April",
        ),
        (
            TARIFF,
            ("<sr:NonSpecifiedDayOfWeek/>",),
            ("<sr:SpecifiedDayOfWeek>2</sr:SpecifiedDayOfWeek>",),
            "27 October 2014 is a Monday",
        ),
    ],
)
def test_a_date_that_there_is_not(
    corpus: Path, name: str, old: tuple[str, ...], new: tuple[str, ...], message: str
) -> None:
    text = request_text(corpus, name)
    for before, after in zip(old, new, strict=True):
        assert before in text
        text = text.replace(before, after, 1)
    judged = judged_request(corpus, name, text)
    (finding,) = judged.findings
    assert finding.rule == "D413"
    assert message in finding.message
    assert [entry.verdict for entry in judged.entries if entry.source == finding.statements[0].source] == [WRONG]


def test_a_date_in_full_of_the_right_day_of_the_week_is_one(corpus: Path) -> None:
    text = request_text(corpus, TARIFF).replace(
        "<sr:NonSpecifiedDayOfWeek/>", "<sr:SpecifiedDayOfWeek>1</sr:SpecifiedDayOfWeek>", 1
    )
    assert found(judge_request(text)[0]) == []


def test_a_special_day_names_a_day_of_its_own_calendar(corpus: Path) -> None:
    text = request_text(corpus, TARIFF)
    before, special, after = text.partition("<sr:SpecialDays>")
    changed = before + special + after.replace("<sr:ReferencedDayName>3<", "<sr:ReferencedDayName>4<", 1)
    assert found(judge_request(changed)[0]) == [("D212", ERROR, DAY)]


RESPONSE = """<ra:GBCSResponse xmlns:ra="http://www.dccinterface.co.uk/ResponseAndAlert" schemaVersion="5.4">
<ra:Body><ra:ResponseMessage><ra:SMETSData><ra:ReadTariffPrimaryElementRsp><ra:{meter}><ra:TariffSwitchingTable>
<ra:DayProfiles><ra:DayProfile><ra:{day}>1</ra:{day}></ra:DayProfile></ra:DayProfiles>
<ra:WeekProfiles><ra:WeekProfile><ra:WeekName>1</ra:WeekName>
<ra:{named} index="1">{monday}</ra:{named}></ra:WeekProfile></ra:WeekProfiles>
<ra:Seasons><ra:Season><ra:ReferencedWeekName>{week}</ra:ReferencedWeekName></ra:Season></ra:Seasons>
</ra:TariffSwitchingTable><ra:TariffSwitchingTableSpecialDays><ra:SpecialDay>
<ra:ReferencedDay>{special}</ra:ReferencedDay></ra:SpecialDay></ra:TariffSwitchingTableSpecialDays></ra:{meter}>
</ra:ReadTariffPrimaryElementRsp></ra:SMETSData></ra:ResponseMessage></ra:Body></ra:GBCSResponse>"""
"""A synthetic response: no MMC document of a calendar is published."""


@pytest.mark.parametrize(
    ("meter", "day", "named"), [("Gas", "DayName", "ReferencedDay"), ("Electricity", "Day", "ReferencedElecDay")]
)
@pytest.mark.parametrize("wrong", [None, "monday", "week", "special"])
def test_a_calendar_of_a_response_is_one(meter: str, day: str, named: str, wrong: str | None) -> None:
    numbers = {name: 2 if name == wrong else 1 for name in ("monday", "week", "special")}
    record, verdict = judge_response(RESPONSE.format(meter=meter, day=day, named=named, **numbers))
    assert verdict.reason == ""
    names = {"monday": named, "week": WEEK, "special": "ReferencedDay"}
    told = [name for rule, _, name in found(record) if rule == "D212"]
    assert told == ([names[wrong]] if wrong else [])
