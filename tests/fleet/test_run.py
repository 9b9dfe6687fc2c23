"""A run over a fleet finds what the judge of single devices finds, and nothing else, whatever the files are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fleets import (
    COLUMNS,
    ITEMS,
    NOTHING,
    OFFSET,
    SAG,
    Done,
    brief,
    done,
    row,
    rows_of_faults,
    said_of_devices,
    texts,
    write_csv,
    write_json_lines,
    write_long,
    write_parquet,
)
from pyarrow import parquet

from gbcscheck.errors import GbcscheckError, UnreadableSource
from gbcscheck.fleet import newest, wide

ROWS = rows_of_faults()


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> Done:
    """A run over the faults as Parquet with a type for each column."""
    return done(write_parquet(tmp_path_factory.mktemp("typed") / "reads.parquet", ROWS))


def test_each_planted_fault_is_found_at_its_device_as_device_finds_it_and_nothing_else(typed: Done) -> None:
    expected = said_of_devices(ROWS)
    assert {one[2] for one in expected} >= {"D501", "D502", "D503", "D504", "D602", "D606"}
    assert typed.found == expected
    assert typed.told.devices == len(ROWS)
    assert typed.told.clean == len(ROWS) - len({one[0] for one in expected if one[3] != "note"})


@pytest.mark.parametrize("write", [write_json_lines, write_long], ids=["JSON lines", "long"])
def test_the_same_is_found_whatever_the_file_is(write: Any, tmp_path: Path) -> None:
    made = write(tmp_path / "reads.data", ROWS)
    found = done(made)
    assert found.told.layout == ("long" if write is write_long else "wide")
    assert found.found == said_of_devices(ROWS)


def test_texts_of_csv_are_judged_as_texts(tmp_path: Path) -> None:
    as_texts = [
        {n: str(v).lower() if isinstance(v, bool) else None if v in (None, "") else str(v) for n, v in one.items()}
        for one in texts(ROWS)
    ]
    found = done(write_csv(tmp_path / "reads.csv", ROWS))
    assert found.found == said_of_devices(as_texts)
    assert {one["row"] for one in found.violations if one["device"] == "device-00"} == {7}


def test_totals_add_up(typed: Done) -> None:
    columns = {one.name: one for one in typed.told.columns}
    assert set(columns) == {*ITEMS, NOTHING}
    for one in columns.values():
        assert one.values + one.missing == len(ROWS)
        if one.item:
            assert one.fits + one.open + one.wrong + one.unread == one.values
            assert 0 < one.by_engine <= one.fits + one.open
        else:
            assert one.reason.startswith('no specification of the release has a data item "Nonsense"')
    assert columns[SAG].missing == 3
    wrong = {(one["device"], one["name"]) for one in typed.violations if one["severity"] != "note"}
    assert typed.told.violations == len(wrong) == sum(one.wrong + one.unread for one in columns.values())


def test_findings_are_told_with_their_devices_and_groups(tmp_path: Path) -> None:
    rows = [
        brief(f"m{number:03}", day=1 + number % 2, firmware="2.0" if number < 30 else "1.0") for number in range(60)
    ]
    for one in rows[:20]:
        one[OFFSET] = 5000
    rows[50][OFFSET] = 70_000
    told = done(write_parquet(tmp_path / "reads.parquet", rows)).told
    first = next(one for one in told.findings if one.written == "5000")
    assert (first.count, first.devices[:2], len(first.devices)) == (20, ("m000", "m001"), 10)
    assert (first.first_read, first.last_read) == ("2026-11-01T12:00:00", "2026-11-02T12:00:00")
    assert first.finding.fingerprint == first.fingerprint
    assert first.finding.statements[0].path.endswith("reads.parquet")
    assert {(one.name, one.devices, one.wrong) for one in told.firmwares} == {("1.0", 30, 1), ("2.0", 30, 20)}
    assert [(one.name, one.devices) for one in told.days] == [("2026-11-01", 30), ("2026-11-02", 30)]
    assert {one[0]: one[2] for one in told.rules} == {"D501": 20, "D503": 1}
    assert [one.finding.severity for one in told.findings] == ["error", "warning"]


# --- newest reads ----------------------------------------------------------------------------------------------------


def test_the_newest_read_counts_and_older_ones_are_counted(tmp_path: Path) -> None:
    first = [brief("a", 5000, 1), brief("b", 5000, 3), brief("c", day=2)]
    second = [brief("a", day=2), brief("b", day=2), brief("d", 5000, 2), brief("d", day=2)]
    folder = tmp_path / "reads"
    write_parquet(folder / "1.parquet", first)
    write_parquet(folder / "2.parquet", second)
    found = done(folder)
    assert {one["device"] for one in found.violations} == {"b"}
    assert (found.told.devices, found.told.older_reads) == (4, 2)
    assert found.set_aside() == {"rows of a device": 1}
    reason, _, examples = found.told.set_aside[0]
    assert examples == ("d",)
    assert "the last in the files is judged" in reason
    columns = {one.name: one for one in found.told.columns}
    assert columns[OFFSET].values == 4


def test_each_item_of_the_long_layout_has_a_newest_value(tmp_path: Path) -> None:
    first = write_long(tmp_path / "1.parquet", [brief("a", 5000, 1), brief("b", day=1)])
    kept = {name: brief("a")[name] for name in ("device", "manufacturer", "firmware")}
    second = write_long(tmp_path / "2.parquet", [{**kept, "read": brief("a", day=2)["read"], OFFSET: 600}])
    found = done(first, second)
    assert (found.violations, found.told.devices, found.told.older_reads) == ([], 2, 1)


def test_devices_and_items_that_share_a_number_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    older = [{**one, "read": one["read"].replace(month=10), SAG: "older"} for one in ROWS[:9]]
    path = write_long(tmp_path / "long.parquet", [*ROWS, *older])
    usual = done(path)
    assert usual.told.older_reads > len(older)
    monkeypatch.setattr(newest, "DEVICES", 2)
    monkeypatch.setattr(newest, "ITEMS", 2)
    shared = done(path)
    assert shared.octets == usual.octets
    assert shared.told == usual.told


def test_reads_before_a_time_are_left_out_and_counted(tmp_path: Path) -> None:
    rows = [brief("a", 5000, 1), brief("b", 5000, 3), {**brief("c"), "read": None}]
    found = done(write_parquet(tmp_path / "reads.parquet", rows), since="2026-11-02")
    assert {one["device"] for one in found.violations} == {"b"}
    assert found.set_aside() == {"rows read before 2026-11-02,": 2}
    assert (found.told.devices, found.told.since_time) == (1, "2026-11-02")


def test_a_row_without_a_device_is_counted_and_named(tmp_path: Path) -> None:
    rows = [brief("a"), brief(None, 5000), brief("", 5000)]
    found = done(path := write_parquet(tmp_path / "reads.parquet", rows))
    assert (found.violations, found.told.devices) == ([], 1)
    assert found.told.set_aside == (("rows without the name of a device", 2, (f"{path} row 2", f"{path} row 3")),)


# --- what cannot be read ---------------------------------------------------------------------------------------------


def test_files_that_cannot_be_read_are_told_and_the_others_judged(tmp_path: Path) -> None:
    folder = tmp_path / "reads"
    good = write_parquet(folder / "good.parquet", [brief("a", 5000)])
    octets = good.read_bytes()
    (folder / "cut.parquet").write_bytes(octets[: len(octets) // 2])
    (folder / "foreign.parquet").write_bytes(b"not Parquet at all")
    (folder / "empty.parquet").write_bytes(b"")
    write_parquet(folder / "nameless.parquet", [{OFFSET: 1}])
    write_parquet(folder / "nothing.parquet", [{"device": "a", NOTHING: "x"}])
    (folder / "notes.txt").write_text("notes")
    (folder / "broken.parquet").write_bytes(octets[:4] + b"\xff" * 200 + octets[204:])
    found = done(folder)
    assert {one["device"] for one in found.violations} == {"a"}
    told = {Path(one.where).name: one.problem for one in found.problems}
    assert set(told) == {f"{name}.parquet" for name in ("cut", "foreign", "empty", "nameless", "nothing", "broken")}
    assert told["cut.parquet"].startswith("no whole Parquet file: its end is missing")
    assert told["foreign.parquet"] == "this is no Parquet file: its first four octets are not PAR1"
    assert told["nameless.parquet"].startswith("no column says the device")
    assert told["nothing.parquet"] == f"no column means a data item: {NOTHING}"
    assert {Path(one.path).name for one in found.told.sources if one.problem} == set(told)
    assert found.set_aside() == {"files that are neither": 1}


def test_rows_that_cannot_be_read_are_counted_with_their_places(tmp_path: Path) -> None:
    lines = write_json_lines(tmp_path / "reads.jsonl", [brief("a"), brief("b", 5000)])
    text = lines.read_text(encoding="utf-8").splitlines()
    twice = '{"device": "c", "device": "d"}'
    lines.write_text("\n".join([text[0], "{broken", "[1]", twice, "", text[1]]), encoding="utf-8")
    found = done(lines)
    assert [(one["device"], one["row"]) for one in found.violations] == [("b", 6)]
    (reason, count, examples), *_ = found.told.set_aside
    assert (reason, count) == ("rows that cannot be read", 3)
    assert examples[0].startswith(f"{lines}:2:2: not valid JSON")
    assert examples[1:] == (f"{lines}:3: no object", f"{lines}:4: device stands twice in one object")
    assert [one.problem for one in found.told.sources] == ["3 rows of it cannot be read"]
    table = write_csv(tmp_path / "reads.csv", [brief("a"), brief("b", 5000)])
    cells = table.read_text(encoding="utf-8").splitlines()
    table.write_text("\n".join([cells[0], cells[1], "only,three,cells", cells[2]]), encoding="utf-8")
    found = done(table)
    assert [(one["device"], one["row"]) for one in found.violations] == [("b", 4)]
    assert found.told.set_aside[0][2] == (f"{table}:3: 3 cells where the titles are 5",)


def test_what_lacks_a_column_is_judged_by_the_others(tmp_path: Path) -> None:
    write_parquet(tmp_path / "1.parquet", [brief("a", 5000)])
    write_parquet(tmp_path / "2.parquet", [{"device": "b", SAG: "12..3"}])
    found = done(tmp_path)
    assert {(one["device"], one["name"]) for one in found.violations} == {("a", OFFSET), ("b", SAG)}
    assert [(one.values, one.missing) for one in found.told.columns if one.name == SAG] == [(1, 0)]


def test_nothing_that_could_be_judged_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="no such file"):
        done(tmp_path / "gone.parquet")
    with pytest.raises(UnreadableSource, match="no file of a fleet is there"):
        done(tmp_path)
    write_parquet(tmp_path / "1.parquet", [{"device": "a", NOTHING: "x"}])
    write_parquet(tmp_path / "2.parquet", [{"device": "a", NOTHING: "x"}])
    with pytest.raises(GbcscheckError, match=r"1\.parquet: no column means a data item"):
        done(tmp_path)


def test_types_of_every_kind_are_judged(tmp_path: Path) -> None:
    import datetime
    import decimal

    import pyarrow

    kinds: dict[str, Any] = {
        **COLUMNS,
        OFFSET: pyarrow.decimal128(9, 2),
        SAG: pyarrow.uint64(),
        "MaximumDemandConfigurableTimePeriod.entries[*].begin_date": pyarrow.date32(),
        "MaximumDemandConfigurableTimePeriod.entries[*].switch_time": pyarrow.time32("s"),
        "MeterPointAdministrationNumber(ExportMPAN)": pyarrow.binary(),
    }
    one = row("a", **{OFFSET: decimal.Decimal("600.50"), SAG: 2**64 - 1})
    one["MaximumDemandConfigurableTimePeriod.entries[*].begin_date"] = datetime.date(2026, 11, 1)
    one["MaximumDemandConfigurableTimePeriod.entries[*].switch_time"] = datetime.time(16, 0)
    one["MeterPointAdministrationNumber(ExportMPAN)"] = b"01"
    found = done(write_parquet(tmp_path / "reads.parquet", [one], kinds))
    assert {(v["name"].partition(".")[0], v["value"]) for v in found.violations} >= {
        (OFFSET, "600.50"),
        (SAG, str(2**64 - 1)),
        ("MeterPointAdministrationNumber(ExportMPAN)", "0x3031"),
    }
    assert all(column.values == 1 for column in found.told.columns)


def test_estimating_the_spread_of_many_rows_changes_no_verdict_and_no_total(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [brief(f"m{number:02}", 5000 if number == 7 else number) for number in range(40)]
    rows[3][OFFSET] = None
    path = write_parquet(tmp_path / "reads.parquet", rows)
    exact = done(path)
    monkeypatch.setattr(wide, "EXACT", 10)
    monkeypatch.setattr(wide, "SAMPLE", 8)
    estimated = done(path)
    assert estimated.octets == exact.octets
    assert estimated.told.columns == exact.told.columns
    assert [(one.item, one.one_in) for one in estimated.told.distributions] == [("RandomisedOffsetLimit.value", 5)]
    assert [one.one_in for one in exact.told.distributions] == [1]
    assert sum(one.wrong for one in estimated.told.distributions[0].bins) == 1


def test_texts_are_asked_for_once_in_large_fleets_and_older_reads_are_taken_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = [{**one, "read": one["read"].replace(month=10), SAG: "older"} for one in ROWS[:9]]
    path = write_parquet(tmp_path / "reads.parquet", [*ROWS, *older])
    small = done(path)
    monkeypatch.setattr(wide, "MANY_ROWS", 0)
    large = done(path)
    newest = done(write_parquet(tmp_path / "newest.parquet", ROWS))
    assert small.octets == large.octets
    assert large.found == newest.found
    for one in (small, large):
        assert one.told.older_reads == len(older)
        assert one.told.columns == newest.told.columns
        assert one.told.distributions == newest.told.distributions
        assert one.told.days == newest.told.days
    monkeypatch.setattr(wide, "LISTED", 1)
    assert done(path).octets == small.octets


@pytest.mark.parametrize(
    ("empty", "since", "exact"),
    [
        ({}, "", wide.EXACT),
        ({"device": None}, "2026-11-02", 0),
        ({SAG: "", NOTHING: None}, "", 0),
        ({SAG: "", NOTHING: None}, "2026-11-02", wide.EXACT),
    ],
)
def test_what_files_say_of_their_columns_changes_no_number(
    empty: dict[str, Any], since: str, exact: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wide, "EXACT", exact)
    older = [{**one, "read": one["read"].replace(month=10), SAG: "older"} for one in ROWS[:9]]
    rows = [*ROWS, *older, row("late", day=3), {**row("empty", day=3), **empty}]
    path = write_parquet(tmp_path / "reads.parquet", rows)
    table = parquet.read_table(path)
    parquet.write_table(table, tmp_path / "bare.parquet", write_statistics=False)
    told, bare = done(path, since=since), done(tmp_path / "bare.parquet", since=since)
    assert told.told.columns == bare.told.columns
    assert (told.told.devices, told.told.days) == (bare.told.devices, bare.told.days)
    assert told.set_aside() == bare.set_aside()
    assert told.found == bare.found


def test_a_column_taken_for_the_time_of_reads_is_told_where_it_could_be_an_item(tmp_path: Path) -> None:
    from gbcscheck.cli import run

    text = "device,Time,RandomisedOffsetLimit\nA,2026-11-01T00:00:00,30\n"
    (tmp_path / "reads.csv").write_text(text, encoding="utf-8")
    assert run(["fleet", str(tmp_path / "reads.csv"), "-o", str(tmp_path / "out"), "-q", "--no-config"]) == 0
    told = (tmp_path / "out" / "summary.json").read_text("utf-8")
    assert "taken for the read of each row, and not for the data item Time" in told
