"""Responses as XML, made from real messages (synthetic, as nobody has published one): good ones and broken ones."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import xmlschema
from lxml import etree
from xml_documents import Tree, changed, context_for, found, judge_response, judged_message, made_response, message

from gbcscheck.device.judge import judge_octets
from gbcscheck.device.pairs.values import Values
from gbcscheck.evidence.house_rules import HouseRule, Related
from gbcscheck.model.device_files import FITS, WRONG
from gbcscheck.model.rules import Rule

CONFIGURABLE = "MaximumDemand(ConfigurableTime)ActivePowerImportValue"
PERIOD = "MaximumDemandConfigurableTimePeriod.entries[*].switch_time"


def date_time(octets: object) -> str:
    """What XML writes for the twelve octets of a date-time without fractions."""
    assert isinstance(octets, bytes)
    year = int.from_bytes(octets[:2], "big")
    return f"{year:04}-{octets[2]:02}-{octets[3]:02}T{octets[5]:02}:{octets[6]:02}:{octets[7]:02}Z"


def time(octets: object) -> str:
    assert isinstance(octets, bytes)
    return f"{octets[0]:02}:{octets[1]:02}:{octets[2]:02}.{octets[3]:02}Z"


def values_of(corpus: Path, name: str) -> Values:
    return Values(judged_message(name, message(corpus, name)).entries)


@pytest.fixture
def maximum_demand(corpus: Path) -> str:
    name = "ECS18b_4.12.1_SUCCESS_RESPONSE"
    values = values_of(corpus, name)

    def one(row: str, where: str = "") -> object:
        return values.find(f"ECS18b/{row}", where)[0].value

    def register(item: str) -> Tree:
        return {
            "Value": str(one(f"{item}.value #2")),
            "CaptureTime": date_time(one(f"{item}.capture_time")),
            "LastResetDateTime": date_time(one(f"{item}.value")),
        }

    period = {
        "StartTime": time(one(PERIOD, "script_selector = 1")),
        "EndTime": time(one(PERIOD, "script_selector = 2")),
    }
    data: Tree = {
        "ReadMaximumDemandImportRegistersRsp": {
            "MaxDemandConfigurableTimeActivePowerImport": register(
                "MaximumDemand(ConfigurableTime)ActivePowerImportValue"
            ),
            "MaxDemandActiveEnergyImport": register("MaximumDemandActiveEnergyImportValue"),
            "MaxDemandConfigurableTimePeriod": period,
        }
    }
    return made_response(corpus, name, "4.12", "4.12.1", data)


@pytest.fixture
def voltage(corpus: Path) -> str:
    name = "ECS26b_6.2.1_SUCCESS_RESPONSE"
    values = values_of(corpus, name)
    items = ("RMSExtremeOverVoltage", "RMSExtremeUnderVoltage", "RMSVoltageSag", "RMSVoltageSwell")
    settings: dict[str, str] = {}
    for item in items:
        rows = {"MeasurementPeriod": "min_over_threshold_duration", "Threshold": "threshold_normal"}
        for what, element in rows.items():
            settings[item + what] = str(values.find(f"ECS26b/{item}{what}.{element}")[0].value)
    average = {
        f"AverageRMS{side}VoltageThreshold": str(
            values.find(f"ECS26b/(Phase[1])AverageRMS{side}VoltageThreshold.value")[0].value
        )
        for side in ("Over", "Under")
    }
    data: Tree = {
        "ReadDeviceConfigurationVoltageRsp": {"SinglePhaseVoltageSettings": average, "RMSVoltageSettings": settings}
    }
    return made_response(corpus, name, "6.2", "6.2.1", data)


@pytest.fixture
def load_limit(corpus: Path) -> str:
    """ECS27, of which the corpus has no message: all of its values are made up."""
    data: Tree = {
        "ReadLoadLimitDataRsp": {
            "LoadLimitCounterValue": "3",
            "LoadLimitPowerThreshold": "4600",
            "LoadLimitPeriod": "30",
            "LoadLimitRestorationPeriod": "60",
            "LoadLimitSupplyState": "Unchanged",
        }
    }
    made = made_response(corpus, "ECS26b_6.2.1_SUCCESS_RESPONSE", "4.15", "4.15", data)
    code = context_for().use_cases.named("ECS27").code
    return made.replace("made from ECS26b", "made up, with the header of ECS26b").replace(
        f"{context_for().use_cases.named('ECS26b').code:04X}<", f"{code:04X}<"
    )


@pytest.fixture
def documents(maximum_demand: str, voltage: str, load_limit: str) -> dict[str, str]:
    return {"ECS18b": maximum_demand, "ECS26b": voltage, "ECS27": load_limit}


def test_a_response_is_held_against_house_rules(voltage: str) -> None:
    """Above one another by a rule of somebody's own, which the real response keeps the other way round."""

    def told(relation: Related) -> list[str]:
        rule = Rule("H1", "by-the-house", "joint", "error", "Is it so?")
        context = replace(context_for(), house=(HouseRule(rule, "", "value", relation, "", "rules/mine.toml", 7),))
        (judged,) = judge_octets("response.xml", voltage.encode(), "mmc", context)
        return [finding.statements[0].written for finding in judged.findings]

    sag, swell = "RMSVoltageSagThreshold", "RMSVoltageSwellThreshold"
    assert len(told(Related(swell, "<", sag))) == 1
    assert told(Related(sag, "<", swell)) == []


# --- good ones -------------------------------------------------------------------------------------------------------


def test_what_a_device_returned_is_free_of_findings(documents: dict[str, str]) -> None:
    variants = {}
    for use_case, text in documents.items():
        record, verdict = judge_response(text)
        assert (found(record), verdict.reason) == ([], "")
        assert (verdict.use_case, verdict.judged_as) == (use_case, "MMC 5.4")
        leaves = [one for one in etree.fromstring(text.encode()).iter(etree.Element) if not len(one)]
        assert record.values == len(leaves) + 1
        assert {entry.verdict for entry in record.entries} == {FITS, ""}
        variants[use_case] = verdict.service_reference
    assert variants == {"ECS18b": "4.12.1", "ECS26b": "6.2.1", "ECS27": "4.15"}


def test_the_made_documents_are_valid_and_say_that_they_are_made(documents: dict[str, str], corpus: Path) -> None:
    schema = xmlschema.XMLSchema(str(corpus / "xsd" / "5.4" / "MMC Schema V5.4.xsd"), allow="local")
    for text in documents.values():
        assert schema.is_valid(etree.fromstring(text.encode()))
        assert "<!-- synthetic: made" in text


@pytest.mark.parametrize("version", ["5.1", "5.3"])
def test_earlier_versions(documents: dict[str, str], version: str) -> None:
    for text in documents.values():
        record, verdict = judge_response(changed(text, 'schemaVersion="5.4"', f'schemaVersion="{version}"'))
        assert (verdict.judged_as, found(record)) == (f"MMC {version}", [])


def test_the_period_of_the_reference_test_data_ends_before_it_starts(maximum_demand: str) -> None:
    """12:00 to 09:00: nothing is said of it where a device returns it."""
    assert "<ra:StartTime>12:00:00.00Z<" in maximum_demand
    assert "<ra:EndTime>09:00:00.00Z<" in maximum_demand


# --- broken ones -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("12:00:00.00Z", "12:00:00", ("D411", "warning", "StartTime")),
        ("12:00:00.00Z", "12:00:00+01:00", ("D411", "warning", "StartTime")),
        ("12:00:00.00Z", "24:00:00Z", ("D411", "warning", "StartTime")),
        ("12:00:00.00Z", "12:00:00.001Z", ("D411", "warning", "StartTime")),
        ("12:00:00.00Z", "12:00Z", ("D405", "error", "StartTime")),
        ("Value>4775<", "Value>4294967296<", ("D411", "warning", "Value")),
        ("Value>4775<", "Value>-1<", ("D411", "warning", "Value")),
        (">4.12.1<", ">4.12.2<", ("D408", "error", "ReadMaximumDemandImportRegistersRsp")),
        (">4.12<", ">4.1<", ("D406", "error", "ServiceReferenceVariant")),
        ("<ra:StartTime>12:00:00.00Z</ra:StartTime>", "", ("D402", "error", "StartTime")),
    ],
)
def test_what_no_device_returns(maximum_demand: str, old: str, new: str, expected: tuple[str, str, str]) -> None:
    record, _ = judge_response(changed(maximum_demand, old, new))
    assert expected in found(record)
    finding = next(one for one in record.findings if one.rule == expected[0])
    assert finding.statements[0].place.line
    if expected[0] == "D411":
        assert any(one.subject.startswith("ECS18b/") for one in finding.statements)
        assert next(entry for entry in record.entries if entry.label == expected[2] and entry.verdict == WRONG)


def test_a_number_beyond_the_schema_is_told_once(voltage: str) -> None:
    """The element of the response is as wide as the row."""
    record, _ = judge_response(changed(voltage, "RMSVoltageSagThreshold>216<", "RMSVoltageSagThreshold>4294967296<"))
    assert found(record) == [("D405", "error", "RMSVoltageSagThreshold")]


def test_the_message_code_of_another_use_case(voltage: str, load_limit: str) -> None:
    ecs26b, ecs27 = (context_for().use_cases.named(name).code for name in ("ECS26b", "ECS27"))
    record, verdict = judge_response(changed(voltage, f">{ecs26b:04X}<", f">{ecs27:04X}<"))
    assert verdict.use_case == "ECS27"
    assert found(record) == [("D406", "warning", "GBCSHexadecimalMessageCode")]
    assert judge_response(changed(voltage, f">{ecs26b:04X}<", ">FFFE<"))[1].use_case == ""
    record, _ = judge_response(changed(load_limit, ">Unchanged<", ">Locked<"))
    assert found(record) == [("D405", "error", "LoadLimitSupplyState")]


def test_wrong_order_and_two_alternatives(voltage: str) -> None:
    start, end = voltage.index("<ra:RMSVoltageSettings>"), voltage.index("</ra:RMSVoltageSettings>") + 24
    settings = voltage[start:end]
    moved = changed(voltage[:start] + voltage[end:], "<ra:SinglePhase", settings + "<ra:SinglePhase")
    assert ("D404", "error", "SinglePhaseVoltageSettings") in found(judge_response(moved)[0])
    both = changed(
        voltage, "</ra:SinglePhaseVoltageSettings>", "</ra:SinglePhaseVoltageSettings><ra:PolyPhaseVoltageSettings/>"
    )
    assert found(judge_response(both)[0]) == [("D403", "error", "PolyPhaseVoltageSettings")]


def test_no_schema_of_the_version(voltage: str) -> None:
    _, verdict = judge_response(changed(voltage, 'schemaVersion="5.4"', 'schemaVersion="9"'))
    assert "no schema of MMC 9" in verdict.reason
    assert (
        "{urn:odd}"
        in judge_response(voltage.replace("http://www.dccinterface.co.uk/ResponseAndAlert", "urn:odd"))[1].reason
    )
