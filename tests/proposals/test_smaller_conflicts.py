"""A conflict that an edit makes smaller is no new one."""

from __future__ import annotations

import pytest

from gbcscheck.model import Finding, Specification, Statement
from gbcscheck.proposals.smaller_conflicts import is_part_of

DUIS, GBCS = Specification("DUIS", "5.4", "schema"), Specification("GBCS", "4.0", "use cases")


def _finding(request: str, *row: str) -> Finding:
    def statement(subject: str, attribute: str, spec: Specification, domain: str) -> Statement:
        return Statement(subject, attribute, spec, "published", "", "file", subject, domain or None, None, None)

    rows = [
        statement("U1/Item", attribute, GBCS, one) for attribute, one in zip(("type", "permitted"), row, strict=False)
    ]
    asked = statement("/Request/Item", "permitted", DUIS, request)
    return Finding("R102", "warning", "/Request/Item", "it accepts too much", (asked, *rows))


@pytest.mark.parametrize(
    ("before", "after", "is_part"),
    [
        (_finding("-9..9", "-5..4"), _finding("-6..9", "-5..4"), True),
        (_finding("-9..9", "0..9", "-4..4"), _finding("-9..9", "-9..9", "-4..4"), True),
        (_finding("-9..9", "-5..4"), _finding("-10..9", "-5..4"), False),
        (_finding("-9..9", "-5..4"), _finding("-9..9", "-5..3"), False),
        (_finding("0..9", "-5..4"), _finding("-5..9", "-5..4"), True),
        (_finding("0..9", "-5..4"), _finding("-6..9", "-5..4"), False),
        (_finding("-9..9", "-5..4"), _finding("-9..9", ""), False),
        (_finding("-9..9", "-5..4"), _finding("text(0..9)", "-5..4"), False),
    ],
)
def test_only_what_was_in_conflict_is_still_so(before: Finding, after: Finding, is_part: bool) -> None:
    assert is_part_of(after, before) is is_part
