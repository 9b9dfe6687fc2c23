"""Values as people and programs write them in configurations, read as values of a data item's own type."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from gbcscheck.device.configuration.form import SECONDS, Form
from gbcscheck.device.configuration.number_text import NotRead, Raw, number_of, plain_number
from gbcscheck.evidence.fitting import ENCODED

if TYPE_CHECKING:
    from gbcscheck.domains import Domain

LOGICAL_NAME_OCTETS = 6
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_HEXADECIMAL = re.compile(
    r"(?:0[xX])?[0-9A-Fa-f]{2}(?:([ :,-]?)(?:0[xX])?[0-9A-Fa-f]{2}(?:\1(?:0[xX])?[0-9A-Fa-f]{2})*)?"
)
_NUMBER = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?")
SEVERAL = "one value was expected, and this stands for several or none"


class NotSet(NamedTuple):
    """A place for a value with none in it, and the marker that stands there (``NA``; empty for nothing)."""

    marker: str


# --- reading ---------------------------------------------------------------------------------------------------------


def read_value(raw: Raw, form: Form) -> object | NotSet:
    """The value that ``raw`` stands for, as the domains have values; ``NotSet`` for none.

    Of several types the first that holds the value counts, else what a document writes so, else the first type as
    which it can be read. Raises NotRead with the reason where it can be read as none of them.
    """
    from gbcscheck.domains import NULL

    kinds = form.kinds
    if raw is None:
        return NULL if any(kind.contains(NULL) for kind in kinds) else NotSet("")
    if not kinds:
        return _any_kind(raw, form)
    if form.documents and not form.unit and (number := number_of(raw)) is not None:
        documented = _documented(number, form)
        if documented is not None:
            return documented
    found: list[object] = []
    refused: list[NotRead] = []
    for kind in kinds:
        try:
            value = _as_kind(raw, kind, form)
        except NotRead as error:
            refused.append(error)
            continue
        if isinstance(value, NotSet) or kind.contains(value):
            return value
        found.append(value)
    documented = _documented(_plain_text(raw, form), form)
    if documented is not None:
        return documented
    if found:
        return found[0]
    raise next((error for error in refused if error.unit), refused[0])


def _plain_text(raw: Raw, form: Form) -> object:
    """A value as an element of a document has it: a text that is a number as that number."""
    from gbcscheck.domains.rational import exact

    if not isinstance(raw, str) or not form.is_number:
        return _plain(raw)
    try:
        text = plain_number(raw, form)
    except NotRead:
        return raw
    return exact(text) if _NUMBER.fullmatch(text) else raw


def _documented(value: object, form: Form) -> object | None:
    """What a device holds of a value as some document writes it; None where none does, or it fits no type."""
    from gbcscheck.evidence.conversion import from_document

    held = (from_document(route, value) for route in form.documents)
    return next((one for one in held if one is not None and any(kind.contains(one) for kind in form.kinds)), None)


def _any_kind(raw: Raw, form: Form) -> object | NotSet:
    """A value of an item whose type no specification states as a set."""
    if isinstance(raw, str):
        from gbcscheck.domains import Numbers

        for domain in _written(raw, form.unit, texts=True):
            members = domain.members(1)
            if members:
                return _number(domain, form) if isinstance(domain, Numbers) else members[0]
        return raw if raw.strip() else NotSet("")
    if isinstance(raw, list):
        return tuple(_any_kind(entry, form) for entry in raw)
    if isinstance(raw, dict):
        from gbcscheck.domains import RecordValue

        return RecordValue(tuple((str(name), _any_kind(field, form)) for name, field in raw.items()))
    return _plain(raw)


def _plain(raw: Raw) -> object:
    from gbcscheck.domains.rational import exact

    return exact(raw) if isinstance(raw, Decimal) else raw


def _as_kind(raw: Raw, kind: Domain, form: Form) -> object | NotSet:
    from gbcscheck.domains import Bits, ListOf, Numbers, Octets, Record, RecordValue, Texts

    if isinstance(raw, dict):
        if isinstance(kind, Record) and {name for name, _ in kind.fields} == set(raw):
            return RecordValue(tuple((name, _as_kind(raw[name], part, form)) for name, part in kind.fields))
        raise NotRead(f"an object was found where a single value was expected ({form.expected()})")
    if isinstance(raw, list):
        if isinstance(kind, ListOf):
            return tuple(_as_kind(entry, kind.item, form) for entry in raw)
        if isinstance(kind, Bits):
            return _bits_of_list(raw, kind, form)
        raise NotRead(f"a list was found where a single value was expected ({form.expected()})")
    if isinstance(raw, str):
        if isinstance(kind, Texts | Octets):
            return _text_or_octets(raw, kind, form)
        if not raw.strip() or _is_blank(raw.strip()):
            return NotSet(raw.strip())
        if form.encoding in ENCODED and (octets := _encoded(raw.strip(), ENCODED[form.encoding])):
            return _conformed(_canonical(octets), kind, form, raw)
        return _from_text(plain_number(raw, form) if isinstance(kind, Numbers) else raw, kind, form)
    if isinstance(raw, int | Decimal) and not isinstance(raw, bool):
        from gbcscheck.domains import points

        return _conformed((points([raw]),), kind, form, str(raw))
    return _conformed((_domain_of(raw),), kind, form, "true" if raw else "false")


def _is_blank(text: str) -> bool:
    from gbcscheck.notation.setting_words import is_blank_mark

    return is_blank_mark(text)


def _domain_of(raw: Raw) -> Domain:
    from gbcscheck.domains.singletons import domain_of

    return domain_of(raw)


def _bits_of_list(raw: Sequence[Raw], kind: Domain, form: Form) -> object:
    """Bits from a list of truths, or days of the week from a list of their names."""
    from gbcscheck.domains import BitString

    if all(isinstance(bit, bool) or bit in (0, 1) for bit in raw):
        return BitString("".join("1" if bit else "0" for bit in raw))
    if raw and all(isinstance(name, str) for name in raw):
        return _from_text(", ".join(str(name) for name in raw), kind, form)
    raise NotRead(f"a list was found where a single value was expected ({form.expected()})")


def _text_or_octets(raw: str, kind: Domain, form: Form) -> object:
    """A text stands for itself, unless it is written as octets, as a logical name, or in quotation marks."""
    from gbcscheck.domains import Octets

    text = raw.strip()
    if isinstance(kind, Octets):
        for domain in _canonical(text) if text[:2].lower() == "0x" or text.startswith("octets(") else ():
            return _conformed((domain,), kind, form, raw)
        if kind.length_range == (LOGICAL_NAME_OCTETS, LOGICAL_NAME_OCTETS) and (octets := _logical_name(text)):
            return octets
        if (octets := _octets_written(text)) is not None and kind.contains(octets) and not kind.contains(raw.encode()):
            return octets
    if len(text) > 1 and text[0] == text[-1] == '"':
        return _conformed(_canonical(text), kind, form, raw)
    return _conformed((_domain_of(raw),), kind, form, raw)


def _octets_written(text: str) -> bytes | None:
    """The octets of hexadecimal digits with one sign between any two octets, each with ``0x`` or none, or with no sign
    between them; None for any other text."""
    found = _HEXADECIMAL.fullmatch(text)
    return None if found is None else bytes.fromhex(re.sub(r"0[xX]|[^0-9A-Fa-f]", "", text))


def _encoded(text: str, count: int) -> str:
    """The octets of a date or time as ``0x000001FFFF`` has them, written in another notation; empty for another text,
    and for one that may be decimal numbers."""
    if all(sign.isdecimal() or sign in ":. ,-" for sign in text) and (count == ENCODED["time"] or text.isdecimal()):
        return ""
    octets = _octets_written(text)
    return f"0x{octets.hex().upper()}" if octets is not None and len(octets) == count else ""


def _logical_name(text: str) -> bytes | None:
    """The octets of a logical name (``0-0:10.128.100.255``, or six numbers with points between)."""
    from gbcscheck.notation.errors import NotationError
    from gbcscheck.notation.obis import logical_name

    numbers = text.split(".")
    if len(numbers) == LOGICAL_NAME_OCTETS and all(n.isdecimal() and n.isascii() and int(n) < 256 for n in numbers):
        return bytes(int(number) for number in numbers)
    try:
        return logical_name(text)
    except NotationError:
        return None


def _from_text(raw: str, kind: Domain, form: Form) -> object:
    return _conformed(_written(raw, form.unit), kind, form, raw)


def _written(raw: str, unit: str, *, texts: bool = False) -> Iterator[Domain]:
    """The sets that a text may stand for: in the canonical notation, as people write settings, as days of a week."""
    from gbcscheck.domains.cosem_words import parse_weekdays
    from gbcscheck.notation.errors import NotationError
    from gbcscheck.notation.setting import Setting
    from gbcscheck.notation.table_value import read_setting

    text = raw.strip()
    if text.strip("01") == "" and len(text) > 1:
        yield from _canonical(f"0b{text}")
    yield from _canonical(text)
    try:
        setting = read_setting(text)
        if isinstance(setting, Setting) and (texts or setting.reading != "text"):
            yield setting.domain
    except NotationError:
        pass
    if _DATE.fullmatch(text):
        yield from _canonical_moment(f"{text}T00:00:00")
    days = parse_weekdays(text)
    if days is not None:
        yield days


def _canonical_moment(text: str) -> Iterator[Domain]:
    """Midnight of a date, for items that hold a date and time: cells do not tell the two apart."""
    from gbcscheck.notation.errors import NotationError
    from gbcscheck.notation.setting import Setting
    from gbcscheck.notation.table_value import read_setting

    try:
        setting = read_setting(text)
    except NotationError:
        return
    if isinstance(setting, Setting):
        yield setting.domain


def _canonical(text: str) -> Iterator[Domain]:
    from gbcscheck.notation.canonical import parse_domain
    from gbcscheck.notation.errors import NotationError

    try:
        yield parse_domain(text)
    except NotationError:
        return


def _conformed(domains: Sequence[Domain] | Iterator[Domain], kind: Domain, form: Form, raw: str) -> object:
    """The one value of the first of some sets that can be read as the type."""
    from gbcscheck.domains import Bits, NotInterpretable, Numbers, Octets
    from gbcscheck.domains.interpret_as import interpret_as

    reason = ""
    for domain in domains:
        try:
            read = interpret_as(domain, kind)
        except NotInterpretable as error:
            reason = error.problem if isinstance(domain, Octets) else reason
            continue
        if isinstance(domain, Bits) and isinstance(kind, Numbers) and raw[:2].lower() != "0b":
            continue
        if isinstance(read, Numbers) and read.numbers(1):
            return _number(read, form)
        members = _plainest(read).members(1)
        if members:
            return members[0]
        reason = SEVERAL
    shown = raw if len(raw) <= 60 else raw[:57] + "..."
    detail = f": {reason.rpartition(': ')[2]}" if reason else ""
    raise NotRead(f'"{shown}" cannot be read as {form.expected()}{detail}')


def _plainest(domain: Domain) -> Domain:
    """A date or time without what people leave unsaid: hundredths are then 0, the day of the week, the deviation and
    the clock status not specified."""
    from gbcscheck.domains import CosemDate, CosemDateTime, CosemTime, cosem_date, cosem_date_time, cosem_time, points
    from gbcscheck.domains.cosem import UNSPECIFIED, UNSPECIFIED_DEVIATION

    unsaid = {
        CosemTime: [cosem_time(hundredths=points([0]))],
        CosemDate: [cosem_date(weekday=points([UNSPECIFIED]))],
        CosemDateTime: [
            cosem_date_time(hundredths=points([0])),
            cosem_date_time(weekday=points([UNSPECIFIED])),
            cosem_date_time(deviation=points([UNSPECIFIED_DEVIATION])),
            cosem_date_time(status=points([UNSPECIFIED])),
        ],
    }
    for plain in unsaid.get(type(domain), ()):
        met = domain.meet(plain)
        domain = domain if met.is_empty() else met
    return domain


def _number(domain: Domain, form: Form) -> object:
    """A number in the item's own unit; a quantity where the unit counts one by one or only the value states one."""
    from gbcscheck.domains import Numbers, Quantity
    from gbcscheck.domains.rational import quotient
    from gbcscheck.domains.units import base_unit

    assert isinstance(domain, Numbers)
    numbers = domain.numbers(1)
    assert numbers
    number = numbers[0]
    if not form.unit and form.is_duration and domain.unit not in (None, SECONDS):
        raise NotRead(f"{number} {domain.unit} is no duration, which the item is by its name", unit=True)
    if not form.unit:
        return Quantity(number, domain.unit) if domain.unit else number
    base, size = base_unit(form.unit)
    if domain.unit is None:
        return Quantity(number, base) if size == 1 else number
    if domain.unit != base:
        raise NotRead(f"{number} {domain.unit} is no quantity in {form.unit}, the unit of the item", unit=True)
    return Quantity(number, base) if size == 1 else quotient(number, size)
