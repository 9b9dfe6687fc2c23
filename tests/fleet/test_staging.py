"""A run is whole or not at all: it is taken up again where it was ended, and tells of a full disk."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from fleets import OFFSET, at_work, brief, done, write_parquet
from pyarrow import parquet

from gbcscheck.errors import GbcscheckError, UnreadableSource
from gbcscheck.fleet import run as run_module
from gbcscheck.fleet.engines import telling
from gbcscheck.fleet.staging import RUN, Staging, give_name, is_run, staging, write_run
from gbcscheck.fleet.violations import VIOLATIONS


def fleet(folder: Path) -> Path:
    """Two files of different columns, each with a violation."""
    write_parquet(folder / "1.parquet", [brief("a", 5000), brief("b")])
    write_parquet(folder / "2.parquet", [{"device": "c", OFFSET: 5001}])
    return folder


def test_a_run_is_taken_up_again_from_its_finished_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reads, output = fleet(tmp_path / "reads"), tmp_path / "result"
    scanned: list[str] = []
    scan_part = run_module.scan_part

    def ended(scan: Any, part: Any, folder: Path) -> Any:
        scanned.append(Path(part.where).name)
        if len(scanned) == 2:
            raise KeyboardInterrupt
        return scan_part(scan, part, folder)

    monkeypatch.setattr(run_module, "scan_part", ended)
    with pytest.raises(KeyboardInterrupt), at_work(reads, output=output):
        pass
    assert (scanned, output.exists()) == (["1.parquet", "2.parquet"], False)
    assert (tmp_path / ".result.part").is_dir()
    with at_work(reads, output=output) as (_, told, finish):
        assert scanned[2:] == ["2.parquet"]
        assert told.violations == 2
        finish({"paths": ["reads"]})
    assert not (tmp_path / ".result.part").exists()
    assert is_run(output)
    assert [one["device"] for one in parquet.read_table(output / VIOLATIONS).to_pylist()] == ["a", "c"]


@pytest.mark.parametrize("change", ["file", "options", "release"])
def test_a_finished_part_is_made_anew_where_it_no_longer_holds(change: str, tmp_path: Path) -> None:
    stage = Staging(tmp_path, "release and options")
    path = write_parquet(tmp_path / "1.parquet", [brief("a")])
    part = stage.part("part", f"{path} 1 2")
    part.mkdir(parents=True)
    stage.tell_of(part, {"rows": 1})
    assert stage.told_of(part) == {"rows": 1}
    other = Staging(tmp_path, "others") if change != "file" else stage
    assert other.told_of(other.part("part", f"{path} 1 3" if change == "file" else f"{path} 1 2")) is None


def test_a_killed_run_leaves_no_half_output_and_is_taken_up_again(tmp_path: Path) -> None:
    reads, output = fleet(tmp_path / "reads"), tmp_path / "result"
    script = (
        "import os, signal, sys\n"
        "from gbcscheck.fleet import run\n"
        "write = run.write_violations\n"
        "run.write_violations = lambda *given: os.kill(os.getpid(), signal.SIGKILL)\n"
        "from gbcscheck.cli import run as command\n"
        "command(sys.argv[1:])\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, "fleet", str(reads), "-o", str(output), "-j1"], check=False, timeout=120
    )
    assert ended.returncode == -signal.SIGKILL
    assert not output.exists()
    finished = sorted(one.name for one in (tmp_path / ".result.part" / "parts").glob("*.json"))
    assert len(finished) == 2
    with at_work(reads, output=output) as (_, told, finish):
        finish({})
    assert told.violations == 2
    assert sorted(os.listdir(tmp_path)) == ["reads", "result"]


def test_two_runs_are_not_at_one_folder(tmp_path: Path) -> None:
    with (
        staging(tmp_path / "result", "key"),
        pytest.raises(GbcscheckError, match="result: another run is at work on it"),
        staging(tmp_path / "result", "key"),
    ):
        pass


def test_an_earlier_run_is_replaced_and_nothing_else(tmp_path: Path) -> None:
    output = tmp_path / "result"
    for text in ("first", "second"):
        with staging(output, "key") as stage:
            stage.out.mkdir()
            write_run(stage.out, {"text": text})
            give_name(stage, output)
    assert '"text": "second"' in (output / RUN).read_text(encoding="utf-8")
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.docx").write_bytes(b"x")
    with pytest.raises(GbcscheckError, match="something else than a run"), staging(other, "key"):
        pass
    with pytest.raises(GbcscheckError, match="this is no folder"), staging(other / "thesis.docx", "key"):
        pass
    with pytest.raises(GbcscheckError, match="does not exist"), staging(tmp_path / "gone" / "result", "key"):
        pass


def test_a_run_that_was_killed_between_the_two_names_keeps_the_earlier_one(tmp_path: Path) -> None:
    output = tmp_path / "result"
    with staging(output, "key") as stage:
        stage.out.mkdir()
        write_run(stage.out, {})
        give_name(stage, output)
    with staging(output, "key") as stage:
        os.rename(output, stage.folder / "old")
    with staging(output, "key"):
        assert is_run(output)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "the disk is full"),
        (OSError(errno.EDQUOT, "quota"), "the disk is full"),
        (MemoryError(), "the memory is not enough; --memory gives more"),
    ],
)
def test_a_machine_at_its_end_is_told_in_words(error: Exception, told: str) -> None:
    with pytest.raises(GbcscheckError, match=rf"^result: {told}") as caught, telling("result"):
        raise error
    assert not isinstance(caught.value, UnreadableSource)


def test_a_full_disk_is_told_and_the_finished_parts_stay(tmp_path: Path) -> None:
    import resource

    import numpy

    reads, output = tmp_path / "reads", tmp_path / "result"
    random = numpy.random.default_rng(1)
    rows = [brief(f"{random.integers(2**60):x}", offset=int(random.integers(2**31))) for _ in range(30_000)]
    write_parquet(reads / "1.parquet", rows)
    write_parquet(reads / "2.parquet", [{"device": "c", OFFSET: 5001}])

    def small() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    command = [sys.executable, "-m", "gbcscheck", "fleet", str(reads), "-o", str(output), "-j1", "--no-cache"]
    ended = subprocess.run(
        command, check=False, capture_output=True, text=True, timeout=120, preexec_fn=small
    )  # fmt: skip
    assert ended.returncode == 2, ended.stderr
    assert "the disk is full" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not output.exists()


def test_files_that_appear_or_change_while_it_runs_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reads = fleet(tmp_path / "reads")
    judge_values = run_module.judge_values

    def meanwhile(*given: Any) -> Any:
        write_parquet(reads / "3.parquet", [brief("z", 5000)])
        os.utime(reads / "2.parquet", (1, 1))
        return judge_values(*given)

    monkeypatch.setattr(run_module, "judge_values", meanwhile)
    found = done(reads)
    assert {one["device"] for one in found.violations} == {"a", "c"}
    assert found.set_aside() == {"files that appeared while": 1}
    assert [str(one) for one in found.problems] == [f"{reads / '2.parquet'}: the file changed while it was read"]


def test_the_list_of_violations_is_the_same_octets_again(tmp_path: Path) -> None:
    rows = [brief(f"m{number % 97}", 5000 + number % 7, day=1 + number % 9) for number in range(3_000)]
    for number in range(3):
        write_parquet(tmp_path / "reads" / f"{number}.parquet", rows[number * 1_000 : number * 1_000 + 1_000])
    first = done(tmp_path / "reads", jobs=1)
    again = done(*sorted((tmp_path / "reads").iterdir(), reverse=True), jobs=4)
    assert first.octets == again.octets
    assert first.told.findings == again.told.findings
    assert first.told.set_aside == again.told.set_aside
