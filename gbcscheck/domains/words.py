"""Words of which labels and descriptions are made: texts in quotation marks, alternatives, counted things."""

from __future__ import annotations

import json

SHOWN = 8
"""Members of a list that are named before the rest is counted."""
FEW = 3


def quoted(text: str) -> str:
    """A text in quotation marks, with the escapes of JSON."""
    return json.dumps(text, ensure_ascii=False)


def some_of(words: list[str]) -> str:
    """Members as alternatives; of a long list the first ones and how many there are.

    >>> some_of(["1", "2", "5"])
    '1, 2 or 5'
    """
    if len(words) == 1:
        return words[0]
    if len(words) <= SHOWN:
        return f"{', '.join(words[:-1])} or {words[-1]}"
    return f"one of {len(words)} values: {', '.join(words[:SHOWN])} and so on"


def a_few(words: list[str]) -> str:
    """The first few words, and how many more there are.

    >>> a_few(["A", "B", "C", "D", "E"])
    'A, B, C and 2 more'
    """
    if len(words) <= FEW:
        return ", ".join(words[:-1]) + f" and {words[-1]}" if len(words) > 1 else words[0]
    return f"{', '.join(words[:FEW])} and {len(words) - FEW} more"


def counted(number: int, unit: str) -> str:
    """A number of things: ``1 octet``, ``2 octets``, ``3 entries``."""
    if number != 1 and unit.endswith("y"):
        return f"{number} {unit[:-1]}ies"
    return f"{number} {unit if number == 1 else unit + 's'}"
