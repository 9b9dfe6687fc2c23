"""Lists that have to agree: enumerations, things that one specification knows and another lacks, references."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from gbcscheck.catalogue import Catalogue, independent, plain
from gbcscheck.crosswalk import ListPair, ListSide
from gbcscheck.model import Finding, Specification, Statement
from gbcscheck.rules.base import rule
from gbcscheck.rules.sides import distinct, value_text

UNSTATED = "unstated"
"""Version of a document that does not state one."""
_UNKNOWN_VERSION = (
    "One of the two documents does not state its version: it may be newer than the other, and know what the other "
    "will have."
)
SHOWN = 8
"""How many members of a difference a message names; the rest is counted."""


def members(catalogue: Catalogue, side: ListSide) -> Mapping[str, Statement]:
    """The members of one list, each with the statement that first names it, in the order of the source."""
    found: dict[str, Statement] = {}
    if side.subject:
        for statement in catalogue.about(side.subject, side.attribute):
            if statement.specification.name == side.specification:
                for text in texts_of(catalogue, statement):
                    found.setdefault(text, statement)
        return found
    if side.attribute == "subject":
        for statement in catalogue.in_part(side.specification, side.part):
            found.setdefault(statement.subject, statement)
        return found
    for statement in catalogue.in_part(side.specification, side.part, side.attribute):
        for text in texts_of(catalogue, statement):
            found.setdefault(text, statement)
    return found


def texts_of(catalogue: Catalogue, statement: Statement) -> tuple[str, ...]:
    """What a statement lists: the texts of its enumeration, or its one value as a text."""
    from gbcscheck.domains import Texts

    domain = catalogue.domain(statement)
    if isinstance(domain, Texts):
        return tuple(str(member) for member in domain.members() or ())
    return (str(statement.value),) if statement.value is not None else ()


def _side_name(side: ListSide) -> str:
    what = side.subject or ("the subjects" if side.attribute == "subject" else side.attribute)
    return " ".join(word for word in (side.specification, side.part) if word) + f" ({what})"


def _missing(pair: ListPair, left: Mapping[str, Statement], right: Mapping[str, Statement]) -> tuple[str, ...]:
    return tuple(name for name in left if name not in right and name not in pair.ignore)


def _named(names: tuple[str, ...]) -> str:
    shown = ", ".join(value_text(name) for name in names[:SHOWN])
    return f"{shown} and {len(names) - SHOWN} more" if len(names) > SHOWN else shown


def _pairs(catalogue: Catalogue, kind: str) -> Iterator[tuple[ListPair, dict[str, Statement], dict[str, Statement]]]:
    """The list pairs of a kind of which both lists are there."""
    for pair in catalogue.crosswalk.lists:
        if pair.kind == kind:
            left, right = members(catalogue, pair.left), members(catalogue, pair.right)
            if left and right:
                yield pair, dict(left), dict(right)


@rule(
    "S101",
    "lists-differ",
    kind="enumeration",
    severity="error",
    question="Do two specifications list different members of the same thing?",
    text="""
    Two documents list the members of one thing: states, roles, versions, service references. They have to be equal as
    sets; order and layout do not matter. A member that only one list has is accepted by systems that follow the one
    and refused by those that follow the other. Texts are compared exactly: a single space is a value, and is not
    trimmed away.

    **How to fix it.** Add the member where it is missing, or remove it where it should not be. The finding names each
    member, and the place of both lists.

    **Example.** MP077: the states of the DCC Service Flag were `W` and `S` in one register, `N` and `I` in the other.
    """,
    versions_matter=True,
)
def lists_differ(catalogue: Catalogue) -> Iterator[Finding]:
    """Pairs of lists of the crosswalk, and roles or sets of texts stated twice for one subject, that are not equal."""
    for pair, left, right in _pairs(catalogue, "enumeration"):
        only_left = _missing(pair, left, right)
        only_right = _missing(pair, right, left) if pair.relation == "equal" else ()
        if only_left or only_right:
            yield _difference("S101", "error", pair, left, right, only_left, only_right)
    yield from _stated_twice(catalogue)


def _difference(
    code: str,
    severity: str,
    pair: ListPair,
    left: Mapping[str, Statement],
    right: Mapping[str, Statement],
    only_left: tuple[str, ...],
    only_right: tuple[str, ...],
) -> Finding:
    """One finding for a pair of lists, with the first place of each member that only one of them has."""
    parts = []
    if only_left:
        parts.append(f"only in {_side_name(pair.left)}: {_named(only_left)}")
    if only_right:
        parts.append(f"only in {_side_name(pair.right)}: {_named(only_right)}")
    statements = distinct(
        [
            *(left[name] for name in only_left[:SHOWN]),
            *(right[name] for name in only_right[:SHOWN]),
            *(() if only_left else (next(iter(left.values())),)),
            *(() if only_right else (next(iter(right.values())),)),
        ]
    )
    return Finding(
        rule=code,
        severity=severity,
        subject=pair.title,
        message="; ".join(parts),
        statements=statements,
        witness=value_text((only_left or only_right)[0]),
        why="the two lists have to be equal." if pair.relation == "equal" else "the one has to be within the other.",
        suggestion="add what is missing, or remove what should not be there",
    )


SETS = ("roles", "permitted", "states")
"""Attributes whose sets of texts have to be equal where two parts or specifications state them for one subject."""


def _stated_twice(catalogue: Catalogue) -> Iterator[Finding]:
    """Sets of texts that two specifications, or two parts of one, state for the same subject and that differ."""
    for attribute in SETS:
        groups: dict[str, dict[Specification, Statement]] = {}
        for statement in catalogue.by_attribute.get(attribute, ()):
            groups.setdefault(statement.subject, {}).setdefault(statement.specification, statement)
        for subject, group in groups.items():
            first, *others = group.values()
            for other in others:
                left, right = dict.fromkeys(texts_of(catalogue, first)), dict.fromkeys(texts_of(catalogue, other))
                only_left = tuple(text for text in left if text not in right)
                only_right = tuple(text for text in right if text not in left)
                if not left or not right or not (only_left or only_right) or not independent(first, other):
                    continue
                parts = [
                    f"only in {statement.specification}: {_named(names)}"
                    for statement, names in ((first, only_left), (other, only_right))
                    if names
                ]
                yield Finding(
                    rule="S101",
                    severity="error",
                    subject=subject,
                    message=f"{attribute} differ; {'; '.join(parts)}",
                    statements=(first, other),
                    witness=value_text((only_left or only_right)[0]),
                    why=f"{first.specification} and {other.specification} both state the {attribute} of {subject}.",
                    suggestion="make the two lists equal, or state the fact in one place only",
                )


@rule(
    "S102",
    "missing-from-list",
    kind="missing",
    severity="warning",
    question="Does one specification know a thing that another, which should, lacks?",
    text="""
    One document speaks of a use case, a code or a request, and the document that should describe it does not know it.
    Whoever meets it finds no rule for it.

    **How to fix it.** Add the missing description, or remove the mention. Where the two documents are of different
    versions, the newer one may simply have what the older one lacks; such a finding is a note.

    **Example.** A use case in the list of DCC's tools for which the GBCS tables have no row.
    """,
    versions_matter=True,
)
def missing_from_list(catalogue: Catalogue) -> Iterator[Finding]:
    """Members of the left list that the right one lacks, one finding a pair of lists."""
    for pair, left, right in _pairs(catalogue, "missing"):
        only_left = _missing(pair, left, right)
        only_right = _missing(pair, right, left) if pair.relation == "equal" else ()
        if only_left or only_right:
            unknown = UNSTATED in {s.specification.version for s in (*left.values(), *right.values())}
            found = _difference("S102", "note" if unknown else "warning", pair, left, right, only_left, only_right)
            yield replace(found, why=_UNKNOWN_VERSION) if unknown else found


@rule(
    "X101",
    "dangling-reference",
    kind="reference",
    severity="error",
    question="Does every cross-reference point at something that exists?",
    text="""
    A row refers to a service request, a version or a clause that the document referred to does not have. A system
    that follows the reference finds nothing; where the reference is a version, a device is refused or let in wrongly.

    **How to fix it.** Correct the reference, or add what it points at.

    **Example.** A Central Products List entry that cites GBCS 1.0, which has been out of force since May 2018.
    """,
    versions_matter=True,
)
def dangling_reference(catalogue: Catalogue) -> Iterator[Finding]:
    """References of the left list that are no member of the right one, one finding a reference."""
    for pair, left, right in _pairs(catalogue, "reference"):
        for name in _missing(pair, left, right):
            users = tuple(
                statement
                for statement in catalogue.in_part(pair.left.specification, pair.left.part, pair.left.attribute)
                if name in texts_of(catalogue, statement)
            )
            first = left[name]
            severity, why = _weight(catalogue, pair, name, right)
            yield Finding(
                rule="X101",
                severity=severity,
                subject=first.subject,
                message=f"refers to {value_text(name)}, which {_side_name(pair.right)} does not have",
                statements=distinct((first, next(iter(right.values())))),
                witness=value_text(name),
                why=why,
                suggestion=_variants(catalogue, pair.right, name) or _near(name, tuple(right)),
                root=(pair.title, name),
                also=tuple(statement.subject for statement in users if statement.subject != first.subject),
            )


def _weight(catalogue: Catalogue, pair: ListPair, name: str, right: Mapping[str, Statement]) -> tuple[str, str]:
    """How bad it is that a reference is not in the list, and why: a note where it is of another sort than all that
    the list holds, since the list may not be meant to hold it; a warning where it names a subject of that part."""
    if _shape(name) not in {_shape(member) for member in right}:
        return "note", "it is of another form than everything in that list, which may not be meant to hold it."
    if any(s.specification.name == pair.right.specification for s in catalogue.about(name)):
        return "warning", f"{name} is a subject of {pair.right.specification}, and not one of these."
    return "error", f"{pair.title}: each reference has to exist."


def _shape(text: str) -> str:
    """A name with every run of digits as one, so that names of one form are equal."""
    return re.sub(r"[0-9]+", "9", text)


@rule(
    "X103",
    "default-of-unknown-item",
    kind="reference",
    severity="warning",
    question="Does a table set a default for a data item that no use case knows?",
    text="""
    A row of a table of defaults names a data item, or an element of one, that is in no use case, no crosswalk and no
    other document of the release. Either the name is misspelt, or it is written in words that cannot be told apart
    from a misspelling. Nothing can be said of its value.

    **How to fix it.** Write the name of the data item as the use case tables have it; or, where the table has to keep
    its own words, say in a mapping (`gbcscheck extract table --mapping`) which data item each of them means.

    **Example.** A row called `Maximum Demand Period, days` where the use cases have
    `MaximumDemandConfigurableTimePeriod.entries[*].exec_weekdays`.
    """,
    versions_matter=True,
)
def default_of_unknown_item(catalogue: Catalogue) -> Iterator[Finding]:
    """Defaults of items that have neither a row nor a link, where the release has use case rows at all."""
    known = [item.name for item in catalogue.items.values() if item.rows]
    if not known:
        return
    for item in catalogue.items.values():
        defaults = catalogue.item_statements(item, "default")
        others = catalogue.item_statements(item, "permitted", "settable-by", "constant")
        if not defaults or item.rows or item.links or others:
            continue
        whole = item.name.partition(".")[0]
        elements = [name for name in known if plain(name.partition(".")[0]) == plain(whole)]
        if elements:
            message = f"the table names {whole} without the element that it sets"
            suggestion = f"name one of its elements: {', '.join(elements[:SHOWN])}"
        else:
            message = "the table sets a default for a data item that no use case knows"
            suggestion = _near(item.name, tuple(known))
        yield Finding(
            rule="X103",
            severity="warning",
            subject=item.name,
            message=message,
            statements=defaults[:1],
            witness=item.name,
            why="the value cannot be held against anything.",
            suggestion=suggestion,
        )


@rule(
    "X104",
    "row-of-unknown-use-case",
    kind="reference",
    severity="error",
    question="Does every row of the tables belong to a use case that there is?",
    text="""
    A row of the table of objects, parameters or layouts names a use case that the list of use cases of the same
    document does not have. The row is part of no message.

    **How to fix it.** Correct the name of the use case, or add the use case to the list.

    **Example.** A row of `ECS380` where ECS38 is meant.
    """,
)
def row_of_unknown_use_case(catalogue: Catalogue) -> Iterator[Finding]:
    """Rows whose use case has no statement, in a document that lists use cases, one finding a use case."""
    listing = {s.specification for s in catalogue.by_attribute.get("message-code", ())}
    known = {s.subject for s in catalogue.by_attribute.get("message-code", ())}
    rows: dict[str, list[Statement]] = {}
    for attribute in ("type", "parameter", "octets"):
        for statement in catalogue.by_attribute.get(attribute, ()):
            use_case, slash, _ = statement.subject.partition("/")
            if slash and use_case and use_case not in known and statement.specification in listing:
                rows.setdefault(use_case, []).append(statement)
    for use_case, statements in rows.items():
        yield Finding(
            rule="X104",
            severity="error",
            subject=use_case,
            message=f"{len(dict.fromkeys(s.subject for s in statements))} rows belong to a use case that is not listed",
            statements=tuple(statements[:1]),
            witness=use_case,
            why=f"{statements[0].specification} lists {len(known)} use cases, and this is none of them.",
            suggestion=_near(use_case, tuple(known)),
        )


def _variants(catalogue: Catalogue, side: ListSide, name: str) -> str:
    """Advice where the list speaks of parts of what is named (``6.20.1`` for ``6.20``) under another name."""
    parts = [s.subject for s in catalogue.in_part(side.specification, side.part, side.attribute)]
    below = [subject for subject in dict.fromkeys(parts) if subject.startswith(f"{name}.")]
    return f"{_named(tuple(below))} are there: give them the {side.attribute} {name}" if below else ""


def _near(name: str, names: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, names, n=3)
    return f"perhaps {' or '.join(near)} is meant" if near else "add what it points at, or correct the reference"


RULES = (lists_differ, missing_from_list, dangling_reference, default_of_unknown_item, row_of_unknown_use_case)
