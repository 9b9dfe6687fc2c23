"""The other commands, help, versions, names that are not known, and completion."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cli_files import Run, environment

from gbcscheck import __version__

COMMANDS = ["check", "compare", "show", "extract", "specs", "rules", "explain"]
READERS = ["use-cases", "xsd", "service-requests", "table", "alert-codes", "clauses", "zcl", "products"]


def test_version(gbcscheck: Run) -> None:
    done = gbcscheck("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"gbcscheck {__version__}\n", "")


def test_the_console_script_is_the_same_command() -> None:
    script = Path(sys.executable).with_name("gbcscheck")
    done = subprocess.run([script, "--version"], capture_output=True, text=True, env=environment(), check=False)
    assert (done.returncode, done.stdout) == (0, f"gbcscheck {__version__}\n")


@pytest.mark.parametrize("option", ["-h", "--help"])
@pytest.mark.parametrize(
    "command", [[], *([name] for name in COMMANDS), *(["extract", name] for name in READERS)], ids="-".join
)
def test_every_command_has_help_with_examples(gbcscheck: Run, command: list[str], option: str) -> None:
    done = gbcscheck(*command, option)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Example" in done.stdout
    assert f"gbcscheck {' '.join(command)}".strip() in done.stdout
    if not command:
        assert all(f"\n  {name} " in done.stdout for name in COMMANDS)


def test_without_a_command_the_help_is_told_and_nothing_done(gbcscheck: Run) -> None:
    done = gbcscheck()
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Usage: gbcscheck ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["chek"], 'error: no command is called "chek"; near it: check, schema\n  gbcscheck --help tells more\n'),
        (["explain", "V100"], 'error: no rule is called "V100"; near it: V10'),
        (["explain", "default"], 'error: no rule is called "default"; near it: default-'),
        (["explain"], "error: Missing argument 'CODE'"),
        (["extract", "docx", "x"], "error: No such command 'docx'"),
        (["specs", "--format", "yaml"], "error: Invalid value for '--format'"),
        (["rules", "--colour"], "error: No such option"),
    ],
)
def test_unknown_names_are_told_with_near_ones(gbcscheck: Run, arguments: list[str], message: str) -> None:
    done = gbcscheck(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(message)


# --- rules and explain -----------------------------------------------------------------------------------------------


def test_rules_are_listed_one_a_line(gbcscheck: Run) -> None:
    from gbcscheck.api.rules import known_rules

    done = gbcscheck("rules")
    known = known_rules()
    heading, *lines = done.stdout.splitlines()
    assert heading.split() == ["code", "name", "kind", "severity", "question"]
    assert [line.split()[:4] for line in lines] == [[r.code, r.name, r.kind, r.severity] for r in known]


def test_rules_as_json(gbcscheck: Run) -> None:
    from gbcscheck.rules import RULES

    document = json.loads(gbcscheck("rules", "check", "--format", "json").stdout)
    assert [rule["code"] for rule in document] == [rule.code for rule in RULES]
    assert document[0].keys() == {"code", "name", "kind", "severity", "question", "reads"}


def test_what_no_rule_reads_is_listed(gbcscheck: Run) -> None:
    from gbcscheck.attributes import ATTRIBUTES

    document = json.loads(gbcscheck("rules", "--unread", "--format", "json").stdout)
    names = [one["attribute"] for one in document]
    assert set(names) < set(ATTRIBUTES)
    assert {"replay-protected", "abstract"} < set(names)
    assert {"default", "type", "service-reference", "roles"}.isdisjoint(names)
    heading, first, *_ = gbcscheck("rules", "--unread").stdout.splitlines()
    assert heading.split()[:2] == ["attribute", "statements"]
    assert first.split()[:2] == [names[0], f"{document[0]['statements']:,}"]


def test_every_rule_is_explained_by_code_and_by_name(gbcscheck: Run) -> None:
    done = gbcscheck("explain", "V101")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Kind: default. Severity: error. Reads: default, constant, type," in done.stdout
    assert "How to fix it" in done.stdout
    assert gbcscheck("explain", "default-contradicts-constant").stdout == done.stdout
    assert gbcscheck("explain", "v101").stdout == done.stdout


# --- what is imported ------------------------------------------------------------------------------------------------

HEAVY = ("cryptography", "elementpath", "jsonschema", "jsonschema_rs", "lark", "lxml", "openpyxl", "rich", "xmlschema")


def imported(*arguments: str | Path) -> set[str]:
    """The heavy libraries that a command imports."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "gbcscheck", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment(),
        check=False,
    )
    names = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}
    return {name for name in HEAVY if name in names}


@pytest.mark.parametrize(
    "arguments", [["--version"], ["--help"], ["rules"], ["explain", "V101"], ["specs"], ["check"], ["check", "--help"]]
)
def test_no_command_imports_what_it_does_not_use(arguments: list[str]) -> None:
    assert imported(*arguments) <= {"lark"} if arguments == ["check"] else imported(*arguments) == set()


# --- completion ------------------------------------------------------------------------------------------------------


def completed(line: str, shell: str = "bash") -> list[str]:
    """What the shell is offered at the end of a line."""
    words = line.split(" ")
    env = environment(COMP_WORDS=line, COMP_CWORD=str(len(words) - 1), _GBCSCHECK_COMPLETE=f"{shell}_complete")
    script = Path(sys.executable).with_name("gbcscheck")
    done = subprocess.run([script], capture_output=True, text=True, env=env, check=False)
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_commands_rules_kinds_and_releases_are_completed() -> None:
    assert completed("gbcscheck ex") == ["plain,extract", "plain,explain"]
    assert "plain,V101" in completed("gbcscheck explain V")
    assert completed("gbcscheck check --select V101,conf") == ["plain,V101,configurability"]
    assert completed("gbcscheck check --release be") == ["plain,before-mp131"]
    assert completed("gbcscheck check --fail-on w") == ["plain,warning"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_completion_script_is_printed(shell: str) -> None:
    if shell == "bash" and shutil.which("bash") is None:
        pytest.skip("no bash here")
    env = environment(_GBCSCHECK_COMPLETE=f"{shell}_source")
    script = Path(sys.executable).with_name("gbcscheck")
    done = subprocess.run([script], capture_output=True, text=True, env=env, check=False)
    assert "_gbcscheck_completion" in done.stdout


def test_a_fault_of_the_program_does_not_look_like_findings(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from gbcscheck import cli
    from gbcscheck.cli.application import application

    def fail(*arguments: object, **options: object) -> None:
        raise RuntimeError("a mistake")

    monkeypatch.setattr(application, "main", fail)
    assert cli.run(["check"]) == cli.FAILED
    errors = capfd.readouterr().err
    assert "RuntimeError: a mistake\n" in errors
    assert errors.endswith(
        "error: this is a fault of gbcscheck and not of the input; please report it with the lines above\n"
    )
