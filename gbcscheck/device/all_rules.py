"""Every rule of the device check, gathered from the judges that declare them."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from gbcscheck.model.rules import Rule

DECLARING = (
    "message_rules",
    "calendars",
    "electricity.rules",
    "gas.rules",
    "asn1.rules",
    "documents.calendars",
    "documents.duis",
    "documents.mmc",
    "items.rules",
    "configuration.rules",
    "objects.judge",
    "pairs.rules",
)
"""Modules of this folder that declare ``RULES``; to add one, name it here."""


@cache
def device_rules() -> tuple[Rule, ...]:
    """Every rule, by code. A code stands for one rule: ValueError where two judges declare it differently."""
    found: dict[str, Rule] = {}
    for name in DECLARING:
        for rule in import_module(f"gbcscheck.device.{name}").RULES:
            if found.setdefault(rule.code, rule) != rule:
                raise ValueError(f"rule {rule.code} is declared twice: {found[rule.code].name}, {rule.name}")
    return tuple(found[code] for code in sorted(found))
