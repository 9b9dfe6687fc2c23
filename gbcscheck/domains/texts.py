"""Sets of texts: a list, or a range of lengths in characters and patterns of XML Schema that all have to match."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from gbcscheck.domains.base import ENUMERABLE, NONE, Classes, Domain, NotExact, Undecided, Value
from gbcscheck.domains.lengths import ANY_LENGTH, LONGEST, Lengths
from gbcscheck.domains.patterns import compiled, examples, listed_by, widths
from gbcscheck.domains.words import a_few, quoted
from gbcscheck.frozen import frozen

_LETTERS = "A0 aé\n\u0100"
"""Characters that examples are made of, in the order in which they are tried."""


@frozen
class Texts(Domain):
    """Texts of a list, or of some lengths that match every pattern. Not to be created itself.

    ``listed`` is sorted, and None where there is no list. Texts with patterns are equal where lengths and patterns are:
    whether two different patterns match the same texts is not decided.
    """

    kind: ClassVar[str] = "a text"
    rank: ClassVar[int] = 3

    listed: tuple[str, ...] | None
    lengths: Lengths
    patterns: tuple[str, ...]

    @property
    def exact(self) -> bool:
        return not self.patterns

    def contains(self, value: Value) -> bool:
        return isinstance(value, str) and self._holds(value)

    def _holds(self, text: str) -> bool:
        if self.listed is not None:
            return text in self.listed
        return self.lengths.holds(len(text)) and all(compiled(p).fullmatch(text) for p in self.patterns)

    def members(self, limit: int = ENUMERABLE) -> tuple[Value, ...] | None:
        return None if self.listed is None or len(self.listed) > limit else self.listed

    def is_empty(self) -> bool | None:
        if not self.patterns:
            return False
        return None if next(self._examples(self.lengths.low), None) is None else False

    def witness(self) -> Value:
        if self.listed is not None:
            return self.listed[0]
        if not self.patterns:
            return _LETTERS[0] * self.lengths.example_length()
        found = next(self._examples(self.lengths.low), None)
        if found is None:
            raise Undecided(f"no example of {self.describe()} was found")
        return found

    def _examples(self, length: int) -> Iterator[str]:
        """Members, some of them of about ``length`` characters; none may come though there are some."""
        if self.listed is not None:
            yield from self.listed
        elif self.patterns:
            for pattern in self.patterns:
                for text in examples(pattern, min(length, LONGEST)):
                    if self._holds(text):
                        yield text
        elif self.lengths.low <= LONGEST:
            low = self.lengths.low
            high = min(LONGEST if self.lengths.high is None else self.lengths.high, LONGEST)
            for count in dict.fromkeys((max(low, min(length, high)), low, min(low + 1, high))):
                yield from (letter * count for letter in _LETTERS)

    def of_extreme_lengths(self) -> Iterator[str]:
        """Members of the least and of the greatest length, and texts that are of these lengths with blanks alone."""
        low, high = self.lengths
        for length in (low, high):
            if length is None or length > LONGEST:
                continue
            yield from (text for text in self._examples(length) if len(text) == length)
            yield from (_LETTERS[0] * max(0, length - 1) + " " * min(1, length), " " * length)

    def _many(self, count: int) -> list[str]:
        """More than ``count`` members that are not empty, where there is no pattern."""
        length = max(1, self.lengths.low)
        return [] if self.patterns or length > LONGEST else [chr(0x4E00 + n) * length for n in range(count + 1)]

    def _meet(self, other: Domain) -> Domain:
        assert isinstance(other, Texts)
        if self.listed is not None:
            return text_set(text for text in self.listed if other._holds(text))
        if other.listed is not None:
            return other._meet(self)
        lengths = self.lengths.meet(other.lengths)
        return NONE if lengths is None else _open(lengths, {*self.patterns, *other.patterns})

    def _join(self, other: Domain) -> Domain:
        assert isinstance(other, Texts)
        if self.listed is not None and other.listed is not None:
            return text_set([*self.listed, *other.listed])
        if self.listed is None and other.listed is None and self.patterns == other.patterns:
            lengths = self.lengths.join(other.lengths)
            if lengths is not None:
                return _open(lengths, set(self.patterns))
        if self.listed == ("",) or other.listed == ("",):
            rest = other if self.listed == ("",) else self
            if not rest.patterns and rest.lengths.low == 1:
                return texts(0, rest.lengths.high)
        raise NotExact(f"{self} or {other} is neither a list of texts nor a range of lengths")

    def _classes(self, other: Domain) -> Classes:
        assert isinstance(other, Texts)
        if self.listed is not None:
            return _apart([text for text in self.listed if not other._holds(text)], other)
        if other.listed is not None:
            counts = sorted({len(text) for text in other.listed})
            tried = [text for n in (*counts, counts[-1] + 1) for text in self._examples(n)]
            missing = next((t for t in [*tried, *self._many(len(other.listed))] if t not in other.listed), None)
            return () if missing is None else (("not in the list", missing),)
        found: list[tuple[str, Value]] = []
        for label, region, last in self.lengths.beyond(other.lengths, "character"):
            goal = region.low if not last or region.high is None else region.high
            some = next((t for t in self._examples(goal) if region.holds(len(t))), None)
            if some is not None:
                found.append((label, some))
        for pattern in other.patterns:
            if pattern not in self.patterns:
                tried = [*self._examples(max(self.lengths.low, other.lengths.low)), *self._examples(self.lengths.low)]
                some = next((t for t in tried if not compiled(pattern).fullmatch(t)), None)
                if some is not None:
                    found.append((f'not matching "{pattern}"', some))
        return tuple(found)


def _apart(missing: list[str], other: Texts) -> Classes:
    """Texts that ``other`` lacks, by the reason."""
    if not missing:
        return ()
    if other.listed is not None:
        return ((f"not in the list: {a_few([quoted(text) for text in missing])}", missing[0]),)
    found: dict[str, Value] = {}
    for text in missing:
        beyond = Lengths(len(text), len(text)).beyond(other.lengths, "character")
        unmatched = [f'not matching "{p}"' for p in other.patterns if not compiled(p).fullmatch(text)]
        for label in [*(label for label, _, _ in beyond), *unmatched]:
            found.setdefault(label, text)
    return tuple(found.items())


# --- construction ----------------------------------------------------------------------------------------------------


def texts(low: int = 0, high: int | None = None, patterns: Iterable[str] = ()) -> Domain:
    """Texts of ``low`` to ``high`` characters that match every pattern of XML Schema; raises BadPattern (a ValueError).

    >>> str(texts(1, 20)), str(texts(patterns=["[0-9]{4}"])), str(texts(patterns=["plain|encrypted"]))
    ('text(1..20)', 'text(4) matching "[0-9]{4}"', '"encrypted" | "plain"')
    """
    lengths = Lengths.of(low, high)
    return NONE if lengths is None else _open(lengths, set(patterns))


def text_set(values: Iterable[str]) -> Domain:
    """Exactly these texts."""
    listed = tuple(sorted(set(values)))
    return Texts(listed, ANY_LENGTH, ()) if listed else NONE


def _open(lengths: Lengths, patterns: set[str]) -> Domain:
    """Texts by length and pattern, in their one form: a list where there can be only a few."""
    in_order = tuple(sorted(patterns))
    met: Lengths | None = lengths
    for pattern in in_order:
        compiled(pattern)
        low, high = widths(pattern)
        met = None if met is None else met.meet(Lengths(low, high))
    if met is None:
        return NONE
    listed = next((found for pattern in in_order if (found := listed_by(pattern)) is not None), None)
    if met.high == 0:
        listed = ("",)
    if listed is not None:
        whole = Texts(None, met, in_order)
        return text_set(text for text in listed if whole._holds(text))
    return Texts(None, met, in_order)
