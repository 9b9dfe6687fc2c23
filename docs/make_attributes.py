"""Write what is made of the table of attributes: the tables of ``docs/extracts.md``, and the names in JSON Schemas.

Run from a checkout: ``python docs/make_attributes.py``. A test compares the files with what this renders.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import fill

from gbcscheck.attributes import ATTRIBUTES, GROUPS, Attribute
from gbcscheck.extract.table_mapping import SCHEMA as MAPPING
from gbcscheck.facts.extract_file import SCHEMA as EXTRACT

PAGE = Path(__file__).with_name("extracts.md")
OPENING, CLOSING = "<!-- made by docs/make_attributes.py -->", "<!-- to here -->"
LONGEST = 120
"""Characters of a line of a schema."""

_DECLARED = re.compile(r'    "declared": \{"enum": \[.*?\]\}', re.DOTALL)


def rendered() -> dict[Path, str]:
    """The text of each file."""
    return {PAGE: _page(PAGE.read_text(encoding="utf-8")), **{path: _schema(path) for path in (EXTRACT, MAPPING)}}


def _page(text: str) -> str:
    before, opening, rest = text.partition(OPENING)
    _, closing, after = rest.partition(CLOSING)
    return f"{before}{opening}\n" + "\n".join(_tables()) + f"\n{closing}{after}"


def _tables() -> Iterator[str]:
    for group in GROUPS:
        yield from ("", f"### {group.title}", "", "| attribute | holds | says |", "|---|---|---|")
        yield from (f"| `{one.name}` | {_holds(one)} | {one.says} |" for one in group.attributes)
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
