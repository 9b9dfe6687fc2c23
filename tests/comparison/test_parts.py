"""Versions of a part beside each other: which is compared with which, and what is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from compare_parts import REQUEST, changes, changes_between, part, says, side
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.comparison.parts import version_matches
from gbcscheck.facts.directions import Directions
from gbcscheck.facts.extract_file import Extract
from gbcscheck.model import EVERYBODY, Change, Specification
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.releases import load_paths


def matched(old: str, new: str) -> list[str]:
    """Which versions are compared, as ``5.4 > 5.5``; ``+5.5`` has nothing before it, ``-5.4`` is lost, ``~5.4`` is
    retired, and ``5.4 | 5.5`` stand beside each other."""
    olds, news = ([Specification("DUIS", version, "schema") for version in text.split()] for text in (old, new))
    words = []
    for match in version_matches(olds, news):
        before, after = (spec.version if spec else "" for spec in (match.before, match.after))
        if before and after:
            words.append(f"{before} {'|' if match.beside else '>'} {after}")
        else:
            words.append(f"+{after}" if after else f"{'~' if match.retired else '-'}{before}")
    return words


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("5.4", "5.4", ["5.4 > 5.4"]),
        ("5.4", "5.5", ["5.4 > 5.5"]),
        ("5.5", "5.4", ["5.5 > 5.4"]),
        ("5.4", "5.4 5.5", ["5.4 > 5.4", "5.4 | 5.5"]),
        ("5.4 5.5", "5.5", ["5.5 > 5.5", "~5.4"]),
        ("5.4 5.5", "5.4", ["5.4 > 5.4", "-5.5"]),
        ("5.3 5.4", "5.4 5.5", ["5.4 > 5.4", "5.4 | 5.5", "~5.3"]),
        ("5.3 5.4", "5.5", ["5.4 > 5.5", "~5.3"]),
        ("5.3", "5.4 5.5", ["5.3 > 5.4", "5.4 | 5.5"]),
        ("5.1 5.3", "5.1 5.4", ["5.1 > 5.1", "5.3 > 5.4"]),
        ("5.4", "5.3 5.4", ["+5.3", "5.4 > 5.4"]),
        ("5.5", "5.3 5.4", ["+5.3", "5.3 | 5.4", "-5.5"]),
        ("4.9", "4.9 4.10", ["4.9 > 4.9", "4.9 | 4.10"]),
        ("4.10", "4.10 4.9", ["4.10 > 4.10", "+4.9"]),
        ("5.3", "5.3 5.3a", ["5.3 > 5.3", "5.3 | 5.3a"]),
        ("v5.4", "5.4", ["v5.4 > 5.4"]),
        ("5.4", "5.4.0 5.5", ["5.4 > 5.4.0", "5.4.0 | 5.5"]),
        ("", "5.3 5.4", ["+5.3", "5.3 | 5.4"]),
        ("5.3 5.4", "", ["-5.3", "-5.4"]),
        ("unstated", "4.0", ["unstated > 4.0"]),
        ("draft", "final", ["draft > final"]),
        ("A", "A B", ["A > A", "+B"]),
        ("A B", "B", ["B > B", "-A"]),
        ("5.4 draft", "5.4 5.5", ["5.4 > 5.4", "5.4 | 5.5", "-draft"]),
        ("5.4 unstated", "5.4 last", ["5.4 > 5.4", "unstated > last"]),
    ],
)
def test_which_version_is_compared_with_which(old: str, new: str, expected: list[str]) -> None:
    assert matched(old, new) == expected
    assert sorted(matched(" ".join(reversed(old.split())), " ".join(reversed(new.split())))) == sorted(expected)


@given(
    *[st.lists(st.sampled_from(["5.3", "5.3a", "5.3.1", "5.4", "v5.4", "5.5 draft 1", "5.5", "A", "B"]), unique=True)]
    * 2
)
def test_every_version_of_both_sides_is_accounted_for(old: list[str], new: list[str]) -> None:
    olds, news = ([Specification("DUIS", version, "schema") for version in side] for side in (old, new))
    matches = version_matches(olds, news)
    assert sorted(match.after.version for match in matches if match.after) == sorted(new)
    assert {match.before for match in matches if match.before and not match.beside} == set(olds)
    assert all(match.before in news for match in matches if match.beside)
    assert {match.before for match in matches if match.retired} <= {
        match.before for match in matches if not match.after
    }


def test_a_draft_is_before_what_it_is_a_draft_of() -> None:
    olds = [Specification("GBCS", version) for version in ("4.2", "v4.3 draft 2")]
    (same, match) = version_matches(olds, [olds[0], Specification("GBCS", "4.3")])
    assert (same.before, match.before, match.beside) == (olds[0], olds[1], False)


# --- what is told ----------------------------------------------------------------------------------------------------


def at(version: str, domain: str, *others: str) -> Extract:
    rows = [says(REQUEST, "permitted", domain), says("/Request", "occurs", "1")]
    return part(*rows, *(says(name, "occurs", "1") for name in others), version=version, path=f"{version}.json")


def between(old: list[Extract], new: list[Extract]) -> list[Change]:
    return list(changes_between(side(*old), side(*new), Directions.shipped()))


def test_a_new_version_beside_the_old_is_compared_with_it() -> None:
    (found,) = between([at("5.4", "0..9")], [at("5.4", "0..9"), at("5.5", "0..8")])
    assert (found.change, found.verdict, found.witness, found.versions) == ("narrowed", "breaking", "9", ("5.4", "5.5"))
    assert between([at("5.4", "0..9")], [at("5.4", "0..9"), at("5.5", "0..9")]) == []


def test_of_the_published_schema_one_narrowed_bound_beside_it_is_one_change(specs: Path, tmp_path: Path) -> None:
    text = (specs / "duis/5.4/schema.json").read_text(encoding="utf-8")
    document = json.loads(text)
    row = next(one for one in document["statements"] if one.get("domain") == "0..4294967295")
    row["domain"] = "0..4294967294"
    (tmp_path / "5.5.json").write_text(json.dumps({**document, "version": "5.5"}), encoding="utf-8")
    old = Catalogue.of(load_paths([specs / "duis/5.4"]))
    new = Catalogue.of(load_paths([specs / "duis/5.4", tmp_path]))
    (found,) = changes_between(old, new, Directions.shipped())
    assert (found.change, found.verdict, found.versions) == ("narrowed", "breaking", ("5.4", "5.5"))


def test_what_changes_in_the_old_and_in_the_new_version_is_told_of_each_once() -> None:
    found = between([at("5.4", "0..9")], [at("5.4", "0..8"), at("5.5", "0..7")])
    assert [(one.versions, one.witness) for one in found] == [(("5.4", "5.4"), "9"), (("5.4", "5.5"), "8")]
    (both,) = between([at("5.4", "0..9")], [at("5.4", "0..8"), at("5.5", "0..8")])
    assert both.versions == ("5.4", "5.4")


def test_retiring_an_older_version_breaks_nobody_as_long_as_a_newer_one_stands() -> None:
    (found,) = between([at("5.4", "0..9"), at("5.5", "0..8")], [at("5.5", "0..8")])
    assert (found.change, found.verdict, found.parties) == ("removed", "compatible", ())
    assert found.reason.startswith("The whole of DUIS 5.4 schema is gone. A later version stands: 5.5.")
    found, retired = between([at("5.3", "0..9"), at("5.4", "0..9")], [at("5.5", "0..8")])
    assert (found.versions, retired.verdict, retired.versions) == (("5.4", "5.5"), "compatible", ("5.3", ""))


def test_losing_the_newest_version_is_breaking() -> None:
    (found,) = between([at("5.4", "0..9"), at("5.5", "0..8")], [at("5.4", "0..9")])
    assert (found.verdict, found.parties) == ("breaking", ("DCC", "User systems"))
    assert "What stands of it is earlier: 5.4." in found.reason


def test_versions_without_an_order_are_told_and_not_compared() -> None:
    (added,) = between([at("A", "0..9")], [at("A", "0..9"), at("B", "0..8")])
    assert (added.change, added.verdict) == ("added", "compatible")
    assert "It has no order with A, and is compared with none of these." in added.reason
    (gone,) = between([at("A", "0..9"), at("B", "0..8")], [at("B", "0..8")])
    assert gone.verdict == "breaking"
    assert "Whether what stands of it (B) is later cannot be told." in gone.reason


def test_a_lost_part_of_which_nobody_knows_who_is_told_by_it_is_breaking_all_the_same() -> None:
    (found,) = changes(part(says("Order", "permitted", "0..9"), spec="HOUSE"), None)
    assert (found.change, found.verdict, found.parties) == ("removed", "breaking", (EVERYBODY,))


def test_a_part_that_states_nothing_any_more_is_lost() -> None:
    (found,) = changes(at("1.0", "0..9"), part())
    assert (found.verdict, found.reason.startswith("DUIS 1.0 schema states nothing any more.")) == ("breaking", True)


def test_a_part_under_another_name_that_says_the_same_is_not_lost() -> None:
    old = part(says("X.value", "default", "1"), spec="GBCS", name="Table 9", path="table-9.json")
    new = part(says("X.value", "default", "1"), spec="GBCS", name="Table 10", path="table-10.json")
    (found,) = changes(old, new)
    assert (found.change, found.verdict, found.subject, found.witness) == (
        "renamed",
        "neutral",
        "GBCS Table 9",
        "GBCS Table 10",
    )
    other = part(says("X.value", "default", "2"), spec="GBCS", name="Table 10")
    assert [one.change for one in changes(old, other)] == ["removed", "added"]
    twice = between([old], [new, part(says("X.value", "default", "1"), spec="GBCS", name="Table 11")])
    assert sorted(one.change for one in twice) == ["added", "added", "removed"]


@pytest.mark.parametrize(("old", "new", "falls"), [("5.5", "5.4", True), ("5.4", "5.5", False), ("A", "B", False)])
def test_a_version_that_falls_is_told_whatever_else_has_changed(old: str, new: str, falls: bool) -> None:
    for domain in ("0..9", "0..8"):
        found = [one for one in between([at(old, "0..9")], [at(new, domain)]) if one.change == "version"]
        assert [(one.subject, one.verdict) for one in found] == [("DUIS schema", "unknown")] * falls
        if found:
            assert "falls from 5.5 to 5.4" in found[0].reason
            assert found[0].new is not None
            assert (found[0].new.value, str(found[0].new.place)) == ("5.4", "5.4.json")
