"""The text and JSON reports on files of devices."""

from __future__ import annotations

from dataclasses import replace

from device_examples import LINES, MESSAGE, NOTE, UNJUDGED, WRONG_WEEK, device_report

from gbcscheck.errors import UnreadableSource
from gbcscheck.inputs.json_schema import violations
from gbcscheck.report.device import render_files
from gbcscheck.report.json import SCHEMA, report_document
from gbcscheck.report.layout import Layout
from gbcscheck.report.text import render_brief

WIDE = Layout(100)


def test_findings_stand_below_their_file_with_its_octets() -> None:
    text = render_files(device_report(), WIDE)
    head, _, rest = text.partition("error[D205]")
    assert head.startswith("meter.hex\nGBCS message · ECS37 · service reference 6.18 · judged as GBCS 4.0 · 3 values")
    assert "  meter.hex · octets 30 to 32 · device\n" in rest
    lines = rest.splitlines()
    (number,) = [number for number, line in enumerate(lines) if line.startswith("    22  ")]
    start = lines[number + 1].index("^")
    assert lines[number][start:].startswith("3E 3F 40")
    assert lines[number + 1][start:] == "^^^^^^^^ Monday to Friday"
    assert "||0b11111110" in rest
    assert "a thing worth knowing" not in text
    assert "request.xml" not in text


def test_the_summary_names_what_was_judged_and_what_was_not() -> None:
    text = render_files(device_report(), WIDE)
    summary = text[text.index("1 error, 1 warning; 1 note hidden") :].splitlines()
    assert summary[1:] == [
        "  in       1 of 3 files",
        "  judged   2 files, 4 values (GBCS 4.0: 1, DUIS 5.4: 1)",
        "  skipped  1 file: the payload is ASN.1",
        "             other.hex",
        "  release  current: The newest of each part",
        "  unseen   signatures, MACs and encryption are not verified",
    ]
    assert "a thing worth knowing" in render_files(device_report(), WIDE, notes=True)


def test_reasons_are_told_once_with_their_files_counted() -> None:
    files = [replace(UNJUDGED, path=f"{number}.hex") for number in range(5)]
    text = render_files(device_report(*files), WIDE)
    assert "  skipped  5 files: the payload is ASN.1\n             0.hex\n             1.hex\n" in text
    assert "             and 3 more\n" in text
    assert text.startswith("nothing was judged\n")


def test_a_file_that_cannot_be_read_is_a_problem_and_not_skipped() -> None:
    problem = UnreadableSource("the file is empty", where="empty.hex")
    file = replace(UNJUDGED, path="empty.hex", reason="the file is empty", problem=problem)
    text = render_files(replace(device_report(file, LINES), problems=(problem,)), WIDE)
    assert "skipped" not in text
    assert "  unread   1 problem with the input, named in the messages\n" in text


def test_many_findings_that_are_alike_are_counted() -> None:
    several = replace(MESSAGE, findings=(WRONG_WEEK,) * 40)
    text = render_files(device_report(several), WIDE)
    assert text.count("error[D205]") == 3
    assert "37 more of D205 on" in text
    assert text.count("40 errors") == 1
    assert len(report_document(device_report(several))["findings"]) == 40


def test_a_configuration_needs_no_word_on_signatures() -> None:
    text = render_files(device_report(replace(LINES, format="configuration")), WIDE)
    assert "signatures" not in text


def test_brief_is_one_line_a_finding_with_its_octets() -> None:
    lines = render_brief(device_report()).splitlines()
    assert [line.partition(": ")[0] for line in lines] == [
        "meter.hex · octets 30 to 32",
        "meter.hex · octet 58",
    ]


def test_a_line_break_in_a_name_breaks_no_line() -> None:
    own = replace(WRONG_WEEK, statements=(WRONG_WEEK.statements[0]._replace(path="a\nb.hex"),))
    (line,) = render_brief(device_report(replace(MESSAGE, findings=(own,)))).splitlines()
    assert line.startswith("a\\nb.hex · octets 30 to 32: ")


def test_the_json_report_keeps_its_schema() -> None:
    document = report_document(device_report())
    assert list(violations(document, SCHEMA)) == []
    assert document["files"] == [
        {
            "path": "meter.hex",
            "format": "message",
            "judged": True,
            "reason": "",
            "use_case": "ECS37",
            "service_reference": "6.18",
            "release": "GBCS 4.0",
            "values": 3,
        },
        {
            "path": "other.hex",
            "format": "message",
            "judged": False,
            "reason": "the payload is ASN.1",
            "use_case": "",
            "service_reference": "",
            "release": "",
            "values": 0,
        },
        {
            "path": "request.xml",
            "format": "duis",
            "judged": True,
            "reason": "",
            "use_case": "",
            "service_reference": "6.18.1",
            "release": "DUIS 5.4",
            "values": 1,
        },
    ]
    assert {key: document["summary"][key] for key in ("judged", "not_judged", "values")} == {
        "judged": 2,
        "not_judged": 1,
        "values": 4,
    }


def test_values_of_files_that_are_not_judged_are_none_that_were() -> None:
    told = replace(UNJUDGED, values=4321)
    document, text = report_document(device_report(MESSAGE, told)), render_files(device_report(MESSAGE, told), WIDE)
    assert (document["summary"]["values"], [file["values"] for file in document["files"]]) == (3, [3, 0])
    assert "  judged   1 file, 3 values" in text
    assert "321" not in text


def test_a_device_s_own_value_has_the_place_of_its_octets() -> None:
    own = report_document(device_report())["findings"][0]["statements"][0]
    assert own["value"] == "3E 3F 40"
    assert "text" not in own
    assert own["source"] == {"path": "meter.hex", "offset": 30, "length": 3}


def test_a_file_that_is_not_judged_needs_a_reason() -> None:
    document = report_document(device_report(replace(UNJUDGED, reason="")))
    assert [violation.pointer for violation in violations(document, SCHEMA)] == ["/files/0/reason"]


def test_check_has_no_files() -> None:
    document = report_document(replace(device_report(), files=()))
    assert "files" not in document
    assert "judged" not in document["summary"]
    assert list(violations(document, SCHEMA)) == []
    assert NOTE.message in [finding["message"] for finding in document["findings"]]
