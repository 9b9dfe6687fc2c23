"""Write what is made of the table of attributes: tables of two pages, and the names in three JSON Schemas.

Run from a checkout: ``python docs/make_attributes.py``. A test compares the files with what this renders.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from textwrap import fill

from gbcscheck.attributes import ATTRIBUTES, GROUPS, Attribute
from gbcscheck.extract.table_mapping import BESIDES, USUAL
from gbcscheck.extract.table_mapping import SCHEMA as MAPPING
from gbcscheck.facts.crosswalk_file import SCHEMA as CROSSWALK
from gbcscheck.facts.extract_file import SCHEMA as EXTRACT

EXTRACTS, TABLES = (Path(__file__).with_name(name) for name in ("extracts.md", "tables.md"))
OPENING, CLOSING = "<!-- made by docs/make_attributes.py -->", "<!-- to here -->"
LONGEST = 120
"""Characters of a line of a schema."""
MEANT = {
    "minimum": "the lower end of `permitted`",
    "maximum": "the upper end of `permitted`",
    "clause": "the clause",
    "provenance": "how it is known",
    "ignore": "nothing to a rule",
}
"""What columns say that state no attribute of their own."""

_DECLARED = re.compile(r'    "declared": \{"enum": \[.*?\]\}', re.DOTALL)


def rendered() -> dict[Path, str]:
    """The text of each file."""
    pages = {EXTRACTS: _page(EXTRACTS, _tables()), TABLES: _page(TABLES, _titles())}
    return pages | {path: _schema(path) for path in (EXTRACT, MAPPING, CROSSWALK)}


def _page(path: Path, lines: Iterable[str]) -> str:
    """A page with other lines between its marks."""
    before, opening, rest = path.read_text(encoding="utf-8").partition(OPENING)
    _, closing, after = rest.partition(CLOSING)
    return f"{before}{opening}\n" + "\n".join(lines) + f"\n{closing}{after}"


def _tables() -> Iterator[str]:
    for group in GROUPS:
        yield from ("", f"### {group.title}", "", "| attribute | holds | says |", "|---|---|---|")
        yield from (f"| `{one.name}` | {_holds(one)} | {one.says} |" for one in group.attributes)
    yield ""


def _titles() -> Iterator[str]:
    """The titles of columns that are known, by what they say."""
    item, element = (", ".join(titles) for titles in USUAL.subject)
    yield from (
        "",
        "| says | titles |",
        "|---|---|",
        f"| the data item | {item}; beside it, if there is one, {element} |",
    )
    yield from (f"| `{one.name}` | {', '.join(one.titles)} |" for one in ATTRIBUTES.values() if one.titles)
    for name, titles in BESIDES.items():
        yield f"| {MEANT[name]} | {titles.replace('; ', ', ')} |"
    yield ""


def _holds(attribute: Attribute) -> str:
    return attribute.notation or " or ".join(attribute.holds)


def _schema(path: Path) -> str:
    names = fill(", ".join(json.dumps(name) for name in sorted(ATTRIBUTES)), LONGEST - 6, break_on_hyphens=False)
    lines = "\n".join(f"      {line}" for line in names.splitlines())
    declared = f'    "declared": {{"enum": [\n{lines}\n    ]}}'
    return _DECLARED.sub(lambda _: declared, path.read_text(encoding="utf-8"))


def main() -> None:
    """Write the files."""
    for path, text in rendered().items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
