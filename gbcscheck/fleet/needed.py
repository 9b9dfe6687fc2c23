"""The libraries that a run over a fleet needs, and which command installs them."""

from __future__ import annotations

from importlib.util import find_spec

from gbcscheck.errors import UsageError

LIBRARIES = {"duckdb": ("ibis", "duckdb", "pyarrow"), "spark": ("ibis", "pyspark", "pyarrow")}
"""The modules that each engine is made of."""
_EXTRA = {"duckdb": "fleet", "spark": "spark"}
_PACKAGES = {"ibis": "Ibis", "duckdb": "DuckDB", "pyarrow": "pyarrow", "pyspark": "PySpark"}


def need(engine: str) -> None:
    """UsageError, with what installs them, where a library of an engine is not installed."""
    missing = [_PACKAGES[name] for name in LIBRARIES.get(engine, ()) if not _is_there(name)]
    if missing:
        extra = _EXTRA[engine]
        raise UsageError(f"fleet needs {' and '.join(missing)}: pip install 'gbcscheck[{extra}]'")


def _is_there(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except (ImportError, ValueError):
        return False
