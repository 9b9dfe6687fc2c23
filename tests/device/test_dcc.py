"""Responses of the DCC: the document by its schema, its header by the message within, and payloads that hold none."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest
from xml_documents import changed, context_for, message

from gbcscheck.device.files import Kind, recognise
from gbcscheck.device.judge import judge_octets
from gbcscheck.model.device_files import JudgedFile

NAME = "ECS34_6.12_SUCCESS"
DCC = "http://www.dccinterface.co.uk/ServiceUserGateway"
PARTY, METER = "90-B3-D5-1F-30-01-00-00", "00-DB-12-34-56-78-90-A0"


def octets(corpus: Path, kind: str, name: str = NAME) -> bytes:
    return bytes.fromhex(message(corpus, f"{name}_{kind}").decode())


def response(payload: str, request: str = f"{PARTY}:{METER}:1001", reference: str = "6.12") -> str:
    """A document of the DCC, synthetic: its payload stands in line 13."""
    sender, receiver, counter = request.rsplit(":", 2)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<sr:Response xmlns:sr="{DCC}" schemaVersion="5.4">
  <sr:Header>
    <sr:RequestID>{request}</sr:RequestID>
    <sr:ResponseID>{receiver}:{sender}:{counter}</sr:ResponseID>
    <sr:ResponseCode>I0</sr:ResponseCode>
    <sr:ResponseDateTime>2026-11-24T03:00:00Z</sr:ResponseDateTime>
  </sr:Header>
  <sr:Body>
    <sr:ResponseMessage>
      <sr:ServiceReference>{reference}</sr:ServiceReference>
      <sr:ServiceReferenceVariant>{reference}</sr:ServiceReferenceVariant>
      <sr:GBCSPayload>{payload}</sr:GBCSPayload>
    </sr:ResponseMessage>
  </sr:Body>
</sr:Response>
"""


def coded(corpus: Path, kind: str) -> str:
    return b64encode(octets(corpus, kind)).decode()


def judged(text: str) -> tuple[JudgedFile, ...]:
    assert recognise(text.encode(), "a.xml") == Kind("dcc")
    return judge_octets("a.xml", text.encode(), "dcc", context_for())


def told(text: str) -> list[tuple[str, int | None, str]]:
    """Rule, line and message of each finding of the document."""
    return [(one.rule, one.statements[0].place.line, one.message) for one in judged(text)[0].findings]


@pytest.mark.parametrize("kind", ["COMMAND", "RESPONSE"])
def test_a_response_and_its_message_are_judged(corpus: Path, kind: str) -> None:
    document, within = judged(response(coded(corpus, kind)))
    assert (document.format, document.judged, document.judged_as, document.findings) == ("dcc", True, "DUIS 5.4", ())
    assert (within.format, within.use_case, within.judged, within.path) == ("message", "ECS34", True, "a.xml")
    assert (document.not_read == ()) == (kind == "RESPONSE")


def test_messages_of_the_corpus_in_responses_have_no_findings(corpus: Path) -> None:
    """Commands and responses of the pairs, each in a document with the identifier and reference of its request."""
    count = 0
    for path in sorted((corpus / "duis-requests").glob("*_SUCCESS_REQUEST_DUIS.XML"))[::4]:
        text = path.read_text("utf-8")
        request, variant = (
            re.findall(f"{name}>([^<]+)<", text)[0] for name in ("RequestID", "ServiceReferenceVariant")
        )
        for kind in ("COMMAND", "RESPONSE"):
            for file in corpus.glob(f"rtds/*/{path.name.replace('REQUEST_DUIS.XML', f'{kind}_GBCS.HEX')}"):
                payload = b64encode(bytes.fromhex(file.read_text().strip())).decode()
                found = [one for one in told(response(payload, request, variant)) if one[0] == "D703"]
                assert found == [], file.name
                count += 1
    assert count > 40


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("RequestID>90-", "RequestID>91-", ("D703", 4, "RequestID has the sender 91B3D51F30010000, and the")),
        ("90-A0:1001</sr:RequestID", "90-A1:1001</sr:RequestID", ("D703", 4, "RequestID has the receiver 00DB123456")),
        (":1001</sr:RequestID", ":1002</sr:RequestID", ("D703", 4, "RequestID has the counter 1002, and the message")),
        (":1001</sr:ResponseID", ":7</sr:ResponseID", ("D703", 5, "ResponseID has the counter 7, and the message")),
        ("ResponseID>00-DB", "ResponseID>01-DB", ("D703", 5, "ResponseID has the receiver 01DB1234567890A0, and")),
        ("Variant>6.12<", "Variant>6.13<", ("D703", 12, "the message within is one of service reference 6.12, and")),
        ("Reference>6.12<", "Reference>6.13<", ("D406", 12, "the variant 6.12 does not belong to the service")),
        (">I0<", ">ZZ99<", ("D405", 6, "ZZ99 is no value of ResponseCode")),
        ("2026-11-24", "2026-13-45", ("D405", 7, "2026-13-45T03:00:00Z is no value of ResponseDateTime")),
        ("  </sr:Header>", "<sr:Bogus>1</sr:Bogus></sr:Header>", ("D401", 8, "{http://www.dccinterface")),
        ("<sr:ResponseCode>I0</sr:ResponseCode>", "", ("D402", 3, "ResponseCode is missing")),
    ],
)
def test_what_is_wrong_with_the_document(corpus: Path, old: str, new: str, said: tuple[str, int, str]) -> None:
    text = changed(response(coded(corpus, "RESPONSE")), old, new)
    found = told(text)
    assert any((rule, line) == said[:2] and message.startswith(said[2]) for rule, line, message in found), found


# --- payloads --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["<![CDATA[{}]]>", "\n        {}\n      ", "<!-- the message -->{}"])
def test_a_payload_in_other_forms(corpus: Path, form: str) -> None:
    document, within = judged(response(form.format(coded(corpus, "RESPONSE"))))
    assert (document.findings, within.judged, within.problem) == ((), True, None)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda sent: sent.hex(), "GBCSPayload is written in hexadecimal; base64 was expected"),
        (lambda sent: b64encode(sent).decode()[:-1], "GBCSPayload is damaged: it is no base64"),
        (lambda _: "not base64!", "GBCSPayload is damaged: it is no base64"),
        (lambda _: "", "GBCSPayload is empty; a GBCS message in base64 was expected"),
        (lambda _: "AAAA", "GBCSPayload holds 3 octets that are no GBCS message: they begin with 00 00 00"),
    ],
)
@pytest.mark.parametrize("alone", [True, False])
def test_a_payload_without_a_message_is_an_error_with_its_line(
    corpus: Path, make: Callable[[bytes], str], said: str, alone: bool
) -> None:
    whole, payload = coded(corpus, "RESPONSE"), make(octets(corpus, "RESPONSE"))
    text = response(payload)
    if not alone:
        text = response(f"{whole}</sr:GBCSPayload>\n<sr:GBCSPayload>{payload}")
    document, *others, wrong = judged(text)
    assert document.judged
    assert [one.judged for one in others] == [True] * (not alone)
    assert wrong.problem is not None
    assert (wrong.path, wrong.reason) == (f"a.xml:{13 if alone else 14}", said)


def test_a_message_that_is_cut_is_an_error(corpus: Path) -> None:
    _, wrong = judged(response(b64encode(octets(corpus, "RESPONSE")[:30]).decode()))
    assert (wrong.judged, wrong.problem is not None) == (False, True)


def test_a_payload_of_a_request_is_looked_at_too(corpus: Path) -> None:
    (path,) = (corpus / "duis-requests").glob("8.13_*")
    text = re.sub(r"(DeviceGBCSResponse>)[^<]+<", r"\1not base64!<", path.read_text("utf-8"))
    _, wrong = judge_octets("a.xml", text.encode(), "duis", context_for())
    assert wrong.reason == "DeviceGBCSResponse is damaged: it is no base64"


def test_a_response_of_another_version_is_not_judged_and_its_message_is(corpus: Path) -> None:
    document, within = judged(response(coded(corpus, "RESPONSE")).replace('"5.4"', '"9.9"'))
    assert (document.judged, within.judged) == (False, True)
    assert document.reason.startswith("there is no schema of DUIS 9.9")
