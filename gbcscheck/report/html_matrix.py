"""What each specification's cell of the matrix says: conflicts, note, waived, agrees, alone or silent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from gbcscheck.model import ENDED, Finding, Specification, Statement
from gbcscheck.model.matrix import MatrixRow

STATES = {"c": "conflicts", "n": "note", "w": "waived", "a": "agrees", "o": "alone", "s": "silent"}
"""States of a cell by the letter under which the page's data holds them, the one that counts first before the others.

``agrees``: others speak of it too, and no rule found a conflict; ``alone``: nobody else speaks of it.
"""


@dataclass(slots=True)
class Line:
    """One row with the findings that touch it, by their number in the report."""

    name: str
    statements: tuple[Statement, ...]
    findings: list[int] = field(default_factory=list)

    def states(self, findings: Sequence[Finding], columns: Mapping[Specification, int]) -> str:
        """A letter of STATES for each column."""
        letters = ["s"] * len(columns)
        speaking = {columns[statement.specification] for statement in self.statements}
        for column in speaking:
            letters[column] = "a" if len(speaking) > 1 else "o"
        order = list(STATES)
        for number in self.findings:
            letter = _letter(findings[number])
            for column in {columns[statement.specification] for statement in findings[number].statements}:
                if letter and order.index(letter) < order.index(letters[column]):
                    letters[column] = letter
        return "".join(letters)


def _letter(finding: Finding) -> str:
    """What a finding makes of the cells of its sides; nothing where it is no longer there."""
    if finding.status in ENDED:
        return ""
    if finding.waived:
        return "w"
    return "n" if finding.severity == "note" else "c"


def matrix_lines(rows: Iterable[MatrixRow], findings: Sequence[Finding]) -> list[Line]:
    """The rows of the matrix: the data items, and after them what else a finding speaks of.

    A finding touches every row that has one of its subjects; one that touches none has a row of its own.
    """
    lines: list[Line] = []
    by_subject: dict[str, list[int]] = {}
    for row in rows:
        for subject in dict.fromkeys((row.name, *row.subjects)):
            by_subject.setdefault(subject, []).append(len(lines))
        lines.append(Line(row.name, row.statements))
    of_their_own: dict[str, Line] = {}
    for number, finding in enumerate(findings):
        subjects = dict.fromkeys((finding.subject, *finding.also, *(s.subject for s in finding.statements)))
        touched = dict.fromkeys(index for subject in subjects for index in by_subject.get(subject, ()))
        for index in touched:
            lines[index].findings.append(number)
        if finding.subject not in by_subject:
            own = of_their_own.setdefault(finding.subject, Line(finding.subject, ()))
            own.findings.append(number)
    for own in of_their_own.values():
        statements = (statement for number in own.findings for statement in findings[number].statements)
        own.statements = tuple(dict.fromkeys(statements))
    return [*lines, *of_their_own.values()]
