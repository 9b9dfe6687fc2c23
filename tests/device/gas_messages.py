"""Help for the tests of gas messages: real ones read, judged, and changed in one place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from cosem_writing import write_envelope, write_gbz

from gbcscheck.cosem.envelope import Envelope, read_envelope
from gbcscheck.cosem.gbz import Component, Gbz, read_gbz
from gbcscheck.device.context import Choices, Context, load_context
from gbcscheck.device.gas.judge import judge_gas
from gbcscheck.device.model import FileRecord
from gbcscheck.model import Finding, Place
from gbcscheck.model.device_files import BRANCH


@cache
def context_for(gbcs: str = "") -> Context:
    """The default release, with or without a version of GBCS."""
    return load_context(Choices(gbcs=gbcs))


def gas_messages(corpus: Path) -> Iterator[tuple[str, Envelope]]:
    """Name and envelope of every gas message of the Reference Test Data Set."""
    for path in sorted((corpus / "rtds").rglob("*.HEX"), key=lambda path: path.name):
        envelope = read_envelope(bytes.fromhex(path.read_text("ascii")))
        if envelope.payload[:2] == b"\x01\x09":
            yield path.stem, envelope


def envelope_of(corpus: Path, name: str) -> Envelope:
    """A message by the beginning of its file's name."""
    (path,) = sorted(corpus.glob(f"rtds/*/{name}_GBCS.HEX"))
    return read_envelope(bytes.fromhex(path.read_text("ascii")))


def gbz_of(envelope: Envelope) -> Gbz:
    """The payload, decoded."""
    alert = envelope.purpose == "alert"
    return read_gbz(envelope.octets, envelope.payload_start, envelope.payload_end, alert=alert)


def judged(envelope: Envelope, context: Context | None = None) -> tuple[str, FileRecord]:
    """The reason why a message is not judged, and what was found."""
    context = context or context_for()
    record = FileRecord("message.hex")
    return judge_gas(envelope, context.use_cases.get(envelope.message_code), context, record), record


def findings_of(envelope: Envelope, context: Context | None = None) -> list[Finding]:
    """What is found in a message that has a byte layout."""
    reason, record = judged(envelope, context)
    assert reason == ""
    return record.findings


def changed(envelope: Envelope, change: Callable[[Gbz], Gbz]) -> Envelope:
    """The message with another payload, every length of the headers corrected."""
    return read_envelope(write_envelope(envelope, write_gbz(change(gbz_of(envelope)))))


def with_component(envelope: Envelope, place: int, change: Callable[[Component], Component]) -> Envelope:
    """The message with one component changed."""

    def swap(gbz: Gbz) -> Gbz:
        parts = list(gbz.components)
        parts[place] = change(parts[place])
        return gbz._replace(components=tuple(parts))

    return changed(envelope, swap)


def with_frame(envelope: Envelope, place: int, frame: str) -> Envelope:
    """The message with another frame in one component, in hexadecimal digits, and its length corrected."""

    def swap(component: Component) -> Component:
        new = bytes.fromhex(frame)
        return component._replace(frame=new, length=len(component.additional) + len(new))

    return with_component(envelope, place, swap)


def covered(envelope: Envelope, record: FileRecord) -> bytes:
    """The octets of all leaves one behind the other; lines that only hold others are left out."""
    told = b""
    for entry in record.entries:
        if entry.verdict != BRANCH:
            place = Place.parse("", entry.source)
            assert place.offset is not None
            told += envelope.octets[place.offset : place.offset + (place.length or 0)]
    return told
