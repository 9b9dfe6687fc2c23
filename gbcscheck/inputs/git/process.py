"""The one place that runs git: nothing that a repository's own configuration names is run, fetched or asked for.

Whoever made a repository wrote its ``.git/config`` too, where it came as a folder or an archive. Only commands that
read are called, each with what could start another program turned off, a time limit, and a limit on what it may say.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

from gbcscheck.errors import GbcscheckError, UsageError
from gbcscheck.frozen import frozen

MAX_SECONDS = 120.0
"""A git command that takes longer is ended."""
MAX_OCTETS = 256 * 1024 * 1024
"""More than this is not taken from one git command: a list of a million files is shorter."""

_SETTINGS = {
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.pager": "cat",
    "core.askPass": "",
    "core.sshCommand": "false",
    "credential.helper": "",
    "protocol.allow": "never",
    "gc.auto": "0",
    "maintenance.auto": "false",
    "submodule.recurse": "false",
    "log.showSignature": "false",
    # A folder of a checkout that looks like a repository without a work tree would bring a configuration of its own.
    "safe.bareRepository": "explicit",
}
_ENVIRONMENT = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    # An object is what its name says, and not what refs/replace puts in its place.
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    # What git before 2.39.4 has in the place of the line above: no server can be reached by any protocol.
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_PAGER": "cat",
    "GIT_ASKPASS": "",
    "SSH_ASKPASS": "",
}


@frozen
class Done:
    """What a git command said: its exit code, its output, and the beginning of its messages."""

    returncode: int
    stdout: bytes
    stderr: bytes

    @property
    def reason(self) -> str:
        """The first line of its messages."""
        lines = self.stderr.decode(errors="replace").strip().splitlines()
        return lines[0].removeprefix("fatal: ") if lines else "no reason given"


def run_git(folder: Path, *arguments: str, given: bytes = b"", store: str = "") -> Done:
    """Run a git command that only reads, in a folder, or on the repository whose own folder is ``store``.

    UsageError where there is no git; GbcscheckError where it takes longer than MAX_SECONDS or says more than
    MAX_OCTETS.
    """
    settings = [part for key, value in _SETTINGS.items() for part in ("-c", f"{key}={value}")]
    of_store = [f"--git-dir={store}"] if store else []
    environment = {**os.environ, **_ENVIRONMENT}
    if store:
        for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR"):
            environment.pop(name, None)
    try:
        process = subprocess.Popen(
            [_program(), "--no-pager", *settings, *of_store, *arguments],
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as error:
        raise UsageError(f"git cannot be run ({error.strerror})") from None
    return _followed(process, arguments[0], given)


def _followed(process: subprocess.Popen[bytes], command: str, given: bytes) -> Done:
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    late = threading.Event()

    def end_late() -> None:
        late.set()
        _end(process)

    timer = threading.Timer(MAX_SECONDS, end_late)
    errors: list[bytes] = []
    helpers = [
        threading.Thread(target=_feed, args=(process.stdin, given), daemon=True),
        threading.Thread(target=_keep_beginning, args=(process.stderr, errors), daemon=True),
    ]
    chunks, size = [], 0
    try:
        for helper in (timer, *helpers):
            helper.start()
        while chunk := process.stdout.read(1 << 16):
            size += len(chunk)
            if size > MAX_OCTETS:
                raise GbcscheckError(f"git {command} says more than {MAX_OCTETS:,} octets; the repository is too large")
            chunks.append(chunk)
        process.wait()
    finally:
        timer.cancel()
        _end(process)
        for helper in helpers:
            helper.join()
        process.stdout.close()
    if late.is_set():
        raise GbcscheckError(
            f"git {command} took longer than {MAX_SECONDS:g} seconds and was ended; "
            "run it by hand to see what keeps it, or name fewer files"
        )
    return Done(process.returncode, b"".join(chunks), b"".join(errors))


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a command that still runs, and whatever it started."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if sys.platform == "win32":
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _feed(stream: IO[bytes], given: bytes) -> None:
    with contextlib.suppress(BrokenPipeError, OSError):
        stream.write(given)
    with contextlib.suppress(BrokenPipeError, OSError):
        stream.close()


def _keep_beginning(stream: IO[bytes], beginnings: list[bytes]) -> None:
    """Keep the first of some messages, and let the rest pass."""
    with stream:
        beginnings.append(stream.read(1 << 14))
        while stream.read(1 << 16):
            pass


def _program() -> str:
    """The git that the PATH names; never one in the working folder, where a checkout might have put it."""
    names = ("git.exe",) if sys.platform == "win32" else ("git",)
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        for name in names:
            found = os.path.join(folder, name)
            if os.path.isabs(folder) and os.path.isfile(found) and os.access(found, os.X_OK):
                return found
    raise UsageError("git is not installed; it is needed to read a revision")
