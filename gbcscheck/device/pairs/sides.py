"""What may be held against what: a document and a message that are two forms of one thing."""

from __future__ import annotations

from typing import NamedTuple

from gbcscheck.device.documents.leaves import REQUESTS, RESPONSES
from gbcscheck.facts.crosswalk import Link, Role


class Sides(NamedTuple):
    """The document and the message of a pair: the role that its elements have in a link, those that the rows of the
    message have (the first that a use case has counts), what stands before the elements that hold values, and what the
    two are called."""

    elements: Role
    rows: tuple[Role, ...]
    body: str
    document: str
    message: str

    def service_request(self, link: Link) -> str:
        """The service request that a link belongs to on this way."""
        return link.service_request if self.elements == "request" else link.read_service_request

    def is_proved(self, link: Link) -> bool:
        """Whether messages, or the structure of a response, prove that element and row of a link belong together."""
        if self.elements == "request":
            return link.proof.startswith("proved")
        return link.reading_proof.startswith(("proved", "structure"))


COMMANDS = Sides("request", ("gbz", "command"), REQUESTS, "request", "command")
"""A service request (DUIS), and the command that was made of it."""
READINGS = Sides("reading", ("response",), RESPONSES, "document", "response")
"""What the DCC shows of a response (MMC), and the response of the device."""
