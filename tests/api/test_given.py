"""What a caller of the library gives by mistake is told, and is nothing else than what was meant."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

import gbcscheck
from gbcscheck.api import judged_files
from gbcscheck.cli import FAILED, run

CAPTURE = Path(__file__).parents[2] / "docs" / "samples" / "captures" / "ECS37-weekdays.hex"


@pytest.mark.parametrize("given", [CAPTURE, 1, None, 1.5, [], {}, object()])
def test_what_is_no_message_is_an_error_of_the_caller(given: Any) -> None:
    judge = gbcscheck.Judge()
    for judged in (judge.message, judge.document, lambda one: judge.pair(one, b""), lambda one: judge.pair(b"", one)):
        with pytest.raises(gbcscheck.UsageError, match="octets or a text were expected"):
            judged(given)


def test_a_path_is_told_where_files_are_judged() -> None:
    with pytest.raises(gbcscheck.UsageError, match=r"Judge\.files"):
        gbcscheck.Judge().message(CAPTURE)  # type: ignore[arg-type]  # the likeliest mistake


@pytest.mark.parametrize("text", ["\ud800", "DF\udc80"])
def test_half_a_character_is_a_problem_and_no_fault(text: str) -> None:
    for result in (gbcscheck.Judge().message(text), gbcscheck.Judge().document(text)):
        assert not result.ok
        assert result.problems


def test_half_a_character_in_a_value_is_told_as_such() -> None:
    (problem,) = gbcscheck.Judge().value("RMSVoltageSagThreshold", "\ud800").problems
    assert problem.problem == "half a character (a lone surrogate) in a text"
    assert gbcscheck.Judge().value("RMSVoltageSagThreshold", "207\u00a0V é").files[0].judged


@pytest.fixture
def gone(tmp_path: Path) -> Iterator[None]:
    """A working folder that is removed."""
    here = Path.cwd()
    folder = tmp_path / "gone"
    folder.mkdir()
    os.chdir(folder)
    try:
        folder.rmdir()
    except OSError:
        os.chdir(here)
        pytest.skip("a working folder cannot be removed here")
    yield
    os.chdir(here)


@pytest.mark.usefixtures("gone")
def test_a_working_folder_that_is_gone_is_told() -> None:
    calls: list[Callable[[], object]] = [
        gbcscheck.load,
        gbcscheck.check,
        lambda: gbcscheck.compare("before-mp131", "after-mp131"),
        lambda: gbcscheck.Judge().files(CAPTURE),
    ]
    for call in calls:
        with pytest.raises(gbcscheck.UsageError, match="the working folder is gone"):
            call()
    assert gbcscheck.Judge().message(CAPTURE.read_text()).findings


@pytest.mark.usefixtures("gone")
@pytest.mark.parametrize("arguments", [["check"], ["device", str(CAPTURE)], ["compare", "a", "b"], ["baseline"]])
def test_the_command_says_that_its_working_folder_is_gone(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == FAILED
    assert capsys.readouterr().err.splitlines() == [
        "error: the working folder is gone: it was removed or renamed, and paths are seen from it"
    ]


def test_no_file_is_not_ok() -> None:
    with pytest.raises(gbcscheck.UsageError, match="nothing to judge"):
        gbcscheck.Judge().files()


@pytest.mark.parametrize("jobs", [-1, "2", 1.5])
def test_jobs_are_a_number_from_0(jobs: Any) -> None:
    with pytest.raises(gbcscheck.UsageError, match="number of processes"):
        gbcscheck.Judge().files(CAPTURE, jobs=jobs)


def test_there_are_no_more_processes_than_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def work(*_: Any, jobs: int) -> list[Any]:
        asked.append(jobs)
        return []

    monkeypatch.setattr(judged_files, "work_through", work)
    monkeypatch.setattr("os.cpu_count", lambda: 3)
    for jobs in (0, 1, 2, 3, 4, 1_000):
        gbcscheck.Judge().files(CAPTURE, jobs=jobs)
    assert asked == [3, 1, 2, 3, 3, 3]


class Words(str, Enum):  # noqa: UP042 - whose members are written by their names
    """Words as programs of their own keep them."""

    TYPE = "ESME"
    RULE = "V101"
    FORM = "json"
    FOLDER = "specs"


def test_a_text_may_be_a_member_of_an_enumeration() -> None:
    judge = gbcscheck.Judge(device_type=Words.TYPE, specs=Words.FOLDER)
    assert (repr(judge), judge.specs) == ("Judge(device_type='ESME')", (Path("specs"),))
    result = gbcscheck.check(select=[Words.RULE])
    assert result.findings == gbcscheck.check(select="V101").findings
    assert result.to(Words.FORM) == result.to("json")


def test_a_single_name_or_path_is_one(tmp_path: Path) -> None:
    assert gbcscheck.check(select="V101").findings == gbcscheck.check(select=["V101"]).findings
    assert gbcscheck.Judge(specs="specs").specs == (Path("specs"),)
    assert gbcscheck.Judge(house_rules=tmp_path).house_rules == (tmp_path,)
    for wrong in (5, [5], None):
        with pytest.raises(gbcscheck.UsageError, match="were expected"):
            gbcscheck.check(select=wrong)  # type: ignore[arg-type]
        with pytest.raises(gbcscheck.UsageError, match="were expected"):
            gbcscheck.Judge(specs=wrong)  # type: ignore[arg-type]
