"""Data items and COSEM objects: one thing with two names, one name for two things."""

from __future__ import annotations

from collections.abc import Iterator

from gbcscheck.evidence.comparisons import held_all
from gbcscheck.model import Finding, Specification, Statement
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.item_names import split_row
from gbcscheck.rules.base import rule


@rule(
    "N102",
    "one-thing-two-names",
    kind="naming",
    severity="note",
    reads=("object", "class", "member", "element", "target"),
    question="Does one element of a COSEM object have two names?",
    text="""
    Two rows of one specification describe the same element of the same COSEM object on the same kind of device, under
    two data items. A reader who changes the one does not know that the other changes with it.

    **How to fix it.** Use one name, or say in one of the rows that it is the other.

    **Example.** The capture period of an average voltage profile, once as the profile's own, once as the measurement
    period.
    """,
)
def one_thing_two_names(catalogue: Catalogue) -> Iterator[Finding]:
    """Data items that share class, object, member and element on a common target, one finding a pair of items."""
    places: dict[tuple[str, ...], dict[str, Statement]] = {}
    asked = [catalogue.firsts(attribute) for attribute in ("class", "member", "element")]
    target_of = catalogue.firsts("target")
    for row in catalogue.by_attribute.get("object", ()):
        use_case, name = split_row(row.subject)
        what = [firsts.get(row.subject) for firsts in asked]
        if not name or any(statement is None for statement in what):
            continue
        facts = [
            str(statement.value if statement.value is not None else statement.written)
            for statement in what
            if statement
        ]
        if "." not in str(row.value) or any(fact.casefold() == "not specified" for fact in facts):
            continue
        target = target_of.get(use_case)
        key = (str(row.specification), str(row.value), *facts, target.written if target is not None else "")
        places.setdefault(key, {}).setdefault(name.partition(".")[0], row)
    for key, by_name in places.items():
        if len(by_name) < 2:
            continue
        held_all(catalogue, tuple(by_name.values()))
        first, *others = sorted(by_name)
        yield one_thing_two_names.finding(
            subject=first,
            message=f"is the same element of object {key[1]} as {', '.join(others)}",
            statements=tuple(by_name.values()),
            witness=f"class {key[2]}, object {key[1]}, {key[3]}",
            why="the device has one value for both.",
            suggestion="use one name, or say in one row that it is the other",
            root=tuple(sorted(by_name)),
            exemplary=True,
        )


@rule(
    "N106",
    "one-name-two-things",
    kind="naming",
    severity="warning",
    reads=("class", "object", "member"),
    question="Do the rows of one element of one object name different classes or attributes?",
    text="""
    Two rows give the same element of the same data item in the same COSEM object, and name different classes or
    attributes of it: what one use case sets is not what the other reads. That one data item stands in two objects is
    no conflict; active and passive calendars do.

    **How to fix it.** Correct the class or the attribute number of one row; or, where two things are meant, give them
    two names.

    **Example.** A row that sets attribute 4 of an object, while the row that reads the same item back has attribute 3.
    """,
)
def one_name_two_things(catalogue: Catalogue) -> Iterator[Finding]:
    """Data items whose rows agree in the object and differ in class or member, one finding an item and object."""
    asked = [catalogue.firsts(attribute) for attribute in ("class", "object", "member")]
    for item in catalogue.items.values():
        objects: dict[tuple[Specification, str], dict[tuple[str, str], Statement]] = {}
        for row in item.rows:
            of_class, of_object, member = (firsts.get(row.subject) for firsts in asked)
            if of_class is None or of_object is None or member is None or "." not in str(of_object.value):
                continue
            places = objects.setdefault((of_object.specification, str(of_object.value)), {})
            places.setdefault((str(of_class.value), str(member.value)), member)
        for (_, name), places in objects.items():
            held_all(catalogue, tuple(places.values()))
            if len(places) > 1:
                yield one_name_two_things.finding(
                    subject=item.name,
                    message=f"is {len(places)} different things in object {name}",
                    statements=tuple(places.values()),
                    witness="; ".join(f"class {number}, {member}" for number, member in places),
                    why="what one use case sets is not what the other reads.",
                    suggestion="correct one of the rows, or give two things two names",
                )


RULES = (one_thing_two_names, one_name_two_things)
