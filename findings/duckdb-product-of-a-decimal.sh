#!/usr/bin/env bash
# DuckDB 2.0.1 (PyPI): a register of 18 digits times a whole number is refused, and TRY_CAST around it does not help.
#
# Guess: a register in kWh as DECIMAL(18,6), times 1,000,000, is its reading in micro-units, which 64 bits hold; where a
# product is too long for its type, TRY_CAST(... AS BIGINT) around it gives null.
# Observed: a product of DECIMAL(18,6) and a whole number stays DECIMAL(18,6), while that of DECIMAL(9,2) grows to
# DECIMAL(18,2). 4294967294.5 times 1,000,000, and 999999999999.5 times 10, end the whole query with an OutOfRange error,
# within TRY_CAST too, of which only the cast is tried; TRY(...) gives null. Cast to DECIMAL(38,6) first, it is right.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==2.0.1
"$folder/venv/bin/python" - <<'PYTHON'
import duckdb

asked = [
    ("typeof(1.5::DECIMAL(9,2) * 100)", "DECIMAL(18,2)"),
    ("typeof(1.5::DECIMAL(18,6) * 1000000)", "DECIMAL(18,6)"),
    ("4294967294.5::DECIMAL(18,6) * 1000000", "OutOfRangeException"),
    ("TRY_CAST(4294967294.5::DECIMAL(18,6) * 1000000 AS BIGINT)", "OutOfRangeException"),
    ("TRY(4294967294.5::DECIMAL(18,6) * 1000000)", "None"),
    ("CAST(4294967294.5::DECIMAL(38,6) * 1000000 AS BIGINT)", "4294967294500000"),
]
found = []
for expression, _ in asked:
    try:
        answer = str(duckdb.sql(f"SELECT {expression}").fetchall()[0][0])
    except duckdb.Error as error:
        answer = type(error).__name__
    found.append(answer)
    print(f"{expression}: {answer}")
raise SystemExit(0 if found == [known for _, known in asked] else "otherwise than before")
PYTHON
