"""The command line imports the library, the values and the bottom layer, and nothing else of the package."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import gbcscheck.cli

FOLDER = Path(gbcscheck.cli.__file__).parent
ALLOWED = ("cli", "api", "model", "errors", "printable", "near_names", "limits", "version", "frozen")
"""The library and the commands; the values of ``model``, which the words of some options are taken from; the errors
that a command raises and tells; how a text is shown; the near names of an unknown command; the limits that an option
raises; the version."""


def imported_parts(source: str) -> set[str]:
    """The parts of the package that a module imports, wherever in it, and by whatever form of import."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written in full"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        found |= {name.split(".")[1] for name in names if name.startswith("gbcscheck.")}
    return found


@pytest.mark.parametrize("module", sorted(path.name for path in FOLDER.glob("*.py")))
def test_a_command_imports_the_library_and_nothing_below_it(module: str) -> None:
    parts = imported_parts((FOLDER / module).read_text(encoding="utf-8"))
    assert parts <= set(ALLOWED), f"cli/{module} imports {', '.join(sorted(parts - set(ALLOWED)))}"


def test_every_form_of_import_is_seen() -> None:
    source = """
import gbcscheck.rules
from gbcscheck import device
def late():
    from gbcscheck.release.catalogue import Catalogue
if TYPE_CHECKING:
    import gbcscheck.policy.scope as scope
"""
    assert imported_parts(source) == {"rules", "device", "release", "policy"}


def test_modules_are_imported_by_name_from_the_commands_alone() -> None:
    from gbcscheck.cli.application import COMMANDS

    assert {module.rpartition(".")[0] for module in COMMANDS.values()} == {"gbcscheck.cli"}


@pytest.mark.parametrize("module", sorted(path.name for path in (FOLDER.parent / "api").glob("*.py")))
def test_the_library_does_not_know_the_command_line(module: str) -> None:
    parts = imported_parts((FOLDER.parent / "api" / module).read_text(encoding="utf-8"))
    assert not parts & {"cli", "pytest_plugin"}
