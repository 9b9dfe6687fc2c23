"""What is worked out of a release once and used for every file that is judged against it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from gbcscheck.release.catalogue import Catalogue

T = TypeVar("T")

MOST_KEPT = 4
"""Releases of which the results are kept: a run has one, and tests a few."""


def once_per_catalogue(build: Callable[[Catalogue], T]) -> Callable[[Catalogue], T]:
    """The function, which for one and the same catalogue gives one and the same result, worked out at the first call.

    A catalogue is no key of a dictionary (it holds dictionaries itself), so its identity is looked at.
    """
    kept: list[tuple[Catalogue, T]] = []

    @wraps(build)
    def of(catalogue: Catalogue) -> T:
        for known, made in kept:
            if known is catalogue:
                return made
        made = build(catalogue)
        kept.insert(0, (catalogue, made))
        del kept[MOST_KEPT:]
        return made

    return of
