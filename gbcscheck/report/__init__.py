"""Reports: what a run found, and one writer for each format. A writer knows findings, not how they were made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

from gbcscheck.errors import GbcscheckError
from gbcscheck.frozen import frozen
from gbcscheck.model import ENDED, KINDS, SEVERITIES, Change, Finding, MergeBase, Place, Specification, Statement
from gbcscheck.model.coverage import Coverage
from gbcscheck.model.device_files import JudgedFile
from gbcscheck.model.matrix import MatrixRow
from gbcscheck.model.rules import Rule
from gbcscheck.model.waivers import PolicyChange, WaiverUse

CATEGORY = "gbcscheck"
"""The category of a run that names none."""
COMPARED = ("breaking", "new", "unknown")
"""The levels at which a run may fail that are no severities: they are about what a change does."""


@frozen
class VersionControl:
    """The repository that a run looked at: its address as a URI without user and password, the commit that the newer
    side is or lies on, and the branch; these two are empty where they are not known."""

    repository: str
    revision: str = ""
    branch: str = ""


@frozen
class Report:
    """All that one run of ``check`` or ``device`` has to tell.

    ``release`` is empty for files checked by themselves, and names all where several were looked at; ``note`` says what
    a reader has to know of the release.
    ``statements`` and ``subjects`` count what was loaded, ``problems`` are the inputs that could not be read,
    ``skipped`` the files that hold no specification; ``files`` are the files of devices, each with its findings.

    Where two versions were compared, ``base`` names the older one and ``changes`` says what became of it; findings
    then have a status; ``followed`` holds the parts that were compared with another version of them, in pairs.
    ``waivers`` tells of each waiver whether it still holds for something. ``places`` says where statements stand in the
    files of the user's own repository, for the formats that point into it, ``problem_places``
    the same of problems, by their ``where``.
    ``policy`` is what the change does to the policy by which it is judged, ``configuration`` the file that set paths,
    severities and waivers; empty where none did. ``matrix`` holds who speaks of what, where a format shows that: of
    everything where ``matrix_of_all`` says so, else of what the findings touch and some of the user's own.
    ``coverage`` says what was looked at of a user's own files, None where none were checked; ``others`` are the
    findings in which these take no part, where they are not shown.
    ``merge_base`` says which commit the older side is, where that is not the revision that was named.

    ``fail_on`` is the level at which the run fails, ``bump`` says that a version has to rise with a breaking change,
    ``strict`` that whatever was not read or not compared fails it, ``strict_waivers`` that a waiver which needs a look
    does, and ``category`` tells this run from others on the
    same repository.
    """

    release: str
    title: str
    note: str
    specifications: tuple[Specification, ...]
    findings: tuple[Finding, ...]
    rules: tuple[Rule, ...]
    statements: int
    subjects: int
    problems: tuple[GbcscheckError, ...] = ()
    skipped: tuple[str, ...] = ()
    files: tuple[JudgedFile, ...] = ()
    changes: tuple[Change, ...] = ()
    base: str = ""
    followed: tuple[tuple[Specification, Specification], ...] = ()
    waivers: tuple[WaiverUse, ...] = ()
    places: Mapping[Statement, Place] = field(default_factory=dict, repr=False)
    problem_places: Mapping[str, Place] = field(default_factory=dict, repr=False)
    policy: tuple[PolicyChange, ...] = ()
    configuration: str = ""
    matrix: tuple[MatrixRow, ...] = field(default=(), repr=False)
    matrix_of_all: bool = False
    merge_base: MergeBase | None = None
    coverage: Coverage | None = field(default=None, repr=False)
    others: tuple[Finding, ...] = field(default=(), repr=False)
    strict: bool = False
    fail_on: str = "error"
    bump: bool = False
    strict_waivers: bool = False
    category: str = CATEGORY
    version_control: VersionControl | None = None

    def label(self, finding: Finding) -> Rule:
        """The rule that made a finding; KeyError where it is not one of the run's rules."""
        for label in self.rules:
            if label.code == finding.rule:
                return label
        raise KeyError(finding.rule)

    def place(self, statement: Statement) -> Place:
        """Where a statement stands: in the user's repository if it is there, else where its source says."""
        return self.places.get(statement) or statement.place

    def standing(self) -> tuple[Finding, ...]:
        """The findings that count: neither waived nor ended by the change, and not elsewhere."""
        return tuple(
            finding
            for finding in self.findings
            if not finding.waived and finding.status not in ENDED and not finding.elsewhere
        )

    def waived(self) -> int:
        """How many findings and changes are waived."""
        findings = sum(bool(finding.waived) and finding.status not in ENDED for finding in self.findings)
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

        What is waived, has ended or is elsewhere never does. A severity is reached by all that is as severe;
        ``breaking`` by a change of severity error (a breaking one, unless a configuration says otherwise), ``new`` by
        that and by a finding of severity error or warning that is new or has other values, ``unknown`` by these and by
        a change of which nobody knows whom it hurts; ``never`` by nothing. Where ``bump`` is set, a version that does
        not rise always does.
        """
        level = level or self.fail_on
        if item.waived:
            return False
        if isinstance(item, Change):
            return (self.bump and item.change == "version" and item.verdict == "breaking") or _counts_at(item, level)
        if level in ("never", "breaking") or item.status in ENDED or item.elsewhere:
            return False
        compared = level in COMPARED
        limit = SEVERITIES.index("warning" if compared else level)
        return SEVERITIES.index(item.severity) <= limit and (item.is_fresh or not compared)

    def lax(self) -> tuple[WaiverUse, ...]:
        """The waivers that have to be looked after, where that makes a run fail."""
        return tuple(use for use in self.waivers if use.warning) if self.strict_waivers else ()

    @property
    def is_uncompared(self) -> bool:
        """Whether none of the statements of a user's files was compared with anything."""
        return self.coverage is not None and not self.coverage.is_compared

    @property
    def lacks(self) -> bool:
        """Whether something of a user's files was not read or not compared, where that makes a run fail."""
        return self.strict and self.coverage is not None and not self.coverage.is_whole

    def reaches(self, level: str) -> bool:
        """Whether anything makes a run fail at ``level``, as ``fails`` and ``lax`` say."""
        if self.lax():
            return True
        changes = any(self.fails(change, level) for change in self.changes)
        return changes or any(self.fails(finding, level) for finding in self.findings)


def _counts_at(change: Change, level: str) -> bool:
    """Whether a change counts at a level, whatever is waived."""
    if level == "never":
        return False
    if level not in COMPARED:
        return SEVERITIES.index(change.severity) <= SEVERITIES.index(level)
    unknown = level == "unknown" and change.verdict == "unknown" and change.severity != "note"
    return change.severity == "error" or unknown


def in_releases(releases: Sequence[str]) -> str:
    """The releases that something stands in, in words; empty where none is named."""
    return f"{'release' if len(releases) == 1 else 'releases'} {', '.join(releases)}" if releases else ""


def problem_and_detail(error: GbcscheckError) -> tuple[str, str]:
    """A problem in one line, and what stands below it: the marked text of a cell, what was found and expected."""
    problem, _, rest = error.problem.partition("\n")
    return problem, "\n".join(text for text in (rest, error.detail) if text)


def _counts(names: tuple[str, ...], found: Iterable[str]) -> dict[str, int]:
    counts = dict.fromkeys(names, 0)
    for name in found:
        counts[name] += 1
    return counts
