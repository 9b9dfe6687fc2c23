"""Plants are put to the rules, and what came of each: found, or missed, and why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path

from documents import DOCUMENTS, TABLES, Sources, sources
from places import Places, parts_of
from planting import BY_LINK, NOT_LINKED, Plant, Planter, batches

from gbcscheck.errors import GbcscheckError
from gbcscheck.extract.use_cases import SHEETS
from gbcscheck.facts.extract_file import Extract
from gbcscheck.model import KINDS, Finding, Specification, Statement
from gbcscheck.release.catalogue import Catalogue, Shared
from gbcscheck.release.releases import Release, load_release
from gbcscheck.rules import RULES, check
from gbcscheck.rules.base import ReleaseRule, single_findings

SHIPPED = {
    "GBCS": "gbcs/4.0/use-cases.json",
    "DUIS": "duis/5.4/schema.json",
    "MMC": "mmc/5.4/schema.json",
    "matrix": "duis/service-requests.json",
    "use case list": "dcc/use-case-list.json",
    **TABLES,
}
"""The extract that ships of each document."""
TOLD = ("error", "warning")
AS_NOTE = "told as a note"
"""Where what is found is a note: it counts as missed, and the reason says by which rule."""


@dataclass(frozen=True)
class Outcome:
    """What became of a plant: whether it was found, by which rules, and why not."""

    plant: Plant
    found: bool
    rules: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Laboratory:
    """The release ``current`` with all documents as a user's own, into which plants are put; ``rules`` are asked."""

    sources: Sources
    release: Release
    documents: frozenset[str] = frozenset(DOCUMENTS)
    rules: Sequence[ReleaseRule] = RULES
    _shared: Shared = field(default_factory=dict, repr=False)

    @classmethod
    def of(
        cls, corpus: Path, documents: Collection[str] = DOCUMENTS, sheets: Sequence[str] = tuple(SHEETS)
    ) -> Laboratory:
        """The laboratory of a corpus: the documents in which it plants, the sheets of the workbook that it reads."""
        release = load_release("current")
        parts = parts_of(release.extracts, SHIPPED)
        own = frozenset(parts.values())
        return cls(sources(corpus, tuple(sheets)), replace(release, own=own), frozenset(documents))

    @cached_property
    def places(self) -> Places:
        """The places of the documents as they are."""
        return Places(self.sources, self._catalogue(()), parts_of(self.release.extracts, SHIPPED))

    @cached_property
    def planter(self) -> Planter:
        """What plants in these documents."""
        places = self.places
        seen = (places.is_linked, places.should_be_linked, places.other_ends, places.states)
        return Planter(self.sources, *seen, self.documents)

    def _catalogue(self, changed: Sequence[Extract]) -> Catalogue:
        return Catalogue.of(self.with_changed(changed), self._shared_but(changed))

    def with_changed(self, changed: Sequence[Extract]) -> Release:
        """The release with some documents changed."""
        by_part = {extract.specification: extract for extract in changed}
        extracts = tuple(by_part.get(one.specification, one) for one in self.release.extracts)
        return replace(self.release, extracts=extracts)

    def _shared_but(self, changed: Sequence[Extract]) -> Shared:
        """What is kept of the extracts that nobody edits; what is kept of the others would never be asked for again."""
        return self._shared if not changed else dict(self._shared)

    @cached_property
    def _before(self) -> frozenset[object]:
        return frozenset(map(_key, self.published_findings))

    def outcomes(self, plants: Sequence[Plant], *, size: int = 20, rounds: int = 2) -> list[Outcome]:
        """What becomes of each plant, in their order. They are put in by groups, never two at one place; what has a
        second source and is missed is tried again in other company, so that no plant hides another for good."""
        found: dict[int, Outcome] = {}
        left = list(plants)
        for turn in range(rounds):
            for group in batches(left[::-1] if turn else left, size):
                found.update((id(one.plant), one) for one in self._of_group(group))
            left = [one for one in left if one.second and not found[id(one)].found]
        return [found[id(plant)] for plant in plants]

    def new_findings(self, changed: Sequence[Extract]) -> list[Finding]:
        """What is found with some documents changed, and not without."""
        before = self._before
        return [one for one in _each(check(self._catalogue(changed), self.rules)) if _key(one) not in before]

    def whole_findings(self, changed: Sequence[Extract]) -> list[Finding]:
        """The findings as they are told, each with those that are named under it."""
        return check(self._catalogue(changed), self.rules)

    def singles(self, changed: Sequence[Extract]) -> list[Finding]:
        """What each rule finds with some documents changed, before findings of one cause are told as one."""
        return list(single_findings(self._catalogue(changed), self.rules))

    @cached_property
    def published_singles(self) -> tuple[Finding, ...]:
        """What each rule finds of the published documents."""
        return tuple(self.singles(()))

    def new_of(self, found: Sequence[Finding]) -> list[Finding]:
        """Those of some findings of which one, or one named under it, is not told of the published documents."""
        return [one for one in found if any(_key(each) not in self._before for each in _each([one]))]

    @cached_property
    def published_findings(self) -> tuple[Finding, ...]:
        """What is told of the published documents, each finding by itself."""
        return tuple(_each(check(self._catalogue(()), self.rules)))

    def published(self, specification: Specification, subject: str) -> list[Statement]:
        """What a published document says of a subject."""
        extracts = [one for one in self.release.extracts if one.specification == specification]
        return [one for extract in extracts for one in extract.statements() if one.subject == subject]

    def _of_group(self, group: Sequence[Plant]) -> list[Outcome]:
        try:
            changed = self.sources.read([edit for plant in group for edit in plant.edits])
        except GbcscheckError as error:
            if len(group) == 1:
                return [Outcome(group[0], True, (f"refused: {str(error).splitlines()[0]}",))]
            half = len(group) // 2  # one of them has the document refused, and hides the others
            return [*self._of_group(group[:half]), *self._of_group(group[half:])]
        told = self.new_findings(changed)
        different = self._different(changed)
        return [self._outcome(plant, told, different) for plant in group]

    def _different(self, changed: Sequence[Extract]) -> list[Statement]:
        """What the changed documents say otherwise than the published ones, of either."""
        found: list[Statement] = []
        for extract in changed:
            before = self._said[extract.specification]
            after = {_said(one): one for one in extract.statements()}
            found += [one for key, one in after.items() if key not in before]
            found += [one for key, one in before.items() if key not in after]
        return found

    @cached_property
    def _said(self) -> Mapping[Specification, Mapping[object, Statement]]:
        return {
            extract.specification: {_said(one): one for one in extract.statements()}
            for extract in self.release.extracts
        }

    def _outcome(self, plant: Plant, told: Sequence[Finding], different: Sequence[Statement]) -> Outcome:
        about = [one for one in told if self.is_about(one, plant)]
        rules = tuple(sorted({one.rule for one in about if one.severity in TOLD}))
        if rules:
            return Outcome(plant, True, rules)
        if not plant.second:
            return Outcome(plant, False, reason="no second source")
        notes = sorted({one.rule for one in about})
        if notes:
            return Outcome(plant, False, reason=f"{AS_NOTE}: {', '.join(notes)}")
        if plant.second == NOT_LINKED:
            return Outcome(plant, False, reason="not linked")
        is_read = any(self.places.cites(one, plant) for one in different)
        return Outcome(plant, False, reason="no rule" if is_read else "no statement of it")

    def is_about(self, finding: Finding, plant: Plant) -> bool:
        """Whether a finding is about a planted place."""
        if any(self.places.cites(statement, plant) for statement in finding.statements):
            return True
        words = (finding.subject, *finding.also, finding.message, finding.witness, *map(_words, finding.statements))
        return any(_named(name).search(word) for name in plant.names if name for word in words)


@cache
def _named(name: str) -> re.Pattern[str]:
    """A name as a word of its own: ``4.4`` is none of ``4.4.3``, nor ``Unit`` of ``UnitRate``."""
    return re.compile(rf"(?<![\w.]){re.escape(name)}(?!\w|\.\d)")


def _said(statement: Statement) -> tuple[object, ...]:
    return (statement.subject, statement.attribute, statement.domain, statement.value)


def _words(statement: Statement) -> str:
    return f"{statement.subject} {statement.value or statement.domain or ''}"


def _each(findings: Iterable[Finding]) -> Iterator[Finding]:
    for finding in findings:
        yield finding
        yield from finding.seen_as


def _key(finding: Finding) -> object:
    """What a finding says, wherever its statements stand."""
    said = tuple(sorted(f"{one.specification} {_said(one)}" for one in finding.statements))
    return (finding.rule, finding.severity, finding.subject, finding.also, finding.message, said)


# --- the table -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Share:
    """Of some plants: how many, how many have a second source, and how many of those are found, or told as a note;
    ``others`` are those found without one."""

    name: str
    plants: int
    second: int
    found: int
    notes: int
    others: int

    @property
    def recall(self) -> float:
        """The share of what has a second source that is found."""
        return self.found / self.second if self.second else 1.0

    def line(self) -> str:
        """A line of the table."""
        share = f"{100 * self.recall:.1f} %" if self.second else "-"
        missed = self.second - self.found - self.notes
        counts = (self.plants, self.second, self.found, self.notes, missed)
        return f"{self.name:<22}{''.join(f'{one:>8}' for one in counts)}{share:>9}{self.others:>8}"


HEAD = f"{'':<22}{'plants':>8}{'second':>8}{'found':>8}{'note':>8}{'missed':>8}{'share':>9}{'others':>8}"


def share(name: str, outcomes: Sequence[Outcome]) -> Share:
    """The share of some outcomes."""
    second = [one for one in outcomes if one.plant.second]
    found = sum(one.found for one in second)
    notes = sum(one.reason.startswith(AS_NOTE) for one in second)
    return Share(name, len(outcomes), len(second), found, notes, sum(one.found for one in outcomes) - found)


def by_kind(outcomes: Sequence[Outcome]) -> list[Share]:
    """A share for each kind."""
    return [share(kind, [one for one in outcomes if one.plant.kind == kind]) for kind in KINDS]


def table(outcomes: Sequence[Outcome]) -> str:
    """The shares by kind, by document, of what is linked and what is not, and of all; then why what is missed."""
    documents = sorted({one.plant.document for one in outcomes})
    lines = ["by kind", HEAD, *(one.line() for one in by_kind(outcomes)), "", "by document", HEAD]
    lines += [share(name, [one for one in outcomes if one.plant.document == name]).line() for name in documents]
    linked = [one for one in outcomes if one.plant.linked]
    rest = [one for one in outcomes if not one.plant.linked]
    by_link = [one for one in outcomes if one.plant.second == BY_LINK]
    lines += ["", "", HEAD, share("on what is linked", linked).line(), share("on what is not", rest).line()]
    lines += [share("by a link", by_link).line(), share("all", outcomes).line(), "", "missed, since"]
    missed = Counter(
        (one.reason, one.plant.kind, one.plant.edit) for one in outcomes if one.plant.second and not one.found
    )
    lines += [f"{count:>5}  {reason}: {kind}, {edit}" for (reason, kind, edit), count in missed.most_common()]
    return "\n".join(lines) + "\n"
