"""The values of a statement, read in the data type of its item and as the device holds them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from gbcscheck.evidence.rows import carries_whole, in_force
from gbcscheck.model import Statement
from gbcscheck.release.catalogue import Catalogue, Item
from gbcscheck.release.item_names import split_row

if TYPE_CHECKING:
    from gbcscheck.cosem.axdr import Data
    from gbcscheck.domains import Domain
    from gbcscheck.domains.conversions import Conversion


Stated = tuple[tuple[Statement, "Domain"], ...]
"""Statements with the sets of values that they set out."""

# --- one set as another kind of set ----------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def read_as(values: Domain, kind: Domain) -> Domain | None:
    """A set of values read as those of a data type or of the kind of another set (octets as a time, 0xFF as true);
    None where it cannot be read so."""
    from gbcscheck.domains import NotInterpretable
    from gbcscheck.domains.interpret_as import interpret_as

    try:
        return interpret_as(values, kind)
    except NotInterpretable:
        return None


def read_like(values: Domain, other: Domain) -> Domain:
    """A set of octets read as the kind of ``other`` (a COSEM date or time, whole numbers), so that the two can be held
    against each other; the set as it is where it is of that kind already, or cannot be read so."""
    if type(values) is type(other):
        return values
    read = read_as(values, other)
    return read if read is not None else values


# --- one value as a set ----------------------------------------------------------------------------------------------


def set_of(value: object) -> Domain | None:
    """The set of one value, of its octets for a date or time with an illegal field; None for a list of different
    entries, which is no set of one shape."""
    from gbcscheck.domains.base import NONE, NotExact
    from gbcscheck.domains.singletons import domain_of

    try:
        found = domain_of(value)
    except (NotExact, TypeError):
        return None
    if found is NONE:
        from gbcscheck.domains import DateTimeValue, DateValue, TimeValue

        if isinstance(value, DateValue | TimeValue | DateTimeValue):
            return domain_of(value.octets())
    return found


def value_of_data(data: Data) -> object:
    """The value that A-XDR data holds, as the domains have it; a tuple for an array or a structure."""
    from gbcscheck.cosem.axdr import BOOLEAN, NULL, Bits
    from gbcscheck.domains.bits import BitString
    from gbcscheck.domains.booleans import NULL as NO_DATA

    if data.tag == NULL:
        return NO_DATA
    if data.tag == BOOLEAN:
        return bool(data.value)
    if isinstance(data.value, Bits):
        return BitString(str(data.value))
    return tuple(value_of_data(member) for member in data.members) if data.members else data.value


# --- statements in the data type of their item -----------------------------------------------------------------------


def stated_sets(catalogue: Catalogue, subjects: Iterable[str], attribute: str) -> Stated:
    """The statements of some subjects that set out a set of values for an attribute."""
    return tuple(
        (statement, domain)
        for subject in dict.fromkeys(subjects)
        for statement in catalogue.about(subject, attribute)
        if (domain := catalogue.domain(statement)) is not None
    )


def types_of(catalogue: Catalogue, item: Item) -> tuple[Domain, ...]:
    """The data types of an item, each once; one for electricity and one for gas may differ in kind."""
    known = catalogue.once(_known_types)
    if item.name not in known:
        stated = (catalogue.domain(statement) for statement in catalogue.item_statements(item, "type"))
        known[item.name] = tuple(dict.fromkeys(domain for domain in stated if domain is not None))
    return known[item.name]


def _known_types(catalogue: Catalogue) -> dict[str, tuple[Domain, ...]]:
    """The data types of items, each worked out when somebody asks for it."""
    return {}


def in_type(catalogue: Catalogue, statement: Statement, kind: Domain | None) -> Domain | None:
    """A statement's values read in the context of a data type (``0xFE`` over 7 bits is every day); None where it
    states none or cannot be read so."""
    domain = catalogue.domain(statement)
    return domain if domain is None or kind is None else read_as(domain, kind)


def in_own_type(catalogue: Catalogue, statement: Statement) -> Domain | None:
    """A statement's values read in the data type of its row, or else the first of its item; as they are written where
    there is none, or they cannot be read so."""
    from gbcscheck.domains import Bits

    domain = catalogue.domain(statement)
    if domain is None or statement.attribute == "type":
        return domain
    row = catalogue.first(statement.subject, "type")
    item = catalogue.items.get(split_row(statement.subject)[1] or statement.subject)
    kinds = types_of(catalogue, item)[:1] if row is None and item is not None else ()
    kind = catalogue.domain(row) if row is not None else next(iter(kinds), None)
    if kind is None or (type(kind) is type(domain) and not isinstance(domain, Bits)):
        return domain
    found = read_as(domain, kind)
    return domain if found is None else found


def readings(catalogue: Catalogue, item: Item, statement: Statement) -> tuple[Domain, ...]:
    """The sets of values that a statement on an item may mean, as the device holds them, in the context of each data
    type of the item; none where it sets out none, or where it cannot be read.

    A row of a use case speaks of what the device holds. Any other document states an item in words and units of its
    own: ``39.5`` may be the number on the device, or what a service request or a response calls so, of which the device
    holds 395. A quantity with its unit is no number on a device, where the link says how the two are related.
    """
    from gbcscheck.domains import Numbers, Texts, text_set

    stated = catalogue.domain(statement)
    if stated is None:
        return ()
    kinds = types_of(catalogue, item)
    found = _in_kinds(stated, kinds)
    if statement.subject in (item.name, *item.direct):
        conversions = _conversions(catalogue, item)
        word = text_set([statement.text]) if statement.text else stated
        is_number = isinstance(stated, Numbers)
        if not is_number and any(_converted(text, word) is not None for text in conversions):
            # a text may be one of the device's, too
            found = found if isinstance(stated, Texts) else ()
            stated = word  # "Disable" is what the request calls so, whatever else it may mean in a table
        images = [one for text in conversions if (one := _converted(text, stated)) is not None]
        converted = tuple(read for image in images for read in _in_kinds(image, kinds))
        if isinstance(stated, Numbers) and stated.unit is not None and set(converted) - set(found):
            found = ()
        found += converted
    return tuple(dict.fromkeys(found))


def is_in_unknown_words(catalogue: Catalogue, item: Item, stated: Domain) -> bool:
    """Whether a statement is in words and no link of the item says which words stand for which values: then nobody can
    say what it means on a device."""
    from gbcscheck.domains import Texts
    from gbcscheck.domains.conversions import Map, parse_conversion

    maps = (parse_conversion(text) for text in _conversions(catalogue, item))
    return isinstance(stated, Texts) and not any(isinstance(one, Map) for one in maps)


def _conversions(catalogue: Catalogue, item: Item) -> tuple[str, ...]:
    """The conversions between documents and device that the links of an item name; not to a part of what it holds."""
    whole = (link for link in in_force(catalogue, item) if carries_whole(link))
    link_ends = (end for link in whole for end in link.ends_of("request", "reading"))
    return tuple(dict.fromkeys(end.conversion for end in link_ends if end.conversion))


def _converted(text: str, stated: Domain) -> Domain | None:
    """A set as it was stated under a conversion; None where some of it has no image."""
    from gbcscheck.domains import NotExact
    from gbcscheck.domains.conversions import parse_conversion

    convert = parse_conversion(text)
    stated = _spelt_like(convert, stated)
    try:
        image = convert.image(stated)
        one = stated.members(1)
        whole = image.is_empty() is False and (bool(one) or stated.is_subset(convert.preimage(image)) is True)
    except NotExact:
        return None
    return image if whole else None


def _spelt_like(convert: Conversion, stated: Domain) -> Domain:
    """Words with the capital letters of an enumeration: people write ``locked`` for ``Locked``."""
    from gbcscheck.domains import Texts, text_set
    from gbcscheck.domains.conversions import Map

    listed = stated.listed if isinstance(stated, Texts) else None
    if listed is None or not isinstance(convert, Map):
        return stated
    spelling = {left.casefold(): left for left, _ in convert.pairs if isinstance(left, str)}
    return text_set([spelling.get(word.casefold(), word) for word in listed])


def _in_kinds(domain: Domain, kinds: Sequence[Domain]) -> tuple[Domain, ...]:
    """A set in the context of each data type in which it can be read; as it is where there is none. A date or time of
    so many octets stays one, since it may have several encodings."""
    from gbcscheck.domains.cosem import CosemProduct

    if not kinds:
        return (domain,)
    read = [one for kind in kinds if (one := read_as(domain, kind)) is not None]
    return (domain,) if read and isinstance(domain, CosemProduct) else tuple(read)
