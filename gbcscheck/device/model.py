"""The plain values of the device check: what a file held, line by line, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, Self

from gbcscheck.evidence.conflict_values import values_of
from gbcscheck.model import Finding, Statement
from gbcscheck.model.device_files import BRANCH, DEVICE, FACT, UNKNOWN, Basis, Entry
from gbcscheck.model.rules import Rule

if TYPE_CHECKING:
    from gbcscheck.domains import Domain


MOST_REMARKS = 1_000
"""Different remarks on one file; further ones are not told, so that memory stays bounded."""


class Problem(NamedTuple):
    """A finding before its place is known: the rule, how bad, and the statements of the specifications that say so;
    ``subject`` is what it is about where that is not what the value stands at."""

    rule: Rule
    message: str
    statements: tuple[Statement, ...] = ()
    severity: str = ""
    witness: str = ""
    suggestion: str = ""
    why: str = ""
    subject: str = ""

    @property
    def level(self) -> str:
        """How bad it is: the rule's own severity where no other is set."""
        return self.severity or self.rule.severity

    def finding(self, own: Statement, meaning: str = "") -> Finding:
        """The finding at the place of the device's own statement; ``meaning`` is its value in plain words."""
        finding = self.rule.finding(
            own.subject,
            self.message,
            (own, *self.statements),
            severity=self.severity,
            witness=self.witness,
            suggestion=self.suggestion,
            why=self.why,
            meanings=(meaning,) if meaning else (),
        )
        as_meant = own._replace(text=meaning) if meaning else own
        return replace(finding, values=values_of(replace(finding, statements=(as_meant, *self.statements))))


class HouseValues(Protocol):
    """The house rules, and the values of one file that were held against them so far."""

    def at_row(
        self, subjects: Iterable[str], value: object, written: str, source: str, entries: tuple[int, ...] = ()
    ) -> tuple[Problem, ...]:
        """What the rules say of a value at a row of a message, which stands in these entries of lists."""

    def at_element(
        self,
        path: str,
        as_written: Domain | None,
        images: Iterable[tuple[str, Domain]],
        written: str,
        source: str,
        entries: tuple[int, ...] = (),
    ) -> tuple[Problem, ...]:
        """What they say of a value at a path of a document, and of what it is on the device by the items there."""

    def another(self) -> Self:
        """The same rules, and no value yet."""

    def keep_readings(self, others: Sequence[Self]) -> None:
        """Take over the values of which each of some others has one reading."""

    def related(self, path: str) -> Iterator[tuple[Statement, Problem]]:
        """What relations say of the values so far, which are forgotten: the left value and what is wrong with it."""


@dataclass(slots=True)
class FileRecord:
    """Gathers what one file holds and what is wrong with it, in the order of the file.

    Without ``tree`` there are no entries: values are counted, and findings are made. A judge that would first have to
    put into words what it tells asks for ``tree`` before it does.
    """

    path: str
    entries: list[Entry] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    values: int = 0
    depth: int = 0
    tree: bool = True
    house: HouseValues | None = None
    not_read: list[str] = field(default_factory=list)
    unknown: int = 0
    remarks: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Each remark with its first place, and how many further ones there are."""

    def branch(self, label: str, source: str, value: Any = None, subject: str = "") -> None:
        """A line that holds those below it; the caller raises ``depth`` for them."""
        if self.tree:
            self.entries.append(Entry(self.depth, label, value, subject, BRANCH, source))

    def fact(self, label: str, value: Any, source: str) -> None:
        """A field that is told and not judged."""
        if self.tree:
            self.entries.append(Entry(self.depth, label, value, "", FACT, source))

    def left_out(self, what: str, place: str, why: str) -> None:
        """Something that holds anything and is not looked at."""
        self.fact(what or place, why, place)
        self.not_read.append(f'{place}, "{what}": {why}' if what else f"{place}: {why}")

    def remark(self, what: str, place: str, how: str) -> None:
        """How something was read that may have been meant otherwise: told once, with its first place."""
        told = f'"{what}": {how}' if what else how
        if told in self.remarks:
            place, more = self.remarks[told]
            self.remarks[told] = place, more + 1
        elif len(self.remarks) < MOST_REMARKS:
            self.remarks[told] = place, 0

    def remarks_told(self) -> tuple[str, ...]:
        """The remarks on the file, each in a line."""
        return tuple(
            f"{f'{place}, ' if place else ''}{told}{f'; likewise in {more:,} further places' if more else ''}"
            for told, (place, more) in self.remarks.items()
        )

    def stranger(self, label: str, value: Any, subject: str, source: str) -> None:
        """A value under a name that means no data item: nothing was held against it."""
        self.unknown += 1
        if self.tree:
            self.entries.append(Entry(self.depth, label, value, subject, UNKNOWN, source))

    def leaf(self, label: str, value: Any, subject: str, verdict: str, source: str, basis: Basis = "") -> None:
        """A value that was judged: ``FITS``, ``OPEN`` or ``WRONG``; ``basis`` is what the first of them rests on."""
        self.values += 1
        if self.tree:
            self.entries.append(Entry(self.depth, label, value, subject, verdict, source, basis))

    def problem(
        self, problem: Problem, *, subject: str, attribute: str, written: str, source: str, meaning: str = ""
    ) -> None:
        """What is wrong with the value ``written`` at ``source``; ``meaning`` is the value in plain words."""
        subject = problem.subject or subject
        own = Statement(subject, attribute, DEVICE, "published", "", self.path, source, text=written)
        self.findings.append(problem.finding(own, meaning))

    def end(self) -> None:
        """Hold the values that stand in the file against each other by the house rules, once."""
        if self.house is not None:
            self.findings.extend(problem.finding(own) for own, problem in self.house.related(self.path))


Progress = Callable[[str], None]
"""Told what is being done."""


def octets_source(offset: int, length: int) -> str:
    """The place of some octets of a message, as ``Place.parse`` reads it."""
    return f"octets {offset}+{length}"
