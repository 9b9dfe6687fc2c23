"""A run over a fleet: its files, the newest reads, the values that no engine is sure of, and what is told.

Every step leaves what it has finished in the staging folder. A run that is ended there is taken up again by the same
command; the folder of the run has its name once all of it is there.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gbcscheck.device.configuration.finding import Finder
from gbcscheck.device.context import Context
from gbcscheck.errors import GbcscheckError, Problems, UnreadableSource
from gbcscheck.fleet.columns import Recogniser
from gbcscheck.fleet.engines import Engine, start, telling
from gbcscheck.fleet.further_questions import Judged, Questions, answered
from gbcscheck.fleet.judged_values import ValuesJudge
from gbcscheck.fleet.long import DEVICES
from gbcscheck.fleet.needed import need
from gbcscheck.fleet.newest import Older, find_older
from gbcscheck.fleet.parts import scan_part
from gbcscheck.fleet.predicates import Predicates
from gbcscheck.fleet.prepared import Part, Prepared, parts_of, prepare
from gbcscheck.fleet.scan import CELLS, Scan, group_of
from gbcscheck.fleet.set_aside import set_aside_of
from gbcscheck.fleet.sources import Sources, appeared, find_sources
from gbcscheck.fleet.staging import Staging, digest, give_name, staging, write_run
from gbcscheck.fleet.tables import Asked
from gbcscheck.fleet.totals import columns_of, findings_of, frequent_findings, groups_of, rules_of
from gbcscheck.fleet.violations import VIOLATIONS, different_values, judge_values, tally, write_violations
from gbcscheck.fleet.wrong_devices import WrongDevices
from gbcscheck.frozen import frozen
from gbcscheck.model.fleet import FleetRun, FleetSource

if TYPE_CHECKING:
    from gbcscheck.extract.table_mapping import TableMapping

MEMORY = 1 << 30
"""Octets that a run may use unless it is told otherwise."""
_RELATED = "house rules that hold two values of one device against each other: {}"
_CALENDARS = "what lists of calendars say beside each other (seasons, weeks, days and special days)"
_TWICE = "whether a device names one data item twice"


@frozen
class Wanted:
    """What a user wants of a run: the files, the engine, the layout (empty: what the columns say), octets of memory,
    processes or threads, from which time on reads are looked at, and what names of one's own mean."""

    names: tuple[str, ...]
    engine: str = "duckdb"
    layout: str = ""
    memory: int = MEMORY
    jobs: int = 1
    since: str = ""
    mapping: TableMapping | None = None
    allow_outside: bool = False
    questions: Questions = Questions()


class Run:
    """A run that is at work, and what came of it: ``told`` and ``problems`` once it is done. ``folder`` is where what
    is to stand in the run's folder is written."""

    def __init__(self, wanted: Wanted, context: Context, stage: Staging, engine: Engine, progress: Progress) -> None:
        self.wanted = wanted
        self.context = context
        self.engine = engine
        self.folder = stage.out
        self.problems: list[GbcscheckError] = []
        self.parts: list[Part] = []
        self._stage = stage
        self._progress = progress
        self._judge = ValuesJudge(context, wanted.mapping)
        self._predicates = context.catalogue.once(Predicates)
        self._asked = Asked(self._predicates, self._judge.asks_more_of)
        self._recogniser = Recogniser(Finder(context.catalogue, wanted.mapping), wanted.mapping, wanted.layout)
        self._older = Older(None)

    # --- the files ---------------------------------------------------------------------------------------------------

    def _prepared(self, sources: Sources) -> list[Prepared]:
        """The files that can be read; those that cannot are among the problems."""
        found = []
        for number, source in enumerate(sources.found, start=1):
            self._progress(f"opening {source.path} ({number:,} of {len(sources.found):,})")
            try:
                found.append(prepare(source, self._recogniser, self._stage))
            except UnreadableSource as error:
                self.problems.append(error)
        layouts = {one.columns.layout for one in found}
        if len(layouts) > 1:
            first = found[0].columns.layout
            for one in found:
                if one.columns.layout != first:
                    self.problems.append(
                        UnreadableSource(
                            f"the layout is {one.columns.layout}, and that of {found[0].source.path} is {first}; "
                            "--layout says which one is meant, or judge them apart",
                            where=one.source.path,
                        )
                    )
            found = [one for one in found if one.columns.layout == first]
        return found

    def _without(self, broken: set[str]) -> list[Part]:
        """The parts without some files that turned out not to be readable."""
        files = [one for part in self.parts for one in part.files if one.path not in broken]
        return parts_of(files, together=self.engine.name == "spark")

    # --- the engine's work -------------------------------------------------------------------------------------------

    def _scanned(self) -> list[tuple[Path, dict[str, Any]]]:
        """What is kept of each part, and told of it; files that fail on the way are left out, and reads are compared
        without them."""
        while self.parts:
            self._progress("finding the newest read of each device")
            broken = self._find_older()
            if not broken:
                scan = self._scan()
                done = []
                scanned = partial(self._part, scan)
                for number, part in enumerate(self.parts, start=1):
                    self._progress(f"judging {part.where} ({number:,} of {len(self.parts):,})")
                    try:
                        done.append(scanned(part))
                    except UnreadableSource as error:
                        broken |= self._broken(part, error, scanned)
                if not broken:
                    return done
            self.parts = self._without(broken)
        return []

    def _find_older(self) -> set[str]:
        """Find the older reads; the paths of files that cannot be read wholly."""
        try:
            self._older = find_older(self.engine, self.parts, self._stage.scratch("newest"), self.wanted.since)
        except UnreadableSource as error:
            broken: set[str] = set()
            for part in self.parts:
                broken |= self._broken(part, None, self._try_names)
            if not broken:
                raise error
            return broken
        finally:
            self.engine.forget()
        return set()

    def _try_names(self, part: Part) -> None:
        find_older(self.engine, [part], self._stage.scratch("trial"), self.wanted.since)

    def _broken(self, part: Part, error: UnreadableSource | None, attempt: Callable[[Part], object]) -> set[str]:
        """Which files of a part fail, told among the problems."""
        if error is not None and len(part.files) == 1:
            self.problems.append(error)
            return {part.files[0].path}
        found: set[str] = set()
        for one in part.alone():
            try:
                with telling(one.where):
                    attempt(one)
            except UnreadableSource as own:
                self.problems.append(UnreadableSource(own.problem, where=one.where))
                found.add(one.files[0].path)
        return found

    def _part(self, scan: Scan, part: Part) -> tuple[Path, dict[str, Any]]:
        """A part that is finished, now or by an earlier run."""
        of = [f"{one.source.path} {one.source.size} {one.source.changed}" for one in part.files]
        folder = self._stage.part("part", self._older.mark, *of)
        told = self._stage.told_of(folder)
        if told is None:
            self._stage.clear(folder)
            with telling(part.where):
                told = scan_part(scan, part, folder)
            self._stage.tell_of(folder, told)
        return folder, told

    def _scan(self) -> Scan:
        wanted = self.wanted
        return Scan(self.engine, self._asked, self._recogniser, self._older, wanted.since, wanted.questions.drift)

    # --- what is told ------------------------------------------------------------------------------------------------

    def go(self) -> FleetRun:
        """Do all of it; Problems, or one of them, where no file could be judged."""
        wanted = self.wanted
        sources = find_sources(wanted.names, allow_outside=wanted.allow_outside)
        self.problems += sources.problems
        prepared = self._prepared(sources)
        self.parts = parts_of(prepared, together=self.engine.name == "spark")
        done = self._scanned()
        if not done:
            problems = self.problems or [UnreadableSource("no file of a fleet is there", where=", ".join(wanted.names))]
            raise Problems(list(problems)) if len(problems) > 1 else problems[0]
        self.folder.mkdir(parents=True)
        run = self._told(done)
        changed = [one.source.path for one in prepared if not one.source.is_as_found]
        for path in changed:
            self.problems.append(UnreadableSource("the file changed while it was read", where=path))
        late = appeared(wanted.names, sources.found, allow_outside=wanted.allow_outside)
        read = {one.source.path for part in self.parts for one in part.files}
        told = [one for _, one in done]
        return replace(
            run,
            sources=tuple(self._source(one, read) for one in prepared) + self._refused(prepared),
            set_aside=set_aside_of(told, self._older, prepared, sources.others, late, wanted.since, self.path_of),
        )

    def path_of(self, file: str) -> str:
        """The path by which a user knows the file that an engine reads a row from."""
        known = {
            os.path.abspath(one.path) if not one.source.is_of_store else one.path: one.source.path
            for part in self.parts
            for one in part.files
        }
        path = self.engine.path_of(file)
        return known.get(path, path)

    def _told(self, done: list[tuple[Path, dict[str, Any]]]) -> FleetRun:
        engine, stage = self.engine, self._stage
        told = [one for _, one in done]
        self._progress("judging values one by one")
        with telling(str(stage.folder)):
            cells = engine.read([str(folder / CELLS) for folder, _ in done])
            different = different_values(engine, cells, stage.scratch("different"))
            made = judge_values(engine, different, self._judge, stage.scratch("verdicts"))
            verdicts = engine.read([str(made.path)])
            frequent = frequent_findings(engine, different, verdicts)
            self._progress("writing the list of violations")
            listed = self.folder / VIOLATIONS
            numbers = [row["number"] for row in frequent.rows]
            wrong = WrongDevices(numbers, by_row=self.parts[0].columns.layout == "wide")
            write_violations(engine, cells, made.path, listed, self.path_of, wrong)
            self._progress("counting")
            groups = self._groups(done)
            devices = sum(count for *_, count in groups)
            manufacturers, firmwares, days = groups_of(wrong, groups)
            columns = columns_of(
                [one for part in told for one in part["columns"]],
                tally(engine, different, verdicts),
                self._recogniser,
                self._predicates,
                [part.columns for part in self.parts],
            )
            run = FleetRun(
                release=self.context.catalogue.release.name,
                engine=engine.name,
                layout=self.parts[0].columns.layout,
                sources=(),
                columns=columns,
                devices=devices,
                clean=devices - wrong.count,
                older_reads=self._older.count,
                distinct=made.distinct,
                violations=sum(one.wrong + one.unread for one in columns),
                findings=findings_of(frequent, wrong, self._judge),
                more_findings=frequent.others,
                rules=rules_of(wrong),
                manufacturers=manufacturers,
                firmwares=firmwares,
                days=days,
                since_time=self.wanted.since,
                not_asked=(_TWICE, _CALENDARS, *(_RELATED.format(code) for code in self._judge.not_asked)),
            )
            self._progress("looking at how values are spread")
            scan = self._scan()
            kept = [folder for folder, _ in done]
            estimated = _estimated(told)
            judged = Judged(
                scan, self.parts, kept, listed, different, verdicts, self.folder, stage, self.path_of, estimated
            )
            return answered(run, self.wanted.questions, judged, self._predicates)

    def _groups(self, done: Sequence[tuple[Path, dict[str, Any]]]) -> list[list[Any]]:
        """How many devices there are of each manufacturer, firmware and day."""
        if self.parts[0].columns.layout == "wide":
            return [group for _, told in done for group in told["groups"]]
        table = self.engine.read([str(folder / DEVICES) for folder, _ in done])
        newest = table.group_by("device").aggregate(
            manufacturer=table["manufacturer"].max(), firmware=table["firmware"].max(), day=table["day"].max()
        )
        counted = newest.group_by(["manufacturer", "firmware", "day"]).aggregate(count=newest.count())
        groups = [[*group_of(row), row["count"]] for row in self.engine.rows(counted)]
        return sorted(groups)

    def _source(self, one: Prepared, read: set[str]) -> FleetSource:
        problem = "" if one.source.path in read else self._problem_of(one.source.path)
        if not problem and one.unread:
            problem = f"{one.unread:,} rows of it cannot be read"
        return FleetSource(one.source.path, one.source.kind, max(0, one.rows), problem)

    def _refused(self, prepared: Sequence[Prepared]) -> tuple[FleetSource, ...]:
        known = {one.source.path for one in prepared}
        return tuple(
            FleetSource(one.where, "", 0, one.problem) for one in self.problems if one.where and one.where not in known
        )

    def _problem_of(self, path: str) -> str:
        return next((one.problem for one in self.problems if one.where == path), "not judged")


def _estimated(told: Sequence[dict[str, Any]]) -> dict[str, int]:
    """In one of how many rows values are counted, by the names for which that is not all, as parts tell it."""
    found: dict[str, int] = {}
    for part in told:
        for name, step in part.get("estimated", {}).items():
            found[name] = max(found.get(name, 1), step)
    return found


Progress = Callable[[str], None]


@contextmanager
def fleet_run(
    wanted: Wanted, context: Context, output: Path | None, key: str, progress: Progress
) -> Iterator[tuple[Run, FleetRun, Callable[[dict[str, Any]], None]]]:
    """A run that is done, its numbers, and what gives its folder the name ``output``, with what was asked of it.
    ``key`` is what else its parts depend on: the content of the release and of the mapping.

    Nothing but finished parts is left where the name is not given. Errors as ``Run.go`` raises them.
    """
    need(wanted.engine)
    with staging(output, digest(key, wanted.engine, wanted.layout, wanted.since, str(wanted.questions.drift))) as stage:
        engine = start(wanted.engine, memory=wanted.memory, threads=wanted.jobs, folder=stage.folder)
        try:
            run = Run(wanted, context, stage, engine, progress)
            told = run.go()

            def finish(asked: dict[str, Any]) -> None:
                if output is not None:
                    with telling(str(output)):
                        write_run(run.folder, asked)
                    give_name(stage, output)

            yield run, told, finish
        finally:
            engine.close()
