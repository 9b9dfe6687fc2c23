"""The names of data items: in subjects, as people type them, and what may stand for them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from gbcscheck.near_names import is_misspelt, nearest, plain

if TYPE_CHECKING:
    from gbcscheck.facts.item_names import ItemNames as PeopleWrite


def split_row(subject: str) -> tuple[str, str]:
    """Use case and data item of a subject ``ECS37/Item.element``; ``("", "")`` for any other subject."""
    use_case, slash, name = subject.partition("/")
    return (use_case, name) if slash and use_case and "/" not in name else ("", "")


LOWER = bytes(range(256)).lower()
BLANK = b"_ \t\r\v\f\x1c\x1d\x1e\x1f"
"""What ``plain`` takes out of a name, as far as it is ASCII."""


def plain_all(names: Sequence[str]) -> Sequence[str]:
    """Each of many names as ``plain`` gives it, in a few steps where they have no sign beyond ASCII."""
    together = "\n".join(names)
    if not names or not together.isascii() or together.count("\n") != len(names) - 1:
        return [plain(name) for name in names]
    return together.encode().translate(LOWER, BLANK).decode().split("\n")


def plain_names(name: str) -> tuple[str, ...]:
    """A data item's name in plain, and in plain all that may stand for it."""
    return (plain(name), *map(plain, _shorter(name)))


def _shorter(name: str) -> Iterable[str]:
    """What may stand for the name of a data item: the item without an element, or with the last alone."""
    whole, _, element = name.partition(".")
    return dict.fromkeys((whole, f"{whole}.{element.rpartition('.')[2]}"))


_DOT = re.compile(r"(?<!\.)\.(?!\.)")
_QUALIFIER = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NUMBER = re.compile(r"[\[(]*(?:phase|element|\bl)[ _\[(]*([1-9])[\])]*|\[([1-9])\]", re.I)
MOST_CHOICES = 5
MOST_SEARCHED = 200
"""Unknown names for which near ones are looked for: a table of 10,000 of them took a minute and a half."""


def head_and_element(name: str) -> tuple[str, str]:
    """A data item's own name, and that of its element behind it; the dots of a range are no ends of a name.

    >>> head_and_element("(Phase[1])Threshold.value"), head_and_element("Matrix[1..4].scale")
    (('(Phase[1])Threshold', 'value'), ('Matrix[1..4]', 'scale'))
    """
    head, *element = _DOT.split(name, maxsplit=1)
    return head, element[0] if element else ""


class ItemNames:
    """Data items by the names that people write. A bare name finds the only element of an item (``X`` for ``X.value``),
    or the one that a service request sets under the item's name; a name with the last element alone the only one of
    that name (``X.exec_weekdays`` for ``X.entries[*].exec_weekdays``); elements and items go by the names of
    ``specs/names.json`` too. What stands in parentheses may be left out, and a name without the number of a phase is
    that of each of them. ``set_by`` are the paths of the requests that set an item."""

    def __init__(self, names: tuple[str, ...], set_by: Mapping[str, Collection[str]] | None = None) -> None:
        requests = {name: paths for name, paths in (set_by or {}).items() if paths}
        self._set_by = {name: {plain(path.rpartition("/")[2]) for path in paths} for name, paths in requests.items()}
        self._names = tuple(dict.fromkeys(names))
        self._by_plain = dict(zip(reversed(plain_all(self._names)), reversed(self._names), strict=True))
        self._near: dict[str, tuple[str, ...]] = {}
        self._shorter: dict[str, list[str]] = {}
        shorts = [(short, name) for name in self._names for short in _shorter(name)]
        for short, (_, name) in zip(plain_all([short for short, _ in shorts]), shorts, strict=True):
            self._shorter.setdefault(short, []).append(name)

    def match(self, subject: str) -> tuple[str, ...]:
        """The items that a subject names: one, or the same of each phase; none where it could be several, or is not
        known."""
        wanted = plain(subject)
        if wanted in self._by_plain:
            return (self._by_plain[wanted],)
        found = self._shorter.get(wanted, [])
        if len(found) == 1:
            return (found[0],)
        return () if "/" in subject else self._as_written(subject)

    def elements(self, subject: str) -> tuple[str, ...]:
        """The elements of the item that a subject names: those whose name holds the one that is written, if any."""
        head, element = head_and_element(subject)
        below = [name for one in self._heads_of(head) for name in self._by_head[one]]
        last = [name for name in below if element and plain(element) in plain(head_and_element(name)[1])]
        return tuple(last or below)

    def near(self, subject: str) -> tuple[str, ...]:
        """Items, without their elements, whose names are nearly that of a subject which names none; looked for of the
        first MOST_SEARCHED names alone, since each is held against every name that is known."""
        head = plain(head_and_element(subject)[0])
        if head not in self._near and len(self._near) == MOST_SEARCHED:
            return ()
        if head not in self._near:
            near = nearest(head, self._by_head, most=MOST_CHOICES)
            self._near[head] = tuple(head_and_element(self._by_head[one][0])[0] for one in near)
        return self._near[head]

    def misspelt(self, subject: str) -> tuple[str, ...]:
        """Items with their elements of which a subject that names none is a misspelling, by one letter."""
        wanted = plain(subject)
        alike = self._by_ends.get((wanted[:1], wanted[-1:]), ())
        return tuple(self._by_plain[known] for known in alike if is_misspelt(wanted, known))

    @cached_property
    def _by_ends(self) -> dict[tuple[str, str], list[str]]:
        """Names in plain by their first and last letter, in which no misspelling differs."""
        found: dict[tuple[str, str], list[str]] = {}
        for known in self._by_plain:
            found.setdefault((known[:1], known[-1:]), []).append(known)
        return found

    def perhaps(self, subject: str) -> tuple[str, ...]:
        """What a subject may mean which names none: the elements of its item, or items of nearly its name."""
        return self.elements(subject) or self.near(subject)

    # --- names as people write them ----------------------------------------------------------------------------------

    def _as_written(self, subject: str) -> tuple[str, ...]:
        head, element = head_and_element(subject)
        heads = self._heads_of(head)
        if not heads or not _is_series(heads):
            return ()
        found = [self._element(one, element) for one in heads]
        return tuple(name for name in found if name) if all(found) else ()

    def _heads_of(self, head: str) -> list[str]:
        """The items, by plain name, that a name without an element may mean."""
        own = self._people_write.item(head)
        if own in self._by_head:
            return [own]
        number = _NUMBER.search(head)
        of_number = self._by_bare.get(_bare(_NUMBER.sub("", head)), []) if number else []
        wanted = f"[{number[1] or number[2]}]" if number else ""
        return [one for one in of_number if wanted in one] or self._by_bare.get(_bare(head), [])

    def _element(self, head: str, element: str) -> str:
        """The element of an item that a name means; empty where there is none, or several."""
        below = self._by_head[head]
        if not element:
            if len(below) == 1:
                return below[0]
            by_request = [name for name in below if _bare(head) in self._set_by.get(name, ())]
            found = by_request or [name for name in below if name in self._set_by]
            return found[0] if len(found) == 1 else ""
        own = self._people_write.own_element(head, element)
        if own is not None:
            return self._by_plain.get(f"{head}.{plain(own.element)}", "")
        meant = (plain(element), *self._people_write.elements.get(plain(element), ()))
        found = [name for name in below if plain(name.rpartition(".")[2]) in meant]
        exact = [name for name in found if plain(name.rpartition(".")[2]) == meant[0]]
        found = exact or found or [name for name in below if meant[0] in self._set_by.get(name, ())]
        whole = {re.sub(r"\[[0-9]+\]", "[*]", name) for name in found}
        return found[0] if len(found) == 1 else whole.pop() if len(whole) == 1 and whole <= {*found} else ""

    @cached_property
    def _people_write(self) -> PeopleWrite:
        from gbcscheck.facts.item_names import item_names

        return item_names()

    @cached_property
    def _by_head(self) -> dict[str, list[str]]:
        """Items with their elements, by the plain name of the item."""
        found: dict[str, list[str]] = {}
        for name in self._names:
            if "/" not in name:
                found.setdefault(plain(head_and_element(name)[0]), []).append(name)
        return found

    @cached_property
    def _by_bare(self) -> dict[str, list[str]]:
        """Plain names of items by what is left of them without parentheses and brackets."""
        found: dict[str, list[str]] = {}
        for head in self._by_head:
            found.setdefault(_bare(head), []).append(head)
        return found


def _bare(head: str) -> str:
    """A plain name without what stands in brackets and parentheses."""
    before, head = "", plain(head)
    while before != head and ("(" in head or "[" in head):
        before, head = head, _QUALIFIER.sub("", head)
    return head


def _is_series(heads: list[str]) -> bool:
    """Whether items are the same one, of each phase or number."""
    return len({re.sub(r"[0-9]+", "", head) for head in heads}) == 1
