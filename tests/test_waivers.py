"""Waivers: what they hold for, when they end, and fingerprints that stay what they are."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gbcscheck.catalogue import Catalogue
from gbcscheck.extracts import Extract
from gbcscheck.model import Change, Finding, Specification, Statement
from gbcscheck.releases import Release, load_paths, load_release
from gbcscheck.rules import check
from gbcscheck.waivers import EXPIRED, UNTRIED, UNUSED, USED, Waiver, Waivers

TODAY = date(2026, 6, 15)
PART = Specification("GBCS", "1", "Table 9")
STATED = Statement("Interval.value", "default", PART, "published", "row 1", "t.xlsx", "T!D7", domain="15")
FOUND = Finding("V101", "error", "Interval.value", "it clashes", (STATED,))
OTHER = Finding("V102", "error", "Interval.value", "it is not permitted", (STATED,))
CHANGED = Change("narrowed", "breaking", ("DCC",), "Interval.value", "default", STATED, STATED._replace(domain="1"))
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
    ],
)
def test_a_waiver_holds_for_what_fits_all_that_it_names(waiver: Waiver, rules: list[str]) -> None:
    assert applied(waiver) == rules


@pytest.mark.parametrize(("last", "rules"), [(date(2026, 6, 14), []), (date(2026, 6, 15), ["V101"])])
def test_it_holds_on_its_last_day_and_not_after(last: date, rules: list[str]) -> None:
    assert applied(Waiver("x", rule="V101", expires=last)) == rules


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
        row._replace(source="Sheet9!ZZ999" if row.source else "", clause=re.sub(r"row \d+", "row 999", row.clause))
        for row in extract.rows
    )
    return replace(extract, path=f"moved/{extract.path}.json", source_name="moved.xlsx", rows=rows)


def test_a_row_or_a_file_that_moves_changes_no_fingerprint() -> None:
    release = load_release("before-mp131")
    known = fingerprints(release)
    assert len(known) >= 20
    assert known == fingerprints(each_extract(release, reversed_groups))
    assert known == fingerprints(replace(release, extracts=tuple(reversed(release.extracts))))


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
    return replace(spec, version="99")


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
