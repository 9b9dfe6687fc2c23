"""GBCS messages within logs, dumps, tables, XML documents and behind one another."""

from __future__ import annotations

import base64
import gzip
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.device.captures import (
    Beside,
    Captured,
    NoMessage,
    captures_of,
    captures_of_octets,
    captures_of_xml,
)
from gbcscheck.device.context import Choices, Context, load_context
from gbcscheck.device.files import Argument, Kind, recognise, unpacked
from gbcscheck.device.hexfile import HexMessage
from gbcscheck.device.judge import JudgeOptions, judge_argument
from gbcscheck.errors import UnreadableSource
from gbcscheck.limits import OCTETS
from gbcscheck.model.device_files import JudgedFile

GROUPED = bytes.fromhex(
    "DF 09 01 00 00 00 00 00 00 00 01 08 90 B3 D5 1F 30 01 00 00 08 00 DB 12 34 56 78 90 A0 00 02 00 4A 01 00"
)
"""A message without MAC header: command, message code 0x004A, a payload of one octet, no signature."""
WITH_MAC = b"".join(
    (
        bytes.fromhex("DD 00 00 00 00 00 00"),
        bytes((len(GROUPED) + 17,)),
        bytes.fromhex("11 00 00 00 00"),
        GROUPED,
        bytes(12),
    )
)
"""The same behind a MAC header, with the code of it at the end."""


def with_payload(payload: bytes) -> bytes:
    """A message with a payload of at most 127 octets."""
    return GROUPED[:-2] + bytes((len(payload),)) + payload


STAMP = "2026-03-01T10:00:00.123Z host7 gateway[1234]: "


def octets_of(found: Sequence[Captured]) -> list[bytes]:
    return [one.octets for one in found if isinstance(one, HexMessage)]


# --- how it is written -----------------------------------------------------------------------------------------------


def canonical_dump(octets: bytes) -> str:
    """As ``hexdump -C`` writes: two groups of eight, the characters between bars, the last offset alone."""
    lines = []
    for at in range(0, len(octets), 16):
        part = octets[at : at + 16]
        groups = "  ".join(part[n : n + 8].hex(" ") for n in (0, 8))
        lines.append(f"{at:08x}  {groups:<48}  |{_characters(part)}|")
    return "\n".join([*lines, f"{len(octets):08x}", ""])


def xxd_dump(octets: bytes) -> str:
    """As ``xxd`` writes: pairs of octets, a colon behind the offset."""
    parts = ((at, octets[at : at + 16]) for at in range(0, len(octets), 16))
    return "".join(f"{at:08x}: {part.hex(' ', -2):<39}  {_characters(part)}\n" for at, part in parts)


def wireshark_dump(octets: bytes) -> str:
    """As Wireshark exports the octets of a packet: an offset of four digits, three blanks before the characters."""
    parts = ((at, octets[at : at + 16]) for at in range(0, len(octets), 16))
    return "".join(f"{at:04x}  {part.hex(' '):<47}   {_characters(part)}\n" for at, part in parts)


def od_dump(octets: bytes, *, shown: bool = True) -> str:
    """As ``od -A x -t x1z`` writes: an offset of six digits, the characters between angles; or ``-t x1``, without."""
    parts = ((at, octets[at : at + 16]) for at in range(0, len(octets), 16))
    lines = (f"{at:06x} {part.hex(' '):<47}" + (f"  >{_characters(part)}<" if shown else "") for at, part in parts)
    return "".join(f"{line.rstrip()}\n" for line in lines) + f"{len(octets):06x}\n"


def _characters(octets: bytes) -> str:
    return "".join(chr(one) if 32 <= one < 127 else "." for one in octets)


WRITTEN: dict[str, Callable[[bytes], str]] = {
    "log": lambda octets: f"{STAMP}RX {octets.hex()} len={len(octets)}\n",
    "log with blanks": lambda octets: f"{STAMP}> {octets.hex(' ').upper()}\n",
    "quoted": lambda octets: f'{{"time": 7, "data": "{octets.hex("-")}"}} # night\n',
    "prefixed": lambda octets: f"frame: {' '.join(f'0x{one:02X}' for one in octets)};\n",
    "base64": lambda octets: f"{STAMP}payload={base64.b64encode(octets).decode()}\n",
    "table": lambda octets: f"time,device,octets\n1,meter,{octets.hex(':')}\n",
    "hexdump -C": canonical_dump,
    "xxd": xxd_dump,
    "Wireshark": wireshark_dump,
    "od -t x1z": od_dump,
    "od -t x1": lambda octets: od_dump(octets, shown=False),
}


@pytest.mark.parametrize("write", WRITTEN.values(), ids=WRITTEN)
@pytest.mark.parametrize("octets", [GROUPED, WITH_MAC], ids=["grouped", "with MAC"])
def test_a_message_is_found_however_it_is_written(octets: bytes, write: Callable[[bytes], str]) -> None:
    text = write(octets)
    assert octets_of(list(captures_of(text, where="a.log"))) == [octets]
    assert recognise(text.encode(), "a.log") == Kind("message")


@given(
    payload=st.binary(max_size=100),
    forms=st.lists(st.sampled_from([name for name in WRITTEN if name != "table"]), min_size=1, max_size=5),
    noise=st.lists(
        st.sampled_from(["started\n", "-- 12 frames\n", "\n", "id 0123456789abcdef\n"]), min_size=5, max_size=5
    ),
)
def test_every_message_of_a_log_is_found_once_and_in_its_order(
    payload: bytes, forms: list[str], noise: list[str]
) -> None:
    """Whatever its payload is, and whatever stands between the lines."""
    octets = with_payload(payload)
    text = "".join(WRITTEN[form](octets) + beside for form, beside in zip(forms, noise, strict=False))
    assert octets_of(list(captures_of(text, where="a.log"))) == [octets] * len(forms)


@given(octets=st.binary(max_size=300) | st.binary(max_size=200).map(WITH_MAC.__add__))
def test_no_octets_are_lost_and_none_end_in_a_fault(octets: bytes) -> None:
    assert b"".join(captures_of_octets(octets, where="a")) == octets
    for write in WRITTEN.values():
        list(captures_of(write(octets), where="a"))


@given(text=st.text(alphabet="0123456789abcdefDF :-x,|*=+/\n\r\u0660", max_size=400))
def test_every_line_is_told_once(text: str) -> None:
    """As a line without a message, in a dump without one, or by what was found in it."""
    told = [
        range(one.line, one.last + 1) if isinstance(one, NoMessage) else range(one.line, one.line + 1)
        for one in captures_of(text, where="a")
        if not isinstance(one, UnreadableSource)
    ]
    lines = [line for each in told for line in each]
    assert len(lines) == len(set(lines))
    assert set(lines) <= set(range(1, text.count("\n") + 2))


def test_a_line_without_a_message_is_told_and_an_empty_one_is_not() -> None:
    text = f"started\n\n{STAMP}{GROUPED.hex()}\nid 0123456789abcdef0123456789abcdef0123456789abcdef\n"
    assert list(captures_of(text, where="a")) == [NoMessage(1, 1), HexMessage(GROUPED, 3), NoMessage(4, 4)]


def test_a_dump_of_something_else_is_one_thing_without_a_message() -> None:
    text = canonical_dump(b"Hello, this is no message of a meter at all.") + STAMP + GROUPED.hex()
    assert list(captures_of(text, where="a")) == [NoMessage(1, 4), HexMessage(GROUPED, 5)]


def test_the_star_of_a_dump_stands_for_lines_that_repeat() -> None:
    octets = with_payload(bytes(100))
    lines = canonical_dump(octets).splitlines()
    shown = [line for at, line in enumerate(lines) if at == 0 or line[8:] != lines[at - 1][8:]]
    starred = [*shown[:3], shown[3], "*", *shown[4:]]
    assert len(shown) < len(lines)
    assert octets_of(list(captures_of("\n".join(starred), where="a"))) == [octets]


def test_what_begins_as_a_message_and_is_cut_is_told_with_its_line() -> None:
    (first, second) = captures_of(f"{STAMP}{WITH_MAC[:40].hex()}\n{STAMP}{GROUPED.hex()}\n", where="a.log")
    assert isinstance(first, UnreadableSource)
    assert (first.where, "is not whole" in first.problem) == ("a.log:1", True)
    assert second == HexMessage(GROUPED, 2)


def test_base64_alone_may_be_broken_into_lines() -> None:
    """As the command ``base64`` writes it."""
    text = "\n" + base64.encodebytes(WITH_MAC).decode()
    assert list(captures_of(text, where="a")) == [HexMessage(WITH_MAC, 2)]
    assert recognise(text.encode(), "a") == Kind("message")


def test_octets_around_a_message_of_known_length_are_left_out() -> None:
    text = f"{STAMP}{'11' * 8}{WITH_MAC.hex()}{'22' * 6}\n"
    assert octets_of(list(captures_of(text, where="a"))) == [WITH_MAC]


def test_several_messages_of_one_line_are_several() -> None:
    text = f"{STAMP}{WITH_MAC.hex()} then {GROUPED.hex()}\n"
    assert octets_of(list(captures_of(text, where="a"))) == [WITH_MAC, GROUPED]


# --- octets and XML --------------------------------------------------------------------------------------------------


def test_messages_behind_one_another_are_told_apart_by_their_lengths() -> None:
    assert captures_of_octets(WITH_MAC * 3, where="a") == [WITH_MAC] * 3
    assert captures_of_octets(WITH_MAC + GROUPED, where="a") == [WITH_MAC, GROUPED]
    assert captures_of_octets(WITH_MAC + b"rest", where="a") == [WITH_MAC + b"rest"]
    assert captures_of_octets(b"", where="a") == []


@pytest.mark.parametrize("between", ["", "\n    ", "\r\n"])
def test_elements_with_base64_are_read_and_others_are_none(between: str) -> None:
    coded = base64.encodebytes(WITH_MAC).decode().replace("\n", between)
    other = base64.b64encode(b"A certificate, which is no message at all").decode()
    text = f'<Response>\n<Signature>{other}</Signature>\n<Body x="{GROUPED.hex()}">{between}{coded}</Body></Response>'
    (found,) = captures_of_xml(text, where="a")
    assert found == HexMessage(WITH_MAC, 3 + (1 if "\n" in between else 0))
    assert recognise(text.encode(), "a.xml") == Kind("message")


def test_a_response_without_a_message_is_none() -> None:
    assert recognise(b"<Response><ResponseCode>I0</ResponseCode></Response>", "a.xml").form == ""


# --- gzip ------------------------------------------------------------------------------------------------------------


def test_what_gzip_has_packed_is_unpacked_and_other_content_is_as_it_is() -> None:
    assert unpacked(gzip.compress(GROUPED), "a.gz") == GROUPED
    assert unpacked(GROUPED, "a") == GROUPED


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (gzip.compress(GROUPED)[:-9], "damaged"),
        (b"\x1f\x8b\x08" + bytes(20), "damaged"),
        (gzip.compress(b""), "is empty"),
    ],
    ids=["cut", "no gzip", "empty"],
)
def test_a_damaged_or_empty_archive_is_an_error(content: bytes, problem: str) -> None:
    with pytest.raises(UnreadableSource, match=problem):
        unpacked(content, "a.gz")


def test_no_more_is_unpacked_than_a_file_may_have() -> None:
    with pytest.raises(UnreadableSource, match="octets"):
        unpacked(gzip.compress(bytes(OCTETS.most + 1), 1), "a.gz")


# --- judged ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def context() -> Context:
    return load_context(Choices())


@pytest.fixture(scope="module")
def real(corpus: Path) -> list[bytes]:
    """Commands of the Reference Test Data Set that are judged."""
    names = ("ECS37_6.18.1_SUCCESS_COMMAND", "ECS28b_6.4.2_SUCCESS_COMMAND")
    paths = [next((corpus / "rtds").glob(f"*/{name}_GBCS.HEX")) for name in names]
    return [bytes.fromhex(path.read_text("ascii")) for path in paths]


def judged(path: Path, context: Context) -> tuple[JudgedFile, ...]:
    return judge_argument(Argument(str(path)), context, JudgeOptions())


def test_a_log_of_a_night_is_judged_line_by_line(context: Context, real: list[bytes], tmp_path: Path) -> None:
    path = tmp_path / "night.log"
    path.write_text("\n".join(["# night", f"{STAMP}{real[0].hex()}", "", canonical_dump(real[1])]))
    told = [(Path(one.path).name, one.use_case, one.judged, one.reason) for one in judged(path, context)]
    assert told == [
        ("night.log:1", "", False, "a line without a GBCS message"),
        ("night.log:2", "ECS37", True, ""),
        ("night.log:4", "ECS28b", True, ""),
    ]


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_messages_of_one_binary_file_are_judged_each(
    pack: Callable[[bytes], bytes], context: Context, real: list[bytes], tmp_path: Path
) -> None:
    path = tmp_path / "several.bin"
    path.write_bytes(pack(b"".join(real)))
    assert [(Path(one.path).name, one.use_case) for one in judged(path, context)] == [
        ("several.bin:1", "ECS37"),
        ("several.bin:2", "ECS28b"),
    ]


def test_a_response_of_the_broker_is_judged_by_the_message_that_it_holds(
    context: Context, real: list[bytes], tmp_path: Path
) -> None:
    path = tmp_path / "response.xml"
    coded = base64.b64encode(real[0]).decode()
    path.write_text(f"<sr:Response xmlns:sr='urn:x'>\n <sr:GBCSPayload>{coded}</sr:GBCSPayload>\n</sr:Response>")
    (one,) = judged(path, context)
    assert (one.use_case, one.judged) == ("ECS37", True)


# --- what is not whole is never passed over ---------------------------------------------------------------------------


def told_of(text: str) -> list[str]:
    """Each thing that is told of a text, in a word and its line."""
    words = {HexMessage: "message", UnreadableSource: "not whole", NoMessage: "none", Beside: "beside"}
    return [words[type(one)] for one in captures_of(text, where="a")]


@pytest.mark.parametrize("between", [" ", ",", "-", " tx "])
def test_a_second_message_that_is_cut_is_told(between: str) -> None:
    whole, cut = WITH_MAC.hex(), WITH_MAC[:-15].hex()
    assert told_of(f"{STAMP}{whole}{between}{cut}") == ["message", "not whole"]
    assert told_of(f"{STAMP}{cut}{between}{whole}") == ["not whole", "message"]


def test_a_second_message_with_a_sign_that_is_no_digit_is_told() -> None:
    assert told_of(f"{STAMP}tx={WITH_MAC.hex()} rx={WITH_MAC[:20].hex()}zz{WITH_MAC[21:].hex()}") == [
        "message",
        "not whole",
    ]


@pytest.mark.parametrize("sign", ["\u2026", "..."])
def test_octets_that_a_tool_shows_the_first_of_are_no_cut_message(sign: str) -> None:
    """As ``tshark -V`` (4.0.17) writes long octets."""
    assert told_of(f"    Data: {WITH_MAC[:36].hex()}{sign}") == ["none"]
    assert told_of(f"    Data: {WITH_MAC[:36].hex()}") == ["not whole"]


def test_octets_behind_a_message_are_told_and_cells_beside_it_are_not() -> None:
    assert told_of(f"{STAMP}{WITH_MAC.hex()}0000") == ["message", "beside"]
    assert told_of(f"12,{WITH_MAC.hex()},40,-7") == ["message"]
    assert told_of(f"{STAMP}{WITH_MAC.hex(' ')} 00 00") == ["message", "beside"]
    (_, beside) = captures_of(f"\n{WITH_MAC.hex()}00000000\n", where="a")
    assert (beside.line, beside.reason) == (2, "4 octets beside a GBCS message")


def test_the_message_within_one_that_is_cut_is_read_and_the_cut_told() -> None:
    assert told_of(f"{STAMP}{WITH_MAC[:-12].hex()}") == ["not whole", "message"]


def test_messages_without_a_mac_may_stand_behind_one_another() -> None:
    assert captures_of_octets(GROUPED + GROUPED + WITH_MAC, where="a") == [GROUPED, GROUPED, WITH_MAC]
    assert told_of(f"{STAMP}{(GROUPED + WITH_MAC).hex()}") == ["message", "message"]


def test_the_last_of_several_binary_messages_may_be_cut() -> None:
    (first, cut) = captures_of_octets(WITH_MAC + WITH_MAC[:-1], where="a")
    assert first == WITH_MAC
    assert isinstance(cut, UnreadableSource)
    assert f"octet {len(WITH_MAC)}" in cut.problem


def test_a_dump_without_one_of_its_lines_says_which() -> None:
    lines = canonical_dump(WITH_MAC).split("\n")
    (fault, *_) = captures_of("\n".join([*lines[:2], *lines[3:]]), where="a")
    assert isinstance(fault, UnreadableSource)
    assert "line 3 of the dump is at 0x30 where 0x20 was expected" in fault.problem


@pytest.mark.parametrize(
    "octets",
    [b"\xdf\x09" * 150_000, bytes.fromhex("dd00000000000081a4") * 30_000, bytes.fromhex("df09") + b"\x08" * 300_000],
    ids=["beginnings", "beginnings with a MAC", "lengths"],
)
@pytest.mark.parametrize("write", [bytes.hex, lambda octets: octets.hex(" ")], ids=["digits", "blanks"])
def test_many_beginnings_of_nothing_are_no_work(octets: bytes, write: Callable[[bytes], str]) -> None:
    began = time.process_time()
    assert not octets_of(list(captures_of(f"{STAMP}{write(octets)}", where="a")))
    assert time.process_time() - began < 3
