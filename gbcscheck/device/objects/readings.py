"""Several readings of one attribute, each judged by itself: what they have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from gbcscheck.device.electricity.rules import LENGTH, TYPE
from gbcscheck.device.model import FileRecord, Problem
from gbcscheck.model import Finding
from gbcscheck.model.device_files import BRANCH, FACT, FITS, OPEN, WRONG, Entry

Place = tuple[int, str]
"""How many values of the attribute stand before the one that a finding is on, and its subject: the same in each reading
(several values may stand in one line)."""


@dataclass(slots=True)
class Reading(FileRecord):
    """What is told of an attribute as one of its readings, with the place of each finding."""

    places: list[Place] = field(default_factory=list)

    def problem(
        self, problem: Problem, *, subject: str, attribute: str, written: str, source: str, meaning: str = ""
    ) -> None:
        """See FileRecord.problem."""
        self.places.append((self.values, problem.subject or subject))
        FileRecord.problem(
            self, problem, subject=subject, attribute=attribute, written=written, source=source, meaning=meaning
        )

    def at(self, place: Place) -> list[Finding]:
        """The findings at a place."""
        return [finding for finding, one in zip(self.findings, self.places, strict=True) if one == place]


def merge(readings: Sequence[Reading], lost: Sequence[str], record: FileRecord) -> None:
    """Put into a record what holds under every reading: the findings at a place where each has one, those of the rules
    that each has found if there are such; and of each value its verdict where all agree. Else the value is open: so
    where a reading is wrong by its type or length alone, and the others are wrong as values."""
    first = readings[0]
    wrong: set[int] = set()
    for place in dict.fromkeys(place for reading in readings for place in reading.places):
        rules = [{finding.rule for finding in reading.at(place)} for reading in readings]
        told = set.intersection(*rules) or _values_rules(rules)
        if told:
            found = [finding for finding in first.at(place) if finding.rule in told]
            texts = {one.statements[0].text for reading in readings for one in reading.at(place)}
            record.findings.extend(_with_losses(finding, len(texts), lost) for finding in found)
            wrong.add(place[0])
        else:
            _left_open(next(found for reading in readings for found in reading.at(place)), lost, record)
    same_shape = all(len(reading.entries) == len(first.entries) for reading in readings)
    leaves = 0
    for number, entry in enumerate(first.entries):
        verdicts = {reading.entries[number].verdict for reading in readings} if same_shape else {entry.verdict, OPEN}
        record.entries.append(entry._replace(verdict=_verdict(entry, verdicts, leaves in wrong)))
        leaves += entry.verdict not in (BRANCH, FACT)
    record.values += first.values


def _values_rules(rules: Sequence[set[str]]) -> set[str]:
    """The rules of the first reading, where each reading is wrong as a value of the type that its row has."""
    return rules[0] if all(some - {TYPE.code, LENGTH.code} for some in rules) else set()


def _left_open(finding: Finding, lost: Sequence[str], record: FileRecord) -> None:
    """Name a value that is wrong under some readings alone: what the meter held is not known."""
    what, source = finding.subject.rpartition(".")[2], finding.statements[0].source
    why = f"open, since its text can stand for several values (it does not hold: {', '.join(lost)})"
    record.not_read.append(f'{source}, "{what}": {why}')


def _with_losses(finding: Finding, count: int, lost: Sequence[str]) -> Finding:
    if count == 1:
        return finding
    words = f"The text can stand for {count} values, each of them wrong (it does not hold: {', '.join(lost)})."
    return replace(finding, why=f"{finding.why} {words}".strip())


def _verdict(entry: Entry, verdicts: set[str], wrong: bool) -> str:
    if entry.verdict in (BRANCH, FACT):
        return entry.verdict
    if verdicts == {WRONG}:
        return WRONG if wrong else OPEN
    return FITS if verdicts == {FITS} else OPEN
