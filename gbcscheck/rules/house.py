"""House rules on a release: what people wrote down of values, held against the statements of every specification."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from gbcscheck.evidence.comparisons import held
from gbcscheck.evidence.house_rules import (
    Broken,
    HouseRule,
    Related,
    Stated,
    Within,
    fitting_items,
    message_of,
    outside,
    unrelated,
)
from gbcscheck.evidence.reading import readings, types_of
from gbcscheck.model import Finding, Statement, distinct
from gbcscheck.release.catalogue import Catalogue, Item, independent
from gbcscheck.rules.base import ReleaseRule, bound
from gbcscheck.wildcards import subject_fits

if TYPE_CHECKING:
    from gbcscheck.domains import Domain


MOST_TOLD = 10
"""House rules about nothing that are told one by one; the others are counted."""


class _Subject(NamedTuple):
    """What a pattern fits: a data item, or (``item`` is None) the subject of any other statement."""

    name: str
    item: Item | None


def release_rules(house: Iterable[HouseRule]) -> tuple[ReleaseRule, ...]:
    """House rules, each with the function that puts it to a release."""
    return tuple(bound(one.rule, partial(_check, one)) for one in house)


def fits_nothing(house: Iterable[HouseRule], catalogues: Sequence[Catalogue]) -> Iterator[str]:
    """A sentence for each house rule that is about something of which none of some releases speaks."""
    from gbcscheck.near_names import nearest

    fruitless = [
        (one.rule.code, pattern)
        for one in house
        for pattern in _patterns(one)
        if not any(True for catalogue in catalogues for _ in _fitting(catalogue, pattern))
    ]
    names = list(dict.fromkeys(name for catalogue in catalogues for name in catalogue.items)) if fruitless else []
    for code, pattern in fruitless[:MOST_TOLD]:
        near = nearest(pattern, names)
        told = f"; near it: {', '.join(near)}" if near else ""
        yield f'House rule {code} was not asked: nothing is called "{pattern}"{told}.'
    if len(fruitless) > MOST_TOLD:
        yield f"Nothing is called as {len(fruitless) - MOST_TOLD:,} further house rules say."


def holds_nothing(house: Iterable[HouseRule], catalogues: Sequence[Catalogue]) -> str:
    """A sentence on the house rules that are about something, of which nobody states what they ask of; empty where
    there is none."""
    codes = [one.rule.code for one in house if not isinstance(one.asked, Stated) and _is_silent(one, catalogues)]
    if len(codes) < 2:
        return f"Nothing was held against house rule {codes[0]}: what it asks of is not stated." if codes else ""
    more = f" and {len(codes) - MOST_TOLD:,} more" if len(codes) > MOST_TOLD else ""
    return f"Nothing was held against house rules {', '.join(codes[:MOST_TOLD])}{more}: what they ask of is not stated."


def _is_silent(house: HouseRule, catalogues: Sequence[Catalogue]) -> bool:
    """Whether what a rule is about is there, and what it asks of is stated of none of one side."""
    sides = [[(one, subject) for one in catalogues for subject in _fitting(one, name)] for name in _patterns(house)]
    stated = (any(_stated(one, subject, house.attributes) for one, subject in side) for side in sides)
    return all(sides) and not all(stated)


def _patterns(house: HouseRule) -> tuple[str, ...]:
    """The names of what a rule is about."""
    sides = (house.asked.left, house.asked.right) if isinstance(house.asked, Related) else (house.subject,)
    return tuple(dict.fromkeys(sides))


def _check(house: HouseRule, catalogue: Catalogue) -> Iterator[Finding]:
    """What breaks a house rule in a release."""
    if isinstance(house.asked, Related):
        yield from _unrelated_items(house, house.asked, catalogue)
        return
    for subject in _fitting(catalogue, house.subject):
        if isinstance(house.asked, Stated):
            yield from _unstated(house, catalogue, subject)
        else:
            yield from _outside_of(house, house.asked, catalogue, subject)


def _fitting(catalogue: Catalogue, pattern: str) -> Iterator[_Subject]:
    """The data items that a pattern fits, and the other subjects: rows of use cases and paths where it has a slash."""
    for name in fitting_items(catalogue, pattern):
        yield _Subject(name, catalogue.items[name])
    of_items = {subject for item in catalogue.items.values() for subject in (item.name, *item.direct)}
    for subject in catalogue.by_subject:
        if subject not in of_items and ("/" in subject) <= ("/" in pattern) and subject_fits(pattern, subject):
            yield _Subject(subject, None)


def _stated(catalogue: Catalogue, subject: _Subject, attributes: tuple[str, ...]) -> tuple[Statement, ...]:
    if subject.item is not None:
        return catalogue.item_statements(subject.item, *attributes)
    return catalogue.about(subject.name, *attributes)


def _read(catalogue: Catalogue, subject: _Subject, statement: Statement) -> tuple[Domain, ...]:
    """The sets of values that a statement may mean; a fact without one is the set of its own text."""
    from gbcscheck.domains import text_set

    if statement.domain is None:
        return (text_set([str(statement.value)]),) if statement.value is not None else ()
    if subject.item is not None:
        return readings(catalogue, subject.item, statement)
    domain = catalogue.domain(statement)
    return (domain,) if domain is not None else ()


def _kinds(catalogue: Catalogue, subject: _Subject) -> tuple[Domain, ...]:
    return types_of(catalogue, subject.item) if subject.item is not None else ()


# --- what is asked ---------------------------------------------------------------------------------------------------


def _outside_of(house: HouseRule, asked: Within, catalogue: Catalogue, subject: _Subject) -> Iterator[Finding]:
    """A finding for each statement on a subject whose values break the rule."""
    kinds = _kinds(catalogue, subject)
    for statement in _stated(catalogue, subject, house.attributes):
        read = _read(catalogue, subject, statement)
        held(catalogue, statement, (house.statement(subject.name),) if read else ())
        broken = outside(read, asked, kinds)
        if broken is not None:
            message = message_of(house, statement.attribute)
            yield _finding(house, subject.name, message, (statement,), broken)


def _unstated(house: HouseRule, catalogue: Catalogue, subject: _Subject) -> Iterator[Finding]:
    """A finding for a subject of which something is said, and not this."""
    stated = _stated(catalogue, subject, ())
    if stated and not any(statement.attribute in house.attributes for statement in stated):
        message = message_of(house, house.attribute)
        shown = next((statement for statement in stated if statement.domain is not None), stated[0])
        yield _finding(house, subject.name, message, (shown,), Broken(subject.name))


def _unrelated_items(house: HouseRule, asked: Related, catalogue: Catalogue) -> Iterator[Finding]:
    """One finding for two items, with every statement whose values do not stand in the relation to the other's."""
    for left in _fitting(catalogue, asked.left):
        for right in _fitting(catalogue, asked.right):
            breaking: list[Statement] = []
            first: Broken | None = None
            for one in _stated(catalogue, left, house.attributes):
                read = _read(catalogue, left, one)
                for other in _stated(catalogue, right, house.attributes) if read else ():
                    others = _read(catalogue, right, other) if _apart(one, other) else ()
                    held(catalogue, one, (other,) if others else ())
                    broken = unrelated(read, others, asked)
                    if broken is not None:
                        first = first or broken
                        breaking += [one, other]
            if first is not None:
                yield _finding(house, left.name, message_of(house, house.attribute), distinct(breaking), first)


def _apart(left: Statement, right: Statement) -> bool:
    """Whether two statements on two items may be held against each other: those of one document may."""
    return left.specification == right.specification or independent(left, right)


def _finding(
    house: HouseRule, subject: str, message: str, statements: tuple[Statement, ...], broken: Broken
) -> Finding:
    """A finding of a house rule, with the rule itself as the other side."""
    return house.rule.finding(
        subject,
        message,
        (*statements, house.statement(subject)),
        witness=broken.witness,
        why=broken.why(house.rule.question),
    )
