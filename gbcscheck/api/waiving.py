"""Waivers and baselines written: what lets findings pass, found by a check or in a report, as a configuration holds it.

Nothing is written here: each function gives what is to stand in which file, and what to say of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from gbcscheck.api.checking import Progress, check_scope
from gbcscheck.errors import UnreadableSource, UsageError
from gbcscheck.evidence.conflict_values import bounded
from gbcscheck.model.waivers import Waiver
from gbcscheck.policy.configuration import BASELINE, Configuration, find_configuration, home_of_configuration
from gbcscheck.policy.scope import Scope, configuration_of, waivable_rules
from gbcscheck.policy.waiver_reader import FINGERPRINT
from gbcscheck.policy.waivers import today
from gbcscheck.printable import escaped
from gbcscheck.wildcards import refusal


class Entered(NamedTuple):
    """What is to stand in a file, None where it stays as it is, and what to say of it."""

    path: Path
    content: bytes | None
    message: str


def target_of(config: Path | None, *, allow_outside: bool = False) -> Path:
    """The configuration to add to: the one that is named, the one that is found, or the one to make."""
    found = config or find_configuration(Path(), allow_outside=allow_outside)
    return found or home_of_configuration(Path())


def entered_waiver(
    waiver: Waiver,
    paths: Sequence[str],
    progress: Progress,
    *,
    release: str | None = None,
    report: Path | None = None,
    config: Path | None = None,
    allow_outside: bool = False,
) -> Entered:
    """A waiver added to the configuration. One with a fingerprint gets the values that it lets pass: those of a JSON
    ``report``, else what a check of ``paths`` (or what the configuration names) finds.

    UsageError for a waiver that can hold for nothing; errors as ``load_configuration`` and ``check_scope`` raise them.
    """
    wanted, last = waiver.fingerprint.casefold(), waiver.expires
    if wanted and not FINGERPRINT.fullmatch(wanted):
        raise UsageError(f'"{waiver.fingerprint}" is no fingerprint; 16 hexadecimal digits were expected')
    if not (wanted or waiver.rule or waiver.subject or waiver.parties or waiver.file):
        raise UsageError("nothing to waive is named; a fingerprint, --rule, --subject, --party or --file was expected")
    if not waiver.reason.strip():
        raise UsageError("--reason is empty; somebody will want to know why")
    if waiver.file and (why := refusal(waiver.file)):
        raise UsageError(f'--file "{waiver.file}" is no pattern: {why}')
    if last and last < today():
        raise UsageError(f"--expires {last} is over already")
    _refuse_unknown(waiver.rule)
    path = target_of(config, allow_outside=allow_outside)
    there = path.exists() or (path.parent / BASELINE).exists()
    configuration = configuration_of(path, allow_outside=allow_outside) if there else Configuration()
    waiver = replace(waiver, reason=waiver.reason.strip(), fingerprint=wanted)
    told = ""
    if wanted:
        scope = Scope.of(configuration, paths, release, allow_outside=allow_outside)
        found = _in_report(report, wanted) if report else _by_check(scope, configuration, wanted, progress)
        if found is not None:
            waiver = replace(
                waiver, rule=waiver.rule or found.rule, subject=waiver.subject or found.subject, values=found.values
            )
        told = _told(found, report)
    for other in configuration.waivers:
        same = other.lets_pass(waiver) or (wanted and other.lets_pass(Waiver("", fingerprint=wanted)))
        if same and not other.is_old and not other.has_expired(today()):
            return Entered(path, None, f"{escaped(other.where)}: there is this waiver already")
    from gbcscheck.policy.waiver_entries import with_entries

    message = f"{path}: {waiver.named} is waived{f' until {last}' if last else ''}{told}"
    return Entered(path, with_entries(path, [waiver]), escaped(message))


class _Found(NamedTuple):
    """What a fingerprint is that of."""

    rule: str
    subject: str
    values: tuple[str, ...]


def _told(found: _Found | None, report: Path | None) -> str:
    """What is said of the values that a waiver remembers."""
    if found is None:
        where = f"in {report}" if report else "by check"
        return f", whatever the values are: it is not found {where}"
    return f", with the values {', '.join(found.values)}" if found.values else ""


def _by_check(scope: Scope, configuration: Configuration, fingerprint: str, progress: Progress) -> _Found | None:
    """The finding of a fingerprint as ``check`` finds it; None where it does not."""
    try:
        findings = check_scope(scope, configuration, progress).findings
    except UnreadableSource:
        return None
    every = (one for finding in findings for one in (finding, *finding.seen_as))
    return _one([_Found(one.rule, one.subject, one.values) for one in every if one.fingerprint == fingerprint])


def _in_report(report: Path, fingerprint: str) -> _Found | None:
    """The finding or the change of a fingerprint in a JSON report; None where it has none of it.

    Raises UnreadableSource or InvalidExtract for a file that is none.
    """
    from gbcscheck.inputs.json_values import load_json

    document = load_json(report)
    if not isinstance(document, dict) or not isinstance(document.get("findings"), list):
        raise UnreadableSource("this is no JSON report of gbcscheck: it has no findings", where=str(report))
    changes = document.get("changes")
    found = [*document["findings"], *(changes if isinstance(changes, list) else ())]
    listed = (one.get("seen_as") for one in found if isinstance(one, dict))
    entries = [*found, *(one for seen in listed if isinstance(seen, list) for one in seen)]
    return _one(
        [
            _Found(
                str(entry["rule"] if "rule" in entry else f"change/{entry.get('change')}"),
                str(entry.get("subject", "")),
                tuple(map(str, entry["values"])) if isinstance(entry.get("values"), list) else (),
            )
            for entry in entries
            if isinstance(entry, dict) and entry.get("fingerprint") == fingerprint
        ]
    )


def _one(found: Sequence[_Found]) -> _Found | None:
    """All of one fingerprint as one, with the values of each."""
    return found[0]._replace(values=bounded(value for one in found for value in one.values)) if found else None


def _refuse_unknown(rule: str) -> None:
    names = waivable_rules()
    if rule and rule.casefold() not in {name.casefold() for name in names}:
        from gbcscheck.near_names import unknown

        raise UsageError(unknown("rule", rule, names))
