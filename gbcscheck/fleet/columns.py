"""Which column of a fleet's table is what: the device, the time of the read, a data item; and the layout."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from gbcscheck.device.configuration.cells import VALUES
from gbcscheck.device.configuration.finding import Finder
from gbcscheck.errors import UnreadableSource
from gbcscheck.extract.sheets import plain_title
from gbcscheck.extract.table_mapping import USUAL, TableMapping
from gbcscheck.frozen import frozen
from gbcscheck.model.fleet import ROLES

if TYPE_CHECKING:
    import pyarrow

ROLE_TITLES: Mapping[str, tuple[str, ...]] = {
    "device": (
        *("Device", "Device ID", "DeviceId", "Device name", "Device identifier", "Device number", "Device GUID"),
        *("Meter", "Meter ID", "MeterId", "Meter number", "Meter serial number", "Serial number", "Serial no.", "GUID"),
        *("EUI-64", "EUI64", "EUI", "Entity identifier", "Business originator", "ESME", "GSME", "ESME ID", "GSME ID"),
    ),
    "item": (*USUAL.subject[0], "Subject", "Key"),
    "value": (*VALUES, "Val"),
    "unit": ("Unit", "Units", "Unit of measure", "UoM", "Value unit"),
    "read": (
        *(
            "Read",
            "Read at",
            "Read time",
            "Readtime",
            "Read on",
            "Read date",
            "Time of read",
            "Date of read",
            "Readout",
        ),
        *("Timestamp", "Time stamp", "Time", "Date", "Date time", "Datetime", "Collected at", "Received at", "As of"),
    ),
    "manufacturer": ("Manufacturer", "Manufacturer name", "Make", "Maker", "Vendor", "Supplier of device", "OEM"),
    "firmware": (
        *("Firmware", "Firmware version", "FirmwareVersion", "FW", "FW version", "Software version", "Image"),
        *("Firmware image", "Firmware hash", "Version of firmware"),
    ),
}
"""The usual titles of columns that are no data items; case, blanks, hyphens and underscores do not count."""
OWN = {f"x-{role}": role for role in ROLES}
"""What a mapping writes for a column that is no attribute of a table of settings: ``x-device``, ``x-read``."""
_OF_MAPPING = {"default": "value", "unit": "unit", **OWN}
SEEN = 8
"""Columns that a message names."""


@frozen
class ItemColumn:
    """A column of the wide layout that means a data item, or an item's name of the long one. ``item`` is the path of
    what it means, ``leaf`` the single value in it, empty where it has several parts; ``unit`` that of the column's
    name, in parentheses behind it."""

    name: str
    item: str
    leaf: str = ""
    unit: str = ""


@frozen
class Columns:
    """What the columns of some files are. ``roles`` has the column of each role that is there; ``items`` those that
    mean data items (wide layout); ``others`` those that mean nothing, each with the reason."""

    layout: str
    roles: Mapping[str, str]
    items: tuple[ItemColumn, ...] = ()
    others: tuple[tuple[str, str], ...] = field(default=())

    def role(self, name: str) -> str:
        """The column of a role; empty where there is none."""
        return self.roles.get(name, "")


class Recogniser:
    """Tells what columns are, by the data items of a release and maybe a mapping."""

    def __init__(self, finder: Finder, mapping: TableMapping | None = None, layout: str = "") -> None:
        self._finder = finder
        self._layout = layout
        self._titles = {_plain(title): role for role, titles in ROLE_TITLES.items() for title in titles}
        self._own: dict[str, str] = {}
        if mapping is not None:
            for title, column in mapping.columns.items():
                if column.attribute in _OF_MAPPING:
                    self._own[_plain(title)] = _OF_MAPPING[column.attribute]
                elif column.attribute == "ignore":
                    self._own[_plain(title)] = ""
            if mapping.subject is not USUAL.subject:
                self._own |= {_plain(title): "item" for titles in mapping.subject[:1] for title in titles}

    def item(self, name: str) -> ItemColumn | None:
        """What a name means; None where it means no data item, or may mean several."""
        node, unit, bare = self._finder.find(name), "", name
        if node is None:
            titled = self._finder.with_unit(name)
            if titled is None:
                return None
            bare, unit = titled
            node = self._finder.find(bare)
        if node is None:
            return None
        only = node.only()
        return ItemColumn(name, (only or node).path, only.item if only is not None else "", unit)

    def columns(self, schema: pyarrow.Schema, *, where: str) -> Columns:
        """What the columns of a file are; UnreadableSource where none of them names the devices, or nothing in it could
        be judged."""
        names = list(schema.names)
        roles = self._roles(names)
        layout = self._layout or ("long" if {"item", "value"} <= roles.keys() else "wide")
        needed = ("device", "item", "value") if layout == "long" else ("device",)
        for role in needed:
            if role not in roles:
                raise UnreadableSource(_lacks(role, names), where=where)
        if layout == "long":
            others = tuple((name, "a column that is not looked at") for name in names if name not in roles.values())
            return Columns(layout, roles, (), others)
        roles = {role: name for role, name in roles.items() if role not in ("item", "value", "unit")}
        items, other = [], []
        for name in names:
            found = self.item(name)
            if name in roles.values():
                if found is not None and _plain(name) not in self._own:
                    role = next(role for role, title in roles.items() if title == name)
                    other.append((name, f"taken for the {role} of each row, and not for the data item {found.item}"))
                continue
            if found is not None:
                items.append(found)
            else:
                other.append((name, self.why_not(name)))
        if not items:
            raise UnreadableSource(
                f"no column means a data item: {_listed(name for name, _ in other) or 'there is none but the device'}",
                where=where,
            )
        return Columns(layout, roles, tuple(items), tuple(other))

    def why_not(self, name: str) -> str:
        """Why the values under a name are not judged."""
        if not name:
            return "no item is named"
        if self._own.get(_plain(name)) == "":
            return "the mapping says to leave it out"
        from gbcscheck.near_names import nearest

        near = nearest(name, self._finder.names.heads)
        why = self._finder.why_not(name, f"near it: {', '.join(near)}" if near else "")
        return f"{why.message}; {why.suggestion}" if why.suggestion else why.message

    def _roles(self, names: list[str]) -> dict[str, str]:
        """The column of each role: what a mapping says, else the first title in the order of the usual ones."""
        found = {role: name for name in names if (role := self._own.get(_plain(name)))}
        for role, titles in ROLE_TITLES.items():
            if role in found:
                continue
            by_title = {_plain(name): name for name in reversed(names) if _plain(name) not in self._own}
            title = next((title for title in map(_plain, titles) if title in by_title), None)
            if title is not None:
                found[role] = by_title[title]
        return found


def _lacks(role: str, names: list[str]) -> str:
    titles = ", ".join(ROLE_TITLES[role][:4])
    return (
        f"no column says the {role} ({titles}, ...); it has {_listed(names)}; a mapping names it: "
        f'"attributes": {{"x-{role}": "text"}}, "columns": {{"TITLE": "x-{role}"}}'
    )


def _listed(names: Iterable[str]) -> str:
    found = list(names)
    more = f" and {len(found) - SEEN} more" if len(found) > SEEN else ""
    return ", ".join(found[:SEEN]) + more


def _plain(title: str) -> str:
    return plain_title(title.replace("_", " ").replace("-", " ")).replace(" ", "")
