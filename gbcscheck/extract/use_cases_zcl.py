"""The sheet ``ZCL`` of the GBCS tables: one row a parameter or attribute of a ZigBee cluster in a use case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gbcscheck.extract.transcript import DASHES, Transcript, as_name, one_line
from gbcscheck.extract.use_cases_objects import ObjectRow
from gbcscheck.extract.use_cases_row import TableRow, data_item, joined, own_element

if TYPE_CHECKING:
    from gbcscheck.domains import Domain
    from gbcscheck.notation.zcl_parameter import ZclParameter
    from gbcscheck.notation.zcl_type import ZclType

_NAME = "name"
_TYPE = "data type"
_PARAMETER = "attribute/value/parameter"
_IDENTIFIERS = {"cluster: ID": ("cluster", 4), "command: ID": ("command", 2), "response: ID": ("response", 2)}


def zcl_row(transcript: Transcript, row: TableRow, found: ObjectRow | None) -> str | None:
    """State what one row says. The row's subject, None where it has none."""
    use_case, name = row.text("use case"), row.text(_NAME)
    if not use_case or not name:
        transcript.unread(row.column(_NAME), row.place(_NAME), name, "a row without a use case or a name")
        return None
    subject = transcript.subject(use_case, joined(data_item(name), own_element(name)), row.identity)
    transcript.say(subject, "name", row.place(_NAME), value=one_line(name), clause=row.clause)
    transcript.count(row.column(_NAME), "read")
    data_type = _data_type(transcript, row, subject)
    _parameter(transcript, row, subject, data_type)
    for title, (attribute, digits) in _IDENTIFIERS.items():
        _identifier(transcript, row, subject, title, attribute, digits)
    row.say_references(transcript, subject)
    if row.text("encrypted"):
        row.say_fact(transcript, subject, "encrypted", "encrypted")
    return subject


def _data_type(transcript: Transcript, row: TableRow, subject: str) -> ZclType | None:
    from gbcscheck.notation.zcl_type import read_zcl_type

    data_type = row.read(transcript, subject, "type", _TYPE, read_zcl_type)
    if data_type is not None:
        domain, text = data_type.domain(), row.text(_TYPE)
        transcript.say(subject, "type", row.place(_TYPE), domain=domain, text=text, clause=row.clause)
    return data_type


def _parameter(transcript: Transcript, row: TableRow, subject: str, data_type: ZclType | None) -> None:
    """State the parameter's name and the values it may have; a bare name constrains nothing and is listed."""
    from gbcscheck.notation.zcl_parameter import ATTRIBUTE, BARE_NAME, ELSEWHERE, read_zcl_parameter

    place, text = row.place(_PARAMETER), row.text(_PARAMETER)
    parameter = row.attempt(transcript, _PARAMETER, lambda cell: read_zcl_parameter(cell, data_type))
    if parameter is None:
        if text not in DASHES:
            transcript.say(subject, "permitted", place, text=text, clause=row.clause)
        return
    if parameter.reading in (BARE_NAME, ELSEWHERE):
        transcript.bare(row.column(_PARAMETER), place, one_line(text), parameter.reading)
    else:
        transcript.count(row.column(_PARAMETER), "read")
    if parameter.name:
        transcript.say(subject, "parameter", place, value=parameter.name, clause=row.clause)
    if parameter.reading == ATTRIBUTE:
        identifiers = ", ".join(f"0x{number:04X}" for number in parameter.attribute_ids)
        transcript.say(subject, "attribute-id", place, value=identifiers, text=one_line(text), clause=row.clause)
    about = f"{subject}.{as_name(parameter.part).replace(' ', '')}" if _is_about_part(parameter) else subject
    domain = permitted(parameter)
    if domain is not None:
        transcript.say(about, "permitted", place, domain=domain, text=text, clause=row.clause)
    elif parameter.specials:
        transcript.say(about, "special", place, domain=_specials(parameter), text=text, clause=row.clause)


def _is_about_part(parameter: ZclParameter) -> bool:
    """Whether the values are those of one part of the parameter only."""
    from gbcscheck.notation.zcl_parameter import ARRAY

    return bool(parameter.part) and parameter.reading != ARRAY


def permitted(parameter: ZclParameter) -> Domain | None:
    """All that a message may hold: the stated values, and the special ones beside them."""
    from gbcscheck.domains import union

    if parameter.domain is None or not parameter.specials:
        return parameter.domain
    return union(parameter.domain, _specials(parameter))


def _specials(parameter: ZclParameter) -> Domain:
    from gbcscheck.domains import points

    return points([value for value, _ in parameter.specials])


def _identifier(transcript: Transcript, row: TableRow, subject: str, title: str, attribute: str, digits: int) -> None:
    from gbcscheck.notation.zcl_identifier import read_zcl_identifier

    found = row.read(transcript, subject, attribute, title, read_zcl_identifier)
    if found is None:
        return
    named = found.identifier is not None
    value = f"{found.name}: 0x{found.identifier:0{digits}X}" if named else one_line(row.text(title))
    transcript.say(subject, attribute, row.place(title), value=value, text=row.text(title), clause=row.clause)
