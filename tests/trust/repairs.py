"""Plants conflicts in the published documents and counts for which of them ``repair`` gives back what stood there.

``python tests/trust/repairs.py --seed 1 --count 600`` plants so many, keeps those that are one changed place and that
``check`` tells at warning or above, and prints by kind what became of each: the original as an edit, the original among
the options of a choice, nothing, or a wrong edit; those of which only two places speak (``speakers.py``) are counted
apart, since these are choices by nature. Several seeds are counted together. ``--misses FILE`` writes what was not
given back.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planting import Plant
    from recall import Laboratory
    from speakers import Speakers

    from gbcscheck.model import Finding, Statement
    from gbcscheck.model.repairs import Edit, Repairs

ROOT = Path(__file__).resolve().parents[2]
REPAIRED, CHOICE, CHOICE_WITHOUT, NOTHING, WRONG = (
    "the original as an edit",
    "a choice with the original",
    "a choice without it",
    "no proposal",
    "a wrong edit",
)


@dataclass(frozen=True)
class Result:
    """What became of one plant; ``two_sided`` says that only two places speak of it, ``hides`` that what stood there is
    no repair: it brings a finding at warning or above that is not told of the planted text, or leaves all that is told
    of it; ``edits`` are those that were wrong, or the options."""

    plant: Plant
    outcome: str
    two_sided: bool
    edits: tuple[str, ...] = ()
    rules: tuple[str, ...] = field(default=())
    hides: bool = False

    @property
    def is_given_back(self) -> bool:
        """Whether what stood there is an edit, or an option where only people can tell."""
        return self.outcome == REPAIRED or (self.two_sided and self.outcome == CHOICE)


def results(
    laboratory: Laboratory,
    plants: Sequence[Plant],
    *,
    size: int = 40,
    progress: Callable[[Sequence[Result]], None] = lambda _: None,
    strays: list[str] | None = None,
) -> list[Result]:
    """What repair makes of each plant that is one changed place and is told at warning or above, in their order. Edits
    that give back nothing that was planted, whichever finding they settle, are added to ``strays``."""
    from speakers import Speakers

    speakers = Speakers(laboratory.sources, laboratory.places)
    chosen = [one for one in plants if one.second and not one.alone and _is_one_text(one)]
    found: dict[int, Result] = {}
    for group in _groups(chosen, size):
        for one in _of_group(laboratory, speakers, group, [] if strays is None else strays):
            found[id(one.plant)] = one
        progress(list(found.values()))
    return [found[id(one)] for one in chosen if id(one) in found]


def _groups(plants: Sequence[Plant], size: int) -> Iterator[list[Plant]]:
    """Plants in groups that are put in at once: of what is edited in one column of a list one alone, since all codes
    that one list has and another lacks are told in one finding."""
    from documents import LISTS, TABLES
    from planting import batches

    groups: list[tuple[list[Plant], set[object]]] = []
    for plant in plants:
        columns = {(plant.document, title) for title in plant.edits[0].cells}
        columns = columns if plant.document in (*LISTS, *TABLES) else set()
        fitting = (one for one in groups if len(one[0]) < size and one[1].isdisjoint(columns))
        group, taken = next(fitting, ([], set()))
        if not group:
            groups.append((group, taken))
        group.append(plant)
        taken |= columns
    for group, _ in groups:
        yield from batches(group, size)


def _is_one_text(plant: Plant) -> bool:
    """Whether a plant is one text that is another one: no row is gone, doubled or new, and no line of a schema gone."""
    from documents import SCHEMAS

    return plant.edits[0].action == "change" and (plant.document not in SCHEMAS or bool(plant.new))


def _of_group(laboratory: Laboratory, speakers: Speakers, group: Sequence[Plant], strays: list[str]) -> list[Result]:
    from recall import TOLD

    from gbcscheck.errors import GbcscheckError
    from gbcscheck.proposals import Authority, propose

    try:
        changed = laboratory.sources.read([edit for plant in group for edit in plant.edits])
    except GbcscheckError:
        if len(group) == 1:
            return []
        return [one for plant in group for one in _of_group(laboratory, speakers, [plant], strays)]
    release = laboratory.with_changed(changed)
    every = laboratory.whole_findings(changed)
    told = [one for one in laboratory.new_of(every) if one.severity in TOLD and one.statements]
    repairs = propose((release,), laboratory.rules, told, Authority(own=release.own))
    found = [
        _result(laboratory, plant, group, repairs, about, two_sided=speakers.is_two_sided(plant))
        for plant in group
        if (about := [one for one in told if laboratory.is_about(one, plant)])
    ]
    given = {edit for plant in group for edit in repairs.edits if is_original(laboratory, plant, edit)}
    strays += [_shown(edit) for edit in repairs.edits if edit not in given]
    return [one if one.outcome == REPAIRED else replace(one, hides=_hides(laboratory, one.plant)) for one in found]


def _hides(laboratory: Laboratory, plant: Plant) -> bool:
    """Whether what stood there is told itself, and no longer once the plant stands there, put in alone; or whether all
    that is told of the plant is told of what stood there too."""
    from recall import TOLD

    singles = laboratory.singles(laboratory.sources.read(plant.edits))
    known = {(one.rule, one.subject) for one in singles}
    published = [one for one in laboratory.published_singles if one.severity in TOLD]
    stays = {(one.rule, one.fingerprint) for one in published}
    told = [one for one in singles if one.severity in TOLD and laboratory.is_about(one, plant)]
    return any((one.rule, one.subject) not in known for one in published) or (
        bool(told) and all((one.rule, one.fingerprint) in stays for one in told)
    )


def _result(
    laboratory: Laboratory,
    plant: Plant,
    group: Sequence[Plant],
    repairs: Repairs,
    about: Sequence[Finding],
    *,
    two_sided: bool,
) -> Result:
    """What became of one plant of a group; an edit that gives back another of the group is not wrong."""
    marks = {one.fingerprint for one in about}
    rules = tuple(sorted({one.rule for one in about}))
    edits = [edit for edit in repairs.edits if marks & set(edit.settles)]
    right = [edit for edit in edits if is_original(laboratory, plant, edit)]
    others = [one for one in group if one is not plant]
    wrong = [edit for edit in edits if not any(is_original(laboratory, one, edit) for one in (plant, *others))]
    if wrong:
        return Result(plant, WRONG, two_sided, tuple(map(_shown, wrong)), rules)
    choices = [one for one in repairs.choices if marks & {each.fingerprint for each in (one.finding, *one.also)}]
    options = [option for choice in choices for option in choice.options]
    shown = tuple(" + ".join(map(_shown, option.edits)) for option in options)
    if right:
        return Result(plant, REPAIRED, two_sided, (), rules)
    if any(all(is_original(laboratory, plant, edit) for edit in option.edits) for option in options):
        return Result(plant, CHOICE, two_sided, shown, rules)
    return Result(plant, CHOICE_WITHOUT if options else NOTHING, two_sided, shown, rules)


def is_original(laboratory: Laboratory, plant: Plant, edit: Edit) -> bool:
    """Whether an edit stands at the planted place and says there what was published."""
    if not laboratory.places.cites(edit.statement, plant):
        return False
    statement = edit.statement
    if plant.new and edit.old.replace(plant.new, plant.old, 1) == edit.new:
        return True
    if edit.member == "use-case":  # of a list, whose order says nothing
        return sorted(plant.new.replace(edit.old, edit.new, 1).split()) == sorted(plant.old.split())
    if edit.member == "number":
        return (edit.old, edit.new) == (plant.new, plant.old)
    if edit.member == "subject":
        published = laboratory.published(statement.specification, edit.new)
        return any(laboratory.places.cites(one, plant) for one in published)
    published = [
        one
        for one in laboratory.published(statement.specification, statement.subject)
        if one.attribute == statement.attribute
    ]
    return any(_same(one, edit) for one in published) if edit.new else not published


def _same(published: Statement, edit: Edit) -> bool:
    """Whether the new text says what the published statement says, word for word or as a set."""
    new, old = " ".join(edit.new.split()), " ".join(published.written.split())
    return new == old or (published.domain is not None and new == published.domain) or _plain(new) == _plain(old)


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()


def _shown(edit: Edit) -> str:
    return f"{edit.statement.place} {edit.statement.attribute}: {edit.old!r} -> {edit.new!r} ({edit.confidence})"


def table(found: Iterable[Result]) -> str:
    """The counts by kind and in all, of what has one right answer and of what only two places speak of."""
    from gbcscheck.model import KINDS

    found = list(found)
    outcomes = (REPAIRED, CHOICE, CHOICE_WITHOUT, NOTHING, WRONG)
    lines = []
    for title, group in (
        ("one right answer", [one for one in found if not one.two_sided and not one.hides]),
        ("two sides alone", [one for one in found if one.two_sided and not one.hides]),
        ("all of these", [one for one in found if not one.hides]),
        ("hides another", [one for one in found if one.hides]),
    ):
        lines.append(f"{title:<18}{'plants':>8}{'edit':>8}{'choice':>8}{'other':>8}{'none':>8}{'wrong':>8}{'back':>9}")
        for kind in (*KINDS, "all"):
            some = [one for one in group if kind in (one.plant.kind, "all")]
            counts = [sum(one.outcome == outcome for one in some) for outcome in outcomes]
            if some and (kind == "all" or title in ("one right answer", "two sides alone")):
                back = f"{100 * sum(one.is_given_back for one in some) / len(some):.1f} %"
                lines.append(f"{kind:<18}{len(some):>8}{''.join(f'{count:>8}' for count in counts)}{back:>9}")
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Plants conflicts and counts which of them repair puts right.")
    parser.add_argument("--seed", type=int, nargs="+", default=[1])
    parser.add_argument("--count", type=int, default=600, help="how many of each seed")
    parser.add_argument("--size", type=int, default=40, help="how many are put in together; 1: one at a time")
    parser.add_argument("--kind", help="one kind alone")
    parser.add_argument("--misses", type=Path)
    given = parser.parse_args(arguments)
    sys.path[:0] = [str(Path(__file__).parent), str(ROOT), str(ROOT / "tools")]
    from recall import Laboratory

    corpus = Path(os.environ.get("GBCSCHECK_CORPUS") or ROOT.parent / "shared" / "corpus")
    laboratory = Laboratory.of(corpus)
    plants: dict[tuple[str, str, str], Plant] = {}
    for seed in given.seed:
        for one in laboratory.planter.plants(seed, given.count):
            if given.kind in (None, one.kind):
                plants.setdefault((one.document, one.place, one.new), one)

    def show(found: Sequence[Result]) -> None:
        print(table(found), file=sys.stderr)
        if given.misses is not None:
            rows: list[dict[str, Any]] = [
                {
                    **one.plant.answer(),
                    "outcome": one.outcome,
                    "two-sided": one.two_sided,
                    "hides": one.hides,
                    "rules": one.rules,
                    "edits": one.edits,
                }
                for one in found
                if one.outcome != REPAIRED
            ]
            text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            given.misses.write_text(text, encoding="utf-8")

    strays: list[str] = []
    found = results(laboratory, list(plants.values()), size=given.size, progress=show, strays=strays)
    show(found)
    print(table(found), end="")
    print(f"edits that give back nothing planted: {len(strays)}")
    print("".join(f"  {one}\n" for one in strays), end="")
    return 1 if strays or any(one.outcome == WRONG for one in found) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
