"""Files made ready for an engine: opened, their columns told apart, texts as Parquet; and which are read together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from gbcscheck.errors import UnreadableSource
from gbcscheck.fleet.columns import Columns, Recogniser
from gbcscheck.fleet.engines import ROW, telling
from gbcscheck.fleet.sources import CSV, JSON_LINES, PARQUET, Source
from gbcscheck.fleet.staging import Staging, digest
from gbcscheck.fleet.texts import Converted, convert_csv, convert_json_lines
from gbcscheck.frozen import frozen

if TYPE_CHECKING:
    import pyarrow
    from pyarrow.parquet import FileMetaData, Statistics

PART_OCTETS = 1 << 30
"""Octets of files that are read together by an engine of one process, at most."""
PART_FILES = 500
"""Files that are read together, at most."""


@frozen
class Prepared:
    """A file that an engine can read. ``path`` is that of the Parquet file, which is the source itself or was made of
    it; ``rows`` are those in it; ``unread`` the rows of the source that are not, ``named`` the first of them;
    ``filled`` is what ``filled_columns`` says of the Parquet file."""

    source: Source
    path: str
    schema: pyarrow.Schema
    columns: Columns
    rows: int = -1
    unread: int = 0
    named: tuple[str, ...] = ()
    filled: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_made(self) -> bool:
        """Whether its Parquet file was made here, with the places of rows in it."""
        return self.source.kind != PARQUET

    @property
    def is_json(self) -> bool:
        """Whether its texts are values as JSON has them."""
        return self.source.kind == JSON_LINES


@frozen
class Part:
    """Files of the same columns that are read together, and whose results are kept together."""

    files: tuple[Prepared, ...]

    @property
    def columns(self) -> Columns:
        """What their columns are."""
        return self.files[0].columns

    @property
    def schema(self) -> pyarrow.Schema:
        """The types of their columns."""
        return self.files[0].schema

    @property
    def partition(self) -> dict[str, str | None]:
        """What the names of their folders say."""
        return dict(self.files[0].source.partition)

    @property
    def where(self) -> str:
        """How messages call them."""
        first = self.files[0].source.path
        return first if len(self.files) == 1 else f"{first} and {len(self.files) - 1} more"

    def filled(self, column: str) -> int | None:
        """How many values a column has, where the files say it themselves, and that none is an empty text."""
        counts = [one.filled.get(column) for one in self.files]
        return None if None in counts else sum(count for count in counts if count is not None)

    def alone(self) -> Iterator[Part]:
        """Each file as a part of its own."""
        return (Part((one,)) for one in self.files)


def prepare(source: Source, recogniser: Recogniser, staging: Staging) -> Prepared:
    """Make a file ready; what was made of it before is taken again. UnreadableSource where it cannot be read, or says
    neither whose values it has nor of what."""
    if source.kind == PARQUET:
        return _opened(source, recogniser)
    made = _converted(source, staging)
    from pyarrow import parquet

    with telling(source.path):
        file = parquet.ParquetFile(staging.made(source))
        schema, filled = file.schema_arrow, filled_columns(file.metadata)
    shown = _with_partition(schema.remove(schema.get_field_index(ROW)), source)
    columns = recogniser.columns(shown, where=source.path)
    return Prepared(source, str(staging.made(source)), shown, columns, made.rows, made.unread, made.named, filled)


def _opened(source: Source, recogniser: Recogniser) -> Prepared:
    import pyarrow
    from pyarrow import fs, parquet

    with telling(source.path):
        try:
            if source.is_of_store:
                store, path = fs.FileSystem.from_uri(source.path)
                file = parquet.ParquetFile(path, filesystem=store)
            else:
                file = parquet.ParquetFile(source.path)
            schema, rows, filled = file.schema_arrow, file.metadata.num_rows, filled_columns(file.metadata)
        except pyarrow.ArrowInvalid as error:
            if "magic bytes not found in footer" in str(error):
                problem = "no whole Parquet file: its end is missing, as of one that is cut off or still being written"
                raise UnreadableSource(problem, where=source.path) from None
            raise
    shown = _with_partition(schema, source)
    names = [name.casefold() for name in shown.names]
    twice = next((name for name in shown.names if names.count(name.casefold()) > 1), "")
    if twice:
        raise UnreadableSource(f'two columns have the name "{twice}", but for case', where=source.path)
    columns = recogniser.columns(shown, where=source.path)
    return Prepared(source, source.path, shown, columns, rows, filled=filled)


def filled_columns(metadata: FileMetaData) -> dict[str, int]:
    """How many values the columns of a Parquet file have, by name, as the statistics of its groups of rows say; those
    of which a group does not say it, or not that no text is empty, are not among them, and neither are nested ones."""
    found: dict[str, int] = {}
    groups = [one for one in map(metadata.row_group, range(metadata.num_row_groups)) if one.num_rows]
    for place in range(metadata.num_columns):
        column = metadata.schema.column(place)
        if column.path == column.name and column.max_repetition_level == 0:
            counts = [_filled(group.column(place).statistics, group.num_rows) for group in groups]
            if None not in counts:
                found[column.name] = sum(count for count in counts if count is not None)
    return found


def _filled(told: Statistics | None, rows: int) -> int | None:
    """How many values a group of so many rows has in a column; None where its statistics do not say it."""
    if told is None or not told.has_null_count:
        return None
    there = rows - told.null_count
    is_text = told.physical_type == "BYTE_ARRAY"
    return None if is_text and there and not (told.has_min_max and told.min) else there


def _with_partition(schema: pyarrow.Schema, source: Source) -> pyarrow.Schema:
    """The columns of a file, and those that the names of its folders say of it."""
    import pyarrow

    known = {name.casefold() for name in schema.names}
    for name, _ in source.partition:
        if name.casefold() not in known:
            schema = schema.append(pyarrow.field(name, pyarrow.string()))
    return schema.remove_metadata()


def _converted(source: Source, staging: Staging) -> Converted:
    target = staging.made(source)
    told = staging.told_of(target)
    if told is not None:
        return Converted(told["rows"], told["unread"], tuple(told["named"]))
    target.parent.mkdir(parents=True, exist_ok=True)
    with telling(source.path):
        convert = convert_csv if source.kind == CSV else convert_json_lines
        made = convert(source.path, target)
    staging.tell_of(target, made._asdict())
    return made


def parts_of(files: Iterable[Prepared], *, together: bool) -> list[Part]:
    """Files that are read together: those of the same columns and partition; all of them where an engine has many
    processes, else so many as are done in a while."""
    groups: dict[str, list[list[Prepared]]] = {}
    for one in files:
        roles = ",".join(f"{role}={name}" for role, name in one.columns.roles.items())
        key = digest(str(one.schema), str(one.source.partition), one.columns.layout, roles, one.source.kind)
        groups.setdefault(key, [[]])
        last = groups[key][-1]
        size = sum(max(0, other.source.size) for other in (*last, one))
        if last and not together and (size > PART_OCTETS or len(last) >= PART_FILES):
            groups[key].append([one])
        else:
            last.append(one)
    return [Part(tuple(part)) for parts in groups.values() for part in parts]
