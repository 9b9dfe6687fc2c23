"""What other rows of a document say in the column of a place, where nearly all of some kind say one thing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from gbcscheck.model import Statement, without_repeat
from gbcscheck.proposals.rereading import Said, said
from gbcscheck.proposals.sheet_rows import is_of_another_thing
from gbcscheck.proposals.voices import OF_ONE_PLACE
from gbcscheck.release.catalogue import Catalogue

FEWEST_ALIKE = 4
"""So many rows of the same name in other use cases have to be there for them to have a say."""


def alike(catalogue: Catalogue, target: Statement) -> tuple[Statement, ...]:
    """A row of the same name in another use case, where nearly all rows of that name say the same."""
    if target.attribute in OF_ONE_PLACE:
        return ()
    name = without_repeat(target.subject).rpartition("/")[2]
    examples: dict[Said, list[Statement]] = {}
    for one in catalogue.parts[target.specification].of_attribute(target.attribute):
        is_named = one != target and without_repeat(one.subject).rpartition("/")[2] == name
        if is_named and not is_of_another_thing(catalogue, one, target):
            examples.setdefault(said(one), []).append(one)
    count = sum(map(len, examples.values()))
    most = max(examples.values(), key=len, default=[])
    return (most[0],) if count >= FEWEST_ALIKE and len(most) >= 0.9 * count else ()


def that_have(catalogue: Catalogue, target: Statement, word: str) -> Iterable[Statement]:
    """Some statements of the target's document that have a word in their list."""
    having = (
        one
        for one in (catalogue.parts[target.specification].of_attribute(target.attribute) if word else ())
        if one != target and word in re.split(r"[,;\n|] *", one.written)
    )
    return islice(having, 2)


def siblings(catalogue: Catalogue, target: Statement) -> tuple[Statement, ...]:
    """What the others of one family of codes say (``6.18.2`` of ``6.18.1``), where they all say the same."""
    family, dot, last = target.subject.rpartition(".")
    if not dot or not last.isdigit() or target.domain is not None:
        return ()
    others = [
        one
        for one in catalogue.parts[target.specification].of_attribute(target.attribute)
        if one.subject.rpartition(".")[0] == family and one.subject != target.subject
    ]
    return tuple(others) if len({said(one) for one in others}) == 1 else ()
