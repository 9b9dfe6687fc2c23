"""The numbered clauses of a document in prose: their titles, their sentences, and the lists that belong to these."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from gbcscheck.extract.transcript import one_line
from gbcscheck.extract.word.paragraphs import WordParagraph
from gbcscheck.frozen import frozen

_ENDS = re.compile(r"(?<=[.!?])[\"')\]]?\s+(?=[\"'(\[]?[A-Z0-9])")
_SHORT = re.compile(
    r"(?<![0-9] )\b(?:e\.g|i\.e|etc|cf|vs|viz|no|nos|approx|incl|excl|max|min|fig|para|ref|ed|vol|art|sec|ca|[A-Z])\.$",
    re.I,
)
_IS_SENTENCE = re.compile(r"\b(?:shall|must|is|are|may|should|will)\b|[.;:,]$")
_TITLE_WORD = re.compile(r"[A-Z0-9(\[\"'&/–-].*|of|the|and|or|to|in|for|per|on|by|with|from|at|a|an")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi")
_LISTS = ("list bullet", "list number", "list paragraph", "list")


@frozen
class Sentence:
    """A sentence of a clause: its number in the clause from 1, its text, the items of the list that it leads to, and
    why it cannot be read whatever it says, where that is so."""

    number: int
    text: str
    items: tuple[str, ...] = ()
    problem: str = ""

    @property
    def whole(self) -> str:
        """The sentence as it stands, with the list that belongs to it."""
        return " ".join((self.text, *self.items))


@dataclass
class Clause:
    """A clause: its number as it stands, its title (empty where its own text is its sentence), its sentences. ``above``
    is the clause around it, ``below`` are those in it; ``problem`` says why its number is not known,
    ``times`` which heading without a number it is of those with its title."""

    number: str
    title: str
    above: Clause | None = None
    sentences: list[Sentence] = field(default_factory=list)
    below: list[Clause] = field(default_factory=list)
    problem: str = ""
    times: int = 1

    @property
    def name(self) -> str:
        """What people find it by: its number, else the heading that it stands under."""
        if self.number:
            return self.number
        times = f", {self.times}" if self.times > 1 else ""
        return f'(under "{self.title}"{times})' if self.title else "(before the first)"

    @property
    def has_titles(self) -> bool:
        """Whether clauses with titles of their own stand in it."""
        return any(one.title or one.has_titles for one in self.below)

    @property
    def titled(self) -> Clause:
        """The clause whose title says what this one is about: itself, or the one around it."""
        return self if self.title or self.above is None else self.above


def clauses_of(paragraphs: Iterable[WordParagraph | None]) -> list[Clause]:
    """The clauses of a document in its order; sentences before the first and below headings without a number are in
    clauses without one."""
    outline = _Outline()
    for one in paragraphs:
        if one is None:
            outline.table()
        else:
            outline.paragraph(one)
    outline.end_list()
    return [one for one in outline.clauses if one.number or one.sentences]


class _Outline:
    def __init__(self) -> None:
        self.clauses: list[Clause] = [Clause("", "")]
        self._seen: dict[str, int] = {}
        self._latest: dict[tuple[tuple[int, str], ...], Clause] = {}
        self._last: tuple[tuple[int, str], ...] = ()
        self._items: list[WordParagraph] | None = None
        """The items of the list of the sentence that leads to one; None where none does."""

    def table(self) -> None:
        """A table ends a list."""
        self.end_list()

    def paragraph(self, one: WordParagraph) -> None:
        number, text = one.number, one_line(one.text)
        if number and one.is_typed and not one.is_heading and not self._follows(_parts(number)):
            number, text = "", f"{number} {text}"  # a number that begins a sentence
        if number:
            self.end_list()
            self._begin(one, number, text)
        elif one.is_heading and not _IS_SENTENCE.search(text):
            self.end_list()
            times = self._seen[f'"{text}'] = self._seen.get(f'"{text}', 0) + 1
            self.clauses.append(Clause("", text, problem=one.problems[0] if one.problems else "", times=times))
        elif one.label or one.style.startswith(_LISTS):
            self._listed(one, text)
        else:
            self.end_list()
            self._sentences(one, text)

    # --- clauses -----------------------------------------------------------------------------------------------------

    def _follows(self, parts: tuple[tuple[int, str], ...]) -> bool:
        """Whether a typed number can be the next one: the first below the last, or a later one beside or above it."""
        last = self._last
        if not last:
            return True
        if len(parts) == len(last) + 1:
            return parts[:-1] == last
        size = len(parts)
        return size <= len(last) and parts[:-1] == last[: size - 1] and parts[-1] > last[size - 1]

    def _begin(self, one: WordParagraph, number: str, text: str) -> None:
        parts = _parts(number)
        self._last = parts
        times = self._seen[number] = self._seen.get(number, 0) + 1
        shown = number if times == 1 else f"{number} ({times})"
        above = self._above(parts)
        is_title = not _IS_SENTENCE.search(text) and (one.is_heading or _is_name(text))
        clause = Clause(shown, text if is_title else "", above)
        if above is not None:
            above.below.append(clause)
        self.clauses.append(clause)
        self._latest[parts] = clause
        if not is_title:
            self._sentences(one, text)
        elif one.problems:
            clause.title = ""
            clause.sentences.append(Sentence(1, text, problem=f"in its title: {one.problems[0]}"))

    def _above(self, parts: tuple[tuple[int, str], ...]) -> Clause | None:
        around = (self._latest.get(parts[:depth]) for depth in range(len(parts) - 1, 0, -1))
        return next((one for one in around if one is not None), None)

    # --- sentences ---------------------------------------------------------------------------------------------------

    def _sentences(self, one: WordParagraph, text: str) -> None:
        problem = _problem(one)
        for sentence in sentences_in(text):
            self._add(sentence, problem)
        self._items = [] if text.endswith(":") and not problem else None

    def _add(self, text: str, problem: str = "", items: tuple[str, ...] = ()) -> None:
        clause = self.clauses[-1]
        clause.sentences.append(Sentence(len(clause.sentences) + 1, text, items, problem))

    def _listed(self, one: WordParagraph, text: str) -> None:
        """An item of a list: part of the sentence that leads to it, else what stands by itself and is not read."""
        if self._items is not None:
            self._items.append(one)
            return
        for sentence in sentences_in(text):
            self._add(sentence, _problem(one) or "an item of a list, and no sentence leads to the list")

    def end_list(self) -> None:
        """Give the items that were gathered to the sentence that leads to them."""
        items, self._items = self._items, None
        if not items:
            return
        sentence = self.clauses[-1].sentences.pop()
        problem = next((found for one in items if (found := _problem(one))), "")
        if not problem and not is_series([one.label for one in items]):
            problem = "its list is not one list: the labels of the items do not go on from one to the next"
        self._add(sentence.text, sentence.problem or problem, tuple(one_line(one.text) for one in items))


def _problem(one: WordParagraph) -> str:
    if one.problems:
        return f"not all of it is read: {one.problems[0]}"
    return "it has a footnote, which may say more" if one.notes else ""


def _parts(number: str) -> tuple[tuple[int, str], ...]:
    """``5.7.4A`` as numbers and letters, in whose order clauses stand."""
    found = [re.match(r"([0-9]+)([A-Z]?)", part) for part in number.split(".")]
    return tuple((int(one[1][:9]), one[2]) for one in found if one)


def _is_name(text: str) -> bool:
    return len(text) <= 120 and all(_TITLE_WORD.fullmatch(word) for word in text.split()) and text[:1].isupper()


def is_series(labels: list[str]) -> bool:
    """Whether labels are those of one list: the same bullet, or letters or numbers that go on from the first one.

    >>> is_series(["(a)", "(b)"]), is_series(["(a)", "(i)", "(b)"])
    (True, False)
    """
    bare = [re.sub(r"[^A-Za-z0-9]", "", label).lower() for label in labels]
    if not any(bare):
        return len(set(labels)) == 1
    letters = [chr(ord("a") + place) for place in range(26)]
    for known in (letters, _ROMAN, [str(place + 1) for place in range(len(bare))]):
        if bare == list(known[: len(bare)]):
            return len({re.sub(r"[A-Za-z0-9]+", "", label) for label in labels}) == 1
    return False


def sentences_in(text: str) -> Iterator[str]:
    """The sentences of a paragraph.

    >>> list(sentences_in("It is 1.5 V, e.g. DC. The next one."))
    ['It is 1.5 V, e.g. DC.', 'The next one.']
    """
    start = 0
    for found in _ENDS.finditer(text):
        before = text[start : found.start()]
        if _SHORT.search(before):
            continue
        end = found.start() + len(found[0].rstrip())
        yield text[start:end].strip()
        start = found.end()
    if text[start:].strip():
        yield text[start:].strip()
