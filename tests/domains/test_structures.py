"""Lists, records, booleans, null, choices, everything and nothing."""

from __future__ import annotations

import copy
import pickle

import pytest

from gbcscheck.domains import (
    ANY,
    NONE,
    NULL,
    Choice,
    Domain,
    NotExact,
    NoWitness,
    RecordValue,
    Undecided,
    bits,
    boolean,
    booleans,
    integers,
    list_of,
    null,
    octets,
    record,
    text_set,
    texts,
    union,
    xs_time,
)
from gbcscheck.domains.base import Other
from gbcscheck.notation.canonical import print_value


def test_the_empty_list_is_one_whatever_its_entries() -> None:
    assert list_of(integers(0, 5), 0, 0) == list_of(texts(), 0, 0) == list_of(NONE)
    assert list_of(NONE, 1) is NONE
    assert list_of(integers(0, 5)).meet(list_of(text_set(["A"]))) == list_of(NONE)
    assert list_of(integers(0, 5), 1).meet(list_of(text_set(["A"]), 1)) is NONE
    assert list_of(NONE).witness() == ()


@pytest.mark.parametrize(
    ("one", "two", "classes"),
    [
        (
            list_of(integers(0, 9), 0, 3),
            list_of(integers(0, 5), 1, 2),
            [("longer than 2 entries", "[0, 0, 0]"), ("shorter than 1 entry", "[]"), ("entry: above 5", "[6]")],
        ),
        (list_of(integers(0, 9), 2, 2), list_of(integers(0, 9), 2, 2), []),
        (list_of(integers(0, 9), 2, 2), list_of(texts(), 2, 2), [("entry: a number", "[0, 0]")]),
    ],
)
def test_classes_of_lists_that_are_lacking(one: Domain, two: Domain, classes: list[tuple[str, str]]) -> None:
    assert [(label, print_value(example)) for label, example in one.difference_classes(two)] == classes


def test_unions_of_lists() -> None:
    assert union(list_of(integers(0, 5), 1, 1), list_of(integers(0, 9), 1, 1)) == list_of(integers(0, 9), 1, 1)
    assert union(list_of(integers(0, 5), 1, 2), list_of(integers(0, 5), 3, 4)) == list_of(integers(0, 5), 1, 4)
    with pytest.raises(NotExact):
        union(list_of(integers(0, 5), 2, 2), list_of(integers(7, 9), 2, 2))


def test_records_are_boxes_of_named_fields() -> None:
    entry = record({"selector": integers(1, 2), "index": integers(0, 255)})
    assert entry == record({"index": integers(0, 255), "selector": integers(1, 2)})
    assert entry.contains(RecordValue((("index", 7), ("selector", 1))))
    assert not entry.contains(RecordValue((("index", 7),)))
    assert record({"a": NONE, "b": integers()}) is NONE
    assert entry.meet(record({"index": integers(0, 9)})) is NONE
    narrower = record({"index": integers(0, 1), "selector": integers(1, 2)})
    assert narrower.is_subset(entry) is True
    assert [label for label, _ in entry.difference_classes(narrower)] == ["index: above 1"]
    assert [label for label, _ in entry.difference_classes(record({}))] == ["other fields"]
    value = entry.witness()
    assert isinstance(value, RecordValue)
    assert str(value) == "{index: 0, selector: 1}"
    assert value.get("selector") == 1
    assert value.get("colour") is None


def test_a_union_of_records_may_differ_in_one_field() -> None:
    one, two = record({"a": integers(0, 1), "b": texts()}), record({"a": integers(2, 3), "b": texts()})
    assert union(one, two) == record({"a": integers(0, 3), "b": texts()})
    with pytest.raises(NotExact):
        union(one, record({"a": integers(5, 6), "b": text_set(["A"])}))


def test_booleans() -> None:
    assert union(boolean(True), boolean(False)) == booleans()
    assert boolean(True).meet(boolean(False)) is NONE
    assert not booleans().contains(1)
    assert not integers(0, 1).contains(True)
    assert booleans().difference_classes(boolean(True)) == (("false", False),)


def test_choices_are_of_different_kinds_in_one_order() -> None:
    one = union(null(), octets(12, 12), integers(0, 5))
    assert one == union(integers(0, 5), null(), octets(12, 12))
    assert isinstance(one, Choice)
    assert one.meet(octets(0, 12)) == octets(12, 12)
    assert one.meet(null()) == null()
    assert one.meet(texts()) is NONE
    assert one.contains(NULL)
    assert one.meet(union(integers(3, 9), booleans())) == integers(3, 5)
    assert union(one, texts(), text_set(["A"])) == union(one, texts())
    assert union(one, ANY) is ANY
    assert union() is NONE


def test_a_choice_is_held_against_sets_of_its_kinds() -> None:
    one = union(integers(0, 9), text_set(["A", "B"]), null())
    two = union(integers(0, 5), text_set(["A"]))
    assert [label for label, _ in one.difference_classes(two)] == ["above 5", 'not in the list: "B"', "null"]
    assert integers(0, 9).difference_classes(two) == (("above 5", 6),)
    assert one.difference_classes(integers()) == (("a text", "A"), ("null", NULL))


def test_any_and_none() -> None:
    everything: list[Domain] = [integers(), texts(), octets(), bits(), booleans()]
    assert ANY.difference_witness(union(*everything)) == Other()
    assert ANY.contains(Other())
    assert ANY.meet(NONE) is NONE
    assert ANY.is_subset(ANY) is True
    assert NONE.is_subset(NONE) is True
    assert NONE.difference_witness(ANY) is None
    assert NONE.is_empty() is True
    with pytest.raises(NoWitness):
        NONE.witness()


def test_sets_of_different_kinds_have_nothing_in_common() -> None:
    assert integers().meet(texts()) is NONE
    assert bits(8, 8).meet(octets(1, 1)) is NONE
    assert integers(0, 5).is_subset(texts()) is False
    assert integers(0, 5).difference_witness(texts()) == 0


def test_unknown_stays_unknown_inside_lists_records_and_choices() -> None:
    never = texts(patterns=["(ab)*c"]).meet(texts(patterns=["(ab)*d"]))
    assert list_of(never, 1).is_empty() is None
    assert list_of(never).is_empty() is False
    assert record({"a": never}).is_empty() is None
    assert union(never, null()).is_empty() is False
    with pytest.raises(Undecided):
        list_of(never, 2).witness()
    same, other = texts(patterns=["[0-9]+"]), texts(patterns=[r"\d+"])
    assert record({"a": same}).is_subset(record({"a": other})) is None
    assert list_of(same, 1).is_subset(list_of(other, 1)) is None
    assert union(same, null()).is_subset(union(other, null())) is None


def test_values_and_sets_cannot_be_changed_and_can_be_copied() -> None:
    domain = integers(0, 5)
    with pytest.raises(AttributeError):
        domain.step = 2  # type: ignore[attr-defined]
    with pytest.raises(AttributeError):
        del domain.step  # type: ignore[attr-defined]
    assert copy.deepcopy(domain) == domain
    for one in (domain, ANY, NONE, xs_time(), union(null(), texts(1, 5))):
        assert pickle.loads(pickle.dumps(one)) == one
    assert repr(null()) == "Nulls()"


def test_fields_are_given_in_order_or_by_name() -> None:
    from gbcscheck.domains import TimeValue

    assert TimeValue(17, 0, hundredths=255, second=0) == TimeValue(17, 0, 0, 255)
    with pytest.raises(TypeError, match="'minute', 'second', and 'hundredths'"):
        TimeValue(17)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="'hours'"):
        TimeValue(17, 0, 0, 255, hours=1)  # type: ignore[call-arg]
