"""Why a file has no partner among the others: the file that comes nearest to it, and by what it differs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from gbcscheck.device.documents.header import belongs

Key = tuple[str, str, str]
"""User, device and counter, as ``Identity.key`` has them."""
NO_PARTNER = "no file of another kind has its sender, receiver and counter, and none is named as it is"
OTHER_REFERENCE = "what has its sender, receiver and counter is not known to be of its service reference"
OTHER_PARTNERS = "what has its sender, receiver and counter belongs to files of its own name"
"""Why there is no partner; behind a colon stands the file that comes nearest."""
LOOKED_AT = 64
"""Files on either side of one, by their counters, that are asked whether they come near."""
_WORDS = ("sender", "receiver", "counter")


class Known(NamedTuple):
    """What is known of a file, or of a message in one: ``request``, ``reading`` or ``message``, the identities that it
    has, and the service references that it may be of (none: any)."""

    path: str
    kind: str
    keys: tuple[Key, ...]
    references: tuple[str, ...]


class _Candidate(NamedTuple):
    counter: int
    key: Key
    known: Known


def of_one_reference(one: Known, other: Known) -> bool:
    """Whether two may be of one service request."""
    return any(belongs(mine, theirs) or belongs(theirs, mine) for mine in one.references for theirs in other.references)


def why_alone(alone: Mapping[str, Sequence[Known]], by_key: Mapping[Key, Sequence[Known]]) -> dict[str, str]:
    """Why each of some files without a partner has none, by their paths, behind a colon the file that comes nearest.
    What is known of each is given, and what is known of all files by their identities."""
    by_same = _by_what_is_same(alone)
    return {
        path: _taken(several, by_key) or _nearest(several, by_same) or NO_PARTNER for path, several in alone.items()
    }


def _taken(several: Sequence[Known], by_key: Mapping[Key, Sequence[Known]]) -> str:
    """Why a file of the same identity is no partner; empty where there is none of another kind."""
    found = [
        (known, other)
        for known in several
        for key in known.keys
        for other in by_key[key]
        if other.path != known.path and other.kind != known.kind
    ]
    if not found:
        return ""
    ours = next((other for known, other in found if of_one_reference(known, other)), None)
    return f"{OTHER_PARTNERS}: {ours.path}" if ours is not None else f"{OTHER_REFERENCE}: {found[0][1].path}"


def _by_what_is_same(alone: Mapping[str, Sequence[Known]]) -> dict[tuple[int, str, str], list[_Candidate]]:
    """All that is known, by each two of the three parts of an identity and the number of the third, in the order of
    the counters."""
    found: dict[tuple[int, str, str], list[_Candidate]] = {}
    for known in (one for several in alone.values() for one in several):
        for key in known.keys:
            for other, same in _two_of(key):
                found.setdefault((other, *same), []).append(_Candidate(int(key[2]), key, known))
    for several in found.values():
        several.sort(key=itemgetter(0))
    return found


def _two_of(key: Key) -> Iterator[tuple[int, tuple[str, str]]]:
    """Two parts of an identity with the number of the third: the counter first, which is most often another one."""
    user, device, counter = key
    yield 2, (user, device)
    yield 1, (user, counter)
    yield 0, (device, counter)


def _nearest(several: Sequence[Known], by_same: Mapping[tuple[int, str, str], Sequence[_Candidate]]) -> str:
    """What comes nearest to a file, in words; empty where nothing does."""
    asked = [(known, key, other, same) for known in several for key in known.keys for other, same in _two_of(key)]
    for known, key, other, same in sorted(asked, key=lambda one: -one[2]):
        counter = int(key[2])
        among = by_same[other, *same]
        place = bisect_left(among, counter, key=itemgetter(0))
        near = [one for one in among[max(0, place - LOOKED_AT) : place + LOOKED_AT] if _comes_near(known, one.known)]
        if near:
            one = min(near, key=lambda candidate: abs(candidate.counter - counter))
            return _words(one, key, other)
    return ""


def _comes_near(one: Known, other: Known) -> bool:
    """Whether two could be a pair but for their identities."""
    is_other = one.path != other.path and one.kind != other.kind
    return is_other and (not one.references or not other.references or of_one_reference(one, other))


def _words(found: _Candidate, key: Key, other: int) -> str:
    first, second = (word for number, word in enumerate(_WORDS) if number != other)
    theirs, own = (one[other].upper() for one in (found.key, key))
    return (
        f"{NO_PARTNER}: {found.known.path} has its {first} and {second}, and the {_WORDS[other]} {theirs} where this "
        f"has {own}"
    )
