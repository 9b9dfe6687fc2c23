"""House rules as their authors use them: found, run, listed, explained, selected, waived, refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_files import Run

from gbcscheck import check, load

pytestmark = pytest.mark.usefixtures("small_release")

RULES = """\
title = "ACME house rules"

[[rule]]
code = "H1"
name = "interval-in-range"
kind = "range"
severity = "error"
question = "Is the interval one that the bench can wait for?"
text = "**How to fix it.** Choose another."
source = "Bench guide 2"
subject = "Interval"
in = "20..40"

[[rule]]
code = "X-ACME-2"
name = "limit-stated"
kind = "missing"
severity = "note"
question = "Is the default of the limit stated?"
subject = "Limit.*"
attribute = "default"
stated = true
"""


@pytest.fixture
def housed(drafts: Path) -> Path:
    """A checked folder with house rules."""
    (drafts / "rules").mkdir()
    (drafts / "rules" / "acme.toml").write_text(RULES, encoding="utf-8")
    return drafts


def told(gbcscheck: Run, *arguments: str | Path, cwd: Path) -> list[tuple[str, str]]:
    """Rule and severity of the findings of a check."""
    done = gbcscheck("check", *arguments, "--alone", "--format", "json", cwd=cwd)
    findings = json.loads(done.stdout)["findings"]
    return sorted((finding["rule"], finding["severity"]) for finding in findings)


def test_check_runs_the_rules_of_a_folder(gbcscheck: Run, housed: Path) -> None:
    done = gbcscheck("check", housed.name, "--select", "H1", cwd=housed.parent)
    assert done.returncode == 1
    assert "error[H1] its default has to lie in 20..40" in done.stdout
    assert "drafts/rules/acme.toml:3 · ACME house rules Bench guide 2" in done.stdout
    assert "gbcscheck explain H1" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), [("H1", "error"), ("V101", "error"), ("X-ACME-2", "note")]),
        (("--select", "H,X-ACME-2"), [("H1", "error"), ("X-ACME-2", "note")]),
        (("--select", "interval-in-range"), [("H1", "error")]),
        (("--ignore", "V,H,P"), [("X-ACME-2", "note")]),
    ],
)
def test_house_rules_are_selected_and_ignored_like_any(
    arguments: tuple[str, ...], expected: list[tuple[str, str]], gbcscheck: Run, housed: Path
) -> None:
    assert told(gbcscheck, housed.name, *arguments, cwd=housed.parent) == expected


def test_a_configuration_names_rules_sets_severities_and_waives(gbcscheck: Run, housed: Path) -> None:
    (housed / "rules").rename(housed.parent / "house")
    configuration = housed.parent / "gbcscheck.toml"
    configuration.write_text(
        'paths = ["drafts"]\nrules = ["house"]\n[severity]\nX-ACME-2 = "warning"\n'
        '[[waivers]]\nrule = "H1"\nreason = "agreed"\n',
        encoding="utf-8",
    )
    assert ("X-ACME-2", "warning") in told(gbcscheck, cwd=housed.parent)
    document = json.loads(gbcscheck("check", "--format", "json", cwd=housed.parent).stdout)
    assert [use["state"] for use in document["waivers"]] == ["used"]
    assert gbcscheck("explain", "H1", cwd=housed.parent).returncode == 0
    assert gbcscheck("compare", "drafts", "drafts", cwd=housed.parent).returncode == 0


def test_rules_lists_and_explain_tells_them(gbcscheck: Run, housed: Path) -> None:
    listed = gbcscheck("rules", "--house-rules", housed, "--format", "json", cwd=housed.parent)
    assert [one["code"] for one in json.loads(listed.stdout)][-2:] == ["H1", "X-ACME-2"]
    done = gbcscheck("explain", "limit-stated", "--house-rules", housed, cwd=housed.parent)
    assert done.stdout.startswith("# X-ACME-2 limit-stated\n\nIs the default of the limit stated?\n")
    assert "Reads: default." in done.stdout
    assert gbcscheck("explain", "H1", cwd=housed.parent).returncode == 2


def test_device_runs_them(gbcscheck: Run, housed: Path) -> None:
    meter = housed.parent / "meter.json"
    meter.write_text('{"RMSVoltageSagThreshold": "260 V"}', encoding="utf-8")
    rules = housed / "rules" / "acme.toml"
    rules.write_text(RULES.replace('"Interval"', '"RMSVoltageSag*"').replace("20..40", "180..250 V"), encoding="utf-8")
    done = gbcscheck("device", meter, "--house-rules", rules, cwd=housed.parent)
    assert done.returncode == 1
    assert "error[H1] its value has to lie in 180..250 V" in done.stdout
    assert gbcscheck("device", meter, cwd=housed.parent).returncode == 0


def test_an_explained_device_says_which_rule_it_is(gbcscheck: Run, tmp_path: Path) -> None:
    meter, rules = tmp_path / "meter.json", tmp_path / "acme.toml"
    meter.write_text('{"RMSVoltageSagThreshold": "250 V", "RMSVoltageSwellThreshold": "240 V"}', encoding="utf-8")
    relation = 'left = "RMSVoltageSagThreshold"\nrelation = "<"\nright = "RMSVoltageSwellThreshold"\n'
    rules.write_text(RULES.replace('subject = "Interval"\nin = "20..40"\n', relation), encoding="utf-8")
    done = gbcscheck("device", "meter.json", "--house-rules", "acme.toml", "--explain", cwd=tmp_path)
    assert "by ACME house rules Bench guide 2, acme.toml:3" in done.stdout
    assert "unstated" not in done.stdout


def test_a_rule_about_nothing_is_told(gbcscheck: Run, housed: Path) -> None:
    rules = housed / "rules" / "acme.toml"
    rules.write_text(RULES.replace('"Interval"', '"Intervall.value"'), encoding="utf-8")
    document = json.loads(gbcscheck("check", housed.name, "--format", "json", cwd=housed.parent).stdout)
    assert (
        'House rule H1 was not asked: nothing is called "Intervall.value"; near it: Interval.value' in document["note"]
    )


def test_a_fault_of_a_file_is_told_with_its_line_and_nothing_is_checked(gbcscheck: Run, housed: Path) -> None:
    rules = housed / "rules" / "acme.toml"
    rules.write_text(RULES.replace("20..40", "20..forty"), encoding="utf-8")
    done = gbcscheck("check", housed.name, cwd=housed.parent)
    assert (done.returncode, done.stdout) == (2, "")
    assert "rules/acme.toml:12: in is no set of values" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_of_rules_alone_says_what_was_found_and_is_held_against_the_release_that_is_named(
    gbcscheck: Run, tmp_path: Path
) -> None:
    (tmp_path / "rules").mkdir()
    rules = tmp_path / "rules" / "acme.toml"
    rules.write_text(RULES.replace('"Limit.*"', '"RMSVoltageSwellMeasurementPeriod"'), encoding="utf-8")
    done = gbcscheck("check", ".", "--alone", cwd=tmp_path)
    assert done.returncode == 2
    assert "found the house rules of rules/acme.toml, which without --alone are held against a release" in done.stderr
    document = json.loads(gbcscheck("check", ".", "--select", "H,X-", "--format", "json", cwd=tmp_path).stdout)
    assert [finding["rule"] for finding in document["findings"]] == ["X-ACME-2"]
    assert "There is no specification in .: the house rules of rules/acme.toml are asked of release" in document["note"]


def test_rules_further_down_are_named_and_not_asked(gbcscheck: Run, housed: Path) -> None:
    (housed / "rules" / "others.toml").write_text("question = 1\n", encoding="utf-8")
    told = (
        "The house rules of ./drafts/rules/acme.toml were not asked: they are deeper in what was named; the key rules"
    )
    document = json.loads(gbcscheck("check", ".", "--format", "json", cwd=housed.parent).stdout)
    assert told in document["note"]
    assert "H1" not in {finding["rule"] for finding in document["findings"]}
    document = json.loads(gbcscheck("check", ".", "--exclude", "rules/", "--format", "json", cwd=housed.parent).stdout)
    assert "were not asked: they are deeper" not in document["note"]
    (housed.parent / "gbcscheck.toml").write_text('paths = ["."]\nrules = ["drafts/rules"]\n', encoding="utf-8")
    document = json.loads(gbcscheck("check", "--format", "json", cwd=housed.parent).stdout)
    assert "were not asked: they are deeper" not in document["note"]
    assert "H1" in {finding["rule"] for finding in document["findings"]}


def test_no_output_is_written_over_a_file_of_rules(gbcscheck: Run, housed: Path) -> None:
    rules = housed / "rules" / "acme.toml"
    meter = housed.parent / "meter.json"
    meter.write_text('{"RMSVoltageSagThreshold": "260 V"}', encoding="utf-8")
    for command in (("check", housed), ("device", meter, "--house-rules", housed), ("compare", housed, housed)):
        done = gbcscheck(*command, "-o", rules, cwd=housed.parent)
        assert done.returncode == 2
        assert "acme.toml: this file was read as a source, and sources are never written" in done.stderr
    assert rules.read_text(encoding="utf-8") == RULES


def test_words_of_a_rule_are_safe_to_print(gbcscheck: Run, housed: Path) -> None:
    rules = housed / "rules" / "acme.toml"
    words = RULES.replace("Is the interval one", r"\u001b[31mIs\n::error::it").replace(
        "**How", r"\u009b2J\n##[error]**How"
    )
    rules.write_text(words, encoding="utf-8")
    for command in (("explain", "H1"), ("rules",), ("rules", "--format", "json")):
        printed = gbcscheck(*command, "--house-rules", rules, cwd=housed.parent).stdout
        assert "\x1b" not in printed
        assert "\x9b" not in printed
        assert not any(line.startswith(("::", "##[")) for line in printed.splitlines())
    sarif = json.loads(gbcscheck("check", housed, "--format", "sarif", cwd=housed.parent).stdout)
    told = next(one for one in sarif["runs"][0]["tool"]["driver"]["rules"] if one["id"] == "H1")
    assert told["shortDescription"]["text"].startswith("\\x1b[31mIs")
    assert "\x9b" not in told["help"]["text"] + told["help"]["markdown"]


# --- their names in a configuration ----------------------------------------------------------------------------------


def configured(folder: Path, text: str) -> Path:
    path = folder / "gbcscheck.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_severity_names_a_house_rule_by_its_name(housed: Path, gbcscheck: Run) -> None:
    path = configured(housed, 'paths = ["."]\n[severity]\ninterval-in-range = "note"\n')
    found = json.loads(gbcscheck("check", "--config", path, "--select", "H1", "--format", "json").stdout)
    assert {one["severity"] for one in found["findings"]} == {"note"}


def test_a_waiver_names_a_house_rule_by_its_name(housed: Path, gbcscheck: Run) -> None:
    text = 'paths = ["."]\n[[waivers]]\nrule = "interval-in-range"\nreason = "the bench waits"\n'
    done = gbcscheck("check", "--config", configured(housed, text), "--select", "H1")
    assert done.returncode == 0
    assert "waived" in done.stdout


@pytest.mark.parametrize("name", ["H7", "interval-in-rnge"])
def test_a_severity_of_no_house_rule_is_told_like_any_unknown_rule(housed: Path, gbcscheck: Run, name: str) -> None:
    done = gbcscheck("check", "--config", configured(housed, f'paths = ["."]\n[severity]\n{name} = "note"\n'))
    assert done.returncode == 2
    assert f'gbcscheck.toml:3: no rule is called "{name}"; near it: ' in done.stderr


def test_a_waiver_of_no_house_rule_is_told_too(housed: Path, gbcscheck: Run) -> None:
    text = 'paths = ["."]\n[[waivers]]\nrule = "interval-in-rnge"\nreason = "the bench waits"\n'
    done = gbcscheck("check", "--config", configured(housed, text))
    assert done.returncode == 2
    assert 'no rule is called "interval-in-rnge"; near it: interval-in-range' in done.stderr


def test_rules_that_the_option_names_count(drafts: Path, gbcscheck: Run) -> None:
    (drafts / "mine.toml").write_text(RULES, encoding="utf-8")
    path = configured(drafts, 'paths = ["."]\n[severity]\ninterval-in-range = "note"\nX-ACME-2 = "error"\n')
    assert gbcscheck("check", "--config", path, "--house-rules", drafts / "mine.toml").returncode != 2
    done = gbcscheck("check", "--config", path)
    assert done.returncode == 2
    assert 'no rule is called "interval-in-range"' in done.stderr
    assert 'no rule is called "X-ACME-2"' in done.stderr


def test_a_run_that_asks_no_house_rules_takes_their_codes(drafts: Path, gbcscheck: Run) -> None:
    """The rules may stand where only --house-rules of another run names them."""
    path = configured(drafts, '[severity]\nH9 = "note"\n')
    done = gbcscheck("compare", drafts, drafts, "--config", path)
    assert done.returncode == 0, done.stderr


def test_what_was_loaded_is_checked_with_house_rules(drafts: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(RULES, encoding="utf-8")
    loaded = load(drafts)
    assert [one.rule for one in check(loaded, house_rules=[path], select=["H1"]).findings] == ["H1"]
    assert all(one.rule != "H1" for one in check(loaded).findings)
