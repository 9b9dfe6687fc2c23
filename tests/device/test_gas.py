"""Gas messages against their byte layouts: what conforms is silent, and what does not is told with its row."""

from __future__ import annotations

from pathlib import Path

import pytest
from cosem_writing import write_envelope
from gas_messages import (
    changed,
    covered,
    envelope_of,
    findings_of,
    gas_messages,
    gbz_of,
    judged,
    with_component,
    with_frame,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shares import examples

from gbcscheck.cosem.envelope import read_envelope
from gbcscheck.cosem.gbz import Component
from gbcscheck.device.gas import judge as gas
from gbcscheck.device.gas.rules import RULES
from gbcscheck.device.model import Problem
from gbcscheck.model import Finding, Place
from gbcscheck.model.device_files import FITS, OPEN, WRONG
from gbcscheck.model.rules import Rule

CHANGE_PAYMENT_MODE = "GCS02_1.6_IMMEDIATE_SUCCESS_COMMAND"


def rules(found: list[Finding]) -> list[str]:
    return [finding.rule for finding in found]


# --- truth -----------------------------------------------------------------------------------------------------------


def test_no_message_of_the_corpus_has_a_finding_and_every_octet_is_told(corpus: Path) -> None:
    judged_of_gas = all_judged = 0
    for name, envelope in gas_messages(corpus):
        reason, record = judged(envelope)
        assert record.findings == [], name
        assert covered(envelope, record) == envelope.payload, name
        assert all(entry.verdict != WRONG for entry in record.entries), name
        assert record.values == sum(entry.verdict in (FITS, OPEN) for entry in record.entries), name
        if reason:
            assert "no table at hand" in reason, name
            continue
        all_judged += 1
        judged_of_gas += "GCS" in name
    assert judged_of_gas == 154
    assert all_judged == 176


@pytest.mark.parametrize("name", ["GCS11_3.5_SUCCESS_COMMAND", "GCS17_4.8.1_SUCCESS_COMMAND"])
def test_where_two_sheets_differ_a_message_that_follows_the_layout_conforms(corpus: Path, name: str) -> None:
    """The ZCL sheet has command 0x03 for GCS11 and a sample 1 for GCS17; layout and messages have 0x02 and 0."""
    assert findings_of(envelope_of(corpus, name)) == []


def test_characters_are_read_as_such(corpus: Path) -> None:
    envelope = envelope_of(corpus, "GCS21m_6.2.4_SUCCESS_RESPONSE")
    _, record = judged(envelope)
    assert isinstance(next(entry.value for entry in record.entries if entry.label == "Attribute Value"), str)
    _, record = judged(with_frame(envelope, 0, "08 00 01 0400 00 42 01 ff 0500 00 42 00"))
    assert [entry.value for entry in record.entries if entry.label == "Attribute Value"][:2] == [b"\xff", ""]
    assert record.findings == []


def test_encrypted_fields_are_named_as_such(corpus: Path) -> None:
    envelope = envelope_of(corpus, "GCS13a_4.1.1_SUCCESS_RELIABLE_GSME_RESPONSE")
    _, record = judged(envelope)
    (entry,) = [entry for entry in record.entries if entry.label.startswith("encrypted")]
    assert entry.verdict == OPEN
    assert "16 fields, Attribute Identifier to Attribute Value" in entry.label
    assert entry.subject == "GCS13a/Normal response/Read Attributes Response/Attribute Identifier (ENUM16)"


def test_values_are_shown_as_what_they_are(corpus: Path) -> None:
    _, record = judged(envelope_of(corpus, "GCS53_NA_8F0A_ALERT"))
    shown = {entry.label: str(entry.value) for entry in record.entries}
    assert shown["Alert code"] == "0x8F0A (Billing Data Log Updated)"
    assert shown["Time stamp"] == "0x1C374A80 (2015-01-01T00:00:00Z)"
    assert shown["Extended Header Cluster ID"] == "0x0702"


# --- what is wrong ---------------------------------------------------------------------------------------------------


def test_a_finding_gives_the_row_the_octets_and_the_meaning(corpus: Path) -> None:
    envelope = with_frame(
        envelope_of(corpus, CHANGE_PAYMENT_MODE), 0, "01 00 06 00000000 804a371c 00000000 970c ffffffff"
    )
    (finding,) = findings_of(envelope)
    own, row = finding.statements
    assert (finding.rule, finding.severity) == ("D305", "error")
    assert finding.subject == ("GCS02/Command/Change Payment Mode/Proposed Payment Control Configuration (BITMAP16)")
    assert (row.attribute, row.written, row.place.sheet, row.place.cell) == (
        "constant",
        "0b0000110010010100",
        "GBZ",
        "H396",
    )
    place = Place.parse("message.hex", own.source)
    assert place.offset is not None
    assert envelope.octets[place.offset : place.offset + 2] == b"\x97\x0c"
    assert (place.length, own.text, finding.meanings) == (2, "97 0C", ("0x0C97",))
    assert finding.suggestion == "write 94 0C here"
    assert finding.message.startswith("Proposed Payment Control Configuration is 0x0C97; 0b0000110010010100")


def test_signed_constants_are_bit_patterns(corpus: Path) -> None:
    """0xFFFFFFFF in an INT32 is minus one, not a number beyond the type."""
    envelope = with_frame(
        envelope_of(corpus, CHANGE_PAYMENT_MODE), 0, "01 00 06 00000000 804a371c 00000000 940c feffffff"
    )
    (finding,) = findings_of(envelope)
    assert finding.message == "Cut Off Value is -2 (0xFFFFFFFE); 0xFFFFFFFF was expected"


def test_the_range_of_a_parameter_is_that_of_the_zcl_sheet(corpus: Path) -> None:
    envelope = with_frame(
        envelope_of(corpus, "GCS40a_1.5_SUCCESS_COMMAND"), 0, "01 00 05 804a371c 00000000 00 00000080"
    )
    (finding,) = findings_of(envelope)
    assert finding.rule == "D306"
    assert finding.statements[1].place.sheet == "ZCL"
    assert finding.statements[1].subject == "GCS40a/MeterBalance.methodInput.adjustmentValue"


@pytest.mark.parametrize(
    ("frame", "rule", "message"),
    [
        ("08 00 01 0703 c0", "", ""),
        ("08 00 01 0703 c0 41", "D309", "behind the last field"),
        ("08 00 01 0703 00", "D309", "Attribute Data Type takes 1 octet, and 0 are left"),
        ("08 00 01 0703 00 41 02 41", "D309", "Attribute Value takes 3 octets"),
        ("08 00 01 0703 00 41 02 4142", "", ""),
        ("08 00 01 0703 00 42 02 4142", "D305", "0x41 was expected"),
        ("08 00 01 0704 00 41 02 4142", "D305", "0x0307 was expected"),
        ("08 00 01 0703 00 41 ff", "", ""),
    ],
)
def test_a_read_that_failed_has_neither_type_nor_value(corpus: Path, frame: str, rule: str, message: str) -> None:
    found = findings_of(with_frame(envelope_of(corpus, "GCS46_6.2.7_SUCCESS_RESPONSE"), 0, frame))
    assert [one.rule for one in found if one.rule != "D303"] == ([rule] if rule else [])
    assert all(message in one.message for one in found)


def test_the_length_that_is_stated_is_that_of_the_fields(corpus: Path) -> None:
    envelope = with_component(
        envelope_of(corpus, CHANGE_PAYMENT_MODE), 0, lambda component: component._replace(length=0x14)
    )
    (finding,) = findings_of(envelope)
    assert finding.rule == "D303"
    assert finding.message == "Extended Header GBZ Command Length is 20 (0x0014); 0x0015 was expected"


@pytest.mark.parametrize("length", [0x18, 0x1A, 0x05])
def test_a_wrong_length_does_not_hide_the_components_behind(corpus: Path, length: int) -> None:
    envelope = with_component(
        envelope_of(corpus, "GCS01a_1.1.1_IMMEDIATE_TOU_SUCCESS_COMMAND"),
        0,
        lambda component: component._replace(length=length),
    )
    assert rules(findings_of(envelope)) == ["D303"]


def test_the_ciphered_length_is_that_of_what_follows(corpus: Path) -> None:
    def change(component: Component) -> Component:
        return component._replace(frame=component.frame[:3] + b"\x00\x58" + component.frame[5:])

    envelope = with_component(envelope_of(corpus, "GCS53_NA_8F0A_ALERT"), 0, change)
    (finding,) = findings_of(envelope)
    assert finding.rule == "D303"
    assert "ciphered information has 89 octets, and 88 are stated" in finding.message


def test_a_missing_component_and_one_too_many_are_one_finding_each(corpus: Path) -> None:
    envelope = envelope_of(corpus, "GCS05_2.1_IMMEDIATE_SUCCESS_COMMAND")
    without = changed(
        envelope, lambda gbz: gbz._replace(components=gbz.components[:3] + gbz.components[4:], stated=gbz.stated - 1)
    )
    (finding,) = findings_of(without)
    assert (finding.rule, finding.message) == ("D307", "the component Set Maximum Credit Limit is missing")
    twice = changed(
        envelope, lambda gbz: gbz._replace(components=gbz.components[:4] + gbz.components[3:], stated=gbz.stated + 1)
    )
    (finding,) = findings_of(twice)
    assert finding.rule == "D308"
    assert finding.subject == "GCS05/Command/Set Maximum Credit Limit"


def test_the_stated_number_of_components_is_that_of_those_there(corpus: Path) -> None:
    envelope = envelope_of(corpus, "GCS05_2.1_IMMEDIATE_SUCCESS_COMMAND")
    reason, record = judged(changed(envelope, lambda gbz: gbz._replace(stated=gbz.stated + 1)))
    (finding,) = record.findings
    assert (reason, finding.rule) == ("", "D302")
    assert finding.message == "13 components are stated, and there are 12"
    (count,) = [entry for entry in record.entries if entry.label.startswith("Total number of GBZ")]
    assert count.verdict == WRONG


def test_only_the_last_component_says_that_it_is_the_last(corpus: Path) -> None:
    """The row permits both values; what it says in parentheses decides between them."""
    envelope = envelope_of(corpus, "GCS15c_4.4.3_SUCCESS_COMMAND")
    for place in (20, 23):
        (finding,) = findings_of(
            with_component(envelope, place, lambda component: component._replace(control=component.control ^ 1))
        )
        assert finding.rule == "D304"
        assert "the last" in finding.message


def test_octets_behind_the_last_component(corpus: Path) -> None:
    envelope = envelope_of(corpus, CHANGE_PAYMENT_MODE)
    longer = read_envelope(write_envelope(envelope, envelope.payload + bytes(7)))
    reason, record = judged(longer)
    assert (reason, rules(record.findings)) == ("", ["D309"])
    assert covered(longer, record) == longer.payload


def test_an_unknown_alert_code_is_a_warning(corpus: Path) -> None:
    envelope = envelope_of(corpus, "GCS53_NA_8F0A_ALERT")
    gbz = gbz_of(envelope)
    assert gbz.alert is not None
    alert = gbz.alert._replace(code=0x7777)
    (finding,) = findings_of(changed(envelope, lambda gbz: gbz._replace(alert=alert)))
    assert (finding.rule, finding.severity) == ("D107", "note")


# --- the other specifications ----------------------------------------------------------------------------------------


def test_other_specifications_are_asked_about_the_values_that_they_know(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str, object]] = []
    unknown = Rule("D999", "test", kind="range", severity="warning")

    class Judge:
        def sent(self, subject: str, value: object) -> tuple[Problem, ...]:
            asked.append(("sent", subject, value))
            return (Problem(unknown, "no such value"),) if "Conversion Factor (" in subject else ()

        def read(self, subject: str, value: object) -> tuple[Problem, ...]:
            asked.append(("read", subject, value))
            return ()

    monkeypatch.setattr(gas, "item_judge", lambda _: Judge())
    _, record = judged(envelope_of(corpus, "GCS23_6.6_SUCCESS_COMMAND"))
    assert ("sent", "GCS23/Command/PublishConversionFactor/Conversion Factor (UINT32)", 102264) in asked
    assert rules(record.findings) == ["D999"]
    (entry,) = [entry for entry in record.entries if entry.label == "Conversion Factor"]
    assert (entry.verdict, record.findings[0].statements[0].source) == (WRONG, entry.source)
    asked.clear()
    judged(envelope_of(corpus, "GCS21m_6.2.4_SUCCESS_RESPONSE"))
    assert ("read", "GCS21m/SupplyTamperState.value", 3) in asked
    assert len([subject for _, subject, _ in asked if subject == "GCS21m/SupplyTamperState.value"]) == 1


# --- laws ------------------------------------------------------------------------------------------------------------


def test_rules_have_what_is_shown_of_them() -> None:
    assert [rule.code for rule in RULES] == [f"D3{number:02}" for number in range(1, 11)]
    assert all(rule.question.endswith("?") and "**How to fix it.**" in rule.text for rule in RULES)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(300))
@given(data=st.data())
def test_any_change_is_judged_and_every_octet_told(corpus: Path, data: st.DataObject) -> None:
    name = data.draw(
        st.sampled_from(
            [
                CHANGE_PAYMENT_MODE,
                "GCS01a_1.1.1_IMMEDIATE_TOU_SUCCESS_COMMAND",
                "GCS21b_4.13_SUCCESS_RESPONSE",
                "GCS15c_4.4.3_SUCCESS_RESPONSE",
                "GCS53_NA_8F0A_ALERT",
            ]
        )
    )
    envelope = envelope_of(corpus, name)
    payload = bytearray(envelope.payload)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(9, len(payload)))
        payload[at : at + data.draw(st.integers(0, 12))] = data.draw(st.binary(max_size=12))
    other = read_envelope(write_envelope(envelope, bytes(payload)))
    reason, record = judged(other)
    assert reason == ""
    assert covered(other, record) == other.payload
    assert bool(record.findings) == any(entry.verdict == WRONG for entry in record.entries) or any(
        finding.rule == "D307" for finding in record.findings
    )
