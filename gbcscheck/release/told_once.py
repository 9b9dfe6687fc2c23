"""What stands in several releases, told once with their names."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from typing import TypeVar

from gbcscheck.model import Change, Finding

Told = TypeVar("Told", Change, Finding)


def changes_once(changes: Iterable[Change]) -> list[Change]:
    """Changes of several releases, those that are the same in all else as one."""
    return _once(changes, lambda change: replace(change, releases=()))


def findings_once(findings: Iterable[Finding]) -> list[Finding]:
    """Findings of several releases, the same conflict of the same values as one, in whatever version and file of a
    document it stands."""
    return _once(findings, _conflict)


def _conflict(finding: Finding) -> Hashable:
    values = tuple((*s.key, s.domain, s.value, s.text) for s in finding.statements)
    return (finding.fingerprint, finding.status, finding.severity, finding.gone, finding.root, values)


def _once(items: Iterable[Told], key: Callable[[Told], Hashable]) -> list[Told]:
    groups: dict[Hashable, list[Told]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return [
        replace(group[0], releases=tuple(dict.fromkeys(name for one in group for name in one.releases)))
        for group in groups.values()
    ]
