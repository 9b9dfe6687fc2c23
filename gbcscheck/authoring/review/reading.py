"""Reads back a workbook of proposals: the accepted rows, each with the text that now stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gbcscheck.authoring.edited import refuse
from gbcscheck.authoring.review import columns
from gbcscheck.authoring.review.columns import COLUMNS, NEEDED, SHEET, Column
from gbcscheck.errors import GbcscheckError, UnreadableSource
from gbcscheck.extract.sheets import Cell, Row
from gbcscheck.extract.table_cells import shown_text
from gbcscheck.extract.workbook import read_workbook
from gbcscheck.frozen import frozen
from gbcscheck.model.repairs import MEMBERS

_ACCEPTED = ("yes", "y", "x", "true")
_NOT_ACCEPTED = ("no", "n", "false", "")


@frozen
class Accepted:
    """A row that people have accepted: where it stands (``proposals.xlsx · Proposals!H5``), by what its edit is known,
    the text that stood there, the one that they want, the one that was proposed, and what was told of that."""

    where: str
    path: str
    source: str
    subject: str
    attribute: str
    member: str
    old: str
    new: str
    first: str
    reason: str = ""
    confidence: str = ""
    choice: str = ""
    parties: tuple[str, ...] = ()


def accepted_rows(path: Path) -> tuple[Accepted, ...]:
    """The accepted rows of a workbook of proposals.

    UnreadableSource for what is no workbook, or none of proposals; GbcscheckError, or Problems where there are several,
    for answers that are neither yes nor no, texts that a spreadsheet has made dates of, and two ways out of one choice.
    """
    sheets = read_workbook(path)
    sheet = sheets.get(SHEET)
    titled = next((row for row in sheet.rows if _places(row).keys() >= set(NEEDED)), None) if sheet else None
    if sheet is None or titled is None:
        missing = ", ".join(column.title for column in NEEDED)
        raise UnreadableSource(
            f"no workbook of proposals: a sheet {SHEET} with the columns {missing} was expected", where=str(path)
        )
    places = _places(titled)
    problems: list[GbcscheckError] = []
    found: list[Accepted] = []
    for row in sheet.rows:
        if row.number <= titled.number or row.is_blank:
            continue
        try:
            one = _accepted(row, places, path)
        except GbcscheckError as problem:
            problems.append(problem)
            continue
        if one is not None:
            found.append(one)
    problems.extend(_crossed(found))
    refuse(problems)
    return tuple(found)


def _places(row: Row) -> dict[Column, int]:
    by_title = {column.title: column for column in COLUMNS}
    return {by_title[cell.text]: place for place, cell in enumerate(row.cells) if cell.text in by_title}


def _accepted(row: Row, places: dict[Column, int], path: Path) -> Accepted | None:
    def cell(column: Column) -> Cell:
        return row.at(places[column]) if column in places else Cell("", None)

    def text(column: Column) -> str:
        return cell(column).text

    def where(column: Column) -> str:
        return f"{path} · {SHEET}!{cell(column).address}"

    answer = text(columns.ACCEPT).casefold()
    if answer in _NOT_ACCEPTED:
        return None
    if answer not in _ACCEPTED:
        raise GbcscheckError(f'"{text(columns.ACCEPT)}"; yes or no was expected', where=where(columns.ACCEPT))
    new = cell(columns.NEW)
    if new.problem or (new.value is not None and not isinstance(new.value, str | int | float | bool)):
        raise GbcscheckError(
            f"{new.problem or f'a date or time, {new.text}, which a spreadsheet has made of what was typed'}; a text "
            "was expected: write an apostrophe before it",
            where=where(columns.NEW),
        )
    known = (text(columns.PATH), text(columns.SOURCE), text(columns.SUBJECT), text(columns.ATTRIBUTE))
    member = text(columns.MEMBER) or "text"
    if not all(known) or member not in MEMBERS:
        raise GbcscheckError(
            "the hidden columns, by which the edit is known, were changed; make the workbook anew",
            where=where(columns.SOURCE),
        )
    parties = tuple(filter(None, text(columns.PARTIES).split(", ")))
    told = (text(columns.REASON), text(columns.CONFIDENCE), text(columns.CHOICE), parties)
    return Accepted(where(columns.NEW), *known, member, text(columns.OLD), shown_text(new), text(columns.FIRST), *told)


def _crossed(found: Sequence[Accepted]) -> list[GbcscheckError]:
    """Ways out of which only one may be accepted."""
    first: dict[str, Accepted] = {}
    problems: list[GbcscheckError] = []
    for one in found:
        number = one.choice.rstrip("abcdefghijklmnopqrstuvwxyz")
        other = first.setdefault(number, one) if number else one
        if other.choice != one.choice:
            problems.append(
                GbcscheckError(
                    f"two ways out of choice {number} are accepted, {other.choice} ({other.where}) and {one.choice}; "
                    "one was expected",
                    where=one.where,
                )
            )
    return problems
