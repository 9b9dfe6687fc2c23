"""How the values of each item are spread over a fleet, against what is permitted, worked out by the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gbcscheck.fleet.bin_edges import MOST_BINS, MOST_OUTSIDE, Edges, bins_between, single_bins
from gbcscheck.fleet.engines import Engine
from gbcscheck.fleet.permitted import Permitted
from gbcscheck.fleet.value_counts import Setting
from gbcscheck.model.fleet import Bin, Distribution

if TYPE_CHECKING:
    import ibis.expr.types as ir

MOST_VALUES, MOST_WRONG = 8, 5
"""Values in words that are told of an item: the most frequent ones, and the most frequent of those with a violation."""
MOST_WORDS = 3
"""Values in words that are told beside numbers."""
LONGEST = 80
"""Characters of a value in words; what is longer is cut."""

Row = dict[str, Any]
PermittedOf = Callable[[Setting], Permitted]


def distributions(
    engine: Engine, held: ir.Table, settings: Sequence[Setting], permitted_of: PermittedOf
) -> tuple[Distribution, ...]:
    """The distributions of some settings, those with the most violations first; ``held`` and ``settings`` are those of
    ``held_values``. Numbers stand in bins, other values by their frequency; what is not told is counted."""
    if not settings:
        return ()
    totals = {row["setting"]: row for row in engine.rows(_totals(held))}
    known = {number: permitted_of(settings[number]) for number in totals}
    numeric = {number for number, row in totals.items() if 2 * row["numbered"] > row["devices"]}
    numbers = held.filter(held["number"].notnull() & held["setting"].isin(sorted(numeric)))
    words = held.filter(held["number"].isnull() | ~held["setting"].isin(sorted(numeric)))
    bins = _numbers(engine, numbers, {one: totals[one] for one in sorted(numeric)}, known) if numeric else {}
    told = _words(engine, words, numeric)
    found = []
    for number, row in totals.items():
        setting, permitted = settings[number], known[number]
        every = (*bins.get(number, ()), *told.get(number, ()))
        others = int(row["devices"]) - sum(one.count for one in every)
        unit = permitted.unit if number in bins else ""
        found.append((int(row["wrong"]), Distribution(setting.item, unit, permitted.words, every, others)))
    return tuple(one for _, one in sorted(found, key=lambda pair: (-pair[0], pair[1].item, pair[1].unit)))


def _totals(held: ir.Table) -> ir.Table:
    number = held["number"]
    is_number = number.notnull()
    return held.group_by("setting").aggregate(
        devices=held["devices"].sum(),
        wrong=held["wrong"].sum(),
        numbered=held["devices"].sum(where=is_number).fill_null(0),
        different=number.count(),
        least=number.min(),
        most=number.max(),
        broken=(number != number.floor()).cast("int64").sum().fill_null(0),
    )


# --- numbers ---------------------------------------------------------------------------------------------------------


def _numbers(
    engine: Engine, numbers: ir.Table, totals: Mapping[int, Row], known: Mapping[int, Permitted]
) -> dict[int, tuple[Bin, ...]]:
    """The bins of numbers by setting."""
    few = sorted(one for one, row in totals.items() if row["different"] <= MOST_BINS)
    many = sorted(set(totals) - set(few))
    edges: dict[int, list[Edges]] = {}
    if few:
        listed = numbers.filter(numbers["setting"].isin(few)).select("setting", "number").distinct()
        of_few: dict[int, list[float]] = {}
        for row in engine.rows(listed):
            of_few.setdefault(row["setting"], []).append(row["number"])
        edges |= {one: single_bins(found, known[one].stretches) for one, found in of_few.items()}
    outside = _outside(engine, numbers, many, known)
    for one in many:
        row = totals[one]
        ends = (row["least"], row["most"])
        edges[one] = bins_between(*ends, known[one].stretches, outside.get(one, ()), is_whole=not row["broken"])
    counted = _counted(engine, numbers, edges)
    return {
        one: tuple(
            _bin(each, counted.get((one, n)), is_whole=not totals[one]["broken"]) for n, each in enumerate(edges[one])
        )
        for one in edges
    }


def _outside(
    engine: Engine, numbers: ir.Table, of: Sequence[int], known: Mapping[int, Permitted]
) -> dict[int, tuple[float, ...]]:
    """The numbers outside of what is permitted, of those settings that have at most MOST_OUTSIDE of them."""
    import ibis

    bounded = [one for one in of if known[one].stretches]
    if not bounded:
        return {}
    stretches = [
        {"of": one, "low": -_FAR if low is None else low, "high": _FAR if high is None else high}
        for one in bounded
        for low, high in known[one].stretches
    ]
    inside = ibis.memtable(stretches, schema={"of": "int64", "low": "float64", "high": "float64"})
    among = numbers.filter(numbers["setting"].isin(bounded)).select("setting", "number").distinct()
    left = among.anti_join(
        inside,
        [
            among["setting"] == inside["of"],
            among["number"] >= inside["low"],
            among["number"] <= inside["high"],
        ],
    )
    place = ibis.row_number().over(group_by="setting", order_by="number")
    found: dict[int, list[float]] = {}
    placed = left.mutate(place=place)
    for row in engine.rows(placed.filter(placed["place"] <= MOST_OUTSIDE)):
        found.setdefault(row["setting"], []).append(row["number"])
    return {one: tuple(sorted(numbers)) for one, numbers in found.items() if len(numbers) <= MOST_OUTSIDE}


_FAR = 1e308


def _counted(
    engine: Engine, numbers: ir.Table, edges: Mapping[int, Sequence[Edges]]
) -> dict[tuple[int, int], tuple[int, int]]:
    """Devices, and those with a violation, by setting and the place of the bin."""
    import ibis

    rows = [
        {"of": one, "bin": place, "low": each.low, "high": each.high}
        for one, bins in edges.items()
        for place, each in enumerate(bins)
    ]
    schema = {"of": "int64", "bin": "int64", "low": "float64", "high": "float64"}
    bins = ibis.memtable(rows, schema=schema)
    number = numbers["number"]
    joined = numbers.inner_join(
        bins,
        [
            numbers["setting"] == bins["of"],
            number >= bins["low"],
            (number < bins["high"]) | (number == bins["low"]),
        ],
    )
    counted = joined.group_by(["setting", "bin"]).aggregate(
        devices=joined["devices"].sum(), wrong=joined["wrong"].sum()
    )
    return {(row["setting"], row["bin"]): (int(row["devices"]), int(row["wrong"])) for row in engine.rows(counted)}


def _bin(edges: Edges, counted: tuple[int, int] | None, *, is_whole: bool) -> Bin:
    devices, wrong = counted or (0, 0)
    low, high = edges.low, edges.high
    last = _digits(high - 1 if is_whole else high)
    label = _digits(low) if low == high else f"{_digits(low)} to {last}"
    return Bin(label, devices, wrong, low, high, edges.outside)


def _digits(number: float) -> str:
    return f"{number:.0f}" if number.is_integer() else f"{number:.10g}"


# --- other values ----------------------------------------------------------------------------------------------------


def _words(engine: Engine, words: ir.Table, numeric: Iterable[int]) -> dict[int, tuple[Bin, ...]]:
    """The most frequent values in words by setting, and the most frequent ones with a violation; few of settings whose
    values are numbers."""
    import ibis

    is_wrong = words["wrong"] > 0
    order = [ibis.desc("devices"), ibis.asc("text"), ibis.asc("kind")]
    placed = words.mutate(
        place=ibis.row_number().over(group_by="setting", order_by=order),
        among=ibis.row_number().over(
            group_by=["setting", is_wrong.name("is_wrong")], order_by=[ibis.desc("wrong"), *order]
        ),
    )
    shown = placed.filter((placed["place"] < MOST_VALUES) | ((placed["wrong"] > 0) & (placed["among"] < MOST_WRONG)))
    found: dict[int, list[Row]] = {}
    for row in engine.rows(shown.select("setting", "text", "devices", "wrong", "place")):
        found.setdefault(row["setting"], []).append(row)
    beside = frozenset(numeric)
    return {
        one: tuple(_value(row) for row in sorted(rows, key=_place)[: MOST_WORDS if one in beside else None])
        for one, rows in found.items()
    }


def _place(row: Row) -> int:
    return int(row["place"])


def _value(row: Row) -> Bin:
    text = str(row["text"])
    label = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}\u2026"
    devices, wrong = int(row["devices"]), int(row["wrong"])
    return Bin(label, devices, wrong, outside=wrong == devices)
