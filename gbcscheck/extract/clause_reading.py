"""What the sentences of clauses say, each in the light of those around it, and of which data item."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from gbcscheck.extract.clause_outline import Clause, Sentence
from gbcscheck.extract.clause_titles import NO_NAME, is_generic, name_of, refusal
from gbcscheck.extract.transcript import printed
from gbcscheck.facts.extract_file import ExtractRow, Unread
from gbcscheck.frozen import frozen
from gbcscheck.near_names import plain

if TYPE_CHECKING:
    from gbcscheck.notation.clause import ClauseSentence

COLUMN = "clauses / sentences"
"""What sentences are counted as, where readers of tables have a column."""
_APPLIES = re.compile(
    r"\b(?:appl(?:y|ies|icable|ied)|this (?:clause|section|part|requirement)|in scope|however|except(?:ion)?s?"
    r"|excluding|other than|instead|notwithstanding|overrid(?:es?|den|ing)|takes? precedence)\b",
    re.I,
)
_APPLIES_ONLY = re.compile(
    r"\bappl(?:y|ies|icable|ied)\b.*\b(?:only|where|if|unless|except|when)\b|\b(?:only|where|if|unless|except|when)\b.*"
    r"\bappl(?:y|ies|icable|ied)\b",
    re.I,
)
_STEP = re.compile(r"\b(?:resolutions?|steps?|increments?|decimal|precision|granularity|multiples?|nearest)\b", re.I)
_LIMITS = re.compile(r"\b(?:range|ranging|between|than|least|most|exceeding|up to)\b", re.I)
_BEARS = re.compile(
    r"\b(?:values?|range|limits?|maximum|minimum|accept\w*|permit\w*|allow\w*|between|below|above|exceed\w*|less|more"
    r"|greater|up to)\b.*[0-9]|[0-9].*\b(?:values?|range|limits?|maximum|minimum|accept\w*|permit\w*|allow\w*)\b"
    r"|[0-9]\s*(?:to|–|-|\.\.)\s*-?[0-9]|^(?:or|otherwise|alternatively|but)\b",
    re.I,
)
"""What a sentence says that is not read and may bear on which values there are."""
_FRAGMENT = re.compile(r"[A-Z(\[](?:(?!\b(?:shall|must|is|are|has|have|may|can)\b)[^.;!?])*")
_LONGEST_FRAGMENT = 8
"""Words of text without a verb that may stand above others as a heading does: ``Variant A``, ``In a GSME:``."""
NO_CLAUSE = "it stands in no clause with a number"
NO_TITLE = "it names no data item, and its clause has no title that does"
NOT_ONE = "it names no data item, and its clause is about several"
NOT_KNOWN = "what it names is neither its clause's title nor that of another clause"
SCOPE = "says when the clause holds, or what of it does not, and is not read"
NO_UNIT = "a number without a unit, where a sentence of the clause that is not read, or another number, has one"
STEP_ELSEWHERE = "it has no resolution of its own, and another sentence of its clause speaks of one"
BEARS = "may bear on what values there are, and is not read"
BELOW = "may say of what the sentences below it hold"
DOUBLE = "says otherwise of an item of this name, and may be of another device"


@frozen
class _Found:
    """A sentence that was read: where it stands, what it says, and the data item that this is of."""

    clause: Clause
    sentence: Sentence
    read: ClauseSentence
    item: str


@frozen
class _Around:
    """What stands under one title: the unit that its sentences give to numbers without one, where it is a single one;
    which sentences name any unit; whether more than one data item is spoken of; which sentences speak of a resolution;
    and where one stands that is not read and may bear on which values are permitted, or on the default, by the
    attribute."""

    unit: str
    names_unit: frozenset[int]
    is_of_several: bool
    speaks_of_steps: frozenset[int]
    bearing: Mapping[str, str]


class SentenceReader:
    """Reads the sentences of all clauses: first each by itself, then in the light of those around it."""

    def __init__(self, clauses: list[Clause]) -> None:
        self._clauses = clauses
        self._titles = {plain(name_of(one.title)) for one in clauses if one.title and not one.has_titles}
        self._reasons: dict[int, str] = {}
        self._read: dict[int, ClauseSentence] = {}
        self._under: dict[int, _Around] = {}
        self._scopes: dict[tuple[int, str], str] = {}
        self._alone_unread: frozenset[int] = frozenset()
        self._defined: frozenset[str] = frozenset()

    def read(self) -> tuple[list[ExtractRow], tuple[Unread, ...]]:
        """The statements, and the sentences that are not read, in the order of the document."""
        for clause in self._clauses:
            for sentence in clause.sentences:
                self._alone(clause, sentence)
        self._alone_unread = frozenset(self._reasons)
        self._defined = frozenset(plain(one.item) for one in self._read.values() if one.is_definition)
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
        around = self._around(clause.titled)
        above = ""
        for sentence in clause.sentences:
            read = self._read.get(id(sentence))
            if read is None:
                above = sentence.whole if _is_fragment(sentence) else above
                continue
            if above:
                self._reasons[id(sentence)] = f'"{above}" {BELOW}'
                continue
            if scope := self._scope(clause):
                self._reasons[id(sentence)] = f"{scope} {SCOPE}"
                continue
            if read.is_open and around.unit:
                self._alone(clause, sentence, around.unit)
                read = self._read[id(sentence)]
            elif read.is_open and around.names_unit - {id(sentence)}:
                self._reasons[id(sentence)] = NO_UNIT
            doubts = [around.bearing[one.attribute] for one in read.said if one.attribute in around.bearing]
            if doubts:
                self._reasons.setdefault(id(sentence), f"{doubts[0]} {BEARS}")
            if any(one.attribute == "permitted" for one in read.said):
                is_stepless = bool(_LIMITS.search(sentence.whole)) and not _STEP.search(sentence.whole)
                if is_stepless and around.speaks_of_steps - {id(sentence)}:
                    self._reasons.setdefault(id(sentence), STEP_ELSEWHERE)
            item, why = self._item(clause.titled, read, around)
            if why:
                self._reasons.setdefault(id(sentence), why)
            if id(sentence) not in self._reasons:
                yield _Found(clause, sentence, read, item)

    def _around(self, titled: Clause) -> _Around:
        """What stands under one title: the sentences of its clause, and those of numbered paragraphs below it that have
        no titles."""
        if id(titled) not in self._under:
            clauses = (titled, *(one for one in titled.below if not one.title))
            sentences = [sentence for one in clauses for sentence in one.sentences]
            bearing: dict[str, str] = {}
            for one in clauses:
                for sentence in one.sentences:
                    if id(sentence) in self._alone_unread and _BEARS.search(sentence.whole):
                        of_default = re.search(r"\bdefaults?\b", sentence.whole, re.I)
                        bearing.setdefault("default" if of_default else "permitted", _place(one, sentence))
            read = [self._read[id(one)] for one in sentences if id(one) in self._read]
            units = dict.fromkeys(one.unit for one in read if one.unit)
            title = plain(name_of(titled.title))
            self._under[id(titled)] = _Around(
                unit=next(iter(units)) if len(units) == 1 else "",
                names_unit=frozenset(id(one) for one in sentences if _names_unit(one)),
                is_of_several=titled.has_titles or any(one.is_definition and plain(one.item) != title for one in read),
                speaks_of_steps=frozenset(id(one) for one in sentences if _STEP.search(one.whole)),
                bearing=bearing,
            )
        return self._under[id(titled)]

    def _scope(self, clause: Clause) -> str:
        """The place of a sentence of a clause, or of one around it, that is not read and says when it holds."""
        of_above = ""
        above = clause.above
        if above is not None:
            of_above = self._says_when(above, _APPLIES if above is clause.titled else _APPLIES_ONLY) or self._scope(
                above
            )
        return self._says_when(clause, _APPLIES) or of_above

    def _says_when(self, clause: Clause, words: re.Pattern[str]) -> str:
        key = (id(clause), words.pattern)
        if key not in self._scopes:
            told = (one for one in clause.sentences if id(one) in self._alone_unread and words.search(one.whole))
            self._scopes[key] = next((_place(clause, one) for one in told), "")
        return self._scopes[key]

    def _item(self, titled: Clause, read: ClauseSentence, around: _Around) -> tuple[str, str]:
        """The data item that a sentence is of, or why that is not certain."""
        title = name_of(titled.title)
        if read.item and plain(read.item) != plain(title):
            if is_generic(read.item):
                return "", f'"{read.item}" {NO_NAME}'
            if read.is_definition or plain(read.item) in self._titles or plain(read.item) in self._defined:
                return read.item, ""
            return "", NOT_KNOWN
        if why := refusal(titled.title):
            return "", why
        if read.item:
            return title, ""
        return ("", NO_TITLE) if not title else ("", NOT_ONE) if around.is_of_several else (title, "")

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


def _is_fragment(sentence: Sentence) -> bool:
    """Whether a sentence is a few words without a verb, as those of a heading are."""
    return len(sentence.whole.split()) <= _LONGEST_FRAGMENT and bool(_FRAGMENT.fullmatch(sentence.whole.strip()))


def _names_unit(sentence: Sentence) -> bool:
    """Whether a unit stands behind a number of a sentence, or behind the word in."""
    from gbcscheck.domains.unit_words import is_unit_text

    words = re.findall(r"(?:\bin|[0-9])\s*([A-Za-z%°£µ][^\s,.;:]*)", sentence.whole)
    return any(is_unit_text(word) for word in words) or bool(re.search(r"\bunits?\b", sentence.whole, re.I))


def _chapter(clause: Clause) -> str:
    """What the clause of an item stands in."""
    above = clause.titled.above
    return above.number if above is not None else ""


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
