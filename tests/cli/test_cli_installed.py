"""The package as it is installed: from a wheel and from a source archive, in an environment of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from cli_files import environment

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.slow


def new_environment(folder: Path, *requirements: str | Path) -> Path:
    """A fresh virtual environment with some packages; its folder of programs."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
    install(programs, *requirements)
    return programs


def install(programs: Path, *requirements: str | Path) -> None:
    """Install packages into an environment."""
    into = [sys.executable, "-m", "pip", "--python", programs / "python", "--disable-pip-version-check"]
    subprocess.run([*into, "install", "--quiet", "--no-compile", *requirements], check=True, env=environment())


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The source archive and the wheel, by their endings."""
    folder = tmp_path_factory.mktemp("built")
    programs = new_environment(folder / "venv", "hatchling")
    subprocess.run([programs / "python", "-m", "hatchling", "build", "-d", folder / "dist"], check=True, cwd=ROOT)
    built = {path.name[-7:]: path for path in (folder / "dist").iterdir()}
    return {"sdist": built[".tar.gz"], "wheel": built["any.whl"]}


@pytest.fixture(scope="module")
def with_the_wheel(archives: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel and what it says that it needs; its folder of programs."""
    return new_environment(tmp_path_factory.mktemp("installed") / "venv", archives["wheel"])


def test_the_wheel_holds_the_specifications_and_stays_small(archives: dict[str, Path]) -> None:
    assert archives["wheel"].stat().st_size < 6 * 1024 * 1024
    with zipfile.ZipFile(archives["wheel"]) as wheel:
        names = wheel.namelist()
    for name in (
        "py.typed",
        "specs/releases.toml",
        "store/gbcs/4.0/use-cases.store",
        "store/rules.jsonl",
        "facts/extract.schema.json",
        "report/report.schema.json",
    ):
        assert f"gbcscheck/{name}" in names
    assert [name for name in names if name.endswith(".dist-info/licenses/LICENSE")]
    assert not [name for name in names if name.startswith(("tests/", "benchmarks/", "docs/"))]


def test_the_source_archive_holds_what_a_packager_needs(archives: dict[str, Path]) -> None:
    with tarfile.open(archives["sdist"]) as source:
        names = {name.partition("/")[2] for name in source.getnames()}
    for name in (
        "pyproject.toml",
        "LICENSE",
        "README.md",
        "gbcscheck/__init__.py",
        "specs/releases.toml",
        "tests/conftest.py",
    ):
        assert name in names


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_an_installed_package_checks_what_ships(
    archives: dict[str, Path], with_the_wheel: Path, tmp_path: Path, kind: str
) -> None:
    needed = requirements_of(with_the_wheel)
    install(with_the_wheel, "--no-deps", "--force-reinstall", archives[kind])
    assert requirements_of(with_the_wheel) == needed
    empty = tmp_path / "empty"
    empty.mkdir()
    done = subprocess.run(
        [with_the_wheel / "gbcscheck", "check", "--format", "json"],
        cwd=empty,
        env=environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    assert done.stderr == ""
    assert json.loads(done.stdout)["summary"]["statements"] > 1000
    assert list(empty.iterdir()) == []


def requirements_of(programs: Path) -> str:
    """What the package that is installed says that it needs."""
    command = "import importlib.metadata; print(importlib.metadata.requires('gbcscheck'))"
    done = subprocess.run([programs / "python", "-I", "-c", command], capture_output=True, text=True, check=True)
    assert "click" in done.stdout
    return done.stdout
