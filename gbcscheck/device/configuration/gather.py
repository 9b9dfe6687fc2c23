"""Findings of one file of configurations: the same fault at many places is told once, with the places counted."""

from __future__ import annotations

from dataclasses import replace

from gbcscheck.device.model import FileRecord, Problem
from gbcscheck.evidence.conflict_values import bounded

MOST_FINDINGS = 5_000
"""Different findings of one file; further ones are not told, and the rest of the file is not judged, so that memory
stays bounded."""
NOT_TOLD = -1
NAMED_PLACES = 4
"""Further places that a message names; the others are counted."""
MOST_VALUES = 1_000
"""Different values of one finding that are remembered; where there are more, the number of places stands for them."""


class Gatherer:
    """Hands findings on to a record; those of one fingerprint (rule, subject, who says what) as one finding."""

    def __init__(self, record: FileRecord) -> None:
        self.record = record
        self._numbers: dict[str, int] = {}
        self._counts: list[int] = []
        self._places: list[list[str]] = []
        self._written: list[str] = []
        self._values: list[dict[str, None]] = []
        self._first = len(record.findings)
        self.is_full = False

    def add(self, problem: Problem, *, subject: str, written: str, source: str, meaning: str = "") -> int:
        """A fault at a place; returns its number, by which it can be told ``again``."""
        findings = self.record.findings
        self.record.problem(
            problem, subject=subject, attribute="value", written=written, source=source, meaning=meaning
        )
        fingerprint, values = findings[-1].fingerprint, findings[-1].values
        number = self._numbers.get(fingerprint)
        if number is None and len(self._counts) >= MOST_FINDINGS:
            self.is_full = True
            findings.pop()
            return NOT_TOLD
        if number is None:
            number = self._numbers[fingerprint] = len(self._counts)
            self._counts.append(1)
            self._places.append([])
            self._written.append(written)
            self._values.append(dict.fromkeys(values))
            return number
        findings.pop()
        if len(self._values[number]) < MOST_VALUES:
            self._values[number].update(dict.fromkeys(values))
        self.again(number, source, written)
        return number

    def again(self, number: int, source: str, written: str) -> None:
        """A fault that was found before, at a further place; the value there is named where it is another one."""
        if number == NOT_TOLD:
            return
        self._counts[number] += 1
        places = self._places[number]
        if len(places) < NAMED_PLACES:
            places.append(source if written == self._written[number] else f"{source} ({written})")

    def close(self) -> None:
        """Say in each message how often the fault was found, and where else; a finding has the values of all."""
        findings = self.record.findings
        for number, (count, places) in enumerate(zip(self._counts, self._places, strict=True)):
            if count > 1:
                finding = findings[self._first + number]
                values = list(self._values[number])
                if len(values) >= MOST_VALUES:
                    values.append(f"and more: {count:,} places")
                message = f"{finding.message}{_also(count, places)}"
                findings[self._first + number] = replace(finding, message=message, values=bounded(values))


def _also(count: int, places: list[str]) -> str:
    more = count - 1
    named = ", ".join(places)
    if more <= len(places):
        return f"; likewise at {named}"
    return f"; likewise at {more:,} further places, the first of them {named}"
