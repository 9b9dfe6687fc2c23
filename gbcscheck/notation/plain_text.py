"""Text as a person sees it: characters that look alike or are not seen are read as what they are."""

from __future__ import annotations

import re

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
"""Soft hyphen, zero-width blanks and joiners, marks of direction, byte order mark."""
_ALIKE = str.maketrans(
    {
        **dict.fromkeys(
            "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
        ),
        **dict.fromkeys("\u2010\u2011\u2212\ufe63\uff0d", "-"),
        **dict.fromkeys("\u2012\u2014\u2015", "–"),
        **dict.fromkeys("“”„‟＂", '"'),
        **{chr(ord("０") + digit): str(digit) for digit in range(10)},
        **dict(zip("⩽≦⩾≧％：μ＞＜", "≤≤≥≥%:µ><", strict=True)),
        "℃": "°C",
    }
)
_GROUPED_BY_BLANKS = re.compile(r"(?<![\d.])\d{1,3}(?:[\u00a0\u2009\u202f]\d{3})+(?!\d)")


def seen_text(text: str) -> str:
    """A text without the characters that nobody sees.

    >>> seen_text("Thres\u00adhold\u200b")
    'Threshold'
    """
    return _UNSEEN.sub("", text) if not text.isascii() else text


def plain_text(text: str) -> str:
    """A text with plain blanks, hyphens, quotes and digits; digits that a no-break blank groups stand together (SI
    brochure, 5.4.4).

    >>> plain_text("\u22125\u00a0V"), plain_text("12\u202f345")
    ('-5 V', '12345')
    """
    if text.isascii():
        return text.strip()
    together = _GROUPED_BY_BLANKS.sub(lambda found: re.sub(r"\D", "", found[0]), seen_text(text))
    return together.translate(_ALIKE).strip()
