"""What the program is to its cache: its content, wherever it lies and whenever it was put there."""

from __future__ import annotations

import os
import shutil
import sys
import tomllib
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from gbcscheck.inputs import seal
from gbcscheck.inputs.seal import LIBRARIES, code, program

PACKAGE = Path(seal.__file__).parents[1]


@pytest.fixture(autouse=True)
def anew() -> Iterator[None]:
    program.cache_clear()
    yield
    program.cache_clear()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Some of the package, as another installation has it: with other times, and with the specifications inside."""
    folder = tmp_path / "elsewhere" / "gbcscheck"
    shutil.copytree(PACKAGE / "compare", folder / "compare", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(PACKAGE / "notation", folder / "notation")
    (folder / "specs").mkdir()
    (folder / "specs" / "extract.json").write_text("{}", encoding="utf-8")
    for path in folder.rglob("*"):
        os.utime(path, (1, 1))
    return folder


def test_every_file_of_the_program_counts() -> None:
    names = {line.partition(" ")[0] for line in code(PACKAGE)}
    assert {"inputs/seal.py", "facts/extract.schema.json", "extract/xsd.py", "rules/defaults.py"} <= names
    assert any(name.endswith(".lark") for name in names) == bool(list(PACKAGE.rglob("*.lark")))


def test_the_same_content_is_the_same_program_wherever_it_lies(copy: Path) -> None:
    own = [line for line in code(PACKAGE) if line.startswith(("compare/", "notation/"))]
    assert code(copy) == own


@pytest.mark.parametrize(
    ("change", "same"),
    [
        (lambda folder: (folder / "compare" / "parts.py").write_text("# another\n"), False),
        (lambda folder: (folder / "compare" / "new.py").touch(), False),
        (lambda folder: (folder / "compare" / "parts.py").rename(folder / "compare" / "kept.py"), False),
        (lambda folder: (folder / "compare" / "parts.py").unlink(), False),
        (lambda folder: (folder / "compare" / "parts.pyc").touch(), True),
        (lambda folder: (folder / "specs" / "extract.json").write_text("[]"), True),
        (lambda folder: os.utime(folder / "compare" / "parts.py"), True),
    ],
)
def test_what_makes_another_program(copy: Path, change: Callable[[Path], object], same: bool) -> None:
    before = code(copy)
    change(copy)
    assert (code(copy) == before) is same


def test_another_library_or_python_is_another_program(monkeypatch: pytest.MonkeyPatch) -> None:
    versions = dict.fromkeys(LIBRARIES, "1")
    monkeypatch.setattr(seal, "version", versions.__getitem__)
    seen = {program()}
    for name in LIBRARIES:
        versions[name] = "2"
        program.cache_clear()
        seen.add(program())
    program.cache_clear()
    monkeypatch.setattr(seal.sys, "version_info", type("Version", (), {"major": 3, "minor": 99}))
    seen.add(program())
    assert len(seen) == len(LIBRARIES) + 2


def test_a_smaller_step_of_python_is_the_same_program(monkeypatch: pytest.MonkeyPatch) -> None:
    one = program()
    program.cache_clear()
    monkeypatch.setattr(seal.sys, "version", "3.x of another day and compiler")
    monkeypatch.setattr(seal.sys, "prefix", "/another/environment")
    assert program() == one
    assert sys.prefix == "/another/environment"


def test_a_library_that_does_not_tell_its_version_is_never_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(seal, "version", unknown)
    one = program()
    program.cache_clear()
    assert program() != one


def test_every_library_that_is_needed_counts_but_those_for_the_terminal() -> None:
    file = Path(__file__).parents[2] / "pyproject.toml"
    needed = tomllib.loads(file.read_text(encoding="utf-8"))["project"]["dependencies"]
    names = {one.partition(">")[0] for one in needed}
    assert names - {"click", "rich"} <= set(LIBRARIES)
