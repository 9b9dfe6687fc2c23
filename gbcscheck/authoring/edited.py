"""A copy of a document with edits in it, as a value; and what is told where an edit cannot be made."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from gbcscheck.authoring.spans import NotMade, stands_in, told
from gbcscheck.errors import GbcscheckError, Problems
from gbcscheck.frozen import frozen
from gbcscheck.model import Place, Statement
from gbcscheck.model.repairs import MEMBERS, Edit

Locate = Callable[[Statement], Place]
"""Where a statement stands in the files that are edited: its own place, or that of a user's repository."""


@frozen
class Edited:
    """The copy's octets, how many places of it are others than before, and what a reader has to know of it."""

    content: bytes
    places: int
    notes: tuple[str, ...] = ()


def own_place(statement: Statement) -> Place:
    """The place that a statement cites itself."""
    return statement.place


def by_place(edits: Iterable[Edit], where: str, locate: Locate = own_place) -> dict[Place, list[Edit]]:
    """The edits of one file by their place in it, each once."""
    found: dict[Place, list[Edit]] = {}
    for edit in dict.fromkeys(edits):
        place = locate(edit.statement)
        if place.path == where:
            found.setdefault(place, []).append(edit)
    return found


def by_cell(
    placed: dict[Place, list[Edit]],
    row: Callable[[Place], Iterable[tuple[str, str]]],
    problems: list[GbcscheckError],
) -> dict[Place, list[Edit]]:
    """The edits of a table by the cell in which each is to be made: an edit of the name of what a row is about, or of
    another cell by which it is known, in the one cell of that row which holds the old text. ``row`` gives the cells of
    the row of a place, addresses and texts; what cannot be found is added to ``problems``."""
    found: dict[Place, list[Edit]] = {}
    for place, group in placed.items():
        for edit in group:
            try:
                at = _named_in_row(place, edit, row) if MEMBERS.get(edit.member) else place
                found.setdefault(at, []).append(edit)
            except NotMade as error:
                problems.append(not_made(place, str(error)))
    return found


def _named_in_row(place: Place, edit: Edit, row: Callable[[Place], Iterable[tuple[str, str]]]) -> Place:
    holding = [address for address, text in row(place) if stands_in(text, edit.old)]
    if len(set(holding)) != 1:
        where = "in no cell" if not holding else "in several cells"
        what = "the name " if edit.member == "subject" else ""
        raise NotMade(f"{what}{told(edit.old)} stands {where} of the row; write {told(edit.new)} there by hand")
    return replace(place, cell=holding[0])


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
