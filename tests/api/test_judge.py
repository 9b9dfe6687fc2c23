"""The judge of what devices hold, send and are sent."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shares import examples

from gbcscheck import FORMATS, Judge, UsageError

SAMPLES = Path(__file__).resolve().parents[2] / "docs" / "samples"
EVERY_DAY = (SAMPLES / "captures" / "ECS37-every-day.hex").read_text()
WEEKDAYS = (SAMPLES / "captures" / "ECS37-weekdays.hex").read_text()
REQUEST = (SAMPLES / "period.xml").read_bytes()


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(device_type="esme", variant="single")


# --- what is judged --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("octets", [EVERY_DAY, EVERY_DAY.encode(), bytes.fromhex(EVERY_DAY)])
def test_a_message_is_judged_in_every_form(judge: Judge, octets: bytes | str) -> None:
    result = judge.message(octets)
    assert result.ok
    assert [(file.use_case, file.judged_as) for file in result.files] == [("ECS37", "GBCS 4.0")]


def test_a_finding_has_its_place_in_the_octets(judge: Judge) -> None:
    result = judge.message(WEEKDAYS, name="bench 3")
    assert not result.ok
    finding = result.findings[0]
    assert finding.rule == "D205"
    place = finding.statements[0].place
    assert (place.path, place.offset, place.length) == ("bench 3", 81, 3)


def test_a_message_is_judged_as_the_command_judges_it(judge: Judge) -> None:
    path = SAMPLES / "captures" / "ECS37-weekdays.hex"
    assert judge.message(WEEKDAYS, name=str(path)).to("json") == judge.files(path).to("json")
    assert judge.message(WEEKDAYS, name=str(path)).to() == judge.files(path).to()


def test_several_messages_in_one_text_are_each_judged(judge: Judge) -> None:
    lines = "\n".join("".join(text.split()) for text in (EVERY_DAY, WEEKDAYS))
    result = judge.message(lines, name="log")
    assert [file.path for file in result.files] == ["log:1", "log:2"]
    assert [bool(file.findings) for file in result.files] == [False, True]


def test_a_value_is_judged_by_its_item(judge: Judge) -> None:
    assert judge.value("RMSVoltageSagThreshold", "207 V").ok
    unknown = judge.value("RMSVoltageSagTreshold", "207 V")
    assert [finding.rule for finding in unknown.findings] == ["D601"]
    assert "RMSVoltageSagThreshold" in unknown.to()


def test_a_configuration_is_a_mapping_or_a_list_of_them(judge: Judge) -> None:
    assert judge.configuration({"RMSVoltageSagThreshold": "207 V"}).ok
    several = judge.configuration([{"RMSVoltageSagThreshold": "207 V"}, {"RMSVoltageSwellThreshold": "253 V"}])
    assert several.files[0].values == 2


def test_what_json_has_no_form_of_is_a_usage_error(judge: Judge) -> None:
    nested: list[object] = []
    nested.append(nested)
    for value in (object(), float("nan"), nested):
        with pytest.raises(UsageError, match="JSON has no form"):
            judge.value("RMSVoltageSagThreshold", value)


def test_a_document_and_its_command_are_a_pair(judge: Judge) -> None:
    document = judge.document(REQUEST)
    assert document.files[0].service_reference == "6.18.1"
    assert judge.document(REQUEST.decode()).findings == document.findings
    pair = judge.pair(REQUEST, EVERY_DAY)
    assert [file.format for file in pair.files] == ["duis", "message", "pair"]
    assert [one.rule for one in pair.files[2].findings] == ["D703"]


def test_two_that_are_no_pair_are_told(judge: Judge) -> None:
    result = judge.pair(REQUEST, "DD")
    assert not result.ok
    assert result.problems
    other = judge.pair(b"<a/>", EVERY_DAY)
    assert "a DUIS request and a GBCS message were expected" in str(other.problems[0])


def test_folders_of_files_are_walked(judge: Judge) -> None:
    result = judge.files(SAMPLES / "captures")
    assert len(result.files) == 3
    assert not result.ok


# --- what cannot be judged -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("octets", ["", "   ", "zz", "DF", b"\x00\xff\x01" * 9, "DF09" + "00" * 3, b"\xdd" * 40])
def test_what_is_no_message_is_a_problem_and_no_error(judge: Judge, octets: bytes | str) -> None:
    result = judge.message(octets)
    assert not result.ok
    assert result.problems or all(not file.judged for file in result.files)
    assert result.to()


@pytest.mark.parametrize(
    "xml", ["", "hello", "<a", "<a/>", b"<a>\xff</a>", "<!DOCTYPE a [<!ENTITY b SYSTEM 'c'>]><a>&b;</a>"]
)
def test_what_is_no_document_is_told_and_no_error(judge: Judge, xml: bytes | str) -> None:
    result = judge.document(xml)
    assert not result.ok
    assert not any(file.judged for file in result.files)
    assert result.to()


def test_a_file_that_is_nothing_that_is_judged(judge: Judge, tmp_path: Path) -> None:
    path = tmp_path / "README"
    path.write_text("What these captures are.\n")
    assert judge.files(path).problems
    found = judge.files(path, as_found=True)
    assert not found.problems
    assert found.files[0].reason


# --- what is asked for -----------------------------------------------------------------------------------------------


def test_a_wrong_word_is_told_before_anything_is_read() -> None:
    for words in ({"device_type": "ESMEE"}, {"variant": "triple"}, {"fail_on": "eror"}):
        with pytest.raises(UsageError):
            Judge(**words)  # type: ignore[arg-type]
    assert Judge(device_type="esme").device_type == "ESME"


def test_an_unknown_release_is_told_with_the_first_verdict() -> None:
    judge = Judge(release="curent")
    with pytest.raises(UsageError, match="current"):
        judge.message(EVERY_DAY)


def test_the_least_severity_is_that_of_the_judge(judge: Judge) -> None:
    assert judge.document(REQUEST).ok
    assert not Judge(fail_on="warning").document(REQUEST).ok


def test_entries_are_kept_where_they_are_asked_for(judge: Judge) -> None:
    assert judge.message(EVERY_DAY).files[0].entries == ()
    explained = Judge(explain=True).message(EVERY_DAY)
    assert len(explained.files[0].entries) > 20
    assert "grouping header" in explained.to("text", explain=True)


@pytest.mark.parametrize("form", FORMATS)
def test_a_judgement_has_every_format(judge: Judge, form: str) -> None:
    assert "D205" in judge.message(WEEKDAYS).to(form)


# --- whatever it is given --------------------------------------------------------------------------------------------

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(octets=st.binary(max_size=120) | st.text(max_size=120))
@settings(max_examples=examples(60))
def test_no_octets_are_an_exception(judge: Judge, octets: bytes | str) -> None:
    result = judge.message(octets)
    assert result.files
    assert result.ok <= all(file.judged for file in result.files)


@given(text=st.text(max_size=60).map("<a>{}</a>".format) | st.text(max_size=60) | st.binary(max_size=60))
@settings(max_examples=examples(60))
def test_no_document_is_an_exception(judge: Judge, text: bytes | str) -> None:
    assert not judge.document(text).ok


@given(item=st.sampled_from(["RMSVoltageSagThreshold", "MaximumDemandConfigurableTimePeriod"]), value=JSON_VALUES)
@settings(max_examples=examples(60))
def test_a_value_is_judged_or_told_whatever_it_is(judge: Judge, item: str, value: object) -> None:
    result = judge.value(item, value)
    assert result.ok or result.findings or result.problems or result.files[0].reason
