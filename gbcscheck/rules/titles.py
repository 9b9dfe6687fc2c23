"""Titles that two documents give one use case or service request."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from gbcscheck.evidence.comparisons import held
from gbcscheck.evidence.lists import settled_by
from gbcscheck.model import Finding, Statement
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.rules.base import rule


@rule(
    "N125",
    "titles-differ",
    kind="naming",
    severity="warning",
    reads=("title",),
    question="Do two documents give one use case or service request different titles?",
    text="""
    Two documents have one use case or service request under one code, with titles in different words. A code before the
    title, blanks, signs and case are no difference. Either the one title is out of date, or the two do not mean the
    same thing by the code. Where a list does not state its version, a difference is a note.

    **How to fix it.** Give both the title of the document that is in force.

    **Example.** `ECS37 Set Maximum Demand Configurable Time Period` in the list of the DCC's tools and `Set Maximum
    Demand Configurable Time Period` in GBCS are one title; `Set Maximum Demand Period` would be another.
    """,
    versions_matter=True,
)
def titles_differ(catalogue: Catalogue) -> Iterator[Finding]:
    """Subjects to which two specifications give titles in different words."""
    by_subject: dict[str, list[Statement]] = {}
    for stated in catalogue.by_attribute.get("title", ()):
        by_subject.setdefault(stated.subject, []).append(stated)
    for subject, group in by_subject.items():
        first = group[0]
        for other in group[1:]:
            if other.specification.name == first.specification.name:
                continue
            held(catalogue, first, (other,))
            if _letters(first) == _letters(other):
                continue
            gap = settled_by((first, other))
            yield titles_differ.finding(
                severity="note" if gap else "",
                subject=subject,
                message="two documents give it different titles",
                statements=(first, other),
                witness=f"{first.written} and {other.written}",
                why=f"one code has one title.{gap}",
                suggestion="give both the title of the document that is in force",
            )


def _letters(stated: Statement) -> str:
    letters = _folded(str(stated.value))
    return letters.removeprefix(_folded(stated.subject))


@lru_cache(maxsize=1024)
def _folded(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.casefold())


RULES = (titles_differ,)
