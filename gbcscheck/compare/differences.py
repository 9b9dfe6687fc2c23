"""The changes between two sets of specifications, each with its verdict.

Statements are matched by who says what (specification, part, subject, attribute), never by file, line or version, and
compared as sets of values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from gbcscheck.catalogue import Catalogue, plain
from gbcscheck.compare.attributes import attribute_changes
from gbcscheck.compare.gathering import gathered
from gbcscheck.compare.models import Sides
from gbcscheck.compare.structure import (
    OLDER,
    STRUCTURE,
    beyond_structure,
    has_elements,
    not_compared,
    states_structure,
    structure_changes,
    without_other_types,
)
from gbcscheck.compare.subjects import Said, Subjects, Tree, compare_subjects
from gbcscheck.compare.verdicts import ORDER, Verdict, verdict, worst
from gbcscheck.directions import Direction, Directions
from gbcscheck.model import Change, Specification, Statement

SUBJECT, NAME = "subject", "name"
"""The attributes of a change of a whole subject: that it is there, and how it is called."""
NAMING = frozenset(("element", "name"))
"""Attributes that say a subject's own name again, and change with it."""


@dataclass(frozen=True, slots=True)
class PartPair:
    """One part of a specification on both sides; an empty side has no statements."""

    specification: Specification
    old: Said
    new: Said


def changes_between(old: Catalogue, new: Catalogue, directions: Directions) -> tuple[Change, ...]:
    """Every change, worst first: breaking, unknown, compatible, neutral; each in the order of the newer files."""
    found = [change for pair in part_pairs(old, new) for change in gathered(list(_changes(pair, directions)))]
    return tuple(sorted(found, key=lambda change: ORDER.index(change.verdict)))


def part_pairs(old: Catalogue, new: Catalogue) -> Iterator[PartPair]:
    """The parts of both sides in pairs: by name and version, and then, as a new version of the part, by name alone
    where exactly one of that name is left on each side. Parts that say the same are left out."""
    slots: dict[tuple[str, str], tuple[list[Specification], list[Specification]]] = {}
    for index, catalogue in enumerate((new, old)):
        for spec in catalogue.parts:
            slots.setdefault((spec.name.casefold(), spec.part.casefold()), ([], []))[1 - index].append(spec)
    for olds, news in slots.values():
        before = {spec.version: spec for spec in olds}
        pairs = [(before.pop(spec.version), spec) for spec in news if spec.version in before]
        paired = {spec for pair in pairs for spec in pair}
        left, right = ([spec for spec in side if spec not in paired] for side in (olds, news))
        if len(left) == len(right) == 1:
            pairs.append((left[0], right[0]))
            left, right = [], []
        for one, other in pairs:
            if one.name == other.name and _rows(old.parts[one]) == _rows(new.parts[other]):
                continue
            said = _said(new.parts[other])
            yield PartPair(other, _spelt_like(_said(old.parts[one]), said), said)
        for spec in left:
            yield PartPair(spec, _said(old.parts[spec]), {})
        for spec in right:
            yield PartPair(spec, {}, _said(new.parts[spec]))


def _rows(statements: Sequence[Statement]) -> list[tuple[object, ...]]:
    return [(s.subject, s.attribute, s.domain, s.value, s.text) for s in statements]


def _said(statements: Sequence[Statement]) -> dict[str, list[Statement]]:
    found: dict[str, list[Statement]] = {}
    for statement in statements:
        found.setdefault(statement.subject, []).append(statement)
    return found


def _spelt_like(old: dict[str, list[Statement]], new: Said) -> dict[str, list[Statement]]:
    """The older statements by the newer spelling of their subjects: blanks, underscores and case make no other subject.
    Paths of elements are taken as they are."""
    spellings: dict[str, tuple[list[str], list[str]]] = {}
    for index, (one, other) in enumerate(((old, new), (new, old))):
        for subject in one:
            if subject not in other and not subject.startswith("/"):
                spellings.setdefault(plain(subject), ([], []))[index].append(subject)
    alike = {olds[0]: news[0] for olds, news in spellings.values() if len(olds) == len(news) == 1}
    return {alike.get(subject, subject): statements for subject, statements in old.items()}


# --- one part --------------------------------------------------------------------------------------------------------


def _changes(pair: PartPair, directions: Directions) -> Iterator[Change]:
    def way(subject: str, said: Said) -> Direction:
        return directions.of(pair.specification, subject, said)

    stated = [has_elements(said) and states_structure(said) for said in (pair.old, pair.new)]
    one_sided = pair.old and pair.new and any(stated) and not all(stated)
    if one_sided:
        yield not_compared(pair.old, pair.new)
        pair = PartPair(pair.specification, without_other_types(pair.old), without_other_types(pair.new))
    subjects = compare_subjects(pair.old, pair.new)
    if not pair.old:
        yield _whole_part("added", pair.new, subjects.added, verdict("new part", Direction()))
        return
    if not pair.new:
        verdicts = [
            verdict("removed, optional", way(subject, pair.old)) for tree in subjects.removed for subject in (tree.top,)
        ]
        yield _whole_part("removed", pair.old, subjects.removed, worst(verdicts))
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
    kept = OLDER if one_sided else frozenset() if all(stated) else STRUCTURE
    yield from _attributes(pair, subjects, directions, kept)


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


def _attributes(pair: PartPair, subjects: Subjects, directions: Directions, kept: frozenset[str]) -> Iterator[Change]:
    """The changes of the subjects that are on both sides; ``kept`` are attributes of structure that are compared one by
    one, since not both sides state all of it."""
    names, beside = subjects.new_names(), subjects.names_beside()
    sides = Sides(pair.old, pair.new, names)
    for subject, old in pair.old.items():
        name = names.get(subject, subject)
        new = pair.new.get(name)
        if new is not None and not _alike(old, new):
            way = partial(directions.of, pair.specification, name, pair.new)
            found = attribute_changes(beyond_structure(old, kept), beyond_structure(new, kept), way, beside)
            if not kept:
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


def _whole_part(change: str, said: Said, trees: Sequence[Tree], found: Verdict) -> Change:
    """A part that is there on one side only: one change, on its first subject, with all others below."""
    first, *others = [subject for tree in trees for subject in tree.subjects]
    statement = _representative(said[first])
    name = statement.specification.in_words
    reason = f"{name} is there for the first time." if change == "added" else f"The whole of {name} is gone."
    old, new = (None, statement) if change == "added" else (statement, None)
    return Change(
        change,
        found.verdict,
        found.parties,
        first,
        SUBJECT,
        old,
        new,
        reason=f"{reason} {found.reason}".strip(),
        below=tuple(others),
    )


def _tree_change(change: str, tree: Tree, said: Said, direction: Direction, elsewhere: str = "") -> Change:
    statement = _representative(said[tree.top])
    kind = "optional" if may_be_missing(tree.top, said) else "mandatory"
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


def may_be_missing(subject: str, said: Mapping[str, Sequence[Statement]]) -> bool:
    """Whether what a subject is about may be absent from a message: where its statements say so, and for what is a
    message or a member of a list itself."""
    counted = [s for s in said[subject] if s.attribute in ("occurs", "presence")]
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
