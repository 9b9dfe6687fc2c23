"""How much of everything is read: the one table of the limits, each looked at before the work that it bounds.

Every limit has a name by which ``--limits NAME=VALUE`` raises it, and a message that says the same wherever it is
met: what was found, how much is read, and what to write to read it all the same. ``docs/limits.md`` is this table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType

from gbcscheck.errors import UnreadableSource, UsageError
from gbcscheck.frozen import frozen

_USUAL: Mapping[str, int] = MappingProxyType({})
_set: ContextVar[Mapping[str, int]] = ContextVar("limits", default=_USUAL)
"""What this run reads more or less of than usual, by the name of the limit."""

MOST = 10**12
"""No limit can be raised beyond this."""
_VALUE = re.compile(r"(\d{1,13})([kKmMgG]?)")
_FACTORS = {"": 1, "k": 1000, "m": 1000**2, "g": 1000**3}


@frozen
class Limit:
    """One limit: ``value`` of ``unit`` (in the plural) unless it is raised, and ``of``, what it bounds."""

    name: str
    value: int
    unit: str
    of: str

    @property
    def most(self) -> int:
        """How many are read in this run."""
        return _set.get().get(self.name, self.value)

    def problem(self, found: int, *, more: bool = False) -> str:
        """What a message says where there are ``found`` of them, or ``more`` than that."""
        enough = f"{self.name}={_short(found * 2 if more else found)}"
        return (
            f"{'more than ' if more else ''}{found:,} {self.unit} in {self.of}; at most {self.most:,} are read "
            f"(--limits {enough}{' or more' if more else ''} raises that)"
        )

    def hold(self, found: int, *, where: str) -> None:
        """Refuse what has more of them than are read; raises OverLimit."""
        if found > self.most:
            raise OverLimit(self.problem(found), where=where)

    def exceeded(self, *, where: str) -> OverLimit:
        """The error for what has more than are read, where nobody counts any further."""
        return OverLimit(self.problem(self.most, more=True), where=where)


class OverLimit(UnreadableSource):
    """Input is larger, longer or deeper than is read without being asked for."""


OCTETS = Limit("octets", 32_000_000, "octets", "a file")
REVISION_OCTETS = Limit("revision-octets", 1_000_000_000, "octets", "the files of a revision")
TOML_OCTETS = Limit("toml-octets", 4_000_000, "octets", "a TOML file")
LINE_OCTETS = Limit("line-octets", 16_000_000, "octets", "a line of JSON lines")
NESTING = Limit("nesting", 100, "levels", "the nesting of a JSON or TOML file")
KEY_PARTS = Limit("key-parts", 20, "parts", "a TOML key")
YAML_VALUES = Limit("yaml-values", 200_000, "values", "a YAML file (an alias counts for all that it stands for)")
FILES = Limit("files", 200_000, "files", "the folders to read")
STATEMENTS = Limit("statements", 500_000, "statements", "an extract")
ALIKE = Limit("alike", 500, "statements", "one attribute of one subject or data item")
SUBJECT = Limit("subject", 10_000, "characters", "the name of a subject")
STEPS = Limit("steps", 200, "steps", "the path of a subject")
DOMAIN = Limit("domain", 200_000, "characters", "a set of values")
BRACKETS = Limit("brackets", 32, "levels", "the brackets of a set of values")
MODEL_BRACKETS = Limit("model-brackets", 100, "levels", "the brackets of a content model")
DIGITS = Limit("digits", 100, "digits", "a number of a set of values")
ALTERNATIVES = Limit("alternatives", 100, "sets of one kind", "a union (numbers and listed values do not count)")
LISTED = Limit("listed", 20_000, "numbers of other steps", "a set of numbers")
ROWS = Limit("rows", 200_000, "rows", "a sheet, table or CSV file")
COLUMNS = Limit("columns", 702, "columns", "a sheet, table or CSV file")
CELLS = Limit("cells", 1_000_000, "cells", "a workbook, document or CSV file")
MERGED = Limit("merged", 200_000, "merged cells", "a sheet")
UNPACKED = Limit("unpacked", 128_000_000, "octets", "an unpacked workbook or document")
RATIO = Limit("ratio", 150, "times the octets", "an unpacked workbook or document of more than 8 MB")
PARTS = Limit("parts", 2_000, "parts", "a workbook or document")
ELEMENTS = Limit("elements", 100_000, "elements", "an XML document")
WORD_ELEMENTS = Limit("word-elements", 2_000_000, "elements", "a part of a Word document")
SCHEMA_FILES = Limit("schema-files", 200, "files", "an XML schema")
SCHEMA_ELEMENTS = Limit("schema-elements", 100_000, "elements", "the files of an XML schema")
SCHEMA_PAIRS = Limit("schema-pairs", 1_000_000, "pairs of like particles", "the content models of an XML schema")
PATHS = Limit("paths", 100_000, "element paths", "what an XML schema expands to")
PATTERN = Limit("pattern", 10_000, "characters", "a pattern of texts")
PATTERN_STEPS = Limit("pattern-steps", 2_000_000, "steps", "holding a text against a pattern")
HOUSE_RULES = Limit("house-rules", 1_000, "rules", "the house rules of a run")
ENTRIES = Limit("entries", 20_000, "entries", "a list of a TOML file or mapping")

LIMITS = tuple(value for value in dict(globals()).values() if isinstance(value, Limit))
"""Every limit, in the order in which the pages list them."""


def parse_limits(words: Iterable[str]) -> dict[str, int]:
    """The limits that some words ``NAME=VALUE`` set, a value with ``k``, ``M`` or ``G`` for thousands of it.

    Raises UsageError, with near names for one that is not known.
    """
    known = {limit.name: limit for limit in LIMITS}
    found: dict[str, int] = {}
    for word in words:
        name, sign, value = (part.strip() for part in word.partition("="))
        if name not in known:
            from gbcscheck.near_names import unknown

            raise UsageError(f"--limits: {unknown('limit', name, known)}")
        written = _VALUE.fullmatch(value) if sign else None
        number = int(written[1]) * _FACTORS[written[2].lower()] if written else 0
        if not 0 < number <= MOST:
            raise UsageError(
                f"--limits {name}: a whole number of {known[name].unit} was expected, as {name}={known[name].value} or "
                f'{name}={_short(known[name].value)}, at most {_short(MOST)}; found "{value}"'
            )
        found[name] = number
    return found


@contextmanager
def by_limits(given: Mapping[str, int]) -> Iterator[None]:
    """While this lasts, some limits have other values, by name; a forked process has them too."""
    token = _set.set({**_set.get(), **given})
    try:
        yield
    finally:
        _set.reset(token)


def _short(number: int) -> str:
    """A number that is not less, as one would write it: ``319k`` for 318,887."""
    for sign, factor in (("G", 1000**3), ("M", 1000**2), ("k", 1000)):
        if number >= 10 * factor or (number >= factor and number % factor == 0):
            return f"{-(-number // factor)}{sign}"
    return str(number)
