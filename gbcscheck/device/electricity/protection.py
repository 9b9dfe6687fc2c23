"""The request to a class 30 object (COSEM Data protection): which attributes it asks for, under which protection."""

from __future__ import annotations

from gbcscheck.cosem.axdr import ARRAY, STRUCTURE, Data
from gbcscheck.device.electricity.rows import Group, Rows
from gbcscheck.device.electricity.rules import COUNT, PROTECTED
from gbcscheck.device.electricity.value import Walk
from gbcscheck.device.model import Problem, octets_source
from gbcscheck.evidence.grounds import by_row
from gbcscheck.model import Statement
from gbcscheck.model.device_files import FITS, WRONG
from gbcscheck.notation.obis import object_name


def protected_request(data: Data, rows: Rows, walk: Walk, subject: str) -> None:
    """Judge the argument of ``get_protected_attributes``: a structure of the list of objects and the parameters of
    protection. The list is held against the encrypted rows; the parameters are open."""
    record = walk.record
    if data.tag != STRUCTURE or len(data.members) != 2 or data.members[0].tag != ARRAY:
        problem = Problem(COUNT, "a structure of a list of objects and one of protection parameters is expected")
        walk.problem(problem, data, subject, "data")
        walk.open(data, "data", subject)
        return
    objects, parameters = data.members
    record.branch("get_protected_attributes", octets_source(data.offset, data.length), data, subject)
    record.depth += 1
    if len(objects.members) != len(rows.protected):
        message = f"{len(objects.members)} protected attributes where {len(rows.protected)} are expected"
        walk.problem(Problem(COUNT, message, _objects(rows)), objects, subject, "count")
    for number, definition in enumerate(objects.members):
        group = rows.protected[number] if number < len(rows.protected) else None
        _definition(definition, group, walk, subject)
    walk.open(parameters, "protection parameters", subject)
    record.depth -= 1


def _objects(rows: Rows) -> tuple[Statement, ...]:
    return tuple(statement for group in rows.protected for statement in group.statements("object"))


def _definition(definition: Data, group: Group | None, walk: Walk, subject: str) -> None:
    """Class, logical name, attribute, data index, restriction."""
    members = definition.members
    if group is None or definition.tag != STRUCTURE or len(members) < 3:
        walk.open(definition, "protected attribute", subject)
        return
    own = group.leaves[0].subject
    walk.record.branch(group.item, octets_source(definition.offset, definition.length), definition, own)
    walk.record.depth += 1
    number = group.member.rpartition(" ")[2]
    wanted = (
        ("class", "class", group.class_id, str(group.class_id)),
        ("logical name", "object", group.name, object_name(group.name or bytes(6))),
        ("attribute", "member", int(number) if number.isdigit() else None, number),
    )
    for member, (label, attribute, expected, shown) in zip(members, wanted, strict=False):
        fits = member.value == expected
        source = octets_source(member.offset, member.length)
        walk.record.leaf(label, member, own, FITS if fits else WRONG, source, by_row(own))
        if not fits:
            problem = Problem(
                PROTECTED,
                f"the protected {label} is not {shown}",
                group.statements(attribute),
                suggestion=f"write {shown}",
            )
            walk.problem(problem, member, own, attribute)
    for name, member in zip(("data index", "restriction"), members[3:], strict=False):
        walk.open(member, name, own)
    walk.record.depth -= 1
