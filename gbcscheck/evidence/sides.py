"""What rules share: a statement's values as the device holds them, and how to put them into words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from gbcscheck.facts.crosswalk import Link, LinkEnd
from gbcscheck.model import Statement
from gbcscheck.release.catalogue import Catalogue, Item, split_row

if TYPE_CHECKING:
    from gbcscheck.domains import Domain
    from gbcscheck.domains.conversions import Conversion


def type_of(catalogue: Catalogue, item: Item) -> Domain | None:
    """The data type of an item, from the first use case row that states one."""
    for statement in catalogue.item_statements(item, "type"):
        domain = catalogue.domain(statement)
        if domain is not None:
            return domain
    return None


def types_of(catalogue: Catalogue, item: Item) -> tuple[Domain, ...]:
    """The data types of an item, each once; one for electricity and one for gas may differ in kind."""
    stated = (catalogue.domain(statement) for statement in catalogue.item_statements(item, "type"))
    return tuple(dict.fromkeys(domain for domain in stated if domain is not None))


def in_type(catalogue: Catalogue, statement: Statement, kind: Domain | None) -> Domain | None:
    """A statement's values read in the context of a data type (``0xFE`` over 7 bits is every day); None where it
    states none or cannot be read so."""
    domain = catalogue.domain(statement)
    return domain if domain is None or kind is None else conformed(domain, kind)


def in_own_type(catalogue: Catalogue, statement: Statement) -> Domain | None:
    """A statement's values read in the data type of its row, or else of its item; as they are written where there is
    none, or they cannot be read so."""
    from gbcscheck.domains import Bits

    domain = catalogue.domain(statement)
    if domain is None or statement.attribute == "type":
        return domain
    row = catalogue.first(statement.subject, "type")
    item = catalogue.items.get(split_row(statement.subject)[1] or statement.subject)
    kind = catalogue.domain(row) if row is not None else type_of(catalogue, item) if item is not None else None
    if kind is None or (type(kind) is type(domain) and not isinstance(domain, Bits)):
        return domain
    found = conformed(domain, kind)
    return domain if found is None else found


@lru_cache(maxsize=4096)
def conformed(domain: Domain, kind: Domain) -> Domain | None:
    """A set of values in the context of a data type; None where it cannot be read so."""
    from gbcscheck.domains import CannotConform
    from gbcscheck.domains.interpret_as import conform

    try:
        return conform(domain, kind)
    except CannotConform:
        return None


def alike(domain: Domain, like: Domain) -> Domain:
    """A set of octets read as the kind of ``like`` (a COSEM date or time, whole numbers), so that the two can be held
    against each other; the set as it is where it is of that kind already, or cannot be read so."""
    if type(domain) is type(like):
        return domain
    read = conformed(domain, like)
    return read if read is not None else domain


@cache
def conversion(text: str) -> Conversion:
    """The conversion that a crosswalk end names; each text is read once."""
    from gbcscheck.domains.conversions import parse_conversion

    return parse_conversion(text)


def on_device(catalogue: Catalogue, end: LinkEnd, statement: Statement) -> Domain | None:
    """The values of a crosswalk end as the device holds them: the image under the end's conversion; None where
    nothing is stated, or where the image is no set that can be expressed."""
    domain = catalogue.domain(statement)
    return domain if domain is None or not end.convert else _image(end.convert, domain)


@lru_cache(maxsize=1024)
def _image(convert: str, domain: Domain) -> Domain | None:
    """The image of a set under a conversion, which several rules ask for; None where it is no set that can be
    expressed."""
    from gbcscheck.domains import NotExact

    try:
        return conversion(convert).image(domain)
    except NotExact:
        return None


@lru_cache(maxsize=1024)
def _preimage(convert: str, domain: Domain) -> Domain | None:
    from gbcscheck.domains import NotExact

    try:
        return conversion(convert).preimage(domain)
    except NotExact:
        return None


def showable(catalogue: Catalogue, end: LinkEnd, statement: Statement) -> Domain | None:
    """The values of a device that an element of a response can show: all that become one of its values. For dates and
    times that is more than the image, since several encodings stand for one time."""
    domain = catalogue.domain(statement)
    there, to, back = end.convert.partition(" to ")
    if domain is None or not to or not there.startswith("xs:"):
        return on_device(catalogue, end, statement)
    return acceptable_to(LinkEnd(end.subject, f"{back} to {there}"), domain)


def acceptable_to(end: LinkEnd, carried: Domain) -> Domain | None:
    """The values of a crosswalk end that become members of ``carried``; None where that is no set that can be
    expressed."""
    return _preimage(end.convert, carried) if end.convert else carried


def is_number(domain: Domain | None) -> bool:
    """Whether a set is one of numbers."""
    from gbcscheck.domains import Numbers

    return isinstance(domain, Numbers)


def assumed_unit(values: Domain, *others: Domain) -> str:
    """One sentence on the unit that has to be assumed to compare some sets: that of ``values``, where it is stated and
    that of one of the others is not. Empty where nothing is assumed; a finding that rests on it is milder."""
    from gbcscheck.domains import Numbers

    if not isinstance(values, Numbers) or values.unit is None:
        return ""
    silent = any(isinstance(other, Numbers) and other.unit is None for other in others)
    return f"The other side states no unit; its numbers are taken to be in {values.unit} here." if silent else ""


def words(domain: Domain, encoding: str) -> str:
    """A set of values in plain words, as dates or week days where its encoding is known."""
    from gbcscheck.domains.encoding_words import describe_as

    return describe_as(domain, encoding) if encoding else domain.describe()


def meaning(attribute: str, domain: Domain, encoding: str, written: str) -> str:
    """What a side's value means: in words, and in hexadecimal where its own text is not."""
    from gbcscheck.domains import Bits

    said = f"{attribute}: {words(domain, encoding)}"
    if not isinstance(domain, Bits) or "0x" in written or domain.members(1) is None:
        return said
    return f"{said} ({in_style(domain, '0x')})"


def printed(domain: Domain) -> str:
    """A set of values in the canonical notation."""
    from gbcscheck.notation.canonical import print_domain

    return print_domain(domain)


def value_text(value: object) -> str:
    """One value in the canonical notation."""
    from gbcscheck.notation.canonical import print_value

    return print_value(value)


def in_style(domain: Domain, sample: str) -> str:
    """A one-value domain written the way ``sample`` is: bits filled up to whole octets, or in hexadecimal."""
    text = printed(domain)
    if not text.startswith("0b"):
        return text
    bits = text[2:]
    filled = bits + "0" * (-len(bits) % 8)
    if sample.lstrip("|").startswith("0x") and "x" not in bits:
        return f"0x{int(filled, 2):0{len(filled) // 4}X}"
    if re.fullmatch(rf"\|*0b[01]{{{len(filled)}}}\b.*", sample, re.DOTALL):
        return "0b" + filled
    return text


def setting_links(catalogue: Catalogue, item: Item) -> tuple[Link, ...]:
    """The links through which a service request sets an item, as far as they are in force."""
    return tuple(link for link in in_force(catalogue, item) if link.request and link.settable)


def in_force(catalogue: Catalogue, item: Item) -> tuple[Link, ...]:
    """The links of an item whose command or response the release has: another use case took the place of the others
    (GCS24a that of GCS24). All of them where the release has none, since it may lack the use cases as a whole."""
    known = tuple(
        link
        for link in item.links
        if not (link.command or link.response)
        or any(end.subject in catalogue.by_subject for end in (link.command or link.response))
    )
    return known or item.links


def what_is_set_instead(catalogue: Catalogue, item: Item) -> str:
    """One sentence on the service requests that set other elements of the same data item; empty where none does."""
    whole = item.name.partition(".")[0]
    elements: dict[str, list[str]] = {}
    for link in catalogue.crosswalk.links:
        name, _, element = link.item.partition(".")
        if name == whole and link.request and link.settable:
            elements.setdefault(link.service_request, []).append(element or name)
    if not elements:
        return ""
    listed = "; ".join(f"{request} sets only {_and(names)}" for request, names in elements.items())
    return f"Of {whole}, service request {listed}."


def _and(names: Iterable[str]) -> str:
    unique = list(dict.fromkeys(names))
    return unique[0] if len(unique) == 1 else f"{', '.join(unique[:-1])} and {unique[-1]}"


def distinct(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Statements without repeats, in their order."""
    return tuple(dict.fromkeys(statements))


def direction_order(catalogue: Catalogue, statement: Statement) -> int:
    """Rows of commands that set something before rows that read it, both before what is no row."""
    use_case = statement.subject.partition("/")[0]
    direction = catalogue.first(use_case, "direction")
    return {"Update": 0, "Read": 1}.get(str(direction.value) if direction else "", 2)
