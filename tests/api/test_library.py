"""Loading, checking and comparing from Python."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import gbcscheck
from gbcscheck import Loaded, Place, UnreadableSource, UsageError


@pytest.fixture(scope="module")
def before() -> Loaded:
    return gbcscheck.load(release="before-mp131")


@pytest.fixture(scope="module")
def after() -> Loaded:
    return gbcscheck.load(release="after-mp131")


def draft(folder: Path, value: str) -> Path:
    """An extract with one default of an item of Table 28d."""
    document = {
        "specification": {"name": "GBCS", "version": "9.9", "part": "Table 28d"},
        "provenance": "synthetic",
        "source": {"name": "draft.xlsx"},
        "statements": [
            ["MaximumDemandConfigurableTimePeriod.entries[*].exec_weekdays", "default", value, "Table 28d", "Table!D7"]
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


# --- formats ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", gbcscheck.FORMATS)
def test_a_check_and_a_comparison_have_every_format(form: str, before: Loaded, after: Loaded) -> None:
    checked = gbcscheck.check(before, select=["V101"])
    compared = gbcscheck.compare(before, after, select=["V101"])
    assert "V101" in checked.to(form)
    assert "exec_weekdays" in compared.to(form)


def test_another_format_is_an_error_with_near_names(before: Loaded) -> None:
    with pytest.raises(UsageError, match="sarif"):
        gbcscheck.check(before, select=["V101"]).to("serif")


def test_text_has_the_width_that_is_asked_for(before: Loaded) -> None:
    result = gbcscheck.check(before, select=["V101"])
    assert max(map(len, result.to("text", width=60).splitlines())) < max(map(len, result.to().splitlines()))
    assert "\x1b[" in result.to("text", colour=True)
    assert all("V101" in line for line in result.to("text", brief=True).splitlines())


def test_a_result_is_a_frozen_value_that_says_what_it_is(before: Loaded) -> None:
    result = gbcscheck.check(before, select=["V101"])
    assert repr(result).startswith("<Result of check: not ok; error: ")
    with pytest.raises(AttributeError):
        result.newer = "other"  # type: ignore[misc]
