"""What every set of values can answer, the set of everything and the set of nothing.

A domain is an immutable set of values in canonical form: two domains that hold the same values are equal. The one
exception are texts restricted by patterns, which are compared by their patterns; wherever that leaves a question open
the answer is None ("unknown"), and nothing may be concluded from it.
"""

from __future__ import annotations

from typing import ClassVar, TypeAlias

from gbcscheck.domains.by_kind import ByKind
from gbcscheck.errors import GbcscheckError
from gbcscheck.frozen import frozen

Value: TypeAlias = object
"""A member of a domain: a number (int, Fraction, Quantity), str, bytes, BitString, bool, NULL, tuple, RecordValue, a
COSEM or an XML time value."""

Classes: TypeAlias = tuple[tuple[str, Value], ...]
"""A label and an example for each class of values."""

ENUMERABLE = 4096
"""Sets of at most this many members are listed one by one where an operation needs that."""


class NotExact(GbcscheckError):
    """The result of an operation is no set of values that a domain can express exactly."""


class NoWitness(GbcscheckError):
    """A member was asked of the empty set."""


class Undecided(GbcscheckError):
    """A member was asked of a set of which nobody knows here whether it has one."""


class NotInterpretable(GbcscheckError):
    """A value cannot be read as one of the type that it is given for."""


NOTATION: ByKind[str] = ByKind("the canonical notation")
"""How each kind of set is written; ``printing`` answers it."""
PLAIN_WORDS: ByKind[str] = ByKind("plain words")
"""How each kind of set is described; ``describing`` answers it."""


class Domain:
    """A set of values. Not to be created itself: see the functions of ``gbcscheck.domains``.

    A kind holds data and what sets can do with others of its kind. Where two sets are of different kinds, the one of
    the higher rank answers: nothing, anything, a choice, and then kinds that have no value in common.
    """

    __slots__ = ()

    kind: ClassVar[str] = ""
    """The kind of value in plain words, with its article: ``a number``."""
    rank: ClassVar[int] = 0
    """Which side answers where two domains are of different kinds: the higher. Also the order inside a Choice, so that
    no two kinds have the same (``kinds`` lists them all)."""

    @property
    def exact(self) -> bool:
        """Whether every question about this domain can be decided (False: texts restricted by patterns in it)."""
        return True

    def contains(self, value: Value) -> bool:
        """Whether a value is a member."""
        raise NotImplementedError

    def meet(self, other: Domain) -> Domain:
        """The values that are members of both."""
        if type(self) is type(other):
            return self if self is other or self == other else self._meet(other)
        if self.rank > other.rank:
            return self._meet_across_kinds(other)
        return other._meet_across_kinds(self)

    def is_empty(self) -> bool | None:
        """Whether there is no member; None where that is unknown."""
        return False

    def is_subset(self, other: Domain) -> bool | None:
        """Whether every member is one of ``other``; None where that is unknown. True if and only if
        ``self.meet(other) == self``."""
        both = self.meet(other)
        if both is self or both == self:
            return True
        if self.exact and other.exact:
            return False
        return False if self.difference_witness(other) is not None else None

    def witness(self) -> Value:
        """A member. Raises NoWitness where there is none, Undecided where none can be shown."""
        raise NotImplementedError

    def difference_witness(self, other: Domain) -> Value | None:
        """A member that ``other`` lacks; None where there is none, or none can be shown (``is_subset`` tells which)."""
        classes = self.difference_classes(other)
        return classes[0][1] if classes else None

    def difference_classes(self, other: Domain) -> Classes:
        """Each class of members that ``other`` lacks, as a label in plain words and one example."""
        if type(self) is type(other):
            return () if self == other else self._classes(other)
        return other._lacking_across_kinds(self)

    def members(self, limit: int = ENUMERABLE) -> tuple[Value, ...] | None:
        """All members in order, if there are at most ``limit`` and they can be listed; else None."""
        return None

    def describe(self) -> str:
        """The set in plain words, as it can stand in a sentence."""
        return PLAIN_WORDS(self)

    def __str__(self) -> str:
        return NOTATION(self)

    # --- what a kind provides, called with two domains of one kind ---------------------------------------------------

    def _meet(self, other: Domain) -> Domain:
        raise NotImplementedError

    def _join(self, other: Domain) -> Domain:
        """The union with another domain of the kind, neither a subset of the other; NotExact where it is none."""
        raise NotExact(f"{self} or {other} is no set of one shape")

    def _classes(self, other: Domain) -> Classes:
        raise NotImplementedError

    # --- domains of different kinds ----------------------------------------------------------------------------------

    def _meet_across_kinds(self, other: Domain) -> Domain:
        """The meet with a domain of another kind and a lower rank."""
        return NONE

    def _lacking_across_kinds(self, other: Domain) -> Classes:
        """The classes of ``other``, a domain of another kind, that this domain lacks."""
        if isinstance(other, Nothing):
            return ()
        return other._classes_across_kinds(self)

    def _classes_across_kinds(self, other: Domain) -> Classes:
        """The classes of this domain that ``other``, which has no value of this kind, lacks."""
        found = try_witness(self)
        return () if found is None else ((self.kind, found),)


def try_witness(domain: Domain) -> Value | None:
    """A member of a domain, or None where there is none or none can be shown."""
    try:
        return domain.witness()
    except (NoWitness, Undecided):
        return None


@frozen
class Other:
    """A value of no kind that a domain can single out; it is a member of ANY alone."""

    def __str__(self) -> str:
        return "a value of another kind"


@frozen
class Anything(Domain):
    """Every value of every kind: what a statement says that constrains nothing."""

    kind: ClassVar[str] = "anything"
    rank: ClassVar[int] = 101

    def contains(self, value: Value) -> bool:
        return True

    def witness(self) -> Value:
        return 0

    def _meet_across_kinds(self, other: Domain) -> Domain:
        return other

    def _lacking_across_kinds(self, other: Domain) -> Classes:
        return ()

    def _classes_across_kinds(self, other: Domain) -> Classes:
        for example in (0, "", b"", True, Other()):
            if not other.contains(example):
                return (("something else", example),)
        return ()


@frozen
class Nothing(Domain):
    """No value at all."""

    kind: ClassVar[str] = "nothing"
    rank: ClassVar[int] = 102

    def contains(self, value: Value) -> bool:
        return False

    def is_empty(self) -> bool | None:
        return True

    def witness(self) -> Value:
        raise NoWitness("the empty set has no member")

    def members(self, limit: int = ENUMERABLE) -> tuple[Value, ...] | None:
        return ()

    def _meet_across_kinds(self, other: Domain) -> Domain:
        return self


ANY = Anything()
NONE = Nothing()
