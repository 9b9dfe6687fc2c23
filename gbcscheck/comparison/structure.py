"""What became of the structure that a schema sets out: text, names, wildcards, identity; its models are beside it."""

from __future__ import annotations

from collections.abc import Iterator

from gbcscheck.attributes import named
from gbcscheck.comparison.identity import implied
from gbcscheck.comparison.models import (
    CONTENT_MODEL,
    NAMESPACE,
    Group,
    Sides,
    Stated,
    Way,
    effective,
    made,
    model_changes,
    word_of,
)
from gbcscheck.comparison.subjects import StatementsBySubject
from gbcscheck.comparison.valuesets import plain_fact
from gbcscheck.comparison.verdicts import Verdict, judged, verdict
from gbcscheck.domains.content_languages import missing
from gbcscheck.domains.content_models import NO_CHILD, Model, repeated
from gbcscheck.model import Change, Statement
from gbcscheck.notation.content_model import parse_wildcard

FLAGS = {"nillable": (False, True), "abstract": (True, False)}
"""Facts that are stated or not: what is lost and what is gained where one is stated for the first time."""
STRUCTURE = named("structure")
"""Attributes that are compared here where both sides state their structure."""
OLDER = named("structure at first")
"""Those of them that extracts have had since before they stated content models and namespaces."""


def states_structure(by_subject: StatementsBySubject) -> bool:
    """Whether a part states content models and namespaces of elements; extracts of version 0.1 do not."""
    return any(
        statement.attribute in (CONTENT_MODEL, NAMESPACE)
        for subject, statements in by_subject.items()
        if subject.startswith("/")
        for statement in statements
    )


def has_elements(subjects: StatementsBySubject) -> bool:
    """Whether a part is about the elements of documents at all."""
    return any(subject.startswith("/") for subject in subjects)


def without_other_types(by_subject: StatementsBySubject) -> StatementsBySubject:
    """A part without the elements of the types that xsi:type may name (``/A/B[Type]``)."""
    return {one: statements for one, statements in by_subject.items() if not (one.startswith("/") and "[" in one)}


def beyond_structure(statements: Group, one_by_one: frozenset[str] = frozenset()) -> list[Statement]:
    """The statements that are compared one by one."""
    return [one for one in statements if one.attribute not in STRUCTURE or one.attribute in one_by_one]


def not_compared(old: StatementsBySubject, new: StatementsBySubject) -> Change:
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
    yield from model_changes(old[0].subject, new[0].subject, one, other, way, sides)
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
    yield made(word_of(lost, gained), judged(lost, gained, way(), _FLAG_WORDS[attribute, bool(other)]), one, other)


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


# --- text ------------------------------------------------------------------------------------------------------------


def _text(one: Stated, other: Stated, way: Way) -> Iterator[Change]:
    """Whether text may stand in an element: none, any beside its children, or the values of a simple type."""
    before, after = _kind_of_text(one), _kind_of_text(other)
    if before == after or {before, after} == {"value", "mixed"}:
        return
    stated = [_first(stated, "mixed", "content", "permitted", "type") for stated in (one, other)]
    if {before, after} == {"none", "mixed"}:
        lost, gained = before == "mixed", after == "mixed"
        reason = "Text may no longer stand in it." if lost else "Text may stand in it now."
        yield made(word_of(lost, gained), judged(lost, gained, way(), reason), *stated)
    else:
        yield made("retyped", verdict("retyped", way()), *stated)


def _kind_of_text(stated: Stated) -> str:
    content = plain_fact(stated["content"][0]) if stated.get("content") else ""
    if content == "signature":
        return content
    if content == "mixed" or stated.get("mixed"):
        return "mixed"
    return "value" if stated.get("permitted") else "none"


def _first(stated: Stated, *attributes: str) -> Group:
    return next((stated[name] for name in attributes if stated.get(name)), [])


# --- names -----------------------------------------------------------------------------------------------------------


def _namespace(old: str, new: str, one: Stated, other: Stated, way: Way, sides: Sides) -> Iterator[Change]:
    before, after = one.get(NAMESPACE, []), other.get(NAMESPACE, [])
    if not before and not after:
        return  # that of the element around, whose own change tells
    was, now = effective(old, sides.old), effective(new, sides.new)
    if was != now:
        found = verdict("carried otherwise", way())
        words = " ".join(f"{word} {name or 'in no namespace'}." for word, name in (("It was", was), ("It is now", now)))
        yield made("moved", Verdict(found.verdict, found.parties, f"{words} {found.reason}"), before, after)


# --- attributes of any name, identity --------------------------------------------------------------------------------


def _any_attribute(one: Stated, other: Stated, way: Way) -> Iterator[Change]:
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
        yield made(word_of(lost.found, gained.found), judgement, before, after)


def _taken(statements: Group) -> Model:
    return repeated(parse_wildcard(plain_fact(statements[0])), 0, 1) if statements else NO_CHILD


def _identity(one: Stated, other: Stated, way: Way) -> Iterator[Change]:
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
        yield made(word, judged(lost, gained, way(), reason), gone, new)
