"""Numbers as people write them: durations as ISO 8601 or a clock has them, decimal commas, a unit beside the number."""

from __future__ import annotations

import re
from decimal import Decimal

from gbcscheck.device.configuration.form import Form
from gbcscheck.errors import GbcscheckError
from gbcscheck.extract.decimal_signs import with_points

Raw = object
"""What JSON or a cell holds: a text, a number (int or Decimal), a boolean, None, a list or a dict."""
_ISO_DURATION = re.compile(
    r"P(?:([0-9]{1,6})D)?(?:T(?:([0-9]{1,6})H)?(?:([0-9]{1,6})M)?(?:([0-9]{1,9}(?:[.,][0-9]{1,6})?)S)?)?", re.IGNORECASE
)
_CLOCK_DURATION = re.compile(r"()([0-9]{1,3}):([0-5][0-9]):([0-5][0-9](?:[.,][0-9]{1,6})?)")
_SECONDS_OF = (86400, 3600, 60, 1)
_BLANK_BETWEEN = re.compile(r"[0-9][ \u00a0\u202f'’_][0-9]{3}(?![0-9])")
_NUMBER = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]{1,2})?")


class InScaledUnit(str):
    """A quantity in a base unit, of which the file has so many of a ``unit`` that is a part or a multiple of it."""

    unit = ""


def in_unit(raw: Raw, unit: Raw) -> Raw:
    """A value with the unit that stands beside it, which is that of a number without one of its own: a text, or its
    number in the enumeration of COSEM; of a scaled unit (``0.1 V``) so many of its base. Raises UnknownUnit for a
    number in a unit that is not known."""
    from gbcscheck.domains.rational import decimal_text, exact
    from gbcscheck.domains.unit_words import read_unit
    from gbcscheck.domains.units import base_unit
    from gbcscheck.notation.setting_words import BLANKS

    is_number = isinstance(raw, int | Decimal) and not isinstance(raw, bool)
    text = str(raw).strip() if is_number or isinstance(raw, str) else ""
    if unit is None or not _NUMBER.fullmatch(text):
        return raw
    written = _unit_text(unit)
    name = read_unit(written) if written.strip() not in BLANKS else None
    if name is None:
        return raw
    if " " not in name:
        return f"{text} {name}"
    base, size = base_unit(name)
    scaled = InScaledUnit(f"{decimal_text(exact(Decimal(text)) * size)} {base}")
    scaled.unit = name
    return scaled


def _unit_text(unit: Raw) -> str:
    """A unit as a text; UnknownUnit for what is neither that nor the number of a unit."""
    from gbcscheck.device.cosem_meanings import COUNT, UNITS
    from gbcscheck.domains.unit_words import UnknownUnit

    if isinstance(unit, str):
        return unit
    if isinstance(unit, int) and not isinstance(unit, bool) and (unit in UNITS or unit == COUNT):
        return UNITS.get(unit, "none")
    raise UnknownUnit(f"{str(unit)[:40]} is neither the name of a unit nor the number of one in COSEM")


class NotRead(GbcscheckError):
    """A value that is none of the type; ``unit`` where it is its unit that is not of the item."""

    def __init__(self, problem: str, *, unit: bool = False) -> None:
        super().__init__(problem)
        self.unit = unit


def is_duration(text: str) -> bool:
    """Whether a text is a duration in the form of ISO 8601: ``PT30S``."""
    found = _ISO_DURATION.fullmatch(text.strip())
    return found is not None and any(found.groups())


_QUANTITY = re.compile(r"([-+]?[0-9]+(?:[.,][0-9]+)?)\s*([^\W\d].*|[%°£].*)")


def number_of(raw: Raw) -> object | None:
    """The number before the unit of a quantity, whatever the unit; None for anything else."""
    from gbcscheck.domains.rational import exact
    from gbcscheck.domains.unit_words import is_unit_text

    found = _QUANTITY.fullmatch(raw.strip()) if isinstance(raw, str) else None
    return exact(found[1].replace(",", ".")) if found is not None and is_unit_text(found[2]) else None


def plain_number(text: str, form: Form) -> str:
    """A text for a number with its decimals behind a point, and a duration in seconds. A comma is a decimal one where
    it cannot group thousands; raises NotRead where it may do either."""
    from gbcscheck.notation.errors import NotationError

    plain = text.strip()
    duration = _ISO_DURATION.fullmatch(plain) or (_CLOCK_DURATION.fullmatch(plain) if form.is_duration else None)
    if duration is not None and any(duration.groups()):
        parts = (Decimal((part or "0").replace(",", ".")) for part in duration.groups())
        seconds = sum((part * size for part, size in zip(parts, _SECONDS_OF, strict=True)), Decimal())
        return f"{seconds.normalize():f} s"
    if _BLANK_BETWEEN.search(plain):
        raise NotRead(f'"{plain[:60]}": one number with its thousands apart, or several?')
    if "," not in plain:
        return plain
    try:
        return with_points(plain, "", "\t")
    except NotationError as error:
        raise NotRead(f'"{plain[:60]}": {error.problem}') from None
