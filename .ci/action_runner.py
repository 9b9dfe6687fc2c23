"""The scripts of a composite action, run one after the other as the runner of GitHub Actions runs them.

Only scripts are run; what an action uses is noted with its inputs. The runner's own things that are made here: the
variables GITHUB_* and RUNNER_*, the files of outputs and of the summary, and bash as the runner calls it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BASH = ("bash", "--noprofile", "--norc", "-eo", "pipefail")
OF_USED = {"python": {"python-path": sys.executable}, "upload": {"sarif-id": "made-up"}}
"""Outputs of the steps that are not run."""
EVENT = {"github.event.pull_request.number": "PULL_REQUEST", "github.token": "TOKEN"}
"""Names of the event that expressions may use, and the variables of a job that hold them here."""
COMPARED = re.compile(r"([\w.-]+) *(==|!=) *'([^']*)'")
"""A value in a condition that is compared with a text."""


@dataclass
class Job:
    """A job that uses the action: the checkout, the event (variables, and what EVENT names), the inputs; and what came
    of it."""

    workspace: Path
    temp: Path
    event: dict[str, str]
    inputs: Mapping[str, str]
    log: str = ""
    summary: str = ""
    code: int = 0
    # Of a step that is here before it has run, the script is not run.
    outputs: dict[str, dict[str, str]] = field(default_factory=dict)
    used: dict[str, dict[str, str]] = field(default_factory=dict)

    def run(self, action: dict[str, Any]) -> Job:
        """Run every script of the action, in order; after one that fails only those whose condition says so."""
        given = {name: str(one.get("default", "")) for name, one in action["inputs"].items()}
        unknown = self.inputs.keys() - given.keys()
        if unknown:
            raise ValueError(f"no such inputs: {', '.join(sorted(unknown))}")
        given.update(self.inputs)
        for step in action["runs"]["steps"]:
            if not self._is_due(step.get("if", "success()"), given):
                continue
            if "uses" in step:
                self._use(step, given)
            elif step["id"] not in self.outputs:
                self._script(step, given)
        return self

    def _is_due(self, condition: str, given: dict[str, str]) -> bool:
        """Whether a step is run: a conjunction of ``success()``, ``!cancelled()`` and comparisons with texts."""

        def holds(term: str) -> bool:
            if term in ("success()", "!cancelled()"):
                return term != "success()" or self.code == 0
            compared = COMPARED.fullmatch(term)
            if compared is None:
                raise ValueError(f"a condition that this script does not know: {term}")
            return (self._value(compared[1], given) == compared[3]) is (compared[2] == "==")

        whole = condition.strip().removeprefix("${{").removesuffix("}}")
        return all(holds(term.strip()) for term in whole.split("&&"))

    def _use(self, step: dict[str, Any], given: dict[str, str]) -> None:
        self.used[step["uses"].partition("@")[0]] = {
            name: self._filled(str(text), given) for name, text in step.get("with", {}).items()
        }
        self.outputs[step["id"]] = OF_USED[step["id"]]

    def _script(self, step: dict[str, Any], given: dict[str, str]) -> None:
        if step.get("shell") != "bash":
            raise ValueError(f"{step['name']}: only scripts for bash can be run here")
        if "${{" in step["run"]:
            raise ValueError(f"{step['name']}: an expression stands inside of the script")
        files = {name: self.temp / name.lower() for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for file in files.values():
            file.write_text("", encoding="utf-8")
        script = self.temp / "script.sh"
        script.write_text(step["run"], encoding="utf-8")
        done = subprocess.run(
            [*BASH, str(script)],
            cwd=self.workspace,
            env={
                **clean_environment(),
                **{name: value for name, value in self.event.items() if name not in EVENT.values()},
                **{name: str(file) for name, file in files.items()},
                "GITHUB_ACTIONS": "true",
                "CI": "true",
                "GITHUB_WORKSPACE": str(self.workspace),
                "GITHUB_ACTION_PATH": str(ROOT),
                "RUNNER_TEMP": str(self.temp),
                "RUNNER_OS": "Linux",
                **{name: self._filled(str(text), given) for name, text in step.get("env", {}).items()},
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            check=False,
        )
        self.log += f"# {step['name']}\n{done.stdout}"
        if done.returncode:
            self.log += f"##[error]Process completed with exit code {done.returncode}.\n"
        self.code = self.code or done.returncode
        self.summary += files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")
        lines = files["GITHUB_OUTPUT"].read_text(encoding="utf-8").splitlines()
        self.outputs[step["id"]] = dict(line.split("=", 1) for line in lines)

    def _filled(self, text: str, given: dict[str, str]) -> str:
        """A text with its expressions replaced; ValueError for more than the name of a value."""
        return re.sub(r"\$\{\{ *(.*?) *\}\}", lambda found: self._value(found[1], given), text)

    def _value(self, name: str, given: dict[str, str]) -> str:
        """What an expression stands for; ValueError for more than the name of a value."""
        match name.split("."):
            case ["inputs", given_name]:
                return given[given_name]
            case ["github", "action_path"]:
                return str(ROOT)
            case ["github", *_] if name in EVENT:
                return self.event.get(EVENT[name], "")
            case ["steps", step, "outputs", output]:
                return self.outputs.get(step, {}).get(output, "")
        raise ValueError(f"an expression that this script does not know: {name}")


def clean_environment() -> dict[str, str]:
    """The environment without what belongs to another repository, job or person."""
    others = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "GITHUB_", "RUNNER_"))}
    others = {key: value for key, value in others.items() if key not in ("COLUMNS", "FORCE_COLOR", "NO_COLOR")}
    return {**others, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
