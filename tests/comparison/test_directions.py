"""Who sends and who receives: what ships, and what statements say themselves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from compare_parts import part, says, side

from gbcscheck.facts.directions import FILE, SCHEMA, Directions, ancestors
from gbcscheck.inputs.json_schema import violations
from gbcscheck.model import Specification, Statement
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.releases import load_release

Rows = dict[str, tuple[Statement, ...]]

USE_CASES = Specification("GBCS", "4.0", "use cases")


@pytest.fixture(scope="module")
def directions() -> Directions:
    return Directions.shipped()


@pytest.fixture(scope="module")
def rows() -> Rows:
    """What ships, by subject."""
    return rows_of(Catalogue.of(load_release("current")))


def rows_of(catalogue: Catalogue) -> Rows:
    return dict(catalogue.by_subject)


def test_the_file_that_ships_keeps_its_schema_and_has_a_source_for_each_entry(specs: Path) -> None:
    document = json.loads((specs / FILE).read_text(encoding="utf-8"))
    assert list(violations(document, SCHEMA)) == []
    assert all(entry["source"].endswith(".") for entry in document["directions"])


@pytest.mark.parametrize(
    ("spec", "subject", "senders", "receivers"),
    [
        (("DUIS", "schema"), "/Request/Body", "User systems", "DCC"),
        (("DUIS", "schema"), "/Response/Body", "DCC", "User systems"),
        (("DUIS", "schema"), "/RequestID", "", ""),
        (("DUIS", "service requests"), "6.18.1", "User systems", "DCC"),
        (("MMC", "schema"), "/GBCSResponse/Body", "DCC", "User systems"),
        (("GBCS", "alert codes"), "0x8F35", "manufacturers", "DCC, User systems"),
        (("GBCS", "Table 28d"), "X.value", "", "manufacturers"),
        (("SMETS2", "MP131"), "X.value", "", "manufacturers"),
        (("DCC use case list", ""), "ECS37", "", ""),
    ],
)
def test_directions_of_what_ships(
    directions: Directions, spec: tuple[str, str], subject: str, senders: str, receivers: str
) -> None:
    found = directions.of(Specification(spec[0], "1", spec[1]), subject, {})
    assert (", ".join(found.senders), ", ".join(found.receivers)) == (senders, receivers)
    assert found.known == bool(senders or receivers)


@pytest.mark.parametrize(
    ("subject", "sender"),
    [
        ("ECS37/MaximumDemandConfigurableTimePeriod.entries[*].switch_time", "DCC"),
        ("ECS18b/MaximumDemandConfigurableTimePeriod.entries[*].switch_time", "manufacturers"),
        ("GCS21f/Normal response/Read Attributes Response/Frame control", "manufacturers"),
        ("GCS05/Command/PublishCalendar/Frame control", "DCC"),
        ("ECS61c/BoostFunctionEventLog.buffer.from_value", "DCC"),
        ("ECS37", "DCC"),
        ("ECS68", "manufacturers"),
        ("PECS02", "manufacturers"),
    ],
)
def test_directions_of_use_case_rows(directions: Directions, rows: Rows, subject: str, sender: str) -> None:
    assert directions.of(USE_CASES, subject, rows).senders == (sender,)


def test_a_row_that_may_stand_in_either_message_has_no_direction(directions: Directions, rows: Rows) -> None:
    reading = {
        name for name, group in rows.items() if any((s.attribute, s.value) == ("direction", "Read") for s in group)
    }
    bare = [
        name
        for name, group in rows.items()
        if name.partition("/")[0] in reading
        and any(s.attribute == "object" for s in group)
        and not any(s.attribute == "category" for s in group)
    ]
    assert len(bare) > 20
    assert not any(directions.of(USE_CASES, name, rows).known for name in bare)


def test_a_part_may_state_its_own(directions: Directions) -> None:
    catalogue = side(
        part(
            says("/Order", "sent-by", value="User systems"),
            says("/Order", "received-by", value="DCC, manufacturers"),
            says("/Order/Size", "permitted", "0..9"),
            spec="HOUSE",
        )
    )
    found = directions.of(Specification("HOUSE", "1.0", "schema"), "/Order/Size", rows_of(catalogue))
    assert (found.senders, found.receivers, found.names_carried) == (("User systems",), ("DCC", "manufacturers"), True)
    assert found.sentence == "Sent by User systems, received by DCC and manufacturers."
    assert not directions.of(Specification("HOUSE", "1.0", "schema"), "/Other", rows_of(catalogue)).known


def test_ancestors() -> None:
    assert list(ancestors("/A/B/C")) == ["/A/B", "/A"]
    assert list(ancestors("ECS37/Item")) == ["ECS37"]
    assert list(ancestors("ECS37")) == []
