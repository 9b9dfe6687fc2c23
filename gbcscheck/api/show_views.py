"""What is said of one thing, for a table of it: statements with the conversions on its way, and in words what octets
mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from gbcscheck.model import Statement
from gbcscheck.release.catalogue import Catalogue

if TYPE_CHECKING:
    from gbcscheck.release.catalogue import Item
    from gbcscheck.report.subject import SubjectView

IN_WORDS = ("default", "permitted", "constant")
"""Attributes whose octets and bits are told in words, where it is known what they are."""


def view_of(catalogue: Catalogue, name: str, *, in_words: bool = True) -> SubjectView:
    """Every statement about a thing; for a data item also those at the ends of its links, with the conversions, and
    with what dates, times and weeks mean unless ``in_words`` says otherwise."""
    from gbcscheck.report.subject import SubjectView

    item = catalogue.items.get(name)
    if item is None:
        return SubjectView(name, catalogue.about(name))
    statements = list(catalogue.item_statements(item))
    conversions: dict[str, str] = {}
    for link in item.links:
        for end in link.ends_of("command", "response", "request", "reading"):
            statements.extend(catalogue.about(end.subject))
        for end in link.ends_of("request", "reading"):
            conversions[end.subject] = end.conversion or "the same value"
    distinct = tuple(dict.fromkeys(statements))
    return SubjectView(name, distinct, conversions, _in_words(catalogue, item, distinct) if in_words else {})


def _in_words(catalogue: Catalogue, item: Item, statements: Sequence[Statement]) -> Mapping[Statement, str]:
    """What a date, a time or days of the week mean, by the statement that gives one."""
    stated = [one for one in statements if one.attribute in IN_WORDS and one.domain is not None]
    own = next((str(one.value) for one in statements if one.attribute == "encoding"), "")
    encoding = own or catalogue.encoding_of_class(item) if stated else ""
    if not encoding:
        return {}
    from gbcscheck.domains.encoding_words import ENCODINGS, describe_as

    found: dict[Statement, str] = {}
    for statement in stated if encoding in ENCODINGS else ():
        domain = catalogue.domain(statement)
        if domain is not None and (statement.attribute != "permitted" or domain.members(1) is not None):
            words = describe_as(domain, encoding)
            found[statement] = "" if words == statement.written else words
    return found


def subjects_below(catalogue: Catalogue, name: str) -> Iterator[str]:
    """The subjects whose name goes on behind another one and a slash, in the order of the release."""
    begin = f"{name}/"
    return (subject for subject in catalogue.by_subject if subject.startswith(begin))
