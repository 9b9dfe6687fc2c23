"""What is asked of a fleet beside what is wrong: an earlier run, devices to look at, and defaults."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ibis
import pyarrow
import pytest
from in_process import command
from pyarrow import parquet

from gbcscheck.errors import UsageError
from gbcscheck.fleet.drift import NO_DEFAULT, SEVERAL_PARTS, drifts
from gbcscheck.fleet.engines import Engine, start
from gbcscheck.fleet.predicates import predicates
from gbcscheck.fleet.questions import Earlier, earlier_run, sampled_devices, since
from gbcscheck.fleet.staging import write_run
from gbcscheck.fleet.value_counts import Setting, held_values
from gbcscheck.fleet.violations import VIOLATIONS
from gbcscheck.model.fleet import MENDED, NEWLY_WRONG, NOT_SEEN, STILL_WRONG

WEEKDAYS = "MaximumDemandConfigurableTimePeriod.entries[*].exec_weekdays"
OFFSET = "RandomisedOffsetLimit.value"
LISTED = ("device", "item", "name", "rule", "severity", "fingerprint")
RULES = {"A": ("D501", "a" * 16), "B": ("D504", "b" * 16), "C": ("D601", "c" * 16)}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    running = start("duckdb", memory=1 << 29, threads=1, folder=tmp_path_factory.mktemp("engine"))
    yield running
    running.close()


def violations(*found: str, severity: str = "error") -> list[dict[str, Any]]:
    """Violations written as device and item: ``m1 A``."""
    rows = []
    for one in found:
        device, item = one.split()
        rule, fingerprint = RULES[item]
        rows.append(dict(zip(LISTED, (device, f"{item}.value", item, rule, severity, fingerprint), strict=True)))
    return rows


def table(rows: list[dict[str, Any]]) -> Any:
    return ibis.memtable(rows, schema=dict.fromkeys(LISTED, "string"))


def write_list(folder: Path, rows: list[dict[str, Any]], **asked: str) -> Path:
    """The folder of a run with a list of violations."""
    folder.mkdir()
    schema = pyarrow.schema([(name, pyarrow.string()) for name in LISTED])
    parquet.write_table(pyarrow.Table.from_pylist(rows, schema), folder / VIOLATIONS)
    write_run(folder, {"release": "current", **asked})
    return folder


# --- since an earlier run --------------------------------------------------------------------------------------------


def became(engine: Engine, now: list[dict[str, Any]], earlier: Earlier, held: list[tuple[str, str]]) -> Any:
    rows = [{"device": device, "item": f"{item}.value"} for device, item in held]
    seen = ibis.memtable(rows, schema={"device": "string", "item": "string"})
    return since(engine, table(now), earlier, "current", lambda devices: seen.semi_join(devices, "device"))


def test_each_violation_is_newly_wrong_still_wrong_mended_or_not_seen(engine: Engine, tmp_path: Path) -> None:
    then = violations("m1 A", "m2 A", "m3 A", "m4 B", "m5 C")
    earlier = earlier_run(write_list(tmp_path / "october", [*then, *then[:1]]))
    now = [*violations("m1 A", "m6 A", "m6 B"), *violations("m7 A", severity="note")]
    told = became(engine, now, earlier, [("m1", "A"), ("m2", "A"), ("m4", "A"), ("m5", "C")])
    assert told.changes == (
        ("A.value", "D501", NEWLY_WRONG, 1), ("B.value", "D504", NEWLY_WRONG, 1), ("A.value", "D501", STILL_WRONG, 1),
        ("A.value", "D501", MENDED, 1), ("C.value", "D601", MENDED, 1), ("A.value", "D501", NOT_SEEN, 1),
        ("B.value", "D504", NOT_SEEN, 1),
    )  # fmt: skip
    assert (told.earlier, told.remark) == (str(tmp_path / "october"), "")


def test_nothing_changed_between_equal_lists(engine: Engine, tmp_path: Path) -> None:
    rows = violations("m1 A", "m2 B")
    told = became(engine, rows, earlier_run(write_list(tmp_path / "same", rows)), [])
    assert {one[2] for one in told.changes} == {STILL_WRONG}


def test_another_release_is_told(engine: Engine, tmp_path: Path) -> None:
    earlier = earlier_run(write_list(tmp_path / "old", [], release="before-mp131"))
    assert became(engine, [], earlier, []).remark == "that run was judged by release before-mp131, this one by current"


def test_a_folder_that_holds_no_run_is_refused_with_what_it_is(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"--compare: the folder of an earlier run .* is none"):
        earlier_run(tmp_path)
    empty = tmp_path / "empty"
    empty.mkdir()
    write_run(empty, {})
    with pytest.raises(UsageError, match=r"violations\.parquet cannot be read"):
        earlier_run(empty)
    (empty / VIOLATIONS).write_bytes(b"PAR1 and no more")
    with pytest.raises(UsageError, match=r"violations\.parquet cannot be read"):
        earlier_run(empty)
    parquet.write_table(pyarrow.table({"device": ["m1"], "rule": ["D501"]}), empty / VIOLATIONS)
    with pytest.raises(UsageError, match=r"has no column item, name, severity"):
        earlier_run(empty)


# --- devices to look at ----------------------------------------------------------------------------------------------


def test_every_finding_has_its_turn_before_any_has_its_second(engine: Engine) -> None:
    rows = violations(*(f"m{n:02} A" for n in range(50)), "m50 B", "m51 B", "m49 C", "m00 B")
    random.Random(7).shuffle(rows)
    chosen = sampled_devices(engine, table(rows), 4)
    assert chosen == [
        ("m00", ("D501 A.value", "D504 B.value")), ("m49", ("D501 A.value", "D601 C.value")),
        ("m01", ("D501 A.value",)), ("m50", ("D504 B.value",)),
    ]  # fmt: skip
    assert sampled_devices(engine, table(sorted(rows, key=str)), 4) == chosen


def test_there_are_as_many_as_there_are(engine: Engine) -> None:
    rows = [*violations("m1 A", "m1 B"), *violations("m2 A", severity="note")]
    assert sampled_devices(engine, table(rows), 10) == [("m1", ("D501 A.value", "D504 B.value"))]
    assert sampled_devices(engine, table([]), 3) == []


# --- defaults --------------------------------------------------------------------------------------------------------


def test_what_differs_from_a_default_is_counted_by_value_however_it_is_written(engine: Engine, tmp_path: Path) -> None:
    written = {"0b1111111": 90, "daily": 4, "Mon-Fri": 3, "0b1111100": 2, "every other day": 1}
    rows = [("Days", "text", text, n) for text, n in written.items()]
    rows += [("Offset", "whole", "0", 5), ("Several", "text", "x", 7)]
    counts = ibis.memtable(
        [{"name": name, "unit": "", "kind": kind, "text": text, "devices": n} for name, kind, text, n in rows],
        schema={"name": "string", "unit": "string", "kind": "string", "text": "string", "devices": "int64"},
    )
    wrong = ibis.memtable(
        [], schema={**dict.fromkeys(("name", "unit", "kind", "text"), "string"), "wrong": "int64"}
    )  # fmt: skip
    names = {
        ("Days", ""): Setting(WEEKDAYS, WEEKDAYS), ("Offset", ""): Setting(OFFSET, OFFSET),
        ("Several", ""): Setting("Several", ""),
    }  # fmt: skip
    settings, held = held_values(engine, counts, wrong, names, tmp_path / "held")
    days, *others = drifts(engine, held, settings, predicates("after-mp131"))
    assert (days.item, days.devices, days.differing) == (WEEKDAYS, 100, 6)
    assert (days.default, days.provenance) == ("0b1111111", "derived")
    assert days.held == (("Mon-Fri", 3), ("0b1111100", 2), ("every other day", 1))
    assert [(one.item, one.devices, one.reason) for one in others] == [
        (OFFSET, 5, NO_DEFAULT), ("Several", 7, SEVERAL_PARTS),
    ]  # fmt: skip


# --- all of it by the command ----------------------------------------------------------------------------------------


def write_csv(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)


HELD = {
    "m1": {"RandomisedOffsetLimit": "600", WEEKDAYS: "0b1111111"},
    "m2": {"RandomisedOffsetLimit": "1800", WEEKDAYS: "daily"},
    "m3": {"RandomisedOffsetLimit": "35 min", WEEKDAYS: "Mon-Fri"},
    "m4": {"RandomisedOffsetLimit": "soon", WEEKDAYS: "0b1111111"},
    "m5": {"RandomisedOffsetLimit": "5", WEEKDAYS: "0b1111111"},
    "m6": {"RandomisedOffsetLimit": "NA", WEEKDAYS: "NA"},
}


def device_finds_the_same(folder: Path) -> set[str]:
    """Judge each line of a sample by ``gbcscheck device`` and hold it against its note; the devices that are in it."""
    files: dict[str, set[str]] = {}
    devices = set()
    for number, line in enumerate((folder / "sample.jsonl").read_text(encoding="utf-8").splitlines()):
        where, _, found = json.loads(line)["note"].partition(": ")
        devices.add(where.split(" ")[0])
        (folder / f"{number}.json").write_text(line, encoding="utf-8")
        files[f"{number}.json"] = set(found.split("; "))
    report = json.loads(command("device", *files, "--format", "json", cwd=folder).stdout)
    assert [one["judged"] for one in report["files"]] == [True] * len(files)
    told: dict[str, set[str]] = {}
    for one in report["findings"]:
        path = one["statements"][0]["source"]["path"]
        told.setdefault(path, set()).add(f"{one['rule']} {one['subject']}")
    assert told == files
    return devices


def test_two_runs_of_the_command_are_compared_and_device_finds_of_their_samples_the_same(tmp_path: Path) -> None:
    write_csv(tmp_path / "wide.csv", [{"device": name, "read": "2026-10-01", **items} for name, items in HELD.items()])
    done = command("fleet", "wide.csv", "-o", "october", "--quiet", "--sample", "9", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert device_finds_the_same(tmp_path / "october") == {"m2", "m3", "m4"}

    now = {**HELD, "m2": {**HELD["m2"], "RandomisedOffsetLimit": "600"}, "m5": {"RandomisedOffsetLimit": "1800"}}
    del now["m4"]
    rows = [
        {"device": device, "item": item, "value": value, "unit": "", "read": "2026-11-01"}
        for device, items in now.items()
        for item, value in items.items()
    ]
    write_csv(tmp_path / "long.csv", rows)
    done = command(
        *("fleet", "long.csv", "-o", "november", "--quiet", "--compare", "october", "--sample", "9"),
        *("--differs-from", "default", "--format", "json"), cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    run = json.loads(done.stdout)
    assert {(one["item"], one["became"]): one["count"] for one in run["since"]["changes"]} == {
        (OFFSET, NEWLY_WRONG): 1, (OFFSET, STILL_WRONG): 1, (WEEKDAYS, STILL_WRONG): 1, (OFFSET, MENDED): 1,
        (OFFSET, NOT_SEEN): 1,
    }  # fmt: skip
    assert {one["item"] for one in run["distributions"]} == {OFFSET, WEEKDAYS}
    days = next(one for one in run["drifts"] if one["item"] == WEEKDAYS)
    assert (days["devices"], days["differing"]) == (3, 1)
    assert all(each["label"] != "NA" for one in run["distributions"] for each in one["bins"])
    assert device_finds_the_same(tmp_path / "november") == {"m3", "m5"}
    assert (tmp_path / "november" / "report.html").read_text(encoding="ascii").startswith("<!DOCTYPE html>")
