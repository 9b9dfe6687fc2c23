"""Which versions of SMETS or CHTS, and of GBCS, certified products follow: how many entries of the Central Products
List have each pair. The list itself, of which no licence is stated, is not carried over."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from gbcscheck.facts.extract_file import Extract, ExtractRow
from gbcscheck.model import Specification

PART = "versions in use"
NOTE = (
    "How many entries of the list pair a version of SMETS or CHTS with one of GBCS, entries that are removed included; "
    "GBCS 0.0 stands for none (SMETS 1.2). GBCS 4.4 is named in public notes and is not at hand."
)


def versions_in_use(products: Extract) -> Extract:
    """The pairs of versions of a list of products, the most frequent first."""
    stated: dict[str, dict[str, str]] = {}
    for row in products.rows:
        stated.setdefault(row.subject, {})[row.attribute] = str(row.value)
    pairs = Counter((one["smets-version"], one["gbcs-version"]) for one in stated.values())
    rows = tuple(
        ExtractRow(f"{smets} with GBCS {gbcs}", "entries", value=count)
        for (smets, gbcs), count in sorted(pairs.items(), key=lambda one: (-one[1], one[0]))
    )
    spec = products.specification
    return replace(
        products, specification=Specification(spec.name, spec.version, PART), provenance="derived", rows=rows, note=NOTE
    )
