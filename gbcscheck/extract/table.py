"""Tables of settings (GBCS Table 28d and any other) from workbooks and CSV files."""

from __future__ import annotations

from pathlib import Path

from gbcscheck.extract.csv_sheet import read_csv
from gbcscheck.extract.sheets import Sheet
from gbcscheck.extract.table_cells import unit_of_all
from gbcscheck.extract.table_layout import Table, choose_table
from gbcscheck.extract.table_mapping import ROW_FACTS, USUAL, TableMapping, load_mapping
from gbcscheck.extract.table_rows import provenance_of, say_row
from gbcscheck.extract.transcript import Transcript
from gbcscheck.extract.workbook import read_workbook
from gbcscheck.facts.extract_file import Reading


def read_table(
    path: Path, *, sheet: str | None = None, mapping: Path | TableMapping | None = None, shown: str | None = None
) -> Reading:
    """Read a table of settings: one row a data item, columns known by their titles.

    ``sheet`` names the sheet of a workbook (without it: the mapping's, else the first with a header row); ``mapping``
    is a file as ``table-mapping.schema.json`` describes, without it the usual titles are known. Cells that cannot be
    read keep their text and are listed in ``unread``; blank cells, and those with a word for it (``NA``), are stated
    with the attribute ``blank``. Raises UnreadableSource for files that are no tables, Problems for a bad mapping.
    """
    where = shown or str(path)
    known = mapping if isinstance(mapping, TableMapping) else USUAL if mapping is None else load_mapping(mapping)
    table, others = choose_table(_sheets(path, shown), known, sheet or known.sheet, path.stem, where)
    provenance = known.provenance or _common_provenance(table)
    transcript = Transcript()
    of_all = unit_of_all(table.sheet, table.header)
    for row in table.body():
        say_row(transcript, table, row, provenance, of_all)
    for address, title in table.strangers().items():
        transcript.bare("header row", f"{table.sheet.name}!{address}", title, _stranger(known, title))
    for address, title in table.repeated().items():
        place = f"{table.sheet.name}!{address}"
        transcript.unread("header row", place, title, "not read: an earlier column says the same of a row")
    for name in others:
        transcript.unread("sheets", name, "", "another table: name the sheet to read it")
    for attribute in sorted(_missing(table)):
        transcript.unread(
            "header row", table.sheet.place(table.header.cells[0]), attribute, "no column of this attribute"
        )
    return transcript.reading(
        table.specification,
        path,
        where,
        provenance=provenance,
        note=table.sheet.note,
        attributes=known.attributes,
    )


def _sheets(path: Path, shown: str | None) -> list[Sheet]:
    if path.suffix.lower() in (".csv", ".tsv", ".txt"):
        return [read_csv(path, shown=shown)]
    return list(read_workbook(path, shown=shown).values())


def _common_provenance(table: Table) -> str:
    """The provenance of the rows where they all state the same; else they are taken to be published."""
    stated = {provenance_of(table, row) for row in table.body()}
    return stated.pop() or "published" if len(stated) == 1 else "published"


def _stranger(mapping: TableMapping, title: str) -> str:
    if not title:
        return "a column without a title"
    is_subject = mapping.subject_place(title) is not None
    return "not read: an earlier column names the data item" if is_subject else "a title that is not known"


def _missing(table: Table) -> set[str]:
    """Attributes that a user's mapping names and no column of the sheet has."""
    if table.mapping is USUAL:
        return set()
    named = {column.attribute for column in table.mapping.columns.values()} - set(ROW_FACTS)
    return named - {column.attribute for _, column in table.columns}
