"""The policy of a repository at work: values that waivers remember, severities of changes, exclusions, the baseline,
and what a change does to its own policy."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli_files import write_json

from gbcscheck.cli import run

pytestmark = pytest.mark.usefixtures("small_release")

USE_CASES = {
    "specification": "GBCS",
    "version": "9.0",
    "part": "draft use cases",
    "provenance": "synthetic",
    "statements": [
        {"subject": "ECS99/Interval.value", "attribute": "type", "domain": "0..65535"},
        {"subject": "ECS99/Interval.value", "attribute": "constant", "domain": "30"},
    ],
}
REQUEST = {
    "specification": "DUIS",
    "version": "9.0",
    "part": "schema",
    "provenance": "synthetic",
    "statements": [
        {"subject": "/Request/Body/SetLimit/Limit", "attribute": "permitted", "domain": "0..1799 s"},
        {"subject": "/Request/Body/SetLimit/Mode", "attribute": "permitted", "domain": '"day" | "night"'},
    ],
}
Do = Callable[..., tuple[int, str, str]]


@pytest.fixture
def do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Do:
    """Run a command in the repository: exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path.parent / "cache"))

    def command(*arguments: str) -> tuple[int, str, str]:
        code = run(list(arguments))
        told = capsys.readouterr()
        return code, told.out, told.err

    return command


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository with one commit: a default of 9 where the use case fixes 30, and a request."""
    (tmp_path / "specs").mkdir()
    write_json(tmp_path / "specs" / "use-cases.json", USE_CASES)
    write_json(tmp_path / "specs" / "duis.json", REQUEST)
    table(tmp_path, "9")
    configure(tmp_path)
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path)
    return tmp_path


def table(project: Path, default: str, *, rows_before: int = 0) -> None:
    lines = [f"{number},Other{number},value,1,synthetic" for number in range(rows_before)]
    text = "GBCS 9.0 Table 9\nNo.,Data item,Element,Default value,Provenance\n"
    (project / "specs" / "table-9.csv").write_text(
        text + "".join(f"{line}\n" for line in [*lines, f"1,Interval,value,{default},synthetic"]), encoding="utf-8"
    )


def request(project: Path, domain: str) -> None:
    statements = [{**REQUEST["statements"][0], "domain": domain}, REQUEST["statements"][1]]
    write_json(project / "specs" / "duis.json", {**REQUEST, "statements": statements})


def configure(project: Path, text: str = "") -> None:
    (project / "gbcscheck.toml").write_text(f'paths = ["specs"]\n{text}', encoding="utf-8")


def git(project: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    subprocess.run(["git", *identity, *arguments], cwd=project, check=True, capture_output=True)


def commit(project: Path) -> None:
    git(project, "add", "-A")
    git(project, "commit", "-q", "-m", "so")


def document(do: Do, *arguments: str) -> dict[str, Any]:
    _, out, _ = do(*arguments, "--format", "json")
    found = json.loads(out)
    assert isinstance(found, dict)
    return found


# --- values ----------------------------------------------------------------------------------------------------------


def test_a_baseline_does_not_cover_other_values(do: Do, project: Path) -> None:
    """A default of 9 was let pass; one of 200 is another conflict, though rule, subject and sides are the same."""
    assert do("check", "-q")[0] == 1
    assert do("baseline", "-q")[0] == 0
    assert do("check", "-q")[:2] == (0, "")
    table(project, "200")
    code, out, _ = do("check", "-q")
    assert code == 1
    assert (
        "gbcscheck-baseline.toml:12: warning: the entry for V101 Interval.value does not hold, since the values are "
        "others now: 9 → 200\n"
    ) in out
    states = {waiver["rule"]: waiver for waiver in document(do, "check")["waivers"]}
    assert states["V101"]["state"] == "outdated"
    assert (states["V101"]["values"], states["V101"]["found"]) == (["9 / 30"], ["200 / 30"])


def test_a_baseline_holds_where_rows_move_and_notations_and_versions_change(do: Do, project: Path) -> None:
    do("baseline", "-q")
    table(project, "0x0009", rows_before=3)
    changed = json.loads(json.dumps(USE_CASES).replace('"30"', '" 0030 "').replace("9.0", "9.1"))
    write_json(project / "specs" / "moved.json", {**changed, "statements": changed["statements"][::-1]})
    (project / "specs" / "use-cases.json").unlink()
    found = [one for one in document(do, "check")["findings"] if one["subject"] == "Interval.value"]
    assert [(one["rule"], bool(one.get("waived"))) for one in found] == [("V101", True)]


def test_compare_tells_a_conflict_that_remains_with_other_values(do: Do, project: Path) -> None:
    table(project, "200")
    code, out, _ = do("compare", "HEAD", "--select", "V101")
    assert code == 1
    assert "  conflicts 0 new, 0 fixed, 1 with other values, 0 as before\n" in out
    assert "\nremaining, with other values: 9 → 200\nremaining error[V101] " in out
    assert (
        "specs/table-9.csv · table-9!D3: remaining, with other values (9 → 200): error[V101]"
        in do("compare", "HEAD", "--select", "V101", "-q")[1]
    )
    (found,) = document(do, "compare", "HEAD", "--select", "V101")["findings"]
    assert (found["status"], found["values_before"], found["values"]) == ("remaining", ["9 / 30"], ["200 / 30"])
    assert do("compare", "HEAD", "--select", "V101", "--fail-on", "breaking")[0] == 0
    table(project, "0x09", rows_before=1)
    assert do("compare", "HEAD", "--select", "V101")[0] == 0


def test_a_waiver_of_a_change_takes_its_values_from_a_report(do: Do, project: Path) -> None:
    request(project, "0..600 s")
    do("compare", "HEAD", "--format", "json", "-o", "compared.json")
    (change,) = json.loads((project / "compared.json").read_text(encoding="utf-8"))["changes"]
    code, out, _ = do("waive", change["fingerprint"], "--report", "compared.json", "--reason", "agreed")
    assert (code, out.partition(", with ")[2]) == (0, "the values 0..1799 s -> 0..600 s\n")
    (project / "compared.json").unlink()
    (waiver,) = tomllib.loads((project / "gbcscheck.toml").read_text(encoding="utf-8"))["waivers"]
    assert (waiver["rule"], waiver["subject"]) == ("change/narrowed", "/Request/Body/SetLimit/Limit")
    assert do("check", "-q", "--strict-waivers", "--fail-on", "never")[1].count("holds for nothing") == 0
    assert do("compare", "HEAD")[0] == 0
    request(project, "0..5 s")
    code, out, _ = do("compare", "HEAD", "-q")
    assert code == 1
    assert "since the values are others now: 0..1799 s -> 0..600 s, now 0..1799 s -> 0..5 s\n" in out


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{}", "broken.json: this is no JSON report of gbcscheck: it has no findings"),
        ("[]", "broken.json: this is no JSON report of gbcscheck: it has no findings"),
        ("{", "broken.json:1:"),
    ],
)
def test_a_report_that_is_none_is_told(do: Do, project: Path, text: str, message: str) -> None:
    (project / "broken.json").write_text(text, encoding="utf-8")
    code, out, err = do("waive", "0123456789abcdef", "--report", "broken.json", "--reason", "x")
    assert (code, out) == (2, "")
    assert err.startswith(f"error: {message}")


def test_a_fingerprint_that_is_not_found_is_waived_whatever_the_values_are(do: Do, project: Path) -> None:
    code, out, _ = do("waive", "0123456789abcdef", "--reason", "x", "-q")
    assert code == 0
    assert out.endswith("is waived, whatever the values are: it is not found by check\n")
    assert "values" not in tomllib.loads((project / "gbcscheck.toml").read_text(encoding="utf-8"))["waivers"][0]


# --- the baseline ----------------------------------------------------------------------------------------------------


def test_a_baseline_stands_apart_and_an_older_one_holds_too(do: Do, project: Path) -> None:
    do("baseline", "-q", "--expires", "2999-12-31")
    assert "waivers" not in (project / "gbcscheck.toml").read_text(encoding="utf-8")
    path = project / "gbcscheck-baseline.toml"
    assert path.read_text(encoding="utf-8").count("expires = 2999-12-31") == 2
    configure(project, path.read_text(encoding="utf-8"))
    path.unlink()
    assert do("check", "-q")[0] == 0
    assert do("baseline", "-q")[1] == "nothing to add to gbcscheck-baseline.toml: the one finding is waived\n"


def test_a_baseline_counts_without_a_configuration(do: Do, project: Path) -> None:
    (project / "gbcscheck.toml").unlink()
    assert do("baseline", "-q", "specs")[0] == 0
    assert do("check", "-q", "specs")[0] == 0
    assert do("waive", "--rule", "N105", "--reason", "x")[1] == "gbcscheck.toml: N105 is waived\n"
    assert do("check", "-q", "specs")[0] == 0


def test_what_holds_for_nothing_is_pruned_and_nothing_is_added(do: Do, project: Path) -> None:
    do("baseline", "-q")
    path = project / "gbcscheck-baseline.toml"
    whole = path.read_bytes()
    assert do("baseline", "-q", "--prune")[1] == "gbcscheck-baseline.toml: nothing to take out\n"
    table(project, "30")
    assert do("baseline", "-q", "--prune")[1] == "gbcscheck-baseline.toml: 2 entries taken out\n"
    assert [one["rule"] for one in tomllib.loads(path.read_text(encoding="utf-8")).get("waivers", [])] == []
    assert path.read_bytes() in whole


def test_other_values_take_the_place_of_the_older_ones(do: Do, project: Path) -> None:
    do("baseline", "-q")
    path = project / "gbcscheck-baseline.toml"
    before = path.read_text(encoding="utf-8").splitlines()
    table(project, "200")
    done = do("baseline", "-q")
    assert done[1] == "gbcscheck-baseline.toml: 2 entries added, 2 of them in the place of an older one\n"
    after = path.read_text(encoding="utf-8").splitlines()
    changed = [(one, other) for one, other in zip(before, after, strict=True) if one != other]
    assert changed == [('values = ["9 / 30"]', 'values = ["200 / 30"]')] * 2
    assert do("check", "-q")[:2] == (0, "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--prune", "--expires", "2999-01-01"), "--prune adds nothing, so that --expires has nothing to be for"),
        (("--prune", "specs/duis.json"), "only a run on all that the configuration names can tell what holds for "),
    ],
)
def test_what_cannot_be_pruned_is_told(do: Do, project: Path, arguments: tuple[str, ...], message: str) -> None:
    code, _, err = do("baseline", *arguments)
    assert code == 2
    assert err.startswith(f"error: {message}")


def test_what_is_wrong_in_a_baseline_is_told_with_its_line(do: Do, project: Path) -> None:
    (project / "gbcscheck-baseline.toml").write_text('paths = []\n\n[[waivers]]\nrule = "V1"\n', encoding="utf-8")
    code, _, err = do("check")
    assert code == 2
    assert [line for line in err.splitlines() if line.startswith("error")] == [
        'error: gbcscheck-baseline.toml:1: the key "paths" is not known; there are waivers',
        "error: gbcscheck-baseline.toml:3: a waiver needs a reason",
        'error: gbcscheck-baseline.toml:4: no rule is called "V1"; near it: V123, V122, V121',
    ]


# --- severities ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("severity", "codes"),
    [
        ("", {"new": 1, "breaking": 1, "error": 1, "warning": 1, "note": 1, "never": 0}),
        ("warning", {"new": 0, "breaking": 0, "error": 0, "warning": 1, "note": 1, "never": 0}),
        ("note", {"new": 0, "breaking": 0, "error": 0, "warning": 0, "note": 1, "never": 0}),
    ],
)
def test_a_kind_of_change_has_the_severity_that_is_asked_for(
    do: Do, project: Path, severity: str, codes: dict[str, int]
) -> None:
    request(project, "0..600 s")
    configure(project, f'[severity]\n"change/narrowed" = "{severity}"\n' if severity else "")
    commit(project)
    found = {level: do("compare", "HEAD~1", "HEAD", "--select", "R101", "--fail-on", level)[0] for level in codes}
    assert found == codes


def test_a_kind_of_change_that_is_an_error_fails_whoever_it_hurts(do: Do, project: Path) -> None:
    (project / "specs" / "table-9.csv").unlink()
    table(project, "10")
    assert [one["verdict"] for one in document(do, "compare", "HEAD")["changes"]] == ["unknown"]
    assert do("compare", "HEAD", "--fail-on", "breaking")[0] == 0
    configure(project, '[severity]\n"change/default" = "error"\n')
    assert do("compare", "HEAD", "--fail-on", "breaking")[0] == 1
    assert [one["severity"] for one in document(do, "compare", "HEAD")["changes"]] == ["error"]


# --- waivers by pattern, party and file ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("waiver", "code"),
    [
        ('subject = "/Request/Body/SetLimit/*"', 0),
        ('subject = "/Request/Body/SetLimit"', 1),
        ('party = "User systems"', 0),
        ('party = ["DCC", "User systems"]', 0),
        ('party = "DCC"', 1),
        ('file = "specs/duis.json"', 0),
        ('file = "**/*.json"', 0),
        ('file = "specs/*.csv"', 1),
        ('rule = "change/narrowed"\nfile = "specs/"\nparty = "User systems"\nsubject = "*Limit"', 0),
        ('rule = "change/widened"\nfile = "specs/"', 1),
    ],
)
def test_a_change_is_waived_by_all_that_a_waiver_names(do: Do, project: Path, waiver: str, code: int) -> None:
    request(project, "0..600 s")
    configure(project, f'[[waivers]]\nreason = "x"\n{waiver}\n')
    assert do("compare", "HEAD")[0] == code


def test_waive_writes_patterns_parties_and_files(do: Do, project: Path) -> None:
    named = ("--rule", "change/narrowed", "--subject", "/Request/*", "--file", "specs/**/*.json")
    assert do("waive", *named, "--party", "dcc", "--reason", "x")[0] == 0
    (waiver,) = tomllib.loads((project / "gbcscheck.toml").read_text(encoding="utf-8"))["waivers"]
    assert (waiver["subject"], waiver["file"], waiver["party"]) == ("/Request/*", "specs/**/*.json", "DCC")
    assert do("waive", "--file", "../x", "--reason", "x")[2].startswith('error: --file "../x" is no pattern: ..')


# --- strict waivers --------------------------------------------------------------------------------------------------

STRICT = """\
[[waivers]]
rule = "V101"
reason = "no last day"

[[waivers]]
rule = "P101"
reason = "over"
expires = 2020-01-31

[[waivers]]
subject = "Intervall.value"
reason = "of no known subject"
expires = 2999-12-31

[[waivers]]
rule = "N101"
reason = "unused"
expires = 2999-12-31
"""
TOLD = [
    "gbcscheck.toml:2: warning: the waiver for V101 has no last day (expires)",
    "gbcscheck.toml:6: warning: the waiver for P101 expired on 2020-01-31; what it was for counts again (1)",
    "gbcscheck.toml:11: warning: the waiver for Intervall.value holds for nothing: no specification that was read "
    "speaks of Intervall.value",
    "gbcscheck.toml:16: warning: the waiver for N101 holds for nothing any more; take it out",
]


@pytest.mark.parametrize("command", [("check",), ("compare", "HEAD")])
def test_strict_waivers_fail_and_are_each_told(do: Do, project: Path, command: tuple[str, ...]) -> None:
    configure(project, STRICT)
    commit(project)
    assert do(*command, "-q", "--fail-on", "never")[0] == 0
    code, out, _ = do(*command, "-q", "--fail-on", "never", "--strict-waivers")
    assert code == 1
    assert [line for line in out.splitlines() if ": warning: " in line] == TOLD
    configure(project, "strict-waivers = true\n" + STRICT)
    assert do(*command, "-q", "--fail-on", "never")[0] == 1
    configure(
        project, 'strict-waivers = true\n[[waivers]]\nreason = "x"\nsubject = "Interval.*"\nexpires = 2999-12-31\n'
    )
    assert do(*command, "-q", "--fail-on", "never")[0] == 0


# --- exclusions ------------------------------------------------------------------------------------------------------


def draft(project: Path) -> None:
    """A folder of drafts, with a conflict of its own."""
    (project / "specs" / "drafts").mkdir()
    text = (project / "specs" / "table-9.csv").read_text(encoding="utf-8")
    text = text.replace("Table 9", "Table 8").replace(",9,", ",8,")
    (project / "specs" / "drafts" / "table-8.csv").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("command", [("check",), ("compare", "HEAD")])
def test_what_is_excluded_is_not_read_and_named(do: Do, project: Path, command: tuple[str, ...]) -> None:
    draft(project)
    configure(project, 'exclude = ["drafts/"]\n')
    found = document(do, *command)
    assert found["skipped"] == ['specs/drafts/table-8.csv: excluded by "drafts/" (gbcscheck.toml:2)']
    assert "Table 8" not in {part for one in found["specifications"] for part in one["parts"]}
    assert "  skipped" in do(*command)[1]
    configure(project)
    assert document(do, *command)["skipped"] == []
    by_option = document(do, *command, "--exclude", "specs/drafts/*.csv")["skipped"]
    assert by_option == ['specs/drafts/table-8.csv: excluded by "specs/drafts/*.csv" (--exclude)']


def test_what_is_excluded_is_left_out_of_both_revisions(do: Do, project: Path) -> None:
    draft(project)
    commit(project)
    git(project, "rm", "-q", "-r", "specs/drafts")
    commit(project)
    assert "Table 8" in do("compare", "HEAD~1", "HEAD")[1]
    code, out, _ = do("compare", "HEAD~1", "HEAD", "--exclude", "drafts/")
    assert code == 0
    assert out.startswith("no change")


def test_an_exclusion_that_a_change_brings_says_how_many_files_are_looked_at_no_longer(do: Do, project: Path) -> None:
    draft(project)
    configure(project)
    commit(project)
    configure(project, 'exclude = ["drafts/", "*.csv", "nowhere/"]\n')
    (project / "specs" / "drafts" / "new.json").write_text("{}", encoding="utf-8")
    told = [re.sub("[0-9a-f]{7,}", "...", one["text"]) for one in document(do, "compare", "HEAD")["policy"]]
    assert told == [
        '"drafts/" is excluded now, and with it 1 file of HEAD (...)',
        '"*.csv" is excluded now, and with it 2 files of HEAD (...)',
        '"nowhere/" is excluded now',
    ]


@pytest.mark.parametrize(
    "command", [("check", "specs/drafts", "--alone"), ("compare", "HEAD", "--path", "specs/drafts")]
)
def test_what_is_named_is_looked_at_and_that_is_told(do: Do, project: Path, command: tuple[str, ...]) -> None:
    draft(project)
    commit(project)
    configure(project, 'exclude = ["drafts/"]\n')
    found = document(do, *command)
    assert {part for one in found["specifications"] for part in one["parts"]} == {"Table 8"}
    told = 'specs/drafts is excluded by "drafts/" (gbcscheck.toml:2), and looked at all the same, since it is named.'
    assert told in found["note"]


def test_device_leaves_out_what_is_excluded(do: Do, project: Path) -> None:
    (project / "captures" / "old").mkdir(parents=True)
    for path in ("captures/a.txt", "captures/old/b.txt"):
        (project / path).write_text("0102", encoding="utf-8")
    configure(project, 'exclude = ["old/"]\n')
    found = document(do, "device", "captures")
    assert [file["path"] for file in found["files"]] == ["captures/a.txt"]
    assert found["skipped"] == ['captures/old/b.txt: excluded by "old/" (gbcscheck.toml:2)']
    assert '  skipped  captures/old/b.txt: excluded by "old/"' in do("device", "captures")[1]
    assert len(document(do, "device", "captures", "--no-config")["files"]) == 2


def test_a_wrong_pattern_is_told(do: Do, project: Path) -> None:
    code, _, err = do("check", "--exclude", "!a")
    assert (code, err) == (2, 'error: --exclude "!a" is no pattern: what is excluded cannot be taken in again with !\n')


# --- the policy of a change ------------------------------------------------------------------------------------------

LAX = """\
exclude = ["drafts/"]
fail-on = "never"
[severity]
V101 = "note"
[[waivers]]
rule = "change/narrowed"
reason = "agreed"
"""
LAX_TOLD = [
    "gbcscheck.toml:6: policy: the waiver for change/narrowed is new: agreed",
    "gbcscheck.toml:5: policy: the severity of V101 is note instead of error",
    'gbcscheck.toml:2: policy: "drafts/" is excluded now',
    "gbcscheck.toml:3: policy: fail-on is never now, and was not set",
]


def lax_change(project: Path) -> None:
    """A change that narrows a request, brings a conflict in a draft, and a policy that lets both pass."""
    request(project, "0..600 s")
    draft(project)
    configure(project, LAX)


def test_what_a_change_does_to_its_own_policy_comes_first(do: Do, project: Path) -> None:
    lax_change(project)
    code, out, _ = do("compare", "HEAD", "-q")
    assert code == 0
    assert out.splitlines()[: len(LAX_TOLD)] == LAX_TOLD
    first = "gbcscheck.toml:6: the waiver for change/narrowed is new: agreed"
    assert do("compare", "HEAD")[1].startswith(f"policy: {first}\n")
    markdown = do("compare", "HEAD", "--format", "markdown")[1].splitlines()
    as_code = first.replace("gbcscheck.toml:6", "`gbcscheck.toml:6`")
    assert markdown[4:7] == ["**policy that this change brings itself**", "", f"* {as_code}"]
    assert document(do, "compare", "HEAD")["policy"][0] == {
        "key": "waivers",
        "text": "the waiver for change/narrowed is new: agreed",
        "loosens": True,
        "refused": False,
        "source": "gbcscheck.toml:6",
    }
    assert do("compare", "HEAD", "--format", "github")[1].startswith(
        "::warning title=gbcscheck::gbcscheck.toml:6: the w"
    )
    log = json.loads(do("compare", "HEAD", "--format", "sarif")[1])
    told = log["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    assert told[0]["message"]["text"] == first
    assert "What this change does to its own policy:" in do("compare", "HEAD", "--format", "html")[1]


def test_what_a_change_waives_by_itself_can_be_refused(do: Do, project: Path) -> None:
    lax_change(project)
    code, out, _ = do("compare", "HEAD", "-q", "--no-new-waivers")
    assert code == 1
    lines = out.splitlines()
    assert lines[: len(LAX_TOLD)] == [f"{line} (refused: it does not hold)" for line in LAX_TOLD]
    assert [line for line in lines if "breaking for User systems[change/narrowed]" in line]
    assert [line for line in lines if line.startswith("specs/drafts/table-8.csv") and "new error[V101]" in line]


def test_a_policy_that_the_base_has_already_is_no_change(do: Do, project: Path) -> None:
    configure(project, LAX)
    do("baseline", "-q")
    commit(project)
    request(project, "0..600 s")
    code, out, _ = do("compare", "HEAD", "-q", "--no-new-waivers")
    assert (code, [line for line in out.splitlines() if ": policy: " in line]) == (0, [])


def test_entries_that_a_change_adds_to_the_baseline_are_refused(do: Do, project: Path) -> None:
    do("baseline", "-q")
    commit(project)
    table(project, "200")
    do("baseline", "-q")
    assert do("compare", "HEAD", "-q")[0] == 0
    code, out, _ = do("compare", "HEAD", "-q", "--no-new-waivers")
    assert code == 1
    told = "2 entries of the baseline are new: P101 Interval.value, V101 Interval.value (refused: it does not hold)"
    assert out.splitlines()[0] == f"gbcscheck-baseline.toml:5: policy: {told}"
    assert "remaining, with other values (9 → 200): error[V101]" in out


def test_a_policy_of_the_base_that_cannot_be_read_is_told(do: Do, project: Path) -> None:
    configure(project, "colour = 1\n")
    commit(project)
    configure(project, '[severity]\nV101 = "note"\n')
    code, out, _ = do("compare", "HEAD", "-q", "--no-new-waivers")
    first, second = out.splitlines()[:2]
    assert first.startswith("gbcscheck.toml:2 (HEAD (")
    assert 'policy: everything is new: the key "colour" is not known' in first
    assert "the severity of V101 is note instead of error (refused" in second
    assert code == 0


def test_without_a_configuration_there_is_no_policy(do: Do, project: Path) -> None:
    lax_change(project)
    assert ": policy: " not in do("compare", "HEAD", "-q", "--no-config")[1]
    code, _, err = do("compare", "HEAD", "--no-config", "--no-new-waivers")
    assert (code, err) == (2, "error: --no-new-waivers is about the configuration, which --no-config leaves out\n")


def test_what_a_configuration_said_that_the_change_removes_is_told_at_its_old_place(do: Do, project: Path) -> None:
    configure(project, 'fail-on = "note"\n[severity]\nN105 = "error"\n')
    commit(project)
    git(project, "rm", "-q", "gbcscheck.toml")
    found = document(do, "compare", "HEAD")["policy"]
    places = {(one["key"], re.sub("[0-9a-f]{7,}", "...", one["source"])) for one in found}
    assert places == {
        ("paths", "gbcscheck.toml:1 (HEAD (...))"),
        ("fail-on", "gbcscheck.toml:2 (HEAD (...))"),
        ("severity", "gbcscheck.toml:4 (HEAD (...))"),
    }
    for options in ([], ["-q"], ["--format", "github"], ["--format", "markdown"]):
        told = do("compare", "HEAD", "--fail-on", "never", *options)[1]
        assert "gbcscheck.toml:1" in told, options
    folders = (project / "before", project / "after")
    for folder in folders:
        folder.mkdir()
        write_json(folder / "duis.json", REQUEST)
    (folders[0] / "gbcscheck.toml").write_text('paths = ["duis.json"]\n', encoding="utf-8")
    assert {one["source"] for one in document(do, "compare", "before", "after")["policy"]} == {
        "before/gbcscheck.toml:1"
    }


def test_folders_are_compared_with_the_policies_in_them(do: Do, project: Path) -> None:
    for folder in ("old", "new"):
        (project / folder).mkdir()
        write_json(project / folder / "duis.json", REQUEST)
        (project / folder / "gbcscheck.toml").write_text("", encoding="utf-8")
    (project / "new" / "gbcscheck.toml").write_text('[severity]\nV101 = "note"\n', encoding="utf-8")
    _, out, _ = do("compare", "old", "new", "-q")
    assert out == "new/gbcscheck.toml:2: policy: the severity of V101 is note instead of error\n"


# --- schemas ---------------------------------------------------------------------------------------------------------


def test_schemas_are_listed_and_printed(do: Do) -> None:
    assert do("schema")[1].splitlines()[0] == "configuration         gbcscheck.toml"
    assert json.loads(do("schema", "configuration")[1])["$id"] == "urn:gbcscheck:schema:configuration"
    code, _, err = do("schema", "relases")
    assert (code, err) == (2, 'error: no schema is called "relases"; near it: releases, repairs, names\n')
