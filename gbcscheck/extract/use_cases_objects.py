"""The sheet ``Objects`` of the GBCS tables: what a data item is, whatever protocol carries it.

One row serves every use case that its first cell lists. Together with the number in the mapping table it names the row
of the DLMS or ZCL sheet that carries the item; a use case of the list that has no such row does not carry it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from gbcscheck.extract.transcript import Transcript, one_line
from gbcscheck.extract.use_cases_row import TableRow, data_item, joined, own_element
from gbcscheck.frozen import frozen

if TYPE_CHECKING:
    from gbcscheck.notation.object_type import ObjectType

Key = tuple[str, str]
"""A use case and a row number of the mapping table."""

_TYPE = "data type"
_METHOD = re.compile(r"\bmethod\s*:", re.IGNORECASE)
_NOT_A_LETTER = re.compile(r"[\W_]+")


@frozen
class ObjectRow:
    """A row of the sheet and what its data type cell says, if it could be read."""

    row: TableRow
    kind: ObjectType | None
    references: str


@frozen
class Carrier:
    """The row of another table that carries an item: the subject of its statements, and the name in it."""

    subject: str
    name: str


def objects_rows(transcript: Transcript, rows: Iterable[TableRow]) -> dict[Key, ObjectRow]:
    """The rows by use case and number in the mapping table; a second row for the same stays out of this index only."""
    from gbcscheck.notation.object_type import read_object_type

    found: dict[Key, ObjectRow] = {}
    for row in rows:
        kind = row.attempt(transcript, _TYPE, read_object_type)
        if kind is not None:
            transcript.count(row.column(_TYPE), "read")
        references = row.references(transcript)
        for use_case in row.text("use cases").split():
            key = (use_case, row.text("mapping table row #"))
            if key in found:
                key = (use_case, f"{key[1]} in {row.place('mapping table row #')}")
            found[key] = ObjectRow(row, kind, references)
    return found


def say_objects(
    transcript: Transcript, objects: Mapping[Key, ObjectRow], carriers: Mapping[Key, Carrier], listed: Collection[str]
) -> None:
    """State what the sheet says of each row that carries an item; ``carriers`` are the other tables' rows, ``listed``
    the use cases that there are, as far as the workbook lists any.

    A row that no use case of its list carries is stated of each of them, under the item's own name; so is what it says
    of a use case that is not listed.
    """
    carried = {id(objects[key].row) for key in carriers if key in objects}
    for (use_case, number), found in objects.items():
        row = found.row
        carrier = carriers.get((use_case, number.partition(" in ")[0]))
        if carrier is None:
            if id(row) in carried and (not listed or use_case in listed):
                continue
            item = joined(data_item(row.text("name")), own_element(f":{row.text('attribute/method')}"))
            carrier = Carrier(f"{use_case}/{item}", "")
        _say(transcript, found, carrier, use_case)


def _say(transcript: Transcript, found: ObjectRow, carrier: Carrier, use_case: str) -> None:
    """References are stated where they are more than those of the row of the other table: this row has all those of its
    page, the other only those of its own device. So is the name where it is another one."""
    subject = carrier.subject
    row = found.row
    number = row.text("mapping table row #")
    clause = f"{use_case}, row {number}" if number else use_case
    name = f"{row.text('name')}: {row.text('attribute/method')}"
    if carrier.name and _letters(name) != _letters(carrier.name):
        transcript.say(subject, "name", row.place("name"), value=one_line(name), clause=clause)
    facts = {"category": "sub category", "value-type": _TYPE, "sensitive": "sensitive"}
    for attribute, title in facts.items():
        cell = row.cell(title)
        if not cell.is_blank and not cell.problem:
            transcript.say(subject, attribute, row.place(title), value=one_line(cell.text), clause=clause)
    if found.references and transcript.is_new(subject, "reference", found.references):
        transcript.say(subject, "reference", row.place("ref."), value=found.references, clause=clause)


def _letters(name: str) -> str:
    """What is left of a name without blanks, case, signs and the word that says that it is a method's."""
    return _NOT_A_LETTER.sub("", _METHOD.sub("", name)).casefold()
