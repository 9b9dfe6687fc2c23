"""CSV and JSON lines as Parquet whose columns are the texts that stand there, with the places of their rows.

Both engines then read the same: a text is never guessed to be a number, and a number of JSON keeps its digits.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from gbcscheck.device.configuration.json import Repeated, read_json
from gbcscheck.errors import GbcscheckError, UnreadableSource
from gbcscheck.fleet.engines import ROW
from gbcscheck.inputs.files import open_regular
from gbcscheck.limits import COLUMNS, LINE_OCTETS

if TYPE_CHECKING:
    pass

ROWS = 20_000
"""Rows of JSON lines that are written together."""
BLOCK = 4 << 20
"""Octets of a CSV file that are read together."""
NAMED = 20
"""Rows that cannot be read which are named; the others are counted."""
_DELIMITERS = (",", ";", "\t", "|")


class Converted(NamedTuple):
    """What became of a file: how many rows were written, how many could not be read, and the first of these, each with
    its place."""

    rows: int
    unread: int
    named: tuple[str, ...]


class _Unread:
    """Counts the rows that cannot be read."""

    def __init__(self) -> None:
        self.count = 0
        self.named: list[str] = []

    def add(self, where: str, problem: str) -> None:
        self.count += 1
        if len(self.named) < NAMED:
            self.named.append(f"{where}: {problem}")


def convert_csv(path: str, target: Path) -> Converted:
    """Write a CSV file with a row of titles as Parquet; an empty cell is no value. UnreadableSource where it has no
    such row or is no UTF-8; rows with more or fewer cells are counted and left out."""
    import pyarrow
    from pyarrow import csv, parquet

    names, delimiter = _header(path)
    unread, wrong = _Unread(), []

    def skipped(row: Any) -> str:
        unread.add(f"{path}:{row.number}", f"{row.actual_columns} cells where the titles are {row.expected_columns}")
        wrong.append(row.number)
        return "skip"

    rows = 0
    schema = pyarrow.schema([*((name, pyarrow.string()) for name in names), (ROW, pyarrow.int64())])
    try:
        reader = csv.open_csv(
            path,
            read_options=csv.ReadOptions(use_threads=False, block_size=BLOCK),
            parse_options=csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, invalid_row_handler=skipped, ignore_empty_lines=True
            ),
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(names, pyarrow.string()),
                strings_can_be_null=True,
                quoted_strings_can_be_null=True,
                null_values=[""],
            ),
        )
        number = 1
        with parquet.ParquetWriter(target, schema) as writer:
            for batch in reader:
                numbers: list[int] = []
                gone = frozenset(wrong)
                while len(numbers) < batch.num_rows:
                    number += 1
                    if number not in gone:
                        numbers.append(number - 1)
                columns = [*batch.columns, pyarrow.array(numbers, pyarrow.int64())]
                writer.write_table(pyarrow.Table.from_arrays(columns, schema=schema))
                rows += batch.num_rows
    except pyarrow.ArrowInvalid as error:
        raise UnreadableSource(_of_csv(str(error)), where=path) from error
    return Converted(rows, unread.count, tuple(unread.named))


def _of_csv(text: str) -> str:
    if "invalid UTF8" in text:
        return "not UTF-8"
    if "straddling" in text:
        return f"a row of more than {BLOCK:,} octets"
    return f"cannot be read as CSV ({' '.join(text.split())[:200]})"


def _header(path: str) -> tuple[list[str], str]:
    """The titles of a CSV file, and the sign that stands between them: the one that is most frequent there."""
    import csv

    with open_regular(Path(path), where=path) as stream:
        line = stream.readline(LINE_OCTETS.most + 1)
    if len(line) > LINE_OCTETS.most:
        raise LINE_OCTETS.exceeded(where=f"{path}:1")
    try:
        text = line.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise UnreadableSource(f"not UTF-8: octet 0x{line[error.start]:02X}", where=f"{path}:1") from None
    delimiter = max(_DELIMITERS, key=text.count)
    names = next(csv.reader([text], delimiter=delimiter), [])
    COLUMNS.hold(len(names), where=path)
    if not all(name.strip() for name in names) or not names:
        raise UnreadableSource("a row of titles was expected first, and one of its cells is empty", where=f"{path}:1")
    twice = next((name for name in names if names.count(name) > 1), "")
    if twice:
        raise UnreadableSource(f'two columns have the title "{twice}"', where=f"{path}:1")
    return names, delimiter


# --- JSON lines ------------------------------------------------------------------------------------------------------


def convert_json_lines(path: str, target: Path) -> Converted:
    """Write JSON lines, one object a line, as Parquet: each value as JSON has it, null as no value. Lines that are no
    such object are counted and left out. UnreadableSource where a line is too long, or there are too many names."""
    names = _names_of(path)
    COLUMNS.hold(len(names), where=path)
    import pyarrow
    from pyarrow import parquet

    schema = pyarrow.schema([*((name, pyarrow.string()) for name in names), (ROW, pyarrow.int64())])
    unread = _Unread()
    count = 0
    columns: dict[str, list[Any]] = {name: [] for name in (*names, ROW)}
    with parquet.ParquetWriter(target, schema) as writer:

        def write() -> None:
            writer.write_table(pyarrow.table([columns[name] for name in schema.names], schema=schema))
            for values in columns.values():
                values.clear()

        for number, document in _documents(path, unread):
            count += 1
            columns[ROW].append(number - 1)
            for name in names:
                columns[name].append(json_text(document.get(name)))
            if len(columns[ROW]) >= ROWS:
                write()
        write()
    return Converted(count, unread.count, tuple(unread.named))


def _names_of(path: str) -> list[str]:
    """All names that the objects have, in the order in which they are met."""
    names: dict[str, None] = {}
    for _, document in _documents(path, _Unread()):
        if not document.keys() <= names.keys():
            names.update(dict.fromkeys(document))
    return [name for name in names if name]


def _documents(path: str, unread: _Unread) -> Iterator[tuple[int, dict[str, Any]]]:
    with open_regular(Path(path), where=path) as stream:
        for number, line in _lines(stream, path):
            where = f"{path}:{number}"
            try:
                document = read_json(line.decode("utf-8"), where=where)
            except UnicodeDecodeError as error:
                unread.add(f"{where}:{error.start + 1}", f"not UTF-8: octet 0x{line[error.start]:02X}")
                continue
            except GbcscheckError as error:
                unread.add(error.where or where, error.problem)
                continue
            if not isinstance(document, dict):
                unread.add(where, "no object")
            elif isinstance(document, Repeated):
                unread.add(where, f"{document.twice[0]} stands twice in one object")
            else:
                yield number, document


def _lines(stream: BinaryIO, path: str) -> Iterator[tuple[int, bytes]]:
    number, longest = 0, LINE_OCTETS.most
    while line := stream.readline(longest + 1):
        number += 1
        if len(line) > longest:
            raise LINE_OCTETS.exceeded(where=f"{path}:{number}")
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        if line.strip():
            yield number, line


def json_text(value: Any) -> str | None:
    """A value as JSON has it, numbers with all their digits; None for null."""
    if value is None:
        return None
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return str(value)
    if isinstance(value, list):
        return f"[{', '.join(json_text(one) or 'null' for one in value)}]"
    fields = (f"{json.dumps(name, ensure_ascii=False)}: {json_text(one) or 'null'}" for name, one in value.items())
    return f"{{{', '.join(fields)}}}"
