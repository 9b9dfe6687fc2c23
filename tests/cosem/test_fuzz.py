"""Changed real messages go through the readers and the whole check with no exception but the readers' own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from cosem_messages import real_messages
from cosem_writing import write_envelope
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shares import examples, portion

from gbcscheck.cosem.envelope import read_envelope
from gbcscheck.device.context import Choices, Context, load_context
from gbcscheck.device.message import judge_message

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def context() -> Context:
    return load_context(Choices())


@pytest.fixture(scope="module")
def messages(corpus: Path) -> list[bytes]:
    return [octets for _, octets in real_messages(corpus)]


def changed(data: st.DataObject, octets: bytes) -> bytes:
    """Some octets replaced, put in or taken out at up to three places."""
    new = bytearray(octets)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(new)))
        upto = data.draw(st.integers(at, min(len(new), at + 6)))
        new[at:upto] = data.draw(st.binary(max_size=6))
    return bytes(new)


FIXTURES = settings(max_examples=examples(300), suppress_health_check=[HealthCheck.function_scoped_fixture])


@FIXTURES
@given(st.data())
def test_a_changed_message_is_judged_or_refused(messages: list[bytes], context: Context, data: st.DataObject) -> None:
    octets = changed(data, data.draw(st.sampled_from(messages)))
    judged = judge_message("changed", octets, context)
    assert judged.judged or judged.reason
    assert judged.octets == octets


@FIXTURES
@given(st.data())
def test_a_changed_payload_is_judged_or_refused(messages: list[bytes], context: Context, data: st.DataObject) -> None:
    envelope = read_envelope(data.draw(st.sampled_from(messages)))
    octets = write_envelope(envelope, changed(data, envelope.payload))
    judged = judge_message("changed", octets, context)
    assert judged.judged or judged.reason
    for finding in judged.findings:
        place = finding.statements[0].place
        assert place.offset is None or 0 <= place.offset <= place.offset + (place.length or 0) <= len(octets)


@pytest.mark.slow
def test_the_long_script_finds_nothing_in_twenty_thousand_inputs(corpus: Path) -> None:
    inputs = portion(20_000)
    command = [
        sys.executable,
        str(ROOT / "benchmarks" / "fuzz.py"),
        str(corpus),
        "--inputs",
        str(inputs),
        "--seed",
        "7",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{inputs:,} inputs of up to" in done.stdout
