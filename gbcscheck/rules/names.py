"""Names and repetition: one thing with two names, two marks for nothing, one fact stated twice."""

from __future__ import annotations

from collections.abc import Iterator

from gbcscheck.attributes import named
from gbcscheck.evidence.conflict_values import value_of
from gbcscheck.model import Finding, Specification, Statement
from gbcscheck.model.rules import EVERY_ATTRIBUTE
from gbcscheck.release.catalogue import Catalogue, split_row
from gbcscheck.rules.base import rule

LISTED = named("several")
"""Attributes of which a subject may have several values: they list, they do not contradict each other."""


@rule(
    "N101",
    "two-null-markers",
    kind="naming",
    severity="warning",
    reads=("blank",),
    question="Does a specification write 'nothing' in two ways?",
    text="""
    One table writes a word such as `NA` where the other tables of the same specification leave the cell blank. A
    reader, or a program, has to guess whether the two mean the same.

    **How to fix it.** Choose one mark for "no value" and use it everywhere.

    **Example.** MP150: GBCS Table 28a wrote `NA` where every other table leaves a blank.
    """,
)
def two_null_markers(catalogue: Catalogue) -> Iterator[Finding]:
    """Columns of one title in the tables of one specification that have two marks, one finding a column."""
    marks: dict[tuple[str, str], dict[str, list[Statement]]] = {}
    for statement in catalogue.by_attribute.get("blank", ()):
        column = statement.clause.rpartition(", ")[2]
        by_mark = marks.setdefault((statement.specification.name, column.casefold()), {})
        by_mark.setdefault(statement.written, []).append(statement)
    for (name, column), by_mark in marks.items():
        if len(by_mark) < 2:
            continue
        least = min(by_mark.values(), key=len)
        others = [group[0] for group in by_mark.values() if group is not least]
        listed = " and ".join(f'"{mark}"' if mark else "a blank cell" for mark in by_mark)
        yield two_null_markers.finding(
            subject=str(least[0].specification),
            message=f"{name} writes 'no value' as {listed}",
            statements=(least[0], *others),
            witness=f'"{least[0].written}"' if least[0].written else "a blank cell",
            why=f"{len(least)} of the cells without a value are written one way, the others another.",
            suggestion="use one mark for 'no value' everywhere",
            root=(name, column),
            also=tuple(dict.fromkeys(str(s.specification) for group in by_mark.values() for s in group)),
            exemplary=True,
            differing=tuple(f'"{mark}"' if mark else "a blank cell" for mark in by_mark),
        )


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
    for row in catalogue.by_attribute.get("object", ()):
        use_case, name = split_row(row.subject)
        what = [catalogue.first(row.subject, attribute) for attribute in ("class", "member", "element")]
        if not name or any(statement is None for statement in what):
            continue
        facts = [
            str(statement.value if statement.value is not None else statement.written)
            for statement in what
            if statement
        ]
        if "." not in str(row.value) or any(fact.casefold() == "not specified" for fact in facts):
            continue
        target = catalogue.first(use_case, "target")
        key = (str(row.specification), str(row.value), *facts, target.written if target is not None else "")
        places.setdefault(key, {}).setdefault(name.partition(".")[0], row)
    for key, by_name in places.items():
        if len(by_name) < 2:
            continue
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
    for item in catalogue.items.values():
        objects: dict[tuple[Specification, str], dict[tuple[str, str], Statement]] = {}
        for row in item.rows:
            of_class, of_object, member = (
                catalogue.first(row.subject, attribute) for attribute in ("class", "object", "member")
            )
            if of_class is None or of_object is None or member is None or "." not in str(of_object.value):
                continue
            places = objects.setdefault((of_object.specification, str(of_object.value)), {})
            places.setdefault((str(of_class.value), str(member.value)), member)
        for (_, name), places in objects.items():
            if len(places) > 1:
                yield one_name_two_things.finding(
                    subject=item.name,
                    message=f"is {len(places)} different things in object {name}",
                    statements=tuple(places.values()),
                    witness="; ".join(f"class {number}, {member}" for number, member in places),
                    why="what one use case sets is not what the other reads.",
                    suggestion="correct one of the rows, or give two things two names",
                )


@rule(
    "N103",
    "stated-twice-differently",
    kind="duplicate",
    severity="error",
    reads=(EVERY_ATTRIBUTE,),
    question="Does one specification state one fact twice, and differently?",
    text="""
    Two rows of the same part of the same specification say the same attribute of the same subject, and say it
    differently. Neither can be followed without breaking the other.

    **How to fix it.** Keep the right one.

    **Example.** A data item that stands in two rows of a table of defaults with two values.
    """,
)
def stated_twice_differently(catalogue: Catalogue) -> Iterator[Finding]:
    """Statements of one part that agree in subject and attribute and differ in what they say."""
    for subject in catalogue.subjects_stated_twice(LISTED):
        seen: dict[tuple[str, Specification], Statement] = {}
        for statement in catalogue.about(subject):
            if statement.attribute in LISTED:
                continue
            first = seen.setdefault((statement.attribute, statement.specification), statement)
            if first is statement or _says(first) == _says(statement):
                continue
            yield stated_twice_differently.finding(
                subject=subject,
                message=f"its {statement.attribute} is stated twice, and differently",
                statements=(first, statement),
                witness=f"{first.written} and {statement.written}",
                why=f"both stand in {statement.specification}.",
                suggestion="keep the right one",
            )


def _says(statement: Statement) -> object:
    if statement.domain is not None:
        return statement.domain
    return statement.value if statement.value is not None else statement.text


@rule(
    "N104",
    "table-repeats-another",
    kind="duplicate",
    severity="warning",
    reads=(EVERY_ATTRIBUTE,),
    question="Does one table repeat what another states?",
    text="""
    Every fact of one part of a specification stands in another part of it too. Nothing disagrees yet; the next change
    to one of the two will see to that.

    **How to fix it.** Keep the fuller table, and refer to it.

    **Example.** MP150: GBCS Table 28c repeated a subset of the columns of Table 16.2, and was removed for that alone.
    """,
)
def table_repeats_another(catalogue: Catalogue) -> Iterator[Finding]:
    """Parts whose every statement stands, with the same content, in another part of the same specification."""
    for part, statements in catalogue.parts.items():
        first_said = catalogue.about(statements[0].subject) if statements else ()
        for other in dict.fromkeys(statement.specification for statement in first_said):
            theirs = catalogue.parts[other]
            if other.part == part.part or other.name != part.name or not 2 <= len(statements) <= len(theirs):
                continue
            if len(statements) == len(theirs) and str(other) > str(part):
                continue
            if all(_stands_in(catalogue, statement, other) for statement in statements):
                first = statements[0]
                yield table_repeats_another.finding(
                    subject=str(part),
                    message=f"each of its {len(statements)} facts stands in {other} too",
                    statements=(first, next(s for s in catalogue.about(first.subject) if s.specification == other)),
                    witness=f"{first.subject}: {first.attribute} {first.written}",
                    why="one fact in two places is two facts after the next change.",
                    suggestion=f"remove the table and refer to {other}",
                    root=(part.name, part.part, other.part),
                    exemplary=True,
                )


def _stands_in(catalogue: Catalogue, statement: Statement, part: Specification) -> bool:
    """Whether another part says the same of the same subject."""
    return any(
        other.specification == part and other.attribute == statement.attribute and _says(other) == _says(statement)
        for other in catalogue.about(statement.subject)
    )


@rule(
    "N105",
    "one-type-two-definitions",
    kind="naming",
    severity="note",
    reads=("permitted", "type"),
    question="Do two schemas define a type of one name differently?",
    text="""
    Two schemas that are used together each define a type of the same name, and the two do not permit the same values.
    Whoever generates code from both, or reads a value of the one as the other, is misled by the name.

    **How to fix it.** Give the two types different names, or make them equal.

    **Example.** `DeviceType` in DUIS and in MMC.
    """,
)
def one_type_two_definitions(catalogue: Catalogue) -> Iterator[Finding]:
    """Named types of schemas of two namespaces with the same local name and other values, one finding a name."""
    types: dict[str, dict[str, tuple[Statement, Statement]]] = {}
    for stated in catalogue.by_attribute.get("permitted", ()):
        named = catalogue.first(stated.subject, "type") if stated.clause.startswith("type ") else None
        if named is None or not isinstance(named.value, str):
            continue
        prefix, colon, local = named.value.partition(":")
        if colon and prefix != "xs":
            types.setdefault(local, {}).setdefault(prefix, (named, stated))
    for local, by_prefix in types.items():
        first, *others = by_prefix.values()
        for other in others:
            if first[1].domain != other[1].domain:
                yield _two_definitions(catalogue, local, first, other)


def _two_definitions(
    catalogue: Catalogue, local: str, first: tuple[Statement, Statement], other: tuple[Statement, Statement]
) -> Finding:
    from gbcscheck.evidence.sides import value_text

    one, two = catalogue.domain(first[1]), catalogue.domain(other[1])
    assert one is not None
    assert two is not None
    classes = [*one.difference_classes(two), *two.difference_classes(one)]
    return one_type_two_definitions.finding(
        subject=local,
        message=f"{first[0].value} and {other[0].value} are two types",
        statements=(first[1], other[1]),
        witness="; ".join(f"{label}: {value_text(value)}" for label, value in classes[:4]),
        why="one name leads a reader to expect one set of values.",
        suggestion="give the two different names, or make them equal",
        root=(local, *sorted(str(named.value) for named in (first[0], other[0]))),
        exemplary=True,
        differing=tuple(sorted(f"{named.value}: {value_of(stated)}" for named, stated in (first, other))),
    )


RULES = (
    two_null_markers,
    one_thing_two_names,
    one_name_two_things,
    stated_twice_differently,
    table_repeats_another,
    one_type_two_definitions,
)
