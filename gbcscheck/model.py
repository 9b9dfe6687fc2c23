"""The plain values that flow through the program: places, statements, findings."""

from __future__ import annotations

import hashlib
import posixpath
from dataclasses import dataclass, field
from typing import NamedTuple

PROVENANCES = ("published", "derived", "synthetic")
"""How a statement is known: read in the source, worked out from published facts, or made up to show a case."""

UNSTATED = "unstated"
"""The version that an extract gives where its source states none."""

SEVERITIES = ("error", "warning", "note")
"""From worst to mildest. error: both sides cannot be followed; warning: some permitted value breaks one; note: looks
deliberate or harmless."""

STATUSES = ("new", "fixed", "remaining", "lost")
"""What a change did to a finding: it was not there before; it is no longer there, though all its sides still speak; it
was and still is; or it is not judged any more, because a side of it is gone."""
ENDED = ("fixed", "lost")
"""Statuses of findings that are there no longer."""

CHANGES = (
    "added",
    "removed",
    "narrowed",
    "widened",
    "moved",
    "retyped",
    "unit",
    "default",
    "presence",
    "renamed",
    "version",
)
"""What can become of a statement between two versions of a specification."""

EVERYBODY = "everybody who keeps to it"
"""Stands for the parties that a lost part hurts where nobody knows who they are."""
PARTIES = ("User systems", "manufacturers", "DCC")
"""Whom a change can hurt."""

VERDICTS = ("breaking", "compatible", "neutral", "unknown")
"""What a change means for those who rely on the old version, from worst to mildest, and where that is not known."""

KINDS = (
    "missing",
    "enumeration",
    "reference",
    "naming",
    "code",
    "duplicate",
    "range",
    "optionality",
    "value",
    "default",
    "unit",
    "configurability",
    "encoding",
    "joint",
)
"""The fourteen kinds of conflict."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file: ``path`` and, as fits, a worksheet cell, a line (from 1), a JSON pointer, or octets of a
    message (``offset`` from 0, and ``length``)."""

    path: str
    sheet: str | None = None
    cell: str | None = None
    line: int | None = None
    pointer: str | None = None
    offset: int | None = None
    length: int | None = None

    def __str__(self) -> str:
        if self.cell is not None:
            return f"{self.path} · {self.sheet}!{self.cell}"
        if self.line is not None:
            return f"{self.path}:{self.line}"
        if self.pointer is not None:
            return f"{self.path}#{self.pointer}"
        if self.offset is not None:
            return f"{self.path} · {_octets(self.offset, self.length or 0)}"
        return self.path

    @classmethod
    def parse(cls, path: str, source: str) -> Place:
        """Read the ``source`` of a statement: ``DLMS!K685``, ``line 1864``, ``line 12 of Other.xsd`` (a file beside
        ``path``), ``/12/Service Reference``, ``octets 45+3`` or nothing."""
        if not source:
            return cls(path)
        if source.startswith("/"):
            return cls(path, pointer=source)
        if source.startswith("line "):
            number, _, beside = source[5:].partition(" of ")
            if number.isdigit():
                folder, slash, _ = path.rpartition("/")
                beside = f"{folder}{slash}{beside}" if beside else path
                return cls(posixpath.normpath(beside) if "/../" in beside else beside, line=int(number))
        if source.startswith("octets "):
            offset, _, length = source[7:].partition("+")
            if offset.isdigit() and length.isdigit():
                return cls(path, offset=int(offset), length=int(length))
        sheet, bang, cell = source.rpartition("!")
        if bang:
            return cls(path, sheet=sheet.strip("'"), cell=cell)
        return cls(path, pointer=source)


def _octets(offset: int, length: int) -> str:
    return f"octet {offset}" if length < 2 else f"octets {offset} to {offset + length - 1}"


@dataclass(frozen=True, slots=True)
class Specification:
    """A document at a version, and the part of it that one file holds (``use cases``, ``Table 28d``)."""

    name: str
    version: str
    part: str = ""

    def __str__(self) -> str:
        return " ".join(word for word in (self.name, self.version, self.part) if word)

    @property
    def in_words(self) -> str:
        """As people name it: without a version where the source states none."""
        return str(Specification(self.name, "" if self.version == UNSTATED else self.version, self.part))


class Statement(NamedTuple):
    """One thing that one specification says of one subject. A named tuple, since a release has tens of thousands.

    ``domain`` is a set of values in the canonical notation; ``value`` a fact that is not a set (a title, an object, a
    reference), exactly as its cell held it; ``text`` what the cell says in its own words. ``clause`` is the place in
    the document (``ECS37, row 730``), ``source`` the place in the file ``path``, as ``Place.parse`` reads it.
    """

    subject: str
    attribute: str
    specification: Specification
    provenance: str
    clause: str
    path: str
    source: str
    domain: str | None = None
    value: str | int | float | bool | None = None
    text: str | None = None

    @property
    def place(self) -> Place:
        """The place in the file."""
        return Place.parse(self.path, self.source)

    @property
    def written(self) -> str:
        """What the source says, in its own words where they are kept."""
        if self.text is not None:
            return self.text
        return self.domain if self.domain is not None else str(self.value)

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Who says what of what, with no path, version, line or cell: the identity used in fingerprints."""
        return (self.specification.name, self.specification.part, self.subject, self.attribute)


@dataclass(frozen=True, slots=True)
class Finding:
    """A conflict: the statements that cannot all be followed and a concrete value that shows it.

    ``root`` names the cause that findings of one rule may share (a type, a row): the reports show one finding for each
    root and list the other subjects in ``also``. ``status`` is one of STATUSES where two versions are compared, and
    ``gone`` names what a lost one cannot be judged without; ``releases`` are those that it stands in, where several
    were looked at. ``waived`` is the reason of the waiver that holds for it, empty where none does. ``exemplary`` says
    that its statements stand for others (the first of a list): it is known by its subject and root alone, and
    ``differing`` are the values that it is about. A finding that a version gap could explain is a note.

    ``values`` are the values in conflict, of every finding that was merged into this one, as ``values.values_of`` gives
    them; ``was`` those of the older version, where two are compared and a conflict that remains has others now.
    """

    rule: str
    severity: str
    subject: str
    message: str
    statements: tuple[Statement, ...]
    witness: str = ""
    suggestion: str = ""
    why: str = ""
    meanings: tuple[str, ...] = ()
    root: tuple[str, ...] = ()
    also: tuple[str, ...] = field(default=())
    status: str = ""
    waived: str = ""
    exemplary: bool = False
    gone: str = ""
    releases: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    was: tuple[str, ...] = ()

    @property
    def is_fresh(self) -> bool:
        """Whether a change brought it: it was not there before, or it is about other values now."""
        return self.status == "new" or bool(self.was)

    @property
    def fingerprint(self) -> str:
        """Stable identity, 16 hexadecimal digits: rule, subject and who says what; no path, line, cell or version."""
        parts = {str(spec): f"{spec.name} {spec.part}" for spec in (s.specification for s in self.statements)}
        subject = parts.get(self.subject, self.subject)
        if self.exemplary:
            return _fingerprint(self.rule, subject, *self.root)
        said = sorted({statement.key for statement in self.statements})
        return _fingerprint(self.rule, subject, *("\x1f".join(key) for key in said))


def _fingerprint(*parts: str) -> str:
    octets = "\x1e".join(parts).encode("utf-8", "surrogatepass")  # a name from a file name that is not UTF-8
    return hashlib.sha256(octets).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one statement between two versions.

    ``change`` is one of CHANGES, ``verdict`` one of VERDICTS; ``parties`` are those whom a breaking change hurts
    (``User systems``, ``manufacturers``, ``DCC``). ``old`` and ``new`` are the statements, None on the side that says
    nothing; ``witness`` a value that was permitted and is no longer, or the other way round; ``below`` the subjects
    that are added, removed or changed with this one. ``reason`` says in one sentence why the verdict is what it is;
    ``waived`` is the reason of the waiver that holds for it, empty where none does; ``rated`` the severity that a
    configuration sets for it, empty where it sets none. ``versions`` are those of the document that were compared,
    empty on a side without it; ``releases`` as of a finding.
    """

    change: str
    verdict: str
    parties: tuple[str, ...]
    subject: str
    attribute: str
    old: Statement | None
    new: Statement | None
    witness: str = ""
    reason: str = ""
    below: tuple[str, ...] = field(default=())
    waived: str = ""
    versions: tuple[str, str] = ("", "")
    releases: tuple[str, ...] = ()
    rated: str = ""

    @property
    def rule(self) -> str:
        """The code under which reports and waivers name it, as ``change/narrowed``."""
        return f"change/{self.change}"

    @property
    def severity(self) -> str:
        """How bad it is on the scale of findings: breaking is an error, unknown a warning, anything else a note, unless
        a configuration says otherwise."""
        return self.rated or {"breaking": "error", "unknown": "warning"}.get(self.verdict, "note")

    @property
    def fingerprint(self) -> str:
        """Stable identity, as that of a finding: what became of what, who says it; no path, line, cell or version."""
        said = sorted({statement.key for statement in (self.old, self.new) if statement is not None})
        return _fingerprint(self.rule, self.subject, self.attribute, *("\x1f".join(key) for key in said))


@dataclass(frozen=True, slots=True)
class MergeBase:
    """The last commit that two revisions have in common, in full and in short: what the newer one is compared with.
    ``moved_on`` is how many commits the older one has since. Where a shallow clone does not have that commit,
    ``commit`` is empty and ``short`` is the older one itself."""

    older: str
    newer: str
    commit: str
    short: str
    moved_on: int

    def __str__(self) -> str:
        if not self.commit:
            return (
                f"{self.older} ({self.short}) as it is now: this clone is shallow and does not show where {self.newer} "
                "left it (run `git fetch --unshallow`; with actions/checkout: fetch-depth: 0)"
            )
        met = f"{self.short}, the merge base of {self.older} and {self.newer}"
        if not self.moved_on:
            return met
        return f"{met}; {self.older} has moved on by {self.moved_on:,} commit{'s' if self.moved_on > 1 else ''} since"
