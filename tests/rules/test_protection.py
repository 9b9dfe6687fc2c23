"""The rule on protection: sensitive values, encrypted rows, and the layouts that encrypt."""

from __future__ import annotations

from pathlib import Path

import pytest
from planted_workbooks import Edit, cells, found_in, planted, shipped
from rule_releases import findings, part, says

from gbcscheck.evidence.marks import BLANK
from gbcscheck.facts.crosswalk import LayoutHeader

LAYOUT = LayoutHeader("components", "GBCS", "use cases", "Control", "Cluster", "Length", "Command")
RESPONSE = "GetSampledDataResponse"
NOT_SENSITIVE = "the value is sent encrypted, and not sensitive"
NOT_ENCRYPTED = "the value is sensitive, and not sent encrypted"


@pytest.mark.parametrize(("release", "objects"), [("current", (160, 161)), ("before-mp131", (120, 121))])
def test_one_component_of_214_is_protected_in_its_layout_alone(release: str, objects: tuple[int, int]) -> None:
    (found,) = shipped("V121", release)
    assert found.subject == "GCS15d/Normal response/Publish Debt Log (0-1 instances)"
    assert found.severity == "error"
    assert cells(found) == [
        *("GBZ!H1278", "ZCL!J79", "ZCL!J80", *(f"Objects!I{row}" for row in objects)),
        *("GBZ!J1290", "GBZ!J1291", "GBZ!J1292", "GBZ!I1281", "GBZ!I1282", "GBZ!I1293"),
    ]
    assert [one.clause for one in found.statements if one.text == BLANK] == ["GCS15d, row 517", "GCS15d, row 592"] * 2
    assert found.suggestion.startswith("mark ZCL!J79, ZCL!J80, Objects!I{} and Objects!I{}, or".format(*objects))


def of_layout(element: str, title: str, new: object, component: str = RESPONSE, **more: str) -> Edit:
    return ("GBZ", {"use case": "GCS61", "component": component, "element": element, **more}, title, new)


@pytest.mark.parametrize(
    ("edit", "says_plain"),
    [
        (of_layout("Extended Header Control Field", "value", "0x01"), "its control field"),
        (of_layout("AE MAC", "element", "Padding"), "the MAC behind its payload"),
        (of_layout("SampleID (UINT16)", "encrypted", None), "the blanks beside other elements"),
    ],
    ids=["control field", "MAC", "mark of an element"],
)
def test_a_layout_that_protects_in_part_is_told(corpus: Path, tmp_path: Path, edit: Edit, says_plain: str) -> None:
    (found,) = found_in("V121", planted(corpus, tmp_path, ["GCS61"], edit))
    assert found.subject == f"GCS61/Normal response/{RESPONSE}"
    protected, _, plain = found.message.partition("; ")
    assert says_plain in plain
    assert "its rows of the protocol" in protected


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (("Objects", {"mapping table row #": "559"}, "sensitive", None), NOT_SENSITIVE),
        (("ZCL", {"mapping table row #": "559"}, "encrypted", None), NOT_ENCRYPTED),
        (("Objects", {"mapping table row #": "1797"}, "sensitive", "yes"), NOT_ENCRYPTED),
    ],
    ids=["object without its mark", "row without its mark", "object with a mark"],
)  # fmt: skip
def test_a_row_and_its_object_are_marked_alike(corpus: Path, tmp_path: Path, edit: Edit, message: str) -> None:
    (found,) = found_in("V121", planted(corpus, tmp_path, ["GCS61"], edit))
    assert found.message == message
    assert sorted(one.source.partition("!")[0] for one in found.statements) == ["Objects", "ZCL"]
    assert [one.written for one in found.statements].count(BLANK) == 1


def test_what_is_published_of_a_use_case_is_silent(corpus: Path, tmp_path: Path) -> None:
    assert found_in("V121", planted(corpus, tmp_path, ["GCS61", "GCS15c", "ECS22b"])) == []


def test_a_table_without_the_column_says_nothing_of_protection() -> None:
    rows = [
        says("G1/Log.value", "cluster", value="Metering: 0x0702"),
        says("G1/Log.value", "category", value="Operational data"),
        says("G1/Log.value", "sensitive", value="yes", source="Objects!I2"),
    ]
    assert findings("V121", part("GBCS", *rows, name="use cases"), layouts=[LAYOUT]) == []


def test_a_control_field_of_two_meanings_is_not_held_against_anything() -> None:
    base = "G1/Normal response/Log"
    rows = [
        says(f"{base}/Control", "octets", "1"),
        says(f"{base}/Control", "permitted", "1 | 2"),
        says(f"{base}/Command", "octets", "1"),
    ]
    assert findings("V121", part("GBCS", *rows, name="use cases"), layouts=[LAYOUT]) == []
