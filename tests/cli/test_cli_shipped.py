"""The commands on the specifications that ship, as a user would run them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_files import Run

from gbcscheck.inputs.json_schema import violations
from gbcscheck.report.json import SCHEMA

pytestmark = pytest.mark.usefixtures("published_once")


def test_the_shipped_specifications_are_checked(gbcscheck: Run, tmp_path: Path) -> None:
    done = gbcscheck("check", "--format", "json", cwd=tmp_path)
    assert done.returncode in (0, 1)
    assert done.stderr == ""
    document = json.loads(done.stdout)
    assert list(violations(document, SCHEMA)) == []
    assert document["release"] == "current"
    assert done.returncode == (1 if document["summary"]["error"] else 0)


def test_mp131_is_found_before_it_and_not_after(gbcscheck: Run) -> None:
    before = gbcscheck("check", "--release", "before-mp131", "--select", "default", "--no-notes")
    assert before.returncode == 1
    for part in ("exec_weekdays", "begin_date", "end_date", "every day", "Table 28d!", "DLMS!K", "synthetic"):
        assert part in before.stdout
    after = json.loads(gbcscheck("check", "--release", "after-mp131", "--format", "json").stdout)
    parts = {statement["part"] for finding in after["findings"] for statement in finding["statements"]}
    assert "Table 28d" not in parts


def test_narrow_output_of_the_shipped_release(gbcscheck: Run) -> None:
    done = gbcscheck("check", "--release", "before-mp131", env={"COLUMNS": "40"})
    assert "Traceback" not in done.stderr
    assert "error[P101]" in done.stdout


# --- show ------------------------------------------------------------------------------------------------------------


def test_a_data_item_is_shown_with_all_its_elements(gbcscheck: Run) -> None:
    done = gbcscheck("show", "MaximumDemandConfigurableTimePeriod", env={"COLUMNS": "240"})
    assert (done.returncode, done.stderr) == (0, "")
    title, _, headings, *rows = done.stdout.splitlines()
    assert title == "MaximumDemandConfigurableTimePeriod"
    for specification in ("GBCS 4.0 use cases", "GBCS 4.0 Table 28d (derived)", "DUIS 5.4 schema", "MMC 5.4 schema"):
        assert specification in headings
    elements = [row.split()[0] for row in rows if row.startswith("entries[*].")]
    assert len(elements) == 10
    assert any("type: octet-string(4)" in row and "permitted: xs:time" in row for row in rows)


def test_one_element_is_shown_with_its_conversions_and_places(gbcscheck: Run) -> None:
    done = gbcscheck("show", "MaximumDemandConfigurableTimePeriod.entries[*].switch_time")
    assert (done.returncode, done.stderr) == (0, "")
    for part in ("octet-string(4)", "xs:time", "xs:time to time", "DLMS!D683", "DUIS Schema V5.4.xsd:984", "derived"):
        assert part in done.stdout


def test_a_part_of_a_name_will_do_in_any_case(gbcscheck: Run) -> None:
    one = gbcscheck("show", "maximum demand configurable time period.entries[*].exec_week")
    assert one.stdout.startswith("MaximumDemandConfigurableTimePeriod.entries[*].exec_weekdays\n")


def test_several_things_of_a_name_are_listed(gbcscheck: Run) -> None:
    done = gbcscheck("show", "exec_weekdays")
    assert done.returncode == 0
    heading, *names = done.stdout.splitlines()
    assert heading == f"{len(names)} things have exec_weekdays in their name:"
    assert "  MaximumDemandConfigurableTimePeriod.entries[*].exec_weekdays" in names
    many = gbcscheck("show", "Threshold").stdout.splitlines()
    assert many[-1].startswith("  and ")
    assert len(many) == 42


def test_a_thing_is_shown_and_what_else_has_its_name_is_listed(gbcscheck: Run) -> None:
    done = gbcscheck("show", "RandomisedOffset")
    assert done.stdout.startswith("RandomisedOffset.value\n")
    assert (
        " more things have RandomisedOffset in their name:\n  RandomisedOffsetLimit\n  RandomisedOffsetNumber\n"
        in done.stdout
    )
    listed = [line.strip() for line in done.stdout.partition(" more things have ")[2].splitlines()[1:]]
    ranks = [2 if "SMETS1" in name else 1 if "/" in name else 0 for name in listed[:-1]]
    assert ranks == sorted(ranks)


@pytest.mark.parametrize(
    ("subject", "part"), [("ECS37", "6.18"), ("6.18.1", "roles              ED"), ("0x8F35", "name")]
)
def test_use_cases_service_requests_and_codes_are_shown(gbcscheck: Run, subject: str, part: str) -> None:
    done = gbcscheck("show", subject)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{subject}\n")
    assert part in done.stdout


def test_show_as_json(gbcscheck: Run) -> None:
    documents = json.loads(gbcscheck("show", "ECS37", "--format", "json").stdout)
    subjects = [document["subject"] for document in documents]
    assert subjects[0] == "ECS37"
    assert len(subjects) > 10
    assert all(subject.startswith("ECS37/") for subject in subjects[1:])
    assert {"GBCS"} <= {statement["specification"] for statement in documents[0]["statements"]}


# --- specs -----------------------------------------------------------------------------------------------------------


def test_specs_lists_what_ships_with_versions_provenance_and_counts(gbcscheck: Run) -> None:
    done = gbcscheck("specs")
    assert (done.returncode, done.stderr) == (0, "")
    table = [line.split() for line in done.stdout.split("\n\n")[0].splitlines()]
    assert table[0] == ["extract", "specification", "part", "provenance", "date", "statements", "releases"]
    assert {"gbcs/3.2/table-28d.json", "duis/5.4/schema.json"} <= {row[0] for row in table}
    (synthetic,) = [row for row in table if row[0] == "gbcs/3.2/table-28d.json"]
    assert "synthetic" in " ".join(synthetic)
    assert "release current  " in done.stdout


def test_specs_tells_which_versions_are_in_use_and_at_hand(gbcscheck: Run) -> None:
    told = " ".join(gbcscheck("specs").stdout.split())
    assert "use case tables at hand: SMETS 5.0 with GBCS 4.0 on 2 not at hand: SMETS 4.2 with GBCS 3.2 on 222" in told
    document = json.loads(gbcscheck("specs", "--format", "json").stdout)
    assert sum(one["entries"] for one in document["in_use"]) == 729
    assert sum(one["entries"] for one in document["in_use"] if one["versions"].endswith("GBCS 3.2")) == 253
    assert [one["versions"] for one in document["in_use"] if one["at_hand"]] == ["SMETS 5.0 with GBCS 4.0"]
    assert len(document["releases"][0]["witnesses"]) == 5


def test_specs_of_one_specification_and_as_json(gbcscheck: Run) -> None:
    document = json.loads(gbcscheck("specs", "duis", "--format", "json").stdout)
    assert {extract["specification"] for extract in document["extracts"]} == {"DUIS"}
    assert [release["name"] for release in document["releases"]] == ["current", "before-mp131", "after-mp131"]
    assert all(extract["statements"] > 0 for extract in document["extracts"])


# --- extract ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "specification"),
    [
        (["use-cases", "gbcs/use-cases-4.0.xlsx"], "GBCS"),
        (["xsd", "xsd/5.4/DUIS"], "DUIS"),
        (["service-requests", "duis-request-matrix.json"], "DUIS"),
        (["service-requests", "gbcs-use-cases.json"], "DCC use case list"),
        (["alert-codes", "alert-codes.json"], "GBCS"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else value,
)
def test_an_extract_is_made_of_a_source_and_checked(
    gbcscheck: Run, corpus: Path, tmp_path: Path, arguments: list[str], specification: str
) -> None:
    reader, beginning = arguments
    (file,) = [path for path in corpus.rglob("*.*") if path.relative_to(corpus).as_posix().startswith(beginning)]
    done = gbcscheck("extract", reader, file, "-o", tmp_path / "extract.json")
    assert (done.returncode, done.stdout) == (0, "")
    document = json.loads((tmp_path / "extract.json").read_text(encoding="utf-8"))
    assert document["specification"] == specification
    assert gbcscheck("extract", reader, file).stdout == (tmp_path / "extract.json").read_text(encoding="utf-8")
    checked = gbcscheck("check", tmp_path / "extract.json")
    assert checked.returncode in (0, 1)
    assert "nothing was compared" not in checked.stderr


def test_statistics_name_every_column_and_every_cell_that_was_not_read(gbcscheck: Run, corpus: Path) -> None:
    done = gbcscheck("extract", "use-cases", corpus / "gbcs" / "use-cases-4.0.xlsx", "--stats")
    assert done.returncode == 0
    for word in ("DLMS", "ZCL", "GBZ", "blank", "read"):
        assert word in done.stdout
