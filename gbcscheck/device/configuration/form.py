"""What the values of a data item look like: its types as sets, its encoding, its unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gbcscheck.frozen import frozen
from gbcscheck.model import Statement
from gbcscheck.release.catalogue import Catalogue, Item

if TYPE_CHECKING:
    from gbcscheck.domains import Domain
    from gbcscheck.evidence.conversion import Route


SECONDS = "s"
"""The base unit of durations."""
_DATED = {
    "date": "a date as 2021-11-01 or 1 Nov, or its octets as 0xFFFF0B01FF",
    "time": "a time as 16:00 or 16:00:30, or its octets as 0x10000000",
    "date-time": "a date and time as 2021-11-01T16:00:00Z, or its octets",
}


@frozen
class Form:
    """What the values of a data item look like: the sets of its types, each as its encoding says (a date, not five
    octets); its unit and the statement of it; the statements of its types; the elements of documents that write them
    otherwise."""

    item: str
    kinds: tuple[Domain, ...]
    encoding: str
    unit: str
    unit_stated: tuple[Statement, ...]
    stated: tuple[Statement, ...]
    documents: tuple[Route, ...] = ()

    def expected(self) -> str:
        """What a value may be, in plain words."""
        words = dict.fromkeys(kind.kind if _is_dated(kind) else kind.describe() for kind in self.kinds)
        return " or ".join(words) or "one value"

    @property
    def is_number(self) -> bool:
        """Whether values are numbers."""
        from gbcscheck.domains import Numbers

        return any(isinstance(kind, Numbers) for kind in self.kinds)

    @property
    def is_duration(self) -> bool:
        """Whether values are durations: by their unit, or, where none is stated, by the name of the item."""
        from gbcscheck.domains.units import base_unit
        from gbcscheck.facts.item_names import item_names

        return base_unit(self.unit)[0] == SECONDS if self.unit else item_names().expected(self.item) == "duration"

    def examples(self) -> str:
        """How a value may be written, for somebody whose value could not be read."""
        from gbcscheck.domains import Bits, Booleans, Numbers, Octets

        if _is_dated(self.kinds[0]):
            return f"write {_DATED[self.encoding]}"
        if isinstance(self.kinds[0], Numbers):
            return f"write a number, maybe with its unit: 30, 30 {self.unit or 's'}"
        if isinstance(self.kinds[0], Bits):
            return "write bits as 0b1111100" + (", or days as Mon-Fri" if self.encoding == "weekdays" else "")
        if isinstance(self.kinds[0], Booleans):
            return "write true or false"
        return "write octets as 0x0102, or a text" if isinstance(self.kinds[0], Octets) else ""


def form_of(catalogue: Catalogue, item: Item) -> Form:
    """The form of a data item's values, by the rows of its use cases."""
    from gbcscheck.evidence.conversion import documents_routes

    encoding = catalogue.encoding(item)
    stated = tuple(s for s in catalogue.item_statements(item, "type") if s.domain is not None)
    kinds: dict[Domain, Statement] = {}
    for statement in stated:
        domain = catalogue.domain(statement)
        assert domain is not None
        kinds.setdefault(_encoded(domain, encoding), statement)
    units = tuple(s for s in catalogue.item_statements(item, "unit") if _is_unit(str(s.value)))
    return Form(
        item.name,
        tuple(kinds),
        encoding,
        str(units[0].value) if units else "",
        units[:1],
        tuple(kinds.values()),
        documents_routes(catalogue, item),
    )


def _is_unit(text: str) -> bool:
    from gbcscheck.domains.units import has_base

    return has_base(text)


def _encoded(kind: Domain, encoding: str) -> Domain:
    """The set of dates or times that octets of the right number stand for, where the encoding says so."""
    from gbcscheck.domains import cosem_date, cosem_date_time, cosem_time, octets

    dated = {"date": (cosem_date, 5), "time": (cosem_time, 4), "date-time": (cosem_date_time, 12)}
    if encoding in dated:
        shape, count = dated[encoding]
        if kind == octets(count, count):
            return shape()
    return kind


def _is_dated(kind: Domain) -> bool:
    from gbcscheck.domains import CosemDate, CosemDateTime, CosemTime

    return isinstance(kind, CosemDate | CosemDateTime | CosemTime)
