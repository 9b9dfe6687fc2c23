"""What a change does to the policy by which it is judged: waivers, severities and exclusions that it brings itself.

Whoever reviews a change has to see these first: they decide what the rest of the report says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from gbcscheck.model import SEVERITIES
from gbcscheck.model.waivers import PolicyChange, Waiver
from gbcscheck.policy.configuration import Configuration

STRICTER = ("never", "breaking", "unknown", "new", "error", "warning", "note")
"""What a run may fail on, each stricter than those before."""
USUAL = "new"
"""What a comparison fails on where nothing else is said."""
MOST_OLD = 3
Where = Callable[[str], str]
"""The place of a key."""


def policy_changes(
    old: Configuration,
    new: Configuration,
    severities: Mapping[str, str],
    *,
    refuse: bool = False,
    is_there: Callable[[str], bool] = bool,
    before: str = "",
    excluded: Callable[[str], int] = lambda _pattern: 0,
) -> tuple[tuple[PolicyChange, ...], Configuration]:
    """What became of a policy, what loosens it first, and the policy that is in force: the new one, or with ``refuse``
    without what loosens it. ``severities`` are the usual ones, by code of a rule or kind of change; ``is_there`` tells
    whether a path is still there: what is gone is told as lost anyway. ``before`` names the revision of the old one,
    whose places are told where there is no new one, and ``excluded`` counts the files there that a pattern excludes."""

    def where(key: str) -> str:
        if new.file is not None or old.file is None:
            return new.where(key)
        return f"{old.where(key)} ({before})" if before else old.where(key)

    changes = [
        *_waivers(old, new),
        *_severities(old, new, severities, where),
        *_exclusions(old, new, where, lambda pattern: _and_with_it(excluded(pattern), before)),
        *_paths(old, new, where, is_there),
        *_levels(old, new, where),
    ]
    changes.sort(key=lambda change: not change.loosens)
    if not refuse:
        return tuple(changes), new
    # Each side keeps to its own paths, so that what is lost there shows as lost.
    told = tuple(replace(one, refused=one.loosens and one.key != "paths") for one in changes)
    return told, _restricted(old, new, severities)


def _restricted(old: Configuration, new: Configuration, severities: Mapping[str, str]) -> Configuration:
    """The new policy without what loosens the old one."""
    refused = [waiver for waiver in new.waivers if not _is_old(waiver, old)]
    refused_targets = {waiver.target for waiver in refused}
    severity = dict(new.severity)
    for code in _lowered(old, new, severities):
        severity.pop(code, None)
        severity.update({code: old.severity[code]} if code in old.severity else {})
    return replace(
        new,
        waivers=(
            *(waiver for waiver in new.waivers if waiver not in refused),
            *(waiver for waiver in old.waivers if waiver.target in refused_targets),
        ),
        severity=severity,
        exclude=tuple(pattern for pattern in new.exclude if pattern in old.exclude),
        fail_on=max(old.fail_on, new.fail_on, key=_strictness),
        strict_waivers=old.strict_waivers or new.strict_waivers,
        require_bump=old.require_bump or new.require_bump,
        alone=old.alone and new.alone,
    )


# --- waivers ---------------------------------------------------------------------------------------------------------


def _is_old(waiver: Waiver, old: Configuration) -> bool:
    """Whether all that a waiver lets pass was let pass before, and as long."""
    return any(one.lets_pass(waiver) and _last(waiver) <= _last(one) for one in old.waivers)


def _last(waiver: Waiver) -> date:
    return waiver.expires or date.max


def _waivers(old: Configuration, new: Configuration) -> Iterator[PolicyChange]:
    fresh = [waiver for waiver in new.waivers if not _is_old(waiver, old)]
    before = {waiver.target for waiver in old.waivers}
    for waiver in fresh:
        if not waiver.is_old:
            until = f" until {waiver.expires}" if waiver.expires else ""
            what = "lets more pass than before" if waiver.target in before else "is new"
            yield PolicyChange(
                "waivers", f"the waiver for {waiver.named}{until} {what}: {waiver.reason}", waiver.where, True
            )
    entries = [waiver for waiver in fresh if waiver.is_old]
    if entries:
        named = ", ".join(waiver.named for waiver in entries[:MOST_OLD])
        more = f" and {len(entries) - MOST_OLD:,} more" if len(entries) > MOST_OLD else ""
        are = "entry of the baseline is" if len(entries) == 1 else "entries of the baseline are"
        yield PolicyChange("baseline", f"{len(entries):,} {are} new: {named}{more}", entries[0].where, True)


# --- the rest --------------------------------------------------------------------------------------------------------


def _severity(configuration: Configuration, code: str, severities: Mapping[str, str]) -> str:
    return configuration.severity.get(code) or severities.get(code, SEVERITIES[0])


def _lowered(old: Configuration, new: Configuration, severities: Mapping[str, str]) -> list[str]:
    """The codes whose severity is milder now."""
    return [
        code
        for code in dict.fromkeys((*new.severity, *old.severity))
        if SEVERITIES.index(_severity(new, code, severities)) > SEVERITIES.index(_severity(old, code, severities))
    ]


def _severities(
    old: Configuration, new: Configuration, severities: Mapping[str, str], where: Where
) -> Iterator[PolicyChange]:
    lowered = _lowered(old, new, severities)
    for code in dict.fromkeys((*new.severity, *old.severity)):
        now, before = (_severity(one, code, severities) for one in (new, old))
        if now != before:
            place = where(f"severity {code}")
            yield PolicyChange(
                "severity", f"the severity of {code} is {now} instead of {before}", place, code in lowered
            )


def _and_with_it(files: int, before: str) -> str:
    """How many files of the older side are not looked at any longer."""
    return f", and with it {files:,} file{'s' if files > 1 else ''} of {before}" if files else ""


def _exclusions(
    old: Configuration, new: Configuration, where: Where, and_with_it: Callable[[str], str]
) -> Iterator[PolicyChange]:
    for pattern in new.exclude:
        if pattern not in old.exclude:
            yield PolicyChange("exclude", f'"{pattern}" is excluded now{and_with_it(pattern)}', where("exclude"), True)
    for pattern in old.exclude:
        if pattern not in new.exclude:
            yield PolicyChange("exclude", f'"{pattern}" is excluded no longer', where("exclude"), False)


def _paths(
    old: Configuration, new: Configuration, where: Where, is_there: Callable[[str], bool]
) -> Iterator[PolicyChange]:
    texts = []
    if new.paths and not old.paths:
        texts.append(f"only {', '.join(new.paths)} is looked at, instead of everything")
    if old.paths and not new.paths:
        texts.append(f"the paths are not named any longer: {', '.join(old.paths)}")
    for path in old.paths if new.paths else ():
        if is_there(path) and not any(_is_in(path, one) for one in new.paths):
            texts.append(f"{path} is not among the paths any longer")
    for text in texts:
        yield PolicyChange("paths", text, where("paths"), True)


def _is_in(path: str, folder: str) -> bool:
    return folder in (".", "./", path) or path.startswith(folder.rstrip("/") + "/")


def _strictness(level: str) -> int:
    return STRICTER.index(level or USUAL)


def _levels(old: Configuration, new: Configuration, where: Where) -> Iterator[PolicyChange]:
    if old.fail_on != new.fail_on:
        looser = _strictness(new.fail_on) < _strictness(old.fail_on)
        text = f"fail-on is {new.fail_on or 'not set'} now, and was {old.fail_on or 'not set'}"
        yield PolicyChange("fail-on", text, where("fail-on"), looser)
    if old.release != new.release:
        text = f"the release is {new.release or 'not set'} now, and was {old.release or 'not set'}"
        yield PolicyChange("release", text, where("release"), False)
    if old.alone != new.alone:
        yield PolicyChange("alone", f"alone is {'on' if new.alone else 'off'} now", where("alone"), new.alone)
    for key, before, now in (
        ("strict-waivers", old.strict_waivers, new.strict_waivers),
        ("require-bump", old.require_bump, new.require_bump),
    ):
        if before != now:
            yield PolicyChange(key, f"{key} is {'on' if now else 'off'} now", where(key), before)
