"""Edits for the tests of what is made of them."""

from __future__ import annotations

from pathlib import Path

from gbcscheck.model import Specification, Statement
from gbcscheck.model.repairs import Edit

TABLE = Specification("GBCS", "9.9", "Table 9")


def edit_at(path: Path | str, source: str, old: str, new: str, **more: object) -> Edit:
    """An edit of a place in a file, named as statements name it (``Table 9!B4``, ``line 3``, ``/a/b``)."""
    statement = Statement(f"Item.{source}", "default", TABLE, "published", "Table 9", str(path), source, text=old)
    given = {"why": "the use case fixes it", "confidence": "certain", **more}
    return Edit(statement, old, new, **given)  # type: ignore[arg-type]
