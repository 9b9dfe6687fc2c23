"""What a rule is, how it is declared, and how its findings are gathered."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from gbcscheck.evidence.conflict_values import bounded, values_of
from gbcscheck.model import KINDS, SEVERITIES, UNSTATED, Finding, Statement
from gbcscheck.release.catalogue import Catalogue

Check = Callable[[Catalogue], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One question put to a catalogue.

    ``versions_matter``: a difference between a specification and a version of GBCS that it does not follow can come
    from that gap alone; such a finding becomes a note that says so. ``text`` is Markdown: why it matters, how to fix
    it, a real example.
    """

    code: str
    name: str
    kind: str
    severity: str
    question: str
    text: str
    check: Check
    versions_matter: bool = False

    def __post_init__(self) -> None:
        if self.kind not in KINDS or self.severity not in SEVERITIES:
            raise ValueError(f"rule {self.code}: unknown kind {self.kind} or severity {self.severity}")


def rule(
    code: str, name: str, *, kind: str, severity: str, question: str, text: str, versions_matter: bool = False
) -> Callable[[Check], Rule]:
    """Declare the decorated function as a rule."""

    def declare(check: Check) -> Rule:
        return Rule(code, name, kind, severity, question, _dedent(text), check, versions_matter)

    return declare


def _dedent(text: str) -> str:
    return textwrap.dedent(text).strip()


def run(catalogue: Catalogue, rules: Iterable[Rule]) -> list[Finding]:
    """The findings of some rules, worst first: merged by root cause, each with the version gap taken into account."""
    return merged(single_findings(catalogue, rules))


def single_findings(catalogue: Catalogue, rules: Iterable[Rule]) -> Iterator[Finding]:
    """The findings of some rules one by one, rule by rule, each with the version gap taken into account."""
    for one in rules:
        for finding in one.check(catalogue):
            yield _with_gap(catalogue, one, with_values(catalogue, finding))


def with_values(catalogue: Catalogue, finding: Finding) -> Finding:
    """A finding with the values that it is about, each read in the data type of its item: what a cell writes as
    ``0x0009`` is the 9 of another."""
    from gbcscheck.evidence.reading import in_own_type

    return replace(finding, values=values_of(finding, lambda statement: in_own_type(catalogue, statement)))


def merged(findings: Iterable[Finding]) -> list[Finding]:
    """One finding for each root cause, worst first, with the values of all; those of one rule, severity, status and set
    of releases are merged alone, and those that have other values than before."""
    return sorted(_merged(findings), key=_order)


def _order(finding: Finding) -> tuple[int, str, str, str]:
    return (SEVERITIES.index(finding.severity), finding.rule, finding.subject, finding.fingerprint)


def _merged(findings: Iterable[Finding]) -> list[Finding]:
    """One finding for each root cause, the same one in whatever order they are found; the other subjects stand in
    ``also``."""
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        key = finding.root or (finding.subject, finding.fingerprint)
        state = (finding.status, "other values" if finding.was else "", "\x1f".join(finding.releases), finding.gone)
        groups.setdefault((finding.rule, finding.severity, *state, *key), []).append(finding)
    found = []
    for group in groups.values():
        first = min(group, key=lambda finding: (finding.subject, finding.fingerprint))
        others = dict.fromkeys(s for finding in group for s in (finding.subject, *finding.also) if s != first.subject)
        values = bounded(value for finding in group for value in finding.values)
        was = bounded(value for finding in group for value in finding.was)
        found.append(replace(first, also=tuple(others), values=values, was=was))
    return found


def _with_gap(catalogue: Catalogue, one: Rule, finding: Finding) -> Finding:
    """The finding as a note that names the gap, where a gap between versions could explain it. Where a user's own file
    speaks, it is that file that is on trial: the gap is named, and the severity stays."""
    gap = version_gap(catalogue, finding.statements) if one.versions_matter else ""
    if not gap:
        return finding
    own = any(statement.specification in catalogue.release.own for statement in finding.statements)
    return replace(finding, severity=finding.severity if own else "note", why=f"{finding.why} {gap}".strip())


def version_gap(catalogue: Catalogue, statements: tuple[Statement, ...]) -> str:
    """One sentence on a specification among the statements that follows another version of one that is also among
    them; empty where there is none."""
    stated = {(s.specification.name, s.specification.version) for s in statements}
    for name, version in sorted(stated):
        claim = catalogue.aligned.get(name)
        if claim is None or claim.specification.version != version:
            continue
        other, _, followed = str(claim.value).partition(" ")
        for against, at in sorted(stated):
            if against == other and at != followed:
                here = f"{other} of an unstated version" if at == UNSTATED else f"{other} {at}"
                return (
                    f"{name} {version} says that it follows {other} {followed}; what is compared here is "
                    f"{here}, so the gap between the versions may be all there is to this."
                )
    return ""
