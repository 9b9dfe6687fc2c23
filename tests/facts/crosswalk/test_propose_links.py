"""The script that proposes links: by words, service references, and what is linked already."""

from __future__ import annotations

import pytest
from propose_links import Proposer, alike, measured, proposed, words_of

from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.releases import load_release


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.of(load_release(None))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("TariffTOURegisterMatrixValue", "matrix register tariff tou"),
        ("DebtRecoveryRates[1].amountNext", "1 amount debt next rate recovery"),
        ("RMSExtremeOverVoltageThreshold", "extreme over rm threshold voltage"),
        ("Value", ""),
    ],
)
def test_the_words_of_a_name(name: str, words: str) -> None:
    assert " ".join(sorted(words_of(name))) == words


def test_how_alike_two_names_are() -> None:
    assert alike(words_of("MeterBalance"), words_of("meter_balance")) == 1
    assert alike(words_of("MeterBalance"), words_of("Meter")) == pytest.approx(2 / 3)
    assert alike(frozenset(), words_of("Meter")) == 0


def test_the_service_reference_of_a_response(catalogue: Catalogue) -> None:
    assert Proposer(catalogue).references("ReadInstantaneousExportRegistersRsp") == ["4.2"]


@pytest.mark.parametrize(
    ("pattern", "row"),
    [
        ("*/SetRandomisedOffsetLimit/RandomisedOffsetLimit", "ECS38/RandomisedOffsetLimit.value"),
        ("*/ReadMeterBalanceRsp/Gas/MeterBalancePrepaymentMode", "GCS60/MeterBalance.valuePrepaymentMode"),
        ("*/ReadLoadLimitDataRsp/LoadLimitCounterValue", "ECS27/LoadLimitCounter.value"),
    ],
)
def test_the_first_candidate(catalogue: Catalogue, pattern: str, row: str) -> None:
    ((_, candidates),) = proposed(catalogue, [pattern])
    assert candidates[0].row == row
    assert candidates[0].why


def test_most_of_what_was_decided_is_among_the_candidates(catalogue: Catalogue) -> None:
    ranks = measured(catalogue, proposed(catalogue, ["*/Read*Rsp/*"]))
    assert ranks["first"] + ranks["among five"] > 0.7 * ranks.total()


def test_without_a_pattern_only_what_nobody_has_decided_is_told(catalogue: Catalogue) -> None:
    assert {leaf.state for leaf, _ in proposed(catalogue, ())} <= {"missing"}
