"""Lists that have to agree: enumerations, and things that one specification knows and another lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from gbcscheck.evidence.comparisons import held
from gbcscheck.evidence.lists import SHOWN, as_a_whole, lacking, named, pairs_of_kind, settled_by, side_name, texts_of
from gbcscheck.evidence.value_words import value_text
from gbcscheck.facts.crosswalk import ListPair
from gbcscheck.model import Finding, Specification, Statement, distinct
from gbcscheck.model.rules import OF_CROSSWALK, Rule
from gbcscheck.release.catalogue import Catalogue, independent
from gbcscheck.rules.base import rule

SETS = ("roles", "permitted", "states")
"""Attributes whose sets of texts have to be equal where two parts or specifications state them for one subject."""


@rule(
    "S101",
    "lists-differ",
    kind="enumeration",
    severity="error",
    reads=(*SETS, OF_CROSSWALK),
    question="Do two specifications list different members of the same thing?",
    text="""
    Two documents list the members of one thing: states, roles, versions, service references. They have to be equal as
    sets; order and layout do not matter. A member that only one list has is accepted by systems that follow the one
    and refused by those that follow the other. Texts are compared exactly: a single space is a value, and is not
    trimmed away.

    **How to fix it.** Add the member where it is missing, or remove it where it should not be. The finding names each
    member, and the place of both lists.

    **Example.** MP077: the states of the DCC Service Flag were `W` and `S` in one register, `N` and `I` in the other.
    """,
    versions_matter=True,
)
def lists_differ(catalogue: Catalogue) -> Iterator[Finding]:
    """Pairs of lists of the crosswalk, and roles or sets of texts stated twice for one subject, that are not equal."""
    for pair, left, right in pairs_of_kind(catalogue, "enumeration"):
        only_left = lacking(pair, left, right)
        only_right = lacking(pair, right, left) if pair.relation == "equal" else ()
        if only_left or only_right:
            yield _difference(lists_differ, pair, left, right, only_left, only_right)
    yield from _stated_twice(catalogue)


def _difference(
    asked: Rule,
    pair: ListPair,
    left: Mapping[str, Statement],
    right: Mapping[str, Statement],
    only_left: tuple[str, ...],
    only_right: tuple[str, ...],
) -> Finding:
    """One finding for a pair of lists, with the first place of each member that only one of them has; a list that has
    no such member is cited as a whole."""
    parts = []
    if only_left:
        parts.append(f"only in {side_name(pair.left)}: {named(only_left)}")
    if only_right:
        parts.append(f"only in {side_name(pair.right)}: {named(only_right)}")
    statements = distinct(
        [
            *(left[name] for name in only_left[:SHOWN]),
            *(right[name] for name in only_right[:SHOWN]),
            *(() if only_left else (as_a_whole(pair.left, left),)),
            *(() if only_right else (as_a_whole(pair.right, right),)),
        ]
    )
    return asked.finding(
        subject=pair.title,
        message="; ".join(parts),
        statements=statements,
        witness=value_text((only_left or only_right)[0]),
        why="the two lists have to be equal." if pair.relation == "equal" else "the one has to be within the other.",
        suggestion="add what is missing, or remove what should not be there",
        exemplary=True,
        differing=(
            *(f"only in {side_name(pair.left)}: {value_text(name)}" for name in only_left),
            *(f"only in {side_name(pair.right)}: {value_text(name)}" for name in only_right),
        ),
        lacks=(
            *((pair.right.specification, pair.right.attribute, name) for name in only_left),
            *((pair.left.specification, pair.left.attribute, name) for name in only_right),
        ),
    )


def _stated_twice(catalogue: Catalogue) -> Iterator[Finding]:
    """Sets of texts that two specifications, or two parts of one, state for the same subject and that differ."""
    for attribute in SETS:
        for subject in _stated_by_several(catalogue, attribute):
            group: dict[Specification, Statement] = {}
            for statement in catalogue.about(subject, attribute):
                group.setdefault(statement.specification, statement)
            first, *others = group.values()
            for other in others:
                left, right = dict.fromkeys(texts_of(catalogue, first)), dict.fromkeys(texts_of(catalogue, other))
                only_left = tuple(text for text in left if text not in right)
                only_right = tuple(text for text in right if text not in left)
                if left and right and independent(first, other):
                    held(catalogue, first, (other,))
                if not left or not right or not (only_left or only_right) or not independent(first, other):
                    continue
                parts = [
                    f"only in {statement.specification}: {named(names)}"
                    for statement, names in ((first, only_left), (other, only_right))
                    if names
                ]
                yield lists_differ.finding(
                    subject=subject,
                    message=f"{attribute} differ; {'; '.join(parts)}",
                    statements=(first, other),
                    witness=value_text((only_left or only_right)[0]),
                    why=f"{first.specification} and {other.specification} both state the {attribute} of {subject}.",
                    suggestion="make the two lists equal, or state the fact in one place only",
                    differing=(
                        *(f"only in {_part(first)}: {value_text(name)}" for name in only_left),
                        *(f"only in {_part(other)}: {value_text(name)}" for name in only_right),
                    ),
                )


def _stated_by_several(catalogue: Catalogue, attribute: str) -> Iterable[str]:
    """The subjects of which several specifications, or parts of one, state an attribute; no statement is made."""
    first: dict[str, Specification] = {}
    said = catalogue.said_of(attribute)
    return dict.fromkeys(subject for part, subject in said if first.setdefault(subject, part) is not part)


def _part(statement: Statement) -> str:
    """Who states something, without the version."""
    return f"{statement.specification.name} {statement.specification.part}".strip()


@rule(
    "S102",
    "missing-from-list",
    kind="missing",
    severity="warning",
    reads=(OF_CROSSWALK,),
    question="Does one specification know a thing that another, which should, lacks?",
    text="""
    One document speaks of a use case, a code or a request, and the document that should describe it does not know it.
    Whoever meets it finds no rule for it.

    **How to fix it.** Add the missing description, or remove the mention. Where the two documents are of different
    versions, the newer one may simply have what the older one lacks; such a finding is a note.

    **Example.** A use case in the list of DCC's tools for which the GBCS tables have no row.
    """,
    versions_matter=True,
)
def missing_from_list(catalogue: Catalogue) -> Iterator[Finding]:
    """Members of the left list that the right one lacks, one finding a pair of lists."""
    for pair, left, right in pairs_of_kind(catalogue, "missing"):
        only_left = lacking(pair, left, right)
        only_right = lacking(pair, right, left) if pair.relation == "equal" else ()
        if only_left or only_right:
            gap = settled_by((*left.values(), *right.values())).strip()
            found = _difference(missing_from_list, pair, left, right, only_left, only_right)
            yield replace(found, severity="note", why=gap) if gap else found


RULES = (lists_differ, missing_from_list)
