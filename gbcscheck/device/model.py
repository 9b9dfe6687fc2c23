"""The plain values of the device check: what a file held, line by line, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from gbcscheck.model import Finding, Statement
from gbcscheck.model.device_files import BRANCH, DEVICE, FACT, Entry
from gbcscheck.model.rules import Rule


class Problem(NamedTuple):
    """A finding before its place is known: the rule, how bad, and the statements of the specifications that say so."""

    rule: Rule
    message: str
    statements: tuple[Statement, ...] = ()
    severity: str = ""
    witness: str = ""
    suggestion: str = ""
    why: str = ""

    @property
    def level(self) -> str:
        """How bad it is: the rule's own severity where no other is set."""
        return self.severity or self.rule.severity

    def finding(self, own: Statement, meaning: str = "") -> Finding:
        """The finding at the place of the device's own statement; ``meaning`` is its value in plain words."""
        return self.rule.finding(
            own.subject,
            self.message,
            (own, *self.statements),
            severity=self.severity,
            witness=self.witness,
            suggestion=self.suggestion,
            why=self.why,
            meanings=(meaning,) if meaning else (),
        )


@dataclass(slots=True)
class Sink:
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

    def branch(self, label: str, source: str, value: Any = None, subject: str = "") -> None:
        """A line that holds those below it; the caller raises ``depth`` for them."""
        if self.tree:
            self.entries.append(Entry(self.depth, label, value, subject, BRANCH, source))

    def fact(self, label: str, value: Any, source: str) -> None:
        """A field that is told and not judged."""
        if self.tree:
            self.entries.append(Entry(self.depth, label, value, "", FACT, source))

    def leaf(self, label: str, value: Any, subject: str, verdict: str, source: str) -> None:
        """A value that was judged: ``FITS``, ``OPEN`` or ``WRONG``."""
        self.values += 1
        if self.tree:
            self.entries.append(Entry(self.depth, label, value, subject, verdict, source))

    def problem(
        self, problem: Problem, *, subject: str, attribute: str, written: str, source: str, meaning: str = ""
    ) -> None:
        """What is wrong with the value ``written`` at ``source``; ``meaning`` is the value in plain words."""
        own = Statement(subject, attribute, DEVICE, "published", "", self.path, source, text=written)
        self.findings.append(problem.finding(own, meaning))


Progress = Callable[[str], None]
"""Told what is being done."""


def octets_source(offset: int, length: int) -> str:
    """The place of some octets of a message, as ``Place.parse`` reads it."""
    return f"octets {offset}+{length}"
