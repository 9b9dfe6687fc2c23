"""``gbcscheck.repair``: which tables of the files are read, and in which view, is said as to ``check``."""

from __future__ import annotations

import pytest

import gbcscheck
from gbcscheck.api import repairing
from gbcscheck.api.checking import CheckRequest


class _Asked(Exception):
    """What was asked for, instead of the work."""


def test_the_view_of_a_document_is_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(request: CheckRequest, *_: object, **__: object) -> None:
        raise _Asked(request.tables.view, request.tables.table, request.tables.hidden)

    monkeypatch.setattr(repairing, "run_repair", run)
    with pytest.raises(_Asked) as asked:
        gbcscheck.repair("draft.docx", view="original", table="28d", hidden=True)
    assert asked.value.args == ("original", "28d", True)


def test_another_view_is_refused() -> None:
    with pytest.raises(gbcscheck.UsageError, match="view"):
        gbcscheck.repair("draft.docx", view="sideways")
