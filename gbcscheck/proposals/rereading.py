"""What a statement says once its text is another one: read as its column is read.

Which notation a column is in, nobody says here: it is the one in which the text that stands there reads as what the
statement says. A text that the column holds elsewhere says what it says there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from gbcscheck.errors import GbcscheckError
from gbcscheck.facts.extract_file import Scalar
from gbcscheck.model import Statement
from gbcscheck.proposals.replacing import column_of
from gbcscheck.release.catalogue import Catalogue

if TYPE_CHECKING:
    from gbcscheck.domains import Domain


class Said(NamedTuple):
    """What a statement says: a set in the canonical notation, or a fact."""

    domain: str | None
    value: Scalar | None


MOST_EXAMPLES = 20
"""Cells of a column that are asked in which notation it is."""
Reader = Callable[[Catalogue, Statement, str], Said | None]
_BETWEEN = re.compile(r"[,;\n]")


def said(statement: Statement) -> Said:
    """What a statement says."""
    return Said(statement.domain, statement.value)


class Columns:
    """The columns of a release, with what their texts are read as."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._examples: dict[object, dict[str, dict[str, Said]]] = {}

    def read(self, statement: Statement, text: str) -> Said | None:
        """What the statement says with another text; None where nobody can read it."""
        if text == statement.written:
            return said(statement)
        examples = self.examples(statement).get(text, {})
        meanings = set(examples.values())
        if len(meanings) == 1:
            return next(iter(meanings))
        context = self._context(statement)
        if context in examples:
            return examples[context]
        if said(statement) == Said(None, None):
            return self._read_like_others(statement, text)
        for reader in _READERS:
            if _read(reader, self._catalogue, statement, statement.written) == said(statement):
                found = _read(reader, self._catalogue, statement, text)
                if found is not None and found != Said(None, None):
                    return found
        return None

    def _read_like_others(self, statement: Statement, text: str) -> Said | None:
        """What a text says in a cell that could not be read: read as others of the column and of its type are."""
        context = self._context(statement)
        others = [(one, by[context]) for one, by in self.examples(statement).items() if context in by]
        for reader in _READERS:
            if any(_read(reader, self._catalogue, statement, one) == meant for one, meant in others[:MOST_EXAMPLES]):
                found = _read(reader, self._catalogue, statement, text)
                if found is not None and found != Said(None, None):
                    return found
        return None

    def examples(self, statement: Statement) -> Mapping[str, Mapping[str, Said]]:
        """The texts of the column of a statement, each with what it says by its context."""
        column = column_of(statement)
        if column not in self._examples:
            found: dict[str, dict[str, Said]] = {}
            for part in self._catalogue.statements.parts:
                if part.specification == statement.specification:
                    for one in part.of_attribute(statement.attribute):
                        if column_of(one) == column and said(one) != Said(None, None):
                            found.setdefault(one.written, {}).setdefault(self._context(one), said(one))
            self._examples[column] = found
        return self._examples[column]

    def _context(self, statement: Statement) -> str:
        """On what it depends how a text is read: the data type of the row."""
        if statement.attribute == "type":
            return ""
        kind = self._catalogue.first(statement.subject, "type")
        return kind.domain or kind.written if kind is not None else ""


def _read(reader: Reader, catalogue: Catalogue, statement: Statement, text: str) -> Said | None:
    from gbcscheck.domains import NotExact, NotInterpretable

    try:
        return reader(catalogue, statement, text)
    except (GbcscheckError, NotInterpretable, NotExact, ValueError, KeyError, AssertionError):
        return None


def _set(domain: Domain | None) -> Said | None:
    from gbcscheck.notation.canonical import print_domain

    return None if domain is None else Said(print_domain(domain), None)


def _canonical(_: Catalogue, statement: Statement, text: str) -> Said | None:
    """A set in the canonical notation, of the kind that is there: what another document says of octets is no set of
    texts, and an element of texts becomes none of octets by it."""
    from gbcscheck.domains import Choice
    from gbcscheck.notation.canonical import parse_domain

    if statement.domain is None:
        return None
    found, own = parse_domain(text), parse_domain(statement.domain)
    is_alike = type(found) is type(own) or isinstance(found, Choice) or isinstance(own, Choice)
    return _set(found) if is_alike else None


def _fact(_: Catalogue, statement: Statement, text: str) -> Said | None:
    if statement.domain is not None:
        return None
    if isinstance(statement.value, int) and not isinstance(statement.value, bool):
        return Said(None, int(text))
    return Said(None, " ".join(text.split())) if isinstance(statement.value, str) else None


def _types(catalogue: Catalogue, statement: Statement) -> Iterator[str]:
    kind = catalogue.first(statement.subject, "type")
    if kind is not None:
        yield kind.written


def _dlms_type(exact: bool) -> Reader:
    def read(_: Catalogue, statement: Statement, text: str) -> Said | None:
        from gbcscheck.notation.dlms_type import read_dlms_type

        return _set(read_dlms_type(text).domain(exact=exact)) if statement.attribute == "type" else None

    return read


def _dlms_constant(catalogue: Catalogue, statement: Statement, text: str) -> Said | None:
    from gbcscheck.domains import ANY, NotInterpretable
    from gbcscheck.notation.dlms_constant import read_dlms_constant
    from gbcscheck.notation.dlms_type import read_dlms_type

    constant = read_dlms_constant(text)
    if constant is None:
        return None
    for name in _types(catalogue, statement):
        try:
            return _set(constant.domain(read_dlms_type(name)))
        except (GbcscheckError, NotInterpretable):
            break
    return _set(constant.domain(ANY))


def _zcl_type(_: Catalogue, statement: Statement, text: str) -> Said | None:
    from gbcscheck.notation.zcl_type import read_zcl_type

    kind = read_zcl_type(text)
    return _set(kind.domain()) if statement.attribute == "type" and kind is not None else None


def _zcl_parameter(catalogue: Catalogue, statement: Statement, text: str) -> Said | None:
    from gbcscheck.domains import points, union
    from gbcscheck.notation.zcl_parameter import read_zcl_parameter
    from gbcscheck.notation.zcl_type import read_zcl_type

    names = list(_types(catalogue, statement))
    found = read_zcl_parameter(text, read_zcl_type(names[0]) if names else None)
    if found is None or found.domain is None:
        return None
    return _set(union(found.domain, points([value for value, _ in found.specials])) if found.specials else found.domain)


def _zcl_identifier(_: Catalogue, statement: Statement, text: str) -> Said | None:
    from gbcscheck.notation.zcl_identifier import read_zcl_identifier

    stated = re.fullmatch(r".*: 0x([0-9A-F]+)", str(statement.value))
    found = read_zcl_identifier(text)
    if stated is None or found is None or found.identifier is None:
        return None
    return Said(None, f"{found.name}: 0x{found.identifier:0{len(stated[1])}X}")


def _gbz_value(catalogue: Catalogue, statement: Statement, text: str) -> Said | None:
    from gbcscheck.notation.gbz import read_gbz_octets, read_gbz_value
    from gbcscheck.notation.zcl_type import read_zcl_type

    names = list(_types(catalogue, statement))
    octets = catalogue.first(statement.subject, "octets")
    counts = read_gbz_octets(octets.written) if octets is not None else ()
    found = read_gbz_value(text, read_zcl_type(names[0]) if names else None, counts)
    return _set(found.domain) if found is not None else None


def _gbz_octets(_: Catalogue, statement: Statement, text: str) -> Said | None:
    from gbcscheck.notation.gbz import octets_domain, read_gbz_octets

    return _set(octets_domain(read_gbz_octets(text))) if statement.attribute == "octets" else None


def _setting(catalogue: Catalogue, statement: Statement, text: str) -> Said | None:
    from gbcscheck.domains import Numbers
    from gbcscheck.notation.setting import Setting
    from gbcscheck.notation.table_value import read_setting

    stated = catalogue.domain(statement)
    if stated is None:
        return None
    found = read_setting(text, stated.unit if isinstance(stated, Numbers) else None)
    return _set(found.domain) if isinstance(found, Setting) else None


def _several(_: Catalogue, statement: Statement, text: str) -> Said | None:
    from gbcscheck.domains import text_set

    if statement.domain is None:
        return None
    return _set(text_set([" ".join(one.split()) for one in _BETWEEN.split(text) if one.strip()]))


def _xsd(_catalogue: Catalogue, statement: Statement, text: str) -> Said | None:
    """``xs:nonNegativeInteger, maxInclusive 1799``: the type and the facets that narrow it, of numbers."""
    from gbcscheck.notation.canonical import parse_domain, print_domain

    base, *facets = text.split(", ")
    if base in _XSD_LENGTHS:
        return _lengths(_XSD_LENGTHS[base], facets) if statement.domain is not None else None
    if not base.startswith("xs:") or base[3:] not in _XSD:
        return None
    low, high = _XSD[base[3:]]
    digits = None
    for facet in facets:
        name, _, number = facet.partition(" ")
        if name == "minInclusive":
            low = number
        elif name == "maxInclusive":
            high = number
        elif name == "fractionDigits" and base == "xs:decimal":
            digits = int(number)
        else:
            return None
    if base == "xs:decimal":
        step = f" step {'0.' + '0' * (digits - 1) + '1' if digits else '1'}" if digits is not None else ""
        written = f"{low}..{high}{step}" if low or high else f"decimal{step}"
    else:
        written = f"{low}..{high}" if low or high else "int"
    return Said(print_domain(parse_domain(written)), None) if statement.domain is not None else None


def _lengths(kind: str, facets: Iterable[str]) -> Said | None:
    """Texts or octets of some lengths."""
    from gbcscheck.notation.canonical import parse_domain, print_domain

    low, high = "0", ""
    for facet in facets:
        name, _, number = facet.partition(" ")
        if not number.isdigit() or name not in ("minLength", "maxLength", "length"):
            return None
        low = number if name != "maxLength" else low
        high = number if name != "minLength" else high
    if not high and low != "0":
        return None
    return Said(print_domain(parse_domain(f"{kind}({low}..{high})" if high else kind)), None)


_XSD_LENGTHS = {"xs:string": "text", "xs:hexBinary": "octets"}
_XSD: Mapping[str, tuple[str, str]] = {
    "unsignedByte": ("0", str(2**8 - 1)),
    "unsignedShort": ("0", str(2**16 - 1)),
    "unsignedInt": ("0", str(2**32 - 1)),
    "unsignedLong": ("0", str(2**64 - 1)),
    "byte": (str(-(2**7)), str(2**7 - 1)),
    "short": (str(-(2**15)), str(2**15 - 1)),
    "int": (str(-(2**31)), str(2**31 - 1)),
    "long": (str(-(2**63)), str(2**63 - 1)),
    "positiveInteger": ("1", ""),
    "nonNegativeInteger": ("0", ""),
    "integer": ("", ""),
    "decimal": ("", ""),
}
"""The least and the greatest number of types of XML Schema (Part 2, 3.3)."""

_READERS: tuple[Reader, ...] = (
    _canonical,
    _fact,
    _dlms_type(exact=False),
    _dlms_type(exact=True),
    _dlms_constant,
    _zcl_type,
    _zcl_identifier,
    _gbz_octets,
    _gbz_value,
    _zcl_parameter,
    _setting,
    _several,
    _xsd,
)
"""The notations in which columns are written, the plainest first."""
