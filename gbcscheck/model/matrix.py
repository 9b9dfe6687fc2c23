"""Who speaks of what: the rows of a table of things by specifications, as plain values."""

from __future__ import annotations

from gbcscheck.frozen import frozen
from gbcscheck.model import Statement


@frozen
class MatrixRow:
    """One thing and all that is said of it: ``subjects`` are the names under which the specifications speak of it (a
    data item's rows in the use cases, the paths in the schemas), ``statements`` what they say."""

    name: str
    subjects: tuple[str, ...]
    statements: tuple[Statement, ...]
