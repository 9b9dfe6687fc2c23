"""Data items named by the object that holds them: a logical name in any usual notation, with class and attribute."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from gbcscheck.device.configuration.names import Names, Node, head_of, steps
from gbcscheck.release.catalogue import Catalogue

VALUE = 2
"""The attribute that is meant where none is named, and one of the object's items is it (as ``--attribute`` has it)."""
USUAL_F = 255
"""The last field of a logical name that leaves it away."""
LONGEST = 100
"""Characters of a name that may be that of an object."""
_BY_FIELDS = r"(\d{1,3})[-.](\d{1,3})[:.](\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:[.*&](\d{1,3}))?"
_BY_OCTETS = r"(?:0x)?(?:[0-9a-f]{2}[ :.,-]?(?:0x)?){5}[0-9a-f]{2}"
_CLASS = r"(?:(?:(?:class|class[ _]?id|ic)[ :=]*)?(?P<class>\d{1,5})\s*[/:;,_|#@ ]\s*)?"
_ATTRIBUTE = r"(?:\s*[/:;,_|#@ ]\s*(?:(?:attribute|attr|att|a)[ .:=_]*)?(?P<attribute>\d{1,3}))?"
_FORMS = tuple(
    re.compile(rf"{_CLASS}(?P<name>{name}){_ATTRIBUTE}", re.IGNORECASE | re.ASCII) for name in (_BY_FIELDS, _BY_OCTETS)
)
_MEMBER = re.compile(r"attribute ([0-9]+)")


class ObjectName(NamedTuple):
    """An object as a configuration names it: the octets of its logical name, -1 for a last one that is not written;
    its class and the attribute, 0 where they are not."""

    fields: tuple[int, ...]
    class_id: int = 0
    attribute: int = 0

    def __str__(self) -> str:
        a, b, c, d, e, f = self.fields
        text = f"{a}-{b}:{c}.{d}.{e}" + ("" if f < 0 else f".{f}")
        of_class = f"class {self.class_id}, " if self.class_id else ""
        return of_class + text + (f", attribute {self.attribute}" if self.attribute else "")


def read_object_name(text: str) -> ObjectName | None:
    """The object that a text names; None for any other text.

    >>> str(read_object_name("3/1-0:12.43.0*255/2")), str(read_object_name("0x00000C0000FF"))
    ('class 3, 1-0:12.43.0.255, attribute 2', '0-0:12.0.0.255')
    """
    return _read(text) if len(text) <= LONGEST else None


@lru_cache(maxsize=4096)
def _read(text: str) -> ObjectName | None:
    for number, form in enumerate(_FORMS):
        found = form.fullmatch(text.strip())
        if found is None:
            continue
        if number:
            fields = tuple(bytes.fromhex(re.sub("0x|[^0-9a-f]", "", found["name"].lower())))
        else:
            digits = found.groups()[2:8]
            fields = tuple(-1 if one is None else int(one) for one in digits)
        if max(fields) < 256:
            return ObjectName(fields, int(found["class"] or 0), int(found["attribute"] or 0))
    return None


class _Held(NamedTuple):
    """A part of a data item that an attribute of an object holds."""

    class_id: int
    attribute: int
    node: Node


class Objects:
    """The data items of a release by the objects that hold them, as the rows of use cases say."""

    def __init__(self, catalogue: Catalogue, names: Names) -> None:
        self._held: dict[tuple[int, ...], list[_Held]] = {}
        for fields, items in _items_by_object(catalogue).items():
            for (class_id, attribute, _), of_one in items.items():
                node = _common(names, of_one)
                if node is not None:
                    self._held.setdefault(fields, []).append(_Held(class_id, attribute, node))

    def parts(self, wanted: ObjectName) -> tuple[Node, ...]:
        """The parts of data items that an object, or an attribute of it, may mean: of an object without an attribute
        those of its value where it has one; several where nobody can say which is meant; none where no row names it."""
        found = [held for held in self._of(wanted.fields) if wanted.class_id in (0, held.class_id)]
        if wanted.attribute:
            return tuple(held.node for held in found if held.attribute == wanted.attribute)
        return tuple(held.node for held in found if held.attribute == VALUE) or tuple(held.node for held in found)

    def disagrees(self, node: Node, wanted: ObjectName) -> bool:
        """Whether the rows of use cases have a part of a data item in other objects than the one that is named."""
        held = [
            (ObjectName(fields, one.class_id, one.attribute), _overlap(one.node.path, node.path))
            for fields, of_one in self._held.items()
            for one in of_one
        ]
        of_node = [one for one, is_part in held if is_part]
        return bool(of_node) and not any(_agree(one, wanted) for one in of_node)

    def members(self, wanted: ObjectName) -> str:
        """The attributes of an object that hold data items, in words: ``attribute 4 (RMSVoltageSagThreshold)``."""
        of_class = [held for held in self._of(wanted.fields) if wanted.class_id in (0, held.class_id)]
        return ", ".join(dict.fromkeys(f"attribute {one.attribute} ({head_of(one.node.path)[0]})" for one in of_class))

    def _of(self, fields: tuple[int, ...]) -> list[_Held]:
        if fields[5] >= 0:
            return self._held.get(fields, [])
        usual = self._held.get((*fields[:5], USUAL_F))
        if usual is not None:
            return usual
        return [held for known, of_one in self._held.items() if known[:5] == fields[:5] for held in of_one]


def _overlap(path: str, other: str) -> bool:
    """Whether one of two parts of data items is a part of the other, or both are the same."""
    longer, shorter = (path, other) if len(path) > len(other) else (other, path)
    return longer.startswith(shorter) and longer[len(shorter) : len(shorter) + 1] in ("", ".", "[")


def _agree(held: ObjectName, wanted: ObjectName) -> bool:
    fields = wanted.fields[5] < 0 or wanted.fields[5] == held.fields[5]
    return (
        fields
        and wanted.fields[:5] == held.fields[:5]
        and (wanted.class_id in (0, held.class_id) or not held.class_id)
        and wanted.attribute in (0, held.attribute)
    )


_Items = dict[tuple[int, int, str], list[str]]
"""Names of data items by class, attribute, and the head of their name."""


def _items_by_object(catalogue: Catalogue) -> Mapping[tuple[int, ...], _Items]:
    objects, classes, members = (catalogue.firsts(name) for name in ("object", "class", "member"))
    found: dict[tuple[int, ...], _Items] = {}
    for item in catalogue.items.values():
        for subject in dict.fromkeys(row.subject for row in item.rows):
            named, member = objects.get(subject), members.get(subject)
            attribute = _MEMBER.fullmatch(str(member.value)) if member is not None else None
            if named is None or attribute is None:
                continue
            class_id = classes.get(subject)
            key = int(str(class_id.value)) if class_id is not None else 0, int(attribute[1]), head_of(item.name)[0]
            for one in _logical_names(str(named.value)):
                names = found.setdefault(one, {}).setdefault(key, [])
                if item.name not in names:
                    names.append(item.name)
    return found


def _logical_names(text: str) -> Iterator[tuple[int, ...]]:
    """The logical names in the cell of a row, which may be several."""
    for word in text.split():
        found = read_object_name(word.strip(",;"))
        if found is not None:
            yield found.fields


def _common(names: Names, items: list[str]) -> Node | None:
    """The part of a data item below which stand all of some elements of it, and no others where that can be."""
    paths = [[name for name, _ in steps(head_of(item)[1])] for item in items]
    shared: list[str] = []
    for level in zip(*paths, strict=False):
        if len(set(level)) > 1:
            break
        shared.append(level[0])
    head = head_of(items[0])[0]
    if len(items) == 1:
        return names.find(items[0])
    return names.find(".".join((head, *shared))) or names.find(head)
