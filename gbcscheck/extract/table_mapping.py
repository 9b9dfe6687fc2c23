"""From the columns of a table of settings to attributes: data that users can write, and a mapping of usual titles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from gbcscheck.attributes import ATTRIBUTES, CELLS_OF_OWN, Cell, Kind, is_own, undeclared
from gbcscheck.extract.sheets import plain_title
from gbcscheck.frozen import frozen
from gbcscheck.inputs.files import read_octets
from gbcscheck.inputs.json_places import escape_token
from gbcscheck.inputs.json_values import decode_json
from gbcscheck.limits import ENTRIES

SCHEMA = Path(__file__).with_name("table-mapping.schema.json")

BOUNDS = ("minimum", "maximum")
"""The ends of what is permitted, each in a column of its own."""
ROW_FACTS = ("unit", "clause", "provenance", "ignore")
"""Columns that say something of the row's other cells, or nothing."""


@frozen
class Column:
    """What a column says; ``unit`` is that of its numbers that have none of their own, ``variant`` what it is for where
    several columns say the same: ``Polyphase``, ``Proposed``."""

    attribute: str
    unit: str = ""
    variant: str = ""


@dataclass(frozen=True)
class TableMapping:
    """How a table is to be read. ``subject`` holds for each subject column the forms of its title, ``attributes`` what
    the table's own attributes hold."""

    subject: tuple[tuple[str, ...], ...]
    columns: Mapping[str, Column]
    specification: str = ""
    version: str = ""
    part: str = ""
    provenance: str = ""
    sheet: str = ""
    join: str = ""
    subjects: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    clause: str = ""
    attributes: Mapping[str, Kind] = field(default_factory=dict)

    def cell(self, attribute: str) -> Cell:
        """How the cells of a column that says an attribute are read."""
        if attribute in self.attributes:
            return CELLS_OF_OWN[self.attributes[attribute]]
        return ATTRIBUTES[attribute].cell if attribute in ATTRIBUTES else "fact"

    @cached_property
    def _by_title(self) -> Mapping[str, Column]:
        return {plain_title(name): column for name, column in self.columns.items()}

    @cached_property
    def _by_subject(self) -> Mapping[str, int]:
        places = reversed(list(enumerate(self.subject)))
        return {plain_title(name): place for place, names in places for name in names}

    @cached_property
    def _by_name(self) -> Mapping[str, str]:
        return {plain_title(name): item for name, item in self.subjects.items()}

    def column(self, title: str) -> tuple[Column, str] | None:
        """What the column under a header cell says, and the unit in parentheses behind its title.

        Case and blanks do not count: ``Default value (V)`` is ``Default value``.
        """
        for text, unit in title_forms(title):
            if text in self._by_title:
                return self._by_title[text], unit
        return None

    def subject_place(self, title: str) -> int | None:
        """Which of the subject's columns (from 0) a header cell heads; None for none of them."""
        found = [self._by_subject[text] for text, _ in title_forms(title) if text in self._by_subject]
        return min(found, default=None)

    def data_item(self, texts: Sequence[str]) -> str:
        """The data item that a row is about, from the texts of its subject columns (the first is not blank)."""
        named = self._by_name
        parts = [named.get(plain_title(text), text) for text in texts]
        if not all(parts[1:]):
            joined = ".".join(part for part in parts if part)
        else:
            joined = _joined(self.join, parts) if self.join and len(parts) > 1 else ".".join(parts)
        return named.get(plain_title(".".join(text for text in texts if text)), named.get(plain_title(joined), joined))


def _joined(join: str, parts: Sequence[str]) -> str:
    """A join text with the parts in the places of {0}, {1}, ...; nothing else of Python's formats is known to it."""
    return _FIELD.sub(lambda found: parts[int(found[1])] if found[1] else found[0][0], join)


_LONGEST_JOIN, _MOST_FIELDS = 200, 10
"""Characters of a join text, and places in it: a data item does not grow beyond its row."""
_FIELD = re.compile(r"\{\{|\}\}|\{(\d)\}")
"""A brace that is doubled and stands for itself, or a place for the text of a subject column."""


def title_forms(title: str) -> tuple[tuple[str, str], ...]:
    """A title as it may be known: whole, without the ``(s)`` of a plural, without a colon, a question mark or the mark
    of a footnote at its end, and without what stands in parentheses behind it, which may be a unit."""
    found = [(plain_title(title), "")]
    title = title.rstrip(" \n:?*†‡¹²³")
    for written in dict.fromkeys((title, re.sub(r"(?<=\w)\(s\)", "", title))):
        behind = re.fullmatch(r"(.+?)(?!(?<=\w)\(s\))\s*[(\[]\s*([^()\[\]]+?)\s*[)\]]\s*", written, re.DOTALL)
        found += [(plain_title(written), ""), *([(plain_title(behind[1]), behind[2])] if behind else [])]
    return tuple(dict.fromkeys(found))


def load_mapping(path: Path, *, shown: str | None = None) -> TableMapping:
    """Read a mapping file.

    Raises UnreadableSource, or Problems with one InvalidExtract for each violation, with its pointer and line.
    """
    from gbcscheck.inputs.json_schema import refuse_invalid

    where = shown or str(path)
    content = read_octets(path, where=where)
    document = decode_json(content, where=where)
    for key in ("columns", "subjects") if isinstance(document, dict) else ():
        if isinstance(document.get(key), dict):
            ENTRIES.hold(len(document[key]), where=f"{where}#/{key}")
    refuse_invalid(document, content, SCHEMA, where=where, beyond=_beyond_schema)
    return mapping_of(document)


def mapping_of(document: Mapping[str, Any]) -> TableMapping:
    """The mapping in a JSON object that follows the schema; the usual titles where it names no subject columns."""
    defaults = document.get("defaults", {})
    subject = document.get("subject")
    return TableMapping(
        subject=USUAL.subject if subject is None else tuple((n,) if isinstance(n, str) else tuple(n) for n in subject),
        columns={
            title: Column(column) if isinstance(column, str) else Column(column["attribute"], column.get("unit", ""))
            for title, column in document["columns"].items()
        },
        specification=document.get("specification", ""),
        version=document.get("version", ""),
        part=document.get("part", ""),
        provenance=document.get("provenance", ""),
        sheet=document.get("sheet", ""),
        join=document.get("join", ""),
        subjects=document.get("subjects", {}),
        unit=defaults.get("unit", ""),
        clause=defaults.get("clause", ""),
        attributes=document.get("attributes", {}),
    )


def _beyond_schema(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Pointer and message of what the schema cannot say: attributes of one's own that the mapping does not declare, and
    a join text with places for columns that are not there."""
    declared = document.get("attributes", {})
    for title, column in document["columns"].items():
        name, below = (column, "") if isinstance(column, str) else (column["attribute"], "/attribute")
        if is_own(name) and name not in declared:
            yield f"/columns/{escape_token(title)}{below}", undeclared(name, "text", declared, "the mapping")
    yield from _join_errors(document)


def _join_errors(document: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What is wrong with the join text: it may hold {0}, {1}, ... up to the number of subject columns, and braces that
    are doubled."""
    join, count = document.get("join", ""), len(document.get("subject", USUAL.subject))
    rest = _FIELD.sub(lambda found: "" if not found[1] or int(found[1]) < count else "{", join)
    if "{" in rest or "}" in rest or len(join) > _LONGEST_JOIN or len(_FIELD.findall(join)) > _MOST_FIELDS:
        shown = join if len(join) <= 60 else f"{join[:60]} …"
        expected = f"a text of at most {_LONGEST_JOIN} characters with {{0}} to {{{count - 1}}} was expected"
        return [("/join", f"{expected}, found {shown!r}")]
    return []


BESIDES = {
    "minimum": "Minimum; Min; Min.; Minimum value; Min value; Min. value; Lower limit; Lower bound",
    "maximum": "Maximum; Max; Max.; Maximum value; Max value; Max. value; Upper limit; Upper bound",
    "clause": "Clause; Clause no.; Clause number; Reference; Ref; Ref.; Section",
    "provenance": "Provenance",
    "ignore": "Notes; Note; Comment; Comments; Remark; Remarks; Description; Rationale; No.; No; Nr; Nr.; #; Row; "
    "Line; Item no.; Item no; Item number; Row no.; Seq.",
}
"""Titles of columns that state no attribute of their own, by what they say."""


def _usual() -> dict[str, Column]:
    titles = {attribute.name: attribute.titles for attribute in ATTRIBUTES.values()}
    titles |= {meaning: tuple(known.split("; ")) for meaning, known in BESIDES.items()}
    return {title: Column(meaning) for meaning, known in titles.items() for title in known}


USUAL = TableMapping(
    subject=(
        (
            *("Data item", "Data items", "Data item name", "Setting", "Setting name", "Parameter", "Parameter name"),
            *("Name", "Item", "Item name", "Configuration item"),
        ),
        ("Element", "Element name", "Field", "Sub-item", "Component"),
    ),
    columns=_usual(),
)
"""The titles that tables of settings usually have."""
