"""Messages of use cases without a table, judged object by object."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from electricity_messages import changed, context_for, envelope_of, with_data

from gbcscheck.cosem.access import Payload, Request
from gbcscheck.cosem.axdr import Data, read_data
from gbcscheck.cosem.envelope import Envelope
from gbcscheck.device.context import Choices, load_context
from gbcscheck.device.electricity.objects import BASIS, OF_OBJECT, RESULTS_ALONE
from gbcscheck.device.message import judge_message
from gbcscheck.model.device_files import UNKNOWN as UNKNOWN_VALUE
from gbcscheck.model.device_files import JudgedFile

UNKNOWN = 0x4321
TARIFF = "ECS01a_1.1.1_IMMEDIATE_TOU_SUCCESS_COMMAND"


def judged(envelope: Envelope, code: int = UNKNOWN, use_case: str = "") -> JudgedFile:
    """The message under another message code, judged."""
    octets, at = bytearray(envelope.octets), envelope.other_information.offset
    octets[at : at + 2] = code.to_bytes(2, "big")
    context = load_context(Choices(use_case=use_case)) if use_case else context_for()
    return judge_message("a.hex", bytes(octets), context)


def rules(file: JudgedFile) -> list[str]:
    return [finding.rule for finding in file.findings]


def replaced(place: int, data: Data) -> Callable[[Payload], Payload]:
    return lambda payload: with_data(payload, place, data)


def test_messages_of_use_cases_without_a_table(corpus: Path) -> None:
    for name, basis in (("ECS30_6.8_SUCCESS_COMMAND", BASIS), ("ECS30_6.8_ERROR_RESPONSE", RESULTS_ALONE)):
        file = judge_message(name, envelope_of(corpus, name).octets, context_for())
        assert (file.judged, file.use_case, file.basis, file.findings) == (True, "ECS30", basis, ())


def test_every_command_is_right_object_by_object(corpus: Path) -> None:
    """What holds for an object whatever the use case holds for the use cases that have tables, too."""
    seen = 0
    for path in sorted((corpus / "rtds").glob("*/ECS*COMMAND_GBCS.HEX")):
        file = judged(envelope_of(corpus, path.name.removesuffix("_GBCS.HEX")))
        assert file.judged, path.name
        assert file.findings == (), path.name
        seen += 1
    assert seen > 150


def test_a_constant_of_one_use_case_is_none_of_another(corpus: Path) -> None:
    """ECS37 fixes the days of the week to all, and the number of entries."""
    envelope = envelope_of(corpus, "ECS37_6.18.1_SUCCESS_COMMAND")
    days, weekdays = bytes.fromhex("0407FE"), bytes.fromhex("0407F8")
    assert days in envelope.octets
    other = envelope._replace(octets=envelope.octets.replace(days, weekdays))
    assert rules(judge_message("a.hex", other.octets, context_for())) == ["D205", "D205"]
    assert rules(judged(other)) == []


ENTRY = ("120001", "03FF", "090600000A8064FF", "120001", "090411000000", "12FFFF", "0407FE", "0400", "0905000001FFFF")
END = "0905FFFFFFFFFF"


def entries(*parts: str) -> Data:
    """A schedule of one entry of these fields."""
    return read_data(bytes.fromhex(f"010102{len(parts):02X}" + "".join(parts)))


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (entries(*ENTRY, END), ""),
        (read_data(b"\x01\x00"), ""),  # how many entries there are is a matter of the use case
        (read_data(b"\x09\x01\x00"), "D203"),
        (entries(*ENTRY), "D209"),
        (entries(*ENTRY[:3], "1101", *ENTRY[4:], END), "D203"),
        (entries(*ENTRY[:4], "0903110000", *ENTRY[5:], END), "D204"),
        (entries(*ENTRY[:4], "090419000000", *ENTRY[5:], END), "D206"),
    ],
)
def test_what_is_wrong_by_every_use_case_is_found(corpus: Path, data: Data, rule: str) -> None:
    envelope = envelope_of(corpus, "ECS37_6.18.1_SUCCESS_COMMAND")
    assert rules(judged(changed(envelope, replaced(0, data)))) == ([rule] if rule else [])


def test_an_object_that_no_table_has_is_unknown_and_named(corpus: Path) -> None:
    envelope = envelope_of(corpus, "ECS30_6.8_SUCCESS_COMMAND")

    def other(payload: Payload) -> Payload:
        assert isinstance(payload, Request)
        (access,) = payload.accesses
        return payload._replace(accesses=(access._replace(name=b"\x00\x00\x63\x01\x02\xff"),))

    file = judge_message("a.hex", changed(envelope, other).octets, context_for())
    assert not file.judged
    assert file.reason == "no table at hand has the use case ECS30, nor any of the objects it names"
    assert "class 22 0-0:99.1.2.255 attribute 4" in file.not_read[0]
    assert {entry.verdict for entry in file.entries if entry.label == "object"} == {UNKNOWN_VALUE}


def test_what_is_sent_to_an_object_that_no_table_has_is_not_judged(corpus: Path) -> None:
    """Beside objects that tables have: it is named, counted apart, and none of the values that were judged."""
    envelope = envelope_of(corpus, TARIFF)
    known = judged(envelope)

    def other(payload: Payload) -> Payload:
        assert isinstance(payload, Request)
        first, *rest = payload.accesses
        return payload._replace(accesses=(first._replace(class_id=9001), *rest))

    file = judged(changed(envelope, other))
    assert (file.judged, known.unknown, len(file.not_read)) == (True, 0, 1)
    assert file.unknown > 0
    assert file.values + file.unknown == known.values
    assert sum(entry.verdict == UNKNOWN_VALUE for entry in file.entries) == file.unknown


def test_the_use_case_that_the_user_names_is_honoured_or_refused(corpus: Path) -> None:
    envelope = envelope_of(corpus, "ECS37_6.18.1_SUCCESS_COMMAND")
    named = judged(envelope, use_case="ecs37")
    assert (named.judged, named.use_case, named.basis, named.findings) == (True, "ECS37", "", ())
    assert "D201" in rules(judged(envelope, use_case="ECS30a"))
    other = judge_message("a.hex", envelope.octets, load_context(Choices(use_case="ECS30a")))
    assert other.problem is not None
    assert "--use-case says ECS30a, and the message is one of ECS37 (message code 0x004A)" in other.reason
    alert = envelope_of(corpus, "ECS28a_6.4.1_8F66_FUTURE_DATED_SUCCESS_ALERT_PERIOD")
    assert judge_message("a.hex", alert.octets, load_context(Choices(use_case="ECS28a"))).judged
    assert judge_message("a.hex", alert.octets, load_context(Choices(use_case="ECS37"))).problem is not None


def test_an_object_rests_on_the_tables_that_have_it_and_on_no_row_of_its_value(corpus: Path) -> None:
    file = judged(envelope_of(corpus, TARIFF))
    assert {entry.basis for entry in file.entries if entry.label == "object"} == {OF_OBJECT}
