"""How values may be written, before and after: types that permit the same values can differ in that.

A whole number of xs:decimal may be written ``1.0``, one of xs:integer may not; octets are written in hexadecimal or in
base64; blanks around a text of xs:string count, those around one of xs:token do not (XML Schema Part 2, 2.3 and 4.3.6).
What is lost or gained is shown by literals: each is held against both types as ``device`` does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from gbcscheck.comparison.valuesets import Difference, difference, set_of
from gbcscheck.comparison.verdicts import judged
from gbcscheck.facts.directions import Direction
from gbcscheck.frozen import frozen
from gbcscheck.model import Change, Statement

if TYPE_CHECKING:
    from gbcscheck.domains import Domain, Value
    from gbcscheck.domains.literals import Form

LITERALS = "literals"
NO_TYPE = "xs:anySimpleType"
"""The type of every simple value: any literal is one of it."""
REFERENCES = {
    "xs:ID": "unique among the identifiers of the document",
    "xs:IDREF": "an identifier of the document",
    "xs:ENTITY": "an unparsed entity of the document",
}
"""Built-in types whose values have to be more than what is written says (Part 2, 3.3.8 to 3.3.11)."""
MOST_VALUES = 24
"""Values of a set that are written in every way."""
SAMPLES = (
    *("0", "1", "1.0", "-1", "1e0", "INF", "true", "0A", "0a", "AAAA", "AAA=", "", " ", "a", " a", "a b", "P1D"),
    *("2025", "2025-01", "2025-01-01", "2025-01-01Z", "--01", "--01-01", "---01"),
    *("00:00:00", "00:00:00Z", "2025-01-01T00:00:00Z"),
)
"""Literals of every built-in type."""

_BY_LITERALS = re.compile(r", (?:pattern|totalDigits|fractionDigits) .*?(?=, [a-z]+(?:[A-Z][a-z]+)? |$)")


@frozen
class _Spelling:
    """What one side says of how a value is written."""

    stated: Statement
    form: Form
    domain: Domain | None
    literals: Domain | None

    def accepts(self, literal: str) -> bool:
        from gbcscheck.domains.literals import accepts

        return accepts(literal, self.form, self.domain, self.literals)


def written_otherwise(
    old: Sequence[Statement], new: Sequence[Statement], way: Callable[[], Direction]
) -> Change | None:
    """The change of how the values of one subject are written; None where there is none, and where a set of values is
    not known, so that nobody can say what is accepted."""
    one, other = _side(old), _side(new)
    if one is None or other is None or one.form == other.form or (one.domain is None) != (other.domain is None):
        return None
    lost = gained = ""
    for literal in _candidates(one, other):
        before, after = one.accepts(literal), other.accepts(literal)
        lost = lost or (_shown(literal) if before and not after else "")
        gained = gained or (_shown(literal) if after and not before else "")
    bound, free = _reference(other.form) - _reference(one.form), _reference(one.form) - _reference(other.form)
    if not (lost or gained or bound or free):
        return None
    words = [f"{lost} may no longer be written." if lost else "", f"{gained} may be written now." if gained else ""]
    words += [f"Each has to be {REFERENCES[base]} now." for base in sorted(bound)]
    words += [f"None need be {REFERENCES[base]} any more." for base in sorted(free)]
    less, more = bool(lost or bound), bool(gained or free)
    found = judged(less, more, way(), " ".join(filter(None, words)))
    word = "moved" if less and more else "narrowed" if less else "widened"
    return Change(
        word,
        found.verdict,
        found.parties,
        other.stated.subject,
        other.stated.attribute,
        one.stated,
        other.stated,
        witness=lost or gained,
        reason=found.reason,
    )


def _reference(form: Form) -> frozenset[str]:
    """The type among REFERENCES that values of a form are of, also the entries of a list. Of a union, nobody can say of
    which member a value is."""
    inner = form.parts[0] if form.base == "list" else form
    return frozenset((inner.base,)) & REFERENCES.keys()


def base_of(statements: Sequence[Statement]) -> str:
    """The built-in type, ``list`` or ``union`` that the values of a subject of a schema are written as; empty where
    nobody says."""
    side = _side(statements)
    return side.form.base if side is not None else ""


def told_by_literals(old: Sequence[Statement], new: Sequence[Statement]) -> bool:
    """Whether two permitted sets, one of which could not be read, differ only in what the literals of a type say: its
    patterns and digits."""
    texts = []
    for side in (old, new):
        permitted = [one for one in side if one.attribute == "permitted"]
        if len(permitted) != 1 or permitted[0].text is None:
            return False
        texts.append(_BY_LITERALS.sub("", permitted[0].text))
    stated = any(one.attribute == LITERALS for one in (*old, *new))
    return stated and texts[0] == texts[1]


def literals_beyond(statements: Sequence[Statement], left: Sequence[Statement]) -> Difference:
    """What is lost where literals are restricted that were not: a literal of one side that the others lack. Where none
    of those tried is, only that every literal of the type is left is certain."""
    side, remaining = _side(statements), set_of(left)
    if side is None or remaining is None:
        return Difference(None, False)
    for literal in _candidates(side, side):
        text = _without_blanks(literal, side)
        if side.accepts(literal) and not remaining.contains(text):
            return Difference(True, False, witness=_shown(text), lost_words=_shown(text))
    return Difference(None if difference(all_literals(statements), remaining).lost else False, False)


def _without_blanks(literal: str, side: _Spelling) -> str:
    from gbcscheck.domains.literals import normalized

    return normalized(literal, side.form.white_space)


def all_literals(statements: Sequence[Statement]) -> Domain:
    """Every literal of the type that some statements are about: what may be written where no pattern says less."""
    from gbcscheck.domains import texts
    from gbcscheck.domains.literals import LEXICAL

    side = _side(statements)
    pattern, _ = LEXICAL.get(side.form.base, ("", "")) if side is not None else ("", "")
    return texts(patterns=[pattern] if pattern and "?!" not in pattern and "(?:" not in pattern else [])


def accepts_nothing(statements: Sequence[Statement]) -> bool:
    """Whether an element may be without content by its type alone; True where nobody can say, and for an attribute."""
    side = None if statements[0].subject.rpartition("/")[2].startswith("@") else _side(statements)
    return side is None or side.accepts("")


def _side(statements: Sequence[Statement]) -> _Spelling | None:
    from gbcscheck.domains.literals import parse_form
    from gbcscheck.notation.canonical import parse_domain

    by_name = {one.attribute: one for one in statements}
    kind, permitted = by_name.get("type"), by_name.get("permitted")
    if kind is None or permitted is None or not statements[0].subject.startswith("/"):
        return None
    form = next((found for text in (kind.text, str(kind.value)) if text and (found := parse_form(text))), None)
    if form is None:
        return None
    domain, literals = (
        parse_domain(one.domain) if one is not None and one.domain is not None else None
        for one in (permitted, by_name.get(LITERALS))
    )
    return _Spelling(kind, form, domain, literals)


def _candidates(one: _Spelling, other: _Spelling) -> Iterator[str]:
    from gbcscheck.domains.literals import literals_of

    for value in dict.fromkeys(_values(one, other)):
        yield from literals_of(value)
    yield from SAMPLES


def _values(one: _Spelling, other: _Spelling) -> Iterator[Value]:
    """Values of both sets, among them the longest and the shortest texts."""
    from gbcscheck.domains import Choice, Numbers, Texts, try_witness

    def alternatives(domain: Domain | None) -> tuple[Domain, ...]:
        return domain.alternatives if isinstance(domain, Choice) else () if domain is None else (domain,)

    for mine, theirs in ((one.domain, other.domain), (other.domain, one.domain)):
        for domain in alternatives(mine):
            listed = domain.members(MOST_VALUES)
            yield from listed if listed is not None else [found for found in [try_witness(domain)] if found is not None]
            if theirs is not None:
                yield from (value for _, value in domain.difference_classes(theirs))
            if isinstance(domain, Numbers):
                tried = [-1, 2, 10, *(end for end in (domain.low, domain.high) if end is not None)]
                tried += [] if domain.step is None else [10**power + domain.step for power in range(8)]
                yield from (number for number in tried if domain.contains(number))
            if isinstance(domain, Texts) and domain.listed is None:
                yield from domain.of_extreme_lengths()


def _shown(literal: str) -> str:
    from gbcscheck.domains.value_text import print_value

    return print_value(literal)
