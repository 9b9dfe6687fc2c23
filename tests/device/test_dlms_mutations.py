"""Every real DLMS command with one change against the tables is found out, and free values may be others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from dlms_mutations import (
    CONSTANT,
    DATE,
    ENUMERATION,
    KINDS,
    LENGTH,
    MAXIMUM,
    WILDCARD,
    Command,
    Mutation,
    free_changes,
    mutations,
)
from dlms_rows import Group, groups_by_use_case, match, pair
from mutation_report import Report
from once import once
from shares import at_least, share

from gbcscheck.cosem.access import REQUEST, Request, read_payload
from gbcscheck.cosem.axdr import COMPOUND, Data
from gbcscheck.cosem.envelope import read_envelope
from gbcscheck.device.context import Choices, Context, load_context
from gbcscheck.device.message import judge_message
from gbcscheck.model.device_files import JudgedFile

AT_THE_ROW = (CONSTANT, LENGTH, MAXIMUM, ENUMERATION, DATE, WILDCARD)
"""Kinds of which every mutation has to give one finding, of the row that it goes against."""


def commands(corpus: Path, context: Context) -> list[Command]:
    """The commands of the corpus that conform and whose use case has a table."""
    tables = {version: groups_by_use_case(catalogue) for version, catalogue in context.versions.items()}
    codes: dict[int, tuple[Group, ...]] = {
        code: tables[use_case.version][use_case.name]
        for code, use_case in context.use_cases.items()
        if use_case.name in tables[use_case.version]
    }
    found = []
    for path in sorted((corpus / "rtds").rglob("*_COMMAND_*.HEX"), key=lambda path: path.name):
        if "SUCCESS" not in path.name:
            continue
        octets = bytes.fromhex(path.read_text("ascii"))
        envelope = read_envelope(octets)
        use_case = context.use_cases.get(envelope.message_code)
        if use_case is None or envelope.payload[0] != REQUEST:
            continue
        request = read_payload(octets, envelope.payload_start, envelope.payload_end)
        assert isinstance(request, Request)
        found.append(Command(path.stem, use_case.name, envelope, request, codes.get(use_case.code, ()), codes))
    return found


def _said(judged: JudgedFile, severities: tuple[str, ...]) -> set[tuple[str, str, str]]:
    return {(one.rule, one.subject, one.message) for one in judged.findings if one.severity in severities}


def report(corpus: Path, context: Context) -> Report[Mutation]:
    """Judge the mutations of every command, a share of each kind. Found out: an error that the real command does not
    have, or octets that can no longer be decoded."""
    outcome = Report[Mutation](KINDS)
    for command, changed in _each(corpus, context, mutations):
        mutation, before = command
        new = _said(changed, ("error",)) - before
        caught = changed.problem is not None or bool(new)
        outcome.made[mutation.kind] += 1
        outcome.made_in[mutation.use_case] += 1
        if caught:
            outcome.caught[mutation.kind] += 1
            outcome.caught_in[mutation.use_case] += 1
            if mutation.kind in AT_THE_ROW and [subject for _, subject, _ in new] != [mutation.subject]:
                outcome.elsewhere.append(mutation)
        else:
            outcome.missed[mutation.kind].append(mutation)
    return outcome


def silence(corpus: Path, context: Context) -> tuple[int, list[tuple[Mutation, tuple[str, ...]]]]:
    """Change free values of every command, a share, to others: how many there were, and those that gave an error, a
    warning or a message that is no longer judged, with the rules that did."""
    made, loud = 0, []
    for (mutation, before), judged in _each(corpus, context, free_changes):
        made += 1
        new = _said(judged, ("error", "warning")) - before
        if new or not judged.judged:
            loud.append((mutation, tuple(sorted(rule for rule, _, _ in new))))
    return made, loud


def _each(
    corpus: Path, context: Context, make: Callable[[Command], Iterable[Mutation]]
) -> Iterable[tuple[tuple[Mutation, set[tuple[str, str, str]]], JudgedFile]]:
    for command in commands(corpus, context):
        real = judge_message(command.name, command.envelope.octets, context)
        assert real.judged, (command.name, real.reason)
        before = _said(real, ("error", "warning"))
        for mutation in share(make(command), by=lambda one: one.kind):
            yield (mutation, before), judge_message(command.name, mutation.octets, context)


NOT_MATCHED = {
    "EXCEPTIONAL": {"ECS02", "ECS30a", "ECS48"},
    "structure": {"ECS17d", "ECS17e", "ECS21b", "ECS66"},
}
"""Use cases by the type of a row of which no field is told: the values inside are not changed, the rest is."""


@pytest.fixture(scope="module")
def context() -> Context:
    return load_context(Choices())


@pytest.fixture(scope="module")
def outcome(corpus: Path, context: Context, tmp_path_factory: pytest.TempPathFactory) -> Report[Mutation]:
    return once(tmp_path_factory, "dlms mutations", lambda: report(corpus, context))


def test_every_value_is_matched_to_a_row_but_those_that_the_rows_do_not_tell(corpus: Path, context: Context) -> None:
    found: dict[str, set[str]] = defaultdict(set)
    matched = 0
    for command in commands(corpus, context):
        pairs = pair(command.request, command.groups)
        assert [number for number, _ in pairs] == list(range(len(command.request.accesses))), command.name
        for number, group in pairs:
            if command.request.accesses[number].choice in (2, 3, 5):
                data = command.request.data[number]
                leaves = {leaf for _, leaf, _ in match(data, group).leaves}
                matched += len(leaves)
                if leaves != _simple(data):
                    found[group.rows[0].type].add(command.use_case)
    assert found == NOT_MATCHED
    assert matched > 1_500


def _simple(data: Data) -> set[Data]:
    if data.tag in COMPOUND:
        return {leaf for member in data.members for leaf in _simple(member)}
    return {data}


def test_most_commands_are_mutated(corpus: Path, outcome: Report[Mutation]) -> None:
    print(*outcome.lines(), sep="\n")
    assert len(outcome.made_in) >= 60
    assert set(outcome.made) == set(KINDS)
    assert outcome.made.total() > at_least(5_000)


@pytest.mark.parametrize("kind", KINDS)
def test_changes_against_the_tables_are_found_out(outcome: Report[Mutation], kind: str) -> None:
    missed = [(one.use_case, one.subject, one.change) for one in outcome.missed[kind]]
    assert missed == []


def test_what_is_wrong_with_a_value_is_one_finding_of_its_row(outcome: Report[Mutation]) -> None:
    elsewhere = [(one.kind, one.use_case, one.subject, one.change) for one in outcome.elsewhere]
    assert elsewhere == []


IDENTIFIERS = (
    "week_name",
    "week_profile_name",
    "day_id",
    *(f".{day}" for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")),
    "entries[*].index",
)
"""Fields that name a week, a day or an entry of a calendar: another one may be one that is not there."""


def test_free_values_may_be_others(corpus: Path, context: Context) -> None:
    made, loud = silence(corpus, context)
    print(f"{made:,} free values changed, {len(loud)} of them told as wrong")
    names = [(mutation, rules) for mutation, rules in loud if mutation.subject.endswith(IDENTIFIERS)]
    others = [one for one in loud if one not in names]
    assert [(mutation, rules) for mutation, rules in names if not set(rules) <= {"D501", "D212"}] == []
    assert [(mutation, rules) for mutation, rules in others if rules != ("D501",)] == []  # what no request can set
    assert len(others) < made / 10
    assert made > at_least(1_000)
