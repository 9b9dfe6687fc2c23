"""Reports: what a run found, and one writer for each format. A writer knows findings, not how they were made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from gbcscheck.device.model import JudgedFile
from gbcscheck.errors import GbcscheckError
from gbcscheck.model import KINDS, SEVERITIES, Change, Finding, Place, Specification, Statement
from gbcscheck.report.matrix import MatrixRow
from gbcscheck.waivers import WaiverUse

CATEGORY = "gbcscheck"
"""The category of a run that names none."""
FAILING = {"breaking": ("breaking",), "new": ("breaking",)}
"""The verdicts of changes that make a run fail, by the levels that are no severities."""


@dataclass(frozen=True, slots=True)
class RuleLabel:
    """What a report says of a rule: its code, its name and the kind of conflict it looks for; for the formats that
    explain their rules also its own severity, its question, and its text in Markdown."""

    code: str
    name: str
    kind: str
    severity: str = ""
    question: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class VersionControl:
    """The repository that a run looked at: its address as a URI without user and password, the commit that the newer
    side is or lies on, and the branch; these two are empty where they are not known."""

    repository: str
    revision: str = ""
    branch: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """All that one run of ``check`` or ``device`` has to tell.

    ``release`` is empty for files checked by themselves; ``note`` says what a reader has to know of the release.
    ``statements`` and ``subjects`` count what was loaded, ``problems`` are the inputs that could not be read,
    ``skipped`` the files that hold no specification; ``files`` are the files of devices, each with its findings.

    Where two versions were compared, ``base`` names the older one and ``changes`` says what became of it; findings
    then have a status. ``waivers`` tells of each waiver whether it still holds for something. ``places`` says where
    statements stand in the files of the user's own repository, for the formats that point into it, ``problem_places``
    the same of problems, by their ``where``.
    ``matrix`` holds who speaks of what, where a format shows that.

    ``fail_on`` is the level at which the run fails, ``category`` tells this run from others on the same repository.
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
    changes: tuple[Change, ...] = ()
    base: str = ""
    waivers: tuple[WaiverUse, ...] = ()
    places: Mapping[Statement, Place] = field(default_factory=dict, repr=False)
    problem_places: Mapping[str, Place] = field(default_factory=dict, repr=False)
    matrix: tuple[MatrixRow, ...] = field(default=(), repr=False)
    fail_on: str = "error"
    category: str = CATEGORY
    version_control: VersionControl | None = None

    def label(self, finding: Finding) -> RuleLabel:
        """The rule that made a finding; KeyError where it is not one of the run's rules."""
        for label in self.rules:
            if label.code == finding.rule:
                return label
        raise KeyError(finding.rule)

    def place(self, statement: Statement) -> Place:
        """Where a statement stands: in the user's repository if it is there, else where its source says."""
        return self.places.get(statement) or statement.place

    def standing(self) -> tuple[Finding, ...]:
        """The findings that count: neither waived nor fixed by the change."""
        return tuple(finding for finding in self.findings if not finding.waived and finding.status != "fixed")

    def waived(self) -> int:
        """How many findings and changes are waived."""
        findings = sum(bool(finding.waived) and finding.status != "fixed" for finding in self.findings)
        return findings + sum(bool(change.waived) for change in self.changes)

    def severities(self) -> dict[str, int]:
        """How many findings that count there are of each severity, worst first, zeros included."""
        return _counts(SEVERITIES, (finding.severity for finding in self.standing()))

    def kinds(self) -> dict[str, int]:
        """How many findings that count there are of each kind of conflict, zeros left out."""
        counts = _counts(KINDS, (self.label(finding).kind for finding in self.standing()))
        return {kind: number for kind, number in counts.items() if number}

    def fails(self, item: Finding | Change, level: str = "") -> bool:
        """Whether a finding or a change by itself makes a run fail at ``level`` (``fail_on`` where it is empty).

        What is waived or fixed never does. A severity is reached by all that is as severe; ``breaking`` by a breaking
        change, ``new`` by that and by a new finding of severity error or warning; ``never`` by nothing.
        """
        level = level or self.fail_on
        if item.waived or level == "never":
            return False
        verdicts = FAILING.get(level)
        if isinstance(item, Change):
            if verdicts is not None:
                return item.verdict in verdicts
        elif item.status == "fixed" or level == "breaking" or (verdicts is not None and item.status != "new"):
            return False
        return SEVERITIES.index(item.severity) <= SEVERITIES.index(level if verdicts is None else "warning")

    def reaches(self, level: str) -> bool:
        """Whether anything makes a run fail at ``level``, as ``fails`` says."""
        changes = any(self.fails(change, level) for change in self.changes)
        return changes or any(self.fails(finding, level) for finding in self.findings)


def problem_and_detail(error: GbcscheckError) -> tuple[str, str]:
    """A problem in one line, and what stands below it: the marked text of a cell, what was found and expected."""
    problem, _, rest = error.problem.partition("\n")
    return problem, "\n".join(text for text in (rest, error.detail) if text)


def _counts(names: tuple[str, ...], found: Iterable[str]) -> dict[str, int]:
    counts = dict.fromkeys(names, 0)
    for name in found:
        counts[name] += 1
    return counts
