"""Whether a conflict of two sets is a part of the one that was there: about values that were in conflict already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gbcscheck.model import Finding

if TYPE_CHECKING:
    from gbcscheck.domains import Domain


def is_part_of(after: Finding, before: Finding) -> bool:
    """Whether each value that only one side of a finding has was one that only one side had before.

    A side is what a finding cites of one subject: its type and its range together. With A and B before, that holds of
    a side that has at least what both had, and at most what either had. False where a side is no set that can be
    compared.
    """
    from gbcscheck.domains import NotExact, NotInterpretable, union

    old, new = _sides(before), _sides(after)
    if len(old) != 2 or new.keys() != old.keys():
        return False
    one, other = old.values()
    try:
        both, either = one.meet(other), union(one, other)
        return all(both.is_subset(side) is True and side.is_subset(either) is True for side in new.values())
    except (NotExact, NotInterpretable, ValueError):
        return False


def _sides(finding: Finding) -> dict[str, Domain]:
    """What each subject of a finding may be, by all that is cited of it; nothing where a statement sets out no set."""
    from gbcscheck.notation.canonical import parse_domain

    found: dict[str, Domain] = {}
    for statement in finding.statements:
        if statement.domain is None:
            return {}
        domain = parse_domain(statement.domain)
        known = found.get(statement.subject)
        found[statement.subject] = domain if known is None else known.meet(domain)
    return found
