"""The rules on fixed values of byte layouts that another place states."""

from __future__ import annotations

from pathlib import Path

import pytest
from planted_workbooks import Edit, both_releases, cells, found_in, planted, shipped

from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.releases import load_release
from gbcscheck.rules import check

ALTERNATE = "Alternate response: if no instances of the ZCL/ZSE command immediately above are returned"
TOTAL = "Total number of GBZ Use Case Specific Component(s)"
CODE_OF_TYPE = "Omitted if unsuccessful\nAttribute Data Type (ENUM8)"
USE_CASES = ("GCS04", "GCS13a", "GCS14", "GCS15b", "GCS21b", "GCS61")


def of_layout(use_case: str, element: str, new: object, title: str = "value", **more: str) -> Edit:
    return ("GBZ", {"use case": use_case, "element": element, **more}, title, new)


@both_releases
def test_one_command_has_two_identifiers(release: str) -> None:
    (found,) = shipped("X122", release)
    assert cells(found) == ["GBZ!H820", "ZCL!H31"]
    assert found.message == "command 0x02 of cluster 0x0708 is 0x03 elsewhere, under one name"


def test_it_is_told_where_the_layout_lacks_the_command() -> None:
    found = [one for one in check(Catalogue.of(load_release("current"))) if one.rule in ("X102", "X122")]
    assert [(one.rule, [other.rule for other in one.seen_as]) for one in found] == [("X102", ["X122", "W101"])]


def test_one_frame_control_of_gbcs_3_1_was_corrected_in_4_0() -> None:
    """A default response is a command of the profile: ``0b00001001`` would be one of the cluster."""
    assert shipped("V122", "current") == []
    (found,) = shipped("V122", "before-mp131")
    assert cells(found)[0] == "GBZ!H2214"
    assert found.message.endswith(" is 0b00001001 here, and 0b00001000 elsewhere")


def test_a_part_of_the_tables_is_silent(corpus: Path, tmp_path: Path) -> None:
    tables = planted(corpus, tmp_path, USE_CASES)
    assert found_in("V122", tables) == []
    assert found_in("X122", tables) == []


@pytest.mark.parametrize(
    ("edit", "subject", "message"),
    [
        (
            of_layout("GCS61", "Command identifier", "0x09", component="GetSampledData"),
            "GCS61/Command/GetSampledData/Command identifier",
            "command 0x09 of cluster 0x0702 is 0x08 elsewhere, under one name",
        ),
        (
            (
                "ZCL",
                {"use case": "GCS61", "mapping table row #": "559"},
                "response: ID",
                "GetSampledDataResponse: 0x17",
            ),
            "GCS61/DailyConsumptionLog.logEntries[1..731].logEntry.value",
            "command 0x17 of cluster 0x0702 is 0x07 elsewhere, under one name",
        ),
        (
            ("ZCL", {"use case": "GCS61", "mapping table row #": "559"}, "cluster: ID", "Metering: 0x0302"),
            "GCS61/DailyConsumptionLog.logEntries[1..731].logEntry.value",
            "the cluster Metering: 0x0302 is Metering: 0x0702 elsewhere",
        ),
    ],
    ids=["layout", "parameters", "cluster"],
)
def test_an_identifier_that_differs_is_told(
    corpus: Path, tmp_path: Path, edit: Edit, subject: str, message: str
) -> None:
    (found,) = found_in("X122", planted(corpus, tmp_path, USE_CASES, edit))
    assert (found.subject, found.message) == (subject, message)


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (
            of_layout("GCS61", "Profile ID", "0x0104", message="Command"),
            "the profile is 0x0104 here, and 0x0109 elsewhere",
        ),
        (
            of_layout("GCS21b", TOTAL, "6-12", message="Normal response"),
            "the stated number of components is 6-12, and the layout has 6 to 11",
        ),
        (
            of_layout("GCS15b", TOTAL, "23", message="Normal response"),
            "the stated number of components is 23, and the layout has 24",
        ),
        (
            of_layout("GCS61", "Command identifier (UINT8)", "0x07"),
            "it answers command 0x07, which the use case does not send",
        ),
        (
            of_layout("GCS13a", CODE_OF_TYPE, "0x30", meaning="Unsigned 48-bit integer"),
            "the code of UINT48 is 0x30 here, and 0x25 elsewhere",
        ),
        (
            of_layout("GCS61", "Frame control", "0b00010001", component="GetSampledDataResponse"),
            "the frame control of GetSampledDataResponse from the device in cluster 0x0702 is 0b00010001 here, "
            "and 0b00011001 elsewhere",
        ),
        (
            of_layout("GCS61", "Extended Header Cluster ID", "0x0705", component="GetSampledDataResponse"),
            "the cluster of GetSampledDataResponse is 0x0705 here, and 0x0702 elsewhere",
        ),
        (
            of_layout("GCS21b", "Command identifier (UINT8)", "0x04", value="0x02"),
            "it answers command 0x04, which is answered already",
        ),
        (
            of_layout("GCS61", "Extended Header Cluster ID", "0x0705", component=ALTERNATE),
            "its cluster is 0x0705, and that of the response for which it stands 0x0702",
        ),
    ],
    ids=[
        "profile",
        "total of a range",
        "total of twelve each",
        "what is answered",
        "code of a type",
        "frame control",
        "cluster of a command",
        "answered twice",
        "cluster of an alternative",
    ],
)
def test_a_fixed_value_that_contradicts_the_layouts_is_told(
    corpus: Path, tmp_path: Path, edit: Edit, message: str
) -> None:
    use_cases = (*USE_CASES, "GCS17", "GCS18", "GCS13b", "GCS13c")
    (found,) = found_in("V122", planted(corpus, tmp_path, use_cases, edit))
    assert found.message == message
    assert found.severity == "error"
