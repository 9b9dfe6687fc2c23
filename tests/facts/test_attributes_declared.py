"""Attributes and members of files of a user: what is not declared is told once, with the name that was meant."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.attributes import ATTRIBUTES, KINDS, Kind
from gbcscheck.errors import InvalidExtract, Problems
from gbcscheck.facts.crosswalk_file import load_crosswalk
from gbcscheck.facts.extract_file import Extract, ExtractRow, parse_extract, render_extract
from gbcscheck.inputs.json_schema import MOST_FAULTS
from gbcscheck.model import Specification

OWN = st.from_regex(r"x-[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)


def document(*statements: dict[str, Any], **header: Any) -> dict[str, Any]:
    return {
        "specification": "GBCS",
        "version": "4.0",
        "provenance": "published",
        **header,
        "statements": [{"subject": "A", "attribute": "default", **statement} for statement in statements],
    }


def faults(content: dict[str, Any]) -> list[str]:
    problems: tuple[Exception, ...] = ()
    try:
        parse_extract(json.dumps(content, indent=1).encode(), where="own.json")
    except Problems as found:
        problems = found.problems
    assert all(isinstance(problem, InvalidExtract) for problem in problems)
    return [str(problem) for problem in problems]


def without(content: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name not in names}


# --- what is not declared --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            document({"attribute": "defualt", "value": 1}),
            'own.json:8: "defualt" is no attribute of statements; did you mean "default"? One of your own is declared '
            'in the header: "attributes": {"x-note": "text"} (at /statements/0/attribute)',
        ),
        (
            document({"attribute": "Default", "value": 1}),
            'own.json:8: "Default" is no attribute of statements; did you mean "default"? One of your own is declared '
            'in the header: "attributes": {"x-note": "text"} (at /statements/0/attribute)',
        ),
        (
            document({"attribute": "maker-note", "value": 1}),
            'own.json:8: "maker-note" is no attribute of statements; one of your own is declared in the header: '
            '"attributes": {"x-note": "text"} (at /statements/0/attribute)',
        ),
        (
            document({"domian": "1"}),
            'own.json:9: "domian" is no member of a statement; did you mean "domain"? (at /statements/0/domian)',
        ),
        (
            document({"domain": "1", "colour": "red"}),
            'own.json:10: "colour" is no member of a statement (at /statements/0/colour)',
        ),
        (
            without(document({"domain": "1"}, provenence="derived"), "provenance"),
            'own.json:4: "provenence" is no member of an extract; did you mean "provenance"? (at /provenence)',
        ),
        (
            document({"domain": "1"}, **{"a/b": 1}),
            'own.json:5: "a/b" is no member of an extract (at /a~1b)',
        ),
        (
            document({"attribute": 5, "domain": "1"}),
            "own.json:8: 5 is not of type 'string' (at /statements/0/attribute)",
        ),
        (document({}), "own.json:6: one of domain, value, text is needed (at /statements/0)"),
    ],
)
def test_one_message_a_fault(content: dict[str, Any], expected: str) -> None:
    assert faults(content) == [expected]


def test_a_member_that_is_missing_is_told_beside_one_that_is_not_known() -> None:
    """Only where the one that is there is no misspelling of the one that is not."""
    assert len(faults(document({"colour": "red"}))) == 2
    assert len(faults(without(document({"domain": "1"}, provenence="derived"), "provenance", "version"))) == 2


@given(st.sampled_from(sorted(ATTRIBUTES)), st.data())
def test_two_letters_the_wrong_way_round(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(name) - 2))
    typed = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    if typed != name:
        (fault,) = faults(document({"attribute": typed, "text": "1"}))
        assert f'"{typed}" is no attribute of statements; did you mean "{name}"?' in fault


@given(st.sampled_from(sorted(ATTRIBUTES)), st.sampled_from(KINDS))
def test_every_declared_attribute_is_taken(name: str, kind: Kind) -> None:
    notation = ATTRIBUTES[name].notation
    stated = {None: "1", "content model": "(A, B)", "wildcard": "any lax"}[notation]
    assert faults(document({"attribute": name, "value" if notation else kind: stated})) == []


def test_what_is_beyond_the_hundredth_fault_is_counted() -> None:
    """Each as one, and without a search for what its name may mean: many faults take little longer than few."""
    misspelt = document(*({"domian": "1"} for _ in range(MOST_FAULTS + 5)))
    own = document(*({"attribute": f"x-{number}", "text": "1"} for number in range(MOST_FAULTS + 5)))
    for content in (misspelt, own):
        told = faults(content)
        assert (len(told), told[-1]) == (MOST_FAULTS + 1, "own.json: 5 more faults, which are not listed")


# --- attributes of one's own -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (
            {"attribute": "x-makernote", "text": "1"},
            'own.json:12: "x-makernote" is not declared in the header, as "attributes": {"x-makernote": "text"}; '
            'did you mean "x-maker-note"? (at /statements/0/attribute)',
        ),
        (
            {"attribute": "x-other", "value": 1},
            'own.json:12: "x-other" is not declared in the header, as "attributes": {"x-other": "value"} '
            "(at /statements/0/attribute)",
        ),
        (
            {"attribute": "x-step", "value": 1},
            'own.json:13: the header declares "x-step" as domain, found a value (at /statements/0/value)',
        ),
        (
            {"attribute": "x-maker-note", "domain": "1", "text": "one"},
            'own.json:13: the header declares "x-maker-note" as text, found a domain (at /statements/0/domain)',
        ),
    ],
)
def test_a_use_that_is_not_as_declared(statement: dict[str, Any], expected: str) -> None:
    declared = {"x-maker-note": "text", "x-step": "domain"}
    assert faults(document(statement, attributes=declared)) == [expected]


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        (
            {"maker": "text"},
            'own.json:6: "maker" is no name of an attribute of one\'s own; such a name begins with x-, and has small '
            "letters, figures and hyphens (at /attributes/maker)",
        ),
        (
            {"x-": "text"},
            'own.json:6: "x-" is no name of an attribute of one\'s own; such a name begins with x-, and has small '
            "letters, figures and hyphens (at /attributes/x-)",
        ),
        (
            {"x-maker": "words"},
            "own.json:6: 'words' is not one of ['domain', 'value', 'text'] (at /attributes/x-maker)",
        ),
    ],
)
def test_a_declaration_that_is_none(declared: dict[str, str], expected: str) -> None:
    assert faults(document({"domain": "1"}, attributes=declared)) == [expected]


def test_a_text_may_stand_alone_whatever_is_declared() -> None:
    declared = {"x-a": "domain", "x-b": "value", "x-c": "text"}
    assert faults(document(*({"attribute": name, "text": "?"} for name in declared), attributes=declared)) == []


@given(st.dictionaries(OWN, st.sampled_from(KINDS), max_size=4), st.data())
def test_what_an_extract_declares_and_states_reads_back(declared: dict[str, Kind], data: st.DataObject) -> None:
    rows = []
    for name in data.draw(st.lists(st.sampled_from(sorted(declared)), max_size=6)) if declared else []:
        stated = {declared[name]: data.draw(st.sampled_from(["1", "2..3"]))}
        rows.append(ExtractRow("A", name, **stated))  # type: ignore[arg-type]  # each kind takes a text
    extract = Extract(Specification("X", "1"), "synthetic", tuple(rows), attributes=declared)
    again = parse_extract(render_extract(extract).encode(), where="own.json")
    assert (again.attributes, again.rows) == (declared, tuple(rows))
    assert render_extract(again) == render_extract(extract)


# --- lists of a crosswalk --------------------------------------------------------------------------------------------


def test_the_attributes_that_a_crosswalk_names(tmp_path: Path) -> None:
    path = tmp_path / "crosswalk.json"
    left = {"specification": "X", "attribute": "mesage-code"}
    right = {"specification": "Y", "attribute": "subject"}
    both = {"title": "Codes", "relation": "equal", "left": left, "right": right}
    agreement = {**both, "kind": "value", "key": "x-group", "map": {}}
    path.write_text(json.dumps({"entries": [], "lists": [{**both, "kind": "missing"}], "agreements": [agreement]}))
    with pytest.raises(Problems) as caught:
        load_crosswalk([path], shown={path: "own.json"}, trusted=frozenset())
    told = '"mesage-code" is no attribute of statements; did you mean "message-code"?'
    assert [str(problem).partition(" One of")[0] for problem in caught.value.problems] == [f"own.json:1: {told}"] * 2
