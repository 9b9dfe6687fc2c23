"""``gbcscheck show``: what people have in hand, versions, two specifications, files of their own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_files import Run

PERIOD = "MaximumDemandConfigurableTimePeriod"


@pytest.mark.parametrize(
    ("subject", "first"),
    [
        ("5.7.4.26", f"5.7.4.26 is a clause that is cited of {PERIOD}"),
        ("0-0:12.0.0.255", f"0-0:12.0.0.255 is the object of {PERIOD}"),
        ("0x004A", "0x004A is the message code of ECS37"),
        ("row 730", f"row 730 is the mapping row of {PERIOD}"),
        ("DLMS!K685", f"DLMS!K685 is a cell of {PERIOD}"),
        ("MaximumDemandTimePeriodSchedule", f"/Request/Body/Set{PERIOD}/MaximumDemandTimePeriodSchedule"),
    ],
)
def test_what_people_have_in_hand(gbcscheck: Run, subject: str, first: str) -> None:
    done = gbcscheck("show", subject)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == first


def test_a_cell_is_told_with_what_stands_there(gbcscheck: Run) -> None:
    lines = gbcscheck("show", "DLMS!K685").stdout.splitlines()
    assert lines[1].startswith(f"  DLMS!K685  constant of ECS37/{PERIOD}.entries[*].exec_weekdays: ||0b11111110")
    assert f"{PERIOD}.entries[*].exec_weekdays" in lines


def test_a_use_case_with_all_its_rows(gbcscheck: Run) -> None:
    done = gbcscheck("show", "ECS37", env={"COLUMNS": "240"})
    _, rows = done.stdout.split("\nRows\n")
    assert sum(line.startswith("  entries") for line in rows.splitlines()) == 11
    assert "constant: ||0x000001FFFF = January of year 0, any day" in rows
    assert "class 10, 0-0:12.0.0.255" in rows
    gas = gbcscheck("show", "GCS24a").stdout
    assert "\nRows\n" in gas
    assert "\nByte layout\n" in gas


def test_a_service_request_with_use_cases_elements_and_items(gbcscheck: Run) -> None:
    done = gbcscheck("show", "6.18.1", env={"COLUMNS": "240"}).stdout
    for part in (
        "ECS37  Set Maximum Demand Configurable Time Period",
        "The reference 6.18 stands in ECS57, too.",
        f"Request /Request/Body/Set{PERIOD}",
        "MaximumDemandTimePeriodSchedule/StartTime",
        f"Response /GBCSResponse/Body/ResponseMessage/SMETSData/Set{PERIOD}Rsp",
        "Data items of 6.18.1",
        "MaxDemandConfigurableTimePeriod/StartTime",
    ):
        assert part in done


def test_a_service_request_without_a_link_is_found_by_its_name(gbcscheck: Run) -> None:
    assert "Request /Request/Body/UpdateImportTariffPrimaryElement" in gbcscheck("show", "1.1.1").stdout


def test_a_reference_shows_all_that_stands_under_it(gbcscheck: Run) -> None:
    done = gbcscheck("show", "6.18").stdout
    assert done.startswith("6.18\n\nService requests\n")
    for part in ("6.18.1 ", "6.18.2 ", "ECS37 ", "ECS57 "):
        assert part in done
    assert gbcscheck("show", "6.18", "--format", "json").returncode == 0


def test_every_version_side_by_side(gbcscheck: Run) -> None:
    done = gbcscheck("show", "RandomisedOffsetLimit", "--history", env={"COLUMNS": "200"})
    assert (done.returncode, done.stderr) == (0, "")
    assert "5.1 (2021-09)" in done.stdout
    assert "4.0 ECS38 reference: SMETS 5.7.4.33 / 9.6.2.6, in 3.1 SMETS 5.7.4.33" in done.stdout
    assert "Nothing changed: 3 versions at hand." in done.stdout
    documents = json.loads(gbcscheck("show", "RandomisedOffsetLimit", "--history", "--format", "json").stdout)
    assert {"3.1", "4.0"} <= {one["version"] for one in documents[0]["statements"]}
    refused = gbcscheck("show", "ECS37", "--history", "--release", "current")
    assert refused.returncode == 2
    assert "--history" in refused.stderr


def test_a_default_that_another_version_changed(gbcscheck: Run) -> None:
    """Table 28d of 3.2 (synthetic) and of 4.0 (derived)."""
    done = gbcscheck("show", f"{PERIOD}.entries[*].exec_weekdays", "--history", env={"COLUMNS": "200"}).stdout
    assert "4.0 default: 0b1111111 = every day, in 3.2 0b11111000 = Monday to Friday" in done


def test_two_specifications_of_a_use_case(gbcscheck: Run) -> None:
    done = gbcscheck("show", "ECS37", "--between", "gbcs", "DUIS", env={"COLUMNS": "200"})
    assert done.stdout.startswith("ECS37: GBCS and DUIS\n")
    (start,) = [line for line in done.stdout.splitlines() if "entries[1].switch_time" in line]
    assert "octet-string(4)" in start
    assert "StartTime" in start
    assert "ExecutionDateTime" in done.stdout
    unknown = gbcscheck("show", "ECS37", "--between", "GBCS", "DUI")
    assert unknown.returncode == 2
    assert "DUIS" in unknown.stderr
    assert gbcscheck("show", "ECS37", "--between", "GBCS", "GBCS").returncode == 2
    documents = json.loads(gbcscheck("show", PERIOD, "--between", "GBCS", "MMC", "--format", "json").stdout)
    assert {one["specification"] for view in documents for one in view["statements"]} == {"GBCS", "MMC"}


def test_files_of_ones_own(gbcscheck: Run, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text(
        f"GBCS 4.9 Table 99: made up\nData item,Default\nRandomisedOffsetLimit,30 min\n{PERIOD}.begin_date,1 Nov\n",
        encoding="utf-8",
    )
    done = gbcscheck("show", "RandomisedOffsetLimit", str(table), env={"COLUMNS": "200"})
    assert (done.returncode, done.stderr) == (0, "")
    assert "GBCS 4.9 Table 99" in done.stdout
    assert "30 min" in done.stdout
    assert "DUIS 5.4 schema" in done.stdout, "beside the default release"
    dates = gbcscheck("show", f"{PERIOD}.begin_date", str(table), env={"COLUMNS": "200"}).stdout
    assert "1 Nov = 1 November of any year" in dates
    lost = gbcscheck("show", "RandomisedOffsetLimit", str(tmp_path / "lost.csv"))
    assert lost.returncode == 2
    assert "lost.csv" in lost.stderr
