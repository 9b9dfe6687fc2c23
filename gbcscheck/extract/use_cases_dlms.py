"""The sheet ``DLMS`` of the GBCS tables: one row an element of a COSEM object that a use case carries."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from gbcscheck.extract.transcript import DASHES, Transcript, one_line
from gbcscheck.extract.use_cases_objects import ObjectRow
from gbcscheck.extract.use_cases_row import TableRow, data_item, joined, own_element

if TYPE_CHECKING:
    from gbcscheck.notation.attribute_path import AttributePath
    from gbcscheck.notation.dlms_type import DlmsType

_NAME = "name"
_PATH = "attribute/method name"
_TYPE = "DLMS COSEM data types"
_CONSTANT = "constant value"

_LAST_INDEX = re.compile(r"\[[^\]]*\]$")


def dlms_row(transcript: Transcript, row: TableRow, found: ObjectRow | None) -> str | None:
    """State what one row says; ``found`` is its row of the Objects sheet. The row's subject, None where it has none."""
    use_case, name = row.text("use case"), row.text(_NAME)
    if not use_case or not name:
        transcript.unread(row.column(_NAME), row.place(_NAME), name, "a row without a use case or a name")
        return None
    path = _path(transcript, row)
    subject = _subject(transcript, row, path)
    transcript.say(subject, "name", row.place(_NAME), value=one_line(name), clause=row.clause)
    transcript.count(row.column(_NAME), "read")
    data_type = _data_type(transcript, row, subject, found)
    _constant(transcript, row, subject, data_type)
    row.say_fact(transcript, subject, "class", "class")
    row.say_fact(transcript, subject, "object", "OBIS code")
    _member(transcript, row, subject)
    if row.text(_PATH) not in DASHES:
        transcript.say(subject, "element", row.place(_PATH), value=one_line(row.text(_PATH)), clause=row.clause)
    if path is not None:
        _counts(transcript, row, path)
    _encoding(transcript, row, subject, data_type, found)
    row.say_references(transcript, subject)
    if row.text("encrypted"):
        row.say_fact(transcript, subject, "encrypted", "encrypted")
    return subject


def _path(transcript: Transcript, row: TableRow) -> AttributePath | None:
    from gbcscheck.notation.attribute_path import read_attribute_path

    path = row.attempt(transcript, _PATH, read_attribute_path)
    if path is not None:
        transcript.count(row.column(_PATH), "read")
    return path


def _subject(transcript: Transcript, row: TableRow, path: AttributePath | None) -> str:
    name = row.text(_NAME)
    element = path.element if path is not None and not path.in_notes else own_element(name)
    return transcript.subject(row.text("use case"), joined(data_item(name), element), row.identity)


def _data_type(transcript: Transcript, row: TableRow, subject: str, found: ObjectRow | None) -> DlmsType | None:
    """A string's length is exact for constants, logical names, dates and times, and the longest anywhere else."""
    from gbcscheck.notation.dlms_type import MANDATORY, read_dlms_type
    from gbcscheck.notation.object_type import encoding

    data_type = row.read(transcript, subject, "type", _TYPE, read_dlms_type)
    if data_type is None:
        return None
    is_fixed = row.text(_CONSTANT) not in DASHES
    is_logical_name = row.text(_PATH).endswith("logical_name")
    is_instant = encoding(found.kind if found else None, data_type) is not None
    domain = data_type.domain(exact=is_fixed or is_logical_name or is_instant)
    transcript.say(subject, "type", row.place(_TYPE), domain=domain, text=row.text(_TYPE), clause=row.clause)
    if data_type.presence != MANDATORY:
        transcript.say(subject, "presence", row.place(_TYPE), value=data_type.presence, clause=row.clause)
    return data_type


def _constant(transcript: Transcript, row: TableRow, subject: str, data_type: DlmsType | None) -> None:
    """A constant that is no value of the row's type is stated as it is written; a rule holds the two together."""
    from gbcscheck.domains import ANY, NotInterpretable
    from gbcscheck.notation.dlms_constant import read_dlms_constant

    place, text = row.place(_CONSTANT), row.text(_CONSTANT)
    constant = row.read(transcript, subject, "constant", _CONSTANT, read_dlms_constant)
    if constant is None:
        return
    try:
        domain = constant.domain(data_type or ANY)
    except NotInterpretable:
        domain = constant.domain(ANY)
    transcript.say(subject, "constant", place, domain=domain, text=text, clause=row.clause)


def _member(transcript: Transcript, row: TableRow, subject: str) -> None:
    """``attribute 2``, ``method 1``; the cell's own words where it holds no number."""
    title = "attribute/method no."
    cell = row.cell(title)
    if transcript.blank(row.column(title), cell):
        return
    kind = {"A": "attribute", "M": "method"}.get(row.text("attribute or method?"), row.text("attribute or method?"))
    value = f"{kind} {cell.text}".strip() if cell.text.isdigit() else cell.text
    transcript.count(row.column(title), "read")
    transcript.say(subject, "member", row.place(title), value=value, clause=row.clause)


def _counts(transcript: Transcript, row: TableRow, path: AttributePath) -> None:
    """State how many elements each array on the way may have, once for each use case and bounds."""
    from gbcscheck.domains import integers

    item = data_item(row.text(_NAME))
    for place, step in enumerate(path.steps):
        if step.index is not None:
            to_array = _LAST_INDEX.sub("", replace(path, steps=path.steps[: place + 1]).element)
            array = f"{row.text('use case')}/{joined(item, to_array)}"
            bounds = (step.index.low, step.index.high)
            if transcript.is_new(array, "occurs", bounds):
                domain = integers(*bounds)
                transcript.say(array, "occurs", row.place(_PATH), domain=domain, text=str(step), clause=row.clause)


def _encoding(
    transcript: Transcript, row: TableRow, subject: str, data_type: DlmsType | None, found: ObjectRow | None
) -> None:
    """State how the octets are to be read where the Objects sheet says that a date or a time is meant.

    ``no wildcards`` is stated only where the sheet names the encoding that the octets have: it calls the first and
    last dates of a schedule (5 octets) DATE-TIME no wildcards, and published messages leave their year open.
    """
    from gbcscheck.notation.object_type import cosem_domain, encoding

    encoded = encoding(found.kind if found else None, data_type)
    if encoded is None or found is None or found.kind is None:
        return
    title = "data type"
    place, text = found.row.place(title), one_line(found.row.text(title))
    transcript.say(subject, "encoding", place, value=encoded, clause=row.clause)
    if found.kind.wildcards is False and found.kind.kind.lower() == encoded:
        transcript.say(subject, "permitted", place, domain=cosem_domain(encoded, False), text=text, clause=row.clause)
