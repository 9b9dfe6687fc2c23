"""Workbooks and CSV files as sheets: openpyxl in read-only mode, behind checks that a hostile file does not pass."""

from __future__ import annotations

import datetime
import io
import math
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from gbcscheck.errors import UnreadableSource, is_of_python
from gbcscheck.extract.cell_text import text_of_runs, written_text
from gbcscheck.extract.sheets import Cell, Hidden, Row, Sheet, address_of, text_of
from gbcscheck.frozen import frozen
from gbcscheck.inputs.containers import checked_parts
from gbcscheck.limits import CELLS, COLUMNS, MERGED, ROWS

if TYPE_CHECKING:
    from openpyxl import Workbook

_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,  # both XML parsers' errors
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    EOFError,
    OSError,
    OverflowError,
    NotImplementedError,
)
"""What openpyxl raises where the parts of a workbook do not fit together."""

_DECLARED = re.compile(rb"<(?:\w+:)?sheet\b[^>]*?\bname=")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_FORMULA = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3}\d{1,7})"[^>]*>\s*<(?:\w+:)?f\b')
_FAR_COLUMN = re.compile(rb'\br="([A-Z]{3,6})\d+"')
_CALCULATED_ON_LOAD = re.compile(rb"<(?:\w+:)?calcPr\b[^>]*\bfullCalcOnLoad=\"(?:1|true)\"")
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d{1,9})"')
_ROWS = re.compile(rb"<(?:\w+:)?row\b")
_CELLS = re.compile(rb"<(?:\w+:)?c\b")
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/([A-Za-z]+)/")
_TAG_OF_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*>")
_TAG_OF_COLUMNS = re.compile(rb"<(?:\w+:)?col\b[^>]*>")
_IS_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_FROM_TO = re.compile(rb'\b(min|max)="(\d{1,9})"')


@frozen
class _Range:
    """A merged range; rows count from 1, columns from 0, ends included."""

    top: int
    left: int
    bottom: int
    right: int


def sheet_names(path: Path, *, shown: str | None = None) -> tuple[str, ...]:
    """Names of a workbook's sheets, in its order; UnreadableSource as in ``read_workbook``."""
    where = shown or str(path)
    with _opened(path, checked_parts(path, where=where), where) as book:
        return tuple(str(sheet.title) for sheet in book.worksheets)


def read_workbook(path: Path, names: Iterable[str] | None = None, *, shown: str | None = None) -> dict[str, Sheet]:
    """Sheets of a workbook by name, in its order: all of them, or those of ``names`` that it has.

    Values are the stored ones; a formula without a stored value is a cell with a ``problem``. Text that is struck out
    is no value: it stands in ``deleted`` where it is the whole cell. A cell inside a merged range is the range's top
    left cell, address included. Raises UnreadableSource for anything that is not a sound workbook.
    """
    where = shown or str(path)
    parts = checked_parts(path, where=where)
    wanted = None if names is None else set(names)
    with _opened(path, parts, where) as book:
        sheets: dict[str, Sheet] = {}
        cells = 0
        try:
            for sheet in book.worksheets:
                if wanted is None or sheet.title in wanted:
                    sheets[str(sheet.title)] = found = _sheet(sheet, parts, where, cells)
                    cells += sum(len(row.cells) for row in found.rows)
            return sheets
        except _DAMAGED as error:
            raise UnreadableSource(f"a damaged workbook: {_reason(error)}", where=where) from None


@contextmanager
def _opened(path: Path, parts: Mapping[str, bytes], where: str) -> Iterator[Workbook]:
    """openpyxl's read-only view of a workbook; its warnings about styles are not for our users."""
    import openpyxl

    with warnings.catch_warnings(), _octets(path, parts) as octets:  # of a path, openpyxl would judge the name's ending
        warnings.simplefilter("ignore")
        try:
            rich = _has_runs(parts)
            book = openpyxl.load_workbook(octets, read_only=True, data_only=True, keep_links=False, rich_text=rich)
        except _DAMAGED as error:
            raise UnreadableSource(f"a damaged workbook: {_reason(error)}", where=where) from None
        try:
            declared = len(_DECLARED.findall(parts.get("xl/workbook.xml", b"")))
            if declared > len(book.sheetnames):
                raise UnreadableSource(
                    f"a damaged workbook: it names {declared} sheets and has {len(book.sheetnames)}", where=where
                )
            yield book
        finally:
            book.close()


def _octets(path: Path, parts: Mapping[str, bytes]) -> BinaryIO:
    """The workbook for openpyxl, which does not know the names of Strict Office Open XML (ECMA-376 Part 1) and is given
    the parts with those of the transitional form (Part 4) in their stead."""
    if not any(_STRICT.search(content) for name, content in parts.items() if name.endswith("workbook.xml")):
        return path.open("rb")
    octets = io.BytesIO()
    with zipfile.ZipFile(octets, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", content))
    octets.seek(0)
    return octets


def _reason(error: BaseException) -> str:
    """What openpyxl or Python says, without the words of Python's own that tell a user nothing."""
    text = " ".join(str(error).split())
    if "integer string conversion" in text:
        return "a number with too many digits"
    if is_of_python(text):
        return "its parts do not fit together"
    return text if len(text) <= 200 else text[:197] + "..."


def _sheet(sheet: Any, parts: Mapping[str, bytes], where: str, before: int) -> Sheet:
    """One worksheet with merged cells filled in and formulas without a stored value marked; ``before`` counts the cells
    of the sheets before it."""
    xml = parts.get(str(sheet._worksheet_path).lstrip("/"), b"")
    _hold_extent(xml, f"{where} · {sheet.title}")
    marks = _marks(xml, parts)
    sheet.reset_dimensions()
    rows: list[Row] = []
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        before += len(cells)
        CELLS.hold(before, where=f"{where} · {sheet.title}")
        rows.append(Row(number, tuple(_cell(number, column, cell, marks) for column, cell in enumerate(cells))))
    while rows and rows[-1].is_blank:
        rows.pop()
    filled = tuple(_fill(rows, _merged(xml), str(sheet.title), where))
    return Sheet(str(sheet.title), filled, hidden=_hidden(sheet, xml))


def _hidden(sheet: Any, xml: bytes) -> Hidden:
    """What the workbook does not show of a sheet (ECMA-376 Part 1: 18.2.19 ``state``, 18.3.1.73 and 18.3.1.13
    ``hidden``)."""
    rows: set[int] = set()
    columns: set[int] = set()
    if b"hidden=" in xml:
        number = 0
        for row in _TAG_OF_ROW.finditer(xml):
            named = _ROW.match(row[0])
            number = int(named[1]) if named else number + 1
            if _IS_HIDDEN.search(row[0]):
                rows.add(number)
        for column in _TAG_OF_COLUMNS.finditer(xml):
            if _IS_HIDDEN.search(column[0]):
                ends = {name: int(end) for name, end in _FROM_TO.findall(column[0])}
                last = min(ends.get(b"max", 0), COLUMNS.most)
                columns.update(range(ends.get(b"min", 1) - 1, last))
    return Hidden(sheet.sheet_state != "visible", frozenset(rows), frozenset(columns))


def _hold_extent(xml: bytes, where: str) -> None:
    """Refuse a sheet that says of itself that it is larger than is read."""
    last = max((int(match[1]) for match in _ROW.finditer(xml)), default=0)
    ROWS.hold(max(last, sum(1 for _ in _ROWS.finditer(xml))), where=where)
    CELLS.hold(sum(1 for _ in _CELLS.finditer(xml)), where=where)
    far = max(
        (match[1] for match in _FAR_COLUMN.finditer(xml)), key=lambda letters: (len(letters), letters), default=b""
    )
    COLUMNS.hold(reduce(lambda number, letter: number * 26 + letter - 64, far, 0), where=where)


@frozen
class _Marks:
    """What has to be known of a sheet beside the values of its cells: the addresses of formulas, whether they are only
    calculated when the workbook is opened, texts in runs that stand in the sheet itself, and whether a font strikes
    out."""

    formulas: frozenset[str]
    calculated_on_load: bool
    runs: Mapping[str, Any]
    has_strikes: bool


def _has_runs(parts: Mapping[str, bytes]) -> bool:
    """Whether a workbook may have texts of which a part is struck out or raised."""
    shared = next((octets for name, octets in parts.items() if name.lower().endswith("sharedstrings.xml")), b"")
    is_struck = b"strike" in parts.get("xl/styles.xml", b"") and b"<rPr" in shared
    return b"strike" in shared or b"vertAlign" in shared or is_struck


def _marks(xml: bytes, parts: Mapping[str, bytes]) -> _Marks:
    formulas = {match[1].decode() for match in _FORMULA.finditer(xml)} if b"<f" in xml or b":f" in xml else set()
    return _Marks(
        frozenset(formulas),
        bool(_CALCULATED_ON_LOAD.search(parts.get("xl/workbook.xml", b""))),
        _inline_runs(xml) if b"inlineStr" in xml and b"<rPr" in xml else {},
        b"strike" in parts.get("xl/styles.xml", b""),
    )


def _inline_runs(xml: bytes) -> dict[str, Any]:
    """The texts in runs that stand in the cells of a sheet, by address: openpyxl's read-only view joins them."""
    from openpyxl.cell.rich_text import CellRichText
    from openpyxl.xml.constants import SHEET_MAIN_NS
    from openpyxl.xml.functions import fromstring

    found: dict[str, Any] = {}
    transitional = fromstring(_STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", xml))
    for cell in transitional.iter(f"{{{SHEET_MAIN_NS}}}c"):
        inline: Any = cell.find(f"{{{SHEET_MAIN_NS}}}is")
        if inline is not None:
            found[str(cell.get("r"))] = CellRichText.from_tree(inline)
    return found


def _cell(row: int, column: int, cell: Any, marks: _Marks) -> Cell:
    address = address_of(row, column)
    value = marks.runs.get(address, cell.value)
    if address in marks.formulas:
        if value is None:
            return Cell(address, None, "a formula without a stored value")
        if marks.calculated_on_load and value in (0, ""):
            return Cell(address, None, f"a formula that was never calculated: its stored value {value} holds its place")
    if value is None:
        return Cell(address, None)
    if cell.data_type == "e":
        return Cell(address, None, f"the error value {value}")
    if isinstance(value, float) and not math.isfinite(value):
        return Cell(address, None, "a number that is too large to be read")
    is_struck = marks.has_strikes and bool(cell.font.strike)
    if not isinstance(value, str | bool | int | float | datetime.date | datetime.time | datetime.timedelta):
        text = written_text(text_of_runs(value, is_struck=is_struck))
        whole = "".join(run if isinstance(run, str) else run.text for run in value)
        return Cell(address, text) if text.strip() else Cell(address, None, deleted=written_text(whole))
    if isinstance(value, str):
        value = written_text(value)
    format_ = "" if isinstance(value, str | bool) or cell.number_format == "General" else cell.number_format
    if is_struck:
        return Cell(address, None, deleted=text_of(value) or " ")
    return Cell(address, value, format=format_)


def _merged(xml: bytes) -> Iterator[_Range]:
    from openpyxl.utils import column_index_from_string

    for match in _MERGED.finditer(xml):
        left, right = (column_index_from_string(match[group].decode()) - 1 for group in (1, 3))
        yield _Range(int(match[2]), left, int(match[4]), right)


def _fill(rows: list[Row], ranges: Iterator[_Range], name: str, where: str) -> list[Row]:
    """The rows with each merged range's top left cell in all its places."""
    filled: dict[int, list[Cell]] = {}
    covered = 0
    width = max((len(row.cells) for row in rows), default=0)
    for merged in ranges:
        bottom, right = min(merged.bottom, len(rows)), min(merged.right, width - 1)
        covered += max(0, bottom - merged.top + 1) * max(0, right - merged.left + 1)
        MERGED.hold(covered, where=f"{where} · {name}")
        if merged.top > len(rows):
            continue
        origin = rows[merged.top - 1].at(merged.left)
        for number in range(merged.top, bottom + 1):
            cells = filled.setdefault(number, list(rows[number - 1].cells))
            while len(cells) <= right:
                cells.append(Cell(address_of(number, len(cells)), None))
            cells[merged.left : right + 1] = [origin] * (right - merged.left + 1)
    return [Row(row.number, tuple(filled[row.number])) if row.number in filled else row for row in rows]
