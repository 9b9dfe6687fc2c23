"""Devices with violations are counted once, however the list of violations is cut into batches."""

from __future__ import annotations

from typing import Any

import pyarrow
import pytest

from gbcscheck.fleet.violations import violation_schema
from gbcscheck.fleet.wrong_devices import BY_DAY, BY_FIRMWARE, BY_MANUFACTURER, WrongDevices
from gbcscheck.model.fleet import NAMED

OF_ONE_ROW = [
    *(("a", "Acme", "1", "2026-11-01T12:00:00", "I", "D1", "error", 1, 0) for _ in range(2)),
    ("a", "Acme", "1", "2026-11-01T12:00:00", "J", "D2", "warning", 1, 1),
    ("b", "Acme", "2", "2026-11-02T12:00:00", "I", "D1", "error", 2, 0),
    ("c", "Bolt", "1", "2026-11-02T12:00:00", "I", "D9", "note", 3, 2),
    ("d", None, "", None, "J", "D2", "warning", 4, 1),
    ("e", "", None, "yesterday", "J", "D1", "warning", 5, 3),
]
"""Device, manufacturer, firmware, read, item, rule, severity, row, number."""
OF_SEVERAL_ROWS = [
    ("a", "Acme", "1", "2026-11-01T12:00:00", "I", "D1", "error", 1, 0),
    ("a", "Acme", "2", "2026-11-02T12:00:00", "J", "D1", "error", 2, 1),
    ("a", "Acme", "2", "2026-11-02T12:00:00", "J", "D2", "note", 2, 2),
    ("b", "Bolt", "2", "2026-11-02T12:00:00", "J", "D1", "error", 3, 1),
]


def counted(rows: list[Any], together: int, *, by_row: bool) -> WrongDevices:
    wrong = WrongDevices({row[-1] for row in rows}, by_row=by_row)
    names = ("device", "manufacturer", "firmware", "read", "item", "rule", "severity", "row")
    for at in range(0, len(rows), together):
        some = rows[at : at + together]
        listed = [{**dict(zip(names, row, strict=False)), "source": "reads.csv"} for row in some]
        numbers = pyarrow.array([row[-1] for row in some])
        wrong.add(pyarrow.Table.from_pylist(listed, violation_schema()), numbers)
    wrong.finish()
    return wrong


@pytest.mark.parametrize("together", [1, 2, 3, 100])
def test_of_violations_of_a_device_in_one_row(together: int) -> None:
    wrong = counted(OF_ONE_ROW, together, by_row=True)
    assert wrong.count == 4
    assert wrong.rules == {
        ("D1", "error"): 2, ("D2", "warning"): 2, ("D9", "note"): 1, ("D1", "warning"): 1
    }  # fmt: skip
    assert wrong.by(*BY_MANUFACTURER) == {("Acme",): 2, ("",): 2}
    assert wrong.by(*BY_FIRMWARE) == {("Acme", "1"): 1, ("Acme", "2"): 1, ("", ""): 2}
    assert wrong.by(*BY_DAY) == {("2026-11-01",): 1, ("2026-11-02",): 1, ("",): 2}
    assert wrong.by(*BY_MANUFACTURER, "item") == {("Acme", "I"): 2, ("Acme", "J"): 1, ("", "J"): 2}
    assert wrong.by(*BY_DAY, "item") == {
        ("2026-11-01", "I"): 1, ("2026-11-01", "J"): 1, ("2026-11-02", "I"): 1, ("", "J"): 2
    }  # fmt: skip


@pytest.mark.parametrize("together", [1, 2, 3, 100])
def test_of_violations_of_a_device_in_several_rows(together: int) -> None:
    wrong = counted(OF_SEVERAL_ROWS, together, by_row=False)
    assert wrong.count == 2
    assert wrong.by(*BY_MANUFACTURER) == {("Acme",): 1, ("Bolt",): 1}
    assert wrong.by(*BY_FIRMWARE) == {("Acme", "1"): 1, ("Acme", "2"): 1, ("Bolt", "2"): 1}
    assert wrong.by(*BY_DAY) == {("2026-11-01",): 1, ("2026-11-02",): 2}
    assert wrong.by(*BY_DAY, "item") == {("2026-11-01", "I"): 1, ("2026-11-02", "J"): 2}
    assert wrong.rules == {("D1", "error"): 2, ("D2", "note"): 1}


def test_the_first_devices_of_findings_that_are_asked_for_are_named() -> None:
    rows = [(f"m{n:02}", "Acme", "1", "2026-11-01", "I", "D1", "error", n, n % 2) for n in range(3 * NAMED)]
    wrong = counted([row for row in rows if row[-1] == 0], 4, by_row=True)
    assert [one.device for one in wrong.first[0]] == [f"m{2 * n:02}" for n in range(NAMED)]
    assert wrong.first[0][1] == ("m02", "reads.csv", 2)
    assert set(wrong.first) == {0}


def test_without_violations_there_is_none() -> None:
    wrong = WrongDevices((), by_row=True)
    wrong.finish()
    assert (wrong.count, wrong.rules, wrong.by(*BY_DAY, "item")) == (0, {}, {})
