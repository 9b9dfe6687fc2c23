"""What a rule is, how it is declared, and how its findings are gathered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import field, fields, replace
from functools import partial
from typing import Any, Unpack

from gbcscheck.evidence.comparisons import Comparisons
from gbcscheck.evidence.conflict_values import bounded, values_of
from gbcscheck.frozen import frozen
from gbcscheck.model import SEVERITIES, UNSTATED, Finding, Statement
from gbcscheck.model.rules import Declaration, Rule, calling_module, declare, is_house_code
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.one_version import of_one_version

Check = Callable[[Catalogue], Iterator[Finding]]


@frozen
class ReleaseRule(Rule):
    """A rule with the function that puts it to a release."""

    check: Check = field(kw_only=True, repr=False)


def rule(code: str, name: str, **declaration: Unpack[Declaration]) -> Callable[[Check], ReleaseRule]:
    """Declare a rule and bind the decorated function to it, which makes its findings by ``NAME.finding(...)``."""
    return partial(bound, declare(code, name, module=calling_module(), **declaration))


def bound(declared: Rule, check: Check) -> ReleaseRule:
    """A rule with the function that puts it to a release."""
    return ReleaseRule(**{one.name: getattr(declared, one.name) for one in fields(Rule)}, check=check)


def run(catalogue: Catalogue, rules: Iterable[ReleaseRule]) -> list[Finding]:
    """The findings of some rules, worst first: merged by root cause, each with the version gap taken into account."""
    return merged(single_findings(catalogue, rules))


def single_findings(catalogue: Catalogue, rules: Iterable[ReleaseRule]) -> Iterator[Finding]:
    """The findings of some rules one by one, rule by rule, each with the version gap taken into account, and with
    whether a user's own files take part in it. Where a release has several versions of one document, each finding cites
    one of them, the newest in which it stands; what is about a thing that only other versions have is none."""
    chosen, told = tuple(rules), set[tuple[str, str]]()
    several = catalogue.once(_of_one_version)
    if len(several) == 1:
        yield from _findings_of(several[0], chosen)
        return
    for one in several:
        found = list(_findings_of(one, chosen))
        for finding in found:
            elsewhere = finding.subject in catalogue.by_subject and finding.subject not in one.by_subject
            if not elsewhere and (finding.rule, finding.fingerprint) not in told:
                yield finding
        told.update((finding.rule, finding.fingerprint) for finding in found)


def _of_one_version(catalogue: Catalogue) -> tuple[Catalogue, ...]:
    """The catalogue itself, or one for each set of versions, which gather together what was compared."""
    releases = of_one_version(catalogue.release)
    if len(releases) == 1:
        return (catalogue,)
    catalogues = tuple(Catalogue.of(release) for release in releases)
    Comparisons.over((catalogue, *catalogues))
    return catalogues


def _findings_of(catalogue: Catalogue, rules: Iterable[ReleaseRule]) -> Iterator[Finding]:
    comparisons = catalogue.once(Comparisons.of)
    for one in rules:
        comparisons.rule = one.code
        for finding in one.check(catalogue):
            found = in_any_notation(catalogue, finding, elsewhere=not _is_own(catalogue, finding), absent_from=())
            yield _with_gap(catalogue, one, found)


def _is_own(catalogue: Catalogue, finding: Finding) -> bool:
    """Whether the user's own files take part in a finding: by a statement, by one that they lack, or by a house rule.
    Where no files are the user's own, every finding counts."""
    own = catalogue.release.own
    parts = {*finding.absent_from, *(statement.specification for statement in finding.statements)}
    return not own or is_house_code(finding.rule) or not own.isdisjoint(parts)


def in_any_notation(catalogue: Catalogue, finding: Finding, **others: Any) -> Finding:
    """A finding that is the same whatever the notation: with the values that it is about, each read in the data type of
    its item (what a cell writes as ``0x0009`` is the 9 of another), and with the names that documents give the item;
    and with other members as they are given."""
    from gbcscheck.evidence.reading import in_own_type

    item = catalogue.items.get(finding.subject)
    names = tuple(name for name in item.direct if name != item.name) if item is not None else ()
    values = values_of(finding, lambda one: in_own_type(catalogue, one))
    return replace(finding, values=values, names=names, **others)


def merged(findings: Iterable[Finding]) -> list[Finding]:
    """One finding for each root cause, worst first, with the values of all; those of one rule, severity, status and set
    of releases are merged alone, and those that have other values than before."""
    return sorted(_merged(findings), key=_order)


def _order(finding: Finding) -> tuple[bool, int, str, str, str]:
    return (finding.elsewhere, SEVERITIES.index(finding.severity), finding.rule, finding.subject, finding.fingerprint)


def _merged(findings: Iterable[Finding]) -> list[Finding]:
    """One finding for each root cause, the same one in whatever order they are found; the other subjects stand in
    ``also``."""
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        key = finding.root or (finding.subject, finding.fingerprint)
        state = (finding.status, "other values" if finding.was else "", "\x1f".join(finding.releases), finding.gone)
        groups.setdefault((finding.rule, finding.severity, str(finding.elsewhere), *state, *key), []).append(finding)
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
                    f"{here}, so the gap between the versions may be all there is to this: {other} {followed} would "
                    "settle it."
                )
    return ""
