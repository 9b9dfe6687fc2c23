"""The page on the library: its examples are run, and its tables name what there is."""

from __future__ import annotations

import doctest
import inspect
import re
from pathlib import Path

import pytest

import gbcscheck
from gbcscheck.pytest_plugin import WORDS

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "python.md"


def test_every_example_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    text = PAGE.read_text("utf-8").replace("```pycon\n", "\n").replace("```\n", "\n")
    test = doctest.DocTestParser().get_doctest(text, {}, "python.md", str(PAGE), 0)
    assert len(test.examples) > 30
    told: list[str] = []
    doctest.DocTestRunner().run(test, out=told.append)
    assert not told, "".join(told)


def test_every_name_of_the_library_is_told() -> None:
    table = PAGE.read_text("utf-8").partition("## Judging")[0]
    told = set(re.findall(r"`(\w+)`", table))
    assert set(gbcscheck.__all__) - {"__version__"} <= told


def test_every_argument_of_a_judge_and_every_option_is_told() -> None:
    told = set(re.findall(r"`(\w+)`", PAGE.read_text("utf-8")))
    assert set(inspect.signature(gbcscheck.Judge).parameters) <= told
    assert {f"gbcscheck_{name}" for name in (*WORDS, "specs", "strict")} <= told
