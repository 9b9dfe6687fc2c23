"""Lists in one cell or value that name a member twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from gbcscheck.model import Finding, Statement
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.rules.base import rule

_LISTS = ("roles", "states", "service-reference", "versions-in-force", "accepted-gbcs-versions", "default", "constant")
"""Attributes whose text may list several things."""
_BETWEEN = re.compile(r"\s*[,;\n]\s*")
_BARS = re.compile(r"\s*\|\s*")
_FEWEST = 3
"""How many members a text with bars has at least that is a list, where nobody could read it as a set of values."""


@rule(
    "N124",
    "member-listed-twice",
    kind="duplicate",
    severity="warning",
    reads=_LISTS,
    question="Does a list name one member twice?",
    text="""
    A cell or a value lists several things with commas, semicolons or bars between them, and names one of them twice.
    The second is superfluous, or another one was meant: then the list lacks it.

    **How to fix it.** Write the member that was meant, or delete the second.

    **Example.** A profile that captures `ACTIVE_ENERGY_EXPORT_RATE_1,2` twice, in two places where the other profiles
    have rate 1 and rate 2; roles `IS, ES, IS`.
    """,
)
def member_listed_twice(catalogue: Catalogue) -> Iterator[Finding]:
    """Statements whose text lists a member twice."""
    for attribute in _LISTS:
        for stated in catalogue.by_attribute.get(attribute, ()):
            names = _members(stated)
            if len(set(names)) < len(names):
                twice = [name for name, count in Counter(names).items() if count > 1]
                yield member_listed_twice.finding(
                    subject=stated.subject,
                    message=f"its {attribute} list {' and '.join(twice)} twice",
                    statements=(stated,),
                    witness=twice[0],
                    why="a list of what there is has each member once.",
                    suggestion="write the member that was meant, or delete the second",
                )


def _members(stated: Statement) -> list[str]:
    """The members of a text that lists several: those of a set of texts with commas, semicolons or line breaks between
    them; and, where no set was read, those with bars between them, which may have commas of their own."""
    text = stated.text or ""
    if stated.domain is not None:
        return [one for one in _BETWEEN.split(text) if one] if stated.domain.startswith('"') else []
    members = [one for one in _BARS.split(text) if one]
    return members if len(members) >= _FEWEST and not text.startswith("||") else []


RULES = (member_listed_twice,)
