"""Rules are declared once: one code for one rule in every family, and what a rule reads is what it says it reads."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import pytest
from recording_catalogue import RecordingCatalogue
from rule_releases import catalogue_of, link, part, says

import gbcscheck
import gbcscheck.device
import gbcscheck.rules
from gbcscheck.device.all_rules import device_rules
from gbcscheck.device.items import rules as item_rules
from gbcscheck.model import Specification, Statement
from gbcscheck.model.rules import DECLARED, EVERY_ATTRIBUTE, OF_CROSSWALK, Register, Rule, declare
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.index import release_entries
from gbcscheck.release.releases import load_release
from gbcscheck.rules import RULES, defaults
from gbcscheck.rules.base import ReleaseRule, rule

STATED = Statement("Item", "default", Specification("GBCS", "4.0"), "synthetic", "", "t.json", "line 1", domain="7")
PACKAGE = Path(gbcscheck.__file__).parent


@pytest.mark.parametrize("code", ["V104", "D205"])
def test_a_second_rule_of_a_code_fails_where_it_is_declared(code: str) -> None:
    with pytest.raises(ValueError, match=f"rule {code} is declared twice: .*, another"):
        declare(code, "another", kind="value", severity="error", question="Is it so?", text="", reads=())


def test_a_check_with_a_code_that_a_device_rule_has_fails_where_it_is_decorated() -> None:
    with pytest.raises(ValueError, match="rule D101 is declared twice: unknown-purpose, another"):
        rule("D101", "another", kind="value", severity="error", question="Is it so?", text="", reads=())


def test_a_register_of_its_own_takes_any_code_once() -> None:
    mine = Register()
    assert declare("V104", "mine", kind="value", severity="note", question="?", text="", reads=(), register=mine)
    with pytest.raises(ValueError, match="rule V104 is declared twice: mine, another"):
        declare("V104", "another", kind="value", severity="note", question="?", text="", reads=(), register=mine)


def test_a_module_that_is_imported_again_declares_the_same_rules() -> None:
    before = item_rules.NOT_SHOWN
    assert importlib.reload(item_rules).NOT_SHOWN is before
    importlib.reload(defaults)
    assert "V101" in {one.code for one in DECLARED.of(["V101"])}


def test_an_equal_rule_of_another_module_is_another_rule() -> None:
    mine = Register()
    for module in ("one", "one"):
        declare(
            "V104", "a", kind="value", severity="note", question="", text="", reads=(), register=mine, module=module
        )
    with pytest.raises(ValueError, match="rule V104 is declared twice: a, a"):
        declare("V104", "a", kind="value", severity="note", question="", text="", reads=(), register=mine, module="two")


def test_every_rule_that_is_declared_is_run() -> None:
    """A rule that no tuple of rules names, or a module that no list names, would never be asked."""
    for package in (gbcscheck.rules, gbcscheck.device):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    assert set(DECLARED._rules) == {one.code for one in (*RULES, *device_rules())}


def test_a_rule_that_is_only_made_is_in_no_register() -> None:
    assert Rule("V104", "mine", "value", "note") == Rule("V104", "mine", "value", "note")


@pytest.mark.parametrize(("kind", "severity"), [("taste", "error"), ("value", "fatal")])
def test_a_kind_and_a_severity_are_those_that_there_are(kind: str, severity: str) -> None:
    with pytest.raises(ValueError, match="rule X999: unknown kind"):
        Rule("X999", "odd", kind, severity)


def test_a_finding_has_code_and_severity_of_its_rule() -> None:
    made = Rule("H001", "high", "range", "warning").finding("Item", "too high", (STATED,), witness="7")
    assert (made.rule, made.severity, made.witness) == ("H001", "warning", "7")
    milder = Rule("H001", "high", "range", "warning").finding("Item", "too high", (STATED,), severity="note")
    assert milder.severity == "note"


def test_the_example_is_the_paragraph_behind_its_heading() -> None:
    assert Rule("H001", "a", "range", "note", text="Why.\n\n**Example.** `7` V.").example == "`7` V."
    assert Rule("H001", "a", "range", "note", text="Why.").example == ""


@pytest.mark.parametrize("one", [*RULES, *device_rules()], ids=lambda one: one.code)
def test_every_rule_that_ships_asks_something_and_explains_it(one: Rule) -> None:
    assert one.question.endswith("?")
    assert one.text
    assert len(set(one.reads)) == len(one.reads)


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.code)
def test_every_rule_on_releases_has_an_example_and_reads_something(one: Rule) -> None:
    assert "**How to fix it.**" in one.text
    assert one.example
    assert one.reads


def test_nothing_makes_a_finding_but_its_rule() -> None:
    made = {path for path in PACKAGE.rglob("*.py") if re.search(r"\bFinding\(", path.read_text(encoding="utf-8"))}
    assert {path.relative_to(PACKAGE).as_posix() for path in made} == {"model/rules.py", "comparison/conflicts.py"}


# --- what is read ----------------------------------------------------------------------------------------------------


def _small() -> Catalogue:
    """What the releases that ship do not have: a request that sets a fixed row, and one that permits anything; rights
    and units in two documents; a time with a pattern."""
    row, fixed, time = "ECS1/Item.value", "ECS2/Fixed.value", "ECS3/Time.value"
    return catalogue_of(
        part(
            "GBCS",
            says(row, "type", "0..255"),
            says(row, "class", value="1"),
            says(fixed, "type", "0..255"),
            says(fixed, "constant", "7"),
            says("ECS4/Bound.value", "type", "0..255"),
            says("ECS4/Bound.value", "constant", "7"),
            says(time, "type", "octets(4)"),
            says(time, "permitted", "time"),
            says("ECS5", "direction", value="Update", source="Use cases!A5"),
        ),
        part(
            "DUIS",
            says("/a/Item", "occurs", "1"),
            says("/a/Fixed", "permitted", "0..255"),
            says("/a/Time", "permitted", text="xs:time, pattern .*Z"),
            says("/a/Time", "literals", 'text matching ".*Z"'),
        ),
        part("MMC", says("/b/Time", "occurs", "1")),
        part(
            "SMETS2",
            says("Item.value", "settable-by", value="none"),
            says("Item.value", "permitted", "1..3 min"),
            says("Item.value", "unit", value="min"),
            says("Bound.value", "settable-by", value="service request"),
            says("Bound.value", "permitted", "7 | 8"),
            says("Nameless", "default", "7 | 8"),
        ),
        part("Table", says("Item.value", "unit", value="s"), says("Item.value", "default", "60 s")),
        part(
            "List",
            says("entry 1", "name", value="Product"),
            says("entry 1", "smets-version", value="SMETS 2.0"),
            says("entry 1", "gbcs-version", value="1.0"),
            says("GBCS 1.0", "out-of-force-since", value="2018-05-07"),
        ),
        links=[
            link("Item.value", read_service_request="6.2", request="/a/Item", command=row),
            link("Fixed.value", request="/a/Fixed", command=fixed),
            link("Time.value", request="/a/Time", command=time, convert="xs:time to time"),
            link("Time.value", reading="/b/Time"),
            link("Gone.value", request="/a/Item", command="ECS5/Gone.value"),
        ],
    )


def _of_elements() -> Catalogue:
    """A schema that lacks a linked element and a name that is mapped, and has a text for a number of no stated type."""
    items = [f"Item{n}" for n in range(12)]
    return catalogue_of(
        part(
            "GBCS",
            *(says(f"ECS1/{item}.value", "type", "0..255") for item in items),
            says("ECS1/Flag.value", "type", "0 | 1"),
        ),
        part("GBCS", says("ECS1/Number.value", "value-type", value="INTEGER"), name="Objects"),
        part(
            "DUIS",
            says("/a", "occurs", "1"),
            *(says(f"/a/{item}", "type", value="xs:int") for item in items[1:]),
            says("/a/Flag", "permitted", '"Yes"'),
            says("/a/Number", "permitted", '"A"'),
        ),
        links=[
            *(link(f"{item}.value", request=f"/a/{item}", command=f"ECS1/{item}.value") for item in items),
            link("Flag.value", request="/a/Flag", command="ECS1/Flag.value", convert='map "Yes"=1, "No"=0'),
            link("Number.value", request="/a/Number", command="ECS1/Number.value", convert="plus 0"),
        ],
    )


@pytest.fixture(scope="module")
def catalogues() -> list[Catalogue]:
    shipped = (Catalogue.of(load_release(entry.name)) for entry in release_entries())
    return [*shipped, _small(), _of_elements()]


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.code)
def test_what_a_rule_reads_is_declared_and_what_is_declared_is_read(
    one: ReleaseRule, catalogues: list[Catalogue]
) -> None:
    asked: set[str] = set()
    for catalogue in catalogues:
        recording = RecordingCatalogue(catalogue)
        list(one.check(recording))
        asked |= recording.asked
    declared = set(one.reads) - {OF_CROSSWALK}
    named = _named_in_the_crosswalk(catalogues) if OF_CROSSWALK in one.reads else set()
    assert declared <= asked
    assert EVERY_ATTRIBUTE in declared or asked <= declared | named
    assert not named or asked & named


def _named_in_the_crosswalk(catalogues: list[Catalogue]) -> set[str]:
    """The attributes of the lists and agreements; a list of subjects is one of whatever is said of them."""
    walks = [catalogue.crosswalk for catalogue in catalogues]
    sides = [side for walk in walks for pair in (*walk.lists, *walk.agreements) for side in (pair.left, pair.right)]
    names = {side.attribute for side in sides} | {one.key for walk in walks for one in walk.agreements}
    return names | {EVERY_ATTRIBUTE} if "subject" in names else names
