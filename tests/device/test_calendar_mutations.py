"""Calendars of real commands with one change that no meter can mean are found out, and those that mean the same not."""

from __future__ import annotations

from pathlib import Path

import pytest
from calendar_mutations import SAME, WRONG, Change, same_changes, wrong_changes
from electricity_messages import changed, envelope_of, judged, payload_of
from mutation_report import Report

from gbcscheck.cosem.access import Request

COMMANDS = ("ECS01a_1.1.1_IMMEDIATE_TOU_SUCCESS_COMMAND", "ECS01c_1.1.2_IMMEDIATE_SUCCESS_COMMAND")
FOUND_BY = {kind: {"D212"} if "not there" in kind or "twice" in kind else {"D206", "D207"} for kind in WRONG}


def errors(corpus: Path, name: str, change: Change | None = None) -> set[str]:
    """The rules of the errors in a command, or in one with a change."""
    envelope = envelope_of(corpus, name)
    if change is not None:
        envelope = changed(envelope, lambda payload: payload._replace(data=change.data))
    return {finding.rule for finding in judged(envelope).findings if finding.severity == "error"}


@pytest.fixture(scope="module")
def outcome(corpus: Path) -> Report[Change]:
    report = Report[Change](WRONG)
    for name in COMMANDS:
        request = payload_of(envelope_of(corpus, name))
        assert isinstance(request, Request)
        for change in wrong_changes(request):
            report.made[change.kind] += 1
            report.made_in[name] += 1
            if errors(corpus, name, change) & FOUND_BY[change.kind]:
                report.caught[change.kind] += 1
                report.caught_in[name] += 1
            else:
                report.missed[change.kind].append(change)
    return report


@pytest.mark.parametrize("kind", WRONG)
def test_every_change_that_no_meter_can_mean_is_found_out(outcome: Report[Change], kind: str) -> None:
    assert [change.words for change in outcome.missed[kind]] == []
    assert outcome.made[kind] >= 4


def test_how_many_there_were(outcome: Report[Change]) -> None:
    print(*outcome.lines(), sep="\n")
    assert outcome.made.total() > 300


def test_changes_that_mean_the_same_are_silent(corpus: Path) -> None:
    made = dict.fromkeys(SAME, 0)
    loud = []
    for name in COMMANDS:
        request = payload_of(envelope_of(corpus, name))
        assert isinstance(request, Request)
        before = errors(corpus, name)
        for change in same_changes(request):
            made[change.kind] += 1
            if errors(corpus, name, change) - before:
                loud.append((change.kind, change.words))
    print(made)
    assert loud == []
    assert all(count >= 2 for count in made.values())
