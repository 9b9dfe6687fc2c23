"""What could settle findings: edits found by search over the statements in conflict, each checked by the rules."""

from __future__ import annotations

from gbcscheck.proposals.authority import Authority
from gbcscheck.proposals.proposing import propose

__all__ = ["Authority", "propose"]
