"""Lists of records: objects that each name one data item, or an attribute of an object, and say its value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from gbcscheck.device.configuration.cells import TITLES, VALUES, titles_with
from gbcscheck.device.configuration.objects import read_object_name
from gbcscheck.extract.sheets import Cell, plain_title
from gbcscheck.extract.table_mapping import TableMapping
from gbcscheck.extract.table_titles import Titles

OBJECTS = frozenset(
    map(plain_title, ("OBIS", "OBIS code", "Logical name", "LN", "Object", "Object name", "Instance", "COSEM object"))
)
CLASSES = frozenset(
    map(plain_title, ("Class", "Class ID", "ClassId", "IC", "Interface class", "COSEM class", "Object type"))
)
ATTRIBUTES = frozenset(
    map(plain_title, ("Attribute", "Attribute ID", "AttributeId", "Attribute no.", "Attribute number", "Attr", "Index"))
)
"""Titles of what names an attribute of an object."""
_NAMES = frozenset(map(plain_title, ("Name", "Key", "Id", "Subject")))
_VALUES = frozenset(map(plain_title, ("Val", "Data", *VALUES)))
_ATTRIBUTE = re.compile(r"(?:attribute|attr|att|a)?[ _.:]*(\d{1,3})(?:[ _.:-].*)?", re.IGNORECASE | re.ASCII)


class Record(NamedTuple):
    """One entry of a list: which it is (from 0), what may name its data item, and its value, with its unit if it has
    one."""

    number: int
    names: tuple[str, ...]
    value: Any


def is_list_of_objects(raw: Any) -> bool:
    """Whether a value is a list with nothing but objects in it, which may be records."""
    return isinstance(raw, list) and bool(raw) and all(isinstance(one, dict) for one in raw)


def records_of(raw: Any, mapping: TableMapping | None) -> list[Record] | None:
    """The records of a list; None where it is none of records only."""
    if not is_list_of_objects(raw):
        return None
    titles = Titles(titles_with(mapping) if mapping is not None else TITLES)
    records = [_record(number, one, titles) for number, one in enumerate(raw)]
    found = [record for record in records if record is not None]
    return found if len(found) == len(records) else None


def object_names(named: str, class_id: str, attribute: str) -> Iterator[str]:
    """How the attribute of an object may be called whose parts stand apart; nothing where the first is no object."""
    if read_object_name(named) is None:
        return
    number = attribute_of(attribute)
    of_class = re.search(r"\d+", class_id)
    behind = f"/{number}" if number else ""
    if read_object_name(named + behind) is None:
        behind = ""
    if of_class and read_object_name(f"{of_class[0]}/{named}{behind}") is not None:
        yield f"{of_class[0]}/{named}{behind}"
    else:
        yield f"{named}{behind}"


def attribute_of(text: str) -> int:
    """The number of an attribute (``2``, ``attribute 2``); 0 for any other text."""
    found = _ATTRIBUTE.fullmatch(text.strip())
    return int(found[1]) if found else 0


def attributes_of(name: str, raw: Mapping[str, Any]) -> list[tuple[str, str, Any]]:
    """What stands under the name of an object, by attribute: the name of each attribute, its key, and its value. The
    keys are numbers of attributes, or say class, attribute, value and unit of one; nothing where they do neither."""
    named = read_object_name(name)
    if named is None or named.attribute or not raw:
        return []
    numbers = [attribute_of(key) for key in raw]
    if all(numbers):
        return [(f"{name}/{number}", key, value) for number, (key, value) in zip(numbers, raw.items(), strict=True)]
    said = {_role(key, Titles(TITLES)): (key, value) for key, value in raw.items()}
    if "value" not in said or not said.keys() & {"class", "attribute"}:
        return []
    class_id, attribute = (_text(said.get(role, ("", ""))[1]) for role in ("class", "attribute"))
    whole = next(object_names(name, class_id, attribute), name)
    key, value = said["value"]
    return [(whole, key, value if "unit" not in said else {"value": value, "unit": said["unit"][1]})]


def _record(number: int, raw: Mapping[str, Any], titles: Titles) -> Record | None:
    said: dict[str, Any] = {}
    for key, value in raw.items():
        said.setdefault(_role(key, titles), value)
    if "value" not in said or not (said.keys() & {"object", "name"}):
        return None
    name = _joined(titles.mapping, said)
    named, class_id, attribute = (_text(said.get(role)) for role in ("object", "class", "attribute"))
    names = [*object_names(named, class_id, attribute), *object_names(name, class_id, attribute), name, named]
    names = [one for one in names if one]
    if not names:
        return None
    value = said["value"] if said.get("unit") is None else {"value": said["value"], "unit": said["unit"]}
    return Record(number, tuple(names), value)


def _joined(mapping: TableMapping, said: Mapping[str, Any]) -> str:
    texts = [_text(said.get("name")), _text(said.get("element"))]
    return mapping.data_item(texts if texts[1] else texts[:1]) if texts[0] else ""


def _text(raw: Any) -> str:
    return str(raw).strip() if isinstance(raw, str | int) and not isinstance(raw, bool) else ""


def _role(key: str, titles: Titles) -> str:
    """What a member of a record is by its name; empty for what says nothing of the value."""
    plain = plain_title(key.replace("_", " "))
    for role, known in (("object", OBJECTS), ("class", CLASSES), ("attribute", ATTRIBUTES), ("value", _VALUES)):
        if plain in known:
            return role
    cell = Cell("", key)
    place = titles.subject(cell)
    if place is not None or plain in _NAMES:
        return "element" if place else "name"
    column = titles.column(cell)
    return column.attribute if column is not None and column.attribute in ("value", "unit") else ""
