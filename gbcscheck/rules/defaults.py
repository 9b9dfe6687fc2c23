"""Defaults that contradict a constant, or that a specification or a service request leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from gbcscheck.evidence.comparing import assumed_unit, is_comparable, nearest_outside
from gbcscheck.evidence.comparisons import held, held_within
from gbcscheck.evidence.conversion import permitted_encodings
from gbcscheck.evidence.fitting import fixed_by_rows
from gbcscheck.evidence.reading import is_in_unknown_words, readings, types_of
from gbcscheck.evidence.rows import carries_whole, is_method, setting_first, setting_links
from gbcscheck.evidence.value_words import meaning, value_text, words, written_like
from gbcscheck.facts.crosswalk import Link
from gbcscheck.frozen import frozen
from gbcscheck.model import Finding, Statement, distinct
from gbcscheck.release.catalogue import Catalogue, Item, independent
from gbcscheck.rules.base import rule

if TYPE_CHECKING:
    from gbcscheck.domains import BitString, Domain


@rule(
    "V101",
    "default-contradicts-constant",
    kind="default",
    severity="error",
    reads=("default", "constant", "type", "encoding", "class", "direction", "member"),
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
    """Every default that is no member of a constant of the same data item, one finding a default; none where another
    row that sets the item leaves the default be."""
    for item in catalogue.items_that_say("default"):
        defaults = catalogue.item_statements(item, "default")
        if not defaults:
            continue
        encoding = catalogue.encoding(item)
        constants = _constants(catalogue, item)
        fixing = {statement for statement, _ in fixed_by_rows(catalogue, item)}
        for default in defaults:
            read = readings(catalogue, item, default)
            against: dict[Statement, tuple[Domain, Domain]] = {}
            for constant in constants:
                fixed_values = readings(catalogue, item, constant)
                held_within(catalogue, default, read, constant, fixed_values)
                apart = nearest_outside(read, fixed_values)
                if apart is not None:
                    against[constant] = apart
            named = any(constant.subject in (item.name, *item.direct) for constant in against)
            if not named and not (fixing and fixing <= against.keys()):
                continue
            first, (values, fixed) = next(iter(against.items()))
            wanted = written_like(fixed, default.written)
            yield default_contradicts_constant.finding(
                subject=item.name,
                message="the default contradicts the constant of the use case",
                statements=(default, *against),
                witness=_clash(values, fixed, encoding),
                why=(
                    f"{first.clause or first.subject} fixes {words(fixed, encoding)}; "
                    f"{default.specification.part or default.clause or default.specification.name} "
                    f"ships the device with {words(values, encoding)}."
                ),
                suggestion=f"write {wanted} in {_cell(default)} ({words(fixed, encoding)})",
                meanings=(
                    meaning("default", values, encoding, default.written),
                    *(meaning("constant", other, encoding, row.written) for row, (_, other) in against.items()),
                ),
            )


def _constants(catalogue: Catalogue, item: Item) -> tuple[Statement, ...]:
    stated = (*catalogue.item_statements(item, "constant"), *(one for one, _ in fixed_by_rows(catalogue, item)))
    return setting_first(catalogue, distinct(one for one in stated if not is_method(catalogue, one.subject)))


def _cell(statement: Statement) -> str:
    place = statement.place
    return place.cell_words if place.cell else str(place)


def _clash(values: Domain, fixed: Domain, encoding: str) -> str:
    """A value that shows the clash: for week days the days of one side alone, else what one side has."""
    from gbcscheck.domains.cosem_words import in_words

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
    reads=("default", "permitted", "type", "encoding", "class"),
    question="Does a table set a default that a specification does not permit, or that nobody could set again?",
    text="""
    A default has to be a value that the item may hold. One that lies outside the data type, outside the range that
    its own table, SMETS or a use case permits, or outside what the service request can carry leaves the device in a
    state that no User can ever restore. A default is read in the words and units of its document: `39.5` where the
    request takes 39.5 and the device holds 395, `Locked` where that is the request's word. It is a conflict where no
    way to read it is permitted.

    **How to fix it.** Move the default into the permitted set; the finding names a value that shows the clash and the
    permitted values.

    **Example.** A table that gives a voltage threshold as 253.5 V where the service request takes whole volts: no
    request can write 253.5 V again.
    """,
)
def default_not_permitted(catalogue: Catalogue) -> Iterator[Finding]:
    """Every default that is no member of the type, of a permitted set, or of what requests can carry; one finding a
    default, with every statement that it breaks. Of several ways to read a default, one that breaks nothing will do."""
    for item in catalogue.items_that_say("default"):
        defaults = catalogue.item_statements(item, "default")
        if not defaults:
            continue
        types = catalogue.item_statements(item, "type")
        for default in defaults:
            stated = catalogue.domain(default)
            if stated is None:
                continue
            read = readings(catalogue, item, default)
            if not read and not is_in_unknown_words(catalogue, item, stated):
                kinds = types_of(catalogue, item)
                held(catalogue, default, types[:1])
                yield _not_permitted(
                    catalogue, item, default, [_Bound(types[:1], kinds[:1], "is no value of the data type")], ()
                )
            bounds = list(_bounds(catalogue, item, default, read))
            for bound in bounds:
                for statement in bound.statements:
                    held_within(catalogue, default, read, statement, bound.permitted)
            broken = [bound for bound in bounds if _breaks(read, bound)]
            by_request = [bound for bound in broken if bound.is_of_request]
            if by_request and any(one != stated for one in read):
                broken = by_request  # the device's own numbers would only confuse: the request has those of the table
            if broken:
                yield _not_permitted(catalogue, item, default, broken, read)


@frozen
class _Bound:
    """What some statements together let a default be, as the device holds it, and what it means to lie outside: a
    value within any one of the sets is permitted. ``is_of_request`` where they say what service requests can set."""

    statements: tuple[Statement, ...]
    permitted: tuple[Domain, ...]
    outside: str
    is_of_request: bool = False


def _bounds(catalogue: Catalogue, item: Item, default: Statement, read: Sequence[Domain]) -> Iterator[_Bound]:
    for other in catalogue.item_statements(item, "permitted", "type"):
        permitted = readings(catalogue, item, other)
        if other.attribute == "type" and not any(is_comparable(one, kind) for one in read for kind in permitted):
            continue  # the type of the other fuel's devices
        if permitted and independent(default, other):
            yield _Bound((other,), permitted, f"is outside {words(permitted[0], catalogue.encoding(item))}")
    links = [link for link in setting_links(catalogue, item) if carries_whole(link)]
    settable = [bound for link in links if (bound := _settable(catalogue, link)) is not None]
    if settable and len(settable) == len(links):
        requests = dict.fromkeys(bound.outside for bound in settable)
        yield _Bound(
            tuple(statement for bound in settable for statement in bound.statements),
            tuple(values for bound in settable for values in bound.permitted),
            f"cannot be set again by service request {' or '.join(requests)}",
            is_of_request=True,
        )


def _settable(catalogue: Catalogue, link: Link) -> _Bound | None:
    """What a request can set through a link, whose elements all carry the item, or, where it has several values, one
    of them each; None where nothing is known of it."""
    from gbcscheck.domains import ANY

    stated_sets = [one for end in link.ends_of("request") for one in permitted_encodings(catalogue, end)]
    if not stated_sets:
        return None
    statements, encodings = zip(*stated_sets, strict=True)
    if link.members:
        return _Bound(statements, encodings, link.service_request)
    carried: Domain = ANY
    for values in encodings:
        carried = carried.meet(values)
    return _Bound(statements, (carried,), link.service_request)


def _breaks(read: Sequence[Domain], bound: _Bound) -> bool:
    return nearest_outside(read, bound.permitted) is not None


def _not_permitted(
    catalogue: Catalogue, item: Item, default: Statement, broken: list[_Bound], read: Sequence[Domain]
) -> Finding:
    """A finding on a default, which says where it rests on a unit of the other side that is not stated."""
    contradictions = " and ".join(dict.fromkeys(bound.outside for bound in broken))
    first = broken[0]
    why = f"{first.statements[0].specification} permits {first.statements[0].domain}."
    assumption = assumed_unit(read[0], *(one for bound in broken for one in bound.permitted)) if read else ""
    return default_not_permitted.finding(
        subject=item.name,
        message=f"the default {contradictions}",
        statements=distinct((default, *(statement for bound in broken for statement in bound.statements))),
        witness=_beyond(catalogue.domain(default), read[:1], first.permitted[0]),
        why=f"{why} {assumption}".strip(),
        suggestion=f"choose a default within {first.statements[0].domain}",
    )


def _beyond(stated: Domain | None, read: Sequence[Domain], permitted: Domain) -> str:
    """A default that is too much, as it was stated; of a set of several the first value that lies outside."""
    assert stated is not None
    outside = stated if stated.members(1) or not read else read[0]
    value = stated.witness() if outside is stated else outside.difference_witness(permitted)
    return value_text(value)


RULES = (default_contradicts_constant, default_not_permitted)
