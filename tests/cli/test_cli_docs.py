"""What the pages say that a command prints is what it prints."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from cli_files import environment
from in_process import command
from test_cli_commands import completed

DOCS = Path(__file__).resolve().parents[2] / "docs"


def load_examples() -> ModuleType:
    """The script that reads the examples in the pages."""
    specification = importlib.util.spec_from_file_location("docs_examples", DOCS / "examples.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


EXAMPLES = load_examples()

pytestmark = pytest.mark.usefixtures("published_once")


def printed(arguments: list[str], place: Path) -> str:
    """What a command writes without a terminal."""
    done = command(*arguments, cwd=place, env=environment())
    return done.stdout + done.stderr


@pytest.mark.parametrize("page", EXAMPLES.pages(), ids=lambda page: page.name)
def test_the_examples_of_a_page_hold(page: Path) -> None:
    """Where they do not: ``python docs/examples.py --write``, and read what has changed."""
    assert EXAMPLES.outdated(page, printed) == []


def test_an_example_that_does_not_hold_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```console\n$ gbcscheck --version\ngbcscheck 0.0\n```\n", encoding="utf-8")
    assert EXAMPLES.outdated(page) == ["gbcscheck --version"]
    page.write_text(EXAMPLES.updated(page.read_text(encoding="utf-8")), encoding="utf-8")
    assert EXAMPLES.outdated(page) == []


def test_lines_may_be_left_out_of_an_example(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    text = "```console\n$ gbcscheck --help\nUsage: gbcscheck [OPTIONS] COMMAND [ARGS]...\n...\nCommands:\n...\n```\n"
    page.write_text(text.replace("COMMAND [ARGS]", "[COMMAND] [ARGS]"), encoding="utf-8")
    assert EXAMPLES.outdated(page) == []
    page.write_text(text.replace("Commands:", "Orders:"), encoding="utf-8")
    assert EXAMPLES.outdated(page) == ["gbcscheck --help"]


def test_the_page_tells_what_is_completed() -> None:
    text = (DOCS / "cli.md").read_text(encoding="utf-8")
    told = re.findall(r"^\$ (gbcscheck .*)<tab>\n(.*)$", text, re.MULTILINE)
    assert len(told) >= 4
    for line, words in told:
        assert [item.partition(",")[2] for item in completed(line)] == words.split(), line
