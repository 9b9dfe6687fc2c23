"""Units of measure, under every name that one has, in the canonical notation and in people's own tables."""

from __future__ import annotations

import pytest

from gbcscheck.domains import units
from gbcscheck.notation.canonical import parse_by_grammar, parse_domain
from gbcscheck.notation.errors import NotationError
from gbcscheck.notation.setting import Setting
from gbcscheck.notation.table_value import read_setting

NAMES = [*units._TABLE, *units._OTHER_NAMES]
METRE = "m"
"""What a cell may mean by this is not known: people write it for minutes, too."""
SPELT = dict(units._OTHER_NAMES)
OF_TABLES = {"per cent", "m3h-1"}
"""Names with a blank or a sign in them, which only a cell may hold."""


def setting(text: str, unit: str | None = None) -> str:
    """What a cell of a table says, in the canonical notation."""
    read = read_setting(text, unit)
    assert isinstance(read, Setting)
    return str(read.domain)


@pytest.mark.parametrize("name", NAMES)
def test_a_unit_is_read_under_each_of_its_names(name: str) -> None:
    proper = SPELT.get(name, name)
    assert units.is_unit(name)
    assert units.base_unit(name) == units.base_unit(proper)
    base, size = units.base_unit(name)
    assert setting("3", name) == str(parse_domain(f"3 {proper}"))
    if name == METRE:
        return
    assert setting(f"3 {name}") == str(parse_domain(f"3 {proper}"))
    assert setting(f"1..3 {name}") == str(parse_domain(f"1..3 {proper}"))
    if isinstance(size, int):
        assert setting(f"3 {name}") == f"{3 * size} {base}"


@pytest.mark.parametrize("name", [name for name in NAMES if name not in OF_TABLES])
def test_the_canonical_notation_reads_each_name_and_prints_the_base_unit(name: str) -> None:
    for text in (f"3 {name}", f"1..3 {name}", f"..3 {name}", f"0..3 step 0.5 {name}"):
        domain = parse_domain(text)
        assert domain == parse_by_grammar(text)
        assert str(domain).endswith(f" {units.base_unit(name)[0]}")
        assert parse_domain(str(domain)) == domain


def test_a_cell_in_metres_may_be_in_minutes() -> None:
    with pytest.raises(NotationError, match="metres or minutes"):
        setting(f"3 {METRE}")


def test_no_name_stands_for_two_units() -> None:
    assert not units._TABLE.keys() & units._OTHER_NAMES.keys()
    assert set(SPELT.values()) <= set(units._TABLE)
    assert {base for base, _ in units._TABLE.values()} <= set(units._TABLE)
    assert all(units._TABLE[base] == (base, "1") for base, _ in units._TABLE.values())
