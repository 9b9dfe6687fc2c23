#!/usr/bin/env bash
# Ibis 12.0.0 with DuckDB 2.0.1 (PyPI, both as pip resolves them): a table is made, and the call that made it fails.
#
# Guess: connection.create_table("meters", TABLE) of an Arrow table gives the table, and list_tables() names it.
# Observed: create_table ends with a parser error over a DROP VIEW without a name; the table is there all the same, with
# all of its rows, so that whoever tries again is told that it exists. list_tables() ends with an AttributeError: it asks
# the connection for fetch_arrow_table, which DuckDB 2 calls to_arrow_table. The same table by way of ibis.memtable is
# made without an error, and queries work.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
  'ibis-framework[duckdb]==12.0.0' duckdb==2.0.1 pyarrow==26.0.1 sqlglot==30.30.0
"$folder/venv/bin/python" - <<'PYTHON'
import ibis
import pyarrow

connection = ibis.duckdb.connect()
meters = pyarrow.table({"device": ["a", "b"], "offset": [5, 1800]})


def told(name, call):
    try:
        call()
        found = "fine"
    except Exception as error:
        found = type(error).__name__
    print(f"{name}: {found}")
    return found


found = [
    told("create_table of an Arrow table", lambda: connection.create_table("meters", meters)),
    told("create_table once more", lambda: connection.create_table("meters", meters)),
    told("create_table of a memtable", lambda: connection.create_table("others", ibis.memtable(meters))),
]
rows = connection.to_pyarrow(connection.table("meters").count()).as_py()
found.append(told("list_tables", connection.list_tables))
print(f"rows of the table whose making failed: {rows}")
known = ["ParserException", "CatalogException", "fine", "AttributeError"], 2
raise SystemExit(0 if (found, rows) == known else "otherwise than before")
PYTHON
