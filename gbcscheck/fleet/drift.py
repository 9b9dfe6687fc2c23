"""Who holds another value than the default of an item: decided by the engine where a value is plainly written, else
once for each different value."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gbcscheck.fleet.engines import Engine
from gbcscheck.fleet.judged_values import Value, raw_of
from gbcscheck.fleet.predicates import ItemPredicate, Predicates
from gbcscheck.fleet.value_counts import Setting
from gbcscheck.model.fleet import Drift
from gbcscheck.release.catalogue import Catalogue

if TYPE_CHECKING:
    import ibis.expr.types as ir

MOST_HELD = 5
"""Values that are told of an item beside its default."""
TOGETHER = 40
"""Items that are asked for at once."""
NO_DEFAULT = "no default is stated"
SEVERAL_PARTS = "an item of several parts"


def drifts(engine: Engine, held: ir.Table, settings: Sequence[Setting], predicates: Predicates) -> tuple[Drift, ...]:
    """What devices hold beside the defaults, by item; ``held`` and ``settings`` are those of ``held_values``."""
    totals = {row["setting"]: int(row["devices"]) for row in engine.rows(_devices(held))}
    found: list[Drift] = []
    asked: dict[int, ItemPredicate] = {}
    for number in sorted(totals):
        setting = settings[number]
        predicate = predicates.get(setting.leaf) if setting.leaf else None
        if predicate is None or not predicate.defaults:
            reason = NO_DEFAULT if predicate is not None else SEVERAL_PARTS
            found.append(Drift(setting.item, "", "", totals[number], 0, reason=reason))
        else:
            asked[number] = predicate
    for some in _groups(sorted(asked)):
        found += _of_some(engine, held, settings, {one: asked[one] for one in some}, totals, predicates)
    return tuple(sorted(found, key=lambda one: (bool(one.reason), -one.differing, one.item)))


def _groups(numbers: Sequence[int]) -> Iterable[Sequence[int]]:
    return (numbers[at : at + TOGETHER] for at in range(0, len(numbers), TOGETHER))


def _devices(held: ir.Table) -> ir.Table:
    return held.group_by("setting").aggregate(devices=held["devices"].sum())


def _of_some(
    engine: Engine,
    held: ir.Table,
    settings: Sequence[Setting],
    asked: Mapping[int, ItemPredicate],
    totals: Mapping[int, int],
    predicates: Predicates,
) -> list[Drift]:
    import ibis

    cases = [
        (held["setting"] == number, predicate.default(held["text"], settings[number].unit or None))
        for number, predicate in asked.items()
    ]
    of_these = held.mutate(is_default=ibis.cases(*cases)).filter(held["setting"].isin(list(asked)))
    others = of_these.filter(~of_these["is_default"])
    differing = Counter({row["setting"]: int(row["devices"]) for row in engine.rows(_devices(others))})
    place = ibis.row_number().over(group_by="setting", order_by=[ibis.desc("devices"), "text"])
    placed = others.mutate(place=place)
    most: dict[int, list[tuple[int, str]]] = {}
    for row in engine.rows(placed.filter(placed["place"] < MOST_HELD).select("setting", "text", "devices")):
        most.setdefault(row["setting"], []).append((int(row["devices"]), row["text"]))
    unsure = of_these.filter(of_these["is_default"].isnull()).select("setting", "kind", "text", "devices")
    for batch in engine.batches(unsure):
        for row in batch.to_pylist():
            number, count = row["setting"], int(row["devices"])
            if asked[number].is_default(_raw(row, settings[number])) is not True:
                differing[number] += count
                most.setdefault(number, []).append((count, row["text"]))
                if len(most[number]) > 1_000:
                    most[number] = _first(most[number])
    return [
        Drift(
            settings[number].item,
            *_words(predicates.catalogue, predicate.name),
            totals[number],
            differing[number],
            tuple((text, count) for count, text in _first(most.get(number, []))),
        )
        for number, predicate in asked.items()
    ]


def _raw(row: Mapping[str, Any], setting: Setting) -> object:
    if setting.unit:
        return f"{row['text']} {setting.unit}"
    return raw_of(Value("", row["kind"], row["text"]))


def _first(held: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    return heapq.nsmallest(MOST_HELD, held, key=lambda one: (-one[0], one[1]))


def _words(catalogue: Catalogue, item: str) -> tuple[str, str]:
    """The defaults as documents write them, and how they are known."""
    statements = catalogue.item_statements(catalogue.items[item], "default")
    written = dict.fromkeys(" ".join(one.written.split()) for one in statements)
    known = dict.fromkeys(one.provenance for one in statements)
    return " or ".join(written), ", ".join(known)
