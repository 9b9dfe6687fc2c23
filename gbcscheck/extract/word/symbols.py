"""Characters of the fonts Symbol and Wingdings, whose codes are no Unicode.

Symbol is the encoding that Adobe published for the font (its mapping to Unicode, ``symbol.txt``); of Wingdings, whose
signs are mostly pictures, those are known that stand in tables. Word writes such a character as ``w:sym``, or as text
in the private-use characters U+F000 to U+F0FF, which stand for the codes 0x00 to 0xFF (ECMA-376 part 1, 17.3.3.30).
"""

from __future__ import annotations

_SYMBOL = {
    0x20: " !∀#∃%&∋()∗+,−./0123456789:;<=>?",
    0x40: "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_",
    0x61: "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼",
    0xA0: "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…",
    0xBF: "↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑",
    0xF1: "〉∫",
}
"""Runs of characters by the code of the first. Brackets and integrals that are put together of pieces are left out."""

_WINGDINGS = {
    0x20: " ",
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x74: "⧫",
    0x75: "◆",
    0x9E: "·",
    0x9F: "•",
    0xA7: "▪",
    0xA8: "◻",
    0xD8: "➢",
    0xDF: "←→↑↓↖↗↙↘",
    0xFB: "✗✓☒☑",
}

FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}
_TABLES = {
    font: {first + place: sign for first, signs in runs.items() for place, sign in enumerate(signs)}
    for font, runs in FONTS.items()
}

PRIVATE = range(0xF000, 0xF100)
"""Private-use characters that stand for the codes of such a font."""


def is_symbol_font(font: str) -> bool:
    """Whether the codes of a font are no Unicode, as far as is known here."""
    return font.strip().casefold() in _TABLES


def sign_of(font: str, code: int) -> str | None:
    """The character that a code of a font shows, U+F0xx standing for xx; None where the font or the code is not known.

    >>> sign_of("Symbol", 0xF0B3), sign_of("Symbol", 0xB3), sign_of("Wingdings", 0xFC), sign_of("Webdings", 0x61)
    ('≥', '≥', '✓', None)
    """
    table = _TABLES.get(font.strip().casefold())
    return None if table is None else table.get(code - PRIVATE.start if code in PRIVATE else code)


def shown_sign(font: str, code: str) -> str | None:
    """The character of a ``w:sym`` by its font and its code in hexadecimal digits; None where that is not known.

    >>> shown_sign("Symbol", "F0B3"), shown_sign("Arial", "2265"), shown_sign("Webdings", "F061"), shown_sign("", "x")
    ('≥', '≥', None, None)
    """
    try:
        number = int(code, 16) if len(code) <= 6 else -1
    except ValueError:
        return None
    known = sign_of(font, number)
    if known is None and not 0xE000 <= number <= 0xF8FF and 0x100 <= number < 0x110000:
        return None if 0xD800 <= number < 0xE000 else chr(number)
    return known
