"""What a change document says, in its order, apart from how it is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePath

from gbcscheck.frozen import frozen
from gbcscheck.model import PARTIES, Finding, Specification, Statement
from gbcscheck.model.repairs import Edit, Repairs
from gbcscheck.printable import clean, one_line
from gbcscheck.report.quotation import own_words
from gbcscheck.version import __version__

_OPTION = re.compile(r"; --[^.;]*(?=[.;])")
"""What a condition says of an option of the command, which is of no use to those who read a paper."""
SENTENCE = "Text to be deleted is struck through, text to be inserted is underlined."


@frozen
class Row:
    """One change: its number, where it is made, what it is about, the text that stands there and the one proposed, why,
    how sure it is, and whom it affects."""

    number: str
    where: str
    item: str
    old: str
    new: str
    reason: str
    confidence: str
    parties: tuple[str, ...]


@frozen
class Group:
    """The changes of one part of a document: its title, the file it was read from, and the changes."""

    title: str
    path: str
    rows: tuple[Row, ...]


@frozen
class Conflict:
    """A finding in words: the rule and how bad it is, what it is about, what is wrong, the sides that say so, and why
    it matters or why there is no proposal."""

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
    """A change document. ``facts`` are what stands at its head, name and text."""

    title: str
    facts: tuple[tuple[str, str], ...]
    groups: tuple[Group, ...]
    settled: tuple[Conflict, ...]
    choices: tuple[OpenChoice, ...]
    unsettled: tuple[Conflict, ...]


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
    groups = tuple(_groups(repairs.edits))
    mine = set(own)
    changed = tuple(dict.fromkeys(edit.statement.specification for edit in repairs.edits))
    held = [one for one in specifications if one not in mine and one not in changed]
    parties = [party for party in PARTIES if any(party in edit.parties for edit in repairs.edits)]
    facts = (
        ("Documents changed", _and([one.in_words for one in changed]) or "none"),
        ("Release", release),
        ("Held against", _and([one.in_words for one in held])),
        ("Order of authority", _OPTION.sub("", " ".join(repairs.conditions))),
        ("Parties affected", ", ".join(parties)),
        ("Extent", _extent(repairs)),
        ("Prepared by", f"gbcscheck {__version__}"),
    )
    return Paper(
        f"Proposed changes to {_and([one.in_words for one in changed])}" if changed else "Conflicts and ways out",
        tuple((name, clean(text)) for name, text in facts if text),
        groups,
        tuple(_conflict(finding, finding.why, rule_text) for finding in repairs.settled),
        tuple(
            OpenChoice(
                _conflict(choice.finding, choice.finding.why, rule_text),
                tuple(_conflict(finding, finding.why, rule_text) for finding in choice.also),
                clean(choice.why),
                tuple(
                    Way(_letter(place), clean(one_line(option.text)), tuple(_rows(option.edits, _letter(place))))
                    for place, option in enumerate(choice.options)
                ),
            )
            for choice in repairs.choices
        ),
        tuple(_conflict(one.finding, one.why, rule_text) for one in repairs.unsettled),
    )


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


def _groups(edits: Iterable[Edit]) -> Iterable[Group]:
    found: dict[tuple[str, str], list[Edit]] = {}
    for edit in edits:
        found.setdefault((edit.statement.specification.in_words, edit.statement.place.path), []).append(edit)
    number = 0
    for (title, path), group in found.items():
        rows = tuple(_rows(group, first=number + 1))
        number += len(rows)
        yield Group(clean(title), clean(PurePath(path).name), rows)


def _rows(edits: Sequence[Edit], letter: str = "", first: int = 1) -> Iterable[Row]:
    several = len(edits) > 1 or not letter
    for number, edit in enumerate(edits, first):
        statement = edit.statement
        place = statement.place
        where = place.cell_words if place.cell is not None else str(place).removeprefix(place.path).strip(" ·:#")
        told = f"{statement.subject}, {statement.attribute}"
        yield Row(
            f"{letter}{number if several else ''}",
            clean((f"line {where}" if place.line is not None else where) or statement.clause),
            clean(f"{told} (the name of what the row is about)" if edit.member == "subject" else told),
            clean(edit.old),
            clean(edit.new),
            clean(one_line(edit.why)),
            edit.confidence,
            edit.parties,
        )


def _conflict(finding: Finding, why: str, rule_text: Callable[[str], str]) -> Conflict:
    return Conflict(
        f"{finding.rule} {rule_text(finding.rule)}".strip(),
        finding.severity,
        clean(finding.subject),
        clean(one_line(finding.message)),
        tuple(_side(finding, place) for place in range(len(finding.statements))),
        clean(one_line(why)),
    )


def _side(finding: Finding, place: int) -> str:
    statement = finding.statements[place]
    meaning = finding.meanings[place] if place < len(finding.meanings) else ""
    said = f"{_document(statement)}: {statement.attribute} {one_line(own_words(statement))}"
    means = one_line(meaning).removeprefix(f"{statement.attribute}: ")
    return clean(f"{said} ({means})" if means and means not in said else said)


def _document(statement: Statement) -> str:
    one = statement.specification
    return Specification(one.name, one.version, statement.clause or one.part).in_words


def _letter(place: int) -> str:
    return chr(ord("a") + place) if place < 26 else f"z{place - 24}"


def _and(names: Sequence[str]) -> str:
    unique = list(dict.fromkeys(names))
    return f"{', '.join(unique[:-1])} and {unique[-1]}" if len(unique) > 1 else "".join(unique)
