"""Conflicts that a change brings, ends and leaves."""

from __future__ import annotations

from pathlib import Path

import pytest
from compare_parts import conflicts_across, part, says, side

from gbcscheck.facts.extract_file import Extract
from gbcscheck.inputs.cache import Cache
from gbcscheck.model import Finding
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.reading import Reader
from gbcscheck.release.releases import load_release
from gbcscheck.rules import RULES, base


def table(*defaults: tuple[str, str], version: str = "1.0", path: str = "a.json") -> Extract:
    return part(
        *(says(f"{item}.value", "default", domain) for item, domain in defaults),
        spec="GBCS",
        name="Table 9",
        version=version,
        path=path,
    )


def use_case(*items: str) -> Extract:
    rows = [says("U1", "direction", value="Update")]
    for item in items:
        rows += [says(f"U1/{item}.value", "type", "0..255"), says(f"U1/{item}.value", "constant", "30")]
    return part(*rows, spec="GBCS", name="use cases")


def contradictions(found: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(one.status, one.subject) for one in found if one.rule == "V101"]


def test_new_remaining_and_fixed() -> None:
    old = side(use_case("A", "B", "C"), table(("A", "15"), ("B", "15"), ("C", "30")))
    new = side(use_case("A", "B", "C"), table(("A", "15"), ("B", "30"), ("C", "15")))
    found = contradictions(conflicts_across(old, new, RULES))
    assert found == [("new", "C.value"), ("remaining", "A.value"), ("fixed", "B.value")]


def test_a_file_that_moves_and_a_new_version_leave_every_conflict_as_it_was() -> None:
    old = side(use_case("A"), table(("A", "15")))
    new = side(use_case("A"), table(("A", "15"), version="2.0", path="elsewhere/b.json"))
    assert contradictions(conflicts_across(old, new, RULES)) == [("remaining", "A.value")]


def others(found: tuple[Finding, ...]) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return [(one.status, one.was, one.values) for one in found if one.rule == "V101"]


def test_a_conflict_that_remains_with_other_values_has_those_of_before_too() -> None:
    old, new = (side(use_case("A"), table(("A", one))) for one in ("9", "200"))
    assert others(conflicts_across(old, new, RULES)) == [("remaining", ("9 / 30",), ("200 / 30",))]
    assert others(conflicts_across(new, new, RULES)) == [("remaining", (), ("200 / 30",))]


def test_a_list_that_lacks_fewer_members_has_no_other_values() -> None:
    def lists(*roles: str) -> Catalogue:
        first = part(says("1.1", "roles", " | ".join(f'"{one}"' for one in ("IS", *roles))), name="service requests")
        return side(first, part(says("1.1", "roles", '"IS"'), spec="SEC", name="appendix"))

    two, one, another = lists("ED", "GS"), lists("ED"), lists("GT")

    def told(old: Catalogue, new: Catalogue) -> list[tuple[str, tuple[str, ...]]]:
        return [(found.status, found.was) for found in conflicts_across(old, new, RULES) if found.rule == "S101"]

    assert told(two, one) == [("remaining", ())]
    assert [bool(was) for _, was in told(one, two)] == [True]
    assert [bool(was) for _, was in told(one, another)] == [True]


def test_without_a_base_everything_is_new() -> None:
    found = conflicts_across(side(), side(use_case("A"), table(("A", "15"))), RULES)
    assert {one.status for one in found} == {"new"}


def test_one_fault_is_one_conflict_whichever_rules_see_it() -> None:
    old, new = side(use_case("A"), table(("A", "30"))), side(use_case("A"), table(("A", "15")))
    for before, after, status in ((old, new, "new"), (new, old, "fixed"), (new, new, "remaining")):
        (found,) = (one for one in conflicts_across(before, after, RULES) if one.rule in ("V101", "P101"))
        assert (found.rule, found.status) == ("V101", status)
        assert [(one.rule, one.status) for one in found.seen_as] == [("P101", status)]


def test_findings_of_one_cause_are_told_apart_by_their_status() -> None:
    one, other = (
        Finding("X101", "error", name, "m", (), root=("type T",), status=status)
        for name, status in (("A", "new"), ("B", "remaining"))
    )
    assert base.merged([one, other]) == [one, other]
    again = base.merged([one, Finding("X101", "error", "C", "m", (), root=("type T",), status="new")])
    assert [(found.subject, found.also) for found in again] == [("A", ("C",))]


def test_what_is_kept_of_the_findings_is_what_was_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = Catalogue.of(load_release("before-mp131"))
    cold = conflicts_across(side(), catalogue, RULES, Reader(Cache(tmp_path)))
    assert cold == conflicts_across(side(), catalogue, RULES)
    monkeypatch.setattr("gbcscheck.comparison.conflicts.single_findings", lambda *_: pytest.fail("looked again"))
    assert conflicts_across(side(), catalogue, RULES, Reader(Cache(tmp_path))) == cold


def test_other_rules_and_other_statements_are_looked_at_again(tmp_path: Path) -> None:
    reader, old = Reader(Cache(tmp_path)), side(use_case("A"), table(("A", "15")))
    assert contradictions(conflicts_across(side(), old, RULES, reader))
    assert not contradictions(conflicts_across(side(), old, RULES[:0], reader))
    assert not contradictions(conflicts_across(side(), side(use_case("A"), table(("A", "30"))), RULES, reader))


def test_extracts_are_kept_for_as_long_as_a_key_names_them_by_identity() -> None:
    reader, judged = Reader(Cache(None)), side(use_case("A"), table(("A", "15")))
    conflicts_across(side(), judged, RULES, reader)  # without a cache, rows are named by their place in memory
    assert judged.release.extracts in [extracts for extracts, _ in reader.findings.values()]
