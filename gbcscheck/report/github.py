"""Annotations of GitHub Actions: workflow commands that put errors and warnings beside the lines of a change.

GitHub shows ten errors, ten warnings and ten notices of a step. The worst come first; what is not shown is told.
"""

from __future__ import annotations

from collections.abc import Sequence

from gbcscheck.model import Place
from gbcscheck.printable import clean
from gbcscheck.report import Report
from gbcscheck.report.entries import Entry, entries, paragraphs, shortened
from gbcscheck.report.judged import clear_of, looked_at

MOST = 10
"""Annotations of each kind that GitHub shows of one step."""
LONGEST = 900
"""Characters of a message; GitHub cuts longer ones by itself."""


def render_github(report: Report) -> str:
    """An annotation for each error and warning that counts, at most ten of a kind, and one notice that sums up.

    Where two versions were compared, only what is new is annotated. Notes and the rest are counted in the notice.
    """
    found = entries(report)
    standing = [entry for entry in found if entry.counts]
    lost = sum(entry.status == "lost" for entry in found)
    told = [entry for entry in standing if entry.severity != "note" and entry.is_fresh]
    lines = [_of_place(level, text, place) for level, text, place in _of_the_run(report)]
    shown: list[Entry] = []
    for level in ("error", "warning"):
        taken = sum(line.startswith(f"::{level} ") for line in lines)
        shown.extend([entry for entry in told if entry.severity == level][: max(0, MOST - taken)])
    lines.extend(_annotation(entry) for entry in shown)
    if standing or report.waived() or lost or report.files:
        lines.append(_command("notice", _summary(report, standing, told, shown, lost)))
    return "".join(f"{line}\n" for line in lines)


def _annotation(entry: Entry) -> str:
    lines = [f"{entry.message}: {entry.subject}"]
    lines.extend(f"{side.place}: {side.document}: {side.wording}" for side in entry.sides[:4])
    if len(entry.sides) > 4:
        lines.append(f"and {len(entry.sides) - 4} more statements")
    lines.extend(f"{word}: {text}" for word, text in paragraphs(entry))
    lines.append(f"fingerprint: {entry.fingerprint}")
    place = entry.sides[0].place if entry.sides else None
    text = "\n".join(shortened(clean(line), LONGEST) for line in lines)
    return _command(
        entry.severity,
        text,
        file=place.path if place else "",
        line=place.line if place else None,
        title=f"{entry.rule} {entry.name}" if entry.name not in entry.rule else entry.rule,
    )


def _of_place(level: str, text: str, place: Place | None) -> str:
    return _command(level, text, file=place.path if place else "", line=place.line if place else None)


def _of_the_run(report: Report) -> list[tuple[str, str, Place | None]]:
    """What could not be read, with its place in the repository, and what has to be said of waivers."""
    problems = [("error", str(problem), report.problem_places.get(problem.where)) for problem in report.problems[:MOST]]
    loosened = [f"{one.where}: {one}" for one in report.policy if one.loosens]
    if len(loosened) > MOST // 2:
        loosened = [*loosened[: MOST // 2 - 1], f"and {len(loosened) - MOST // 2 + 1:,} more changes of the policy"]
    policy = [("warning", text, None) for text in loosened]
    warnings = [("warning", f"{use.waiver.where}: {use.warning}", None) for use in report.waivers if use.warning]
    return [*policy, *problems, *warnings[: MOST // 2]]


def _summary(
    report: Report, standing: Sequence[Entry], told: Sequence[Entry], shown: Sequence[Entry], lost: int
) -> str:
    numbers = [(sum(entry.severity == level for entry in standing), level) for level in ("error", "warning", "note")]
    parts = [f"{number:,} {level}{'s' if number != 1 else ''}" for number, level in numbers if number]
    remaining = sum(not entry.is_fresh for entry in standing)
    if remaining:
        parts.append(f"{remaining:,} of them not new")
    if report.waived():
        parts.append(f"{report.waived():,} waived")
    if lost:
        parts.append(f"{lost:,} lost: not judged any more")
    lines = [", ".join(parts) or clear_of(report), *looked_at(report)]
    left = [entry for entry in told if entry not in shown]
    if left:
        lines.append(f"{len(left):,} are not annotated, since GitHub shows {MOST} of a kind; the first of them:")
        lines.extend(f"{entry.severity}[{entry.rule}] {entry.subject}: {entry.message}" for entry in left[:MOST])
    return "\n".join(lines)


def _command(level: str, text: str, *, file: str = "", line: int | None = None, title: str = "gbcscheck") -> str:
    members = {"file": file, "line": str(line) if line is not None else "", "title": title}
    properties = ",".join(f"{key}={_property(clean(value))}" for key, value in members.items() if value)
    return f"::{level} {properties}::{_data(clean(text))}"


def _data(text: str) -> str:
    """The message of a workflow command, escaped as the runner unescapes it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """A property of a workflow command."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
