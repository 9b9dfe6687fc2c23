"""Values of decoded files in plain words."""

from __future__ import annotations

import pytest

from gbcscheck.cosem.axdr import Data, read_data
from gbcscheck.device.context import Choices, Context, load_context
from gbcscheck.device.wording import in_plain_words, octets_in_words, plain
from gbcscheck.domains import DateTimeValue
from gbcscheck.model.device_files import FITS, Entry, JudgedFile

SCHEDULE = "ECS37/MaximumDemandConfigurableTimePeriod.entries[*]"


@pytest.fixture(scope="module")
def context() -> Context:
    """The release that ships, and nothing chosen."""
    return load_context(Choices())


def worded(context: Context, octets: str, label: str = "", subject: str = "") -> str:
    data: Data = read_data(bytes.fromhex(octets))
    entry = Entry(0, label, data, subject, FITS, "")
    file = JudgedFile("a.hex", "message", judged=True, use_case=subject.partition("/")[0], entries=(entry,))
    value = in_plain_words(file, context).entries[0].value
    assert isinstance(value, str)
    return value


@pytest.mark.parametrize(
    ("octets", "words"),
    [
        ("00", "null-data"),
        ("0300", "false"),
        ("03FF", "true"),
        ("12FFFF", "65535"),
        ("0FFF", "-1"),
        ("0405A8", "0b10101"),
        ("0400", "no bits"),
        ("0900", "no octets"),
        ("0902CAFE", "0xCAFE"),
        ("090441424344", '0x41424344 "ABCD"'),
        ("0A03414243", '"ABC"'),
        ("0C02C2A3", '"£"'),
        ("01020300 0301".replace(" ", ""), "array of 2"),
        ("020103FF", "structure of 1"),
    ],
)
def test_values_without_an_encoding(context: Context, octets: str, words: str) -> None:
    assert worded(context, octets) == words


@pytest.mark.parametrize(
    ("octets", "field", "words"),
    [
        ("0407F8", "exec_weekdays", "Monday to Friday"),
        ("0406F8", "exec_weekdays", "0b111110"),
        ("090416000000", "switch_time", "22:00:00"),
        ("0903160000", "switch_time", "0x160000"),
        ("0905FFFFFFFFFF", "end_date", "any date"),
        ("090600000A8064FF", "script_logical_name", "0-0:10.128.100.255"),
    ],
)
def test_a_row_s_encoding_is_put_into_words(context: Context, octets: str, field: str, words: str) -> None:
    assert worded(context, octets, field, f"{SCHEDULE}.{field}") == words


def test_many_octets_are_cut() -> None:
    assert octets_in_words(bytes(33)) == f"0x{'00' * 32}... (33 octets)"
    assert octets_in_words(b"ABC\n") == "0x4142430A"


def test_values_of_other_files() -> None:
    at_once = DateTimeValue.from_octets(bytes.fromhex("0000000000000000008000FF"))
    assert [plain(value) for value in (None, True, 7, "7", b"\x07", at_once)] == [
        "",
        "true",
        "7",
        "7",
        "0x07",
        "at once",
    ]
