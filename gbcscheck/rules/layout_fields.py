"""Attributes and parameters that the table of parameters names, in the byte layouts: are they there, in their types?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from gbcscheck.evidence.comparisons import held, looked_for
from gbcscheck.evidence.components import COMMAND, Component, fields_by_name, laid_out, plain_name
from gbcscheck.evidence.rows import types_of_rows
from gbcscheck.evidence.value_words import printed
from gbcscheck.model import Finding, Statement, distinct
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.rules.base import rule

_ATTRIBUTE = re.compile(r"attribute identifier\b", re.IGNORECASE)
_VALUE = re.compile(r"attribute value\b", re.IGNORECASE)
"""What the elements of a layout are called that name an attribute and that hold its value."""
_IDENTIFIER = re.compile(r":\s*0x([0-9A-Fa-f]+)$")


class _Read(NamedTuple):
    """An attribute that a message names: use case, message, cluster, identifier; what states it, and its type."""

    use_case: str
    message: str
    cluster: int
    identifier: int
    stated: Statement
    kind: Statement | None


@rule(
    "X123",
    "attribute-not-in-layout",
    kind="reference",
    severity="error",
    reads=("cluster", "attribute-id", "octets", "constant", "type"),
    question="Does the layout of a use case read the attributes that its table of parameters names?",
    text="""
    The table of parameters names an attribute of a ZigBee cluster by its identifier. The byte layout of the same use
    case reads other attributes of that cluster, or asks for one and answers with another: nobody gets the value that
    the table promises.

    **How to fix it.** Take the identifier that devices have, and write it in the table, the request and the response.

    **Example.** An attribute 0x0217 of the table of parameters whose layout reads 0x0271 in a draft.
    """,
)
def attribute_not_in_layout(catalogue: Catalogue) -> Iterator[Finding]:
    """Attributes of the table that the layout of the use case lacks, and of requests that no response has, or the other
    way round."""
    messages: dict[tuple[str, str, int], list[_Read]] = {}
    for one in _attributes(catalogue):
        messages.setdefault((one.use_case, one.message, one.cluster), []).append(one)
    clusters = catalogue.firsts("cluster")
    told: set[tuple[str, int]] = set()
    for named in catalogue.by_attribute.get("attribute-id", ()):
        use_case = named.subject.partition("/")[0]
        cluster = _identifier(clusters.get(named.subject))
        read = messages.get((use_case, COMMAND, cluster), [])
        for identifier in re.findall(r"0x([0-9A-Fa-f]{4})", str(named.value)) if read else ():
            if int(identifier, 16) in {one.identifier for one in read}:
                held(catalogue, named, [one.stated for one in read if one.identifier == int(identifier, 16)])
                continue
            looked_for(catalogue, named, read[0].stated)
            told.add((use_case, cluster))
            yield attribute_not_in_layout.finding(
                subject=named.subject,
                message=f"the layout does not read attribute 0x{identifier} of cluster 0x{cluster:04X}",
                statements=distinct((named, *(one.stated for one in read))),
                witness=f"0x{identifier}",
                why=f"the layout of {use_case} reads {', '.join(one.stated.written for one in read)}.",
                suggestion="write the identifier that devices have in both tables",
            )
    for (use_case, message, cluster), asked in messages.items():
        if message != COMMAND or (use_case, cluster) in told:
            continue
        answers = [
            one
            for key, ones in messages.items()
            for one in ones
            if key[0] == use_case and key[1] != COMMAND and key[2] == cluster
        ]
        yield from _unanswered(catalogue, asked, answers)


def _unanswered(catalogue: Catalogue, asked: Sequence[_Read], answers: Sequence[_Read]) -> Iterator[Finding]:
    """What is told of attributes that are asked for and not answered, or answered and not asked for."""
    for one in asked:
        held(catalogue, one.stated, [other.stated for other in answers])
    if not answers:
        return
    lost = [one for one in asked if one.identifier not in {other.identifier for other in answers}]
    extra = [one for one in answers if one.identifier not in {other.identifier for other in asked}]
    if lost or extra:
        parts = []
        if lost:
            parts.append(f"asks for {', '.join(one.stated.written for one in lost)} and is not answered")
        if extra:
            parts.append(f"is answered with {', '.join(one.stated.written for one in extra)} and has not asked")
        first = (*lost, *extra)[0]
        yield attribute_not_in_layout.finding(
            subject=first.stated.subject,
            message=f"the command {'; it '.join(parts)}",
            statements=distinct(one.stated for one in (*lost, *extra)),
            witness=first.stated.written,
            why=f"both are attributes of cluster 0x{first.cluster:04X} in {first.use_case}.",
            suggestion="write the identifier that devices have in the request and in the response",
        )


def _attributes(catalogue: Catalogue) -> Iterator[_Read]:
    """The attributes that the layouts of the release name, in their order."""
    constants, kinds = catalogue.firsts("constant"), catalogue.once(types_of_rows)
    for layout, components in catalogue.once(laid_out):
        for component in components:
            cluster = constants.get(component.element(layout.cluster))
            if cluster is None or not (cluster.domain or "").isdigit():
                continue
            for at in component.called(_ATTRIBUTE):
                stated = constants.get(component.elements[at].subject)
                if stated is not None and (stated.domain or "").isdigit():
                    use_case, message, _ = component.group.split("/")
                    kind = _value_after(component, at, kinds)
                    yield _Read(use_case, message, int(cluster.domain or 0), int(stated.domain or 0), stated, kind)


def _value_after(component: Component, at: int, kinds: Mapping[str, Statement]) -> Statement | None:
    """The type of the value of the attribute that stands at a place of a component, if there is a value."""
    following = next((one for one in component.called(_ATTRIBUTE) if one > at), len(component.elements))
    value = next((one for one in component.called(_VALUE) if at < one < following), None)
    return None if value is None else kinds.get(component.elements[value].subject)


@rule(
    "R123",
    "field-of-two-types",
    kind="encoding",
    severity="error",
    reads=("cluster", "command", "parameter", "attribute-id", "type", "octets", "constant"),
    question="Has a parameter or attribute one type in the table of parameters and in the layouts?",
    text="""
    The table of parameters and the byte layouts both give the type of a parameter of a command, or of an attribute.
    Here they differ, so that a field is of other octets, or of other numbers, for the one than for the other.

    **How to fix it.** Take the type that devices use, and write it in both.

    **Example.** `Debt Amount` as `INT32` in the layout of a draft, and as `UINT16` in its table of parameters.
    """,
)
def field_of_two_types(catalogue: Catalogue) -> Iterator[Finding]:
    """Parameters whose type is that of no field of their name, and attributes that have two types of numbers."""
    kinds, commands = catalogue.once(types_of_rows), catalogue.firsts("command")
    fields = catalogue.once(fields_by_name)
    for parameter in catalogue.by_attribute.get("parameter", ()):
        kind, command = kinds.get(parameter.subject), commands.get(parameter.subject)
        if kind is None or command is None:
            continue
        use_case, of_command = parameter.subject.partition("/")[0], plain_name(str(command.value))
        named_alike = fields.get((use_case, plain_name(str(parameter.value))), ())
        types = [kinds.get(field.octets.subject) for field in named_alike if field.command == of_command]
        layout = [other for other in types if other is not None and _are_numbers(catalogue, kind, other)]
        held(catalogue, kind, layout)
        if layout and all(one.domain != kind.domain for one in layout):
            yield _of_two_types(catalogue, kind, layout, "the layout")
    clusters = catalogue.firsts("cluster")
    by_attribute: dict[tuple[int, int], list[Statement]] = {}
    for one in _attributes(catalogue):
        if one.kind is not None:
            by_attribute.setdefault((one.cluster, one.identifier), []).append(one.kind)
    for named in catalogue.by_attribute.get("attribute-id", ()):
        kind, cluster = kinds.get(named.subject), _identifier(clusters.get(named.subject))
        identifiers = re.findall(r"0x([0-9A-Fa-f]{4})", str(named.value))
        if kind is not None and len(identifiers) == 1:
            by_attribute.setdefault((cluster, int(identifiers[0], 16)), []).append(kind)
    for group in by_attribute.values():
        yield from _odd_types(catalogue, group)


def _odd_types(catalogue: Catalogue, group: Sequence[Statement]) -> Iterator[Finding]:
    """What is told of the types of one attribute, where they are not all the same numbers: the rarest of them."""
    numbers = [one for one in group if _are_numbers(catalogue, one, one)]
    by_domain: dict[str | None, list[Statement]] = {}
    for one in numbers:
        by_domain.setdefault(one.domain, []).append(one)
    if numbers:
        held(catalogue, numbers[0], numbers[1:])
    if len(by_domain) > 1:
        rarest, *others = sorted(by_domain.values(), key=len)
        yield _of_two_types(catalogue, rarest[0], [ones[0] for ones in others], "another place")


def _of_two_types(catalogue: Catalogue, kind: Statement, others: Sequence[Statement], where: str) -> Finding:
    domain = catalogue.domain(kind)
    other = catalogue.domain(others[0])
    assert domain is not None
    assert other is not None
    return field_of_two_types.finding(
        subject=kind.subject,
        message=f"its type is {kind.written} here, and {others[0].written} in {where}",
        statements=distinct((kind, *others)),
        witness=f"{printed(domain)} against {printed(other)}",
        why="a field of a message has one type.",
        suggestion="write the type that devices use in every place",
    )


def _are_numbers(catalogue: Catalogue, *kinds: Statement) -> bool:
    """Whether some types are known as numbers, or as true and false."""
    from gbcscheck.domains import Booleans, Numbers

    return all(isinstance(catalogue.domain(kind), (Numbers, Booleans)) for kind in kinds)


def _identifier(statement: Statement | None) -> int:
    match = _IDENTIFIER.search(str(statement.value)) if statement is not None else None
    return int(match[1], 16) if match else -1


RULES = (attribute_not_in_layout, field_of_two_types)
