"""The proposal for MP131: its own three values, from what the release before it says; and who is right."""

from __future__ import annotations

import pytest

from gbcscheck.model import Finding
from gbcscheck.model.repairs import CONFIDENCES, Repairs
from gbcscheck.proposals import Authority, propose
from gbcscheck.proposals.replacing import Bench
from gbcscheck.release.releases import Release, load_release
from gbcscheck.rules import RULES, check

BEFORE, AFTER = "before-mp131", "after-mp131"
TABLE = ("GBCS", "Table 28d")
FEW = tuple(one for one in RULES if one.code in ("V101", "P101", "V103", "V104", "N103", "N121"))
"""Those that a default or a constant can break, for what needs no whole check."""


@pytest.fixture(scope="module")
def before() -> Release:
    return load_release(BEFORE)


@pytest.fixture(scope="module")
def defaults(before: Release) -> list[Finding]:
    """What is found of the defaults of the table."""
    return [one for one in check(Bench([before]).catalogues[0], FEW) if one.rule in ("V101", "P101")]


@pytest.fixture(scope="module")
def proposal(before: Release, defaults: list[Finding]) -> Repairs:
    return propose([before], RULES, defaults, Authority())


def _table_of(release: str) -> dict[str, str]:
    extracts = load_release(release).extracts
    rows = next(one.rows for one in extracts if one.specification[::2] == TABLE)
    return {row.subject: str(row.domain) for row in rows if row.attribute == "default"}


def _seven_bits(text: str) -> str:
    """Week days as the extract has them: without the bit that fills the octet."""
    return text[:9] if text.startswith("0b") else text


def test_the_values_of_mp131_are_proposed(proposal: Repairs, defaults: list[Finding]) -> None:
    after = _table_of(AFTER)
    assert len(defaults) == len(after) == 3
    assert {edit.statement.subject: _seven_bits(edit.new) for edit in proposal.edits} == after
    assert {edit.statement.specification[::2] for edit in proposal.edits} == {TABLE}
    assert {edit.confidence for edit in proposal.edits} == {CONFIDENCES[0]}
    assert set(proposal.settled) == set(defaults)
    assert (proposal.choices, proposal.unsettled) == ((), ())


def test_each_edit_says_who_says_so_already(proposal: Repairs) -> None:
    for edit in proposal.edits:
        assert {one.attribute for one in edit.supports} == {"constant"}
        assert {one.specification.part for one in edit.supports} == {"use cases"}
        assert edit.old == edit.statement.written
        assert edit.settles
        assert "manufacturers" in edit.parties


def test_no_later_version_is_asked(proposal: Repairs) -> None:
    assert {one.specification.version for edit in proposal.edits for one in edit.supports} == {"3.1"}


def test_who_is_named_first_is_not_edited(before: Release, defaults: list[Finding]) -> None:
    known = [extract.specification for extract in before.extracts]
    chosen = [one for one in defaults if one.subject.endswith("end_date")]
    found = propose([before], FEW, chosen, Authority.of(["Table 28d"], known, frozenset()))
    assert {edit.statement.specification.part for edit in found.edits} == {"use cases"}
    assert len(found.edits) == 2, "both use cases fix it, and one alone would not do"
    assert all("FEFF" in edit.new and edit.new.startswith("||") for edit in found.edits)


def test_nothing_to_settle_is_no_proposal(before: Release) -> None:
    found = propose([before], RULES, [], Authority())
    assert (found.edits, found.settled, found.choices, found.unsettled) == ((), (), (), ())


def test_two_sides_with_nobody_else_to_ask_are_a_choice(before: Release) -> None:
    found = check(Bench([before]).catalogues[0], FEW)
    (chosen,) = (one for one in found if one.rule == "V104" and one.subject.startswith("GCS44/"))
    proposed = propose([before], FEW, [chosen], Authority())
    assert proposed.edits == ()
    (choice,) = proposed.choices
    assert choice.finding == chosen
    assert len(choice.options) == 2
    places = [{edit.statement.source for edit in option.edits} for option in choice.options]
    assert places[0] != places[1]
