"""The list of rules that the wheel holds says what the modules declare, and is not taken where they are newer."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from gbcscheck.api import rule_list
from gbcscheck.api.rule_list import declared_rules, listed_rules, write_list
from gbcscheck.model.rules import Rule


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A list that was just made, in the place of that of the package."""
    file = tmp_path / "rules.jsonl"
    write_list(file)
    monkeypatch.setattr(rule_list, "LISTED", file)
    return file


def as_listed(rules: list[tuple[str, Rule]]) -> list[tuple[str, dict[str, object]]]:
    members = ("code", "name", "kind", "severity", "question", "text", "reads", "versions_matter")
    return [(of, {name: getattr(rule, name) for name in members}) for of, rule in rules]


def imported(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows when the modules are asked."""
    asked: list[str] = []
    monkeypatch.setattr(rule_list, "declared_rules", lambda: asked.append("the modules") or [])
    return asked


@pytest.mark.skipif(sys.platform == "win32", reason="no time of change of a file there")
def test_the_list_says_what_the_modules_declare(listed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = as_listed(declared_rules())
    asked = imported(monkeypatch)
    assert as_listed(listed_rules()) == expected
    assert asked == []
    assert {of for of, _ in expected} == {"check", "device"}


@pytest.mark.parametrize(
    "damage",
    [
        lambda file: file.unlink(),
        lambda file: file.write_text("{"),
        lambda file: file.write_text("[]\n"),
        lambda file: file.write_text('{"of": "check", "colour": "red"}\n'),
        lambda file: file.chmod(0o666),
    ],
    ids=["none", "no JSON", "no rules", "other members", "anybody's"],
)
def test_without_a_list_that_can_be_trusted_the_modules_are_asked(
    listed: Path, monkeypatch: pytest.MonkeyPatch, damage: object
) -> None:
    damage(listed)  # type: ignore[operator]
    asked = imported(monkeypatch)
    listed_rules()
    assert asked == ["the modules"]


def test_a_list_older_than_a_module_is_not_taken(listed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = tmp_path / "newer.py"
    module.write_text("")
    sources = rule_list._sources
    monkeypatch.setattr(rule_list, "_sources", lambda: [*sources(), module.stat()])
    asked = imported(monkeypatch)
    listed_rules()
    assert asked == ["the modules"]
