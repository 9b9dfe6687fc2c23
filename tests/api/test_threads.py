"""Judges in threads: one that several ask, several at once, and processes that are started from threads."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import gbcscheck
from gbcscheck import Judge
from gbcscheck.device.workers import can_fork

SAMPLES = Path(__file__).resolve().parents[2] / "docs" / "samples"
REQUEST = (SAMPLES / "period.xml").read_bytes()
MESSAGES = [path.read_text() for path in sorted((SAMPLES / "captures").glob("*.hex"))]
THREADS = 8


def questions(judge: Judge) -> list[Callable[[], gbcscheck.Result]]:
    """One question of each kind, and of messages each one."""
    return [
        *(lambda text=text: judge.message(text) for text in MESSAGES),
        lambda: judge.document(REQUEST),
        lambda: judge.pair(REQUEST, MESSAGES[0]),
        lambda: judge.value("RMSVoltageSagThreshold", "207 V"),
        lambda: judge.configuration([{"RMSVoltageSagThreshold": 9_000, "Nonsense": 1}] * 3),
        lambda: judge.files(SAMPLES / "captures"),
    ]


def told(result: gbcscheck.Result) -> Any:
    return result.to("json"), result.to("text"), result.findings


def at_once(calls: list[Callable[[], Any]]) -> list[Any]:
    """What each of some calls gives, all begun at the same moment."""
    barrier = threading.Barrier(len(calls))

    def begun(call: Callable[[], Any]) -> Any:
        barrier.wait(timeout=60)
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [one.result(timeout=120) for one in [pool.submit(begun, call) for call in calls]]


def test_one_judge_answers_several_threads_as_it_answers_one() -> None:
    alone = [told(ask()) for ask in questions(Judge())]
    fresh = Judge()
    asked = questions(fresh)
    found = at_once([lambda ask=ask: told(ask()) for ask in [*asked, *asked]])
    assert found == [*alone, *alone]


def test_judges_of_several_releases_do_not_mix() -> None:
    releases = ("before-mp131", "after-mp131")
    alone = {name: told(Judge(release=name).message(MESSAGES[1])) for name in releases}
    calls = [lambda name=name: told(Judge(release=name).message(MESSAGES[1])) for name in releases * (THREADS // 2)]
    assert at_once(calls) == [alone[name] for name in releases] * (THREADS // 2)


def test_checks_in_threads_find_what_one_finds() -> None:
    loaded = gbcscheck.load()
    alone = gbcscheck.check(loaded, select="V").findings
    calls = [lambda: gbcscheck.check(loaded, select="V").findings for _ in range(3)]
    assert at_once([*calls, lambda: gbcscheck.check(select="V").findings]) == [alone] * 4


def test_the_first_use_of_the_library_may_be_in_several_threads() -> None:
    """Every name is loaded when it is first asked for, whoever asks."""
    program = f"""
import threading
import gbcscheck
found, barrier = [], threading.Barrier({THREADS})
def work():
    barrier.wait()
    found.append(gbcscheck.Judge().value("RMSVoltageSagThreshold", "207 V").ok)
threads = [threading.Thread(target=work) for _ in range({THREADS})]
[one.start() for one in threads]
[one.join() for one in threads]
assert found == [True] * {THREADS}, found
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(not can_fork() or (os.cpu_count() or 1) < 2, reason="processes cannot be forked here")
def test_processes_of_two_threads_judge_each_what_it_was_given(tmp_path: Path) -> None:
    for name, text in zip(("one", "two"), MESSAGES[:2], strict=True):
        (tmp_path / name).mkdir()
        for number in range(150):
            (tmp_path / name / f"{number:03}.hex").write_text(text)

    def findings(name: str, release: str, jobs: int) -> Any:
        return Judge(release=release).files(tmp_path / name, jobs=jobs).to("json")

    cases = [("one", "before-mp131"), ("two", "after-mp131")]
    alone = [findings(*case, 1) for case in cases]
    assert at_once([lambda case=case: findings(*case, 2) for case in cases]) == alone
