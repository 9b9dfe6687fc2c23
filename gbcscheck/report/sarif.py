"""The report as SARIF 2.1.0, for code scanning and editors: every finding and change with all its sides.

What a waiver lets pass is there with its reason in ``suppressions``, except in the plain form. Suggestions are told in
the message: they are sentences, and not edits that a program could make. ``fixes`` are those that were found to settle
a finding, where a run has looked for them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from gbcscheck.model import Place
from gbcscheck.model.rules import Rule
from gbcscheck.printable import clean, json_text
from gbcscheck.report import Report, problem_and_detail
from gbcscheck.report.coverage import clear_verdict, files_words, table_text
from gbcscheck.report.coverage_json import coverage_summary
from gbcscheck.report.entries import Entry, PlacedStatement, entries, labels, paragraphs, shortened
from gbcscheck.report.home_page import home_page
from gbcscheck.report.judged import looked_at
from gbcscheck.version import __version__

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
ROOT = "%SRCROOT%"
PACKAGE = f"pkg:generic/gbcscheck@{quote(__version__, safe='.')}"
"""The program as a package URL (ECMA-427), which names it where nothing is known that has an address."""
MOST_RESULTS = 25_000
"""Code scanning takes no more results of a run (GitHub's page on SARIF support)."""
SHOWN_RESULTS = 5_000
"""Of these it keeps this many."""
MOST_LOCATIONS = 100
"""Related locations of one result; code scanning shows no more."""
STATES = {"new": "new", "remaining": "unchanged", "fixed": "absent", "lost": "absent"}
"""``baselineState`` by status."""

Fixes = Mapping[str, Sequence[Mapping[str, Any]]]
"""The ``fix`` objects of findings, by the fingerprints of these."""
NO_FIXES: Fixes = {}


def render_sarif(report: Report, *, plain: bool = False, fixes: Fixes = NO_FIXES) -> str:
    """The report as a SARIF log of one run; ``plain`` leaves out what is waived or fixed. ``fixes`` are those of the
    findings, by their fingerprints."""
    rules = list(labels(report))
    found = [entry for entry in entries(report) if entry.counts or not plain]
    index = {rule.code: number for number, rule in enumerate(rules)}
    run = {
        "tool": {"driver": _driver(rules)},
        "automationDetails": {"id": f"{report.category}/"},
        **_version_control(report),
        "invocations": [_invocation(report, len(found))],
        "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the repository."}}},
        "columnKind": "unicodeCodePoints",
        "properties": _properties(report),
    }
    head = json_text(run, indent=1)[:-2]
    # Each result is made into text by itself: as values, many thousands of them would fill the memory.
    results = ",\n".join(json_text(_result(entry, index[entry.rule], fixes)) for entry in found[:MOST_RESULTS])
    return (
        f'{{\n"$schema": "{SCHEMA}",\n"version": "2.1.0",\n"runs": [\n{head},\n "results": [\n{results}\n]}}\n]\n}}\n'
    )


def _version_control(report: Report) -> dict[str, Any]:
    """The repository and its commit; nothing where the run looked at none."""
    origin = report.version_control
    if origin is None:
        return {}
    known = {"repositoryUri": origin.repository, "revisionId": origin.revision, "branch": origin.branch}
    details: dict[str, Any] = {key: value for key, value in known.items() if value}
    return {"versionControlProvenance": [{**details, "mappedTo": {"uriBaseId": ROOT}}]}


def _driver(rules: list[Rule]) -> dict[str, Any]:
    return {
        "name": "gbcscheck",
        "fullName": f"gbcscheck {__version__}",
        "informationUri": home_page() or PACKAGE,
        "version": __version__,
        "semanticVersion": __version__,
        "shortDescription": {"text": "Cross-checks the GB smart metering specifications."},
        "rules": [_rule(rule) for rule in rules],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    question = clean(rule.question) or f"{rule.name}."
    text = f"{question}\n\n{clean(rule.text)}".strip()
    return {
        "id": rule.code,
        "name": _pascal(rule.name),
        "shortDescription": {"text": question},
        "fullDescription": {"text": question},
        "help": {"text": text, "markdown": f"**{rule.code} {rule.name}**\n\n{text}"},
        "defaultConfiguration": {"level": rule.severity},
        "properties": {"tags": [rule.kind], "precision": "high"},
    }


def _pascal(name: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in name.replace("/", "-").split("-"))


def _properties(report: Report) -> dict[str, Any]:
    specifications = [clean(str(specification)) for specification in report.specifications]
    told = {"release": report.release, "base": report.base, "note": report.note, "configuration": report.configuration}
    coverage = {"coverage": coverage_summary(report.coverage)} if report.coverage is not None else {}
    return {**{key: clean(value) for key, value in told.items() if value}, "specifications": specifications, **coverage}


# --- what was not as it should be ------------------------------------------------------------------------------------


def _invocation(report: Report, number: int) -> dict[str, Any]:
    return {
        "executionSuccessful": not (report.problems or report.is_uncompared),
        "toolExecutionNotifications": [
            *(
                _notification("warning" if one.loosens else "note", clean(f"{one.where}: {one}"))
                for one in report.policy
            ),
            *(_notification("error", text) for text in _problems(report)),
            *(_notification("warning", clean(f"{use.waiver.where}: {use.warning}")) for use in _warnings(report)),
            *_coverage(report),
            *(_notification("note", _plain(text)) for text in looked_at(report)),
            *_cut(number),
        ],
    }


def _problems(report: Report) -> Iterator[str]:
    for problem in report.problems:
        text, detail = problem_and_detail(problem)
        head = f"{problem.where}: {text}" if problem.where else text
        yield clean(f"{head}\n{detail}".strip())
    if report.is_uncompared:
        yield clean(clear_verdict(report))


def _warnings(report: Report) -> Iterator[Any]:
    return (use for use in report.waivers if use.warning)


def _coverage(report: Report) -> Iterator[dict[str, Any]]:
    """What was looked at of each table of the user's own, at its file: a warning where that makes the run fail."""
    coverage = report.coverage
    if coverage is None:
        return
    for table in coverage.tables:
        level = "warning" if report.strict and not table.is_whole else "note"
        told = _notification(level, _plain(f"{table.path}\n{table_text(coverage, table)}"))
        yield {**told, "locations": [{"physicalLocation": {"artifactLocation": artifact(table.path)}}]}
    if coverage.not_read:
        yield _notification("warning" if report.strict else "note", _plain(files_words(coverage)))


def _cut(number: int) -> Iterator[dict[str, Any]]:
    """What is said of more results than code scanning takes."""
    if number > MOST_RESULTS:
        left = number - MOST_RESULTS
        yield _notification(
            "warning",
            f"There are {number:,} results; the {MOST_RESULTS:,} most severe stand here, and {left:,} are left out. "
            "The JSON report has them all.",
        )
    if number > SHOWN_RESULTS:
        yield _notification(
            "note", f"Code scanning shows {SHOWN_RESULTS:,} results of a run; the most severe stand first."
        )


def _notification(level: str, text: str) -> dict[str, Any]:
    return {"level": level, "message": {"text": text}}


# --- results ---------------------------------------------------------------------------------------------------------


def _result(entry: Entry, rule: int, fixes: Fixes) -> dict[str, Any]:
    related = entry.sides[1 : MOST_LOCATIONS + 1]
    result: dict[str, Any] = {
        "ruleId": entry.rule,
        "ruleIndex": rule,
        "level": entry.severity,
        "message": {"text": _message(entry, related)},
        "locations": [_location(side.place, entry.subject, side) for side in entry.sides[:1]],
        "relatedLocations": [
            {"id": number, **_location(side.place, entry.subject, side), "message": {"text": _told(side)}}
            for number, side in enumerate(related, 1)
        ],
        "partialFingerprints": {"gbcscheck/v1": entry.fingerprint},
    }
    if entry.waived:
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": clean(entry.waived)}]
    if entry.fingerprint in fixes:
        result["fixes"] = fixes[entry.fingerprint]
    if entry.status:
        result["baselineState"] = "updated" if entry.was else STATES[entry.status]
    named = {"subject": entry.subject, "witness": entry.witness, "suggestion": entry.suggestion, "also": entry.also}
    named |= {"status": "lost" if entry.status == "lost" else "", "releases": entry.releases}
    result["properties"] = {key: value for key, value in named.items() if value}
    return result


def _message(entry: Entry, related: tuple[PlacedStatement, ...]) -> str:
    """What, of which item, every side (those that are related locations as links), and what else is told."""
    message = _plain(entry.message)
    lines = [f"{message[:1].upper()}{message[1:]}: {_plain(entry.subject)}."]
    lines.extend(_plain(_told(side)) for side in entry.sides[:1])
    lines.extend(
        f"[{_link(side.document)}]({number}): {_plain(side.wording)}" for number, side in enumerate(related, 1)
    )
    if len(entry.sides) > len(related) + 1:
        lines.append(f"And {len(entry.sides) - len(related) - 1:,} more statements.")
    lines.extend(f"{word.capitalize()}: {_plain(shortened(text, 600))}" for word, text in paragraphs(entry))
    return "\n".join(lines)


def _told(side: PlacedStatement) -> str:
    return f"{side.document}: {side.wording}"


def _plain(text: str) -> str:
    """A text in which nothing can be taken for a link (SARIF 2.1.0, 3.11.6)."""
    return clean(text).replace("](", "] (")


def _link(text: str) -> str:
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def _location(place: Place, subject: str, side: PlacedStatement) -> dict[str, Any]:
    """A place as a file with a region where it is a line, and by name: the cell or the pointer that the source cites,
    and the subject."""
    physical: dict[str, Any] = {"artifactLocation": artifact(place.path)}
    if place.line is not None:
        physical["region"] = {"startLine": place.line}
    names = []
    for one in (place, side.statement.place):
        if _within(one) and (named := _logical(one)) not in names:
            names.append(named)
    names.append({"fullyQualifiedName": clean(side.statement.subject or subject), "kind": "subject"})
    return {"physicalLocation": physical, "logicalLocations": names}


def _within(place: Place) -> bool:
    return place.cell is not None or place.pointer is not None or place.offset is not None or place.clause is not None


def _logical(place: Place) -> dict[str, Any]:
    if place.cell is not None:
        name, kind = place.cell_words, "cell"
    elif place.pointer is not None:
        name, kind = place.pointer, "pointer"
    elif place.clause is not None:
        name, kind = place.clause_words, "clause"
    else:
        name, kind = f"octets {place.offset}+{place.length or 0}", "octets"
    return {"name": clean(name), "fullyQualifiedName": clean(f"{place.path}#{name}"), "kind": kind}


def artifact(path: str) -> dict[str, str]:
    """A path as a percent-encoded URI: relative to the root of the repository, or of its own where it is absolute or
    leads out of it."""
    try:
        octets = path.replace(os.sep, "/").encode("utf-8", errors="surrogateescape")
    except UnicodeEncodeError:  # no name of a file: half a character that a document holds
        octets = path.encode("utf-8", errors="replace")
    uri = quote(octets, safe="/")
    if uri.startswith("/"):
        return {"uri": f"file://{uri}"}
    if uri.startswith("../"):
        return {"uri": uri}
    return {"uri": uri, "uriBaseId": ROOT}
