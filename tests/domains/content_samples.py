"""Content models made at random, and what they mean said another way: as regular expressions of Python."""

from __future__ import annotations

from itertools import permutations, product

from hypothesis import strategies as st

from gbcscheck.domains.content_models import (
    Either,
    Interleaved,
    Model,
    Named,
    Ordered,
    Repeated,
    Wildcard,
    in_any_order,
    in_order,
    one_of,
    repeated,
)

LETTERS = "ABC"
NAMES = st.sampled_from([Named(letter) for letter in LETTERS])
COUNTS = st.sampled_from([(0, 1), (1, 1), (0, None), (1, None), (2, 2), (1, 3), (0, 2), (2, None), (2, 3)])


def _grown(inner: st.SearchStrategy[Model]) -> st.SearchStrategy[Model]:
    several = st.lists(inner, max_size=3)
    return st.one_of(
        several.map(in_order),
        several.map(one_of),
        st.builds(lambda part, counts: repeated(part, *counts), inner, COUNTS),
        st.lists(NAMES, max_size=3, unique=True).map(in_any_order),
    )


MODELS: st.SearchStrategy[Model] = st.recursive(NAMES, _grown, max_leaves=6)
WORDS = ["".join(word) for length in range(6) for word in product(LETTERS, repeat=length)]


def pattern(model: Model) -> str:
    """The model as a regular expression; one that nothing satisfies is ``(?!)``."""
    match model:
        case Named(name):
            return name
        case Ordered(parts):
            return "".join(pattern(part) for part in parts)
        case Either(parts):
            return f"(?:{'|'.join(pattern(part) for part in parts)})" if parts else "(?!)"
        case Interleaved(parts):
            orders = ("".join(pattern(part) for part in order) for order in permutations(parts))
            return f"(?:{'|'.join(orders)})"
        case Repeated(part, low, high):
            return f"(?:{pattern(part)}){{{low},{'' if high is None else high}}}"
        case Wildcard():
            raise AssertionError("no letter of these words is taken by a wildcard")
