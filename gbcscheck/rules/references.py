"""References: what a row, a table or a list refers to has to exist."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from gbcscheck.evidence.lists import SHOWN, as_a_whole, lacking, named, pairs_of_kind, side_name, texts_of
from gbcscheck.evidence.rows import tables_of_use_cases
from gbcscheck.evidence.value_words import value_text
from gbcscheck.facts.crosswalk import ListPair, ListSide
from gbcscheck.model import Finding, Specification, Statement, distinct
from gbcscheck.model.rules import OF_CROSSWALK
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.item_names import head_and_element
from gbcscheck.rules.base import rule

_OF_OTHERS = ("permitted", "constant", "settable-by", "unit")
"""What a document says of an item that need be in no use case."""


@rule(
    "X101",
    "dangling-reference",
    kind="reference",
    severity="error",
    reads=(OF_CROSSWALK,),
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
    for pair, left, right in pairs_of_kind(catalogue, "reference"):
        for name in lacking(pair, left, right):
            users = tuple(
                statement
                for statement in catalogue.in_part(pair.left.specification, pair.left.part, pair.left.attribute)
                if name in texts_of(catalogue, statement)
            )
            first = min((left[name], *users), key=lambda statement: statement.subject)
            severity, why = _weight(catalogue, pair, name, right)
            yield dangling_reference.finding(
                severity=severity,
                subject=first.subject,
                message=f"refers to {value_text(name)}, which {side_name(pair.right)} does not have",
                statements=distinct((first, as_a_whole(pair.right, right))),
                witness=value_text(name),
                why=why,
                suggestion=_variants(catalogue, pair.right, name) or _near(name, tuple(right)),
                root=(pair.title, name),
                also=tuple(statement.subject for statement in users if statement.subject != first.subject),
                exemplary=True,
                lacks=((pair.right.specification, pair.right.attribute, name),),
            )


def _weight(catalogue: Catalogue, pair: ListPair, name: str, right: Mapping[str, Statement]) -> tuple[str, str]:
    """How bad it is that a reference is not in the list, and why: a note where it is of another sort than all that
    the list holds, since the list may not be meant to hold it; a warning where it names a subject of that part."""
    if _shape(name) not in {_shape(member) for member in right}:
        return "note", "it is of another form than everything in that list, which may not be meant to hold it."
    if any(s.specification.name == pair.right.specification for s in catalogue.about(name)):
        return "warning", f"{name} is a subject of {pair.right.specification}, and not one of these."
    return "", f"{pair.title}: each reference has to exist."


def _shape(text: str) -> str:
    """A name with every run of digits as one, so that names of one form are equal."""
    return re.sub(r"[0-9]+", "9", text)


@rule(
    "X103",
    "default-of-unknown-item",
    kind="reference",
    severity="warning",
    reads=("default", *_OF_OTHERS, "message-code"),
    question="Does a table set a default for a data item that no use case knows, or misspell the name of one?",
    text="""
    A row of a table of defaults names a data item, or an element of one, that is in no use case, no crosswalk and no
    other document of the release. Either the name is misspelt, or it is written in words that cannot be told apart
    from a misspelling. Nothing can be said of its value. What a document says of an item otherwise (its unit, who may
    set it) need not be of one that use cases carry; there it is told where one letter makes it the name of one.

    **How to fix it.** Write the name of the data item as the use case tables have it; or, where the table has to keep
    its own words, say in a mapping (`gbcscheck extract table --mapping`) which data item each of them means.

    **Example.** A row called `Maximum Demand Period, days` where the use cases have
    `MaximumDemandConfigurableTimePeriod.entries[*].exec_weekdays`.
    """,
    versions_matter=True,
)
def default_of_unknown_item(catalogue: Catalogue) -> Iterator[Finding]:
    """Defaults of items that have neither a row nor a link and of which no other specification speaks, where the
    release has use case rows at all."""
    if not any(item.rows for item in catalogue.items.values()):
        return
    for item in catalogue.items_that_say("default", *_OF_OTHERS):
        if item.rows or item.links:
            continue
        defaults, others = (catalogue.item_statements(item, *names) for names in (("default",), _OF_OTHERS))
        stated = defaults or others
        if not stated or any(other.specification != stated[0].specification for other in others):
            continue
        meant = catalogue.item_names.misspelt(item.name)
        if not defaults and not meant:
            continue
        message, suggestion = _misspelt(item.name, meant) if meant else _unknown_item(catalogue, item.name)
        yield default_of_unknown_item.finding(
            subject=item.name,
            message=message,
            statements=stated[:1],
            witness=item.name,
            why="the value cannot be held against anything.",
            suggestion=suggestion,
            absent_from=tables_of_use_cases(catalogue),
        )


@rule(
    "X104",
    "row-of-unknown-use-case",
    kind="reference",
    severity="error",
    reads=("message-code", "type", "parameter", "octets", "category", "value-type"),
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
    known = dict.fromkeys(s.subject for s in catalogue.by_attribute.get("message-code", ()))
    rows: dict[str, dict[str, tuple[Specification, str]]] = {}
    for attribute in ("type", "parameter", "octets", "category", "value-type"):
        for specification, subject in catalogue.said_of(attribute):
            if subject[:1] == "/":  # a path of XML
                continue
            use_case, slash, _ = subject.partition("/")
            if slash and use_case not in known and specification in listing:
                rows.setdefault(use_case, {}).setdefault(subject, (specification, attribute))
    for use_case, subjects in rows.items():
        count = len(subjects)
        subject, (specification, attribute) = next(iter(subjects.items()))
        first = next(s for s in catalogue.about(subject, attribute) if s.specification == specification)
        yield row_of_unknown_use_case.finding(
            subject=use_case,
            message=f"{count} row{'s belong' if count > 1 else ' belongs'} to a use case that is not listed",
            statements=(first,),
            witness=use_case,
            why=f"{specification} lists {len(known)} use cases, and this is none of them.",
            suggestion=_near(use_case, tuple(known)),
            exemplary=True,
        )


def _variants(catalogue: Catalogue, side: ListSide, name: str) -> str:
    """Advice where the list speaks of parts of what is named (``6.20.1`` for ``6.20``) under another name."""
    parts = [s.subject for s in catalogue.in_part(side.specification, side.part, side.attribute)]
    below = [subject for subject in dict.fromkeys(parts) if subject.startswith(f"{name}.")]
    return f"{named(tuple(below))} are there: give them the {side.attribute} {name}" if below else ""


def _unknown_item(catalogue: Catalogue, name: str) -> tuple[str, str]:
    """What is wrong with a name that stands for no item, or for several, and what may be meant."""
    head, element = head_and_element(name)
    elements = catalogue.item_names.elements(name)
    if elements:
        listed = f"{', '.join(elements[:SHOWN])}{' …' if len(elements) > SHOWN else ''}"
        what = f'no element of it is called "{element}"' if element else "it has several elements"
        return f"the table names {head}, and {what}", f"name one of its elements: {listed}"
    message = "the table sets a default for a data item that no use case knows"
    return message, _perhaps(catalogue.item_names.near(name)[:3])


def _misspelt(name: str, meant: Sequence[str]) -> tuple[str, str]:
    return f"no use case knows {name}, and one letter makes it the name of an item", _perhaps(meant[:SHOWN])


def _near(name: str, names: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    return _perhaps(get_close_matches(name, names, n=3))


def _perhaps(near: Sequence[str]) -> str:
    return f"perhaps {' or '.join(near)} is meant" if near else "add what it points at, or correct the reference"


RULES = (dangling_reference, default_of_unknown_item, row_of_unknown_use_case)
