"""What a run over files of devices comes to, counted file by file, so that no file has to be kept for the summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from gbcscheck.errors import GbcscheckError, Problems
from gbcscheck.model import KINDS, SEVERITIES
from gbcscheck.model.device_files import JudgedFile
from gbcscheck.report import Report
from gbcscheck.report.coverage import counted

MOST_NAMED = 2
"""More files than this with one reason are counted and not named."""
MOST_LEFT_OUT = 5
"""More places than this that are not read, or remarks, are counted and not named."""
NOT_VERIFIED = frozenset(("message", "axdr", "duis", "mmc", "dcc", "pair"))
"""Formats with signatures, MACs or encryption, at which nobody looks here."""


@dataclass(slots=True)
class Unjudged:
    """Files that one reason keeps from being judged: how many, and the first of them by name."""

    count: int = 0
    paths: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Totals:
    """Files counted: all, those judged and those with findings (with notes alone, and with others); the values that
    were judged, those of unknown names apart; how many values the requests of pairs ask for, and how many of them were
    compared; the findings that no waiver lets pass by severity and by rule, and how many one does; what files were
    judged as, and every specification that is named so; why others were not; what could not be read; how many places of
    tables were not looked at, how many remarks there are on how files were read, and the first of both."""

    files: int = 0
    judged: int = 0
    judged_pairs: int = 0
    asked: int = 0
    met: int = 0
    values: int = 0
    with_findings: int = 0
    with_notes_alone: int = 0
    unverified: bool = False
    waived: int = 0
    severities: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    judged_as: Counter[str] = field(default_factory=Counter)
    specifications: set[str] = field(default_factory=set)
    unjudged: dict[str, Unjudged] = field(default_factory=dict)
    problems: list[GbcscheckError] = field(default_factory=list)
    first_reason: str = ""
    left_out: int = 0
    left_out_first: list[str] = field(default_factory=list)
    unknown: int = 0
    remarks: int = 0
    remarks_first: list[str] = field(default_factory=list)

    def add(self, file: JudgedFile) -> None:
        """Count one file more."""
        if not self.files:
            self.first_reason = f"{file.path}: {file.reason}"
        self.files += 1
        self.values += file.judged_values
        self.specifications.add(file.judged_as)
        self.unverified = self.unverified or file.format in NOT_VERIFIED
        if file.judged:
            self.judged += 1
            self.judged_pairs += file.format == "pair"
            self.asked += file.asked
            self.met += file.met
            self.judged_as[file.judged_as] += 1
        elif file.problem is None:
            unjudged = self.unjudged.setdefault(_reason(file), Unjudged())
            unjudged.count += 1
            if len(unjudged.paths) < MOST_NAMED:
                unjudged.paths.append(file.path)
        if file.problem is not None:
            self.problems.extend(file.problem.problems if isinstance(file.problem, Problems) else (file.problem,))
        if file.not_read:
            self.left_out += len(file.not_read)
            room = MOST_LEFT_OUT - len(self.left_out_first)
            self.left_out_first.extend(f"{file.path}, {one}" for one in file.not_read[:room])
        if file.remarks:
            self.remarks += len(file.remarks)
            room = MOST_LEFT_OUT - len(self.remarks_first)
            self.remarks_first.extend(f"{file.path}, {one}" for one in file.remarks[:room])
        self.unknown += file.unknown
        if file.findings:
            standing = [finding for finding in file.findings if not finding.waived]
            self.waived += len(file.findings) - len(standing)
            self.severities.update(finding.severity for finding in standing)
            self.rules.update(finding.rule for finding in standing)
            grave = any(finding.severity != "note" for finding in standing)
            self.with_findings += grave
            self.with_notes_alone += bool(standing) and not grave

    def merge(self, other: Totals) -> None:
        """Count all that others have counted, behind what is counted here."""
        if not self.files:
            self.first_reason = other.first_reason
        self.files += other.files
        self.judged += other.judged
        self.judged_pairs += other.judged_pairs
        self.asked += other.asked
        self.met += other.met
        self.values += other.values
        self.with_findings += other.with_findings
        self.with_notes_alone += other.with_notes_alone
        self.unverified = self.unverified or other.unverified
        self.waived += other.waived
        self.severities.update(other.severities)
        self.rules.update(other.rules)
        self.judged_as.update(other.judged_as)
        self.specifications |= other.specifications
        self.problems.extend(other.problems)
        self.left_out += other.left_out
        self.left_out_first = [*self.left_out_first, *other.left_out_first][:MOST_LEFT_OUT]
        self.unknown += other.unknown
        self.remarks += other.remarks
        self.remarks_first = [*self.remarks_first, *other.remarks_first][:MOST_LEFT_OUT]
        for reason, more in other.unjudged.items():
            unjudged = self.unjudged.setdefault(reason, Unjudged())
            unjudged.count += more.count
            unjudged.paths = [*unjudged.paths, *more.paths][:MOST_NAMED]

    def by_severity(self) -> dict[str, int]:
        """How many findings there are of each severity, worst first, zeros included."""
        return {severity: self.severities[severity] for severity in SEVERITIES}

    def by_kind(self, report: Report) -> dict[str, int]:
        """How many findings there are of each kind of conflict, zeros left out; a report's rules say which is which."""
        found = Counter[str]()
        for rule in report.rules:
            found[rule.kind] += self.rules[rule.code]
        return {kind: found[kind] for kind in KINDS if found[kind]}

    def reaches(self, level: str) -> bool:
        """Whether there is a finding at least as severe; never for ``never``."""
        if level not in SEVERITIES:
            return False
        return any(self.severities[severity] for severity in SEVERITIES[: SEVERITIES.index(level) + 1])


def totals_of(files: Iterable[JudgedFile]) -> Totals:
    """What some files come to."""
    totals = Totals()
    for file in files:
        totals.add(file)
    return totals


def clear_words(*, judged: bool) -> str:
    """What is said where there is no finding: nothing is clear of which nothing was judged."""
    return "nothing found that a specification forbids" if judged else "nothing was judged"


def clear_of(report: Report) -> str:
    """The same of the files of a report; empty where it has none."""
    return clear_words(judged=any(file.judged for file in report.files)) if report.files else ""


def judged_words(totals: Totals) -> str:
    """How many files, pairs and values were judged, and as what."""
    versions = ", ".join(f"{version}: {number:,}" for version, number in most_frequent(totals.judged_as))
    pairs = totals.judged_pairs
    parts = [
        counted(totals.judged - pairs, "file"),
        counted(pairs, "pair") if pairs else "",
        counted(totals.values, "value"),
    ]
    return ", ".join(part for part in parts if part) + (f" ({versions})" if versions else "")


def compared_words(totals: Totals) -> str:
    """How many of the values of documents were compared with what messages have in their place."""
    return f"{totals.met:,} of {counted(totals.asked, 'value')} of the documents, with those of the messages"


def unknown_words(totals: Totals) -> str:
    """How many values stand under names that nobody knows."""
    return f"{counted(totals.unknown, 'value')} under names that mean no data item: nothing was held against them"


def looked_at(report: Report) -> list[str]:
    """What of the files was judged, what was not and why, and what was left out, a sentence each; nothing where no
    files of devices were looked at."""
    if not report.files:
        return []
    totals = totals_of(report.files)
    told = [f"judged: {judged_words(totals)}"]
    told.extend([f"compared: {compared_words(totals)}"] if totals.asked else [])
    for reason, unjudged in totals.unjudged.items():
        more = f" and {unjudged.count - len(unjudged.paths):,} more" if unjudged.count > len(unjudged.paths) else ""
        told.append(f"not judged: {counted(unjudged.count, 'file')} ({', '.join(unjudged.paths)}{more}): {reason}")
    told.extend([f"unknown: {unknown_words(totals)}"] if totals.unknown else [])
    told.extend(_first_of("left out", totals.left_out_first, totals.left_out, "more place"))
    told.extend(_first_of("read as", totals.remarks_first, totals.remarks, "more remark"))
    told.extend(["not verified: signatures, MACs and encryption"] if totals.unverified else [])
    return told


def _first_of(label: str, first: Sequence[str], count: int, more: str) -> Iterator[str]:
    """The first of some places behind a label, and how many more there are."""
    yield from (f"{label}: {place}" for place in first)
    if count > len(first):
        yield f"{label}: {counted(count - len(first), more)}, all in the JSON report"


def _reason(file: JudgedFile) -> str:
    """Why a file is not judged; of a pair without the reason that is told of one of its files itself."""
    return file.reason.partition(":")[0] if file.format == "pair" else file.reason


def most_frequent(counted: Mapping[str, int]) -> list[tuple[str, int]]:
    """What is said, with how often, the most frequent first; what is empty is not said."""
    return sorted(((version, number) for version, number in counted.items() if version), key=lambda one: -one[1])
