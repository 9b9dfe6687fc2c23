"""Templates: what is permitted beside each item, and a filled-in template is a valid configuration."""

from __future__ import annotations

import json
from typing import Any

import pytest
from configuration_runs import MAXIMUM_DEMAND, context, judge

from gbcscheck.device.configuration.template import template
from gbcscheck.domains import NoWitness
from gbcscheck.domains.base import Domain, NotInterpretable
from gbcscheck.domains.interpret_as import interpret_as
from gbcscheck.domains.singletons import domain_of
from gbcscheck.errors import UsageError
from gbcscheck.notation.canonical import parse_domain


def filled(part: Any) -> Any:
    """The same template with a permitted value in each place: the last of the sets said of it that still leaves one."""
    if isinstance(part, list):
        return [filled(one) for one in part]
    if not isinstance(part, dict):
        return part
    inner = {name: filled(one) for name, one in part.items()}
    return {**inner, "value": _value(part)} if part.get("value", 0) is None else inner


def _value(place: dict[str, Any]) -> Any:
    texts = [
        place[name].split("; or ")[0]
        for name in ("constant", "settable", "shown", "permitted", "type")
        if name in place
    ]
    domains = [parse_domain(text) for text in texts if not text.endswith("...")]
    if not domains:
        return None
    domain = domains[0]
    for other in domains[1:]:
        domain = _both(domain, other)
    try:
        value = domain.witness()
    except NoWitness:
        return None
    return value if isinstance(value, int | str) else str(domain_of(value))


def _both(domain: Domain, other: Domain) -> Domain:
    try:
        met = domain.meet(interpret_as(other, domain))
    except NotInterpretable:
        return domain
    return domain if met.is_empty() else met


def test_a_template_says_what_is_permitted() -> None:
    document = json.loads(template(context("current"), [MAXIMUM_DEMAND, "randomised offset limit"]))
    (entry,) = document["items"][MAXIMUM_DEMAND]["entries"]
    assert list(entry)[-4:] == ["exec_weekdays", "exec_specdays", "begin_date", "end_date"]
    assert entry["exec_weekdays"]["constant"] == "0b1111111"
    assert entry["switch_time"]["permitted"] == "time(hour 0..23, minute 0..59, second 0..59)"
    assert document["items"][MAXIMUM_DEMAND]["//entries"].startswith("number of entries")
    assert document["items"]["RandomisedOffsetLimit"] == {
        "value": None,
        "type": "0..65535",
        "settable": "0..1799",
        "shown": "int",
        "unit": "s",
        "set by": "ECS38",
        "read by": "ECS26c",
    }


def test_one_element_alone() -> None:
    document = json.loads(template(context("current"), [f"{MAXIMUM_DEMAND}.exec_weekdays"]))
    assert [list(entry) for entry in document["items"][MAXIMUM_DEMAND]["entries"]] == [["exec_weekdays"]]


@pytest.mark.parametrize("device_type", ["ESME", "GSME", "GPF", "CHF"])
@pytest.mark.parametrize("release", ["current", "before-mp131"])
def test_an_empty_template_is_an_empty_configuration(release: str, device_type: str) -> None:
    run = judge(template(context(release), device_type=device_type), release)
    assert run.findings == []
    assert run.verdict.reason == "no data item has a value in it"


@pytest.mark.parametrize("device_type", ["ESME", "GSME", "GPF", "CHF"])
@pytest.mark.parametrize("release", ["current", "before-mp131"])
def test_a_filled_in_template_is_a_valid_configuration(release: str, device_type: str) -> None:
    document = json.loads(template(context(release), device_type=device_type))
    items = document["items"]
    run = judge({**document, "items": filled(items)}, release)
    assert [(finding.rule, finding.subject, finding.message) for finding in run.findings] == []
    assert run.record.values >= len(items) / 2


def test_a_type_holds_what_its_use_cases_configure() -> None:
    electricity = json.loads(template(context("current"), device_type="ESME"))["items"]
    gas = json.loads(template(context("current"), device_type="GSME"))["items"]
    assert {MAXIMUM_DEMAND, "RMSVoltageSagThreshold", "RandomisedOffsetLimit"} <= electricity.keys()
    assert {"UncontrolledGasFlowRate", "CalorificValue"} <= gas.keys()
    assert "UncontrolledGasFlowRate" not in electricity
    assert "RMSVoltageSagThreshold" not in gas


def test_an_item_for_one_type_of_device() -> None:
    document = json.loads(template(context("current"), ["CurrencyUnit"], "GSME"))
    assert list(document["items"]["CurrencyUnit"]) == ["valueCurrent", "valueNext"]
    assert document["device"] == {"type": "GSME"}


@pytest.mark.parametrize(
    ("items", "device_type", "message"),
    [
        (["RMSVoltageSagTreshold"], "", "RMSVoltageSagThreshold"),
        ([], "FOO", "ESME"),
        ([], "", "name data items"),
        (["RMSVoltageSagThreshold"], "GSME", "no use case"),
    ],
)
def test_what_has_no_template(items: list[str], device_type: str, message: str) -> None:
    with pytest.raises(UsageError) as refused:
        template(context("current"), items, device_type)
    assert message in str(refused.value)
