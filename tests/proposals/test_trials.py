"""What rules find after an edit: asked again are those that read what is edited, and no others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from gbcscheck.model import Finding, Statement
from gbcscheck.proposals.replacing import Bench, Replacement
from gbcscheck.proposals.trials import Trials
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.releases import load_release
from gbcscheck.rules import RULES
from gbcscheck.rules.base import ReleaseRule

ITEM = "MaximumDemandConfigurableTimePeriod.entries[*].exec_weekdays"


@pytest.fixture(scope="module")
def bench() -> Bench:
    return Bench([load_release("before-mp131")])


def _counted(rules: Sequence[ReleaseRule], asked: list[str]) -> list[ReleaseRule]:
    def counting(one: ReleaseRule) -> Callable[[Catalogue], Sequence[Finding]]:
        def check(catalogue: Catalogue) -> Sequence[Finding]:
            asked.append(one.code)
            return list(one.check(catalogue))

        return check

    return [replace(one, check=counting(one)) for one in rules]  # type: ignore[arg-type]  # an iterator is not needed


def _edit(one: Statement, attribute: str) -> Replacement:
    new = {
        "default": ("0b11111110", None, "0b11111110"),
        "constant": ("0b00000010", None, "||0b00000010"),
        "type": ("octets(2)", None, "octet-string(2)"),
        "gone": (None, None, None),
    }
    return Replacement(one, one.subject, *new[attribute])


@pytest.mark.parametrize("attribute", ["default", "constant", "type", "gone"])
def test_it_is_as_if_all_rules_were_asked(bench: Bench, attribute: str) -> None:
    asked: list[str] = []
    trials = Trials(bench, _counted(RULES, asked))
    asked.clear()
    stated = "constant" if attribute == "gone" else attribute
    subject = ITEM if attribute == "default" else f"ECS37/{ITEM}"
    edit = _edit(trials.bench.catalogues[0].about(subject, stated)[0], attribute)
    told = trials.after([edit])
    again = set(asked)
    assert told.findings == trials.after_all([edit]).findings
    assert told.findings != trials.before.findings
    assert (again == {one.code for one in RULES}) is (attribute in ("type", "gone"))
    assert trials.after([edit]) is told, "it is known"
