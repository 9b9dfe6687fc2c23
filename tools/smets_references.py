"""What is known of SMETS from the GBCS tables that cite it: which clause is about which data item."""

from __future__ import annotations

import re

from gbcscheck.facts.extract_file import Extract, ExtractRow
from gbcscheck.model import Specification
from gbcscheck.version import __version__

PART = "references"

NOTE = (
    "Derived from the references of the GBCS use case tables: which clauses of SMETS are about which data item. "
    "SMETS itself is not at hand, so nothing is known here of what the clauses say."
)


def smets_references(tables: Extract) -> Extract:
    """For each data item whose rows cite SMETS, one statement with the clauses, in their order.

    The statements cite the first cell that names the item, in the tables' own source: they are never held against it.
    """
    from gbcscheck.notation.use_case import read_references

    clauses: dict[str, set[str]] = {}
    first: dict[str, ExtractRow] = {}
    for row in tables.rows:
        use_case, slash, item = row.subject.partition("/")
        if row.attribute != "reference" or not slash or not isinstance(row.value, str):
            continue
        cited = [r.clause for r in read_references(row.value) if r.document == "SMETS" and r.clause]
        if use_case and cited:
            name = re.sub(r" #[0-9]+$", "", item)
            clauses.setdefault(name, set()).update(cited)
            first.setdefault(name, row)
    version = f"as cited by {tables.specification.name} {tables.specification.version}"
    return Extract(
        specification=Specification("SMETS2", version, PART),
        provenance="derived",
        rows=tuple(_row(name, clauses[name], row) for name, row in first.items()),
        source_name=tables.source_name,
        source_sha256=tables.source_sha256,
        generator=f"gbcscheck {__version__}",
        note=NOTE,
    )


def _row(name: str, clauses: set[str], cited: ExtractRow) -> ExtractRow:
    listed = ", ".join(sorted(clauses, key=lambda clause: [int(number) for number in clause.split(".")]))
    return ExtractRow(name, "reference", value=listed, clause=listed, source=cited.source)
