"""The engines that read a fleet's files and count: DuckDB in this process, or Spark by a session of its own.

Both are spoken to by Ibis. What differs between them stands here: how files are read with the places of their rows, how
a table is written and handed over in batches, and how much memory is used.
"""

from __future__ import annotations

import errno
import os
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from gbcscheck.errors import GbcscheckError, UnreadableSource, UsageError
from gbcscheck.fleet.needed import need

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow

FILE, ROW = "gbcscheck_file", "gbcscheck_row"
"""Columns of a table that say from which file a row comes, as the engine calls it, and which row of it, from 0."""
BATCH = 65_536
"""Rows that are handed over together."""
LEAST_MEMORY = 128 << 20
"""Octets that an engine is given even where nothing is left of what was allowed."""
OF_PYTHON = 160 << 20
"""Octets kept for what Python does beside the engine, over what it holds when the engine starts."""
_FULL = re.compile(r"No space left|disk quota|File too large|max_temp_directory_size|offload data block", re.IGNORECASE)
_NO_MEMORY = re.compile(r"Out of Memory|OutOfMemory|could not allocate|failed to allocate", re.IGNORECASE)
_FAULTS = ("BinderException", "CatalogException", "ParserException", "ParseException", "AnalysisException")
"""Errors of engines over what this program asks of them, and not over what they read."""
_FULL_NUMBERS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Engine(ABC):
    """An engine that is running. Tables are Ibis expressions; each is worked out where it is written or handed over."""

    name = ""

    def __init__(self) -> None:
        self.connection: Any = None
        self._views: list[str] = []
        self._number = 0

    @abstractmethod
    def read(self, paths: Sequence[str], *, places: bool = False, made: bool = False) -> ir.Table:
        """Some Parquet files of one schema as a table; with ``places`` it has FILE and ROW, the latter from the files
        themselves where they were ``made`` by this program."""

    @abstractmethod
    def write(self, table: ir.Table, folder: Path) -> None:
        """Write a table as Parquet below a new folder."""

    def write_all(self, tables: Iterable[ir.Table], folder: Path) -> None:
        """Write the rows of some tables of the same columns as Parquet below a new folder; there is at least one."""
        self.write(union(tables), folder)

    @abstractmethod
    def hash(self, column: ir.Column) -> ir.IntegerColumn:
        """A whole number of each value that few others have."""

    @abstractmethod
    def is_one_of(self, column: ir.Column, texts: Sequence[str]) -> ir.BooleanValue:
        """Whether a text is one of a list, in the way that is quick for lists of hundreds; never null."""

    @abstractmethod
    def batches(self, table: ir.Table) -> Iterator[pyarrow.RecordBatch]:
        """A table in batches, in its order."""

    def ordered(self, table: ir.Table) -> Iterator[pyarrow.RecordBatch]:
        """A long table that is put into an order, in batches."""
        return self.batches(table)

    def _sql(self, table: ir.Table) -> str:
        """A table in the language of the engine, which knows the small tables in it from then on."""
        self.connection._run_pre_execute_hooks(table)
        return str(self.connection.compile(table))

    def rows(self, table: ir.Table) -> list[dict[str, Any]]:
        """A small table as rows."""
        return [row for batch in self.batches(table) for row in batch.to_pylist()]

    def staged(self, folder: Path) -> ir.Table:
        """A table that was written."""
        return self.read([str(folder)])

    def path_of(self, file: str) -> str:
        """The path of what FILE says."""
        return file

    def forget(self) -> None:
        """Let go of the views of the files that were read so far."""
        for name in self._views:
            self._drop(name)
        self._views.clear()

    @abstractmethod
    def _drop(self, view: str) -> None:
        """Let go of one view."""

    @abstractmethod
    def close(self) -> None:
        """End what was started for this run."""

    def _view(self) -> str:
        self._number += 1
        name = f"gbcscheck_{self._number}"
        self._views.append(name)
        return name


class _DuckDb(Engine):
    name = "duckdb"

    def __init__(self, memory: int, threads: int, folder: Path) -> None:
        super().__init__()
        import ibis

        spilled = folder / "spilled"
        self._memory = max(LEAST_MEMORY, memory - resident() - OF_PYTHON)
        self.connection = ibis.duckdb.connect(
            ":memory:",
            memory_limit=f"{self._memory}B",
            threads=threads,
            temp_directory=str(spilled),
            preserve_insertion_order=False,
        )
        self.connection.raw_sql("SET TimeZone = 'UTC'")

    def read(self, paths: Sequence[str], *, places: bool = False, made: bool = False) -> ir.Table:
        name = self._view()
        listed = ", ".join(f"'{_literal(_plain_glob(path))}'" for path in map(_below, paths))
        how = "hive_partitioning=false, union_by_name=false"
        select = "*"
        if places:
            how += f", filename='{FILE}'"
            if not made:
                how += ", file_row_number=true"
                select = f'* EXCLUDE (file_row_number), file_row_number AS "{ROW}"'
        self.connection.raw_sql(f'CREATE TEMP VIEW "{name}" AS SELECT {select} FROM read_parquet([{listed}], {how})')
        return self.connection.table(name)

    def write(self, table: ir.Table, folder: Path) -> None:
        self.write_all([table], folder)

    def write_all(self, tables: Iterable[ir.Table], folder: Path) -> None:
        folder.mkdir(parents=True)
        for number, table in enumerate(tables):  # one by one: Ibis takes its time for what is put together of many
            target = _literal(str(folder / f"rows{number}.parquet"))
            self.connection.raw_sql(f"COPY ({self._sql(table)}) TO '{target}' (FORMAT parquet)")

    def hash(self, column: ir.Column) -> ir.IntegerColumn:
        import ibis

        @ibis.udf.scalar.builtin(name="hash", signature=((column.type(),), "uint64"))
        def hashed(value):  # type: ignore[no-untyped-def]
            ...

        return hashed(column)  # Ibis 12 makes a text of bits of it, to have a sign

    def is_one_of(self, column: ir.Column, texts: Sequence[str]) -> ir.BooleanValue:
        import ibis

        @ibis.udf.scalar.builtin(name="list_position", signature=(("array<string>", "string"), "int64"))
        def position(texts, one):  # type: ignore[no-untyped-def]
            ...

        # IN, and what a list of constants contains, become a join; for a place each different text is asked for once.
        return (position(ibis.array(list(texts)), column) > 0).fill_null(False)

    def batches(self, table: ir.Table) -> Iterator[pyarrow.RecordBatch]:
        # Ibis 12.0.0 asks for fetch_record_batch, which DuckDB 2.0 no longer has.
        yield from self.connection.con.sql(self._sql(table)).to_arrow_reader(BATCH)

    def ordered(self, table: ir.Table) -> Iterator[pyarrow.RecordBatch]:
        self._limit(self._memory * 2 // 5)  # Arrow takes the rows beside what the order is made in
        yield from self.batches(table)
        self._limit(self._memory)

    def _limit(self, memory: int) -> None:
        self.connection.raw_sql(f"SET memory_limit = '{max(LEAST_MEMORY, memory)}B'")

    def _drop(self, view: str) -> None:
        self.connection.raw_sql(f'DROP VIEW IF EXISTS "{view}"')  # Ibis 12.0.0 leaves the name out

    def close(self) -> None:
        self.connection.disconnect()


class _Spark(Engine):
    name = "spark"

    def __init__(self, threads: int, folder: Path) -> None:
        super().__init__()
        import ibis
        from pyspark.sql import SparkSession

        running = SparkSession.getActiveSession()
        builder = SparkSession.builder.appName("gbcscheck fleet")
        if running is None and "SPARK_ENV_LOADED" not in os.environ and "PYSPARK_GATEWAY_PORT" not in os.environ:
            builder = builder.master(f"local[{threads}]").config("spark.ui.enabled", "false")
            builder = builder.config("spark.ui.showConsoleProgress", "false")
            builder = builder.config("spark.local.dir", str(folder / "spilled"))
            builder = builder.config("spark.sql.shuffle.partitions", str(max(4, 2 * threads)))
        self._session = builder.getOrCreate()
        self._is_own = running is None
        self._session.conf.set("spark.sql.session.timeZone", "UTC")
        self._session.conf.set("spark.sql.ansi.enabled", "true")
        # Java never compiles a method that is longer, and Spark would put all that is asked of a row into one.
        self._session.conf.set("spark.sql.codegen.hugeMethodLimit", "8000")
        self.connection = ibis.pyspark.connect(self._session)

    def read(self, paths: Sequence[str], *, places: bool = False, made: bool = False) -> ir.Table:
        from pyspark.sql import functions

        name = self._view()
        frame = self._session.read.option("recursiveFileLookup", "true").parquet(*(_escaped(path) for path in paths))
        if places:
            added = [functions.col("_metadata.file_path").alias(FILE)]
            if not made:
                added.append(functions.col("_metadata.row_index").alias(ROW))
            frame = frame.select("*", *added)
        frame.createOrReplaceTempView(name)
        return self.connection.table(name)

    def hash(self, column: ir.Column) -> ir.IntegerColumn:
        return column.hash()

    def is_one_of(self, column: ir.Column, texts: Sequence[str]) -> ir.BooleanValue:
        return column.isin(list(texts)).fill_null(False)

    def write(self, table: ir.Table, folder: Path) -> None:
        self._session.sql(self._sql(table)).write.parquet(str(folder))

    def batches(self, table: ir.Table) -> Iterator[pyarrow.RecordBatch]:
        import pyarrow

        schema = table.schema().to_pyarrow()
        frame = self._session.sql(self._sql(table))
        rows: list[Mapping[str, Any]] = []
        for row in frame.toLocalIterator(prefetchPartitions=True):
            rows.append(row.asDict())
            if len(rows) >= BATCH:
                yield pyarrow.RecordBatch.from_pylist(rows, schema)
                rows = []
        if rows:
            yield pyarrow.RecordBatch.from_pylist(rows, schema)

    def _drop(self, view: str) -> None:
        self._session.catalog.dropTempView(view)

    def path_of(self, file: str) -> str:
        return unquote(urlsplit(file).path) if file.startswith("file:") else unquote(file)

    def close(self) -> None:
        if self._is_own:
            self._session.stop()


def start(name: str, *, memory: int, threads: int, folder: Path) -> Engine:
    """Start an engine for a run whose staging folder is given; ``memory`` is how many octets the whole program may use
    (of Spark its own settings say it). UsageError where its libraries are not installed."""
    need(name)
    if name == "duckdb":
        return _DuckDb(memory, threads, folder)
    if name == "spark":
        return _Spark(threads, folder)
    raise UsageError(f'there is no engine "{name}"; there are: duckdb, spark')


@contextmanager
def telling(where: str) -> Iterator[None]:
    """While an engine reads a file or writes a part, what it refuses is told of ``where``: UnreadableSource for what is
    wrong with the file, GbcscheckError for a full disk or too little memory."""
    try:
        yield
    except GbcscheckError:
        raise
    except Exception as error:
        if problem := _of_machine(error):
            raise GbcscheckError(problem, where=where) from error
        if not _is_of_engine(error):
            raise
        raise UnreadableSource(f"cannot be read ({_first_line(error)})", where=where) from error


def _of_machine(error: BaseException) -> str:
    """What is said where the machine is at its end, and not the file; empty where it is not."""
    text = str(error)
    if (isinstance(error, OSError) and error.errno in _FULL_NUMBERS) or _FULL.search(text):
        return (
            "the disk is full: what a run keeps there did not find room; the parts that are finished stay, and the "
            "same command takes them up again once there is room"
        )
    if isinstance(error, MemoryError) or _NO_MEMORY.search(text):
        return "the memory is not enough; --memory gives more, -j 1 needs less"
    return ""


def _is_of_engine(error: BaseException) -> bool:
    """Whether an error comes out of an engine or of Arrow, and is no fault of this program."""
    module = type(error).__module__.partition(".")[0]
    if type(error).__name__ in _FAULTS:
        return False
    return module in ("duckdb", "_duckdb", "pyarrow", "pyspark", "py4j") or isinstance(error, OSError)


def _first_line(error: BaseException) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    text = lines[0] if lines else type(error).__name__
    return text[:300]


def resident() -> int:
    """Octets of memory that this process has now; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _below(path: str) -> str:
    """A folder stands for the Parquet files in it."""
    return os.path.join(path, "**", "*.parquet") if "://" not in path and os.path.isdir(path) else path


def _plain_glob(path: str) -> str:
    """A path in which no sign stands for others, but for the name of a folder's files."""
    folder, all_of, _ = path.partition("/**/*.parquet")
    return f"{_bracketed(folder)}{all_of}"


def _bracketed(text: str) -> str:
    return re.sub(r"[*?\[]", lambda found: f"[{found[0]}]", text)


def _escaped(path: str) -> str:
    return re.sub(r"[*?\[\]{}\\]", lambda found: f"\\{found[0]}", path)


def _literal(text: str) -> str:
    return text.replace("'", "''")


def union(tables: Iterable[ir.Table]) -> ir.Table:
    """All rows of some tables of the same columns; there is at least one."""
    first, *others = tables
    for other in others:
        first = first.union(other)
    return first
