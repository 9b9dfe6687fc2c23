"""Edits for the tests of what is made of them."""

from __future__ import annotations

from pathlib import Path

from gbcscheck.model import Finding, Specification, Statement
from gbcscheck.model.coverage import Coverage
from gbcscheck.model.repairs import Edit
from gbcscheck.model.rules import Rule
from gbcscheck.report import Report

TABLE = Specification("GBCS", "9.9", "Table 9")
USE_CASES = Specification("GBCS", "9.9", "use cases")


OTHER = Statement(
    "ECS99/Item.value", "constant", USE_CASES, "published", "ECS99, row 1", "gbcs/use-cases.xlsx", "DLMS!K685",
    domain="30", text="||0x001E",
)  # fmt: skip


def finding_at(path: Path | str, *sources: str, **more: str) -> Finding:
    """A finding between some places of a file and a use case elsewhere."""
    own = tuple(
        Statement(f"Item.{one}", "default", TABLE, "published", "Table 9", str(path), one, domain="15", text="0x0F")
        for one in sources
    )
    return Finding(
        "V101",
        more.pop("severity", "error"),
        f"Item.{sources[0]}",
        "default contradicts the constant",
        (*own, OTHER),
        witness="15",
        suggestion="write 0x1E",
        why="the use case fixes it",
        meanings=(*("fifteen" for _ in own), "thirty"),
        **more,
    )


def report_of(*findings: Finding, coverage: Coverage | None = None) -> Report:
    """A report with these findings."""
    rules = (Rule("V101", "default-contradicts-constant", "default", "warning"),)
    return Report("", "", "", (TABLE, USE_CASES), findings, rules, 2, 2, coverage=coverage)


def edit_at(path: Path | str, source: str, old: str, new: str, **more: object) -> Edit:
    """An edit of a place in a file, named as statements name it (``Table 9!B4``, ``line 3``, ``/a/b``)."""
    statement = Statement(f"Item.{source}", "default", TABLE, "published", "Table 9", str(path), source, text=old)
    given = {"why": "the use case fixes it", "confidence": "certain", **more}
    return Edit(statement, old, new, **given)  # type: ignore[arg-type]
