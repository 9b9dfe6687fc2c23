"""Titles that two documents give one use case or service request."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache

from gbcscheck.evidence.comparisons import held
from gbcscheck.evidence.lists import settled_by
from gbcscheck.model import Finding, Statement
from gbcscheck.near_names import is_misspelt
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.rules.base import rule

_WORD = re.compile(r"[^\W_]+")
_SHORTEST = 5
"""How long a word is at least of which one letter is hardly another word."""


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
    same thing by the code. Where a list does not state its version, a difference is a note; a word that one letter
    within tells from that of the other title, and that no third title has, is misspelt in one of the two, whatever
    their versions are.

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
            gap, misspelt = settled_by((first, other)), _misspelt(catalogue.once(_words_of_titles), first, other)
            yield titles_differ.finding(
                severity="note" if gap and not misspelt else "",
                subject=subject,
                message=f"two documents give it titles that differ in one letter of {misspelt}"
                if misspelt
                else "two documents give it different titles",
                statements=(first, other),
                witness=f"{first.written} and {other.written}",
                why="one of the two is misspelt." if misspelt else f"one code has one title.{gap}",
                suggestion="give both the title of the document that is in force",
            )


def _words_of_titles(catalogue: Catalogue) -> Mapping[str, int]:
    """In how many titles each word stands."""
    return Counter(word for title in catalogue.values_of("title") for word in set(_words(title)))


def _misspelt(words: Mapping[str, int], one: Statement, other: Statement) -> str:
    """The word of which two titles differ in one letter within, if they differ in nothing else and one of the two words
    stands in no other title."""
    left, right = (_words(str(stated.value).removeprefix(stated.subject)) for stated in (one, other))
    unlike = [pair for pair in zip(left, right, strict=False) if pair[0] != pair[1]]
    if len(left) != len(right) or len(unlike) != 1:
        return ""
    first, second = unlike[0]
    is_one = min(words[first], words[second]) <= 1 and len(min(unlike[0], key=len)) >= _SHORTEST
    return first if is_one and (first + second).isalpha() and is_misspelt(first, second) else ""


def _words(title: str) -> list[str]:
    return _WORD.findall(title.casefold())


def _letters(stated: Statement) -> str:
    letters = _folded(str(stated.value))
    return letters.removeprefix(_folded(stated.subject))


@lru_cache(maxsize=1024)
def _folded(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.casefold())


RULES = (titles_differ,)
