"""The sheet ``GBZ`` of the GBCS tables: the byte layout of gas messages, one row an element, in the octets' order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gbcscheck.extract.transcript import Transcript, as_name, one_line
from gbcscheck.extract.use_cases_row import TableRow

if TYPE_CHECKING:
    from gbcscheck.notation.zcl_type import ZclType

_COMPONENT = "component"
_ELEMENT = "element"
_VALUE = "value"
_OCTETS = "octets"


def gbz_row(transcript: Transcript, row: TableRow) -> None:
    """State what one row says of its element; a row with neither value nor octets is a heading.

    The subject is ``use case/message/component/element``; where one comes again, in the same component or in another of
    that name, it is numbered in the order of the octets.
    """
    if not row.text("use case") or not row.text(_ELEMENT):
        place = row.place(_ELEMENT)
        transcript.unread(row.column(_ELEMENT), place, row.text(_ELEMENT), "a row without a use case or an element")
        return
    if row.cell(_VALUE).is_blank and row.cell(_OCTETS).is_blank:
        for title in (_VALUE, _OCTETS):
            transcript.blank(row.column(title), row.cell(title))
        transcript.count(row.column(_ELEMENT), "bare")
        return
    group = "/".join(as_name(row.text(title)) for title in ("use case", "message", _COMPONENT) if row.text(title))
    _component(transcript, row, group)
    subject = transcript.subject(group, as_name(row.text(_ELEMENT)), row.row.number)
    data_type = _data_type(transcript, row, subject)
    counts = _octets(transcript, row, subject)
    _value(transcript, row, subject, data_type, counts)
    if row.text("encrypted"):
        row.say_fact(transcript, subject, "encrypted", "encrypted")


def _component(transcript: Transcript, row: TableRow, group: str) -> None:
    """State how many of a component a message holds where the cell says so, once for each text of it."""
    from gbcscheck.domains import integers
    from gbcscheck.notation.gbz import read_gbz_component

    component = row.attempt(transcript, _COMPONENT, read_gbz_component)
    if component is None:
        return
    transcript.count(row.column(_COMPONENT), "read")
    is_one = (component.fewest, component.most) == (1, 1)
    if not is_one and transcript.is_new(group, "occurs", row.text(_COMPONENT)):
        domain = integers(component.fewest, component.most)
        text = one_line(row.text(_COMPONENT))
        transcript.say(group, "occurs", row.place(_COMPONENT), domain=domain, text=text, clause=row.clause)


def _data_type(transcript: Transcript, row: TableRow, subject: str) -> ZclType | None:
    from gbcscheck.notation.gbz import read_gbz_element

    element = row.attempt(transcript, _ELEMENT, read_gbz_element)
    if element is None:
        return None
    transcript.count(row.column(_ELEMENT), "read")
    if element.data_type is not None:
        domain, name = element.data_type.domain(), element.data_type.name
        transcript.say(subject, "type", row.place(_ELEMENT), domain=domain, text=name, clause=row.clause)
    if element.omitted_if_unsuccessful:
        transcript.say(subject, "presence", row.place(_ELEMENT), value="if successful", clause=row.clause)
    return element.data_type


def _octets(transcript: Transcript, row: TableRow, subject: str) -> tuple[int, ...]:
    """State the numbers of octets that the element may take: every element has this statement, in their order."""
    from gbcscheck.notation.gbz import octets_domain, read_gbz_octets

    counts = row.read(transcript, subject, "octets", _OCTETS, read_gbz_octets)
    if counts is None:
        return ()
    domain = octets_domain(counts)
    transcript.say(subject, "octets", row.place(_OCTETS), domain=domain, text=row.text(_OCTETS), clause=row.clause)
    return counts


def _value(
    transcript: Transcript, row: TableRow, subject: str, data_type: ZclType | None, counts: tuple[int, ...]
) -> None:
    """State the element's values; a free one (``*``) needs no statement."""
    from gbcscheck.notation.gbz import CONSTANT, FREE, read_gbz_value

    value = row.read(transcript, subject, "permitted", _VALUE, lambda text: read_gbz_value(text, data_type, counts))
    if value is not None and value.reading != FREE:
        attribute, text = "constant" if value.reading == CONSTANT else "permitted", row.text(_VALUE)
        transcript.say(subject, attribute, row.place(_VALUE), domain=value.domain, text=text, clause=row.clause)
