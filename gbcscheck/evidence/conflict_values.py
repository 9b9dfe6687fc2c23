"""The values of a conflict or a change, in words that stay what they are when places, versions or notations change.

A waiver remembers them: it is for what somebody has seen, and not for what the same two statements say next year.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from gbcscheck.model import Change, Finding, Statement
from gbcscheck.model.remembered import BECAME, BETWEEN, NOTHING

if TYPE_CHECKING:
    from gbcscheck.domains import Domain

Read = Callable[[Statement], "Domain | None"]
"""What reads the set of values of a statement; None where it sets out none."""
LONGEST = 120
"""A longer value is remembered by its beginning and the SHA-256 of all of it."""
SHOWN = 60
MOST = 8_000
"""More characters of values than this are remembered by their SHA-256 alone."""

_HEXADECIMAL = re.compile(r"\b0[xX][0-9A-Fa-f]+\b")


def values_of(finding: Finding, read: Read | None = None) -> tuple[str, ...]:
    """What a finding is about, as a waiver remembers it: the values of its statements as one text, in the order of who
    says what; of lists that differ each member that only one has. Empty where rule and subject say all there is.
    ``read`` gives the set of values that a statement sets out; as it is written unless said otherwise."""
    if finding.exemplary or finding.differing:
        return bounded(finding.differing)
    values = sorted({(statement.key, value_of(statement, read)) for statement in finding.statements})
    return bounded([BETWEEN.join(value for _, value in values)] if values else [])


def values_of_change(change: Change) -> tuple[str, ...]:
    """What became of what: ``0..1799 s -> 0..600 s``."""
    old, new = (NOTHING if side is None else value_of(side) for side in (change.old, change.new))
    return (f"{old}{BECAME}{new}",)


def value_of(statement: Statement, read: Read | None = None) -> str:
    """What a statement says, whatever its notation: a set of values in the canonical notation, else the fact or the
    words, with single blanks between words and hexadecimal numbers in one form."""
    if statement.domain is not None:
        text = _canonical(statement, statement.domain, read)
    else:
        text = str(statement.value if statement.value is not None else statement.text or "")
        text = _HEXADECIMAL.sub(lambda found: f"0x{found.group()[2:].upper()}", " ".join(text.split()))
    return text if len(text) <= LONGEST else f"{text[:SHOWN].rstrip()}… sha256 {_digest(text)}"


def _canonical(statement: Statement, domain: str, read: Read | None) -> str:
    from gbcscheck.notation.canonical import NotationError, parse_domain, print_domain

    try:
        found = read(statement) if read is not None else parse_domain(domain)
        return print_domain(found if found is not None else parse_domain(domain))
    except NotationError:
        return " ".join(domain.split())


def bounded(values: Iterable[str]) -> tuple[str, ...]:
    """Some values, each once and in order; by their number and SHA-256 where they are too many to be kept."""
    found = sorted(set(values))
    if sum(map(len, found)) <= MOST:
        return tuple(found)
    return (f"{len(found):,} values, sha256 {_digest(chr(30).join(found))}",)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()[:16]
