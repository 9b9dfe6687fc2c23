"""Which part of the older side each part of the newer one is compared with.

A part is known by its specification and its own name; which of its versions is compared with which is decided here. A
version that stands on both sides is compared with itself, and a new version with its predecessor: the latest of the
earlier ones, on the newer side where it stands there too, since what became of it there is told by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field

from gbcscheck.comparison.subjects import StatementsBySubject
from gbcscheck.frozen import frozen
from gbcscheck.model import UNSTATED, Specification, Statement
from gbcscheck.near_names import plain
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.versions import compare_versions, is_later

Key = tuple[Hashable, ...]
Group = Sequence[Specification]


@frozen
class Match:
    """One version of a part (``after``) and the one that it is compared with (``before``); None where there is none.

    ``beside`` says that the older one stands on the newer side too, and is taken from there; ``retired`` that a part is
    gone of which a later version stands; ``renamed`` that it says the same under another name. ``besides`` tells in a
    sentence of the other versions.
    """

    before: Specification | None
    after: Specification | None
    beside: bool = False
    retired: bool = False
    besides: str = ""
    renamed: bool = False


@frozen
class PartPair:
    """A part on both sides with what it states; an empty side has no statements.

    ``same`` says that both state the same, and then neither is given by subject. ``key`` is the same for pairs of the
    same statements, ``stated``.
    """

    match: Match
    old: StatementsBySubject
    new: StatementsBySubject
    same: bool
    key: Key
    stated: tuple[Sequence[Statement], Sequence[Statement]] = field(repr=False)

    @property
    def specification(self) -> Specification:
        """The part by its newer name."""
        found = self.match.after or self.match.before
        assert found is not None
        return found


def part_pairs(old: Catalogue, new: Catalogue) -> Iterator[PartPair]:
    """The parts of both sides in pairs, in the order of the newer side; parts of the older side alone come last of
    their kind."""
    for match in part_matches(old, new):
        older = new if match.beside else old
        before = older.parts[match.before] if match.before else ()
        after = new.parts[match.after] if match.after else ()
        key: Key = (match, id(before), id(after))
        if match.before and match.after and not match.renamed and _same(before, after):
            yield PartPair(match, {}, {}, True, key, (before, after))
        else:
            newer = _by_subject(after)
            yield PartPair(match, _spelt_like(_by_subject(before), newer), newer, False, key, (before, after))


def part_matches(old: Catalogue, new: Catalogue) -> list[Match]:
    """Which part is compared with which, before any statement is."""
    slots: dict[tuple[str, str], tuple[list[Specification], list[Specification]]] = {}
    for index, catalogue in enumerate((new, old)):
        for spec in catalogue.parts:
            slots.setdefault(slot_of(spec), ([], []))[1 - index].append(spec)
    found = [match for olds, news in slots.values() for match in version_matches(olds, news)]
    return _with_renamed(found, old, new)


def slot_of(spec: Specification) -> tuple[str, str]:
    """What a part is known by, whatever its version."""
    return spec.name.casefold(), spec.part.casefold()


def version_matches(olds: Group, news: Group) -> list[Match]:
    """Which version of one part is compared with which.

    First the same version (in the same words, or in others), then each new version with its predecessor. Where one is
    left on each side, and they are all that there is or have no order, these two are compared.
    """
    found: list[Match] = []
    left, right = list(olds), list(news)
    for same in (_same_text, _same_version):
        for after in news:
            before = next((spec for spec in left if same(spec, after)), None) if after in right else None
            if before is not None:
                found.append(Match(before, after))
                left.remove(before)
                right.remove(after)
    replaced: set[Specification] = set()
    for after in list(right):
        predecessor = _predecessor(after, [*(spec for spec in news if spec is not after), *left])
        if predecessor is not None:
            beside = predecessor not in left
            found.append(Match(predecessor, after, beside, besides=_followed(predecessor, after) if beside else ""))
            right.remove(after)
            replaced.update([] if beside else [predecessor])
    left = [spec for spec in left if spec not in replaced]
    if len(left) == len(right) == 1 and (
        len(olds) == len(news) == 1 or compare_versions(left[0].version, right[0].version) is None
    ):
        found.append(Match(left.pop(), right.pop()))
    found.extend(_gone(spec, news) for spec in left)
    found.extend(Match(None, spec, besides=_without_order(spec, [*olds, *news])) for spec in right)
    order = list(dict.fromkeys((*news, *olds)))
    return sorted(found, key=lambda match: order.index(match.after or match.before or order[0]))


def _same_text(one: Specification, other: Specification) -> bool:
    return one.version == other.version


def _same_version(one: Specification, other: Specification) -> bool:
    return compare_versions(one.version, other.version) == 0


def _predecessor(after: Specification, others: Iterable[Specification]) -> Specification | None:
    """The latest of the versions before one; of several that have no order the first."""
    found = None
    for spec in others:
        if is_later(after.version, spec.version) and (found is None or is_later(spec.version, found.version)):
            found = spec
    return found


def _followed(before: Specification, after: Specification) -> str:
    return f"{after.in_words} is compared with {before.version}, which stands beside it."


def _gone(spec: Specification, news: Group) -> Match:
    """A version that is gone and that none was compared with."""
    later = [other.version for other in news if is_later(other.version, spec.version)]
    if later:
        return Match(spec, None, retired=True, besides=f"A later version stands: {', '.join(later)}.")
    unknown = [other.version for other in news if compare_versions(other.version, spec.version) is None]
    if unknown:
        return Match(spec, None, besides=f"Whether what stands of it ({_named(unknown)}) is later cannot be told.")
    earlier = [other.version for other in news]
    return Match(spec, None, besides=f"What stands of it is earlier: {', '.join(earlier)}." if earlier else "")


def _without_order(spec: Specification, others: Group) -> str:
    unknown = [one.version for one in others if compare_versions(one.version, spec.version) is None]
    return f"It has no order with {_named(unknown)}, and is compared with none of these." if unknown else ""


def _named(versions: Sequence[str]) -> str:
    return ", ".join("one without a version" if version == UNSTATED else version for version in dict.fromkeys(versions))


# --- parts under another name ----------------------------------------------------------------------------------------


def _with_renamed(matches: Sequence[Match], old: Catalogue, new: Catalogue) -> list[Match]:
    """The matches, with a part that is gone and one that is new as one where they say the same, and no other does."""
    gone = [match for match in matches if match.after is None and not match.retired]
    come = [match for match in matches if match.before is None]
    pairs = []
    for one in gone:
        candidates = [
            other for other in come if one.before and other.after and _alike(one.before, other.after, old, new)
        ]
        if len(candidates) == 1:
            pairs.append((one, candidates[0]))
    counted = Counter(other.after for _, other in pairs)
    renamed = {other: one for one, other in pairs if counted[other.after] == 1}
    taken = set(renamed.values())
    return [
        Match(renamed[match].before, match.after, renamed=True) if match in renamed else match
        for match in matches
        if match not in taken
    ]


def _alike(before: Specification, after: Specification, old: Catalogue, new: Catalogue) -> bool:
    one, other = old.parts[before], new.parts[after]
    if not one or len(one) != len(other):
        return False
    return Counter(_fact(statement) for statement in one) == Counter(_fact(statement) for statement in other)


def _fact(s: Statement) -> tuple[object, ...]:
    return (s.subject, s.attribute, s.domain, s.value, s.text)


# --- statements ------------------------------------------------------------------------------------------------------


def _same(old: Sequence[Statement], new: Sequence[Statement]) -> bool:
    if old is new:
        return True
    if len(old) != len(new) or (old and old[0].specification.name != new[0].specification.name):
        return False
    return all(_fact(one) == _fact(other) for one, other in zip(old, new, strict=True))


def _by_subject(statements: Sequence[Statement]) -> dict[str, list[Statement]]:
    found: dict[str, list[Statement]] = {}
    for statement in statements:
        found.setdefault(statement.subject, []).append(statement)
    return found


def _spelt_like(old: dict[str, list[Statement]], new: StatementsBySubject) -> Mapping[str, list[Statement]]:
    """The older statements by the newer spelling of their subjects: blanks, underscores and case make no other subject.
    Paths of elements are taken as they are."""
    spellings: dict[str, tuple[list[str], list[str]]] = {}
    for index, (one, other) in enumerate(((old, new), (new, old))):
        for subject in one:
            if subject not in other and not subject.startswith("/"):
                spellings.setdefault(plain(subject), ([], []))[index].append(subject)
    newer_spelling = {olds[0]: news[0] for olds, news in spellings.values() if len(olds) == len(news) == 1}
    return {newer_spelling.get(subject, subject): statements for subject, statements in old.items()}
