"""Changes of structure: each cause told once, with what shows it, and what cannot be compared named."""

from __future__ import annotations

from pathlib import Path

import pytest
from compare_parts import changes, part, says
from schema_changes import NAMESPACE, compared, element, models, one_of, schema, seq, texts

from gbcscheck.comparison.identity import implied
from gbcscheck.domains import content_languages
from gbcscheck.facts.extract_file import ExtractRow
from gbcscheck.model import Change

A, B, C = (element(name) for name in "ABC")


def told(folder: Path, old: str, new: str) -> list[tuple[str, str, str, str]]:
    """What is said of two content models: change, subject, attribute, witness."""
    found = compared(models("", old, new, "A", 0), folder)
    return [(one.change, one.subject, one.attribute, one.witness) for one in found if one.verdict != "neutral"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (seq(A, B), seq(B, A), [("moved", "/Request", "content-model", "A, B")]),
        (seq(A, B), seq(A, element("B", "0..1")), [("presence", "/Request/B", "occurs", "0")]),
        (seq(A, B), seq(A, B, element("C", "0..1")), [("added", "/Request/C", "subject", "")]),
        (seq(A, B), seq(A, C, B), [("added", "/Request/C", "subject", "")]),
        (seq(one_of(A, B, C)), seq(one_of(A, B)), [("removed", "/Request/C", "subject", "")]),
        (
            seq(one_of(A, B)),
            seq(one_of(A, B, occurs="0..1")),
            [("widened", "/Request", "content-model", "no child element")],
        ),
        (seq(element("A", "0..9"), B), seq(element("A", "0..5"), B), [("narrowed", "/Request/A", "occurs", "6")]),
        (
            seq(A, B),
            seq(B, A, element("C", "0..1")),
            [("added", "/Request/C", "subject", ""), ("moved", "/Request", "content-model", "A, B")],
        ),
        (
            seq(element("A", "3..3"), B),
            seq(B, element("A", "3..3")),
            [("moved", "/Request", "content-model", "A (3 times), B")],
        ),
    ],
)
def test_each_cause_is_told_once(tmp_path: Path, old: str, new: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert told(tmp_path, old, new) == expected


def test_long_counts_beside_another_order_are_compared(tmp_path: Path) -> None:
    old, new = seq(element("A", "0..60000"), B, C), seq(element("A", "0..50000"), C, B)
    assert [one[:3] for one in told(tmp_path, old, new)] == [
        ("moved", "/Request", "content-model"),
        ("narrowed", "/Request/A", "occurs"),
    ]


def test_models_too_large_to_be_compared_are_unknown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content_languages, "MAX_PAIRS", 1)
    (found,) = compared(models("", seq(A, B), seq(B, A), "A", 0), tmp_path)
    assert (found.change, found.verdict, found.attribute) == ("moved", "unknown", "content-model")
    assert found.reason == "The two content models are too large to be compared here."


def test_the_form_of_all_elements_of_a_schema_is_one_change(tmp_path: Path) -> None:
    change = texts(
        "", schema(models("", seq(A, B, C), seq(A, B, C)).old.split("\n")[1]), ('"qualified"', '"unqualified"')
    )
    (found,) = compared(change, tmp_path)
    assert (found.subject, found.attribute, found.below) == ("/Request/A", "namespace", ("/Request/B", "/Request/C"))
    assert found.reason.startswith(f"It was {NAMESPACE}. It is now in no namespace. ")


def test_a_wildcard_that_is_new_is_told_by_the_model_alone(tmp_path: Path) -> None:
    wildcard = '<xs:any namespace="##other" processContents="lax" minOccurs="0"/>'
    (found,) = told(tmp_path, seq(A), seq(A, wildcard))
    assert found[:3] == ("widened", "/Request", "content-model")
    assert found[3].startswith("A, an element of ")


# --- extracts that state no structure --------------------------------------------------------------------------------


def model(text: str, *children: str) -> list[ExtractRow]:
    """The root with a content model, and its children."""
    rows = [says("/Request", "occurs", "1"), says("/Request", "content-model", value=text)]
    return [*rows, *(says(f"/Request/{name}", "occurs", "0 | 1") for name in children)]


def without(rows: list[ExtractRow]) -> list[ExtractRow]:
    """The same as version 0.1 stated it."""
    return [row for row in rows if row.attribute != "content-model"]


def kinds(found: tuple[Change, ...]) -> list[tuple[str, str, str]]:
    return [(one.change, one.verdict, one.attribute) for one in found]


def test_where_one_side_states_no_structure_that_is_said_once() -> None:
    rows = model("(A | B)", "A", "B")
    older, newer = part(*without(rows)), part(*rows)
    (found,) = changes(older, newer)
    assert (found.change, found.verdict, found.old) == ("added", "unknown", None)
    assert "The older side does not state content models" in found.reason
    (found,) = changes(newer, older)
    assert (found.change, found.verdict, found.new) == ("removed", "unknown", None)
    assert "The newer side" in found.reason


def test_the_types_that_may_be_named_are_left_out_where_one_side_states_none() -> None:
    rows = model("(A)", "A")
    newer = part(*rows, says("/Request/A[Other]", "occurs", "0 | 1"))
    assert kinds(changes(part(*without(rows)), newer)) == [("added", "unknown", "content-model")]


def test_choices_count_by_themselves_where_neither_side_states_structure() -> None:
    rows = [says("/Request", "occurs", "1"), says("/Request/A", "occurs", "0 | 1")]
    old, new = part(*rows), part(*rows, says("/Request/A", "choice", value="A | B"))
    assert kinds(changes(old, new)) == [("presence", "breaking", "choice")]


# --- what follows from what ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "given", "follows"),
    [
        ("unique I: @k", "key I: @k", True),
        ("key I: @k", "unique I: @k", False),
        ("unique I: @k, @l", "unique I: @k", True),
        ("unique I: @k", "unique I: @k, @l", False),
        ("key I: @k, @l", "key I: @k", False),
        ("unique I: @k", "unique I | J: @k", True),
        ("unique I | J: @k", "unique I: @k", False),
        ("keyref R: . -> key I: @k", "keyref R: . -> key I: @k", True),
        ("keyref R: . -> key I: @k", "keyref R: . -> key J: @k", False),
        ("unique {urn:a, b}I: @k", "key {urn:a, b}I: @k", True),
    ],
)
def test_identity_constraints_that_follow_from_others(wanted: str, given: str, follows: bool) -> None:
    assert implied(wanted, [given]) is follows
    assert not implied(wanted, [])
