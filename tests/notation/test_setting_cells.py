"""Cells as people write them: every one is read right or refused with the reason, none as something else."""

from __future__ import annotations

import pytest
from setting_cells import READ, REFUSED

from gbcscheck.notation.canonical import print_domain
from gbcscheck.notation.errors import NotationError
from gbcscheck.notation.setting import Setting
from gbcscheck.notation.table_value import read_setting

READ_CELLS = [(text, expected, domain) for (domain, expected), texts in READ.items() for text in texts]
REFUSED_CELLS = [(reason, *cell, *("", "")[: 3 - len(cell)]) for reason, cells in REFUSED.items() for cell in cells]


def test_there_are_enough_of_each_to_say_something() -> None:
    assert len(READ_CELLS) >= 150
    assert len(REFUSED_CELLS) >= 150


@pytest.mark.parametrize(("text", "expected", "domain"), READ_CELLS)
def test_a_cell_says_what_people_mean_by_it(text: str, expected: str, domain: str) -> None:
    setting = read_setting(text, None, expected)
    assert isinstance(setting, Setting)
    printed = print_domain(setting.domain).replace(", second 0, hundredths 0 | 255", "").replace("year 65535, ", "")
    assert printed == domain


@pytest.mark.parametrize(("reason", "text", "unit", "expected"), REFUSED_CELLS)
def test_a_cell_that_is_no_value_is_refused_with_the_reason(reason: str, text: str, unit: str, expected: str) -> None:
    with pytest.raises(NotationError) as caught:
        read_setting(text, unit or None, expected)
    assert caught.value.problem == reason
    assert 0 <= caught.value.start <= len(caught.value.text)


@pytest.mark.parametrize("marker", ["", "NA", "N/A", "n/a", "-", "–", "none", "None", "n.a.", "nil", "not applicable"])
def test_a_mark_for_nothing_is_no_value(marker: str) -> None:
    assert not isinstance(read_setting(marker), Setting)
