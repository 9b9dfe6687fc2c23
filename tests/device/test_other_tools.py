"""What other libraries make of legal octets (docs/other-tools.md), and what is found in what they made."""

from __future__ import annotations

from pathlib import Path

import pytest
from electricity_messages import changed, context_for, envelope_of, judged, replaced, rules_of, value, with_data
from gurux_objects import Answers, made, octets, saved
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shares import examples

from gbcscheck.cosem.access import Request
from gbcscheck.cosem.axdr import read_data
from gbcscheck.device.message import judge_message
from gbcscheck.device.objects.layouts import LAYOUTS
from gbcscheck.device.wording import in_plain_words
from gbcscheck.domains import DateValue
from gbcscheck.domains.cosem_calendar import weekday_of
from gbcscheck.inputs.xml_safe import parse_xml

WEEK, BEGIN = (0, 6), (0, 8)


@pytest.mark.parametrize(
    ("name", "route", "new", "rules"),
    [
        ("ECS37_6.18.1_SUCCESS_COMMAND", WEEK, "0407FE", []),
        ("ECS37_6.18.1_SUCCESS_COMMAND", WEEK, "0408FE", ["D204"]),
        ("ECS37_6.18.1_SUCCESS_COMMAND", BEGIN, "0905FFFF01FFFF", ["D205"]),
    ],
)
def test_values_written_again(corpus: Path, name: str, route: tuple[int, ...], new: str, rules: list[str]) -> None:
    envelope = envelope_of(corpus, name)

    def change(payload: Request) -> Request:
        return with_data(payload, 0, replaced(payload.data[0], route, value(new)))  # type: ignore[return-value]

    assert rules_of(judged(changed(envelope, change))) == rules  # type: ignore[arg-type]


def test_midnight_of_every_saturday_is_not_at_once(corpus: Path) -> None:
    envelope = envelope_of(corpus, "ECS28a_6.4.1_IMMEDIATE_SUCCESS_COMMAND")
    rules = []
    for new in ("090C" + "00" * 9 + "8000FF", "090C" + "00" * 12, "090CFFFFFFFF06000000008000FF"):
        found = judged(changed(envelope, lambda payload, new=new: with_data(payload, 4, value(new))))  # type: ignore[misc]
        rules.append(rules_of(found))
    assert rules == [[], [], ["D207"]]


def test_the_five_flags_of_a_status_are_named(corpus: Path) -> None:
    envelope, context = envelope_of(corpus, "ECS80_NA_8F36_ALERT"), context_for()
    now = bytes.fromhex("07DF0101FF000000008000FF")
    assert envelope.octets.count(now) >= 1
    flags = envelope.octets.replace(now, now[:-1] + b"\x8f")
    told = in_plain_words(judge_message("a.hex", flags, context), context)
    words = "clock status 0x8F (invalid, doubtful, another clock base, invalid clock status, summer time)"
    assert any(words in str(entry.value) for entry in told.entries)


# --- what gurux-dlms saves, against what was answered ----------------------------------------------------------------


def readings(path: Path, kind: str, name: str, answers: Answers, number: int) -> list[object]:
    document = parse_xml(saved(path / "objects.xml", [made(kind, name, answers)]), where="objects.xml")
    (element,) = document.root
    attribute = next(one for one in LAYOUTS[f"GXDLMS{kind}"].attributes if one.number == number)
    found = [one for tag in attribute.elements if (one := element.find(tag)) is not None]
    return [data.value for data in attribute.read(found, document.line_by_element()).values]


def field(low: int, high: int, *special: int) -> st.SearchStrategy[int]:
    return st.one_of(st.integers(low, high), st.sampled_from((*special, 0xFF)))


@st.composite
def moments(draw: st.DrawFn) -> bytes:
    """Date-times, in what no text holds as it is read: hundredths 0 or none, a status of three, the day of the week."""
    year = draw(st.sampled_from((0, 0xFFFF, 1999, 2020, 2024, 2100)))
    month, day = draw(field(1, 12, 0xFD, 0xFE)), draw(field(1, 28, 0xFD, 0xFE))
    own = weekday_of(DateValue(year, month, day, 0xFF))
    weekday = draw(st.sampled_from((own, 0xFF)) if own is not None else field(1, 7))
    time = (draw(field(0, 23)), draw(field(0, 59)), draw(field(0, 59)), draw(st.sampled_from((0, 0xFF))))
    deviation = draw(st.sampled_from((-0x8000, 0)) | st.integers(-720, 840))
    status = draw(st.sampled_from((0, 0xFF, 0x80) if deviation != -0x8000 else (0, 0xFF)))
    tail = deviation.to_bytes(2, "big", signed=True) + bytes((status,))
    return year.to_bytes(2, "big") + bytes((month, day, weekday, *time)) + tail


PATHS = settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@PATHS
@given(moments())
def test_a_moment_is_among_the_readings_of_what_is_saved_of_it(tmp_path: Path, moment: bytes) -> None:
    if moment[9:] == b"\x80\x00\x00" and moment[8] == 0xFF:
        moment = moment[:-1] + b"\xff"
    assert moment in readings(tmp_path, "Clock", "0.0.1.0.0.255", {2: octets(moment.hex())}, 2)


@PATHS
@given(
    st.sampled_from(((6, 4), (5, 4), (18, 2), (16, 2), (17, 1))), st.integers(-6, 6), st.binary(min_size=4, max_size=4)
)
def test_a_raw_value_is_what_is_read_of_a_saved_register(
    tmp_path: Path, type_: tuple[int, int], scaler: int, raw: bytes
) -> None:
    answer = bytes((type_[0],)) + raw[: type_[1]]
    answers = {3: f"02020f{scaler & 255:02x}161e", 2: answer.hex()}
    assert read_data(answer).value in readings(tmp_path, "Register", "1.0.1.8.0.255", answers, 2)
