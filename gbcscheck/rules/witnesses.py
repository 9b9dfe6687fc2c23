"""Gas messages against the ZigBee definitions that the witnesses of a release hold: commands, payloads, attributes.

A witness is no authority. Where the documents disagree with each other it says which side it supports; where it alone
differs that is a note.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gbcscheck.evidence.clusters import EVERY_CLUSTER, Clusters, PayloadField
from gbcscheck.evidence.comparisons import held, held_all
from gbcscheck.evidence.components import fixed, identifier, least
from gbcscheck.evidence.frames import Frame, frames
from gbcscheck.evidence.rows import types_of_rows
from gbcscheck.model import Finding, Statement
from gbcscheck.notation.zigbee_types import ATOMIC
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.rules.base import rule

READ, READ_RESPONSE = 0x00, 0x01
"""The commands of every cluster by which attributes are read (ZCL 2.5.1, 2.5.2)."""
_NO_AUTHORITY = "A witness is no authority: it says where to look."


def _document(statement: Statement) -> str:
    return f"{statement.specification.name} {statement.specification.version}"


# --- commands --------------------------------------------------------------------------------------------------------


@rule(
    "W101",
    "command-unlike-witness",
    kind="code",
    severity="note",
    reads=("octets", "constant", "type", "cluster", "command", "response"),
    question="Do the commands of gas messages have the identifiers that the ZigBee definitions give them?",
    text="""
    GBCS sends commands of ZigBee clusters. Another document defines these clusters, and there the command has another
    identifier, or the cluster has no such command. That document is a witness and no authority; where the tables of
    GBCS disagree with each other it says which of them it supports.

    **How to fix it.** Look both up in the ZigBee standard. Where GBCS is wrong, write the identifier that devices use.

    **Example.** GBCS GCS11: the table of parameters has `Request New Password Response: 0x03`; the byte layout and
    Smart Energy 1.4 say 0x02.
    """,
)
def command_unlike_witness(catalogue: Catalogue) -> Iterator[Finding]:
    """Components whose cluster has no such command, and commands that are named with another identifier."""
    clusters = catalogue.once(Clusters)
    sent: dict[tuple[str, int], set[int]] = {}
    for frame in catalogue.once(frames):
        if not frame.is_global:
            sent.setdefault((frame.use_case, frame.cluster), set()).add(frame.command)
        of_cluster = EVERY_CLUSTER if frame.is_global else frame.cluster
        named, known = clusters.command((of_cluster, frame.side, frame.command)), clusters.cluster(frame.cluster)
        if named is not None:
            held(catalogue, frame.stated, (named,))
        elif known is not None and not frame.is_global:
            held_all(catalogue, (frame.stated, frame.control, known))
            yield command_unlike_witness.finding(
                subject=frame.stated.subject,
                message=f"{_document(known)} has no {frame.in_words}",
                statements=(frame.stated, frame.control, known),
                witness=f"0x{frame.command:02X}",
                why=_NO_AUTHORITY,
                suggestion="look the command up in the ZigBee standard",
                root=(frame.in_words,),
            )
    yield from _named_otherwise(catalogue, clusters, sent)


def _named_otherwise(
    catalogue: Catalogue, clusters: Clusters, sent: dict[tuple[str, int], set[int]]
) -> Iterator[Finding]:
    """Rows that name a command which the witness knows by another identifier; ``sent`` are those of the layouts."""
    of_rows = catalogue.firsts("cluster")
    for attribute in ("command", "response"):
        for stated in catalogue.by_attribute.get(attribute, ()):
            number, row = identifier(stated), of_rows.get(stated.subject)
            cluster = identifier(row) if row is not None else None
            if number is None or cluster is None:
                continue
            known = clusters.called(cluster, str(stated.value).rpartition(":")[0])
            held(catalogue, stated, known)
            numbers = {int(one.subject[-2:], 16): one for one in known}
            if not known or number in numbers:
                continue
            use_case = stated.subject.partition("/")[0]
            wanted = next(iter(numbers))
            yield command_unlike_witness.finding(
                subject=stated.subject,
                message=_sides(_document(numbers[wanted]), number, wanted, sent.get((use_case, cluster), set())),
                statements=(stated, numbers[wanted]),
                witness=f"0x{number:02X} against 0x{wanted:02X}",
                why=_NO_AUTHORITY,
                suggestion=f"look the command up in the ZigBee standard; if it is right, write 0x{wanted:02X}",
                root=(use_case, stated.written),
            )


def _sides(document: str, number: int, wanted: int, sent: set[int]) -> str:
    """Who says which identifier: the row, the byte layout and the witness."""
    if wanted in sent:
        return f"the byte layout and {document} say 0x{wanted:02X}, the table of parameters 0x{number:02X}"
    if number in sent:
        return f"{document} says 0x{wanted:02X}, the table of parameters and the byte layout 0x{number:02X}"
    return f"{document} says 0x{wanted:02X}, the table of parameters 0x{number:02X}"


# --- payloads --------------------------------------------------------------------------------------------------------


@rule(
    "W102",
    "payload-unlike-witness",
    kind="encoding",
    severity="note",
    reads=("octets", "constant", "type"),
    question="Do the fields of gas messages have the order, sizes and types that the ZigBee definitions give them?",
    text="""
    The byte layout of a command has its fields in another order than the ZigBee definition of that command, or in
    other sizes or types, so a device that follows the one misreads the other. Fields that a layout leaves out at the
    end are none of it. The definition is a witness and no authority; where it is known to be wrong it is not heard.

    **How to fix it.** Look the command up in the ZigBee standard, and correct the layout, its frame control or the
    identifier of the command.

    **Example.** GBCS GCS21k: the alternate response has the payload of a Default Response and the frame control
    `0b00001001` of a command of the cluster, by which 0x0B is another command, of seven fields.
    """,
)
def payload_unlike_witness(catalogue: Catalogue) -> Iterator[Finding]:
    """The first field of each component that is not as the witness has it, or is one too many."""
    clusters = catalogue.once(Clusters)
    for frame in catalogue.once(frames):
        key = (EVERY_CLUSTER if frame.is_global else frame.cluster, frame.side, frame.command)
        named, found = clusters.command(key), _difference(catalogue, frame, clusters.fields(key))
        if named is None or found is None:
            continue
        field, other, words = found
        statements = (field, frame.control, *((other,) if other is not None else ()), named)
        held_all(catalogue, statements)
        yield payload_unlike_witness.finding(
            subject=field.subject,
            message=f"{words} ({_document(named)}: {named.value})",
            statements=statements,
            witness=frame.in_words,
            why=_NO_AUTHORITY,
            suggestion=_other_frame(catalogue, clusters, frame) or "look the command up in the ZigBee standard",
            root=(frame.in_words, words),
        )


Difference = tuple[Statement, Statement | None, str]
"""A field of a layout, what a witness says of its counterpart, and both in words."""


def _difference(catalogue: Catalogue, frame: Frame, fields: Sequence[PayloadField]) -> Difference | None:
    """The first field that differs. What the layout leaves to the standard, and what is a list or a structure to the
    witness, ends the comparison: it is not known where the next one begins."""
    types = catalogue.once(types_of_rows)
    for place, octets in enumerate(frame.payload):
        stated = types[octets.subject]
        if stated.domain is None:
            return None
        if place >= len(fields):
            return octets, None, f"a field more than the {len(fields)} of the command"
        field = fields[place]
        if not field.is_whole:
            return None
        kind = field.data_type
        held(catalogue, octets, (field.octets,) if field.octets is not None else ())
        held(catalogue, stated, (kind,) if kind is not None else ())
        if field.octets is not None and octets.domain != field.octets.domain:
            size, wanted = fixed(catalogue, octets), fixed(catalogue.witnesses, field.octets)
            if size and wanted:
                words = f"field {place + 1} takes {_octets(size)}, and {field.name} takes {_octets(wanted)}"
                return octets, field.octets, words
        if kind is not None and kind.domain not in (None, stated.domain):
            return stated, kind, f"field {place + 1} is {stated.written}, and {field.name} is {kind.written}"
    return None


def _octets(count: int) -> str:
    return "1 octet" if count == 1 else f"{count} octets"


def _other_frame(catalogue: Catalogue, clusters: Clusters, frame: Frame) -> str:
    """What to do where the payload is that of the command of every cluster with the same identifier; empty where it is
    not."""
    key = (EVERY_CLUSTER, frame.side, frame.command)
    named, fields = clusters.command(key), clusters.fields(key)
    if frame.is_global or named is None or len(fields) != len(frame.payload):
        return ""
    if _difference(catalogue, frame, fields) is not None:
        return ""
    return (
        f"the payload is that of {named.value}, which every cluster has: clear the lowest bit of the frame control in "
        f"{frame.control.place}"
    )


# --- attributes ------------------------------------------------------------------------------------------------------


@rule(
    "W103",
    "attribute-unlike-witness",
    kind="code",
    severity="note",
    reads=("octets", "constant", "type", "attribute-id", "cluster"),
    question="Do the attributes that gas messages read have the identifiers and types of the ZigBee definitions?",
    text="""
    A gas message reads an attribute of a ZigBee cluster by its identifier, and its response states the attribute's data
    type. In the definition of the cluster there is no attribute with this identifier, or it is of another type. The
    definition is a witness and no authority.

    **How to fix it.** Look the attribute up in the ZigBee standard, and correct the identifier or the type.

    **Example.** A draft that reads `Divisor` of the metering cluster by 0x0303, which is the summation formatting, and
    states its type 0x22 of 24 bits.
    """,
)
def attribute_unlike_witness(catalogue: Catalogue) -> Iterator[Finding]:
    """Attributes of layouts and of the table of parameters that the witness does not know, or knows with another
    type."""
    clusters, types = catalogue.once(Clusters), catalogue.once(types_of_rows)
    constants = catalogue.firsts("constant")
    for frame in catalogue.once(frames):
        if not frame.is_global or frame.command not in (READ, READ_RESPONSE):
            continue
        owner = "client" if (frame.side == "client") == (frame.command == READ_RESPONSE) else "server"
        for place, field in enumerate(frame.payload):
            stated = constants.get(field.subject)
            number = least(catalogue, stated) if stated is not None and fixed(catalogue, field) == 2 else None
            if stated is None or number is None:
                continue
            told = frame.payload[place + 2 : place + 4] if frame.command == READ_RESPONSE else ()
            named = (constants.get(told[0].subject) if told else None, types[told[1].subject] if told[1:] else None)
            yield from _attribute(catalogue, clusters, stated, (frame.cluster, owner, number), *named)
    of_rows = catalogue.firsts("cluster")
    for stated in catalogue.by_attribute.get("attribute-id", ()):
        row = of_rows.get(stated.subject)
        cluster = identifier(row) if row is not None else None
        numbers = [int(one, 16) for one in str(stated.value).split(", ")]
        for number in numbers if cluster is not None else ():
            of_type = types.get(stated.subject) if len(numbers) == 1 else None
            yield from _attribute(catalogue, clusters, stated, (cluster or 0, "server", number), None, of_type)


def _attribute(
    catalogue: Catalogue,
    clusters: Clusters,
    stated: Statement,
    key: tuple[int, str, int],
    octet: Statement | None,
    of_type: Statement | None,
) -> Iterator[Finding]:
    """What is wrong with one attribute; ``octet`` states its data type as messages do, ``of_type`` its values."""
    cluster, side, number = key
    name, known = clusters.attribute(cluster, side, number), clusters.cluster(cluster)
    words = f"attribute 0x{number:04X} of the {side} of cluster 0x{cluster:04X}"
    if known is None:
        return
    held(catalogue, stated, (name or known,))
    if name is None:
        yield _attribute_finding(catalogue, stated, f"{_document(known)} has no {words}", (stated, known), words)
        return
    wanted = clusters.type_of(name.subject)
    if wanted is None:
        return
    atomic = ATOMIC.get(wanted.written)
    if octet is not None and atomic is not None:
        held(catalogue, octet, (wanted,))
        found = least(catalogue, octet)
        if found != atomic.identifier:
            told = f"the data type is {octet.written}, and {atomic.name} of {name.value} is 0x{atomic.identifier:02X}"
            yield _attribute_finding(catalogue, octet, told, (octet, stated, wanted), words)
            return
    if of_type is not None and of_type.domain is not None and wanted.domain is not None:
        held(catalogue, of_type, (wanted,))
        if of_type.domain != wanted.domain:
            told = f"the type is {of_type.written}, and {name.value} is {wanted.written} in {_document(wanted)}"
            yield _attribute_finding(catalogue, of_type, told, (of_type, stated, wanted), words)


def _attribute_finding(
    catalogue: Catalogue, stated: Statement, message: str, statements: tuple[Statement, ...], words: str
) -> Finding:
    held_all(catalogue, statements)
    return attribute_unlike_witness.finding(
        subject=stated.subject,
        message=message,
        statements=statements,
        witness=words,
        why=_NO_AUTHORITY,
        suggestion="look the attribute up in the ZigBee standard",
        root=(words, message),
    )


RULES = (command_unlike_witness, payload_unlike_witness, attribute_unlike_witness)
