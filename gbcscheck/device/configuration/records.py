"""Lists of records: objects that each name one data item, or an attribute of an object, and say its value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from gbcscheck.device.configuration.cells import TITLES, VALUES, titles_with
from gbcscheck.device.configuration.objects import read_object_name
from gbcscheck.extract.sheets import Cell, plain_title
from gbcscheck.extract.table_beside import is_aside, unchanged_by
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
_ROLES = {
    "object": OBJECTS,
    "class": CLASSES,
    "attribute": ATTRIBUTES,
    "value": _VALUES,
    "attributes": frozenset(map(plain_title, ("Attributes", "Attrs", "Attribute values"))),
    "unit": frozenset((plain_title("UoM"),)),
}
COMMENT = "//"
"""A name that begins so is a comment, whatever stands behind it."""
_ATTRIBUTE = re.compile(r"(?:attribute|attr|att|a)?[ _.:]*(\d{1,3})(?:[ _.:-].*)?", re.IGNORECASE | re.ASCII)


class Record(NamedTuple):
    """One entry of a list: which it is (from 0), what may name its data item, its value, with its unit if it has one,
    the members that say neither; whether it names an object."""

    number: int
    names: tuple[str, ...]
    value: Any
    beside: Mapping[str, Any]
    is_of_object: bool

    @property
    def aside(self) -> str:
        """Why the entry is not in force; empty where it is."""
        return next((f'"{one}" under {key}' for key, one in self.beside.items() if is_aside(_text(one))), "")


def why_scaled(value: Any, beside: Mapping[str, Any]) -> str:
    """Why a number cannot be taken as it stands, by what stands beside it; empty where it can, or has a unit."""
    if isinstance(value, dict):
        value = value.get("value")
    if isinstance(value, str) and any(map(str.isalpha, value)):
        return ""
    for key, said in beside.items():
        unchanged = unchanged_by(_spaced(key))
        if unchanged and said is not None and str(said).strip() not in ("", unchanged):
            return f'"{said}" under {key}: scaled or not?'
    return ""


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
    """How the attribute of an object may be called whose parts stand apart; nothing where the first is no object. A
    class or an attribute that is none, or contradicts the name, is in it too: such a name means no object."""
    object_ = read_object_name(named)
    if object_ is None:
        return
    number = attribute_of(attribute)
    behind = f"/{number or attribute}" if number or any(map(str.isdigit, attribute)) else ""
    if number and number == object_.attribute:
        behind = ""
    of_class = re.search(r"\d+", class_id)
    if of_class is None or int(of_class[0]) == object_.class_id:
        yield f"{named}{behind}"
    else:
        yield f"{of_class[0]}/{named}{behind}"


def without_bare_objects(texts: Iterable[str], qualified: Sequence[str]) -> Iterator[str]:
    """Names without those of an object alone, where class or attribute said which of it is meant: another is not."""
    for text in texts:
        if text and not (qualified and read_object_name(text) is not None):
            yield text


def attribute_of(text: str) -> int:
    """The number of an attribute (``2``, ``attribute 2``); 0 for any other text."""
    found = _ATTRIBUTE.fullmatch(text.strip())
    return int(found[1]) if found else 0


class Attributes(NamedTuple):
    """What stands under the name of an object: of each attribute its name, the path of keys to it, and its value; and
    the keys that say neither which it is nor what it has."""

    values: tuple[tuple[str, tuple[str, ...], Any], ...] = ()
    others: tuple[str, ...] = ()


def attributes_of(name: str, raw: Mapping[str, Any]) -> Attributes:
    """What stands under the name of an object, by attribute. The keys are numbers of attributes, beside the class or
    not, or under ``attributes``; or they say class, attribute, value and unit of one; nothing where they do neither."""
    named = read_object_name(name)
    if named is None or named.attribute or not raw:
        return Attributes()
    said: dict[str, str] = {}
    for key in raw:
        said.setdefault(role_of(key), key)
    class_id, attribute = (_text(raw.get(said.get(role, ""))) for role in ("class", "attribute"))
    below = raw.get(said.get("attributes", ""))
    inner: tuple[str, ...] = (said["attributes"],) if isinstance(below, dict) else ()
    held: Mapping[str, Any] = below if isinstance(below, dict) else raw
    numbers = {key: number for key in held if (number := attribute_of(key))}
    if numbers:
        used = {*numbers, *inner, said.get("class", "")}
        found = ((_whole(name, class_id, str(number)), (*inner, key), held[key]) for key, number in numbers.items())
        return Attributes(tuple(found), tuple(key for key in (*held, *(raw if inner else ())) if key not in used))
    if "value" not in said or not said.keys() & {"class", "attribute"}:
        return Attributes()
    key, value = said["value"], raw[said["value"]]
    used = {said[role] for role in ("value", "unit", "class", "attribute") if role in said}
    others = {key: one for key, one in raw.items() if key not in used}
    beside = {**others, **({"unit": raw[said["unit"]]} if "unit" in said else {})}
    whole = _whole(name, class_id, attribute)
    return Attributes(((whole, (key,), {"value": value, **beside} if beside else value),))


def _whole(name: str, class_id: str, attribute: str) -> str:
    return next(object_names(name, class_id, attribute), name)


def _record(number: int, raw: Mapping[str, Any], titles: Titles) -> Record | None:
    said: dict[str, Any] = {}
    beside: dict[str, Any] = {}
    for key, value in raw.items():
        role = _role(key, titles)
        if role == "" or role in said:
            beside[key] = value
        said.setdefault(role, value)
    if "value" not in said or not (said.keys() & {"object", "name"}):
        return None
    name = _joined(titles.mapping, said)
    named, class_id, attribute = (_text(said.get(role)) for role in ("object", "class", "attribute"))
    qualified = [*object_names(named, class_id, attribute), *object_names(name, class_id, attribute)]
    names = [*qualified, *without_bare_objects((name, named), qualified)]
    if not names:
        return None
    value = said["value"] if said.get("unit") is None else {"value": said["value"], "unit": said["unit"]}
    return Record(number, tuple(names), value, beside, bool(qualified))


def _joined(mapping: TableMapping, said: Mapping[str, Any]) -> str:
    texts = [_text(said.get("name")), _text(said.get("element"))]
    return mapping.data_item(texts if texts[1] else texts[:1]) if texts[0] else ""


def _text(raw: Any) -> str:
    return str(raw).strip() if isinstance(raw, str | int) and not isinstance(raw, bool) else ""


@lru_cache(maxsize=4096)
def role_of(key: str) -> str:
    """What a member of an object is by its name, as the usual titles have it; empty for what says nothing."""
    return _role(key, Titles(TITLES))


def _spaced(key: str) -> str:
    return key.replace("_", " ")


def _role(key: str, titles: Titles) -> str:
    """What a member of a record is by its name; empty for what says nothing of the value."""
    if key.startswith(COMMENT):
        return "ignore"
    plain = plain_title(_spaced(key))
    for role, known in _ROLES.items():
        if plain in known:
            return role
    cell = Cell("", _spaced(key))
    place = titles.subject(cell)
    if place is not None or plain in _NAMES:
        return "element" if place else "name"
    column = titles.column(cell)
    return column.attribute if column is not None and column.attribute in ("value", "unit", "ignore") else ""
