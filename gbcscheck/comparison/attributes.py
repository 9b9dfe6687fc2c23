"""What became of each attribute of one subject."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from gbcscheck.comparison.meanings import Followed, meaning
from gbcscheck.comparison.valuesets import Difference, difference, difference_of, plain_fact, set_of
from gbcscheck.comparison.verdicts import Verdict, judged, verdict
from gbcscheck.comparison.writing import (
    LITERALS,
    NO_TYPE,
    accepts_nothing,
    base_of,
    literals_beyond,
    told_by_literals,
    written_otherwise,
)
from gbcscheck.facts.directions import Direction
from gbcscheck.model import Change, Statement

if TYPE_CHECKING:
    from gbcscheck.domains import Domain

Way = Callable[[], Direction]
Beside = Mapping[str, tuple[set[str], set[str]]]
"""The last names that left and that joined each parent."""
Group = Sequence[Statement]


def attribute_changes(old: Group, new: Group, way: Way, beside: Beside) -> list[Change]:
    """The changes of one subject that is there on both sides."""
    olds, news = _by_attribute(old), _by_attribute(new)
    found = []
    for attribute in dict.fromkeys((*olds, *news)):
        one, other = _without_common(olds.get(attribute, []), news.get(attribute, []))
        if one or other:
            change = _change(one, other, old, new, way, beside)
            if change is not None:
                found.append(change)
    return _with_the_writing(_with_the_type(found), old, new, way)


def _with_the_writing(changes: list[Change], old: Group, new: Group, way: Way) -> list[Change]:
    """The changes of a subject with that of how its values are written, where it hurts anybody whom a change of the
    values does not hurt anyway."""
    written = written_otherwise(old, new, way)
    if written is None:
        return changes
    for one in changes:
        if one.attribute == "permitted" and one.change == "retyped":
            # who is hurt by another kind of value is whom its literals hurt: every whole number is a text, too
            reason = f"It is another kind of value now. {written.reason}"
            judged_anew = replace(one, verdict=written.verdict, parties=written.parties, reason=reason)
            return [judged_anew if other is one else other for other in changes]
        if one.attribute == "permitted" and set(written.parties) <= set(one.parties):
            return changes
    return [*(one for one in changes if one.attribute != "type"), written]


def _with_the_type(changes: list[Change]) -> list[Change]:
    """The changes of a subject without the constraints that came or went with another type: its change says so."""
    retyped = [change for change in changes if (change.attribute, change.change) == ("type", "retyped")]
    gone = [one for one in changes if one.attribute in ("constant", "permitted") and one.change in ("added", "removed")]
    if not retyped or not gone:
        return changes
    words = " ".join(
        f"With it, what is stated as {one.attribute} has been {one.change}: {plain_fact(statement)}."
        for one in gone
        for statement in (one.new or one.old,)
        if statement is not None
    )
    whole = replace(retyped[0], reason=f"{retyped[0].reason} {words}")
    return [whole if one is retyped[0] else one for one in changes if one not in gone]


def _by_attribute(statements: Group) -> dict[str, list[Statement]]:
    found: dict[str, list[Statement]] = {}
    for statement in statements:
        found.setdefault(statement.attribute, []).append(statement)
    return found


def _without_common(old: Group, new: Group) -> tuple[list[Statement], list[Statement]]:
    """The statements of one attribute that the other side does not make in the same words, order apart; all of them,
    with those first, where one side says one thing only, in however many files."""
    olds, news = {plain_fact(s) for s in old}, {plain_fact(s) for s in new}
    if olds == news:
        return [], []
    if len(olds) == 1 or len(news) == 1:
        return sorted(old, key=lambda s: plain_fact(s) in news), sorted(new, key=lambda s: plain_fact(s) in olds)
    return [s for s in old if plain_fact(s) not in news], [s for s in new if plain_fact(s) not in olds]


def _change(one: Group, other: Group, old: Group, new: Group, way: Way, beside: Beside) -> Change | None:
    sample = (other or one)[0]
    kind = meaning(sample)
    if sample.attribute == "permitted" and _unread(one, other) and told_by_literals(old, new):
        return None
    if kind == "described":
        return _made(_word(one, other), verdict("described otherwise", Direction()), one, other)
    if kind == "carried":
        if one and other:
            return _made("moved", verdict("carried otherwise", way()), one, other)
        return _made(_word(one, other), verdict("carried otherwise", way()), one, other)
    if kind == "rule":
        reason = "What the parties have to do has changed; whom that hurts is not known here."
        return _made(_word(one, other), Verdict("unknown", (), reason), one, other)
    if kind == "presence":
        return _presence(one, other, way, beside)
    if kind in ("default", "unit") and not (one and other):
        return _made(kind, verdict(kind, way()), one, other)
    return _values(kind, one, other, old, new, way)


def _unread(one: Group, other: Group) -> bool:
    return any(statement.domain is None for statement in (*one, *other))


def _word(one: Group, other: Group) -> str:
    return "moved" if one and other else "added" if other else "removed"


def _made(change: str, found: Verdict, one: Group, other: Group, *, witness: str = "", reason: str = "") -> Change:
    old, new = (group[0] if group else None for group in (one, other))
    sample = new or old
    assert sample is not None
    return Change(
        change,
        found.verdict,
        found.parties,
        sample.subject,
        sample.attribute,
        old,
        new,
        witness=witness,
        reason=" ".join(part for part in (reason, found.reason) if part),
    )


# --- sets of values --------------------------------------------------------------------------------------------------


def _values(kind: Followed, one: Group, other: Group, old: Group, new: Group, way: Way) -> Change | None:
    """A set of values that is not the same any more; a set that is stated on one side only is held against what is
    said besides (the data type), since that is all that holds there."""
    if one and other:
        found = _difference_of(one, other, old, new)
        if found.same:
            return None
    else:
        found = difference(set_of(one) if one else _besides(other, old), set_of(other) if other else _besides(one, new))
        if (one or other)[0].attribute == LITERALS:
            beyond = literals_beyond(old if other else new, other or one)
            found = beyond if other else _turned(beyond)
        if (one or other)[0].attribute == "constant" and not accepts_nothing(old or new):
            # an element without content holds its fixed value (XML Schema Part 1, 3.3.1)
            found = replace(found, gained=True) if other else replace(found, lost=True)
    direction = way()
    if found.retyped:
        judgement = verdict("retyped", direction)
    elif found.unit:
        judgement = _of_unit(one, other, direction)
    elif kind in ("default", "unit") and (found.lost or found.gained):
        judgement = verdict(kind, direction)
        return _made(kind, judgement, one, other, witness=found.witness)
    else:
        judgement = judged(found.lost, found.gained, direction)
    change = found.change
    if kind in ("default", "unit"):
        change = kind
    elif not (one and other):
        change = _word(one, other)
    return _made(change, judgement, one, other, witness=found.witness, reason=_words(found))


def _difference_of(one: Group, other: Group, old: Group, new: Group) -> Difference:
    """What became of a set that both sides state, also where the words of its type alone tell."""
    found = None
    attribute = one[0].attribute
    if attribute == "permitted":
        if _unread(one, other):
            from gbcscheck.comparison.ordered import ordered_difference

            found = ordered_difference(one, other, (_stated_literals(old), _stated_literals(new)))
        elif NO_TYPE in (base_of(old), base_of(new)):
            found = _of_any_literal(one, other)
    elif attribute in ("constant", "default") and _unread(one, other) and len(one) == len(other) == 1:
        from gbcscheck.comparison.ordered import ordered_values

        base = base_of(old)
        if base == base_of(new):
            found = ordered_values(base, plain_fact(one[0]), plain_fact(other[0]))
    return found or difference_of(one, other)


def _of_any_literal(one: Group, other: Group) -> Difference | None:
    """What became of a text where one side has every simple type: any literal of those is a text."""
    from gbcscheck.domains import ANY, Texts, texts

    before, after = set_of(one), set_of(other)
    if not {type(before), type(after)} <= {type(ANY), Texts}:
        return None
    return difference(*(texts() if side == ANY else side for side in (before, after)))


def _stated_literals(statements: Group) -> Domain | None:
    return set_of([statement for statement in statements if statement.attribute == LITERALS])


def _of_unit(one: Group, other: Group, direction: Direction) -> Verdict:
    """A unit that replaces another; one that is stated for the first time, or no longer, may be the one meant."""
    units = [str(statement.domain or statement.value) for group in (one, other) for statement in group[:1]]
    if len(units) == 2 and all(re.search(r"[A-Za-z%]", unit) for unit in units):
        return verdict("unit", direction)
    return Verdict("unknown", (), "One side states no unit; whether the other's was meant cannot be told here.")


def _turned(found: Difference) -> Difference:
    """A difference as it is from the other side."""
    return replace(
        found,
        lost=found.gained,
        gained=found.lost,
        lost_words=found.gained_words,
        gained_words=found.lost_words,
    )


def _besides(statements: Group, of_subject: Group) -> Domain | None:
    """What holds of a value where no statement of an attribute restricts it: its permitted values, else its type."""
    from gbcscheck.comparison.whole_kinds import whole_kind
    from gbcscheck.domains import ANY

    attribute = statements[0].attribute
    for name in ("permitted", "type"):
        found = [s for s in of_subject if s.attribute == name and s.domain is not None]
        if name != attribute and found:
            return set_of(found)
    length = set_of([s for s in of_subject if s.attribute == "octets"])
    like = set_of(statements)
    return ANY if like is None else whole_kind(like, length)


def _words(found: Difference) -> str:
    parts = []
    if found.lost_words:
        parts.append(f"Permitted no longer: {found.lost_words}.")
    if found.gained_words:
        parts.append(f"Permitted now: {found.gained_words}.")
    return " ".join(parts)


# --- presence --------------------------------------------------------------------------------------------------------


def _presence(one: Group, other: Group, way: Way, beside: Beside) -> Change | None:
    sample = (other or one)[0]
    if sample.attribute == "choice":
        return _choice(one, other, way, beside)
    old_set, new_set = _counts(one), _counts(other)
    found = difference(old_set, new_set)
    if found.same:
        if one and other and sample.attribute == "presence":
            reason = "It may be missing for another reason now; whether in the same cases cannot be told here."
            return _made("presence", Verdict("unknown", (), reason), one, other)
        return None
    if old_set is not None and new_set is not None and old_set.contains(0) != new_set.contains(0):
        judgement = judged(found.lost, found.gained, way(), _count_words(found, became=not new_set.contains(0)))
        return _made("presence", judgement, one, other, witness=found.witness)
    judgement = judged(found.lost, found.gained, way())
    return _made(found.change, judgement, one, other, witness=found.witness, reason=_words(found))


def _count_words(found: Difference, *, became: bool) -> str:
    words = "It may no longer be missing." if became else "It may be missing now."
    return words if not (found.lost and found.gained) else f"{words} {_words(found)}"


def _counts(statements: Group) -> Domain | None:
    """How often something may be there: a set of numbers; once where nothing is said, 0 or 1 where only words say that
    it depends."""
    from gbcscheck.domains import integers

    if not statements:
        return integers(1, 1)
    if all(statement.domain is not None for statement in statements):
        return set_of(statements)
    return integers(0, 1)


def _choice(one: Group, other: Group, way: Way, beside: Beside) -> Change | None:
    """The alternatives of a choice; nothing where they differ by what was added, removed or renamed beside the subject,
    since that change says so."""
    if one and other:
        gone, come = beside.get(other[0].subject.rpartition("/")[0], (set(), set()))
        old, new = (_alternatives(group[0]) for group in (one, other))
        if old is None or new is None:
            numbers = [re.search(r"\d+", str(group[0].value)) for group in (one, other)]
            if all(numbers) and _number(one) - _number(other) == len(gone) - len(come):
                return None
        elif old - new <= gone and new - old <= come:
            return None
        reason = "It stands in the place of other elements now."
        return _made("presence", Verdict("unknown", (), reason), one, other)
    lost, gained = bool(other), bool(one)
    reason = "It now excludes the other alternatives of a choice." if other else "It no longer excludes others."
    return _made("presence", judged(lost, gained, way(), reason), one, other)


def _number(group: Group) -> int:
    return len(_alternatives(group[0]) or ()) or int("".join(re.findall(r"\d+", str(group[0].value))[:1]) or 0)


def _alternatives(statement: Statement) -> set[str] | None:
    """The names among which a choice is; None where the extract only counts them."""
    text = str(statement.value)
    return None if text.startswith("one of ") else set(re.findall(r"[^\s|,()+]+", text))
