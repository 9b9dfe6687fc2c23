"""What it rests on that a value is called right: the sets in which it lies, and the documents that state them.

A set that takes everything its data type holds says nothing, so a value that lies in no narrower one only fits its
type, and that is what is said of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from gbcscheck.evidence.conversion import Route, lets_through
from gbcscheck.evidence.fitting import Requirement, Requirements
from gbcscheck.evidence.reading import read_as
from gbcscheck.model import Statement
from gbcscheck.release.catalogue import Catalogue

if TYPE_CHECKING:
    from gbcscheck.domains import Domain

MOST_DOCUMENTS = 4
"""Documents of one set that are named; the others are counted."""
LONGEST = 72
"""Characters of a set; a longer one is told in words, or cut."""
_TYPE = "type"


class Ground(NamedTuple):
    """A set of values, in words, what makes it one (``type``, ``constant``, ``permitted``, ``encoding``, ``set``,
    ``shown``), and the documents that state it."""

    asks: str
    values: str
    documents: tuple[str, ...]


def grounds_of(
    requirements: Requirements, value: Domain, unit: str = "", of_type: Iterable[Domain] = ()
) -> tuple[Ground, ...]:
    """The requirements that a value was found to fit, those of its type last; what could not be held against it, and
    what takes all of its type, is left out. ``of_type`` are types that no requirement states."""
    types = tuple(one for requirement in requirements if requirement.asks == _TYPE for one in requirement.stated)
    kinds = [*(kind for _, kind in types), *of_type]
    found = [
        ground
        for requirement in requirements
        if requirement.asks != _TYPE
        for ground in _grounds(requirement, value, kinds, unit)
    ]
    fitting = [(statement, kind) for statement, kind in types if _lies_in(value, kind)]
    return (*_joined(found), *_joined(Ground(_TYPE, _words(kind, unit), _documents([s])) for s, kind in fitting))


def grounds_of_row(catalogue: Catalogue, subject: str) -> tuple[Ground, ...]:
    """What a row of a table, or an element of a schema, states of its values: what it fixes or permits, else how they
    are encoded, and their type."""
    return grounds_of_statements(catalogue, catalogue.about(subject, "constant", "permitted", "encoding", _TYPE))


def grounds_of_statements(catalogue: Catalogue, statements: Iterable[Statement]) -> tuple[Ground, ...]:
    """The same of some statements of one row."""
    stated = list(statements)
    sets = [(one, domain) for one in stated if (domain := catalogue.domain(one)) is not None]
    kinds = [domain for one, domain in sets if one.attribute == _TYPE]
    found = [
        Ground(one.attribute, _as_written(one, domain), _documents([one]))
        for one, domain in sets
        if one.attribute in ("constant", "permitted") and not any(_takes_all(kind, domain) for kind in kinds)
    ]
    bare = [ground for ground in found if _BUILT_IN.fullmatch(ground.values)]
    found = [ground for ground in found if ground not in bare]
    if not found:
        encoded = (one for one in stated if one.attribute == "encoding")
        found = [Ground("encoding", str(one.value), _documents([one])) for one in encoded]
    types = [Ground(_TYPE, one.written, _documents([one])) for one in stated if one.attribute == _TYPE]
    return _joined((*found, *(one._replace(asks=_TYPE) for one in bare), *(() if bare else types)))


def by_row(subject: str) -> str:
    """What a part of a message rests on that has to be as its row names it: class, object, attribute."""
    return f"as its row has it (GBCS {subject.partition('/')[0]})"


def in_words(grounds: Iterable[Ground]) -> str:
    """What a value rests on, in one line.

    >>> in_words([Ground("set", "0..1799 s", ("DUIS 7.12", "GBCS ECS38")), Ground("type", "0..65535", ("GBCS ECS38",))])
    'within 0..1799 s (DUIS 7.12, GBCS ECS38)'
    >>> in_words([Ground("type", "0..65535 s", ("GBCS ECS38", "GBCS ECS26c"))])
    'fits its type only: 0..65535 s (GBCS ECS38, ECS26c)'
    """
    all_ = list(grounds)
    telling = [ground for ground in all_ if ground.asks != _TYPE]
    if telling:
        return "; ".join(f"{_how(one)}{one.values}{_by(one.documents)}" for one in telling)
    return "; ".join(f"fits its type only: {one.values}{_by(one.documents)}" for one in all_)


_HOW = {"constant": "fixed to ", "encoding": "a legal COSEM "}
_BUILT_IN = re.compile(r"xs:\w+|text|any")
"""What a schema permits that is a type and nothing more."""
_DIGITS = re.compile(r"0x[0-9A-Fa-f]+")


def _how(ground: Ground) -> str:
    if ground.asks in _HOW:
        return _HOW[ground.asks]
    return "" if ground.values.startswith(("a ", "one of ", "any ")) else "within "


def _by(documents: tuple[str, ...]) -> str:
    """Documents in parentheses, each named once: ``(DUIS 7.12, GBCS ECS38, ECS26c)``."""
    shown: list[str] = []
    last = ""
    for document in documents[:MOST_DOCUMENTS]:
        name, _, rest = document.partition(" ")
        shown.append(rest if name == last and rest else document)
        last = name
    more = len(documents) - len(shown)
    behind = f" and {more} more" if more else ""
    return f" ({', '.join(shown)}{behind})" if shown else ""


# --- one requirement -------------------------------------------------------------------------------------------------


def _grounds(requirement: Requirement, value: Domain, kinds: list[Domain], unit: str) -> Iterator[Ground]:
    if requirement.routes:
        for route in requirement.routes:
            if lets_through(route, value) and not any(_takes_all(kind, route.encodings) for kind in kinds):
                yield Ground(requirement.asks, _words(route.kind, unit), tuple(_documents_of(route, requirement.asks)))
        return
    for statement, domain in requirement.stated:
        if _lies_in(value, domain) and not any(_takes_all(kind, domain) for kind in kinds):
            yield Ground(requirement.asks, _words(domain, unit), _documents([statement]))


def _lies_in(value: Domain, domain: Domain) -> bool:
    read = read_as(value, domain)
    return read is not None and read.is_subset(domain) is True


def _takes_all(kind: Domain, domain: Domain) -> bool:
    """Whether a set holds all that a data type does."""
    return _lies_in(kind, domain)


def _joined(grounds: Iterable[Ground]) -> tuple[Ground, ...]:
    """Grounds of the same values as one, with the documents of all."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for ground in grounds:
        found.setdefault((ground.asks, ground.values), {}).update(dict.fromkeys(ground.documents))
    return tuple(Ground(asks, values, tuple(documents)) for (asks, values), documents in found.items())


# --- words -----------------------------------------------------------------------------------------------------------


def _documents(statements: Iterable[Statement]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(_document, statements)))


def _document(statement: Statement) -> str:
    """A document and the place in it: the use case of a row, the element of a schema, a clause."""
    name, (head, slash, _) = statement.specification.name, statement.subject.partition("/")
    if slash and not head:
        return f"{name} {statement.specification.version}"
    if slash:
        return f"{name} {head}"
    return f"{name} {statement.clause}" if statement.clause else str(statement.specification)


def _documents_of(route: Route, asks: str) -> Iterator[str]:
    """The request or response that carries a value, and the use cases of the messages on the device's side."""
    link = route.link
    request = link.service_request if asks == "set" else link.read_service_request
    yield f"{route.stated.specification.name} {request}".strip()
    for end in link.ends_of(*(("command", "gbz") if asks == "set" else ("response",))):
        yield f"GBCS {end.subject.partition('/')[0]}"


def _as_written(statement: Statement, domain: Domain) -> str:
    """The set of a statement: octets as the source has them, a type of a schema by its name."""
    text = (statement.text or "").strip()
    return text if _DIGITS.fullmatch(text) or _BUILT_IN.fullmatch(text) else _words(domain, "")


def _words(domain: Domain, unit: str) -> str:
    from gbcscheck.domains import Numbers
    from gbcscheck.notation.canonical import print_domain

    text = print_domain(domain)
    if len(text) > LONGEST:
        text = domain.describe()
    text = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    return f"{text} {unit}" if unit and isinstance(domain, Numbers) and domain.unit is None else text
