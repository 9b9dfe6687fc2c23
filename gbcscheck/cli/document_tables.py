"""How the tables of a file are listed, and the cells that tracked changes change."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gbcscheck.api.extracting import CellChange, Listing

_LONGEST = 100
"""Characters of titles that are shown in one line."""


def listing_text(listing: Listing, file: Path) -> str:
    """The tables of a file, a few lines each, and what of it is not looked at."""
    lines = [f"{file}: {_counted(len(listing.tables), 'table')}"]
    for one in listing.tables:
        size = f"{_counted(one.rows, 'row')}, {_counted(one.columns, 'column')}"
        changes = f", {_counted(one.changes, 'tracked change')}" if one.changes else ""
        lines.extend(("", f"{one.name}: {size}{changes}"))
        titles = " | ".join(one.titles)
        rows = (("caption", one.caption), ("under", one.heading), ("titles", titles))
        lines.extend(f"  {name:<9}{_shortened(text)}" for name, text in rows if text)
    lines.extend(("", *listing.unlooked) if listing.unlooked else ())
    return "\n".join(lines) + "\n"


def listing_json(listing: Listing, file: Path) -> str:
    """The same as JSON: ``path``, ``tables`` and ``not_looked_at``."""
    tables = [
        {
            "name": one.name,
            "number": one.number,
            "caption": one.caption,
            "heading": one.heading,
            "rows": one.rows,
            "columns": one.columns,
            "titles": one.titles,
            "changes": one.changes,
        }
        for one in listing.tables
    ]
    document = {"path": str(file), "tables": tables, "not_looked_at": listing.unlooked}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def changes_text(changes: Sequence[CellChange], file: Path) -> str:
    """Each cell that differs between the views, with its text in both."""
    from gbcscheck.model import Place

    lines: list[str] = []
    for one in changes:
        title = f" ({one.title})" if one.title else ""
        lines.append(f"{Place.parse(str(file), one.source)}{_shortened(title)}")
        lines.extend(_of_view("original", one.original))
        lines.extend(_of_view("final", one.final))
        lines.append("")
    count = "1 cell differs" if len(changes) == 1 else f"{len(changes):,} cells differ"
    return "\n".join([*lines, f"{count} between the views"]) + "\n"


def _of_view(view: str, text: str | None) -> Iterator[str]:
    """The text of a cell in a view, each line of it."""
    first, *others = ("-",) if text is None else text.split("\n")
    yield f"  {view:<10}{first}".rstrip()
    for line in others:
        yield f"  {'':<10}{line}".rstrip()


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
