"""The report as Markdown, for a comment on a change: a summary, what breaks, what is new, and the rest folded away.

A comment of GitHub takes 65,536 characters. What does not fit is counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from gbcscheck.model import SEVERITIES
from gbcscheck.printable import one_line
from gbcscheck.report import CATEGORY, Report, in_releases, problem_and_detail
from gbcscheck.report.coverage import clear_verdict, counted, files_words, table_rows
from gbcscheck.report.entries import Entry, PlacedStatement, entries, shortened
from gbcscheck.report.judged import clear_of, looked_at
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
MOST_SKIPPED = 5
"""The same of files that were not looked at."""
LONGEST_LINE = 1_000
"""Characters of what is told of one table of a user's own."""
MOST_SIDES = 6
MARKUP = "\\`*_[]|~#$"
"""What Markdown could take for markup where it stands in the text."""
SIGNS = "&<>\\`*_[]|~#$@!%^:/."
"""The same where HTML stands, and what addresses, mentions and references are made of."""
LINKING = "@#!%^:/."
PROSE = re.compile(
    r"""[("'“‘]*(?:(?![0-9a-f]{7,}\b)(?:[^\W_]+(?:['’/-][^\W\d_]+)*|\d{1,3}(?:[.,:]\d{1,4})*)"""
    r"""(?:\.(?:json|csv|xlsx|xsd|toml))?)[%)"'”’.,;:?!…]*|[-–—=+/|…<>≤≥×·&]{1,2}""",
    re.IGNORECASE,
)
"""A word of which no site makes anything: letters and digits, a number, a file, a sign. Others may be an address, with
or without a scheme, an issue (``#12``, ``GH-12``), a commit (seven or more hexadecimal digits), somebody's name, an
emoji (``:name:``), a command (``/close``)."""


LISTED = re.compile(r"^(\d*)([-+=.)])(?=[-+=.)\s]|$)")
"""How a line begins that is taken for an item of a list, or for what underlines a heading."""


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
    fresh = Counter(one.severity for one in report.standing() if not report.base or one.is_fresh)
    verdicts = Counter(
        change.verdict
        for change in report.changes
        if not change.waived and (change.verdict != "breaking" or change.severity == "error")
    )
    words = [
        _plural(verdicts[verdict], f"{verdict} change") for verdict in ("breaking", "unknown") if verdicts[verdict]
    ]
    words.extend(_plural(fresh[severity], severity) for severity in SEVERITIES if fresh[severity])
    if not words and report.changes:
        words = [f"{_plural(len(report.changes), 'change')}, none that counts as breaking"]
    nothing = "nothing new" if report.base else "nothing that counts"
    clear = "nothing was compared" if report.is_uncompared else clear_of(report) or "nothing that conflicts"
    return f"gbcscheck: {', '.join(words) or (nothing if found else clear)}"


def _preface(report: Report) -> Iterable[str]:
    """What was looked at, and what was not as it should be."""
    if report.is_uncompared:
        yield _plain(shortened(one_line(clear_verdict(report)), 600))
    yield from _looked_at(report)
    if report.policy:
        yield _listed("policy that this change brings itself", [f"{one.where}: {one}" for one in report.policy])
    told = [f"compared with {_code(report.base)}"] if report.base else []
    told.append(f"{_plural(report.statements, 'statement')} on {_plural(report.subjects, 'subject')}")
    if report.base:
        statuses = Counter(finding.status for finding in report.findings if not finding.waived)
        told.append(f"{_plural(statuses['new'], 'finding')} new")
        others = sum(finding.status == "remaining" and finding.is_fresh for finding in report.standing())
        told.extend([f"{others:,} with other values"] if others else [])
        told.extend((f"{statuses['fixed']:,} fixed", f"{statuses['remaining'] - others:,} as before"))
        told.extend([f"{statuses['lost']:,} lost"] if statuses["lost"] else [])
    if report.waived():
        told.append(f"{report.waived():,} waived")
    if report.configuration:
        told.append(f"policy of {_code(report.configuration)}")
    yield ", ".join(told) + "."
    if report.note:
        yield _plain(shortened(one_line(report.note), 600))
    warnings = [f"{use.waiver.where}: {use.warning}" for use in report.waivers if use.warning]
    problems = [f"{problem.where}: {problem_and_detail(problem)[0]}" for problem in report.problems]
    for title, lines in (("could not be read", problems), ("waivers", warnings)):
        if lines:
            yield _listed(title, lines)
    if report.skipped:
        yield _listed("not looked at", report.skipped, most=MOST_SKIPPED)


def _looked_at(report: Report) -> Iterable[str]:
    """What was looked at of a user's own files, a line for each table, or of the files of devices."""
    coverage = report.coverage
    if coverage is None:
        if report.files:
            yield _listed("what was looked at", looked_at(report))
        return
    lines = [
        f"{table.path}: {'; '.join(f'{name} {text}' for name, text in table_rows(coverage, table))}"
        for table in coverage.tables[:MOST_LINES]
    ]
    left = len(coverage.tables) - len(lines)
    lines.extend([f"and {counted(left, 'more table')}"] if left else [])
    lines.extend([files_words(coverage)] if coverage.not_read else [])
    yield _listed("what was looked at", lines, most=len(lines), longest=LONGEST_LINE)


def _listed(title: str, lines: Sequence[str], *, most: int = MOST_LINES, longest: int = 300) -> str:
    """Some lines below a title; more than ``most`` are counted, and of each the first signs are shown."""
    shown = [f"* {_plain(shortened(one_line(line), longest))}" for line in lines[:most]]
    shown.extend([f"* and {len(lines) - most:,} more"] if len(lines) > most else [])
    return "\n".join((f"**{title}**", "", *shown))


# --- sections --------------------------------------------------------------------------------------------------------


def _sections(found: Sequence[Entry]) -> Iterable[tuple[str, bool, list[Entry]]]:
    """Heading, whether it is open, and entries of each section that has any; what counts most comes first."""
    standing = [entry for entry in found if entry.counts]
    fresh = [entry for entry in standing if entry.is_fresh]
    sections = (
        ("Errors", True, [entry for entry in fresh if entry.severity == "error"]),
        ("Warnings", True, [entry for entry in fresh if entry.severity == "warning"]),
        ("Not new", False, [entry for entry in standing if not entry.is_fresh and entry.severity != "note"]),
        ("Lost: not judged any more", False, [entry for entry in found if entry.status == "lost"]),
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
    what = [
        f"**{_plain(entry.rule)}** {_plain(shortened(one_line(entry.message), 300))}",
        _code(shortened(one_line(entry.subject))),
    ]
    if entry.witness:
        what.append(_plain(f"witness: {shortened(one_line(entry.witness), 300)}"))
    told = (
        ("other values than before", entry.was),
        ("why", entry.why),
        ("also seen as", entry.seen_as),
        ("in", in_releases(entry.releases)),
        ("help", entry.suggestion),
        ("waived", entry.waived),
    )
    for word, text in told:
        if text:
            what.append(_plain(f"{word}: {shortened(one_line(text), 300)}"))
    what.append(f"<sub>{entry.fingerprint}</sub>")
    first, *others = [_side(side) for side in entry.sides[:MOST_SIDES]] or [""]
    if len(entry.sides) > MOST_SIDES:
        others.append(f"and {len(entry.sides) - MOST_SIDES} more statements")
    return f"| {'<br>'.join(what)} | {first} | {'<br>'.join(others)} |\n"


def _side(side: PlacedStatement) -> str:
    place = _code(shortened(one_line(str(side.place))))
    words = _code(shortened(own_words(side.statement)))
    return f"{place}<br>{_plain(shortened(side.document))}<br>{words} {_plain(side.means)}"


# --- text ------------------------------------------------------------------------------------------------------------


def _plain(text: str) -> str:
    """A text that Markdown leaves as it is, also in a table: no markup, no tags, no links, nobody mentioned.

    Words that a site could make a link of are set as code, in which none does.
    """
    words = one_line(text).split()
    line = " ".join(
        " ".join(map(_escaped, group)) if is_prose else _as_code(" ".join(group))
        for is_prose, group in groupby(words, key=lambda word: PROSE.fullmatch(word) is not None)
    )
    return LISTED.sub(r"\1\\\2", line)


def _as_code(words: str) -> str:
    """Words as code, without the comma or the point behind them."""
    bare = words.rstrip(",;:.") or words
    return f"{_code(bare)}{words[len(bare) :]}"


def _escaped(word: str) -> str:
    word = word.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join(f"\\{sign}" if sign in MARKUP else sign for sign in word)


def _code(text: str) -> str:
    """A text as code, also in a table, whatever back quotes and bars it holds."""
    line = one_line(text)
    if any(sign in line for sign in ("|", "`", "##")):  # the last may begin a command of a build server
        # A bar ends a cell even inside code, unless a backslash stands before it; numbers of characters always do. The
        # comments keep what makes an address apart, since this is text to Markdown, and code to whoever shows it.
        return f"<code>{''.join(map(_as_number, line))}</code>"
    return f"`{line}`" if line else ""


def _as_number(sign: str) -> str:
    number = f"&#{ord(sign)};" if sign in SIGNS else sign
    return f"{number}<!-- -->" if sign in LINKING else number


def _plural(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
