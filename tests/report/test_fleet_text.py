"""The summary of a fleet as text: what is wrong, which firmware, what was not looked at; and who stands out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fleet_runs import OFFSET, PERIOD, fleet_run, hostile_run
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.model.fleet import FleetGroup, FleetRun, FleetSource
from gbcscheck.report.fleet_outliers import interval, items_standing_out, ranked, standing_out
from gbcscheck.report.fleet_text import MOST_FAULTS, render_fleet_text
from gbcscheck.report.fleet_words import share, share_of, tick_share, verdict
from gbcscheck.report.layout import Layout

WIDE = Layout(200)
HOSTILE = "\x1b[31m\x1b]0;t\x07\u202e\udcff\r\n::error::x\n##[add-mask]x\nerror[V101] forged"


def text(run: FleetRun, layout: Layout = WIDE) -> str:
    return render_fleet_text(run, layout)


def test_the_firmware_that_is_wrong_comes_first_and_the_verdict_last() -> None:
    lines = text(fleet_run()).splitlines()
    assert lines[:4] == [
        "firmware that stands out",
        "  Acme 2.1.0",
        "    1,190 of 1,203 devices (98.9 %); 0.23 % elsewhere",
        f"    {OFFSET} (1,190)",
    ]
    assert lines[-1] == "1,213 of 10,000 devices hold a wrong value (12.1 %)"


def test_a_manufacturer_is_named_only_where_no_firmware_of_its_own_is() -> None:
    assert "manufacturers that stand out" not in text(fleet_run())
    told = text(replace(fleet_run(), firmwares=()))
    assert "manufacturers that stand out\n  Acme\n    1,200 of 5,203 devices" in told


def test_each_violation_is_told_with_its_devices() -> None:
    told = text(fleet_run())
    assert f"error[D504] {PERIOD}: 0b1111100\n    at least 13 devices (0.13 %): 0b1111100 is not the constant" in told
    assert f"warning[D501] {OFFSET}: 1800 s\n    at least 1,190 devices (11.9 %)" in told
    assert "  2 rarer values with a finding in the list of violations\n" in told


def test_more_violations_than_are_shown_are_counted_and_notes_are_not_shown() -> None:
    run = fleet_run()
    one = run.findings[0]
    note = replace(one, finding=replace(one.finding, severity="note"))
    several = [replace(one, item=f"Item{n}.value") for n in range(MOST_FAULTS + 3)]
    told = text(replace(run, findings=(*several, note), more_findings=0))
    assert told.count("error[D504]") == MOST_FAULTS
    assert "  and 3 more\n  1 note not shown" in told


def test_values_of_one_fault_are_told_together() -> None:
    one = fleet_run().findings[1]
    findings = tuple(replace(one, written=str(1800 + n), count=50 - n, devices=()) for n in range(40))
    told = text(replace(fleet_run(), findings=findings, more_findings=0))
    assert f"warning[D501] {OFFSET}: 1800 s, 1801 s, 1802 s and 37 other values\n    1,220 devices (12.2 %)" in told


def test_drift_and_the_earlier_run_are_told() -> None:
    told = text(fleet_run())
    assert "defaults: 1 of 1 item with a default differ from it somewhere" in told
    assert "0 s (synthetic)  4,100 of 9,990 (41.0 %)  600 (2,000), 1800 (1,190)" in told
    assert "1 item not compared: no default is known" in told
    assert "since runs/october: 1,100 newly wrong, 90 still wrong, 7 mended, 1 not seen" in told


def test_what_was_not_looked_at_is_told_with_the_reason() -> None:
    told = text(fleet_run())
    assert "  judged     release current: DuckDB decided 95.95 % of 29,990 values; the others are 4 different" in told
    assert "  left out   3 × no name of a device: reads/2026-11.parquet, row 7\n" in told
    assert "  unread     reads/broken.parquet: the file ends before its footer\n" in told
    assert "  not judged colour (10,000 values): no data item of this name\n" in told
    assert "  not asked  what calendars say of one another\n" in told


def test_of_many_lines_of_one_kind_the_first_are_shown() -> None:
    many = tuple(FleetSource(f"{n}.parquet", "parquet", problem="cut off") for n in range(50))
    told = text(replace(fleet_run(), sources=many))
    assert told.count("  unread     ") == 5
    assert "and 45 more\n" in told


@pytest.mark.parametrize(
    ("run", "said"),
    [
        (FleetRun("current", "duckdb", "wide", (), ()), "no device was looked at"),
        (FleetRun("current", "duckdb", "wide", (), (), devices=2), "2 devices, and no value of them was judged"),
        (
            replace(fleet_run(), clean=10_000, findings=()),
            "no violation in 29,990 values of 10,000 devices",
        ),
        (replace(fleet_run(), clean=9_999), "1 of 10,000 devices holds a wrong value (0.01 %)"),
    ],
)
def test_the_verdict_says_what_was_found(run: FleetRun, said: str) -> None:
    assert verdict(run) == said


def test_no_violation_is_said_only_where_values_were_judged() -> None:
    assert "no violation" not in verdict(FleetRun("current", "duckdb", "wide", (), (), devices=3, clean=3)).lower()


@pytest.mark.parametrize("layout", [Layout(40, break_words=True), Layout(80, colour=True), Layout(200)])
def test_a_hostile_text_stays_one_line_without_controls(layout: Layout) -> None:
    told = render_fleet_text(hostile_run(HOSTILE), layout)
    plain = told.replace("\x1b[", "") if layout.colour else told
    assert "\x1b]" not in plain
    assert all(line.isprintable() for line in plain.replace("\x1b", "").split("\n"))
    assert not any(line.startswith(("::", "error[V101] forged")) for line in told.splitlines())


# --- who stands out --------------------------------------------------------------------------------------------------


def groups(*numbers: tuple[str, int, int]) -> list[FleetGroup]:
    return [FleetGroup(name, devices, wrong) for name, devices, wrong in numbers]


def test_a_firmware_of_few_devices_does_not_hide_behind_large_ones() -> None:
    found = standing_out(groups(("large", 1_000_000, 1_000), ("small", 3, 3), ("one", 1, 1)))
    assert [one.group.name for one in found] == ["small"]


def test_a_wrong_firmware_does_not_hide_behind_another_one() -> None:
    found = standing_out(groups(("a", 10_000, 9_900), ("b", 10_000, 900), ("c", 50_000, 50), ("d", 50_000, 40)))
    assert [one.group.name for one in found] == ["a", "b"]
    assert found[0].elsewhere == found[1].elsewhere == 90 / 100_000


def test_where_all_are_alike_or_there_is_one_none_stands_out() -> None:
    assert standing_out(groups(("a", 1_000, 10), ("b", 2_000, 22), ("c", 10, 0))) == ()
    assert standing_out(groups(("a", 1_000, 900))) == ()
    assert ranked(groups(("a", 0, 0))) == ()


def test_the_items_of_a_firmware_are_those_that_are_wrong_in_it_more_often_than_elsewhere() -> None:
    every = [
        FleetGroup("a", 1_000, 320, (("Dust", 20), ("Days", 300))),
        FleetGroup("b", 1_000, 21, (("Dust", 21),)),
        FleetGroup("c", 1_000, 19, (("Dust", 19),)),
    ]
    assert items_standing_out(every[0], every) == (("Days", 300),)
    assert items_standing_out(every[1], every) == (("Dust", 21),)


numbers = st.integers(1, 10**7).flatmap(lambda devices: st.tuples(st.just(devices), st.integers(0, devices)))


@given(st.lists(numbers, max_size=8))
def test_a_group_that_stands_out_is_wrong_more_often_than_what_is_elsewhere(found: list[tuple[int, int]]) -> None:
    every = ranked([FleetGroup(str(n), devices, wrong) for n, (devices, wrong) in enumerate(found)])
    assert len(every) == len(found)
    for one in every:
        assert not one.stands_out or (one.elsewhere is not None and one.group.share > one.elsewhere)


@given(numbers)
def test_the_interval_holds_the_share(found: tuple[int, int]) -> None:
    devices, wrong = found
    low, high = interval(wrong, devices)
    assert 0 <= low <= wrong / devices + 1e-12
    assert wrong / devices - 1e-12 <= high <= 1


# --- shares ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(0, 5, "0 %"), (5, 5, "100 %"), (1, 3, "33.3 %"), (1, 1_000_000, "<0.01 %"), (1, 400, "0.25 %"),
     (999_999, 1_000_000, ">99.9 %"), (0, 0, "–")],
)  # fmt: skip
def test_a_share_is_never_rounded_to_all_or_nothing(part: int, whole: int, said: str) -> None:
    assert share(part, whole) == said


def test_shares_beside_an_axis_are_round() -> None:
    assert [tick_share(one) for one in (0.0, 0.0005, 0.5, 1.0)] == ["0 %", "0.05 %", "50 %", "100 %"]
    assert [share_of(one) for one in (0.0, 0.5, 1.0)] == ["0 %", "50.0 %", "100 %"]
