"""Conversions between texts, octets and bit strings."""

from __future__ import annotations

import re

from gbcscheck.domains.base import ANY, NONE, Domain, NotExact
from gbcscheck.domains.bits import Bits, BitString, bits, bits_set
from gbcscheck.domains.choice import union
from gbcscheck.domains.conversion_base import Conversion, each
from gbcscheck.domains.octets import Octets, octets, octets_set
from gbcscheck.domains.texts import Texts, text_set, texts
from gbcscheck.frozen import frozen

_PAIRS = "([0-9A-Fa-f]{2})*"


@frozen
class Hex(Conversion):
    """Texts of hexadecimal digits, as xs:hexBinary writes octets, to those octets; octets stay."""

    @property
    def name(self) -> str:
        return "hex"

    def image(self, domain: Domain) -> Domain:
        return each(domain, self._image)

    def preimage(self, domain: Domain) -> Domain:
        return each(domain, self._preimage)

    def _image(self, domain: Domain) -> Domain:
        if domain is ANY:
            return octets()
        if not isinstance(domain, Texts):
            return domain if isinstance(domain, Octets) else NONE
        if domain.listed is not None:
            whole = re.compile(_PAIRS)
            return octets_set(bytes.fromhex(text) for text in domain.listed if whole.fullmatch(text))
        if set(domain.patterns) - {_PAIRS}:
            raise NotExact(f"which octets {domain} writes is not known")
        high = domain.lengths.high
        return octets(-(-domain.lengths.low // 2), None if high is None else high // 2)

    def _preimage(self, domain: Domain) -> Domain:
        if domain is ANY:
            return union(texts(patterns=[_PAIRS]), octets())
        if not isinstance(domain, Octets):
            return NONE
        if domain.lengths is None:
            variants = [text for literal in domain.listed for text in _spellings(literal.hex())]
            return union(text_set(variants), domain)
        low, high = domain.lengths
        return union(texts(low * 2, None if high is None else high * 2, [_PAIRS]), domain)


def _spellings(digits: str) -> list[str]:
    """A hexadecimal text with each letter in both cases."""
    if sum(digit.isalpha() for digit in digits) > 12:
        raise NotExact(f"0x{digits.upper()} can be written in too many ways to list")
    found = [""]
    for digit in digits:
        found = [text + one for text in found for one in dict.fromkeys((digit.upper(), digit.lower()))]
    return found


@frozen
class ToBits(Conversion):
    """Octets to the bit string of ``count`` bits that they hold, padding of zeros behind it; bit strings stay."""

    count: int

    @property
    def name(self) -> str:
        return f"bits {self.count}"

    @property
    def _octets(self) -> int:
        return -(-self.count // 8)

    def image(self, domain: Domain) -> Domain:
        return each(domain, self._image)

    def preimage(self, domain: Domain) -> Domain:
        return each(domain, self._preimage)

    def _image(self, domain: Domain) -> Domain:
        whole = bits(self.count, self.count)
        if domain is ANY:
            return whole
        if isinstance(domain, Bits):
            return domain.meet(whole)
        if not isinstance(domain, Octets):
            return NONE
        if domain.lengths is not None:
            return whole if domain.lengths.holds(self._octets) else NONE
        literals = [
            "".join(f"{octet:08b}" for octet in literal) for literal in domain.listed if len(literal) == self._octets
        ]
        return bits_set(literal[: self.count] for literal in literals if "1" not in literal[self.count :])

    def _preimage(self, domain: Domain) -> Domain:
        met = domain.meet(bits(self.count, self.count))
        if met is NONE:
            return NONE
        assert isinstance(met, Bits)
        if met.lengths is not None and self.count % 8 == 0:
            return union(octets(self._octets, self._octets), met)
        members = met.members()
        if members is None:
            raise NotExact(f"{met}: too many octet strings to list")
        return union(octets_set(value.octets() for value in members if isinstance(value, BitString)), met)


MOST_OCTETS = 4
"""Octets of one character in UTF-8, at most (RFC 3629)."""


@frozen
class TextToOctets(Conversion):
    """Texts to their octets in UTF-8, the encoding of these XML documents: ``é`` is two octets.

    Of texts of some lengths, whatever their pattern, the numbers of octets are known only within bounds: one to four
    for each character. Then ``image`` and ``preimage`` hold whatever is possible, so that nothing is called lost that
    may fit.
    """

    @property
    def name(self) -> str:
        return "text to octets"

    def image(self, domain: Domain) -> Domain:
        return each(domain, self._image)

    def preimage(self, domain: Domain) -> Domain:
        return each(domain, self._preimage)

    def _image(self, domain: Domain) -> Domain:
        if domain is ANY:
            return octets()
        if not isinstance(domain, Texts):
            return domain if isinstance(domain, Octets) else NONE
        if domain.listed is not None:
            return octets_set(text.encode("utf-8") for text in domain.listed)
        low, high = domain.lengths
        return octets(low, None if high is None else high * MOST_OCTETS)

    def _preimage(self, domain: Domain) -> Domain:
        if domain is ANY:
            return union(texts(), octets())
        if not isinstance(domain, Octets):
            return NONE
        if domain.lengths is None:
            readable = (_text_of(literal) for literal in domain.listed)
            return union(text_set(text for text in readable if text is not None), domain)
        low, high = domain.lengths
        return union(texts(-(-low // MOST_OCTETS), high), domain)


def _text_of(literal: bytes) -> str | None:
    """The text that octets are in UTF-8; None for octets that are none."""
    try:
        return literal.decode("utf-8")
    except UnicodeDecodeError:
        return None
