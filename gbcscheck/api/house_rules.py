"""House rules, found for a run, and as rules that are listed and explained."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gbcscheck.policy.house_files import house_rules
from gbcscheck.policy.scope import configuration_of

if TYPE_CHECKING:
    from gbcscheck.model.rules import Rule

__all__ = ["house_rules", "named_rules"]


def named_rules(named: Sequence[Path], *, configured: bool = False, allow_outside: bool = False) -> tuple[Rule, ...]:
    """The house rules of some files and folders, and where it is asked for those of the configuration of the working
    folder and of the folders that it names; errors as ``house_rules`` raises them."""
    from gbcscheck.policy.configuration import Configuration

    configuration = configuration_of(None, allow_outside=allow_outside) if configured else Configuration()
    found = house_rules(configuration, configuration.resolved(), named, allow_outside=allow_outside)
    return tuple(one.rule for one in found)
