"""Candidates for links of the crosswalk, for a person to decide on.

    .venv/bin/python tools/propose_links.py [--measure] [PATTERN…]

For every element of a service request, and of a response to one, that has neither a link nor a reason: the rows of the
use cases of its service reference that it could be, best first, each with what speaks for it. PATTERN… (``*/Gas/*``)
chooses elements, those too that have a link. ``--measure`` tells how often the row that was decided on stands among the
candidates, by its rank; what was decided of other elements of a name speaks for a row there too. Nothing is written: a
decision belongs into a file of ``specs/crosswalk``, with its evidence.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from gbcscheck.device.documents.header import belongs
from gbcscheck.device.documents.leaves import Leaf, request_leaves, response_leaves
from gbcscheck.facts.crosswalk import Role
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.item_names import split_row
from gbcscheck.release.releases import load_release
from gbcscheck.wildcards import subject_fits

MOST = 5
"""Candidates told of one element."""
LEAST = 0.2
"""The score below which a row is no candidate."""
SAYS_NOTHING = frozenset(
    ("rsp", "value", "data", "element", "settings", "set", "update", "read", "retrieve", "the", "of", "and", "a")
)
"""Words that stand in the names of everything."""
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


class Row(NamedTuple):
    """A row of a use case: its subject, its words, its place among the rows (0 to 1), and what else is stated of it:
    its object or attribute, its clause of SMETS, whether it holds a number."""

    subject: str
    words: frozenset[str]
    place: float
    identity: str
    clauses: frozenset[str]
    is_number: bool | None


class Candidate(NamedTuple):
    """A row that an element could be, how much speaks for it (0 to 1), and what."""

    row: str
    score: float
    why: tuple[str, ...]


@cache
def words_of(text: str) -> frozenset[str]:
    """The words of a name, in lower case and without an s at the end; none of those that every name has.

    >>> sorted(words_of("TariffTOURegisterMatrixValue"))
    ['matrix', 'register', 'tariff', 'tou']
    """
    found = (word.lower() for word in _WORD.findall(text))
    return frozenset(word.rstrip("s") or word for word in found if word not in SAYS_NOTHING)


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the words of two names that both have."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


class Proposer:
    """Proposes rows for the elements of a release."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._titles = {
            s.subject: words_of(str(s.value))
            for s in catalogue.by_attribute.get("title", ())
            if s.specification.part == "service requests"
        }
        self._rows: dict[str, list[Row]] = {}
        for use_case, subjects in self._by_use_case().items():
            self._rows[use_case] = [self._row(name, i / len(subjects)) for i, name in enumerate(subjects)]
        by_subject = {row.subject: row for rows in self._rows.values() for row in rows}
        self._twins = {
            name: [by_subject[subject] for subject in sorted(subjects & by_subject.keys())]
            for name, subjects in self._linked_names().items()
        }

    def _by_use_case(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for subject in self._catalogue.by_subject:
            use_case, name = split_row(subject)
            if name and self._catalogue.first(subject, "name") is not None:
                found.setdefault(use_case, []).append(subject)
        return found

    def _row(self, subject: str, place: float) -> Row:
        said = {s.attribute: str(s.value or s.written) for s in self._catalogue.about(subject)}
        kind = self._catalogue.first(subject, "type")
        domain = self._catalogue.domain(kind) if kind is not None else None
        return Row(
            subject,
            words_of(split_row(subject)[1] + " " + said.get("name", "")),
            place,
            said.get("object", "") + said.get("member", "") + said.get("attribute-id", ""),
            frozenset(re.findall(r"\d+(?:\.\d+){2,}", said.get("reference", ""))),
            None if domain is None else domain.kind == "number",
        )

    def _linked_names(self) -> Mapping[frozenset[str], frozenset[str]]:
        """By the words of the last elements of paths that are linked: the rows of their links, in either direction."""
        found: dict[frozenset[str], set[str]] = {}
        for link in self._catalogue.crosswalk.links:
            rows = {end.subject for end in link.all_ends_of("command", "response")}
            for end in link.all_ends_of("request", "reading"):
                found.setdefault(_own_words(end.subject), set()).update(rows)
        return {name: frozenset(rows) for name, rows in found.items()}

    def references(self, document: str) -> list[str]:
        """The service references of a request or response, by the words of its name and of their titles."""
        scores = {reference: alike(words_of(document), title) for reference, title in self._titles.items()}
        best = max(scores.values(), default=0)
        return [reference for reference, score in scores.items() if score == best > 0.5]

    def candidates(self, leaf: Leaf, place: float, role: Role) -> list[Candidate]:
        """The rows that a leaf could be, best first; ``place`` is its own among the leaves of its document."""
        wanted = self.references(leaf.document)
        rows = [row for use_case in self._use_cases(wanted, role) for row in self._rows[use_case]]
        twins = self._twins.get(_own_words(leaf.subject), [])
        found = (self._judged(leaf, place, row, twins) for row in rows)
        return sorted((one for one in found if one.score >= LEAST), key=lambda one: (-one.score, one.row))

    def _use_cases(self, wanted: list[str], role: Role) -> Iterator[str]:
        for use_case in self._rows:
            stated = self._catalogue.first(use_case, "service-reference")
            direction = self._catalogue.first(use_case, "direction")
            if role == "request" and direction is not None and direction.value == "Read":
                continue
            own = re.split(r",\s*", str(stated.value)) if stated is not None else []
            if any(belongs(reference, one) for reference in wanted for one in own):
                yield use_case

    def _judged(self, leaf: Leaf, place: float, row: Row, twins: list[Row]) -> Candidate:
        why = []
        score = 0.6 * alike(_own_words(leaf.subject), row.words) + 0.2 * alike(words_of(leaf.subject), row.words)
        if common := sorted(words_of(leaf.subject) & row.words):
            why.append("words " + " ".join(common))
        if any(twin.identity == row.identity != "" for twin in twins):
            score += 0.3
            why.append("object of a linked element of this name")
        elif any(twin.clauses & row.clauses for twin in twins):
            score += 0.1
            why.append("SMETS clause of a linked element of this name")
        score += 0.1 * (1 - abs(place - row.place))
        stated = self._catalogue.first(leaf.subject, "permitted")
        domain = self._catalogue.domain(stated) if stated is not None else None
        if domain is not None and row.is_number is not None and (domain.kind == "number") == row.is_number:
            score += 0.1
            why.append("type")
        return Candidate(row.subject, min(score, 1.0), tuple(why))


def _own_words(path: str) -> frozenset[str]:
    """The words of the last element of a path, and of the one around it where it has a name that everything has."""
    *_, around, last = path.split("/")
    return words_of(last) or words_of(around)


def proposed(catalogue: Catalogue, patterns: Iterable[str]) -> Iterator[tuple[Leaf, list[Candidate]]]:
    """The elements that are asked for, each with its candidates."""
    proposer, chosen = Proposer(catalogue), tuple(patterns)
    sides: tuple[tuple[tuple[Leaf, ...], Role], ...] = (
        (request_leaves(catalogue), "request"),
        (response_leaves(catalogue), "reading"),
    )
    for leaves, role in sides:
        of_document: dict[str, list[Leaf]] = {}
        for leaf in leaves:
            of_document.setdefault(leaf.document, []).append(leaf)
        for several in of_document.values():
            for i, leaf in enumerate(several):
                if any(subject_fits(one, leaf.subject) for one in chosen) if chosen else leaf.state == "missing":
                    yield leaf, proposer.candidates(leaf, i / len(several), role)


def measured(catalogue: Catalogue, found: Iterable[tuple[Leaf, list[Candidate]]]) -> Counter[str]:
    """How often the row of a linked element stands first, among the first five, or further down among its candidates,
    or not at all."""
    decided: dict[str, set[str]] = {}
    for link in catalogue.crosswalk.links:
        for end in link.all_ends_of("request", "reading"):
            decided.setdefault(end.subject, set()).update(
                one.subject for one in link.all_ends_of("command", "response") if "/" not in split_row(one.subject)[1]
            )
    ranks: Counter[str] = Counter()
    for leaf, candidates in found:
        if rows := decided.get(leaf.subject):
            rank = next((i for i, one in enumerate(candidates) if one.row in rows), None)
            ranks["none" if rank is None else "first" if rank == 0 else "among five" if rank < MOST else "further"] += 1
    return ranks


def _main(arguments: list[str]) -> None:
    catalogue = Catalogue.of(load_release(None))
    patterns = [one for one in arguments if one != "--measure"]
    if "--measure" in arguments:
        for rank, count in measured(catalogue, proposed(catalogue, patterns or ["*"])).most_common():
            print(f"{count:5} {rank}")
        return
    for leaf, candidates in proposed(catalogue, patterns):
        print(leaf.subject, f"({leaf.state}{': ' + leaf.reason if leaf.reason else ''})")
        for one in candidates[:MOST]:
            print(f"  {one.score:.2f} {one.row}: {', '.join(one.why) or 'its place'}")


if __name__ == "__main__":
    _main(sys.argv[1:])
