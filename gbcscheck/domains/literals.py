"""What XML writes: a literal read as a value of its type, as XML Schema Part 2 says and not as Python does.

A form is what has to be known of a type for that: the built-in type that it is built on and what becomes of blanks
(whiteSpace, 4.3.6), or the forms of a list's entries or of a union's members. It is written ``xs:string``,
``xs:string, whiteSpace collapse``, ``list of xs:int``, ``union of xs:int and (list of xs:token)``.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from gbcscheck.domains.base import ANY, Domain, Value
from gbcscheck.domains.choice import Choice
from gbcscheck.domains.lists import ListOf
from gbcscheck.domains.rational import decimal_text
from gbcscheck.domains.xml_moments import Moment, XsDateTimeValue, XsDateValue, XsTimeValue

PRESERVE, REPLACE, COLLAPSE = "preserve", "replace", "collapse"
MOST_DIGITS = 400
"""Digits of a number that are read; the longest bound of these schemas has 20."""

_BITS = {"byte": 8, "short": 16, "int": 32, "long": 64}
INTEGERS: dict[str, tuple[int | None, int | None]] = {
    "xs:integer": (None, None),
    "xs:nonPositiveInteger": (None, 0),
    "xs:negativeInteger": (None, -1),
    "xs:nonNegativeInteger": (0, None),
    "xs:positiveInteger": (1, None),
    **{f"xs:{name}": (-(2**bits // 2), 2**bits // 2 - 1) for name, bits in _BITS.items()},
    **{f"xs:unsigned{name.capitalize()}": (0, 2**bits - 1) for name, bits in _BITS.items()},
}
"""The built-in types of whole numbers and their ends (3.3.13 to 3.3.25)."""
_BASES: dict[str, str] = {
    "xs:integer": "xs:decimal",
    **dict.fromkeys(("xs:nonPositiveInteger", "xs:long", "xs:nonNegativeInteger"), "xs:integer"),
    "xs:negativeInteger": "xs:nonPositiveInteger",
    "xs:int": "xs:long",
    "xs:short": "xs:int",
    "xs:byte": "xs:short",
    **dict.fromkeys(("xs:unsignedLong", "xs:positiveInteger"), "xs:nonNegativeInteger"),
    "xs:unsignedInt": "xs:unsignedLong",
    "xs:unsignedShort": "xs:unsignedInt",
    "xs:unsignedByte": "xs:unsignedShort",
    "xs:normalizedString": "xs:string",
    "xs:token": "xs:normalizedString",
    **dict.fromkeys(("xs:language", "xs:Name", "xs:NMTOKEN"), "xs:token"),
    "xs:NCName": "xs:Name",
    **dict.fromkeys(("xs:ID", "xs:IDREF", "xs:ENTITY"), "xs:NCName"),
}
"""The built-in types that are derived from another by restriction, and from which (3.3)."""
_INTEGER = r"[-+]?[0-9]+"
_DECIMAL = r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)"
_DOUBLE = rf"(?:{_DECIMAL}(?:[eE][-+]?[0-9]+)?|-?INF|NaN)"
_ZONE = r"(?:Z|[-+](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_YEAR = r"-?(?:[1-9][0-9]{4,}|(?!0000)[0-9]{4})"
_MONTH, _DAY = "(?:0[1-9]|1[0-2])", "(?:0[1-9]|[12][0-9]|3[01])"
_DURATION = r"-?P(?!$)(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?(?:T(?!$)(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]+)?S)?)?"
_SIXTY_FOUR = "[A-Za-z0-9+/]"
_BASE_64 = (
    rf"({_SIXTY_FOUR}{{4}})*"
    rf"({_SIXTY_FOUR}{{4}}|{_SIXTY_FOUR}{{2}}[AEIMQUYcgkosw048]=|{_SIXTY_FOUR}[AQgw]==)?"
)
LEXICAL: dict[str, tuple[str, str]] = {
    **dict.fromkeys(INTEGERS, (_INTEGER, "a whole number was expected")),
    "xs:decimal": (_DECIMAL, "a decimal number was expected"),
    **dict.fromkeys(("xs:float", "xs:double"), (_DOUBLE, "a number, INF, -INF or NaN was expected")),
    "xs:boolean": ("true|false|1|0", "true, false, 1 or 0 was expected"),
    "xs:hexBinary": ("([0-9A-Fa-f]{2})*", "octets as pairs of hexadecimal digits were expected"),
    "xs:base64Binary": (_BASE_64, "octets in base64 were expected"),
    "xs:duration": (_DURATION, "a duration, as in P1DT12H, was expected"),
    "xs:gYear": (_YEAR + _ZONE, "a year was expected"),
    "xs:gYearMonth": (f"{_YEAR}-{_MONTH}{_ZONE}", "a year and a month, as in 2025-01, were expected"),
    "xs:gMonthDay": (
        f"--(?:0[13578]-{_DAY}|1[02]-{_DAY}|02-(?:0[1-9]|[12][0-9])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)){_ZONE}",
        "a month and a day, as in --01-31, were expected",
    ),
    "xs:gMonth": (f"--{_MONTH}{_ZONE}", "a month, as in --01, was expected"),
    "xs:gDay": (f"---{_DAY}{_ZONE}", "a day, as in ---01, was expected"),
}
"""The literals of built-in types (3.2.2 to 3.2.16, 3.3.13), after blanks are dealt with, and what to say of others.
Those of texts are whatever XML holds; those of times and dates are read by ``xmlmoments``."""

_MOMENTS: dict[str, type[Moment]] = {"xs:time": XsTimeValue, "xs:date": XsDateValue, "xs:dateTime": XsDateTimeValue}
_TRUTH = {"true": True, "1": True, "false": False, "0": False}


class NotOfType(ValueError):
    """A literal that is no value of the kind that its element takes; the message says what was expected."""


class Form(NamedTuple):
    """How the values of a simple type are written: ``base`` is a built-in type, or ``list`` or ``union`` of the
    ``parts``."""

    base: str
    white_space: str
    parts: tuple[Form, ...] = ()

    def __str__(self) -> str:
        if self.base == "list":
            return f"list of {_inner(self.parts[0])}"
        if self.base == "union":
            return f"union of {' and '.join(_inner(part) for part in self.parts)}"
        usual = built_in(self.base).white_space
        return self.base if self.white_space == usual else f"{self.base}, whiteSpace {self.white_space}"


def _inner(form: Form) -> str:
    text = str(form)
    return f"({text})" if " " in text else text


def built_in(name: str) -> Form:
    """The form of a built-in type (``xs:token``): texts keep their blanks, all others have them collapsed."""
    preserving = ("xs:string", "xs:anySimpleType", "xs:anyAtomicType")
    return Form(name, PRESERVE if name in preserving else REPLACE if name == "xs:normalizedString" else COLLAPSE)


def is_derived(name: str, base: str) -> bool:
    """Whether a built-in type may stand for a type: it is that type, or derived from it; all are from
    xs:anySimpleType."""
    while name != base and name in _BASES:
        name = _BASES[name]
    return base in (name, "xs:anySimpleType")


@lru_cache(maxsize=4096)
def parse_form(text: str) -> Form | None:
    """The form that a text writes, perhaps in parentheses behind the name of a type and of those that it is derived
    from; None for any other text.

    >>> parse_form("sr:Text (xs:string, whiteSpace collapse)")
    Form(base='xs:string', white_space='collapse', parts=())
    """
    name, _, rest = text.partition(" (")
    if rest.endswith(")") and not name.startswith(("list of", "union of")):
        return parse_form(rest[:-1])
    for word, joint in (("list", None), ("union", " and ")):
        if text.startswith(f"{word} of "):
            found = tuple(parse_form(part) for part in _split(text.removeprefix(f"{word} of "), joint))
            parts = tuple(part for part in found if part is not None)
            return Form(word, COLLAPSE, parts) if parts and len(parts) == len(found) else None
    match = re.fullmatch(r"(xs:[A-Za-z0-9]+)(?:, whiteSpace (preserve|replace|collapse))?", text)
    if match is None:
        return None
    form = built_in(match[1])
    return form._replace(white_space=match[2]) if match[2] else form


def _split(text: str, joint: str | None) -> Iterator[str]:
    """The parts of a list or union, without the parentheses around them."""
    depth, start = 0, 0
    for at, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if joint and depth == 0 and text.startswith(joint, at):
            yield text[start:at].removeprefix("(").removesuffix(")")
            start = at + len(joint)
    yield text[start:].removeprefix("(").removesuffix(")")


_BLANK = re.compile(r"[\t\n\r]")
_BLANKS = re.compile(r"[ \t\n\r]+")


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def normalized(literal: str, white_space: str) -> str:
    """A literal after its blanks are dealt with: space, tab, line feed and carriage return alone are blanks (4.3.6)."""
    if white_space == PRESERVE:
        return literal
    if white_space == REPLACE:
        return _BLANK.sub(" ", literal)
    return _BLANKS.sub(" ", literal).strip(" ") if _BLANKS.search(literal) else literal


# --- reading ---------------------------------------------------------------------------------------------------------


def read_literal(literal: str, form: Form, domain: Domain = ANY) -> Value:
    """The value that a literal means in a type of some form; of a union, one that is a member of ``domain`` if there is
    any. Raises NotOfType.

    >>> read_literal(" +007 ", built_in("xs:int")), read_literal(" a ", built_in("xs:token"))
    (7, 'a')
    """
    if form.base == "list":
        entries = normalized(literal, COLLAPSE)
        item = domain.item if isinstance(domain, ListOf) else ANY
        return tuple(read_literal(entry, form.parts[0], item) for entry in entries.split(" ") if entry)
    if form.base == "union":
        return _of_union(literal, form, domain)
    text = normalized(literal, form.white_space)
    if form.base in _MOMENTS:
        return _moment(text, form.base)
    if form.base not in LEXICAL:
        return text
    pattern, expected = LEXICAL[form.base]
    if form.base == "xs:base64Binary":
        text = text.replace(" ", "")
    if _compiled(pattern).fullmatch(text) is None:
        raise NotOfType(expected)
    return _of_lexical(text, form.base)


def _of_union(literal: str, form: Form, domain: Domain) -> Value:
    """The value by the first member whose value the domain has, else by the first that can read it (2.5.1.3)."""
    read: list[Value] = []
    refused: list[NotOfType] = []
    for part in form.parts:
        try:
            value = read_literal(literal, part, _alternative(domain, part))
        except NotOfType as error:
            refused.append(error)
            continue
        if domain.contains(value):
            return value
        read.append(value)
    if not read:
        raise NotOfType(" or ".join(dict.fromkeys(str(error).removesuffix(" was expected") for error in refused)))
    return read[0]


def _alternative(domain: Domain, part: Form) -> Domain:
    """The alternative of a choice that a list is held against."""
    if part.base == "list" and isinstance(domain, Choice):
        return next((one for one in domain.alternatives if isinstance(one, ListOf)), domain)
    return domain


def _of_lexical(text: str, base: str) -> Value:
    if base in INTEGERS or base == "xs:decimal":
        if len(text) > MOST_DIGITS:
            raise NotOfType(f"a number of at most {MOST_DIGITS} digits was expected")
        if text.lstrip("+-").isdigit():
            return int(text)
        number = Fraction(text.removesuffix("."))
        return int(number) if number.denominator == 1 else number
    if base == "xs:boolean":
        return _TRUTH[text]
    if base == "xs:hexBinary":
        return bytes.fromhex(text)
    return base64.b64decode(text) if base == "xs:base64Binary" else text


def _moment(text: str, base: str) -> Value:
    try:
        return _MOMENTS[base].parse(text)
    except ValueError as error:
        _, _, detail = str(error).partition(": ")
        raise NotOfType(detail or f"an {base} was expected") from None


# --- writing ---------------------------------------------------------------------------------------------------------


def literals_of(value: Value) -> Iterator[str]:
    """Ways to write a value, right and wrong ones, that tell types apart which permit the same values: with a sign,
    with decimals, with blanks of several kinds around and inside, in hexadecimal and in base64."""
    plain = list(_plain(value))
    yield from plain
    for text in plain:
        yield from (f" {text}", f"{text} ", f"\n{text}\t", f"\u00a0{text}")
        if " " in text:
            yield from (text.replace(" ", blank) for blank in ("  ", "\n", "\t"))


def _plain(value: Value) -> Iterator[str]:
    if isinstance(value, bool):
        yield from ("true", "1") if value else ("false", "0")
    elif isinstance(value, int | Fraction):
        text = decimal_text(value)
        yield text
        yield f"{text}{'0' if '.' in text else '.0'}"
        yield f"+{text}" if value >= 0 else f"-0{text[1:]}"
        yield f"{text}e0"
    elif isinstance(value, bytes):
        yield from (value.hex(), value.hex().upper(), base64.b64encode(value).decode("ascii"))
    elif isinstance(value, tuple):
        first = [next(_plain(entry), "") for entry in value]
        yield " ".join(first)
    else:
        yield str(value)


def beyond_type(value: Value, form: Form) -> str:
    """What was expected of a whole number that is beyond the ends of its built-in type; empty for any other value."""
    low, high = INTEGERS.get(form.base, (None, None))
    if not isinstance(value, int) or isinstance(value, bool):
        return ""
    within = (low is None or low <= value) and (high is None or value <= high)
    return "" if within else f"a value of {form.base} was expected"


def accepts(literal: str, form: Form, domain: Domain | None, written: Domain | None = None) -> bool:
    """Whether a type accepts a literal: its value is one of ``domain`` (None: nobody knows, any value is), and what is
    written, without its blanks, one of ``written``, the literals that patterns leave."""
    try:
        value = read_literal(literal, form, ANY if domain is None else domain)
    except NotOfType:
        return False
    if (domain is not None and not domain.contains(value)) or beyond_type(value, form):
        return False
    return written is None or written.contains(normalized(literal, form.white_space))
