"""Where the output goes: files, pipes, terminals, and encodings that lack characters."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cli_files import Run, environment, write_json

from gbcscheck.api.read_files import shipped_files, with_read_beside

pytestmark = pytest.mark.usefixtures("small_release")

COMMAND = [sys.executable, "-m", "gbcscheck"]
CHECK = [*COMMAND, "check", "--alone"]
"""A check that looks at nothing but the drafts: where its output goes does not hang on what ships."""


# --- files -----------------------------------------------------------------------------------------------------------


def test_a_report_is_written_to_a_file(gbcscheck: Run, drafts: Path, tmp_path: Path) -> None:
    done = gbcscheck("check", drafts, "-o", tmp_path / "report.txt")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")
    assert (tmp_path / "report.txt").read_text(encoding="utf-8") == gbcscheck("check", drafts).stdout
    assert stat.S_IMODE((tmp_path / "report.txt").stat().st_mode) == 0o666 & ~current_umask()


def current_umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_an_older_report_is_replaced_whole(gbcscheck: Run, drafts: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    report.write_text("older, and " + "longer " * 10_000, encoding="utf-8")
    report.chmod(0o640)
    gbcscheck("check", drafts, "--format", "json", "-o", report)
    assert json.loads(report.read_text(encoding="utf-8"))["summary"]["error"] >= 1
    assert stat.S_IMODE(report.stat().st_mode) == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["drafts", "report.json"]


def test_a_link_is_followed(gbcscheck: Run, drafts: Path, tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("", encoding="utf-8")
    (tmp_path / "link.txt").symlink_to("real.txt")
    gbcscheck("check", drafts, "-o", tmp_path / "link.txt")
    assert (tmp_path / "link.txt").is_symlink()
    assert "error[V101]" in (tmp_path / "real.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("absent/report.txt", "the folder absent does not exist"),
        ("drafts", "this is a folder; the name of a file was expected"),
        ("drafts/table-9.json", "this file was read as a source, and sources are never written"),
    ],
)
def test_a_report_that_cannot_be_written_is_told(gbcscheck: Run, drafts: Path, target: str, message: str) -> None:
    before = (drafts / "table-9.json").read_bytes()
    done = gbcscheck("check", "drafts", "-o", target, cwd=drafts.parent)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"error: {target}: {message}\n"
    assert (drafts / "table-9.json").read_bytes() == before


def test_a_folder_that_may_not_be_written_is_told(gbcscheck: Run, drafts: Path, tmp_path: Path) -> None:
    if os.geteuid() == 0:
        target = Path("/proc/report.txt")
    else:
        (tmp_path / "closed").mkdir(mode=0o500)
        target = tmp_path / "closed" / "report.txt"
    done = gbcscheck("check", drafts, "-o", target)
    assert done.returncode == 2
    assert done.stderr.startswith(f"error: {target}: cannot be written (")


def schemas(folder: Path) -> None:
    """``a.xsd`` includes ``parts/b.inc``, which includes ``c.xsd``."""
    head = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">'
    (folder / "parts").mkdir(parents=True)
    (folder / "a.xsd").write_text(f'{head}<xs:include schemaLocation="parts/b.inc"/></xs:schema>', encoding="utf-8")
    (folder / "parts" / "b.inc").write_text(f'{head}<xs:include schemaLocation="../c.xsd"/></xs:schema>', "utf-8")
    (folder / "c.xsd").write_text(f'{head}<xs:element name="A" type="xs:int"/></xs:schema>', encoding="utf-8")


@pytest.mark.parametrize("command", [("extract", "xsd", "s/a.xsd"), ("check", "s/a.xsd"), ("check", "s")])
@pytest.mark.parametrize("target", ["s/a.xsd", "s/parts/b.inc", "s/c.xsd", "link"])
def test_no_file_of_a_schema_is_written(gbcscheck: Run, tmp_path: Path, command: tuple[str, ...], target: str) -> None:
    schemas(tmp_path / "s")
    (tmp_path / "link").symlink_to(tmp_path / "s" / "c.xsd")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    done = gbcscheck(*command, "-o", target, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"error: {target}: this file was read as a source" in done.stderr
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    "command", [("check", "t.csv"), ("extract", "table", "t.csv", "--mapping", "t.mapping.json")], ids=" ".join
)
def test_no_mapping_is_written(gbcscheck: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "t.csv").write_text("Thing,Start\nInterval,15\n", encoding="utf-8")
    mapping = {
        "specification": "GBCS",
        "version": "9",
        "subject": ["Thing"],
        "columns": {"Start": "default"},
    }
    write_json(tmp_path / "t.mapping.json", mapping)
    before = (tmp_path / "t.mapping.json").read_bytes()
    done = gbcscheck(*command, "-o", "t.mapping.json", cwd=tmp_path)
    assert "error: t.mapping.json: this file was read as a source" in done.stderr
    assert done.returncode == 2
    assert (tmp_path / "t.mapping.json").read_bytes() == before


def test_what_ships_counts_as_read(tmp_path: Path) -> None:
    output = tmp_path / "report.json"
    assert shipped_files(output) == with_read_beside([], output) == []
    output.write_text("{}", encoding="utf-8")
    names = {path.name for path in shipped_files(output)}
    assert {"releases.toml", "manifest.json", "lists.json"} <= names


def test_a_device_is_written_to_directly(gbcscheck: Run, drafts: Path) -> None:
    done = gbcscheck("check", "--alone", drafts, "-o", "/dev/null")
    assert (done.returncode, done.stderr) == (1, "")
    assert Path("/dev/null").is_char_device()


# --- pipes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["-", "/dev/stdout", "/dev/fd/1"])
def test_standard_output_has_names(gbcscheck: Run, drafts: Path, name: str) -> None:
    done = gbcscheck("check", "--alone", "drafts", "-o", name, cwd=drafts.parent)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == gbcscheck("check", "--alone", "drafts", cwd=drafts.parent).stdout
    assert sorted(path.name for path in drafts.parent.iterdir()) == ["drafts"]


def test_a_pipe_without_a_name_is_written(gbcscheck: Run, drafts: Path) -> None:
    done = gbcscheck("check", "--alone", drafts, "-o", "/dev/stderr")
    assert (done.returncode, done.stdout) == (1, "")
    assert "error[V101]" in done.stderr


def test_a_pipe_gets_no_colour_and_no_broken_names(gbcscheck: Run, drafts: Path) -> None:
    assert "\x1b" not in gbcscheck("check", drafts).stdout


def test_a_reader_that_goes_away_is_no_error(drafts: Path) -> None:
    many = {
        "specification": "GBCS",
        "version": "9.0",
        "part": "Table 9",
        "provenance": "synthetic",
        "statements": [
            {"subject": "Interval.value", "attribute": "default", "domain": str(number), "clause": "x" * 500}
            for number in range(200)
        ],
    }
    write_json(drafts / "table-9.json", many)
    with subprocess.Popen(
        [*CHECK, str(drafts), "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    ) as process:
        assert process.stdout is not None
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert process.returncode == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_told(drafts: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*CHECK, str(drafts)], stdout=full, stderr=subprocess.PIPE, env=environment(), check=False
        )
    assert done.returncode == 2
    assert done.stderr.decode() == "error: standard output: cannot be written (No space left on device)\n"


def test_closed_streams_are_no_error(drafts: Path) -> None:
    line = f'"{sys.executable}" -m gbcscheck check --alone "{drafts}" >&- 2>&-'
    assert subprocess.run(["sh", "-c", line], env=environment(), check=False).returncode == 1


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-16"])
def test_any_encoding_will_do(drafts: Path, encoding: str) -> None:
    document = json.loads((drafts / "table-9.json").read_text(encoding="utf-8"))
    document["statements"][0]["text"] = "0x000F – “fifteen” · 漢"
    write_json(drafts / "table-9.json", document)
    env = environment(PYTHONIOENCODING=encoding)
    done = subprocess.run([*CHECK, str(drafts)], capture_output=True, env=env, check=False)
    assert (done.returncode, done.stderr) == (1, b"")
    assert "fifteen" in done.stdout.decode(encoding)
    report = subprocess.run([*CHECK, str(drafts), "--format", "json"], capture_output=True, env=env, check=False)
    texts = [s.get("text") for f in json.loads(report.stdout.decode("utf-8"))["findings"] for s in f["statements"]]
    assert "0x000F – “fifteen” · 漢" in texts


def test_the_c_locale_will_do(drafts: Path) -> None:
    env = environment(LC_ALL="C", LANG="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    done = subprocess.run([*CHECK, str(drafts)], capture_output=True, env=env, check=False)
    assert (done.returncode, done.stderr) == (1, b"")
    assert b"GBCS 9.0 Table 9, row 1 - synthetic" in done.stdout


def test_a_name_that_is_not_unicode_can_be_told(drafts: Path) -> None:
    odd = os.fsencode(drafts) + b"/\xff.json"
    Path(os.fsdecode(odd)).write_bytes(b"{")
    done = subprocess.run([*CHECK, str(drafts)], capture_output=True, env=environment(), check=False)
    assert done.returncode == 2
    assert b"\\udcff.json" in done.stderr


# --- terminals -------------------------------------------------------------------------------------------------------


def at_terminal(*arguments: str, env: dict[str, str] | None = None) -> str:
    """What a command writes to a terminal."""
    changed = environment(**{"TERM": "xterm-256color", **(env or {})})
    pid, terminal = pty.fork()
    if pid == 0:
        os.execve(sys.executable, [*COMMAND, *arguments], changed)
    output = b""
    while True:
        try:
            part = os.read(terminal, 65_536)
        except OSError:
            break
        if not part:
            break
        output += part
    os.waitpid(pid, 0)
    os.close(terminal)
    return output.decode("utf-8").replace("\r\n", "\n")


def without_progress(text: str) -> str:
    """The text that is left on the screen once the line of progress is gone."""
    return re.sub(r"\r\x1b\[K[^\r\n]*?(?=\r)|\r\x1b\[K", "", text)


def test_a_terminal_gets_colour(drafts: Path) -> None:
    shown = at_terminal("check", "--alone", str(drafts), env={"COLUMNS": "100"})
    assert "\x1b[1;31merror[V101] \x1b[0m" in shown


@pytest.mark.parametrize(("arguments", "env"), [((), {"NO_COLOR": "1"}), (("--no-color",), {}), ((), {"TERM": "dumb"})])
def test_colour_can_be_refused(drafts: Path, arguments: tuple[str, ...], env: dict[str, str]) -> None:
    shown = without_progress(at_terminal("check", "--alone", str(drafts), *arguments, env=env))
    assert "error[V101]" in shown
    assert "\x1b" not in shown


def test_an_empty_no_color_refuses_nothing(drafts: Path) -> None:
    assert "\x1b[1;31m" in at_terminal("check", "--alone", str(drafts), env={"NO_COLOR": ""})


@pytest.mark.parametrize("width", [24, 40, 60, 80])
def test_a_narrow_terminal_is_kept_to(drafts: Path, width: int) -> None:
    shown = without_progress(at_terminal("check", str(drafts), env={"COLUMNS": str(width), "NO_COLOR": "1"}))
    assert [line for line in shown.splitlines() if len(line) > width] == []


def test_progress_is_shown_and_taken_away_again(drafts: Path) -> None:
    shown = at_terminal("check", "--alone", str(drafts))
    assert "\r\x1b[Kchecking\r\x1b[K" in shown
    assert "checking" not in without_progress(shown)
    assert "\r" not in at_terminal("check", "--alone", str(drafts), "--quiet")


def test_explain_is_rendered_at_a_terminal_and_plain_in_a_pipe(gbcscheck: Run) -> None:
    plain = gbcscheck("explain", "V101").stdout
    assert plain.startswith("# V101 default-contradicts-constant\n")
    shown = at_terminal("explain", "V101")
    assert "\x1b[" in shown
    assert "# V101" not in shown


# --- interrupts ------------------------------------------------------------------------------------------------------


def test_an_interrupt_ends_with_one_line(drafts: Path, tmp_path: Path) -> None:
    """The command waits at a pipe that nobody reads, and is interrupted there or on the way to it."""
    waiting = tmp_path / "waiting"
    os.mkfifo(waiting)
    with subprocess.Popen(
        [*CHECK, str(drafts), "-o", str(waiting)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    ) as process:
        time.sleep(1.5)
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=30)
    assert (process.returncode, output, errors) == (130, b"", b"interrupted\n")


@pytest.mark.parametrize("module", ["gbcscheck.cli", "click", "gbcscheck.cli.check", "gbcscheck.release.catalogue"])
def test_an_interrupt_while_modules_are_imported_is_one_line(module: str) -> None:
    program = f"""
import sys

class Interrupting:
    def find_spec(self, name, path, target=None):
        if name == {module!r}:
            exec(compile("raise KeyboardInterrupt", "", "exec"))

sys.meta_path.insert(0, Interrupting())
sys.argv = ["gbcscheck", "check"]
from gbcscheck.__main__ import main

main()
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr.strip()) == (130, "", "interrupted")
