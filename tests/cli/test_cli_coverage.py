"""What ``check`` tells of one's own files: what they replace, what was read, and what was compared with what."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from cli_files import Run

from gbcscheck.facts.shipped import shipped_root
from gbcscheck.inputs.json_schema import violations
from gbcscheck.report.json import SCHEMA

pytestmark = pytest.mark.usefixtures("small_release")

DRAFT = """\
GB Companion Specification v4.3 draft 2 Table 28d
Data item,Default value,Unit,Maker,Notes
Randomised Offset Limit,600,s,us,deliberate
"""


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.csv"
    path.write_text(DRAFT, encoding="utf-8")
    return path


def document(gbcscheck: Run, *arguments: str | Path) -> dict[str, Any]:
    found = json.loads(gbcscheck("check", *arguments, "--no-config", "--format", "json").stdout)
    assert list(violations(found, SCHEMA)) == []
    assert isinstance(found, dict)
    return found


def item(found: dict[str, Any], name: str) -> dict[str, Any]:
    (one,) = [one for table in found["coverage"] for one in table["items"] if one["subject"] == name]
    assert isinstance(one, dict)
    return one


# --- against what ----------------------------------------------------------------------------------------------------


@pytest.mark.whole_release
def test_a_file_takes_its_place_in_the_default_release(gbcscheck: Run, draft: Path) -> None:
    found = document(gbcscheck, draft)
    assert found["release"] == "current"
    (table,) = found["coverage"]
    assert table["specification"] == {"name": "GBCS", "version": "4.3 draft 2", "part": "Table 28d"}
    assert table["replaces"] == [{"name": "GBCS", "version": "4.0", "part": "Table 28d"}]
    assert table["recognised"] == '"GB Companion Specification v4.3 draft 2" in draft!A1'
    assert document(gbcscheck, draft, "--release", "before-mp131")["coverage"][0]["replaces"][0]["version"] == "3.2"


def test_alone_a_file_is_held_against_nothing_else(gbcscheck: Run, draft: Path) -> None:
    done = gbcscheck("check", draft, "--alone", "--no-config")
    assert done.returncode == 2
    assert "no conflict found" not in done.stdout
    assert done.stderr.startswith("error: nothing was compared: the files stood by themselves")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["draft.csv", "--alone", "--release", "current"], "--alone and --release exclude each other"),
        (["--alone"], "--alone is for files and folders of your own, and none are named"),
    ],
)
def test_alone_goes_with_files_and_no_release(gbcscheck: Run, draft: Path, arguments: list[str], told: str) -> None:
    done = gbcscheck("check", *arguments, "--no-config", cwd=draft.parent)
    assert (done.returncode, done.stderr) == (2, f"error: {told}\n")


@pytest.mark.whole_release
def test_findings_of_the_release_alone_are_counted_and_do_not_count(gbcscheck: Run, draft: Path) -> None:
    done = gbcscheck("check", draft, "--no-config")
    assert done.returncode == 0
    told = r"\d+ errors, \d+ warnings, \d+ notes in which your files take no part, --all shows them"
    assert re.search(told, done.stdout)
    shown = gbcscheck("check", draft, "--all", "--no-config")
    assert shown.returncode == 0
    assert "error[C101]" in shown.stdout
    found = document(gbcscheck, draft, "--all")
    assert {one["elsewhere"] for one in found["findings"]} == {True}
    assert found["summary"]["error"] == 0
    assert found["summary"]["elsewhere"] == document(gbcscheck, draft)["summary"]["elsewhere"]


@pytest.mark.whole_release
def test_what_a_document_lacks_is_a_finding_of_it(gbcscheck: Run, tmp_path: Path) -> None:
    """The rows of a use case are gone in the user's workbook, which has no place for what is not there."""
    shipped = json.loads((shipped_root() / "gbcs/4.0/use-cases.json").read_text(encoding="utf-8"))
    shipped["statements"] = [one for one in shipped["statements"] if "exec_weekdays" not in one["subject"]]
    (tmp_path / "mine.json").write_text(json.dumps(shipped), encoding="utf-8")
    found = document(gbcscheck, tmp_path / "mine.json", "--release", "before-mp131")
    told = {(one["rule"], one["subject"]) for one in found["findings"] if "exec_weekdays" in one["subject"]}
    assert ("P101", "MaximumDemandConfigurableTimePeriod.entries[*].exec_weekdays") in told


# --- what was compared -----------------------------------------------------------------------------------------------


def test_each_item_says_what_it_was_compared_with(gbcscheck: Run, draft: Path) -> None:
    found = item(document(gbcscheck, draft), "RandomisedOffsetLimit.value")
    assert [(one["name"], one["part"]) for one in found["compared_with"]] == [
        ("GBCS", "use cases"),
        ("DUIS", "schema"),
        ("SMETS2", "units"),
    ]
    assert (found["rules"], found["codes"]) == (2, ["R106", "V102"])
    assert "uncompared" not in found
    places = [one["source"] for spec in found["compared_with"] for one in spec["statements"]]
    assert all(place["path"].endswith((".xlsx", ".xsd", ".json")) for place in places)


def test_no_conflict_says_what_was_compared(gbcscheck: Run, draft: Path) -> None:
    text = gbcscheck("check", draft, "--no-config").stdout
    assert "no conflict found: 1 of 1 item compared with GBCS 4.0 use cases, DUIS 5.4 schema, SMETS2 units\n" in text


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("Randomised Offset Limit,TBC,,,", "no value could be read (draft!B3 "),
        ("Random Offset,5,s,,", "no specification of release current knows Random Offset (perhaps RandomisedOffset, "),
    ],
)
def test_where_nothing_was_compared_that_is_told_with_what_would_help(
    gbcscheck: Run, draft: Path, row: str, told: str
) -> None:
    draft.write_text("\n".join([*DRAFT.splitlines()[:2], row]), encoding="utf-8")
    done = gbcscheck("check", draft, "--no-config")
    assert done.returncode == 2
    assert "no conflict found" not in done.stdout
    assert done.stderr.startswith(f"error: nothing was compared: {told}")
    assert "nothing was compared: " in done.stdout


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ("markdown", "## gbcscheck: nothing was compared"),
        ("junit", 'type="uncompared"'),
        ("sarif", '"executionSuccessful": false'),
    ],
)
def test_no_format_passes_what_nothing_was_compared_with(gbcscheck: Run, draft: Path, form: str, told: str) -> None:
    draft.write_text(DRAFT.replace("600", "TBC"), encoding="utf-8")
    done = gbcscheck("check", draft, "--no-config", "--format", form)
    assert done.returncode == 2
    assert told in done.stdout
    assert "nothing was compared" in done.stdout


def test_a_statement_held_against_what_cannot_be_told_is_not_compared(gbcscheck: Run, draft: Path) -> None:
    draft.write_text(DRAFT + "RMS Voltage Sag Threshold,as agreed,,,\n", encoding="utf-8")
    found = document(gbcscheck, draft)
    assert item(found, "RMSVoltageSagThreshold.threshold_normal")["compared_with"] == []
    assert [one["text"] for one in found["coverage"][0]["unread"]] == ["as agreed"]


def test_a_note_that_something_is_deliberate_hides_nothing(gbcscheck: Run, draft: Path) -> None:
    draft.write_text(DRAFT.replace("600,s", "30,min"), encoding="utf-8")
    assert [one["rule"] for one in document(gbcscheck, draft)["findings"]] == ["V102"]


def test_what_nobody_knows_is_told_once_with_the_names_that_may_be_meant(gbcscheck: Run, draft: Path) -> None:
    draft.write_text(
        DRAFT + "Random Offset Limit,5,,,\nMaximum Demand Configurable Time Period,1,,,\n", encoding="utf-8"
    )
    found = document(gbcscheck, draft)
    (table,) = found["coverage"]
    assert [one["subject"] for one in table["items"]] == ["RandomisedOffsetLimit.value"]
    assert table["unknown"] == ["Random Offset Limit", "Maximum Demand Configurable Time Period"]
    offset, elements = (table["near"][name] for name in table["unknown"])
    assert "RandomisedOffsetLimit" in offset
    assert {one.partition(".")[0] for one in elements} == {"MaximumDemandConfigurableTimePeriod"}
    told = f"unknown 2 items: Random Offset Limit (perhaps {', '.join(offset[:3])}), Maximum"
    assert told in " ".join(gbcscheck("check", draft, "--no-config").stdout.split())
    page = gbcscheck("check", draft, "--no-config", "--format", "html").stdout
    assert f"Random Offset Limit (perhaps {offset[0]}" in page


def test_an_item_of_one_s_own_rows_is_no_misspelling(gbcscheck: Run, repository: Path) -> None:
    assert not any("near" in table for table in document(gbcscheck, repository)["coverage"])


def test_unread_names_all_that_may_be_unknown(gbcscheck: Run, draft: Path) -> None:
    draft.write_text(DRAFT + "".join(f"Item {number},5,,,\n" for number in range(7)), encoding="utf-8")
    assert "and 2 more; in no other document" in " ".join(gbcscheck("check", draft, "--no-config").stdout.split())
    told = " ".join(gbcscheck("check", draft, "--no-config", "--unread").stdout.split())
    assert "Item 6" in told.partition("warning[")[0]


# --- what was not read -----------------------------------------------------------------------------------------------


def test_whatever_is_not_read_is_told_and_strict_fails_for_it(gbcscheck: Run, draft: Path) -> None:
    found = document(gbcscheck, draft)
    (column,) = found["coverage"][0]["not_taken"]
    assert (column["what"], column["title"], column["source"]["cell"]) == ("column", "Maker", "D2")
    assert gbcscheck("check", draft, "--no-config").returncode == 0
    assert gbcscheck("check", draft, "--no-config", "--strict").returncode == 1
    draft.write_text(DRAFT.replace("Maker", "Remarks"), encoding="utf-8")
    assert gbcscheck("check", draft, "--no-config", "--strict").returncode == 0


def test_the_text_names_the_first_places_and_unread_all(gbcscheck: Run, draft: Path) -> None:
    rows = [f"Item {number},TBC,,," for number in range(7)]
    draft.write_text(DRAFT + "\n".join(rows), encoding="utf-8")
    text = " ".join(gbcscheck("check", draft, "--no-config").stdout.split())
    assert "7 cells: draft!B4" in text
    assert "and 2 more" in text
    assert "draft!B10" not in text.partition("warning[")[0]
    assert "draft!B10" in " ".join(gbcscheck("check", draft, "--no-config", "--unread").stdout.split())


def test_a_row_that_is_not_taken_is_named_once(gbcscheck: Run, draft: Path) -> None:
    draft.write_text(f"{DRAFT}Note: all values are those of 2021.,,,,\n", encoding="utf-8")
    text = " ".join(gbcscheck("check", draft, "--no-config").stdout.split())
    assert "1 row, 1 column: draft!A4 (a note), draft!D2 (Maker: a title that is not known)" in text


def test_files_of_kinds_that_are_not_read_are_named(gbcscheck: Run, draft: Path) -> None:
    for name in ("notes.odt", "old.xls", "net.tsv", "README.md"):
        (draft.parent / name).write_bytes(b"x")
    found = document(gbcscheck, draft.parent)
    assert [one["not_taken"][0]["what"] for one in found["coverage"][1:]] == ["file", "file", "file"]
    text = gbcscheck("check", ".", "--no-config", cwd=draft.parent).stdout
    assert "coverage 3 files of kinds that are not read: net.tsv, notes.odt, old.xls\n" in text
    assert gbcscheck("check", ".", "--no-config", "--exclude", "*.odt", cwd=draft.parent).stdout.count("odt") == 0


def test_a_repository_is_covered_too(gbcscheck: Run, repository: Path) -> None:
    found = document(gbcscheck, repository)
    assert [one["path"].rpartition("/")[2] for one in found["coverage"]] == ["use-cases.json", "table-9.json"]
    assert "ECS99" in found["coverage"][0]["unknown"]
    values = [one for table in found["coverage"] for one in table["items"] if one["subject"] == "Interval.value"]
    assert [one["rules"] for one in values] == [3, 3]
    (repository / "table-9.json").unlink()
    (repository / "releases.toml").write_text('[release.one]\nextracts = ["use-cases.json"]\n', encoding="utf-8")
    text = gbcscheck("check", repository, "--no-config").stdout
    assert "no conflict found within the documents; nothing was compared with another document" in text


# --- the page --------------------------------------------------------------------------------------------------------


@pytest.mark.whole_release
def test_a_page_of_ten_findings_is_small(gbcscheck: Run, draft: Path) -> None:
    """Ten defaults out of range, items in order, some that nobody knows (warnings), and cells that are not read."""
    phases = [f"(Phase[{number}])Average RMS {side} Voltage" for number in (1, 2, 3) for side in ("Over", "Under")]
    others = ("Randomised Offset Limit", "Uncontrolled Gas Flow Rate", "Calorific Value", "Conversion Factor")
    wrong = [*(f"{one} Threshold,-1,V,," for one in phases), *(f"{one},-1,,," for one in others)]
    right = [f"{one} Counter,0,,," for one in phases[:4]]
    unknown = [f"Setting {number},{number},s,made up,and a note of some length about it" for number in range(60)]
    unread = [f"{one} Counter,TBC,,," for one in phases[4:]]
    draft.write_text("\n".join([*DRAFT.splitlines()[:2], *wrong, *right, *unknown, *unread]), encoding="utf-8")
    found = document(gbcscheck, draft)
    assert found["summary"]["error"] == 10
    page = gbcscheck("check", draft, "--no-config", "--format", "html").stdout
    assert all(one["fingerprint"] in page for one in found["findings"])
    assert len(page.encode()) < 300_000
