"""What a change document says, in its order, apart from how it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import PurePath

from gbcscheck.authoring.paper.reasons import basis_of, joined, reason_of, where_of
from gbcscheck.frozen import frozen
from gbcscheck.model import PARTIES, Finding, Specification, Statement
from gbcscheck.model.repairs import MEMBERS, Edit, Repairs
from gbcscheck.printable import clean, one_line
from gbcscheck.report.quotation import own_words
from gbcscheck.version import __version__

SENTENCE = "Text to be deleted is struck through, text to be inserted is underlined."


@frozen
class Row:
    """One change: its number, where it is made, what it is about, the text that stands there and the one proposed, why
    in sentences, and whom it affects."""

    number: str
    where: str
    item: str
    old: str
    new: str
    reason: str
    parties: tuple[str, ...]


@frozen
class Group:
    """The changes of one part of a document: its title, the file it was read from, and the changes."""

    title: str
    path: str
    rows: tuple[Row, ...]


@frozen
class Conflict:
    """A finding in words: its number in the paper (empty within a choice), the rule and how bad it is, what it is
    about, what is wrong, the sides that say so, and why it matters or why there is no proposal."""

    number: str
    rule: str
    severity: str
    item: str
    message: str
    sides: tuple[str, ...]
    why: str


@frozen
class Way:
    """A way out of a conflict: its letter, what it means, and its changes."""

    letter: str
    text: str
    rows: tuple[Row, ...]


@frozen
class OpenChoice:
    """A conflict that people have to decide: with those that go with it, why, and the ways out."""

    conflict: Conflict
    also: tuple[Conflict, ...]
    why: str
    ways: tuple[Way, ...]


@frozen
class Paper:
    """A change document. ``facts`` are what stands at its head, name and text. Of the sections behind the changes
    those are in it that say something; ``numbers`` are theirs."""

    title: str
    facts: tuple[tuple[str, str], ...]
    groups: tuple[Group, ...]
    settled: tuple[Conflict, ...]
    choices: tuple[OpenChoice, ...]
    unsettled: tuple[Conflict, ...]
    numbers: Mapping[str, int]


def paper_of(
    repairs: Repairs,
    *,
    release: str = "",
    specifications: Sequence[Specification] = (),
    own: Iterable[Specification] = (),
    rule_text: Callable[[str], str] = str,
) -> Paper:
    """The change document for some repairs.

    ``release`` is the title of the release that was checked, ``specifications`` its documents with their versions,
    ``own`` those of them that are a user's own files; ``rule_text`` names a rule in words.
    """
    settled = _in_order(repairs)
    filled = [
        name
        for name, found in (("settled", settled), ("choices", repairs.choices), ("unsettled", repairs.unsettled))
        if found
    ]
    numbers = {name: number for number, name in enumerate(filled, 2)}
    named = {one.fingerprint: f"{numbers['settled']}.{place}" for place, one in enumerate(settled, 1)}
    groups = tuple(_groups(repairs.edits, named))
    mine = set(own)
    changed = tuple(dict.fromkeys(edit.statement.specification for edit in repairs.edits))
    held = [one for one in specifications if one not in mine and one not in changed]
    parties = [party for party in PARTIES if any(party in edit.parties for edit in repairs.edits)]
    facts = (
        ("Documents changed", joined(one.in_words for one in changed) or "none"),
        ("Release", release),
        ("Held against", joined(one.in_words for one in held)),
        ("Basis", basis_of(repairs.conditions)),
        ("Parties affected", ", ".join(parties)),
        ("Extent", _extent(repairs)),
        ("Prepared by", f"gbcscheck {__version__}"),
    )
    return Paper(
        f"Proposed changes to {joined(one.in_words for one in changed)}" if changed else "Conflicts and ways out",
        tuple((name, clean(text)) for name, text in facts if text),
        groups,
        tuple(_conflict(one, one.why, rule_text, named[one.fingerprint]) for one in settled),
        tuple(
            OpenChoice(
                _conflict(choice.finding, choice.finding.why, rule_text),
                tuple(_conflict(finding, finding.why, rule_text) for finding in choice.also),
                clean(choice.why),
                tuple(
                    Way(_letter(place), clean(one_line(option.text)), tuple(_rows(option.edits, {}, _letter(place))))
                    for place, option in enumerate(choice.options)
                ),
            )
            for choice in repairs.choices
        ),
        tuple(
            _conflict(one.finding, one.why, rule_text, f"{numbers['unsettled']}.{place}")
            for place, one in enumerate(repairs.unsettled, 1)
        ),
        numbers,
    )


def _in_order(repairs: Repairs) -> list[Finding]:
    """The findings that go, in the order of the edits that settle them."""
    order = {one: place for place, edit in reversed(list(enumerate(repairs.edits))) for one in edit.settles}
    return sorted(repairs.settled, key=lambda one: order.get(one.fingerprint, len(repairs.edits)))


def _extent(repairs: Repairs) -> str:
    edits, settled = len(repairs.edits), len(repairs.settled)
    parts = [f"{_count(edits, 'change')}, which {'settles' if edits == 1 else 'settle'} {_count(settled, 'conflict')}"]
    if repairs.choices:
        parts.append(f"{_count(len(repairs.choices), 'choice')} left to people")
    if repairs.unsettled:
        parts.append(f"{_count(len(repairs.unsettled), 'conflict')} without a proposal")
    return "; ".join(parts)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _groups(edits: Iterable[Edit], named: Mapping[str, str]) -> Iterable[Group]:
    found: dict[tuple[str, str], list[Edit]] = {}
    for edit in edits:
        found.setdefault((edit.statement.specification.in_words, edit.statement.place.path), []).append(edit)
    number = 0
    for (title, path), group in found.items():
        rows = tuple(_rows(group, named, first=number + 1))
        number += len(rows)
        yield Group(clean(title), clean(PurePath(path).name), rows)


def _rows(edits: Sequence[Edit], named: Mapping[str, str], letter: str = "", first: int = 1) -> Iterable[Row]:
    several = len(edits) > 1 or not letter
    for number, edit in enumerate(edits, first):
        told = f"{edit.statement.subject}, {edit.statement.attribute}"
        yield Row(
            f"{letter}{number if several else ''}",
            where_of(edit.statement),
            clean(f"{told} ({MEMBERS[edit.member]})" if MEMBERS.get(edit.member) else told),
            clean(edit.old),
            clean(edit.new),
            reason_of(edit, named),
            edit.parties,
        )


def _conflict(finding: Finding, why: str, rule_text: Callable[[str], str], number: str = "") -> Conflict:
    message = clean(one_line(finding.message))
    return Conflict(
        number,
        f"{finding.rule} {rule_text(finding.rule)}".strip(),
        finding.severity,
        clean(finding.subject),
        f"{message[:1].upper()}{message[1:]}".rstrip("."),
        tuple(_side(finding, place) for place in range(len(finding.statements))),
        clean(one_line(why)),
    )


def _side(finding: Finding, place: int) -> str:
    statement = finding.statements[place]
    meaning = finding.meanings[place] if place < len(finding.meanings) else ""
    said = f"{_document(statement)}: {statement.attribute.replace('-', ' ')} {one_line(own_words(statement))}"
    means = one_line(meaning).removeprefix(f"{statement.attribute}: ")
    return clean(f"{said} ({means})" if means and means not in said else said)


def _document(statement: Statement) -> str:
    one = statement.specification
    return Specification(one.name, one.version, statement.clause or one.part).in_words


def _letter(place: int) -> str:
    return chr(ord("a") + place) if place < 26 else f"z{place - 24}"
