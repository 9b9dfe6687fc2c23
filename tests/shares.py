"""How much of what is large by number one run of the tests does: ``pytest`` a share of it, and
``GBCSCHECK_TESTS=all pytest`` all of it.

Large by number are mutations, planted conflicts, examples of Hypothesis, inputs made at random, random releases and
layouts, sampled rows and places. A share is taken by kind (of change, use case, layout, format, ...): the first of each
kind and every tenth after it, so that no kind is ever without one. What a test asks of a number, it asks of the whole
number, and ``at_least`` works out what that is of a share.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import TypeVar

T = TypeVar("T")

VARIABLE = "GBCSCHECK_TESTS"
ALL = "all"
ONE_OF = 10
"""Of so many of a kind a share has one."""
EXAMPLES = 12
"""As many examples as Hypothesis tries at least, where a test asks for as many."""


class WrongShare(ValueError):
    """The variable says something that it cannot mean."""


def is_whole(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether a run does all of what is large; ``WrongShare`` for what is neither all nor nothing said."""
    said = environment.get(VARIABLE, "")
    if said not in ("", ALL):
        raise WrongShare(f'{VARIABLE} is "{said}": it may be "{ALL}", or not be set for a share of what is large')
    return said == ALL


def share(items: Iterable[T], by: Callable[[T], Hashable] = lambda _: None) -> Iterator[T]:
    """Those of some items that a run takes, in their order; ``by`` says of which kind each is."""
    seen: Counter[Hashable] = Counter()
    whole = is_whole()
    for item in items:
        kind = by(item)
        if whole or seen[kind] % ONE_OF == 0:
            yield item
        seen[kind] += 1


def portion(whole: int, least: int = 1) -> int:
    """How many of so many a run makes, but no fewer than ``least`` (and no more than all)."""
    return whole if is_whole() else max(-(-whole // ONE_OF), min(whole, least))


def at_least(whole: int) -> int:
    """What a run has to reach at least of something that the whole reaches: a share by kinds never has less."""
    return whole if is_whole() else whole // ONE_OF


def examples(whole: int) -> int:
    """How many examples Hypothesis tries, where all are so many."""
    return portion(whole, EXAMPLES)
