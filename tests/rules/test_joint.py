"""Statements that agree in pairs and not together."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from rule_releases import findings, link, part, says

from gbcscheck.domains import ANY, Domain, points
from gbcscheck.model import Specification, Statement
from gbcscheck.rules.joint import smallest_impossible


def three(last: str) -> list[object]:
    domains = {"SMETS2": "1 | 2", "GBCS": "2 | 3", "DUIS": last, "MMC": "0..9"}
    return [part(name, says("Item.value", "permitted", domain)) for name, domain in domains.items()]


def test_fires_and_names_a_smallest_set() -> None:
    (found,) = findings("J101", *three("1 | 3"))
    assert [s.specification.name for s in found.statements] == ["SMETS2", "GBCS", "DUIS"]
    assert "without GBCS" in found.witness


def test_is_silent_where_one_value_satisfies_all_and_where_two_already_clash() -> None:
    assert findings("J101", *three("2 | 3")) == []
    assert findings("J101", *three("7 | 8")) == []


def test_what_is_written_of_a_part_of_an_item_is_no_set_of_its_values() -> None:
    whole = link("Item.value", response="U1/Item.value", reading="/Rsp/Value", service_request="")
    row = says("U1/Item.value", "type", "0..9")
    releases = [*three("1 | 2 | 3"), part("GBCS", row), part("MMC", says("/Rsp/Value", "permitted", "1 | 3"))]
    assert findings("J101", *releases, links=[whole]) != []
    of_a_part = replace(whole, ends=(whole.ends[0]._replace(part="bits 0..1"), whole.ends[1]))
    assert findings("J101", *releases, links=[of_a_part]) == []


STATEMENT = Statement("I", "permitted", Specification("S", "1"), "synthetic", "", "s.json", "/statements/0", domain="0")


def meet(domains: list[Domain]) -> Domain:
    together: Domain = ANY
    for domain in domains:
        together = together.meet(domain)
    return together


@given(st.lists(st.sets(st.integers(0, 5), min_size=1), max_size=7))
def test_the_smallest_set_is_impossible_and_each_of_its_subsets_is_possible(sets: list[set[int]]) -> None:
    domains = [points(members) for members in sets]
    core = smallest_impossible([(STATEMENT, domain) for domain in domains])
    if meet(domains).is_empty() is not True:
        assert core == ()
        return
    found = [domain for _, domain in core]
    assert meet(found).is_empty() is True
    for index in range(len(found)):
        assert meet(found[:index] + found[index + 1 :]).is_empty() is False
