"""Without a tree nothing but the tree is missing: findings, verdicts and the number of values are those with one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gbcscheck.device.context import Choices, Context, load_context
from gbcscheck.device.files import Argument
from gbcscheck.device.judge import JudgeOptions, judge_argument, judge_file
from gbcscheck.errors import GbcscheckError
from gbcscheck.model.device_files import JudgedFile

SAMPLES = Path(__file__).resolve().parents[2] / "docs" / "samples"


@pytest.fixture(scope="module")
def judged_against() -> Context:
    return load_context(Choices())


def _told(path: Path, context: Context, *, tree: bool) -> tuple[JudgedFile, ...] | str:
    try:
        found = judge_file(Argument(str(path)), context, tree=tree)
    except GbcscheckError as error:
        return str(error)
    return tuple(replace(one, entries=(), octets=b"", problem=None) for one in found)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("folder", ["rtds", "duis-requests", "products", "dsmr"])
def test_corpus_is_judged_alike(folder: str, corpus: Path, judged_against: Context) -> None:
    for path in _files(corpus / folder):
        assert _told(path, judged_against, tree=False) == _told(path, judged_against, tree=True), path


def test_samples_are_judged_alike(judged_against: Context) -> None:
    files = _files(SAMPLES)
    assert files
    for path in files:
        assert _told(path, judged_against, tree=False) == _told(path, judged_against, tree=True), path


def test_damaged_messages_are_judged_alike(corpus: Path, judged_against: Context, tmp_path: Path) -> None:
    """Every octet of the payload of a few messages is changed: what is wrong is told alike, whatever it is."""
    damaged = tmp_path / "damaged.hex"
    for source in _files(corpus / "rtds")[::80]:
        octets = bytes.fromhex(source.read_text("ascii"))
        for at in range(len(octets) // 2, len(octets), 7):
            damaged.write_text((octets[:at] + bytes((octets[at] ^ 0x55,)) + octets[at + 1 :]).hex())
            assert _told(damaged, judged_against, tree=False) == _told(damaged, judged_against, tree=True), (source, at)


def test_entries_are_made_only_where_they_are_asked_for(corpus: Path, judged_against: Context) -> None:
    path = next(path for path in _files(corpus / "rtds") if "COMMAND" in path.name)
    (bare,) = judge_argument(Argument(str(path)), judged_against, JudgeOptions())
    (whole,) = judge_argument(Argument(str(path)), judged_against, JudgeOptions(explain=True))
    assert not bare.entries
    assert whole.entries
    assert bare.values == whole.values > 0
