"""An element's children and attributes against its schema: known, in order, not too often, none missing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from gbcscheck.device.documents.schema import SchemaNode
from gbcscheck.device.model import Problem
from gbcscheck.domains.content_models import (
    NO_WORD,
    VALID,
    Letter,
    Model,
    Named,
    Wildcard,
    after,
    after_all,
    first,
    leaves,
    nullable,
)
from gbcscheck.model import Statement
from gbcscheck.model.rules import Rule, declare

UNKNOWN = declare(
    "D401",
    "not-in-schema",
    kind="naming",
    severity="error",
    reads=("content", "content-model", "occurs"),
    question="Does the schema know each element, attribute and text where it stands?",
    text="""
    The document has an element or attribute that its schema does not name there, text among elements, or content in
    an element that has to be empty. A receiver that validates refuses the whole document.

    **Example.** `<EndTimes>` in place of `<EndTime>`.
    """,
)
MISSING = declare(
    "D402",
    "mandatory-element-missing",
    kind="optionality",
    severity="error",
    reads=("content-model", "occurs"),
    question="Is everything there that the schema makes mandatory?",
    text="""
    An element or attribute that has to occur at least once (or so many times) in its parent is absent, or all
    alternatives of a choice are of which one has to be taken.

    **Example.** A `MaximumDemandTimePeriodSchedule` with a start and without an end.
    """,
)
TOO_MANY = declare(
    "D403",
    "occurs-too-often",
    kind="optionality",
    severity="error",
    reads=("choice", "occurs"),
    question="Does nothing stand more often than the schema allows, and only one alternative of a choice?",
    text="""
    An element is repeated more often than its parent may hold it, or two alternatives of one choice stand together.

    **Example.** `SinglePhaseVoltageSettings` and `PolyPhaseVoltageSettings` in one request.
    """,
)
ORDER = declare(
    "D404",
    "wrong-order",
    kind="encoding",
    severity="error",
    reads=("content-model", "occurs"),
    question="Do the elements stand in the order of the schema?",
    text="""
    The children of an element have to come in an order that its content model allows. By an extract of version 0.1,
    which states none, the order of declaration counts, and is left open where two elements may both repeat.

    **Example.** `EndTime` before `StartTime`.
    """,
)
RULES: tuple[Rule, ...] = (UNKNOWN, MISSING, TOO_MANY, ORDER)

MOST_FITTING = 256
"""Sequences of children that are remembered of an element of a schema as those that it may have."""
MOST_NAMED = 6
"""Elements of a schema that a message names."""


class Misplaced(NamedTuple):
    """A problem with the children of an element: with the child at a position, or (None) with the element itself; the
    path that it is about, and what is written there."""

    position: int | None
    problem: Problem
    subject: str
    written: str


def judge_children(node: SchemaNode, names: Sequence[str], namespaces: Sequence[str] = ()) -> Iterable[Misplaced]:
    """What is wrong with the child elements of an element, given by their names in the order of the document, each with
    its namespace.

    Where the content model is stated, it decides; what it refuses is told by the child that is unknown, misplaced, too
    many or absent, as far as one is.
    """
    model = node.model
    if model is None:
        yield from _unknown(node, names)
        yield from _told(node, names)
        return
    known = (tuple(names), tuple(namespaces))
    if known in node.fitting:
        return
    strangers = namespaces or [""] * len(names)
    letters = [
        Letter(name if name in node.children else "", namespace, VALID)
        for name, namespace in zip(names, strangers, strict=True)
    ]
    if nullable(after_all(model, letters)):
        if len(node.fitting) < MOST_FITTING:
            node.fitting.add(known)
        return
    taken = [one for one in leaves(model) if isinstance(one, Wildcard)]
    unknown = {
        position
        for position, letter in enumerate(letters)
        if not letter.name and not any(one.admits(letter.namespace) for one in taken)
    }
    yield from (one for one in _unknown(node, names, known_too=False) if one.position in unknown)
    rest = [position for position in range(len(names)) if position not in unknown]
    if nullable(after_all(model, [letters[position] for position in rest])):
        return
    found = list(_told(node, [name if place in rest else "" for place, name in enumerate(names)]))
    yield from found or [_refused(node, model, [(place, names[place], letters[place]) for place in rest])]


def _told(node: SchemaNode, names: Sequence[str]) -> Iterable[Misplaced]:
    """What the counts, the order of declaration and the choices say."""
    yield from _order(node, names)
    yield from _counts(node, names)
    yield from _alternatives(node, names)


def _refused(node: SchemaNode, model: Model, children: Sequence[tuple[int, str, Letter]]) -> Misplaced:
    """The first child that the content model does not allow where it stands, or that it ends too early."""
    before = ""
    for position, name, letter in children:
        rest = after(model, letter)
        if rest == NO_WORD:
            where = f"after {before}" if before else "first"
            problem = Problem(
                ORDER,
                f"{name} cannot stand {where} in {_last(node.path)}",
                _modelled(node),
                suggestion=f"the schema has {_expected(model)} there",
            )
            return Misplaced(position, problem, f"{node.path}/{name}", name)
        model, before = rest, name
    names = list(dict.fromkeys(one.name for one in first(model) if isinstance(one, Named)))
    missing = f"{names[0]} is missing" if len(names) == 1 else f"one of {_expected(model)} is missing"
    where = f"after {before} in {_last(node.path)}" if before else f"in {_last(node.path)}"
    subject = f"{node.path}/{names[0]}" if len(names) == 1 else node.path
    return Misplaced(None, Problem(MISSING, f"{missing} {where}", _modelled(node)), subject, "absent")


def _expected(model: Model) -> str:
    """What may stand next, in words."""
    names = [one.name if isinstance(one, Named) else "an element of another schema" for one in first(model)]
    several = list(dict.fromkeys(names)) or ["nothing"]
    more = f" and {len(several) - MOST_NAMED} more" if len(several) > MOST_NAMED else ""
    end = " or the end" if nullable(model) and several != ["nothing"] else ""
    return ", ".join(several[:MOST_NAMED]) + more + end


def judge_attributes(node: SchemaNode, names: Iterable[str]) -> Iterable[Misplaced]:
    """What is wrong with the attributes of an element: unknown ones, and mandatory ones that are absent."""
    present = list(names)
    others = node.any_attribute
    for name in present:
        namespace = name[1:].partition("}")[0] if name.startswith("{") else ""
        if name not in node.attributes and not (others is not None and others.admits(namespace)):
            message = f"{_last(node.path)} has no attribute {name} in the schema"
            yield Misplaced(None, Problem(UNKNOWN, message, _stated(node)), f"{node.path}/@{name}", name)
    for name, attribute in node.attributes.items():
        if attribute.low and name not in present:
            message = f"the attribute {name} of {_last(node.path)} is missing"
            yield Misplaced(None, Problem(MISSING, message, _stated(attribute)), attribute.path, "absent")


def _unknown(node: SchemaNode, names: Sequence[str], *, known_too: bool = True) -> Iterable[Misplaced]:
    if node.content == "any" and known_too:
        return
    for position, name in enumerate(names):
        if name not in node.children:
            namespace, _, local = name[1:].rpartition("}") if name.startswith("{") else ("", "", name)
            known = ", ".join(list(node.children)[:MOST_NAMED]) or "no element"
            more = ", ..." if len(node.children) > MOST_NAMED else ""
            suggestion = f"the schema has {known}{more} there"
            shown = local if name.startswith("{") and local in node.children else name
            if shown in node.children:
                expected = node.children[shown].namespace
                shown = f"{local} of {f'the namespace {namespace}' if namespace else 'no namespace'}"
                suggestion = (
                    f"the schema has {local} of {f'the namespace {expected}' if expected else 'no namespace'} there"
                )
            problem = Problem(
                UNKNOWN,
                f"{shown} is no element of {_last(node.path)} in the schema",
                _stated(node),
                suggestion=suggestion,
            )
            yield Misplaced(position, problem, f"{node.path}/{local}", local)


def _order(node: SchemaNode, names: Sequence[str]) -> Iterable[Misplaced]:
    places = {name: place for place, name in enumerate(node.children)}
    latest = -1
    before = ""
    for position, name in enumerate(names):
        place = places.get(name)
        if place is None:
            continue
        if place < latest and not _may_repeat_together(node.children[name], node.children[before]):
            problem = Problem(
                ORDER,
                f"{name} stands after {before}; the schema has it before",
                (*_stated(node.children[name]), *_stated(node.children[before])),
                suggestion=f"put {name} before {before}",
            )
            yield Misplaced(position, problem, node.children[name].path, name)
        elif place >= latest:
            latest, before = place, name


def _may_repeat_together(one: SchemaNode, other: SchemaNode) -> bool:
    """Whether two elements could be parts of one group that repeats: each may occur several times, up to one bound."""
    return one.high != 1 and one.high == other.high


def _counts(node: SchemaNode, names: Sequence[str]) -> Iterable[Misplaced]:
    counts = Counter(names)
    for name, child in node.children.items():
        found = counts[name]
        if child.high is not None and found > child.high:
            position = [place for place, one in enumerate(names) if one == name][child.high]
            times = "once" if child.high == 1 else f"{child.high} times"
            message = f"{name} stands {found} times in {_last(node.path)}; it may stand there {times}"
            yield Misplaced(position, Problem(TOO_MANY, message, _stated(child)), child.path, name)
        if found < child.low:
            least = "is missing" if not found else f"stands {found} times, not {child.low}"
            message = f"{name} {least} in {_last(node.path)}"
            yield Misplaced(None, Problem(MISSING, message, _stated(child)), child.path, "absent")


# --- choices ---------------------------------------------------------------------------------------------------------


def _alternatives(node: SchemaNode, names: Sequence[str]) -> Iterable[Misplaced]:
    """Children of two alternatives of one choice that stand together. Elements that may repeat could do so in turns."""
    first: dict[str, str] = {}
    for position, name in enumerate(names):
        child = node.children.get(name)
        if child is None or not child.choice:
            continue
        other = first.setdefault(child.choice, name)
        beside = node.children[other]
        repeats = child.high != 1 and beside.high != 1
        if other != name and not repeats and not _in_one_alternative(child.choice, name, other):
            problem = Problem(
                TOO_MANY,
                f"{name} stands beside {other} in {_last(node.path)}; the schema has one or the other",
                (*_chosen(child), *_chosen(beside)),
            )
            yield Misplaced(position, problem, child.path, name)


def _in_one_alternative(choice: str, one: str, other: str) -> bool:
    """Whether an alternative of ``A | (B, C)`` holds both names. An alternative within one may make them exclusive
    again; that is left open."""
    if choice.startswith("one of "):
        return False
    return any({one, other} <= set(re.findall(r"[^\s,|()]+", part)) for part in _top_level(choice))


def _top_level(choice: str) -> Iterable[str]:
    """The alternatives of a choice, those in brackets whole."""
    depth, start = 0, 0
    for at, sign in enumerate(choice):
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and depth == 0:
            yield choice[start:at]
            start = at + 1
    yield choice[start:]


# --- words -----------------------------------------------------------------------------------------------------------


def _last(path: str) -> str:
    return path.rpartition("/")[2]


def _stated(node: SchemaNode) -> tuple[Statement, ...]:
    return (node.stated,) if node.stated is not None else ()


def _modelled(node: SchemaNode) -> tuple[Statement, ...]:
    return (node.by_attribute["content-model"],) if "content-model" in node.by_attribute else _stated(node)


def _chosen(node: SchemaNode) -> tuple[Statement, ...]:
    return (node.by_attribute["choice"],) if "choice" in node.by_attribute else _stated(node)
