"""Sets of values and single values in words: in plain ones, in the canonical notation, and as a cell writes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gbcscheck.domains import Domain


def words(domain: Domain, encoding: str) -> str:
    """A set of values in plain words, as dates or week days where its encoding is known."""
    from gbcscheck.domains.encoding_words import describe_as

    return describe_as(domain, encoding) if encoding else domain.describe()


def meaning(attribute: str, domain: Domain, encoding: str, written: str) -> str:
    """What a side's value means: in words, and in hexadecimal where its own text is not."""
    from gbcscheck.domains import Bits

    text = f"{attribute}: {words(domain, encoding)}"
    if not isinstance(domain, Bits) or "0x" in written or domain.members(1) is None:
        return text
    return f"{text} ({written_like(domain, '0x')})"


def printed(domain: Domain) -> str:
    """A set of values in the canonical notation."""
    from gbcscheck.notation.canonical import print_domain

    return print_domain(domain)


def value_text(value: object) -> str:
    """One value in the canonical notation."""
    from gbcscheck.notation.canonical import print_value

    return print_value(value)


def one_of(values: Domain) -> str:
    """A value of a set in the canonical notation; ``no value`` of an empty one."""
    return "no value" if values.is_empty() is True else value_text(values.witness())


def value_words(value: Domain, encoding: str = "") -> str:
    """The set of one value as a message says it: in the canonical notation, and what it means where that is no plain
    number; ``encoding`` (one of ``encoding_words.ENCODINGS``) says what octets are to be understood as."""
    from gbcscheck.domains.cosem_words import in_words
    from gbcscheck.domains.encoding_words import describe_as

    members = value.members(1)
    if not members:
        return printed(value)
    written = value_text(members[0])
    plain = describe_as(value, encoding) if encoding else in_words(members[0])
    return written if written in (plain, f'"{plain}"') else f"{written} ({plain})"


def written_like(domain: Domain, sample: str) -> str:
    """The set of one value written the way ``sample`` is: bits filled up to whole octets, or in hexadecimal."""
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
