"""What is wrong with a value of a data item, put into words: the requirements that it does not fit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gbcscheck.device.items.rules import FORBIDDEN, NOT_SETTABLE, NOT_SHOWN, NOT_THE_CONSTANT, OUTSIDE_TYPE
from gbcscheck.device.model import Problem
from gbcscheck.evidence.comparing import in_unit, unit_of
from gbcscheck.evidence.conversion import Route, is_activation, lets_through
from gbcscheck.evidence.fitting import ENCODED, Requirement, Requirements
from gbcscheck.evidence.reading import Stated, read_as, stated_sets
from gbcscheck.evidence.rows import carriers, is_method, sets
from gbcscheck.evidence.value_words import value_words
from gbcscheck.model import Statement
from gbcscheck.release.catalogue import Catalogue, Item

if TYPE_CHECKING:
    from gbcscheck.domains import Domain

Problems = tuple[Problem, ...]


def problems_on_device(catalogue: Catalogue, item: Item, requirements: Requirements, value: Domain) -> Problems:
    """What is wrong with a value that a device holds of an item. One that is not of the item's type is told as that
    alone; one that is no legal date or time, as that and what no request or response has."""
    found = _of_kind(requirements, value)
    if any(problem.rule is OUTSIDE_TYPE for problem in found):
        return found
    if found:
        return (*found, *problems_of([one for one in requirements if one.routes], value))
    fixed = [one for one in requirements if one.asks == "constant"]
    differing = (problem for one in fixed for problem in _not_the_constant(catalogue, item, one.stated, value))
    return (*differing, *problems_of(requirements, value))


def problems_of(requirements: Iterable[Requirement], value: Domain) -> Problems:
    """What is wrong with a value by what is permitted, and by what requests set and responses show, in the order of
    the requirements; their types, encodings and constants are left aside."""
    return tuple(problem for requirement in requirements for problem in _told(requirement, value))


def _told(requirement: Requirement, value: Domain) -> Iterable[Problem]:
    if requirement.asks == "permitted":
        return _not_permitted(requirement.stated, value)
    if requirement.asks == "set":
        return _not_settable(requirement.routes, value)
    return _not_shown(requirement.routes, value) if requirement.asks == "shown" else ()


# --- type and encoding -----------------------------------------------------------------------------------------------


def _of_kind(requirements: Requirements, value: Domain) -> Problems:
    for asks, told in (("type", _outside_types), ("encoding", _no_such_encoding)):
        for requirement in requirements:
            if requirement.asks == asks and (found := told(requirement.stated, value)):
                return found
    return ()


def _outside_types(stated: Stated, value: Domain) -> Problems:
    for _, kind in stated:
        read = read_as(value, kind)
        if read is not None and read.is_subset(kind) is not False:
            return ()
    outside = tuple(statement for statement, _ in stated)
    message = f"{value_words(value)} is no value of {outside[0].written}, the data type of the item's row"
    return (Problem(OUTSIDE_TYPE, message, outside[:2], witness=value_words(value)),)


def _no_such_encoding(stated: Stated, value: Domain) -> Problems:
    """As many octets as a date or a time has, which are none."""
    for statement, kind in stated:
        if _octet_count(value) == ENCODED[statement.subject] and read_as(value, kind) is None:
            message = f"{value_words(value)} is no legal {statement.subject}"
            return (Problem(FORBIDDEN, message, (statement,), witness=value_words(value)),)
    return ()


def _octet_count(value: Domain) -> int | None:
    """How many octets a value has; None for one that is no octets."""
    from gbcscheck.domains import Octets

    if not isinstance(value, Octets) or value.length_range.low != value.length_range.high:
        return None
    return int(value.length_range.low)


# --- what is fixed and permitted -------------------------------------------------------------------------------------


def _not_the_constant(catalogue: Catalogue, item: Item, stated: Stated, value: Domain) -> Problems:
    read = [read_as(value, fixed) for _, fixed in stated]
    if any(one is None or one.is_subset(fixed) is not False for one, (_, fixed) in zip(read, stated, strict=True)):
        return ()
    values_read, (first, fixed) = read[0], stated[0]
    assert values_read is not None
    denials = tuple(s for s in catalogue.item_statements(item, "settable-by") if s.value == "none")
    rows = carriers(catalogue, item)
    reading = tuple(row for row in rows if not is_method(catalogue, row) and not sets(catalogue, row))
    returned = bool(stated_sets(catalogue, reading, "constant"))
    encoding = catalogue.encoding(item)
    found, wanted = value_words(values_read, encoding), value_words(fixed, encoding)
    use_case = first.subject.partition("/")[0]
    why = [f"{use_case} fixes the item, and no service request sets it."] if denials else []
    why += [
        f"{default.specification} gives the device's value as the default ({default.provenance})."
        for default, values in stated_sets(catalogue, (item.name, *item.direct), "default")
        if (shipped := read_as(values, fixed)) is not None and values_read.is_subset(shipped)
    ]
    return (
        Problem(
            NOT_THE_CONSTANT,
            f"{found} is not the constant of the use case, {wanted}",
            (*(statement for statement, _ in stated), *denials),
            severity="" if denials or returned else "warning",
            witness=found,
            suggestion=f"configure {wanted}",
            why=" ".join(why),
        ),
    )


def _not_permitted(stated: Stated, value: Domain) -> Problems:
    """The problem with a value that lies in none of the sets, told of the first."""
    problems = [tuple(_left_out(statement, permitted, value)) for statement, permitted in stated]
    return problems[0] if all(problems) else ()


def _left_out(statement: Statement, permitted: Domain, value: Domain) -> Iterable[Problem]:
    """The problem with a value that a statement leaves out; none where the two cannot be held against each other."""
    read = read_as(value, permitted)
    if read is None:
        return
    unit = "" if unit_of(read) else unit_of(permitted)
    if unit:
        read = in_unit(read, unit)
    if read.is_subset(permitted) is not False:
        return
    yield Problem(
        FORBIDDEN,
        f"{value_words(read)} is not permitted by {statement.specification}, which permits {permitted.describe()}",
        (statement,),
        severity="warning" if unit else "",
        witness=value_words(read),
        why=f"The device states no unit; its number is taken to be in {unit} here." if unit else "",
    )


# --- what requests set and responses show ----------------------------------------------------------------------------


def _not_settable(setting: tuple[Route, ...], value: Domain) -> Iterable[Problem]:
    if any(is_activation(route, value) or lets_through(route, value) is not False for route in setting):
        return
    requests = tuple(dict.fromkeys(route.link.service_request for route in setting))
    yield Problem(
        NOT_SETTABLE,
        f"no value of service request {' or '.join(requests)} sets {words_along(setting[0], value)}",
        tuple(dict.fromkeys(route.stated for route in setting)),
        witness=words_along(setting[0], value),
        why=_why_through(setting, setting[0].link.proof),
    )


def _not_shown(showing: tuple[Route, ...], value: Domain) -> Iterable[Problem]:
    if any(lets_through(route, value) is not False for route in showing):
        return
    requests = tuple(dict.fromkeys(route.link.read_service_request for route in showing))
    yield Problem(
        NOT_SHOWN,
        f"the response to service request {' or '.join(requests)} cannot show {words_along(showing[0], value)}",
        tuple(dict.fromkeys(route.stated for route in showing)),
        witness=words_along(showing[0], value),
        why=_why_through(showing, showing[0].link.reading_proof),
    )


def words_along(route: Route, value: Domain) -> str:
    """A device's value in words, as the kind of value that travels along a route."""
    read = read_as(value, route.kind)
    return value_words(value if read is None else read)


def _why_through(through: tuple[Route, ...], proof: str) -> str:
    """What the elements permit, and a hint where the crosswalk's own pair is not proved by messages or structure."""
    elements = {route.end.subject.rpartition("/")[2]: route.permitted.describe() for route in through}
    told = "; ".join(f"{name} permits {permitted}" for name, permitted in elements.items()) + "."
    state = proof.partition(" ")[0]
    if state in ("proved", "structure"):
        return told
    return f"{told} That {next(iter(elements))} is this data item rests on names ({state} in the crosswalk)."
