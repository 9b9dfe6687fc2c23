"""Captions of tables: by their style, by the field that counts tables, by plain text; above a table or below it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gbcscheck.frozen import frozen

_LABEL = r"(?:Table|Tabelle|Tableau|Tabla|Tabella|Tabel)"
_NUMBER = r"(?:[A-Z]{1,2}[.–-]?)?[0-9]{1,4}(?:[.–-][0-9]{1,4})*[A-Za-z]?(?![A-Za-z0-9])"
_CONTINUED = re.compile(
    r"[\s,:;–—(\[-]*\b(?:continued|cont['’]d|contd?|continuation|concluded)\b\.?(?:\s+from\s+(?:the\s+)?(?:previous|last)"
    r"\s+page)?[\s)\]]*",
    re.I,
)
_CAPTION = re.compile(
    rf"^\s*(?:(?:continuation of|continued)\s+)?{_LABEL}\s*(?P<number>{_NUMBER})(?P<rest>.*)$", re.I | re.S
)
_AGAIN = re.compile(r"^\s*(?:continuation of|continued)\b", re.I)
_SEPARATOR = re.compile(r"^\s*(?:[:.–—|-]|\t|\n|$)")
_OF_TABLES = re.compile(rf'^SEQ\s+"?{_LABEL}', re.I)
_OF_OTHERS = re.compile(r"^\s*(?:Figure|Fig\.|Abbildung|Equation|Listing|Box)\b", re.I)
_LONGEST = 250
"""A paragraph of more characters is no caption by its text alone."""


@frozen
class Caption:
    """A caption: the number of its table (``Table 28d``; empty where it has none), the title behind it, its whole text,
    whether it says that a table goes on, and how it was known: ``style``, ``field`` or ``text``."""

    number: str
    title: str
    text: str
    is_continued: bool
    by: str


def read_caption(text: str, *, is_styled: bool, fields: Sequence[str] = ()) -> Caption | None:
    """The caption that a paragraph is, by its text, whether its style is that of captions, and the fields in it; None
    where it is none of a table. A sentence that begins with a table's number is none.

    >>> read_caption("Table 28d – Default values (continued)", is_styled=False).title
    'Default values'
    >>> read_caption("Table 28d lists the defaults.", is_styled=False) is None
    True
    """
    by = "field" if any(_OF_TABLES.match(field) for field in fields) else "style" if is_styled else "text"
    plain = " ".join(text.split())
    if not plain or _OF_OTHERS.match(plain):
        return None
    if _CONTINUED.fullmatch(plain):
        return Caption("", "", plain, is_continued=True, by=by)
    found = _CAPTION.match(text)
    if found is None:
        return None if by == "text" else Caption("", _without(plain)[0], plain, _without(plain)[1], by)
    if by == "text" and not _is_title(found["rest"], plain):
        return None
    rest, is_continued = _without(found["rest"])
    title = " ".join(rest.strip(" \t\n:.–—|-").split())
    return Caption(table_number(found["number"]), title, plain, is_continued or bool(_AGAIN.match(text)), by)


def table_number(number: str) -> str:
    """The number of a table as it is named everywhere: ``Table 28d``.

    >>> table_number("28D"), table_number("A.3")
    ('Table 28d', 'Table A.3')
    """
    return f"Table {number[:-1]}{number[-1].lower()}"


def _without(text: str) -> tuple[str, bool]:
    """A title without the word that it goes on, and whether it had one."""
    found = _CONTINUED.search(text)
    if found is None:
        return text, False
    return f"{text[: found.start()]} {text[found.end() :]}", True


def _is_title(rest: str, plain: str) -> bool:
    """Whether what stands behind a number is a title, or nothing, and not the rest of a sentence."""
    words = _without(rest)[0].strip()
    if len(plain) > _LONGEST:
        return False
    if _SEPARATOR.match(rest) or not words or words[0] in "(:–—-|":
        return True
    return words[0].isupper() and not plain.endswith(".")
