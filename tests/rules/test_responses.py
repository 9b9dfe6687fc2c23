"""The rules on requests, their responses and their titles."""

from __future__ import annotations

import pytest
from planted_workbooks import both_releases, shipped
from rule_releases import findings, part, says

from gbcscheck.facts.extract_file import Extract
from gbcscheck.model import Finding

REQUESTS = ("SetTime", "ReadTime", "ReadInventory")


def requests(*names: str) -> Extract:
    return part(
        "DUIS",
        says("/Request/Body", "occurs", "1"),
        *(says(f"/Request/Body/{name}", "occurs", "0 | 1") for name in names),
        name="schema",
    )


def responses(*names: str, version: str = "1.0") -> Extract:
    base = "/GBCSResponse/Body/ResponseMessage/SMETSData"
    rows = [says(base, "occurs", "0 | 1"), *(says(f"{base}/{name}", "occurs", "0 | 1") for name in names)]
    return part("MMC", *rows, name="schema", version=version)


def matrix(**non_device: str) -> Extract:
    rows = [
        row
        for number, (name, answer) in enumerate(non_device.items(), start=1)
        for row in (
            says(f"1.{number}", "title", value=name.replace("_", " ")),
            says(f"1.{number}", "non-device", value=answer),
        )
    ]
    return part("DUIS", *rows, name="service requests")


MATRIX = matrix(Set_Time="No", Read_Time="No", Read_Inventory="Yes")


def told(*extracts: Extract) -> list[Finding]:
    return findings("S122", *extracts)


@both_releases
def test_two_requests_of_130_have_no_response_of_their_name(release: str) -> None:
    first, second = shipped("S122", release)
    assert first.subject == "/Request/Body/UpdateDeviceConfigurationAuxiliaryControllerScheduler"
    assert (first.severity, first.message) == ("warning", "no response has its name")
    assert second.subject == "/Request/Body/ReadDeviceConfigurationBillingCalendar"
    assert second.severity == "note"
    assert second.message == "its response is called ReadDeviceConfigurationDataBillingCalendarRsp"


def test_what_the_dcc_answers_has_no_response() -> None:
    assert told(requests(*REQUESTS), responses("SetTimeRsp", "ReadTimeRsp"), MATRIX) == []


def test_a_response_that_is_deleted_is_told() -> None:
    (found,) = told(requests(*REQUESTS), responses("SetTimeRsp"), MATRIX)
    assert (found.subject, found.witness) == ("/Request/Body/ReadTime", "ReadTimeRsp")
    assert [one.specification.name for one in found.statements] == ["DUIS", "MMC", "DUIS"]


def test_a_response_without_a_request_is_told() -> None:
    (found,) = told(requests("SetTime"), responses("SetTimeRsp", "ClearLogRsp"), MATRIX)
    assert found.message == "no request has its name"


def test_schemas_of_two_versions_say_what_would_settle_it() -> None:
    (found,) = told(requests(*REQUESTS), responses("SetTimeRsp", version="0.9"), MATRIX)
    assert found.why.endswith(" MMC 1.0, which goes with DUIS 1.0, would settle it.")


@pytest.mark.parametrize("extracts", [(requests(*REQUESTS), MATRIX), (responses("SetTimeRsp"), MATRIX)])
def test_it_asks_only_where_both_schemas_are_there(extracts: tuple[Extract, ...]) -> None:
    assert told(*extracts) == []


def test_names_that_are_no_titles_are_one_note() -> None:
    (found,) = shipped("N122", "current")
    assert found.severity == "note"
    assert len(found.differing) == 23
    assert "request UpdateDeviceConfigurationALCScheduler" in found.differing


def test_a_request_that_is_renamed_is_told() -> None:
    assert findings("N122", requests(*REQUESTS), MATRIX) == []
    (found,) = findings("N122", requests("PutTime", *REQUESTS[1:]), MATRIX)
    assert found.differing == ("request PutTime", "title Set Time")
