"""docs/ci.md: its sessions print what it says, its files are valid, and the job for GitLab does what it promises."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pytest
import yaml
from ci_sessions import PAGE, YAML, renewed
from gate_samples import DUIS, FILES, TABLE, Checkout, duis, table

ROOT = PAGE.parents[1]
PAGE_TEXT = PAGE.read_text(encoding="utf-8")

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def documents() -> dict[str, str]:
    """The YAML blocks of the page that are whole files, by what they are for."""
    found = {}
    for block in YAML.findall(PAGE_TEXT):
        keys = yaml.safe_load(block)
        if isinstance(keys, dict):
            name = {"name": "github-workflows", "gbcscheck": "gitlab-ci", "repos": "pre-commit"}[next(iter(keys))]
            found[name] = block
    return found


def test_the_sessions_print_what_the_page_says(tmp_path: Path) -> None:
    """Where they do not: ``python tests/gate/ci_sessions.py``, and read what has changed."""
    assert renewed(PAGE_TEXT, tmp_path) == PAGE_TEXT


@pytest.mark.parametrize("name", ["github-workflows", "gitlab-ci"])
def test_the_workflows_of_the_page_are_valid(tmp_path: Path, name: str) -> None:
    file = tmp_path / "file.yml"
    file.write_text(documents()[name], encoding="utf-8")
    check_schema(name, file)


def test_the_action_is_valid() -> None:
    check_schema("github-actions", ROOT / "action.yml")


@pytest.mark.parametrize("name", ["action.yml", "workflow.yml"])
def test_zizmor_has_nothing_to_say(tmp_path: Path, name: str) -> None:
    file = ROOT / name
    if name == "workflow.yml":
        file = tmp_path / ".github" / "workflows" / name
        file.parent.mkdir(parents=True)
        pinned = f"owner/gbcscheck@{'0123456789' * 4} # v0.2.0"
        file.write_text(documents()["github-workflows"].replace("OWNER/gbcscheck@COMMIT", pinned), encoding="utf-8")
    done = subprocess.run(
        [Path(sys.executable).with_name("zizmor"), "--persona", "pedantic", "--offline", str(file)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "No findings to report" in done.stdout


def test_whatever_starts_python_starts_it_isolated(job: dict[str, Any]) -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    scripts = [step.get("run", "") for step in action["runs"]["steps"]]
    for lines in (scripts, job["before_script"] + job["script"], [hook["entry"]]):
        started = [found for line in lines for found in re.findall(r'(?:python3?"?|\$PYTHON") +([^>\s]+)', line)]
        assert started
        assert set(started) == {"-I"}


def test_every_step_of_the_page_uses_inputs_that_there_are() -> None:
    inputs = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["inputs"]
    steps = [step for block in YAML.findall(PAGE_TEXT) for step in steps_of(yaml.safe_load(block))]
    given = [name for step in steps if step["uses"].startswith("OWNER/gbcscheck") for name in step.get("with", {})]
    assert {"category", "comment"} <= set(given) <= set(inputs)


def steps_of(document: Any) -> list[dict[str, Any]]:
    """The steps of a workflow, or the list of steps that a block is."""
    if isinstance(document, list):
        return document
    return [step for one in document.get("jobs", {}).values() for step in one["steps"]]


def check_schema(name: str, file: Path) -> None:
    """Hold a file against the schema that check-jsonschema comes with; nothing is fetched."""
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{name}", str(file)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_page_names_every_input_of_the_action() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    table_of_inputs = PAGE_TEXT.partition("| input | |")[2].partition("\n\n")[0]
    for name in action["inputs"]:
        assert f"`{name}`" in table_of_inputs, name


def test_no_script_of_the_action_holds_an_expression() -> None:
    """What somebody may choose (an input, the name of a branch) comes by the environment alone."""
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    for step in action["runs"]["steps"]:
        assert "${{" not in step.get("run", ""), step["name"]
        if "uses" in step:
            name, _, commit = step["uses"].partition("@")
            assert len(commit) == 40, f"{name} is not pinned to a commit"


@pytest.fixture
def job() -> dict[str, Any]:
    """The job for GitLab."""
    loaded: dict[str, Any] = yaml.safe_load(documents()["gitlab-ci"])["gbcscheck"]
    return loaded


@pytest.fixture
def work(tmp_path: Path) -> Checkout:
    """A repository with an old conflict on its branch ``main``."""
    checkout = Checkout.new(tmp_path / "project")
    checkout.commit(dict(FILES))
    checkout.git("checkout", "-q", "-b", "topic")
    return checkout


def run_job(job: dict[str, Any], work: Checkout, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the lines of a job as the runner of GitLab does: one script, which ends with the first line that fails."""
    folder = {"CI_PROJECT_DIR": str(work.root)}
    own = {name: value.replace("$CI_PROJECT_DIR", str(work.root)) for name, value in job["variables"].items()}
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", "\n".join(job["script"])],
        cwd=work.root,
        env={
            **work.environment(),
            **own,
            **folder,
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
            **variables,
        },
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_the_job_for_gitlab_on_a_merge_request(job: dict[str, Any], work: Checkout) -> None:
    base = work.git("rev-parse", "main")
    work.commit({DUIS: duis("31..60 | 0..30")})
    good = run_job(job, work, CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    assert (good.returncode, good.stderr) == (0, "")
    assert good.stdout.startswith("no change: ")
    shutil.rmtree(work.root / ".cache")  # the next line would commit it

    work.commit({DUIS: duis("0..59"), TABLE: table(interval="15")})
    bad = run_job(job, work, CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    assert (bad.returncode, bad.stderr) == (1, "")
    assert "breaking[narrowed]" in bad.stdout
    quality, tests = reports(job, work)
    at = {(one["location"]["path"], one["location"]["lines"]["begin"], one["check_name"]) for one in quality}
    assert (DUIS, work.line_of(DUIS, "/Request/Interval"), "change/narrowed") in at
    assert (TABLE, 3, "V101") in at
    assert [case for case in tests.iter("testcase") if case.find("failure") is not None]
    assert (work.root / job["cache"]["paths"][0]).is_dir(), "the cache is where the job keeps it"


def test_the_job_for_gitlab_on_the_default_branch(job: dict[str, Any], work: Checkout) -> None:
    red = run_job(job, work, CI_COMMIT_BRANCH="main")
    assert red.returncode == 1
    assert "error[V101]" in red.stdout
    quality, _ = reports(job, work)
    assert {one["location"]["path"] for one in quality} >= {TABLE}
    work.write({TABLE: table(limit="7")})
    green = run_job(job, work, CI_COMMIT_BRANCH="main")
    assert (green.returncode, green.stderr) == (0, "")


def reports(job: dict[str, Any], work: Checkout) -> tuple[list[dict[str, Any]], ElementTree.Element]:
    """The two reports that the job gives to GitLab."""
    named = job["artifacts"]["reports"]
    quality = json.loads((work.root / named["codequality"]).read_text(encoding="utf-8"))
    return quality, ElementTree.parse(work.root / named["junit"]).getroot()
