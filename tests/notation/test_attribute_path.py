"""Cells of the column "attribute/method name"."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.notation.attribute_path import AttributePath, Index, Step, by_grammar, read_attribute_path
from gbcscheck.notation.errors import NotationError
from gbcscheck.notation.grammars import LONGEST

ELEMENTS = {
    "value": "value",
    "scaler_unit:scal_unit_type.scaler": "scaler_unit.scaler",
    "entries:entries[1..2].schedule_table_entry.exec_weekdays": "entries[*].exec_weekdays",
    "thresholds:thresholds[1..3].threshold": "thresholds[*].threshold",
    "thresholds:thresholds[2of2..2].threshold": "thresholds[2].threshold",
    "activate_ passive_ calendar_time": "activate_passive_calendar_time",
    "update_amount:data": "update_amount.data",
    "execution_time:execution_time[1..1].execution_time_date": "execution_time[*].execution_time_date",
    "credit_charge_configuration:credit_charge_configuration": "credit_charge_configuration",
    "buffer:range_descriptor.from_value": "buffer.from_value",
    "backup_PAN:backup_PAN.date-time": "backup_PAN.date-time",
    "backup_PAN:backup_PAN.devices_to_backup[0..16].device_to_backup.MAC_address": (
        "backup_PAN.devices_to_backup[*].MAC_address"
    ),
    "value:power_import_collection.active_power_scal_unit_type.active_power_import_unit": (
        "value.active_power_scal_unit_type.active_power_import_unit"
    ),
    "value:TOU_register_collection.TOU_primary_registers[1..48].value": "value.TOU_primary_registers[*].value",
    "day_profile_table_active:day_profile_table_active[1..16].day_profile.day_schedule[1..48]."
    "day_profile_action.start_time": "day_profile_table_active[*].day_schedule[*].start_time",
    "unit_charge_passive:unit_charge_passive.charge_table[1..1].charge_table_element.index": (
        "unit_charge_passive.charge_table[*].index"
    ),
}


@pytest.mark.parametrize("text", ELEMENTS)
def test_the_element_of_a_data_item(text: str) -> None:
    assert read_attribute_path(text).element == ELEMENTS[text]


@pytest.mark.parametrize("text", [text for text in ELEMENTS if " " not in text])
def test_a_path_is_written_as_it_was_read(text: str) -> None:
    assert str(read_attribute_path(text)) == text


def test_a_path_keeps_its_steps_and_their_counts() -> None:
    path = read_attribute_path("thresholds:thresholds[1of2..2].threshold")
    assert path == AttributePath("thresholds", (Step("thresholds", Index(2, 2, 1)), Step("threshold")))
    assert path.counts == (("thresholds", 2, 2),)


def test_a_cell_may_point_at_the_notes() -> None:
    path = read_attribute_path("see notes column")
    assert path.in_notes
    assert path.element == ""
    assert str(path) == "see notes column"


NAMES = st.from_regex(r"[a-z]{1,8}(_[a-z]{1,8}){0,2}", fullmatch=True)
INDEXES = st.one_of(
    st.none(),
    st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda bounds: Index(min(bounds), max(bounds))),
    st.integers(1, 50).map(lambda count: Index(count, count, 1)),
)


@given(NAMES, st.lists(st.builds(Step, NAMES, INDEXES), max_size=4).map(tuple))
def test_any_path_is_read_back(attribute: str, steps: tuple[Step, ...]) -> None:
    path = AttributePath(attribute, steps)
    assert read_attribute_path(str(path)) == path


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("entries:", 8),
        ("entries:entries[1..2].", 22),
        ("entries:entries[1.2]", 17),
        ("entries:entries[]", 16),
        ("entries:entries[3..2]", 19),
        ("thresholds:thresholds[3of2..2].threshold", 22),
        ("entries exec_weekdays", 8),
        ("entries;exec_weekdays", 7),
        ("2value", 0),
        ("see the notes column", 4),
        ("scaler unit", 7),
    ],
)
def test_a_near_miss_is_refused_at_its_place(text: str, place: int) -> None:
    with pytest.raises(NotationError) as caught:
        read_attribute_path(text)
    assert caught.value.start == place


PARTS = (
    *("entries", "a", "B2", "schedule_table_entry", "date-time", "activate_ passive", "_", "-", "2", "of", "notes"),
    *(":", ".", "..", "[1..2]", "[2of1..3]", "[3of1..2]", "[2..1]", "[0of1..2]", "[1...2]", "[1of2]", "[", "]"),
    *(" ", "\n", "see notes column", "\u0661", "1234567890"),
)


def told(read: Callable[[str], object], text: str) -> object:
    """What is read, or the words in which it is refused."""
    try:
        return read(text)
    except NotationError as error:
        return str(error)


@given(st.lists(st.sampled_from(PARTS), max_size=8).map("".join))
def test_a_plain_text_is_read_as_the_grammar_reads_it(text: str) -> None:
    assert told(read_attribute_path, text) == told(by_grammar, text)


def test_a_path_that_is_too_long_is_refused_by_the_grammar() -> None:
    with pytest.raises(NotationError, match="too many"):
        read_attribute_path("a" * (LONGEST + 1))


def test_the_grammar_is_loaded_when_a_text_needs_it() -> None:
    code = (
        "import sys; from gbcscheck.notation.attribute_path import read_attribute_path;"
        f"[read_attribute_path(text) for text in {[*ELEMENTS, 'see notes column']!r}];"
        "assert 'lark' not in sys.modules;"
        "read_attribute_path('value : data'); assert 'lark' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
