"""Service requests: the real ones are free of errors, and what is wrong with a changed one is found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree
from xml_documents import PERIOD, SIGNATURE, changed, context_for, found, judge_request, request_text

from gbcscheck.device.documents.duis import RULES
from gbcscheck.model.device_files import FACT, FITS, OPEN, WRONG

MAXIMUM_DEMAND = "ECS37_6.18.1_SUCCESS"


@pytest.fixture
def text(corpus: Path) -> str:
    return request_text(corpus, MAXIMUM_DEMAND)


def leaves(text: str) -> int:
    """Elements without elements in them, and attributes; the signature apart."""
    elements = [one for one in etree.fromstring(text.encode()).iter(etree.Element) if SIGNATURE not in str(one.tag)]
    return sum(len(one.attrib) + (not len(one)) for one in elements)


# --- the real ones ---------------------------------------------------------------------------------------------------


def test_every_request_of_the_corpus_is_judged_and_free_of_findings(corpus: Path) -> None:
    files = sorted((corpus / "duis-requests").glob("*.XML"))
    values = 0
    for file in files:
        text = file.read_text("utf-8")
        record, verdict = judge_request(text)
        assert (verdict.reason, verdict.judged_as, found(record)) == ("", "DUIS 5.4", []), file.name
        assert record.values == leaves(text), file.name
        values += record.values
    assert (len(files), values) == (144, 2687)


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("GCS25_6.8_SUCCESS", "2015-02-01", "2200-02-01", ["D409"]),  # beyond the 32 bits of a UTCTime
        ("GCS05_2.1_CANCELLATION_SUCCESS", "3000-12-31", "3000-12-31", []),  # it cancels
        ("GCS05_2.1_CANCELLATION_SUCCESS", "3000-12-31", "2200-12-31", []),  # electricity has octets for it
        ("GCS40a_1.5_SUCCESS", ">23130<", ">-2147483648<", []),  # electricity has octets for it
        ("GCS05_2.1_IMMEDIATE_SUCCESS", ">08:00:00.00Z<", ">08:00:30.00Z<", ["D409"]),  # minutes from midnight
    ],
)
def test_what_no_command_has_octets_for(corpus: Path, name: str, old: str, new: str, expected: list[str]) -> None:
    record, _ = judge_request(request_text(corpus, name).replace(old, new))
    assert sorted({rule for rule, *_ in found(record)}) == expected


def test_a_year_before_the_first_is_told_as_such(corpus: Path) -> None:
    text = request_text(corpus, "GCS25_6.8_SUCCESS").replace(">2015-02-01", ">-2015-02-01")
    (finding,) = judge_request(text)[0].findings
    assert (finding.rule, "a year before year 1" in finding.message) == ("D409", True)


@pytest.mark.parametrize("version", ["5.1", "5.3", "5.4"])
def test_every_request_is_valid_in_each_version_that_ships(corpus: Path, version: str) -> None:
    for file in sorted((corpus / "duis-requests").glob("*.XML"))[::4]:
        record, verdict = judge_request(
            changed(file.read_text("utf-8"), 'schemaVersion="5.4"', f'schemaVersion="{version}"')
        )
        assert (verdict.judged_as, found(record)) == (f"DUIS {version}", []), file.name


def test_what_is_told_of_a_request(text: str) -> None:
    record, verdict = judge_request(text)
    assert verdict == ("", "ECS37", "6.18.1", "DUIS 5.4")
    told = {entry.label: entry for entry in record.entries}
    start = told["StartTime"]
    assert (start.value, start.subject, start.verdict, start.source) == (
        "17:00:00.00Z",
        f"{PERIOD}/StartTime",
        FITS,
        "line 12",
    )
    assert start.depth == told["Request"].depth + 4
    assert told["Signature"].verdict == FACT
    assert "not verified" in str(told["Signature"].value)
    assert {entry.verdict for entry in record.entries} == {FITS, FACT, ""}


def test_a_wrong_row_of_the_matrix_is_no_finding_on_the_request(corpus: Path) -> None:
    """The matrix has service reference 6.2 for 6.20.1; the request has 6.20, which is right."""
    catalogue = context_for().catalogue
    stated = catalogue.first("6.20.1", "service-reference")
    assert stated is not None
    assert stated.value == "6.2"
    text = request_text(corpus, "ECS39a_6.20.1_SINGLE_SUCCESS")
    assert found(judge_request(text)[0]) == []
    record, _ = judge_request(changed(text, ">6.20<", ">6.2<"))
    assert found(record) == [("D406", "error", "ServiceReferenceVariant")]
    assert all(one.specification.name == "device" for one in record.findings[0].statements)


# --- the header ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (">6.18<", ">6.5<", [("D406", "error", "ServiceReferenceVariant")]),
        (
            ">6.18.1<",
            ">6.5<",
            [("D406", "error", "ServiceReferenceVariant"), ("D408", "error", "SetMaximumDemandConfigurableTimePeriod")],
        ),
        (">6.18.1<", ">6.18.2<", [("D408", "error", "SetMaximumDemandConfigurableTimePeriod")]),
        (
            ">6.18.1<",
            ">6.18.9<",
            [("D405", "error", "ServiceReferenceVariant"), ("D408", "error", "SetMaximumDemandConfigurableTimePeriod")],
        ),
        ("<sr:CommandVariant>1<", "<sr:CommandVariant>2<", []),
        ("<sr:CommandVariant>1<", "<sr:CommandVariant>3<", []),
        ("<sr:CommandVariant>1<", "<sr:CommandVariant>4<", [("D407", "error", "CommandVariant")]),
        ("<sr:CommandVariant>1<", "<sr:CommandVariant>8<", [("D407", "error", "CommandVariant")]),
        ("<sr:CommandVariant>1<", "<sr:CommandVariant>9<", [("D407", "error", "CommandVariant")]),
        ("<sr:CommandVariant>1<", "<sr:CommandVariant>10<", [("D405", "error", "CommandVariant")]),
        ("A0:1203", "A0", [("D405", "error", "RequestID")]),
        ("A0:1203", "A0:18446744073709551616", [("D405", "error", "RequestID")]),
        ("A0:1203", "A0:18446744073709551615", []),
    ],
)
def test_header(text: str, old: str, new: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(judge_request(changed(text, old, new))[0]) == expected


def test_a_body_under_another_variant_is_found_by_the_title_of_its_request(corpus: Path) -> None:
    """Where the body is called as the list of service requests calls its own, which is so of nearly all of them."""
    found_out = silent = 0
    for path in sorted((corpus / "duis-requests").glob("*.XML")):
        changed = re.sub(r"(<sr:ServiceReferenceVariant>)[^<]*<", r"\g<1>6.18.1<", path.read_text("utf-8")).replace(
            "MaximumDemandConfigurableTimePeriod", "X"
        )
        record, _ = judge_request(changed)
        if any(finding.rule == "D408" for finding in record.findings):
            found_out += 1
        else:
            silent += 1
    assert found_out >= 130
    assert found_out + silent == 144


@pytest.mark.parametrize(
    ("name", "fitting", "wrong"),
    [
        ("ECS28a_6.4.1_IMMEDIATE_SUCCESS", "4567", "1238"),
        ("8.2_READ_INVENTORY", "8", "1234567"),
        ("ECS37_6.18.1_SUCCESS", "123", "45678"),
    ],
)
def test_command_variants_by_criticality(corpus: Path, name: str, fitting: str, wrong: str) -> None:
    text = request_text(corpus, name)
    now = text.partition("CommandVariant>")[2][0]
    for number in fitting + wrong:
        record, _ = judge_request(changed(text, f"CommandVariant>{now}</", f"CommandVariant>{number}</"))
        assert [one[0] for one in found(record)] == ([] if number in fitting else ["D407"]), number


def test_where_the_findings_point(text: str) -> None:
    record, _ = judge_request(changed(text, "<sr:CommandVariant>1<", "<sr:CommandVariant>4<"))
    own, critical = record.findings[0].statements
    assert (own.place.path, own.place.line, own.text) == ("request.xml", 5, "4")
    assert (critical.subject, critical.attribute, critical.value) == ("6.18.1", "critical", "No")
    assert [entry.label for entry in record.entries if entry.verdict == WRONG] == ["CommandVariant"]


# --- the schema ------------------------------------------------------------------------------------------------------

START, END = "<sr:StartTime>17:00:00.00Z</sr:StartTime>", "<sr:EndTime>22:00:00.00Z</sr:EndTime>"


@pytest.mark.parametrize(
    ("old", "new", "expected", "line"),
    [
        (END, "", ("D402", "error", "EndTime"), 11),
        (START, "", ("D402", "error", "StartTime"), 11),
        (END, END + "<sr:Odd/>", ("D401", "error", "Odd"), 13),
        (END, END + END, ("D403", "error", "EndTime"), 13),
        (START, f"{END}{START}", ("D404", "error", "StartTime"), 12),
        ("22:00:00.00Z", "22:00", ("D405", "error", "EndTime"), 13),
        ("22:00:00.00Z", "", ("D405", "error", "EndTime"), 13),
        ("22:00:00.00Z", "22:00:00.00Z<sr:Odd/>", ("D401", "error", "Odd"), 13),
        ('schemaVersion="5.4"', 'schemaVersion="5.4" odd="1"', ("D401", "error", "@odd"), 2),
        ('schemaVersion="5.4"', "", ("D402", "error", "@schemaVersion"), 2),
        ("<sr:CommandVariant>1</sr:CommandVariant>", "", ("D402", "error", "CommandVariant"), 3),
        (
            "<sr:MaximumDemandTimePeriodSchedule>",
            "<sr:MaximumDemandTimePeriodSchedule>odd",
            ("D401", "error", "MaximumDemandTimePeriodSchedule"),
            11,
        ),
    ],
)
def test_what_breaks_the_schema(text: str, old: str, new: str, expected: tuple[str, str, str], line: int) -> None:
    if new.startswith(END + START):
        text = changed(text, END, "")
    record, _ = judge_request(changed(text, old, new))
    assert expected in found(record)
    own, *stated = next(one for one in record.findings if one.rule == expected[0]).statements
    assert own.place.line == line
    assert {one.specification.name for one in stated} == {"DUIS"}
    assert all(one.place.line for one in stated)


def test_two_alternatives_of_a_choice(corpus: Path) -> None:
    text = request_text(corpus, "ECS29a_6.5_SUCCESS")
    body = text[text.index("<sr:UpdateDeviceConfigurationVoltage>") : text.index("</sr:Body>")]
    record, _ = judge_request(changed(text, "</sr:Body>", "<sr:ReadNetworkData/></sr:Body>"))
    assert ("D403", "error", "ReadNetworkData") in found(record)
    assert "SinglePhaseVoltageSettings" in body
    beside = "</sr:SinglePhaseVoltageSettings>"
    record, _ = judge_request(changed(text, beside, f"{beside}<sr:PolyPhaseVoltageSettings/>"))
    assert ("D403", "error", "PolyPhaseVoltageSettings") in found(record)


def test_a_request_without_a_body(text: str) -> None:
    start, end = text.index("<sr:SetMaximumDemand"), text.index("</sr:Body>")
    record, _ = judge_request(text[:start] + text[end:])
    assert found(record) == [("D402", "error", "Body")]
    assert record.findings[0].message.startswith("one of UpdateImportTariffPrimaryElement, ")


def test_an_element_of_another_namespace(text: str) -> None:
    record, _ = judge_request(
        changed(text, END, END.replace("<sr:EndTime", '<EndTime xmlns="urn:odd"').replace("/sr:", "/"))
    )
    assert [rule for rule, _, _ in found(record)] == ["D402", "D401"]


def test_what_an_unknown_element_holds_is_told_and_open(text: str) -> None:
    record, _ = judge_request(changed(text, END, f"{END}<sr:Odd><sr:Inner>1</sr:Inner></sr:Odd>"))
    assert next(entry for entry in record.entries if entry.label == "Inner").verdict == OPEN


def test_a_type_that_the_schema_does_not_have(text: str) -> None:
    typed = f"{END[: -len('</sr:EndTime>')]}</sr:EndTime>".replace("<sr:EndTime", '<sr:EndTime xsi:type="sr:Odd"')
    record, _ = judge_request(changed(text, END, typed))
    assert found(record) == [("D401", "error", "EndTime")]
    assert next(entry for entry in record.entries if entry.label == "EndTime").verdict == OPEN


@pytest.mark.parametrize("written", ["05.40", "+5.4", " 5.4 "])
def test_a_version_is_a_number(text: str, written: str) -> None:
    record, verdict = judge_request(changed(text, 'schemaVersion="5.4"', f'schemaVersion="{written}"'))
    assert (found(record), verdict.judged_as) == ([], "DUIS 5.4")


def test_a_version_that_is_no_number_is_judged_by_the_release(text: str) -> None:
    record, verdict = judge_request(changed(text, 'schemaVersion="5.4"', 'schemaVersion="five"'))
    assert (found(record), verdict.judged_as) == ([("D405", "error", "@schemaVersion")], "DUIS 5.4")


@pytest.mark.parametrize(
    ("named", "value", "expected"),
    [
        ("xs:unsignedInt", "300", []),
        ("xs:unsignedShort", "300", []),
        (" xs:unsignedByte ", "255", []),
        ("xs:unsignedByte", "300", ["300 is no value of LoadLimitPeriod: a value of xs:unsignedByte, which xsi:type"]),
        ("xs:unsignedShort", "x", ["x is no value of LoadLimitPeriod: a whole number was expected"]),
        ("xs:string", "300", ["the type xs:string that LoadLimitPeriod names may not stand for xs:unsignedInt"]),
        ("xs:unsignedLong", "300", ["the type xs:unsignedLong that LoadLimitPeriod names may not stand for"]),
        ("xs:positiveInteger", "300", ["the type xs:positiveInteger that LoadLimitPeriod names may not stand for"]),
        ("xs:odd", "300", ["the type xs:odd that LoadLimitPeriod names may not stand for xs:unsignedInt"]),
    ],
)
def test_a_built_in_type_that_is_named_holds_where_it_may_stand(
    corpus: Path, named: str, value: str, expected: list[str]
) -> None:
    text = request_text(corpus, "ECS28a_6.4.1_IMMEDIATE_SUCCESS")
    start = f'<sr:LoadLimitPeriod xmlns:xs="http://www.w3.org/2001/XMLSchema" xsi:type="{named}">{value}<'
    record, _ = judge_request(re.sub(r"<sr:LoadLimitPeriod>\d+<", start, text))
    messages = [finding.message for finding in record.findings]
    assert len(messages) == len(expected)
    assert all(message.startswith(words) for message, words in zip(messages, expected, strict=True)), messages


def test_a_built_in_type_may_not_stand_for_one_of_the_schema(text: str) -> None:
    typed = '<sr:Body xmlns:xs="http://www.w3.org/2001/XMLSchema" xsi:type="xs:token">'
    record, _ = judge_request(changed(text, "<sr:Body>", typed))
    assert any("the type xs:token that Body names may not stand for" in one.message for one in record.findings)


def test_documents_that_are_not_judged(text: str) -> None:
    record, verdict = judge_request(changed(text, 'schemaVersion="5.4"', 'schemaVersion="6.0"'))
    assert "no schema of DUIS 6.0" in verdict.reason
    assert "5.1, 5.3, 5.4" in verdict.reason
    other = text.replace("http://www.dccinterface.co.uk/ServiceUserGateway", "urn:odd")
    assert "{urn:odd}Request" in judge_request(other)[1].reason
    assert record.findings == []


# --- what the command can carry --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "time", ["17:00:00Z", "17:00:00+00:00", "17:00:00-00:00", "17:00:00.2500Z", "00:00:00Z", "17:00:00.99Z"]
)
def test_times_that_can_be_carried(text: str, time: str) -> None:
    assert found(judge_request(changed(text, "17:00:00.00Z", time))[0]) == []


@pytest.mark.parametrize(
    ("time", "octets"),
    [
        (
            "17:00:00+01:00",
            ["0x11000000 (17:00:00) if the offset is left out", "0x10000000 (16:00:00) if it is turned"],
        ),
        ("17:00:00-07:30", ["0x11000000", "0x001E0000 (00:30:00) if it is turned"]),
        ("17:00:00", ["0x11000000 (17:00:00) if it is taken to be UTC"]),
        ("17:00:00.255Z", ["0x11000019 (17:00:00.25) if finer digits are cut off", "0x1100001A (17:00:00.26) if they"]),
        ("17:00:00.2501Z", ["0x11000019"]),
        ("24:00:00Z", ["0x00000000 (00:00:00) if 24:00:00 is taken as midnight"]),
        ("24:00:00+01:00", ["0x17000000 (23:00:00) if it is turned"]),
    ],
)
def test_times_that_cannot_be_carried(text: str, time: str, octets: list[str]) -> None:
    record, _ = judge_request(changed(text, "17:00:00.00Z", time))
    finding = next(one for one in record.findings if one.rule == "D409")
    assert (finding.severity, finding.subject) == ("warning", f"{PERIOD}/StartTime")
    assert all(one in finding.witness for one in octets)
    assert finding.meanings[0] in finding.message
    own, asked, row = finding.statements
    assert (own.text, own.place.line) == (time, 12)
    assert (asked.specification.name, row.subject.partition("/")[0]) == ("DUIS", "ECS37")


@pytest.mark.parametrize(
    ("end", "expected"),
    [("17:00:00Z", [("D410", "warning")]), ("16:59:59.99Z", [("D410", "warning")]), ("17:00:00.01Z", [])],
)
def test_a_period_that_does_not_end_after_its_start(text: str, end: str, expected: list[tuple[str, str]]) -> None:
    record, _ = judge_request(changed(text, "22:00:00.00Z", end))
    assert [(rule, severity) for rule, severity, _ in found(record)] == expected
    for finding in record.findings:
        assert finding.witness.startswith("start 0x11000000, end 0x1")
        assert finding.statements[0].place.line == 13


@pytest.mark.parametrize(
    ("name", "old", "new", "rules"),
    [
        ("ECS34_6.12_SUCCESS", ">2300<", ">4294967295<", []),
        ("ECS34_6.12_SUCCESS", ">2300<", ">4294967296<", ["D405"]),
        ("ECS34_6.12_SUCCESS", ">2300<", "> +02300 <", []),
        ("ECS34_6.12_SUCCESS", ">2300<", ">2300.0<", ["D405"]),
    ],
)
def test_other_values(corpus: Path, name: str, old: str, new: str, rules: list[str]) -> None:
    text = request_text(corpus, name)
    assert old in text
    assert [rule for rule, _, _ in found(judge_request(text.replace(old, new))[0])] == rules


def test_rules_have_codes_of_their_own() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)
    assert all(rule.code.startswith("D4") for rule in RULES)
