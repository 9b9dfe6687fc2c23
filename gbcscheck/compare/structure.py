"""What became of the structure that a schema sets out: order and choice of children, names, wildcards, identity.

Content models are compared as languages, and only as far as nothing else tells the difference: children that were
added, removed or renamed are left out of account, and counts that are stated otherwise are held equal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from gbcscheck.compare.identity import implied
from gbcscheck.compare.subjects import Said
from gbcscheck.compare.valuesets import plain_fact
from gbcscheck.compare.verdicts import Verdict, judged, verdict
from gbcscheck.directions import Direction
from gbcscheck.domains.content_languages import ELSEWHERE, Missing, missing
from gbcscheck.domains.content_models import (
    NO_CHILD,
    NO_WORD,
    Letter,
    Model,
    ModelChange,
    Named,
    leaves,
    repeated,
    replaced,
)
from gbcscheck.model import Change, Statement
from gbcscheck.notation.content_model import NO_NAMESPACE, parse_model, parse_wildcard

Group = Sequence[Statement]
Way = Callable[[], Direction]
Counts = tuple[int, int | None]

CONTENT_MODEL, NAMESPACE = "content-model", "namespace"
FLAGS = {"nillable": (False, True), "abstract": (True, False)}
"""Facts that are stated or not: what is lost and what is gained where one is stated for the first time."""
STRUCTURE = frozenset((CONTENT_MODEL, NAMESPACE, "any-attribute", "identity", "mixed", "content", "choice", *FLAGS))
"""Attributes that are compared here where both sides state their structure."""
OLDER = frozenset(("content", "choice"))
"""Those of them that extracts have had since before they stated content models and namespaces."""
LONGEST_WORD = 8
"""Children of a sequence that are named one by one."""


@dataclass(frozen=True, slots=True)
class Sides:
    """One part on both sides, and the new names of old subjects."""

    old: Said
    new: Said
    names: Mapping[str, str]


def states_structure(said: Said) -> bool:
    """Whether a part states content models and namespaces of elements; extracts of version 0.1 do not."""
    return any(
        statement.attribute in (CONTENT_MODEL, NAMESPACE)
        for subject, statements in said.items()
        if subject.startswith("/")
        for statement in statements
    )


def has_elements(said: Said) -> bool:
    """Whether a part is about the elements of documents at all."""
    return any(subject.startswith("/") for subject in said)


def without_other_types(said: Said) -> Said:
    """A part without the elements of the types that xsi:type may name (``/A/B[Type]``)."""
    return {one: statements for one, statements in said.items() if not (one.startswith("/") and "[" in one)}


def beyond_structure(statements: Group, kept: frozenset[str] = frozenset()) -> list[Statement]:
    """The statements that are compared one by one."""
    return [one for one in statements if one.attribute not in STRUCTURE or one.attribute in kept]


def not_compared(old: Said, new: Said) -> Change:
    """What is said once where one side alone states structure: that it was not compared."""
    older = states_structure(old)
    stating = old if older else new
    statement = next(
        one for statements in stating.values() for one in statements if one.attribute in (CONTENT_MODEL, NAMESPACE)
    )
    side = "newer" if older else "older"
    reason = (
        f"The {side} side does not state content models and namespaces (its extract was made before gbcscheck read "
        "them), so order, choices and names were not compared. Make the extract anew to compare them."
    )
    one, other = (statement, None) if older else (None, statement)
    word = "removed" if older else "added"
    return Change(word, "unknown", (), statement.subject, CONTENT_MODEL, one, other, reason=reason)


def structure_changes(old: Group, new: Group, way: Way, sides: Sides) -> Iterator[Change]:
    """The changes of structure of one subject that is there on both sides."""
    one, other = _by_attribute(old), _by_attribute(new)
    yield from _text(one, other, way)
    yield from _model(old[0].subject, new[0].subject, one, other, way, sides)
    yield from _namespace(old[0].subject, new[0].subject, one, other, way, sides)
    yield from _any_attribute(one, other, way)
    yield from _identity(one, other, way)
    for attribute in FLAGS:
        yield from flag_changes(attribute, one.get(attribute, []), other.get(attribute, []), way)


def flag_changes(attribute: str, one: Group, other: Group, way: Way) -> Iterator[Change]:
    """The change of a fact that is stated or not."""
    if bool(one) == bool(other):
        return
    lost, gained = FLAGS[attribute] if other else FLAGS[attribute][::-1]
    yield _made(_word(lost, gained), judged(lost, gained, way(), _FLAG_WORDS[attribute, bool(other)]), one, other)


_FLAG_WORDS = {
    ("nillable", True): "It may be nil (xsi:nil) now.",
    ("nillable", False): "It may no longer be nil (xsi:nil).",
    ("abstract", True): "Its type is abstract now: xsi:type has to name another one.",
    ("abstract", False): "Its type is no longer abstract: it need not name another one.",
}


def _by_attribute(statements: Group) -> dict[str, list[Statement]]:
    found: dict[str, list[Statement]] = {}
    for statement in statements:
        found.setdefault(statement.attribute, []).append(statement)
    return found


def _made(word: str, found: Verdict, one: Group, other: Group, *, witness: str = "") -> Change:
    sample = (other or one)[0]
    old, new = (group[0] if group else None for group in (one, other))
    return Change(
        word,
        found.verdict,
        found.parties,
        sample.subject,
        sample.attribute,
        old,
        new,
        witness=witness,
        reason=found.reason,
    )


def _word(lost: bool | None, gained: bool | None) -> str:
    return {(True, False): "narrowed", (False, True): "widened"}.get((bool(lost), bool(gained)), "moved")


# --- children --------------------------------------------------------------------------------------------------------


def _model(old: str, new: str, one: _Stated, other: _Stated, way: Way, sides: Sides) -> Iterator[Change]:
    before, after = one.get(CONTENT_MODEL, []), other.get(CONTENT_MODEL, [])
    if [plain_fact(s) for s in before] == [plain_fact(s) for s in after]:
        return
    told = _told(old, new, _parsed(before), _parsed(after), sides)
    if NO_WORD in told.models and told.mandatory:
        return  # no sequence is left of which nothing was said
    lost, gained = (missing(*models, told.limits, told.namespaces) for models in (told.models, told.models[::-1]))
    left_out = told.left_out
    if None in (lost.found, gained.found) and told.limits:
        first, second = (replaced(model, ModelChange(erased=told.limits)) for model in told.models)
        lost, gained = missing(first, second, None, told.namespaces), missing(second, first, None, told.namespaces)
        left_out = left_out | set(told.limits)
    if lost.found is False and gained.found is False:
        return
    words = {when: _in_words(found.word) for when, found in (("no longer", lost), ("now", gained)) if found.found}
    reason = " ".join(f"Permitted {when}: {word}." for when, word in words.items())
    if left_out:
        reason = f"Leaving out {', '.join(sorted(left_out))}: {reason[:1].lower()}{reason[1:]}"
    witness = "" if left_out else next(iter(words.values()), "")
    yield _made(_word(lost.found, gained.found), _judged(lost, gained, way, reason), before, after, witness=witness)


def _judged(lost: Missing, gained: Missing, way: Way, reason: str) -> Verdict:
    if lost.found is None and gained.found is None:
        return Verdict("unknown", (), "The two content models are too large to be compared here.")
    return judged(lost.found, gained.found, way(), reason)


def _parsed(statements: Group) -> Model:
    return parse_model(plain_fact(statements[0])) if statements else NO_CHILD


class _Told(NamedTuple):
    """Two content models by the newer names without what other changes tell: ``mandatory`` says whether children that
    have to be there came or went, ``left_out`` are the names that were taken out of every sequence, and ``limits`` are
    counts that both sides allow."""

    models: tuple[Model, Model]
    mandatory: bool
    left_out: set[str]
    limits: dict[str, Counts]
    namespaces: dict[str, str]


def _told(old: str, new: str, before: Model, after: Model, sides: Sides) -> _Told:
    """What is left of two content models to be compared.

    That an optional child came says that sequences with it are new, and nothing of those without; that a mandatory one
    came says that every sequence is another, so that only the order of the rest is left.
    """
    names, gone = {}, set[str]()
    for name in _names(before):
        path = f"{old}/{name}"
        now = sides.names.get(path, f"{new}/{name}")
        if now in sides.new and path in sides.old:
            names[name] = now.removeprefix(f"{new}/")
        else:
            gone.add(name)
    come = _names(after) - set(names.values())
    limits, apart = _limits(old, new, names, sides)
    left = [_split(gone, old, sides.old), _split(come, new, sides.new)]
    first = replaced(before, ModelChange(names, *left[0], erased=apart))
    second = replaced(after, ModelChange({}, *left[1], erased=apart))
    namespaces = {name: _effective(f"{new}/{name}", sides.new) or ELSEWHERE for name in names.values()}
    mandatory = left[0][0] | left[1][0]
    return _Told((first, second), bool(mandatory), mandatory | apart, limits, namespaces)


def _names(model: Model) -> set[str]:
    return {leaf.name for leaf in leaves(model) if isinstance(leaf, Named)}


def _split(names: Iterable[str], parent: str, said: Said) -> tuple[set[str], set[str]]:
    """Names of children by whether they have to be there."""
    parts: tuple[set[str], set[str]] = (set(), set())
    for name in names:
        low, _ = _counts(said.get(f"{parent}/{name}", ()))
        parts[0 if low else 1].add(name)
    return parts


def _limits(old: str, new: str, names: Mapping[str, str], sides: Sides) -> tuple[dict[str, Counts], set[str]]:
    """The counts that both sides allow of children whose counts have changed, and the children that have none."""
    limits, apart = dict[str, Counts](), set[str]()
    for name, now in names.items():
        counts = [_counts(sides.old[f"{old}/{name}"]), _counts(sides.new[f"{new}/{now}"])]
        if counts[0] == counts[1]:
            continue
        low = max(low for low, _ in counts)
        high = min((high for _, high in counts if high is not None), default=None)
        if high is not None and low > high:
            apart.add(now)
        else:
            limits[now] = (low, high)
    return limits, apart


def _counts(statements: Group) -> Counts:
    """How often an element may occur in its parent."""
    from gbcscheck.domains import Numbers
    from gbcscheck.notation.canonical import parse_domain

    for statement in statements:
        if statement.attribute == "occurs" and statement.domain is not None:
            domain = parse_domain(statement.domain)
            if isinstance(domain, Numbers):
                return int(domain.low or 0), None if domain.high is None else int(domain.high)
    return 1, 1


def _in_words(word: Iterable[Letter]) -> str:
    """``A, B (3 times), C``."""
    parts = []
    for letter, group in groupby(word):
        times = sum(1 for _ in group)
        parts.append(str(letter) if times == 1 else f"{letter} ({times:,} times)")
    if len(parts) > LONGEST_WORD:
        parts = [*parts[:LONGEST_WORD], f"and {len(parts) - LONGEST_WORD} more"]
    return ", ".join(parts) or "no child element"


# --- text ------------------------------------------------------------------------------------------------------------


_Stated = Mapping[str, Group]


def _text(one: _Stated, other: _Stated, way: Way) -> Iterator[Change]:
    """Whether text may stand in an element: none, any beside its children, or the values of a simple type."""
    before, after = _kind_of_text(one), _kind_of_text(other)
    if before == after or {before, after} == {"value", "mixed"}:
        return
    stated = [_first(stated, "mixed", "content", "permitted", "type") for stated in (one, other)]
    if {before, after} == {"none", "mixed"}:
        lost, gained = before == "mixed", after == "mixed"
        reason = "Text may no longer stand in it." if lost else "Text may stand in it now."
        yield _made(_word(lost, gained), judged(lost, gained, way(), reason), *stated)
    else:
        yield _made("retyped", verdict("retyped", way()), *stated)


def _kind_of_text(stated: _Stated) -> str:
    content = plain_fact(stated["content"][0]) if stated.get("content") else ""
    if content == "signature":
        return content
    if content == "mixed" or stated.get("mixed"):
        return "mixed"
    return "value" if stated.get("permitted") else "none"


def _first(stated: _Stated, *attributes: str) -> Group:
    return next((stated[name] for name in attributes if stated.get(name)), [])


# --- names -----------------------------------------------------------------------------------------------------------


def _namespace(old: str, new: str, one: _Stated, other: _Stated, way: Way, sides: Sides) -> Iterator[Change]:
    before, after = one.get(NAMESPACE, []), other.get(NAMESPACE, [])
    if not before and not after:
        return  # that of the element around, whose own change tells
    was, now = _effective(old, sides.old), _effective(new, sides.new)
    if was != now:
        found = verdict("carried otherwise", way())
        words = " ".join(f"{word} {name or 'in no namespace'}." for word, name in (("It was", was), ("It is now", now)))
        yield _made("moved", Verdict(found.verdict, found.parties, f"{words} {found.reason}"), before, after)


def _effective(subject: str, said: Said) -> str:
    """The namespace of an element, stated of it or of what is around it; that of an attribute is stated of it."""
    while subject:
        for statement in said.get(subject, ()):
            if statement.attribute == NAMESPACE:
                name = plain_fact(statement)
                return "" if name == NO_NAMESPACE else name
        parent, _, name = subject.rpartition("/")
        if name.startswith("@"):
            return ""
        subject = f"{parent}/{name.partition('[')[0]}" if "[" in name else parent
    return ""


# --- attributes of any name, identity --------------------------------------------------------------------------------


def _any_attribute(one: _Stated, other: _Stated, way: Way) -> Iterator[Change]:
    before, after = one.get("any-attribute", []), other.get("any-attribute", [])
    first, second = _taken(before), _taken(after)
    lost, gained = missing(first, second), missing(second, first)
    if lost.found or gained.found:
        words = " ".join(
            f"Permitted {when}: {str(found.word[0]).replace('element', 'attribute')}."
            for when, found in (("no longer", lost), ("now", gained))
            if found.word
        )
        judgement = judged(lost.found, gained.found, way(), words)
        yield _made(_word(lost.found, gained.found), judgement, before, after)


def _taken(statements: Group) -> Model:
    return repeated(parse_wildcard(plain_fact(statements[0])), 0, 1) if statements else NO_CHILD


def _identity(one: _Stated, other: _Stated, way: Way) -> Iterator[Change]:
    """Constraints that are new and follow from none of the older ones lose documents, and the other way round."""
    before = {plain_fact(s): s for s in one.get("identity", [])}
    after = {plain_fact(s): s for s in other.get("identity", [])}
    new = [s for words, s in after.items() if words not in before]
    gone = [s for words, s in before.items() if words not in after]
    lost = any(not implied(plain_fact(s), before) for s in new)
    gained = any(not implied(plain_fact(s), after) for s in gone)
    if new or gone:
        word = "moved" if new and gone else "added" if new else "removed"
        reason = " ".join(
            f"{words}: {', '.join(plain_fact(s) for s in group)}."
            for words, group in (("Has to hold now", new), ("Need no longer hold", gone))
            if group
        )
        yield _made(word, judged(lost, gained, way(), reason), gone, new)
