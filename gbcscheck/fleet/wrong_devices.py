"""The devices with violations, counted while the list of violations is handed over in the order of devices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from gbcscheck.model.fleet import NAMED

if TYPE_CHECKING:
    import pyarrow

BY_MANUFACTURER, BY_FIRMWARE, BY_DAY = ("manufacturer",), ("manufacturer", "firmware"), ("day",)
"""By what devices are counted."""
_TOLD = ("device", "read", "manufacturer", "firmware", "item", "rule", "severity")
"""What is told of each violation."""


class Place(NamedTuple):
    """A device, and where it was read."""

    device: str
    source: str
    row: int


class WrongDevices:
    """Counts of devices with violations: ``count`` all of them with one that is no note, ``rules`` by rule and severity
    (notes too); ``first`` has the first ``NAMED`` devices of each of some findings, by the numbers of their verdicts.
    ``by_row`` says that all violations of a device stand in one row, so that it is of one manufacturer, firmware and
    day."""

    def __init__(self, numbers: Iterable[int], *, by_row: bool) -> None:
        self.count = 0
        self.rules: Counter[tuple[str, ...]] = Counter()
        self.first: dict[int, list[Place]] = {number: [] for number in numbers}
        by = [(*BY_FIRMWARE, *BY_DAY)] if by_row else [BY_MANUFACTURER, BY_FIRMWARE, BY_DAY]
        self._counted: dict[tuple[str, ...], Counter[tuple[str, ...]]] = {
            names: Counter() for one in by for names in (one, (*one, "item"))
        }
        self._left: pyarrow.Table | None = None

    def add(self, rows: pyarrow.Table, numbers: pyarrow.Array) -> None:
        """Count some rows of the list and the numbers of their verdicts. Those of the last device wait for more."""
        import pyarrow

        self._name(rows, numbers)
        rows = rows.select(list(_TOLD))
        if self._left is not None:
            rows = pyarrow.concat_tables([self._left, rows])
        rows = rows.combine_chunks()
        device = rows["device"]
        last = device.index(device[-1]).as_py()
        self._count(rows.slice(0, last))
        self._left = rows.slice(last)

    def finish(self) -> None:
        """Count the rows that wait."""
        if self._left is not None:
            self._count(self._left)
        self._left = None

    def by(self, *names: str) -> Counter[tuple[str, ...]]:
        """Devices by the values of some columns: those of ``BY_MANUFACTURER`` and the others, and maybe ``item``."""
        found: Counter[tuple[str, ...]] = Counter()
        every = next(one for one in self._counted if set(names) <= set(one) and ("item" in one) == ("item" in names))
        for key, count in self._counted[every].items():
            found[tuple(key[every.index(name)] for name in names)] += count
        return found

    def _name(self, rows: pyarrow.Table, numbers: pyarrow.Array) -> None:
        """Keep the first devices of findings."""
        for at, number in enumerate(numbers.to_pylist()):
            named = self.first.get(number)
            if named is not None and len(named) < NAMED:
                named.append(Place(*(rows[name][at].as_py() for name in Place._fields)))

    def _count(self, rows: pyarrow.Table) -> None:
        """Count the rows of some devices, all of each."""
        import pyarrow
        from pyarrow import compute

        told = rows.set_column(rows.column_names.index("read"), "day", _day(rows["read"]))
        texts = {
            name: compute.fill_null(told[name], "").combine_chunks().dictionary_encode() for name in told.column_names
        }
        is_serious = compute.not_equal(rows["severity"], "note")
        coded = pyarrow.table({name: column.indices for name, column in texts.items()})
        self.rules += _devices(coded, texts, ("rule", "severity"))
        serious = coded.filter(is_serious)
        self.count += compute.count_distinct(serious["device"]).as_py()
        for names, counted in self._counted.items():
            counted += _devices(serious, texts, names)


def _devices(coded: pyarrow.Table, texts: dict[str, Any], names: tuple[str, ...]) -> Counter[tuple[str, ...]]:
    """How many devices there are by some columns, whose values ``texts`` has."""
    each = coded.group_by(["device", *names], use_threads=False).aggregate([])
    counted = each.group_by(list(names), use_threads=False).aggregate([([], "count_all")])
    columns = (texts[name].dictionary.take(counted[name].combine_chunks()).to_pylist() for name in names)
    return Counter(dict(zip(zip(*columns, strict=True), counted["count_all"].to_pylist(), strict=True)))


def _day(read: pyarrow.ChunkedArray) -> pyarrow.ChunkedArray:
    """The days of times that begin with one, as texts; else null."""
    from pyarrow import compute

    apart = (compute.equal(compute.utf8_slice_codeunits(read, at, at + 1), "-") for at in (4, 7))
    return compute.if_else(compute.and_(*apart), compute.utf8_slice_codeunits(read, 0, 10), None)
