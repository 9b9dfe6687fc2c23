"""The list of violations has the texts of each finding, however few of them are in memory."""

from __future__ import annotations

from pathlib import Path

import pytest
from fleets import OFFSET, brief, done, write_parquet

from gbcscheck.fleet import judged_values, violations


def test_texts_of_many_different_findings_are_put_to_their_devices(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [70_000 + 37 * number % 50 for number in range(90)]
    rows = [brief(f"m{number:02}", value) for number, value in enumerate(numbers)]
    path = write_parquet(tmp_path / "reads.parquet", rows)
    usual = done(path)
    assert [(one["device"], one["value"]) for one in usual.violations if one["rule"] == "D503"] == [
        (f"m{number:02}", str(value)) for number, value in enumerate(numbers)
    ]
    assert all(one["message"].startswith(one["text"]) and one["name"] == OFFSET for one in usual.violations)
    monkeypatch.setattr(judged_values, "BATCH", 3)
    monkeypatch.setattr(violations, "GROUPS", 2)
    monkeypatch.setattr(violations, "ROWS", 7)
    few = done(path)
    assert few.violations == usual.violations
    assert few.told.findings == usual.told.findings
