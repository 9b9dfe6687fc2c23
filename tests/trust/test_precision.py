"""Another way to write the same, at random places of the published documents, is no finding and changes none."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest
from documents import GBCS, LISTS, SCHEMAS, Edit, Sources
from recall import Laboratory
from rewrites import CELLS, LINES, ROWS
from shares import portion

PLACES = 12
"""How many places each way to write is tried at for a seed, as far as there are so many."""


@pytest.fixture(scope="module")
def laboratory(corpus: Path) -> Laboratory:
    return Laboratory.of(corpus)


def rewritten_cells(sources: Sources, rng: Random) -> dict[str, list[Edit]]:
    """Cells written otherwise, by the way, never two in one row."""
    cells = [(sheet, number, texts) for sheet in sources.columns for number, texts in sources.rows(sheet)]
    rng.shuffle(cells)
    found: dict[str, list[Edit]] = {}
    for name, (columns, rewrite) in CELLS.items():
        edits = found.setdefault(name, [])
        for sheet, number, texts in cells:
            named = [title for title in texts if not columns or f"{sheet}/{title}" in columns]
            new = {title: text for title in named if (text := rewrite(texts[title])) is not None}
            if new:
                title = rng.choice(sorted(new))
                edits.append(Edit(GBCS, number, sheet, {title: new[title]}))
            if len(edits) == PLACES:
                break
        taken = {(edit.sheet, edit.number) for edit in edits}
        cells = [one for one in cells if one[:2] not in taken]
    return found


def rewritten_lines(sources: Sources, schema: str, rng: Random) -> dict[str, list[Edit]]:
    """Lines of a schema written otherwise, by the way."""
    lines = list(enumerate(sources.schemas[schema], start=1))
    rng.shuffle(lines)
    found: dict[str, list[Edit]] = {}
    for name, rewrite in LINES.items():
        new = [Edit(schema, number, text=text) for number, line in lines if (text := rewrite(line)) is not None]
        found[name] = new[:PLACES]
        lines = [one for one in lines if one[0] not in {edit.number for edit in new[:PLACES]}]
    return found


def rewritten_rows(sources: Sources, document: str, rng: Random) -> dict[str, list[Edit]]:
    """Rows of a list written otherwise, by the way."""
    rows = list(enumerate(sources.rows_of(document)))
    rng.shuffle(rows)
    found: dict[str, list[Edit]] = {}
    for name, rewrite in ROWS.items():
        new = [
            Edit(document, number, cells=row, action="replace") for number, old in rows if (row := rewrite(old, rng))
        ]
        found[name] = new[:PLACES]
        rows = [one for one in rows if one[0] not in {edit.number for edit in new[:PLACES]}]
    return found


@pytest.mark.parametrize("seed", range(1, 1 + portion(3)))
def test_another_way_to_write_the_same_is_no_finding(laboratory: Laboratory, seed: int) -> None:
    rng, sources = Random(seed), laboratory.sources
    ways = [rewritten_cells(sources, rng), *(rewritten_lines(sources, schema, rng) for schema in SCHEMAS)]
    ways += [rewritten_rows(sources, document, rng) for document in (*LISTS, "Table 28d", "alert codes", "encodings")]
    counts = Counter(name for of_document in ways for name, edits in of_document.items() if edits)
    assert {*CELLS, *LINES, *ROWS} - {*counts} == set(), "ways that are tried nowhere"
    edits = [edit for of_document in ways for group in of_document.values() for edit in group]
    told = laboratory.new_findings(sources.read(edits))
    assert [(one.rule, one.severity, one.subject, one.message) for one in told] == []
