"""Electricity messages: real ones are silent, and each thing that a row fixes is missed when it is changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from electricity_messages import (
    changed,
    context_for,
    envelope_of,
    judged,
    payload_of,
    replaced,
    rules_of,
    value,
    with_data,
)

from gbcscheck.cosem.access import Notification, Payload, Request, Response, Result
from gbcscheck.cosem.envelope import Envelope, read_envelope
from gbcscheck.device.electricity.judge import judge_attribute, judge_payload, judge_protected
from gbcscheck.device.electricity.rules import RULES
from gbcscheck.device.electricity.value import Lines, MessageOctets
from gbcscheck.device.judge import judge_octets
from gbcscheck.device.model import FileRecord
from gbcscheck.device.wording import in_plain_words
from gbcscheck.model.device_files import FITS, OPEN
from gbcscheck.notation.obis import logical_name


@pytest.fixture(scope="module")
def maximum_demand(corpus: Path) -> Envelope:
    return envelope_of(corpus, "ECS37_6.18.1_SUCCESS_COMMAND")


def test_every_message_with_a_table_is_judged_and_free_of_errors_and_warnings(corpus: Path) -> None:
    context = context_for()
    judged_messages, values, found = 0, 0, []
    for path in sorted(corpus.glob("rtds/*/*.HEX")):
        envelope = read_envelope(bytes.fromhex(path.read_text("ascii").strip()))
        use_case = context.use_cases.get(envelope.message_code)
        if use_case is None or envelope.payload[0] not in (0xD9, 0xDA, 0x0F):
            continue
        record = FileRecord(path.name)
        assert judge_payload(envelope.octets, payload_of(envelope), use_case, context, record) == "", path.name
        judged_messages += 1
        values += record.values
        found += [(path.name, finding.rule) for finding in record.findings if finding.severity != "note"]
    assert found == []
    assert judged_messages == 353
    assert values > 11_000


def test_every_leaf_of_a_message_is_matched_to_a_row(maximum_demand: Envelope) -> None:
    record = judged(maximum_demand)
    leaves = [entry for entry in record.entries if entry.verdict in (FITS, OPEN)]
    assert record.values == len(leaves) == 3 + 2 * 10
    weekdays = next(entry for entry in leaves if entry.label == "exec_weekdays")
    assert weekdays.subject == "ECS37/MaximumDemandConfigurableTimePeriod.entries[*].exec_weekdays"
    offset = int(weekdays.source.split()[1].split("+")[0])
    assert maximum_demand.octets[offset : offset + 3] == bytes.fromhex("0407FE")


@pytest.mark.parametrize(
    ("path", "new", "rule"),
    [
        ((0, 6), "0407F8", "D205"),  # Monday to Friday
        ((0, 1), "0300", "D205"),  # not enabled
        ((0, 2), "090600000A0064FF", "D205"),  # another script
        ((0, 5), "120000", "D205"),  # a validity window
        ((0, 8), "09050000020 1FF".replace(" ", ""), "D205"),  # another begin date
        ((0, 4), "090418000000", "D206"),  # hour 24
        ((0, 4), "0904FF000000", "D207"),  # any hour
        ((0, 4), "0903110000", "D204"),  # no hundredths
        ((0, 0), "1100", "D203"),  # index as unsigned
        ((0, 6), "0408FE", "D204"),  # eight days
    ],
)
def test_a_changed_field_is_found_at_its_octets(
    maximum_demand: Envelope, path: tuple[int, ...], new: str, rule: str
) -> None:
    def change(payload: Payload) -> Payload:
        assert isinstance(payload, Request)
        return with_data(payload, 0, replaced(payload.data[0], path, value(new)))

    message = changed(maximum_demand, change)
    record = judged(message)
    assert rules_of(record) == [rule]
    own, *others = record.findings[0].statements
    place = own.place
    assert place.offset is not None
    assert place.length is not None
    assert message.octets[place.offset : place.offset + place.length] == bytes.fromhex(new)
    assert others
    assert others[0].specification.name == "GBCS"
    assert others[0].place.cell


@pytest.mark.parametrize(
    ("path", "new"),
    [
        ((0, 0), "120007"),  # any index
        ((0, 4), "090400000000"),  # midnight
        ((0, 4), "0904173B3BFF"),  # hundredths left open
        ((0, 1), "0301"),  # TRUE in another way
        ((1, 3), "120005"),  # another script selector
    ],
)
def test_what_the_rows_leave_open_stays_silent(maximum_demand: Envelope, path: tuple[int, ...], new: str) -> None:
    def change(payload: Payload) -> Payload:
        assert isinstance(payload, Request)
        return with_data(payload, 0, replaced(payload.data[0], path, value(new)))

    assert rules_of(judged(changed(maximum_demand, change))) == []


def test_a_false_constant_names_both_sides_and_what_to_write(maximum_demand: Envelope) -> None:
    def change(payload: Payload) -> Payload:
        assert isinstance(payload, Request)
        return with_data(payload, 0, replaced(payload.data[0], (1, 6), value("0407F8")))

    (finding,) = judged(changed(maximum_demand, change)).findings
    assert finding.subject == "ECS37/MaximumDemandConfigurableTimePeriod.entries[*].exec_weekdays"
    assert finding.severity == "error"
    assert finding.meanings == ("Monday to Friday",)
    assert finding.statements[1].written.startswith("||0b11111110")
    assert "0b1111111" in finding.suggestion


def _access(payload: Payload, place: int, **changes: object) -> Payload:
    assert isinstance(payload, Request)
    accesses = list(payload.accesses)
    accesses[place] = accesses[place]._replace(**changes)  # type: ignore[arg-type]
    return payload._replace(accesses=tuple(accesses))


@pytest.mark.parametrize(
    "changes",
    [{"class_id": 11}, {"name": bytes.fromhex("00000C0001FF")}, {"number": 3}, {"choice": 3}],
    ids=["class", "logical name", "attribute", "method"],
)
def test_another_object_is_found(maximum_demand: Envelope, changes: dict[str, object]) -> None:
    record = judged(changed(maximum_demand, lambda payload: _access(payload, 0, **changes)))
    assert "D201" in rules_of(record)


def test_a_missing_an_extra_and_a_displaced_access_are_found(corpus: Path) -> None:
    message = envelope_of(corpus, "ECS29a_6.5_SUCCESS_COMMAND")

    def without_second(payload: Payload) -> Payload:
        assert isinstance(payload, Request)
        return payload._replace(
            accesses=payload.accesses[:1] + payload.accesses[2:], data=payload.data[:1] + payload.data[2:]
        )

    def twice(payload: Payload) -> Payload:
        assert isinstance(payload, Request)
        return payload._replace(accesses=payload.accesses[:1] + payload.accesses, data=payload.data[:1] + payload.data)

    def swapped(payload: Payload) -> Payload:
        assert isinstance(payload, Request)
        first, second, *rest = payload.accesses
        one, two, *others = payload.data
        return payload._replace(accesses=(second, first, *rest), data=(two, one, *others))

    assert rules_of(judged(changed(message, without_second))) == ["D202"]
    assert rules_of(judged(changed(message, twice))) == ["D202"]
    assert set(rules_of(judged(changed(message, swapped)))) <= {"D201", "D202"}
    assert rules_of(judged(changed(message, swapped)))


def test_optional_accesses_may_be_left_out_and_others_may_not(corpus: Path) -> None:
    message = envelope_of(corpus, "ECS46a_6.14.1_ALL_OPTIONALS_SUCCESS_COMMAND")

    def only_third(payload: Payload) -> Payload:
        assert isinstance(payload, Request)
        return payload._replace(accesses=payload.accesses[2:3], data=payload.data[2:3])

    assert rules_of(judged(changed(message, only_third))) == []


ONE_ELEMENT = "0600000001" + "02020F00161E" + "0600000003" + "02020F001620"
SECOND_ELEMENT = "0600000002"


@pytest.mark.parametrize(
    ("octets", "variant", "rules"),
    [
        ("0205" + ONE_ELEMENT + SECOND_ELEMENT, "", []),
        ("0204" + ONE_ELEMENT, "", []),
        ("0204" + ONE_ELEMENT, "polyphase", []),
        ("0205" + ONE_ELEMENT + SECOND_ELEMENT, "twin", []),
        ("0204" + ONE_ELEMENT, "twin", ["D209"]),
        ("0205" + ONE_ELEMENT + SECOND_ELEMENT, "single", ["D209"]),
        ("0205" + ONE_ELEMENT + "120001", "", ["D203"]),
        ("0204" + ONE_ELEMENT.replace("161E", "161B"), "", ["D205"]),
    ],
)
def test_rows_for_two_elements_go_with_the_variant(octets: str, variant: str, rules: list[str]) -> None:
    context = context_for(variant=variant)
    record = FileRecord("value.hex")
    places = MessageOctets(bytes.fromhex(octets))
    assert judge_protected(context.use_cases.named("ECS17b"), context, value(octets), places, record) == ""
    assert rules_of(record) == rules


def test_contents_of_a_use_case_that_protects_nothing_are_said_to_be_so() -> None:
    context = context_for()
    data = value("1101")
    reason = judge_protected(context.use_cases.named("ECS37"), context, data, MessageOctets(b""), FileRecord(""))
    assert "protects no attribute" in reason


def test_a_structure_with_a_field_less_and_an_array_too_long_are_found(maximum_demand: Envelope) -> None:
    def field_less(payload: Payload) -> Payload:
        assert isinstance(payload, Request)
        entries = payload.data[0]
        entry = entries.members[0]
        return with_data(payload, 0, replaced(entries, (0,), entry._replace(value=entry.members[:-1])))

    def three(payload: Payload) -> Payload:
        assert isinstance(payload, Request)
        entries = payload.data[0]
        return with_data(payload, 0, entries._replace(value=(*entries.members, entries.members[0])))

    assert rules_of(judged(changed(maximum_demand, field_less))) == ["D209"]
    record = judged(changed(maximum_demand, three))
    assert rules_of(record) == ["D209"]
    assert record.findings[0].statements[1].attribute == "occurs"


def test_a_set_in_a_use_case_that_reads_is_found(corpus: Path) -> None:
    message = envelope_of(corpus, "ECS18b_4.12.1_SUCCESS_COMMAND")
    assert "D201" in rules_of(judged(changed(message, lambda payload: _access(payload, 0, choice=2))))


def test_data_where_none_belongs_is_found(corpus: Path) -> None:
    message = envelope_of(corpus, "ECS18b_4.12.1_SUCCESS_COMMAND")
    assert rules_of(judged(changed(message, lambda payload: with_data(payload, 0, value("1107"))))) == ["D203"]


def test_protected_attributes_are_those_of_the_encrypted_rows(corpus: Path) -> None:
    message = envelope_of(corpus, "ECS66_4.17_SUCCESS_COMMAND")
    assert rules_of(judged(message)) == []

    def other(path: tuple[int, ...], new: str) -> Envelope:
        return changed(message, lambda payload: with_data(payload, 0, replaced(_first(payload), path, value(new))))

    assert rules_of(judged(other((0, 0, 0), "120001"))) == ["D211"]
    assert rules_of(judged(other((0, 0, 1), "09060000630104FF"))) == ["D211"]
    assert rules_of(judged(other((0, 0, 2), "0F03"))) == ["D211"]


def _first(payload: Payload):  # type: ignore[no-untyped-def]
    assert isinstance(payload, Request)
    return payload.data[0]


def test_range_selection_is_matched_to_its_rows(corpus: Path) -> None:
    record = judged(envelope_of(corpus, "ECS35a_6.13_SUCCESS_COMMAND"))
    start = next(entry for entry in record.entries if entry.label == "from_value")
    assert start.subject == "ECS35a/EventLog(incGPF).buffer.from_value"
    assert start.verdict == FITS


def test_fields_that_the_rows_list_in_another_order_have_the_names_of_their_class(corpus: Path) -> None:
    record = judged(envelope_of(corpus, "ECS70Commission_8.1.1_SUCCESS_COMMAND"))
    labels = [entry.label for entry in record.entries if entry.label.startswith(("preset_time", "validity"))]
    assert labels == ["preset_time", "validity_interval_start", "validity_interval_end"]


# --- responses -------------------------------------------------------------------------------------------------------


def _results(payload: Payload, *results: Result) -> Payload:
    assert isinstance(payload, Response)
    return payload._replace(results=results)


def test_results_have_known_codes_and_one_for_each_access(corpus: Path) -> None:
    message = envelope_of(corpus, "ECS37_6.18.1_SUCCESS_RESPONSE")
    assert rules_of(judged(changed(message, lambda payload: _results(payload, Result(2, 3, 0))))) == []
    assert rules_of(judged(changed(message, lambda payload: _results(payload, Result(2, 99, 0))))) == ["D210"]
    assert rules_of(judged(changed(message, lambda payload: _results(payload)))) == ["D210"]
    two = (Result(2, 0, 0), Result(2, 0, 0))
    assert set(rules_of(judged(changed(message, lambda payload: _results(payload, *two))))) == {"D202", "D210"}


def test_returned_values_are_judged_as_those_that_are_set(corpus: Path) -> None:
    message = envelope_of(corpus, "ECS18b_4.12.1_SUCCESS_RESPONSE")
    payload = payload_of(message)
    assert isinstance(payload, Response)
    place = next(number for number, data in enumerate(payload.data) if data.members and data.members[0].members)
    schedule = payload.data[place]
    worse = replaced(schedule, (0, 6), value("0407F8"))
    assert rules_of(judged(message)) == []
    assert rules_of(judged(changed(message, lambda payload: with_data(payload, place, worse)))) == ["D205"]


@pytest.mark.parametrize(
    ("routes", "rules", "notes"),
    [
        ([(1, 4)], [], 1),  # a field of the second entry
        ([(1,)], [], 1),  # the second entry as a whole
        ([(1, 4), (1, 9)], [], 2),
        ([(0, 4)], ["D203"], 0),  # nothing stands before it
    ],
)
def test_null_data_in_an_array_is_open(
    corpus: Path, routes: list[tuple[int, ...]], rules: list[str], notes: int
) -> None:
    message = envelope_of(corpus, "ECS18b_4.12.1_SUCCESS_RESPONSE")
    payload = payload_of(message)
    assert isinstance(payload, Response)
    place = next(number for number, data in enumerate(payload.data) if data.members and data.members[0].members)
    schedule = payload.data[place]
    for route in routes:
        schedule = replaced(schedule, route, value("00"))
    found = judged(changed(message, lambda payload: with_data(payload, place, schedule)))
    assert rules_of(found) == rules
    assert [finding.rule for finding in found.findings if finding.severity == "note"] == ["D203"] * notes
    assert sum(entry.value == "null-data" or getattr(entry.value, "tag", 1) == 0 for entry in found.entries) >= notes


def test_answers_with_an_access_left_out_are_found(corpus: Path) -> None:
    message = envelope_of(corpus, "ECS29a_6.5_SUCCESS_RESPONSE")

    def fewer(payload: Payload) -> Payload:
        assert isinstance(payload, Response)
        return payload._replace(data=payload.data[1:], results=payload.results[1:])

    assert rules_of(judged(changed(message, fewer))) == ["D202"]


def test_a_value_in_the_answer_to_a_set_is_found(corpus: Path) -> None:
    message = envelope_of(corpus, "ECS37_6.18.1_SUCCESS_RESPONSE")
    assert rules_of(judged(changed(message, lambda payload: with_data(payload, 0, value("1107"))))) == ["D203"]


# --- alerts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "new", "rule"),
    [
        (0, "1136", "D203"),
        (1, "090C07DF0D01FF000000008000FF", "D206"),  # month 13
        (1, "090C07DF041FFF000000008000FF", "D206"),  # 31 April
        (1, "090C07DF0100FF000000008000FF", "D206"),  # day 0
        (1, "090C07DF010105000000008000FF", "D206"),  # a Friday that was a Thursday
        (1, "090C07DF0101FF00000000FD2FFF", "D206"),  # deviation -721
        (1, "0904173B3BFF", "D203"),
        (2, "0904173B3BFF", "D204"),
    ],
)
def test_alerts_begin_with_a_code_and_a_time(corpus: Path, place: int, new: str, rule: str) -> None:
    message = envelope_of(corpus, "ECS80_NA_8F36_ALERT")

    def change(payload: Payload) -> Payload:
        assert isinstance(payload, Notification)
        return payload._replace(body=replaced(payload.body, (place,), value(new)))

    assert rules_of(judged(message)) == []
    assert rules_of(judged(changed(message, change))) == [rule]


def test_an_alert_shows_the_name_of_its_code_and_its_time(corpus: Path) -> None:
    (path,) = sorted(corpus.glob("rtds/NA_ECS80/ECS80_NA_8F36_ALERT_GBCS.HEX"))
    context = context_for()
    (file,) = judge_octets("alert.hex", path.read_bytes(), "message", context)
    shown = {entry.label: entry.value for entry in in_plain_words(file, context).entries}
    assert shown["alert code"] == "0x8F36 Supply Outage Restored - Outage >= 3 minutes"
    assert shown["time stamp"] == "1 January 2015, 00:00:00"


def test_an_alert_with_a_value_less_is_found(corpus: Path) -> None:
    message = envelope_of(corpus, "ECS80_NA_8F36_ALERT")

    def change(payload: Payload) -> Payload:
        assert isinstance(payload, Notification)
        return payload._replace(body=payload.body._replace(value=payload.body.members[:-1]))

    assert rules_of(judged(changed(message, change))) == ["D209"]


# --- single attributes -----------------------------------------------------------------------------------------------


def test_one_attribute_is_judged_by_the_use_case_that_carries_it() -> None:
    name = logical_name("0-0:17.0.1.255")
    record = FileRecord("value.hex")
    data = value("0600000120")
    places = MessageOctets(bytes.fromhex("0600000120"))
    assert judge_attribute(context_for(), None, name, "attribute 4", data, places, record) == ""
    assert record.findings == []
    assert record.values == 1
    wrong = value("120120")
    assert judge_attribute(context_for(), 71, name, "attribute 4", wrong, Lines(), record) == ""
    assert rules_of(record) == ["D203"]
    assert record.findings[0].statements[0].source == "line 0"


def test_an_attribute_that_no_table_has_is_said_to_be_so() -> None:
    record = FileRecord("value.hex")
    reason = judge_attribute(context_for(), 3, bytes(6), "attribute 2", value("00"), Lines(), record)
    assert reason == "no use case table speaks of 0-0:0.0.0.0 attribute 2 of class 3"
    assert record.entries == []


def test_rules_have_codes_of_their_own() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert all(code.startswith("D2") for code in codes)


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("FFFF030100", "1 March of any year, day of week 0; no day of week has the number 0"),
        ("07DF0D01FF", "day 1 of month 13 of year 2015; a part of it is out of its range"),
        ("07DF041FFF", "31 April 2015; April has 30 days"),
    ],
)
def test_what_is_wrong_with_a_date_is_told(corpus: Path, date: str, words: str) -> None:
    """A date that is good but for its day of the week is not to be taken for the fault."""
    envelope = envelope_of(corpus, "ECS08a_2.1_IMMEDIATE_SUCCESS_COMMAND")
    special = bytes.fromhex("120001 0905")
    place = envelope.octets.index(special) + len(special)
    octets = envelope.octets[:place] + bytes.fromhex(date) + envelope.octets[place + 5 :]
    (finding,) = judged(envelope._replace(octets=octets)).findings
    assert (finding.rule, finding.message) == ("D206", f"no date of COSEM: {words}")
