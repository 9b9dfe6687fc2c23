"""What a release says of a value that a device holds: its data type, its encoding, its constant, what is permitted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gbcscheck.device.items.rules import FORBIDDEN, NOT_THE_CONSTANT, OUTSIDE_TYPE
from gbcscheck.device.model import Problem
from gbcscheck.evidence.ends import in_words, read_as
from gbcscheck.evidence.said import (
    ENCODED,
    carriers,
    encoded_as,
    in_unit,
    is_method,
    limits,
    octet_count,
    sets,
    unit_of,
    with_domain,
)
from gbcscheck.model import Statement
from gbcscheck.release.catalogue import Catalogue, Item

if TYPE_CHECKING:
    from gbcscheck.domains import Domain

Problems = tuple[Problem, ...]


def held_problems(catalogue: Catalogue, item: Item, value: Domain) -> Problems:
    """What is wrong with a value that a device holds, links to service requests left aside. One that is not of the
    item's type, or no legal date or time, is told as that alone."""
    rows = carriers(catalogue, item)
    return (
        _outside_types(catalogue, rows, value)
        or _no_such_encoding(catalogue, item, value)
        or (
            *_not_the_constant(catalogue, item, rows, value),
            *forbidden(catalogue, item, value),
            *_left_out_by_rows(catalogue, rows, value),
        )
    )


def is_of_type(problems: Problems) -> bool:
    """Whether a value was of its item's type: only then may the rest be asked of it."""
    return all(problem.rule is not OUTSIDE_TYPE for problem in problems)


def _outside_types(catalogue: Catalogue, rows: tuple[str, ...], value: Domain) -> Problems:
    stated = with_domain(catalogue, rows, "type")
    outside = []
    for statement, kind in stated:
        read = read_as(value, kind)
        if read is not None and read.is_subset(kind) is not False:
            return ()
        outside.append(statement)
    if not outside:
        return ()
    message = f"{in_words(value)} is no value of {outside[0].written}, the data type of the item's row"
    return (Problem(OUTSIDE_TYPE, message, tuple(outside[:2]), witness=in_words(value)),)


def _no_such_encoding(catalogue: Catalogue, item: Item, value: Domain) -> Problems:
    """As many octets as a date or a time has, which are none."""
    for statement, kind in encoded_as(catalogue, item):
        if octet_count(value) == ENCODED.get(statement.subject) and read_as(value, kind) is None:
            message = f"{in_words(value)} is no legal {statement.subject}"
            return (Problem(FORBIDDEN, message, (statement,), witness=in_words(value)),)
    return ()


def _not_the_constant(catalogue: Catalogue, item: Item, rows: tuple[str, ...], value: Domain) -> Problems:
    """A row without a constant leaves the value free; so does a use case whose constant it is. Nothing is held of
    the argument of a method."""
    held_rows = tuple(row for row in rows if not is_method(catalogue, row))
    setting = tuple(row for row in held_rows if sets(catalogue, row)) or held_rows
    differing: list[tuple[Statement, Domain]] = []
    for row in setting:
        stated = with_domain(catalogue, (row,), "constant")
        if not stated:
            return ()
        for statement, fixed in stated:
            held = read_as(value, fixed)
            if held is None or held.is_subset(fixed) is not False:
                return ()
            differing.append((statement, fixed))
    if not differing:
        return ()
    first, fixed = differing[0]
    held = read_as(value, fixed)
    assert held is not None
    said = tuple(s for s in catalogue.item_statements(item, "settable-by") if s.value == "none")
    reading = tuple(row for row in held_rows if not sets(catalogue, row))
    returned = bool(with_domain(catalogue, reading, "constant"))
    encoding = catalogue.encoding(item)
    found, wanted = in_words(held, encoding), in_words(fixed, encoding)
    use_case = first.subject.partition("/")[0]
    why = [f"{use_case} fixes the item, and no service request sets it."] if said else []
    why += [
        f"{default.specification} gives the device's value as the default ({default.provenance})."
        for default, values in with_domain(catalogue, (item.name, *item.direct), "default")
        if (read := read_as(values, fixed)) is not None and held.is_subset(read)
    ]
    return (
        Problem(
            NOT_THE_CONSTANT,
            f"{found} is not the constant of the use case, {wanted}",
            (*(statement for statement, _ in differing), *said),
            severity="" if said or returned else "warning",
            witness=found,
            suggestion=f"configure {wanted}",
            why=" ".join(why),
        ),
    )


def forbidden(catalogue: Catalogue, item: Item, value: Domain) -> Problems:
    """What statements under the item's own name leave out."""
    return tuple(problem for said in limits(catalogue, item) for problem in _outside(*said, value))


def _left_out_by_rows(catalogue: Catalogue, rows: tuple[str, ...], value: Domain) -> Problems:
    """A value that every row leaves out; a row that says nothing leaves it free."""
    stated = [with_domain(catalogue, (row,), "permitted") for row in rows]
    if not stated or not all(stated):
        return ()
    problems = [tuple(_outside(*one, value)) for of_row in stated for one in of_row]
    return problems[0][:1] if all(problems) else ()


def _outside(statement: Statement, permitted: Domain, value: Domain) -> Iterable[Problem]:
    """The problem with a value that a statement leaves out; none where the two cannot be held against each other."""
    held = read_as(value, permitted)
    if held is None:
        return
    unit = "" if unit_of(held) else unit_of(permitted)
    if unit:
        held = in_unit(held, unit)
    if held.is_subset(permitted) is not False:
        return
    yield Problem(
        FORBIDDEN,
        f"{in_words(held)} is not permitted by {statement.specification}, which permits {permitted.describe()}",
        (statement,),
        severity="warning" if unit else "",
        witness=in_words(held),
        why=f"The device states no unit; its number is taken to be in {unit} here." if unit else "",
    )
