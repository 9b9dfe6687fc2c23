"""How a build is held against an earlier one: targets, and the part of the page that the script writes."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "benchmarks"))

from against import BEGIN, END, line, lines_of, section, written  # noqa: E402
from against_rows import ROWS, Target, beyond, memory, processor, times  # noqa: E402
from processes import Command, Taken, in_turns, median, run  # noqa: E402

CHECK, CHECK_MEMORY = ROWS[0].targets


def test_limits_are_of_the_figure_or_of_its_ratio_to_the_earlier_one() -> None:
    half = Target("", processor("a"), "s", 0.5, of_then=True)
    assert half.holds(2, 1)
    assert not half.holds(2, 1.1)
    fast = Target("", times(processor("a"), processor("b")), "times", 1.6, at_least=True)
    assert fast.holds(1, 1.6)
    assert not fast.holds(9, 1.5)
    assert (half.wanted, fast.wanted) == ("at most 0.5 of then", "at least 1.6 times")


def test_figures_are_taken_of_the_commands_they_name() -> None:
    medians = {"one": Taken(2, 9, 40), "many": Taken(10, 9, 60)}
    assert beyond(processor("many"), processor("one"))(medians) == 8
    assert times(memory("many"), memory("one"))(medians) == 1.5


def test_names_of_rows_and_lines_are_unique() -> None:
    whats = [target.what for row in ROWS for target in row.targets]
    assert len(set(whats)) == len(whats)
    assert len({row.name for row in ROWS}) == len(ROWS)


def test_a_page_keeps_what_stands_around_the_part_and_lines_of_rows_that_were_not_measured() -> None:
    first = {target.what: line(target, 2, 1) for target in (CHECK, CHECK_MEMORY)}
    page = written("# Performance\n", section("abc", first, 7))
    assert lines_of(page) == first
    again = {**lines_of(page), CHECK.what: line(CHECK, 2, 1.5)}
    page = written(page + "after\n", section("abc", again, 7))
    assert page.startswith("# Performance\n\n" + BEGIN)
    assert page.endswith(END + "\nafter\n")
    assert page.count(BEGIN) == 1
    assert lines_of(page)[CHECK.what].endswith("| 0.75 | at most 0.5 of then | **no** |")
    assert lines_of(page)[CHECK_MEMORY.what] == first[CHECK_MEMORY.what]


def test_a_median_is_that_of_each_figure() -> None:
    assert median([Taken(1, 6, 30), Taken(2, 5, 10), Taken(3, 4, 20)]) == Taken(2, 5, 20)


def test_processes_are_measured_in_turns_and_the_first_turn_warms(tmp_path: Path) -> None:
    ran: list[str] = []
    commands = {
        name: Command([sys.executable, "-c", "pass"], tmp_path, before=lambda name=name: ran.append(name))
        for name in "ab"
    }
    taken = in_turns(commands, 1)
    assert ran == ["a", "b", "a", "b"]
    assert all(one.processor > 0 and one.clock > 0 and one.memory > 1 for one in taken.values())


def test_a_process_that_fails_ends_the_measuring(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="ended with 3: why"):
        run(Command([sys.executable, "-c", "import sys; sys.stderr.write('why'); sys.exit(3)"], tmp_path))
