"""What can be pickled: results, and judges by their arguments; what is loaded says that it cannot."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import gbcscheck
from gbcscheck import FORMATS, Judge, Problems, Result, UnreadableSource, UsageError

SAMPLES = Path(__file__).resolve().parents[2] / "docs" / "samples"
MESSAGE = (SAMPLES / "captures" / "ECS37-weekdays.hex").read_text()
RESULTS: dict[str, Callable[[], Result]] = {
    "message": lambda: Judge(device_type="ESME", explain=True).message(MESSAGE),
    "document": lambda: Judge().document((SAMPLES / "period.xml").read_bytes()),
    "configuration": lambda: Judge().configuration({"RMSVoltageSagThreshold": 9_000, "Nonsense": 1}),
    "problem": lambda: Judge().message("DF09", name="cut"),
    "files": lambda: Judge().files(SAMPLES / "captures"),
    "check": lambda: gbcscheck.check(select=["V101", "C"]),
    "checked files": lambda: gbcscheck.check("specs/smets2", "nowhere.json", release="current", select="V101"),
    "compare": lambda: gbcscheck.compare("before-mp131", "after-mp131", select="V101"),
}


@pytest.mark.usefixtures("small_release")
@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[pytest.mark.whole_release] * (name in ("check", "compare"))) for name in RESULTS],
)
def test_a_result_comes_back_as_it_was(name: str) -> None:
    result = RESULTS[name]()
    assert result.findings or result.problems or result.changes or name == "message"
    again: Result = pickle.loads(pickle.dumps(result))
    assert (again.ok, again.kind, again.newer, again.counts) == (result.ok, result.kind, result.newer, result.counts)
    assert (again.findings, again.changes) == (result.findings, result.changes)
    assert list(map(str, again.problems)) == list(map(str, result.problems))
    if not result.problems:
        assert again == result
    for form in FORMATS:
        assert again.to(form) == result.to(form), form
    assert pickle.loads(pickle.dumps(again)).to() == result.to()
    assert copy.deepcopy(result).to() == result.to()


def test_a_judge_comes_back_by_its_arguments() -> None:
    judge = Judge(release="before-mp131", device_type="esme", variant="single", gbcs="3.1", fail_on="note")
    for asked in (False, True):
        if asked:
            judge.message(MESSAGE)
        octets = pickle.dumps(judge)
        assert len(octets) < 1_000
        again: Judge = pickle.loads(octets)
        assert repr(again) == repr(judge)
        assert again.message(MESSAGE) == judge.message(MESSAGE)


HANDED = """
import pickle, sys
judge, message = pickle.load(sys.stdin.buffer)
pickle.dump(judge.message(message), sys.stdout.buffer)
"""


def test_a_process_of_its_own_is_handed_a_judge_and_gives_a_result() -> None:
    """Started anew, as the pools of macOS and Windows start processes."""
    judge = Judge(device_type="ESME")
    handed = pickle.dumps((judge, MESSAGE))
    done = subprocess.run([sys.executable, "-c", HANDED], input=handed, capture_output=True, check=True, timeout=60)
    assert pickle.loads(done.stdout) == judge.message(MESSAGE)


@pytest.mark.parametrize("act", [pickle.dumps, copy.copy, copy.deepcopy])
def test_what_is_loaded_says_that_it_cannot(act: Callable[[object], object]) -> None:
    with pytest.raises(UsageError, match="cannot be pickled or copied"):
        act(gbcscheck.load())


def test_errors_come_back_with_their_places() -> None:
    one = UnreadableSource("cut", where="a.hex:3", detail="marked")
    several = Problems([one, UsageError("wrong")])
    several.add_note("in a process")
    again = pickle.loads(pickle.dumps(several))
    assert again.__notes__ == ["in a process"]
    assert str(again) == str(Problems([one, UsageError("wrong")]))
    assert [(type(each), each.where, each.detail) for each in again.problems] == [
        (UnreadableSource, "a.hex:3", "marked"),
        (UsageError, "", ""),
    ]
