"""Which judge a file goes to, what its envelope says, and what is told of a file that nobody judges."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from cosem_writing import write_envelope

from gbcscheck.cosem.envelope import read_envelope
from gbcscheck.device.context import Choices, Context, load_context
from gbcscheck.device.device_types import names_another
from gbcscheck.device.files import Argument
from gbcscheck.device.judge import JudgeOptions, judge_argument, judge_octets
from gbcscheck.device.many import work_through
from gbcscheck.device.message import judge_message
from gbcscheck.errors import UnreadableSource
from gbcscheck.model.device_files import FACT, FORMATS, JudgedFile

NO_WISHES = JudgeOptions()
EXPLAINED = JudgeOptions(explain=True)


@pytest.fixture(scope="module")
def context() -> Context:
    """The release that ships, and nothing chosen."""
    return load_context(Choices())


@pytest.fixture(scope="module")
def message(corpus: Path) -> Callable[[str], bytes]:
    """The octets of a real message by the beginning of its file's name."""

    def octets(name: str) -> bytes:
        (path,) = (corpus / "rtds").glob(f"*/{name}_GBCS.HEX")
        return bytes.fromhex(path.read_text())

    return octets


def codes(file: JudgedFile) -> list[str]:
    return [finding.rule for finding in file.findings]


def facts(file: JudgedFile) -> dict[str, str]:
    return {entry.label: str(entry.value) for entry in file.entries if entry.verdict == FACT}


# --- envelopes -------------------------------------------------------------------------------------------------------


def test_the_envelope_is_told_as_facts(context: Context, message: Callable[[str], bytes]) -> None:
    file = judge_message("a.hex", message("ECS37_6.18.1_SUCCESS_COMMAND"), context)
    assert (file.use_case, file.service_reference, file.judged_as) == ("ECS37", "6.18", "GBCS 4.0")
    assert file.judged
    assert file.findings == ()
    told = facts(file)
    assert told["purpose"] == "command"
    assert told["originator's counter"] == "1203"
    assert told["originator"] == "90-B3-D5-1F-30-02-00-00"
    assert told["recipient"] == "00-DB-12-34-56-78-90-A0"
    assert told["message code"].startswith("0x004A ECS37 ")
    assert told["MAC"] == "12 octets, not verified"


def test_every_message_of_the_corpus_is_judged_or_has_a_reason(context: Context, corpus: Path) -> None:
    paths = sorted((corpus / "rtds").glob("*/*.HEX"))
    files = [one for path in paths for one in judge_argument(Argument(str(path)), context, NO_WISHES)]
    assert len(files) == len(paths)
    assert [file.path for file in files if file.problem is not None] == []
    for file in files:
        assert file.judged == (not file.reason)
        assert not file.judged or file.values
        grave = [one.rule for one in file.findings if one.severity != "note"]
        assert not [code for code in grave if code.startswith("D1")], file.path
    judged = [Path(file.path).name for file in files if file.judged]
    assert sum(name.startswith("ECS") for name in judged) >= 310
    assert sum(name.startswith("GCS") for name in judged) >= 130


def with_transaction(octets: bytes, purpose: int) -> bytes:
    offset = read_envelope(octets).transaction.offset
    return octets[:offset] + bytes((purpose,)) + octets[offset + 1 :]


def with_payload(octets: bytes, change: Callable[[bytes], bytes]) -> bytes:
    envelope = read_envelope(octets)
    return write_envelope(envelope, change(envelope.payload))


def with_code(octets: bytes, code: int) -> bytes:
    offset = read_envelope(octets).other_information.offset
    return octets[:offset] + code.to_bytes(2, "big") + octets[offset + 2 :]


def test_an_unknown_purpose_is_an_error(context: Context, message: Callable[[str], bytes]) -> None:
    file = judge_message("a.hex", with_transaction(message("ECS37_6.18.1_SUCCESS_COMMAND"), 4), context)
    (finding,) = file.findings
    assert finding.rule == "D101"
    assert "0x04" in finding.message
    assert finding.statements[0].source == "octets 16+1"


@pytest.mark.parametrize(("purpose", "found"), [(2, ["D102"]), (3, ["D102", "D103"])], ids=["a response", "an alert"])
def test_the_payload_has_to_be_of_the_kind_that_the_header_says(
    context: Context, message: Callable[[str], bytes], purpose: int, found: list[str]
) -> None:
    file = judge_message("a.hex", with_transaction(message("ECS37_6.18.1_SUCCESS_COMMAND"), purpose), context)
    assert [code for code in codes(file) if code.startswith("D1")] == found


def test_an_alert_with_the_code_of_a_command_is_an_error(context: Context, message: Callable[[str], bytes]) -> None:
    alert = message("MIIWA-DLMS_NA_81A0_ALERT")
    assert not judge_message("a.hex", alert, context).findings
    file = judge_message("a.hex", with_code(alert, 0x004A), context)
    (finding,) = [finding for finding in file.findings if finding.rule == "D103"]
    assert finding.statements[1].attribute == "message-type"
    assert finding.statements[1].value == "SME.C.NC"


def test_octets_behind_the_payload_are_an_error(context: Context, message: Callable[[str], bytes]) -> None:
    octets = with_payload(message("ECS37_6.18.1_SUCCESS_COMMAND"), lambda payload: payload + b"\x00\x01")
    file = judge_message("a.hex", octets, context)
    (finding,) = file.findings
    assert finding.rule == "D105"
    place = finding.statements[0].place
    assert (place.offset, place.length) == (read_envelope(octets).payload_end - 2, 2)


def test_a_payload_that_cannot_be_decoded_is_a_problem(context: Context, message: Callable[[str], bytes]) -> None:
    octets = with_payload(message("ECS37_6.18.1_SUCCESS_COMMAND"), lambda payload: payload[:-1])
    file = judge_message("a.hex", octets, context)
    assert isinstance(file.problem, UnreadableSource)
    assert file.problem.where == "a.hex"
    assert file.reason.startswith("the payload cannot be decoded: octet ")
    assert not file.judged
    assert file.entries


def test_a_date_time_of_the_header_has_to_be_one(context: Context, message: Callable[[str], bytes]) -> None:
    octets = message("ECS01a_1.1.1_CANCELLATION_TOU_BLOCK_SUCCESS_RESPONSE")
    file = judge_message("a.hex", octets, context)
    assert "date-time" in facts(file)
    assert file.findings == ()
    offset = read_envelope(octets).date_time.offset
    file = judge_message("a.hex", octets[: offset + 2] + b"\x0d" + octets[offset + 3 :], context)
    assert codes(file) == ["D106"]


def test_a_message_of_another_device_is_an_error(context: Context, message: Callable[[str], bytes]) -> None:
    octets = message("ECS37_6.18.1_SUCCESS_COMMAND")
    of_gas = replace(context, choices=Choices(device_type="GSME"))
    assert codes(judge_message("a.hex", octets, of_gas)) == ["D104"]
    of_electricity = replace(context, choices=Choices(device_type="ESME"))
    assert codes(judge_message("a.hex", octets, of_electricity)) == []


@pytest.mark.parametrize(
    ("target", "device_type", "another"),
    [
        ("ESME", "GSME", True),
        ("ESME", "ESME", False),
        ("GPF (primary); GSME", "GSME", False),
        ("GPF (primary); GSME", "ESME", True),
        ("GSME", "GPF", False),
        ("ESME", "GPF", True),
        ("CHF in a Dual Band CH only", "CHF", False),
        ("All", "ESME", False),
        ("See GBCS", "ESME", False),
        ("None", "ESME", False),
    ],
)
def test_targets_name_devices(target: str, device_type: str, another: bool) -> None:
    assert names_another(target, device_type) is another


# --- what nobody judges ----------------------------------------------------------------------------------------------


def test_a_response_of_a_code_in_no_table_is_told(context: Context, message: Callable[[str], bytes]) -> None:
    """It does not say of which objects its values are."""
    file = judge_message("a.hex", with_code(message("ECS18b_4.12.1_SUCCESS_RESPONSE"), 0x4321), context)
    assert (file.judged, file.problem, file.use_case) == (False, None, "")
    assert file.reason.startswith("no table at hand has the use case message code 0x4321, and a response")
    assert file.values > 10


@pytest.mark.parametrize("name", ["FDRA-DLMS_NA_8F72_ALERT", "FDRA-ZigBee_NA_8F72_ALERT"])
def test_the_code_of_an_alert_in_no_table_is_judged(
    context: Context, message: Callable[[str], bytes], name: str
) -> None:
    octets = message(name)
    file = judge_message("a.hex", octets, context)
    assert (file.judged, file.judged_as) == (True, "release current")
    assert file.basis == "alert code and time stamp: no table of the alert"
    assert file.findings == ()
    assert 0x8F72.to_bytes(2, "big") in octets
    other = octets.replace(b"\x8f\x72", b"\x8f\x00", 1)
    (finding,) = judge_message("a.hex", other, context).findings
    assert "0x8F00" in finding.message


def test_payloads_that_are_nothing_known_are_told(context: Context, message: Callable[[str], bytes]) -> None:
    octets = with_payload(message("ECS37_6.18.1_SUCCESS_COMMAND"), lambda payload: b"\x99" + payload)
    assert "begins with 0x99" in judge_message("a.hex", octets, context).reason
    octets = with_payload(message("ECS37_6.18.1_SUCCESS_COMMAND"), lambda payload: b"")
    assert judge_message("a.hex", octets, context).reason == "the payload is empty"


def test_an_encrypted_message_is_told(context: Context, message: Callable[[str], bytes]) -> None:
    octets = bytearray(message("ECS37_6.18.1_SUCCESS_COMMAND"))
    assert octets[9] == 0x11
    octets[9] = 0x31
    file = judge_message("a.hex", bytes(octets), context)
    assert (file.judged, file.problem) == (False, None)
    assert file.reason.startswith("the message is encrypted (security control 0x31)")
    octets[9] = 0x13
    assert judge_message("a.hex", bytes(octets), context).problem is not None


def test_what_begins_as_no_message_cannot_be_decoded(context: Context) -> None:
    file = judge_message("a.hex", b"\x00\x01", context)
    assert isinstance(file.problem, UnreadableSource)
    assert "0x00 begins no GBCS message" in file.reason


def test_a_file_of_a_folder_that_is_nothing_known_is_told(tmp_path: Path, context: Context) -> None:
    path = tmp_path / "README.md"
    path.write_text("# Captures of a meter\n")
    (named,) = judge_argument(Argument(str(path)), context, NO_WISHES)
    (found,) = judge_argument(Argument(str(path), found=True), context, NO_WISHES)
    assert isinstance(named.problem, UnreadableSource)
    assert found.problem is None
    assert not found.judged
    assert found.reason.startswith("a text file; a GBCS message")


# --- other formats ---------------------------------------------------------------------------------------------------


def test_several_messages_of_one_file_are_told_apart(
    tmp_path: Path, context: Context, message: Callable[[str], bytes]
) -> None:
    path = tmp_path / "many.hex"
    one, other = message("ECS37_6.18.1_SUCCESS_COMMAND"), message("ECS37_6.18.1_SUCCESS_RESPONSE")
    path.write_text(f"{one.hex()}\nDDzz\n\n{other.hex()}\n")
    files = judge_argument(Argument(str(path)), context, NO_WISHES)
    assert [file.path for file in files] == [f"{path}:{line}" for line in ("1", "2:3", "4")]
    assert [file.judged for file in files] == [True, False, True]


def test_bare_values_and_payloads_are_judged(context: Context, message: Callable[[str], bytes]) -> None:
    octets = message("ECS37_6.18.1_SUCCESS_COMMAND")
    payload = read_envelope(octets).payload
    of_use_case = replace(context, choices=Choices(use_case="ECS37"))
    (file,) = judge_octets("a.hex", payload.hex().encode(), "axdr", of_use_case)
    assert (file.judged, file.use_case, file.judged_as, file.values) == (True, "ECS37", "GBCS 4.0", 23)
    assert file.findings == ()
    gas = read_envelope(message("GCS23_6.6_SUCCESS_COMMAND")).payload
    of_gas = replace(context, choices=Choices(use_case="gcs23"))
    (file,) = judge_octets("a.hex", gas.hex().encode(), "axdr", of_gas)
    assert (file.judged, file.use_case, file.values, file.findings) == (True, "GCS23", 23, ())
    of_object = replace(context, choices=Choices(object="10/0-0:12.0.0.255", member="attribute 2"))
    (file,) = judge_octets("a.hex", payload[payload.index(b"\x01\x02\x02\x0a") :], "axdr", of_object)
    assert (file.judged, file.judged_as) == (True, "GBCS 4.0")
    assert file.values == 20
    unknown = replace(context, choices=Choices(object="0-0:99.99.99.255"))
    (file,) = judge_octets("a.hex", b"0907 01", "axdr", unknown)
    assert isinstance(file.problem, UnreadableSource)
    (file,) = judge_octets("a.hex", b"1101", "axdr", unknown)
    assert not file.judged
    assert file.reason.startswith("no use case table speaks of 0-0:99.99.99.255")
    (file,) = judge_octets("a.hex", b"110100", "axdr", unknown)
    assert "1 octets follow the value" in file.reason


def test_configurations_are_judged(tmp_path: Path, context: Context) -> None:
    one = tmp_path / "one.json"
    one.write_text(json.dumps({"RandomisedOffsetLimit": 1800}))
    lines = tmp_path / "lines"
    lines.write_text('{"RandomisedOffsetLimit": 1799}\n{"RandomisedOffsetLimit": 1800}\n{"Rand\n')
    table = tmp_path / "table"
    table.write_text("item,value\nRandomisedOffsetLimit,1800\n")
    found = [judge_argument(Argument(str(path)), context, NO_WISHES) for path in (one, lines, table)]
    assert [[(file.format, file.values) for file in files] for files in found] == [
        [("configuration", 1)],
        [("configurations", 2)],
        [("table", 1)],
    ]
    assert all(files[0].findings for files in found)
    assert found[0][0].judged
    assert not found[1][0].judged
    assert found[1][0].reason == "1 line of it cannot be decoded"


def test_requests_are_judged(context: Context, corpus: Path) -> None:
    path = corpus / "duis-requests" / "ECS37_6.18.1_SUCCESS_REQUEST_DUIS.XML"
    (file,) = judge_argument(Argument(str(path)), context, NO_WISHES)
    assert (file.format, file.judged, file.service_reference) == ("duis", True, "6.18.1")
    assert file.judged_as == "DUIS 5.4"


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("content", [b"\x00", b"\xff\xfe\x00", b"{}", b"<a/>", b"DD", b"a,b\n", bytes(range(256))])
def test_a_forced_format_never_fails_otherwise(context: Context, form: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(content)
    chosen = replace(context, choices=Choices(use_case="ECS37")) if form == "axdr" else context
    files = judge_argument(Argument(str(path)), chosen, JudgeOptions(form))
    assert files
    for file in files:
        assert file.judged or file.reason


# --- pairs -----------------------------------------------------------------------------------------------------------


def test_a_request_and_its_command_are_held_against_each_other(context: Context, corpus: Path) -> None:
    request = corpus / "duis-requests" / "ECS37_6.18.1_SUCCESS_REQUEST_DUIS.XML"
    command = corpus / "rtds" / "6.18.1_ECS37" / "ECS37_6.18.1_SUCCESS_COMMAND_GBCS.HEX"
    for one, other in ((request, command), (command, request)):
        files = judge_argument(Argument(str(one), beside=(str(other),)), context, NO_WISHES)
        assert sorted(file.format for file in files) == ["duis", "message", "pair"]
        assert all(file.judged for file in files)
        assert [finding for file in files for finding in file.findings] == []
    files = judge_argument(Argument(str(request), beside=(str(request),)), context, NO_WISHES)
    assert files[-1].problem is not None
    assert "a GBCS message were expected" in files[-1].reason


# --- many files ------------------------------------------------------------------------------------------------------


def test_the_number_of_processes_changes_nothing(context: Context, corpus: Path) -> None:
    paths = sorted((corpus / "rtds").glob("6.*/*.HEX"))[:40]
    arguments = [*(Argument(str(path)) for path in paths), Argument(str(corpus / "missing"))]
    alone = [files for _, files in work_through(arguments, context, EXPLAINED, tuple) if files]
    shared = [files for _, files in work_through(arguments, context, EXPLAINED, tuple, jobs=3) if files]

    def told(found: list[tuple[JudgedFile, ...]]) -> list[tuple[object, ...]]:
        return [(replace(file, problem=None), str(file.problem)) for files in found for file in files]

    assert told(alone) == told(shared)


def test_entries_are_kept_only_to_be_explained(context: Context, corpus: Path) -> None:
    argument = Argument(str(corpus / "rtds" / "6.18.1_ECS37" / "ECS37_6.18.1_SUCCESS_COMMAND_GBCS.HEX"))
    (file,) = judge_argument(argument, context, NO_WISHES)
    assert (file.entries, file.octets) == ((), b"")
    (file,) = judge_argument(argument, context, EXPLAINED)
    values = {entry.label: entry.value for entry in file.entries}
    assert values["exec_weekdays"] == "every day"
    assert values["switch_time"] == "22:00:00"
    assert values["begin_date"] == "January of year 0, any day"
    assert values["script_logical_name"] == "0-0:10.128.100.255"
    assert values["enable"] == "true"


# --- what the user says a file is -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("request.xml", "<sr:Request xmlns:sr='urn:x'/>"),
        ("objects.xml", "<Objects/>"),
        ("meter.json", '{"RandomisedOffsetLimit": 30}'),
        ("meters.jsonl", '{"RandomisedOffsetLimit": 30}\n{"RandomisedOffsetLimit": 31}\n'),
        ("meter.csv", "item,value\nRandomisedOffsetLimit,30\n"),
    ],
)
@pytest.mark.parametrize("choice", [{"use_case": "ECS37"}, {"object": "0-0:12.0.0.255"}])
def test_an_option_for_bare_octets_is_refused_for_other_files(
    tmp_path: Path, name: str, content: str, choice: dict[str, str]
) -> None:
    """It was passed over without a word."""
    path = tmp_path / name
    path.write_text(content, "utf-8")
    (file,) = judge_argument(Argument(str(path)), load_context(Choices(**choice)), NO_WISHES)
    assert file.problem is not None
    assert f"--{next(iter(choice)).replace('_', '-')} is for bare A-XDR" in file.reason


def test_an_object_is_refused_for_a_message(corpus: Path) -> None:
    (path,) = (corpus / "rtds").glob("*/ECS37_6.18.1_SUCCESS_COMMAND_GBCS.HEX")
    (file,) = judge_argument(Argument(str(path)), load_context(Choices(object="0-0:12.0.0.255")), NO_WISHES)
    assert file.problem is not None


def test_a_dump_is_judged_as_the_version_that_was_named() -> None:
    content = b"""<Objects><GXDLMSData><LN>0.0.94.44.117.1</LN><Value Type="18">30</Value></GXDLMSData></Objects>"""
    for version, judged_as, rules in (("", "release current", ["D203"]), ("3.1", "GBCS 3.1", [])):
        (file,) = judge_octets("a.xml", content, "objects", load_context(Choices(gbcs=version)))
        assert (file.judged, file.judged_as, codes(file)) == (True, judged_as, rules)
