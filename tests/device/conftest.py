"""Every finding of a device that a test makes cites what its rule says that it reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from gbcscheck.device.all_rules import device_rules
from gbcscheck.model import Finding, Statement
from gbcscheck.model.device_files import DEVICE
from gbcscheck.model.rules import EVERY_ATTRIBUTE, Rule


@pytest.fixture(autouse=True)
def cited_is_declared(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What the findings of a test cite of the specifications, held against ``reads`` of their rules."""
    undeclared: dict[str, set[str]] = {}
    ours = {rule.code: rule for rule in device_rules()}
    make = Rule.finding

    def watched(rule: Rule, subject: str, message: str, statements: tuple[Statement, ...], **rest: Any) -> Finding:
        cited = {statement.attribute for statement in statements if statement.specification != DEVICE}
        if ours.get(rule.code) == rule and EVERY_ATTRIBUTE not in rule.reads and not cited <= set(rule.reads):
            undeclared.setdefault(rule.code, set()).update(cited - set(rule.reads))
        return make(rule, subject, message, statements, **rest)

    monkeypatch.setattr(Rule, "finding", watched)
    yield
    assert undeclared == {}
