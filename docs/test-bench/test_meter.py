"""What a bench asks of a meter: that it holds and sends nothing that the specifications forbid."""

from pathlib import Path

import pytest

SAMPLES = Path(__file__).parent.parent / "samples"
"""Captures and documents; a bench of one's own has a meter in their place."""


def test_the_settings_of_the_meter(assert_conforms):
    assert_conforms({"RMSVoltageSagThreshold": "207 V", "RMSVoltageSwellThreshold": "253 V"})


def test_the_command_for_every_day(assert_conforms):
    command = bytes.fromhex((SAMPLES / "captures" / "ECS37-every-day.hex").read_text())
    result = assert_conforms(command, name="ECS37")
    assert result.files[0].use_case == "ECS37"


def test_the_command_for_week_days_is_found_out(assert_conforms):
    with pytest.raises(AssertionError, match="D205"):
        assert_conforms(SAMPLES / "captures" / "ECS37-weekdays.hex")


def test_a_request_is_of_the_command(gbcs_judge):
    request = (SAMPLES / "period.xml").read_bytes()
    command = (SAMPLES / "captures" / "ECS37-every-day.hex").read_text()
    pair = gbcs_judge.pair(request, command)
    assert [finding.rule for finding in pair.findings if finding.severity == "error"] == ["D703"]
