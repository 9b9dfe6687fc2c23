"""A release with some of its statements replaced, in memory: what a document would say after an edit."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from gbcscheck.evidence.marks import BLANK
from gbcscheck.facts.columns import DOMAIN, SOURCE, TEXT, VALUE, Cell, Columns, Numbers
from gbcscheck.facts.extract_file import Extract, ExtractRow, Scalar
from gbcscheck.model import Specification, Statement
from gbcscheck.proposals.repeats import moved
from gbcscheck.release.catalogue import Catalogue, Shared
from gbcscheck.release.releases import Release

_CELL = re.compile(r"(.+![A-Z]+)([1-9][0-9]*)")
_MEMBER = re.compile(r"(/[0-9]+/).*")
NOTHING = ("", "-", "*", BLANK)
"""What a cell holds that says nothing."""


class Replacement(NamedTuple):
    """What a statement says after an edit; with another subject, all that its row says is of that subject, and with
    none what the row says of this subject alone is gone. One that says nothing any more is gone from its place; one
    that stood nowhere (its text was empty, or a dash) is there now.

    ``key`` is set where what is written anew is a cell by which rows of different sheets are one and of which no
    statement is: the member of MEMBERS that it is (``number``, ``use-case``), what stands there, and what would. With
    another number all that the row says has another ``clause``.
    """

    statement: Statement
    subject: str
    domain: str | None
    value: Scalar | None
    text: str | None
    clause: str = ""
    key: tuple[str, str, str] | None = None

    @property
    def renames(self) -> bool:
        """Whether the row speaks of another subject."""
        return self.subject not in ("", self.statement.subject)

    @property
    def leaves(self) -> bool:
        """Whether the place says it of other subjects alone, if of any."""
        return not self.subject

    @property
    def says_the_same(self) -> bool:
        """Whether the place says what it said."""
        return self.statement[7:10] == (self.domain, self.value, self.text)

    @property
    def is_text(self) -> bool:
        """Whether what is written anew is the text of the place itself, and nothing by which its row is known."""
        return not self.renames and self.key is None

    @property
    def removes(self) -> bool:
        """Whether the place says nothing any more."""
        return (self.domain, self.value, self.text or None) == (None, None, None)

    @property
    def adds(self) -> bool:
        """Whether the place said nothing."""
        return self.statement.domain is None and self.statement.value is None and self.statement.text in NOTHING

    @property
    def is_in_place(self) -> bool:
        """Whether the same place says something of the same subjects, and no row is known by anything else."""
        return not (self.renames or self.leaves or self.removes or self.adds or self.clause or self.key)


def row_of(statement: Statement) -> tuple[str, str]:
    """The row that a statement stands in: of a sheet, of a list; else its own place."""
    cell = _CELL.fullmatch(statement.source)
    if cell is not None:
        return statement.path, f"{cell[1].rpartition('!')[0]}!{cell[2]}"
    member = _MEMBER.fullmatch(statement.source)
    return statement.path, member[
        1
    ] if member is not None and "statements" not in statement.source else statement.source


def column_of(statement: Statement) -> tuple[Specification, str, str]:
    """The column that a statement stands in: what is written in one way there. Of XML all that says one attribute."""
    cell = _CELL.fullmatch(statement.source)
    return statement.specification, statement.attribute, cell[1] if cell is not None else ""


class Bench:
    """Releases of which statements are replaced for a trial; what nobody touches is kept for the next one."""

    def __init__(self, releases: Sequence[Release]) -> None:
        self.releases = tuple(replace(one, extracts=tuple(map(_in_columns, one.extracts))) for one in releases)
        self._shared: Shared = {}
        self.catalogues = tuple(Catalogue.of(one, self._shared) for one in self.releases)

    def with_replaced(self, replacements: Iterable[Replacement]) -> tuple[Catalogue, ...]:
        """The releases as catalogues, with some statements replaced."""
        by_part: dict[Specification, list[Replacement]] = {}
        for one in replacements:
            by_part.setdefault(one.statement.specification, []).append(one)
        if not by_part:
            return self.catalogues
        edited: dict[int, Extract] = {}

        def edit(extract: Extract) -> Extract:
            chosen = by_part.get(extract.specification)
            if chosen is None:
                return extract
            if id(extract) not in edited:
                edited[id(extract)] = _edited(extract, chosen)
            return edited[id(extract)]

        shared = dict(self._shared)  # what is made of edited extracts is not asked for again
        return tuple(
            Catalogue.of(replace(one, extracts=tuple(map(edit, one.extracts))), shared) for one in self.releases
        )


def _in_columns(extract: Extract) -> Extract:
    return extract if isinstance(extract.rows, Columns) else replace(extract, rows=Columns.of(extract.rows))


def _edited(extract: Extract, replacements: Sequence[Replacement]) -> Extract:
    rows = extract.rows
    assert isinstance(rows, Columns)
    in_cells = [one for one in replacements if not (one.removes or one.adds or one.leaves or one.says_the_same)]
    plain = _with_cells(rows, extract, in_cells)
    others = [one for one in replacements if not one.is_in_place]
    return replace(extract, rows=_with_rows(plain, extract, others) if others else plain)


def _with_cells(rows: Columns, extract: Extract, replacements: Sequence[Replacement]) -> Columns:
    """The rows with other cells; no subject and no attribute is another one, so that their order stays."""
    columns: list[Numbers] = list(rows.columns)
    added: list[Cell] = []
    for one in replacements:
        for row in _rows_of(rows, extract, one.statement):
            for member, cell in ((DOMAIN, one.domain), (VALUE, one.value), (TEXT, one.text)):
                if not isinstance(columns[member], array) or columns[member] is rows.columns[member]:
                    columns[member] = array("I", columns[member])
                number = 0
                if cell is not None:
                    added.append(cell)
                    number = len(rows.table) + len(added) - 1
                columns[member][row] = number  # type: ignore[index]  # an array of one's own
    if not added and not replacements:
        return rows
    return Columns(
        columns,
        rows.subjects,
        lambda: (*rows.others, *added),
        by_subject=rows.by_subject,
        starts=rows.starts,
        by_attribute=rows.by_attribute,
        again=rows.again,
    )


def _with_rows(rows: Columns, extract: Extract, replacements: Sequence[Replacement]) -> Columns:
    """The rows with other subjects, and with some gone and some added. All that one row of a document says is of its
    new subject, and the repeats of its old name and its new one have the numbers that they would have."""
    new: dict[tuple[str, tuple[str, str]], str] = {}
    named: dict[tuple[str, str, int], str] = {}
    lines: dict[tuple[tuple[str, str], str], str] = {}  # an element that is declared once and stands in several paths
    for one in replacements:
        subject = one.statement.subject
        if one.renames and subject.startswith("/"):
            lines[row_of(one.statement), subject.rpartition("/")[2]] = one.subject.rpartition("/")[2]
        if one.renames:
            new[subject, row_of(one.statement)] = one.subject
            sheet, _, number = row_of(one.statement)[1].strip("/").rpartition("!")
            if number.isdigit():
                named[subject, sheet, int(number)] = one.subject
    freed = moved(rows, named) if named else {}
    clauses = {
        (row_of(one.statement), one.statement.clause): one.clause for one in replacements if one.clause and not one.adds
    }
    gone = {
        row
        for one in replacements
        if one.removes or one.leaves
        for row in _rows_of(rows, extract, one.statement)
        if one.removes or rows[row].subject == one.statement.subject
    }
    read_from = extract.source_name or extract.path

    def renamed(index: int, row: ExtractRow) -> ExtractRow:
        path, source = read_from if row.source else extract.path, row.source or f"/statements/{index}"
        place = Statement(row.subject, "", extract.specification, "", "", path, source)
        row = row._replace(clause=clauses.get((row_of(place), row.clause), row.clause)) if clauses else row
        subject = new.get((row.subject, row_of(place))) or freed.get(row.subject)
        above, slash, last = row.subject.rpartition("/")
        if subject is None and slash and (row_of(place), last) in lines:
            subject = f"{above}/{lines[row_of(place), last]}"
        if not subject:
            return row
        old, use_case = (name.partition("/")[0] for name in (row.subject, subject))
        begins = row.clause == old or row.clause.startswith(f"{old}, ")
        return row._replace(subject=subject, clause=use_case + row.clause[len(old) :] if begins else row.clause)

    is_known_otherwise = bool(new or clauses)
    kept = [renamed(index, row) if is_known_otherwise else row for index, row in enumerate(rows) if index not in gone]
    kept += [
        ExtractRow(
            one.subject,
            one.statement.attribute,
            one.domain,
            one.value,
            one.text,
            one.statement.clause,
            one.statement.source,
        )
        for one in replacements
        if one.adds
    ]
    return Columns.of(kept)


def _rows_of(rows: Columns, extract: Extract, statement: Statement) -> list[int]:
    """The rows of an extract that are a statement, and those of other subjects of which the same place says it."""
    number = rows.number_of(statement.attribute)
    if number is None:
        return []
    source = None if statement.source.startswith("/statements/") else statement.source
    if source is None:
        return [int(statement.source.rpartition("/")[2])]
    table, sources = rows.table, rows.columns[SOURCE]
    domains, values, texts = rows.columns[DOMAIN], rows.columns[VALUE], rows.columns[TEXT]
    said = (statement.domain, statement.value, statement.text)
    return [
        row
        for row in rows.rows_of_attribute(statement.attribute)
        if table[sources[row]] == source and (table[domains[row]], table[values[row]], table[texts[row]]) == said
    ]
