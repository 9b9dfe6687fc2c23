"""Data types that a fact outside of the row decides: the class of the object, and the encoding of a link."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from gbcscheck.evidence.comparisons import held
from gbcscheck.evidence.hops import each_carried
from gbcscheck.evidence.rows import types_of_rows
from gbcscheck.evidence.value_words import printed
from gbcscheck.model import Finding, Specification, Statement
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.item_names import head_and_element, split_row
from gbcscheck.rules.base import rule

_INDEX = re.compile(r"\[[^\]]*\]")
_MARK = re.compile(r"\[\[.*?\]\]")
_SIDE = re.compile(r"(?<=_)(active|passive)(?=$|[:.\[])")
"""How the names of attributes end of which a class has two of one type: what is in force, and what will be."""
_ENOUGH = 3
"""How many rows have one type at least where another one is odd."""
_MOST = 0.75
"""The share of them: where fewer have it, the class leaves the type to the object."""


@rule(
    "R124",
    "type-unlike-its-class",
    kind="encoding",
    severity="warning",
    reads=("class", "element", "type"),
    question="Has an element of an attribute one data type wherever objects of its class stand?",
    text="""
    A class of COSEM says of which type each element of an attribute is, and the rows repeat it for every object of the
    class. Nearly all rows of one element have one type, and here is another. Where a class leaves the type to the
    object (the value of a register), rows have several; an item that has the odd type in another class too means it.

    **How to fix it.** Give the row the type of the others, or, where the object is another, all rows of the item.

    **Example.** The Sunday of a week profile is `unsigned` in every calendar; a draft in which one of them became
    `long-unsigned` is told with that cell.
    """,
)
def type_unlike_its_class(catalogue: Catalogue) -> Iterator[Finding]:
    """Rows of an element of a class with another type than nearly all of them, each by itself."""
    kinds, elements, classes = catalogue.once(types_of_rows), catalogue.firsts("element"), catalogue.firsts("class")
    groups: dict[tuple[Specification, str, str], dict[str, list[Statement]]] = {}
    for subject, of_class in classes.items():
        element, kind = elements.get(subject), kinds.get(subject)
        if element is None or kind is None or kind.specification != of_class.specification:
            continue
        key = (of_class.specification, str(of_class.value), _plain_path(str(element.value)))
        groups.setdefault(key, {}).setdefault(_plain_type(kind.written), []).append(kind)
    for (_, class_, _), by_word in groups.items():
        common = max(by_word.values(), key=len)
        count = sum(map(len, by_word.values()))
        if len(common) < _ENOUGH:
            continue
        held(catalogue, common[0], common[1:])
        if len(common) == count or len(common) < _MOST * count:
            continue
        for ones in by_word.values():
            for odd in ones if ones is not common else ():
                alike = [one for one in kinds.values() if _is_likewise(one, odd) and one.subject in classes]
                if any(str(classes[one.subject].value) != class_ for one in alike):
                    continue
                held(catalogue, odd, common[:1])
                yield type_unlike_its_class.finding(
                    subject=odd.subject,
                    message=f"its type is {odd.written}, and {len(common)} rows of class {class_} have "
                    f"{common[0].written} for this element",
                    statements=(odd, common[0]),
                    witness=f"{odd.written} and {common[0].written}",
                    why="a class gives an element of an attribute one type.",
                    suggestion=f"write {common[0].written} in {odd.place}",
                )


def _is_likewise(one: Statement, odd: Statement) -> bool:
    """Whether a type is that of another row, and is stated of the same item."""
    is_alike = one.specification == odd.specification and _plain_type(one.written) == _plain_type(odd.written)
    return is_alike and _item(one.subject) == _item(odd.subject)


def _item(row: str) -> str:
    return head_and_element(split_row(row)[1])[0]


@lru_cache(maxsize=1024)
def _plain_path(path: str) -> str:
    """The path of an element without bounds, blanks, and whether it is in force."""
    return _SIDE.sub("", _INDEX.sub("[]", "".join(path.split())).casefold())


@lru_cache(maxsize=256)
def _plain_type(written: str) -> str:
    """A type as its cell names it, without the marks behind it."""
    return "".join(_MARK.sub("", written).split())


_WIDE: Mapping[str, str] = {"UTCTime": "0..4294967295"}
"""The numbers of encodings that conversions name: seconds in 32 bits."""


@rule(
    "R125",
    "type-smaller-than-encoding",
    kind="range",
    severity="warning",
    reads=("type", "permitted", "constant"),
    question="Can a row hold every value of the encoding in which a link carries a time?",
    text="""
    The crosswalk says that a time of a request or response is carried as seconds in 32 bits (`UTCTime`). The row that
    carries them has a smaller data type, or a signed one: of the times that the XML has, it holds fewer than the
    encoding does.

    **How to fix it.** Give the row 32 bits without a sign, or state the right conversion in the crosswalk.

    **Example.** The time from which a log is read, as `long-unsigned` in a draft: it ends after 18 hours.
    """,
)
def type_smaller_than_encoding(catalogue: Catalogue) -> Iterator[Finding]:
    """Rows of links with such a conversion that lack numbers of its encoding, one finding a row."""
    from gbcscheck.notation.canonical import parse_domain

    told: set[Statement] = set()
    for link in catalogue.crosswalk.links:
        for end in link.ends:
            encoding = end.conversion.rpartition(" to ")[2] if end.conversion else ""
            if encoding not in _WIDE:
                continue
            wide = parse_domain(_WIDE[encoding])
            stated = catalogue.first(end.subject, "permitted") or catalogue.first(end.subject, "type")
            for carried, (kind, *_) in each_carried(catalogue, link.ends_of("command", "response")):
                if stated is None or kind in told:
                    continue
                held(catalogue, stated, (kind,))
                if type(carried) is type(wide) and wide.is_subset(carried) is False:
                    told.add(kind)
                    yield type_smaller_than_encoding.finding(
                        subject=kind.subject,
                        message=f"{kind.written} cannot hold every {encoding}, as which {link.item} is carried",
                        statements=(kind, stated),
                        witness=f"{printed(carried)} of {printed(wide)}",
                        why=f"the crosswalk ({link.place}) says {end.conversion}.",
                        suggestion="give the row the type of the encoding",
                        root=(kind.subject,),
                    )


RULES = (type_unlike_its_class, type_smaller_than_encoding)
