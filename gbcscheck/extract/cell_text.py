"""The text of a cell as it is written: escapes of Office Open XML, runs that are struck out or raised."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gbcscheck.notation.plain_text import seen_text

if TYPE_CHECKING:
    from openpyxl.cell.rich_text import CellRichText

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_ORDINALS = ("st", "nd", "rd", "th")


def written_text(text: str) -> str:
    """A text with the characters that ``_xHHHH_`` stands for (ECMA-376 part 1, 22.9.2.19, ST_Xstring), and without
    those that nobody sees.

    >>> written_text("Mon-Fri_x000D_"), written_text("_x005F_x000D_")
    ('Mon-Fri\\r', '_x000D_')
    """
    if "_x" in text:
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return seen_text(text)


def text_of_runs(runs: CellRichText, *, is_struck: bool = False) -> str:
    """The text of a cell in runs: without what is struck out; raised and lowered digits as such digits, since they are
    a power, an index or the mark of a footnote, and other raised marks not at all, unless they end an ordinal number.
    ``is_struck`` says whether the cell's own font, that of runs without one, strikes out."""
    found = ""
    for run in runs:
        if isinstance(run, str):
            found += "" if is_struck else run
        elif not run.font.strike:
            if run.font.vertAlign == "superscript":
                found += raised(run.text, found)
            else:
                found += lowered(run.text) if run.font.vertAlign == "subscript" else run.text
    return found


def lowered(text: str) -> str:
    """A lowered text, with its digits as such digits."""
    return text.translate(_LOWERED)


def raised(text: str, before: str) -> str:
    """A raised text: digits as such digits, the end of an ordinal number behind one, and nothing for any other mark;
    ``before`` is what stands before it."""
    if text.strip().lower() in _ORDINALS and before[-1:].isdigit():
        return text
    found = text.translate(_RAISED)
    return found if all(sign in "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻" for sign in found.strip()) else ""
