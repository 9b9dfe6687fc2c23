"""What the crosswalk states as proved, worked out again on the messages of the corpus.

Nothing is written: an entry that states more, or less, than the messages show fails, and says what they show.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path

import pytest
from crosswalk_messages import Leaf, Message, read_message
from crosswalk_places import (
    Different,
    Table,
    find_access,
    find_attribute,
    find_field,
    find_request,
    find_values,
    read_request,
)
from crosswalk_proof import Pair, as_domain, holds, verdict
from crosswalk_shipped import LINKS, PROOFS, STATED, TABLES, evidence_of, named
from prove_links import text_of

from gbcscheck.domains import Domain
from gbcscheck.domains.conversions import parse_conversion
from gbcscheck.domains.interpret_as import interpret_as
from gbcscheck.facts.crosswalk import Link, LinkEnd
from gbcscheck.notation.canonical import parse_domain

WITHOUT_RESPONSE = ("ECS26c", "ECS26k", "ECS27", "GCS21a")
"""Use cases that read something back and have no message in the corpus."""


@pytest.mark.parametrize("version", TABLES)
@pytest.mark.parametrize("link", STATED, ids=named)
def test_the_messages_show_what_the_entry_states(
    link: Link, version: str, tables: Mapping[str, Table], schemas: Mapping[str, Table], available: list[Pair]
) -> None:
    shown, evidence = verdict(link, tables[version], schemas["DUIS 5.4"], available)
    assert (shown, ", ".join(evidence)) == (link.proof, evidence_of(link))


def test_what_pairs_show_is_what_the_file_of_proofs_says(corpus: Path) -> None:
    assert text_of([corpus]) == PROOFS.read_text("utf-8"), "tools/prove_links.py writes it anew"


def test_something_is_proved() -> None:
    assert sum(link.proof == "proved" for link in STATED) >= 20


@pytest.mark.parametrize("link", [link for link in STATED if link.proof == "proved"], ids=named)
def test_every_member_of_a_proved_map_was_seen(link: Link, available: list[Pair]) -> None:
    for end in link.ends_of("request"):
        if end.conversion.startswith("map "):
            members = {pair.partition("=")[0] for pair in end.conversion.removeprefix("map ").split(", ")}
            used = [pair for pair in available if pair.name in evidence_of(link).split(", ")]
            elements = [find_request(read_request(pair.request), end) for pair in used]
            assert {element.text for element in elements if element is not None} == members


VOLTAGE = "/Request/Body/UpdateDeviceConfigurationVoltage/RMSVoltageSettings"
THRESHOLDS = "/Request/Body/UpdateDeviceConfigurationInstantaneousPowerThreshold"
PERIOD = "/Request/Body/SetMaximumDemandConfigurableTimePeriod/MaximumDemandTimePeriodSchedule"


@pytest.mark.parametrize(
    ("item", "wrong"),
    [
        ("RMSExtremeOverVoltageThreshold.threshold_normal", {"conversion": "scale 10"}),
        ("RMSExtremeOverVoltageThreshold.threshold_normal", {"subject": f"{VOLTAGE}/RMSVoltageSagThreshold"}),
        ("CalorificValue.value", {"conversion": "scale 100"}),
        ("LoadLimitSupplyState.value_active", {"conversion": "map Disable=false, Unchanged=true"}),
        ("MaximumDemandConfigurableTimePeriod.entries[1].switch_time", {"subject": f"{PERIOD}/EndTime"}),
        ("MediumHighPowerThreshold.thresholds[2].threshold", {"subject": f"{THRESHOLDS}/LowMediumPowerThreshold"}),
    ],
)
def test_a_wrong_request_end_is_found_out(
    item: str,
    wrong: dict[str, str],
    tables: Mapping[str, Table],
    schemas: Mapping[str, Table],
    available: list[Pair],
) -> None:
    right = next(link for link in STATED if link.item == item)
    (request,) = right.ends_of("request")
    link_ends = (request._replace(**wrong), *right.ends_of("command", "gbz"))
    changed = dataclasses.replace(right, ends=link_ends)
    with pytest.raises(Different):
        verdict(changed, tables["4.0"], schemas["DUIS 5.4"], available)


def test_a_wrong_command_end_is_found_out(
    tables: Mapping[str, Table], schemas: Mapping[str, Table], available: list[Pair]
) -> None:
    right = next(link for link in STATED if link.item == "RMSVoltageSagThreshold.threshold_normal")
    command = LinkEnd("command", "ECS29a/RMSVoltageSwellThreshold.threshold_normal")
    wrong = dataclasses.replace(right, ends=(*right.ends_of("request"), command))
    with pytest.raises(Different):
        verdict(wrong, tables["4.0"], schemas["DUIS 5.4"], available)


# --- constants -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "link", [link for link in LINKS if evidence_of(link) and not link.ends_of("request")], ids=named
)
def test_a_fixed_value_is_the_one_on_the_wire(link: Link, tables: Mapping[str, Table], available: list[Pair]) -> None:
    table = tables["4.0"]
    for pair in (pair for pair in available if pair.name in evidence_of(link).split(", ")):
        message = read_message(pair.command)
        for end in (end for end in link.ends_of("command") if end.subject.startswith(pair.use_case + "/")):
            rows = table.rows[end.subject]
            fixed = rows["constant"] if "constant" in rows else rows["permitted"]
            assert fixed.domain is not None
            found = _on_the_wire(message, table, link, end)
            assert found
            assert all(holds(leaf, parse_domain(fixed.domain)) for leaf in found), (found, fixed)


def _on_the_wire(message: Message, table: Table, link: Link, end: LinkEnd) -> list[Leaf]:
    if rows := link.ends_of("gbz"):
        return [find_field(message, table, rows[0].subject)[0]]
    data = find_access(message, table, end.subject)
    assert data is not None
    return find_values(data, table, end)


# --- responses -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "link", [link for link in LINKS if link.ends_of("response") and link.ends_of("command")], ids=named
)
def test_a_response_has_a_value_of_the_rows_type_that_the_reading_can_show(
    link: Link, tables: Mapping[str, Table], schemas: Mapping[str, Table], corpus: Path
) -> None:
    table = tables["4.0"]
    readings = [_shown(reading, schemas["MMC 5.4"]) for reading in link.ends_of("reading")]
    for end in link.ends_of("response"):
        use_case = end.subject.partition("/")[0]
        files = sorted((corpus / "rtds").glob(f"*_{use_case}/*_SUCCESS_RESPONSE_GBCS.HEX"))
        assert bool(files) == (use_case not in WITHOUT_RESPONSE)
        stated = table.rows[end.subject]["type"].domain
        assert stated is not None
        kind = parse_domain(stated)
        for file in files:
            for leaf in _answers(file, table, end):
                value = interpret_as(as_domain(leaf), kind)
                assert value.is_subset(kind), (file.name, leaf)
                assert all(interpret_as(value, shown).is_subset(shown) for shown in readings), (file.name, leaf)


def _shown(reading: LinkEnd, schema: Table) -> Domain:
    """What an element of the response XML can show, as the device holds it."""
    permitted = schema.rows[reading.subject]["permitted"].domain
    assert permitted is not None
    return (
        parse_conversion(reading.conversion).image(parse_domain(permitted))
        if reading.conversion
        else parse_domain(permitted)
    )


def _answers(response: Path, table: Table, end: LinkEnd) -> list[Leaf]:
    """The values of a row in a response; the answers come in the order of the accesses of its command."""
    answered = read_message(response)
    if answered.components:
        return [find_attribute(answered, int(table.value(end.subject, "attribute-id"), 16))]
    asked = read_message(response.with_name(response.name.replace("RESPONSE", "COMMAND")))
    accesses = tuple(
        dataclasses.replace(access, data=answer)
        for access, answer in zip(asked.accesses, answered.answers, strict=True)
    )
    data = find_access(dataclasses.replace(asked, accesses=accesses), table, end.subject)
    assert data is not None
    return find_values(data, table, end)
