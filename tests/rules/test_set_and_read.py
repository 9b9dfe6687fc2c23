"""The rule on what is set in one type and read back in another."""

from __future__ import annotations

from pathlib import Path

import pytest
from planted_workbooks import Edit, both_releases, cells, found_in, planted, shipped
from rule_releases import findings, part, says

from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.releases import load_release
from gbcscheck.rules import check


@both_releases
def test_gas_debt_recovery_is_set_signed_and_read_unsigned(release: str) -> None:
    (found,) = shipped("R121", release)
    assert found.subject == "GCS04/DebtRecoveryRates[1].amountNext"
    assert found.also == ("GCS04/DebtRecoveryRates[2].amountNext",)
    assert cells(found) == ["ZCL!E21", "ZCL!E108", "ZCL!E23", "ZCL!E110", "ZCL!F21", "ZCL!F23"]
    assert found.witness == "-1 can be set and not read back; 2147483648 can be read and not set"


def test_its_range_that_its_own_type_cannot_hold_is_the_same_fault() -> None:
    found = [one for one in check(Catalogue.of(load_release("current"))) if one.rule in ("R101", "R121")]
    assert [(one.rule, [other.rule for other in one.seen_as]) for one in found] == [("R121", ["R101"])]


@pytest.mark.parametrize(
    ("use_cases", "edit", "subject"),
    [
        (
            ["ECS29a", "ECS26b"],
            ("DLMS", {"use case": "ECS29a", "mapping table row #": "960"}, "DLMS COSEM data types", "long-unsigned"),
            "ECS29a/",
        ),
        (
            ["GCS04", "GCS21b"],
            ("ZCL", {"use case": "GCS04", "mapping table row #": "1185"}, "data type", "UINT16"),
            "GCS04/DebtRecoveryRates[1].periodNext",
        ),
    ],
    ids=["electricity", "gas"],
)
def test_a_type_that_is_changed_on_one_side_is_told(
    corpus: Path, tmp_path: Path, use_cases: list[str], edit: Edit, subject: str
) -> None:
    found = found_in("R121", planted(corpus, tmp_path, use_cases, edit))
    assert [one.subject for one in found if one.subject.startswith(subject)], found


def rows(setting: str, reading: str, *, read_by: str = "Read") -> object:
    return part(
        "GBCS",
        says("U1", "direction", value="Update"),
        says("U2", "direction", value=read_by),
        says("U1/Item.amountNext", "type", setting),
        says("U1/Item.amountNext", "cluster", value="Metering: 0x0702"),
        says("U2/Item.amountCurrent", "type", reading),
        says("U2/Item.amountCurrent", "cluster", value="Metering: 0x0702"),
        name="use cases",
    )


def test_it_is_silent_on_equal_types_and_on_two_commands() -> None:
    assert len(findings("R121", rows("0..255", "0..65535"))) == 1
    assert findings("R121", rows("0..255", "0..255")) == []
    assert findings("R121", rows("0..255", "0..65535", read_by="Update")) == []
