"""The report as Markdown, for a comment on a change: a summary, what breaks, what is new, and the rest folded away.

A comment of GitHub takes 65,536 characters. What does not fit is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from gbcscheck.model import SEVERITIES
from gbcscheck.report import CATEGORY, Report, problem_and_detail
from gbcscheck.report.entries import Entry, Side, entries, shortened
from gbcscheck.report.layout import clean
from gbcscheck.report.quotation import own_words

MOST = 64_000
"""Characters of the whole text; GitHub takes 65,536, GitLab many more."""
KEPT = 2_000
"""Of these, what is kept free for the ends of sections and the sentence on what is left out."""
MARKER = "<!-- gbcscheck -->"
"""The first line, by which a program finds the comment that it has to bring up to date; with the category of the run
where that is not the usual one."""
MOST_LINES = 20
"""Problems and warnings that are named; more are counted."""
MOST_SIDES = 6
SIGNS = "&<>\\`*_[]|~#$@"
"""What Markdown could take for markup, a tag or a mention."""


def render_markdown(report: Report) -> str:
    """The report in at most MOST characters, whatever its size."""
    found = entries(report)
    marker = MARKER if report.category == CATEGORY else f"<!-- gbcscheck {report.category} -->"
    parts = [marker, f"## {_title(report, found)}", *_preface(report)]
    text = "\n\n".join(parts) + "\n"
    left = 0
    for heading, opened, group in _sections(found):
        section, missing = _section(heading, group, opened=opened, room=MOST - KEPT - len(text))
        text += section
        left += missing
    if left:
        text += f"\n**{left:,} more {'is' if left == 1 else 'are'} not shown here**: a comment takes no more. "
        text += "The JSON report lists everything.\n"
    return text


def _title(report: Report, found: Sequence[Entry]) -> str:
    """What counts, and after a comparison what is new of it."""
    fresh = Counter(one.severity for one in report.standing() if not report.base or one.status == "new")
    verdicts = Counter(change.verdict for change in report.changes if not change.waived)
    words = [
        _plural(verdicts[verdict], f"{verdict} change") for verdict in ("breaking", "unknown") if verdicts[verdict]
    ]
    words.extend(_plural(fresh[severity], severity) for severity in SEVERITIES if fresh[severity])
    if not words and report.changes:
        words = [f"{_plural(len(report.changes), 'change')}, none that counts as breaking"]
    nothing = "nothing new" if report.base else "nothing that counts"
    return f"gbcscheck: {', '.join(words) or (nothing if found else 'nothing that conflicts')}"


def _preface(report: Report) -> Iterable[str]:
    """What was looked at, and what was not as it should be."""
    told = [f"compared with {_code(report.base)}"] if report.base else []
    told.append(f"{_plural(report.statements, 'statement')} on {_plural(report.subjects, 'subject')}")
    if report.base:
        statuses = Counter(finding.status for finding in report.findings if not finding.waived)
        told.append(f"{_plural(statuses['new'], 'finding')} new")
        told.extend((f"{statuses['fixed']:,} fixed", f"{statuses['remaining']:,} as before"))
    if report.waived():
        told.append(f"{report.waived():,} waived")
    yield ", ".join(told) + "."
    if report.note:
        yield _plain(shortened(clean(report.note), 600))
    warnings = [f"{use.waiver.where}: {use.warning}" for use in report.waivers if use.warning]
    problems = [f"{problem.where}: {problem_and_detail(problem)[0]}" for problem in report.problems]
    for title, lines in (("could not be read", problems), ("waivers", warnings)):
        if lines:
            shown = [f"* {_plain(shortened(clean(line), 300))}" for line in lines[:MOST_LINES]]
            shown.extend([f"* and {len(lines) - MOST_LINES:,} more"] if len(lines) > MOST_LINES else [])
            yield "\n".join((f"**{title}**", "", *shown))


# --- sections --------------------------------------------------------------------------------------------------------


def _sections(found: Sequence[Entry]) -> Iterable[tuple[str, bool, list[Entry]]]:
    """Heading, whether it is open, and entries of each section that has any; what counts most comes first."""
    standing = [entry for entry in found if entry.counts]
    fresh = [entry for entry in standing if entry.status != "remaining"]
    sections = (
        ("Errors", True, [entry for entry in fresh if entry.severity == "error"]),
        ("Warnings", True, [entry for entry in fresh if entry.severity == "warning"]),
        ("Not new", False, [entry for entry in standing if entry.status == "remaining" and entry.severity != "note"]),
        ("Fixed", False, [entry for entry in found if entry.status == "fixed"]),
        ("Waived", False, [entry for entry in found if entry.waived]),
        ("Notes", False, [entry for entry in standing if entry.severity == "note"]),
    )
    return (section for section in sections if section[2])


def _section(heading: str, group: Sequence[Entry], *, opened: bool, room: int) -> tuple[str, int]:
    """A section as far as there is room for it, and how many of its entries are not in it."""
    title = f"{heading} ({len(group):,})"
    head = f"\n### {title}\n\n" if opened else f"\n<details><summary>{title}</summary>\n\n"
    head += "| what | where | and |\n|---|---|---|\n"
    foot = "" if opened else "\n</details>\n"
    rows: list[str] = []
    taken = len(head) + len(foot)
    for entry in group:
        row = _row(entry)
        taken += len(row)
        if taken > room:
            break
        rows.append(row)
    return (head + "".join(rows) + foot if rows else ""), len(group) - len(rows)


def _row(entry: Entry) -> str:
    """What of which item; the side to point at; the other sides and a value that shows the clash."""
    what = [f"**{_plain(entry.rule)}** {_plain(shortened(entry.message, 300))}", _code(shortened(entry.subject))]
    if entry.witness:
        what.append(_plain(f"witness: {shortened(clean(entry.witness), 300)}"))
    for word, text in (("why", entry.why), ("help", entry.suggestion), ("waived", entry.waived)):
        if text:
            what.append(_plain(f"{word}: {shortened(clean(text), 300)}"))
    what.append(f"<sub>{entry.fingerprint}</sub>")
    first, *others = [_side(side) for side in entry.sides[:MOST_SIDES]] or [""]
    if len(entry.sides) > MOST_SIDES:
        others.append(f"and {len(entry.sides) - MOST_SIDES} more statements")
    return f"| {'<br>'.join(what)} | {first} | {'<br>'.join(others)} |\n"


def _side(side: Side) -> str:
    place = _code(shortened(clean(str(side.place))))
    words = _code(shortened(own_words(side.statement)))
    return f"{place}<br>{_plain(shortened(side.document))}<br>{words} {_plain(side.means)}"


# --- text ------------------------------------------------------------------------------------------------------------


def _plain(text: str) -> str:
    """A text that Markdown leaves as it is, also in a table: no markup, no tags, nobody mentioned."""
    line = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for sign in "\\`*_[]|~#$":
        line = line.replace(sign, f"\\{sign}")
    return line.replace("@", "@<!-- -->")


def _code(text: str) -> str:
    """A text as code, also in a table, whatever back quotes and bars it holds."""
    line = " ".join(text.split())
    if "|" in line or "`" in line:
        # A bar ends a cell even inside code, unless a backslash stands before it; numbers of characters always do.
        return f"<code>{''.join(f'&#{ord(sign)};' if sign in SIGNS else sign for sign in line)}</code>"
    return f"`{line}`" if line else ""


def _plural(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
