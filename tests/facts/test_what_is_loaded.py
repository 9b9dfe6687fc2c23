"""Nothing of what ships is loaded that a question does not need."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from in_process import command

from gbcscheck import Judge
from gbcscheck.device.context import Choices, load_context
from gbcscheck.errors import UnreadableSource
from gbcscheck.facts import store
from gbcscheck.facts.extract_file import Extract
from gbcscheck.facts.shipped import shipped_root
from gbcscheck.facts.store import load_shipped
from gbcscheck.release import releases
from gbcscheck.release.index import release_entries

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "docs" / "samples"
CAPTURES = SAMPLES / "captures"
EVERY_DAY = "".join((CAPTURES / "ECS37-every-day.hex").read_text().split())
OLDER = "gbcs/3.1/use-cases.json"
CURRENT = frozenset(release_entries()[0].extracts)


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The extracts that ship which are loaded while a test runs, by their paths."""
    found: list[str] = []
    load = store.load_known

    def noted(path: Path, *, shown: str | None = None) -> Extract:
        found.append(Path(path).relative_to(shipped_root()).as_posix())
        return load(path, shown=shown)

    for module in (store, releases):
        monkeypatch.setattr(module, "load_known", noted)
    return found


@pytest.mark.parametrize(
    "file",
    [*sorted(CAPTURES.glob("*.hex")), SAMPLES / "period.xml", SAMPLES / "settings.xlsx"],
    ids=lambda path: path.name,
)
def test_a_file_of_a_device_needs_its_release_and_no_other_version(file: Path, loaded: list[str]) -> None:
    assert command("device", file).returncode in (0, 1)
    assert set(loaded) == CURRENT
    assert len(loaded) == len(CURRENT)


def test_a_version_that_is_named_is_loaded(loaded: list[str]) -> None:
    command("device", CAPTURES / "ECS37-weekdays.hex", "--gbcs", "3.1")
    assert set(loaded) == {*CURRENT, OLDER}


def test_a_version_that_is_named_and_cannot_be_read_is_an_error_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(relative: str) -> Extract:
        raise UnreadableSource("cut", where=relative)

    monkeypatch.setattr("gbcscheck.device.context.load_shipped", broken)
    with pytest.raises(UnreadableSource, match=OLDER):
        Judge(gbcs="3.1").message("DF")
    unknown = EVERY_DAY.replace("02004A", "02FFF1", 1)
    assert [str(one) for one in Judge().message(unknown).problems] == [f"{OLDER}: cut"]
    assert Judge().message(EVERY_DAY).ok


def test_an_older_version_is_looked_at_for_a_code_that_the_newer_lacks(loaded: list[str]) -> None:
    context = load_context(Choices())
    assert context.use_cases[0x0021].version == "4.0"
    assert context.use_cases.named(context.use_cases[0x0021].name) is context.use_cases[0x0021]
    assert context.use_cases.named("") is None
    assert OLDER not in loaded
    assert context.use_cases.get(0xFFFF) is None
    assert context.use_cases.named("no use case") is None
    assert loaded.count(OLDER) == 1
    codes = list(context.use_cases)
    assert len(codes) == len(set(codes)) == len(context.use_cases)
    versions = [context.use_cases[code].version for code in codes]
    assert versions == sorted(versions, reverse=True)


def test_the_versions_that_are_looked_for_are_those_of_the_extracts() -> None:
    """A version is told by the name of its folder before its extract is read."""
    for path in sorted(shipped_root().glob("gbcs/*/use-cases.json")):
        extract = load_shipped(path.relative_to(shipped_root()).as_posix())
        assert extract.specification.version == path.parent.name
        assert (extract.specification.name, extract.specification.part) == ("GBCS", "use cases")


@pytest.mark.parametrize("name", ["ECS37", "MaximumDemandConfigurableTimePeriod", "6.18.1", "0x8F35"])
def test_showing_needs_the_release(name: str, loaded: list[str]) -> None:
    command("show", name)
    assert sorted(loaded) == sorted(CURRENT)


@pytest.mark.parametrize(
    "arguments",
    [("explain", "V101"), ("explain", "D205"), ("rules",), ("schema",), ("--version",), ("device", "--help")],
)
def test_what_speaks_of_the_program_needs_nothing(arguments: tuple[str, ...], loaded: list[str]) -> None:
    assert command(*arguments).returncode == 0
    assert loaded == []


def test_the_list_of_what_ships_needs_each_extract_once(loaded: list[str]) -> None:
    assert command("specs").returncode == 0
    files = json.loads((shipped_root() / "manifest.json").read_text("utf-8"))["files"]
    assert len(loaded) == len(set(loaded))
    assert set(loaded) <= {path for path, entry in files.items() if "statements" in entry}
