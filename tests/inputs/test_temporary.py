"""Temporary files are gone after a run however it ends, and a later run removes what a killed one left, and no more."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gbcscheck.cli.streams import staged
from gbcscheck.inputs import temporary
from gbcscheck.inputs.cache import Cache
from gbcscheck.inputs.temporary import FOLDER, private_file, private_folder, release, remove_left

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and locks of POSIX")

SLOW = """
import sys, time
from pathlib import Path
import gbcscheck.comparison.git_sides as git_sides

def slow(what, paths, *rest, **more):
    print(Path(list(paths)[0]).parent, flush=True)
    time.sleep(120)

git_sides.side_of = slow
sys.argv = ["gbcscheck", "compare", "--no-cache", "HEAD:", "WORKTREE"]
from gbcscheck.__main__ import main
main()
"""
"""A comparison that stays in the middle of its work, with a revision laid out; the first line says where."""
STAGED = """
import sys, time
from pathlib import Path
from gbcscheck.cli.streams import staged
from gbcscheck.signals import remove_temporary_files_at_the_end
remove_temporary_files_at_the_end()
with staged([(b"half", Path(sys.argv[1]))]):
    print("ready", flush=True)
    time.sleep(120)
"""


@pytest.fixture
def tmp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of temporary files of this test and of the processes that it starts."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr("tempfile.tempdir", None)
    return folder


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    (folder / "a.json").write_text(
        '{"specification":"G","version":"1","provenance":"synthetic","statements":'
        '[{"subject":"X","attribute":"default","domain":"1"}]}'
    )
    own = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    for arguments in (["init", "-q", "."], ["add", "-A"], [*own, "commit", "-qm", "one"]):
        subprocess.run(["git", *arguments], cwd=folder, check=True)
    return folder


def _with_plain_signals() -> None:
    """As from a shell: whatever the process of the tests lets wait or ignores."""
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def started(program: str, *arguments: str, cwd: Path) -> tuple[subprocess.Popen[str], str]:
    """A process, and its first line."""
    process = subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_with_plain_signals,
    )
    assert process.stdout is not None
    return process, process.stdout.readline().strip()


def ended(process: subprocess.Popen[str], number: int) -> int:
    process.send_signal(number)
    _, told = process.communicate(timeout=30)
    assert "Traceback" not in told
    return process.returncode


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGTERM, -signal.SIGTERM), (signal.SIGHUP, -signal.SIGHUP), (signal.SIGINT, 130)],
)
def test_a_comparison_that_is_ended_leaves_nothing(tmp: Path, repository: Path, number: int, code: int) -> None:
    process, where = started(SLOW, cwd=repository)
    assert Path(where).parent == tmp
    assert (Path(where) / "a.json").is_file()
    assert Path(where).stat().st_mode & 0o777 == 0o700
    assert ended(process, number) == code
    assert list(tmp.iterdir()) == []


def test_what_a_killed_comparison_left_goes_with_the_next_and_what_is_in_use_stays(tmp: Path, repository: Path) -> None:
    killed, left = started(SLOW, cwd=repository)
    ended(killed, signal.SIGKILL)
    assert [str(path) for path in tmp.iterdir()] == [left]
    running, used = started(SLOW, cwd=repository)
    assert [str(path) for path in tmp.iterdir()] == [used]
    with private_folder() as own:
        assert {str(path) for path in tmp.iterdir()} == {used, str(own)}
    ended(running, signal.SIGTERM)
    assert list(tmp.iterdir()) == []


def test_an_ignored_signal_stays_ignored(tmp: Path, repository: Path) -> None:
    """As under ``nohup``."""
    process, _ = started(f"import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n{SLOW}", cwd=repository)
    process.send_signal(signal.SIGHUP)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(0.5)
    assert ended(process, signal.SIGTERM) == -signal.SIGTERM


def test_an_output_that_was_being_written_leaves_nothing_either(tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    process, _ = started(STAGED, str(target), cwd=tmp_path)
    assert len(list(tmp_path.iterdir())) == 1
    ended(process, signal.SIGTERM)
    assert list(tmp_path.iterdir()) == []
    process, _ = started(STAGED, str(target), cwd=tmp_path)
    ended(process, signal.SIGKILL)
    assert len(list(tmp_path.iterdir())) == 1
    (tmp_path / ".other.json.gbcscheck-x").write_text("the rest of another output")
    with staged([(b"whole", target)]) as commit:
        commit()
    assert {path.name for path in tmp_path.iterdir()} == {"report.json", ".other.json.gbcscheck-x"}


def test_the_cache_is_tidied_of_what_was_left(tmp_path: Path) -> None:
    (tmp_path / ".key.gbcscheck-abc").write_text("half")
    cache = Cache(tmp_path)
    cache.put("key", 1)
    cache.tidy()
    assert [path.name for path in tmp_path.iterdir()] == ["key.json"]


# --- what is never removed -------------------------------------------------------------------------------------------


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "kept.txt").write_text("kept")
    yield folder
    assert (folder / "kept.txt").read_text() == "kept"


def test_links_are_neither_followed_nor_removed(tmp: Path, outside: Path) -> None:
    (tmp / f"{FOLDER}link").symlink_to(outside)
    left = tmp / f"{FOLDER}left"
    left.mkdir()
    (left / "link").symlink_to(outside)
    (left / "file").symlink_to(outside / "kept.txt")
    remove_left(tmp, FOLDER)
    assert [path.name for path in tmp.iterdir()] == [f"{FOLDER}link"]


def test_only_what_bears_the_name(tmp: Path) -> None:
    for name in ("gbcscheck-0123abcd", "gbcscheck", "other", f"{FOLDER}x"):
        (tmp / name).mkdir()
    os.mkfifo(tmp / f"{FOLDER}pipe")
    remove_left(tmp, FOLDER)
    assert {path.name for path in tmp.iterdir()} == {"gbcscheck-0123abcd", "gbcscheck", "other", f"{FOLDER}pipe"}


def test_what_is_of_another_user_stays(tmp: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp / f"{FOLDER}x").mkdir()
    monkeypatch.setattr(os, "getuid", lambda: 4711)
    remove_left(tmp, FOLDER)
    assert (tmp / f"{FOLDER}x").is_dir()


def test_a_folder_that_was_taken_for_left_before_it_was_locked_is_made_again(
    tmp: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    real = temporary.tempfile.mkdtemp

    def robbed(**names: str) -> str:
        made.append(real(**names))
        if len(made) == 1:
            shutil.rmtree(made[0])
        return made[-1]

    monkeypatch.setattr(temporary.tempfile, "mkdtemp", robbed)
    with private_folder() as folder:
        assert [str(folder)] == made[1:]
        assert folder.is_dir()


def test_a_name_as_long_as_a_disk_has_room_beside_itself(tmp_path: Path) -> None:
    path = private_file(tmp_path, "ä" * 120)
    assert os.path.dirname(path) == str(tmp_path)
    os.unlink(path)
    release(path)


def test_a_forked_process_leaves_what_is_its_parents_own(tmp: Path) -> None:
    """The processes that judge files of devices are ended by a signal when all is done."""
    with private_folder() as folder:
        child = os.fork()
        if not child:
            temporary.remove_all()
            os._exit(0)
        os.waitpid(child, 0)
        assert folder.is_dir()
