"""Links of gas, with lists, parts and keys: a wrong one is found out by comparing the corpus's pairs with it."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from crosswalk_shipped import LINKS

from gbcscheck.device.context import Choices, Context, load_context
from gbcscheck.device.files import Argument
from gbcscheck.device.judge import judge_file
from gbcscheck.device.pairs.proving import prove_pair
from gbcscheck.facts.crosswalk import Link, LinkEnd
from gbcscheck.release.catalogue import Catalogue

TARIFF = "GCS01a_1.1.1_FUTURE_DATED_BLOCK_SUCCESS"
CALENDAR = "GCS05_2.1_IMMEDIATE_SUCCESS"


@pytest.fixture(scope="module")
def context() -> Context:
    return load_context(Choices())


def link_of(item: str, pair: str) -> Link:
    """The link of an item for the service request and the use case of a pair."""
    use_case, service_request, *_ = pair.split("_")
    (found,) = (
        link
        for link in LINKS
        if (link.item, link.service_request) == (item, service_request)
        and any(end.subject.startswith(f"{use_case}/") for end in link.all_ends_of("gbz"))
    )
    return found


def states(link: Link, pair: str, context: Context, corpus: Path) -> set[str]:
    """What a pair shows of the values of its request, if this were the only link."""
    release = context.catalogue.release
    alone = dataclasses.replace(release.crosswalk, links=(link,), unlinked=())
    catalogue = Catalogue.of(dataclasses.replace(release, crosswalk=alone))
    paths = (
        corpus / "duis-requests" / f"{pair}_REQUEST_DUIS.XML",
        next(corpus.glob(f"rtds/*/{pair}_COMMAND_GBCS.HEX")),
    )
    (request,), (command,) = (judge_file(Argument(str(path)), context) for path in paths)
    return {told.state for told in prove_pair(catalogue, request, command).values} - {"missing"}


@pytest.mark.parametrize(
    ("item", "pair", "change"),
    [
        ("StandingCharge.amountCurrent", TARIFF, {"conversion": "scale 10"}),
        ("StandingCharge.activateDateTime", TARIFF, {"subject": "/Request/Body/UpdateImportTariffPrimaryElement"}),
        ("TariffSwitchingTable.seasons.startDate.month", TARIFF, {"conversion": "plus 1"}),
        ("TariffThresholdMatrix[1..3].thresholdCurrent", TARIFF, {"key": ("@index: plus 1",)}),
        ("CurrencyUnit.valueCurrent", TARIFF, {"conversion": "map GBP=978, ECB=826"}),
        ("SuspendDebtEmergency.value", "GCS03_1.6_IMMEDIATE_SUCCESS", {"conversion": "map true=1, false=0"}),
        ("Non-DisablementCalendar.dayIdentifiers.actions", CALENDAR, {"conversion": "map START=0, STOP=1"}),
        ("Non-DisablementCalendar.Saturday", CALENDAR, {"where": "@index = 1"}),
        ("BillingCalendar.periodicity", "GCS25_6.8_SUCCESS", {"conversion": "map Daily=1, Weekly=2, Monthly=4"}),
    ],
)
def test_a_wrong_request_end_is_found_out(
    item: str, pair: str, change: dict[str, str], context: Context, corpus: Path
) -> None:
    right = link_of(item, pair)
    assert states(right, pair, context, corpus) & {"equal", "weak", "different"} in ({"equal"}, {"weak"})
    first, *others = right.all_ends_of("request")
    link_ends = (first._replace(**change), *others, *right.all_ends_of("command", "gbz"))  # type: ignore[arg-type]
    wrong = states(dataclasses.replace(right, ends=link_ends), pair, context, corpus)
    assert "different" in wrong or not wrong & {"equal", "weak"}


@pytest.mark.parametrize(("part", "other"), [("month", "day of month"), ("week ID", "year")])
def test_a_wrong_part_of_an_entry_is_found_out(part: str, other: str, context: Context, corpus: Path) -> None:
    item = "WeekIdentifier" if part == "week ID" else f"startDate.{part}"
    right = link_of(f"Non-DisablementCalendar.seasons.{item}", CALENDAR)
    row = right.all_ends_of("gbz")[0].subject
    assert row.endswith(part)
    link_ends = (*right.all_ends_of("request"), LinkEnd("gbz", row.removesuffix(part) + other))
    assert states(dataclasses.replace(right, ends=link_ends), CALENDAR, context, corpus) == {"different"}


def test_the_thresholds_of_a_tariff_without_blocks_have_no_place_in_its_command(context: Context, corpus: Path) -> None:
    pair = "GCS01a_1.1.1_IMMEDIATE_TOU_SUCCESS"
    link = link_of("TariffThresholdMatrix[1..3].thresholdCurrent", pair)
    assert states(link, pair, context, corpus) == {"absent"}
