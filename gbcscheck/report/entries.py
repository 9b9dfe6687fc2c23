"""What the formats for machines list: findings and changes of a report alike, worst first, with their sides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gbcscheck.frozen import frozen
from gbcscheck.model import ENDED, SEVERITIES, Change, Finding, Place, Specification, Statement
from gbcscheck.model.remembered import in_words
from gbcscheck.model.rules import OF_CHANGES, Rule
from gbcscheck.printable import clean
from gbcscheck.report import Report, in_releases
from gbcscheck.report.quotation import own_words
from gbcscheck.report.text import specification_name

WORDS = {
    "added": "something is stated that was not stated before",
    "removed": "what was stated is stated no longer",
    "narrowed": "values that were permitted are so no longer",
    "widened": "values are permitted that were not before",
    "moved": "the permitted values have moved",
    "retyped": "the type is another one",
    "unit": "the unit is another one",
    "default": "the default is another one",
    "presence": "whether it has to be there has changed",
    "renamed": "the name is another one",
    "version": "the version does not rise",
}
"""What has changed, in a sentence without its end, by change."""
LONGEST_WORDS = 200
"""Longer words of a source are cut in a message; the place tells where the rest stands."""


@frozen
class PlacedStatement:
    """One statement of an entry, what it means in plain words (or else what it speaks of), and where it stands."""

    statement: Statement
    meaning: str
    place: Place

    @property
    def document(self) -> str:
        """The place in the document, and how the statement is known: ``GBCS 3.1 ECS37, row 730, published``."""
        statement = self.statement
        spec = statement.specification
        where = Specification(spec.name, spec.version, statement.clause or spec.part)
        return clean(f"{specification_name(where)}, {statement.provenance}")

    @property
    def wording(self) -> str:
        """What it says in its source's own words, and its meaning, in one line."""
        return f"{shortened(own_words(self.statement))} ({self.means})"

    @property
    def means(self) -> str:
        """Its meaning in one line."""
        return shortened(clean(self.meaning))


@frozen
class Entry:
    """A finding or a change. ``severity`` is one of SEVERITIES, ``status`` and ``waived`` are as in a finding; the
    first side is the one to point at; ``fails`` says whether it makes the run fail."""

    rule: str
    name: str
    severity: str
    subject: str
    message: str
    sides: tuple[PlacedStatement, ...]
    fingerprint: str
    witness: str = ""
    why: str = ""
    suggestion: str = ""
    also: tuple[str, ...] = ()
    status: str = ""
    waived: str = ""
    releases: tuple[str, ...] = ()
    was: str = ""
    fails: bool = False
    seen_as: str = ""

    @property
    def is_fresh(self) -> bool:
        """Whether it is not as it was before, or no versions are compared."""
        return self.status != "remaining" or bool(self.was)

    @property
    def counts(self) -> bool:
        """Whether it is neither waived nor ended."""
        return not self.waived and self.status not in ENDED


def entries(report: Report) -> list[Entry]:
    """Changes and findings: those that count first, then by severity, changes before findings."""
    touched = frozenset(change.new for change in report.changes if change.new is not None)
    found = [_change_entry(report, change) for change in report.changes]
    found.extend(_finding_entry(report, finding, touched) for finding in report.findings)
    return sorted(found, key=_order)


def _order(entry: Entry) -> tuple[bool, bool, int, bool]:
    return (
        entry.status in ENDED,
        bool(entry.waived),
        SEVERITIES.index(entry.severity),
        not entry.is_fresh,
    )


def _finding_entry(report: Report, finding: Finding, touched: frozenset[Statement]) -> Entry:
    meanings = finding.meanings + ("",) * (len(finding.statements) - len(finding.meanings))
    sides = [
        PlacedStatement(statement, meaning or f"{statement.attribute}{_reading(statement)}", report.place(statement))
        for statement, meaning in zip(finding.statements, meanings, strict=False)
    ]
    first = _first(report, [side.statement for side in sides], touched)
    if sides:
        sides.insert(0, sides.pop(first))
    return Entry(
        finding.rule,
        report.label(finding).name,
        finding.severity,
        finding.subject,
        finding.message,
        tuple(sides),
        finding.fingerprint,
        finding.witness,
        not_judged(finding) or finding.why,
        finding.suggestion,
        finding.also,
        finding.status,
        finding.waived,
        finding.releases,
        other_values(finding),
        report.fails(finding),
        finding.also_seen_as,
    )


def other_values(finding: Finding) -> str:
    """What was in conflict before and what is now, of a finding that remains with other values; else empty."""
    return in_words(finding.was, finding.values) if finding.was else ""


def not_judged(finding: Finding) -> str:
    """What a lost finding cannot be judged without, in a sentence; empty of any other."""
    return f"Not judged any more: {finding.gone} is gone." if finding.status == "lost" else ""


def _first(report: Report, statements: list[Statement], touched: frozenset[Statement]) -> int:
    """The side to point at: one that the change has touched, else the first in the user's repository, else the
    first."""
    for index, statement in enumerate(statements):
        if statement in touched:
            return index
    return next((index for index, one in enumerate(statements) if one in report.places), 0)


def _change_entry(report: Report, change: Change) -> Entry:
    stated = ((change.new, "now"), (change.old, "before"))
    sides = tuple(
        PlacedStatement(statement, f"{change.attribute} {when}{_reading(statement)}", report.place(statement))
        for statement, when in stated
        if statement is not None
    )
    parties = f" for {_listed(change.parties)}" if change.parties else ""
    verdict = "whether it breaks anyone is not known" if change.verdict == "unknown" else f"{change.verdict}{parties}"
    return Entry(
        change.rule,
        change.change,
        change.severity,
        change.subject,
        f"{change.attribute}: {WORDS[change.change]}; {verdict}",
        sides,
        change.fingerprint,
        change.witness,
        change.reason,
        also=change.below,
        status="new",
        waived=change.waived,
        releases=change.releases,
        fails=report.fails(change),
    )


def _reading(statement: Statement) -> str:
    """How a source was read, where its words are not the canonical notation already."""
    read = statement.domain
    return f", read as {read}" if read and statement.text not in (None, read) else ""


def _listed(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def labels(report: Report) -> Iterator[Rule]:
    """The rules of the run, and one for each kind of change that there is."""
    yield from report.rules
    for change in dict.fromkeys(change.change for change in report.changes):
        yield Rule(
            f"change/{change}",
            change,
            OF_CHANGES,
            "error",
            f"{WORDS[change][0].upper()}{WORDS[change][1:]}.",
            "Two versions of a specification were compared. A change that breaks someone is an error, one whose effect "
            "is not known a warning, any other a note.",
        )


def shortened(text: str, most: int = LONGEST_WORDS) -> str:
    """A text in one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def paragraphs(entry: Entry) -> list[tuple[str, str]]:
    """What stands beside the sides of an entry, each behind a word: witness, why, also, in, help."""
    more = len(entry.also) - 4
    also = ", ".join(entry.also[:4]) + (f" and {more:,} more" if more > 0 else "")
    told = (
        ("values", entry.was),
        ("witness", entry.witness),
        ("why", entry.why),
        ("also", also),
        ("also seen as", entry.seen_as),
        ("in", in_releases(entry.releases)),
        ("help", entry.suggestion),
    )
    return [(word, clean(text)) for word, text in told if text]
