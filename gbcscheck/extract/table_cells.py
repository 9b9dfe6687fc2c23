"""What one cell of a table of settings says: its text as a person sees it, read in the unit of its row."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from gbcscheck.extract.sheets import Cell
from gbcscheck.frozen import frozen

if TYPE_CHECKING:
    from gbcscheck.domains import Domain
    from gbcscheck.notation.setting import Blank, Setting

DAY = 86_400
"""Seconds; a cell that holds so many was typed as 24:00."""

Of = Literal["row", "title", "table", ""]


class UnreadCell(Exception):
    """Why a cell is no value; the message is for people."""


@frozen
class RowUnit:
    """The unit of numbers without one of their own: what is written, and whether it is the ``row``'s own, or stands in
    a ``title`` or in a note on the whole ``table``, where it holds for quantities alone."""

    text: str = ""
    of: Of = ""

    def name(self) -> str | None:
        """The unit; None where there is none. UnknownUnit for a text that is no unit."""
        from gbcscheck.domains.unit_words import read_unit

        return read_unit(self.text) if self.text else None


NO_UNIT = RowUnit()


def unit_of_title(text: str) -> str:
    """What stands in parentheses behind a title, if it is there for a unit: one that is known, several of them, or one
    word that may be one; empty for a remark."""
    from gbcscheck.domains.unit_words import is_unit_text

    if not text or is_unit_text(text):
        return text
    is_word = text.strip().isalpha() and text.casefold().strip() not in REMARKS
    several = _BETWEEN_UNITS.split(text)
    are_units = len(several) > 1 and all(map(is_unit_text, several))
    return text if is_word or are_units or text[:1].isdigit() else ""


REMARKS = (
    *(
        "factory",
        "default",
        "optional",
        "mandatory",
        "proposed",
        "current",
        "initial",
        "typical",
        "draft",
        "new",
        "old",
    ),
    *("esme", "gsme", "dno", "dcc", "supplier", "electricity", "gas", "note", "notes", "informative", "normative", "s"),
    *("decimal", "hex", "binary", "revised", "final", "agreed", "published", "uk", "gb", "maximum", "minimum", "all"),
)
"""Single words that stand behind a title and are no unit."""

_BETWEEN_UNITS = re.compile(r"\s*(?:[/,;&|]|\bor\b|\band\b)\s*", re.I)

_OF_ALL = re.compile(
    r"\b(?P<all>all|the|default)\s+(?:values|settings|quantities|numbers|figures|defaults)\s+(?:are |is )?"
    r"(?:given |stated |expressed |shown |quoted )?in\s+(?P<unit>[^,;()]+?)(?:\s+(?:unless|except|if)\b.*)?\s*[.;)]*$"
    r"|^units?\s*[:=]\s*(?P<plain>[^,;]+)$",
    re.I,
)


def unit_of_all(above: Iterable[Cell]) -> RowUnit:
    """The unit that a note above a table gives to all of it (``All values in V unless stated otherwise``)."""
    from gbcscheck.domains.unit_words import is_unit_text

    for cell in above:
        note = _OF_ALL.search(cell.text) if isinstance(cell.value, str) else None
        text = (note["unit"] or note["plain"]).strip() if note else ""
        is_word = note is not None and text.isalpha() and (note["all"] or "all").casefold() == "all"
        if text and (is_unit_text(text) or is_word):
            return RowUnit(text, "table")
    return NO_UNIT


def shown_text(cell: Cell) -> str:
    """The text of a cell as a person sees it; as it is stored where a format hides some of it, or it is deleted."""
    from gbcscheck.extract.number_format import NotShown
    from gbcscheck.extract.shown import shown

    if cell.problem or not cell.format:
        return _plain_number(cell) or cell.text
    try:
        return shown(cell).text
    except NotShown:
        return cell.text


def _plain_number(cell: Cell) -> str:
    """A number with the fifteen digits that a spreadsheet keeps; empty for anything else."""
    from gbcscheck.extract.number_format import shown_number

    return shown_number(cell.value, "") if isinstance(cell.value, float) else ""


def read_value(cell: Cell, unit: RowUnit, expected: str) -> Setting | Blank:
    """What a cell says, as a set of values; ``expected`` is what its row is known to hold.

    Raises UnreadCell, and NotationError with the place in the text, with the reason: nothing is read that nobody wrote.
    """
    from gbcscheck.extract.number_format import NotShown
    from gbcscheck.extract.shown import shown

    try:
        seen = shown(cell)
    except NotShown as error:
        raise UnreadCell(str(error)) from None
    text = seen.text
    name, unknown = _unit_of(unit)
    is_of_numbers = expected in ("quantity", "duration") or (unit.of == "row" and (name or unknown))
    if seen.kind == "date" and expected != "date" and is_of_numbers:
        raise UnreadCell(f"it holds a date, {text}, where a number was expected: spreadsheets make dates of 1-12")
    is_duration = not expected and unit.of == "row" and _is_time(name)
    if seen.kind == "elapsed" and expected != "time":
        if not is_duration and expected != "duration" and seen.seconds == DAY:
            raise UnreadCell(f"it shows {text}: the end of a day, or a duration of 24 hours?")
        text = f"{seen.seconds} s"
    return read_text(text, unit, "duration" if is_duration else expected)


def between(low: tuple[str, RowUnit], high: tuple[str, RowUnit], expected: str) -> Setting | Blank:
    """What lies between two ends, each with a unit of its own or in that of its column. Raises as ``read_value``."""
    from gbcscheck.domains import Numbers, numbers
    from gbcscheck.domains.rational import common_divisor
    from gbcscheck.notation.setting import RANGE, Setting

    bounds = []
    for words, (text, unit) in (("at least", low), ("at most", high)):
        value = read_text(text, unit, expected)
        if not isinstance(value, Setting) or not isinstance(value.domain, Numbers):
            return read_text(f"{low[0]} to {high[0]}", unit, expected)
        bound = read_text(f"{words} {text}", unit, expected)
        assert isinstance(bound, Setting)
        bounds.append(bound.domain)
    lower, upper = bounds
    assert isinstance(lower, Numbers)
    assert isinstance(upper, Numbers)
    if lower.unit != upper.unit:
        raise UnreadCell(f"one end is in {lower.unit or 'no unit'}, the other in {upper.unit or 'none'}")
    if lower.low is None or upper.high is None or lower.low > upper.high:
        raise UnreadCell(f"a range from {low[0]} cannot end at {high[0]}")
    step = common_divisor(lower.step or 1, upper.step or 1)
    return Setting(RANGE, numbers(lower.low, upper.high, unit=lower.unit, step=step))


def read_text(text: str, unit: RowUnit, expected: str) -> Setting | Blank:
    """What a text says, as ``read_value`` reads it."""
    from gbcscheck.domains import Numbers
    from gbcscheck.notation.setting import DATE, DATE_TIME, PERIOD, SEASON, TIME_OF_DAY, Blank
    from gbcscheck.notation.table_value import read_setting

    name, unknown = _unit_of(unit)
    setting = read_setting(text, name if unit.of == "row" else None, expected)
    if isinstance(setting, Blank):
        return setting
    if isinstance(setting.domain, Numbers) and setting.domain.unit is None:
        if unknown:
            raise UnreadCell(unknown)
        return read_setting(text, name, expected)
    if unit.of == "row" and name and setting.reading in (DATE, DATE_TIME, PERIOD, SEASON, TIME_OF_DAY):
        raise UnreadCell(f"a {setting.reading} in a row in {unit.text}")
    return setting


def _unit_of(unit: RowUnit) -> tuple[str | None, str]:
    """The unit of a row, and why it is none where it is not known."""
    from gbcscheck.domains.unit_words import UnknownUnit

    try:
        return unit.name(), ""
    except UnknownUnit as error:
        return None, str(error)


def _is_time(unit: str | None) -> bool:
    from gbcscheck.domains.units import base_unit

    return unit is not None and base_unit(unit)[0] == "s"


def domain_of(setting: Setting | Blank | None) -> Domain | None:
    """The set of values that a cell was read as; None where it is none."""
    from gbcscheck.notation.setting import Setting

    return setting.domain if isinstance(setting, Setting) else None


def read_type(text: str) -> Domain:
    """The values of a data type by its name; NotationError for what is none."""
    from gbcscheck.notation.dlms_type import read_dlms_type

    return read_dlms_type(text).domain()


def read_texts(text: str) -> Domain:
    """Several texts with commas, semicolons or line breaks between them."""
    from gbcscheck.domains import text_set

    return text_set([" ".join(one.split()) for one in re.split(r"[,;\n]", text) if one.strip()])
