"""The proposal: the edits that the search found to be meant, checked together; the choices; what is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from gbcscheck.facts.extract_file import Extract
from gbcscheck.model import Finding, Specification
from gbcscheck.model.repairs import CONFIDENCES, Choice, Edit, Option, Repairs, Unsettled
from gbcscheck.proposals.authority import Authority
from gbcscheck.proposals.replacing import Bench, row_of
from gbcscheck.proposals.rounds import Try
from gbcscheck.proposals.search import Progress, search
from gbcscheck.proposals.trials import Told, Trials
from gbcscheck.proposals.ways import Found, Way
from gbcscheck.proposals.wording import Wording
from gbcscheck.release.releases import Release
from gbcscheck.rules.base import ReleaseRule

SURE = CONFIDENCES[:2]
"""How sure an edit has to be: what is less so is one of the options of a choice."""
MOST_OPTIONS = 4
"""Ways out of one conflict that are laid out."""


def propose(
    releases: Sequence[Release],
    rules: Sequence[ReleaseRule],
    findings: Sequence[Finding],
    authority: Authority,
    progress: Progress = lambda _: None,
    before: Mapping[Specification, Extract] = MappingProxyType({}),
) -> Repairs:
    """What could settle some findings of some releases; ``before`` is what documents said before their tracked changes.

    ``rules`` are those of the whole check, and ``findings`` are some of what they find there. After the edits of the
    proposal none of the findings that it calls settled is found any more, nor one at warning or above that was not
    there before; the same holds of each option of a choice by itself.
    """
    if not findings:
        return Repairs((), (), conditions=authority.in_words)
    progress("checking")
    trials = Trials(Bench(releases), rules)
    found = search(trials, findings, authority, progress, before)
    wording = Wording(trials.bench.catalogues[0], authority)
    meant = [one for one in found if one.is_clear and _is_sure(one, wording)]
    meant = sorted(_of_different_rows(meant), key=lambda one: -one.ways[0].net)  # of two that do not go together
    clear, crossed, after = _together(trials, meant, progress)
    edits: list[Edit] = []
    settled: list[Finding] = []
    choices: list[Choice] = []
    left: list[Unsettled] = []
    for one in found:
        if one in clear:
            done = _settled_by(one, one.ways[0])
            edits += wording.edits(one.ways[0], done)
        else:
            keys = zip(one.group.findings, one.group.keys, strict=True)
            done = tuple(each for each, some in keys if some and some == after.gone_from(trials.before, some))
        settled += done
        rest = [finding for finding in one.group.findings if finding not in done]
        if rest and one.ways and one not in clear and not done:
            choice, rest = _choice(one, wording, is_crossed=one in crossed)
            choices.append(choice)
            done = (choice.finding, *choice.also)
        left += [Unsettled(finding, wording.left(finding, done)) for finding in rest]
    return Repairs(_each_once(edits), tuple(settled), tuple(choices), tuple(left), authority.in_words)


def _is_sure(found: Found, wording: Wording) -> bool:
    """Whether somebody besides the parties to the conflict speaks for each edit of the first way."""
    edits = wording.edits(found.ways[0], _settled_by(found, found.ways[0]))
    return all(edit.confidence in SURE for edit in edits)


def _of_different_rows(meant: Sequence[Found]) -> list[Found]:
    """Those whose edits share no row with another's: a row that is wrong in several columns may be about something
    else, and all that it says be right."""
    rows = [{row_of(each) for one in found.ways[0].candidates for each in one.statements} for found in meant]
    count = Counter(row for some in rows for row in some)
    return [found for found, some in zip(meant, rows, strict=True) if all(count[row] == 1 for row in some)]


def _settled_by(found: Found, way: Way) -> tuple[Finding, ...]:
    return tuple(found.group.findings[number] for number in sorted(way.settles))


def _together(trials: Trials, clear: list[Found], progress: Progress) -> tuple[list[Found], list[Found], Told]:
    """The groups whose edits go together, those that do not go with the ones before them, and what is found after the
    edits: one whole check with all of them, and where it finds something, again by halves."""
    kept: list[Found] = []
    crossed: list[Found] = []
    after = trials.before

    def add(some: list[Found]) -> None:
        nonlocal after
        if not some:
            return
        progress("checking all edits together")
        every = [*kept, *some]
        told = trials.after_all(each for one in every for each in one.ways[0].replacements)
        wanted = {key for one in every for number in one.ways[0].settles for key in one.group.keys[number]}
        if not told.new_since(trials.before) and wanted == told.gone_from(trials.before, wanted):
            kept.extend(some)
            after = told
        elif len(some) == 1:
            crossed.extend(some)
        else:
            half = len(some) // 2
            add(some[:half])
            add(some[half:])

    add(clear)
    needless = _needless(trials, kept)
    if needless:
        left = [one for one in kept if one not in needless]
        kept.clear()
        after = trials.before
        add(left)
    return kept, crossed, after


def _needless(trials: Trials, kept: Sequence[Found]) -> list[Found]:
    """The groups whose findings the edits of the other groups settle too, those with the least support first: of two
    that do for each other one stays."""
    gone: list[Found] = []
    for one in sorted(kept, key=lambda each: (each.ways[0].net, -each.ways[0].size)):
        others = [each for each in kept if each is not one and each not in gone]
        if not any(_meets(each, one) for each in others):
            continue
        wanted = {key for number in one.ways[0].settles for key in one.group.keys[number]}
        codes = {key[1] for key in wanted}
        told = trials.after((each for other in others for each in other.ways[0].replacements), codes)
        if wanted == told.gone_from(trials.before, wanted):
            gone.append(one)
    return gone


def _meets(one: Found, other: Found) -> bool:
    """Whether what one group writes anew is what findings of another are about."""
    edit = Try(0, one.ways[0].candidates, frozenset())
    return any(edit.touches(finding) for finding in other.group.findings)


def _choice(found: Found, wording: Wording, *, is_crossed: bool) -> tuple[Choice, list[Finding]]:
    """The ways out that settle as much as the best of them does, and the findings that they do not."""
    best = found.ways[0]
    ways = [way for way in found.ways if way.settles == best.settles][:MOST_OPTIONS]
    done = _settled_by(found, best)
    options = []
    for way in ways:
        edits = wording.edits(way, done)
        options.append(Option(wording.option(edits), edits))
    why = wording.crossed() if is_crossed else wording.undecided(options)
    rest = [finding for finding in found.group.findings if finding not in done]
    return Choice(done[0], tuple(options), why, tuple(done[1:])), rest


def _each_once(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits in the order of their places."""
    return tuple(sorted(dict.fromkeys(edits), key=lambda edit: (edit.statement.path, edit.statement.source)))
