"""One value of a data item, held against what every other specification says of the same item.

A judge of messages or documents knows what its own row, path or template permits; what is asked here is whether the
rest of the specifications can follow: whether a service request could set the value (DUIS), whether the response can
show it (MMC), and what tables, SMETS and the constants of use cases say of the item.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from gbcscheck.device.items.rules import NOT_SETTABLE, NOT_SHOWN
from gbcscheck.device.model import Problem
from gbcscheck.evidence.ends import Route, held_by, is_activation, lets_through, routes, single, why_through
from gbcscheck.evidence.held import forbidden, held_problems, is_of_type
from gbcscheck.evidence.said import all_fit, carriers, limits, said_of_held
from gbcscheck.facts.crosswalk import Link
from gbcscheck.release.catalogue import Catalogue, Item

if TYPE_CHECKING:
    from gbcscheck.domains import Domain

MOST_REMEMBERED = 50_000
"""Values of which the result is remembered before they are forgotten all at once."""

Problems = tuple[Problem, ...]


class ItemJudge:
    """Judges single values of data items against a release; what was judged before is looked up."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._setting: dict[str, tuple[Route, ...]] = {}
        self._showing: dict[str, tuple[Route, ...]] = {}
        self._item_of: dict[str, Item] = {}
        self._fine: dict[tuple[str, str], Domain] = {}
        self._memory: dict[tuple[str, str, type, object], Problems] = {}
        for link in catalogue.crosswalk.links:
            item = catalogue.items.get(link.item)
            commands = (*(end.subject for end in link.command), *link.gbz)
            if link.settable and link.request:
                _add(self._setting, (*commands, link.item), routes(catalogue, link, link.request))
            _add(
                self._showing,
                (*(end.subject for end in link.response), link.item),
                routes(catalogue, link, link.reading),
            )
            if item is not None and limits(catalogue, item):
                self._item_of.update(dict.fromkeys((*commands, *(end.subject for end in link.response)), item))
        for item in catalogue.items.values():
            if item.rows and limits(catalogue, item):
                self._item_of.update((row.subject, item) for row in item.rows)

    def sent(self, subject: str, value: object) -> Problems:
        """What the other specifications say of a value that a command sets at a row of a use case or byte layout."""
        if subject not in self._setting and subject not in self._item_of:
            return ()
        return self._remembered("sent", subject, value, self._of_command)

    def read(self, subject: str, value: object) -> Problems:
        """What they say of a value that a device returns at a row."""
        if subject not in self._showing and subject not in self._item_of:
            return ()
        return self._remembered("read", subject, value, self._of_response)

    def held(self, item: str, value: object) -> Problems:
        """What any specification says of a value that a device holds of a data item, by the item's name as in
        ``Catalogue.items``; nothing for a name that is none."""
        return self._remembered("held", item, value, self._of_device) if item in self._catalogue.items else ()

    def permitted(self, item: str) -> Domain:
        """The values of a data item that a device may hold and of which ``held`` has nothing to say; there may be
        others."""
        from gbcscheck.domains import ANY

        return self._permitted("held", item) if item in self._catalogue.items else ANY

    def requested(self, link: Link, value: Domain) -> Problems:
        """What they say of a value that an XML document of this link sets or shows, as the device holds it: whether
        it could be read back, and what is stated under the item's own name."""
        item = self._catalogue.items.get(link.item)
        limited = forbidden(self._catalogue, item, value) if item is not None else ()
        shown = tuple(_not_shown(self._showing.get(link.item, ()), value)) if link.settable and link.request else ()
        return (*limited, *shown)

    def _remembered(
        self, how: str, subject: str, value: object, judge: Callable[[str, Domain], Iterable[Problem]]
    ) -> Problems:
        if self._permitted(how, subject).contains(value):
            return ()
        key = (how, subject, type(value), value)
        found = self._memory.get(key)
        if found is None:
            domain = single(value)
            found = () if domain is None else tuple(judge(subject, domain))
            if len(self._memory) >= MOST_REMEMBERED:
                self._memory.clear()
            self._memory[key] = found
        return found

    def _permitted(self, how: str, subject: str) -> Domain:
        found = self._fine.get((how, subject))
        if found is None:
            found = self._fine[how, subject] = all_fit(self._fitting(how, subject))
        return found

    def _fitting(self, how: str, subject: str) -> list[Domain]:
        """Every set that bears on a value: one in all of them is fine, and nothing else has to be asked."""
        rows: tuple[str, ...] = (subject,)
        sets: list[Domain] = []
        item = self._item_of.get(subject)
        if how == "held":
            item = self._catalogue.items[subject]
            rows = (subject, *carriers(self._catalogue, item))
            sets.extend(said_of_held(self._catalogue, item))
        known = {"sent": (self._setting,), "read": (self._showing,)}.get(how, (self._setting, self._showing))
        sets.extend(route.kind for routes_of in known for row in rows for route in routes_of.get(row, ()))
        if item is not None:
            sets.extend(domain for _, domain in limits(self._catalogue, item))
        return sets

    # --- what is said of a value -------------------------------------------------------------------------------------

    def _of_command(self, subject: str, value: Domain) -> Iterable[Problem]:
        yield from _not_settable(self._setting.get(subject, ()), value)
        if subject in self._item_of:
            yield from forbidden(self._catalogue, self._item_of[subject], value)

    def _of_response(self, subject: str, value: Domain) -> Iterable[Problem]:
        yield from _not_shown(self._showing.get(subject, ()), value)
        if subject in self._item_of:
            yield from forbidden(self._catalogue, self._item_of[subject], value)

    def _of_device(self, name: str, value: Domain) -> Iterable[Problem]:
        item = self._catalogue.items[name]
        found = held_problems(self._catalogue, item, value)
        yield from found
        if not is_of_type(found):
            return
        rows = carriers(self._catalogue, item)
        yield from _not_settable(self._along(self._setting, name, rows), value)
        yield from _not_shown(self._along(self._showing, name, rows), value)

    def _along(self, known: dict[str, tuple[Route, ...]], name: str, rows: tuple[str, ...]) -> tuple[Route, ...]:
        return tuple(dict.fromkeys(route for subject in (name, *rows) for route in known.get(subject, ())))


# --- parts -----------------------------------------------------------------------------------------------------------


def _add(known: dict[str, tuple[Route, ...]], subjects: Iterable[str], found: tuple[Route, ...]) -> None:
    if found:
        for subject in dict.fromkeys(subjects):
            known[subject] = (*known.get(subject, ()), *found)


def _not_settable(setting: tuple[Route, ...], value: Domain) -> Iterable[Problem]:
    if not setting or any(is_activation(route, value) or lets_through(route, value) is not False for route in setting):
        return
    requests = tuple(dict.fromkeys(route.link.service_request for route in setting))
    yield Problem(
        NOT_SETTABLE,
        f"no value of service request {' or '.join(requests)} sets {held_by(setting[0], value)}",
        tuple(dict.fromkeys(route.stated for route in setting)),
        witness=held_by(setting[0], value),
        why=why_through(setting, setting[0].link.proof),
    )


def _not_shown(showing: tuple[Route, ...], value: Domain) -> Iterable[Problem]:
    if not showing or any(lets_through(route, value) is not False for route in showing):
        return
    requests = tuple(dict.fromkeys(route.link.read_service_request for route in showing))
    yield Problem(
        NOT_SHOWN,
        f"the response to service request {' or '.join(requests)} cannot show {held_by(showing[0], value)}",
        tuple(dict.fromkeys(route.stated for route in showing)),
        witness=held_by(showing[0], value),
        why=why_through(showing, showing[0].link.reading_proof),
    )


def item_judge(catalogue: Catalogue) -> ItemJudge:
    """The judge of a release, made once."""
    return catalogue.once(ItemJudge)
