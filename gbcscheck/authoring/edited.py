"""A copy of a document with edits in it, as a value; and what is told where an edit cannot be made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from gbcscheck.authoring.spans import NotMade, are_alike, stands_in, told
from gbcscheck.errors import GbcscheckError, Problems
from gbcscheck.frozen import frozen
from gbcscheck.model import Place, Statement, without_repeat
from gbcscheck.model.repairs import MEMBERS, Edit

_SLASH = re.compile("/")
_SIGNS = re.compile(r"[^\w ]+")
BETWEEN = ": "
"""Stands between a name and its element, which a table may have in two columns."""
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
    another cell by which it is known, in the one cell of that row which holds the old text; one of a text that two
    cells make together in the one of them that becomes another. ``row`` gives the cells of the row of a place,
    addresses and texts; what cannot be found is added to ``problems``."""
    found: dict[Place, list[Edit]] = {}
    for place, group in placed.items():
        for edit in group:
            try:
                find = _named_in_row if MEMBERS.get(edit.member) else _of_one_cell
                at, one = find(place, edit, list(row(place)))
                found.setdefault(at, []).append(one)
            except NotMade as error:
                problems.append(not_made(place, str(error)))
    return found


def _of_one_cell(place: Place, edit: Edit, cells: Sequence[tuple[str, str]]) -> tuple[Place, Edit]:
    """An edit of ``Log: value``, which is a name and the element in the cell of another column: that of the name, or of
    the element. The edit itself where its old text stands in one cell, or both parts become others."""
    own = next((text for address, text in cells if address == place.cell), "")
    if not own or BETWEEN not in edit.old or stands_in(own, edit.old):
        return place, edit
    head = own + BETWEEN
    behind = {address: text for address, text in cells if address != place.cell and are_alike(head + text, edit.old)}
    for address, text in behind.items():
        if edit.new.endswith(BETWEEN + text):
            return place, replace(edit, old=own, new=edit.new.removesuffix(BETWEEN + text))
        if edit.new.startswith(head) and len(behind) == 1:
            return replace(place, cell=address), replace(edit, old=text, new=edit.new.removeprefix(head))
    return place, edit


def _named_in_row(place: Place, edit: Edit, cells: Sequence[tuple[str, str]]) -> tuple[Place, Edit]:
    """An edit of what a row is known by, in the one cell of it that holds the old text: as its whole text, else among
    others. Of a name that is made of several cells it is an edit of the one part in which it differs."""
    for old, new in _parts(edit):
        whole = {address for address, text in cells if are_alike(text, old)}
        holding = whole or {address for address, text in cells if stands_in(text, old)}
        if len(holding) == 1:
            return replace(place, cell=holding.pop()), replace(edit, old=old, new=new)
        if holding:
            break
    where = "in several cells" if holding else "in no cell"
    what = "the name " if edit.member == "subject" else ""
    raise NotMade(f"{what}{told(edit.old)} stands {where} of the row; write {told(edit.new)} there by hand")


def _parts(edit: Edit) -> Iterator[tuple[str, str]]:
    """The old and new text of an edit, and of a name that differs in one part, then in one word of it, these."""
    yield edit.old, edit.new
    if edit.member != "subject":
        return
    old, new = (without_repeat(name) for name in (edit.old, edit.new))
    for between in (_SLASH, _SIGNS):
        parts = list(zip(between.split(old), between.split(new), strict=False))
        apart = [(one, other) for one, other in parts if one != other]
        if len(apart) != 1 or len(between.split(old)) != len(between.split(new)):
            return
        ((old, new),) = apart
        yield old, new


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
