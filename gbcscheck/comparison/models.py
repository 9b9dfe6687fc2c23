"""Content models of two versions against each other: which sequences of children are allowed no longer, and which now.

They are compared as languages, and only as far as nothing else tells the difference: children that were added, removed
or renamed are left out of account, and counts that are stated otherwise are held equal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from gbcscheck.comparison.subjects import StatementsBySubject
from gbcscheck.comparison.valuesets import plain_fact
from gbcscheck.comparison.verdicts import Verdict, judged
from gbcscheck.domains.content_languages import ELSEWHERE, Missing, missing
from gbcscheck.domains.content_models import (
    NO_CHILD,
    NO_WORD,
    Letter,
    Model,
    ModelChange,
    Named,
    leaves,
    replaced,
)
from gbcscheck.facts.directions import Direction
from gbcscheck.frozen import frozen
from gbcscheck.model import Change, Statement
from gbcscheck.notation.content_model import NO_NAMESPACE, parse_model

Group = Sequence[Statement]
Stated = Mapping[str, Group]
"""The statements of one subject by attribute."""
Way = Callable[[], Direction]
Counts = tuple[int, int | None]

CONTENT_MODEL, NAMESPACE = "content-model", "namespace"
LONGEST_WORD = 8
"""Children of a sequence that are named one by one."""


@frozen
class Sides:
    """One part on both sides, and the new names of old subjects."""

    old: StatementsBySubject
    new: StatementsBySubject
    names: Mapping[str, str]


def made(word: str, found: Verdict, one: Group, other: Group, *, witness: str = "") -> Change:
    """A change between the first of some statements on either side."""
    sample = (other or one)[0]
    old, new = (group[0] if group else None for group in (one, other))
    return Change(
        word,
        found.verdict,
        found.parties,
        sample.subject,
        sample.attribute,
        old,
        new,
        witness=witness,
        reason=found.reason,
    )


def word_of(lost: bool | None, gained: bool | None) -> str:
    """The name of a change that loses something, gains something, or both."""
    return {(True, False): "narrowed", (False, True): "widened"}.get((bool(lost), bool(gained)), "moved")


def model_changes(old: str, new: str, one: Stated, other: Stated, way: Way, sides: Sides) -> Iterator[Change]:
    """The change of the content model of an element that is there on both sides."""
    before, after = one.get(CONTENT_MODEL, []), other.get(CONTENT_MODEL, [])
    if [plain_fact(s) for s in before] == [plain_fact(s) for s in after]:
        return
    told = _told(old, new, _parsed(before), _parsed(after), sides)
    if NO_WORD in told.models and told.mandatory:
        return  # no sequence is left of which nothing was said
    lost, gained = (missing(*models, told.limits, told.namespaces) for models in (told.models, told.models[::-1]))
    left_out = told.left_out
    if None in (lost.found, gained.found) and told.limits:
        first, second = (replaced(model, ModelChange(erased=told.limits)) for model in told.models)
        lost, gained = missing(first, second, None, told.namespaces), missing(second, first, None, told.namespaces)
        left_out = left_out | set(told.limits)
    if lost.found is False and gained.found is False:
        return
    words = {when: _in_words(found.word) for when, found in (("no longer", lost), ("now", gained)) if found.found}
    reason = " ".join(f"Permitted {when}: {word}." for when, word in words.items())
    if left_out or told.renamed:
        conditions = [f"by the newer name of {', '.join(sorted(told.renamed))}"] if told.renamed else []
        conditions += [f"leaving out {', '.join(sorted(left_out))}"] if left_out else []
        beginning = ", ".join(conditions)
        reason = f"{beginning[:1].upper()}{beginning[1:]}: {reason[:1].lower()}{reason[1:]}"
    witness = "" if left_out or told.renamed else next(iter(words.values()), "")
    yield made(word_of(lost.found, gained.found), _judged(lost, gained, way, reason), before, after, witness=witness)


def _judged(lost: Missing, gained: Missing, way: Way, reason: str) -> Verdict:
    if lost.found is None and gained.found is None:
        return Verdict("unknown", (), "The two content models are too large to be compared here.")
    return judged(lost.found, gained.found, way(), reason)


def _parsed(statements: Group) -> Model:
    return parse_model(plain_fact(statements[0])) if statements else NO_CHILD


class _Told(NamedTuple):
    """Two content models by the newer names without what other changes tell: ``mandatory`` says whether children that
    have to be there came or went, ``left_out`` are the names that were taken out of every sequence, ``limits`` are
    counts that both sides allow, and ``renamed`` the newer names of children that had another."""

    models: tuple[Model, Model]
    mandatory: bool
    left_out: set[str]
    limits: dict[str, Counts]
    namespaces: dict[str, str]
    renamed: set[str]


def _told(old: str, new: str, before: Model, after: Model, sides: Sides) -> _Told:
    """What is left of two content models to be compared.

    That an optional child came says that sequences with it are new, and nothing of those without; that a mandatory one
    came says that every sequence is another, so that only the order of the rest is left.
    """
    names, gone = {}, set[str]()
    for name in _names(before):
        path = f"{old}/{name}"
        now = sides.names.get(path, f"{new}/{name}")
        if now in sides.new and path in sides.old:
            names[name] = now.removeprefix(f"{new}/")
        else:
            gone.add(name)
    come = _names(after) - set(names.values())
    limits, apart = _limits(old, new, names, sides)
    left = [_split(gone, old, sides.old), _split(come, new, sides.new)]
    first = replaced(before, ModelChange(names, *left[0], erased=apart))
    second = replaced(after, ModelChange({}, *left[1], erased=apart))
    namespaces = {name: effective(f"{new}/{name}", sides.new) or ELSEWHERE for name in names.values()}
    mandatory = left[0][0] | left[1][0]
    renamed = {now for name, now in names.items() if now != name}
    return _Told((first, second), bool(mandatory), mandatory | apart, limits, namespaces, renamed)


def _names(model: Model) -> set[str]:
    return {leaf.name for leaf in leaves(model) if isinstance(leaf, Named)}


def _split(names: Iterable[str], parent: str, by_subject: StatementsBySubject) -> tuple[set[str], set[str]]:
    """Names of children by whether they have to be there."""
    parts: tuple[set[str], set[str]] = (set(), set())
    for name in names:
        low, _ = _counts(by_subject.get(f"{parent}/{name}", ()))
        parts[0 if low else 1].add(name)
    return parts


def _limits(old: str, new: str, names: Mapping[str, str], sides: Sides) -> tuple[dict[str, Counts], set[str]]:
    """The counts that both sides allow of children whose counts have changed, and the children that have none."""
    limits, apart = dict[str, Counts](), set[str]()
    for name, now in names.items():
        counts = [_counts(sides.old[f"{old}/{name}"]), _counts(sides.new[f"{new}/{now}"])]
        if counts[0] == counts[1]:
            continue
        low = max(low for low, _ in counts)
        high = min((high for _, high in counts if high is not None), default=None)
        if high is not None and low > high:
            apart.add(now)
        else:
            limits[now] = (low, high)
    return limits, apart


def _counts(statements: Group) -> Counts:
    """How often an element may occur in its parent."""
    from gbcscheck.domains import Numbers
    from gbcscheck.notation.canonical import parse_domain

    for statement in statements:
        if statement.attribute == "occurs" and statement.domain is not None:
            domain = parse_domain(statement.domain)
            if isinstance(domain, Numbers):
                return int(domain.low or 0), None if domain.high is None else int(domain.high)
    return 1, 1


def _in_words(word: Iterable[Letter]) -> str:
    """``A, B (3 times), C``."""
    parts = []
    for letter, group in groupby(word):
        times = sum(1 for _ in group)
        parts.append(str(letter) if times == 1 else f"{letter} ({times:,} times)")
    if len(parts) > LONGEST_WORD:
        parts = [*parts[:LONGEST_WORD], f"and {len(parts) - LONGEST_WORD} more"]
    return ", ".join(parts) or "no child element"


def effective(subject: str, by_subject: StatementsBySubject) -> str:
    """The namespace of an element, stated of it or of what is around it; that of an attribute is stated of it."""
    while subject:
        for statement in by_subject.get(subject, ()):
            if statement.attribute == NAMESPACE:
                name = plain_fact(statement)
                return "" if name == NO_NAMESPACE else name
        parent, _, name = subject.rpartition("/")
        if name.startswith("@"):
            return ""
        subject = f"{parent}/{name.partition('[')[0]}" if "[" in name else parent
    return ""
