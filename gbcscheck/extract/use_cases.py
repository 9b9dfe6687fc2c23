"""The GBCS use case tables, one workbook: use cases, objects, DLMS rows, ZCL rows, byte layout of gas messages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from gbcscheck.errors import UnreadableSource
from gbcscheck.extract.document_names import recognised
from gbcscheck.extract.sheets import (
    GAPS,
    Header,
    Sheet,
    Surroundings,
    address_of,
    find_header,
    found_header,
    plain_title,
)
from gbcscheck.extract.source_kinds import is_word
from gbcscheck.extract.table_choice import View
from gbcscheck.extract.transcript import Transcript, one_line
from gbcscheck.extract.use_cases_dlms import dlms_row
from gbcscheck.extract.use_cases_gbz import gbz_row
from gbcscheck.extract.use_cases_list import use_case_row
from gbcscheck.extract.use_cases_objects import Carrier, ObjectRow, objects_rows, say_objects
from gbcscheck.extract.use_cases_row import Columns, TableRow
from gbcscheck.extract.use_cases_zcl import zcl_row
from gbcscheck.extract.workbook import read_workbook, sheet_names
from gbcscheck.facts.extract_file import Reading, Unread
from gbcscheck.frozen import frozen
from gbcscheck.model import UNSTATED, Specification

PART = "use cases"
_FEWEST_TITLES = 4
"""Titles by which a table of a document that nothing names is one of use cases."""
_MOST_SHOWN = 20
"""Names and places that an error lists."""

SHEETS = {
    "Use cases": ("use case",),
    "Objects": ("use cases", "mapping table row #", "name", "attribute/method", "data type"),
    "DLMS": ("use case", "name", "class", "OBIS code", "attribute/method name", "DLMS COSEM data types"),
    "ZCL": ("use case", "name", "data type", "attribute/value/parameter", "cluster: ID"),
    "GBZ": ("use case", "message", "element", "value", "octets"),
}
"""The sheets, and the titles without which a sheet cannot be read."""

_OPTIONAL = {
    "Use cases": (
        "title",
        "message code",
        "target",
        "remote party roles",
        "Remote Party or HAN Only Message",
        "Message Type",
        "Capable of Future Dated Invocation",
        "Protection Against Replay required",
        "Service Reference",
        "Read or Update",
        "Response Recipient Different than Command Sender?",
        "GPF Gas ESI Tap-Off",
    ),
    "Objects": ("ref.", "sub category", "sensitive", "notes"),
    "DLMS": (
        "mapping table row #",
        "ref.",
        "attribute or method?",
        "attribute/method no.",
        "constant value",
        "encrypted",
        "notes",
    ),
    "ZCL": ("mapping table row #", "ref.", "command: ID", "response: ID", "encrypted"),
    "GBZ": ("component", "part", "section", "meaning", "encrypted"),
}


def read_use_cases(
    path: Path, *, version: str | None = None, shown: str | None = None, view: View = "final"
) -> Reading:
    """Read a workbook of use case tables, or a Word document with them in a ``view``; a sheet that it lacks is reported
    among what was not read.

    ``version`` is that of GBCS; without it, it is taken from the file's name (``use-cases-4.0.xlsx``), else it is
    ``unstated``. Cells that cannot be read keep their text, and are listed in ``unread`` with the place in the text; so
    are titles that a header row lacks, while titles that are not known are listed in ``bare``. Raises UnreadableSource
    for anything but a workbook with at least one of the sheets, each with its header row.
    """
    where = shown or str(path)
    if is_word(path):
        from gbcscheck.extract.word.sheets import read_sheets

        return use_cases_of(path, read_sheets(path, view, shown=shown), version=version, shown=shown)
    sheets = read_workbook(path, SHEETS, shown=shown)
    if not sheets:
        raise UnreadableSource(
            "not a workbook of use case tables: none of its sheets has an expected name",
            where=where,
            detail=f"  found     {', '.join(sheet_names(path)) or 'no sheets'}\n  expected  {', '.join(SHEETS)}",
        )
    tables = {name: [_headed(name, sheet, where)] for name, sheet in sheets.items()}
    specification = Specification("GBCS", version or version_in(path.stem), PART)
    return _reading(tables, "sheet", specification, path, where, "the names of its sheets")


def has_use_cases(sheets: Iterable[Sheet]) -> bool:
    """Whether some tables of a document are use case tables of GBCS."""
    return any(_table_name(sheet) for sheet in sheets)


def use_cases_of(
    path: Path, sheets: Sequence[Sheet], *, version: str | None = None, shown: str | None = None
) -> Reading:
    """Read the use case tables among the tables of a document, each known by its caption, the heading above it or its
    titles; there may be several of one kind. Other tables are listed in ``not_taken``. Errors and all else as in
    ``read_use_cases``."""
    where = shown or str(path)
    tables: dict[str, list[_UseCaseTable]] = {}
    others: list[str] = []
    for sheet in sheets:
        name = _table_name(sheet)
        if name:
            tables.setdefault(name, []).append(_headed(name, sheet, where))
        else:
            others.append(sheet.name)
    if not tables:
        raise UnreadableSource(
            "none of its tables is a use case table",
            where=where,
            detail=f"  found     {', '.join(others[:_MOST_SHOWN]) or 'no tables'}\n  expected  {', '.join(SHEETS)}",
        )
    faults = [
        f"  {one.sheet.name}, {fault}"
        for of_kind in tables.values()
        for one in of_kind
        if one.sheet.around
        for fault in one.sheet.around.faults
    ]
    if faults:
        raise UnreadableSource(GAPS, where=where, detail="\n".join(faults[:_MOST_SHOWN]))
    said = [text for sheet in sheets[:1] if sheet.around for text in sheet.around.said]
    found = version or version_in(path.stem)
    if found == UNSTATED:
        found = recognised(said).version or UNSTATED
    specification = Specification("GBCS", found, PART)
    reading = _reading(tables, "table", specification, path, where, "its tables")
    unlooked = (line for sheet in sheets[:1] if sheet.around for line in sheet.around.unlooked)
    left_out = (
        *(Unread(name, "table", "", "no use case table") for name in others),
        *(Unread("the document", "text", "", line) for line in unlooked),
    )
    return replace(reading, not_taken=(*reading.not_taken, *left_out))


def _table_name(sheet: Sheet) -> str:
    """Which of the use case tables a table of a document is; empty where it is none. It has the required titles, and is
    called so by its caption or heading, or has no fewer than four of the titles of that table."""
    around = sheet.around or Surroundings()
    called = {plain_title(text) for text in (around.heading, *(cell.text for cell in around.above), *_titles(around))}
    for name in (*(one for one in SHEETS if plain_title(one) in called), *SHEETS):
        header = found_header(sheet, (*SHEETS[name], *_OPTIONAL[name]), SHEETS[name])
        if header is not None and (plain_title(name) in called or len(header.columns) >= _FEWEST_TITLES):
            return name
    return ""


def _titles(around: Surroundings) -> Iterator[str]:
    """The title of a table behind the number in its caption."""
    for cell in around.above[:1]:
        yield re.sub(r"[\s:.–—-]*", "", cell.text.removeprefix(around.number), count=1)


def _headed(name: str, sheet: Sheet, where: str) -> _UseCaseTable:
    return _UseCaseTable(sheet, find_header(sheet, (*SHEETS[name], *_OPTIONAL[name]), SHEETS[name], where=where))


def _reading(
    tables: Mapping[str, Sequence[_UseCaseTable]],
    what: str,
    specification: Specification,
    path: Path,
    where: str,
    known_by: str,
) -> Reading:
    """What some use case tables say, by their names; ``what`` each is of its file."""
    transcript = Transcript()
    for name, of_kind in tables.items():
        for one in of_kind:
            _tell_titles(transcript, name, one.sheet, one.header)
    _Tables(transcript, tables).read()
    for name in SHEETS:
        if name not in tables:
            transcript.unread(
                name, name, "", f"the {'workbook' if what == 'sheet' else 'document'} has no {what} of this name"
            )
    note = next((one.sheet.note for of_kind in tables.values() for one in of_kind if one.sheet.note), "")
    return transcript.reading(specification, path, where, note=note, recognised=known_by)


def _tell_titles(transcript: Transcript, name: str, sheet: Sheet, header: Header) -> None:
    """Tell the titles that a sheet was expected to have and lacks, those that come twice, and those that say nothing
    to this reader."""
    column = f"{name} / header row"
    start = f"{sheet.name}!{address_of(header.row.number, 0)}"
    for title in (*SHEETS[name], *_OPTIONAL[name]):
        if title not in header.columns:
            transcript.unread(
                column, start, title, f"no column has the title {title!r}: nothing is read of what it holds"
            )
    known = {plain_title(title): title for title in header.columns}
    used = set(header.columns.values())
    rows = list(header.body(sheet))
    for place in range(max(len(row.cells) for row in (header.row, *rows))):
        if place in used:
            continue
        cell = header.row.at(place)
        address = f"{sheet.name}!{address_of(header.row.number, place)}"
        again = known.get(plain_title(cell.text))
        if again is not None:
            first = address_of(header.row.number, header.columns[again])
            transcript.unread(
                column, address, one_line(cell.text), f"the title of {first} once more: only that is read"
            )
        elif not cell.is_blank:
            transcript.bare(column, address, one_line(cell.text), "a title that is not known")
        elif any(not row.at(place).is_blank for row in rows):
            transcript.bare(column, address, "", "a column without a title")


def version_in(name: str) -> str:
    """The version in a file's name or a title (``4.0``), ``unstated`` where there is none.

    >>> version_in("use-cases-4.0"), version_in("use cases")
    ('4.0', 'unstated')
    """
    found = re.search(r"(?<![0-9.])[0-9]+(?:\.[0-9]+)+(?![0-9.]*[0-9])", name)
    return found.group() if found else "unstated"


@frozen
class _UseCaseTable:
    """A sheet, or a table of a document, and its header row."""

    sheet: Sheet
    header: Header


@frozen
class _Tables:
    """The use case tables of one file by their names, on their way into a transcript."""

    transcript: Transcript
    tables: Mapping[str, Sequence[_UseCaseTable]]

    def read(self) -> None:
        """Read all sheets. Objects come last: their subjects are those of the rows of the other tables."""
        listed = {row.text("use case") for row in self._rows("Use cases")}
        for row in self._rows("Use cases"):
            use_case_row(self.transcript, row)
        objects = objects_rows(self.transcript, self._rows("Objects"))
        subjects: dict[tuple[str, str], Carrier] = {}
        self._each("DLMS", objects, subjects, dlms_row)
        self._each("ZCL", objects, subjects, zcl_row)
        for row in self._rows("GBZ"):
            gbz_row(self.transcript, row)
        say_objects(self.transcript, objects, subjects, listed)

    def _each(
        self,
        name: str,
        objects: dict[tuple[str, str], ObjectRow],
        subjects: dict[tuple[str, str], Carrier],
        read: Callable[[Transcript, TableRow, ObjectRow | None], str | None],
    ) -> None:
        for row in self._rows(name):
            key = (row.text("use case"), row.text("mapping table row #"))
            subject = read(self.transcript, row, objects.get(key))
            if subject and key[1]:
                subjects.setdefault(key, Carrier(subject, row.text("name")))

    def _rows(self, name: str) -> Iterator[TableRow]:
        for one in self.tables.get(name, ()):
            columns = Columns(one.sheet, one.header, name)
            yield from (TableRow(columns, row) for row in one.header.body(one.sheet))


def render_stats(reading: Reading) -> str:
    """By column, how many cells state nothing, were read, are bare names or prose, and were not read; then each bare
    and each unread cell with its text, the unread ones with a marker under the place.

    The share is that of the cells that were read among those that state something and are no bare name.
    """
    lines = [f"{'column':<62}{'blank':>7}{'read':>7}{'bare':>7}{'unread':>8}{'share read':>12}"]
    for column, count in (reading.counts or {}).items():
        stated = count["read"] + count["unread"]
        share = f"{100 * count['read'] / stated:.1f} %" if stated else "-"
        lines.append(
            f"{column:<62}{count['blank']:>7}{count['read']:>7}{count['bare']:>7}{count['unread']:>8}{share:>12}"
        )
    for title, cells in (("bare names and prose", reading.bare), ("not read", reading.unread)):
        lines += ["", f"{title}: {len(cells)}"]
        for cell in cells:
            lines.append(f"{cell.place}  {cell.column}" + (f"  ({cell.reason})" if title != "not read" else ""))
            if title == "not read":
                lines += [f"    {line}" for line in cell.reason.splitlines()]
            else:
                lines.append(f"    {' '.join(cell.text.split())}")
    return "\n".join(lines) + "\n"
