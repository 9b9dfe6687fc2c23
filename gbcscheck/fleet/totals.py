"""What a run tells in numbers: values by column, devices by manufacturer, firmware and day, findings by frequency."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from gbcscheck.fleet.columns import Columns, Recogniser
from gbcscheck.fleet.engines import Engine
from gbcscheck.fleet.judged_values import Value, ValuesJudge
from gbcscheck.fleet.predicates import Predicates
from gbcscheck.fleet.wrong_devices import BY_DAY, BY_FIRMWARE, BY_MANUFACTURER, Place, WrongDevices
from gbcscheck.model.device_files import FITS, OPEN, WRONG
from gbcscheck.model.findings import SEVERITIES
from gbcscheck.model.fleet import MISSING, UNREAD, FleetColumn, FleetFinding, FleetGroup

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
    wrong: WrongDevices, counted: Iterable[Sequence[Any]]
) -> tuple[tuple[FleetGroup, ...], tuple[FleetGroup, ...], tuple[FleetGroup, ...]]:
    """Devices by manufacturer, by manufacturer and firmware, and by day; ``counted`` has manufacturer, firmware, day
    and how many there are."""
    by_manufacturer: Counter[tuple[str, ...]] = Counter()
    by_firmware: Counter[tuple[str, ...]] = Counter()
    by_day: Counter[tuple[str, ...]] = Counter()
    for manufacturer, firmware, day, count in counted:
        by_manufacturer[(manufacturer,)] += count
        by_firmware[manufacturer, firmware] += count
        by_day[(day,)] += count
    return (
        _groups(wrong, BY_MANUFACTURER, by_manufacturer),
        _groups(wrong, BY_FIRMWARE, by_firmware),
        _groups(wrong, BY_DAY, by_day),
    )


def _groups(wrong: WrongDevices, by: tuple[str, ...], devices: Counter[tuple[str, ...]]) -> tuple[FleetGroup, ...]:
    if not any(any(key) for key in devices):
        return ()
    all_wrong = wrong.by(*by)
    items: dict[tuple[str, ...], list[tuple[str, int]]] = {}
    for (*group, item), count in wrong.by(*by, "item").items():
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


class Frequent(NamedTuple):
    """The most frequent findings, the worst first, each with the ``number`` of its verdict, and how many others there
    are."""

    rows: list[dict[str, Any]]
    others: int


def frequent_findings(engine: Engine, different: ir.Table, verdicts: ir.Table) -> Frequent:
    """The most frequent findings of the different values that were judged one by one."""
    found = different.inner_join(verdicts.filter(verdicts["rule"] != ""), list(Value._fields))
    found = found.rename(item="subject", value="written")
    counted = found.group_by(list(_OF_FINDING)).aggregate(
        count=found["devices"].max(), first=found["first"].min(), last=found["last"].max(), number=found["number"].min()
    )
    order = [_rank(counted["severity"]), counted["count"].desc(), *(counted[name] for name in _OF_FINDING)]
    rows = engine.rows(counted.order_by(order).limit(MOST_FINDINGS))
    total = engine.rows(counted.aggregate(count=counted.count()))[0]["count"] if rows else 0
    return Frequent(rows, total - len(rows))


def _rank(severity: Any) -> Any:
    import ibis

    return ibis.cases(*((severity == one, rank) for rank, one in enumerate(SEVERITIES)), else_=len(SEVERITIES))


def findings_of(frequent: Frequent, wrong: WrongDevices, judge: ValuesJudge) -> tuple[FleetFinding, ...]:
    """The most frequent findings, each told as the judge of a single device tells it at the first of its devices."""
    return tuple(_finding(row, wrong.first[row["number"]], judge) for row in frequent.rows)


def _finding(row: Mapping[str, Any], places: Sequence[Place], judge: ValuesJudge) -> FleetFinding:
    first = places[0]
    value = Value(row["name"], row["kind"], row["text"], row["unit"])
    judged = judge.judge(value, path=first.source, source=f"row {first.row}")
    finding = next(one for one in judged.findings if one.fingerprint == row["fingerprint"])
    return FleetFinding(
        finding,
        row["fingerprint"],
        row["item"],
        row["value"],
        row["unit"],
        row["count"],
        tuple(one.device for one in places),
        row["first"] or "",
        row["last"] or "",
    )


def rules_of(wrong: WrongDevices) -> tuple[tuple[str, str, int], ...]:
    """Rules with the severity of their findings, and how many devices each is about; the worst first."""
    rows = ((rule, severity, count) for (rule, severity), count in wrong.rules.items())
    return tuple(sorted(rows, key=lambda row: (SEVERITIES.index(row[1]), -row[2], row[0])))
