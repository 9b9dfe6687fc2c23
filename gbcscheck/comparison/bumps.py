"""Versions that do not rise: one that falls, and one that stays though what it says breaks somebody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from gbcscheck.comparison.parts import PartPair
from gbcscheck.model import UNSTATED, Change, Specification, Statement
from gbcscheck.release.versions import compare_versions

VERSION = "version"
"""The change and the attribute of a document whose version is not what it should be."""


def fall_of(pair: PartPair) -> Change | None:
    """The change of a part whose newer version is an earlier one; None of any other."""
    before, after = pair.match.before, pair.match.after
    if before is None or after is None or compare_versions(after.version, before.version) != -1:
        return None
    reason = f"The version falls from {before.version} to {after.version}, as if this were the older one."
    return _change(before, after, *pair.stated, "unknown", (), reason)


def without_a_bump(changes: Iterable[Change]) -> tuple[Change, ...]:
    """One breaking change for each document that breaks somebody while its version does not rise, and an unknown one
    where that cannot be told; waived changes do not count, and a document that is gone has no version to rise."""
    groups: dict[tuple[str, str, tuple[str, str]], list[Change]] = {}
    for change in changes:
        if change.verdict != "breaking" or change.waived or change.change == VERSION or not all(change.versions):
            continue
        spec = _specification(change)
        groups.setdefault((spec.name, spec.part, change.versions), []).append(change)
    return tuple(found for group in groups.values() for found in _missing(group))


def _missing(group: Sequence[Change]) -> Iterable[Change]:
    before, after = group[0].versions
    order = compare_versions(after, before)
    if order == 1:
        return
    breaks = f"{len(group)} breaking change{'s' if len(group) != 1 else ''}"
    spec = _specification(group[0])
    name = str(Specification(spec.name, "", spec.part))
    if order is None:
        verdict = "unknown"
        reason = f"{name} has {breaks}, and whether {_shown(after)} is later than {_shown(before)} cannot be told."
    elif order == 0:
        verdict, reason = "breaking", f"{name} has {breaks}, and its version is still {_shown(after)}."
    else:
        verdict, reason = "breaking", f"{name} has {breaks}, and its version falls from {before} to {after}."
    parties = tuple(sorted({party for change in group for party in change.parties})) if verdict == "breaking" else ()
    releases = tuple(dict.fromkeys(release for change in group for release in change.releases))
    olds = [change.old for change in group if change.old is not None]
    news = [change.new for change in group if change.new is not None]
    one, other = (spec._replace(version=version) for version in (before, after))
    found = _change(one, other, olds or news, news or olds, verdict, parties, reason)
    yield replace(found, versions=(before, after), releases=releases)


def _change(
    before: Specification,
    after: Specification,
    old: Sequence[Statement],
    new: Sequence[Statement],
    verdict: str,
    parties: tuple[str, ...],
    reason: str,
) -> Change:
    name = str(Specification(after.name, "", after.part))
    one, other = _statement(name, before, old), _statement(name, after, new)
    return Change(VERSION, verdict, parties, name, VERSION, one, other, reason=reason)


def _statement(subject: str, spec: Specification, group: Sequence[Statement]) -> Statement | None:
    """The version of a document as a statement of it, in the file that states the rest."""
    if not group:
        return None
    first = group[0]
    return Statement(subject, VERSION, spec, first.provenance, "", first.path, "", value=spec.version)


def _specification(change: Change) -> Specification:
    statement = change.new or change.old
    assert statement is not None
    return statement.specification


def _shown(version: str) -> str:
    return "unstated" if version == UNSTATED else version
