"""Which conflicts a change brings, which it ends, and which were there before and still are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from gbcscheck.catalogue import Catalogue
from gbcscheck.compare.cache import Cache, key_of
from gbcscheck.compare.reading import Reader
from gbcscheck.model import STATUSES, Finding, Specification, Statement
from gbcscheck.rules.base import merged, single_findings
from gbcscheck.values import bounded, covers

if TYPE_CHECKING:
    from gbcscheck.rules.base import Rule


def conflicts_across(
    old: Catalogue, new: Catalogue, rules: Sequence[Rule], reader: Reader | None = None
) -> tuple[Finding, ...]:
    """The findings of some rules on both sides, each with its status: new ones first, then the remaining, then those
    that are fixed; one for each root cause.

    Findings are told apart by their fingerprints, which hold no path, line, cell or version. What was found on a side
    is kept in the cache, by all that it was found in.
    """
    before, after = (_findings(side, rules, reader or Reader(Cache(None))) for side in (old, new))
    known, now = (Counter(finding.fingerprint for finding in side) for side in (before, after))
    remaining = _with_values_before(_with_status(after, known, "new", "remaining"), before)
    found = merged((*remaining, *_with_status(before, now, "fixed", "")))
    order = ("new", "remaining", "fixed")
    assert set(order) == set(STATUSES)
    return tuple(sorted(found, key=lambda finding: order.index(finding.status)))


def _with_status(findings: Iterable[Finding], other: Counter[str], alone: str, both: str) -> Iterator[Finding]:
    """The findings with the status ``alone`` where the other side lacks them, else ``both`` (left out where empty)."""
    left = Counter(other)
    for finding in findings:
        fingerprint = finding.fingerprint
        if left[fingerprint] > 0:
            left[fingerprint] -= 1
            if both:
                yield replace(finding, status=both)
        else:
            yield replace(finding, status=alone)


def _with_values_before(findings: Iterable[Finding], before: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, those that remain with the values of the older side where these are other ones: a conflict that is
    now about something else is not what was there."""
    older: dict[str, list[tuple[str, ...]]] = {}
    for finding in before:
        older.setdefault(finding.fingerprint, []).append(finding.values)
    for finding in findings:
        known = older.get(finding.fingerprint, [])
        if finding.status != "remaining" or any(covers(one, finding.values) for one in known):
            yield finding
        else:
            yield replace(finding, was=bounded(value for one in known for value in one))


# --- what is kept ----------------------------------------------------------------------------------------------------


def _findings(catalogue: Catalogue, rules: Sequence[Rule], reader: Reader) -> list[Finding]:
    """The findings of some rules on one side, from the cache where they are there."""
    cache, release = reader.cache, catalogue.release
    if not cache.keeps:
        return list(single_findings(catalogue, rules))
    extracts = [(reader.content_of(one), repr(replace(one, rows=()))) for one in release.extracts]
    own, codes = sorted(map(str, release.own)), [rule.code for rule in rules]
    key = key_of("findings", repr(extracts), repr(release.crosswalk), repr(own), repr(codes))
    kept = _unpacked(cache.get(key))
    if kept is None:
        kept = list(single_findings(catalogue, rules))
        cache.put(key, [_packed(finding) for finding in kept])
    return kept


def _packed(finding: Finding) -> list[Any]:
    """A finding as a JSON value: its fields in their order."""
    values = {one.name: getattr(finding, one.name) for one in fields(finding)}
    values["statements"] = [
        [s.subject, s.attribute, [s.specification.name, s.specification.version, s.specification.part], *s[3:]]
        for s in finding.statements
    ]
    return list(values.values())


def _unpacked(value: Any) -> list[Finding] | None:
    """Findings from what was kept; None where it is not of the expected shape."""
    try:
        return None if value is None else [_finding(entry) for entry in value]
    except (TypeError, ValueError, KeyError, IndexError):
        return None


def _finding(entry: Any) -> Finding:
    values = dict(zip((one.name for one in fields(Finding)), entry, strict=True))
    values["statements"] = tuple(
        Statement(subject, attribute, Specification(*specification), *rest)
        for subject, attribute, specification, *rest in values["statements"]
    )
    for name in ("meanings", "root", "also", "differing", "values", "was"):
        values[name] = tuple(values[name])
    return Finding(**values)
