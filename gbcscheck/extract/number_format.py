"""Number formats of workbooks: what a person sees of the number, date or time that a cell holds.

ECMA-376 part 1, 18.8.31 (numFmts): up to four sections, with placeholders of digits, literals, scaling, date parts.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache

from gbcscheck.frozen import frozen

GENERAL = "General"

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_.|\*.|\[\$(?P<money>[^\]-]*)(?:-[^\]]*)?\]|\[(?P<elapsed>[hms]+)\]'
    r"|\[(?P<condition>[<>=][^\]]*)\]|\[[^\]]*\]|(?P<general>general)|(?P<ampm>am/pm|a/p)|(?P<exponent>e[+-])"
    r"|(?P<date>y+|m+|d+|h+|s+(?:\.0+)?|\.0+(?=$))|(?P<digits>[0#?.,/]+)|(?P<percent>%)|(?P<plain>.)",
    re.I | re.DOTALL,
)


class NotShown(Exception):
    """What a cell holds is not what a person sees of it; the message says both."""


@frozen
class Section:
    """One section of a number format: the literal texts before and behind the number, how often it is multiplied by a
    hundred and divided by a thousand, its decimal places (None for as many as there are), and its date parts."""

    before: str
    behind: str
    hundreds: int
    thousands: int
    decimals: int | None
    has_number: bool
    is_conditional: bool
    is_exponential: bool
    is_fraction: bool
    date: str


@lru_cache(maxsize=1024)
def sections_of(format_: str) -> tuple[Section, ...]:
    """The sections of a number format.

    >>> sections_of('0.0" kV"')[0].behind, sections_of("d-mmm")[0].date
    (' kV', 'dm')
    """
    return tuple(_section(text) for text in _split(format_))


def _split(format_: str) -> list[str]:
    parts = re.findall(r'(?:"[^"]*"?|\\.|\[[^\]]*\]|[^;"\\\[])*;?', format_, re.DOTALL)
    found = [part.removesuffix(";") for part in parts if part]
    return found or [GENERAL]


def _section(text: str) -> Section:
    literals: list[list[str]] = [[], []]
    dates: list[str] = []
    digits = ""
    percent = 0
    conditional = exponential = general = False
    for token in _TOKEN.finditer(text):
        kind = token.lastgroup
        if kind == "digits" and not dates:
            digits += token[0]
        elif kind == "general":
            general = True
        elif kind == "percent":
            percent += 1
            literals[1].append("%")
        elif kind in ("date", "elapsed", "ampm"):
            dates.append(f"[{token['elapsed'][0].lower()}]" if kind == "elapsed" else token[0])
        elif kind == "exponent":
            exponential = True
        elif kind == "condition":
            conditional = True
        elif kind is not None:
            literal = token[kind] if kind in ("quoted", "escaped", "money") else token[0]
            literals[1 if digits or general else 0].append("" if kind == "plain" and token[0] == "@" else literal)
    has_number = bool(digits) or general
    _, _, places = digits.partition(".")
    return Section(
        "".join(literals[0]),
        "".join(literals[1]),
        percent,
        len(digits) - len(digits.rstrip(",")),
        None if general or not digits else sum(sign in "0#?" for sign in places),
        has_number,
        conditional,
        exponential,
        "/" in digits,
        _date_parts(dates),
    )


def _date_parts(tokens: list[str]) -> str:
    """The parts of a date or time that are shown, a letter each: y m d h M (minute) s, in brackets where it is elapsed
    time."""
    found: list[str] = []
    for place, token in enumerate(tokens):
        part = token if token.startswith("[") else token[0].lower()
        if part == "." or token.lower() in ("am/pm", "a/p"):
            continue
        behind = next((later[0].lower() for later in tokens[place + 1 :]), "")
        if part == "m" and len(token) < 3 and ((found and found[-1] in ("h", "[h]")) or behind == "s"):
            part = "M"
        found.append(part)
    return "".join(found)


def shown_number(value: int | float, format_: str) -> str:
    """A number as a person sees it, with the texts around it and without groups of digits.

    Raises NotShown where the format hides some of it. A spreadsheet keeps and shows fifteen significant digits.

    >>> shown_number(0.5, "0%"), shown_number(207.00000000000003, "0"), shown_number(230, '0.0" V"')
    ('50%', '207', '230.0 V')
    """
    exact = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    section = _section_for(exact, sections_of(format_), format_)
    if section.date:
        raise NotShown(f"it holds the number {_plain(exact)}, and its format is that of a date")
    scaled = exact.scaleb(2 * section.hundreds - 3 * section.thousands)
    text = _plain(scaled)
    if section.decimals is not None and not section.is_exponential and not section.is_fraction:
        rounded = _rounded(scaled, section.decimals)
        if rounded != scaled:
            raise NotShown(f"it holds {_plain(exact)} and shows {section.before}{rounded:f}{section.behind}")
        text = f"{rounded:f}" if section.decimals else text
    elif section.is_exponential or (section.is_fraction and scaled != scaled.to_integral_value()):
        raise NotShown(f"it holds {_plain(exact)}, and its format {format_} may show another number")
    return f"{section.before}{text}{section.behind}".strip()


def _rounded(number: Decimal, decimals: int) -> Decimal:
    """A number with so many decimal places. NotShown for more digits than any spreadsheet has."""
    try:
        return number.quantize(Decimal(1).scaleb(-decimals), context=_WIDE)
    except InvalidOperation:
        raise NotShown("it holds a number with too many digits to be shown") from None


_WIDE = Context(prec=400, rounding=ROUND_HALF_UP)
"""Digits enough for the largest number of a workbook, about 1.8E308."""


def _section_for(value: Decimal, sections: tuple[Section, ...], format_: str) -> Section:
    """The section that a number is shown by. NotShown where it shows no number, or not its sign."""
    if any(section.is_conditional for section in sections):
        if any(section.behind.strip() or section.before.strip() or section.thousands for section in sections):
            raise NotShown(f"it holds {_plain(value)}, and its format {format_} depends on the number")
        return sections[0]
    place = 0 if value > 0 or len(sections) == 1 else 1 if value < 0 else 2 if len(sections) > 2 else 0
    section = sections[place]
    if not section.has_number and not section.date and not _is_text_format(section, format_):
        shown = f"{section.before}{section.behind}".strip() or "nothing"
        raise NotShown(f"it holds {_plain(value)} and shows {shown}")
    if place == 1:
        signs = f"{section.before}{section.behind}"
        if "-" not in signs and not ("(" in signs and ")" in signs):
            raise NotShown(f"it holds {_plain(value)} and shows it without its sign")
        bare = re.sub(r"[-()]", "", section.before), re.sub(r"[-()]", "", section.behind)
        return _with_texts(section, *bare)
    return section


def _is_text_format(section: Section, format_: str) -> bool:
    return format_.strip() == "@" or (section.before == section.behind == "" and "@" in format_)


def _with_texts(section: Section, before: str, behind: str) -> Section:
    from dataclasses import replace

    return replace(section, before=before, behind=behind)


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
