"""What a run tells in numbers: values by column, devices by manufacturer, firmware and day, findings by frequency."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gbcscheck.fleet.columns import Columns, Recogniser
from gbcscheck.fleet.engines import Engine
from gbcscheck.fleet.judged_values import Value, ValuesJudge
from gbcscheck.fleet.predicates import Predicates
from gbcscheck.fleet.violations import rows_for
from gbcscheck.model.device_files import FITS, OPEN, WRONG
from gbcscheck.model.findings import SEVERITIES
from gbcscheck.model.fleet import MISSING, NAMED, UNREAD, FleetColumn, FleetFinding, FleetGroup

if TYPE_CHECKING:
    import ibis.expr.types as ir

MOST_FINDINGS = 500
"""Different findings that a run tells one by one, the most frequent first; all are in the list of violations."""
_OF_FINDING = ("rule", "severity", "fingerprint", "item", "name", "value", "unit", "kind", "text")


def columns_of(
    counted: Iterable[Sequence[Any]],
    tallied: Mapping[tuple[str, str], Mapping[str, int]],
    recogniser: Recogniser,
    predicates: Predicates,
    columns: Iterable[Columns],
) -> tuple[FleetColumn, ...]:
    """What became of the values of each column (or name and unit): ``counted`` has name, unit, values and missing ones
    of each part, ``tallied`` what the judge said."""
    values: Counter[tuple[str, str]] = Counter()
    missing: Counter[tuple[str, str]] = Counter()
    for name, unit, there, none in counted:
        values[name, unit] += there
        missing[name, unit] += none
    reasons = {name: reason for one in columns if one.layout == "wide" for name, reason in one.others}
    means = {one.name for of_part in columns for one in of_part.items}
    found = []
    for name, unit in values:
        key = (name, unit)
        meant = recogniser.item(name) if name and (name in means or name not in reasons) else None
        if meant is None:
            reason = reasons.get(name) or recogniser.why_not(name)
            found.append(FleetColumn(name, reason=reason, unit=unit, values=values[key], missing=missing[key]))
            continue
        judged = tallied.get(key, {})
        by_engine = values[key] - sum(judged.values())
        predicate = predicates.get(meant.leaf) if meant.leaf else None
        fits = predicate is None or predicate.is_stated
        found.append(
            FleetColumn(
                name,
                item=meant.leaf or meant.item,
                unit=unit or meant.unit,
                values=values[key] - judged.get(MISSING, 0),
                missing=missing[key] + judged.get(MISSING, 0),
                fits=judged.get(FITS, 0) + (by_engine if fits else 0),
                open=judged.get(OPEN, 0) + (0 if fits else by_engine),
                wrong=judged.get(WRONG, 0),
                unread=judged.get(UNREAD, 0),
                by_engine=by_engine,
            )
        )
    return tuple(found)


# --- groups of devices -----------------------------------------------------------------------------------------------


def groups_of(
    engine: Engine, violations: ir.Table, counted: Iterable[Sequence[Any]], *, by_row: bool
) -> tuple[tuple[FleetGroup, ...], tuple[FleetGroup, ...], tuple[FleetGroup, ...]]:
    """Devices by manufacturer, by manufacturer and firmware, and by day; ``counted`` has manufacturer, firmware, day
    and how many there are, and ``by_row`` says that all violations of a device stand in one row."""
    groups = list(counted)
    by_manufacturer: Counter[tuple[str, ...]] = Counter()
    by_firmware: Counter[tuple[str, ...]] = Counter()
    by_day: Counter[tuple[str, ...]] = Counter()
    for manufacturer, firmware, day, count in groups:
        by_manufacturer[(manufacturer,)] += count
        by_firmware[manufacturer, firmware] += count
        by_day[(day,)] += count
    wrong = violations.mutate(
        manufacturer=violations["manufacturer"].fill_null(""),
        firmware=violations["firmware"].fill_null(""),
        day=_day(violations["read"]).fill_null(""),
    )
    found = _Wrong(engine, wrong, by_row=by_row)
    return (
        _groups(found, ("manufacturer",), by_manufacturer),
        _groups(found, ("manufacturer", "firmware"), by_firmware),
        _groups(found, ("day",), by_day),
    )


class _Wrong:
    """How many devices with violations there are by some columns. Where all violations of a device stand in one row
    (``by_row``), the engine counts once, by all of them."""

    def __init__(self, engine: Engine, violations: ir.Table, *, by_row: bool) -> None:
        self._engine = engine
        self._violations = violations
        self._by_row = by_row
        self._counted: dict[bool, list[Mapping[str, Any]]] = {}

    def count(self, by: tuple[str, ...], *, by_item: bool = False) -> Counter[tuple[str, ...]]:
        """Devices by the values of some columns, and maybe by item."""
        if by_item:
            by = (*by, "item")
        if not self._by_row:
            devices = self._violations["device"].nunique()
            rows: Iterable[Mapping[str, Any]] = rows_for(self._engine, self._violations, by, count=devices)
        else:
            if by_item not in self._counted:
                every = ("manufacturer", "firmware", "day", "source", *(("item",) if by_item else ()))
                in_file = self._violations["row"].nunique()
                self._counted[by_item] = rows_for(self._engine, self._violations, every, count=in_file)
            rows = self._counted[by_item]
        found: Counter[tuple[str, ...]] = Counter()
        for row in rows:
            found[tuple(row[name] for name in by)] += row["count"]
        return found


def _day(read: Any) -> Any:
    is_day = (read.substr(4, 1) == "-") & (read.substr(7, 1) == "-")
    return is_day.ifelse(read.substr(0, 10), None)


def _groups(found: _Wrong, by: tuple[str, ...], devices: Counter[tuple[str, ...]]) -> tuple[FleetGroup, ...]:
    if not any(any(key) for key in devices):
        return ()
    all_wrong = found.count(by)
    items: dict[tuple[str, ...], list[tuple[str, int]]] = {}
    for (*group, item), count in found.count(by, by_item=True).items():
        items.setdefault(tuple(group), []).append((item, count))
    return tuple(
        FleetGroup(
            key[-1],
            devices[key],
            all_wrong[key],
            tuple(sorted(items.get(key, []), key=lambda one: (-one[1], one[0]))),
            key[0] if len(key) > 1 else "",
        )
        for key in sorted(devices)
    )


# --- findings --------------------------------------------------------------------------------------------------------


def findings_of(engine: Engine, violations: ir.Table, judge: ValuesJudge) -> tuple[tuple[FleetFinding, ...], int]:
    """The most frequent findings, each told as the judge of a single device tells it at the first of its devices, the
    worst first; and how many others there are."""
    counted = violations.group_by(list(_OF_FINDING)).aggregate(
        count=violations["device"].nunique(), first=violations["read"].min(), last=violations["read"].max()
    )
    rank = _rank(counted["severity"])
    order = [rank, counted["count"].desc(), *(counted[name] for name in _OF_FINDING)]
    rows = engine.rows(counted.order_by(order).limit(MOST_FINDINGS))
    total = engine.rows(counted.aggregate(count=counted.count()))[0]["count"]
    if not rows:
        return (), 0
    keys = [tuple(row[name] for name in _OF_FINDING) for row in rows]
    named = _devices(engine, violations, keys)
    return tuple(_finding(row, named[key], judge) for row, key in zip(rows, keys, strict=True)), total - len(rows)


def _rank(severity: Any) -> Any:
    import ibis

    return ibis.cases(*((severity == one, rank) for rank, one in enumerate(SEVERITIES)), else_=len(SEVERITIES))


def _devices(
    engine: Engine, violations: ir.Table, keys: Sequence[tuple[Any, ...]]
) -> dict[tuple[Any, ...], list[Mapping[str, Any]]]:
    """The first devices of some findings, with their places."""
    import ibis

    by = list(_OF_FINDING)
    wanted = violations.filter(violations["fingerprint"].isin(sorted({key[2] for key in keys})))
    one_each = wanted.group_by([*by, "device"]).aggregate(source=wanted["source"].min(), row=wanted["row"].min())
    placed = one_each.mutate(
        place=ibis.row_number().over(group_by=by, order_by=[one_each["device"], one_each["source"]])
    )
    found: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    kept = frozenset(keys)
    for batch in engine.batches(placed.filter(placed["place"] < NAMED)):
        for row in batch.to_pylist():
            key = tuple(row[name] for name in by)
            if key in kept:
                found.setdefault(key, []).append(row)
    return {key: sorted(rows, key=lambda row: row["place"]) for key, rows in found.items()}


def _finding(row: Mapping[str, Any], devices: list[Mapping[str, Any]], judge: ValuesJudge) -> FleetFinding:
    first = devices[0]
    value = Value(row["name"], row["kind"], row["text"], row["unit"])
    judged = judge.judge(value, path=first["source"], source=f"row {first['row']}")
    finding = next(one for one in judged.findings if one.fingerprint == row["fingerprint"])
    return FleetFinding(
        finding,
        row["fingerprint"],
        row["item"],
        row["value"],
        row["unit"],
        row["count"],
        tuple(one["device"] for one in devices),
        row["first"] or "",
        row["last"] or "",
    )


def rules_of(engine: Engine, violations: ir.Table) -> tuple[tuple[str, str, int], ...]:
    """Rules with the severity of their findings, and how many devices each is about; the worst first."""
    rows = rows_for(engine, violations, ("rule", "severity"), count=violations["device"].nunique())
    ranked = sorted(rows, key=lambda row: (SEVERITIES.index(row["severity"]), -row["count"], row["rule"]))
    return tuple((row["rule"], row["severity"], row["count"]) for row in ranked)
