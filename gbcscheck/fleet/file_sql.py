"""The checks of a file's own columns as SQL, for whoever wants them in a pipeline of their own."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from gbcscheck.device.configuration.finding import Finder
from gbcscheck.errors import UsageError
from gbcscheck.fleet.columns import Recogniser
from gbcscheck.fleet.prepared import prepare
from gbcscheck.fleet.sources import source_of
from gbcscheck.fleet.sql import sql_of
from gbcscheck.fleet.staging import Staging
from gbcscheck.release.catalogue import Catalogue

if TYPE_CHECKING:
    from gbcscheck.extract.table_mapping import TableMapping

TABLE = "fleet"
"""What the table is called in the SQL."""


def sql_of_file(catalogue: Catalogue, path: str, dialect: str, mapping: TableMapping | None = None) -> str:
    """A SELECT over a table like a file in the wide layout: its devices, and each column that means a data item with
    its verdict beside it.

    UnreadableSource where the file cannot be read; UsageError where it has one row a value, where two columns mean one
    item, where a column means an item of several parts or has a unit in its name, and for an unknown dialect.
    """
    import ibis

    recogniser = Recogniser(Finder(catalogue, mapping), mapping)
    with tempfile.TemporaryDirectory() as folder:
        prepared = prepare(source_of(path), recogniser, Staging(Path(folder), ""))
    if prepared.columns.layout == "long":
        raise UsageError("--sql is for tables with one column an item, and this one has one row a value")
    columns: dict[str, str] = {}
    for one in prepared.columns.items:
        if not one.leaf:
            raise UsageError(f"{one.name} means an item of several parts, for which there is no SQL: leave it out")
        if one.unit:
            raise UsageError(f"the column {one.name} has a unit in its name, for which there is no SQL: rename it")
        if one.leaf in columns:
            raise UsageError(f"the columns {columns[one.leaf]} and {one.name} mean the same data item")
        columns[one.leaf] = one.name
    schema = ibis.Schema.from_pyarrow(prepared.schema)
    types = {name: str(schema[name]) for name in schema.names}
    kept = [prepared.columns.role(role) for role in prepared.columns.roles]
    return sql_of(catalogue, columns, dialect, TABLE, columns, types=types, kept=kept)
