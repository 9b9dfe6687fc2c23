"""Answers with three values: yes, no, and not known here; a constant where every value has the same."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, TypeAlias, Union

if TYPE_CHECKING:
    from ibis.expr.types import BooleanValue

Answer: TypeAlias = Union["BooleanValue", bool, None]
"""An expression, or what it is for every value; None: not known of any. A null of an expression is not known too."""


def all_of(answers: Iterable[Answer]) -> Answer:
    """Whether all is so: no, where something is not, whatever is not known beside it."""
    given = [one for one in answers if one is not True]
    if any(one is False for one in given):
        return False
    told = [one for one in given if one is not None]
    if not told:
        return None if given else True
    return reduce(and_, told if len(told) == len(given) else [*told, unknown()])


def any_of(answers: Iterable[Answer]) -> Answer:
    """Whether something is so: yes, where one thing is, whatever is not known beside it."""
    given = [one for one in answers if one is not False]
    if any(one is True for one in given):
        return True
    told = [one for one in given if one is not None]
    if not told:
        return None if given else False
    return reduce(or_, told if len(told) == len(given) else [*told, unknown()])


def first_of(cases: Iterable[tuple[Answer, Answer]], otherwise: Answer = None) -> Answer:
    """The answer of the first case that holds; a case whose condition is not known does not hold."""
    left: list[tuple[BooleanValue, Answer]] = []
    for holds, answer in cases:
        if holds is True:
            otherwise = answer
            break
        if holds is not False and holds is not None:
            left.append((holds, answer))
    while left and left[-1][1] is otherwise:
        left.pop()
    if not left:
        return otherwise
    import ibis

    return ibis.cases(*((holds, expression(answer)) for holds, answer in left), else_=expression(otherwise))


def expression(answer: Answer) -> BooleanValue:
    """An answer as an expression."""
    import ibis

    if answer is None:
        return unknown()
    return ibis.literal(answer) if isinstance(answer, bool) else answer


def unknown() -> BooleanValue:
    """What is not known, as an expression."""
    import ibis

    return ibis.null("boolean")
