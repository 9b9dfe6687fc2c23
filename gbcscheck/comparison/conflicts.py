"""Which conflicts a change brings, which it ends, and which were there before and still are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from gbcscheck.comparison.parts import Match, slot_of
from gbcscheck.evidence.conflict_values import bounded
from gbcscheck.inputs.cache import key_of
from gbcscheck.model import HOUSE_RULE, STATUSES, Finding, Specification, Statement
from gbcscheck.model.remembered import covers
from gbcscheck.model.rules import is_house_code
from gbcscheck.near_names import plain
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.reading import Reader
from gbcscheck.rules.base import merged, single_findings
from gbcscheck.rules.causes import one_for_each_cause

if TYPE_CHECKING:
    from gbcscheck.rules.base import ReleaseRule


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings with a status, one for each root cause and each fault, in the order of their statuses."""
    order = ("new", "remaining", "fixed", "lost")
    assert set(order) == set(STATUSES)
    return tuple(sorted(one_for_each_cause(merged(findings)), key=lambda finding: order.index(finding.status)))


def single_conflicts(
    old: Catalogue,
    new: Catalogue,
    rules: Sequence[ReleaseRule],
    reader: Reader,
    matches: Sequence[Match],
    renamed: Mapping[str, str] | None = None,
) -> Iterator[Finding]:
    """The findings on both sides one by one, each with its status. ``matches`` says which parts are compared,
    ``renamed`` gives the new names of subjects."""
    before, after = (findings_of(side, rules, reader) for side in (old, new))
    names = {match.before: match.after for match in matches if match.renamed and match.before and match.after}
    known = Counter(_identity(finding, names) for finding in before)
    now = Counter(finding.fingerprint for finding in after)
    newer = _of_newer(after, known, frozenset(match.after for match in matches if match.beside))
    yield from _with_values_before(newer, before, names)
    missing = Absent(new, old, names, renamed or {})
    retired = frozenset(match.before for match in matches if match.retired)
    for finding in _ended(before, now, retired, names):
        gone = missing.behind(finding)
        yield replace(finding, status="lost" if gone else "fixed", gone=gone)


def _identity(finding: Finding, names: Mapping[Specification, Specification]) -> str:
    """The fingerprint of a finding by the names that parts have now."""
    if not any(statement.specification in names for statement in finding.statements):
        return finding.fingerprint
    statements = tuple(
        s._replace(specification=names.get(s.specification, s.specification)) for s in finding.statements
    )
    subjects = {str(one): str(other) for one, other in names.items()}
    return replace(finding, statements=statements, subject=subjects.get(finding.subject, finding.subject)).fingerprint


def _of_newer(
    findings: Sequence[Finding], known: Counter[str], beside: frozenset[Specification | None]
) -> Iterator[Finding]:
    """The findings of the newer side: remaining where the older one has them too, as often. A version beside the one
    that it is compared with may have each once more."""
    left = Counter(known)
    for finding in findings:
        fingerprint = finding.fingerprint
        if any(statement.specification in beside for statement in finding.statements):
            yield replace(finding, status="remaining" if known[fingerprint] else "new")
        elif left[fingerprint] > 0:
            left[fingerprint] -= 1
            yield replace(finding, status="remaining")
        else:
            yield replace(finding, status="new")


def _ended(
    findings: Sequence[Finding],
    now: Counter[str],
    retired: frozenset[Specification | None],
    names: Mapping[Specification, Specification],
) -> Iterator[Finding]:
    """The findings of the older side that the newer one has no more, or less often; of a version that was retired those
    that it has not at all."""
    left = Counter(now)
    for finding in findings:
        fingerprint = _identity(finding, names)
        if any(statement.specification in retired for statement in finding.statements):
            if not now[fingerprint]:
                yield finding
        elif left[fingerprint] > 0:
            left[fingerprint] -= 1
        else:
            yield finding


class Absent:
    """What the newer side does not speak of any more, for telling a conflict that was mended from one that nobody can
    see any longer."""

    def __init__(
        self,
        new: Catalogue,
        old: Catalogue,
        names: Mapping[Specification, Specification],
        renamed: Mapping[str, str],
    ) -> None:
        self._new, self._names, self._renamed = new, names, renamed
        parts = (*new.parts.items(), *new.witnesses.parts.items())
        self._parts = {slot_of(spec) for spec, statements in parts if statements}
        self._links = {link.item for link in old.crosswalk.links} - {link.item for link in new.crosswalk.links}
        self._titles = _titles(old) - _titles(new)
        self._spelt: dict[str, set[tuple[tuple[str, str], str]]] | None = None

    def behind(self, finding: Finding) -> str:
        """What a finding cannot be judged without and that is gone, in a few words; empty where all of it is there."""
        documents = [statement for statement in finding.statements if statement.provenance != HOUSE_RULE]
        for statement in documents:
            if self._slot(statement) not in self._parts:
                return statement.specification.in_words
        for title in (finding.subject, *finding.root):
            if title in self._titles:
                return f'what the crosswalk says of "{title}"'
        for subject in (finding.subject, *(statement.subject for statement in documents)):
            if subject in self._links or subject.rpartition("/")[2] in self._links:
                return f"the link of {subject.rpartition('/')[2]} in the crosswalk"
        if finding.exemplary:
            return ""  # statements that stand for others may go, and the others stay
        # A part that contradicted itself and now says one thing is mended; a side is what one part says.
        sides: dict[tuple[str, str], list[str]] = {}
        for statement in documents:
            sides.setdefault(self._slot(statement), []).append(self._unsaid(statement))
        return next((words[0] for words in sides.values() if all(words)), "")

    def _slot(self, statement: Statement) -> tuple[str, str]:
        spec = statement.specification
        return slot_of(self._names.get(spec, spec))

    def _unsaid(self, statement: Statement) -> str:
        slot, subject = self._slot(statement), statement.subject
        name = self._renamed.get(subject, subject)
        said = (*self._new.about(name), *self._new.witnesses.about(name))
        attributes = {s.attribute for s in said if slot_of(s.specification) == slot}
        if not attributes:
            attributes = {
                attribute for where, attribute in self._by_plain_name().get(plain(subject), ()) if where == slot
            }
        part = str(statement.specification._replace(version=""))
        if not attributes:
            return f"{subject} in {part}"
        return "" if statement.attribute in attributes else f"{statement.attribute} of {subject} in {part}"

    def _by_plain_name(self) -> dict[str, set[tuple[tuple[str, str], str]]]:
        if self._spelt is None:
            self._spelt = {}
            for s in self._new.statements:
                self._spelt.setdefault(plain(s.subject), set()).add((slot_of(s.specification), s.attribute))
        return self._spelt


def _titles(catalogue: Catalogue) -> set[str]:
    crosswalk = catalogue.crosswalk
    groups = (*(one.title for one in crosswalk.lists), *(one.title for one in crosswalk.agreements))
    return {*groups, *(one.title for one in crosswalk.layouts)}


def _with_values_before(
    findings: Iterable[Finding], before: Iterable[Finding], names: Mapping[Specification, Specification]
) -> Iterator[Finding]:
    """The findings, those that remain with the values of the older side where these are other ones: a conflict that is
    now about something else is not what was there."""
    older: dict[str, list[tuple[str, ...]]] = {}
    for finding in before:
        older.setdefault(_identity(finding, names), []).append(finding.values)
    for finding in findings:
        known = older.get(finding.fingerprint, [])
        if finding.status != "remaining" or any(covers(one, finding.values) for one in known):
            yield finding
        else:
            yield replace(finding, was=bounded(value for one in known for value in one))


# --- what is kept ----------------------------------------------------------------------------------------------------


def findings_of(catalogue: Catalogue, rules: Sequence[ReleaseRule], reader: Reader) -> list[Finding]:
    """The findings of some rules on one side, looked for once in all that is the same: in this run, and from the cache
    where they are there. Those of house rules are not kept: a code of theirs may be another rule tomorrow."""
    shipped = [rule for rule in rules if not is_house_code(rule.code)]
    own = [rule for rule in rules if is_house_code(rule.code)]
    found = _kept_findings(catalogue, shipped, reader)
    return [*found, *single_findings(catalogue, own)] if own else found


def _kept_findings(catalogue: Catalogue, rules: Sequence[ReleaseRule], reader: Reader) -> list[Finding]:
    cache, release = reader.cache, catalogue.release
    spoken = (*release.extracts, *release.witnesses)
    # Without a cache nothing is named by its content, which takes time; what is the same in this run is one object.
    contents = (reader.content_of(one) if cache.keeps else str(id(one.rows)) for one in spoken)
    extracts = [(content, repr(replace(one, rows=()))) for one, content in zip(spoken, contents, strict=True)]
    own, codes = sorted(map(str, release.own)), [rule.code for rule in rules]
    key = key_of("findings", repr(extracts), repr(release.crosswalk), repr(own), repr(codes))
    if key in reader.findings:
        return reader.findings[key][1]
    findings = _unpacked(cache.get(key))
    if findings is None:
        findings = list(single_findings(catalogue, rules))
        cache.put(key, [_packed(finding) for finding in findings])
    reader.findings[key] = (spoken, findings)
    return findings


def _packed(finding: Finding) -> list[Any]:
    """A finding as a JSON value: its fields in their order."""
    values = {one.name: getattr(finding, one.name) for one in fields(finding)}
    values["statements"] = [
        [s.subject, s.attribute, [s.specification.name, s.specification.version, s.specification.part], *s[3:]]
        for s in finding.statements
    ]
    return list(values.values())


def _unpacked(value: Any) -> list[Finding] | None:
    """Findings from what was kept; None where it is not of the expected shape."""
    try:
        return None if value is None else [_finding(entry) for entry in value]
    except (TypeError, ValueError, KeyError, IndexError):
        return None


def _finding(entry: Any) -> Finding:
    values = dict(zip((one.name for one in fields(Finding)), entry, strict=True))
    values["statements"] = tuple(
        Statement(subject, attribute, Specification(*specification), *rest)
        for subject, attribute, specification, *rest in values["statements"]
    )
    values["lacks"] = tuple(map(tuple, values["lacks"]))
    lists = ("meanings", "root", "also", "releases", "differing", "values", "was", "names", "absent_from", "seen_as")
    for name in lists:
        values[name] = tuple(values[name])
    return Finding(**values)
