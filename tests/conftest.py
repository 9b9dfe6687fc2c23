"""Fixtures that several test modules share."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from shares import VARIABLE, WrongShare, examples, is_whole
from small_release import replace_shipped, write

from gbcscheck.extract import use_cases
from gbcscheck.facts.extract_file import Reading

# What one process of the tests compiles, the others need not: there are hundreds.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# What is started in the background has an interrupt ignored, and so have all processes that it starts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Workers of pytest-xdist are told of a terminal of 80 columns, which no test has asked for.
os.environ.pop("COLUMNS", None)

ROOT = Path(__file__).resolve().parent.parent


def pytest_configure() -> None:
    """What Hypothesis does where a test says nothing else: a busy machine is no fault of the code, and a run in CI has
    to be repeatable."""
    try:
        most = examples(100)
    except WrongShare as wrong:
        raise pytest.UsageError(str(wrong)) from None
    settings.register_profile("gbcscheck", deadline=None, max_examples=most, derandomize=bool(os.environ.get("CI")))
    settings.load_profile("gbcscheck")
    # Thousands of tests are collected, and none of them is garbage.
    gc.set_threshold(200_000, 20, 20)


def pytest_report_header() -> str:
    """How much is run."""
    return "all of what is large" if is_whole() else f"a share of what is large; {VARIABLE}=all runs all of it"


LONGEST = (
    "cli/test_cli_docs.py",
    "gate/test_gate_scripts.py",
    "unchanged/test_unchanged.py",
    "cli/test_cli_installed.py",
    "rules/test_meaning_preserving.py",
    "cli/test_cli_shipped.py",
    "test_robustness.py",
    "report/test_sarif.py",
    "extract/test_zoo.py",
    "gate/test_ci_page.py",
    "trust/test_recall.py",
)
"""Files that take a process longest, so that none of them is begun last. A file is run by one process, which makes what
its tests share."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those first."""
    turns = {Path(__file__).parent / name: turn for turn, name in enumerate(LONGEST)}
    items.sort(key=lambda item: turns.get(item.path, len(turns)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are processors: some tests wait for what is installed or served."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_finish() -> None:
    """The tests that were collected stay until the end, and a release is made of hundreds of thousands of objects: the
    collector looks for garbage less often, and not among the tests. It took a fifth of the time of all."""
    gc.collect()
    gc.freeze()


def corpus_folder() -> Path:
    """Where the real files stand that this project did not write, if they are at hand."""
    return Path(os.environ.get("GBCSCHECK_CORPUS") or ROOT.parent / "shared" / "corpus")


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real files that this project did not write; the test is skipped where it is absent."""
    folder = corpus_folder()
    if not folder.is_dir():
        pytest.skip(f"no corpus at {folder}: set GBCSCHECK_CORPUS")
    return folder


@pytest.fixture(scope="module")
def published_once() -> Iterator[None]:
    """For all tests of a module, each published workbook of use cases is read once, under each path that commands name
    it by."""
    corpus = corpus_folder().resolve()
    read: Callable[..., Reading] = use_cases.read_use_cases
    kept: dict[object, Reading] = {}

    def reading(path: Path, **asked: str | None) -> Reading:
        if corpus not in path.resolve().parents:
            return read(path, **asked)
        key = (path, path.resolve(), *sorted(asked.items()))
        if key not in kept:
            kept[key] = read(path, **asked)
        return kept[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(use_cases, "read_use_cases", reading)
        yield


@pytest.fixture(scope="session")
def _small_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    write(folder / "specs")
    return folder


@pytest.fixture
def small_release(request: pytest.FixtureRequest, _small_release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A part of what ships stands in the place of all of it, but for a test that is marked ``whole_release``: what most
    ask of a command does not hang on how much ships."""
    if request.node.get_closest_marker("whole_release") is None:
        replace_shipped(_small_release, monkeypatch)


@pytest.fixture(scope="session")
def specs() -> Path:
    """The folder of extracts that ship."""
    return ROOT / "specs"
