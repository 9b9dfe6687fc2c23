"""What a run finds: conflicts, and what became of statements between two versions."""

from __future__ import annotations

from dataclasses import field

from gbcscheck.frozen import frozen
from gbcscheck.model.statements import Specification, Statement

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


@frozen
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
    ``names`` are those under which documents speak of the subject, and which stand for it in the fingerprint: ``Sag
    Threshold`` in a table.
    ``absent_from`` are documents in which something is missing and that have no statement here, for whoever asks
    whether ``elsewhere`` holds: that a user's own files were checked and take no part in it. ``lacks`` is what some
    document does not have, as findings of several rules may say it (name, attribute, value); ``seen_as`` are findings
    of other rules that are the same fault.
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
    names: tuple[str, ...] = ()
    absent_from: tuple[Specification, ...] = ()
    elsewhere: bool = False
    lacks: tuple[tuple[str, ...], ...] = ()
    seen_as: tuple[Finding, ...] = ()

    @property
    def also_seen_as(self) -> str:
        """The other findings of the same fault, each by its rule and what it says; empty where there are none."""
        return "; ".join(f"{one.rule}: {one.message}" for one in self.seen_as)

    @property
    def is_fresh(self) -> bool:
        """Whether a change brought it: it was not there before, or it is about other values now."""
        return self.status == "new" or bool(self.was)

    @property
    def fingerprint(self) -> str:
        """Stable identity, 16 hexadecimal digits: rule, subject and who says what; no path, line, cell or version, and
        not how a document writes the name of the subject."""
        parts = {str(spec): f"{spec.name} {spec.part}" for spec in (s.specification for s in self.statements)}
        subject = parts.get(self.subject, self.subject)
        if self.exemplary:
            return _fingerprint(self.rule, subject, *self.root)
        keys = sorted({self._key(statement) for statement in self.statements})
        return _fingerprint(self.rule, subject, *("\x1f".join(key) for key in keys))

    def _key(self, statement: Statement) -> tuple[str, str, str, str]:
        name, part, subject, attribute = statement.key
        return name, part, self.subject if subject in self.names else subject, attribute


def _fingerprint(*parts: str) -> str:
    import hashlib  # OpenSSL behind it is a large library, and what shows no finding has no need of it

    octets = "\x1e".join(parts).encode("utf-8", "surrogatepass")  # a name from a file name that is not UTF-8
    return hashlib.sha256(octets).hexdigest()[:16]


@frozen
class Change:
    """What became of one statement between two versions.

    ``change`` is one of CHANGES, ``verdict`` one of VERDICTS; ``parties`` are those whom a breaking change hurts
    (``User systems``, ``manufacturers``, ``DCC``). ``old`` and ``new`` are the statements, None on the side that says
    nothing; ``witness`` a value that was permitted and is no longer, or the other way round; ``below`` the subjects
    that are added, removed or changed with this one. ``reason`` says in one sentence why the verdict is what it is;
    ``waived`` is the reason of the waiver that holds for it, empty where none does; ``rated`` the severity that a
    configuration sets for it, empty where it sets none. ``versions`` are those of the document that were compared,
    empty on a side without it; ``releases`` as of a finding. ``values`` is what became of what, as a waiver remembers
    it: ``0..1799 s -> 0..600 s``.
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
    values: tuple[str, ...] = ()

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
        keys = sorted({statement.key for statement in (self.old, self.new) if statement is not None})
        return _fingerprint(self.rule, self.subject, self.attribute, *("\x1f".join(key) for key in keys))


@frozen
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
