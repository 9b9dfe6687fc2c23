"""The rows of the report's matrix, out of the catalogue: every data item with all that is said of it anywhere."""

from __future__ import annotations

from collections.abc import Collection

from gbcscheck.model.matrix import MatrixRow
from gbcscheck.release.catalogue import Catalogue, Item


def matrix_rows(catalogue: Catalogue, subjects: Collection[str] | None = None) -> tuple[MatrixRow, ...]:
    """A row for each data item of which a specification says something, in the order of the catalogue; only of those
    that one of some subjects is of, if any are given."""
    items = (
        item for item in catalogue.items.values() if subjects is None or any(name in subjects for name in _names(item))
    )
    return tuple(row for row in (_row(catalogue, item) for item in items) if row.statements)


def _names(item: Item) -> tuple[str, ...]:
    """All names of an item: its own, its rows in the use cases, and where the links of the crosswalk end."""
    ends = (end for link in item.links for end in link.ends_of("command", "response", "request", "reading"))
    own = (item.name, *item.direct, *(row.subject for row in item.rows))
    return tuple(dict.fromkeys((*own, *(end.subject for end in ends))))


def _row(catalogue: Catalogue, item: Item) -> MatrixRow:
    """An item under all its names, with all that is said of it."""
    subjects = _names(item)
    statements = (statement for subject in subjects for statement in catalogue.about(subject))
    return MatrixRow(item.name, subjects, tuple(dict.fromkeys(statements)))
