"""The rules as ``rules`` and ``explain`` tell them: from the list that the wheel holds, or from the modules."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

from gbcscheck.inputs.packaged import PACKAGED, is_of_program, is_older
from gbcscheck.model.rules import Rule

LISTED = PACKAGED / "rules.jsonl"
DECLARED_IN = ("rules", "device", "model")
"""The folders of the package in which rules are declared, and what they are declared by."""


def listed_rules() -> list[tuple[str, Rule]]:
    """Every rule that ships, with the command (``check`` or ``device``) that it is of."""
    listed = _listed()
    return declared_rules() if listed is None else listed


def declared_rules() -> list[tuple[str, Rule]]:
    """Every rule, with the command that it is of, as the modules declare it."""
    from gbcscheck.device.all_rules import device_rules
    from gbcscheck.rules import RULES

    return [*(("check", rule) for rule in RULES), *(("device", rule) for rule in device_rules())]


def write_list(file: Path) -> None:
    """Write the list that the wheel holds."""
    lines = (json.dumps({"of": of, **{key: getattr(rule, key) for key in _MEMBERS}}) for of, rule in declared_rules())
    file.write_text("\n".join(lines) + "\n", encoding="ascii")


_MEMBERS = ("code", "name", "kind", "severity", "question", "text", "reads", "versions_matter")


def _listed() -> list[tuple[str, Rule]] | None:
    """The rules of the list; None where there is none, or the code has been changed since it was made."""
    try:
        with LISTED.open("rb") as stream:
            made = os.fstat(stream.fileno())
            if not is_of_program(made) or not is_older(_sources(), made):
                return None
            return [_rule(**json.loads(line)) for line in stream]
    except (OSError, ValueError, TypeError):
        return None


def _rule(of: str, reads: list[str], **members: str) -> tuple[str, Rule]:
    return of, Rule(reads=tuple(reads), **members)  # type: ignore[arg-type]  # as JSON has them


def _sources() -> Iterator[os.stat_result]:
    package = Path(__file__).parents[1]
    for name in DECLARED_IN:
        for path in (package / name).rglob("*.py"):
            yield path.stat()
