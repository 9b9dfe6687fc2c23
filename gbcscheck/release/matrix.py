"""The rows of the report's matrix, out of the catalogue: every data item with all that is said of it anywhere."""

from __future__ import annotations

from gbcscheck.model.matrix import MatrixRow
from gbcscheck.release.catalogue import Catalogue, Item


def matrix_rows(catalogue: Catalogue) -> tuple[MatrixRow, ...]:
    """A row for each data item of which a specification says something, in the order of the catalogue."""
    rows = (_row(catalogue, item) for item in catalogue.items.values())
    return tuple(row for row in rows if row.statements)


def _row(catalogue: Catalogue, item: Item) -> MatrixRow:
    """An item under all its names: its own, its rows in the use cases, and where the links of the crosswalk end."""
    link_ends = (end for link in item.links for end in link.ends_of("command", "response", "request", "reading"))
    own = (item.name, *item.direct, *(row.subject for row in item.rows))
    subjects = tuple(dict.fromkeys((*own, *(end.subject for end in link_ends))))
    statements = (statement for subject in subjects for statement in catalogue.about(subject))
    return MatrixRow(item.name, subjects, tuple(dict.fromkeys(statements)))
