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
CONDITION_OF_UPLOAD = "!cancelled() && inputs.upload-sarif == 'true' && steps.run.outputs.sarif != ''"
"""The only condition that is known here."""


@dataclass
class Job:
    """A job that uses the action: the checkout, the event, the inputs; and what came of it."""

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
        """Run every script of the action, in order; after one that fails no other."""
        given = {name: str(one.get("default", "")) for name, one in action["inputs"].items()}
        unknown = self.inputs.keys() - given.keys()
        if unknown:
            raise ValueError(f"no such inputs: {', '.join(sorted(unknown))}")
        given.update(self.inputs)
        for step in action["runs"]["steps"]:
            if "uses" in step:
                self._use(step, given)
            elif self.code == 0 and step["id"] not in self.outputs:
                self._script(step, given)
        return self

    def _use(self, step: dict[str, Any], given: dict[str, str]) -> None:
        condition = step.get("if", "").removeprefix("${{").removesuffix("}}").strip()
        if condition == CONDITION_OF_UPLOAD:
            if given["upload-sarif"] != "true" or not self.outputs.get("run", {}).get("sarif"):
                return
        elif condition:
            raise ValueError(f"a condition that this script does not know: {condition}")
        self.used[step["uses"].partition("@")[0]] = {
            name: self._filled(str(text), given) for name, text in step.get("with", {}).items()
        }
        self.outputs[step["id"]] = OF_USED[step["id"]]

    def _script(self, step: dict[str, Any], given: dict[str, str]) -> None:
        if step.get("shell") != "bash" or "if" in step:
            raise ValueError(f"{step['name']}: only scripts for bash without a condition can be run here")
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
                **self.event,
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
        self.code = done.returncode
        if self.code:
            self.log += f"##[error]Process completed with exit code {self.code}.\n"
        self.summary += files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")
        lines = files["GITHUB_OUTPUT"].read_text(encoding="utf-8").splitlines()
        self.outputs[step["id"]] = dict(line.split("=", 1) for line in lines)

    def _filled(self, text: str, given: dict[str, str]) -> str:
        """A text with its expressions replaced; ValueError for more than the name of a value."""

        def value(expression: re.Match[str]) -> str:
            match expression[1].split("."):
                case ["inputs", name]:
                    return given[name]
                case ["github", "action_path"]:
                    return str(ROOT)
                case ["steps", step, "outputs", name]:
                    return self.outputs.get(step, {}).get(name, "")
            raise ValueError(f"an expression that this script does not know: {expression[0]}")

        return re.sub(r"\$\{\{ *(.*?) *\}\}", value, text)


def clean_environment() -> dict[str, str]:
    """The environment without what belongs to another repository, job or person."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "GITHUB_", "RUNNER_"))}
    kept = {key: value for key, value in kept.items() if key not in ("COLUMNS", "FORCE_COLOR", "NO_COLOR")}
    return {**kept, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
