"""Clusters, commands and responses by name and identifier."""

from __future__ import annotations

import pytest

from gbcscheck.notation.errors import NotationError
from gbcscheck.notation.zcl_identifier import ZclIdentifier, read_zcl_identifier

CELLS = {
    "Prepayment: 0x0705": ZclIdentifier("Prepayment", 0x0705),
    "Change Debt : 0x02": ZclIdentifier("Change Debt", 0x02),
    "Select Available Emergency Credit\n: 0x00": ZclIdentifier("Select Available Emergency Credit", 0),
    "(Response):": ZclIdentifier(""),
    "(Response/pushed):": ZclIdentifier(""),
    "--": None,
}


@pytest.mark.parametrize("text", CELLS)
def test_a_cell_reads_as_its_identifier(text: str) -> None:
    assert read_zcl_identifier(text) == CELLS[text]


@pytest.mark.parametrize(
    ("text", "place"),
    [("Prepayment", 10), ("Prepayment 0x0705", 17), ("0x0705", 0), ("Prepayment: 1797", 12), ("(Request):", 1)],
)
def test_a_near_miss_is_refused_at_its_place(text: str, place: int) -> None:
    with pytest.raises(NotationError) as caught:
        read_zcl_identifier(text)
    assert caught.value.start == place
