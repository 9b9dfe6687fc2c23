"""Small releases of random items, with values at the edges of what these may hold."""

from __future__ import annotations

import itertools
import sys
from pathlib import Path
from typing import Any

from edge_values import NUMBERS, OTHERS, Edge, texts_of, typed
from hypothesis import strategies as st

from gbcscheck.domains import Choice, Domain, octets
from gbcscheck.facts.crosswalk import Link
from gbcscheck.fleet import Predicates, predicates

sys.path.insert(0, str(Path(__file__).parents[1] / "rules"))
sys.path.insert(0, str(Path(__file__).parents[1] / "domains"))
from domain_strategies import (
    BIT_SETS,
    BOOLEAN_SETS,
    EXACT,
    OCTET_SETS,
    PATTERN_TEXTS,
    TEXT_SETS,
    cosem_sets,
    number_sets,
)
from rule_releases import catalogue_of, link, part, says

ITEMS = 5
"""Items of one release."""
SHAPES: tuple[st.SearchStrategy[Domain], ...] = (
    *(number_sets(), number_sets(), BIT_SETS, OCTET_SETS, BOOLEAN_SETS),
    TEXT_SETS | PATTERN_TEXTS,
)
DATED = {"date": 5, "time": 4, "date-time": 12}
UNITS = ("", "", "", "V", "0.1 V", "s", "min")
CONVERSIONS = ("", "", "scale 10", "scale 1/10", "map Locked=1, Unlocked=0")

Released = tuple[Predicates, tuple[Edge, ...]]


@st.composite
def releases(draw: st.DrawFn) -> Released:
    """The predicates of a release, and values of its items."""
    rows: list[dict[str, Any]] = []
    table: list[dict[str, Any]] = []
    cosem: list[dict[str, Any]] = []
    schema: list[dict[str, Any]] = []
    links: list[Link] = []
    sets: list[list[Domain]] = []
    for number in range(ITEMS):
        item = f"Item{number}.value"
        sets.append([])

        def stated(subject: str, attribute: str, domain: Domain, number: int = number) -> dict[str, Any]:
            sets[number].append(domain)
            return says(subject, attribute, str(domain))

        encoding = draw(st.sampled_from(("", "", "", *DATED)))
        own = cosem_sets() if encoding else draw(st.sampled_from(SHAPES))
        other = st.one_of(own, own, own, own, EXACT)
        for use_case in ("U1", "U2")[: draw(st.sampled_from((0, 1, 1, 2)))]:
            row = f"{use_case}/{item}"
            kind = octets(DATED[encoding], DATED[encoding]) if encoding else draw(own if use_case == "U1" else other)
            rows += [stated(row, "type", kind)]
            if encoding:
                rows += [says(row, "class", value=str(100 + number))]
            if draw(st.integers(0, 3)) == 0:
                rows += [stated(row, draw(st.sampled_from(("constant", "permitted"))), draw(other))]
        if encoding:
            cosem += [says(f"class {100 + number}/value", "encoding", value=encoding)]
        table += [stated(item, "permitted", draw(other)) for _ in range(draw(st.sampled_from((0, 0, 1, 2))))]
        if unit := draw(st.sampled_from(UNITS)):
            table += [says(item, "unit", value=unit)]
        if draw(st.integers(0, 2)) == 0:
            path = f"/Request/Body/Item{number}"
            schema += [stated(path, "permitted", draw(other))]
            convert = draw(st.sampled_from(CONVERSIONS))
            links += [link(item, request=path, command=f"U1/{item}", convert=convert)]
    parts = [
        part("GBCS", says("U1", "direction", value="Update"), says("U2", "direction", value="Read"), *rows, name="u"),
        part("GBCS", *table, name="t"),
        part("COSEM", *cosem),
        part("DUIS", *schema),
    ]
    made = predicates(catalogue_of(*parts, links=links))
    values: list[Edge] = []
    for number, of_item in enumerate(sets):
        if (item := f"Item{number}.value") in list(made):
            apart = [
                one
                for several in of_item
                for one in (several.alternatives if isinstance(several, Choice) else (several,))
            ]
            texts = [text for one in apart for text in itertools.islice(texts_of(one), 12)]
            texts += draw(st.lists(st.sampled_from((*NUMBERS, *OTHERS)), max_size=12))
            texts += draw(st.lists(st.text("01xXabAFé .,-+V\n", max_size=6), max_size=4))
            values += [Edge(item, "string", text, text) for text in texts]
            values += itertools.islice(typed(item, texts, first=True), 30)
    return made, tuple(dict.fromkeys(values))
