"""ASN.1 payloads: judged value by value, certificates read, and what is broken found and never a traceback."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cosem_writing import write_envelope
from der_changes import Node, nodes_of, parsed, written
from shares import at_least, portion, share

from gbcscheck.cosem.envelope import Envelope, read_envelope
from gbcscheck.device.asn1.payloads import PAYLOADS
from gbcscheck.device.context import Choices, Context, load_context
from gbcscheck.device.message import judge_message
from gbcscheck.model.device_files import FITS, OPEN, JudgedFile

CREDENTIALS = "CS02bSupplierBySupplier_6.15.1_IMMEDIATE_SUCCESS_COMMAND"
JOIN = "CS03A2Critical_8.7.1_SUCCESS_COMMAND"
WITH_CERTIFICATE = "CS03CNonCritical_8.7.2_SUCCESS_COMMAND"
SIGN, AGREE = bytes.fromhex("03020780"), bytes.fromhex("03020308")
P256, P384 = bytes.fromhex("06082A8648CE3D030107"), bytes.fromhex("06052B81040022")


@pytest.fixture(scope="module")
def context() -> Context:
    return load_context(Choices())


@pytest.fixture(scope="module")
def envelope(corpus: Path) -> Callable[[str], Envelope]:
    """A real message by the beginning of its file's name."""

    def read(name: str) -> Envelope:
        (path,) = (corpus / "rtds").glob(f"*/{name}_GBCS.HEX")
        return read_envelope(bytes.fromhex(path.read_text()))

    return read


def judged(context: Context, envelope: Envelope, payload: bytes | None = None) -> JudgedFile:
    """The message, or one with another payload and all lengths of its headers corrected."""
    octets = envelope.octets if payload is None else write_envelope(envelope, payload)
    return judge_message("a.hex", octets, context)


def told(file: JudgedFile) -> list[tuple[str, str]]:
    return [(finding.rule, finding.severity) for finding in file.findings if finding.severity != "note"]


def all_of(corpus: Path) -> Iterator[tuple[str, Envelope]]:
    for path in sorted((corpus / "rtds").glob("*/*.HEX")):
        envelope = read_envelope(bytes.fromhex(path.read_text()))
        if (envelope.message_code, envelope.purpose) in PAYLOADS:
            yield path.name.removesuffix("_GBCS.HEX"), envelope


def test_all_messages_of_the_corpus_have_the_structure(corpus: Path, context: Context) -> None:
    seen = set()
    for name, envelope in all_of(corpus):
        file = judged(context, envelope)
        assert (file.judged, file.judged_as, told(file)) == (True, "RTDS 4.5.0", []), name
        assert file.use_case[:4] in name, name
        bare = judge_message(file.path, file.octets, context, tree=False)
        assert (bare.values, bare.findings) == (file.values, file.findings)
        assert file.values == sum(entry.verdict in (FITS, OPEN) for entry in file.entries), name
        seen.add((envelope.message_code, envelope.purpose))
    assert len(seen) == 30
    assert {key for key, payload in PAYLOADS.items() if payload.shown} > seen


def test_values_are_told_by_name(context: Context, envelope: Callable[[str], Envelope]) -> None:
    file = judged(context, envelope(JOIN))
    values = {entry.label: (str(entry.value), entry.verdict) for entry in file.entries}
    assert values["join method and role"] == ("1 (method A responder)", FITS)
    assert values["other device's type"] == ("1 (ESME)", FITS)
    file = judged(context, envelope("CS02bSupplierBySupplier_6.15.1_8F67_FUTURE_DATED_ERROR_ALERT"))
    values = {entry.label: (str(entry.value), entry.verdict) for entry in file.entries}
    assert values["alert code"][0].startswith("0x8F67 ")
    assert values["cell usage"] == ("1 (prepayment top up)", FITS)
    assert values["authorising remote party's sequence number"] == ("1004", OPEN)


def test_a_number_without_a_name_is_open(context: Context, envelope: Callable[[str], Envelope]) -> None:
    join = envelope(JOIN)
    file = judged(context, join, join.payload[:-1] + b"\x09")
    (entry,) = (entry for entry in file.entries if entry.label == "other device's type")
    assert (entry.value, entry.verdict, file.findings) == (9, OPEN, ())


@pytest.mark.parametrize(
    ("payload", "message"),
    [
        ("300D 020101 0408 00DB123456789093", "the sequence ends where other device's type (INTEGER) is expected"),
        ("3010 020101 020101 0408 00DB123456789093", "INTEGER where OCTET STRING is expected: other device"),
        (
            "3013 020101 0408 00DB123456789093 020101 020101",
            "INTEGER where nothing is expected: behind the last field",
        ),
        ("300F 020101 0407 DB123456789093 020101", "other device has 7 octets where 8 are expected"),
        ("0500", "NULL where SEQUENCE is expected: CS03 command"),
        ("3112 020101 0408 00DB123456789093 020101 0500"[:50], "SET where SEQUENCE is expected: CS03 command"),
    ],
)
def test_another_structure_is_an_error(
    context: Context, envelope: Callable[[str], Envelope], payload: str, message: str
) -> None:
    octets = bytes.fromhex(payload)
    octets = octets[:1] + bytes((len(octets) - 2,)) + octets[2:]
    file = judged(context, envelope(JOIN), octets)
    assert file.judged
    assert message in [finding.message for finding in file.findings]
    assert set(told(file)) == {("D110", "error")}


def test_what_no_message_shows_is_a_warning(context: Context, envelope: Callable[[str], Envelope]) -> None:
    """The structure of CS08 is that of the public parser alone."""
    other = envelope(JOIN).other_information._replace(octets=bytes.fromhex("0129"))
    transaction = envelope(JOIN).transaction
    answer = transaction._replace(octets=b"\x02" + transaction.octets[1:])
    version = envelope(JOIN)._replace(other_information=other, transaction=answer)
    assert told(judged(context, version, bytes.fromhex("3007 0402ABCD 020101"))) == []
    assert told(judged(context, version, bytes.fromhex("3003 020101"))) == [("D110", "warning")]


def test_a_payload_that_nobody_describes_is_told(context: Context, envelope: Callable[[str], Envelope]) -> None:
    other = envelope(JOIN).other_information._replace(octets=bytes.fromhex("4321"))
    file = judged(context, envelope(JOIN)._replace(other_information=other), envelope(JOIN).payload)
    assert (file.judged, file.values) == (False, 3)
    assert "no source at hand says what a command with the message code 0x4321 holds" in file.reason


# --- certificates ----------------------------------------------------------------------------------------------------


def test_a_certificate_is_told_field_by_field(context: Context, envelope: Callable[[str], Envelope]) -> None:
    file = judged(context, envelope(WITH_CERTIFICATE))
    values = {entry.label: entry.value for entry in file.entries}
    assert values["valid from"] == "2016-04-06T00:00:00Z"
    assert values["valid until"] == "9999-12-31T23:59:59Z"
    assert values["public key"] == "secp256r1 (P-256)"
    assert values["key usage, critical"] == "key agreement"
    assert values["issuer"] == "CN E357"
    assert values["subject alt name, critical"] == "entity 00-DB-12-34-56-78-90-A1"
    subjects = [entry.value for entry in judged(context, envelope(CREDENTIALS)).entries if entry.label == "subject"]
    assert subjects[0] == "CN GITTESTSUPPLIER, OU 02, entity 90-B3-D5-1F-30-01-00-00"


def test_a_request_for_a_certificate_is_told_field_by_field(
    context: Context, envelope: Callable[[str], Envelope]
) -> None:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    def answered(curve: ec.EllipticCurve) -> bytes:
        usage = x509.KeyUsage(True, False, False, False, False, False, False, False, False)
        builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))
        request = builder.add_extension(usage, critical=True).sign(ec.generate_private_key(curve), hashes.SHA256())
        return request.public_bytes(serialization.Encoding.DER)

    other = envelope(JOIN).other_information._replace(octets=bytes.fromhex("000A"))
    transaction = envelope(JOIN).transaction
    answer = transaction._replace(octets=b"\x02" + transaction.octets[1:])
    message = envelope(JOIN)._replace(other_information=other, transaction=answer)
    file = judged(context, message, answered(ec.SECP256R1()))
    values = {entry.label: entry.value for entry in file.entries}
    assert (values["key usage, critical"], values["public key"]) == ("digital signature", "secp256r1 (P-256)")
    assert file.findings == ()
    assert told(judged(context, message, answered(ec.SECP384R1()))) == [("D112", "warning")]
    assert told(judged(context, message, bytes.fromhex("3003020101"))) == [("D111", "error")]
    assert told(judged(context, message, bytes.fromhex("020103"))) == []


def test_the_certificate_of_a_header_is_judged(context: Context, envelope: Callable[[str], Envelope]) -> None:
    message = envelope("ECS21b_4.14_URP_SUCCESS_COMMAND")
    file = judged(context, message)
    assert file.findings == ()
    assert "supplementary remote party's certificate" in [entry.label for entry in file.entries]
    assert "supplementary counter" not in [entry.label for entry in file.entries]
    other = message.other_information
    signing = other._replace(octets=other.octets.replace(AGREE, SIGN, 1))
    changed = message._replace(other_information=signing)
    assert told(judged(context, changed, message.payload)) == [("D112", "warning")]
    broken = message._replace(other_information=other._replace(octets=other.octets[:60]))
    assert told(judged(context, broken, message.payload)) == [("D111", "error")]


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [
        (bytes.fromhex("170D") + b"260109235959Z", bytes.fromhex("170D") + b"060109235959Z", ("D111", "error")),
        (P256, P384, ("D111", "error")),  # the point is none of that curve
        (bytes.fromhex("0404") + SIGN, bytes.fromhex("0404") + AGREE, ("D112", "warning")),
        (bytes.fromhex("06082A8648CE3D040302"), bytes.fromhex("06082A8648CE3D040303"), ("D111", "error")),
        (bytes.fromhex("0603551D0E"), bytes.fromhex("0603551D20"), ("D111", "error")),
        (bytes.fromhex("02104A07BC01D9253B51FAF01F7EC7DA5B2F"), bytes.fromhex("020100"), ("D111", "error")),
        (bytes.fromhex("A003020102"), bytes.fromhex("A003020107"), ("D111", "error")),
    ],
)
def test_a_changed_certificate_is_found(
    context: Context, envelope: Callable[[str], Envelope], was: bytes, now: bytes, expected: tuple[str, str]
) -> None:
    message = envelope(CREDENTIALS)
    tree = parsed(message.payload)
    first = tree.parts[1].parts[0].parts[0]
    octets = written(first)
    assert was in octets
    changed = parsed(_resized(octets, was, now))
    tree.parts[1].parts[0].parts[0] = changed
    assert told(judged(context, message, written(tree))) == [expected]


def _resized(octets: bytes, was: bytes, now: bytes) -> bytes:
    """The certificate with one element for another, the lengths around it corrected."""
    if len(was) == len(now):
        return octets.replace(was, now, 1)
    tree = parsed(octets)
    for node in nodes_of(tree):
        node.parts[:] = [parsed(now) if written(part) == was else part for part in node.parts]
    return written(tree)


# --- changes made by code that knows no judge ------------------------------------------------------------------------


def test_every_wrong_length_of_an_element_is_found(corpus: Path, context: Context) -> None:
    """Each length of each payload one less and one more, and what is around it as it was."""
    tried = 0
    for _, envelope in all_of(corpus):
        payload = envelope.payload
        for node, by in share(_wrong_lengths(payload), by=lambda wrong: wrong[1]):
            last = node.start - 1
            changed = payload[:last] + bytes((payload[last] + by,)) + payload[last + 1 :]
            file = judged(context, envelope, changed)
            assert file.problem is not None or told(file), (node, by)
            tried += 1
    print(f"\n{tried:,} wrong lengths, all found")
    assert tried > at_least(4000)


def _wrong_lengths(payload: bytes) -> Iterator[tuple[Node, int]]:
    """Each element, and by how much its length may be wrong."""
    for node in nodes_of(parsed(payload)):
        for by in (-1, 1):
            length = payload[node.start - 1] + by
            if 0 <= length <= 0xFF and not (node.start - node.offset == 2 and length > 0x7F):
                yield node, by


def test_every_field_that_is_left_out_or_comes_twice_is_found(corpus: Path, context: Context) -> None:
    """But for those that may be absent, and members of lists."""
    silent: dict[str, int] = {}
    tried = 0
    for name, envelope in all_of(corpus):
        for at, place, twice in share(_fields(envelope.payload), by=lambda field: field[2]):
            tree = parsed(envelope.payload)
            parts = list(nodes_of(tree))[at].parts
            parts[place : place + 1] = [parts[place]] * 2 if twice else []
            tried += 1
            file = judged(context, envelope, written(tree))
            if file.problem is None and not told(file):
                silent[name] = silent.get(name, 0) + 1
    print(f"\n{tried:,} fields left out or doubled, {sum(silent.values())} of them optional or members of lists")
    assert sum(silent.values()) < tried / 3


def _fields(payload: bytes) -> Iterator[tuple[int, int, bool]]:
    """The fields outside of certificates: the number of the element they are in, their place, and whether twice."""
    for at, node in enumerate(nodes_of(parsed(payload))):
        if node.parts and not _within_certificate(payload, node):
            yield from ((at, place, twice) for place in range(len(node.parts)) for twice in (False, True))


def _within_certificate(payload: bytes, node: Node) -> bool:
    return any(
        other.offset <= node.offset and node.end <= other.end
        for other in nodes_of(parsed(payload))
        if len(other.parts) == 3 and other.parts[0].parts and other.parts[0].parts[0].tag == 0xA0
    )


def test_any_octet_may_be_anything(corpus: Path, context: Context) -> None:
    rng = random.Random(11)
    messages = [envelope for _, envelope in all_of(corpus)]
    for _ in range(portion(1500)):
        envelope = rng.choice(messages)
        payload = bytearray(envelope.payload)
        for _ in range(rng.randrange(1, 4)):
            payload[rng.randrange(len(payload))] = rng.randrange(256)
        judged(context, envelope, bytes(payload))


def test_a_time_that_there_is_not_is_found_in_its_place(context: Context, envelope: Callable[[str], Envelope]) -> None:
    message = envelope("CS02bSupplierBySupplier_6.15.1_8F66_FUTURE_DATED_SUCCESS_ALERT")
    place = message.payload.index(b"\x18\x0f") + 2
    file = judged(context, message, message.payload[:place] + b"20300230000000Z" + message.payload[place + 15 :])
    assert told(file) == [("D110", "error")]
    assert "20300230000000Z, a time that there is not" in file.findings[0].message
    assert file.judged
