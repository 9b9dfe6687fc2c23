"""By what requests, commands, responses and converted responses know of each other: user, device and counter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from gbcscheck.cosem.envelope import Envelope

IDENTIFIER = "/Request/Header/RequestID"
MMC_HEADER = "/GBCSResponse/Header/"
SUPPLEMENTARY = 18
"""Octets of other information that hold a message code, a supplementary remote party and its counter."""


class Part(NamedTuple):
    """A part of an identity: its value, digits in lower case or a number, and where in the file it stands."""

    value: str
    source: str


class Identity(NamedTuple):
    """Who asks whom, and for the how manieth time."""

    user: Part
    device: Part
    counter: Part

    @property
    def key(self) -> tuple[str, str, str]:
        """What is the same of all that belongs together."""
        return self.user.value, self.device.value, self.counter.value


def digits(identifier: str) -> str:
    """An identifier of eight octets as digits in lower case."""
    return identifier.strip().replace("-", "").lower()


def identity_of_request(written: str, source: str) -> Identity | None:
    """What the identifier of a request says (``sender:receiver:counter``); None where it is none."""
    parts = written.strip().split(":")
    if len(parts) != 3 or not parts[2].isdecimal():
        return None
    return Identity(Part(digits(parts[0]), source), Part(digits(parts[1]), source), Part(str(int(parts[2])), source))


def identities_of_message(envelope: Envelope) -> Iterator[Identity]:
    """Whose a command or a response is: its own parties, and the supplementary remote party with its counter."""
    ends = (envelope.originator, envelope.recipient)
    user, device = ends if envelope.purpose == "command" else ends[::-1]
    receiver = Part(device.octets.hex(), _octets(device.offset, 8))
    counter = Part(str(envelope.counter), _octets(envelope.transaction.offset + 1, 8))
    yield Identity(Part(user.octets.hex(), _octets(user.offset, 8)), receiver, counter)
    other = envelope.other_information
    if len(other.octets) >= SUPPLEMENTARY:
        yield Identity(
            Part(other.octets[2:10].hex(), _octets(other.offset + 2, 8)),
            receiver,
            Part(str(int.from_bytes(other.octets[10:18], "big")), _octets(other.offset + 10, 8)),
        )


def identities_of_reading(header: dict[str, Part]) -> Iterator[Identity]:
    """Whose a converted response is, by the fields of its header (MMC, HeaderType)."""
    device = header.get("BusinessOriginatorID")
    if device is None:
        return
    device = device._replace(value=digits(device.value))
    for party, number in (
        ("BusinessTargetID", "OriginatorCounter"),
        ("SupplementaryRemotePartyID", "SupplementaryRemotePartyCounter"),
    ):
        user, counter = header.get(party), header.get(number)
        if user is not None and counter is not None and counter.value.strip().isdecimal():
            number = str(int(counter.value))
            yield Identity(user._replace(value=digits(user.value)), device, counter._replace(value=number))


def _octets(offset: int, length: int) -> str:
    return f"octets {offset}+{length}"
