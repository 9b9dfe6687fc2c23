"""Every change of a configuration that goes against what is stated is found out in every shape; others are silent."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from configuration_mutations import ATTRIBUTE, KINDS, NAME, SHAPES, Fact, Mutation, facts_of, mutations, same, usual
from configuration_runs import context
from mutation_report import Report
from shares import at_least, share

from gbcscheck.device.configuration.read import judge_configuration
from gbcscheck.device.configuration.table import judge_table
from gbcscheck.device.files import recognise
from gbcscheck.device.model import FileRecord


@pytest.fixture(scope="module")
def facts() -> list[Fact]:
    return facts_of(context("current").catalogue)


def _judged(shape: str, mutation: Mutation) -> FileRecord:
    content = SHAPES[shape][0](mutation.settings)
    judge = {"configuration": judge_configuration, "table": judge_table}[recognise(content, "x").form]
    record = FileRecord("x", tree=False)
    assert judge("x", content, context("current"), record).reason == ""
    return record


def _fired(record: FileRecord) -> set[str]:
    return {finding.rule for finding in record.findings if finding.severity != "note"}


def _is_named(mutation: Mutation, record: FileRecord) -> bool:
    """Whether a name that means nothing is told as a row or column that is not read."""
    return any(f'"{one.name}"' in line for one in mutation.settings for line in record.not_read)


def _shapes(changes: Iterable[Mutation]) -> Iterable[tuple[str, Mutation]]:
    """Each change, of a share of each kind, in two shapes, the next one in the next two."""
    names = list(SHAPES)
    for number, mutation in enumerate(share(changes, by=lambda one: one.kind)):
        yield names[number % len(names)], mutation
        yield names[(number + 3) % len(names)], mutation


def test_every_change_is_found_out(facts: list[Fact]) -> None:
    report: Report[Mutation] = Report(KINDS)
    for shape, mutation in _shapes(mutations(facts)):
        record = _judged(shape, mutation)
        fired = _fired(record)
        found = bool(fired & set(mutation.rules)) or (
            mutation.kind in (NAME, ATTRIBUTE) and _is_named(mutation, record)
        )
        report.made[mutation.kind] += 1
        report.made_in[shape] += 1
        report.caught[mutation.kind] += found
        report.caught_in[shape] += found
        if not found:
            report.missed[mutation.kind].append(mutation)
        if fired - set(mutation.rules):
            report.elsewhere.append(mutation)
    print("\n".join(report.lines()))
    assert len(facts) > 120
    assert report.made.total() > at_least(1500)
    assert all(report.made[kind] for kind in KINDS)
    assert set(report.made_in) == set(SHAPES)
    assert dict(report.missed) == {}
    assert report.elsewhere == []


def test_changes_that_mean_nothing_are_silent(facts: list[Fact]) -> None:
    made = 0
    for shape, mutation in _shapes(same(facts)):
        record = _judged(shape, mutation)
        assert (_fired(record), record.unknown) == (set(), 0), (shape, mutation)
        assert record.values == len(mutation.settings) * SHAPES[shape][1], (shape, mutation)
        made += 1
    assert made > at_least(1000)
    print(f"{made:,} changes that mean nothing: all silent")


def test_usual_values_are_fine(facts: list[Fact]) -> None:
    settings = tuple(map(usual, facts))
    record = _judged("JSON object", Mutation("", "", settings, ()))
    assert [(one.rule, one.subject) for one in record.findings if one.severity != "note"] == []
    assert record.values == len(facts)
