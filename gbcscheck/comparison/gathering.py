"""Changes with one cause, told once: a type that many elements share, a name that many rows begin with."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace

from gbcscheck.comparison.valuesets import plain_fact
from gbcscheck.model import Change, Statement


def gathered(changes: Sequence[Change]) -> list[Change]:
    """The changes of one part, each cause once; the subjects of the others stand in ``below``."""
    groups: dict[Hashable, list[Change]] = {}
    for change in changes:
        groups.setdefault(_cause(change), []).append(change)
    return [_joined(group) for group in groups.values()]


def _joined(group: Sequence[Change]) -> Change:
    first, *others = group
    if not others:
        return first
    below = (*first.below, *(subject for other in others for subject in (other.subject, *other.below)))
    return replace(first, below=tuple(dict.fromkeys(below)))


def _cause(change: Change) -> Hashable:
    """What makes two changes one: the same difference, stated at the same place of the file, or (where no message is
    touched) the same words."""
    difference = (change.change, change.verdict, change.parties, change.attribute)
    if change.change == "renamed" and change.old and change.new:
        return (*difference, _new_in_name(change.subject, change.new.subject))
    words = (_fact(change.old), _fact(change.new))
    if change.verdict == "neutral" or change.attribute == "namespace":
        return (*difference, words)  # the forms of a schema are one default, however many elements keep to it
    return (*difference, words, _place(change.old), _place(change.new))


def _fact(statement: Statement | None) -> str | None:
    return None if statement is None else plain_fact(statement)


def _place(statement: Statement | None) -> tuple[str, str] | None:
    return None if statement is None else (statement.path, statement.source)


def _new_in_name(old: str, new: str) -> tuple[str, str]:
    """What a new name puts in the place of what, below the same parent and before the same end."""
    parent = old.rpartition("/")[0]
    one, other = old[len(parent) :], new[len(parent) :]
    same_end = next(
        (index for index, (a, b) in enumerate(zip(reversed(one), reversed(other), strict=False)) if a != b),
        min(len(one), len(other)),
    )
    return one[: len(one) - same_end], other[: len(other) - same_end]
