"""Sets of bit strings, most significant (first) bit first."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import ClassVar

from gbcscheck.domains.base import ENUMERABLE, NONE, Classes, Domain, NotExact, Value
from gbcscheck.domains.lengths import Lengths
from gbcscheck.frozen import frozen


@frozen
class BitString:
    """A bit string, written with the characters 0 and 1; the first is bit 0.

    >>> str(BitString("1111111")), BitString("1111111").octets().hex()
    ('0b1111111', 'fe')
    """

    bits: str

    def __post_init__(self) -> None:
        if set(self.bits) - {"0", "1"}:
            raise ValueError(f"{self.bits!r} is no bit string")

    def __str__(self) -> str:
        return f"0b{self.bits}"

    def octets(self) -> bytes:
        """The bits packed into octets, zero padding on the least significant side (A-XDR bit-string contents)."""
        padded = self.bits.ljust(-(-len(self.bits) // 8) * 8, "0")
        return bytes(int(padded[i : i + 8], 2) for i in range(0, len(padded), 8))


@frozen
class Bits(Domain):
    """Bit strings: all of some lengths, or those that match a mask, or those of a list. Not to be created itself.

    Exactly one of the three is set: ``lengths``; ``mask``, of 0, 1 and x (either), with at least one bit fixed;
    ``listed``, sorted, where the members have no mask.
    """

    kind: ClassVar[str] = "a bit string"
    rank: ClassVar[int] = 4

    lengths: Lengths | None
    mask: str | None
    listed: tuple[str, ...]

    def contains(self, value: Value) -> bool:
        return isinstance(value, BitString) and self._holds(value.bits)

    def _holds(self, bits: str) -> bool:
        if self.lengths is not None:
            return self.lengths.holds(len(bits))
        if self.mask is not None:
            return len(bits) == len(self.mask) and all(m in ("x", b) for m, b in zip(self.mask, bits, strict=True))
        return bits in self.listed

    @property
    def length_range(self) -> Lengths:
        """The least and the greatest length of a member, in bits."""
        if self.lengths is not None:
            return self.lengths
        if self.mask is not None:
            return Lengths(len(self.mask), len(self.mask))
        return Lengths(min(map(len, self.listed)), max(map(len, self.listed)))

    @property
    def _size(self) -> int | None:
        """Number of members; None where there is no bound to their length, or it is beyond counting."""
        if self.lengths is not None:
            return self.lengths.size(2)
        return 1 << self.mask.count("x") if self.mask is not None else len(self.listed)

    def members(self, limit: int = ENUMERABLE) -> tuple[Value, ...] | None:
        size = self._size
        return None if size is None or size > limit else tuple(BitString(bits) for bits in self._strings())

    def _strings(self) -> list[str]:
        if self.mask is not None:
            masks = [self.mask]
        elif self.lengths is not None:
            masks = ["x" * n for n in range(self.lengths.low, (self.lengths.high or 0) + 1)]
        else:
            return list(self.listed)
        return ["".join(p) for m in masks for p in itertools.product(*("01" if b == "x" else b for b in m))]

    def witness(self) -> Value:
        return BitString(self._shortest())

    def _shortest(self) -> str:
        if self.lengths is not None:
            return "0" * self.lengths.example_length()
        return self.listed[0] if self.mask is None else self.mask.replace("x", "0")

    def _example(self, longest: bool) -> BitString:
        """A member, of the greatest length if ``longest``, else of the least."""
        if longest and self.mask is None:
            lengths = self.length_range
            return BitString(self.listed[-1] if self.listed else "0" * (lengths.high or lengths.low))
        return BitString(self._shortest())

    def _meet(self, other: Domain) -> Domain:
        assert isinstance(other, Bits)
        if self.lengths is not None and other.lengths is not None:
            both = self.lengths.meet(other.lengths)
            return NONE if both is None else Bits(both, None, ())
        for one, two in ((self, other), (other, self)):
            if one.listed:
                return bits_set(bits for bits in one.listed if two._holds(bits))
        if self.mask is not None and other.mask is not None:
            return _meet_masks(self.mask, other.mask)
        fixed, ranged = (self, other) if self.lengths is None else (other, self)
        assert fixed.mask is not None
        assert ranged.lengths is not None
        return fixed if ranged.lengths.holds(len(fixed.mask)) else NONE

    def _join(self, other: Domain) -> Domain:
        assert isinstance(other, Bits)
        if self.lengths is not None and other.lengths is not None:
            joined = self.lengths.join(other.lengths)
            if joined is not None:
                return Bits(joined, None, ())
        if self.mask is not None and other.mask is not None:
            apart = [i for i, (a, b) in enumerate(zip(self.mask, other.mask, strict=False)) if a != b]
            if len(self.mask) == len(other.mask) and len(apart) == 1:
                return bits_pattern(self.mask[: apart[0]] + "x" + self.mask[apart[0] + 1 :])
        mine, theirs = self._size, other._size
        if mine is None or theirs is None or mine + theirs > ENUMERABLE:
            raise NotExact(f"{self} or {other}: too many bit strings to list")
        return bits_set([*self._strings(), *other._strings()])

    def _classes(self, other: Domain) -> Classes:
        assert isinstance(other, Bits)
        found: list[tuple[str, Value]] = []
        theirs = other.length_range
        for label, region, last in self.length_range.beyond(theirs, "bit"):
            some = self.meet(Bits(region, None, ()))
            if isinstance(some, Bits):
                found.append((label, some._example(last)))
        if other.mask is not None:
            for place, fixed in enumerate(other.mask):
                if fixed != "x":
                    flipped = "1" if fixed == "0" else "0"
                    some = self.meet(bits_pattern("x" * place + flipped + "x" * (len(other.mask) - place - 1)))
                    if isinstance(some, Bits):
                        found.append((f"bit {place} is {flipped}", some.witness()))
        elif other.listed:
            unlisted = self.meet(Bits(theirs, None, ()))
            missing = None if not isinstance(unlisted, Bits) else unlisted._first_outside(other.listed)
            if missing is not None:
                found.append(("not in the list", BitString(missing)))
        return tuple(found)

    def _first_outside(self, listed: tuple[str, ...]) -> str | None:
        """The first member that is not in a list; lengths are bounded here."""
        known = frozenset(listed)
        masks = [self.mask] if self.mask is not None else []
        if self.lengths is not None:
            masks = ["x" * n for n in range(self.lengths.low, (self.lengths.high or 0) + 1)]
        strings: Iterable[str] = self.listed or (
            "".join(p) for m in masks for p in itertools.product(*("01" if b == "x" else b for b in m))
        )
        return next((bits for bits in strings if bits not in known), None)


def _meet_masks(left: str, right: str) -> Domain:
    if len(left) != len(right):
        return NONE
    met = []
    for a, b in zip(left, right, strict=True):
        if a != b and "x" not in (a, b):
            return NONE
        met.append(b if a == "x" else a)
    return bits_pattern("".join(met))


# --- construction ----------------------------------------------------------------------------------------------------


def bits(low: int = 0, high: int | None = None) -> Domain:
    """All bit strings of ``low`` to ``high`` bits (without bound where None)."""
    lengths = Lengths.of(low, high)
    return NONE if lengths is None else Bits(lengths, None, ())


def bits_pattern(mask: str) -> Domain:
    """The bit strings that agree with a mask of 0, 1 and x (either). Raises ValueError for any other character.

    >>> bits_pattern("1x0").contains(BitString("110"))
    True
    """
    if set(mask) - set("01x"):
        raise ValueError(f"{mask!r} is no mask of 0, 1 and x")
    return bits(len(mask), len(mask)) if mask.count("x") == len(mask) else Bits(None, mask, ())


def bits_of(literal: str) -> Domain:
    """Exactly one bit string, of the characters 0 and 1."""
    return bits_set([literal])


def bits_set(literals: Iterable[str]) -> Domain:
    """Exactly these bit strings: as lengths or a mask where they are all of such a set, else as a list."""
    listed = tuple(sorted(set(literals), key=lambda bits: (len(bits), bits)))
    if not listed:
        return NONE
    for literal in listed:
        BitString(literal)
    lengths = Lengths(len(listed[0]), len(listed[-1]))
    if lengths.size(2) == len(listed):
        return Bits(lengths, None, ())
    if lengths.low == lengths.high:
        columns = [set(column) for column in zip(*listed, strict=True)]
        mask = "".join("x" if len(column) == 2 else column.pop() for column in columns)
        if 1 << mask.count("x") == len(listed):
            return Bits(None, mask, ())
    return Bits(None, None, listed)
