"""Gas messages that no table lays out: what can be judged of them is, and all is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from cosem_writing import write_envelope
from gas_messages import changed, context_for, covered, envelope_of, gbz_of, judged

from gbcscheck.cosem.envelope import read_envelope
from gbcscheck.cosem.errors import OctetsError
from gbcscheck.device.gas.judge import has_layout
from gbcscheck.model import Finding
from gbcscheck.model.device_files import FITS, OPEN

CHANGE_PAYMENT_MODE = "GCS02_1.6_IMMEDIATE_SUCCESS_COMMAND"


def rules(found: list[Finding]) -> list[str]:
    return [finding.rule for finding in found]


@pytest.mark.parametrize("name", ["FDRA-ZigBee_NA_8F72_ALERT", "GCA-ZigBee_NA_8F30_ALERT", "GNCA-ZigBee_NA_810E_ALERT"])
def test_an_alert_without_a_table_is_judged_by_its_code(corpus: Path, name: str) -> None:
    envelope = envelope_of(corpus, name)
    reason, record = judged(envelope)
    assert reason == ""
    assert covered(envelope, record) == envelope.payload
    assert {entry.label: entry.verdict for entry in record.entries}["Alert code"] == FITS
    gbz = gbz_of(envelope)
    assert gbz.alert is not None
    alert = gbz.alert._replace(code=0x7777)
    _, record = judged(changed(envelope, lambda gbz: gbz._replace(alert=alert)))
    assert rules(record.findings) == ["D107"]


def test_a_message_that_its_use_case_does_not_have(corpus: Path) -> None:
    envelope = envelope_of(corpus, CHANGE_PAYMENT_MODE)
    transaction = envelope.transaction._replace(octets=b"\x03" + envelope.transaction.octets[1:])
    alert = read_envelope(write_envelope(envelope._replace(transaction=transaction), envelope.payload))
    reason, record = judged(alert)
    assert reason == "the tables of GBCS 4.0 have no byte layout of the alert of GCS02"
    assert covered(alert, record) == alert.payload


def test_components_of_an_unknown_message_code_are_told(corpus: Path) -> None:
    envelope = envelope_of(corpus, CHANGE_PAYMENT_MODE)
    other = envelope.other_information._replace(octets=b"\xee\xee")
    unknown = read_envelope(write_envelope(envelope._replace(other_information=other), envelope.payload))
    reason, record = judged(unknown)
    assert "0xEEEE" in reason
    assert record.entries[-1].label == "component 1: cluster 0x0705, command 0x06"
    assert record.entries[-1].verdict == OPEN
    assert covered(unknown, record) == unknown.payload


def test_which_use_cases_are_of_gas() -> None:
    named = context_for().use_cases.named
    assert has_layout(named("GCS02"))
    assert has_layout(named("CS01b"))
    assert not has_layout(named("ECS37"))


def test_too_short_a_payload_cannot_be_decoded(corpus: Path) -> None:
    envelope = envelope_of(corpus, CHANGE_PAYMENT_MODE)
    with pytest.raises(OctetsError, match="a profile"):
        judged(read_envelope(write_envelope(envelope, b"\x01\x09")))
