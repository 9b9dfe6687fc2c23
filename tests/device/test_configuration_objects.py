"""Data items named by the objects that hold them: every usual notation of a logical name, with class and attribute."""

from __future__ import annotations

import pytest
from configuration_runs import MAXIMUM_DEMAND, context, judge
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.device.configuration.names import Names
from gbcscheck.device.configuration.objects import ObjectName, Objects, read_object_name

CATALOGUE = context("current").catalogue
OBJECTS = Objects(CATALOGUE, CATALOGUE.once(Names))
SAG = "RMSVoltageSagThreshold.threshold_normal"
OF_TIME = (0, 0, 12, 0, 0, 255)


@pytest.mark.parametrize(
    "written",
    [
        *("0-0:12.0.0.255", "0-0:12.0.0*255", "0-0:12.0.0&255", "0.0.12.0.0.255", "0-0.12.0.0.255", " 0-0:12.0.0.255 "),
        *("00000C0000FF", "00000c0000ff", "0x00000C0000FF", "00 00 0C 00 00 FF", "00-00-0c-00-00-ff"),
        *("00:00:0C:00:00:FF", "00.00.0C.00.00.FF", "0x00 0x00 0x0C 0x00 0x00 0xFF"),
    ],
)
def test_one_object_in_every_notation(written: str) -> None:
    assert read_object_name(written) == ObjectName(OF_TIME)


@pytest.mark.parametrize(
    ("written", "class_id", "attribute"),
    [
        ("10/0-0:12.0.0.255/2", 10, 2),
        ("10:0-0:12.0.0.255:2", 10, 2),
        ("10;0.0.12.0.0.255;2", 10, 2),
        ("10_0-0:12.0.0.255_2", 10, 2),
        ("class 10, 0-0:12.0.0*255, attribute 2", 10, 2),
        ("0-0:12.0.0.255:2", 0, 2),
        ("0.0.12.0.0.255/2", 0, 2),
        ("10/00000C0000FF/2", 10, 2),
        ("10/0-0:12.0.0.255", 10, 0),
    ],
)
def test_class_and_attribute_around_it(written: str, class_id: int, attribute: int) -> None:
    assert read_object_name(written) == ObjectName(OF_TIME, class_id, attribute)


@pytest.mark.parametrize(
    "written",
    ["", "12", "1.8.0", "0-0:12.0.0.256", "00000C0000F", "2021-11-01", "10.0.0.1", SAG, "0-0:12.0.0.255x", "1" * 5000],
)
def test_what_names_no_object(written: str) -> None:
    assert read_object_name(written) is None


@given(fields=st.tuples(*[st.integers(0, 255)] * 6), class_id=st.integers(1, 9999), attribute=st.integers(1, 99))
def test_every_notation_means_the_same(fields: tuple[int, ...], class_id: int, attribute: int) -> None:
    a, b, c, d, e, f = fields
    octets = bytes(fields).hex()
    for name in (f"{a}-{b}:{c}.{d}.{e}.{f}", f"{a}-{b}:{c}.{d}.{e}*{f}", f"{a}.{b}.{c}.{d}.{e}.{f}", f"0x{octets}"):
        assert read_object_name(name) == ObjectName(fields)
        assert read_object_name(f"{class_id}/{name}/{attribute}") == ObjectName(fields, class_id, attribute)


def test_every_attribute_of_a_row_is_found_by_its_object() -> None:
    """Of every row with an object: its item stands below what class, object and attribute mean."""
    lost = []
    for item in CATALOGUE.items.values():
        for row in item.rows:
            said = {s.attribute: str(s.value) for s in CATALOGUE.about(row.subject, "class", "object", "member")}
            if len(said) < 3 or not said["member"].startswith("attribute") or read_object_name(said["object"]) is None:
                continue
            name = read_object_name(f"{said['class']}/{said['object']}/{said['member'].rpartition(' ')[2]}")
            assert name is not None
            if not any(item.name in {leaf.item for leaf in part.leaves()} for part in OBJECTS.parts(name)):
                lost.append((row.subject, str(name)))
    assert lost == []


def test_a_value_under_an_object_is_judged_as_that_of_its_item() -> None:
    run = judge({"71/0-0:17.0.3.255/4": "5000000000 V", "0.0.94.44.0.1": 1800, "1-0:52.35.0": 250}, "current")
    assert [(finding.rule, finding.subject) for finding in run.findings] == [
        ("D503", SAG),
        ("D501", "RandomisedOffsetLimit.value"),
    ]
    assert (run.record.values, run.record.unknown) == (3, 0)


def test_an_object_of_several_items_and_one_of_none_are_told() -> None:
    run = judge({"0-0:17.0.3.255": 207, "1-0:99.1.1.255": 1, "0-0:12.0.0.255/3": 1}, "current")
    assert run.rules == ["D611", "D601", "D601"]
    assert "RMSVoltageSagThreshold, RMSVoltageSagMeasurementPeriod" in run.findings[0].message
    assert "attribute 6" in run.findings[0].suggestion
    assert run.findings[1].message == "no use case table of the release has a data item in 1-0:99.1.1.255"
    assert f"attribute 2 ({MAXIMUM_DEMAND})" in run.findings[2].suggestion
    assert (run.record.values, run.record.unknown) == (0, 3)


@pytest.mark.parametrize(
    "under",
    [
        {"4": 207, "6": 30},
        {"attribute 4": 207, "attribute 6": "PT30S"},
        {"4": {"value": 207, "unit": "V"}, "6": {"value": 30, "unit": "s"}},
    ],
)
def test_attributes_below_an_object(under: object) -> None:
    run = judge({"0-0:17.0.3.255": under}, "current")
    assert (run.rules, run.record.values) in (([], 2), (["D610"], 2))


def test_an_object_and_the_item_that_it_holds_are_one() -> None:
    run = judge({"RandomisedOffsetLimit": 5, "1/0-0:94.44.0.1/2": 6}, "current")
    assert run.rules == ["D605"]
    assert judge({"0-0:17.0.3.255/4": 1, "0-0:17.0.3.255/6": 1}, "current").rules == []


@pytest.mark.parametrize(
    ("class_id", "attribute", "rules"),
    [
        (1, 2, []),
        (99, 2, ["D601"]),
        (1, 7, ["D601"]),
        ("IC 99", "attribute 2", ["D601"]),
        (1, 1000, ["D601"]),
        (1, "-2", ["D601"]),
    ],
)
def test_another_class_or_attribute_is_another_object(class_id: object, attribute: object, rules: list[str]) -> None:
    run = judge([{"class": class_id, "obis": "0-0:94.44.0.1", "attribute": attribute, "value": 100}], "current")
    assert run.rules == rules
    assert run.record.values == (not rules)


def test_an_attribute_that_contradicts_the_name_of_the_object() -> None:
    assert judge([{"obis": "71/0-0:17.0.3.255/4", "attribute": 6, "value": 20}], "current").rules == ["D601"]
    assert judge([{"obis": "71/0-0:17.0.3.255/4", "attribute": 4, "value": 20}], "current").rules == []


@pytest.mark.parametrize(
    "below",
    [
        {"class": 71, "4": -3},
        {"4": -3, "1": "0000110003FF"},
        {"class_id": 71, "attributes": {"4": -3}},
        {"attributes": {"attribute 4": -3, "logical_name": "0000110003FF"}},
    ],
)
def test_attributes_under_the_name_of_an_object(below: object) -> None:
    run = judge({"0-0:17.0.3.255": below}, "current")
    assert run.rules == ["D503"]
    assert (run.record.values, run.record.unknown) == (1, 0)


def test_what_else_stands_under_the_name_of_an_object_is_named() -> None:
    run = judge({"0-0:17.0.3.255": {"class": 71, "4": 207, "phase": "L2"}}, "current")
    assert run.rules == []
    assert ["phase" in one for one in run.record.not_read] == [True]
    assert judge({"0-0:17.0.3.255": {"class": 70, "4": 207}}, "current").rules == ["D601"]


@pytest.mark.parametrize(
    ("record", "rules"),
    [
        ({"obis": "0-0:17.0.3.255", "class": 71, "attribute": 4}, []),
        ({"obis": "0-0:17.0.3.255"}, []),
        ({"obis": "0-0:17.0.4.255", "class": 71, "attribute": 4}, ["D602"]),
        ({"obis": "0-0:17.0.3.255", "class": 99, "attribute": 4}, ["D602"]),
        ({"obis": "0-0:17.0.3.255", "class": 71, "attribute": 1000}, ["D602"]),
        ({"class": 99}, []),
    ],
)
def test_a_name_and_an_object_that_disagree_are_not_judged(record: dict[str, object], rules: list[str]) -> None:
    run = judge([{"name": "RMSVoltageSagThreshold", **record, "value": 207}], "current")
    assert run.rules == rules
