"""Requests and the commands made of them: those of the corpus agree, and a difference in either is found."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from xml_documents import changed, context_for, judged_message, judged_request, message, request_text

from gbcscheck.cosem.envelope import read_envelope
from gbcscheck.device.pairs.judge import judge_pair
from gbcscheck.device.pairs.names import match_names
from gbcscheck.errors import UsageError
from gbcscheck.model.device_files import JudgedFile

FOLLOWED = {
    "ECS28a_6.4.1_CANCELLATION_SUCCESS": 12,
    "ECS28a_6.4.1_FUTURE_DATED_SUCCESS": 12,
    "ECS28a_6.4.1_IMMEDIATE_SUCCESS": 12,
    "ECS28b_6.4.2_SUCCESS": 5,
    "ECS29a_6.5_SUCCESS": 15,
    "ECS29b_6.5_SUCCESS": 21,
    "ECS29c_6.5_SUCCESS": 15,
    "ECS29d_6.5_SUCCESS": 21,
    "ECS34_6.12_SUCCESS": 6,
    "ECS37_6.18.1_SUCCESS": 6,
    "ECS57_6.18.2_ALL_OPTIONALS_SUCCESS": 7,
    "ECS57_6.18.2_SOME_OPTIONALS_SUCCESS": 5,
    "GCS23_6.6_SUCCESS": 6,
}
"""How much is compared of the pairs whose values the crosswalk follows: reference, parties, counter, and values."""


def judged(
    corpus: Path, name: str, *, request: tuple[str, str] = ("", ""), command: tuple[str, str] = ("", "")
) -> JudgedFile:
    """A pair of the corpus, one text of its request and some octets of its command changed."""
    text = request_text(corpus, name)
    octets = message(corpus, f"{name}_COMMAND").decode()
    if request[0]:
        text = changed(text, *request)
    if command[0]:
        octets = changed(octets, *command)
    sent = judged_message(name, octets.encode())
    return judge_pair(judged_request(corpus, name, text), sent, context_for())


def told(pair: JudgedFile) -> list[tuple[str, str]]:
    return [(finding.rule, finding.severity) for finding in pair.findings]


# --- pairs that agree ------------------------------------------------------------------------------------------------


def test_every_pair_of_the_corpus_agrees(corpus: Path) -> None:
    """Every request with the command of its name: none differs; where the payload is not judged, the headers agree."""
    files = [*sorted((corpus / "duis-requests").glob("*.XML")), *sorted((corpus / "rtds").glob("*/*.HEX"))]
    names = match_names(str(file) for file in files)
    followed, counted = {}, Counter[bool]()
    for request, command in names:
        name = Path(request).name.removesuffix("_REQUEST_DUIS.XML")
        sent = judged_message(name, Path(command).read_bytes())
        pair = judge_pair(judged_request(corpus, name), sent, context_for())
        assert told(pair) == [], name
        assert pair.judged == (not pair.reason)
        counted[pair.judged] += 1
        if pair.judged and name in FOLLOWED:
            followed[name] = pair.values
    assert (len(names), sum(counted.values())) == (136, 136)
    assert counted[True] >= 109
    assert followed == FOLLOWED


@pytest.mark.parametrize("time", ["17:00:00Z", "17:00:00.000+00:00", "17:00:00.00-00:00"])
def test_one_time_written_otherwise(corpus: Path, time: str) -> None:
    assert told(judged(corpus, "ECS37_6.18.1_SUCCESS", request=("17:00:00.00Z", time))) == []


def test_hundredths_that_the_command_leaves_open(corpus: Path) -> None:
    assert told(judged(corpus, "ECS37_6.18.1_SUCCESS", command=("090411000000", "0904110000FF"))) == []


def test_what_no_command_can_carry_is_the_requests_own_finding(corpus: Path) -> None:
    assert told(judged(corpus, "ECS37_6.18.1_SUCCESS", request=("17:00:00.00Z", "17:00:00+01:00"))) == []


# --- pairs that do not -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "request_change", "command_change", "expected"),
    [
        ("ECS37_6.18.1_SUCCESS", ("17:00:00.00Z", "18:00:00.00Z"), ("", ""), [("D701", "error")]),
        ("ECS37_6.18.1_SUCCESS", ("", ""), ("090411000000", "090412000000"), [("D701", "error")]),
        ("ECS37_6.18.1_SUCCESS", ("22:00:00.00Z", "22:00:00.01Z"), ("", ""), [("D701", "error")]),
        ("ECS34_6.12_SUCCESS", (">2300<", ">2301<"), ("", ""), [("D701", "error")]),
        ("ECS34_6.12_SUCCESS", ("", ""), ("06000008FC", "06000008FD"), [("D701", "error")]),
        ("ECS29a_6.5_SUCCESS", ("SagThreshold>216<", "SagThreshold>217<"), ("", ""), [("D701", "error")]),
        ("ECS28a_6.4.1_IMMEDIATE_SUCCESS", (">Disable<", ">Unchanged<"), ("", ""), [("D701", "error")]),
        ("GCS23_6.6_SUCCESS", (">40.0<", ">40.1<"), ("", ""), [("D701", "error")]),
    ],
)
def test_a_value_that_differs(
    corpus: Path,
    name: str,
    request_change: tuple[str, str],
    command_change: tuple[str, str],
    expected: list[tuple[str, str]],
) -> None:
    pair = judged(corpus, name, request=request_change, command=command_change)
    assert told(pair) == expected
    own, asked = pair.findings[0].statements[:2]
    assert own.place.offset is not None
    assert own.place.path.endswith(".hex")
    assert (asked.specification.name, asked.place.path.endswith(".xml")) == ("device", True)
    assert asked.place.line


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (">40.0<", ">400<", "CalorificValue is 400 in the request, which the command writes as 4000"),
        (">40.0<", ">4.0<", "CalorificValue is 4.0 in the request, which the command writes as 40"),
    ],
)
def test_a_value_of_another_scale_is_told_as_the_command_writes_it(corpus: Path, old: str, new: str, said: str) -> None:
    (finding,) = judged(corpus, "GCS23_6.6_SUCCESS", request=(old, new)).findings
    assert finding.message == f"{said}; the command has 400"


def test_a_value_of_the_same_scale_is_told_once(corpus: Path) -> None:
    (finding,) = judged(corpus, "ECS34_6.12_SUCCESS", request=(">2300<", ">2301<")).findings
    assert finding.message == "LowMediumPowerThreshold is 2301 in the request; the command has 2300"


def test_a_difference_on_a_link_that_is_weak_is_a_warning(corpus: Path) -> None:
    element = "RMSVoltageSagMeasurementPeriod"
    pair = judged(corpus, "ECS29a_6.5_SUCCESS", request=(f"{element}>30<", f"{element}>31<"))
    assert told(pair) == [("D701", "warning")]


def test_a_time_of_execution(corpus: Path) -> None:
    name = "ECS28a_6.4.1_FUTURE_DATED_SUCCESS"
    text = request_text(corpus, name)
    start = text.index("<sr:ExecutionDateTime>")
    element = text[start : text.index("</sr:ExecutionDateTime>") + len("</sr:ExecutionDateTime>")]
    later = element.replace("<sr:ExecutionDateTime>20", "<sr:ExecutionDateTime>21")
    never = "<sr:ExecutionDateTime>3000-12-31T00:00:00.00Z</sr:ExecutionDateTime>"
    for new, rule in ((later, "D701"), (never, "D701"), ("", "D702")):
        assert told(judged(corpus, name, request=(element, new))) == [(rule, "warning")] * 4
    cancelled = "ECS28a_6.4.1_CANCELLATION_SUCCESS"
    assert told(judged(corpus, cancelled, request=("3000-12-31", "2999-12-31"))) == [("D701", "warning")] * 4


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("2030-01-15T10:00:00+01:00", True),
        ("2030-01-15T03:30:00-05:30", True),
        ("2030-01-15T09:00:00+01:00", False),
        ("2030-01-15T24:00:00Z", False),
    ],
)
def test_a_time_of_execution_in_another_zone(corpus: Path, written: str, same: bool) -> None:
    """Whether a zone is turned to UTC or becomes the deviation, no specification says: either is the same instant."""
    name = "ECS28a_6.4.1_FUTURE_DATED_SUCCESS"
    text = request_text(corpus, name)
    start = text.index("<sr:ExecutionDateTime>") + len("<sr:ExecutionDateTime>")
    given = text[start : text.index("</sr:ExecutionDateTime>")]
    assert given.startswith("2030-01-15T09:00:00"), given
    pair = judged(corpus, name, request=(f">{given}<", f">{written}<"))
    assert told(pair) == ([] if same else [("D701", "warning")] * 4)


def test_a_reset_that_only_one_side_has(corpus: Path) -> None:
    some, all_of_them = "ECS57_6.18.2_SOME_OPTIONALS_SUCCESS", "ECS57_6.18.2_ALL_OPTIONALS_SUCCESS"
    more = judge_pair(judged_request(corpus, all_of_them), _command(corpus, some), context_for())
    fewer = judge_pair(judged_request(corpus, some), _command(corpus, all_of_them), context_for())
    assert [rule for rule, _ in told(more) if rule != "D703"] == ["D702", "D702"]
    assert [rule for rule, _ in told(fewer) if rule != "D703"] == ["D702", "D702"]
    assert "has no counterpart in the command" in " ".join(one.message for one in more.findings)
    assert "does not ask for" in " ".join(one.message for one in fewer.findings)


def test_a_command_of_another_service_request(corpus: Path) -> None:
    pair = judge_pair(
        judged_request(corpus, "ECS37_6.18.1_SUCCESS"), _command(corpus, "ECS34_6.12_SUCCESS"), context_for()
    )
    assert ("D703", "error") in told(pair)
    assert "6.12" in pair.findings[0].message
    assert "6.18.1" in pair.findings[0].message


def test_another_device_and_another_counter(corpus: Path) -> None:
    name = "ECS37_6.18.1_SUCCESS"
    pair = judged(corpus, name, request=("78-90-A0:1203", "78-90-A1:1203"))
    assert told(pair) == [("D703", "error")]
    assert pair.findings[0].statements[0].place.length == 8
    assert told(judged(corpus, name, request=("A0:1203", "A0:1204"))) == [("D703", "error")]


def test_a_command_that_the_dcc_sends_for_another_party(corpus: Path) -> None:
    name = "CCS02_8.11_SUCCESS"
    envelope = read_envelope(bytes.fromhex(message(corpus, f"{name}_COMMAND").decode().strip()))
    assert len(envelope.other_information.octets) >= 18
    text = request_text(corpus, name)
    identifier = text.partition("RequestID>")[2].partition("<")[0]
    assert told(judged(corpus, name)) == []
    assert told(judged(corpus, name, request=(identifier, f"{identifier}9"))) == [("D703", "error")]
    assert told(judged(corpus, name, request=(identifier, f"80{identifier[2:]}"))) == [("D703", "error")]


def test_where_the_payload_is_not_judged_the_headers_are(corpus: Path) -> None:
    name = "CS02bNOByNO_6.15.1_SUCCESS"
    pair = judged(corpus, name)
    assert not pair.judged
    assert "only the headers were compared" in pair.reason
    assert pair.values == 3
    identifier = request_text(corpus, name).partition("RequestID>")[2].partition("<")[0]
    assert told(judged(corpus, name, request=(identifier, f"{identifier}9"))) == [("D703", "error")]


def test_two_files_that_are_no_pair(corpus: Path) -> None:
    request = judged_request(corpus, "ECS37_6.18.1_SUCCESS")
    with pytest.raises(UsageError, match="a DUIS request and a GBCS message were expected"):
        judge_pair(request, request, context_for())


def test_a_request_and_its_response(corpus: Path) -> None:
    """Its headers agree; what the request asks for is not in the response, and is named."""
    name = "ECS37_6.18.1_SUCCESS"
    answer = judged_message(name, message(corpus, f"{name}_RESPONSE"))
    pair = judge_pair(answer, judged_request(corpus, name), context_for())
    assert (pair.judged, pair.values, pair.asked, pair.met, pair.findings) == (False, 4, 2, 0, ())
    assert pair.reason == "only the headers were compared: a response holds no value that its request asks for"
    assert pair.not_read[0] == 'line 12 of the request, "StartTime": no row of this response is linked to it'


def test_a_response_to_another_request(corpus: Path) -> None:
    name = "ECS37_6.18.1_SUCCESS"
    other = judged_message("other", message(corpus, "ECS34_6.12_SUCCESS_RESPONSE"))
    pair = judge_pair(judged_request(corpus, name), other, context_for())
    assert {finding.rule for finding in pair.findings} == {"D703"}
    assert any("the response is one of service reference 6.12" in finding.message for finding in pair.findings)


@pytest.mark.parametrize("kind", ["COMMAND", "PRECOMMAND", "RESPONSE"])
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("90-B3-D5-1F-30-01-00-00:", "11-22-33-44-55-66-77-88:", ["sender is 1122334455667788"]),
        (":1000<", ":777<", ["counter is 777"]),
        ("90-B3-D5-1F-30-01-00-00:", "00-00-00-00-00-00-00-00:", ["sender is 0000000000000000"]),
    ],
)
def test_another_sender_or_counter(corpus: Path, kind: str, old: str, new: str, said: list[str]) -> None:
    """A use case that only a supplier sends: a command of another sender is that of another request."""
    name = "GCS23_6.6_SUCCESS"
    request = judged_request(corpus, name, changed(request_text(corpus, name), old, new))
    pair = judge_pair(request, judged_message(name, message(corpus, f"{name}_{kind}")), context_for())
    assert [(one.rule, one.message.split(" in ")[0].removeprefix("the ")) for one in pair.findings] == [
        ("D703", text) for text in said
    ]


def test_a_sender_that_may_be_the_dcc_is_named(corpus: Path) -> None:
    """The DCC may send the use case of its own: that the sender is another is no finding, and not passed over."""
    name = "ECS26f_6.2.5_SUCCESS"
    text = request_text(corpus, name).replace("90-B3-D5-1F-30-01-00-00:", "11-22-33-44-55-66-77-88:")
    pair = judge_pair(judged_request(corpus, name, text), _command(corpus, name), context_for())
    assert (pair.judged, pair.findings) == (False, ())
    assert pair.reason == (
        "sender and counter were not compared: the command is of 90B3D51F30010000, which may be the DCC, and names no "
        "party that it is for"
    )


def test_a_request_without_an_identifier_is_named(corpus: Path) -> None:
    name = "GCS23_6.6_SUCCESS"
    text = changed(request_text(corpus, name), ":1000<", "<")
    pair = judge_pair(judged_request(corpus, name, text), _command(corpus, name), context_for())
    assert (pair.judged, pair.reason) == (False, "the request does not say its sender, receiver and counter")


def _command(corpus: Path, name: str) -> JudgedFile:
    return judged_message(name, message(corpus, f"{name}_COMMAND"))


# --- names -----------------------------------------------------------------------------------------------------------


def test_names_that_match() -> None:
    paths = [
        "a/ECS37_6.18.1_SUCCESS_REQUEST_DUIS.XML",
        "b/ECS37_6.18.1_SUCCESS_COMMAND_GBCS.HEX",
        "b/ECS37_6.18.1_SUCCESS_RESPONSE_GBCS.HEX",
        "b/ECS37_6.18.1_SUCCESS_PRECOMMAND_GBCS.HEX",
        "a/ECS34_6.12_SUCCESS_REQUEST_DUIS.XML",
        "mine/Setting.xml",
        "mine/setting.hex",
        "mine/other.hex",
        "mine/notes.txt",
    ]
    assert match_names(paths) == ((paths[0], paths[1]), ("mine/Setting.xml", "mine/setting.hex"))
    assert match_names([]) == ()


# --- what was compared -----------------------------------------------------------------------------------------------


def test_what_a_request_asks_for_and_was_not_compared_is_named(corpus: Path) -> None:
    pair = judged(corpus, "CCS02_8.11_SUCCESS")
    assert (pair.judged, pair.asked, pair.met) == (True, 2, 1)
    assert pair.not_read == ('line 12 of the request, "RequestType": Add: CCS01; Remove: CCS02.',)


def test_a_pair_of_which_no_value_was_compared_is_not_judged(corpus: Path) -> None:
    """Its headers agree; of what the request asks for nothing was looked at."""
    pair = judged(corpus, "ECS15a_3.3_SUCCESS")
    assert (pair.judged, pair.findings) == (False, ())
    assert pair.reason == "no value of the request could be compared with one of the command"
    assert (pair.asked, pair.met) == (1, 0)
    assert pair.not_read == ('line 11 of the request, "ESMEEventLogType": ESME: ECS15a; ALCS: ECS15c.',)


def test_a_pair_of_which_every_value_was_compared_leaves_none_out(corpus: Path) -> None:
    pair = judged(corpus, "ECS37_6.18.1_SUCCESS")
    assert (pair.judged, pair.asked, pair.met, pair.not_read) == (True, 2, 2, ())
