"""Which documents are right: the order that a person gives, and that what a draft lies over stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from gbcscheck.errors import UsageError
from gbcscheck.frozen import frozen
from gbcscheck.model import Finding, Specification, Statement
from gbcscheck.near_names import plain, unknown


@frozen
class Authority:
    """``order`` are names of documents, or of parts of them (``GBCS``, ``Table 28d``), the first of which is right;
    ``own`` the parts that a person brought, which are the ones to be mended where there is no order; empty where
    nobody brought any."""

    order: tuple[str, ...] = ()
    own: frozenset[Specification] = frozenset()

    @classmethod
    def of(cls, names: Iterable[str], known: Collection[Specification], own: frozenset[Specification]) -> Authority:
        """The order of some names, each of which may be several with commas. UsageError for one that is none."""
        order = tuple(dict.fromkeys(one.strip() for name in names for one in name.split(",") if one.strip()))
        may_be = {plain(one): one for spec in known for one in _names(spec)}
        for name in order:
            if plain(name) not in may_be:
                raise UsageError(unknown("document", name, dict.fromkeys(may_be.values())))
        return cls(tuple(may_be[plain(name)] for name in order), own)

    def rank(self, specification: Specification) -> int:
        """How near the top a document stands, from 0; those that are not named stand together at the end."""
        names = {plain(one) for one in _names(specification)}
        return next((at for at, name in enumerate(self.order) if plain(name) in names), len(self.order))

    def may_change(self, finding: Finding) -> Sequence[Statement]:
        """The statements of a finding that an edit may touch: none of a document that stands above all others of it;
        without an order none of the release around a person's own files, if these take part."""
        ranks = {one: self.rank(one.specification) for one in finding.statements}
        if len(set(ranks.values())) > 1:
            best = min(ranks.values())
            return tuple(one for one in finding.statements if ranks[one] != best)
        if self.own and any(one.specification in self.own for one in finding.statements):
            return tuple(one for one in finding.statements if one.specification in self.own)
        return finding.statements

    def decides(self, finding: Finding) -> bool:
        """Whether the order, or whose files they are, leaves some statements of a finding alone."""
        return len(self.may_change(finding)) < len(finding.statements)

    @property
    def in_words(self) -> tuple[str, ...]:
        """What a proposal rests on."""
        if self.order:
            return (f"{', then '.join(self.order)} is right, as you said; what other documents say follows it.",)
        if self.own:
            return ("What the release around your files says was left as it is.",)
        return ("No document is right above others: what most of them say, and a constant before a default.",)


def _names(specification: Specification) -> Iterable[str]:
    return dict.fromkeys(
        filter(None, (specification.name, specification.part, f"{specification.name} {specification.part}".strip()))
    )
