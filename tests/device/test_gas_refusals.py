"""Default responses in the place of what the rows of a response lay out: the tolerance, and what it still catches."""

from __future__ import annotations

from pathlib import Path

import pytest
from gas_messages import envelope_of, findings_of, with_frame

from gbcscheck.model import Finding


def rules(found: list[Finding]) -> list[str]:
    return [finding.rule for finding in found]


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        ("08 00 0b 06 8b", []),  # the alternate of the rows
        ("08 00 0b 06 c0", []),  # another failure in its place
        ("08 00 0b ff 01", []),  # not carried out, since one before failed
        ("08 00 0b ff 00", ["D306"]),  # not carried out, and a success
        ("08 00 0b 07 c0", ["D305"]),  # a command that the use case does not send
        ("00 00 0b 06 c0", ["D304"]),  # the direction of a command
        ("09 00 0b 06 c0", ["D304"]),  # a command of its own cluster
        ("08 00 0b 06", ["D303", "D309"]),  # no status
        ("08 00 0b 06 c0 00", ["D303"]),  # one octet too many
    ],
)
def test_a_default_response_in_the_place_of_an_answer(corpus: Path, frame: str, expected: list[str]) -> None:
    envelope = envelope_of(corpus, "GCS02_1.6_IMMEDIATE_ERROR_RESPONSE")
    assert rules(findings_of(with_frame(envelope, 0, frame))) == expected


def test_a_default_response_where_the_rows_have_none(corpus: Path) -> None:
    envelope = envelope_of(corpus, "GCS20r_6.2.10_ERROR_RESPONSE")
    assert findings_of(envelope) == []
    assert rules(findings_of(with_frame(envelope, 0, "08 00 0b 05 00"))) == ["D306"]
    (finding,) = findings_of(with_frame(envelope, 0, "08 00 0b 06 c0"))
    assert (finding.rule, finding.message) == ("D305", "Command identifier answered is 0x06; 0x05 was expected")
    assert finding.statements[1].subject == "GCS20r/Command/GetEventConfiguration/Command identifier"


def test_a_default_response_is_no_command(corpus: Path) -> None:
    envelope = envelope_of(corpus, "GCS02_1.6_IMMEDIATE_SUCCESS_COMMAND")
    assert "D304" in rules(findings_of(with_frame(envelope, 0, "08 00 0b 06 c0")))


def test_a_status_of_not_found_cannot_be_a_success(corpus: Path) -> None:
    envelope = envelope_of(corpus, "GCS17_4.8.1_NOT_FOUND_RESPONSE")
    (finding,) = findings_of(with_frame(envelope, 0, "08 00 0b 08 00"))
    assert (finding.rule, finding.statements[1].written) == ("D306", "0x8B")
    assert findings_of(with_frame(envelope, 0, "08 00 0b 08 8a")) == []
