"""The names of the library: what ``import gbcscheck`` gives, and what it does not load for that."""

from __future__ import annotations

import subprocess
import sys

import pytest

import gbcscheck

LOADED = "import sys; before = set(sys.modules); {}; print(*sorted(set(sys.modules) - before), sep='\\n')"


def loaded_by(statement: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(statement)], capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.split())


def test_every_name_is_there_and_is_kept() -> None:
    for name in gbcscheck.__all__:
        assert getattr(gbcscheck, name) is getattr(gbcscheck, name)
    assert set(gbcscheck.__all__) <= set(dir(gbcscheck))


def test_names_stand_in_all_once_and_each_has_a_home() -> None:
    homes = [name for names in gbcscheck._HOMES.values() for name in names]
    assert sorted([*homes, "__version__"]) == sorted(gbcscheck.__all__)


def test_a_name_that_is_none_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'jugde'"):
        gbcscheck.jugde  # noqa: B018 - the access is what is tried


def test_no_part_of_the_package_takes_the_name_of_a_function() -> None:
    """A package ``gbcscheck.compare`` would stand in the place of the function once anything imported it."""
    gbcscheck.compare("before-mp131", "before-mp131", select=["V101"])
    assert callable(gbcscheck.compare)
    assert callable(gbcscheck.check)


def test_importing_the_library_loads_nothing_but_itself() -> None:
    assert {name for name in loaded_by("import gbcscheck") if name.startswith("gbcscheck")} == {
        "gbcscheck",
        "gbcscheck.version",
    }


@pytest.mark.parametrize(
    "heavy", ["lxml", "openpyxl", "jsonschema", "xmlschema", "lark", "click", "rich", "gbcscheck.rules"]
)
def test_a_judge_is_made_without_anything_heavy(heavy: str) -> None:
    assert heavy not in loaded_by("import gbcscheck; gbcscheck.Judge(device_type='ESME')")
