"""Targets of use cases against the tables that carry them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from gbcscheck.evidence.comparisons import held
from gbcscheck.model import Finding, Specification, Statement
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.rules.base import rule

_ELECTRICITY, _GAS = re.compile(r"\bESME\b"), re.compile(r"\b(?:GSME|GPF)\b")
"""Targets that are spoken to in DLMS COSEM, and in ZigBee (GBCS sections 7.2.9 and 7.2.10)."""


@rule(
    "X126",
    "target-of-another-protocol",
    kind="reference",
    severity="error",
    reads=("target", "member", "octets"),
    question="Is the target of every use case a device that is spoken to as the use case's rows say?",
    text="""
    An electricity meter (ESME) takes DLMS COSEM, a gas meter and the gas proxy (GSME, GPF) take ZigBee. A use case
    whose target is an electricity meter and whose messages are laid out for ZigBee, or the other way round, is one
    that no such device can take.

    **How to fix it.** Name the device that takes the messages, or give the use case the rows of its protocol.

    **Example.** ECS37, all rows of which are attributes of COSEM, with the target GSME.
    """,
)
def target_of_another_protocol(catalogue: Catalogue) -> Iterator[Finding]:
    """Use cases with a target of the one protocol, and rows of the other alone; tables of one document."""
    of_cosem, of_zigbee = _rows(catalogue, "member"), _rows(catalogue, "octets")
    for target in catalogue.by_attribute.get("target", ()):
        key = (target.specification, target.subject)
        cosem, zigbee = of_cosem.get(key), of_zigbee.get(key)
        row = cosem or zigbee
        if row is None or (cosem and zigbee):
            continue
        device = str(target.value)
        if not _ELECTRICITY.search(device) and not _GAS.search(device):
            continue
        held(catalogue, target, (row,))
        is_other = _GAS.search(device) if cosem else _ELECTRICITY.search(device)
        if is_other and not (_ELECTRICITY if cosem else _GAS).search(device):
            protocol, other = ("DLMS COSEM", "ZigBee") if cosem else ("ZigBee", "DLMS COSEM")
            yield target_of_another_protocol.finding(
                subject=target.subject,
                message=f"its target is {device}, and its rows are those of {protocol}",
                statements=(target, row),
                witness=device,
                why=f"{device} takes {other}, and the use case has no row of it.",
                suggestion="name the device that takes the messages",
            )


def _rows(catalogue: Catalogue, attribute: str) -> Mapping[tuple[Specification, str], Statement]:
    """The first row of each use case that has an attribute."""
    found: dict[tuple[Specification, str], Statement] = {}
    for subject, row in catalogue.firsts(attribute).items():
        found.setdefault((row.specification, subject.partition("/")[0]), row)
    return found


RULES = (target_of_another_protocol,)
