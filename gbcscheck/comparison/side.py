"""One side of a comparison: what it holds, and how files become one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gbcscheck.comparison.sides import Named
from gbcscheck.errors import GbcscheckError, NothingFound
from gbcscheck.facts.crosswalk import Crosswalk
from gbcscheck.frozen import frozen
from gbcscheck.inputs.confinement import Confinement
from gbcscheck.release.index import is_repository
from gbcscheck.release.releases import Release, as_one
from gbcscheck.release.repository import load_all
from gbcscheck.wildcards import NO_EXCLUSIONS, Exclusions

if TYPE_CHECKING:
    from gbcscheck.extract.sources import Read

Progress = Callable[[str], None]


@frozen
class Side:
    """One side, read: how it is called, what it holds, and what a reader has to know of it.

    ``release`` is the only release, or the default one of a repository of specifications, whose ``others`` stand
    beside it; ``kind`` is ``repository``, ``release`` (one that ships), ``files`` or ``nothing``. ``unlooked`` is what
    belongs to it and was not looked at (a submodule that is not here).
    """

    name: str
    release: Release
    note: str = ""
    others: tuple[Release, ...] = ()
    kind: str = "files"
    unlooked: tuple[GbcscheckError, ...] = ()

    @property
    def releases(self) -> tuple[Release, ...]:
        """Every release, the default one first; none where there is nothing."""
        return () if self.kind == "nothing" else (self.release, *self.others)

    @property
    def whole(self) -> Release:
        """All releases as one: every extract once, with the crosswalk of the default release."""
        return as_one(self.releases) if self.others else self.release

    def with_each(self, change: Callable[[Release], Release]) -> Side:
        """The side with something done to each of its releases."""
        return replace(self, release=change(self.release), others=tuple(change(one) for one in self.others))


def side_of(
    what: Named,
    paths: Sequence[Path],
    release: str | None,
    read: Read | None,
    progress: Progress | None,
    within: Confinement,
    names: Sequence[str] | None = None,
) -> Side:
    if paths:
        with suppress(NothingFound):
            return side_of_paths(str(what), paths, release, read, progress, within, names)
    return Side(str(what), nothing(), f"there is no specification in {what}", kind="nothing")


def side_of_paths(
    name: str,
    paths: Sequence[Path],
    release: str | None,
    read: Read | None,
    progress: Progress | None,
    within: Confinement,
    names: Sequence[str] | None = None,
    exclude: Exclusions = NO_EXCLUSIONS,
) -> Side:
    """A side of some files, or of every release of a repository whose files are called ``names``."""
    loaded, *others = load_all(
        paths, release=release, read=read, progress=progress, names=names, exclude=exclude, within=within
    )
    kind = "repository" if len(paths) == 1 and is_repository(paths[0]) else "files"
    return Side(name, loaded, others=tuple(others), kind=kind)


def nothing() -> Release:
    return Release("", "", "", (), Crosswalk())


def with_skipped(side: Side, excluded: Mapping[str, str]) -> Side:
    skipped = tuple(dict.fromkeys((*side.release.skipped, *excluded.values())))
    return replace(side, release=replace(side.release, skipped=skipped))
