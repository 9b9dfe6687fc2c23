"""Configurations with one change at a time, in every shape in which people keep them, made without the judge.

What an item may be is read from the texts of statements (``0..65535``, ``0b1111111``), not from sets; values are
written as JSON, YAML and CSV by hand. A mutation says its kind, the item that it goes against, and the rules of which
one has to fire; a change that means nothing says that none does.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from gbcscheck.release.catalogue import Catalogue, Item

BEYOND_TYPE, CONSTANT, NOT_SET, NO_VALUE = "beyond the type", "not the constant", "cannot be set", "no value"
DIMENSION, FACTOR, CONVERTED = "unit of another quantity", "unused factor", "unit that makes it too large"
NAME, TWICE, SIGN, ATTRIBUTE = "name misspelt", "given twice", "sign between digits", "another attribute"
KINDS = (BEYOND_TYPE, CONSTANT, NOT_SET, NO_VALUE, DIMENSION, FACTOR, CONVERTED, NAME, TWICE, SIGN, ATTRIBUTE)
SAME = "means the same"
TOGETHER = 4
"""Settings of one configuration."""

_RANGE = re.compile(r"(-?\d+)\.\.(-?\d+)")
_OF_SEVERAL = re.compile(r"\[(?!\d+\])|\.\.")
_NUMBER = re.compile(r"-?\d+")
OTHER_UNIT = {"s": "V", "V": "min", "W": "s", "Wh": "s", "A": "V", "var": "V", "varh": "s", "pence": "V"}
UNUSED = {"V": "MV", "W": "TW"}
LARGER = {"s": ("h", 3600), "V": ("MV", 10**6), "W": ("TW", 10**12)}


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of an item whose values are whole numbers: its type, its only constant, what a request sets."""

    item: str
    low: int
    high: int
    unit: str = ""
    constant: int | None = None
    settable: tuple[int, int] | None = None
    object: str = ""
    """``71/0-0:17.0.3.255/4``, where no other item has it."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of a configuration."""

    name: str
    value: int | str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Mutation:
    """A changed configuration; ``rules`` of which one has to fire, none for a change that means nothing."""

    kind: str
    item: str
    settings: tuple[Setting, ...]
    rules: tuple[str, ...]


# --- facts -----------------------------------------------------------------------------------------------------------


def facts_of(catalogue: Catalogue) -> list[Fact]:
    """The items of one type that is a range of whole numbers, with what texts say of them."""
    objects = Counter(name for item in catalogue.items.values() for name in _objects(catalogue, item))
    found = [fact for item in catalogue.items.values() if (fact := _fact(catalogue, item)) is not None]
    return [replace(fact, object=fact.object if objects[fact.object] == 1 else "") for fact in found]


def _objects(catalogue: Catalogue, item: Item) -> set[str]:
    """The attributes of objects that hold an item: ``71/0-0:17.0.3.255/4``."""
    found = set()
    for row in item.rows:
        said = {s.attribute: str(s.value) for s in catalogue.about(row.subject, "class", "object", "member")}
        if len(said) == 3 and said["member"].startswith("attribute"):
            found.add(f"{said['class']}/{said['object']}/{said['member'].removeprefix('attribute ')}")
    return found


def _fact(catalogue: Catalogue, item: Item) -> Fact | None:
    if not item.rows or _OF_SEVERAL.search(item.name) or item.name.startswith("/"):
        return None
    types = {str(s.domain) for s in catalogue.item_statements(item, "type")}
    found = _RANGE.fullmatch(types.pop()) if len(types) == 1 else None
    if found is None or catalogue.item_statements(item, "permitted"):
        return None
    constants = [str(s.domain) for row in item.rows for s in catalogue.about(row.subject, "constant")]
    if constants and not _is_fixed(item, constants):
        return None
    ends = [end for link in item.links for end in link.ends_of("request", "reading")]
    ranges = [_RANGE.fullmatch(str(s.domain)) for end in ends for s in catalogue.about(end.subject, "permitted")]
    if any(end.conversion for end in ends) or None in ranges:
        return None
    settable = [(int(one[1]), int(one[2])) for one in ranges if one is not None]
    units = {str(s.value) for s in catalogue.item_statements(item, "unit")}
    named = _objects(catalogue, item)
    return Fact(
        item.name,
        int(found[1]),
        int(found[2]),
        units.pop() if len(units) == 1 else "",
        int(constants[0]) if constants else None,
        (max(low for low, _ in settable), min(high for _, high in settable)) if settable else None,
        named.pop() if len(named) == 1 else "",
    )


def _is_fixed(item: Item, constants: Sequence[str]) -> bool:
    """Whether every row of an item that is only read fixes it to the same number."""
    reads_only = all(row.direction == "Read" for row in item.rows)
    same = len(set(constants)) == 1 and len(constants) == len(item.rows)
    return reads_only and same and _NUMBER.fullmatch(constants[0]) is not None


def usual(fact: Fact) -> Setting:
    """A value against which nothing is stated."""
    low, high = fact.settable or (fact.low, fact.high)
    value = fact.constant if fact.constant is not None else max(low, min(60, high))
    return Setting(fact.item, value)


# --- changes ---------------------------------------------------------------------------------------------------------


def mutations(facts: Sequence[Fact]) -> Iterator[Mutation]:
    """Every change of each item, within a configuration of some others."""
    for number, fact in enumerate(facts):
        others = tuple(usual(facts[(number + step) % len(facts)]) for step in range(1, TOGETHER))
        for kind, changed, rules in _changes(fact):
            yield Mutation(kind, fact.item, (others[0], *changed, *others[1:]), rules)


def _changes(fact: Fact) -> Iterator[tuple[str, tuple[Setting, ...], tuple[str, ...]]]:
    own = usual(fact)
    wrong = ("D503", "D504", "D501", "D502")
    for value in (fact.low - 1, fact.high + 1):
        yield BEYOND_TYPE, (replace(own, value=value),), wrong
    yield NO_VALUE, (replace(own, value="often"),), ("D602",)
    yield SIGN, (replace(own, value="1,500"),), ("D602",)
    yield NAME, (replace(own, name=_misspelt(own.name)),), ("D601",)
    yield TWICE, (own, replace(own, name=own.name.upper())), ("D605",)
    if fact.constant is not None:
        other = fact.constant + 1 if fact.constant < fact.high else fact.constant - 1
        yield CONSTANT, (replace(own, value=other),), ("D504",)
    if fact.settable is not None and fact.settable[1] < fact.high:
        yield NOT_SET, (replace(own, value=fact.settable[1] + 1),), ("D501", "D502")
    if fact.unit in OTHER_UNIT:
        yield DIMENSION, (replace(own, unit=OTHER_UNIT[fact.unit]),), ("D606",)
    if fact.unit in UNUSED and own.value:
        yield FACTOR, (replace(own, unit=UNUSED[fact.unit]),), ("D609",)
    if fact.unit in LARGER:
        unit, size = LARGER[fact.unit]
        yield CONVERTED, (Setting(fact.item, fact.high // size + 1, unit),), (*wrong, "D609")
    if fact.object:
        head, _, number = fact.object.rpartition("/")
        yield ATTRIBUTE, (replace(own, name=f"{head}/{int(number) + 40}"),), ("D601",)


def _misspelt(name: str) -> str:
    """A name with a letter more in its longest word; words in parentheses are read loosely."""
    longest = max(re.finditer(r"[A-Za-z]+", name), key=lambda found: found.end() - found.start())
    at = longest.start() + 3
    return f"{name[:at]}q{name[at:]}"


def same(facts: Sequence[Fact]) -> Iterator[Mutation]:
    """Configurations that mean what others do: other spellings, units, notations, order."""
    for number, fact in enumerate(facts):
        own = usual(fact)
        others = tuple(usual(facts[(number + step) % len(facts)]) for step in range(1, TOGETHER))
        for changed in _alike(fact, own):
            yield Mutation(SAME, fact.item, (*others, changed), ())


def _alike(fact: Fact, own: Setting) -> Iterator[Setting]:
    yield replace(own, name=own.name.swapcase())
    yield replace(own, name=f" {own.name} ")
    yield replace(own, value=f"{own.value}.0")
    yield replace(own, value=f"{own.value}e0")
    yield replace(own, value=f"{own.value},0")
    if fact.unit in OTHER_UNIT:
        yield replace(own, unit=fact.unit)
    if fact.unit == "s" and isinstance(own.value, int) and own.value >= 0:
        yield replace(own, value=f"PT{own.value}S")
        yield replace(own, value=f"00:{own.value // 60:02}:{own.value % 60:02}")
        if own.value % 60 == 0:
            yield replace(own, value=own.value // 60, unit="min")
    if fact.object:
        yield replace(own, name=fact.object)
        yield replace(own, name=fact.object.replace(".255/", "*255/"))


# --- shapes ----------------------------------------------------------------------------------------------------------


def _with_unit(setting: Setting) -> object:
    return setting.value if not setting.unit else {"value": setting.value, "unit": setting.unit}


def _text(setting: Setting) -> str:
    return f"{setting.value} {setting.unit}".strip()


def _members(settings: Sequence[Setting], value: Callable[[Setting], object]) -> str:
    return ",\n".join(f"{json.dumps(one.name)}: {json.dumps(value(one))}" for one in settings)


def _object(settings: Sequence[Setting]) -> bytes:
    return f"{{{_members(settings, _with_unit)}}}".encode()


def _grouped(settings: Sequence[Setting]) -> bytes:
    return f'{{"settings": {{"of the meter": {{{_members(settings, _text)}}}}}}}'.encode()


def _records(settings: Sequence[Setting]) -> bytes:
    rows = [{"parameter": one.name, "value": one.value, "unit": one.unit or None} for one in settings]
    return json.dumps(rows, indent=1).encode()


def _yaml(settings: Sequence[Setting]) -> bytes:
    lines = [f"  {json.dumps(one.name)}: {_text(one)}" for one in settings]
    return "\n".join(("# settings", "items:", *lines, "")).encode()


def _csv(rows: Sequence[Sequence[object]]) -> bytes:
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows).encode()


def _item_a_row(settings: Sequence[Setting]) -> bytes:
    return _csv([("Data item", "Unit", "Value"), *((one.name, one.unit, one.value) for one in settings)])


def _device_a_column(settings: Sequence[Setting]) -> bytes:
    rows = ((n, one.name, one.value, one.value, one.unit) for n, one in enumerate(settings, 1))
    return _csv([("No.", "Parameter", "Meter A", "Meter B", "Unit"), *rows])


def _device_a_row(settings: Sequence[Setting]) -> bytes:
    titles = [f"{one.name} ({one.unit})" if one.unit else one.name for one in settings]
    return _csv([("Serial", *titles), ("a1", *(one.value for one in settings)), ("a2", *map(_text, settings))])


SHAPES: dict[str, tuple[Callable[[Sequence[Setting]], bytes], int]] = {
    "JSON object": (_object, 1),
    "JSON groups": (_grouped, 1),
    "JSON records": (_records, 1),
    "YAML": (_yaml, 1),
    "one item a row": (_item_a_row, 1),
    "one device a column": (_device_a_column, 2),
    "one device a row": (_device_a_row, 2),
}
"""How a configuration is written, by name, and how often each value then stands in the file."""
