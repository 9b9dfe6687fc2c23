"""Statements that a table of settings, or a modification, could make and that contradict the published documents."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from documents import GBCS, Sources
from second_sources import DLMS_PATH, NOTHING

Place = tuple[str, str, int]
Made = tuple[str, Place, tuple[tuple[str, Mapping[str, Any]], ...], str]
"""What was done, the row that the item is taken from, the statements by document, and the second source."""
_MOST = {"double-long-unsigned": 2**32 - 1, "long-unsigned": 2**16 - 1, "unsigned": 255, "integer": 127, "long": 32767}


def _row(
    sources: Sources, rng: Random, wanted: Callable[[Mapping[str, str]], bool]
) -> tuple[int, Mapping[str, str]] | None:
    rows = [(number, texts) for number, texts in sources.rows("DLMS") if _is_attribute(texts) and wanted(texts)]
    return rng.choice(rows) if rows else None


def _is_attribute(texts: Mapping[str, str]) -> bool:
    return ":" in texts["name"] and texts["attribute or method?"] == "A"


def _subject(texts: Mapping[str, str]) -> str:
    """The item and element of a row, as a table of settings names it."""
    item = re.sub(r"\s+", "", texts["name"].partition(":")[0])
    steps = texts[DLMS_PATH].split(":")[-1].split(".")
    return ".".join((item, steps[-1]))


def _number_type(texts: Mapping[str, str]) -> str:
    match = re.match(r"[a-z-]+", texts["DLMS COSEM data types"])
    return match.group() if match else ""


def _is_fixed_number(texts: Mapping[str, str]) -> bool:
    return _number_type(texts) in _MOST and re.fullmatch(r"\|\|0x[0-9A-Fa-f]+|\d+", texts["constant value"]) is not None


def _is_free_number(texts: Mapping[str, str]) -> bool:
    return _number_type(texts) in _MOST and texts["constant value"] in NOTHING


def default_beside_constant(sources: Sources, rng: Random) -> Made | None:
    """A default other than the constant of the item's row."""
    found = _row(sources, rng, _is_fixed_number)
    if found is None:
        return None
    number, texts = found
    constant = int(texts["constant value"].removeprefix("||"), 0)
    row = {"subject": _subject(texts), "attribute": "default", "domain": str(constant + 1 + rng.randrange(5))}
    return "default other than the constant", (GBCS, "DLMS", number), (("Table 28d", row),), f"DLMS row {number}"


def default_beyond_type(sources: Sources, rng: Random) -> Made | None:
    """A default that the type of the item's row cannot hold."""
    found = _row(sources, rng, _is_free_number)
    if found is None:
        return None
    number, texts = found
    value = _MOST[_number_type(texts)] + 1 + rng.randrange(100)
    row = {"subject": _subject(texts), "attribute": "default", "domain": str(value)}
    return "default beyond the type", (GBCS, "DLMS", number), (("Table 28d", row),), f"DLMS row {number}"


def default_beyond_own_range(sources: Sources, rng: Random) -> Made | None:
    """A default that the same table does not permit."""
    found = _row(sources, rng, _is_free_number)
    if found is None:
        return None
    number, texts = found
    least = rng.randrange(5, 20)
    subject = _subject(texts)
    rows = (
        ("Table 28d", {"subject": subject, "attribute": "default", "domain": str(least - 1)}),
        ("Table 28d", {"subject": subject, "attribute": "permitted", "domain": f"{least}..{least + 60}"}),
    )
    return "default beyond the table's own range", (GBCS, "DLMS", number), rows, "Table 28d, permitted"


def default_of_nothing(sources: Sources, rng: Random) -> Made | None:
    """A default of an item that nobody knows."""
    found = _row(sources, rng, _is_free_number)
    if found is None:
        return None
    number, texts = found
    row = {"subject": _subject(texts).replace(".", "Extra.", 1), "attribute": "default", "domain": "1"}
    return "default of an unknown item", (GBCS, "DLMS", number), (("Table 28d", row),), "the use case tables"


def default_in_other_unit(sources: Sources, rng: Random) -> Made | None:
    """A default in a unit of another dimension than the item has."""
    units = [one for one in sources.tables["units"]["statements"] if one["attribute"] == "unit"]
    one = rng.choice(units)
    other = {"V": "s", "s": "V"}.get(one["value"], "min")
    row = {"subject": one["subject"], "attribute": "default", "domain": f"{rng.randrange(20, 90)} {other}"}
    place = ("units", "", sources.tables["units"]["statements"].index(one))
    return "default in another unit", place, (("Table 28d", row),), "units"


def three_sets_without_a_value(sources: Sources, rng: Random) -> Made | None:
    """Three documents that permit two values each, any two of them one in common, and all three none."""
    found = _row(sources, rng, _is_free_number)
    if found is None:
        return None
    number, texts = found
    first, second, third = rng.sample(range(1, 100), 3)
    pairs = ((first, second), (second, third), (first, third))
    rows = tuple(
        (document, {"subject": _subject(texts), "attribute": "permitted", "domain": f"{min(pair)} | {max(pair)}"})
        for document, pair in zip(("Table 28d", "MP131", "encodings"), pairs, strict=True)
    )
    return "three sets without a value", (GBCS, "DLMS", number), rows, "MP131 and encodings"


added: tuple[tuple[str, Callable[[Sources, Random], Made | None]], ...] = (
    ("default", default_beside_constant),
    ("default", default_beyond_type),
    ("default", default_beyond_own_range),
    ("reference", default_of_nothing),
    ("unit", default_in_other_unit),
    ("joint", three_sets_without_a_value),
)
"""Every way to add a statement, with the kind of the conflict."""
