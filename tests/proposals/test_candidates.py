"""What could be written in one place."""

from __future__ import annotations

from gbcscheck.model import Specification, Statement
from gbcscheck.proposals.candidates import _lacking

SPEC = Specification("GBCS", "4.0", "use cases")


def _constant(number: int, domain: str) -> Statement:
    return Statement(f"U1/Identifier #{number}", "constant", SPEC, "published", "U1", "uc.xlsx", "GBZ!H9", domain)


def test_of_a_list_of_identifiers_those_are_tried_that_nobody_else_has() -> None:
    target, peers = _constant(3, "1033"), [_constant(1, "1024"), _constant(2, "1025")]
    assert _lacking(["0x0400", "0x0401", "0x0402", "1027"], target, peers) == ["0x0402", "1027"]
    assert _lacking(["0x0400"], target, peers) == ["0x0400"], "one alone may come again"
