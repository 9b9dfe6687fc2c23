"""What a rule of the device check is. Each judge declares its own, beside the code that finds it."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from gbcscheck.model import KINDS, SEVERITIES


@dataclass(frozen=True, slots=True)
class DeviceRule:
    """One thing that can be wrong with what a device holds, sends or is sent.

    Codes: D1 envelopes, D2 electricity (DLMS COSEM), D3 gas (GBZ), D4 XML documents, D5 data items across the
    specifications, D6 configurations, D7 pairs of a request and its command. ``text`` is Markdown: why it matters,
    how to fix it, an example.
    """

    code: str
    name: str
    kind: str
    severity: str
    question: str
    text: str

    def __post_init__(self) -> None:
        if self.kind not in KINDS or self.severity not in SEVERITIES:
            raise ValueError(f"rule {self.code}: unknown kind {self.kind} or severity {self.severity}")


def device_rule(code: str, name: str, *, kind: str, severity: str, question: str, text: str) -> DeviceRule:
    """A rule whose text may be written with the indentation of the code around it."""
    return DeviceRule(code, name, kind, severity, question, textwrap.dedent(text).strip())
