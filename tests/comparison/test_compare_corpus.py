"""The published versions compared, and the page that judges every breaking change."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from compare_parts import changes_between

from gbcscheck.facts.directions import Directions
from gbcscheck.model import Change
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.releases import load_paths

PAGE = Path(__file__).resolve().parents[2] / "docs" / "compare-corpus.md"
PAIRS = {
    "DUIS 5.1 to 5.3": ("duis/5.1", "duis/5.3"),
    "DUIS 5.3 to 5.4": ("duis/5.3", "duis/5.4"),
    "GBCS use cases 3.1 to 4.0": ("gbcs/3.1/use-cases.json", "gbcs/4.0/use-cases.json"),
    "The two Table 28d": ("gbcs/3.2/table-28d.json", "gbcs/4.0/table-28d.json"),
}


def compared(specs: Path, old: str, new: str) -> tuple[Change, ...]:
    sides = (Catalogue.of(load_paths([specs / name])) for name in (old, new))
    return changes_between(*sides, Directions.shipped())


def judged(title: str) -> list[tuple[str, str, str]]:
    """Change, subject and parties of each row of the table under a heading; every row has a judgement."""
    text = PAGE.read_text(encoding="utf-8")
    section = text[text.index(f"## {title}\n") :].split("\n## ")[0]
    rows = []
    for line in section.splitlines():
        cells = [cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if len(cells) == 4 and cells[1].startswith("`"):
            assert cells[3].startswith(("right: ", "right in the letter: ")), cells
            rows.append((cells[0], cells[1].strip("`"), cells[2]))
    return rows


@pytest.mark.parametrize("title", PAIRS)
def test_every_breaking_change_is_judged(specs: Path, title: str) -> None:
    found = compared(specs, *PAIRS[title])
    breaking = [(one.change, one.subject, ", ".join(sorted(one.parties))) for one in found if one.verdict == "breaking"]
    assert sorted(judged(title)) == sorted(breaking)
    assert {one.verdict for one in found} <= {"breaking", "neutral"}
    text = PAGE.read_text(encoding="utf-8")
    number = re.search(rf"## {re.escape(title)}\n\n.*?\n\n(\d+) breaking changes", text, re.DOTALL)
    assert number is not None
    assert int(number[1]) == len(breaking)


def test_mmc_says_the_same(specs: Path) -> None:
    assert [(one.verdict, one.attribute) for one in compared(specs, "mmc/5.1", "mmc/5.3")] == [
        ("neutral", "aligned-with")
    ]
    assert compared(specs, "mmc/5.3", "mmc/5.4") == ()


def test_the_published_schemas_give_what_the_extracts_give(specs: Path, corpus: Path) -> None:
    schemas = (corpus / "xsd/5.3/DUIS Schema V5.3a.xsd", corpus / "xsd/5.4/DUIS Schema V5.4.xsd")
    sides = (Catalogue.of(load_paths([path])) for path in schemas)
    found = changes_between(*sides, Directions.shipped())
    assert [one.fingerprint for one in found] == [one.fingerprint for one in compared(specs, "duis/5.3", "duis/5.4")]
