"""What a file of a device held, line by line, and what was found of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from gbcscheck.errors import GbcscheckError
from gbcscheck.frozen import frozen
from gbcscheck.model.findings import Finding
from gbcscheck.model.statements import Specification

DEVICE = Specification("device", "unstated")
"""What a device's own value is a statement of."""

FORMATS = ("message", "configuration", "configurations", "table", "duis", "mmc", "dcc", "objects", "axdr")
"""Kinds of files: GBCS messages (hexadecimal or octets), a configuration (JSON, YAML), JSON lines of configurations,
tables (xlsx, csv), DUIS requests, MMC responses, responses of the DCC (DUIS), COSEM objects as XML, bare A-XDR."""
VARIANTS = ("single", "twin", "polyphase")
"""Kinds of electricity meter: single phase, twin element, polyphase (GBCS, ESME variants A, B, C)."""
DEVICE_TYPES = ("ESME", "GSME", "GPF", "CHF")
"""Types of devices that use cases name as their target (GBCS section 3)."""
FITS, OPEN, WRONG, FACT, BRANCH = "fits", "open", "wrong", "fact", ""
UNKNOWN = "unknown"
"""Verdicts: a statement was held against the value and permits it; the value is matched to its row, or named, and
nothing fixes it; a finding is about it; a field of a header, told and not judged; a line that only holds others;
``UNKNOWN``: a value under a name that means no data item, so that nothing was held against it."""


Basis = Callable[[], str] | str


class Meaning(NamedTuple):
    """What the value of a line is as data, once ``value`` is a text for people: the value as it was read (octets as
    ``0x...``, bits as ``0b...``), and, of a number that stands for another one, that one with its unit; each None or
    empty where there is none."""

    raw: str | int | float | bool | None = None
    scaled: str = ""
    unit: str = ""


class Entry(NamedTuple):
    """One line of a decoded file, outermost first. ``value`` is cosem ``Data``, a text, a number, octets or None;
    ``subject`` the row that it was matched to; ``source`` its place, as ``Place.parse`` reads it; ``basis`` what it
    rests on that it is called right, worked out when somebody asks for it; ``meaning`` is there where ``value`` is put
    into words."""

    depth: int
    label: str
    value: Any
    subject: str
    verdict: str
    source: str
    basis: Basis = ""
    meaning: Meaning | None = None


@frozen
class JudgedFile:
    """What is told of one file. ``judged``: every value was matched to a row or named as open; otherwise ``reason``.

    ``judged_as`` is the specification and version (``GBCS 4.0``, ``DUIS 5.4``); ``values`` counts the values;
    ``octets`` are those of a message, for showing the octets around a finding; ``not_read`` has a line for each place
    of a table that is not looked at, and for each value of a request that was not compared with its command, with the
    reason; ``unknown`` counts values under names that mean no data item, which are none of the ``values``, and
    ``remarks`` say how the file was read; ``basis`` says on what the verdict rests where no table of the use case is at
    hand. Of a pair, ``asked`` counts the values that the request asks for, and ``met``
    those that were compared.
    """

    path: str
    format: str
    judged: bool
    reason: str = ""
    use_case: str = ""
    service_reference: str = ""
    judged_as: str = ""
    values: int = 0
    findings: tuple[Finding, ...] = ()
    entries: tuple[Entry, ...] = ()
    octets: bytes = b""
    not_read: tuple[str, ...] = ()
    unknown: int = 0
    remarks: tuple[str, ...] = ()
    problem: GbcscheckError | None = None
    asked: int = 0
    met: int = 0
    basis: str = ""

    @property
    def judged_values(self) -> int:
        """How many values were judged: none of a file that was not, as far as it could be read."""
        return self.values if self.judged or self.problem is not None else 0
