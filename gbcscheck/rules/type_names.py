"""Types of one name that two schemas define differently."""

from __future__ import annotations

from collections.abc import Iterator

from gbcscheck.evidence.comparisons import held
from gbcscheck.evidence.conflict_values import value_of
from gbcscheck.model import Finding, Statement
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.rules.base import rule


@rule(
    "N105",
    "one-type-two-definitions",
    kind="naming",
    severity="note",
    reads=("permitted", "type"),
    question="Do two schemas define a type of one name differently?",
    text="""
    Two schemas that are used together each define a type of the same name, and the two do not permit the same values.
    Whoever generates code from both, or reads a value of the one as the other, is misled by the name.

    **How to fix it.** Give the two types different names, or make them equal.

    **Example.** `DeviceType` in DUIS and in MMC.
    """,
)
def one_type_two_definitions(catalogue: Catalogue) -> Iterator[Finding]:
    """Named types of schemas of two namespaces with the same local name and other values, one finding a name."""
    types: dict[str, dict[str, tuple[Statement, Statement]]] = {}
    firsts = catalogue.firsts("type")
    for stated in catalogue.of_clauses("permitted", lambda clause: clause.startswith("type ")):
        named = firsts.get(stated.subject)
        if named is None or not isinstance(named.value, str):
            continue
        prefix, colon, local = named.value.partition(":")
        if colon and prefix != "xs":
            types.setdefault(local, {}).setdefault(prefix, (named, stated))
    for local, by_prefix in types.items():
        first, *others = by_prefix.values()
        for other in others:
            held(catalogue, first[1], (other[1],))
            if first[1].domain != other[1].domain:
                yield _two_definitions(catalogue, local, first, other)


def _two_definitions(
    catalogue: Catalogue, local: str, first: tuple[Statement, Statement], other: tuple[Statement, Statement]
) -> Finding:
    from gbcscheck.evidence.value_words import value_text

    one, two = catalogue.domain(first[1]), catalogue.domain(other[1])
    assert one is not None
    assert two is not None
    classes = [*one.difference_classes(two), *two.difference_classes(one)]
    return one_type_two_definitions.finding(
        subject=local,
        message=f"{first[0].value} and {other[0].value} are two types",
        statements=(first[1], other[1]),
        witness="; ".join(f"{label}: {value_text(value)}" for label, value in classes[:4]),
        why="one name leads a reader to expect one set of values.",
        suggestion="give the two different names, or make them equal",
        root=(local,),
        exemplary=True,
        differing=tuple(sorted(f"{named.value}: {value_of(stated)}" for named, stated in (first, other))),
    )


RULES = (one_type_two_definitions,)
