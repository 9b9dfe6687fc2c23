"""What a change does to its own policy, and the policy that holds where that is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.model.waivers import Waiver
from gbcscheck.policy.changes import STRICTER, policy_changes
from gbcscheck.policy.configuration import LEVELS, Configuration

FILE = Path("gbcscheck.toml")
USUAL = {"V101": "error", "N105": "note"}
OLD = Configuration(FILE, ("specs",), "", "", {"V101": "error"}, (Waiver("agreed", "V101", "A", values=("9",)),))


def told(new: Configuration, old: Configuration = OLD) -> list[tuple[str, str, bool]]:
    return [(one.key, one.text, one.loosens) for one in policy_changes(old, new, USUAL)[0]]


def test_nothing_is_told_of_what_is_as_it_was() -> None:
    moved = replace(OLD, waivers=tuple(replace(one, line=99, reason="in other words") for one in OLD.waivers))
    assert told(moved) == []
    assert told(Configuration(), Configuration()) == []


@pytest.mark.parametrize(
    ("new", "line"),
    [
        (
            replace(OLD, waivers=(*OLD.waivers, Waiver("so", subject="B", expires=date(2027, 1, 31)))),
            ("waivers", "the waiver for B until 2027-01-31 is new: so", True),
        ),
        (
            replace(OLD, waivers=(replace(OLD.waivers[0], values=()),)),
            ("waivers", "the waiver for V101 A lets more pass than before: agreed", True),
        ),
        (
            replace(OLD, waivers=(replace(OLD.waivers[0], values=("9", "200")),)),
            ("waivers", "the waiver for V101 A lets more pass than before: agreed", True),
        ),
        (
            replace(OLD, waivers=(*OLD.waivers, *(Waiver("x", "N105", one, is_old=True) for one in "BCDEF"))),
            ("baseline", "5 entries of the baseline are new: N105 B, N105 C, N105 D and 2 more", True),
        ),
        (replace(OLD, severity={"V101": "note"}), ("severity", "the severity of V101 is note instead of error", True)),
        (
            replace(OLD, severity={"N105": "error"}),
            ("severity", "the severity of N105 is error instead of note", False),
        ),
        (
            replace(OLD, severity={**OLD.severity, "change/narrowed": "warning"}),
            ("severity", "the severity of change/narrowed is warning instead of error", True),
        ),
        (replace(OLD, exclude=("drafts/",)), ("exclude", '"drafts/" is excluded now', True)),
        (replace(OLD, fail_on="never"), ("fail-on", "fail-on is never now, and was not set", True)),
        (replace(OLD, fail_on="note"), ("fail-on", "fail-on is note now, and was not set", False)),
        (replace(OLD, release="current"), ("release", "the release is current now, and was not set", False)),
        (replace(OLD, paths=("specs/gbcs",)), ("paths", "specs is not among the paths any longer", True)),
        (replace(OLD, paths=()), ("paths", "the paths are not named any longer: specs", True)),
        (replace(OLD, strict_waivers=True), ("strict-waivers", "strict-waivers is on now", False)),
        (replace(OLD, require_bump=True), ("require-bump", "require-bump is on now", False)),
    ],
)
def test_each_change_of_the_policy_is_told(new: Configuration, line: tuple[str, str, bool]) -> None:
    assert told(new) == [line]
    changes, restricted = policy_changes(OLD, new, USUAL, refuse=True)
    assert [one.refused for one in changes] == [line[2] and line[0] != "paths"]
    if line[2] and line[0] != "paths":
        assert replace(restricted, paths=OLD.paths) == OLD
    else:
        assert restricted == new


@pytest.mark.parametrize("key", ["strict_waivers", "require_bump"])
def test_a_flag_that_is_taken_back_is_refused(key: str) -> None:
    changes, restricted = policy_changes(replace(OLD, **{key: True}), OLD, USUAL, refuse=True)
    assert [(one.loosens, one.refused) for one in changes] == [(True, True)]
    assert getattr(restricted, key) is True


def test_a_waiver_that_ends_later_is_refused_and_ends_as_it_did() -> None:
    old = replace(OLD, waivers=(replace(OLD.waivers[0], expires=date(2026, 1, 31)),))
    later = replace(OLD, waivers=(replace(OLD.waivers[0], expires=date(2030, 1, 31)),))
    assert [one[2] for one in told(later, old)] == [True]
    assert policy_changes(old, later, USUAL, refuse=True)[1].waivers == old.waivers
    assert told(old, later) == []


def test_what_loosens_comes_first() -> None:
    new = replace(OLD, release="current", fail_on="never", severity={"N105": "error"})
    assert [one[2] for one in told(new)] == [True, False, False]


def test_a_path_that_is_gone_is_no_narrower_policy() -> None:
    moved = replace(OLD, paths=("documents",))
    assert policy_changes(OLD, moved, USUAL, is_there=lambda path: False)[0] == ()
    assert len(policy_changes(OLD, moved, USUAL, is_there=lambda path: True)[0]) == 1


def test_every_level_has_its_place_in_the_order() -> None:
    assert sorted(STRICTER) == sorted(LEVELS)


WAIVERS = st.lists(
    st.builds(
        Waiver,
        st.just("x"),
        st.sampled_from(["V101", "N105"]),
        st.sampled_from(["A", "B"]),
        expires=st.sampled_from([None, date(2027, 1, 1), date(2028, 1, 1)]),
        values=st.sampled_from([(), ("9",), ("9", "200")]),
    ),
    max_size=3,
).map(tuple)
POLICIES = st.builds(
    Configuration,
    st.just(FILE),
    fail_on=st.sampled_from(["", *LEVELS]),
    severity=st.dictionaries(st.sampled_from(list(USUAL)), st.sampled_from(["error", "warning", "note"])),
    waivers=WAIVERS,
    exclude=st.lists(st.sampled_from(["a/", "b/"]), unique=True).map(tuple),
    strict_waivers=st.booleans(),
)


@given(POLICIES, POLICIES)
def test_what_is_in_force_after_a_refusal_loosens_nothing(old: Configuration, new: Configuration) -> None:
    restricted = policy_changes(old, new, USUAL, refuse=True)[1]
    assert not any(one.loosens for one in policy_changes(old, restricted, USUAL)[0])
