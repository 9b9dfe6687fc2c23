"""Which subjects of a part are gone, which are there for the first time, and which have only another name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from gbcscheck.attributes import named
from gbcscheck.comparison.meanings import is_constraint
from gbcscheck.comparison.valuesets import plain_fact
from gbcscheck.frozen import frozen
from gbcscheck.model import Statement

StatementsBySubject = Mapping[str, Sequence[Statement]]
"""The statements of one part by subject, in the order of its file."""
Shape = frozenset[tuple[str, str, str]]
"""What a tree constrains: subjects below its top, attributes, and sets."""

IDENTITY = named("identity")
"""Attributes by which a message names what it speaks of."""


@frozen
class Tree:
    """A subject and all that is below it, added or removed together."""

    top: str
    below: tuple[str, ...] = ()

    @property
    def subjects(self) -> tuple[str, ...]:
        """All of it, the top first."""
        return (self.top, *self.below)


@frozen
class Subjects:
    """What became of the subjects of a part: trees that are gone, trees that are new, and renamed ones in pairs."""

    removed: tuple[Tree, ...]
    added: tuple[Tree, ...]
    renamed: tuple[tuple[Tree, Tree], ...]

    def new_names(self) -> dict[str, str]:
        """The new name of each subject that has one, by its old name."""
        names = {}
        for old, new in self.renamed:
            names.update({one: f"{new.top}{one[len(old.top) :]}" for one in old.subjects})
        return names

    def names_beside(self) -> dict[str, tuple[set[str], set[str]]]:
        """The last names that left and that joined each parent."""
        found: dict[str, tuple[set[str], set[str]]] = {}
        gone = [*self.removed, *(old for old, _ in self.renamed)]
        come = [*self.added, *(new for _, new in self.renamed)]
        for index, trees in enumerate((gone, come)):
            for tree in trees:
                parent, _, name = tree.top.rpartition("/")
                found.setdefault(parent, (set(), set()))[index].add(name)
        return found


def compare_subjects(old: StatementsBySubject, new: StatementsBySubject) -> Subjects:
    """What became of the subjects of a part."""
    removed = _trees([subject for subject in old if subject not in new])
    added = _trees([subject for subject in new if subject not in old])
    renamed = _renamed(old, new, removed, added) if removed and added else []
    gone, come = ({tree.top for tree in side} for side in zip(*renamed, strict=True)) if renamed else (set(), set())
    return Subjects(
        tuple(tree for tree in removed if tree.top not in gone),
        tuple(tree for tree in added if tree.top not in come),
        tuple(renamed),
    )


def parents(subject: str) -> Iterator[str]:
    """The names that a subject lies below, farthest first: ``/A`` and ``/A/B`` for ``/A/B/C``; within the name of a
    data item also up to a dot or a bracket (``Item.entries`` for ``Item.entries[*].x``)."""
    start = subject.rfind("/") + 1
    for index, sign in enumerate(subject):
        if index and (sign == "/" or (sign in ".[" and index > start and subject[start].isalpha())):
            yield subject[:index]


def _trees(subjects: Sequence[str]) -> list[Tree]:
    """The subjects, each below the farthest of those that it lies below."""
    among = set(subjects)
    below: dict[str, list[str]] = {}
    for subject in subjects:
        top = next((one for one in parents(subject) if one in among), subject)
        group = below.setdefault(top, [])
        if top != subject:
            group.append(subject)
    return [Tree(top, tuple(group)) for top, group in below.items()]


# --- renaming --------------------------------------------------------------------------------------------------------


def _renamed(
    old: StatementsBySubject, new: StatementsBySubject, removed: Iterable[Tree], added: Iterable[Tree]
) -> list[tuple[Tree, Tree]]:
    """Trees that are the same but for the name of their top, of which there is exactly one on each side.

    First those with the same last name too, then, where there are as many on both sides, those at the same place among
    their neighbours, then any.
    """
    left, right = _candidates(old, new, removed), _candidates(new, old, added)
    found: list[tuple[Tree, Tree]] = []
    for key in (_Candidate.by_name, _Candidate.by_place, _Candidate.by_shape):
        one, other = (_unique((each.tree, key(each)) for each in side) for side in (left, right))
        pairs = [(tree, other[shared]) for shared, tree in one.items() if shared in other]
        found.extend(pairs)
        taken = {tree.top for pair in pairs for tree in pair}
        left, right = ([each for each in side if each.tree.top not in taken] for side in (left, right))
    return [*found, *_of_one_object(old, new, [each.tree for each in left], [each.tree for each in right])]


@frozen
class _Candidate:
    """A tree that may have another name on the other side: its parent and what it constrains, how many there are of
    both, and its place among its neighbours."""

    tree: Tree
    kind: tuple[str, Shape]
    number: int
    place: tuple[str, int]

    def by_name(self) -> Hashable:
        return (self.kind, _last_name(self.tree.top))

    def by_place(self) -> Hashable:
        return (self.kind, self.number, self.place)

    def by_shape(self) -> Hashable:
        return self.kind


def _candidates(by_subject: StatementsBySubject, other: StatementsBySubject, trees: Iterable[Tree]) -> list[_Candidate]:
    """The trees of one side that constrain anything."""
    kinds = {tree: (_parent(tree.top), shape) for tree in trees if (shape := _shape(by_subject, tree))}
    numbers, places = Counter(kinds.values()), _places(by_subject, other)
    return [_Candidate(tree, kind, numbers[kind], places[tree.top]) for tree, kind in kinds.items()]


def _of_one_object(
    old: StatementsBySubject, new: StatementsBySubject, removed: Iterable[Tree], added: Iterable[Tree]
) -> list[tuple[Tree, Tree]]:
    """Trees of one subject about the same part of the same object: what names it in a message is the same, and so the
    subject is, whatever else has changed of it."""
    one = _unique((tree, key) for tree in removed if not tree.below and (key := _object(old, tree.top)))
    other = _unique((tree, key) for tree in added if not tree.below and (key := _object(new, tree.top)))
    return [(tree, other[key]) for key, tree in one.items() if key in other]


def _object(by_subject: StatementsBySubject, subject: str) -> Hashable:
    facts = {(s.attribute, plain_fact(s)) for s in by_subject[subject] if s.attribute in IDENTITY}
    named = {attribute for attribute, _ in facts}
    return (_parent(subject), frozenset(facts), _last_name(subject)) if named & {"object", "attribute-id"} else None


def _shape(by_subject: StatementsBySubject, tree: Tree) -> Shape:
    """What a tree constrains, without its top's name; empty where it constrains nothing."""
    length = len(tree.top)
    return frozenset(
        (subject[length:], statement.attribute, _constraint(plain_fact(statement), statement.domain is not None))
        for subject in tree.subjects
        for statement in by_subject[subject]
        if is_constraint(statement)
    )


@lru_cache(maxsize=4096)
def _constraint(text: str, is_set: bool) -> str:
    if not is_set:
        return text
    from gbcscheck.notation.canonical import parse_domain, print_domain

    return print_domain(parse_domain(text))


def _unique(entries: Iterable[tuple[Tree, Hashable]]) -> dict[Hashable, Tree]:
    found: dict[Hashable, Tree | None] = {}
    for tree, key in entries:
        found[key] = None if key in found else tree
    return {key: tree for key, tree in found.items() if tree is not None}


def _places(by_subject: StatementsBySubject, other: StatementsBySubject) -> dict[str, tuple[str, int]]:
    """For each subject that the other side lacks, the nearest one before it that is there too and lies in the same
    parent, and how many were passed since."""
    last: dict[str, tuple[str, int]] = {}
    found = {}
    for subject in by_subject:
        parent = _parent(subject)
        before, passed = last.get(parent, ("", 0))
        if subject in other:
            last[parent] = (subject, 0)
        else:
            found[subject] = (before, passed)
            last[parent] = (before, passed + 1)
    return found


def _parent(subject: str) -> str:
    return subject.rpartition("/")[0]


def _last_name(subject: str) -> str:
    name = subject.rpartition("/")[2]
    return name.rpartition(".")[2] if "." in name else ""
