"""Tables of settings (GBCS Table 28d and any other) from workbooks, CSV files and Word documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from gbcscheck.errors import UnreadableSource
from gbcscheck.extract.chosen_tables import NoTable, NotTaken, choose_tables
from gbcscheck.extract.csv_sheet import read_csv
from gbcscheck.extract.sheets import GAPS, Sheet
from gbcscheck.extract.source_kinds import is_word
from gbcscheck.extract.table_beside import beside
from gbcscheck.extract.table_body import Entry, entries, provenance_of
from gbcscheck.extract.table_choice import ALL, TableChoice
from gbcscheck.extract.table_layout import Table
from gbcscheck.extract.table_mapping import ROW_FACTS, USUAL, TableMapping, load_mapping
from gbcscheck.extract.table_rows import say_row
from gbcscheck.extract.transcript import Transcript
from gbcscheck.extract.workbook import read_workbook
from gbcscheck.facts.extract_file import Reading
from gbcscheck.model import Specification
from gbcscheck.near_names import meant

NAME_IT = "another table: name the sheet or the table to read it"


def read_table(
    path: Path,
    *,
    sheet: str | None = None,
    mapping: Path | TableMapping | None = None,
    shown: str | None = None,
    choice: TableChoice = ALL,
) -> Reading:
    """Read the tables of the first part of a specification that a file has, as ``read_tables`` does; those of others
    are listed in ``unread``. ``sheet`` names the sheet of a workbook, as ``choice`` may do."""
    first, *others = _read(path, mapping, shown, replace(choice, sheet=sheet) if sheet else choice)
    transcript = first.transcript
    for other in others:
        for table in other.tables:
            alone = table.sheet.name not in {one.sheet.name for one in first.tables}
            place = table.sheet.name if alone and len(other.tables) == 1 else table.place
            transcript.unread("sheets" if alone else "tables", place, "", NAME_IT)
    return first.reading()


def read_tables(
    path: Path,
    *,
    mapping: Path | TableMapping | None = None,
    shown: str | None = None,
    choice: TableChoice = ALL,
    sheets: Sequence[Sheet] | None = None,
) -> Reading:
    """Read the tables of settings of a file: one data item a row or a column, columns known by their titles.

    ``choice`` says which; by default all that are shown. ``mapping`` is a file as ``table-mapping.schema.json``
    describes, without it the usual titles are known. The reading is that of the first part of a specification, with
    those of others in ``also``. ``sheets`` are those of the file where they are read already. Cells that cannot be read
    keep their text and are listed in ``unread``; blank cells, and those with a word for it (``NA``), are stated with
    the attribute ``blank``. Raises UnreadableSource for files that are no tables, and where it has to be said which
    column is meant; Problems for a bad mapping.
    """
    first, *others = [part.reading() for part in _read(path, mapping, shown, choice, sheets)]
    return replace(first, also=tuple(others))


class _Part:
    """The tables of one part of a specification, read."""

    def __init__(self, path: Path, where: str, known: TableMapping, tables: Sequence[Table]) -> None:
        self._path = path
        self._where = where
        self._known = known
        self.tables = tables
        self.transcript = Transcript()
        bodies = [(table, tuple(entries(table))) for table in tables]
        self._provenance = known.provenance or _common_provenance(bodies)
        for table, body in bodies:
            aids = beside(table)
            for entry in body:
                say_row(self.transcript, table, entry, self._provenance, aids)
            self._tell_columns(table, table.strangers(aids.says_which))

    def _tell_columns(self, table: Table, strangers: Mapping[str, str]) -> None:
        transcript = self.transcript
        for address, title in strangers.items():
            transcript.bare("header row", f"{table.sheet.name}!{address}", title, _stranger(table, title))
        for address, title in table.repeated().items():
            place = f"{table.sheet.name}!{address}"
            transcript.unread("header row", place, title, "not read: an earlier column says the same of a row")
        for left_out in table.left_out:
            cell = table.sheet.place(table.title_cell(left_out))
            reason = "another column than the one that was named"
            transcript.leave_out("column", cell, table.title(left_out), reason)
        for attribute in sorted(_missing(table)):
            cell = table.sheet.place(table.header.cells[0])
            transcript.unread("header row", cell, attribute, "no column of this attribute")

    def leave_out(self, places: Iterable[NotTaken]) -> None:
        """Note what of the file is not taken."""
        for one in places:
            self.transcript.leave_out(one.what, one.place, "", one.reason)

    def reading(self) -> Reading:
        """What the tables say."""
        first = self.tables[0]
        return self.transcript.reading(
            first.specification,
            self._path,
            self._where,
            provenance=self._provenance,
            note=first.sheet.note,
            attributes=self._known.attributes,
            recognised=first.recognised,
        )


def _read(
    path: Path,
    mapping: Path | TableMapping | None,
    shown: str | None,
    choice: TableChoice,
    given: Sequence[Sheet] | None = None,
) -> tuple[_Part, ...]:
    """The tables of a file by what they are of; what is not taken of it is noted with the first."""
    where = shown or str(path)
    known = mapping if isinstance(mapping, TableMapping) else USUAL if mapping is None else load_mapping(mapping)
    choice = choice if choice.sheet else replace(choice, sheet=known.sheet)
    sheets = _sheets(path, shown, choice) if given is None else given
    if not sheets and is_word(path):
        raise NoTable("no table stands in the document", where=where)
    tables, left_out = choose_tables(sheets, known, choice, path.stem, where)
    _refuse_ragged(tables, where)
    _refuse_gaps(tables, where)
    _refuse_misspelt(tables, known, str(mapping))
    by_part: dict[Specification, list[Table]] = {}
    for table in tables:
        by_part.setdefault(table.specification, []).append(table)
    first, *others = [_Part(path, where, known, part) for part in by_part.values()]
    first.leave_out((*left_out, *_notes(tables)))
    return (first, *others)


def _sheets(path: Path, shown: str | None, choice: TableChoice) -> list[Sheet]:
    if is_word(path):
        from gbcscheck.extract.word.sheets import read_sheets

        return read_sheets(path, choice.view, shown=shown)
    if path.suffix.lower() in (".csv", ".tsv", ".txt"):
        return [read_csv(path, shown=shown)]
    return list(read_workbook(path, shown=shown).values())


def _common_provenance(bodies: Sequence[tuple[Table, Sequence[Entry]]]) -> str:
    """The provenance of the rows where they all state the same; else they are taken to be published."""
    stated = {provenance_of(table, entry.row) for table, body in bodies for entry in body if not entry.why}
    return stated.pop() or "published" if len(stated) == 1 else "published"


def _stranger(table: Table, title: str) -> str:
    if not title:
        return "a column without a title"
    is_subject = table.mapping.subject_place(title) is not None
    return "not read: an earlier column names the data item" if is_subject else "a title that is not known"


def _missing(table: Table) -> set[str]:
    """Attributes that a user's mapping names and no column of the sheet has."""
    if table.mapping is USUAL:
        return set()
    named = {column.attribute for column in table.mapping.columns.values()} - set(ROW_FACTS)
    return named - {column.attribute for _, column in table.columns}


def _refuse_misspelt(tables: Sequence[Table], mapping: TableMapping, named: str) -> None:
    """Raise UnreadableSource where a mapping names a title that no table has, nor another one of the same attribute,
    and a title that is not known has nearly that name."""
    if mapping is USUAL:
        return
    said = {column.attribute for table in tables for _, column in table.columns}
    strange = {title.casefold(): title for table in tables for title in table.strangers().values() if title}
    for title, column in mapping.columns.items():
        near = meant(title, strange) if column.attribute not in (*said, "ignore") else ""
        if near:
            raise UnreadableSource(
                f'no column has the title "{title}"; did you mean "{strange[near]}"?', where=f"{named}#/columns"
            )


def _notes(tables: Iterable[Table]) -> Iterator[NotTaken]:
    """The footnotes of tables of a document, whose texts may bear on values."""
    for sheet in {table.sheet.name: table.sheet for table in tables}.values():
        if sheet.around and sheet.around.notes:
            notes = "1 footnote" if sheet.around.notes == 1 else f"{sheet.around.notes:,} footnotes"
            yield NotTaken("text", sheet.name, f"{notes} of it {'was' if sheet.around.notes == 1 else 'were'} not read")


def _refuse_gaps(tables: Iterable[Table], where: str) -> None:
    """Raise UnreadableSource where a row of a document's table does not fill its columns: a value may stand under the
    title of another."""
    sheets = {table.sheet.name: table.sheet for table in tables}.values()
    faults = [f"  {sheet.name}, {fault}" for sheet in sheets if sheet.around for fault in sheet.around.faults]
    if faults:
        more = [f"  and {len(faults) - 5:,} more"] if len(faults) > 5 else []
        raise UnreadableSource(
            GAPS,
            where=where,
            detail="\n".join([*faults[:5], *more]),
        )


def _refuse_ragged(tables: Sequence[Table], where: str) -> None:
    """Raise UnreadableSource where a line of a CSV file has more or fewer fields than the titles of its table: a value
    may stand under the wrong one."""
    faults: list[str] = []
    for table in tables:
        if not table.sheet.delimiter:
            continue
        count = len(table.header.cells)
        for row in table.rows():
            filled = [place for place, cell in enumerate(row.cells) if not cell.is_blank]
            if len(filled) > 1 and (len(row.cells) < count or filled[-1] >= count):
                faults.append(
                    f"  row {row.number} has {len(row.cells)} fields, the titles in row {table.header.number} {count}"
                )
    if faults:
        sign = tables[0].sheet.delimiter.replace("\t", "tab")
        raise UnreadableSource(
            f"lines with more or fewer fields than there are titles; a field with {sign} in it stands in quotes",
            where=where,
            detail="\n".join([*faults[:5], *([f"  and {len(faults) - 5:,} more"] if len(faults) > 5 else [])]),
        )
