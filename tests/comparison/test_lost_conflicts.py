"""Conflicts that ended because nobody can see them any more, and conflicts beside a new version."""

from __future__ import annotations

from dataclasses import replace

from compare_parts import conflicts_across, part, says

from gbcscheck.facts.crosswalk import Crosswalk, Link, LinkEnd
from gbcscheck.facts.extract_file import Extract, ExtractRow
from gbcscheck.model import Finding, Place
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.releases import Release
from gbcscheck.rules import RULES


def table(*defaults: tuple[str, str], version: str = "1.0", name: str = "Table 9") -> Extract:
    rows = (says(f"{item}.value", "default", domain) for item, domain in defaults)
    return part(*rows, spec="GBCS", name=name, version=version, path=f"{name}-{version}.json")


def use_case(*items: str, value: str = "30") -> Extract:
    rows: list[ExtractRow] = [says("U1", "direction", value="Update")]
    for item in items:
        rows += [says(f"U1/{item}.value", "type", "0..255"), says(f"U1/{item}.value", "constant", value)]
    return part(*rows, spec="GBCS", name="use cases")


def found(
    old: list[Extract], new: list[Extract], *, rule: str = "V101", crosswalks: tuple[Crosswalk, ...] = ()
) -> list[Finding]:
    walks = crosswalks or (Crosswalk(), Crosswalk())
    sides = (
        Catalogue.of(Release("", "", "", tuple(extracts), walk))
        for extracts, walk in zip((old, new), walks, strict=True)
    )
    return [one for one in conflicts_across(*sides, RULES) if one.rule == rule]


def told(*arguments: list[Extract]) -> list[tuple[str, str]]:
    return [(one.status, one.gone) for one in found(*arguments)]


A = ("A", "15")


def test_where_a_side_says_something_else_the_conflict_is_fixed() -> None:
    assert told([use_case("A"), table(A)], [use_case("A"), table(("A", "30"))]) == [("fixed", "")]
    assert told([use_case("A"), table(A)], [use_case("A", value="15"), table(A)]) == [("fixed", "")]


def test_where_the_part_of_a_side_is_gone_it_is_lost() -> None:
    assert told([use_case("A"), table(A)], [use_case("A")]) == [("lost", "GBCS 1.0 Table 9")]
    assert told([use_case("A"), table(A)], [table(A)]) == [("lost", "GBCS 1.0 use cases")]
    assert told([use_case("A"), table(A)], [use_case("A"), table()]) == [("lost", "GBCS 1.0 Table 9")]


def test_where_only_the_row_of_a_side_is_gone_it_is_lost_too() -> None:
    assert told([use_case("A", "B"), table(A)], [use_case("A", "B"), table(("B", "30"))]) == [
        ("lost", "A.value in GBCS Table 9")
    ]
    noted = replace(table(), rows=(says("A.value", "unit", '"s"'),))
    assert told([use_case("A"), table(A)], [use_case("A"), noted]) == [("lost", "default of A.value in GBCS Table 9")]


def test_a_part_that_contradicted_itself_and_takes_one_side_back_is_mended() -> None:
    def layout(*constants: str) -> Extract:
        rows = (says("U1/A.value", "constant", value, clause=f"row {value}") for value in constants)
        return part(says("U1", "direction", value="Update"), *rows, spec="GBCS", name="use cases")

    both = found([layout("1", "2")], [layout("1")], rule="N103")
    assert [(one.status, one.gone) for one in both] == [("fixed", "")]


def test_another_spelling_or_version_of_a_side_is_not_gone() -> None:
    assert told([use_case("A B"), table(("A B", "15"))], [use_case("A B"), table(("AB", "30"))]) == [("fixed", "")]
    assert told([use_case("A"), table(A)], [use_case("A"), table(("A", "30"), version="2.0")]) == [("fixed", "")]


def test_a_part_under_another_name_keeps_its_conflicts() -> None:
    assert told([use_case("A"), table(A)], [use_case("A"), table(A, name="Table 10")]) == [("remaining", "")]


def test_a_new_version_beside_the_old_brings_no_conflict_that_the_old_one_has() -> None:
    old, beside = [use_case("A", "B"), table(A)], table(A, version="2.0")
    assert told(old, [*old, beside]) == [("remaining", "")]
    worse = table(A, ("B", "15"), version="2.0")
    assert [(one.status, one.subject) for one in found(old, [*old, worse])] == [
        ("new", "B.value"),
        ("remaining", "A.value"),
    ]


def test_a_version_that_is_retired_takes_no_conflict_away_that_the_newer_one_has() -> None:
    both = [use_case("A"), table(A), table(A, version="2.0")]
    assert told(both, [both[0], both[2]]) == [("remaining", "")]
    mended = table(("A", "30"), version="2.0")
    assert told([*both[:2], mended], [both[0], mended]) == [("fixed", "")]


def test_a_link_that_is_gone_hides_its_conflicts_and_mends_none() -> None:
    link_ends = (LinkEnd("request", "/Request/A"), LinkEnd("command", "U1/A.value"))
    link = Link("A.value", "9.9", "", link_ends, True, "proved", "", "", Place("x"))
    request = part(says("/Request/A", "permitted", "0..300"), says("/Request/A", "occurs", "1"))
    typed = part(
        says("U1", "direction", value="Update"), says("U1/A.value", "type", "0..255"), spec="GBCS", name="use cases"
    )
    walks = (Crosswalk((link,)), Crosswalk())
    hidden = [
        one
        for rule in ("R101", "R102", "R103", "R104", "R105")
        for one in found([request, typed], [request, typed], rule=rule, crosswalks=walks)
    ]
    assert {(one.status, one.gone) for one in hidden} == {("lost", "the link of A.value in the crosswalk")}
