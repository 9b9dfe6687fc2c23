"""Documents with something wrong in them are read or refused, and nothing else; many more by the script beside."""

from __future__ import annotations

from pathlib import Path

import pytest
from word_mutations import fault_of


@pytest.mark.parametrize("tens", range(4))
def test_mutated_documents_are_read_or_refused(tens: int, tmp_path: Path) -> None:
    assert [fault for seed in range(10 * tens, 10 * tens + 10) if (fault := fault_of(seed, tmp_path))] == []
