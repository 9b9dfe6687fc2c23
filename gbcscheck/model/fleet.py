"""What a run over a fleet found: how many devices and values were looked at, which hold what no specification permits,
and what was not looked at and why."""

from __future__ import annotations

from dataclasses import field

from gbcscheck.frozen import frozen
from gbcscheck.model.findings import Finding

LAYOUTS = ("long", "wide")
"""One row a value (device, item, value, unit); or one row a read of a device, and one column an item."""
ENGINES = ("duckdb", "spark")
ROLES = ("device", "item", "value", "unit", "read", "manufacturer", "firmware")
"""What a column of a fleet's table may be beside a data item: the device's name, the item, its value and unit (long
layout alone), the time of the read, and by what devices are counted."""
NAMED = 10
"""Devices that a finding names, at most; the list of violations has all."""
MISSING, UNREAD = "missing", "unread"
"""Verdicts on values of a fleet beside those on values of a file: there is none; it is no value of the item, which is a
finding."""
NEWLY_WRONG, STILL_WRONG, MENDED, NOT_SEEN = "newly wrong", "still wrong", "mended", "not seen"
"""What became of a violation since an earlier run; ``NOT_SEEN``: its device, or the value, was not read again."""


@frozen
class FleetSource:
    """One file of a fleet: its rows, and the columns that it has. ``problem`` says why it was not read, or not wholly;
    empty where all of it was."""

    path: str
    kind: str
    rows: int = 0
    problem: str = ""


@frozen
class FleetColumn:
    """A column of the wide layout, or an item's name of the long one: the data item that it means, how it is judged and
    what became of its values.

    ``item`` is empty for a name that means none, and ``reason`` says why its values were not judged. ``values`` are
    those that stand there, ``missing`` the reads without one. ``fits`` were held against a statement that permits
    them, ``open`` are those that nothing fixes, ``wrong`` those that a finding is about, ``unread`` those that are no
    value of the item and were told as a finding; the four together are ``values`` of a column that was judged.
    ``by_engine`` are the values whose verdict the engine gave, the others were judged one by one. ``permitted`` says in
    words which values fit, empty where nothing fixes them.
    """

    name: str
    item: str = ""
    reason: str = ""
    unit: str = ""
    values: int = 0
    missing: int = 0
    fits: int = 0
    open: int = 0
    wrong: int = 0
    unread: int = 0
    by_engine: int = 0
    permitted: str = ""


@frozen
class FleetFinding:
    """A finding of the fleet: the same fault (rule, subject, who says what, value) at so many devices.

    ``finding`` is told as the judge of a single device tells it, of the value ``written``; ``fingerprint`` is that of
    the finding; ``count`` is how many devices hold it, ``devices`` the names of the first of them in order, at most
    ``NAMED``; ``first_read`` and ``last_read`` are times of reads as the file has them, empty where it has none.
    """

    finding: Finding
    fingerprint: str
    item: str
    written: str
    unit: str
    count: int
    devices: tuple[str, ...] = ()
    first_read: str = ""
    last_read: str = ""


@frozen
class FleetGroup:
    """Devices that have something in common (a manufacturer, a firmware, the day of their newest read): how many there
    are and how many of them hold a violation, and of which items (item to devices).

    ``manufacturer`` is whose firmware it is, since two may name theirs alike; empty for other groups and where the
    table has no such column. ``name`` is empty for the devices of which the table does not say it; a day is written
    as ``2026-11-28``."""

    name: str
    devices: int
    wrong: int
    items: tuple[tuple[str, int], ...] = ()
    manufacturer: str = ""

    @property
    def share(self) -> float:
        """Which part of the devices holds a violation, from 0 to 1."""
        return self.wrong / self.devices if self.devices else 0.0


@frozen
class Bin:
    """Values of a distribution: the numbers from ``low`` to ``high`` (both included for a single value, else ``high``
    excluded), or one value in words; how many devices hold them, and how many of these are violations. ``outside``: all
    of it lies outside of what is permitted."""

    label: str
    count: int
    wrong: int
    low: float | None = None
    high: float | None = None
    outside: bool = False


@frozen
class Distribution:
    """How the values of an item are spread over the fleet, against what is permitted (in words).

    ``one_in``: of an item with many different values those that fit are estimated by one in so many devices; violations
    are always counted."""

    item: str
    unit: str
    permitted: str
    bins: tuple[Bin, ...]
    others: int = 0
    """Devices whose value stands in no bin: rarer ones, where there are too many to show."""
    one_in: int = 1


@frozen
class Drift:
    """How many devices hold something other than the default of an item, and what the most of these hold.

    ``devices`` are those with a value of the item; ``held`` are the most frequent values that are not the default, as
    they are written, each with its devices. ``provenance`` is how the default is known. ``one_in`` is as of a
    distribution: the numbers are estimated by one in so many devices where it is not 1."""

    item: str
    default: str
    provenance: str
    devices: int
    differing: int
    held: tuple[tuple[str, int], ...] = ()
    reason: str = ""
    """Why the item was not compared; empty where it was."""
    one_in: int = 1


@frozen
class Since:
    """What became of violations since an earlier run: item, rule, what became of it, and at how many devices.

    ``earlier`` is the folder of that run, ``remark`` what has to be known of it: that it was judged otherwise."""

    earlier: str
    changes: tuple[tuple[str, str, str, int], ...] = ()
    remark: str = ""


@frozen
class FleetRun:
    """All that a run over a fleet tells.

    ``devices`` are those with a newest read that was looked at; ``clean`` those of them without a violation (a finding
    that is no note). ``set_aside`` says which rows or devices were not looked at: reason, count, examples.
    ``older_reads`` are reads of a device that has a newer one, ``distinct`` the different values that were judged one
    by one. ``violations`` counts values with a finding. ``findings`` are the most frequent ones, the worst first;
    ``more_findings`` is how many others the list of violations alone has. ``rules`` counts devices by rule (rule,
    severity, devices), over all findings. ``since_time`` is from which time on reads were looked at, empty where all
    were.
    """

    release: str
    engine: str
    layout: str
    sources: tuple[FleetSource, ...]
    columns: tuple[FleetColumn, ...]
    devices: int = 0
    clean: int = 0
    older_reads: int = 0
    distinct: int = 0
    violations: int = 0
    findings: tuple[FleetFinding, ...] = ()
    more_findings: int = 0
    rules: tuple[tuple[str, str, int], ...] = ()
    manufacturers: tuple[FleetGroup, ...] = ()
    firmwares: tuple[FleetGroup, ...] = ()
    days: tuple[FleetGroup, ...] = ()
    distributions: tuple[Distribution, ...] = ()
    drifts: tuple[Drift, ...] = ()
    since: Since | None = None
    since_time: str = ""
    set_aside: tuple[tuple[str, int, tuple[str, ...]], ...] = ()
    not_asked: tuple[str, ...] = field(default=())
    """What ``gbcscheck device`` asks of one device that was not asked of the fleet, in words."""

    @property
    def values(self) -> int:
        """How many values were judged."""
        return sum(column.values for column in self.columns if column.item)

    @property
    def by_engine(self) -> int:
        """How many of them had their verdict from the engine alone."""
        return sum(column.by_engine for column in self.columns)

    @property
    def wrong(self) -> int:
        """How many devices hold a violation."""
        return self.devices - self.clean
