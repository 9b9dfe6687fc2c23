"""Names that people write for data items and their elements: ``specs/names.json``."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from gbcscheck.facts.shipped import shipped_root
from gbcscheck.frozen import frozen
from gbcscheck.near_names import plain

FILE = "names.json"
SCHEMA = Path(__file__).with_name("names.schema.json")

_QUALIFIER = re.compile(r"\([^()]*\)")
_INDEX = re.compile(r"\[[^\]]*\]| #\d+$")


@frozen
class OwnElement:
    """An element of one item that goes by a name of its own there, and what it holds."""

    element: str
    holds: str


@frozen
class ItemNames:
    """What names stand for, all of them in plain: ``elements`` what elements a name may mean, in any item; ``items``
    the items that go by another name; ``own`` the elements of single items by item and name; ``holds`` what an element
    holds, by its own name; ``endings`` what an item without an element holds, by the end of its name."""

    elements: Mapping[str, tuple[str, ...]]
    items: Mapping[str, str]
    own: Mapping[str, Mapping[str, OwnElement]]
    holds: Mapping[str, str]
    endings: tuple[tuple[str, str], ...]

    def item(self, head: str) -> str:
        """The plain name of the item that a name stands for."""
        name = plain(head)
        return self.items.get(name, name)

    def own_element(self, head: str, element: str) -> OwnElement | None:
        """The element of one item that goes by a name of its own there."""
        return self.own.get(self.item(head), {}).get(plain(element))

    def is_element(self, head: str, name: str) -> bool:
        """Whether a name is one that people write for an element, of this item or of any."""
        return plain(name) in self.elements or plain(name) in self.holds or self.own_element(head, name) is not None

    def expected(self, subject: str) -> str:
        """What a data item holds, by the name of its element as people write it; empty where nobody says.

        >>> item_names().expected("Maximum Demand Configurable Time Period.Days")
        'days'
        """
        head, _, element = subject.partition(".")
        own = self.own_element(head, element)
        if own is not None:
            return own.holds
        if not element:
            name = plain(_QUALIFIER.sub("", head))
            return next((kind for ending, kind in self.endings if name.endswith(ending)), "")
        last = plain(_INDEX.sub("", element.rpartition(".")[2]))
        if last in self.holds:
            return self.holds[last]
        kinds = {self.holds[one] for one in self.elements.get(last, ())}
        return kinds.pop() if len(kinds) == 1 else ""


@cache
def item_names() -> ItemNames:
    """The names that ship."""
    return names_of(json.loads((shipped_root() / FILE).read_text(encoding="utf-8")))


def names_of(document: Mapping[str, Any]) -> ItemNames:
    """The names in a JSON object that follows the schema."""
    elements: dict[str, tuple[str, ...]] = {}
    holds: dict[str, str] = {}
    for entry in document["elements"]:
        own = plain(entry["element"])
        holds[own] = entry.get("holds", "")
        for name in entry["names"]:
            elements[plain(name)] = (*elements.get(plain(name), ()), own)
    items: dict[str, str] = {}
    own_elements: dict[str, dict[str, OwnElement]] = {}
    for entry in document["items"]:
        item = plain(entry["item"])
        items |= {plain(name): item for name in entry.get("names", ())}
        own_elements[item] = {
            plain(name): OwnElement(one["element"], one.get("holds", ""))
            for one in entry.get("elements", ())
            for name in one["names"]
        }
    endings = tuple((plain(name), entry["holds"]) for entry in document.get("endings", ()) for name in entry["names"])
    return ItemNames(elements, items, own_elements, holds, endings)
