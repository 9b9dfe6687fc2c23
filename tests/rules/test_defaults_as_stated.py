"""Defaults in the words and units of the document that states them, held against all that ships in ``current``."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from rule_releases import findings, link, part, says

from gbcscheck.domains import Domain, Numbers, boolean
from gbcscheck.domains.singletons import domain_of
from gbcscheck.evidence.reading import readings
from gbcscheck.evidence.rows import carries_whole
from gbcscheck.extract.table import read_table
from gbcscheck.model import Finding
from gbcscheck.notation.canonical import print_domain
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.releases import Release, load_release
from gbcscheck.rules import RULES, check

SWITCH_TIME = "MaximumDemandConfigurableTimePeriod.entries[*].switch_time"
BEGIN_DATE = "MaximumDemandConfigurableTimePeriod.entries[*].begin_date"
OF_DEFAULTS = [rule for rule in RULES if rule.code in ("V101", "V102", "V103", "P101", "R104", "R107", "J101")]


@cache
def current() -> Release:
    return load_release("current")


def found_of(item: str, value: str, folder: Path) -> list[Finding]:
    """What the rules on defaults say of one row of a table."""
    table = folder / "table.csv"
    quoted = value.replace('"', '""')
    table.write_text(f'Data item,Default value\n{item},"{quoted}"\n', encoding="utf-8")
    reading = read_table(table)
    assert not reading.unread, reading.unread
    catalogue = Catalogue.of(replace(current(), extracts=(*current().extracts, reading.extract)))
    return [one for one in check(catalogue, OF_DEFAULTS) if any(s.path == str(table) for s in one.statements)]


@pytest.mark.parametrize(
    ("item", "value"),
    [
        (SWITCH_TIME, "16:00"),
        (SWITCH_TIME, "16:00:30"),
        (SWITCH_TIME, "16:00:30.25"),
        (SWITCH_TIME, "midnight"),
        (SWITCH_TIME, "0x10000000"),
        (SWITCH_TIME, "0x100000FF"),
        ("CalorificValue.value", "39.5"),
        ("CalorificValue.value", "395"),
        ("CalorificValue.value", "39.5 MJ/m3"),
        ("ConversionFactor.value", "1.02264"),
        ("UncontrolledGasFlowRate.value", "1.5 m3/h"),
        ("UncontrolledGasFlowRate.value", "0.0001 m3/h"),
        ("UncontrolledGasFlowRate.value", "6.5535 m3/h"),
        ("UncontrolledGasFlowRate.value", "15000"),
        ("Supply Tamper State.value", '"Locked"'),
        ("Supply Tamper State.value", '"locked"'),
        ("Supply Tamper State.value", '"Unchanged"'),
        ("Supply Tamper State.value", "0"),
        ("LoadLimitSupplyState.value_active", '"Disable"'),
        ("PaymentMode.value", '"Prepayment"'),
        ("RandomisedOffsetLimit.value", "1799 s"),
    ],
)
def test_a_default_that_a_request_can_write_is_no_conflict(item: str, value: str, tmp_path: Path) -> None:
    assert found_of(item, value, tmp_path) == []


@pytest.mark.parametrize(
    ("item", "value", "witness"),
    [
        (SWITCH_TIME, "0xFFFF00FF", "0xFFFF00FF"),
        ("CalorificValue.value", "39.55", "39.55"),
        ("CalorificValue.value", "429496729.6", "429496729.6"),
        ("ConversionFactor.value", "1.022641", "1.022641"),
        ("UncontrolledGasFlowRate.value", "7 m3/h", "7 m3/h"),
        ("UncontrolledGasFlowRate.value", "1.00005 m3/h", "1.00005 m3/h"),
        ("UncontrolledGasFlowRate.value", "70000", "70000"),
        ("Supply Tamper State.value", '"Open"', '"Open"'),
        ("Supply Tamper State.value", "5", "5"),
        ("RandomisedOffsetLimit.value", "1800 s", "1800 s"),
    ],
)
def test_a_default_that_no_request_can_write_is_one_in_any_reading(
    item: str, value: str, witness: str, tmp_path: Path
) -> None:
    (found,) = found_of(item, value, tmp_path)
    assert (found.rule, found.witness) == ("V102", witness)


def test_what_a_scaled_default_may_be_is_said_in_the_numbers_of_its_document(tmp_path: Path) -> None:
    (found,) = found_of("CalorificValue.value", "39.55", tmp_path)
    assert found.message == "the default cannot be set again by service request 6.6"
    assert found.suggestion == "choose a default within 0..429496729.5 step 0.1"


def test_a_date_of_no_given_year_contradicts_the_constant_in_plain_words(tmp_path: Path) -> None:
    told = found_of(BEGIN_DATE, "1 Nov", tmp_path)
    found = {one.rule: one for finding in told for one in (finding, *finding.seen_as)}
    assert set(found) == {"V101", "V103", "P101"}
    assert found["V101"].witness.startswith("1 November of any year: shipped by the default")


UNSIGNED = {"DebtRecoveryRates[1].amountCurrent", "DebtRecoveryRates[2].amountCurrent"}
SEVERAL_THINGS = {
    "Time.preset_adjusting_time.validity_interval_start",
    *(f"AuxiliaryController[{number}].value" for number in range(1, 6)),
}
"""Names that stand for several things: Time is also the encoding of a time of day, and GBCS gives one name to what
starts the state of an auxiliary controller (ECS47a, twelve octets) and to the state itself (ECS61e, eight)."""


def values_of(permitted: Domain) -> list[str]:
    """The ends of a range and a value within it, all of a short list, else one value; as extracts state them."""
    values = permitted.members(12) or (permitted.witness(),)
    if isinstance(permitted, Numbers):
        values = (*(end for end in (permitted.low, permitted.high) if end is not None), permitted.witness())
    return [print_domain(domain_of(value)) for value in values]


def test_whatever_a_request_can_set_may_be_the_default() -> None:
    """Each value of each linked element of DUIS as the default of its item: not one may be a conflict, but for what
    the derived tables of MP131 say, which are left out here, and for a rate below 0: a gas meter reads back an unsigned
    number (GCS21b) of what is set with a sign (GCS04)."""
    release = replace(
        current(),
        extracts=tuple(one for one in current().extracts if one.specification.part not in ("MP131", "Table 28d")),
    )
    catalogue = Catalogue.of(release)
    settable: dict[str, list[str]] = {}
    for link_ in catalogue.crosswalk.links:
        if (
            link_.settable
            and link_.item not in SEVERAL_THINGS
            and carries_whole(link_)
            and (not link_.ends_of("command") or any(catalogue.about(end.subject) for end in link_.ends_of("command")))
        ):
            for end in link_.ends_of("request"):
                for statement in catalogue.about(end.subject, "permitted"):
                    permitted = catalogue.domain(statement)
                    assert permitted is not None
                    settable.setdefault(link_.item, []).extend(values_of(permitted))
    tried = 0
    for turn in range(max(map(len, settable.values()))):
        rows = [says(item, "default", values[turn]) for item, values in settable.items() if turn < len(values)]
        table = part("Table", *rows)
        found = check(Catalogue.of(replace(release, extracts=(*release.extracts, table))), OF_DEFAULTS)
        tried += len(rows)
        told = [one for one in found if any(s.path == table.path for s in one.statements)]
        assert [one for one in told if not (one.subject in UNSIGNED and one.witness.startswith("-"))] == []
    assert tried > 80


class TestWaysToRead:
    TYPE = part("GBCS", says("U1/Rate.value", "type", "0..255"))

    def test_two_documents_in_one_unit_agree_though_the_device_counts_in_tenths(self) -> None:
        tenths = link("Rate.value", request="/Request/Rate", command="U1/Rate.value", convert="scale 10")
        schema = part("DUIS", says("/Request/Rate", "permitted", "0..25.5 step 0.1"))
        of_smets = part("SMETS2", says("Rate.value", "permitted", "1.5..20.5 step 0.1"))
        of_table = part("GBCS", says("Rate.value", "default", "15.5"), name="Table 1")
        extracts = (self.TYPE, schema, of_smets, of_table)
        for code in ("V102", "R104", "R107", "J101"):
            assert findings(code, *extracts, links=[tenths]) == []

    def test_of_two_requests_the_one_whose_command_is_there_counts(self) -> None:
        before = link("Rate.value", request="/Request/Rate", command="U0/Rate.value")
        since = link("Rate.value", request="/Request/RateDecimal", command="U1/Rate.value", convert="scale 10")
        schema = part(
            "DUIS",
            says("/Request/Rate", "permitted", "0..255"),
            says("/Request/RateDecimal", "permitted", "0..10.0 step 0.1"),
        )
        table = part("GBCS", says("Rate.value", "default", "200"), name="Table 1")
        (found,) = findings("V102", self.TYPE, schema, table, links=[before, since])
        assert "/Request/Rate" not in {s.subject for s in found.statements}
        assert findings("V102", schema, table, links=[before, since]) == [], (
            "no use case is at hand: either may be meant"
        )

    def test_words_that_nothing_explains_are_no_conflict(self) -> None:
        table = part("GBCS", says("Rate.value", "default", '"fast"'), name="Table 1")
        assert findings("V102", self.TYPE, table) == []
        words = link("Rate.value", request="/Request/Rate", command="U1/Rate.value", convert="map Slow=0, Fast=1")
        assert findings("V102", self.TYPE, table, links=[words]) == []
        other = part("GBCS", says("Rate.value", "default", '"quick"'), name="Table 1")
        assert len(findings("V102", self.TYPE, other, links=[words])) == 1


def test_a_word_of_the_request_is_read_as_that(tmp_path: Path) -> None:
    """``Disable`` means "no" in a table; the request's own word for the supply state stands for true on the device."""
    table = tmp_path / "table.csv"
    table.write_text("Data item,Default value\nLoadLimitSupplyState.value_active,Disable\n", encoding="utf-8")
    catalogue = Catalogue.of(replace(current(), extracts=(*current().extracts, read_table(table).extract)))
    item = catalogue.items["LoadLimitSupplyState.value_active"]
    (default,) = catalogue.item_statements(item, "default")
    assert readings(catalogue, item, default) == (boolean(True),)


class TestFactoryFixed:
    """An item that nobody can set has the value with which it is made; that is no default that nobody can set."""

    def test_a_read_only_item_of_one_document_is_silent(self) -> None:
        model = part(
            "DSMR",
            says("Clock.time_zone", "default", "60"),
            says("Clock.time_zone", "settable-by", value="none"),
            says("Clock.time_zone", "readable-by", value="all"),
        )
        assert findings("P101", model) == []

    def test_an_item_of_which_nothing_can_be_set_is_silent_whoever_says_so(self) -> None:
        smets = part("SMETS2", says("Model.number", "settable-by", value="none"))
        assert findings("P101", smets, part("GBCS", says("Model.number", "default", "7"))) == []

    def test_one_denied_element_of_an_item_that_can_be_set_is_a_conflict(self) -> None:
        start = link("Period.start", request="/Request/Start", command="U1/Period.start")
        smets = part("SMETS2", says("Period.days", "settable-by", value="none"))
        table = part("GBCS", says("Period.days", "default", "0b1111100"))
        (found,) = findings("P101", smets, table, links=[start])
        assert [s.attribute for s in found.statements] == ["default", "settable-by"]

    @pytest.mark.parametrize("model", ["dsmr22", "dsmr422", "smr43", "smr500", "smr55"])
    def test_the_object_models_of_another_country_have_none(self, corpus: Path, model: str) -> None:
        document = json.loads((corpus / f"dsmr/dlmsprofile-{model}.json").read_text(encoding="utf-8"))
        rows = []
        for thing in document["objects"]:
            for attribute in thing["attributes"]:
                if "value" in attribute:
                    subject = f"{thing['tag']}.{attribute['description']}"
                    rows.append(says(subject, "default", json.dumps(str(attribute["value"]))))
                    if attribute["access"] == "R":
                        rows.append(says(subject, "settable-by", value="none"))
        assert rows
        assert findings("P101", part(document["profile"], *rows, version=document["version"])) == []
