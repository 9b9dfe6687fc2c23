"""Reports: what a run found, and one writer for each format. A writer knows findings, not how they were made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gbcscheck.device.model import JudgedFile
from gbcscheck.errors import GbcscheckError
from gbcscheck.model import KINDS, SEVERITIES, Finding, Specification

FORMATS = ("text", "json")
"""The formats of ``check`` and ``device``; ``gbcscheck.report.text`` and ``gbcscheck.report.json`` write them."""


@dataclass(frozen=True, slots=True)
class RuleLabel:
    """What a report says of a rule: its code, its name and the kind of conflict it looks for."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Report:
    """All that one run of ``check`` or ``device`` has to tell.

    ``release`` is empty for files checked by themselves; ``note`` says what a reader has to know of the release.
    ``statements`` and ``subjects`` count what was loaded, ``problems`` are the inputs that could not be read,
    ``skipped`` the files that hold no specification; ``files`` are the files of devices, each with its findings.
    """

    release: str
    title: str
    note: str
    specifications: tuple[Specification, ...]
    findings: tuple[Finding, ...]
    rules: tuple[RuleLabel, ...]
    statements: int
    subjects: int
    problems: tuple[GbcscheckError, ...] = ()
    skipped: tuple[str, ...] = ()
    files: tuple[JudgedFile, ...] = ()

    def label(self, finding: Finding) -> RuleLabel:
        """The rule that made a finding; KeyError where it is not one of the run's rules."""
        for label in self.rules:
            if label.code == finding.rule:
                return label
        raise KeyError(finding.rule)

    def severities(self) -> dict[str, int]:
        """How many findings there are of each severity, worst first, zeros included."""
        return _counts(SEVERITIES, (finding.severity for finding in self.findings))

    def kinds(self) -> dict[str, int]:
        """How many findings there are of each kind of conflict, zeros left out."""
        counts = _counts(KINDS, (self.label(finding).kind for finding in self.findings))
        return {kind: number for kind, number in counts.items() if number}

    def reaches(self, level: str) -> bool:
        """Whether a finding is at least as severe as ``level``; ``never`` is reached by none."""
        if level == "never":
            return False
        limit = SEVERITIES.index(level)
        return any(SEVERITIES.index(finding.severity) <= limit for finding in self.findings)


def problem_and_detail(error: GbcscheckError) -> tuple[str, str]:
    """A problem in one line, and what stands below it: the marked text of a cell, what was found and expected."""
    problem, _, rest = error.problem.partition("\n")
    return problem, "\n".join(text for text in (rest, error.detail) if text)


def _counts(names: tuple[str, ...], found: Iterable[str]) -> dict[str, int]:
    counts = dict.fromkeys(names, 0)
    for name in found:
        counts[name] += 1
    return counts
