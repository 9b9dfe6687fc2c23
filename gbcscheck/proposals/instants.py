"""What follows from a data type and the kind of value that the list of objects gives: how octets are to be read, and
how many there are."""

from __future__ import annotations

from collections.abc import Iterator

from gbcscheck.errors import GbcscheckError
from gbcscheck.frozen import frozen
from gbcscheck.model import Statement
from gbcscheck.proposals.replacing import Replacement
from gbcscheck.release.catalogue import Catalogue

_FOLLOW = ("encoding", "permitted")


@frozen
class TypeOfRow:
    """A data type as it is read in a row, and what is said of the row where a date or a time is meant; each a set, or
    a fact."""

    domain: str | None
    said: tuple[tuple[str, str | None, str | None], ...]


def type_of_row(catalogue: Catalogue, own: Statement, text: str, of_kind: Statement | None) -> TypeOfRow | None:
    """What the row of a type says with another text there and with a kind of value; None where nobody can read it, and
    of rows of protocols that have other types."""
    from gbcscheck.notation.canonical import print_domain
    from gbcscheck.notation.dlms_type import read_dlms_type
    from gbcscheck.notation.object_type import cosem_domain, encoding, read_object_type

    row = catalogue.about(own.subject)
    if not any(one.attribute == "class" for one in row):
        return None
    try:
        data_type = read_dlms_type(text)
        kind = read_object_type(of_kind.written) if of_kind is not None else None
        encoded = encoding(kind, data_type)
    except (GbcscheckError, ValueError):
        return None
    is_exact = encoded is not None or any(
        one.attribute == "constant" or (one.attribute == "element" and one.written.endswith("logical_name"))
        for one in row
        if one.specification == own.specification
    )
    said: list[tuple[str, str | None, str | None]] = []
    if encoded is not None and kind is not None:
        said.append(("encoding", None, encoded))
        if kind.wildcards is False and kind.kind.lower() == encoded:
            said.append(("permitted", print_domain(cosem_domain(encoded, False)), None))
    printed = print_domain(data_type.domain(exact=is_exact))
    return TypeOfRow(None if printed == "any" else printed, tuple(said))


def following_type(
    catalogue: Catalogue, own: Statement, text: str, of_kind: Statement | None, subject: str, clause: str
) -> Iterator[Replacement]:
    """What is said otherwise of a row, or of the ``subject`` that it is about from now on, once its type has another
    text or the list of objects gives it a kind; without a word of the type itself."""
    found = type_of_row(catalogue, own, text, of_kind)
    if found is None or of_kind is None:
        return
    said = {attribute: (domain, value) for attribute, domain, value in found.said}
    for one in catalogue.about(own.subject, *_FOLLOW):
        if one.source != of_kind.source or one.specification != own.specification:
            continue
        if said.get(one.attribute) == (one.domain, one.value):
            del said[one.attribute]
        else:
            yield Replacement(one, "", *one[7:10])
    for attribute, (domain, value) in said.items():
        lacking = of_kind._replace(
            subject=subject, attribute=attribute, clause=clause, domain=None, value=None, text=""
        )
        yield Replacement(lacking, subject, domain, value, of_kind.written if domain is not None else None)
