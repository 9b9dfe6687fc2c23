"""A copy of a document with the findings in it, as a value."""

from __future__ import annotations

from gbcscheck.frozen import frozen


@frozen
class Annotated:
    """The copy's octets, how many cells are marked for a finding, what a reader has to know of it, and how many cells
    are marked as not read or as compared with nothing."""

    content: bytes
    cells: int
    notes: tuple[str, ...]
    gaps: int = 0
