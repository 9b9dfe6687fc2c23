"""Requirements documents in prose (SMETS, CHTS): what the sentences of their numbered clauses say in forms that leave
no doubt. Every other sentence is told with the reason why it is not read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gbcscheck.attributes import Kind
from gbcscheck.errors import UnreadableSource
from gbcscheck.extract.clause_outline import Clause, Sentence, clauses_of
from gbcscheck.extract.document_names import Recognised, recognised
from gbcscheck.extract.readable import readable
from gbcscheck.extract.transcript import printed
from gbcscheck.extract.word.views import View
from gbcscheck.facts.extract_file import Extract, ExtractRow, Reading, Unread
from gbcscheck.frozen import frozen
from gbcscheck.inputs.files import sha256_of
from gbcscheck.model import UNSTATED, Specification
from gbcscheck.near_names import plain
from gbcscheck.version import __version__

if TYPE_CHECKING:
    from gbcscheck.extract.word.document import WordDocument
    from gbcscheck.notation.clause import ClauseSentence

PART = "clauses"
"""The part of a specification that a document in prose is."""
COLUMN = "clauses / sentences"
"""What sentences are counted as, where readers of tables have a column."""
OF_REQUIREMENTS = ("SMETS", "SMETS1", "SMETS2", "CHTS")
"""The documents whose clauses are read where nobody asks for it."""


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
    rows, unread = _Reader(clauses).read()
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


# --- what sentences say ----------------------------------------------------------------------------------------------

_APPLIES = re.compile(r"\b(?:appl(?:y|ies|icable|ied)|this (?:clause|section|part|requirement)|in scope)\b", re.I)
_APPLIES_ONLY = re.compile(
    r"\bappl(?:y|ies|icable|ied)\b.*\b(?:only|where|if|unless|except|when)\b|\b(?:only|where|if|unless|except|when)\b.*"
    r"\bappl(?:y|ies|icable|ied)\b",
    re.I,
)
NO_CLAUSE = "it stands in no clause with a number"
NO_TITLE = "it names no data item, and its clause has no title that does"
NOT_ONE = "it names no data item, and its clause is about several"
NOT_KNOWN = "what it names is neither its clause's title nor that of another clause"
SCOPE = "says when the clause holds, and is not read"
NO_UNIT = "a number without a unit, where a sentence of the clause that is not read, or another number, has one"
DOUBLE = "says otherwise of an item of this name, and may be of another device"


@frozen
class _Found:
    """A sentence that was read: where it stands, what it says, and the data item that this is of."""

    clause: Clause
    sentence: Sentence
    read: ClauseSentence
    item: str


class _Reader:
    """Reads the sentences of all clauses: first each by itself, then in the light of those around it."""

    def __init__(self, clauses: list[Clause]) -> None:
        self._clauses = clauses
        self._titles = {plain(_name(one.title)) for one in clauses if one.title and not one.has_titles}
        self._reasons: dict[int, str] = {}
        self._read: dict[int, ClauseSentence] = {}

    def read(self) -> tuple[list[ExtractRow], tuple[Unread, ...]]:
        """The statements, and the sentences that are not read, in the order of the document."""
        for clause in self._clauses:
            for sentence in clause.sentences:
                self._alone(clause, sentence)
        found = [one for clause in self._clauses for one in self._together(clause)]
        self._refuse_double(found)
        rows = [row for one in found if id(one.sentence) not in self._reasons for row in _rows(one)]
        unread = tuple(
            Unread(_place(clause, sentence), COLUMN, sentence.whole, self._reasons[id(sentence)])
            for clause in self._clauses
            for sentence in clause.sentences
            if id(sentence) in self._reasons
        )
        return rows, unread

    def _alone(self, clause: Clause, sentence: Sentence, unit: str | None = None) -> None:
        from gbcscheck.notation.clause import read_clause_sentence
        from gbcscheck.notation.errors import NotationError

        if sentence.problem or not clause.number:
            self._reasons[id(sentence)] = sentence.problem or clause.problem or NO_CLAUSE
            return
        try:
            title = clause.titled.title
            self._read[id(sentence)] = read_clause_sentence(sentence.text, title, sentence.items, unit)
        except NotationError as error:
            self._reasons[id(sentence)] = str(error)

    def _together(self, clause: Clause) -> Iterator[_Found]:
        """The sentences of a clause that are read in the light of the others around it."""
        around = list(_around(clause.titled))
        scope = next((one for one in self._scopes(clause)), None)
        units = {plain(read.unit) for one in around if (read := self._read.get(id(one))) and read.unit}
        for sentence in clause.sentences:
            read = self._read.get(id(sentence))
            if read is None:
                continue
            reason = f"{scope} {SCOPE}" if scope else ""
            if read.is_open and not reason:
                if len(units) == 1:
                    unit = next(one.unit for other in around if (one := self._read.get(id(other))) and one.unit)
                    self._alone(clause, sentence, unit)
                    read = self._read[id(sentence)]
                    reason = self._reasons.get(id(sentence), "")
                elif units or any(other is not sentence and self._names_unit(other) for other in around):
                    reason = NO_UNIT
            item, why = self._item(clause, read, around)
            reason = reason or why
            if reason:
                self._reasons[id(sentence)] = reason
            else:
                yield _Found(clause, sentence, read, item)

    def _names_unit(self, sentence: Sentence) -> bool:
        """Whether a unit stands behind a number of a sentence, or behind the word in."""
        from gbcscheck.domains.unit_words import is_unit_text

        words = re.findall(r"(?:\bin|[0-9])\s*([A-Za-z%°£µ][^\s,.;:]*)", sentence.whole)
        return any(is_unit_text(word) for word in words)

    def _scopes(self, clause: Clause) -> Iterator[str]:
        """Sentences of a clause, or of those around it, that are not read and say when it holds."""
        at: Clause | None = clause
        while at is not None:
            says = _APPLIES if at is clause or at is clause.titled else _APPLIES_ONLY
            for sentence in at.sentences:
                if id(sentence) in self._reasons and says.search(sentence.whole):
                    yield _place(at, sentence)
            at = at.above

    def _item(self, clause: Clause, read: ClauseSentence, around: Sequence[Sentence]) -> tuple[str, str]:
        """The data item that a sentence is of, or why that is not certain."""
        from gbcscheck.notation.clause import item_name, refuse_uncertain
        from gbcscheck.notation.errors import NotationError

        titled = clause.titled
        title = item_name(titled.title)
        if read.item and plain(read.item) != plain(title):
            if read.is_definition or plain(read.item) in self._titles or plain(read.item) in self._defined:
                return read.item, ""
            return "", NOT_KNOWN
        try:
            refuse_uncertain(titled.title)
        except NotationError as error:
            return "", f"its title holds {error.problem}"
        if read.item:
            return title, ""
        if not title:
            return "", NO_TITLE
        others = [
            self._read[id(one)].item for one in around if id(one) in self._read and self._read[id(one)].is_definition
        ]
        if titled.has_titles or any(plain(one) != plain(title) for one in others):
            return "", NOT_ONE
        return title, ""

    @property
    def _defined(self) -> set[str]:
        return {plain(read.item) for read in self._read.values() if read.is_definition}

    def _refuse_double(self, found: Sequence[_Found]) -> None:
        """Refuse what clauses of several chapters say differently of one name: they may be about several devices."""
        said: dict[tuple[str, str], dict[str, list[tuple[_Found, str]]]] = {}
        for one in found:
            for fact in one.read.said:
                by_chapter = said.setdefault((plain(one.item), fact.attribute), {})
                by_chapter.setdefault(_chapter(one.clause), []).append((one, str(fact.stated)))
        for by_chapter in said.values():
            facts = {text for several in by_chapter.values() for _, text in several}
            if len(by_chapter) < 2 or len(facts) < 2:
                continue
            chapters = list(by_chapter)
            for chapter, several in by_chapter.items():
                other = by_chapter[next(name for name in chapters if name != chapter)][0][0]
                for one, _ in several:
                    self._reasons.setdefault(id(one.sentence), f"clause {other.clause.number} {DOUBLE}")


def _around(titled: Clause) -> Iterator[Sentence]:
    """The sentences under one title: its own, and those of numbered paragraphs below it that have no titles."""
    yield from titled.sentences
    for one in titled.below:
        if not one.title:
            yield from one.sentences


def _chapter(clause: Clause) -> str:
    """What the clause of an item stands in."""
    above = clause.titled.above
    return above.number if above is not None else ""


def _name(title: str) -> str:
    from gbcscheck.notation.clause import item_name

    return item_name(title)


def _place(clause: Clause, sentence: Sentence) -> str:
    return f"clause {clause.name}, sentence {sentence.number}"


def _rows(found: _Found) -> Iterator[ExtractRow]:
    place = _place(found.clause, found.sentence)
    for one in found.read.said:
        domain = printed(one.domain)
        yield ExtractRow(
            found.item,
            one.attribute,
            domain,
            one.value,
            found.sentence.whole,
            place.removeprefix("clause "),
            place,
        )
