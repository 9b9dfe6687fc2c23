"""Everything that is read for the two sides of a comparison."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gbcscheck.comparison.git_sides import revision_side, work_tree_side
from gbcscheck.comparison.older import read_older
from gbcscheck.comparison.side import Progress, Side, side_of_paths
from gbcscheck.comparison.sides import Named
from gbcscheck.errors import GbcscheckError, NotASpecification, NothingFound
from gbcscheck.inputs.confinement import Confinement
from gbcscheck.release.releases import Release, load_release

if TYPE_CHECKING:
    from gbcscheck.extract.sources import Read
    from gbcscheck.facts.extract_file import Extract

MOST_UNLOOKED = 10
"""What was not looked at, of each side, that an error names."""


def load_sides(
    old: Named,
    new: Named,
    *,
    release: str | None = None,
    read: Read | None = None,
    older_read: Read | None = None,
    progress: Progress | None = None,
    allow_outside: bool = False,
) -> tuple[Side, Side]:
    """Both sides, read, of a repository every release. ``release`` is the shipped release that files lie over.
    ``allow_outside`` lets files and the work tree name what is outside of them; a revision never may. In extracts of
    the older side attributes need not be declared. ``older_read`` reads its files where it is not ``read``.

    A side of a revision without a specification is empty, and its note says so; UnreadableSource where both are. Files
    of a repository that are no specification on either side are skipped, each with a line.
    """
    before = _loaded(old, release, read_older(older_read or read), progress, allow_outside=allow_outside)
    after = _loaded(new, release, read, progress, allow_outside=allow_outside)
    sides = before, after
    if not _extracts(*sides) and not _problems(*sides):
        unlooked = "\n".join(f"  {one}" for side in sides for one in side.unlooked[:MOST_UNLOOKED])
        raise NothingFound(
            "no specification was found on either side", where=f"{before.name}, {after.name}", detail=unlooked
        )
    before, after = _without_strangers(before, after, old), _without_strangers(after, before, new)
    return _with_unread(before, after), _with_unread(after, before)


def _with_unread(side: Side, other: Side) -> Side:
    """A side with files that could not be read, and in it those parts of the other that it lacks; of a repository this
    is so release by release."""
    there = {release.name: release for release in other.releases}
    notes: list[str] = []

    def completed(release: Release) -> Release:
        twin = there.get(release.name) or (None if side.kind == other.kind == "repository" else other.whole)
        found, note = with_unread(release, twin, side.name, other.name, side.unlooked) if twin else (release, "")
        notes.extend([note] if note else [])
        return found

    whole = side.with_each(completed)
    told = [side.note.rstrip("."), *dict.fromkeys(notes)] if side.note else dict.fromkeys(notes)
    return replace(whole, note=". ".join(told)) if notes else whole


def with_unread(
    release: Release, other: Release, name: str, named: str, unlooked: Sequence[GbcscheckError] = ()
) -> tuple[Release, str]:
    """A release with files that could not be read, and in it those parts of another that it lacks: they may be in these
    files, nothing is known of what has become of them, and so nothing is told. And a note that says so."""
    taken = _lacking(release, other) if release.problems or unlooked else []
    if not taken:
        return release, ""
    parts = ", ".join(dict.fromkeys(extract.specification.in_words for extract in taken))
    what = "a file" if release.problems else "a submodule"
    note = f"{parts} may be in {what} of {name} that could not be read, and is taken to be as in {named}"
    return replace(release, extracts=(*release.extracts, *taken)), note


def _lacking(release: Release, other: Release) -> list[Extract]:
    """The extracts of another release that one lacks, by part and version."""
    here, there = _by_part(release), _by_part(other)
    return [
        extract
        for part, extracts in there.items()
        if len(here.get(part, ())) < len(extracts)
        for extract in extracts
        if extract.specification.version not in {one.specification.version for one in here.get(part, ())}
    ]


def _by_part(release: Release) -> dict[tuple[str, str], list[Extract]]:
    """The extracts of each part, one for each version of it."""
    found: dict[tuple[str, str], list[Extract]] = {}
    for extract in release.extracts:
        spec = extract.specification
        group = found.setdefault((spec.name.casefold(), spec.part.casefold()), [])
        if spec.version not in {one.specification.version for one in group}:
            group.append(extract)
    return found


def _problems(*sides: Side) -> list[GbcscheckError]:
    return [problem for side in sides for release in side.releases for problem in release.problems]


def _extracts(*sides: Side) -> list[Extract]:
    return [extract for side in sides for release in side.releases for extract in release.extracts]


def within_of(what: Named, *, allow_outside: bool = False) -> Confinement:
    """What may be read for a side of files or of the work tree."""
    if what.repository is None:
        return Confinement.around([Path(what.name)] if what.kind == "files" else [], allow_outside=allow_outside)
    return Confinement.around([what.repository.root], allow_outside=allow_outside)


def _loaded(
    what: Named, release: str | None, read: Read | None, progress: Progress | None, *, allow_outside: bool
) -> Side:
    within = within_of(what, allow_outside=allow_outside)
    if what.kind == "release":
        return Side(what.name, load_release(what.name, progress=progress), kind="release")
    if what.kind == "files":
        return side_of_paths(str(what), [Path(what.name)], release, read, progress, within, exclude=what.exclude)
    assert what.repository is not None
    if what.kind == "worktree":
        return work_tree_side(what, release, read, progress, within)
    return revision_side(what, release, read, progress)


def _without_strangers(side: Side, other: Side, what: Named) -> Side:
    """A side of a repository without the complaints about files that are no specification on the other side either:
    a repository holds other JSON too. Each is skipped with a line."""
    if what.kind not in ("revision", "worktree"):
        return side
    known = {extract.path for extract in _extracts(other)}

    def skipped(release: Release) -> Release:
        strange = [one for one in release.problems if isinstance(one, NotASpecification) and one.where not in known]
        if not strange:
            return release
        return replace(
            release,
            problems=tuple(problem for problem in release.problems if problem not in strange),
            skipped=(*release.skipped, *(f"{one.where}: no specification" for one in strange)),
        )

    return side.with_each(skipped)
