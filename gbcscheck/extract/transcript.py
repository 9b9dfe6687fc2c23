"""What a reader of a workbook gathers: statements, cells that could not be read, and counts by column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from gbcscheck.attributes import Kind
from gbcscheck.extract.readable import readable
from gbcscheck.extract.sheets import Cell
from gbcscheck.facts.extract_file import Extract, ExtractRow, Reading, Scalar, Unread
from gbcscheck.inputs.files import sha256_of
from gbcscheck.model import Specification
from gbcscheck.version import __version__

if TYPE_CHECKING:
    from gbcscheck.domains import Domain

T = TypeVar("T")

DASHES = ("", "-", "--")
"""What a cell that states nothing holds in the published tables."""
KINDS = ("blank", "read", "bare", "unread")


class Transcript:
    """Gathers what the cells of one workbook say. ``column`` is always ``sheet / title``."""

    def __init__(self) -> None:
        self._rows: list[ExtractRow] = []
        self._unread: list[Unread] = []
        self._bare: list[Unread] = []
        self._not_taken: list[Unread] = []
        self._counts: dict[str, dict[str, int]] = {}
        self._seen: dict[str, dict[object, str]] = {}
        self._said: set[tuple[str, str, object]] = set()

    def reading(
        self,
        specification: Specification,
        path: Path,
        where: str,
        *,
        provenance: str = "published",
        note: str = "",
        attributes: Mapping[str, Kind] | None = None,
        recognised: str = "",
    ) -> Reading:
        """All that was gathered from a file; ``where`` is the path that reports name. OverLimit where it is too much to
        be compared."""
        rows, refused = readable(self._rows, where)
        extract = Extract(
            specification=specification,
            provenance=provenance,
            rows=rows,
            source_name=where,
            source_sha256=sha256_of(path),
            generator=f"gbcscheck {__version__}",
            path=where,
            note=note,
            attributes=attributes or {},
        )
        return Reading(
            extract,
            (*self._unread, *refused),
            tuple(self._bare),
            self._counts,
            not_taken=tuple(self._not_taken),
            recognised=recognised,
        )

    def say(
        self,
        subject: str,
        attribute: str,
        source: str,
        *,
        domain: Domain | None = None,
        value: Scalar | None = None,
        text: str | None = None,
        clause: str = "",
        provenance: str | None = None,
    ) -> None:
        """Add a statement; ``source`` is ``DLMS!K685``. A ``text`` that only repeats the value is left out."""
        if value is not None and text == value:
            text = None
        self._rows.append(ExtractRow(subject, attribute, printed(domain), value, text, clause, source, provenance))

    def count(self, column: str, kind: str) -> None:
        """Count one cell of a column."""
        self._counts.setdefault(column, dict.fromkeys(KINDS, 0))[kind] += 1

    def blank(self, column: str, cell: Cell) -> bool:
        """Whether a cell states nothing; counted if so."""
        if cell.problem or cell.text not in DASHES:
            return False
        self.count(column, "blank")
        return True

    def bare(self, column: str, place: str, text: str, reason: str) -> None:
        """Note a cell that was understood and constrains nothing: a bare name, prose, a hint at another document."""
        self.count(column, "bare")
        self._bare.append(Unread(place, column, text, reason))

    def unread(self, column: str, place: str, text: str, reason: str) -> None:
        """Note a cell that could not be read."""
        self.count(column, "unread")
        self._unread.append(Unread(place, column, text, reason))

    def leave_out(self, what: str, place: str, text: str, reason: str) -> None:
        """Note a row, column, sheet or table that is not taken: what it is, where, its name if it has one, and why."""
        self._not_taken.append(Unread(place, what, text, reason))

    def attempt(self, column: str, place: str, cell: Cell, read: Callable[[str], T]) -> T | None:
        """What ``read`` makes of the cell's text; None where it is blank or cannot be read, counted either way.

        A cell that was read is left to the caller to count, as read or as bare.
        """
        from gbcscheck.notation.errors import NotationError

        if self.blank(column, cell):
            return None
        if cell.problem:
            self.unread(column, place, "", cell.problem)
            return None
        try:
            return read(cell.text)
        except NotationError as error:
            self.unread(column, place, cell.text, str(error))
            return None

    def is_new(self, subject: str, attribute: str, what: object) -> bool:
        """Whether this has not been asked before: for facts that many rows repeat."""
        key = (subject, attribute, what)
        if key in self._said:
            return False
        self._said.add(key)
        return True

    def subject(self, group: str, name: str, identity: object) -> str:
        """``group/name``, with `` #2``, `` #3`` where another row of the table has that name already.

        ``identity`` tells rows apart: a row that repeats an earlier one keeps its subject, so that what the two say can
        be held against each other.
        """
        known = self._seen.setdefault(f"{group}/{name}", {})
        if identity not in known:
            known[identity] = f"{group}/{name}" if not known else f"{group}/{name} #{len(known) + 1}"
        return known[identity]


def printed(domain: Domain | None) -> str | None:
    """A domain in the canonical notation; None for none, and for the domain of everything, which states nothing."""
    from gbcscheck.domains import ANY
    from gbcscheck.notation.canonical import print_domain

    return None if domain is None or domain == ANY else print_domain(domain)


def one_line(text: str) -> str:
    """A text with each run of blanks and line breaks as one blank."""
    return " ".join(text.split())


def as_name(text: str) -> str:
    """A text as one name of a path: no line breaks, and ``|`` for the slash, which separates names."""
    return one_line(text).replace("/", "|")
