"""Calendars of a configuration as a whole: the lists of an item, and its special days."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from gbcscheck.device.calendars import Calendar, Fault, Mention, faults, missing
from gbcscheck.inputs.json_places import escape_token

PathOf = Callable[[Any, str], tuple[Any, str]]
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SETS = ("active", "passive")
_SPECIAL_DAYS = "entries"
_MOST_DIGITS = 3


class Spot(NamedTuple):
    """Where an identifier stands, the path of its element, and what is written there."""

    pointer: str
    subject: str
    written: str


class _Field(NamedTuple):
    """A value of an entry: its element's path and its place."""

    path: str
    value: Any
    pointer: str


_Entry = Mapping[str, _Field]
"""The fields of one entry of a list, by the names of the class."""


def calendar_faults(items: Iterable[tuple[Any, Any, str]], field: PathOf) -> Iterator[Fault[Spot]]:
    """What is wrong between the lists of calendars. ``items`` are parts of data items with the object given for each
    and its pointer; ``field`` gives what a name means within one, and its path."""
    lists = {_item(node.path): _lists(node, raw, pointer, field) for node, raw, pointer in items}
    days_of: dict[str, list[Mention[Spot]]] = {}
    for item, of_item in lists.items():
        for which in _SETS:
            names = [f"{kind}_{which}" for kind in ("season_profile", "week_profile_table", "day_profile_table")]
            if not any(name in of_item for name in names):
                continue
            seasons, weeks, days = (of_item.get(name) for name in names)
            calendar = Calendar(
                seasons=_mentions(seasons, "season_profile_name", "season"),
                named_weeks=_mentions(seasons, "week_name", "season"),
                weeks=_all(weeks, "week_profile_name", "week"),
                named_days=[one for day in _DAYS for one in _mentions(weeks, day, f"{day.title()} of week")],
                days=_all(days, "day_id", "day"),
            )
            yield from faults(calendar)
            days_of.setdefault(item, []).extend(calendar.days or ())
    for item, of_item in lists.items():
        owner = days_of.get(item.rpartition("(")[0])
        special = of_item.get(_SPECIAL_DAYS)
        if owner and special is not None:
            yield from missing(_mentions(special, "day_id", "special day"), owner, "day")


def _item(path: str) -> str:
    return path.partition(".")[0]


def _lists(node: Any, raw: Any, pointer: str, field: PathOf) -> dict[str, list[_Entry]]:
    """The lists of entries in an item's object, by the name of the class; of a name that is known alone."""
    found: dict[str, list[_Entry]] = {}
    for name, value in raw.items():
        child, path = field(node, name)
        if child is None or not isinstance(value, list):
            continue
        here = f"{pointer}/{escape_token(name)}"
        found[_last(path)] = [
            _entry(child, entry, f"{here}/{place}", field)
            for place, entry in enumerate(value)
            if isinstance(entry, dict)
        ]
    return found


def _entry(node: Any, raw: dict[str, Any], pointer: str, field: PathOf) -> _Entry:
    found = {}
    for name, value in raw.items():
        child, path = field(node, name)
        if child is not None:
            found[_last(path)] = _Field(path, value, f"{pointer}/{escape_token(name)}")
    return found


def _last(path: str) -> str:
    return path.rpartition(".")[2].partition("[")[0]


def _all(entries: list[_Entry] | None, name: str, what: str) -> list[Mention[Spot]] | None:
    """The identifiers of a list; None where there is no list, or one of its entries has none that can be read."""
    found = _mentions(entries, name, what)
    return found if entries is not None and len(found) == len(entries) else None


def _mentions(entries: list[_Entry] | None, name: str, what: str) -> list[Mention[Spot]]:
    found = []
    for number, entry in enumerate(entries or (), 1):
        if name in entry and (key := _key(name, entry[name].value)) is not None:
            path, value, pointer = entry[name]
            found.append(Mention(key, f"{what} {number}", Spot(pointer, path, str(value))))
    return found


def _key(name: str, value: Any) -> int | bytes | None:
    """An identifier as it is compared, however it is written: octets of a name (hexadecimal digits, or text), a number
    of all else; None for what is neither."""
    if isinstance(value, dict):
        value = value.get("value")
    text = value.strip() if isinstance(value, str) else ""
    if name.endswith("_name"):
        try:
            return bytes.fromhex(text.removeprefix("0x")) if text else None
        except ValueError:
            return text.encode()
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else None
