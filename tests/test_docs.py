"""What the pages say of sets, cells, conversions, data and commands is true, and what they link to is there.

What they show of a command's output is run by ``tests/cli/test_cli_docs.py``.
"""

from __future__ import annotations

import contextlib
import doctest
import importlib.util
import json
import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import pytest

from gbcscheck.cli.application import application
from gbcscheck.domains.conversions import parse_conversion
from gbcscheck.notation.canonical import parse_domain, print_domain
from gbcscheck.notation.errors import NotationError
from gbcscheck.notation.setting import Blank, Setting
from gbcscheck.notation.table_value import read_setting

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
SPECS = ROOT / "specs"
OF_THE_ROOT = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")
PAGES = (*(ROOT / name for name in OF_THE_ROOT), *sorted(DOCS.glob("*.md")), *sorted((DOCS / "findings").glob("*.md")))


def script(name: str) -> ModuleType:
    """One of the scripts beside the pages."""
    specification = importlib.util.spec_from_file_location(f"docs_{name}", DOCS / f"{name}.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def section(text: str, title: str) -> str:
    """What stands under a heading of the second level."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found is not None, title
    return found[1]


def rows(text: str) -> Iterator[list[str]]:
    """The cells of the rows of every table, without header rows."""
    body = False
    for line in text.splitlines():
        if not line.startswith("|"):
            body = False
        elif re.fullmatch(r"[|\-\s]+", line):
            body = True
        elif body:
            yield [cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def spans(text: str) -> list[str]:
    """The pieces of a text that are set as code."""
    return re.findall(r"`([^`]+)`", text)


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


# --- pages that are made ----------------------------------------------------------------------------------------------


def test_the_page_of_findings_is_what_is_found() -> None:
    """Where it is not: ``python docs/make_findings.py``, and judge what is new."""
    rendered, problems = script("make_findings").rendered()
    assert problems == []
    assert page("findings-current.md") == rendered


def test_the_page_of_rules_is_what_the_rules_say() -> None:
    """Where it is not: ``python docs/make_rules.py``."""
    assert page("rules.md") == script("make_rules").rendered()


def test_page_and_schemas_name_the_attributes_that_there_are() -> None:
    """Where they do not: ``python docs/make_attributes.py``."""
    for path, text in script("make_attributes").rendered().items():
        assert path.read_text(encoding="utf-8") == text, path.name


def test_the_forms_of_clauses_and_their_sample_are_those_of_the_table() -> None:
    """Where they are not: ``python docs/make_clauses.py``."""
    made = script("make_clauses")
    assert page("clauses.md") == made.rendered()
    assert made.SAMPLE.read_bytes() == made.sample()


def test_the_samples_are_those_that_are_made() -> None:
    """Where they are not: ``python docs/make_samples.py``. Every run makes the same octets."""
    made = script("make_samples").samples()
    assert {name for name, octets in made.items() if (DOCS / "samples" / name).read_bytes() != octets} == set()
    # draft.pdf is as LibreOffice makes it of draft.docx, reads.parquet as pyarrow does of reads.csv.
    of_hand = {"period.xml", "draft.pdf", "fleet/reads.parquet"}
    there = {path.relative_to(DOCS / "samples").as_posix() for path in (DOCS / "samples").rglob("*") if path.is_file()}
    assert there == made.keys() | of_hand


# --- the notation -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", list(rows(section(page("notation.md"), "Sets of values"))), ids=lambda row: row[0])
def test_a_set_is_written_and_printed_as_the_page_says(row: list[str]) -> None:
    written, printed, members, strangers = (spans(cell) for cell in row)
    domain = parse_domain(written[0])
    assert print_domain(domain) == printed[0]
    assert all(parse_domain(member).is_subset(domain) is True for member in members)
    assert all(parse_domain(stranger).is_subset(domain) is False for stranger in strangers)


def test_python_examples_of_the_notation() -> None:
    examples = blocks(page("notation.md"), "python")
    assert examples
    for number, example in enumerate(examples):
        test = doctest.DocTestParser().get_doctest(example, {}, f"example {number}", "notation.md", 0)
        assert doctest.DocTestRunner().run(test).failed == 0


@cache
def readings() -> frozenset[tuple[str, str]]:
    """Every cell's text in the shipped extracts with the set that it was read into."""
    documents = [json.loads((SPECS / name).read_text("utf-8")) for name in SHIPPED]
    statements = [statement for document in documents for statement in document["statements"]]
    return frozenset((one.get("text", one["domain"]), one["domain"]) for one in statements if "domain" in one)


SHIPPED = ("gbcs/4.0/use-cases.json", "duis/5.4/schema.json", "mmc/5.4/schema.json")


@pytest.mark.parametrize("row", list(rows(section(page("notation.md"), "What cells are read"))), ids=lambda row: row[1])
def test_a_cell_is_read_as_the_page_says(row: list[str]) -> None:
    _, cell, domain = row
    assert ("\n".join(spans(cell)), spans(domain)[0]) in readings()


@pytest.mark.parametrize(
    "cell", [s for row in rows(section(page("tables.md"), "What a cell may hold")) for s in spans(row[0])]
)
def test_a_cell_of_a_table_can_be_read(cell: str) -> None:
    assert isinstance(read_setting(cell), Setting | Blank)


@pytest.mark.parametrize(
    "cell", [s for row in rows(section(page("tables.md"), "What a cell is not read as")) for s in spans(row[0])]
)
def test_a_cell_of_a_table_is_refused(cell: str) -> None:
    with pytest.raises(NotationError):
        read_setting(cell)


# --- extracts and crosswalk -------------------------------------------------------------------------------------------


def test_the_statement_shown_is_one_that_ships() -> None:
    shipped = json.loads((SPECS / "gbcs/4.0/use-cases.json").read_text("utf-8"))["statements"]
    examples = [json.loads(block) for block in blocks(page("extracts.md"), "json")]
    assert examples
    assert all(example in shipped for example in examples)


def test_the_crosswalk_shown_is_the_one_that_ships() -> None:
    shipped: list[dict[str, Any]] = []
    for path in sorted((SPECS / "crosswalk").glob("*.json")):
        for listed in json.loads(path.read_text("utf-8")).values():
            shipped += listed if isinstance(listed, list) else []
    examples = [json.loads(block) for block in blocks(page("crosswalk.md"), "json")]
    assert len(examples) == 6
    for example in examples:
        assert any(example.items() <= entry.items() for entry in shipped if example.keys() <= entry.keys()), example


@pytest.mark.parametrize(
    "text", [s for row in rows(section(page("crosswalk.md"), "Conversions")) for s in spans(row[0]) if s != "convert"]
)
def test_a_conversion_has_the_name_that_the_page_says(text: str) -> None:
    assert parse_conversion(text).name


# --- commands, links, paths -------------------------------------------------------------------------------------------


def commands() -> list[str]:
    """Every gbcscheck command of the pages that is not an example with its output: blocks of shell and code spans."""
    found = []
    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        lines = [line for block in blocks(text, "(?:sh|text)") for line in block.splitlines()]
        prose = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
        for candidate in (*lines, *spans(prose)):
            if re.match(r"(?:\.venv/bin/)?gbcscheck +[a-z-]", candidate) and "<tab>" not in candidate:
                found.append(candidate.partition("#")[0].partition("   ")[0].removeprefix(".venv/bin/"))
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("command", commands())
def test_a_command_is_one_that_there_is(command: str) -> None:
    """Its name and its options are known; files need not be there."""
    _, *words = shlex.split(command.replace("…", ""))
    context, group = click.Context(application, **application.context_settings), application
    while words and isinstance(group, click.Group) and not words[0].startswith("-"):
        name = words.pop(0)
        known = group.get_command(context, name)
        assert known is not None, name
        context, group = click.Context(known, parent=context, **known.context_settings), known  # type: ignore[assignment]
    with contextlib.suppress(click.BadOptionUsage):  # an option that is named without its argument
        group.make_parser(context).parse_args(words)


def anchors(path: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        target, _, anchor = link.partition("#")
        if not target.startswith("http"):
            file = (path.parent / target) if target else path
            assert file.exists(), link
            assert not anchor or anchor in anchors(file), link


def test_the_commands_of_the_readme_are_those_that_ci_runs() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    run = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for install in ("pip install .", "pip install '.[test]'"):
        line = f"python3 -m venv .venv && .venv/bin/{install}"
        assert line in text
        assert line in run


# --- security ---------------------------------------------------------------------------------------------------------


def held_by(cell: str) -> list[str]:
    """The tests that a cell of the page of promises names: files, and functions in them."""
    return [span for span in spans(cell) if span.startswith("tests/")]


@pytest.mark.parametrize("name", sorted({name for row in rows(page("security.md")) for name in held_by(row[1])}))
def test_a_test_that_holds_a_promise_is_there(name: str) -> None:
    path, _, function = name.partition("::")
    assert (ROOT / path).is_file(), path
    text = (ROOT / path).read_text(encoding="utf-8")
    assert re.search(rf"^def {re.escape(function or 'test_')}{'[(]' if function else ''}", text, re.MULTILINE), name


@pytest.mark.parametrize("title", ["Files", "Policy", "Reports"])
def test_every_promise_is_held_by_a_test(title: str) -> None:
    promises = list(rows(section(page("security.md"), title)))
    assert promises
    for promise, tests in promises:
        assert held_by(tests), promise
