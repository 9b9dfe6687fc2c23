"""The numbers that Word puts before paragraphs (ECMA-376 part 1, 17.9), worked out while a document is read.

A number is not in the text: it comes of the lists in ``numbering.xml``, of the paragraph or its style naming one, and
of all numbered paragraphs before it. What cannot be worked out is told, never made up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field, replace
from typing import TYPE_CHECKING

from gbcscheck.extract.word.names import attribute, child, children, is_on, number
from gbcscheck.extract.word.views import View, in_view, stands_in
from gbcscheck.frozen import frozen

if TYPE_CHECKING:
    from lxml.etree import _Element

LEVELS = 9
"""How many levels a list has (17.9.6)."""
SKIPPED = "its number goes on from a level of the list that was skipped, which programs count in several ways"
_MOST = 32_767
"""The highest number that Word counts to."""
_LONGEST = 200
"""Characters of the number of a list (``%1.%2``); those of real lists have a few."""
_NONE = "0"
"""The number of a list that takes a paragraph out of every list (17.9.18)."""


@frozen
class Level:
    """One level of a list (17.9.6). ``restart`` is None where it begins anew after every higher level, 0 where it never
    does, and else the lowest level (from 1) after which it does; ``style`` is the style of paragraph that it is of."""

    start: int = 0
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    is_legal: bool = False
    style: str = ""

    @property
    def is_bullet(self) -> bool:
        """Whether it has no number."""
        return self.format == "bullet"


@frozen
class ListOf:
    """A list of a document: the abstract one that it counts with, its levels, and where it begins anew by itself."""

    abstract: str
    levels: tuple[Level, ...]
    starts: Mapping[int, int] = field(default_factory=dict)


@frozen
class Label:
    """What stands before a paragraph: its text (``5.7.4``, ``(i)``, ``•``), the level in its list (from 0), whether it
    is a bullet, and why the text is not known, where it is not."""

    text: str
    level: int
    is_bullet: bool = False
    problem: str = ""


@frozen
class Numbering:
    """The lists of a document by their numbers, and the list and level that each style of paragraphs names."""

    lists: Mapping[str, ListOf] = field(default_factory=dict)
    styles: Mapping[str, tuple[str, int]] = field(default_factory=dict)

    def named_by(self, paragraph: _Element, style: str, view: View) -> tuple[str, int] | None:
        """The list and level of a ``w:p`` in a view: its own or its style's; None where it is in none."""
        properties = in_view(child(paragraph, "pPr"), "pPrChange", view)
        own = child(properties, "numPr")
        if own is not None and any(not stands_in(one, view) for one in children(own, "ins")):
            own = None
        of_style = self.styles.get(style)
        if own is None:
            return of_style
        listed, level = child(own, "numId"), child(own, "ilvl")
        if listed is None:
            return None if of_style is None else (of_style[0], number(level) if level is not None else of_style[1])
        name = attribute(listed, "val")
        return None if name == _NONE else (name, number(level))


class Counter:
    """Counts the paragraphs of the lists of a document, in its order."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._skipped: dict[str, set[int]] = {}
        """The levels of each list that a paragraph has skipped, and that have not begun anew since."""

    def label(self, name: str, level: int) -> Label:
        """The label of the next paragraph of a list and level."""
        one = self._numbering.lists.get(name)
        if one is None or level >= len(one.levels):
            return Label("", level, problem=f"the document has no list {name} with a level {level + 1}")
        counts = self._counts.setdefault(one.abstract, [None] * LEVELS)
        self._count(name, one, counts, level)
        skipped = self._skipped.setdefault(one.abstract, set())
        skipped -= {place for place in skipped if place > level}
        skipped |= {place for place in range(level) if counts[place] is None}
        if any(f"%{place + 1}" in one.levels[level].text for place in skipped) and not one.levels[level].is_bullet:
            return Label("", level, problem=SKIPPED)
        return _label(one.levels, counts, level)

    def _count(self, name: str, one: ListOf, counts: list[int | None], level: int) -> None:
        start = one.starts.get(level, one.levels[level].start)
        is_first = level in one.starts and (name, level) not in self._begun
        self._begun.add((name, level))
        before = counts[level]
        counts[level] = start if before is None or is_first else before + 1
        for below in range(level + 1, len(one.levels)):
            restart = one.levels[below].restart
            if restart is None or (restart and level < restart):
                counts[below] = None


def _label(levels: tuple[Level, ...], counts: list[int | None], level: int) -> Label:
    own = levels[level]
    if own.is_bullet:
        return Label(own.text, level, is_bullet=True)
    if own.format == "none" and not own.text:
        return Label("", level)
    problem = "" if len(own.text) <= _LONGEST else f"the number of its list has more than {_LONGEST} characters"

    def written(found: re.Match[str]) -> str:
        nonlocal problem
        place = int(found[1]) - 1
        count = counts[place] if place < len(levels) else None
        if count is None or place > level:
            problem = "its number names a level of the list that no paragraph above it has"
            return ""
        if count > _MOST:
            problem = f"a number above {_MOST:,}, which no program writes"
            return ""
        form = "decimal" if own.is_legal and levels[place].format not in _SILENT else levels[place].format
        if form not in _FORMATS:
            problem = f"numbers of the form {form} are not read"
            return ""
        return _FORMATS[form](count)

    text = "" if problem else re.sub(r"%([1-9])", written, own.text)
    return Label("" if problem else text, level, problem=problem)


# --- how numbers are written (17.18.59) ------------------------------------------------------------------------------


def _letters(count: int) -> str:
    """``a`` to ``z``, then ``aa`` to ``zz``: the same letter once more, as Word has it."""
    return "" if count < 1 else chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)


_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def _roman(count: int) -> str:
    found = ""
    for size, signs in _ROMAN:
        found += signs * (count // size)
        count %= size
    return found


_SILENT = ("none", "bullet")
_FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda count: f"{count:02}",
    "lowerLetter": _letters,
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
    "none": lambda _count: "",
}


# --- reading ---------------------------------------------------------------------------------------------------------


def read_numbering(root: _Element | None, styles: _Element | None) -> Numbering:
    """The lists in the root of ``numbering.xml``, and those that the styles in the root of ``styles.xml`` name."""
    if root is None:
        return Numbering()
    named = dict(_of_styles(styles))
    abstract = {attribute(one, "abstractNumId"): one for one in children(root, "abstractNum")}
    instances = {attribute(one, "numId"): one for one in children(root, "num")}
    lists = {}
    for name, instance in instances.items():
        found = _list(instance, abstract, instances, named)
        if found is not None:
            lists[name] = found
    return Numbering(lists, dict(_levels_of_styles(named, lists)))


def _list(
    instance: _Element,
    abstract: Mapping[str, _Element],
    instances: Mapping[str, _Element],
    named: Mapping[str, tuple[str, int | None]],
) -> ListOf | None:
    key = attribute(child(instance, "abstractNumId"), "val")
    definition = abstract.get(key)
    linked = attribute(child(definition, "numStyleLink"), "val")
    if linked and linked in named:  # the levels stand in the list of a style of lists (17.9.21)
        other = instances.get(named[linked][0])
        key = attribute(child(other, "abstractNumId"), "val", key)
        definition = abstract.get(key, definition)
    if definition is None:
        return None
    levels = [Level()] * LEVELS
    for one in children(definition, "lvl"):
        place = number(one, "ilvl", LEVELS)
        if place < LEVELS:
            levels[place] = _level(one)
    starts: dict[int, int] = {}
    for override in children(instance, "lvlOverride"):
        place = number(override, "ilvl", LEVELS)
        whole, start = child(override, "lvl"), child(override, "startOverride")
        if place >= LEVELS:
            continue
        if whole is not None:
            levels[place] = _level(whole)
        if start is not None:
            starts[place] = number(start)
            levels[place] = replace(levels[place], start=starts[place])
    return ListOf(key, tuple(levels), starts)


def _level(element: _Element) -> Level:
    restart = child(element, "lvlRestart")
    return Level(
        number(child(element, "start")),
        attribute(child(element, "numFmt"), "val", "decimal"),
        attribute(child(element, "lvlText"), "val"),
        None if restart is None else number(restart),
        is_on(child(element, "isLgl")),
        attribute(child(element, "pStyle"), "val"),
    )


def _of_styles(root: _Element | None) -> Iterator[tuple[str, tuple[str, int | None]]]:
    """The list that each style names, itself or by the one that it is based on, and the level, where it says one."""
    listed = {attribute(one, "styleId"): one for one in children(root, "style")} if root is not None else {}
    for name in listed:
        found, level, at, seen = "", None, name, set[str]()
        while at in listed and at not in seen and not found:
            seen.add(at)
            own = child(child(listed[at], "pPr"), "numPr")
            found = attribute(child(own, "numId"), "val")
            if level is None and (said := child(own, "ilvl")) is not None:
                level = number(said)
            at = attribute(child(listed[at], "basedOn"), "val")
        if found and found != _NONE:
            yield name, (found, level)


def _levels_of_styles(
    named: Mapping[str, tuple[str, int | None]], lists: Mapping[str, ListOf]
) -> Iterator[tuple[str, tuple[str, int]]]:
    """The list and level of each style: the level that is linked to it (17.9.23), else the one that it says."""
    for name, (listed, said) in named.items():
        levels = lists[listed].levels if listed in lists else ()
        linked = next((place for place, level in enumerate(levels) if level.style == name), None)
        yield name, (listed, linked if linked is not None else said or 0)
