"""Several versions of one document in one folder: releases that have one version of each, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cmp_to_key

from gbcscheck.model import UNSTATED, Specification
from gbcscheck.release.releases import Release
from gbcscheck.release.versions import compare_versions


def of_one_version(release: Release) -> tuple[Release, ...]:
    """The release itself where it has one version of each part of each document. Else a release with the newest of
    each, one with the versions before these (the oldest there is of what has no older one), and so on. Parts whose
    versions have no order, or are not stated, stand in all of them."""
    versions: dict[tuple[str, str], dict[str, None]] = {}
    for extract in release.extracts:
        one = extract.specification
        versions.setdefault((one.name, one.part), {})[one.version] = None
    ordered = {part: _newest_first(tuple(each)) for part, each in versions.items()}
    count = max(map(len, ordered.values()), default=1)
    if count < 2:
        return (release,)
    return tuple(
        replace(release, extracts=tuple(one for one in release.extracts if _is_of(one.specification, ordered, rank)))
        for rank in range(count)
    )


def _is_of(specification: Specification, ordered: dict[tuple[str, str], Sequence[str]], rank: int) -> bool:
    versions = ordered[specification.name, specification.part]
    return not versions or specification.version == versions[min(rank, len(versions) - 1)]


def _newest_first(versions: tuple[str, ...]) -> Sequence[str]:
    """Versions in their order; none where two of them have no order."""
    pairs = ((one, other) for one in versions for other in versions if one != other)
    if UNSTATED in versions or any(compare_versions(one, other) in (None, 0) for one, other in pairs):
        return ()
    return sorted(versions, key=cmp_to_key(_order), reverse=True)


def _order(one: str, other: str) -> int:
    return compare_versions(one, other) or 0
