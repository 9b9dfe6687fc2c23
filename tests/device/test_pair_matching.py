"""Which files of a folder belong together, and what is wrong between requests, responses and what is shown of them."""

from __future__ import annotations

import shutil
from base64 import b64encode
from pathlib import Path

import pytest
from mmc_documents import Made
from xml_documents import context_for, judged_message, judged_request, message, request_text

from gbcscheck.api.judged_files import Asked, judge_all
from gbcscheck.device.files import expand
from gbcscheck.device.judge import JudgeOptions, judge_octets
from gbcscheck.device.pairs.judge import judge_pair
from gbcscheck.device.pairs.matching import put_together
from gbcscheck.device.pairs.names import match_beside
from gbcscheck.device.pairs.partners import NO_PARTNER, OTHER_PARTNERS
from gbcscheck.errors import UsageError
from gbcscheck.model.device_files import JudgedFile

NAME = "ECS26f_6.2.5_SUCCESS"
DCC = "http://www.dccinterface.co.uk/ServiceUserGateway"


@pytest.fixture
def shown(corpus: Path) -> str:
    """The document of a response."""
    return Made(NAME, message(corpus, f"{NAME}_RESPONSE")).text


@pytest.fixture
def folder(corpus: Path, tmp_path: Path, shown: str) -> Path:
    """A request, its command, its response in an XML document of the DCC, and what is shown of it, by names that say
    nothing; and another pair of the same identifiers."""
    response = bytes.fromhex(message(corpus, f"{NAME}_RESPONSE").decode())
    (tmp_path / "1.xml").write_text(request_text(corpus, NAME))
    (tmp_path / "2.txt").write_bytes(message(corpus, f"{NAME}_COMMAND"))
    (tmp_path / "3.xml").write_text(
        f'<sr:Response xmlns:sr="{DCC}"><sr:GBCSPayload>{b64encode(response).decode()}</sr:GBCSPayload></sr:Response>'
    )
    (tmp_path / "4.xml").write_text(shown)
    (tmp_path / "5.xml").write_text(request_text(corpus, "ECS12_3.2_SUCCESS"))
    (tmp_path / "6.hex").write_bytes(message(corpus, "ECS12_3.2_SUCCESS_COMMAND"))
    return tmp_path


def judged(*paths: Path) -> list[JudgedFile]:
    """The pairs of some files or folders."""
    run = judge_all(Asked(tuple(map(str, paths)), context_for(), JudgeOptions(), pair=True), lambda _: None)
    assert not run.problems
    return [file for file in run.files if file.format == "pair"]


def document(text: str) -> JudgedFile:
    return judge_octets("shown.xml", text.encode(), "mmc", context_for())[0]


def told(pair: JudgedFile) -> list[tuple[str, str, str]]:
    return [(one.rule, one.severity, one.message) for one in pair.findings]


def test_files_that_belong_together_are_found_by_what_they_hold(folder: Path) -> None:
    pairs = judged(folder)
    names = [tuple(Path(path).name for path in pair.path.split(" + ")) for pair in pairs]
    assert names == [
        ("1.xml", "2.txt"),
        ("1.xml", "3.xml"),
        ("1.xml", "4.xml"),
        ("4.xml", "3.xml"),
        ("5.xml", "6.hex"),
    ]
    assert all(pair.findings == () for pair in pairs)
    assert [(pair.judged, pair.asked, pair.met) for pair in pairs[:4]] == [(True, 0, 0)] * 3 + [(True, 2, 2)]


def test_names_come_before_content(corpus: Path, tmp_path: Path) -> None:
    for file in ("ECS12_3.2_SUCCESS", NAME):
        shutil.copy(corpus / "duis-requests" / f"{file}_REQUEST_DUIS.XML", tmp_path)
        for kind in ("COMMAND", "RESPONSE"):
            shutil.copy(next(corpus.glob(f"rtds/*/{file}_{kind}_GBCS.HEX")), tmp_path)
    assert len(judged(tmp_path)) == 4
    for request, others in match_beside(str(path) for path in tmp_path.iterdir()).items():
        assert [Path(one).name.split("_")[0] for one in others] == [Path(request).name.split("_")[0]] * 2


def test_two_files_in_either_order(folder: Path) -> None:
    for first, second in (("4.xml", "3.xml"), ("3.xml", "4.xml"), ("3.xml", "1.xml")):
        (pair,) = judged(folder / first, folder / second)
        assert (pair.judged, pair.findings) == (True, ())


def test_a_log_of_several_messages_beside_a_request(corpus: Path, tmp_path: Path) -> None:
    """Those count that have its identifiers; where none has, the pair is not judged."""
    (tmp_path / "request.xml").write_text(request_text(corpus, "ECS29a_6.5_SUCCESS"))
    names = ("ECS29a_6.5_SUCCESS_COMMAND", "GCS23_6.6_SUCCESS_COMMAND")
    log = "\n".join(message(corpus, name).decode().strip() for name in names)
    (tmp_path / "night.log").write_text(log)
    (pair,) = judged(tmp_path / "request.xml", tmp_path / "night.log")
    assert (pair.judged, pair.use_case, pair.findings) == (True, "ECS29a", ())
    left_out = f"{tmp_path}/night.log:2: no document of these files has its sender, receiver and counter"
    assert pair.not_read == (left_out,)
    (tmp_path / "night.log").write_text("\n".join([message(corpus, names[1]).decode().strip()] * 2))
    (pair,) = judged(tmp_path / "request.xml", tmp_path / "night.log")
    assert (pair.judged, "none of its 2 messages" in pair.reason) == (False, True)


def test_no_two_files_that_belong_together(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "1.xml").write_text(request_text(corpus, NAME))
    arguments, _, _ = expand([str(tmp_path)])
    with pytest.raises(UsageError, match="no two files that may be a pair have one sender"):
        put_together(arguments, context_for())


@pytest.fixture
def apart(corpus: Path, tmp_path: Path) -> Path:
    """A pair of one name, and a request and a command whose counters differ by one."""
    (tmp_path / "A.xml").write_text(request_text(corpus, "ECS34_6.12_SUCCESS"))
    (tmp_path / "A.hex").write_bytes(message(corpus, "ECS34_6.12_SUCCESS_COMMAND"))
    (tmp_path / "gas-request.xml").write_text(request_text(corpus, "GCS23_6.6_SUCCESS"))
    sent = message(corpus, "GCS23_6.6_SUCCESS_COMMAND").replace(b"00000000000003E808", b"00000000000003E908")
    (tmp_path / "gas-command.hex").write_bytes(sent)
    return tmp_path


def reasons(folder: Path) -> dict[str, str]:
    """Why the files of a folder have no partner, by their names."""
    alone = [pair for pair in judged(folder) if " + " not in pair.path]
    assert not any(pair.judged for pair in alone)
    return {Path(pair.path).name: pair.reason.replace(f"{folder}/", "") for pair in alone}


def test_files_without_a_partner_are_named_with_what_comes_nearest(apart: Path) -> None:
    assert reasons(apart) == {
        "gas-command.hex": f"{NO_PARTNER}: gas-request.xml has its sender and receiver, and the counter 1000 where "
        "this has 1001",
        "gas-request.xml": f"{NO_PARTNER}: gas-command.hex has its sender and receiver, and the counter 1001 where "
        "this has 1000",
    }


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("-A1:1000<", "-A7:1001<", "the receiver 00DB1234567890A1 where this has"),
        ("01-00-00:00-DB-12-34-56-78-90-A1:1000<", "02-00-00:00-DB-12-34-56-78-90-A1:1001<", "has 90B3D51F30020000"),
        (">6.6<", ">6.7<", ""),
        (":1000<", "<", ""),
    ],
)
def test_what_differs_from_the_nearest(apart: Path, old: str, new: str, said: str) -> None:
    request = apart / "gas-request.xml"
    request.write_text(request.read_text().replace(old, new))
    reason = reasons(apart)["gas-request.xml"]
    assert reason.startswith(NO_PARTNER)
    assert said in reason if said else reason == NO_PARTNER


def test_what_has_the_same_identifiers_and_other_partners(apart: Path, corpus: Path) -> None:
    (apart / "again.hex").write_bytes(message(corpus, "ECS34_6.12_SUCCESS_COMMAND"))
    (apart / "other.hex").write_bytes(message(corpus, "ECS29a_6.5_SUCCESS_COMMAND"))
    found = reasons(apart)
    assert found["again.hex"] == f"{OTHER_PARTNERS}: A.xml"
    assert "other.hex" in found


def test_files_that_could_have_no_partner_are_not_named(apart: Path, corpus: Path) -> None:
    """Alerts, configurations, and files that are judged by themselves."""
    (apart / "mine.json").write_text('{"RandomisedOffsetLimit": 600}')
    shutil.copy(next(corpus.glob("rtds/*/*ALERT*GBCS.HEX")), apart / "alert.hex")
    assert set(reasons(apart)) == {"gas-command.hex", "gas-request.xml"}


def test_a_long_file_of_messages_without_a_partner_is_named(apart: Path, corpus: Path) -> None:
    line = message(corpus, "ECS29a_6.5_SUCCESS_COMMAND").decode().strip()
    (apart / "night.hex").write_text("\n".join([line] * 600))
    assert reasons(apart)["night.hex"].startswith(NO_PARTNER)


# --- what is wrong between them --------------------------------------------------------------------------------------


def test_another_value_in_a_document(corpus: Path, shown: str) -> None:
    sent = judged_message("sent", message(corpus, f"{NAME}_RESPONSE"))
    pair = judge_pair(document(shown.replace(">4600<", ">4601<")), sent, context_for())
    (finding,) = pair.findings
    assert finding.message == "MediumHighPowerThreshold is 4601 in the document; the response has 4600"
    assert (finding.rule, finding.severity, pair.asked, pair.met) == ("D704", "warning", 2, 2)
    assert finding.statements[0].place.offset == 62
    assert finding.why.startswith("element and row are linked by their names")


def test_a_value_that_the_document_does_not_show_is_named(corpus: Path, shown: str) -> None:
    sent = judged_message("sent", message(corpus, f"{NAME}_RESPONSE"))
    element = "<ra:MediumHighPowerThreshold>4600</ra:MediumHighPowerThreshold>"
    pair = judge_pair(document(shown.replace(element, "")), sent, context_for())
    assert (pair.judged, pair.findings, pair.asked, pair.met) == (True, (), 1, 1)
    name = "MediumHighPowerThreshold.thresholds[2].threshold"
    assert pair.not_read == (f'octets 62+5 of the response, "{name}": the document does not show it',)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (">00-DB-12-34-56-78-90-A0<", ">00-DB-12-34-56-78-90-A1<", "the device is 00DB1234567890A1 in the document"),
        (">90-B3-D5-1F-30-01-00-00<", ">90-B3-D5-1F-30-01-00-01<", "the party is 90B3D51F30010001 in the document"),
        (">1000<", ">1001<", "the counter is 1001 in the document and 1000 in the response"),
        (">0040<", ">0041<", "the message code is 0041 in the document and 0040 in the response"),
        (">6.2.5<", ">6.12<", "the response is one of service reference 6.2, the document one of 6.12"),
    ],
)
def test_headers_of_a_document_and_another_response(corpus: Path, shown: str, old: str, new: str, said: str) -> None:
    sent = judged_message("sent", message(corpus, f"{NAME}_RESPONSE"))
    pair = judge_pair(document(shown.replace(old, new)), sent, context_for())
    assert any(rule == "D703" and text.startswith(said) for rule, _, text in told(pair)), told(pair)


def test_a_request_and_what_is_shown_of_another(corpus: Path, shown: str) -> None:
    request = judged_request(corpus, NAME)
    assert told(judge_pair(request, document(shown), context_for())) == []
    pair = judge_pair(request, document(shown.replace(">1000<", ">1001<").replace(">6.2.5<", ">6.12<")), context_for())
    assert [text for _, _, text in told(pair)] == [
        "the document is of service request 6.12, the request of 6.2.5",
        "the counter is 1000 in the request and 1001 in the document",
    ]


def test_a_message_within_a_request_is_judged(corpus: Path) -> None:
    (path,) = (corpus / "duis-requests").glob("8.13_*")
    found = judge_octets(path.name, path.read_bytes(), "duis", context_for())
    assert [one.format for one in found] == ["duis", "message"]
    assert found[1].path.endswith(".XML:12")
