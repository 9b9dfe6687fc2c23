"""The table of verdicts, cell by cell."""

from __future__ import annotations

import pytest

from gbcscheck.comparison.verdicts import HURTS, NEUTRAL, as_seen_by, judged, lost_part, verdict
from gbcscheck.facts.directions import Direction
from gbcscheck.model import CHANGES, EVERYBODY, VERDICTS, Change

KNOWN = Direction(("User systems",), ("DCC",))
NOBODY = Direction()

CELLS = [
    ("added, mandatory", "User systems, DCC"),
    ("added, optional", "DCC"),
    ("removed, mandatory", "User systems, DCC"),
    ("removed, optional", "User systems"),
    ("narrowed", "User systems"),
    ("widened", "DCC"),
    ("moved", "User systems, DCC"),
    ("retyped", "User systems, DCC"),
    ("unit", "User systems, DCC"),
    ("default", "User systems, DCC"),
    ("became mandatory", "User systems"),
    ("became optional", "DCC"),
    ("carried otherwise", "User systems, DCC"),
    ("renamed, and carried", "User systems, DCC"),
    ("renamed", ""),
    ("described otherwise", ""),
    ("permits the same", ""),
    ("new part", ""),
    ("retired part", ""),
]


@pytest.mark.parametrize(("kind", "hurt"), CELLS)
def test_whom_a_change_hurts(kind: str, hurt: str) -> None:
    found = verdict(kind, KNOWN)
    assert ", ".join(found.parties) == hurt
    expected = "neutral" if kind in NEUTRAL else "breaking" if hurt else "compatible"
    assert found.verdict == expected
    assert found.verdict in VERDICTS


@pytest.mark.parametrize(("kind", "hurt"), CELLS)
def test_without_a_direction_nothing_is_guessed(kind: str, hurt: str) -> None:
    found = verdict(kind, NOBODY)
    assert found.parties == ()
    assert found.verdict == ("unknown" if hurt else verdict(kind, KNOWN).verdict)
    if hurt:
        assert "not known here" in found.reason


def test_every_cell_is_tested() -> None:
    assert [kind for kind, _ in CELLS] == list(HURTS)
    assert {"narrowed", "widened", "moved", "retyped", "unit", "default", "renamed"} <= set(HURTS) & set(CHANGES)


def test_one_side_that_is_not_known_leaves_only_its_own_harm_open() -> None:
    maker = Direction((), ("manufacturers",))
    assert verdict("widened", maker).parties == ("manufacturers",)
    assert verdict("narrowed", maker).verdict == "unknown"
    assert verdict("moved", maker).parties == ("manufacturers",)


@pytest.mark.parametrize(
    ("lost", "gained", "expected"),
    [
        (False, False, ("compatible", ())),
        (None, False, ("unknown", ())),
        (False, None, ("unknown", ())),
        (True, None, ("breaking", ("User systems",))),
        (None, True, ("breaking", ("DCC",))),
    ],
)
def test_what_cannot_be_told_is_unknown_unless_the_rest_hurts_already(
    lost: bool | None, gained: bool | None, expected: tuple[str, tuple[str, ...]]
) -> None:
    found = judged(lost, gained, KNOWN)
    assert (found.verdict, found.parties) == expected


def test_a_lost_part_hurts_everybody_who_was_told_by_it() -> None:
    back = Direction(("manufacturers",), ("DCC",))
    found = lost_part([KNOWN, NOBODY, back])
    assert (found.verdict, found.parties) == ("breaking", ("DCC", "User systems", "manufacturers"))
    found = lost_part([NOBODY])
    assert (found.verdict, found.parties) == ("breaking", (EVERYBODY,))


def test_what_hurts_everybody_hurts_whoever_is_asked_for() -> None:
    lost = Change("removed", "breaking", (EVERYBODY,), "X", "subject", None, None)
    assert as_seen_by(["DCC"], [lost]) == (lost,)


def test_only_some_parties_may_be_asked_for() -> None:
    hurts_dcc = Change("widened", "breaking", ("DCC",), "X", "permitted", None, None, reason="Why.")
    hurts_both = Change("moved", "breaking", ("User systems", "DCC"), "Y", "permitted", None, None)
    seen = as_seen_by(["user systems"], [hurts_dcc, hurts_both])
    assert [(one.subject, one.verdict) for one in seen] == [("Y", "breaking"), ("X", "compatible")]
    assert seen[1].reason == "Why. It hurts others alone."
    assert as_seen_by([], [hurts_dcc]) == (hurts_dcc,)
