"""Which release of the newer side is compared with which of the older one.

A release is compared with the one of the same name. One that is there on the newer side alone is compared with the one
that it follows; of one that is gone only what stands nowhere any more is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from gbcscheck.comparison.loading import with_unread
from gbcscheck.comparison.parts import slot_of, version_matches
from gbcscheck.comparison.side import Side
from gbcscheck.errors import UsageError
from gbcscheck.facts.extract_file import Extract
from gbcscheck.frozen import frozen
from gbcscheck.release.releases import Release
from gbcscheck.release.versions import is_later


@frozen
class ReleasePair:
    """Two releases to compare; one that is empty has no extracts. ``name`` is that of the newer one, of one that is
    ``gone`` that of the older, and ``lost`` are then those of its extracts of which nothing stands any more; ``note``
    says what a reader has to know of the pair."""

    name: str
    old: Release
    new: Release
    note: str = ""
    gone: bool = False
    lost: tuple[Extract, ...] = ()


def release_pairs(before: Side, after: Side, wanted: str | None = None) -> tuple[ReleasePair, ...]:
    """Every pair of releases of two sides, or the one of a name.

    Where only one side is a repository of specifications, its default release is compared with one that ships, and all
    that it holds with files. UsageError where no release of a repository is called ``wanted``.
    """
    sides = (before, after)
    repositories = [side for side in sides if side.kind == "repository"]
    names = dict.fromkeys(release.name for side in repositories for release in side.releases)
    if wanted and repositories and wanted not in names:
        raise UsageError(f'no release is called "{wanted}"; there are {", ".join(names)}')
    if all(side.kind in ("repository", "nothing") for side in sides) and repositories:
        found = tuple(_by_name(before, after, wanted))
        if not found:
            raise UsageError(f'release "{wanted}" is gone, and another one is compared with it; leave --release out')
        return found
    old, new = (_one_of(side, other, wanted) for side, other in (sides, sides[::-1]))
    return (ReleasePair(new.name, old, new),)


def _one_of(side: Side, other: Side, wanted: str | None) -> Release:
    """The release of a side that stands against a side without a list of releases."""
    if side.kind != "repository":
        return side.release
    named = {release.name: release for release in side.releases}
    if wanted:
        return named.get(wanted, side.release)
    return named.get(other.release.name, side.release) if other.kind == "release" else side.whole


def _by_name(before: Side, after: Side, wanted: str | None) -> Iterable[ReleasePair]:
    olds, news = ({release.name: release for release in side.releases} for side in (before, after))
    bases: set[str] = set()
    for name, new in news.items():
        old, note = olds.get(name), ""
        if old is None and olds:
            old, why = _followed(new, olds, news)
            bases.add(old.name)
            new, unread = with_unread(new, old, after.name, before.name)
            note = ". ".join(
                part for part in (f'release "{name}" is new, and compared with "{old.name}", {why}', unread) if part
            )
        if wanted in (None, "", name):
            yield ReleasePair(name, old or _empty(name), new, note)
    for name, old in olds.items():
        if name not in news and name not in bases and wanted in (None, "", name):
            # What could not be read or looked at may hold what seems to be lost.
            partly = bool(after.unlooked) or any(new.problems for new in news.values())
            lost = [] if partly else _lost(old, list(news.values()))
            yield ReleasePair(name, old, _empty(name), f'release "{name}" is gone', True, tuple(lost))


def _followed(new: Release, olds: Mapping[str, Release], news: Mapping[str, Release]) -> tuple[Release, str]:
    """What a release of the newer side alone is compared with, and why with that: on the older side where it stands
    there."""
    if new.follows:
        return olds.get(new.follows) or news[new.follows], "which it follows"
    found = None
    for name in dict.fromkeys((*olds, *news)):
        if is_later(new.name, name) and (found is None or is_later(name, found)):
            found = name
    if found is not None:
        return olds.get(found) or news[found], "the version before it"
    names = list(news)
    place = names.index(new.name)
    for name in (*reversed(names[:place]), *names[place + 1 :]):
        if name in olds:
            return olds[name], "which is listed beside it"
    first = next(iter(olds.values()))
    return first, "the only one there was" if len(olds) == 1 else "the default one there was"


def _lost(old: Release, news: Sequence[Release]) -> list[Extract]:
    """The extracts of a release that is gone of which no release has the part any more, in this version or a later
    one."""
    there: dict[tuple[str, str], list[Extract]] = {}
    for extract in (extract for new in news for extract in new.extracts):
        there.setdefault(slot_of(extract.specification), []).append(extract)
    lost = []
    for extract in old.extracts:
        standing = list(dict.fromkeys(one.specification for one in there.get(slot_of(extract.specification), ())))
        matches = version_matches([extract.specification], standing)
        if any(match.before == extract.specification and not match.after and not match.retired for match in matches):
            lost.append(extract)
    return lost


def _empty(name: str) -> Release:
    from gbcscheck.facts.crosswalk import Crosswalk

    return Release(name, "", "", (), Crosswalk())
