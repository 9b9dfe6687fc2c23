"""Kinds of change of what an element may hold: order, choice, repetition, ``all`` groups, children that come and go."""

from __future__ import annotations

from schema_changes import element, everything, models, one_of, seq

A, B, C, D = (element(name) for name in "ABCD")

MODELS = (
    models("two elements change places", seq(A, B), seq(B, A)),
    models("the first of three goes last", seq(A, B, C), seq(B, C, A)),
    models("an optional element moves", seq(element("A", "0..1"), B, C), seq(B, element("A", "0..1"), C)),
    models("a sequence becomes an all group", seq(A, B), everything(A, B)),
    models("a sequence becomes a choice", seq(A, B), one_of(A, B)),
    models("an all group becomes a choice", everything(A, B), one_of(A, B)),
    models("an all group becomes optional", everything(A, B), everything(A, B, occurs="0..1")),
    models("an element of an all group becomes optional", everything(A, B), everything(A, element("B", "0..1"))),
    models("a choice becomes optional", seq(one_of(A, B)), seq(one_of(A, B, occurs="0..1"))),
    models("a choice repeats", seq(one_of(A, B)), seq(one_of(A, B, occurs="1..2"))),
    models("a choice repeats without bound", seq(one_of(A, B, occurs="1..2")), seq(one_of(A, B, occurs="1..*"))),
    models("a choice has to be taken twice", seq(one_of(A, B, occurs="1..2")), seq(one_of(A, B, occurs="2..2"))),
    models("a sequence becomes optional as a whole", seq(seq(A, B), C), seq(seq(A, B, occurs="0..1"), C)),
    models("a sequence repeats as a whole", seq(A, B), seq(A, B, occurs="1..2")),
    models(
        "elements repeat by themselves, not together",
        seq(A, B, occurs="1..2"),
        seq(element("A", "1..2"), element("B", "1..2")),
    ),
    models(
        "an optional group becomes optional elements",
        seq(seq(A, B, occurs="0..1")),
        seq(element("A", "0..1"), element("B", "0..1")),
    ),
    models("an alternative becomes a sequence of two", seq(one_of(A, seq(B, C))), seq(one_of(seq(A, B), C))),
    models("an element leaves the choice and follows it", seq(one_of(A, B, C)), seq(one_of(A, B), C)),
    models(
        "an element joins the choice before it",
        seq(one_of(A, B), element("C", "0..1")),
        seq(one_of(A, B, element("C", "0..1"))),
    ),
    models("a new alternative", seq(one_of(A, B)), seq(one_of(A, B, C))),
    models("a new alternative of several elements", seq(one_of(A, B)), seq(one_of(A, seq(B, C)))),
    models("an optional element is new at the end", seq(A, B), seq(A, B, element("C", "0..1"))),
    models("an optional element is new at the start", seq(A, B), seq(element("C", "0..1"), A, B)),
    models("a mandatory element is new", seq(A, B), seq(A, C, B)),
    models("an element becomes optional", seq(A, B), seq(element("A", "0..1"), B)),
    models("an element may repeat", seq(A, B), seq(element("A", "1..3"), B)),
    models("an element may repeat without bound", seq(element("A", "1..3"), B), seq(element("A", "1..*"), B), "AB", 6),
    models("an element has to stand twice", seq(element("A", "1..2"), B), seq(element("A", "2..2"), B)),
    models("an alternative may be empty", seq(one_of(A, B), C), seq(one_of(A, element("B", "0..1")), C)),
    models(
        "a choice between sequences that begin alike is told by their ends",
        seq(A, one_of(B, C)),
        seq(A, one_of(B, seq(C, D))),
        "ABCD",
    ),
    models("two choices change places", seq(one_of(A, B), one_of(C, D)), seq(one_of(C, D), one_of(A, B)), "ABCD", 3),
    models(
        "two choices become one that is taken twice",
        seq(one_of(A, B), one_of(C, D)),
        seq(one_of(A, B, C, D, occurs="2..2")),
        "ABCD",
        3,
    ),
    models("an element stands once more at the end", seq(A, B), seq(A, B, element("A", "0..1"))),
    models("all children go", seq(element("A", "0..1")), "", "A", 2),
    models("repeated and bounded otherwise", seq(A, B, occurs="0..2"), seq(A, B, occurs="1..3"), "AB", 6),
    models("order within a group that repeats", seq(seq(A, B, occurs="0..*")), seq(seq(B, A, occurs="0..*"))),
    models("order and a new element at once", seq(A, B), seq(B, A, element("C", "0..1"))),
    models("order and an element that goes at once", seq(A, B, element("C", "0..1")), seq(B, A)),
    models("order and occurrence at once", seq(A, B), seq(B, element("A", "0..1"))),
)
