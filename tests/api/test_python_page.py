"""The page on the library: its examples are run, and its tables name what there is."""

from __future__ import annotations

import doctest
import inspect
import re
from pathlib import Path

import pytest
from public_callables import public_callables

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


def test_every_argument_of_every_function_is_told() -> None:
    told = arguments_told(PAGE.read_text("utf-8"))
    there = {
        name.removeprefix("Judge."): {one for one in inspect.signature(function).parameters if one != "self"}
        for name, function in public_callables()
    }
    assert told == {name: arguments for name, arguments in there.items() if arguments}


def arguments_told(text: str) -> dict[str, set[str]]:
    """The arguments that the tables of the page tell, by the function: of one in the head, or of those in a column."""
    told: dict[str, set[str]] = {}
    for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        head, _, *rows = ([cell.strip() for cell in line.strip("|").split(" |")] for line in table.splitlines())
        if not head[0].startswith("argument"):
            continue
        for row in rows:
            of = re.findall(r"`([\w.]+)`", head[0] if len(head) == 2 else row[1])
            for name in of:
                told.setdefault(name, set()).update(re.findall(r"`(\w+)`", row[0]))
    told.setdefault("Result.place", set()).update(re.findall(r"`Result.place` takes a `(\w+)`", text))
    return told


def test_every_option_of_the_plugin_is_told() -> None:
    told = set(re.findall(r"`(\w+)`", PAGE.read_text("utf-8")))
    assert {f"gbcscheck_{name}" for name in (*WORDS, "specs", "strict")} <= told
