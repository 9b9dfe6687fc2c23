"""Edits of one text, as people make them by mistake: each gives the new text, or None where it has nothing to change.

Only the text is looked at: no edit knows what a set is, or what another document says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from random import Random

TextEdit = Callable[[str, Random], "str | None"]

_HEX = re.compile(r"0x([0-9A-Fa-f]+)")
_BITS = re.compile(r"0b([01]{2,})")
_DECIMAL = re.compile(r"(?<![\w.])[0-9]+(?![\w.])")
NARROWER = {
    "double-long-unsigned": "long-unsigned",
    "long64-unsigned": "double-long-unsigned",
    "double-long": "long",
    "long-unsigned": "unsigned",
    "long64": "double-long",
    "UINT48": "UINT32",
    "UINT32": "UINT16",
    "UINT24": "UINT8",
    "UINT16": "UINT8",
    "INT32": "INT16",
}
_SIGNS = {
    "double-long-unsigned": "double-long",
    "long-unsigned": "long",
    "unsigned": "integer",
    "double-long": "double-long-unsigned",
    "UINT32": "INT32",
    "UINT16": "INT16",
    "UINT8": "INT8",
    "INT32": "UINT32",
}
_OTHER = {
    "double-long-unsigned": "octet-string(4)",
    "long-unsigned": "octet-string(2)",
    "unsigned": "boolean",
    "boolean": "unsigned",
    "bit-string": "octet-string",
    "octet-string": "visible-string",
    "UINT32": "OCTET STRING",
    "UINT8": "BOOLEAN",
    "BOOLEAN": "UINT8",
}


def hex_digit(text: str, rng: Random) -> str | None:
    """One digit of one hexadecimal number is another."""
    places = [at for match in _HEX.finditer(text) for at in range(*match.span(1))]
    return _other_sign(text, rng, places, "0123456789ABCDEF")


def decimal_digit(text: str, rng: Random) -> str | None:
    """One digit of one decimal number is another."""
    places = [at for match in _DECIMAL.finditer(text) for at in range(*match.span())]
    return _other_sign(text, rng, places, "123456789")


def number_digit(text: str, rng: Random) -> str | None:
    """One digit of one number, however it is written, is another."""
    return bit(text, rng) or hex_digit(text, rng) or decimal_digit(text, rng)


def bit(text: str, rng: Random) -> str | None:
    """One bit of a number in bits is the other."""
    places = [at for match in _BITS.finditer(text) for at in range(*match.span(1))]
    return _other_sign(text, rng, places, "01")


def _other_sign(text: str, rng: Random, places: list[int], signs: str) -> str | None:
    if not places:
        return None
    at = rng.choice(places)
    sign = rng.choice([one for one in signs if one != text[at].upper()])
    return text[:at] + sign + text[at + 1 :]


def misspelt(text: str, rng: Random) -> str | None:
    """One of the longer words has lost a letter from its midst."""
    words = [
        match for match in re.finditer(r"[A-Za-z]{6,}", text) if match.start() == 0 or text[match.start() - 1] != "0"
    ]
    if not words:
        return None
    word = rng.choice(words)
    at = rng.randrange(word.start() + 1, word.end() - 1)
    found = text[:at] + text[at + 1 :]
    return None if found == text else found


def clause_to_nothing(text: str, rng: Random) -> str | None:
    """The last number of one clause has two digits more: ``SMETS 5.7.5.27`` becomes ``SMETS 5.7.5.2791``."""
    clauses = list(re.finditer(r"\d+(?:\.\d+)+", text))
    if not clauses:
        return None
    end = rng.choice(clauses).end()
    return f"{text[:end]}91{text[end:]}"


def narrower_type(text: str, rng: Random) -> str | None:
    """The type is the next smaller one."""
    return _retyped(text, NARROWER)


def wider_type(text: str, rng: Random) -> str | None:
    """The type is the next larger one."""
    return _retyped(text, {small: large for large, small in NARROWER.items()})


def other_sign(text: str, rng: Random) -> str | None:
    """A signed type is unsigned, or the other way round."""
    return _retyped(text, _SIGNS)


def other_type(text: str, rng: Random) -> str | None:
    """The type is one of another kind."""
    return _retyped(text, _OTHER)


def _retyped(text: str, types: Mapping[str, str]) -> str | None:
    match = re.match(r"[A-Za-z][A-Za-z0-9-]*", text)
    new = types.get(match.group()) if match else None
    return new + text[match.end() :] if match and new else None


def length(text: str, rng: Random) -> str | None:
    """The length of a string is one or two more or less: ``octet-string(5)`` becomes ``octet-string(4)``."""
    match = re.search(r"string\s*\(\s*(\d+)\s*\)", text)
    if match is None:
        return None
    least = [one for one in (-2, -1, 1, 2) if int(match[1]) + one > 0]
    return f"{text[: match.start(1)]}{int(match[1]) + rng.choice(least)}{text[match.end(1) :]}"


def optional(text: str, rng: Random) -> str | None:
    """What has to be there need not be."""
    return f"{text}[[OPTIONAL]]" if text.strip("-") and "[[" not in text else None


def mandatory(text: str, rng: Random) -> str | None:
    """What need not be there has to be."""
    return text.replace("[[OPTIONAL]]", "") if "[[OPTIONAL]]" in text else None


def bounds(text: str, rng: Random) -> str | None:
    """The most that an array may have is another: ``entries[1..2]`` becomes ``entries[1..1]``."""
    match = re.search(r"\[\d+\.\.(\d+)\]", text)
    if match is None:
        return None
    most = int(match[1]) + rng.choice([-1, 1, 2])
    return f"{text[: match.start(1)]}{most}{text[match.end(1) :]}" if most > 0 else None


def unfixed(text: str, rng: Random) -> str | None:
    """A value that was fixed is no longer."""
    return "-" if text.strip("-") else None


def obis(text: str, rng: Random) -> str | None:
    """One number of a logical name is one more."""
    match = re.fullmatch(r"(\d+)-(\d+):(\d+)\.(\d+)\.(\d+)\.(\d+)", text.strip())
    if match is None:
        return None
    numbers = [int(one) for one in match.groups()]
    at = rng.choice([2, 3, 4])
    numbers[at] = (numbers[at] + 1) % 255
    return "{}-{}:{}.{}.{}.{}".format(*numbers)


def range_end(text: str, rng: Random) -> str | None:
    """The greatest value of a range has a digit more, or less: ``0 - 0xFFFF`` becomes ``0 - 0xFFFFF``."""
    match = re.search(r"\s[-–]\s+\+?(0x[0-9A-Fa-f]+|\d+)", text)
    if match is None:
        return None
    end = match[1]
    new = f"{end}F" if rng.random() < 0.5 else end[:-1]
    return None if new in ("", "0x") else f"{text[: match.start(1)]}{new}{text[match.end(1) :]}"


def member_dropped(text: str, rng: Random) -> str | None:
    """One of the values that a cell lists, ``0x00 = per hour`` or ``Supplier`` on a line of its own, is gone."""
    lines = text.split("\n")
    named = [at for at, line in enumerate(lines) if re.match(r"\s*(?:0x[0-9A-Fa-f]+|0b[01]+|\d+)\s*=", line)]
    if len(named) > 1:
        del lines[rng.choice(named)]
        return "\n".join(lines)
    several = list(re.finditer(r"(?:0x[0-9A-Fa-f]+|0b[01]+)\s*=[^=]*?(?=\s0x|\s0b|$)", text))
    if len(several) > 1:
        gone = rng.choice(several)
        return (text[: gone.start()] + text[gone.end() :].lstrip()).rstrip()
    parts = [part.strip() for part in text.split("|")]
    if len(parts) > 1 and all(parts):
        del parts[rng.randrange(len(parts))]
        return " | ".join(parts)
    return None


def line_dropped(text: str, rng: Random) -> str | None:
    """One of several lines is gone."""
    lines = text.split("\n")
    if len(lines) < 2:
        return None
    del lines[rng.randrange(len(lines))]
    return "\n".join(lines)


def flag(text: str, rng: Random) -> str | None:
    """Yes is No, and the other way round."""
    return {"Yes": "No", "No": "Yes"}.get(text)


def criticality(text: str, rng: Random) -> str | None:
    """A critical message is not, and the other way round."""
    return {"SME.C.C": "SME.C.NC", "SME.C.NC": "SME.C.C"}.get(text)


def mark(text: str, rng: Random) -> str | None:
    """What is marked is not, or the other way round."""
    return "" if text else "yes"


def service_reference(text: str, rng: Random) -> str | None:
    """The last number of a service reference is one or two more."""
    match = re.fullmatch(r"(\d+(?:\.\d+)*\.)(\d+)", text)
    return f"{match[1]}{int(match[2]) + rng.choice([1, 2])}" if match else None


def use_case_of_nothing(text: str, rng: Random) -> str | None:
    """A use case by a name that no other has: ``ECS37`` becomes ``ECS371``."""
    return f"{text}91" if re.fullmatch(r"[A-Z]+[0-9]+[a-z]?[0-9]*", text) else None


def other_kind(text: str, rng: Random) -> str | None:
    """A data type as the Objects sheet writes it is another: a date is a time, a number a series of octets."""
    kinds = {"DATE-TIME": "TIME", "DATE": "DATE-TIME", "TIME": "DATE", "INTEGER": "OCTET-STRING", "BOOLEAN": "INTEGER"}
    first, blank, rest = text.partition(" ")
    new = kinds.get(first.upper())
    return f"{new}{blank}{rest}" if new else None


def newly_fixed(text: str, rng: Random) -> str | None:
    """A value that was free is fixed."""
    return f"||0x{rng.randrange(3, 120):02X}" if text == "-" else None


def scale_digit(text: str, rng: Random) -> str | None:
    """A divisor, multiplier or number of trailing digits is another."""
    is_scale = re.match(r"\s*[\w ]*(?:Divisor|Multiplier|Trailing Digit|UnitofMeasure)", text, re.I)
    return number_digit(text, rng) if is_scale else None


def type_in_name(text: str, rng: Random) -> str | None:
    """The type that stands behind the name of a field is another: ``(UINT8)`` becomes ``(UINT16)``."""
    match = re.search(r"\((U?INT|ENUM|BITMAP)(8|16|32)\)", text)
    size = {"8": "16", "16": "8", "32": "16"}[match[2]] if match else ""
    return f"{text[: match.start(2)]}{size}{text[match.end(2) :]}" if match else None


def freed(text: str, rng: Random) -> str | None:
    """A fixed value may be any."""
    return "*" if re.match(r"0[xb]", text) else None


def gone(text: str, rng: Random) -> str | None:
    """What is deleted has no text."""
    return ""


def role_added(text: str, rng: Random) -> str | None:
    """A role more may send a request."""
    others = [role for role in ("IS", "ES", "GS", "ED", "GT", "OU") if role not in text.split(", ")]
    return ", ".join((*filter(None, [text]), rng.choice(others))) if others else None


def role_of_nobody(text: str, rng: Random) -> str | None:
    """A role is misspelt."""
    return f"{text}X" if text else None


def future_dated(text: str, rng: Random) -> str | None:
    """The device keeps a request for later where it did not, or the other way round."""
    return {"Device": "DSP", "DSP": "Device", "No": "Device", "DSP & Device": "DSP"}.get(text)


def title_misspelt(text: str, rng: Random) -> str | None:
    """The title behind the name of a use case has lost a letter."""
    name, blank, title = text.partition(" ")
    new = misspelt(title, rng)
    return f"{name}{blank}{new}" if new else None


def settable(text: str, rng: Random) -> str | None:
    """What nobody can set a service request sets, and the other way round."""
    return {"none": "service request", "service request": "none"}.get(text)


def unit(text: str, rng: Random) -> str | None:
    """A unit is another, of another dimension."""
    return {"V": "s", "s": "V", "W": "V", "A": "V"}.get(text)
