"""What one run does of what is large by number."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from shares import ALL, EXAMPLES, ONE_OF, VARIABLE, WrongShare, at_least, examples, is_whole, portion, share

ITEMS = [(kind, number) for kind, many in (("a", 1), ("b", 4), ("c", 25), ("d", 1000)) for number in range(many)]


@pytest.fixture
def _part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)


@pytest.fixture
def _whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, ALL)


@pytest.mark.usefixtures("_part")
def test_every_kind_stays_and_of_each_one_in_so_many() -> None:
    taken = list(share(ITEMS, by=lambda item: item[0]))
    counts = {kind: sum(one == kind for one, _ in taken) for kind in "abcd"}
    assert counts == {"a": 1, "b": 1, "c": 3, "d": 100}
    assert taken == sorted(taken)
    assert taken == list(share(ITEMS, by=lambda item: item[0]))


@pytest.mark.usefixtures("_part")
def test_kinds_that_come_in_any_order_are_counted_apart() -> None:
    mixed = sorted(ITEMS, key=lambda item: (item[1], item[0]))
    assert set(share(mixed, by=lambda item: item[0])) == set(share(ITEMS, by=lambda item: item[0]))


@pytest.mark.usefixtures("_part")
def test_what_is_asked_of_the_whole_is_asked_of_a_share_by_the_same_measure() -> None:
    assert len(list(share(ITEMS, by=lambda item: item[0]))) >= at_least(len(ITEMS)) == len(ITEMS) // ONE_OF
    assert (portion(300), portion(7), portion(20, least=14), portion(3, least=14)) == (30, 1, 14, 3)
    assert (examples(300), examples(100), examples(4)) == (30, EXAMPLES, 4)


@pytest.mark.usefixtures("_whole")
def test_the_whole_is_the_whole() -> None:
    assert list(share(ITEMS, by=lambda item: item[0])) == ITEMS
    assert list(share(ITEMS)) == ITEMS
    assert (portion(300), at_least(300), examples(300), examples(4)) == (300, 300, 300, 4)


def test_another_value_is_refused() -> None:
    assert not is_whole({})
    assert not is_whole({VARIABLE: ""})
    with pytest.raises(WrongShare, match='GBCSCHECK_TESTS is "ALL": it may be "all", or not be set'):
        is_whole({VARIABLE: "ALL"})


def test_a_run_with_another_value_ends_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "most")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "0", "-p", "no:cacheprovider", __file__],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr.strip()) == (
        4,
        'ERROR: GBCSCHECK_TESTS is "most": it may be "all", or not be set for a share of what is large',
    )
