"""A Spark cluster of several processes on loopback, from the pip-installed pyspark: a standalone master and workers.

Every process is the head of a group of its own, which holds what it starts (the executors of a worker), and is ended
with the ``with`` block, by whatever way that is left. Ports are free ones, bound to 127.0.0.1.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

LOOPBACK = "127.0.0.1"
STARTED = 120
"""Seconds within which a process has to answer."""
ENDED = 15
"""Seconds that a process is given to end before it is killed."""
POLL = 0.2


def spark_home() -> Path:
    """The folder of the Spark that pyspark brings; SystemExit without it or without Java."""
    import importlib.util
    import shutil

    found = importlib.util.find_spec("pyspark")
    if found is None or found.origin is None:
        raise SystemExit("pyspark is not installed: pip install 'gbcscheck[spark]'")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        raise SystemExit("Spark needs Java 17 (openjdk-17-jre-headless)")
    return Path(found.origin).parent


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind((LOOPBACK, 0))
        return int(one.getsockname()[1])


def told(port: int, path: str) -> Any:
    """What a page of Spark says as JSON; None where nobody answers."""
    try:
        with urllib.request.urlopen(f"http://{LOOPBACK}:{port}{path}", timeout=5) as answer:
            return json.load(answer)
    except (OSError, ValueError):
        return None


def waited(
    for_what: str, seconds: float, condition: Callable[[], Any], alive: Callable[[], bool] = lambda: True
) -> Any:
    """What a condition gives once it gives something; SystemExit where it does not in time, or nothing is alive."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        if not alive():
            break
        time.sleep(POLL)
    raise SystemExit(f"{for_what}: not within {seconds:.0f} s")


@dataclass
class Member:
    """A process of the cluster: what it is, its process, the port of its page, its log."""

    name: str
    process: subprocess.Popen[bytes]
    page: int
    log: Path

    @property
    def is_running(self) -> bool:
        return self.process.poll() is None

    def kill(self) -> None:
        """End it and what it started, at once, as when a machine loses power."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def end(self) -> None:
        """End it and what it started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(ENDED)
        self.kill()


@dataclass
class Cluster:
    """A master and workers with one core each, whose files are in a folder."""

    folder: Path
    count: int = 2
    memory: str = "1g"
    home: Path = field(default_factory=spark_home)
    master: Member | None = None
    workers: list[Member] = field(default_factory=list)
    url: str = ""
    jobs: list[Member] = field(default_factory=list)

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            self._start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End every process of the cluster."""
        for member in (*self.jobs, *self.workers, *((self.master,) if self.master else ())):
            member.end()

    @property
    def environment(self) -> dict[str, str]:
        """What the processes find in theirs."""
        own = {name: value for name, value in os.environ.items() if not name.startswith(("SPARK_", "PYSPARK_"))}
        return {
            **own,
            "SPARK_HOME": str(self.home),
            "SPARK_LOCAL_IP": LOOPBACK,
            "SPARK_LOCAL_DIRS": str(self.folder / "local"),
            "SPARK_DAEMON_MEMORY": "256m",
            "PYSPARK_PYTHON": sys.executable,
            "PYSPARK_DRIVER_PYTHON": sys.executable,
        }

    def _member(self, name: str, arguments: Sequence[str], page: int, environment: Mapping[str, str]) -> Member:
        log = self.folder / f"{name}.log"
        with log.open("wb") as stream:
            process = subprocess.Popen(
                arguments, env=dict(environment), stdin=subprocess.DEVNULL, stdout=stream, stderr=stream,
                start_new_session=True, cwd=self.folder,
            )  # fmt: skip
        return Member(name, process, page, log)

    def _class(self, name: str, of: str, *arguments: str, page: int) -> Member:
        command = [str(self.home / "bin" / "spark-class"), f"org.apache.spark.deploy.{of}"]
        line = [*command, "--host", LOOPBACK, "--webui-port", str(page), *arguments]
        return self._member(name, line, page, self.environment)

    def _start(self) -> None:
        port, page = free_port(), free_port()
        self.url = f"spark://{LOOPBACK}:{port}"
        master = self.master = self._class("master", "master.Master", "--port", str(port), page=page)
        waited("the master answers", STARTED, lambda: told(page, "/json/"), lambda: master.is_running)
        for number in range(self.count):
            work = str(self.folder / f"work-{number}")
            options = ("--cores", "1", "--memory", self.memory, "--work-dir", work, self.url)
            self.workers.append(self._class(f"worker-{number}", "worker.Worker", *options, page=free_port()))
        waited("the workers are there", STARTED, lambda: self.alive() == self.count)

    def alive(self) -> int:
        """How many workers the master counts as alive."""
        assert self.master is not None
        found = told(self.master.page, "/json/")
        return int(found["aliveworkers"]) if found else 0

    def submit(self, job: Sequence[str], settings: Mapping[str, str], name: str, *options: str) -> Member:
        """Start a job by spark-submit in client mode, as the page of the documentation has the line."""
        page = free_port()
        given = {
            "spark.driver.host": LOOPBACK,
            "spark.driver.bindAddress": LOOPBACK,
            "spark.ui.port": str(page),
            "spark.port.maxRetries": "0",
            **settings,
        }
        confs = [word for key, value in given.items() for word in ("--conf", f"{key}={value}")]
        line = [str(self.home / "bin" / "spark-submit"), "--master", self.url, *confs, *options, *job]
        member = self._member(name, line, page, self.environment)
        self.jobs.append(member)
        return member

    def executors(self, job: Member) -> dict[int, dict[str, Any]]:
        """What the driver of a job says of the executors of each worker, by the worker's place in ``workers``."""
        applications = told(job.page, "/api/v1/applications")
        if not applications:
            return {}
        found = told(job.page, f"/api/v1/applications/{applications[0]['id']}/executors") or ()
        places = {str(worker.page): place for place, worker in enumerate(self.workers)}
        of: dict[int, dict[str, Any]] = {}
        for one in found:
            address = one.get("executorLogs", {}).get("stdout", "").partition("//")[2].partition("/")[0]
            place = places.get(address.rpartition(":")[2])
            if place is not None:
                of[place] = one
        return of
