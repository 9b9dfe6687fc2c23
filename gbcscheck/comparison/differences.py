"""The changes between two sets of specifications, each with its verdict.

Statements are matched by who says what (specification, part, subject, attribute), never by file, line or version, and
compared as sets of values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from gbcscheck.attributes import named
from gbcscheck.comparison.attributes import attribute_changes
from gbcscheck.comparison.bumps import fall_of
from gbcscheck.comparison.gathering import gathered
from gbcscheck.comparison.models import Sides
from gbcscheck.comparison.parts import Key, PartPair
from gbcscheck.comparison.structure import (
    OLDER,
    STRUCTURE,
    beyond_structure,
    has_elements,
    not_compared,
    states_structure,
    structure_changes,
    without_other_types,
)
from gbcscheck.comparison.subjects import StatementsBySubject, Subjects, Tree, compare_subjects
from gbcscheck.comparison.verdicts import Verdict, lost_part, verdict
from gbcscheck.evidence.conflict_values import values_of_change
from gbcscheck.facts.directions import Direction, Directions
from gbcscheck.model import Change, Specification, Statement

SUBJECT, NAME = "subject", "name"
"""The attributes of a change of a whole subject: that it is there, and how it is called."""
NAMING = named("own name")
"""Attributes that say a subject's own name again, and change with it."""

Known = dict[Key, tuple[PartPair, list[Change]]]
"""What was found of pairs of parts; each pair is kept with it, so that its key stays its own."""


def changes_of(pairs: Iterable[PartPair], directions: Directions, known: Known) -> list[Change]:
    """The changes of some pairs of parts; ``known`` keeps what was found of each, for others of the same statements."""
    found = []
    for pair in pairs:
        if pair.key not in known:
            known[pair.key] = (pair, _of_pair(pair, directions))
        found.extend(known[pair.key][1])
    return found


def _of_pair(pair: PartPair, directions: Directions) -> list[Change]:
    changes = [] if pair.same else gathered(list(_changes(pair, directions)))
    before, after, fall = pair.match.before, pair.match.after, fall_of(pair)
    versions = (before.version if before else "", after.version if after else "")
    found = (*([fall] if fall else []), *changes)
    return [replace(one, versions=versions, values=values_of_change(one)) for one in found]


# --- one part --------------------------------------------------------------------------------------------------------


def _changes(pair: PartPair, directions: Directions) -> Iterator[Change]:
    def way(subject: str, by_subject: StatementsBySubject) -> Direction:
        return directions.of(pair.specification, subject, by_subject)

    if pair.match.renamed:
        yield _renamed_part(pair)
        return
    stated = [has_elements(by_subject) and states_structure(by_subject) for by_subject in (pair.old, pair.new)]
    one_sided = pair.old and pair.new and any(stated) and not all(stated)
    if one_sided:
        yield not_compared(pair.old, pair.new)
        pair = replace(pair, old=without_other_types(pair.old), new=without_other_types(pair.new))
    subjects = compare_subjects(pair.old, pair.new)
    if not pair.old and not pair.new:
        return
    if not pair.old:
        yield _whole_part("added", pair, subjects.added, verdict("new part", Direction()))
        return
    if not pair.new:
        ways = [way(tree.top, pair.old) for tree in subjects.removed]
        found = verdict("retired part", Direction()) if pair.match.retired else lost_part(ways)
        yield _whole_part("removed", pair, subjects.removed, found)
        return
    namesakes = _by_last_name(subjects.added)
    for tree in subjects.removed:
        elsewhere = _elsewhere(tree.top, namesakes)
        yield _tree_change("removed", tree, pair.old, way(tree.top, pair.old), elsewhere)
    for tree in subjects.added:
        yield _tree_change("added", tree, pair.new, way(tree.top, pair.new))
    for one, other in subjects.renamed:
        yield _renaming(
            one, other, pair, direction if (direction := way(other.top, pair.new)).known else way(one.top, pair.old)
        )
    one_by_one = OLDER if one_sided else frozenset() if all(stated) else STRUCTURE
    yield from _attributes(pair, subjects, directions, one_by_one)


def _by_last_name(trees: Iterable[Tree]) -> dict[str, list[str]]:
    """The elements of some trees by the last part of their paths."""
    found: dict[str, list[str]] = {}
    for tree in trees:
        for subject in tree.subjects:
            found.setdefault(subject.rpartition("/")[2], []).append(subject)
    return found


def _elsewhere(subject: str, namesakes: Mapping[str, Sequence[str]]) -> str:
    """One sentence on the one new element of the same name, where there is one: it may have been put there."""
    others = namesakes.get(subject.rpartition("/")[2], ()) if "/" in subject else ()
    return f"One of the same name is new: {others[0]}." if len(others) == 1 else ""


def _attributes(
    pair: PartPair, subjects: Subjects, directions: Directions, one_by_one: frozenset[str]
) -> Iterator[Change]:
    """The changes of the subjects that are on both sides; ``one_by_one`` are attributes of structure that are compared
    as others are, since not both sides state all of it."""
    names, beside = subjects.new_names(), subjects.names_beside()
    sides = Sides(pair.old, pair.new, names)
    for subject, old in pair.old.items():
        name = names.get(subject, subject)
        new = pair.new.get(name)
        if new is not None and not _alike(old, new):
            way = partial(directions.of, pair.specification, name, pair.new)
            found = attribute_changes(beyond_structure(old, one_by_one), beyond_structure(new, one_by_one), way, beside)
            if not one_by_one:
                found += structure_changes(old, new, way, sides)
            for change in found:
                if name == subject or change.attribute not in NAMING:
                    yield change


def _alike(old: Sequence[Statement], new: Sequence[Statement]) -> bool:
    return len(old) == len(new) and all(
        one.attribute == other.attribute
        and one.domain == other.domain
        and one.value == other.value
        and (one.text == other.text or (one.attribute != "type" and (one.domain is not None or one.value is not None)))
        for one, other in zip(old, new, strict=True)
    )


def _whole_part(change: str, pair: PartPair, trees: Sequence[Tree], found: Verdict) -> Change:
    """A part that is there on one side only: one change, on its first subject, with all others below."""
    by_subject = pair.new if change == "added" else pair.old
    first, *others = [subject for tree in trees for subject in tree.subjects]
    statement = _representative(by_subject[first])
    name = statement.specification.in_words
    if change == "added":
        old, new, told = None, statement, f"{name} is there for the first time."
    else:
        empty = pair.match.after is not None
        old, new, told = (
            statement,
            None,
            f"{name} states nothing any more." if empty else f"The whole of {name} is gone.",
        )
    reason = " ".join(part for part in (told, pair.match.besides, found.reason) if part)
    return Change(change, found.verdict, found.parties, first, SUBJECT, old, new, reason=reason, below=tuple(others))


def _renamed_part(pair: PartPair) -> Change:
    """A part that says what it said, under another name."""
    old, new = (_representative(next(iter(by_subject.values()))) for by_subject in (pair.old, pair.new))
    one, other = (Specification(spec.name, "", spec.part) for spec in (old.specification, new.specification))
    reason = f"It is called {other} now, and says what {one} said."
    found = verdict("renamed", Direction())
    return Change("renamed", found.verdict, (), str(one), NAME, old, new, witness=str(other), reason=reason)


def _tree_change(
    change: str, tree: Tree, by_subject: StatementsBySubject, direction: Direction, elsewhere: str = ""
) -> Change:
    statement = _representative(by_subject[tree.top])
    kind = "optional" if may_be_missing(tree.top, by_subject) else "mandatory"
    found = verdict(f"{change}, {kind}", direction)
    old, new = (None, statement) if change == "added" else (statement, None)
    reason = f"{found.reason} {elsewhere}".strip()
    return Change(change, found.verdict, found.parties, tree.top, SUBJECT, old, new, reason=reason, below=tree.below)


def _renaming(one: Tree, other: Tree, pair: PartPair, direction: Direction) -> Change:
    carried = direction.names_carried or one.top.startswith("/")  # documents hold the names of their elements
    found = verdict("renamed, and carried" if carried else "renamed", direction)
    old, new = _representative(pair.old[one.top]), _representative(pair.new[other.top])
    return Change(
        "renamed",
        found.verdict,
        found.parties,
        one.top,
        NAME,
        old,
        new,
        witness=other.top,
        reason=found.reason,
        below=one.below,
    )


def may_be_missing(subject: str, by_subject: Mapping[str, Sequence[Statement]]) -> bool:
    """Whether what a subject is about may be absent from a message: where its statements say so, and for what is a
    message or a member of a list itself."""
    counted = [s for s in by_subject[subject] if s.attribute in ("occurs", "presence")]
    if not counted:
        return "/" not in subject
    return any(statement.domain is None or _holds_zero(statement.domain) for statement in counted)


def _holds_zero(text: str) -> bool:
    from gbcscheck.notation.canonical import parse_domain

    return parse_domain(text).contains(0)


def _representative(statements: Sequence[Statement]) -> Statement:
    """The statement that shows best what a subject is: its values, else its type, else the first."""
    for attribute in ("permitted", "constant", "default", "type"):
        for statement in statements:
            if statement.attribute == attribute:
                return statement
    return statements[0]
