"""All that a value of a data item has to fit: which sets each specification states, and which of them will do.

A value fits an item where it fits each of its requirements. Whoever judges values asks for them here: the rules on
single values put the answers into words, and a set of many values can be held against the same sets at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Literal

from gbcscheck.evidence.comparing import unit_of
from gbcscheck.evidence.conversion import Route, routes
from gbcscheck.evidence.reading import Stated, stated_sets
from gbcscheck.evidence.rows import carriers, carries_whole, is_method, sets
from gbcscheck.facts.crosswalk import Link, LinkEnd, Role
from gbcscheck.frozen import frozen
from gbcscheck.near_names import plain
from gbcscheck.release.catalogue import Catalogue, Item
from gbcscheck.release.item_names import plain_names, split_row

if TYPE_CHECKING:
    from gbcscheck.domains import Domain

Asks = Literal["type", "encoding", "constant", "permitted", "set", "shown"]

ENCODED = {"date": 5, "time": 4, "date-time": 12}
"""Octets of the encodings that have illegal values (Blue Book 4.1.6.1)."""


@frozen
class Requirement:
    """One thing that is asked of a value: to lie, read as their kind, in one of some sets.

    ``type`` asks for a data type of the item's rows; ``encoding``, of as many octets as a date or a time has, to be
    one; ``constant`` for what the use cases fix; ``permitted`` for what a document or the rows permit; ``set`` and
    ``shown`` for a value that some element of a request, or of a response, stands for (``routes``).
    """

    asks: Asks
    stated: Stated
    routes: tuple[Route, ...] = ()


Requirements = tuple[Requirement, ...]


def fitting(catalogue: Catalogue, item: Item) -> Requirements:
    """All that a value which a device holds of an item has to fit."""
    rows = carriers(catalogue, item)
    subjects = (item.name, *rows)
    return tuple(
        requirement
        for requirement in (
            Requirement("type", stated_sets(catalogue, rows, "type")),
            *(Requirement("encoding", (one,)) for one in encoding_sets(catalogue, item)),
            Requirement("constant", fixed_by_rows(catalogue, item)),
            *_limited(catalogue, item),
            Requirement("permitted", _permitted_by_rows(catalogue, rows)),
            _along("set", subjects, catalogue.once(_setting)),
            _along("shown", subjects, catalogue.once(_showing)),
        )
        if requirement.stated
    )


def fitting_sent(catalogue: Catalogue, row: str) -> Requirements:
    """What the specifications ask, beside the row itself, of a value that a command sets at a row of a use case or
    byte layout."""
    return _at_row(catalogue, row, _along("set", (row,), catalogue.once(_setting)))


def fitting_read(catalogue: Catalogue, row: str) -> Requirements:
    """What they ask of a value that a device returns at a row."""
    return _at_row(catalogue, row, _along("shown", (row,), catalogue.once(_showing)))


def fitting_requested(catalogue: Catalogue, link: Link) -> Requirements:
    """What they ask of a value that an XML document of a link sets or shows: what is permitted under the item's own
    name, and, where a request sets it, whether it could be read back."""
    known = catalogue.once(_known_requested)
    sets_it = link.settable and bool(link.ends_of("request"))
    if (link.item, sets_it) not in known:
        item = catalogue.items.get(link.item)
        limited = _limited(catalogue, item) if item is not None else ()
        shown = (_along("shown", (link.item,), catalogue.once(_showing)),) if sets_it else ()
        known[link.item, sets_it] = tuple(one for one in (*limited, *shown) if one.stated)
    return known[link.item, sets_it]


def _known_requested(catalogue: Catalogue) -> dict[tuple[str, bool], Requirements]:
    """What is asked of items that links set or show, each worked out when it is asked for."""
    return {}


def _at_row(catalogue: Catalogue, row: str, through: Requirement) -> Requirements:
    item = limited_item(catalogue, row)
    limited = _limited(catalogue, item) if item is not None else ()
    return tuple(one for one in (through, *limited) if one.stated)


def _limited(catalogue: Catalogue, item: Item) -> Requirements:
    return tuple(Requirement("permitted", (one,)) for one in limits(catalogue, item))


def _along(asks: Asks, subjects: Iterable[str], known: _Routes) -> Requirement:
    through = tuple(dict.fromkeys(route for subject in subjects for route in known.of(subject)))
    return Requirement(asks, tuple((route.stated, route.kind) for route in through), through)


def certain_values(requirements: Iterable[Requirement]) -> Domain:
    """The values that are members of every set of some requirements as they are, with no other reading: of such a value
    nothing more has to be asked. None, where a set has a unit, which a device's number has not."""
    from gbcscheck.domains import ANY, NONE

    together: Domain = ANY
    for requirement in requirements:
        for _, one in requirement.stated:
            together = NONE if unit_of(one) else together.meet(one)
    return together


# --- what is stated --------------------------------------------------------------------------------------------------


def limits(catalogue: Catalogue, item: Item) -> Stated:
    """What is permitted under the item's own name: tables, SMETS; not the rows of use cases, and no path of XML."""
    if item.name.startswith("/"):
        return ()
    subjects = (item.name, *item.direct)
    return (*stated_sets(catalogue, subjects, "permitted"), *stated_sets(catalogue, subjects, "constant"))


def encoding_sets(catalogue: Catalogue, item: Item) -> Stated:
    """What COSEM says of the encoding of an item's octets (``time``, ``date``, ``date-time``), where one is stated."""
    encoding = catalogue.encoding(item)
    return stated_sets(catalogue, (encoding,), "permitted") if encoding in ENCODED else ()


def fixed_by_rows(catalogue: Catalogue, item: Item) -> Stated:
    """The constants to which use cases fix what a device holds of an item; one of them is enough.

    Where use cases set the item, those of their rows: the device holds what the last command set, so nothing is fixed
    as soon as one of the rows leaves the value free. Where none does, those of the rows that read it: every response
    has to be true, so that a row without a constant frees nothing. The argument of a method is no value that a device
    holds.
    """
    rows = tuple(row for row in carriers(catalogue, item) if not is_method(catalogue, row))
    setting = tuple(row for row in rows if sets(catalogue, row))
    stated = [stated_sets(catalogue, (row,), "constant") for row in setting or rows]
    if setting and not all(stated):
        return ()
    return tuple(one for of_row in stated for one in of_row)


def _permitted_by_rows(catalogue: Catalogue, rows: tuple[str, ...]) -> Stated:
    """What the rows of an item permit; a row that says nothing leaves it free."""
    stated = [stated_sets(catalogue, (row,), "permitted") for row in rows]
    return tuple(one for of_row in stated for one in of_row) if all(stated) else ()


# --- what belongs to which subject -----------------------------------------------------------------------------------


def limited_items(catalogue: Catalogue) -> Mapping[str, Item]:
    """The data items under whose own name something is permitted, by the rows and byte layouts that carry them."""
    return catalogue.once(_limited_items)


def limited_item(catalogue: Catalogue, row: str) -> Item | None:
    """The data item that a row or byte layout carries, if something is permitted under its own name. The data items of
    the release are worked out only where a subject may be one that names it."""
    names = (split_row(row)[1], *catalogue.once(_items_of_links).get(row, ()))
    limited = catalogue.once(_limited_names)
    if not any(name and (name in limited or not limited.isdisjoint(plain_names(name))) for name in names):
        return None
    return limited_items(catalogue).get(row)


class _Routes:
    """Elements of documents through which data items travel, worked out link by link when they are asked for by the
    subjects of a link: the name of its item, and the rows that carry it."""

    def __init__(self, catalogue: Catalogue, links: Iterable[tuple[Link, Iterable[str], tuple[LinkEnd, ...]]]) -> None:
        self._catalogue = catalogue
        self._ends: list[tuple[Link, tuple[LinkEnd, ...]]] = []
        self._numbers: dict[str, list[int]] = {}
        self._made: dict[int, tuple[Route, ...]] = {}
        for number, (link, subjects, link_ends) in enumerate(links):
            self._ends.append((link, link_ends))
            for subject in dict.fromkeys(subjects):
                self._numbers.setdefault(subject, []).append(number)

    def of(self, subject: str) -> Iterator[Route]:
        """The elements of the links of a subject."""
        for number in self._numbers.get(subject, ()):
            if number not in self._made:
                self._made[number] = routes(self._catalogue, *self._ends[number])
            yield from self._made[number]


def _setting(catalogue: Catalogue) -> _Routes:
    """The elements of service requests that set a data item, by its name and by the rows of the commands."""
    links = (
        link for link in catalogue.crosswalk.links if link.settable and link.ends_of("request") and carries_whole(link)
    )
    return _Routes(
        catalogue,
        ((link, (*_subjects(link, "command", "gbz"), link.item), link.ends_of("request")) for link in links),
    )


def _showing(catalogue: Catalogue) -> _Routes:
    """The elements of documents that show a data item, by its name and by the rows of the responses."""
    links = (link for link in catalogue.crosswalk.links if carries_whole(link))
    return _Routes(
        catalogue, ((link, (*_subjects(link, "response"), link.item), link.ends_of("reading")) for link in links)
    )


def _limited_items(catalogue: Catalogue) -> dict[str, Item]:
    found: dict[str, Item] = {}
    for link in catalogue.crosswalk.links:
        item = catalogue.items.get(link.item)
        if item is not None and limits(catalogue, item):
            found.update(dict.fromkeys(_rows_of(link), item))
    for item in catalogue.items.values():
        if item.rows and limits(catalogue, item):
            found.update((row.subject, item) for row in item.rows)
    return found


def _items_of_links(catalogue: Catalogue) -> dict[str, list[str]]:
    """The names of the data items of links, by the rows and byte layouts that carry them."""
    found: dict[str, list[str]] = {}
    for link in catalogue.crosswalk.links:
        for row in _rows_of(link):
            found.setdefault(row, []).append(link.item)
    return found


def _limited_names(catalogue: Catalogue) -> frozenset[str]:
    """The subjects, but for rows and paths, of which something is permitted: in plain, as they may name an item by a
    part of its name, and, where they are the item's own name that looks like a row, as they are."""
    items = {link.item for link in catalogue.crosswalk.links}
    limited = catalogue.subjects_that_say("permitted", "constant")
    return frozenset((*(plain(one) for one in limited if "/" not in one), *(items & limited)))


def _rows_of(link: Link) -> Iterator[str]:
    return _subjects(link, "command", "gbz", "response")


def _subjects(link: Link, *roles: Role) -> Iterator[str]:
    return (end.subject for end in link.ends_of(*roles))
