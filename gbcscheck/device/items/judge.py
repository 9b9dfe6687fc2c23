"""One value of a data item, held against what every other specification says of the same item.

A judge of messages or documents knows what its own row, path or template permits; what is asked here is whether the
rest of the specifications can follow: whether a service request could set the value (DUIS), whether the response can
show it (MMC), and what tables, SMETS and the constants of use cases say of the item.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from gbcscheck.device.items.problems import Problems, problems_of, problems_on_device
from gbcscheck.evidence.fitting import (
    Requirements,
    certain_values,
    fitting,
    fitting_read,
    fitting_requested,
    fitting_sent,
)
from gbcscheck.evidence.grounds import Ground, grounds_of
from gbcscheck.evidence.reading import set_of, stated_sets
from gbcscheck.facts.crosswalk import Link
from gbcscheck.release.catalogue import Catalogue

if TYPE_CHECKING:
    from gbcscheck.domains import Domain

MOST_REMEMBERED = 50_000
"""Values of which the result is remembered before they are forgotten all at once."""

ON_DEVICE, SENT, READ = "on device", "sent", "read"
Asked = tuple[str, str]
"""Where a value is met (``ON_DEVICE``, sent, read), and the data item or row that it is of."""


class ItemJudge:
    """Judges single values of data items against a release; what was judged before is looked up."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._requirements: dict[Asked, tuple[Requirements, Domain]] = {}
        self._memory: dict[tuple[Asked, type, object], Problems] = {}

    def sent(self, subject: str, value: object) -> Problems:
        """What the other specifications say of a value that a command sets at a row of a use case or byte layout."""
        return self._remembered((SENT, subject), value, fitting_sent)

    def read(self, subject: str, value: object) -> Problems:
        """What they say of a value that a device returns at a row."""
        return self._remembered((READ, subject), value, fitting_read)

    def on_device(self, item: str, value: object) -> Problems:
        """What any specification says of a value that a device holds of a data item, by the item's name as in
        ``Catalogue.items``; nothing for a name that is none."""
        return self._remembered((ON_DEVICE, item), value, _fitting_on_device)

    def grounds(self, how: str, subject: str, value: object, unit: str = "") -> tuple[Ground, ...]:
        """What the specifications say of a value that ``on_device``, ``sent`` or ``read`` have nothing against."""
        required = {ON_DEVICE: _fitting_on_device, SENT: fitting_sent, READ: fitting_read}[how]
        domain = set_of(value)
        if domain is None:
            return ()
        of_type = [kind for _, kind in stated_sets(self._catalogue, (subject,), "type")]
        return grounds_of(self._required((how, subject), required)[0], domain, unit, of_type)

    def permitted(self, item: str) -> Domain:
        """The values of a data item that a device may hold and of which ``on_device`` has nothing to say; there may be
        others."""
        from gbcscheck.domains import ANY

        return self._required((ON_DEVICE, item), _fitting_on_device)[1] if item in self._catalogue.items else ANY

    def requested(self, link: Link, value: Domain) -> Problems:
        """What they say of a value that an XML document of this link sets or shows, as the device holds it: whether
        it could be read back, and what is stated under the item's own name."""
        return problems_of(fitting_requested(self._catalogue, link), value)

    def _required(
        self, asked: Asked, required: Callable[[Catalogue, str], Requirements]
    ) -> tuple[Requirements, Domain]:
        found = self._requirements.get(asked)
        if found is None:
            requirements = required(self._catalogue, asked[1])
            found = self._requirements[asked] = (requirements, certain_values(requirements))
        return found

    def _remembered(self, asked: Asked, value: object, required: Callable[[Catalogue, str], Requirements]) -> Problems:
        requirements, fine = self._required(asked, required)
        if not requirements or fine.contains(value):
            return ()
        key = (asked, type(value), value)
        found = self._memory.get(key)
        if found is None:
            domain = set_of(value)
            found = () if domain is None else self._problems(asked, requirements, domain)
            if len(self._memory) >= MOST_REMEMBERED:
                self._memory.clear()
            self._memory[key] = found
        return found

    def _problems(self, asked: Asked, requirements: Requirements, value: Domain) -> Problems:
        how, subject = asked
        if how == ON_DEVICE:
            return problems_on_device(self._catalogue, self._catalogue.items[subject], requirements, value)
        return problems_of(requirements, value)


def _fitting_on_device(catalogue: Catalogue, name: str) -> Requirements:
    return fitting(catalogue, catalogue.items[name]) if name in catalogue.items else ()


def item_judge(catalogue: Catalogue) -> ItemJudge:
    """The judge of a release, made once."""
    return catalogue.once(ItemJudge)
