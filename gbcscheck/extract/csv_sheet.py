"""CSV files as sheets: UTF-8, UTF-16 or Windows-1252; comma, semicolon or tab; cells addressed as in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from gbcscheck.errors import UnreadableSource
from gbcscheck.extract.sheets import Cell, Row, Sheet, address_of
from gbcscheck.inputs.files import read_octets
from gbcscheck.inputs.kinds import is_zip, looks_like
from gbcscheck.limits import CELLS, COLUMNS, ROWS
from gbcscheck.notation.plain_text import seen_text

DELIMITERS = ("\t", ";", ",", "|")
_STATED = re.compile(r'"?sep=(.)"?\r?\n')
"""The first line of a file that names the sign between its fields, as spreadsheet programs read it."""
_MERGE = re.compile(r"^(?:<{7}|>{7})(?: .*)?$", re.MULTILINE)
_QUOTED = re.compile(r'"[^"]*"')
_EXPECTED = "a CSV text file was expected"


def read_csv(path: Path, *, shown: str | None = None) -> Sheet:
    """The file as one sheet that bears the file's name without its ending, as spreadsheet programs name it.

    All values are text. ``note`` says so where the text is not Unicode. Raises UnreadableSource for what is no text,
    for quotes that do not close, and where a merge has left its marks.
    """
    where = shown or str(path)
    text, _, note = decoded_csv(read_octets(path, where=where), where)
    _refuse_conflict(text, where)
    delimiter = _delimiter(text)
    _hold_cells(text, delimiter, where)
    return Sheet(path.stem, tuple(_rows(text, delimiter, where)), note, delimiter=delimiter)


def _hold_cells(text: str, delimiter: str, where: str) -> None:
    """Refuse what has more cells than are read, before they are made; what stands in quotes is looked at where it may
    matter."""
    if text.count(delimiter) + text.count("\n") >= min(CELLS.most, ROWS.most):
        text = _QUOTED.sub("", text)
        rows = text.count("\n") or text.count("\r")
        ROWS.hold(rows, where=where)
        CELLS.hold(text.count(delimiter) + rows, where=where)


def _rows(text: str, delimiter: str, where: str) -> Iterator[Row]:
    """The rows of a text; an error names the line on which the row at fault begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number, line = 0, 1
    while True:
        number, line = number + 1, reader.line_num + 1
        try:
            values = next(reader, None)
        except csv.Error as error:
            raise UnreadableSource(f"not valid CSV: {_fault(str(error))}", where=f"{where}:{line}") from None
        if values is None:
            return
        COLUMNS.hold(len(values), where=f"{where}:{line}")
        yield Row(
            number, tuple(Cell(address_of(number, column), seen_text(value)) for column, value in enumerate(values))
        )


def _fault(message: str) -> str:
    """What the csv module finds wrong with a row, in a user's words."""
    if message == "unexpected end of data":
        return "a quote that opens in the row that begins here does not close before the end of the file"
    if message.startswith("field larger"):
        return f"a cell of more than {csv.field_size_limit():,} characters; is a quote left open?"
    if " expected after " in message:
        return "a closing quote is followed by more text; a quote inside a cell is written twice"
    return message


def decoded_csv(content: bytes, where: str) -> tuple[str, str, str]:
    """The text of a file without its byte order mark, its encoding as Python names it, and what has to be said of that;
    UnreadableSource as in ``read_csv``."""
    if is_zip(content):
        raise UnreadableSource(f"{looks_like(content)}; {_EXPECTED}", where=where)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\0" in content:
        encoding = _unmarked_utf_16(content, where)
    else:
        encoding = "utf-8-sig"
    try:
        return content.decode(encoding), encoding, ""
    except UnicodeDecodeError as error:
        if encoding != "utf-8-sig":
            raise UnreadableSource(f"not valid UTF-16 at octet {error.start}", where=where) from None
        offset = error.start
    try:
        text = content.decode("cp1252")
        return text, "cp1252", f"octet {offset} is not UTF-8; the file was read as Windows-1252"
    except UnicodeDecodeError as error:
        raise UnreadableSource(
            f"neither UTF-8 (octet {offset}) nor Windows-1252 (octet {error.start}); save the file as UTF-8",
            where=where,
        ) from None


def _unmarked_utf_16(content: bytes, where: str) -> str:
    head = content[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) > len(head) * 0.4 and min(even, odd) == 0:
        return "utf-16-le" if odd else "utf-16-be"
    kind = looks_like(content)
    if kind not in ("a binary file", "a text file"):
        raise UnreadableSource(f"{kind}; {_EXPECTED}", where=where)
    offset = content.index(b"\0")
    line = content.count(b"\n", 0, offset) + 1
    raise UnreadableSource(
        f"the octet {offset} is 0x00, which no text holds: a binary file, or a damaged one; {_EXPECTED}",
        where=f"{where}:{line}",
    )


def _delimiter(text: str) -> str:
    """The sign between the fields of a text's lines: the one by which most lines have as many fields as the line before
    or after them; where two do, the one that makes more fields, and a tab or a semicolon before a comma, which may
    stand in a number. A first line ``sep=;`` says it."""
    stated = _STATED.match(text)
    if stated:
        return stated[1]
    found = {delimiter: _regularity(text, delimiter) for delimiter in DELIMITERS}
    return max(found, key=lambda delimiter: found[delimiter]) if any(map(any, found.values())) else ","


def _regularity(text: str, delimiter: str) -> tuple[int, int]:
    """How many lines have several fields, and as many as a line beside them; and how many fields these are."""
    if delimiter not in text:
        return 0, 0
    lengths: list[int] = []
    try:
        for values in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if any(values):
                lengths.append(len(values))
    except csv.Error:
        pass  # what was counted before it counts
    alike = [
        length
        for before, length, after in zip([0, *lengths], lengths, [*lengths[1:], 0], strict=False)
        if length > 1 and length in (before, after)
    ]
    several = [length for length in lengths if length > 1]
    return len(alike) or len(several) // 2, sum(several)


def _refuse_conflict(text: str, where: str) -> None:
    """Raise UnreadableSource where git has left the marks of a merge in a file."""
    marks = _MERGE.search(text)
    if marks:
        line = text.count("\n", 0, marks.start()) + 1
        raise UnreadableSource(
            f"the mark of a merge that is not finished ({marks[0][:7]}): two versions stand here, one after the other",
            where=f"{where}:{line}",
        )
