"""What the marks say: the text of a cell's comment, and that of a row of the list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from gbcscheck.authoring.places import cell_of
from gbcscheck.frozen import frozen
from gbcscheck.model import ENDED, Finding, Specification, Statement
from gbcscheck.printable import clean
from gbcscheck.report import Report
from gbcscheck.report.quotation import own_words
from gbcscheck.report.text import specification_name

MOST_IN_COMMENT = 5
"""More findings than this on one cell are counted in its comment and stand in the list."""
LONGEST_COMMENT = 6000
LONGEST_QUOTE = 300
LONGEST_CELL = 32_000
"""A cell of a workbook takes 32,767 characters."""


@frozen
class FindingInCell:
    """A finding seen from one of its statements, which stands in a cell of the workbook."""

    finding: Finding
    statement: Statement
    meaning: str

    @property
    def marks(self) -> bool:
        """Whether the finding counts: neither waived nor fixed, and not elsewhere."""
        return not self.finding.elsewhere and not self.finding.waived and self.finding.status not in ENDED


def sides_in(report: Report, where: str) -> dict[tuple[str, str], list[FindingInCell]]:
    """The sides that stand in a workbook, by sheet and cell, in the order of the report."""
    found: dict[tuple[str, str], list[FindingInCell]] = {}
    for finding in report.findings:
        for cell, side in cells_of(finding, where).items():
            found.setdefault(cell, []).append(side)
    return found


def cells_of(finding: Finding, where: str) -> dict[tuple[str, str], FindingInCell]:
    """The cells of a workbook in which a finding's statements stand, by sheet and cell, the first of each."""
    cells: dict[tuple[str, str], FindingInCell] = {}
    for statement, meaning in _with_meanings(finding):
        if cell := cell_of(statement.place, where):
            cells.setdefault(cell, FindingInCell(finding, statement, meaning))
    return cells


def first_side(finding: Finding) -> FindingInCell | None:
    """A finding seen from its first statement, wherever that stands."""
    return next((FindingInCell(finding, *pair) for pair in _with_meanings(finding)), None)


def comment_text(sides: Sequence[FindingInCell], rest: str = "on the sheet of findings") -> str:
    """The comment of a cell: each finding with its code, the other sides, a witness, and what to do; ``rest`` says
    where those stand for which there is no room."""
    counted = [side for side in sides if side.marks]
    blocks = [_block(side) for side in counted[:MOST_IN_COMMENT]]
    if len(counted) > MOST_IN_COMMENT:
        blocks.append(f"and {len(counted) - MOST_IN_COMMENT} more, {rest}")
    text = "\n\n".join(blocks)
    return text if len(text) <= LONGEST_COMMENT else f"{text[:LONGEST_COMMENT]}\u2026 (all of it {rest})"


def _block(side: FindingInCell) -> str:
    finding = side.finding
    lines = [f"{finding.severity} {finding.rule}: {clean(finding.message)}"]
    lines.append(f"This cell: {wording(side.statement, side.meaning)}")
    lines.extend(f"Other side: {text}" for text in others(finding, side.statement))
    lines.extend(_labelled(finding))
    return "\n".join(lines)


def _labelled(finding: Finding) -> Iterable[str]:
    named = (
        ("Witness", finding.witness),
        ("Why", finding.why),
        ("Also seen as", finding.also_seen_as),
        ("What to do", finding.suggestion),
    )
    return (f"{label}: {clean(text)}" for label, text in named if text)


def wording(statement: Statement, meaning: str) -> str:
    """What a statement says: its attribute, its words, and what they mean."""
    words = own_words(statement)
    words = words if len(words) <= LONGEST_QUOTE else f"{words[:LONGEST_QUOTE]}\u2026"
    meaning = clean(meaning).removeprefix(f"{statement.attribute}: ")
    return f"{statement.attribute} {words}" + (f" ({meaning})" if meaning and meaning != words else "")


def others(finding: Finding, own: Statement | None) -> list[str]:
    """The other sides of a finding: specification, place, and what it says."""
    return [
        f"{clean(_named(statement))} ({clean(str(statement.place))}): {wording(statement, meaning)}"
        for statement, meaning in _with_meanings(finding)
        if statement is not own
    ]


def _named(statement: Statement) -> str:
    one = statement.specification
    return specification_name(Specification(one.name, one.version, statement.clause or one.part))


def _with_meanings(finding: Finding) -> list[tuple[Statement, str]]:
    missing = ("",) * (len(finding.statements) - len(finding.meanings))
    return list(zip(finding.statements, finding.meanings + missing, strict=False))


def cell_string(text: str) -> str:
    """A text as workbooks hold it: not too long, and what looks like an escape of theirs (``_x000D_``) escaped."""
    cut = text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]}\u2026"
    return re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", cut)
