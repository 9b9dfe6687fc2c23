"""Messages that a specification describes twice: a table of parameters and a byte layout of the same command."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gbcscheck.evidence.comparisons import held
from gbcscheck.evidence.components import fixed, identifier, laid_out, least, plain_name
from gbcscheck.evidence.rows import types_of_rows
from gbcscheck.evidence.value_words import one_of, printed
from gbcscheck.model import Finding, Statement
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.rules.base import rule

_OF_BITS = re.compile(r"(?:U?INT|ENUM|BITMAP)(8|16|24|32|40|48|56|64)")
"""A type of ZigBee whose name says of how many bits it is."""


@rule(
    "V104",
    "field-differs-between-tables",
    kind="value",
    severity="error",
    reads=("parameter", "command", "permitted", "constant"),
    question="Does a field of a message have one set of values in the table of parameters and another in its layout?",
    text="""
    GBCS describes a gas message twice: the table of ZCL parameters says which values a parameter may have, the byte
    layout says which octets stand in the field. The two sets have no value in common, so a message that follows one
    table breaks the other.

    **How to fix it.** Take the value that devices send, and write it in both tables.

    **Example.** A parameter given as `5 = incremental` whose field in every component of the layout is fixed to
    another number.
    """,
)
def field_differs_between_tables(catalogue: Catalogue) -> Iterator[Finding]:
    """Parameters whose permitted values, or constant, meet none of the fields of that name in the layout of the
    command."""
    fields, commands = _layout_fields(catalogue), catalogue.firsts("command")
    for parameter in catalogue.by_attribute.get("parameter", ()):
        use_case = parameter.subject.partition("/")[0]
        command = commands.get(parameter.subject)
        permitted = next(iter(catalogue.about(parameter.subject, "permitted", "constant")), None)
        if command is None or permitted is None:
            continue
        stated = catalogue.domain(permitted)
        layout = fields.get((use_case, plain_name(str(command.value)), plain_name(str(parameter.value))), ())
        if stated is None or not layout:
            continue
        held(catalogue, permitted, layout)
        domains = [catalogue.domain(field) for field in layout]
        if all(domain is not None and domain.meet(stated).is_empty() is True for domain in domains):
            yield field_differs_between_tables.finding(
                subject=parameter.subject,
                message="the table of parameters and the byte layout give a field different values",
                statements=(permitted, *layout),
                witness=one_of(stated),
                why=f"no layout of the command has {printed(stated)} in this field.",
                suggestion="write the value that devices send in both tables",
            )


def _layout_fields(catalogue: Catalogue) -> dict[tuple[str, str, str], tuple[Statement, ...]]:
    """Values of the fields of the byte layouts by use case, component and field name."""
    fields: dict[tuple[str, str, str], list[Statement]] = {}
    for attribute in ("constant", "permitted"):
        for statement in catalogue.of_subjects(attribute, _is_field):
            use_case, _, component, element = statement.subject.split("/")
            fields.setdefault((use_case, plain_name(component), plain_name(element)), []).append(statement)
    return {key: tuple(group) for key, group in fields.items()}


def _is_field(subject: str) -> bool:
    """Whether a subject is a field of a layout: use case, message, component, element."""
    return subject[:1] != "/" and subject.count("/") == 3


@rule(
    "V106",
    "length-differs-from-layout",
    kind="value",
    severity="error",
    reads=("octets", "constant", "permitted"),
    question="Is the stated length of a component the sum of the octets below it?",
    text="""
    Each component of a gas message states the number of octets that follow. Here it is not the sum of the fields below
    it: a device that goes by the length reads past the end, or leaves octets unread.

    **How to fix it.** Correct the length, or the number of octets of the field that was added, removed or widened.

    **Example.** A field widened from two octets to four in a draft, under a command length that is still `0x0015`.
    """,
)
def length_differs_from_layout(catalogue: Catalogue) -> Iterator[Finding]:
    """Components whose length is not the sum of the fixed octets below it; variable fields are named beside it."""
    for layout, components in catalogue.once(laid_out):
        for component in components:
            subject = component.element(layout.length)
            stated = next(iter(catalogue.about(subject, "constant", "permitted")), None)
            if stated is None:
                continue
            length = least(catalogue, stated)
            below = component.behind(subject)
            total = sum(fixed(catalogue, statement) for statement in below)
            if length is not None:
                held(catalogue, stated, below)
            if length is None or length == total:
                continue
            yield length_differs_from_layout.finding(
                subject=subject,
                message=f"the stated length is {length} octets, and the fields below it take {total}",
                statements=(stated, *below),
                witness=f"0x{length:04X} against 0x{total:04X}",
                why="a device that goes by the length reads too far, or not far enough.",
                suggestion=f"write 0x{total:04X} in {stated.place}, or correct the octets of a field",
            )


@rule(
    "V123",
    "type-of-another-length",
    kind="encoding",
    severity="error",
    reads=("octets", "type"),
    question="Does a field of a byte layout take as many octets as its type has?",
    text="""
    The name of a field gives its type, which says of how many bits it is (`UINT16`), and the column beside it how many
    octets the field takes. Here they are two numbers: a device that goes by the type writes over the next field, or
    leaves an octet.

    **How to fix it.** Correct the type, or the number of octets and the length of the component.

    **Example.** `Number of Events (UINT16)` in a field of one octet.
    """,
)
def type_of_another_length(catalogue: Catalogue) -> Iterator[Finding]:
    """Fields whose type has another number of bits than eight times their octets."""
    types = catalogue.once(types_of_rows)
    for stated in catalogue.by_attribute.get("octets", ()):
        kind = types.get(stated.subject)
        sized = _OF_BITS.fullmatch(kind.written) if kind is not None else None
        if kind is None or sized is None or not str(stated.domain or "").isdigit():
            continue
        held(catalogue, kind, (stated,))
        if 8 * int(str(stated.domain)) != int(sized[1]):
            yield type_of_another_length.finding(
                subject=stated.subject,
                message=f"its type {kind.written} has {int(sized[1]) // 8} octets, and the field takes {stated.domain}",
                statements=(kind, stated),
                witness=f"{kind.written} in {stated.domain} octet{'s' if str(stated.domain) != '1' else ''}",
                why="the fields behind it stand elsewhere for who goes by the type.",
                suggestion="correct the type, or the number of octets and the length of the component",
            )


@rule(
    "X102",
    "command-not-in-layout",
    kind="reference",
    severity="error",
    reads=("octets", "cluster", "command", "constant"),
    question="Does the layout of a use case have the command that its table of parameters names?",
    text="""
    The table of parameters names a cluster and a command for each data item. The byte layout of the same use case has
    no component with that cluster and that command identifier, so a message made from the one is refused by a device
    made from the other.

    **How to fix it.** Take the identifier that devices use, and write it in both tables.

    **Example.** GBCS GCS11: the table of parameters has `Request New Password Response: 0x03`, the layout, and the
    test messages, have `0x02`.
    """,
)
def command_not_in_layout(catalogue: Catalogue) -> Iterator[Finding]:
    """Commands of the table of parameters that are in no component of the use case's layout, one a use case."""
    constants, clusters = catalogue.firsts("constant"), catalogue.firsts("cluster")
    for layout, components in catalogue.once(laid_out):
        found: dict[str, dict[tuple[int, int], Statement]] = {}
        for component in components:
            cluster = constants.get(component.element(layout.cluster))
            command = constants.get(component.element(layout.command))
            if cluster is not None and command is not None:
                key = (least(catalogue, cluster) or 0, least(catalogue, command) or 0)
                found.setdefault(component.use_case, {}).setdefault(key, command)
        for named in catalogue.by_attribute.get("command", ()):
            use_case = named.subject.partition("/")[0]
            wanted, cluster = identifier(named), clusters.get(named.subject)
            of_cluster = identifier(cluster) if cluster is not None else None
            have = found.get(use_case, {})
            if wanted is None or of_cluster is None or not have:
                continue
            held(catalogue, named, have.values())
            if (of_cluster, wanted) in have:
                continue
            near = [statement for (where, _), statement in have.items() if where == of_cluster]
            yield command_not_in_layout.finding(
                subject=named.subject,
                message=f"no component of the layout has command 0x{wanted:02X} of cluster 0x{of_cluster:04X}",
                statements=(named, *near),
                witness=f"0x{wanted:02X}",
                why=f"the layout of {use_case} has {_and_also(have)}.",
                suggestion="write the identifier that devices use in both tables",
                root=(use_case, named.written),
            )


def _and_also(have: dict[tuple[int, int], Statement]) -> str:
    return ", ".join(f"0x{command:02X} of cluster 0x{cluster:04X}" for cluster, command in have)


RULES = (field_differs_between_tables, length_differs_from_layout, type_of_another_length, command_not_in_layout)
