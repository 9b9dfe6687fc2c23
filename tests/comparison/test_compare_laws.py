"""What holds for any two parts."""

from __future__ import annotations

from compare_parts import changes, part, says
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.facts.extract_file import Extract
from gbcscheck.model import CHANGES, VERDICTS

SUBJECTS = ("/Request", "/Request/A", "/Request/A/B", "/Response/C", "/Request/@v", "U1", "U1/X.value", "6.1", "X y")
ATTRIBUTES = ("permitted", "constant", "type", "default", "occurs", "presence", "choice", "unit", "title", "mood")
DOMAINS = ("0..9", "0..8", "1", '"A" | "B"', '"A"', "0xFE", "0b1111111", "any", "none", 'text matching "[A-Z]+"', "5 s")
FACTS = ("yes", "No", "A | B", "one of 7 alternatives", "one of 8 alternatives", "", 4, True)

ROWS = st.one_of(
    st.builds(says, st.sampled_from(SUBJECTS), st.sampled_from(ATTRIBUTES), st.sampled_from(DOMAINS)),
    st.builds(
        lambda subject, attribute, value: says(subject, attribute, value=value),
        st.sampled_from(SUBJECTS),
        st.sampled_from(ATTRIBUTES),
        st.sampled_from(FACTS),
    ),
    st.builds(
        lambda subject, attribute: says(subject, attribute, text="not read"),
        st.sampled_from(SUBJECTS),
        st.sampled_from(ATTRIBUTES),
    ),
)
PARTS = st.builds(
    lambda rows, which: part(*rows, spec=which[0], name=which[1]),
    st.lists(ROWS, min_size=1, max_size=12),
    st.sampled_from([("DUIS", "schema"), ("GBCS", "use cases"), ("HOUSE", "")]),
)


@given(PARTS)
def test_a_part_compared_with_itself_has_not_changed(one: Extract) -> None:
    assert changes(one, one) == ()


@given(PARTS, PARTS)
def test_any_two_parts_can_be_compared(one: Extract, other: Extract) -> None:
    for change in changes(one, other):
        assert change.change in CHANGES
        assert change.verdict in VERDICTS
        assert (change.old is not None) or (change.new is not None)
        assert bool(change.parties) == (change.verdict == "breaking")
        assert change.reason
        assert change.subject not in change.below
        assert len(change.fingerprint) == 16


@given(st.lists(ROWS, min_size=1, max_size=12), st.randoms())
def test_the_order_of_statements_is_no_change(rows: list, random: object) -> None:  # type: ignore[type-arg]
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert changes(part(*rows), part(*shuffled)) == ()
