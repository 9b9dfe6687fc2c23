"""What a conversion is: a partial function on values, applied to sets of them."""

from __future__ import annotations

from collections.abc import Callable

from gbcscheck.domains.base import Domain, NoWitness, Value
from gbcscheck.domains.choice import Choice, union
from gbcscheck.domains.singletons import domain_of
from gbcscheck.errors import GbcscheckError


class BadConversion(GbcscheckError):
    """A text that names no conversion."""


class Conversion:
    """A partial function on values, applied to sets of them."""

    __slots__ = ()

    @property
    def name(self) -> str:
        """How the crosswalk writes it: ``scale 1/10``, ``xs:time to time``."""
        raise NotImplementedError

    def image(self, domain: Domain) -> Domain:
        """What comes out of the members of a set."""
        raise NotImplementedError

    def preimage(self, domain: Domain) -> Domain:
        """All that goes into a set."""
        raise NotImplementedError

    def convert(self, value: Value) -> Value:
        """What comes out of one value. Raises NoWitness where it cannot be converted."""
        found = self.image(domain_of(value)).members(1)
        if not found:
            raise NoWitness(f"{value} has no counterpart under {self.name or 'the identity'}")
        return found[0]

    def __str__(self) -> str:
        return self.name


def each(domain: Domain, of_kind: Callable[[Domain], Domain]) -> Domain:
    """A function on sets of one kind applied to each alternative of a choice."""
    if isinstance(domain, Choice):
        return union(*(of_kind(one) for one in domain.alternatives))
    return of_kind(domain)
