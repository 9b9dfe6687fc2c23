"""Lists in which two specifications have to agree: their members, and how a message names those that differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from gbcscheck.evidence.comparisons import held, looked_for
from gbcscheck.evidence.value_words import value_text
from gbcscheck.facts.crosswalk import ListPair, ListSide
from gbcscheck.model import UNSTATED, Statement
from gbcscheck.release.catalogue import Catalogue

SHOWN = 8
"""How many members of a difference a message names; the rest is counted."""


def members(catalogue: Catalogue, side: ListSide) -> Mapping[str, Statement]:
    """The members of one list, each with the statement that first names it, in the order of the source."""
    if _is_of_subjects(side):
        return catalogue.firsts_in_part(side.specification, side.part)
    found: dict[str, Statement] = {}
    for name, statement in _namings(catalogue, side):
        found.setdefault(name, statement)
    return found


def _is_of_subjects(side: ListSide) -> bool:
    """Whether the members of a list are the subjects of a part."""
    return side.attribute == "subject" and not side.subject


def _namings(catalogue: Catalogue, side: ListSide) -> Iterator[tuple[str, Statement]]:
    """Each member of one list with each statement that names it."""
    if _is_of_subjects(side):
        yield from catalogue.firsts_in_part(side.specification, side.part).items()
        return
    if side.subject:
        stated = catalogue.about(side.subject, side.attribute)
        statements = tuple(one for one in stated if one.specification.name == side.specification)
    else:
        statements = catalogue.in_part(side.specification, side.part, side.attribute)
    for statement in statements:
        for text in texts_of(catalogue, statement):
            yield text, statement


def texts_of(catalogue: Catalogue, statement: Statement) -> tuple[str, ...]:
    """What a statement lists: the texts of its enumeration, or its one value as a text."""
    if statement.domain is None:
        return (str(statement.value),) if statement.value is not None else ()
    from gbcscheck.domains.texts import Texts

    domain = catalogue.domain(statement)
    if isinstance(domain, Texts):
        return tuple(str(member) for member in domain.members() or ())
    return (str(statement.value),) if statement.value is not None else ()


def side_name(side: ListSide) -> str:
    """A list in a few words: ``DUIS service requests (service-reference)``."""
    what = side.subject or ("the subjects" if side.attribute == "subject" else side.attribute)
    return " ".join(word for word in (side.specification, side.part) if word) + f" ({what})"


def settled_by(statements: Iterable[Statement]) -> str:
    """Where a document among some does not state its version: one sentence that says so, and which version of the
    others would settle what they differ in. Empty where all state theirs."""
    specifications = list(dict.fromkeys(statement.specification for statement in statements))
    unstated = [one for one in specifications if one.version == UNSTATED]
    stated = [one for one in specifications if one.version != UNSTATED]
    if not unstated:
        return ""
    later = " and ".join(dict.fromkeys(f"{one.name} after {one.version}" for one in stated))
    settles = f"the version of {later} that it follows" if later else "their versions"
    return f" {unstated[0].in_words} does not state its version, and may be newer: {settles} would settle it."


def as_a_whole(side: ListSide, members: Mapping[str, Statement]) -> Statement:
    """What a list says as a whole, at the file that holds it: what it lacks stands in none of its rows. The statement
    itself where one alone states all members."""
    statements = iter(members.values())
    first = next(statements)
    if all(one == first for one in statements):
        return first
    return first._replace(
        subject=side_name(side),
        attribute=side.attribute,
        clause=first.specification.part,
        source="",
        domain=None,
        value=None,
        text="the list as a whole",
    )


def lacking(pair: ListPair, left: Mapping[str, Statement], right: Mapping[str, Statement]) -> tuple[str, ...]:
    """The members of the left list that the right one lacks, markers apart."""
    return tuple(name for name in left if name not in right and name not in pair.ignore)


def named(names: tuple[str, ...]) -> str:
    """Some members as a message names them: the first few, and how many more."""
    shown = ", ".join(value_text(name) for name in names[:SHOWN])
    return f"{shown} and {len(names) - SHOWN} more" if len(names) > SHOWN else shown


def pairs_of_kind(
    catalogue: Catalogue, kind: str
) -> Iterator[tuple[ListPair, Mapping[str, Statement], Mapping[str, Statement]]]:
    """The list pairs of a kind of which both lists are there."""
    for pair in catalogue.crosswalk.lists:
        if pair.kind == kind:
            left, right = members(catalogue, pair.left), members(catalogue, pair.right)
            if left and right:
                if catalogue.release.sources:
                    _hold(catalogue, pair, left, right)
                yield pair, left, right


def _hold(catalogue: Catalogue, pair: ListPair, left: Mapping[str, Statement], right: Mapping[str, Statement]) -> None:
    """Say that the members of a list were looked for in the other: held against what names them there, or where nothing
    does against that list as a whole."""
    sides = ((pair.left, pair.right, right), (pair.right, pair.left, left))
    for side, other, those in sides[: 2 if pair.relation == "equal" else 1]:
        whole = as_a_whole(other, those)
        for name, statement in _namings(catalogue, side):
            if name in those:
                held(catalogue, statement, (those[name],))
            elif name not in pair.ignore:
                looked_for(catalogue, statement, whole)
