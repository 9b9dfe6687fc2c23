"""The GBCS use case tables, one workbook: use cases, objects, DLMS rows, ZCL rows, byte layout of gas messages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from gbcscheck.errors import UnreadableSource
from gbcscheck.extract.sheets import Header, Sheet, address_of, find_header, plain_title
from gbcscheck.extract.transcript import Transcript, one_line
from gbcscheck.extract.use_cases_dlms import dlms_row
from gbcscheck.extract.use_cases_gbz import gbz_row
from gbcscheck.extract.use_cases_list import use_case_row
from gbcscheck.extract.use_cases_objects import Carrier, ObjectRow, objects_rows, say_objects
from gbcscheck.extract.use_cases_row import Columns, TableRow
from gbcscheck.extract.use_cases_zcl import zcl_row
from gbcscheck.extract.workbook import read_workbook, sheet_names
from gbcscheck.facts.extract_file import Reading
from gbcscheck.frozen import frozen
from gbcscheck.model import Specification

PART = "use cases"

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


def read_use_cases(path: Path, *, version: str | None = None, shown: str | None = None) -> Reading:
    """Read a workbook of use case tables; a sheet that it lacks is reported among what was not read.

    ``version`` is that of GBCS; without it, it is taken from the file's name (``use-cases-4.0.xlsx``), else it is
    ``unstated``. Cells that cannot be read keep their text, and are listed in ``unread`` with the place in the text; so
    are titles that a header row lacks, while titles that are not known are listed in ``bare``. Raises UnreadableSource
    for anything but a workbook with at least one of the sheets, each with its header row.
    """
    where = shown or str(path)
    sheets = read_workbook(path, SHEETS, shown=shown)
    if not sheets:
        raise UnreadableSource(
            "not a workbook of use case tables: none of its sheets has an expected name",
            where=where,
            detail=f"  found     {', '.join(sheet_names(path)) or 'no sheets'}\n  expected  {', '.join(SHEETS)}",
        )
    headers = {
        name: find_header(sheet, (*SHEETS[name], *_OPTIONAL[name]), SHEETS[name], where=where)
        for name, sheet in sheets.items()
    }
    transcript = Transcript()
    for name, header in headers.items():
        _tell_titles(transcript, sheets[name], header)
    _Tables(transcript, sheets, headers).read()
    for name in SHEETS:
        if name not in sheets:
            transcript.unread(name, name, "", "the workbook has no sheet of this name")
    specification = Specification("GBCS", version or version_in(path.stem), PART)
    return transcript.reading(specification, path, where, recognised="the names of its sheets")


def _tell_titles(transcript: Transcript, sheet: Sheet, header: Header) -> None:
    """Tell the titles that a sheet was expected to have and lacks, those that come twice, and those that say nothing
    to this reader."""
    column = f"{sheet.name} / header row"
    start = f"{sheet.name}!{address_of(header.row.number, 0)}"
    for title in (*SHEETS[sheet.name], *_OPTIONAL[sheet.name]):
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
class _Tables:
    """The sheets of one workbook on their way into a transcript."""

    transcript: Transcript
    sheets: dict[str, Sheet]
    headers: dict[str, Header]

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

    def _rows(self, name: str) -> Iterable[TableRow]:
        if name not in self.sheets:
            return ()
        sheet, header = self.sheets[name], self.headers[name]
        columns = Columns(sheet, header)
        return (TableRow(columns, row) for row in header.body(sheet))


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
