"""Proposals in words, and edits as values: what is written where, why, how sure it is, and who has to do something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from gbcscheck.facts.directions import Directions
from gbcscheck.model import PARTIES, Finding, Specification, Statement
from gbcscheck.model.repairs import Edit, Option
from gbcscheck.proposals.authority import Authority
from gbcscheck.proposals.candidate import Candidate, voice_of
from gbcscheck.proposals.ways import Way
from gbcscheck.release.catalogue import Catalogue

_OPTIONS = {
    "subject": "name {new} the row of {places}",
    "number": "give the row of {places} the number {new}",
    "use-case": "list {new} in the row of {places}",
}
"""What an edit of something else than the text of a place does, in a line."""
MOST_NAMED = 3
"""Statements that a reason names; of more it gives the number."""


class Wording:
    """The words of one proposal."""

    def __init__(self, catalogue: Catalogue, authority: Authority) -> None:
        self._catalogue = catalogue
        self._authority = authority

    def edits(self, way: Way, settled: Sequence[Finding]) -> tuple[Edit, ...]:
        """The edits of a way out, one for each place."""
        return tuple(edit for one in way.candidates for edit in self._edits_of(one, settled))

    def _edits_of(self, one: Candidate, settled: Sequence[Finding]) -> Iterator[Edit]:
        places = {(statement.path, statement.source) for statement in one.statements}
        written = {}
        for each in reversed(one.replacements):
            if (each.statement.path, each.statement.source) not in places:
                continue
            written[each.statement.path, each.statement.source] = each
        for each in reversed(list(written.values())):
            statement = each.statement
            member, old, new = ("text", statement.written, each.text or "")
            if each.key is not None:
                member, old, new = each.key
            elif each.renames:
                member, old, new = "subject", statement.subject, each.subject
            yield Edit(
                statement,
                old,
                new,
                self._why(one, settled),
                self._confidence(one, settled),
                one.supports,
                tuple(dict.fromkeys(finding.fingerprint for finding in settled)),
                self._parties(statement),
                member,
            )

    def _confidence(self, one: Candidate, settled: Sequence[Finding]) -> str:
        if not one.supports and not one.told:
            return "likely" if one.silent or self._is_decided(settled) else "possible"
        voices = len(one.voices)
        if voices > 1 and not one.against:
            return "certain"
        outside = voices + one.told > 1 or self._is_decided(settled) or _is_party_to_none(one, settled)
        return "likely" if outside else "possible"

    def _is_decided(self, settled: Iterable[Finding]) -> bool:
        return any(self._authority.decides(finding) for finding in settled)

    def _why(self, one: Candidate, settled: Sequence[Finding]) -> str:
        parts = []
        if one.supports:
            verb = "says" if len(one.supports) == 1 else "say"
            parts.append(f"{_named(one.supports)} {verb} so")
        elif one.silent:
            verb = "says" if len(one.silent) == 1 else "say"
            parts.append(f"{_named(one.silent)} {verb} nothing there")
        elif one.told:
            parts.append("the finding asks for it")
        else:
            parts.append("it is what the other statements permit")
        if one.against:
            parts.append(f"against {_named(one.against)}")
        text = ", ".join(parts)
        return f"{text[0].upper()}{text[1:]}; settles {', '.join(_rules(settled))}."

    def _parties(self, statement: Statement) -> tuple[str, ...]:
        """Those of PARTIES who send or receive what a statement is about."""
        way = self._directions.of(statement.specification, statement.subject, self._catalogue.by_subject)
        return tuple(party for party in PARTIES if party in (*way.senders, *way.receivers))

    @cached_property
    def _directions(self) -> Directions:
        return Directions.shipped()

    # --- sentences ---------------------------------------------------------------------------------------------------

    @staticmethod
    def option(edits: Sequence[Edit]) -> str:
        """A way out in a line: ``write 0b11111110 in Table 28d!D7``."""
        by_text: dict[tuple[str, str], list[str]] = {}
        for edit in edits:
            by_text.setdefault((edit.member, edit.new), []).append(_cell(edit.statement))
        return "; ".join(
            _OPTIONS.get(member, "write {new} in {places}").format(new=new or "nothing", places=_and(places))
            for (member, new), places in by_text.items()
        )

    @staticmethod
    def undecided(options: Sequence[Option]) -> str:
        """Why nothing says which option is meant."""
        if len(options) == 1:
            return "One edit was found that settles it, and nobody but the parties to the conflict speaks of it."
        return f"{len(options)} edits settle it alike, and what else speaks of it does not say which is meant."

    @staticmethod
    def crossed() -> str:
        """Why an option that is clear by itself is a choice all the same."""
        return "Together with the other edits of this proposal the first option would bring a new finding."

    def left(self, finding: Finding, settled: Sequence[Finding]) -> str:
        """Why no edit is proposed for a finding; ``settled`` are those of its group for which there is one."""
        if settled:
            rules = ", ".join(dict.fromkeys(one.rule for one in settled))
            return f"It shares statements with {rules}, and no edit was found that settles it too."
        editable = [one for one in self._authority.may_change(finding) if one.specification in self._catalogue.parts]
        if not editable:
            return (
                "Every place that it cites stands in a document that is taken to be right, or that is no part of this."
            )
        return "No other text of one place was found after which the check is without it and without a new finding."


def _is_party_to_none(one: Candidate, settled: Sequence[Finding]) -> bool:
    """Whether somebody speaks for a candidate whom no finding cites, or the place itself did in the version before."""
    cited = {(each.path, each.source) for each in _statements(settled)}
    others = {voice_of(each) for each in _statements(settled)} - {voice_of(each.statement) for each in one.replacements}
    return any((each.path, each.source) not in cited and voice_of(each) not in others for each in one.supports)


def _statements(findings: Iterable[Finding]) -> Iterator[Statement]:
    for finding in findings:
        yield from finding.statements
        yield from _statements(finding.seen_as)


def _rules(findings: Iterable[Finding]) -> dict[str, None]:
    """The rules of some findings, and of those that are named under them."""
    return dict.fromkeys(rule for one in findings for rule in (one.rule, *_rules(one.seen_as)))


def _named(statements: Sequence[Statement]) -> str:
    names = list(dict.fromkeys(_name(one) for one in statements))
    if len(names) > MOST_NAMED:
        return f"{', '.join(names[:MOST_NAMED])} and {len(names) - MOST_NAMED} more"
    return _and(names)


def _name(statement: Statement) -> str:
    spec = statement.specification
    document = Specification(spec.name, spec.version, "").in_words
    where = statement.clause or spec.part
    return f"{document} {where}".strip()


def _cell(statement: Statement) -> str:
    place = statement.place
    return place.cell_words if place.cell is not None else str(place)


def _and(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
