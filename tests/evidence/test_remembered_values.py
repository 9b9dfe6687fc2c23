"""The values that a waiver remembers: other values are told apart, other notations, places and versions are not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.evidence.conflict_values import MOST, bounded, value_of, values_of, values_of_change
from gbcscheck.model import Change, Finding, Specification, Statement
from gbcscheck.model.remembered import covers, in_words
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.releases import Release, load_release
from gbcscheck.rules import check
from gbcscheck.rules.base import merged

TABLE = Specification("GBCS", "1", "Table 9")
DEFAULT = Statement("Interval.value", "default", TABLE, "published", "row 1", "t.xlsx", "T!D7", domain="9")
CONSTANT = Statement(
    "ECS99/Interval.value", "constant", Specification("GBCS", "1", "use cases"), "published", "", "u.json", "", "30"
)
FOUND = Finding("V101", "error", "Interval.value", "it clashes", (DEFAULT, CONSTANT))


def value_with(statement: Statement, **changes: object) -> str:
    members = {**statement._asdict(), **changes}
    return value_of(Statement(**members))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"domain": "0xfe"}, {"domain": "0xFE"}),
        ({"domain": "0..1799 s"}, {"domain": " 0..900 s|901..1799 s "}),
        ({"domain": '"b" | "a"'}, {"domain": '"a"|"b"'}),
        ({"domain": None, "value": "0x8f35"}, {"domain": None, "value": "0x8F35"}),
        ({"domain": None, "value": "Set  the\n interval"}, {"domain": None, "value": "Set the interval"}),
        ({"text": "||0x09"}, {"text": "nine"}),
        ({"path": "b.csv", "source": "line 7", "clause": "row 2"}, {}),
        ({"specification": TABLE._replace(version="99")}, {}),
    ],
)
def test_another_notation_place_or_version_is_the_same_value(one: dict[str, object], other: dict[str, object]) -> None:
    assert value_with(DEFAULT, **one) == value_with(DEFAULT, **other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"domain": "9"}, {"domain": "200"}),
        ({"domain": "0..9"}, {"domain": "0..9 s"}),
        ({"domain": '"a"'}, {"domain": '"A"'}),
        ({"domain": None, "value": "a"}, {"domain": None, "value": "A"}),
        ({"domain": None, "value": None, "text": "cannot be read"}, {"domain": None, "value": None, "text": "either"}),
    ],
)
def test_another_value_is_another_value(one: dict[str, object], other: dict[str, object]) -> None:
    assert value_with(DEFAULT, **one) != value_with(DEFAULT, **other)


def test_a_long_value_is_known_by_its_beginning_and_all_of_it() -> None:
    members = [f'"member {number:03}"' for number in range(100)]
    one, other = (value_with(DEFAULT, domain=" | ".join(some)) for some in (members, members[:-1]))
    assert one != other
    assert one.startswith('"member 000" | "member 001"')
    assert max(len(one), len(other)) < 130


@given(st.permutations([DEFAULT, CONSTANT, CONSTANT._replace(attribute="type", domain="0..255")]))
def test_the_order_of_statements_means_nothing(statements: list[Statement]) -> None:
    assert values_of(replace(FOUND, statements=tuple(statements))) == ("9 / 30 / 0..255",)


def test_two_statements_that_change_their_values_are_other_values() -> None:
    swapped = replace(FOUND, statements=(DEFAULT._replace(domain="30"), CONSTANT._replace(domain="9")))
    assert values_of(swapped) != values_of(FOUND)


def test_statements_that_stand_for_others_are_no_values() -> None:
    first = replace(FOUND, exemplary=True)
    assert values_of(first) == ()
    assert values_of(replace(first, differing=("b", "a", "b"))) == ("a", "b")


def test_a_change_is_what_became_of_what() -> None:
    change = Change("narrowed", "breaking", ("DCC",), "X", "permitted", DEFAULT, DEFAULT._replace(domain="0x0E"))
    assert values_of_change(change) == ("9 -> 0x0E",)
    assert values_of_change(replace(change, old=None)) == ("nothing -> 0x0E",)


@given(st.lists(st.text(max_size=8)), st.lists(st.text(max_size=8)))
def test_what_is_remembered_covers_itself_and_less_and_nothing_more(remembered: list[str], found: list[str]) -> None:
    assert covers(remembered, remembered)
    assert covers([*remembered, *found], remembered)
    plain = {" ".join(one.split()) for one in remembered}
    assert covers(remembered, found) == all(" ".join(one.split()) in plain for one in found)


def test_too_many_values_are_one_number_and_a_hash() -> None:
    many = [f"value {number}" for number in range(2000)]
    (one,), (other,) = bounded(many), bounded([*many[:-1], "value x"])
    assert one.startswith("2,000 values, sha256 ")
    assert one != other
    assert sum(map(len, bounded(many[:100]))) <= MOST


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (["9 / 30"], ["200 / 30"], "9 → 200"),
        (["9 / 30"], ["200 / 31"], "9 → 200, 30 → 31"),
        (["9 / 30"], ["9"], "9 / 30 → 9"),
        (["a"], ["a", "b"], "a → b"),
        (["9 -> 8"], ["9 -> 7"], "9 -> 8, now 9 -> 7"),
        (["a", "b", "c", "d", "e"], ["x"], "a, b, c and 2 more → x"),
    ],
)
def test_what_differs_is_told(before: list[str], now: list[str], words: str) -> None:
    assert in_words(before, now) == words


def test_a_finding_has_the_values_of_all_that_were_merged_into_it() -> None:
    one = replace(FOUND, root=("cause",))
    other = replace(one, subject="Other.value", statements=(DEFAULT._replace(domain="11"), CONSTANT))
    (found,) = merged([replace(finding, values=values_of(finding)) for finding in (one, other)])
    assert found.values == ("11 / 30", "9 / 30")
    assert found.also == ("Other.value",)


def values_by_fingerprint(release: Release) -> dict[str, tuple[str, ...]]:
    return {finding.fingerprint: finding.values for finding in check(Catalogue.of(release))}


def _elsewhere(source: str) -> str:
    """Another place of the same sheet, or another line."""
    sheet, mark, _ = source.partition("!")
    return f"{sheet}!ZZ9" if mark else source and "line 9"


def test_rows_that_move_change_no_value_of_what_ships() -> None:
    release = load_release("before-mp131")
    known = values_by_fingerprint(release)
    moved = [
        replace(
            extract,
            path=f"moved/{extract.path}",
            rows=tuple(row._replace(source=_elsewhere(row.source)) for row in extract.rows),
        )
        for extract in release.extracts
    ]
    assert values_by_fingerprint(replace(release, extracts=tuple(reversed(moved)))) == known
    assert any(values for values in known.values())
