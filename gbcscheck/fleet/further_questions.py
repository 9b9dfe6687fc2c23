"""A run's numbers with what is told of values beside what is wrong: how they are spread, and what a user asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from gbcscheck.fleet.distributions import distributions
from gbcscheck.fleet.drift import drifts
from gbcscheck.fleet.permitted import Permitted, permitted
from gbcscheck.fleet.predicates import Predicates
from gbcscheck.fleet.prepared import Part
from gbcscheck.fleet.questions import (
    SAMPLE,
    Earlier,
    sample_lines,
    sampled_devices,
    seen_items,
    since,
    values_of_devices,
    write_sample,
)
from gbcscheck.fleet.scan import Scan
from gbcscheck.fleet.staging import Staging
from gbcscheck.fleet.value_counts import COUNTED, VALUES, Setting, held_values, wrong_values
from gbcscheck.frozen import frozen
from gbcscheck.model.fleet import MISSING, FleetColumn, FleetRun

if TYPE_CHECKING:
    import ibis.expr.types as ir


@frozen
class Questions:
    """What a user asks beside what is wrong: the drift against defaults, what became of violations since an
    earlier run, and so many devices that show what was found, their values under the names of the files or by the paths
    of the data items, which need no mapping."""

    drift: bool = False
    earlier: Earlier | None = None
    sample: int = 0
    own_names: bool = True


@frozen
class Judged:
    """What is at hand when the list of violations is written: the parts, the folder of what is kept of each, the list,
    the different values that were judged one by one, the verdicts on them, and the folder of the run. ``path_of`` says
    which file a row comes from, ``estimated`` of which names values are counted in one of so many rows."""

    scan: Scan
    parts: Sequence[Part]
    kept: Sequence[Path]
    violations: Path
    different: ir.Table
    verdicts: ir.Table
    out: Path
    stage: Staging
    path_of: Callable[[str], str]
    estimated: Mapping[str, int] = field(default_factory=dict)


def answered(run: FleetRun, asked: Questions, judged: Judged, predicates: Predicates) -> FleetRun:
    """The numbers of a run with distributions and what is permitted, drift and what became of violations; a sample is
    written to the folder of the run."""
    engine, scan = judged.scan.engine, judged.scan
    every = engine.read([str(judged.violations)])
    names = _names(run, scan)
    if names:
        counts = _without_missing(engine.read([str(folder / VALUES) for folder in judged.kept]), judged.verdicts)
        wrong = wrong_values(judged.different, judged.verdicts)
        listed, held = held_values(engine, counts, wrong, names, judged.stage.scratch("held"))
        known = {one: permitted(predicates.catalogue, one.leaf, one.unit) for one in listed}
        run = replace(
            run,
            columns=tuple(_with_permitted(one, scan, known) for one in run.columns),
            distributions=distributions(engine, held, listed, known.__getitem__),
            drifts=drifts(engine, held, listed, predicates) if asked.drift else (),
        )
        run = _with_estimates(run, names, judged.estimated)
    if asked.earlier is not None:
        run = replace(run, since=since(engine, every, asked.earlier, run.release, _seen(run, judged)))
    if asked.sample:
        chosen = sampled_devices(engine, every, asked.sample)
        values = _values(judged, [device for device, _ in chosen], "sampled")
        called = _own_name if asked.own_names else _path_of(scan)
        write_sample(judged.out / SAMPLE, sample_lines(engine, values, chosen, judged.path_of, called))
    return run


def _without_missing(counts: ir.Table, verdicts: ir.Table) -> ir.Table:
    """The values without what the judge takes for none, as ``NA``."""
    none = verdicts.filter(verdicts["verdict"] == MISSING).select(*COUNTED).distinct()
    return counts.anti_join(none, list(COUNTED))


def _with_estimates(run: FleetRun, names: Mapping[tuple[str, str], Setting], estimated: Mapping[str, int]) -> FleetRun:
    """The numbers with what they are estimated by."""
    one_in: dict[str, int] = {}
    for (name, _), setting in names.items():
        one_in[setting.item] = max(one_in.get(setting.item, 1), estimated.get(name, 1))
    return replace(
        run,
        distributions=tuple(replace(one, one_in=one_in[one.item]) for one in run.distributions),
        drifts=tuple(replace(one, one_in=one_in[one.item]) for one in run.drifts),
    )


def _setting(one: FleetColumn, scan: Scan) -> Setting:
    meant = scan.recogniser.item(one.name)
    return Setting(one.item, meant.leaf if meant is not None else "", one.unit)


def _names(run: FleetRun, scan: Scan) -> dict[tuple[str, str], Setting]:
    """What the names in the files stand for, each with the unit beside it: none in the wide layout."""
    found: dict[tuple[str, str], Setting] = {}
    for one in run.columns:
        if not one.item:
            continue
        meant = scan.recogniser.item(one.name)
        if run.layout == "wide" or (meant is not None and meant.unit == one.unit):
            found[one.name, ""] = _setting(one, scan)
        if run.layout == "long":
            found[one.name, one.unit] = _setting(one, scan)
    return found


def _with_permitted(one: FleetColumn, scan: Scan, known: Mapping[Setting, Permitted]) -> FleetColumn:
    return replace(one, permitted=known[_setting(one, scan)].words) if one.item else one


def _values(judged: Judged, devices: ir.Table | Sequence[str], name: str) -> ir.Table:
    """The values of some devices, as ``values_of_devices`` gives them."""
    import ibis

    if isinstance(devices, Sequence):
        devices = ibis.memtable([{"device": one} for one in devices], schema={"device": "string"})
    return values_of_devices(judged.scan, judged.parts, devices, judged.stage.scratch(name))


def _seen(run: FleetRun, judged: Judged) -> Callable[[ir.Table], ir.Table]:
    names = [one.name for one in run.columns]

    def seen(devices: ir.Table) -> ir.Table:
        engine, folder = judged.scan.engine, judged.stage.scratch("gone")
        engine.write(devices, folder)
        return seen_items(_values(judged, engine.staged(folder), "seen"), judged.scan.recogniser, names)

    return seen


def _own_name(name: str) -> str:
    return name


def _path_of(scan: Scan) -> Callable[[str], str]:
    """The path of the data item that a name means, which everybody knows without a mapping."""

    def path_of(name: str) -> str:
        meant = scan.recogniser.item(name)
        return meant.item if meant is not None else name

    return path_of
