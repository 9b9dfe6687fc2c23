"""Messages that a specification describes twice: a table of parameters and a byte layout of the same command."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from gbcscheck.evidence.comparisons import held
from gbcscheck.evidence.components import fixed, identifier, laid_out, least
from gbcscheck.evidence.rows import types_of_rows
from gbcscheck.model import Finding, Statement
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.rules.base import rule

_OF_BITS = re.compile(r"(?:U?INT|ENUM|BITMAP)(8|16|24|32|40|48|56|64)")
"""A type of ZigBee whose name says of how many bits it is."""
_HEXADECIMAL = re.compile(r"0x((?:[0-9A-Fa-f]{2})+)")
"""A value of whole octets."""


@lru_cache(maxsize=1024)
def _digits(written: str) -> int:
    """How many hexadecimal digits a value of whole octets has; 0 of what is written in another way."""
    match = _HEXADECIMAL.fullmatch(written)
    return len(match[1]) if match else 0


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
    reads=("octets", "type", "constant"),
    question="Does a field of a byte layout take as many octets as its type and its value have?",
    text="""
    The name of a field gives its type, which says of how many bits it is (`UINT16`), or its value is written with all
    its digits (`0x0705`), and the column beside it says how many octets the field takes. Here they are two numbers: a
    device that goes by the one writes over the next field, or leaves an octet.

    **How to fix it.** Correct the type or the value, or the number of octets and the length of the component.

    **Example.** `Number of Events (UINT16)` in a field of one octet; a cluster `0x0705` in one of three.
    """,
)
def type_of_another_length(catalogue: Catalogue) -> Iterator[Finding]:
    """Fields whose type has another number of bits than eight times their octets, or whose value more digits."""
    types, constants = catalogue.once(types_of_rows), catalogue.firsts("constant")
    for stated in catalogue.by_attribute.get("octets", ()):
        value = constants.get(stated.subject)
        digits = _digits(value.written) if value is not None else 0
        if value is not None and digits and str(stated.domain or "").isdigit():
            held(catalogue, value, (stated,))
            if digits != 2 * int(str(stated.domain)):
                yield type_of_another_length.finding(
                    subject=stated.subject,
                    message=f"its value {value.written} has {digits} digits, the field {stated.domain} octets",
                    statements=(value, stated),
                    witness=f"{value.written} in {stated.domain} octet{'s' if str(stated.domain) != '1' else ''}",
                    why="an octet has two hexadecimal digits, and the layouts write all of them.",
                    suggestion="correct the value, or the number of octets and the length of the component",
                )
                continue
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


@rule(
    "X125",
    "cluster-not-in-table",
    kind="reference",
    severity="error",
    reads=("octets", "cluster", "constant"),
    question="Does the table of parameters name the cluster of every component of a use case's layout?",
    text="""
    The byte layout of a use case has a component of a cluster of which the table of parameters names no attribute and
    no command for that use case. A message made from the layout is for another part of the device than the table says.

    **How to fix it.** Take the cluster that devices have, and write it in both tables.

    **Example.** An `Extended Header Cluster ID` of `0x0707` that became `0x0777` in a draft.
    """,
)
def cluster_not_in_table(catalogue: Catalogue) -> Iterator[Finding]:
    """Components of clusters that no row of the table has for the use case, where it has any."""
    constants = catalogue.firsts("constant")
    named: dict[str, dict[int, Statement]] = {}
    for stated in catalogue.by_attribute.get("cluster", ()):
        of_cluster = identifier(stated)
        if of_cluster is not None:
            named.setdefault(stated.subject.partition("/")[0], {}).setdefault(of_cluster, stated)
    for layout, components in catalogue.once(laid_out):
        for component in components:
            cluster, known = constants.get(component.element(layout.cluster)), named.get(component.use_case)
            number = least(catalogue, cluster) if cluster is not None else None
            if cluster is None or number is None or not known:
                continue
            held(catalogue, cluster, known.values())
            if number not in known:
                yield cluster_not_in_table.finding(
                    subject=cluster.subject,
                    message=f"the table of parameters has nothing of cluster 0x{number:04X} for the use case",
                    statements=(cluster, *known.values()),
                    witness=f"0x{number:04X}",
                    why=f"for {component.use_case} it has {', '.join(str(one.value) for one in known.values())}.",
                    suggestion="write the cluster that devices have in both tables",
                )


@rule(
    "S125",
    "incomplete-header",
    kind="missing",
    severity="error",
    reads=("octets",),
    question="Does every component of a message begin with one cluster and one length?",
    text="""
    Each component of a gas message begins with a header: a control field, the cluster and the length of the rest. Here
    a field of the header is missing, or stands there twice. Whoever makes the message by the layout sends octets that
    no device can take apart.

    **How to fix it.** Put the row back, or delete the second one.

    **Example.** A draft in which the row of the `Extended Header Cluster ID` got lost.
    """,
)
def incomplete_header(catalogue: Catalogue) -> Iterator[Finding]:
    """Components that do not begin with their control field, cluster and length, each once."""
    for layout, components in catalogue.once(laid_out):
        header = (layout.begins, layout.cluster, layout.length)
        for component in components:
            if component.names[: len(header)] == header and not set(header) & set(component.names[len(header) :]):
                continue
            lacking = [name for name in header if name not in component.names]
            again = [name for name in header if component.names.count(name) > 1]
            what = f"lacks {' and '.join(lacking)}" if lacking else f"has {' and '.join(again)} twice"
            first = component.elements[: len(header) + len(again)]
            held(catalogue, first[0], first[1:])
            yield incomplete_header.finding(
                subject=component.group,
                message=what if lacking or again else "has its header in another order",
                statements=first,
                witness=", ".join(component.names[: len(first)]),
                why=f"a component begins with {', '.join(header)}.",
                suggestion="put the row back, or delete the one that is too much",
                root=(component.elements[0].subject,),
            )


RULES = (
    length_differs_from_layout,
    type_of_another_length,
    command_not_in_layout,
    cluster_not_in_table,
    incomplete_header,
)
