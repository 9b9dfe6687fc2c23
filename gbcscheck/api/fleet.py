"""A fleet of devices judged: what the command and a program ask for, and the folder that comes of it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gbcscheck.api.judged_report import Choices, context_of
from gbcscheck.errors import GbcscheckError, UsageError
from gbcscheck.fleet.needed import need
from gbcscheck.frozen import frozen
from gbcscheck.model.findings import SEVERITIES
from gbcscheck.model.fleet import ENGINES, LAYOUTS, FleetRun

if TYPE_CHECKING:
    from gbcscheck.evidence.house_rules import HouseRule
    from gbcscheck.fleet.run import Run
    from gbcscheck.report.layout import Layout

__all__ = [
    "ENGINES",
    "LAYOUTS",
    "MEMORY",
    "SUMMARY",
    "Fleet",
    "FleetOptions",
    "fleet_sql",
    "judged_fleet",
    "memory_of",
    "need",
    "reaches",
    "rendered",
]

MEMORY = 1 << 30
"""Octets that a run may use unless it is told otherwise."""
LEAST_MEMORY = 256 << 20
SUMMARY, PAGE = "summary.json", "report.html"
"""Files of a run's folder beside the list of violations and ``run.json``."""
_SIZE = re.compile(r"([0-9]{1,13})\s*(?:([kmgt])(i?)b?|b)?", re.IGNORECASE)
_POWERS = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4}


@frozen
class FleetOptions:
    """What is asked of a fleet: files, folders, globs and paths of a store; the engine; the layout (empty: what the
    columns say); the release (None: the default one); a mapping of names of one's own; the type of the devices; octets
    of memory; threads; the time from which on reads are looked at; house rules; whether values are held against their
    defaults; the folder of an earlier run; and how many devices are written out as examples."""

    paths: tuple[str, ...]
    engine: str = "duckdb"
    layout: str = ""
    release: str | None = None
    mapping: Path | None = None
    device_type: str = ""
    memory: int = MEMORY
    jobs: int = 1
    since: str = ""
    house: tuple[HouseRule, ...] = ()
    allow_outside: bool = False
    drift: bool = False
    compare: Path | None = None
    sample: int = 0


@frozen
class Fleet:
    """A fleet that was judged: its numbers, and what could not be read. ``finish`` writes the files of the run's folder
    and gives it its name; nothing of it is left where that is not called."""

    run: FleetRun
    problems: tuple[GbcscheckError, ...]
    finish: Callable[[], None]


@contextmanager
def judged_fleet(
    options: FleetOptions, output: Path | None = None, progress: Callable[[str], None] = lambda _: None
) -> Iterator[Fleet]:
    """Judge a fleet. ``output`` is the folder that the run is to be; without it nothing is written.

    UsageError for an unknown release, engine or layout, and where a library is not installed; UnreadableSource, or
    Problems, where no file could be judged; GbcscheckError where the disk is full or the folder is something else.
    """
    need(options.engine)
    if options.engine not in ENGINES:
        raise UsageError(f'there is no engine "{options.engine}"; there are: {", ".join(ENGINES)}')
    if options.layout and options.layout not in LAYOUTS:
        raise UsageError(f'there is no layout "{options.layout}"; there are: {", ".join(LAYOUTS)}')
    from gbcscheck.extract.table_mapping import load_mapping
    from gbcscheck.fleet.further_questions import Questions
    from gbcscheck.fleet.questions import earlier_run
    from gbcscheck.fleet.run import Wanted, fleet_run

    _refuse_output_among_sources(options.paths, output)
    earlier = earlier_run(options.compare) if options.compare is not None else None
    mapping = load_mapping(options.mapping) if options.mapping is not None else None
    choices = Choices(device_type=options.device_type)
    context = context_of(choices, options.release, (), progress, house=options.house)
    wanted = Wanted(
        options.paths,
        options.engine,
        options.layout,
        options.memory,
        options.jobs or os.cpu_count() or 1,
        options.since,
        mapping,
        options.allow_outside,
        Questions(options.drift, earlier, options.sample, own_names=mapping is None),
    )
    key = _key(options, context.catalogue.release.name)
    with fleet_run(wanted, context, output, key, progress) as (run, told, finish):

        def done() -> None:
            _write(run, told)
            finish(_asked(options, told))

        yield Fleet(told, tuple(run.problems), done)


def fleet_sql(options: FleetOptions, dialect: str) -> str:
    """The checks of the columns of a file in the wide layout as SQL of a dialect (``duckdb`` or ``spark``): each column
    with its verdict beside it, over a table ``fleet``.

    Errors as ``judged_fleet`` raises them; UsageError too where the file has one row a value, where two columns mean
    one item, and for a column with a unit in its name.
    """
    need("duckdb")
    from gbcscheck.extract.table_mapping import load_mapping
    from gbcscheck.fleet.file_sql import sql_of_file

    mapping = load_mapping(options.mapping) if options.mapping is not None else None
    context = context_of(Choices(), options.release)
    return sql_of_file(context.catalogue, options.paths[0], dialect, mapping)


def _refuse_output_among_sources(paths: tuple[str, ...], output: Path | None) -> None:
    """UsageError where the folder of a run would be read by the next one as part of the fleet."""
    target = os.path.realpath(output) if output is not None else ""
    for path in paths:
        folder = os.path.realpath(path)
        if target and os.path.isdir(folder) and (target == folder or target.startswith(folder + os.sep)):
            raise UsageError(f"-o {output} stands among the files of {path}: name a folder beside it")


def _key(options: FleetOptions, release: str) -> str:
    """What the parts of a run depend on beside its files: the content of what is judged by."""
    from gbcscheck.facts.shipped import MANIFEST, shipped_root
    from gbcscheck.inputs.files import sha256_of
    from gbcscheck.inputs.seal import program

    manifest = shipped_root() / MANIFEST
    by = [program(), release, options.device_type, repr([(one.rule.code, one.asked) for one in options.house])]
    by += [sha256_of(path) for path in (manifest, options.mapping) if path is not None and path.is_file()]
    return "\n".join(by)


def _asked(options: FleetOptions, run: FleetRun) -> dict[str, Any]:
    """What was asked of a run, as its folder says it."""
    return {
        "paths": list(options.paths),
        "engine": options.engine,
        "layout": run.layout,
        "release": run.release,
        "mapping": str(options.mapping) if options.mapping is not None else "",
        "device_type": options.device_type,
        "since": options.since,
        "differs_from": "default" if options.drift else "",
        "compare": str(options.compare) if options.compare is not None else "",
        "sample": options.sample,
    }


def _write(run: Run, told: FleetRun) -> None:
    """Write what tells of a run beside its list of violations."""
    from gbcscheck.fleet.engines import telling
    from gbcscheck.report.fleet_json import render_fleet_json
    from gbcscheck.report.fleet_page import render_fleet_page

    for name, text in ((SUMMARY, render_fleet_json(told)), (PAGE, render_fleet_page(told))):
        with telling(name):
            (run.folder / name).write_text(text, encoding="utf-8")


def rendered(run: FleetRun, form: str, layout: Layout) -> str:
    """What is told of a run: ``text``, or ``json`` as its folder holds it."""
    if form == "json":
        from gbcscheck.report.fleet_json import render_fleet_json

        return render_fleet_json(run)
    from gbcscheck.report.fleet_text import render_fleet_text

    return render_fleet_text(run, layout)


def reaches(run: FleetRun, level: str) -> bool:
    """Whether a finding is as bad as a level, or worse; never for ``never``."""
    if level not in SEVERITIES:
        return False
    return any(SEVERITIES.index(severity) <= SEVERITIES.index(level) for _, severity, _ in run.rules)


def memory_of(text: str) -> int:
    """Octets of a size as people write it: ``512M``, ``1GiB``. UsageError for what is none, or too little."""
    found = _SIZE.fullmatch(text.strip())
    octets = 0
    if found is not None:
        sign, binary = (found[2] or "").casefold(), bool(found[3])
        octets = int(found[1]) * (1024 if binary else 1000) ** _POWERS[sign]
    if octets < LEAST_MEMORY:
        raise UsageError(
            f'--memory: a size of at least {LEAST_MEMORY >> 20}MiB was expected, as 512M or 1GiB; found "{text}"'
        )
    return octets
