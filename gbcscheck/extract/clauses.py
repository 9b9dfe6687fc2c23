"""Requirements documents in prose (SMETS, CHTS): what the sentences of their numbered clauses say in forms that leave
no doubt. Every other sentence is told with the reason why it is not read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gbcscheck.attributes import Kind
from gbcscheck.errors import UnreadableSource
from gbcscheck.extract.clause_outline import clauses_of
from gbcscheck.extract.clause_reading import COLUMN, SentenceReader
from gbcscheck.extract.document_names import Recognised, recognised
from gbcscheck.extract.readable import readable
from gbcscheck.extract.word.views import View
from gbcscheck.facts.extract_file import Extract, ExtractRow, Reading
from gbcscheck.inputs.files import sha256_of
from gbcscheck.model import UNSTATED, Specification
from gbcscheck.version import __version__

if TYPE_CHECKING:
    from gbcscheck.extract.word.document import WordDocument

PART = "clauses"
"""The part of a specification that a document in prose is."""
OF_REQUIREMENTS = ("SMETS", "SMETS1", "SMETS2", "CHTS")
"""The documents whose clauses are read where nobody asks for it."""
OF_PROSE = "gbcscheck extract clauses reads the sentences of its numbered clauses"
"""What is said of a document that is not known to be one of these."""


def read_clauses(path: Path, *, view: View = "final", version: str | None = None, shown: str | None = None) -> Reading:
    """What the clauses of a Word document say, in a view of its tracked changes; each statement with its clause and
    sentence, and the sentence as it stands.

    The specification is the one that the title page or the file's name names; ``version`` stands for its version,
    ``shown`` for the path that is cited. Sentences that are not read are in ``unread``, each with the reason. Raises
    UnreadableSource for what is no Word document, and for one without a numbered clause.
    """
    from gbcscheck.extract.word.document import read_document

    where = shown or str(path)
    reading = clauses_in(read_document(path, shown=shown), path, view=view, version=version)
    if reading is None:
        raise UnreadableSource(
            "no paragraph has the number of a clause; paragraphs as 5.7.4.31, numbered by Word or typed, were expected",
            where=where,
        )
    return reading


def clauses_in(
    document: WordDocument, path: Path, *, view: View = "final", version: str | None = None
) -> Reading | None:
    """The same of a document that is read; None where no paragraph has the number of a clause."""
    from gbcscheck.extract.word.paragraphs import read_paragraphs

    where = document.where
    clauses = clauses_of(read_paragraphs(document, view))
    if not any(one.number for one in clauses):
        return None
    found = _recognised(document, view, path.stem)
    specification = Specification(found.name or path.stem, version or found.version or UNSTATED, PART)
    rows, unread = SentenceReader(clauses).read()
    kept, refused = readable(rows, where)
    number = sum(len(one.sentences) for one in clauses)
    extract = Extract(
        specification=specification,
        provenance="published",
        rows=kept,
        source_name=where,
        source_sha256=sha256_of(path),
        generator=f"gbcscheck {__version__}",
        path=where,
        attributes=_own_attributes(kept),
    )
    counts = {COLUMN: {"blank": 0, "read": number - len(unread), "bare": 0, "unread": len(unread)}}
    return Reading(extract, (*unread, *refused), counts=counts, recognised=found.how)


def has_clauses(document: WordDocument, view: View) -> bool:
    """Whether a document has numbered clauses, of whatever document they are."""
    from gbcscheck.extract.word.paragraphs import read_paragraphs

    return any(one.number for one in clauses_of(read_paragraphs(document, view)))


def requirements_in(document: WordDocument, path: Path, view: View) -> Reading | None:
    """The clauses of a document that is one of OF_REQUIREMENTS; None for any other, and where no clause has a
    number."""
    if _recognised(document, view, path.stem).name not in OF_REQUIREMENTS:
        return None
    return clauses_in(document, path, view=view)


def count_words(reading: Reading) -> str:
    """How many sentences there are, how many were read and how many not."""
    counts = (reading.counts or {})[COLUMN]
    number = counts["read"] + counts["unread"]
    return f"{number:,} sentences: {counts['read']:,} read, {counts['unread']:,} not read"


def render_clause_stats(reading: Reading) -> str:
    """How many sentences were read, and every one that was not, with its place and the reason."""
    lines = [count_words(reading), ""]
    for one in reading.unread:
        lines.append(f"{one.place}: {one.reason.splitlines()[0]}")
        lines.append(f"    {one.text}")
    return "\n".join(lines) + "\n"


def _recognised(document: WordDocument, view: View, stem: str) -> Recognised:
    """The document that its title page, page headers or title name, else the file's name."""
    from gbcscheck.extract.word.said import said_of_itself

    return recognised((*said_of_itself(document, view), ("the name of the file", re.sub(r"[-_]+", " ", stem))))


def _own_attributes(rows: Sequence[ExtractRow]) -> dict[str, Kind]:
    from gbcscheck.notation.clause_builder import ENTRIES

    return {ENTRIES: "domain"} if any(row.attribute == ENTRIES for row in rows) else {}
