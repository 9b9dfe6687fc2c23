"""The command in the process of the tests: what ``python -m gbcscheck`` says, without a start of Python for each.

A process of its own is kept where it matters: signals, terminals, encodings, installs, several processes (``-j``).
"""

from __future__ import annotations

import contextvars
import gc
import io
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from gbcscheck.cli import run

STARTS_ALONE = frozenset({"PYTHONIOENCODING", "PYTHONHASHSEED", "LC_ALL", "LANG"})
"""Variables that Python reads as it starts."""


def command(
    *arguments: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None, stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    """What the command writes in some folder and environment (by default those of the tests), decoded as UTF-8, and
    its exit code; no stream is a terminal."""
    done = octets_of(*arguments, cwd=cwd, env=env, stdin=stdin)
    out, err = (io.TextIOWrapper(io.BytesIO(text), encoding="utf-8").read() for text in (done.stdout, done.stderr))
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


def octets_of(
    *arguments: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None, stdin: str = ""
) -> subprocess.CompletedProcess[bytes]:
    """As ``command``, in octets."""
    given = [str(argument) for argument in arguments]
    if needs_a_process(given, env or {}):
        return in_a_process(given, cwd, env, stdin)
    streams = {name: io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for name in ("stdin", "stdout", "stderr")}
    streams["stdin"].buffer.write(stdin.encode())
    streams["stdin"].buffer.seek(0)
    with surroundings(cwd, env), replaced_streams(streams):
        code = contextvars.copy_context().run(run, given)
    return subprocess.CompletedProcess(given, code, written(streams["stdout"]), written(streams["stderr"]))


def needs_a_process(arguments: list[str], env: Mapping[str, str]) -> bool:
    """Whether what is asked for cannot be had in this process."""
    starts = any(one.startswith(("-j", "--jobs", "/dev/")) for one in arguments)
    return starts or not STARTS_ALONE.isdisjoint(name for name in env if env[name] != os.environ.get(name))


def in_a_process(
    arguments: list[str], cwd: Path | None, env: Mapping[str, str] | None, stdin: str
) -> subprocess.CompletedProcess[bytes]:
    """The same by a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "gbcscheck", *arguments],
        cwd=cwd,
        env=env,
        input=stdin.encode(),
        capture_output=True,
        timeout=300,
        check=False,
    )


@contextmanager
def surroundings(cwd: Path | None, env: Mapping[str, str] | None) -> Iterator[None]:
    """Another folder and another environment, as long as a command runs, which leaves garbage where it is."""
    folder, before = Path.cwd(), dict(os.environ)
    collects = gc.isenabled()
    try:
        gc.disable()
        if cwd is not None:
            os.chdir(cwd)
        if env is not None:
            put(env)
        yield
    finally:
        os.chdir(folder)
        put(before)
        if collects:
            gc.enable()


def put(env: Mapping[str, str]) -> None:
    """Make the environment of this process that of ``env``."""
    for name in os.environ.keys() - env.keys():
        del os.environ[name]
    for name, value in env.items():
        if os.environ.get(name) != value:
            os.environ[name] = value


@contextmanager
def replaced_streams(streams: Mapping[str, io.TextIOWrapper]) -> Iterator[None]:
    """Standard input, output and error for the length of a command."""
    before = {name: getattr(sys, name) for name in streams}
    try:
        for name, stream in streams.items():
            setattr(sys, name, stream)
        yield
    finally:
        for name, stream in before.items():
            setattr(sys, name, stream)


def written(stream: io.TextIOWrapper) -> bytes:
    """All that was written to a stream."""
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue()
