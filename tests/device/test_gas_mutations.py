"""Every real gas message with one change against the tables is found out, and free values may be others."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from gas_mutations import KINDS, Limits, Mutation, free_changes, mutations
from gas_rows_again import Over, lay_over

from gbcscheck.cosem.envelope import read_envelope
from gbcscheck.cosem.errors import OctetsError
from gbcscheck.device.context import Choices, Context, load_context
from gbcscheck.device.gas.judge import judge_gas
from gbcscheck.device.model import Sink

Said = set[tuple[str, str, str]]


@dataclass(slots=True)
class Report:
    """How many mutations were found out, by kind and by use case, and those that were not."""

    caught: Counter[str] = field(default_factory=Counter)
    made: Counter[str] = field(default_factory=Counter)
    caught_in: Counter[str] = field(default_factory=Counter)
    made_in: Counter[str] = field(default_factory=Counter)
    missed: dict[str, list[Mutation]] = field(default_factory=lambda: defaultdict(list))

    def lines(self) -> list[str]:
        """The two tables, in Markdown."""
        kinds = [(kind, self.caught[kind], self.made[kind]) for kind in KINDS if self.made[kind]]
        cases = [(case, self.caught_in[case], self.made_in[case]) for case in sorted(self.made_in)]
        total = ("all", self.caught.total(), self.made.total())
        return [*_table("change", [*kinds, total]), "", *_table("use case", cases)]


def _table(title: str, rows: list[tuple[str, int, int]]) -> list[str]:
    head = [f"| {title} | mutations | found out | share |", "|---|---|---|---|"]
    return [
        *head,
        *(f"| {name} | {made:,} | {caught:,} | {100 * caught / made:.1f} % |" for name, caught, made in rows),
    ]


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


def said_of(octets: bytes, context: Context, severities: tuple[str, ...]) -> Said | None:
    """What the judge finds; None where the message cannot be decoded."""
    sink = Sink("message.hex")
    try:
        envelope = read_envelope(octets)
        assert judge_gas(envelope, context.use_cases[envelope.message_code], context, sink) == ""
    except OctetsError:
        return None
    return {(one.rule, one.subject, one.message) for one in sink.findings if one.severity in severities}


def _other_code(over: Over, context: Context) -> int:
    """The message code of another gas use case, one that has other components."""
    name = "GCS23" if over.use_case != "GCS23" else "GCS13a"
    return context.use_cases_by_name["GCS53" if over.envelope.purpose == "alert" else name].code


def report(corpus: Path, context: Context) -> Report:
    """Judge every mutation of every message. Found out: an error that the real message does not have, or octets that
    can no longer be decoded."""
    outcome = Report()
    for over, limits in messages(corpus, context):
        assert said_of(over.envelope.octets, context, ("error",)) == set()
        code = _other_code(over, context)
        for mutation in mutations(over, limits, code):
            if mutation.octets == over.envelope.octets:
                continue
            said = said_of(mutation.octets, context, ("error",))
            outcome.made[mutation.kind] += 1
            outcome.made_in[mutation.use_case] += 1
            if said is None or said:
                outcome.caught[mutation.kind] += 1
                outcome.caught_in[mutation.use_case] += 1
            else:
                outcome.missed[mutation.kind].append(mutation)
    return outcome


@pytest.fixture(scope="module")
def context() -> Context:
    return load_context(Choices())


@pytest.fixture(scope="module")
def outcome(corpus: Path, context: Context) -> Report:
    return report(corpus, context)


def test_most_messages_are_mutated(outcome: Report) -> None:
    print(*outcome.lines(), sep="\n")
    assert len(outcome.made_in) == 25
    assert set(outcome.made) == set(KINDS)
    assert outcome.made.total() > 5_000


@pytest.mark.parametrize("kind", KINDS)
def test_changes_against_the_tables_are_found_out(outcome: Report, kind: str) -> None:
    missed = [(one.message, one.subject, one.change) for one in outcome.missed[kind]]
    assert missed == []


def test_free_values_may_be_others(corpus: Path, context: Context) -> None:
    made, loud = 0, []
    for over, limits in messages(corpus, context):
        before = said_of(over.envelope.octets, context, ("error", "warning"))
        for mutation in free_changes(over, limits):
            made += 1
            said = said_of(mutation.octets, context, ("error", "warning"))
            if said is None or before is None or said - before:
                loud.append((mutation.message, mutation.subject, mutation.change, said))
    assert loud == []
    assert made > 1_000
