"""Loading, checking and comparing from Python."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import gbcscheck
from gbcscheck import Loaded, Place, Result, UnreadableSource, UsageError


@pytest.fixture(scope="module")
def before() -> Loaded:
    return gbcscheck.load(release="before-mp131")


@pytest.fixture(scope="module")
def after() -> Loaded:
    return gbcscheck.load(release="after-mp131")


def draft(folder: Path, value: str) -> Path:
    """An extract with one default of an item of Table 28d."""
    document = {
        "specification": "GBCS",
        "version": "9.9",
        "part": "Table 28d",
        "provenance": "synthetic",
        "statements": [
            {
                "subject": "MaximumDemandConfigurableTimePeriod.entries[*].exec_weekdays",
                "attribute": "default",
                "domain": value,
            }
        ],
    }
    path = folder / "draft.json"
    path.write_text(json.dumps(document))
    return path


# --- load ------------------------------------------------------------------------------------------------------------


def test_a_release_that_ships_is_loaded(before: Loaded) -> None:
    assert before.releases == ("before-mp131",)
    assert "GBCS" in {specification.name for specification in before.specifications}
    assert {statement.subject for statement in before.about("ECS37")} == {"ECS37"}
    assert before.about("nothing is called so") == ()
    assert len(before.statements) > 10_000
    assert not before.problems


def test_what_is_not_there_is_an_error_of_the_library(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="before-mp131"):
        gbcscheck.load(release="before-mp132")
    problem = gbcscheck.load(tmp_path / "nowhere.json").problems[0]
    assert isinstance(problem, UnreadableSource)
    assert problem.problem == "no such file or folder"
    with pytest.raises(UsageError, match="empty"):
        gbcscheck.load("")


def test_a_file_that_cannot_be_read_is_a_problem_and_not_an_error(tmp_path: Path) -> None:
    (tmp_path / "draft.json").write_text('{"specification": ')
    result = gbcscheck.check(tmp_path, release="current", select=["V101"])
    assert [type(problem) for problem in result.problems] != []
    assert not result.ok


def several(folder: Path, sag: str = "210 V") -> Path:
    """A table with two columns of defaults."""
    path = folder / sag / "sag.csv"
    path.parent.mkdir()
    path.write_text(f"Data item,Current,Proposed\nRMSVoltageSagThreshold,207 V,{sag}\n")
    return path


def test_files_are_loaded_over_the_default_release_or_alone(tmp_path: Path) -> None:
    path = draft(tmp_path, "0b0011111")
    loaded = gbcscheck.load(path)
    assert loaded.releases == ("current",)
    result, named = gbcscheck.check(loaded, select=["V1"]), gbcscheck.check(path, select=["V1"])
    assert result.findings == named.findings != ()
    alone = gbcscheck.load(path, alone=True)
    assert alone.releases == ("",)
    assert gbcscheck.check(alone, select=["V1"]).findings == gbcscheck.check(path, alone=True, select=["V1"]).findings
    for wrong in ({"alone": True}, {"alone": True, "release": "current"}):
        with pytest.raises(UsageError, match="alone"):
            gbcscheck.load(*([path] if "release" in wrong else []), **wrong)  # type: ignore[arg-type]


def test_which_tables_are_read_is_said_alike_of_all(tmp_path: Path) -> None:
    path = several(tmp_path)
    for read in (gbcscheck.load, gbcscheck.check):
        assert "give --column" in str(read(path, alone=True).problems[0])
        assert not read(path, alone=True, column="Proposed").problems
    values = [one.text or one.domain for one in gbcscheck.load(path, alone=True, column="Current").statements]
    assert values == ["207 V"]
    other = several(tmp_path, "211 V")
    (change,) = gbcscheck.compare(path, other, column="Proposed").changes
    assert change.change == "default"
    assert gbcscheck.compare(path, other, column="Current").changes == ()
    with pytest.raises(UsageError, match="what is loaded is checked alone"):
        gbcscheck.check(gbcscheck.load(), column="Current")
    with pytest.raises(UsageError, match="what is loaded is compared"):
        gbcscheck.compare(gbcscheck.load(), gbcscheck.load(), hidden=True)


# --- check -----------------------------------------------------------------------------------------------------------


def test_findings_are_values_with_places(before: Loaded) -> None:
    result = gbcscheck.check(before, select=["V101"])
    assert not result.ok
    assert not result
    finding = result.findings[0]
    assert (finding.rule, finding.severity) == ("V101", "error")
    places = [result.place(statement) for statement in finding.statements]
    assert all(isinstance(place, Place) and place.path for place in places)
    assert any(place.cell for place in places)
    assert result.counts["error"] == len(result.findings)


def test_what_is_loaded_and_what_is_named_give_the_same_findings(before: Loaded) -> None:
    named = gbcscheck.check(release="before-mp131", select=["V101"])
    loaded = gbcscheck.check(before, select=["V101"])
    assert named.findings == loaded.findings
    assert named.to("json") == loaded.to("json")


def test_the_level_decides_what_is_ok(before: Loaded) -> None:
    assert gbcscheck.check(before, select=["V101"], fail_on="never").ok
    with pytest.raises(UsageError, match='"eror"'):
        gbcscheck.check(before, fail_on="eror")
    with pytest.raises(UsageError):
        gbcscheck.check(before, release="current")


def test_no_configuration_is_looked_for_and_one_may_be_named(
    tmp_path: Path, before: Loaded, monkeypatch: pytest.MonkeyPatch
) -> None:
    fingerprint = gbcscheck.check(before, select=["V101"]).findings[0].fingerprint
    configuration = tmp_path / "gbcscheck.toml"
    configuration.write_text(
        f'release = "before-mp131"\n[[waivers]]\nfingerprint = "{fingerprint}"\nreason = "agreed"\n'
    )
    monkeypatch.chdir(tmp_path)
    assert not any(one.waived for one in gbcscheck.check(release="before-mp131", select=["V101"]).findings)
    waived = [one.waived for one in gbcscheck.check(config=configuration, select=["V101"]).findings]
    assert "agreed" in waived


# --- compare ---------------------------------------------------------------------------------------------------------


def test_two_releases_that_ship_are_compared(before: Loaded, after: Loaded) -> None:
    result = gbcscheck.compare("before-mp131", "after-mp131", select=["V101"])
    assert {change.change for change in result.changes} >= {"default"}
    assert any(change.verdict == "breaking" for change in result.changes)
    assert not result.ok
    loaded = gbcscheck.compare(before, after, select=["V101"])
    assert loaded.changes == result.changes
    assert loaded.findings == result.findings


def test_nothing_changes_between_a_release_and_itself(before: Loaded) -> None:
    result = gbcscheck.compare(before, before, select=["V101"])
    assert result.ok
    assert result.changes == ()


def test_a_loaded_side_goes_with_a_loaded_one(before: Loaded) -> None:
    with pytest.raises(UsageError, match="loaded"):
        gbcscheck.compare(before, "after-mp131")
    with pytest.raises(UsageError, match="no file or folder"):
        gbcscheck.compare("nothing-is-called-so", "after-mp131")


RULE = """\
[[rule]]
code = "H1"
name = "on-the-bench"
kind = "range"
severity = "error"
question = "Can the test bench make this voltage?"
subject = "RMSVoltage*"
in = "180..209 V"
"""


def test_house_rules_are_put_to_both_sides(tmp_path: Path) -> None:
    rules = tmp_path / "bench.toml"
    rules.write_text(RULE)
    sides = several(tmp_path, "207 V"), several(tmp_path, "211 V")
    assert gbcscheck.compare(*sides, column="Proposed").findings == ()
    named = gbcscheck.compare(*sides, column="Proposed", house_rules=rules)
    assert [(one.rule, one.status) for one in named.findings] == [("H1", "new")]
    loaded = [gbcscheck.load(side, alone=True, column="Proposed") for side in sides]
    assert gbcscheck.compare(*loaded, house_rules=rules).findings == named.findings


# --- formats ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def checked(before: Loaded) -> Result:
    return gbcscheck.check(before, select=["V101"])


@pytest.fixture(scope="module")
def compared(before: Loaded, after: Loaded) -> Result:
    return gbcscheck.compare(before, after, select=["V101"])


@pytest.mark.parametrize("form", gbcscheck.FORMATS)
def test_a_check_and_a_comparison_have_every_format(form: str, checked: Result, compared: Result) -> None:
    assert "V101" in checked.to(form)
    assert "exec_weekdays" in compared.to(form)


def test_another_format_is_an_error_with_near_names(checked: Result) -> None:
    with pytest.raises(UsageError, match="sarif"):
        checked.to("serif")


def test_text_has_the_width_that_is_asked_for(checked: Result) -> None:
    result = checked
    assert max(map(len, result.to("text", width=60).splitlines())) < max(map(len, result.to().splitlines()))
    assert "\x1b[" in result.to("text", colour=True)
    assert all("V101" in line for line in result.to("text", brief=True).splitlines())


def test_a_result_is_a_frozen_value_that_says_what_it_is(checked: Result) -> None:
    result = checked
    assert repr(result).startswith("<Result of check: not ok; error: ")
    with pytest.raises(AttributeError):
        result.newer = "other"  # type: ignore[misc]
