"""Data types that several columns write alike, and those that stand in the name of what they are the type of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from gbcscheck.model import Statement, without_repeat
from gbcscheck.proposals.rereading import Columns, said
from gbcscheck.release.catalogue import Catalogue

_DIGITS = re.compile(r"\d+")


def types_alike(columns: Columns, target: Statement, one: Statement) -> Iterator[str]:
    """The data types that a column has elsewhere and that another statement means: the same type in another column, or
    the type of the target's kind that has as many octets (``UINT16`` for ``UINT8`` in a field of two)."""
    known = columns.examples(target)
    if one.attribute == "type" and one.written in known and said(one) in known[one.written].values():
        yield one.written
    if one.attribute == "octets" and (one.domain or "").isdigit():
        for text in known:
            is_of_kind = _DIGITS.sub("", text) == _DIGITS.sub("", target.written)
            if is_of_kind and _DIGITS.findall(text) == [str(8 * int(one.domain or 0))]:
                yield text


def types_of_kind(catalogue: Catalogue, target: Statement) -> Iterator[str]:
    """The data types of other rows for which the list of objects gives the same kind of value as for the target's row,
    if they are the target's with another number; those of most rows first. That is the custom of a column: it says what
    could be meant, and nobody speaks for it."""
    kind = catalogue.first(target.subject, "value-type") if target.attribute == "type" else None
    alike = catalogue.of_values("value-type", str(kind.value)) if kind is not None else ()
    types = (catalogue.first(one.subject, "type") for one in alike)
    count = Counter(one.written for one in types if one is not None and one.specification == target.specification)
    for text, _ in count.most_common():
        if text != target.written and _DIGITS.sub("", text) == _DIGITS.sub("", target.written):
            yield text


def name_with_type(target: Statement, text: str) -> str:
    """The subject of a type that stands in its name, ``Status (ENUM8)``, with another type there and without the number
    of a repeat; empty where it stands in none.

    >>> from gbcscheck.model import Specification
    >>> spec = Specification("GBCS", "4.0", "use cases")
    >>> target = Statement("GCS01/Status (ENUM16) #2", "type", spec, "", "", "", "", None, "ENUM16", None)
    >>> name_with_type(target, "ENUM8")
    'GCS01/Status (ENUM8)'
    """
    above, slash, name = target.subject.rpartition("/")
    behind = f"({target.written})"
    if target.attribute != "type" or behind not in name:
        return ""
    return above + slash + without_repeat(name).replace(behind, f"({text})", 1)
