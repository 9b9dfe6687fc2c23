"""Changes of schemas against independent validators: who is hurt, and nothing said where nobody is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schema_changes import SchemaChange, accepted, assert_agrees, compared, document, element, group, models, oracle
from schema_model_changes import MODELS
from schema_name_changes import NAMES
from schema_rewrites import REWRITES
from schema_type_changes import TYPES
from shares import examples

CHANGES = (*MODELS, *NAMES, *TYPES)


def test_there_are_sixty_kinds_of_change_and_each_is_one() -> None:
    assert len({change.name for change in CHANGES}) == len(CHANGES) >= 60


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
def test_who_is_hurt_is_whom_the_validators_refuse(tmp_path: Path, change: SchemaChange) -> None:
    assert oracle(change).possible
    assert_agrees(change, tmp_path)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
def test_a_change_taken_back_hurts_the_other_side(tmp_path: Path, change: SchemaChange) -> None:
    assert_agrees(change.backwards, tmp_path)


@pytest.mark.parametrize("rewrite", REWRITES, ids=lambda change: change.name)
def test_the_same_schema_in_other_words_is_no_change(tmp_path: Path, rewrite: SchemaChange) -> None:
    assert oracle(rewrite).accepted
    assert not oracle(rewrite).possible
    found = [one for one in compared(rewrite, tmp_path) if one.verdict != "neutral"]
    assert found == []


# --- at random -------------------------------------------------------------------------------------------------------

OCCURS = st.sampled_from(["", "", "", "0..1", "0..*", "1..2", "2..2"])


@st.composite
def random_models(draw: st.DrawFn, letters: tuple[str, ...] = ("A", "B", "C")) -> str:
    """A content model in which each of some elements stands once, so that it is not ambiguous."""
    order = draw(st.permutations(letters))
    parts = [element(name, draw(OCCURS)) for name in order[: draw(st.integers(1, len(letters)))]]
    while len(parts) > 1 and draw(st.booleans()):
        start = draw(st.integers(0, len(parts) - 1))
        end = draw(st.integers(start + 1, len(parts)))
        model = draw(st.sampled_from(["sequence", "choice"]))
        parts[start:end] = [group(model, *parts[start:end], occurs=draw(OCCURS))]
    return group(draw(st.sampled_from(["sequence", "choice"])), *parts, occurs=draw(OCCURS))


@settings(max_examples=examples(40), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.tuples(random_models(), random_models()))
def test_models_at_random(tmp_path: Path, texts: tuple[str, str]) -> None:
    """Whoever is hurt on short documents is told, and each sequence that is told is valid under one text alone."""
    change = models("at random", *texts, longest=3)
    found = compared(change, tmp_path)
    hurt = {party for one in found if one.verdict == "breaking" for party in one.parties}
    told = [(one.change, one.subject, one.attribute, one.parties, one.reason) for one in found]
    assert oracle(change).certain <= hurt, (texts, told)
    assert {one.verdict for one in found} <= {"breaking", "compatible", "neutral"}, (texts, told)
    for one in found:
        if one.attribute == "content-model" and one.witness:
            before, after = (accepted(text, (witness(one.witness),)) for text in (change.old, change.new))
            assert before != after, (texts, told)


def test_sequences_of_renamed_children_are_told_by_their_newer_names(tmp_path: Path) -> None:
    """No document of either side has such a sequence, so that none is shown as one."""
    change = models(
        "renamed and moved",
        group("sequence", element("A"), element("C")),
        group("sequence", element("B"), element("A")),
        longest=2,
    )
    (moved,) = [one for one in compared(change, tmp_path) if one.attribute == "content-model"]
    assert moved.reason.startswith("By the newer name of B: permitted no longer: A, B. Permitted now: B, A.")
    assert moved.witness == ""


def witness(words: str) -> str:
    """The document of a sequence of children in words: ``A, B (3 times)``."""
    children = re.findall(r"([A-C])(?: \((\d+) times\))?(?=, |$)", words)
    return document("".join(f"<sr:{name}>1</sr:{name}>" * int(times or 1) for name, times in children))
