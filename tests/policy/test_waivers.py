"""Waivers: what they hold for, when they end, and fingerprints that stay what they are."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gbcscheck.facts.extract_file import Extract
from gbcscheck.model import Change, Finding, Specification, Statement
from gbcscheck.model.waivers import EXPIRED, OUTDATED, UNTRIED, UNUSED, USED, Waiver
from gbcscheck.policy.waivers import Waivers
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.releases import Release, load_paths, load_release
from gbcscheck.rules import check

pytestmark = pytest.mark.usefixtures("small_release")

TODAY = date(2026, 6, 15)
PART = Specification("GBCS", "1", "Table 9")
STATED = Statement("Interval.value", "default", PART, "published", "row 1", "t.xlsx", "T!D7", domain="15")
FOUND = Finding("V101", "error", "Interval.value", "it clashes", (STATED,))
OTHER = Finding("V102", "error", "Interval.value", "it is not permitted", (STATED,))
CHANGED = Change(
    "narrowed",
    "breaking",
    ("DCC",),
    "Interval.value",
    "default",
    STATED,
    STATED._replace(domain="1"),
    values=("15 -> 1",),
)
NAMES = {"V101": "default-contradicts-constant", "V102": "default-not-permitted"}


def applied(*waivers: Waiver, to: tuple[Finding, ...] = (FOUND, OTHER)) -> list[str]:
    """The rules of what is waived, on one day."""
    return [finding.rule for finding in Waivers(waivers, NAMES, TODAY).apply(to) if finding.waived]


@pytest.mark.parametrize(
    ("waiver", "rules"),
    [
        (Waiver("x", rule="V101"), ["V101"]),
        (Waiver("x", rule="v101"), ["V101"]),
        (Waiver("x", rule="default-not-permitted"), ["V102"]),
        (Waiver("x", subject="Interval.value"), ["V101", "V102"]),
        (Waiver("x", subject="Interval"), []),
        (Waiver("x", rule="V101", subject="Other"), []),
        (Waiver("x", fingerprint=FOUND.fingerprint), ["V101"]),
        (Waiver("x", rule="V102", fingerprint=FOUND.fingerprint), []),
        (Waiver("x", rule="V1"), []),
        (Waiver("x", subject="Interval.*"), ["V101", "V102"]),
        (Waiver("x", rule="V102", subject="*.value"), ["V102"]),
        (Waiver("x", subject="Interval[*]"), []),
        (Waiver("x", parties=("DCC",)), []),
        (Waiver("x", rule="V101", file="t.xlsx"), []),
    ],
)
def test_a_waiver_holds_for_what_fits_all_that_it_names(waiver: Waiver, rules: list[str]) -> None:
    assert applied(waiver) == rules


@pytest.mark.parametrize(("last", "rules"), [(date(2026, 6, 14), []), (date(2026, 6, 15), ["V101"])])
def test_it_holds_on_its_last_day_and_not_after(last: date, rules: list[str]) -> None:
    assert applied(Waiver("x", rule="V101", expires=last)) == rules


def test_brackets_with_a_star_are_those_of_the_subject() -> None:
    """``entries[*]`` names the members of a list in many subjects, and never stood for anything else."""
    listed, other = (replace(FOUND, subject=f"Log.entries[{one}].day") for one in ("*", "1"))
    assert applied(Waiver("x", subject="Log.entries[*].day"), to=(listed, other)) == ["V101"]
    run = Waivers([Waiver("x", subject="Log.entries[*].day")], NAMES, TODAY)
    assert [one.waived for one in run.apply([listed, other])] == ["x", ""]


@pytest.mark.parametrize(
    ("parties", "waived"), [(("DCC",), True), (("DCC", "manufacturers"), True), (("manufacturers",), False)]
)
def test_a_party_is_for_changes_that_hurt_nobody_else(parties: tuple[str, ...], waived: bool) -> None:
    run = Waivers([Waiver("x", parties=parties)], NAMES, TODAY)
    both = replace(CHANGED, parties=("DCC", "User systems"))
    assert [bool(one.waived) for one in run.apply([CHANGED, both])] == [waived, False]


def test_nothing_is_said_of_a_party_where_no_versions_are_compared() -> None:
    run = Waivers([Waiver("x", parties=("DCC",))], NAMES, TODAY)
    run.apply([FOUND])
    assert [use.state for use in run.uses(["V101"])] == [UNTRIED]
    assert [use.state for use in run.uses(["V101", "change/narrowed"])] == [UNUSED]


def test_a_file_is_one_that_a_statement_stands_in() -> None:
    run = Waivers([Waiver("x", file="specs/**/t.*")], NAMES, TODAY, files=lambda item: ["a.json", "specs/9/t.xlsx"])
    assert [bool(one.waived) for one in run.apply([FOUND])] == [True]
    run = Waivers([Waiver("x", file="t/")], NAMES, TODAY, files=lambda item: ["a.json", "specs/9/t.xlsx"])
    assert [bool(one.waived) for one in run.apply([FOUND])] == [False]


@pytest.mark.parametrize(
    ("values", "found", "waived"),
    [
        ((), ("200 / 30",), True),
        (("9 / 30",), ("9 / 30",), True),
        (("9  /  30",), ("9 / 30",), True),
        (("9 / 30",), ("200 / 30",), False),
        (("9 / 30", "11 / 30"), ("9 / 30",), True),
        (("9 / 30",), ("11 / 30", "9 / 30"), False),
    ],
)
def test_a_waiver_holds_for_the_values_that_it_remembers(
    values: tuple[str, ...], found: tuple[str, ...], waived: bool
) -> None:
    run = Waivers([Waiver("x", fingerprint=FOUND.fingerprint, values=values)], NAMES, TODAY)
    (one,) = run.apply([replace(FOUND, values=found)])
    assert bool(one.waived) is waived
    (use,) = run.uses(["V101"])
    assert (use.state, use.found) == ((USED, ()) if waived else (OUTDATED, found))


def test_a_waiver_says_which_values_it_was_for_and_which_are_found() -> None:
    waiver = Waiver("x", "V101", "Interval.value", values=("9 / 30",))
    run = Waivers([waiver], NAMES, TODAY)
    run.apply([replace(FOUND, values=("200 / 30",))])
    assert run.uses(None)[0].warning == (
        "the waiver for V101 Interval.value does not hold, since the values are others now: 9 → 200"
    )
    both = Waivers([waiver, replace(waiver, values=("200 / 30",))], NAMES, TODAY)
    both.apply([replace(FOUND, values=("200 / 30",))])
    assert [use.state for use in both.uses(["V101"])] == [UNUSED, USED]


def test_a_change_has_values_too() -> None:
    run = Waivers([Waiver("x", rule="change/narrowed", values=("15 -> 1",))], NAMES, TODAY)
    further = replace(CHANGED, new=STATED._replace(domain="0"), values=("15 -> 0",))
    assert [bool(one.waived) for one in run.apply([CHANGED, further])] == [True, False]
    assert run.uses(None)[0].found == ("15 -> 0",)


def test_a_subject_that_nothing_speaks_of_is_told() -> None:
    run = Waivers([Waiver("x", subject="Intervall.*"), Waiver("x", subject="Interval.v*")], NAMES, TODAY)
    warnings = [use.warning for use in run.uses(["V101"], subjects=lambda: {"Interval.value"})]
    assert warnings == [
        "the waiver for Intervall.* holds for nothing: no specification that was read speaks of Intervall.*",
        "the waiver for Interval.v* holds for nothing any more; take it out",
    ]


def test_where_it_is_asked_for_a_waiver_needs_a_last_day_and_an_old_entry_none() -> None:
    waivers = [Waiver("x", "V101"), Waiver("x", "V101", is_old=True), Waiver("x", "V101", expires=date(2999, 1, 1))]
    run = Waivers(waivers, NAMES, TODAY)
    run.apply([FOUND])
    assert [use.warning for use in run.uses(["V101"])] == ["", "", ""]
    assert [use.warning for use in run.uses(["V101"], strict=True)] == [
        "the waiver for V101 has no last day (expires)",
        "",
        "",
    ]


def test_the_reason_is_that_of_a_waiver_that_still_holds() -> None:
    over = Waiver("old", rule="V101", expires=date(2020, 1, 1))
    (found,) = Waivers([over, Waiver("new", rule="V101")], NAMES, TODAY).apply([FOUND])
    assert found.waived == "new"
    assert replace(found, waived="") == FOUND


def test_what_became_of_each() -> None:
    waivers = [
        Waiver("a", rule="V101"),
        Waiver("b", subject="Gone"),
        Waiver("c", rule="V102", expires=date(2020, 1, 1)),
        Waiver("d", rule="change/narrowed"),
        Waiver("e", rule="S101"),
    ]
    run = Waivers(waivers, NAMES, TODAY)
    run.apply([FOUND, OTHER])
    assert [(use.state, use.matched) for use in run.uses(["V101", "V102"])] == [
        (USED, 1),
        (UNUSED, 0),
        (EXPIRED, 1),
        (UNTRIED, 0),
        (UNTRIED, 0),
    ]
    assert [use.state for use in run.uses(["V101"], any_rule=False)][1] == UNTRIED
    assert [use.state for use in run.uses(None)] == [USED, UNTRIED, EXPIRED, UNTRIED, UNTRIED]
    assert [bool(use.warning) for use in run.uses(["V101"])] == [False, True, True, False, False]


def test_a_change_can_be_waived_and_what_is_fixed_is_left() -> None:
    run = Waivers([Waiver("agreed", subject="Interval.value")], NAMES, TODAY)
    (change,) = run.apply([CHANGED])
    assert change.waived == "agreed"
    (fixed,) = run.apply([replace(FOUND, status="fixed")])
    assert not fixed.waived
    assert run.uses([])[0].matched == 1


# --- fingerprints ----------------------------------------------------------------------------------------------------


def fingerprints(release: Release) -> set[str]:
    return {finding.fingerprint for finding in check(Catalogue.of(release))}


def each_extract(release: Release, change: Callable[[Extract], Extract]) -> Release:
    return replace(release, extracts=tuple(change(extract) for extract in release.extracts))


def reversed_groups(extract: Extract) -> Extract:
    """The statements with those of the layouts in their order, which means something, and the others backwards."""
    rows = list(extract.rows)
    places = [index for index, row in enumerate(rows) if "/" not in row.subject.partition("/")[2]]
    for index, row in zip(places, [rows[index] for index in reversed(places)], strict=True):
        rows[index] = row
    return replace(extract, rows=tuple(rows))


def elsewhere(extract: Extract) -> Extract:
    """The same statements in files of other names, each in another row and cell."""
    rows = tuple(
        row._replace(
            source="Sheet9!ZZ999" if row.source else "",
            clause=re.sub(r"row (\d+)", lambda number: f"row {int(number[1]) + 9000}", row.clause),
        )
        for row in extract.rows
    )
    return replace(extract, path=f"moved/{extract.path}.json", source_name="moved.xlsx", rows=rows)


@pytest.mark.whole_release
def test_a_row_or_a_file_that_moves_changes_no_fingerprint() -> None:
    release = load_release("before-mp131")
    known = fingerprints(release)
    assert len(known) >= 20
    assert known == fingerprints(each_extract(release, reversed_groups))
    assert known == fingerprints(replace(release, extracts=tuple(reversed(release.extracts))))


@pytest.mark.whole_release
def test_other_places_change_none() -> None:
    release = load_release("before-mp131")
    assert fingerprints(release) == fingerprints(each_extract(release, elsewhere))


def test_another_version_changes_none() -> None:
    newer = replace(FOUND, statements=(STATED._replace(specification=later_of(PART)),))
    assert newer.fingerprint == FOUND.fingerprint
    of_table = replace(FOUND, subject=str(PART))
    newer = replace(of_table, subject=str(later_of(PART)), statements=newer.statements)
    assert newer.fingerprint == of_table.fingerprint


def later_of(spec: Specification) -> Specification:
    return spec._replace(version="99")


def test_a_file_that_is_renamed_changes_none(tmp_path: Path) -> None:
    text = '{"specification": "GBCS", "version": "9", "part": "%s", "provenance": "synthetic", "statements": [%s]}'
    constant = '{"subject": "ECS99/Interval.value", "attribute": "constant", "domain": "30"}'
    rows = ['{"subject": "ECS99/Interval.value", "attribute": "type", "domain": "0..65535"}', constant]
    default = '{"subject": "Interval.value", "attribute": "default", "domain": "15"}'
    found = []
    for folder, names, order in (("a", ("t.json", "u.json"), 1), ("b", ("z/u.json", "a t.json"), -1)):
        table, use_cases = (tmp_path / folder / name for name in names)
        for file, content in (
            (table, text % ("Table 9", default)),
            (use_cases, text % ("use cases", ",\n".join(rows[::order]))),
        ):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, encoding="utf-8")
        found.append(fingerprints(load_paths([tmp_path / folder])))
    assert found[0] == found[1]
    assert found[0]


def test_a_change_has_an_identity_without_places_and_versions() -> None:
    assert CHANGED.old is not None
    moved = replace(CHANGED, old=CHANGED.old._replace(path="b.xlsx", source="X!A1", specification=later_of(PART)))
    assert moved.fingerprint == CHANGED.fingerprint
    assert replace(CHANGED, change="widened").fingerprint != CHANGED.fingerprint
    assert replace(CHANGED, attribute="unit").fingerprint != CHANGED.fingerprint
