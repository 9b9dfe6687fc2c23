"""What a change does to house rules: those that are gone or ask for less let pass what did not pass before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from gbcscheck.evidence.house_rules import AT_MOST, LESS, HouseRule, Related, Within, in_words
from gbcscheck.evidence.value_words import value_text
from gbcscheck.model import SEVERITIES
from gbcscheck.model.waivers import PolicyChange
from gbcscheck.policy.configuration import Configuration
from gbcscheck.wildcards import covers_subjects, is_subject_pattern

if TYPE_CHECKING:
    from gbcscheck.domains import Domain

KEY = "rules"
"""The key of the configuration, and of a change, that house rules are told under."""
_UNSURE = "; whether it asks for as much as before cannot be told"


class _Told(NamedTuple):
    """What became of one thing that a rule says, and whether it lets more pass."""

    text: str
    loosens: bool


class _Pair(NamedTuple):
    """Two sets, the first of which has to lie in the second for a rule to ask for as much as before; one that is not
    given is the set of everything where it is ``open``, and else of nothing."""

    inner: Domain | None
    outer: Domain | None
    open: bool

    @property
    def holds(self) -> bool | None:
        """Whether it does; None where nobody can tell."""
        if self.inner is None or self.outer is None:
            return (self.outer if self.open else self.inner) is None
        return self.inner.is_subset(self.outer)


def house_changes(
    old: Sequence[HouseRule],
    new: Sequence[HouseRule],
    configurations: tuple[Configuration, Configuration] = (Configuration(), Configuration()),
    *,
    refuse: bool = False,
    before: str = "",
) -> tuple[tuple[PolicyChange, ...], tuple[HouseRule, ...]]:
    """What became of house rules, by their codes, and those that are in force: the new ones, or with ``refuse`` the old
    one in the place of each that asks for less. ``configurations`` are the older and the newer one; ``before`` is the
    older revision."""
    now = {one.rule.code.casefold(): one for one in new}
    known = {one.rule.code.casefold(): one for one in old}
    changes: list[PolicyChange] = []
    reinstated: dict[str, HouseRule] = {}
    for code, one in known.items():
        other = now.get(code)
        told = [_Told("is gone", loosens=True)] if other is None else list(_between(one, other))
        place = _place(one, before) if other is None else _place(other)
        changes += [PolicyChange(KEY, f"house rule {one.rule.code} {text}", place, less) for text, less in told]
        if any(less for _, less in told):
            reinstated[code] = replace(one, revision=before) if before else one
    changes += [
        PolicyChange(KEY, f"house rule {one.rule.code} is new", _place(one), False)
        for code, one in now.items()
        if code not in known
    ]
    changes += _named(*configurations, before, fewer=not known.keys() <= now.keys())
    if not refuse:
        return tuple(changes), tuple(new)
    return tuple(replace(one, refused=one.loosens) for one in changes), tuple({**now, **reinstated}.values())


def _place(one: HouseRule, before: str = "") -> str:
    return f"{one.path}:{one.line} ({before})" if before else f"{one.path}:{one.line}"


def _named(old: Configuration, new: Configuration, before: str, *, fewer: bool) -> Iterator[PolicyChange]:
    """What became of the files and folders that the configuration names; ``fewer`` says that some rules are gone."""
    gone = new.where(KEY) if new.file is not None else f"{old.where(KEY)} ({before})" if before else old.where(KEY)
    for text in old.rules:
        if text not in new.rules:
            yield PolicyChange(KEY, f'"{text}" is not among the rules any longer', gone, fewer)
    for text in new.rules:
        if text not in old.rules:
            yield PolicyChange(KEY, f'"{text}" is among the rules now', new.where(KEY), False)


# --- one rule --------------------------------------------------------------------------------------------------------


def _between(old: HouseRule, new: HouseRule) -> Iterator[_Told]:
    """What became of what a rule says."""
    was, now = old.rule.severity, new.rule.severity
    if was != now:
        yield _Told(f"is {now} instead of {was}", SEVERITIES.index(now) > SEVERITIES.index(was))
    if old.attribute != new.attribute:
        yield _Told(f"is about {new.attribute} instead of {old.attribute}", loosens=True)
    if old.subject != new.subject:
        less = not _covers(new.subject, old.subject)
        yield _Told(f'is about "{new.subject}" instead of "{old.subject}"', less)
    if old.asked != new.asked:
        yield _asked(old, new)


def _covers(wide: str, narrow: str) -> bool:
    """Whether a rule on the one pattern is about all that one on the other is about, as far as that is certain. A bare
    name stands for an element of its item too, and a pattern without a slash for no row and no path."""
    is_bare = not is_subject_pattern(narrow) and not set("./") & set(narrow)
    if ("/" in narrow) > ("/" in wide) or (is_bare and not wide.endswith("*")):
        return False
    return covers_subjects(wide, narrow)


def _asked(old: HouseRule, new: HouseRule) -> _Told:
    """What became of what a rule asks."""
    text = f'asks "{in_words(new.asked)}" instead of "{in_words(old.asked)}"'
    pairs = _pairs(old, new)
    if pairs is None:
        return _Told(text, loosens=True)
    outcomes = [pair.holds for pair in pairs]
    if all(outcomes):
        return _Told(text, loosens=False)
    if False not in outcomes:
        return _Told(text + _UNSURE, loosens=True)
    first = pairs[outcomes.index(False)]
    passing = first.inner.difference_witness(first.outer) if first.inner and first.outer else None
    return _Told(text if passing is None else f"{text}, and {value_text(passing)} passes", loosens=True)


def _pairs(old: HouseRule, new: HouseRule) -> list[_Pair] | None:
    """The sets that have to lie in each other for the new rule to ask for as much; None where it asks another thing."""
    was, now = old.asked, new.asked
    if isinstance(was, Within) and isinstance(now, Within):
        permitted = _Pair(now.permitted, was.permitted, open=True)
        return [permitted, _Pair(was.forbidden, now.forbidden, open=False)]
    if not isinstance(was, Related) or not isinstance(now, Related) or (was.left, was.right) != (now.left, now.right):
        return None
    if was.relation == now.relation:
        conclusion = _Pair(now.conclusion, was.conclusion, open=True)
        return [conclusion, _Pair(was.premise, now.premise, open=False)]
    return [] if (was.relation, now.relation) == (AT_MOST, LESS) else None
