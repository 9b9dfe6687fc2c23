"""Files of many messages, and many files: read line by line, shared out, and told in their order all the same."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shares import examples

from gbcscheck.device import long_hexfile, shares, workers
from gbcscheck.device.captures import captures_of
from gbcscheck.device.context import Choices, Context, load_context
from gbcscheck.device.files import Argument
from gbcscheck.device.hexfile import messages_of
from gbcscheck.device.judge import JudgeOptions, judge_argument
from gbcscheck.device.long_hexfile import has_a_message_a_line, is_long_log, messages_in, stretches_of
from gbcscheck.device.many import work_through
from gbcscheck.device.shares import judge_share, shares_of
from gbcscheck.device.workers import can_fork
from gbcscheck.errors import GbcscheckError
from gbcscheck.limits import by_limits
from gbcscheck.model.device_files import JudgedFile

needs_fork = pytest.mark.skipif(not can_fork(), reason="processes cannot be forked here")


@pytest.fixture(scope="module")
def judged_against() -> Context:
    return load_context(Choices())


@pytest.fixture(scope="module")
def messages(corpus: Path) -> list[str]:
    """Real messages in hexadecimal, each in one line."""
    return [path.read_text("ascii").strip() for path in sorted((corpus / "rtds").rglob("*.HEX"))[::9]]


@pytest.fixture
def long_file(messages: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with a message a line that counts as long, in shares of a few; some of its lines are blank, and some are
    damaged."""
    for module in (long_hexfile, shares):
        monkeypatch.setattr(module, "SHORT", 8 * 1024)
    monkeypatch.setattr(shares, "MESSAGES", 16)
    lines = [*messages * 2]
    lines[5] = ""
    lines[7] = f"  {lines[7]}\r"
    lines[11] = lines[11][:-1]
    lines[13] = f"{lines[13][:30]}G{lines[13][31:]}"
    lines[17] = lines[17].lower()
    lines[19] = lines[19][:50]
    path = tmp_path / "log.hex"
    path.write_text("\n".join(lines) + "\n", newline="")
    assert path.stat().st_size > long_hexfile.SHORT
    return path


def _found(path: Path) -> list[tuple[object, ...]]:
    """The messages of a file in stretches of five lines."""
    stretches = list(stretches_of(str(path), 5))
    assert sum(stretch.octets for stretch in stretches) == path.stat().st_size
    found = chain.from_iterable(messages_in(str(path), stretch) for stretch in stretches)
    return [(one.octets, one.line) if isinstance(one, tuple) else (str(one),) for one in found]


def _found_in_whole(path: Path) -> list[tuple[object, ...]]:
    text = path.read_bytes().decode("utf-8")
    whole = messages_of(text, where=str(path))
    return [(one.octets, one.line) if isinstance(one, tuple) else (str(one),) for one in whole]


def test_a_long_file_is_read_line_by_line_as_it_is_read_whole(long_file: Path) -> None:
    assert has_a_message_a_line(str(long_file), long_file.stat().st_size)
    assert _found(long_file) == _found_in_whole(long_file)


LINES = ("DD", "DF09", "", " ", "\t", "FF00", "df", "\x0b", "DDé", "DD\x00", "G", "DD\x7f", "0xDD")


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(st.integers(0, 60), st.sampled_from(LINES)), max_size=6), st.booleans())
def test_what_is_read_line_by_line_would_be_read_so_whole(
    messages: list[str], tmp_path: Path, drawn: list[int | str], carriage: bool
) -> None:
    lines = [messages[one % len(messages)] if isinstance(one, int) else one for one in drawn]
    path = tmp_path / "drawn.hex"
    path.write_bytes(("\r\n" if carriage else "\n").join(lines).encode())
    with path.open("rb") as stream:
        if not long_hexfile._has_a_message_a_line(stream):
            return
    assert _found(path) == _found_in_whole(path)


def test_short_files_and_what_is_no_log_are_read_whole(tmp_path: Path, messages: list[str]) -> None:
    path = tmp_path / "one.hex"
    path.write_text(messages[0])
    assert not has_a_message_a_line(str(path), path.stat().st_size)
    path.write_text("DF\n" * 40_000)
    assert not has_a_message_a_line(str(path), path.stat().st_size)
    assert not has_a_message_a_line(str(tmp_path / "missing"), 100_000)


def test_a_file_of_a_message_a_line_may_be_longer_than_what_is_read_whole(tmp_path: Path, messages: list[str]) -> None:
    path = tmp_path / "night.hex"
    path.write_text(f"{messages[0]}\n" * 2000)
    with by_limits({"octets": 100_000}):
        assert has_a_message_a_line(str(path), path.stat().st_size)
        assert len(_found(path)) == 2000
    path.write_text(f"{messages[0]}\n" * 200 + "DF" * 40_000 + "\n")
    assert not has_a_message_a_line(str(path), path.stat().st_size)


LOGGED = (
    "begin of night",
    "",
    "tx {0}",
    '{{"rx": "{0}"}}\r',
    "both {0} {0}0000",
    "cut {0:.60}",
    "é {0}",
    "wrong {0:.70}zz{0}",
)
"""Lines of a log around a message."""


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(LOGGED), st.integers(0, 60)), max_size=8))
def test_a_log_is_read_line_by_line_as_it_is_read_whole(
    messages: list[str], tmp_path: Path, drawn: list[tuple[str, int]]
) -> None:
    lines = [line.format("".join(messages[number % len(messages)].split())) for line, number in drawn]
    path = tmp_path / "drawn.log"
    path.write_text("\n".join(lines), encoding="utf-8", newline="")
    stretches = list(stretches_of(str(path), 3, is_log=True))
    found = [str(one) for stretch in stretches for one in messages_in(str(path), stretch)]
    assert found == [str(one) for one in captures_of(path.read_bytes().decode(), where=str(path))]


def test_a_log_may_be_longer_than_what_is_read_whole(tmp_path: Path, messages: list[str]) -> None:
    path = tmp_path / "night.log"
    line = f"2026-11-28T03:00:00Z meter-1 rx {messages[0]}\n"
    path.write_text("begin\n" + line * (long_hexfile.LONG // len(line) + 2))
    size = path.stat().st_size
    with by_limits({"octets": 100_000}):
        assert is_long_log(str(path), size)
        (share, *_) = shares_of([Argument(str(path))], JudgeOptions(), 1)
        assert share.stretch is not None
        assert share.stretch.is_log
    assert not is_long_log(str(path), long_hexfile.LONG)
    for other in ("<Response>\n", f"{'x' * (long_hexfile.SHORT + 10)}\n", "00000000  df 09 01 00\n", "a\0b\n"):
        path.write_text(other + line * (long_hexfile.LONG // len(line) + 2))
        assert not is_long_log(str(path), path.stat().st_size), other
    path.write_text("no message here\n" * 100_000)
    assert not is_long_log(str(path), path.stat().st_size)


def test_messages_of_a_long_file_are_judged_as_those_of_a_whole_one(long_file: Path, judged_against: Context) -> None:
    arguments = [Argument(str(long_file))]
    assert len(list(shares_of(arguments, JudgeOptions(), 1))) > len(_found(long_file)) // shares.MESSAGES
    for judge_options in (JudgeOptions(), JudgeOptions(explain=True), JudgeOptions("message")):
        found = tuple(
            chain.from_iterable(files for _, files in work_through(arguments, judged_against, judge_options, tuple))
        )
        assert _told(found) == _told(judge_argument(arguments[0], judged_against, judge_options))


def _told(files: Iterable[JudgedFile]) -> list[str]:
    return [f"{one!r} {one.problem}" for one in files]


@needs_fork
@pytest.mark.parametrize("judge_options", [JudgeOptions(), JudgeOptions(explain=True)])
def test_processes_tell_all_in_the_order_of_the_files(
    long_file: Path, corpus: Path, judged_against: Context, judge_options: JudgeOptions
) -> None:
    some = sorted((corpus / "rtds").rglob("*.HEX"))[::20]
    paths = [*some[:10], long_file, *some[10:], long_file.parent / "missing.hex"]
    arguments = [Argument(str(path)) for path in paths]
    alone, shared = (
        list(
            chain.from_iterable(
                made for _, made in work_through(arguments, judged_against, judge_options, tuple, jobs=jobs)
            )
        )
        for jobs in (1, 3)
    )
    assert _told(alone) == _told(shared)
    done = sum(done for done, _ in work_through(arguments, judged_against, judge_options, _count, jobs=3))
    assert done == len(arguments)


def _count(files: Iterable[JudgedFile]) -> int:
    return len(list(files))


@needs_fork
def test_a_process_that_dies_is_told(corpus: Path, judged_against: Context) -> None:
    here = os.getpid()

    def die(files: Iterable[JudgedFile]) -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return _count(files)

    arguments = [Argument(str(path)) for path in sorted((corpus / "rtds").rglob("*.HEX"))[::10]]
    with pytest.raises(GbcscheckError, match="a process that judged files has ended"):
        list(work_through(arguments, judged_against, JudgeOptions(), die, jobs=2))


@needs_fork
def test_what_is_raised_in_a_process_is_raised_here(corpus: Path, judged_against: Context) -> None:
    def fail(files: Iterable[JudgedFile]) -> int:
        if any("ECS" in one.path for one in files):
            raise GbcscheckError("enough")
        return 0

    arguments = [Argument(str(path)) for path in sorted((corpus / "rtds").rglob("*.HEX"))[::10]]
    with pytest.raises(GbcscheckError, match="enough"):
        list(work_through(arguments, judged_against, JudgeOptions(), fail, jobs=2))


@needs_fork
def test_a_fault_in_a_process_says_where_it_is(judged_against: Context) -> None:
    here = os.getpid()

    def fail(files: Iterable[JudgedFile]) -> int:
        return 1 // (os.getpid() == here) + _count(files)

    arguments = [Argument(f"missing{number}") for number in range(50)]
    with pytest.raises(ZeroDivisionError) as raised:
        list(work_through(arguments, judged_against, JudgeOptions(), fail, jobs=2))
    assert "1 // (os.getpid() == here)" in "".join(raised.value.__notes__)


def test_a_system_that_forks_no_more_is_done_without(
    corpus: Path, judged_against: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused() -> int:
        raise BlockingIOError("no more processes")

    monkeypatch.setattr(os, "fork", refused, raising=False)
    arguments = [Argument(str(path)) for path in sorted((corpus / "rtds").rglob("*.HEX"))[::10]]
    alone, shared = (
        [made for _, made in work_through(arguments, judged_against, JudgeOptions(), _count, jobs=jobs)]
        for jobs in (1, 2)
    )
    assert sum(alone) == sum(shared) == len(arguments)


@needs_fork
@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="nothing tells here which files are open")
def test_no_pipe_and_no_process_is_left(corpus: Path, judged_against: Context) -> None:
    before = os.listdir("/proc/self/fd")
    arguments = [Argument(str(path)) for path in sorted((corpus / "rtds").rglob("*.HEX"))[::10]]
    assert len(list(work_through(arguments, judged_against, JudgeOptions(), _count, jobs=4))) > 4
    begun = work_through(arguments, judged_against, JudgeOptions(), _count, jobs=4)
    for _ in range(12):
        next(begun)
    begun.close()  # type: ignore[attr-defined]
    assert os.listdir("/proc/self/fd") == before
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_a_file_that_changes_while_it_is_read_is_told(long_file: Path, judged_against: Context) -> None:
    shares = list(shares_of([Argument(str(long_file))], JudgeOptions(), 1))
    long_file.write_text("DD")
    (told,) = judge_share(shares[-2], [Argument(str(long_file))], judged_against, JudgeOptions())
    assert "it has become shorter while it was read" in str(told.problem)
    long_file.unlink()
    (told,) = judge_share(shares[-2], [Argument(str(long_file))], judged_against, JudgeOptions())
    assert told.reason


@needs_fork
def test_a_run_in_another_thread_waits_for_the_processes_of_the_first(corpus: Path, judged_against: Context) -> None:
    """Each finds what it was given: a fork has the memory of both."""
    paths = sorted((corpus / "rtds").rglob("*.HEX"))[::10]
    arguments = [Argument(str(path)) for path in paths]
    other = load_context(Choices(gbcs="3.1"))

    def judged_as(files: Iterable[JudgedFile]) -> list[str]:
        return [one.judged_as for one in files]

    def all_of(context: Context, jobs: int) -> list[str]:
        done = work_through(arguments, context, JudgeOptions(), judged_as, jobs=jobs)
        return list(chain.from_iterable(found for _, found in done))

    alone = all_of(judged_against, 1), all_of(other, 1)
    assert alone[0] != alone[1]
    first = work_through(arguments, judged_against, JudgeOptions(), judged_as, jobs=2)
    found: list[str] = []
    while not workers._ONE_RUN.locked():
        found.extend(next(first)[1])
    second: list[str] = []
    thread = Thread(target=lambda: second.extend(all_of(other, 2)))
    thread.start()
    thread.join(timeout=0.3)
    assert thread.is_alive()
    found.extend(chain.from_iterable(one for _, one in first))
    thread.join(timeout=120)
    assert (found, second) == alone


KILLED = """
import os, signal, sys, time
from pathlib import Path
from gbcscheck.device.context import Choices, load_context
from gbcscheck.device.files import Argument
from gbcscheck.device.judge import JudgeOptions
from gbcscheck.device.many import work_through

here = os.getpid()

def work(files):
    if os.getpid() != here:
        Path(sys.argv[1], str(os.getpid())).touch()
        time.sleep(600)

def killed(done):
    while len(os.listdir(sys.argv[1])) < 2:
        time.sleep(0.05)
    os.kill(here, signal.SIGKILL)

import threading
threading.Thread(target=killed, args=(0,), daemon=True).start()
arguments = [Argument(f"missing{number}") for number in range(50)]
list(work_through(arguments, load_context(Choices()), JudgeOptions(), work, jobs=3))
"""


@pytest.mark.skipif(not Path("/proc/self/stat").is_file(), reason="nothing tells here which processes there are")
def test_processes_end_with_the_one_that_started_them(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False, timeout=120)
    assert done.returncode == -signal.SIGKILL
    started = os.listdir(tmp_path)
    assert len(started) == 2
    until = time.monotonic() + 60
    while any(map(_runs, started)):
        assert time.monotonic() < until, "a process is left"
        time.sleep(0.1)


def _runs(process: str) -> bool:
    """Whether a process is there, and more than a name that nobody has asked after."""
    try:
        stat = Path("/proc", process, "stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"
