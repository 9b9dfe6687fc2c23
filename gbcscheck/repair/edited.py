"""A copy of a document with edits in it, as a value; and what is told where an edit cannot be made."""

from __future__ import annotations

from collections.abc import Iterable

from gbcscheck.errors import GbcscheckError, Problems
from gbcscheck.frozen import frozen
from gbcscheck.model import Place
from gbcscheck.model.repairs import Edit


@frozen
class Edited:
    """The copy's octets, how many places of it are others than before, and what a reader has to know of it."""

    content: bytes
    places: int
    notes: tuple[str, ...] = ()


def by_place(edits: Iterable[Edit], where: str) -> dict[Place, list[Edit]]:
    """The edits of one file by their place in it, each once."""
    found: dict[Place, list[Edit]] = {}
    for edit in dict.fromkeys(edits):
        if edit.statement.path == where:
            found.setdefault(edit.statement.place, []).append(edit)
    return found


def refuse(problems: list[GbcscheckError]) -> None:
    """Raise what stands in the way of edits, all of it at once; nothing where nothing does. A copy has all edits or is
    not made: one that lacked some would pass for the whole."""
    if len(problems) == 1:
        raise problems[0]
    if problems:
        raise Problems(problems)


def not_made(place: Place, reason: str) -> GbcscheckError:
    """The error that an edit cannot be made at its place."""
    return GbcscheckError(reason, where=str(place))
