"""Values that disagree: defaults against constants and permitted values, constants against constants."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gbcscheck.catalogue import Catalogue, Item, independent
from gbcscheck.model import Finding, Statement
from gbcscheck.rules.base import rule
from gbcscheck.rules.sides import (
    assumed_unit,
    direction_order,
    distinct,
    in_style,
    in_type,
    meaning,
    on_device,
    setting_links,
    type_of,
    value_text,
    words,
)

if TYPE_CHECKING:
    from gbcscheck.domains import BitString, Domain


@rule(
    "V101",
    "default-contradicts-constant",
    kind="default",
    severity="error",
    question="Does a table set a default other than the constant that a use case fixes?",
    text="""
    A use case template fixes a field of a COSEM object: whoever sends the command can write that one value and no
    other. A table of default settings gives the same field another value. A manufacturer cannot follow both, and a
    device that ships with the default can never be brought back to it once the command has been sent.

    **How to fix it.** Write the constant of the use case in the table, or leave the cell empty and let the use case
    speak alone. If the default is what is meant, the template has to change, and with it every device and every
    system that sends or checks the command.

    **Example.** SEC modification MP131: GBCS Table 28d set week days, begin date and end date of the maximum demand
    period, while ECS37 fixes them to every day (`0b11111110`), `0x000001FFFF` and `0xFFFFFFFFFF`.
    """,
)
def default_contradicts_constant(catalogue: Catalogue) -> Iterator[Finding]:
    """Every default that is no member of a constant of the same data item, one finding a default."""
    for item in catalogue.items.values():
        defaults = catalogue.item_statements(item, "default")
        if not defaults:
            continue
        kind = type_of(catalogue, item)
        encoding = catalogue.encoding(item)
        constants = _constants(catalogue, item)
        for default in defaults:
            values = in_type(catalogue, default, kind)
            if values is None:
                continue
            against: list[Statement] = []
            for constant in constants:
                fixed = in_type(catalogue, constant, kind)
                if fixed is not None and values.is_subset(fixed) is False:
                    against.append(constant)
            if not against:
                continue
            fixed = in_type(catalogue, against[0], kind)
            assert fixed is not None
            yield Finding(
                rule="V101",
                severity="error",
                subject=item.name,
                message="the default contradicts the constant of the use case",
                statements=(default, *against),
                witness=_clash(values, fixed, encoding),
                why=(
                    f"{against[0].clause or against[0].subject} fixes {words(fixed, encoding)}; "
                    f"{default.specification.part or default.clause or default.specification.name} "
                    f"ships the device with {words(values, encoding)}."
                ),
                suggestion=f"write {in_style(fixed, default.written)} in {_cell(default)} ({words(fixed, encoding)})",
                meanings=(
                    meaning("default", values, encoding, default.written),
                    *(meaning("constant", fixed, encoding, constant.written) for constant in against),
                ),
            )


def _constants(catalogue: Catalogue, item: Item) -> tuple[Statement, ...]:
    constants = catalogue.item_statements(item, "constant")
    return tuple(sorted(constants, key=lambda constant: direction_order(catalogue, constant)))


def _cell(statement: Statement) -> str:
    place = statement.place
    return f"{place.sheet}!{place.cell}" if place.cell else str(place)


def _clash(values: Domain, fixed: Domain, encoding: str) -> str:
    """A value that shows the clash: for week days the days of one side alone, else what one side has."""
    from gbcscheck.domains.meaning import in_words

    left, right = values.members(1), fixed.members(1)
    if encoding == "weekdays" and left and right:
        only_fixed, only_values = _days_apart(str(right[0]), str(left[0])), _days_apart(str(left[0]), str(right[0]))
        parts = [
            f"{in_words(days)}: in the {side} alone"
            for days, side in ((only_fixed, "constant"), (only_values, "default"))
            if "1" in days.bits
        ]
        return "; ".join(parts)
    return f"{words(values, encoding)}: shipped by the default, and not {words(fixed, encoding)}"


def _days_apart(these: str, others: str) -> BitString:
    """The bits set in one week and not in the other; both as ``0b1111100``."""
    from gbcscheck.domains import BitString

    pairs = zip(these.removeprefix("0b"), others.removeprefix("0b"), strict=False)
    return BitString("".join("1" if here == "1" and there == "0" else "0" for here, there in pairs))


@rule(
    "V102",
    "default-not-permitted",
    kind="default",
    severity="error",
    question="Does a table set a default that another specification does not permit, or that nobody could set again?",
    text="""
    A default has to be a value that the item may hold. One that lies outside the data type, outside the range that
    SMETS or a use case permits, or outside what the service request can carry leaves the device in a state that no
    User can ever restore.

    **How to fix it.** Move the default into the permitted set; the finding names a value that shows the clash and the
    permitted values.

    **Example.** A table that gives a voltage threshold as 253.5 V where the service request takes whole volts: no
    request can write 253.5 V again.
    """,
)
def default_not_permitted(catalogue: Catalogue) -> Iterator[Finding]:
    """Every default that is no member of the type, a permitted set, or the image of what a request can carry; one
    finding a default, with every statement that it breaks."""
    for item in catalogue.items.values():
        defaults = catalogue.item_statements(item, "default")
        if not defaults:
            continue
        kind = type_of(catalogue, item)
        for default in defaults:
            values = in_type(catalogue, default, kind)
            stated = catalogue.domain(default)
            if values is None and stated is not None and kind is not None:
                row = catalogue.item_statements(item, "type")[0]
                yield _not_permitted(item, default, [_Bound(row, kind, "is no value of the data type")], stated)
            if values is None:
                continue
            broken = [bound for bound in _bounds(catalogue, item, default, kind) if _breaks(values, bound)]
            if broken:
                yield _not_permitted(item, default, broken, values)


@dataclass(frozen=True, slots=True)
class _Bound:
    """What a statement lets a default be, as the device holds it, and what it means to lie outside."""

    statement: Statement
    permitted: Domain
    outside: str


def _bounds(catalogue: Catalogue, item: Item, default: Statement, kind: Domain | None) -> Iterator[_Bound]:
    for other in catalogue.item_statements(item, "permitted", "type"):
        permitted = in_type(catalogue, other, kind)
        if permitted is not None and other.specification != default.specification and independent(default, other):
            yield _Bound(other, permitted, f"is outside {words(permitted, catalogue.encoding(item))}")
    for link in setting_links(item):
        for end in link.request:
            for other in catalogue.about(end.subject, "permitted"):
                carried = on_device(catalogue, end, other)
                if carried is not None:
                    yield _Bound(other, carried, f"cannot be set again by service request {link.service_request}")


def _breaks(values: Domain, bound: _Bound) -> bool:
    return values.is_subset(bound.permitted) is False


def _not_permitted(item: Item, default: Statement, broken: list[_Bound], values: Domain) -> Finding:
    """A finding on a default; a warning where the clash rests on the unit of the other side, which is not stated."""
    said = " and ".join(dict.fromkeys(bound.outside for bound in broken))
    first = broken[0]
    why = f"{first.statement.specification} permits {first.statement.domain}."
    assumption = assumed_unit(values, *(bound.permitted for bound in broken))
    return Finding(
        rule="V102",
        severity="warning" if assumption else "error",
        subject=item.name,
        message=f"the default {said}",
        statements=distinct((default, *(bound.statement for bound in broken))),
        witness=value_text(values.difference_witness(first.permitted)),
        why=f"{why} {assumption}".strip(),
        suggestion=f"choose a default within {first.statement.domain}",
    )


@rule(
    "V103",
    "constants-differ",
    kind="value",
    severity="error",
    question="Do two specifications, or two parts of one, fix the same thing to different values?",
    text="""
    Two places fix one field and, after both are brought to the same form (`0xFE` and `0b11111110` over seven bits are
    the same), they fix it to different values.

    **How to fix it.** Find out which of the two devices follow, correct the other one, and if the fact stands in both
    places only to be convenient, state it once and refer to it.

    **Example.** A ZCL row that fixes a divisor of 10000 (`0x2710`) while the byte layout of the same command has
    `0x0001`.
    """,
)
def constants_differ(catalogue: Catalogue) -> Iterator[Finding]:
    """Constants of one attribute of one data item with no common value, and defaults of one in two documents."""
    for item in catalogue.items.values():
        for attribute in ("constant", "default"):
            stated = [
                statement
                for statement in catalogue.item_statements(item, attribute)
                if not _is_method(catalogue, statement.subject)
            ]
            kind = type_of(catalogue, item) if len(stated) > 1 else None
            for other in stated[1:]:
                first = stated[0]
                left, right = in_type(catalogue, first, kind), in_type(catalogue, other, kind)
                once = attribute == "default" and first.specification == other.specification
                if left is None or right is None or once or not independent(first, other):
                    continue
                if left.meet(right).is_empty() is True:
                    yield _differ(item.name, first, other, left.witness())


def _is_method(catalogue: Catalogue, subject: str) -> bool:
    """Whether a row is a method's input: each use case may pass its own value."""
    member = catalogue.first(subject, "member")
    return member is not None and str(member.value).startswith("method")


def _differ(subject: str, left: Statement, right: Statement, witness: object) -> Finding:
    return Finding(
        rule="V103",
        severity="error",
        subject=subject,
        message=f"two {left.attribute}s differ",
        statements=distinct((left, right)),
        witness=value_text(witness),
        why=f"{left.written} and {right.written} have no value in common.",
        suggestion="correct the one that devices do not follow",
    )


RULES = (default_contradicts_constant, default_not_permitted, constants_differ)
