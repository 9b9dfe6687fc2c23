"""Help for the tests of electricity messages: real ones read, judged, and changed in one place."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from cosem_writing import write_data, write_envelope, write_payload

from gbcscheck.cosem.access import Payload, Request, Response, read_payload
from gbcscheck.cosem.axdr import Data, read_data
from gbcscheck.cosem.envelope import Envelope, read_envelope
from gbcscheck.device.context import Choices, Context, load_context
from gbcscheck.device.electricity.judge import judge_payload
from gbcscheck.device.model import FileRecord


@cache
def context_for(variant: str = "", gbcs: str = "") -> Context:
    """The default release, with one or two choices."""
    return load_context(Choices(variant=variant, gbcs=gbcs))


def envelope_of(corpus: Path, name: str) -> Envelope:
    """A message of the Reference Test Data Set by the beginning of its file's name."""
    (path,) = sorted(corpus.glob(f"rtds/*/{name}_GBCS.HEX"))
    return read_envelope(bytes.fromhex(path.read_text("ascii").strip()))


def payload_of(envelope: Envelope) -> Payload:
    """The payload, decoded."""
    return read_payload(envelope.octets, envelope.payload_start, envelope.payload_end)


def judged(envelope: Envelope, context: Context | None = None) -> FileRecord:
    """What is found in a message whose use case has a table."""
    context = context or context_for()
    record = FileRecord("message.hex")
    use_case = context.use_cases[envelope.message_code]
    assert judge_payload(envelope.octets, payload_of(envelope), use_case, context, record) == ""
    return record


def rules_of(record: FileRecord) -> list[str]:
    """Codes of what was found, in order, notes left out."""
    return [finding.rule for finding in record.findings if finding.severity != "note"]


def changed(envelope: Envelope, change: Callable[[Payload], Payload]) -> Envelope:
    """The message with another payload, every length corrected."""
    return read_envelope(write_envelope(envelope, write_payload(change(payload_of(envelope)))))


def with_data(payload: Payload, place: int, data: Data) -> Payload:
    """The payload with another value in one place."""
    assert isinstance(payload, Request | Response)
    values = list(payload.data)
    values[place] = data
    return payload._replace(data=tuple(values))


def value(text: str) -> Data:
    """A value from its octets in hexadecimal digits."""
    octets = bytes.fromhex(text)
    data = read_data(octets)
    assert write_data(data) == octets
    return data


def replaced(data: Data, path: tuple[int, ...], new: Data) -> Data:
    """The value with another one at a path of places, from 0."""
    if not path:
        return new
    members = list(data.members)
    members[path[0]] = replaced(members[path[0]], path[1:], new)
    return data._replace(value=tuple(members))
