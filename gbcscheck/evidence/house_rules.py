"""What house rules ask of values: that they lie in a set, or that two of them stand in a relation. Sets decide."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from gbcscheck.evidence.comparing import is_within
from gbcscheck.evidence.reading import read_as, read_like
from gbcscheck.evidence.value_words import printed, value_text
from gbcscheck.frozen import frozen
from gbcscheck.model import HOUSE_RULE, UNSTATED, Specification, Statement
from gbcscheck.model.rules import Rule
from gbcscheck.near_names import plain
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.wildcards import is_subject_pattern, subject_fits

if TYPE_CHECKING:
    from gbcscheck.domains import Domain, Numbers
    from gbcscheck.domains.base import Value

VALUE = "value"
"""The attribute of a rule on what a device holds: in a release its defaults and constants, else the device's own."""
HOLDING = ("default", "constant")
"""The attributes of statements that say which value a device holds."""
LESS, AT_MOST, UNEQUAL, IMPLIES = "<", "<=", "!=", "implies"
RELATIONS = (LESS, AT_MOST, UNEQUAL, IMPLIES)
IN_WORDS = {LESS: "below", AT_MOST: "at most", UNEQUAL: "other than"}
_OPEN, _OPEN_YEAR, _LAST_DAY = 0xFF, 0xFFFF, 31


@frozen
class Within:
    """The values have to lie in ``permitted``, and none of them in ``forbidden``; either may be left open."""

    permitted: Domain | None = None
    forbidden: Domain | None = None


@frozen
class Stated:
    """The attribute has to be stated."""


@frozen
class Related:
    """The values of two data items have to stand in a relation; for IMPLIES, where all of the left ones lie in
    ``premise`` some of the right ones have to lie in ``conclusion``."""

    left: str
    relation: str
    right: str
    premise: Domain | None = None
    conclusion: Domain | None = None


@frozen
class HouseRule:
    """A rule that a person wrote down: what is asked of an attribute of the subjects that fit a pattern, ``source`` the
    clause that says so, and the place of the rule itself; ``revision`` where that is not a file of today."""

    rule: Rule
    subject: str
    attribute: str
    asked: Within | Stated | Related
    source: str
    path: str
    line: int
    title: str = ""
    revision: str = UNSTATED

    @property
    def attributes(self) -> tuple[str, ...]:
        """The attributes of the statements of a release that it is about."""
        return HOLDING if self.attribute == VALUE else (self.attribute,)

    def statement(self, subject: str) -> Statement:
        """The rule as the other side of a conflict about a subject."""
        return Statement(
            subject,
            self.attribute,
            Specification(self.title or "house rules", self.revision),
            HOUSE_RULE,
            self.source,
            self.path,
            f"line {self.line}",
            text=in_words(self.asked),
        )


@frozen
class Broken:
    """How values break a rule: one that shows it, what had to be assumed of a unit to say so, and ``between`` where the
    value lies between the bounds of a set whose step it does not have."""

    witness: str
    assumption: str = ""
    between: str = ""

    def why(self, question: str) -> str:
        """What is asked, and what else has to be known of the answer."""
        return " ".join(part for part in (question, self.assumption, self.between) if part)


def in_words(asked: Within | Stated | Related) -> str:
    """What is asked, as a report quotes it."""
    if isinstance(asked, Stated):
        return "stated"
    if isinstance(asked, Within):
        parts = (("in", asked.permitted), ("not in", asked.forbidden))
        return ", ".join(f"{word} {printed(domain)}" for word, domain in parts if domain is not None)
    if asked.premise is not None and asked.conclusion is not None:
        return f"{asked.left} in {printed(asked.premise)} implies {asked.right} in {printed(asked.conclusion)}"
    return f"{asked.left} {asked.relation} {asked.right}"


def message_of(house: HouseRule, attribute: str) -> str:
    """What a finding says of an attribute that breaks a rule."""
    asked = house.asked
    if isinstance(asked, Stated):
        return f"none of the specifications that were read states its {attribute}"
    if isinstance(asked, Within) and asked.permitted is None and asked.forbidden is not None:
        return f"its {attribute} must not lie in {printed(asked.forbidden)}"
    if isinstance(asked, Within):
        return f"its {attribute} has to lie {in_words(asked)}"
    of = "" if attribute == VALUE else f"{attribute} of "
    if asked.relation == IMPLIES:
        return f"{of}{in_words(asked)}"
    return f"{of}{asked.left} has to be {IN_WORDS[asked.relation]} {of}{asked.right}"


def fitting_items(catalogue: Catalogue, pattern: str) -> tuple[str, ...]:
    """The data items that a pattern fits; a bare name finds the only element of an item, as in a configuration."""
    if is_subject_pattern(pattern) or pattern in catalogue.items:
        names = (name for name in catalogue.items if ("/" in name) <= ("/" in pattern))
        return tuple(name for name in names if subject_fits(pattern, name))
    wanted = plain(pattern)
    same = tuple(name for name in catalogue.items if plain(name) == wanted)
    elements = same or tuple(name for name in catalogue.items if plain(name.partition(".")[0]) == wanted)
    return elements if len(elements) == 1 else ()


# --- sets ------------------------------------------------------------------------------------------------------------


def outside(readings: Sequence[Domain], asked: Within, kinds: Sequence[Domain] = ()) -> Broken | None:
    """How some values break a rule on sets, of which there may be several readings; None where one of them does not,
    or where that cannot be told. ``kinds`` are the data types in which the rule's own sets may be meant."""
    found = [_outside_as_read(values, asked, kinds) for values in readings]
    return found[0] if found and all(found) else None


def _outside_as_read(values: Domain, asked: Within, kinds: Sequence[Domain]) -> Broken | None:
    if asked.permitted is not None:
        for permitted in _in_kinds(asked.permitted, kinds):
            in_unit, assumption = _in_unit_of(values, permitted)
            if is_within(in_unit, permitted) is not False:
                break
        else:
            beyond = in_unit.difference_witness(read_like(permitted, in_unit))
            if beyond is None:
                return Broken(_member(in_unit), assumption)
            return Broken(value_text(beyond), assumption, _between(beyond, permitted))
    if asked.forbidden is not None:
        for forbidden in _in_kinds(asked.forbidden, kinds):
            in_unit, assumption = _in_unit_of(values, forbidden)
            common = in_unit.meet(read_like(forbidden, in_unit))
            if common.is_empty() is False:
                return Broken(_member(common), assumption)
    return None


def _between(value: Value, permitted: Domain) -> str:
    """A sentence where a number lies between the bounds of a set and is none of its steps."""
    from gbcscheck.domains import Numbers, Quantity

    number = value.number if isinstance(value, Quantity) else value
    if not isinstance(permitted, Numbers) or permitted.step is None or not isinstance(number, int | Fraction):
        return ""
    if not any(span.holds(number) for span in permitted.spans):
        return ""
    step = value_text(Quantity(permitted.step, permitted.unit) if permitted.unit else permitted.step)
    return f"It lies between the bounds and is no multiple of {step}; with step any the set would have it."


def unrelated(left: Sequence[Domain], right: Sequence[Domain], asked: Related) -> Broken | None:
    """How the values of two data items break a relation: no value of the one stands so to a value of the other. None
    where some do in any reading, or where that cannot be told."""
    found = [_unrelated(one, other, asked) for one in left for other in right]
    return found[0] if found and all(found) else None


def _unrelated(left: Domain, right: Domain, asked: Related) -> Broken | None:
    if asked.premise is not None and asked.conclusion is not None:
        premise_values, assumption = _in_unit_of(left, asked.premise)
        wanted, more = _in_unit_of(right, asked.conclusion)
        if is_within(premise_values, asked.premise) is not True:
            return None
        together = wanted.meet(read_like(asked.conclusion, wanted))
        return Broken(_pair(premise_values, wanted), assumption or more) if together.is_empty() is True else None
    right = read_like(right, left)
    if asked.relation == UNEQUAL:
        left, assumption = _in_unit_of(left, right)
        right, more = _in_unit_of(right, left)
        alone = left.members(1) is not None and right.members(1) is not None
        same = alone and left.meet(right).is_empty() is False
        return Broken(_pair(left, right), assumption or more) if same else None
    return _not_ordered(left, right, asked.relation)


def _not_ordered(left: Domain, right: Domain, relation: str) -> Broken | None:
    """Two sets of numbers, or two single values of one kind that has an order, none of which are in order."""
    from gbcscheck.domains import Numbers

    if isinstance(left, Numbers) and isinstance(right, Numbers):
        if left.unit is not None and right.unit is not None and left.unit != right.unit:
            return Broken(f"{_pair(left, right)}: no order between {left.unit} and {right.unit}")
        unit = left.unit or right.unit
        silent = unit is not None and None in (left.unit, right.unit)
        assumption = _taken_to_be_in(unit) if silent and unit else ""
        return None if _may_be_ordered(left, right, relation) else Broken(_pair(left, right), assumption)
    one, other = _moment(left), _moment(right)
    if one is None or other is None or len(one) != len(other):
        return None
    in_order = one < other if relation == LESS else one <= other
    return None if in_order else Broken(_pair(left, right))


def _may_be_ordered(left: Numbers, right: Numbers, relation: str) -> bool:
    """Whether some number of one set is below (or at most) some number of another, units left aside."""
    first, last = left.spans[0], right.spans[-1]
    if first.low is None or last.high is None:
        return True
    if relation == AT_MOST and not (first.low_open or last.high_open):
        return first.low <= last.high
    return first.low < last.high


def _moment(values: Domain) -> tuple[int, ...] | None:
    """The fields of a single time of day or date, which stand in their order: hours to hundredths (none where they are
    not specified), or year to day; None for any other set, and where another field is left open."""
    from gbcscheck.domains import DateValue, TimeValue

    members = values.members(1)
    if not members or not isinstance(members[0], DateValue | TimeValue):
        return None
    fields = members[0].fields()
    if isinstance(members[0], TimeValue):
        return None if _OPEN in fields[:3] else (*fields[:3], 0 if fields[3] == _OPEN else fields[3])
    return fields[:3] if fields[0] != _OPEN_YEAR and max(fields[1:3]) <= _LAST_DAY else None


def _in_kinds(domain: Domain, kinds: Sequence[Domain]) -> list[Domain]:
    """A set of a rule in each data type in which it can be read; as it stands where there is none."""
    read = [one for kind in kinds if (one := read_as(domain, kind)) is not None]
    return list(dict.fromkeys(read)) or [domain]


def _in_unit_of(values: Domain, other: Domain) -> tuple[Domain, str]:
    """Numbers without a unit as those of the other side's unit, and a sentence that says so; else as they are."""
    from gbcscheck.domains import Numbers

    unit = other.unit if isinstance(other, Numbers) else None
    if not isinstance(values, Numbers) or values.unit is not None or unit is None:
        return values, ""
    return values.with_unit(unit), _taken_to_be_in(unit)


def _taken_to_be_in(unit: str) -> str:
    return f"One side states no unit; its numbers are taken to be in {unit} here."


def _pair(left: Domain, right: Domain) -> str:
    return f"{_member(left)} and {_member(right)}"


def _member(values: Domain) -> str:
    """A member of a set as a witness names it; the set where none can be shown."""
    from gbcscheck.domains.base import try_witness

    member = try_witness(values)
    return printed(values) if member is None else value_text(member)
