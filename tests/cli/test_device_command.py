"""``gbcscheck device`` as its users run it: files, exit codes, reports, and bad input."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from cli_files import Run, environment, write_json
from test_cli_commands import completed

from gbcscheck.cli import run
from gbcscheck.inputs.json_schema import violations
from gbcscheck.report.json import SCHEMA

COMMAND = "ECS37_6.18.1_SUCCESS_COMMAND_GBCS.HEX"
WEEK, SHORT_WEEK = "0407FE", "0407F8"
"""The days of the week of an entry of the schedule: all seven, and Monday to Friday."""


@pytest.fixture
def good(corpus: Path, tmp_path: Path) -> Path:
    """A command of the corpus, in a folder of its own."""
    path = tmp_path / "captures" / "good.hex"
    path.parent.mkdir()
    path.write_text((corpus / "rtds" / "6.18.1_ECS37" / COMMAND).read_text())
    return path


@pytest.fixture
def bad(good: Path) -> Path:
    """The same command with the days of the week of its first entry changed."""
    path = good.with_name("bad.hex")
    path.write_text(good.read_text().replace(WEEK, SHORT_WEEK, 1))
    return path


def report_of(text: str) -> dict[str, Any]:
    """A JSON report, valid by its schema."""
    document: dict[str, Any] = json.loads(text)
    assert list(violations(document, SCHEMA)) == []
    return document


# --- exit codes ------------------------------------------------------------------------------------------------------


def test_nothing_found_is_0(gbcscheck: Run, good: Path) -> None:
    done = gbcscheck("device", good)
    assert (done.returncode, done.stderr) == (0, "")
    assert "nothing found that a specification forbids" in done.stdout
    assert "1 file, 23 values (GBCS 4.0: 1)" in done.stdout
    assert done.stdout.count("are not verified") == 1


def test_a_finding_is_1_and_never_is_0(gbcscheck: Run, bad: Path) -> None:
    done = gbcscheck("device", bad)
    assert (done.returncode, done.stderr) == (1, "")
    assert gbcscheck("device", bad, "--fail-on", "never").returncode == 0


def test_what_cannot_be_decoded_is_2_and_the_rest_is_judged(gbcscheck: Run, bad: Path) -> None:
    (bad.parent / "empty.hex").touch()
    (bad.parent / "cut.hex").write_text(bad.read_text()[:100])
    done = gbcscheck("device", bad.parent)
    assert done.returncode == 2
    assert "error[D205]" in done.stdout
    told = done.stderr.splitlines()
    assert [line for line in told if "empty.hex: the file is empty" in line]
    assert [line for line in told if "cut.hex: octet 7: " in line]
    assert "2 problems with the input" in done.stdout


def test_a_file_that_is_not_judged_counts_with_strict_only(gbcscheck: Run, good: Path) -> None:
    (good.parent / "README").write_text("Captures of March.\n")
    done = gbcscheck("device", good.parent)
    assert done.returncode == 0
    assert "1 file: a text file; a GBCS message" in done.stdout
    assert gbcscheck("device", good.parent, "--strict").returncode == 1
    assert gbcscheck("device", good, "--strict").returncode == 0


def test_what_is_unknown_is_counted_apart_and_counts_with_strict(gbcscheck: Run, tmp_path: Path) -> None:
    """``values`` were those of unknown names too, and what was passed over stood in ``--explain`` alone."""
    one = tmp_path / "one.json"
    write_json(one, {"voltage": {"RMSVoltageSagThreshold": 207, "0-0:17.0.4.255": 253}})
    done = gbcscheck("device", one)
    assert done.returncode == 0
    assert "1 file, 1 value (release current: 1)" in done.stdout
    assert "unknown  1 value under names that mean no data item" in done.stdout
    assert '"voltage": no data item but a group' in " ".join(done.stdout.split())
    assert gbcscheck("device", one, "--strict").returncode == 1
    report = report_of(gbcscheck("device", one, "--format", "json").stdout)
    (file,) = report["files"]
    assert (file["values"], file["unknown"], len(file["remarks"])) == (1, 1, 1)
    assert (report["summary"]["values"], report["summary"]["unknown"]) == (1, 1)
    table = tmp_path / "two.csv"
    table.write_text("Parameter,Meter A,Meter B,Where\nRMSVoltageSagThreshold,207,208,hall\nFirmware,1,2,\n")
    done = gbcscheck("device", table)
    told = " ".join(done.stdout.split())
    assert (done.returncode, "2 values" in told) == (0, True)
    assert '"Where": a column that is not read' in told
    assert '"Firmware": a row that names no data item' in told


def test_what_ok_rests_on(gbcscheck: Run, good: Path, tmp_path: Path) -> None:
    one = tmp_path / "one.yaml"
    one.write_text("RandomisedOffsetLimit: 1799\nRMSVoltageSagThreshold: 207 V\n")
    told = " ".join(gbcscheck("device", "--explain", one).stdout.split())
    assert "1799 s within 0..1799 s (DUIS 7.12, GBCS ECS38)" in told
    assert "207 V fits its type only: 0..4294967295 V (GBCS ECS29b," in told
    told = " ".join(gbcscheck("device", "--explain", good).stdout.split())
    assert "as its row has it (GBCS ECS37)" in told
    assert "fixed to 0b1111111 (GBCS ECS37)" in told
    assert "fits its type only: long-unsigned (GBCS ECS37)" in told


def test_a_run_in_which_nothing_is_judged_is_2(gbcscheck: Run, corpus: Path) -> None:
    done = gbcscheck("device", corpus / "rtds" / "6.2.3_ECS26d" / "ECS26d_6.2.3_SUCCESS_RESPONSE_GBCS.HEX")
    assert done.returncode == 2
    assert "no file could be judged" in done.stderr
    assert "no table at hand has the use case ECS26d" in done.stderr


def test_one_process_where_none_can_be_forked_is_told(
    gbcscheck: Run, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = gbcscheck("device", good, "-q", "-j", "2")
    assert "fork" not in usual.stderr
    monkeypatch.setattr("gbcscheck.device.workers.can_fork", lambda: False)
    done = gbcscheck("device", good, "-qj2")  # written so, it runs in this process
    assert (done.returncode, done.stdout) == (usual.returncode, usual.stdout)
    assert "note: this system cannot fork a process, so one judges all files" in done.stderr
    assert "fork" not in gbcscheck("device", good).stderr


# --- the text --------------------------------------------------------------------------------------------------------


def test_a_finding_shows_the_octets_and_both_sides(gbcscheck: Run, bad: Path) -> None:
    lines = gbcscheck("device", "bad.hex", cwd=bad.parent).stdout.splitlines()
    (row,) = [number for number, line in enumerate(lines) if "07 F8" in line]
    carets = lines[row + 1]
    start = carets.index("^")
    assert lines[row][start : start + 8] == "04 07 F8"
    assert carets[start:].startswith("^^^^^^^^ Monday to Friday")
    assert lines[row].split()[0] == "87"
    assert lines[row - 1].strip() == "bad.hex · octets 95 to 97 · device"
    text = "\n".join(lines)
    assert "GBCS 4.0 ECS37, row 730 · published" in text
    assert "||0b11111110" in text


def test_one_line_a_finding(gbcscheck: Run, bad: Path) -> None:
    done = gbcscheck("device", "bad.hex", "-q", cwd=bad.parent)
    (line,) = done.stdout.splitlines()
    assert line.startswith("bad.hex · octets 95 to 97: error[D205] ECS37/")


def test_a_tree_of_everything(gbcscheck: Run, bad: Path) -> None:
    done = gbcscheck("device", "bad.hex", "--explain", cwd=bad.parent)
    assert done.returncode == 1
    lines = [line.split() for line in done.stdout.splitlines()]
    assert ["WRONG", "95", "exec_weekdays", "Monday", "to", "Friday", "04", "07", "F8"] in lines
    assert ["ok", "86", "switch_time", "17:00:00", "09", "04", "11", "00", "00", "00"] in lines
    assert ["35", "recipient", "00-DB-12-34-56-78-90-A0", "00", "DB", "12", "34", "56", "78", "90", "A0"] in lines
    assert "^ error[D205]" in done.stdout
    assert "23 values: 22 ok, 1 WRONG" in done.stdout


@pytest.mark.parametrize("width", [60, 80, 100, 120])
def test_the_tree_fits_its_width(gbcscheck: Run, corpus: Path, width: int) -> None:
    folders = [corpus / "rtds" / "6.18.1_ECS37", corpus / "rtds" / "6.6_GCS23"]
    request = corpus / "duis-requests" / "ECS37_6.18.1_SUCCESS_REQUEST_DUIS.XML"
    done = gbcscheck("device", *folders, request, "--explain", env={"COLUMNS": str(width)})
    assert done.returncode == 0
    long = [line for line in done.stdout.splitlines() if len(line) > width]
    assert [line for line in long if "/" not in line and " at " not in line] == []


# --- JSON ------------------------------------------------------------------------------------------------------------


def test_the_json_report_has_the_files(gbcscheck: Run, bad: Path) -> None:
    (bad.parent / "notes.txt").write_text("Captures of March.\n")
    document = report_of(gbcscheck("device", bad.parent, "--format", "json").stdout)
    assert [(Path(file["path"]).name, file["judged"], file["values"]) for file in document["files"]] == [
        ("bad.hex", True, 23),
        ("good.hex", True, 23),
        ("notes.txt", False, 0),
    ]
    first = document["files"][0]
    assert {key: first[key] for key in ("format", "reason", "use_case", "service_reference", "release")} == {
        "format": "message",
        "reason": "",
        "use_case": "ECS37",
        "service_reference": "6.18",
        "release": "GBCS 4.0",
    }
    assert document["specifications"] == [{"name": "GBCS", "version": "4.0", "parts": []}]
    assert document["summary"]["values"] == 46
    assert (document["summary"]["judged"], document["summary"]["not_judged"]) == (2, 1)
    (finding,) = document["findings"]
    own = finding["statements"][0]
    assert own["specification"] == "device"
    assert own["value"] == "04 07 F8"
    assert own["source"] == {"path": str(bad), "offset": 95, "length": 3}


def test_what_of_tables_is_not_looked_at_is_named(gbcscheck: Run, tmp_path: Path) -> None:
    for number in range(4):
        text = "Data item,Value,Owner,Since\nRMSVoltageSagThreshold,207 V,me,May\n"
        (tmp_path / f"{number}.csv").write_text(text, encoding="utf-8")
    text = gbcscheck("device", tmp_path).stdout
    assert text.count("left out") == 5
    assert f'{tmp_path / "0.csv"}, 0!C1, "Owner": a column that is not read' in " ".join(text.split())
    assert "and 3 more places, all in the JSON report" in text
    document = report_of(gbcscheck("device", tmp_path, "--format", "json").stdout)
    assert [len(file["not_read"]) for file in document["files"]] == [2, 2, 2, 2]


def test_findings_are_never_merged_across_files(gbcscheck: Run, bad: Path) -> None:
    bad.with_name("again.hex").write_text(bad.read_text())
    document = report_of(gbcscheck("device", bad.parent, "--format", "json").stdout)
    paths = [Path(finding["statements"][0]["source"]["path"]).name for finding in document["findings"]]
    assert paths == ["again.hex", "bad.hex"]
    assert len({finding["fingerprint"] for finding in document["findings"]}) == 1


def test_the_number_of_processes_and_the_hash_seed_change_nothing(gbcscheck: Run, corpus: Path) -> None:
    runs = [
        gbcscheck("device", corpus / "rtds" / "6.18.1_ECS37", corpus / "rtds" / "6.6_GCS23", *more, env=env)
        for more, env in (
            (("--format", "json"), {"PYTHONHASHSEED": "1"}),
            (("--format", "json", "-j", "2"), {"PYTHONHASHSEED": "2"}),
            (("--format", "json", "-j", "0"), {"PYTHONHASHSEED": "3"}),
        )
    ]
    assert runs[0].stdout == runs[1].stdout == runs[2].stdout
    assert {run.returncode for run in runs} == {0}


# --- what is given ---------------------------------------------------------------------------------------------------


def test_standard_input_is_read(bad: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gbcscheck", "device", "-", "-q"],
        input=bad.read_bytes(),
        env=environment(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout.startswith("- · octets 95 to 97: error[D205]".encode())
    done = subprocess.run(
        [sys.executable, "-m", "gbcscheck", "device", "-"],
        stdin=subprocess.DEVNULL,
        env=environment(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert b"there is nothing on standard input" in done.stderr


def test_a_configuration_and_a_template(gbcscheck: Run, tmp_path: Path) -> None:
    done = gbcscheck("device", "--template", "RandomisedOffsetLimit")
    assert done.returncode == 0
    document = json.loads(done.stdout)
    assert "RandomisedOffsetLimit" in json.dumps(document)
    path = write_json(tmp_path / "meter.json", {"RandomisedOffsetLimit": 70000})
    done = gbcscheck("device", path)
    assert done.returncode == 1
    assert "70000" in done.stdout
    assert gbcscheck("device", "--template", "NoSuchItemAnywhere").returncode == 2


def test_a_pair(gbcscheck: Run, corpus: Path, bad: Path) -> None:
    request = corpus / "duis-requests" / "ECS37_6.18.1_SUCCESS_REQUEST_DUIS.XML"
    command = corpus / "rtds" / "6.18.1_ECS37" / COMMAND
    done = gbcscheck("device", request, command, "--pair")
    assert done.returncode == 0, done.stdout
    assert "2 files, 1 pair" in done.stdout
    other = bad.with_name("other.hex")
    other.write_text(command.read_text().replace("090411000000", "090412000000"))
    done = gbcscheck("device", request, other, "--pair")
    assert done.returncode == 1
    assert "error[D701]" in done.stdout
    done = gbcscheck("device", bad.parent, "--pair")
    assert done.returncode == 2
    assert "no request has a command of the same name" in done.stderr


def test_bare_octets(gbcscheck: Run, tmp_path: Path) -> None:
    path = tmp_path / "value.hex"
    path.write_text("09 05 FF FF FF FF FF")
    done = gbcscheck("device", path)
    assert done.returncode == 2
    assert "--object and --attribute" in done.stderr
    for name in ("0-0:12.0.0.255", "0.0.12.0.0.255", "10/0.0.12.0.0.255"):
        done = gbcscheck("device", path, "--object", name, "--attribute", "2")
        assert done.returncode == 1
        assert "octet-string where an array is expected" in done.stdout


@pytest.mark.parametrize("version", ["9.9", "3.0", "unstated"])
def test_the_user_s_own_table_is_used(gbcscheck: Run, bad: Path, tmp_path: Path, specs: Path, version: str) -> None:
    extract = json.loads((specs / "gbcs" / "4.0" / "use-cases.json").read_text(encoding="utf-8"))
    extract["version"] = version
    subject = "ECS37/MaximumDemandConfigurableTimePeriod.entries[*].exec_weekdays"
    for statement in extract["statements"]:
        if statement["subject"] == subject and statement["attribute"] == "constant":
            statement["domain"], statement["text"] = "0b1111100", "||0b11111000"
    own = tmp_path / "own"
    own.mkdir()
    write_json(own / "use-cases.json", extract)
    document = report_of(gbcscheck("device", bad, "--specs", own, "--format", "json").stdout)
    assert document["files"][0]["release"] == f"GBCS {version}"
    (finding,) = document["findings"]
    assert finding["statements"][1]["value"] == "0b1111100"


# --- bad arguments ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "a file or a folder was expected"),
        ([""], "an argument is empty"),
        (["x", "--gbcs", "1.0"], "there is no use case table of GBCS 1.0; there are: 4.0, 3.1"),
        (["x", "--release", "none"], 'no release is called "none"'),
        (["x", "--object", "12"], "no logical name; one like 0-0:12.0.0.255 was expected"),
        (["x", "--object", "x/0-0:12.0.0.255"], '"x" in --object is no class'),
        (["x", "--attribute", "2"], "belong to an --object"),
        (["x", "--use-case", "ECS999"], 'no use case is called "ECS999"'),
        (["x", "--use-case", "ECS37", "--object", "0-0:12.0.0.255"], "exclude each other"),
        (["x", "--object", "0-0:12.0.0.255", "--attribute", "1", "--method", "1"], "exclude each other"),
        (["x", "--as", "axdr"], "--as axdr needs --object"),
        (["x", "--as", "letter"], "'letter' is not one of"),
        (["x", "--pair", "--explain"], "--pair goes with neither"),
        (["--template"], "--template needs the names of data items"),
        (["x", "--variant", "triple"], "'triple' is not one of"),
        (["x", "-j", "-1"], "-1 is not in the range"),
        (["missing"], "missing: no such file or folder"),
    ],
)
def test_bad_arguments(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    told: str,
) -> None:
    (tmp_path / "x").write_text("{}")
    monkeypatch.chdir(tmp_path)
    assert run(["device", *arguments]) == 2
    stderr = capsys.readouterr().err
    assert told in stderr
    assert "Traceback" not in stderr


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "the file is empty"),
        (b"\x7fELF\x00\x01\x02", "a binary file"),
        (b"caf\xe9 au lait", "a text file"),
        (b"DD00", "octet 2: six octets 0x00"),
        (b"DD 00 00\n00 0G", 'x:2:5: "G" is no hexadecimal digit'),
        ("DD0".encode("utf-16"), "3 hexadecimal digits"),
        (b"{", "not valid JSON"),
        (b"<Request", "not well-formed XML"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "c">]><Request>&b;</Request>', "entity"),
        (b"PK\x03\x04", "a truncated or damaged zip archive"),
    ],
)
def test_bad_input(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    content: bytes,
    told: str,
) -> None:
    (tmp_path / "x").write_bytes(content)
    monkeypatch.chdir(tmp_path)
    assert run(["device", "x"]) == 2
    stderr = capsys.readouterr().err
    assert told in stderr
    assert "Traceback" not in stderr


def test_a_file_too_large_is_refused(gbcscheck: Run, tmp_path: Path) -> None:
    with (tmp_path / "x").open("wb") as stream:
        stream.truncate(300 * 1024 * 1024)
    done = gbcscheck("device", "x", cwd=tmp_path)
    assert done.returncode == 2
    assert "314,572,800 octets in a file; at most 32,000,000 are read (--limits octets=315M raises that)" in done.stderr


def test_a_file_without_permission_is_told(
    good: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened = open

    def refuse(path: Any, *mode: Any, **options: Any) -> Any:
        if path == str(good):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return opened(path, *mode, **options)

    monkeypatch.setattr("builtins.open", refuse)
    assert run(["device", str(good.parent)]) == 2
    assert "cannot be read (Permission denied)" in capsys.readouterr().err


# --- output ----------------------------------------------------------------------------------------------------------


def test_an_input_is_never_written(gbcscheck: Run, bad: Path, specs: Path) -> None:
    before = bad.read_bytes()
    done = gbcscheck("device", bad.parent, "-o", bad)
    assert done.returncode == 2
    assert "sources are never written" in done.stderr
    assert bad.read_bytes() == before
    out = bad.parent.parent / "out.json"
    assert gbcscheck("device", bad.parent, "--format", "json", "-o", out).returncode == 1
    report_of(out.read_text(encoding="utf-8"))


def interrupted(arguments: list[str], after: float) -> tuple[int, str, str]:
    """Exit code and outputs of a run that meets an interrupt from the keyboard after some seconds. Its standard input
    never ends, so that a run which reads it is still there."""
    process = subprocess.Popen(
        [sys.executable, "-m", "gbcscheck", "device", *arguments],
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    time.sleep(after)
    os.killpg(process.pid, signal.SIGINT)
    process.wait(timeout=60)
    stdout, stderr = process.communicate()
    return process.returncode, stdout.decode(), stderr.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
@pytest.mark.parametrize(("jobs", "to_file"), [("1", False), ("2", True)])
def test_an_interrupt_ends_with_what_was_done(tmp_path: Path, corpus: Path, jobs: str, to_file: bool) -> None:
    first = tmp_path / "a.hex"
    first.write_text((corpus / "rtds" / "6.18.1_ECS37" / COMMAND).read_text())
    older = tmp_path / "out.txt"
    older.write_text("older")
    arguments = [str(first), "-", "-j", jobs, *(("-o", str(older)) if to_file else ())]
    for after in (1.5, 4, 12):  # on a busy machine the first file may not be judged yet
        code, stdout, stderr = interrupted(arguments, after)
        told = stderr if to_file else stdout
        if "interrupted after 1 of 2 files" in told:
            break
    assert "interrupted after 1 of 2 files" in told
    assert code == 130
    assert "Traceback" not in stderr
    assert stderr.splitlines()[-1] == "interrupted"
    assert older.read_text() == "older"
    if not to_file:
        assert "1 file, 23 values" in stdout


# --- other commands --------------------------------------------------------------------------------------------------


def test_the_rules_of_the_device_check_are_listed_and_explained(gbcscheck: Run) -> None:
    document = json.loads(gbcscheck("rules", "--format", "json").stdout)
    codes = [rule["code"] for rule in document]
    assert {"V101", "D101", "D205", "D401"} <= set(codes)
    assert len(codes) == len(set(codes))
    of_device = json.loads(gbcscheck("rules", "device", "--format", "json").stdout)
    assert {rule["code"][0] for rule in of_device} == {"D"}
    of_check = json.loads(gbcscheck("rules", "check", "--format", "json").stdout)
    assert document == [*of_check, *of_device]
    done = gbcscheck("explain", "d205")
    assert done.returncode == 0
    assert done.stdout.startswith("# D205 ")


def test_the_help_has_examples(gbcscheck: Run) -> None:
    done = gbcscheck("device", "--help")
    assert done.returncode == 0
    assert "gbcscheck device captures -j 4" in done.stdout


def test_a_name_that_two_rules_have_explains_both(gbcscheck: Run) -> None:
    document = json.loads(gbcscheck("rules", "--format", "json").stdout)
    names = [rule["name"] for rule in document]
    for name in {name for name in names if names.count(name) > 1}:
        headings = [line for line in gbcscheck("explain", name).stdout.splitlines() if line.startswith("# ")]
        assert headings == [f"# {rule['code']} {name}" for rule in document if rule["name"] == name]


def test_what_a_shell_completes() -> None:
    versions = [item.partition(",")[2] for item in completed("gbcscheck device --gbcs ")]
    assert versions == ["3.1", "4.0"]
    use_cases = [item.partition(",")[2] for item in completed("gbcscheck device --use-case ecs3")]
    assert "ECS37" in use_cases
    assert all(name.startswith("ECS3") for name in use_cases)
    assert "D205" in [item.partition(",")[2] for item in completed("gbcscheck explain D2")]
