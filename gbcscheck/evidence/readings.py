"""What a statement on a data item may mean: the ways to read it as the device holds it, and whether two sides agree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gbcscheck.evidence.sides import alike, conformed, conversion, in_force, is_number, types_of
from gbcscheck.model import Statement
from gbcscheck.release.catalogue import Catalogue, Item

if TYPE_CHECKING:
    from gbcscheck.domains import Domain
    from gbcscheck.domains.conversions import Conversion


def readings(catalogue: Catalogue, item: Item, statement: Statement) -> tuple[Domain, ...]:
    """The sets of values that a statement on an item may mean, as the device holds them, in the context of each data
    type of the item; none where it sets out none, or where it cannot be read.

    A row of a use case speaks of what the device holds. Any other document states an item in words and units of its
    own: ``39.5`` may be the number on the device, or what a service request or a response calls so, of which the device
    holds 395. A quantity with its unit is no number on a device, where the link says how the two are related.
    """
    from gbcscheck.domains import text_set

    stated = catalogue.domain(statement)
    if stated is None:
        return ()
    kinds = types_of(catalogue, item)
    found = _in_kinds(stated, kinds)
    if statement.subject in (item.name, *item.direct):
        conversions = _conversions(catalogue, item)
        word = text_set([statement.text or ""])
        if not is_number(stated) and any(_converted(text, word) is not None for text in conversions):
            stated, found = word, ()  # "Disable" is what the request calls so, whatever else it may mean in a table
        images = [one for text in conversions if (one := _converted(text, stated)) is not None]
        converted = tuple(read for image in images for read in _in_kinds(image, kinds))
        if is_number(stated) and getattr(stated, "unit", None) is not None and set(converted) - set(found):
            found = ()
        found += converted
    return tuple(dict.fromkeys(found))


def is_in_unknown_words(catalogue: Catalogue, item: Item, stated: Domain) -> bool:
    """Whether a statement is in words and no link of the item says which words stand for which values: then nobody can
    say what it means on a device."""
    from gbcscheck.domains import Texts
    from gbcscheck.domains.conversions import Map

    maps = (conversion(text) for text in _conversions(catalogue, item))
    return isinstance(stated, Texts) and not any(isinstance(one, Map) for one in maps)


def _conversions(catalogue: Catalogue, item: Item) -> tuple[str, ...]:
    """The conversions between documents and device that the links of an item name."""
    ends = (end for link in in_force(catalogue, item) for end in (*link.request, *link.reading))
    return tuple(dict.fromkeys(end.convert for end in ends if end.convert))


def _converted(text: str, stated: Domain) -> Domain | None:
    """A set as it was stated under a conversion; None where some of it has no image."""
    from gbcscheck.domains import NotExact

    convert = conversion(text)
    stated = _spelt_like(convert, stated)
    try:
        image = convert.image(stated)
        whole = image.is_empty() is False and stated.is_subset(convert.preimage(image)) is True
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
    read = [one for kind in kinds if (one := conformed(domain, kind)) is not None]
    return (domain,) if read and isinstance(domain, CosemProduct) else tuple(read)


def is_comparable(values: Domain, kind: Domain) -> bool:
    """Whether a set is of a kind, or can be read so."""
    return type(alike(values, kind)) is type(kind) or type(alike(kind, values)) is type(values)


def is_within(values: Domain, permitted: Domain) -> bool | None:
    """Whether some values are all permitted; None where nobody can say. Of one date or time as people write it one
    encoding that is permitted will do: the day of the week, hundredths and the deviation are left open."""
    from gbcscheck.domains import Octets
    from gbcscheck.domains.cosem import is_one_moment

    if isinstance(permitted, Octets):
        permitted = alike(permitted, values)
    else:
        values = alike(values, permitted)
    if not is_one_moment(values):
        return values.is_subset(permitted)
    empty = values.meet(permitted).is_empty()
    return None if empty is None else not empty


def nearest_outside(these: Sequence[Domain], those: Sequence[Domain]) -> tuple[Domain, Domain] | None:
    """The first readings of two sides of which the one is not within the other; None where any two readings agree,
    or where that cannot be told of some."""
    pairs = [(one, other) for one in these for other in those]
    if not pairs or any(is_within(one, other) is not False for one, other in pairs):
        return None
    return pairs[0]
