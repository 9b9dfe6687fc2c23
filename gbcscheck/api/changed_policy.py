"""What became of the policy between two sides, and the one by which they are compared."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gbcscheck.errors import GbcscheckError, Problems
from gbcscheck.frozen import frozen
from gbcscheck.model.waivers import PolicyChange
from gbcscheck.policy.configuration import Configuration
from gbcscheck.wildcards import Exclusion, Exclusions

if TYPE_CHECKING:
    from gbcscheck.comparison.sides import Named
    from gbcscheck.evidence.house_rules import HouseRule


@frozen
class ChangedPolicy:
    """What became of a policy, what loosens it first; the configuration and the house rules that are in force on both
    sides."""

    changes: tuple[PolicyChange, ...]
    configuration: Configuration
    house: tuple[HouseRule, ...]


def policy_between(
    older: Named,
    newer: Named,
    configuration: Configuration | None,
    *,
    config: Path | None = None,
    refuse: bool = False,
    allow_outside: bool = False,
    named: Sequence[Path] = (),
) -> ChangedPolicy:
    """The policy of two sides: that of the newer one, or with ``refuse`` without what loosens the older one. Where
    ``configuration`` is None none is asked for; ``config`` is the file that was named for it. ``named`` are the files
    and folders of house rules that a person names, which are in force too.

    Where something of the older side's cannot be read, that is told, and everything is new. Errors as ``house_rules``
    raises them, of the newer side.
    """
    from gbcscheck.comparison.configured import older_configuration
    from gbcscheck.comparison.house_sides import has_rules_of_its_own, house_of

    told: list[PolicyChange] = []
    before, after = None, configuration or Configuration()
    if configuration is not None:
        try:
            before = older_configuration(older, config)
        except GbcscheckError as error:
            told.append(_all_new("configuration", error))
            before = Configuration()
        if older.kind == newer.kind == "files" and before is not None:
            after = older_configuration(newer) or configuration
    house = house_of(newer, after, allow_outside=allow_outside)
    was: tuple[HouseRule, ...] = ()
    both = has_rules_of_its_own(older) and has_rules_of_its_own(newer)
    if both:
        root = older.repository.root if older.repository is not None and before is not None else None
        try:
            was = house_of(older, after if before is None else before, home=root, allow_outside=allow_outside)
        except GbcscheckError as error:
            told.append(_all_new("rules", error))
    in_force = configuration or Configuration()
    if before is not None:
        changes, restricted = _changes(older, before, after, was, house, refuse=refuse)
        told.extend(changes)
        in_force = restricted if after is configuration else in_force
    if both:
        from gbcscheck.policy.house_changes import house_changes

        own = (before or after, after)
        more, house = house_changes(was, house, own, refuse=refuse, before=str(older.revision or ""))
        told.extend(more)
    if named:
        house = _with_named(house, named, allow_outside=allow_outside)
    return ChangedPolicy(tuple(sorted(told, key=lambda change: not change.loosens)), in_force, house)


def _with_named(house: Sequence[HouseRule], named: Sequence[Path], *, allow_outside: bool) -> tuple[HouseRule, ...]:
    """The house rules that are in force on both sides, and those of files and folders that a person names which are not
    among them. Problems where two have one code or name."""
    from gbcscheck.inputs.toml_tables import InvalidConfiguration
    from gbcscheck.policy.house_files import house_rules
    from gbcscheck.policy.house_reader import doubles

    known = {(os.path.realpath(one.path), one.rule.code) for one in house}
    own = house_rules(Configuration(), (), named, allow_outside=allow_outside)
    found = (*house, *(one for one in own if (os.path.realpath(one.path), one.rule.code) not in known))
    problems: list[GbcscheckError] = [
        InvalidConfiguration(why, where=f"{one.path}:{one.line}") for one, why in doubles(found)
    ]
    if problems:
        raise problems[0] if len(problems) == 1 else Problems(problems)
    return found


def _all_new(key: str, error: GbcscheckError) -> PolicyChange:
    first = error.problems[0] if isinstance(error, Problems) else error
    return PolicyChange(key, f"everything is new: {first.problem}", first.where, True)


def _changes(
    older: Named,
    before: Configuration,
    after: Configuration,
    was: Sequence[HouseRule],
    house: Sequence[HouseRule],
    *,
    refuse: bool,
) -> tuple[tuple[PolicyChange, ...], Configuration]:
    """What became of the configuration, and the one that is in force, as ``policy_changes`` tells them."""
    from gbcscheck.comparison.git_sides import excluded_files
    from gbcscheck.policy.changes import policy_changes
    from gbcscheck.rules import RULES

    folder = after.file.parent if after.file else Path()
    usual = {one.rule.code: one.rule.severity for one in (*house, *was)}
    return policy_changes(
        _by_codes(before, was),
        _by_codes(after, house),
        {**{rule.code: rule.severity for rule in RULES}, **usual},
        refuse=refuse,
        is_there=lambda path: (folder / path).exists(),
        before=str(older.revision or ""),
        excluded=lambda pattern: len(
            excluded_files(replace(older, exclude=Exclusions((Exclusion(pattern, folder, after.where("exclude")),))))
        ),
    )


def _by_codes(configuration: Configuration, house: Sequence[HouseRule]) -> Configuration:
    """A configuration whose severities of house rules stand by their codes, by whatever name they are given."""
    codes = {one.rule.name: one.rule.code for one in house}
    severity: Mapping[str, str] = {codes.get(name, name): value for name, value in configuration.severity.items()}
    lines = {f"severity {code}": configuration.lines.get(f"severity {name}", 0) for name, code in codes.items()}
    known = {key: line for key, line in lines.items() if line}
    return replace(configuration, severity=severity, lines={**configuration.lines, **known})
