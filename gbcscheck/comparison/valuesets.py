"""Two statements of one thing, compared as sets of values: what the newer one lacks, and what it has besides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING

from gbcscheck.comparison.meanings import NOTHING
from gbcscheck.facts.extract_file import fact_text
from gbcscheck.frozen import frozen
from gbcscheck.model import Statement

if TYPE_CHECKING:
    from gbcscheck.domains import Domain

MOST_MEMBERS = 4
"""More members of a list than this are counted and not named."""

_UNIT = re.compile(r"^(?P<values>.*[0-9.])(?: (?P<unit>[A-Za-z%]\w*(?:/\w+)?))?$")


@frozen
class Difference:
    """What became of a set. ``lost``: whether some value is permitted no longer, ``gained``: whether some value is that
    was not; None where that cannot be told. ``lost_words`` and ``gained_words`` name such values, ``witness`` is one
    of them. ``retyped``: no value can be of both sets, which are of different kinds; ``unit``: the numbers are
    the same, and their unit is not."""

    lost: bool | None
    gained: bool | None
    witness: str = ""
    lost_words: str = ""
    gained_words: str = ""
    retyped: bool = False
    unit: bool = False

    @property
    def same(self) -> bool:
        """Whether the two sets are equal for certain."""
        return self.lost is False and self.gained is False and not self.unit

    @property
    def change(self) -> str:
        """The name of the change, one of ``model.CHANGES``."""
        if self.retyped:
            return "retyped"
        if self.unit:
            return "unit"
        if self.lost is True and self.gained is False:
            return "narrowed"
        if self.gained is True and self.lost is False:
            return "widened"
        return "moved"


SAME = Difference(False, False)


def set_of(statements: Sequence[Statement]) -> Domain | None:
    """The values that some statements of one attribute set out together; a fact is a set of one text. None where one of
    them could not be read, or the union is no set that can be expressed."""
    from gbcscheck.domains import NONE, NotExact, text_set, union
    from gbcscheck.notation.canonical import parse_domain

    found: list[Domain] = []
    for statement in statements:
        if statement.domain is not None:
            found.append(parse_domain(statement.domain))
        elif statement.value is not None:
            words = plain_fact(statement)
            found.append(NONE if words.casefold() in NOTHING else text_set([words]))
        else:
            return None
    try:
        return reduce(union, found) if found else None
    except NotExact:
        return None


def plain_fact(statement: Statement) -> str:
    """What a statement says, without what does not count: the domain, or the fact with single blanks."""
    if statement.domain is not None:
        return statement.domain
    return fact_text(statement.value if statement.value is not None else statement.text)


def difference_of(old: Sequence[Statement], new: Sequence[Statement]) -> Difference:
    """What became of the set that some statements of one attribute set out."""
    found = difference(set_of(old), set_of(new))
    if len(old) == len(new) == 1 and not found.same and old[0].domain and new[0].domain:
        return replace(found, unit=only_the_unit(old[0].domain, new[0].domain))
    return found


def difference(old: Domain | None, new: Domain | None) -> Difference:
    """What became of a set of values; None is a set that nobody could read."""
    from gbcscheck.domains import NONE

    if old is None or new is None:
        return Difference(None, None)
    if old == new:
        return SAME
    old, new = _in_one_kind(old, new)
    lost, gained = _narrows(new, old), _narrows(old, new)
    if not lost and not gained and lost is not None and gained is not None:
        return SAME
    lost_words, lost_witness = _missing(old, new) if lost is not False else ("", "")
    gained_words, gained_witness = _missing(new, old) if gained is not False else ("", "")
    return Difference(
        lost,
        gained,
        witness=lost_witness or gained_witness,
        lost_words=lost_words,
        gained_words=gained_words,
        retyped=type(old) is not type(new) and NONE not in (old, new) and lost is True and gained is True,
    )


def _narrows(narrow: Domain, wide: Domain) -> bool | None:
    """Whether a set lacks a member of another; texts with patterns are compared as languages."""
    contained = wide.is_subset(narrow)
    if contained is not None:
        return not contained
    by_pattern = _text_of_patterns(wide, narrow)
    return None if by_pattern is None else bool(by_pattern)


def _text_of_patterns(wide: Domain, narrow: Domain) -> tuple[str, ...] | None:
    """A text, as the only member, that one set of texts has and another lacks; none where there is none. None where
    that is not decided."""
    from gbcscheck.domains import Texts
    from gbcscheck.domains.pattern_languages import TooLarge, missing_text

    if not (isinstance(wide, Texts) and isinstance(narrow, Texts)) or (wide.listed or narrow.listed) is not None:
        return None
    try:
        found = missing_text(wide, narrow)
    except TooLarge:
        return None
    return () if found is None else (found,)


def _in_one_kind(old: Domain, new: Domain) -> tuple[Domain, Domain]:
    """Two sets written in different ways, read as one kind where that is possible (``0xFE`` and seven set bits)."""
    from gbcscheck.domains import ANY, NONE, Bits, NotInterpretable
    from gbcscheck.domains.interpret_as import interpret_as

    if (type(old) is type(new) and not isinstance(old, Bits)) or {old, new} & {ANY, NONE}:
        return old, new
    for one, other, swapped in ((old, new, False), (new, old, True)):
        try:
            read = interpret_as(one, other)
        except NotInterpretable:
            continue
        if type(old) is type(new) and read != other:
            continue  # bit strings of different lengths: only padding may make them equal
        return (other, read) if swapped else (read, other)
    return old, new


def only_the_unit(old: str, new: str) -> bool:
    """Whether two sets in the canonical notation are the same numbers in other units: ``0..10 s``, ``0..10 min``."""
    one, other = _UNIT.match(old), _UNIT.match(new)
    return bool(one and other and one["values"] == other["values"] and one["unit"] != other["unit"])


def _missing(wide: Domain, narrow: Domain) -> tuple[str, str]:
    """The members of one set that another lacks, in words, and one of them; empty where none can be shown."""
    from gbcscheck.domains import Texts
    from gbcscheck.notation.canonical import print_value

    if isinstance(wide, Texts):
        members = wide.members()
        if members is not None:
            gone = [print_value(member) for member in members if not narrow.contains(member)]
            if gone:
                more = f" and {len(gone) - MOST_MEMBERS} more" if len(gone) > MOST_MEMBERS else ""
                return ", ".join(gone[:MOST_MEMBERS]) + more, gone[0]
    classes = wide.difference_classes(narrow)
    if not classes:
        shown = [print_value(text) for text in _text_of_patterns(wide, narrow) or ()]
        return (shown[0], shown[0]) if shown else ("", "")
    witness = print_value(classes[0][1])
    examples = [print_value(value) for _, value in classes[:MOST_MEMBERS]]
    return ", ".join(dict.fromkeys(examples)), witness
