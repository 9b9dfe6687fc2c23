"""Every real gas message with one change against the tables is found out, and free values may be others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from gas_mutations import KINDS, Limits, Mutation, free_changes, mutations
from gas_rows_again import Over, lay_over
from mutation_report import Report
from once import once
from shares import at_least, share

from gbcscheck.cosem.envelope import read_envelope
from gbcscheck.cosem.errors import OctetsError
from gbcscheck.device.context import Choices, Context, load_context
from gbcscheck.device.gas.judge import judge_gas
from gbcscheck.device.model import FileRecord

Problems = set[tuple[str, str, str]]


def messages(corpus: Path, context: Context) -> Iterator[tuple[Over, Limits]]:
    """The commands, responses and alerts of the corpus that conform and have a byte layout, each laid over it."""
    for path in sorted((corpus / "rtds").rglob("*.HEX"), key=lambda path: path.name):
        if "ERROR" in path.name or "PRECOMMAND" in path.name:
            continue
        envelope = read_envelope(bytes.fromhex(path.read_text("ascii")))
        use_case = context.use_cases.get(envelope.message_code)
        if use_case is None or envelope.payload[:2] != b"\x01\x09":
            continue
        over = lay_over(use_case.catalogue, path.stem, use_case.name, envelope)
        assert over is not None, path.name
        yield over, Limits.of(use_case.catalogue, use_case.name)


def problems_of(octets: bytes, context: Context, severities: tuple[str, ...]) -> Problems | None:
    """What the judge finds; None where the message cannot be decoded."""
    record = FileRecord("message.hex")
    try:
        envelope = read_envelope(octets)
        assert judge_gas(envelope, context.use_cases[envelope.message_code], context, record) == ""
    except OctetsError:
        return None
    return {(one.rule, one.subject, one.message) for one in record.findings if one.severity in severities}


def _other_code(over: Over, context: Context) -> int:
    """The message code of another gas use case, one that has other components."""
    name = "GCS23" if over.use_case != "GCS23" else "GCS13a"
    return context.use_cases.named("GCS53" if over.envelope.purpose == "alert" else name).code


def report(corpus: Path, context: Context) -> Report[Mutation]:
    """Judge the mutations of every message, a share of each kind. Found out: an error that the real message does not
    have, or octets that can no longer be decoded."""
    outcome = Report[Mutation](KINDS)
    for over, limits in messages(corpus, context):
        assert problems_of(over.envelope.octets, context, ("error",)) == set()
        code = _other_code(over, context)
        made = (one for one in mutations(over, limits, code) if one.octets != over.envelope.octets)
        for mutation in share(made, by=lambda one: one.kind):
            problems = problems_of(mutation.octets, context, ("error",))
            outcome.made[mutation.kind] += 1
            outcome.made_in[mutation.use_case] += 1
            if problems is None or problems:
                outcome.caught[mutation.kind] += 1
                outcome.caught_in[mutation.use_case] += 1
            else:
                outcome.missed[mutation.kind].append(mutation)
    return outcome


@pytest.fixture(scope="module")
def context() -> Context:
    return load_context(Choices())


@pytest.fixture(scope="module")
def outcome(corpus: Path, context: Context, tmp_path_factory: pytest.TempPathFactory) -> Report[Mutation]:
    return once(tmp_path_factory, "gas mutations", lambda: report(corpus, context))


def test_most_messages_are_mutated(outcome: Report[Mutation]) -> None:
    print(*outcome.lines(), sep="\n")
    assert len(outcome.made_in) == 25
    assert set(outcome.made) == set(KINDS)
    assert outcome.made.total() > at_least(5_000)


@pytest.mark.parametrize("kind", KINDS)
def test_changes_against_the_tables_are_found_out(outcome: Report[Mutation], kind: str) -> None:
    missed = [(one.message, one.subject, one.change) for one in outcome.missed[kind]]
    assert missed == []


def test_free_values_may_be_others(corpus: Path, context: Context) -> None:
    made, loud = 0, []
    for over, limits in messages(corpus, context):
        before = problems_of(over.envelope.octets, context, ("error", "warning"))
        for mutation in share(free_changes(over, limits)):
            made += 1
            problems = problems_of(mutation.octets, context, ("error", "warning"))
            if problems is None or before is None or problems - before:
                loud.append((mutation.message, mutation.subject, mutation.change, problems))
    expected = {"D212", "D310"}
    assert [one for one in loud if not (one[1].endswith(IDENTIFIERS) and (_rules(one[3]) or {"?"}) <= expected)] == []
    assert made > at_least(1_000)


IDENTIFIERS = (
    "/Day ID (UINT8)",
    "/Week ID (UINT8)",
    "/Issuer Calendar ID (UINT32)",
    "/Season Entry (Refer to ZigBee spec)",
    "/Special Day Entry (Refer to ZigBee spec)",
    "/Day Schedule Entries (Refer to ZigBee spec)",
    *(
        f"/Day ID Ref {day} (UINT8)"
        for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    ),
)
"""Fields that name a week, a day or a calendar: another one may be one that is not there."""


def _rules(problems: Problems | None) -> set[str]:
    return {rule for rule, _, _ in problems or ()}
