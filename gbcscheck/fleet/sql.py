"""The predicates of items as SQL text, for a model of dbt or a query of one's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from gbcscheck.errors import UsageError
from gbcscheck.fleet.predicates import Predicates, predicates
from gbcscheck.release.catalogue import Catalogue

DIALECTS = {"duckdb": "duckdb", "spark": "pyspark"}
"""What the engines are called by Ibis."""
VERDICT = "_verdict"
"""What stands behind the name of a column in that of its verdict."""


def sql_of(
    release: str | Catalogue | Predicates | None,
    items: Iterable[str],
    dialect: str = "duckdb",
    table: str = "fleet",
    columns: Mapping[str, str] | None = None,
    *,
    types: Mapping[str, str] | None = None,
    kept: Iterable[str] = (),
) -> str:
    """A SELECT over a table with one column an item: beside each of these columns its verdict (``offset_verdict``), as
    ``ItemPredicate.verdict`` has it.

    ``columns`` names the column of an item where it is not called as the item; ``types`` gives the type of a column as
    Ibis has it (``int32``, ``decimal(9, 2)``) where it is no text; ``kept`` are further columns. Raises UsageError for
    an unknown dialect, item or type, where no item is named, and where two items have one column.
    """
    import ibis

    if dialect not in DIALECTS:
        raise UsageError(f'no dialect of SQL is called "{dialect}"; there are {", ".join(DIALECTS)}')
    made = release if isinstance(release, Predicates) else predicates(release)
    named = {item: (columns or {}).get(item, item) for item in dict.fromkeys(items)}
    if not named:
        raise UsageError("name the items whose values are in the table")
    if len(set(named.values())) < len(named):
        twice = next(one for one in named.values() if list(named.values()).count(one) > 1)
        raise UsageError(f"two items stand in the column {twice}")
    given = types or {}
    try:
        schema = {name: ibis.dtype(given.get(name, "string")) for name in (*kept, *named.values())}
    except Exception as error:  # each parser of Ibis raises errors of its own
        raise UsageError(f"no type of a column: {error}") from None
    if dialect == "spark" and any(one.is_floating() for one in schema.values()):
        _load_spark()
    rows = ibis.table(schema, name=table)
    verdicts: dict[str, Any] = {}
    for item, column in named.items():
        try:
            predicate = made[item]
        except KeyError as error:
            raise UsageError(str(error.args[0])) from None
        verdicts[f"{column}{VERDICT}"] = predicate.verdict(rows[column])
    return f"{ibis.to_sql(rows.mutate(**verdicts), dialect=DIALECTS[dialect])}\n"


def _load_spark() -> None:
    """Ibis has the options by which it writes floating point for Spark once its back end is loaded, and not before."""
    import ibis

    try:
        _ = ibis.pyspark
    except (AttributeError, ImportError):
        raise UsageError("floating point for Spark needs PySpark: pip install 'gbcscheck[spark]'") from None
