"""A run over a fleet on a Spark cluster of several processes, one of which is killed in the middle of it.

Run from a checkout with the ``test`` extra and Java: ``python benchmarks/fleet_cluster.py``. It makes up a fleet,
judges it with DuckDB, then starts a standalone master and two workers on loopback and submits the same run to them
twice: once undisturbed, and once while a worker with all that it has started is killed. That this is in the middle is
known twice: it is done when half of as many tasks have ended as the first run had and the worker is at work on one, and
the log of events that Spark writes says which tasks ended before and after, and which were lost with the worker. All
three runs have to say the same; everything that was started is ended, however the script ends.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from fleet import gbcscheck
from fleet_data import Fleet, make
from fleet_results import differences, differing_counts, unlike
from processes import run
from spark_cluster import Cluster, Member, waited

JOB = Path(__file__).with_name("fleet_job.py")
FOUND = 1
"""The exit code of a run that found something."""


@dataclass(frozen=True)
class Task:
    """A task of Spark that ended: when, in milliseconds, on which executor, and how (``Success``)."""

    ended: int
    executor: str
    reason: str


@dataclass(frozen=True)
class Ran:
    """A job that ended: its seconds, its tasks, and which executors were lost, with when and why."""

    seconds: float
    tasks: tuple[Task, ...]
    lost: tuple[tuple[str, int, str], ...]

    @property
    def finished(self) -> int:
        return sum(one.reason == "Success" for one in self.tasks)


def events(folder: Path) -> tuple[tuple[Task, ...], tuple[tuple[str, int, str], ...]]:
    """What the one log of events in a folder says of tasks and of executors that were lost."""
    (log,) = folder.iterdir()
    tasks, lost = [], []
    for line in log.read_text(encoding="utf-8").splitlines():
        event = json.loads(line)
        if event["Event"] == "SparkListenerTaskEnd":
            info = event["Task Info"]
            tasks.append(Task(info["Finish Time"], info["Executor ID"], event["Task End Reason"]["Reason"]))
        elif event["Event"] == "SparkListenerExecutorRemoved":
            lost.append((event["Executor ID"], event["Timestamp"], event["Removed Reason"]))
    return tuple(tasks), tuple(lost)


COMPILED_FROM = 500_000
"""Reads from which on Spark compiles its stages: for fewer that takes longer than the work itself."""
INTERPRETED = ("spark.sql.codegen.wholeStage=false", "spark.sql.codegen.factoryMode=NO_CODEGEN")


def start(cluster: Cluster, fleet: Path, out: Path, name: str, options: list[str]) -> Member:
    """Submit a run."""
    (cluster.folder / f"events-{name}").mkdir()
    settings = {
        "spark.executor.memory": "512m",
        "spark.driver.memory": "768m",
        "spark.sql.files.maxPartitionBytes": "4m",
        "spark.sql.shuffle.partitions": "8",
        "spark.eventLog.enabled": "true",
        "spark.eventLog.dir": f"file://{cluster.folder}/events-{name}",
        "spark.eventLog.rolling.enabled": "false",
        "spark.eventLog.compress": "false",
    }
    job = [str(JOB), "fleet", str(fleet / "wide"), "--engine", "spark", "-o", str(out), "-q"]
    return cluster.submit(job, settings, name, *options)


def ended(cluster: Cluster, job: Member, name: str, began: float, seconds: float) -> Ran:
    """Wait for a run; SystemExit where it does not end in time, or fails."""
    waited(f"{name} ends", seconds, lambda: not job.is_running)
    code = job.process.wait()
    if code != FOUND:
        raise SystemExit(f"{name} ended with {code}: {job.log.read_text(encoding='utf-8', errors='replace')[-3000:]}")
    return Ran(time.monotonic() - began, *events(cluster.folder / f"events-{name}"))


def kill_in_the_middle(cluster: Cluster, job: Member, victim: int, tasks: int, seconds: float) -> int:
    """Kill a worker once so many tasks of a job have ended and it is at work on one; when that was, in milliseconds."""

    def in_the_middle() -> bool:
        executors = cluster.executors(job)
        done = sum(one["completedTasks"] for one in executors.values())
        return done >= tasks and victim in executors and executors[victim]["activeTasks"] > 0

    waited(f"{tasks} tasks have ended", seconds, in_the_middle, lambda: job.is_running)
    when = round(time.time() * 1000)
    cluster.workers[victim].kill()
    return when


def told_of_kill(ran: Ran, when: int, victim: int, cluster: Cluster) -> str:
    """What shows that a worker was killed in the middle; SystemExit where nothing does."""
    before = sum(one.ended <= when and one.reason == "Success" for one in ran.tasks)
    after = sum(one.ended > when and one.reason == "Success" for one in ran.tasks)
    failed = [one.reason for one in ran.tasks if one.reason != "Success"]
    reasons = ", ".join(f"{failed.count(one)} {one}" for one in sorted(set(failed)))
    if not ran.lost or not before or not after or not failed:
        raise SystemExit(
            f"the worker was not killed in the middle: {before} tasks before, {after} after, lost {ran.lost}"
        )
    executor, at, why = ran.lost[0]
    return (
        f"worker {victim} killed after {before} tasks had ended and before {after} more did; {reasons}; Spark lost "
        f"executor {executor} {at - when:,} ms later ({why.splitlines()[0]}); the master counts {cluster.alive()} alive"
    )


def same(name: str, one: Path, other: Path) -> None:
    """SystemExit where two runs say different things."""
    if told := unlike(one, other):
        raise SystemExit(f"{name}: {'; '.join(told)}")
    print(f"{name}: the same numbers and the same list of violations as DuckDB")


def go(folder: Path, meters: int, files: int, seconds: float, options: list[str]) -> None:
    """All of it, in a folder."""
    counts: dict[str, Any] = make(Fleet(folder / "fleet", meters, a_file=-(-meters // files)))
    print(f"{counts['rows']:,} reads of {counts['devices']:,} meters, {counts['violations']:,} violations planted")
    taken = run(gbcscheck(folder / "fleet" / "wide", folder / "duckdb"))
    if told := differences(folder / "duckdb", folder / "fleet") + differing_counts(folder / "duckdb", folder / "fleet"):
        raise SystemExit(f"DuckDB: {'; '.join(told)}")
    print(f"DuckDB: {taken.clock:.0f} s, finds exactly what was planted")
    with Cluster(folder / "cluster") as cluster:
        print(f"cluster: master {cluster.url}, {cluster.alive()} workers, each a process")
        began = time.monotonic()
        job = start(cluster, folder / "fleet", folder / "whole", "whole", options)
        whole = ended(cluster, job, "whole", began, seconds)
        rate = counts["rows"] / whole.seconds
        print(f"undisturbed: {whole.seconds:.0f} s, {whole.finished} tasks, {rate:,.0f} reads a second")
        same("undisturbed", folder / "duckdb", folder / "whole")
        began = time.monotonic()
        job = start(cluster, folder / "fleet", folder / "killed", "killed", options)
        when = kill_in_the_middle(cluster, job, 1, whole.finished // 2, seconds)
        killed = ended(cluster, job, "killed", began, seconds)
        print(f"disturbed: {killed.seconds:.0f} s; {told_of_kill(killed, when, 1, cluster)}")
        same("disturbed", folder / "duckdb", folder / "killed")


def stopped(number: int, _frame: object) -> NoReturn:
    """End by SystemExit where a signal asks for it, so that the cluster is ended too."""
    raise SystemExit(128 + number)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--meters", type=int, default=1_000_000)
    options.add_argument("--files", type=int, default=8, help="files of which the fleet is made")
    options.add_argument("--folder", type=Path, help="keep everything in this new folder")
    options.add_argument("--timeout", type=float, default=900, help="seconds that a run on the cluster may take")
    options.add_argument("--py-files", help="a wheel or an archive of gbcscheck that is sent with the job")
    given = options.parse_args()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stopped)
    more = ["--py-files", given.py_files] if given.py_files else []
    if given.meters < COMPILED_FROM:
        more += [word for setting in INTERPRETED for word in ("--conf", setting)]
    with tempfile.TemporaryDirectory(prefix="gbcscheck-") as name:
        go((given.folder or Path(name)).resolve(), given.meters, given.files, given.timeout, more)


if __name__ == "__main__":
    sys.exit(main())
