"""``gbcscheck crosswalk``: what is linked, what is not, and what messages show of it."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copy

import pytest
from cli_files import Run

PAIR = "ECS37_6.18.1_SUCCESS"


@pytest.fixture
def pair(corpus: Path, tmp_path: Path) -> Path:
    """A folder with one request and its command."""
    copy(corpus / "duis-requests" / f"{PAIR}_REQUEST_DUIS.XML", tmp_path)
    copy(corpus / "rtds" / "6.18.1_ECS37" / f"{PAIR}_COMMAND_GBCS.HEX", tmp_path)
    return tmp_path


def test_shares_by_request_and_response(gbcscheck: Run) -> None:
    done = gbcscheck("crosswalk")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("release current: ")
    assert any(line.startswith("elements of requests (DUIS)") for line in lines)
    voltage = next(line for line in lines if line.startswith("UpdateDeviceConfigurationVoltage "))
    assert voltage.split()[1:5] == ["17", "17", "0", "0"]


def test_every_element_without_a_link_is_named_with_its_reason(gbcscheck: Run) -> None:
    text = gbcscheck("crosswalk", "--missing").stdout.splitlines()
    document = json.loads(gbcscheck("crosswalk", "--missing", "--format", "json").stdout)
    leaves = [*document["requests"], *document["responses"]]
    without = [leaf for leaf in leaves if leaf["state"] != "linked"]
    assert [line.split("  ")[0] for line in text[:-2]] == [leaf["subject"] for leaf in without]
    assert all(bool(leaf["reason"]) == (leaf["state"] == "unlinked") for leaf in leaves)
    reason = next(line for line in text if line.startswith("/Request/Body/ClearEventLog/ESMEEventLogType"))
    assert reason.endswith("selects  ESME: ECS15a; ALCS: ECS15c.")


def test_a_pair_that_agrees(gbcscheck: Run, pair: Path) -> None:
    done = gbcscheck("crosswalk", "--prove", str(pair))
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.split() for line in done.stdout.splitlines() if line.startswith(("6.18.1", "all"))] == [
        ["6.18.1", "1", "2", "2", "2", "0", "0", "0", "0", "0"],
        ["all", "1", "2", "2", "2", "0", "0", "0", "0", "0"],
    ]


def test_a_pair_that_differs_is_told_with_its_place(gbcscheck: Run, pair: Path) -> None:
    request = pair / f"{PAIR}_REQUEST_DUIS.XML"
    request.write_text(request.read_text("utf-8").replace("17:00:00", "18:00:00"), "utf-8")
    done = gbcscheck("crosswalk", "--prove", str(pair))
    assert done.returncode == 1
    told = " ".join(done.stdout.partition("different  ")[2].split())
    assert f"{request.name}:" in told
    assert "StartTime is 18:00:00.00Z; the command has another value" in told
    document = json.loads(gbcscheck("crosswalk", "--prove", str(pair), "--format", "json").stdout)
    states = {one["subject"].rpartition("/")[2]: one["state"] for one in document["pairs"][0]["values"]}
    assert states == {"StartTime": "different", "EndTime": "equal"}


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--prove", "EMPTY"], "there is no file in this folder"),
        (["--prove", "EMPTY", "--missing"], "one of them is expected"),
        (["--stats", "--missing"], "these are both"),
        (["--release", "nothing"], 'no release is called "nothing"'),
    ],
)
def test_what_it_cannot_do(gbcscheck: Run, tmp_path: Path, arguments: list[str], problem: str) -> None:
    done = gbcscheck("crosswalk", *(str(tmp_path) if one == "EMPTY" else one for one in arguments))
    assert (done.returncode, done.stdout) == (2, "")
    assert problem in done.stderr
