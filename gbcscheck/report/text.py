"""The text report: each finding with both sides' places and words, a value that shows the clash, and what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gbcscheck.model import SEVERITIES, UNSTATED, Finding, Specification, Statement
from gbcscheck.model.device_files import DEVICE
from gbcscheck.model.rules import Rule
from gbcscheck.model.waivers import WaiverUse
from gbcscheck.printable import clean, escaped, one_line
from gbcscheck.report import Report, in_releases
from gbcscheck.report.coverage import clear_verdict, coverage_lines, others_words
from gbcscheck.report.layout import Layout, Line, Span, heading, indented, joined, paint, paragraph
from gbcscheck.report.octets import octet_lines
from gbcscheck.report.quotation import own_words, plain_value, quotation

MOST_SIDES = 6
"""More statements than this are counted and not shown."""
MOST_OTHERS = 4
"""More subjects of the same cause than this are counted and not named."""
MOST_SKIPPED = 5


def render_text(
    report: Report, layout: Layout, *, notes: bool = False, waived: bool = False, unread: bool = False
) -> str:
    """What was looked at of a user's files, the findings, worst first, and a summary; ``notes`` shows findings of
    severity note too, ``waived`` those that a waiver lets pass, ``unread`` every place that was not read."""
    lines = coverage_lines(report, layout, whole=unread)
    for finding in report.findings:
        if is_shown(finding, notes=notes, waived=waived):
            lines.extend(finding_lines(finding, report.label(finding), layout))
            lines.append(())
    lines.extend(summary_lines(report, layout, notes=notes, waived=waived))
    return paint(lines, colour=layout.colour)


def render_brief(report: Report, *, notes: bool = False, waived: bool = False) -> str:
    """One line a finding, not wrapped, for grep and editors: place, severity, rule, subject, message."""
    lines = [brief_line(finding) for finding in report.findings if is_shown(finding, notes=notes, waived=waived)]
    lines.extend(policy_line(use) for use in report.waivers if use.warning)
    return "".join(lines)


def policy_line(use: WaiverUse) -> str:
    """What has to be said of a waiver in one line, ended by a line feed."""
    return f"{escaped(use.waiver.where)}: warning: {one_line(use.warning)}\n"


def brief_line(finding: Finding) -> str:
    """A finding in one line, ended by a line feed."""
    return (
        f"{first_place(finding)}: {finding.severity}[{finding.rule}] {one_line(finding.subject)}: "
        f"{one_line(finding.message)}{in_brief(finding)}\n"
    )


def in_brief(finding: Finding) -> str:
    """The releases of a finding, the rules that see the same fault and the reason of its waiver, behind its line."""
    told = (
        in_releases(finding.releases) and f"in {in_releases(finding.releases)}",
        finding.seen_as and f"also seen as {', '.join(one.rule for one in finding.seen_as)}",
        finding.waived and f"waived: {finding.waived}",
    )
    return "".join(f" ({one_line(text)})" for text in told if text)


def is_shown(finding: Finding, *, notes: bool, waived: bool) -> bool:
    """Whether the text shows a finding: notes and what is waived only where they are asked for."""
    return (notes or finding.severity != "note") and (waived or not finding.waived)


def first_place(finding: Finding) -> str:
    """The place of the first statement; the rule's code where there is none."""
    return escaped(str(finding.statements[0].place)) if finding.statements else finding.rule


# --- one finding -----------------------------------------------------------------------------------------------------


def finding_lines(finding: Finding, label: Rule, layout: Layout, *, octets: bytes = b"") -> list[Line]:
    """What, of which item, each side, a value that shows it, why it matters, what else it touches, what to do.

    ``octets`` are those of the message that the first statement is about, if it is about one.
    """
    lines = heading(
        (f"{finding.severity}[{label.code}] ", finding.severity), clean(finding.message), layout, style="strong"
    )
    lines.extend(paragraph(("", ""), escaped(finding.subject), layout, indent=2))
    lines.append(())
    for index, statement in enumerate(finding.statements[:MOST_SIDES]):
        meaning = finding.meanings[index] if index < len(finding.meanings) else ""
        lines.extend(side_lines(statement, meaning, finding, layout, octets=octets if not index else b""))
    if len(finding.statements) > MOST_SIDES:
        number = len(finding.statements) - MOST_SIDES
        lines.extend(
            paragraph(("… ", "faint"), f"and {number} more statements, all in the JSON report", layout, indent=2)
        )
    lines.append(())
    told = (("witness", finding.witness), ("why", finding.why), ("also", _others(finding.also)))
    for name, text in (*told, ("in", in_releases(finding.releases)), ("waived", finding.waived)):
        if text:
            lines.extend(labelled(name, clean(text), layout))
    if finding.seen_as:
        lines.extend(paragraph(("also seen as ", "faint"), clean(finding.also_seen_as), layout, indent=2))
    lines.extend(_help(finding, label, layout))
    return lines


def side_lines(
    statement: Statement, meaning: str, finding: Finding, layout: Layout, *, octets: bytes = b""
) -> list[Line]:
    """One side of a finding: where it stands, of what it speaks if that is called otherwise there, and its words, or
    the octets around the place if it is one of a message."""
    lines = joined(place_spans(statement), " · ", layout, indent=2)
    if not _same_subject(statement.subject, finding.subject):
        lines.extend(paragraph(("of ", "faint"), escaped(statement.subject), layout, indent=4))
    attribute = escaped(statement.attribute)
    note = _named(attribute, clean(meaning)) if meaning else attribute + _reading(statement)
    words, inner = own_words(statement), layout.narrowed(4)
    place = statement.place
    if octets and place.offset is not None:
        shown = octet_lines(octets, place.offset, place.length or 0, note, inner, finding.severity)
        return [*lines, *indented(shown, 4)]
    quoted = quotation(words, note, inner, style=finding.severity, witness=clean(finding.witness))
    lines.extend(indented(quoted, 4))
    return lines


def _named(attribute: str, meaning: str) -> str:
    """What a statement says in plain words, behind the name of its attribute, which stands there only once, and not
    at all where it says nothing."""
    return meaning if attribute == "value" or meaning.startswith(f"{attribute}:") else f"{attribute}: {meaning}"


def place_spans(statement: Statement) -> list[Span]:
    """File, place in it, place in the document, and how the statement is known; a device's own value is what it is."""
    place = statement.place
    spans: list[Span] = []
    if place.cell is not None:
        spans.extend([(escaped(place.path), "place"), (escaped(place.cell_words), "place")])
    else:
        spans.append((escaped(str(place)), "place"))
    specification = statement.specification
    clause = "" if place.clause is not None else statement.clause or specification.part
    where = Specification(specification.name, specification.version, clause)
    spans.append((escaped(specification_name(where)), ""))
    if specification != DEVICE:
        spans.append((statement.provenance, statement.provenance if statement.provenance != "published" else "faint"))
    return spans


def specification_name(specification: Specification) -> str:
    """A specification as people name it: without a version where the source states none."""
    return specification.in_words


def _same_subject(one: str, other: str) -> bool:
    return one == other or one.endswith(f"/{other}") or other.endswith(f"/{one}")


def _reading(statement: Statement) -> str:
    """How a cell was read, where its words are not the canonical notation already."""
    if statement.domain is not None and statement.text is not None and statement.text != statement.domain:
        return f", read as {clean(statement.domain)}"
    if statement.value is not None and statement.text is not None and statement.text != plain_value(statement.value):
        return f", read as {clean(plain_value(statement.value))}"
    return ""


def _others(also: Sequence[str]) -> str:
    """The other subjects of the same cause: the first few by name, the rest by number."""
    if not also:
        return ""
    named = ", ".join(also[:MOST_OTHERS])
    rest = len(also) - MOST_OTHERS
    return f"{named} and {rest:,} more" if rest > 0 else named


def labelled(name: str, text: str, layout: Layout) -> list[Line]:
    """A wrapped text behind one of the words that a finding and the summary are told in."""
    return paragraph((f"{name:<9}", "faint"), text, layout, indent=2)


def _help(finding: Finding, label: Rule, layout: Layout) -> list[Line]:
    command = f"gbcscheck explain {label.code}"
    if not finding.suggestion:
        return [*paragraph(("help     ", "faint"), command, layout, indent=2, style="faint")]
    lines = labelled("help", clean(finding.suggestion), layout)
    last = sum(len(text) for text, _ in lines[-1])
    if last + 8 + len(command) <= layout.width:
        lines[-1] = (*lines[-1], (" " * 8, ""), (command, "faint"))
    else:
        lines.extend(paragraph(("", ""), command, layout, indent=11, style="faint"))
    return lines


# --- the summary -----------------------------------------------------------------------------------------------------


def summary_lines(report: Report, layout: Layout, *, notes: bool, waived: bool = False) -> list[Line]:
    """How many findings of each severity and kind, what they were looked for in, and what could not be read."""
    lines = verdict(report, layout, notes=notes, waived=waived, clear=clear_verdict(report))
    if report.is_uncompared and any(report.severities().values()):
        lines.extend(paragraph(("", ""), clear_verdict(report), layout, indent=2))
    if others := others_words(report):
        lines.extend(paragraph(("", ""), others, layout, indent=2))
    kinds = ", ".join(f"{kind} {number}" for kind, number in report.kinds().items())
    looked = (
        f"{plural(report.statements, 'statement')} on {plural(report.subjects, 'subject')}, "
        f"by {plural(len(report.rules), 'rule')}"
    )
    rows = [
        ("kinds", kinds),
        ("checked", looked),
        ("specs", ", ".join(_versions(report.specifications))),
        ("release", ": ".join(text for text in (report.release, report.title) if text) if report.release else ""),
        ("", report.note),
    ]
    for name, text in rows:
        if text:
            lines.extend(labelled(name, clean(text), layout))
    lines.extend(policy_lines(report, layout))
    lines.extend(skipped_lines(report, layout))
    if report.problems:
        lines.extend(
            labelled(
                "unread", f"{plural(len(report.problems), 'problem')} with the input, named in the messages", layout
            )
        )
    return lines


def policy_lines(report: Report, layout: Layout) -> list[Line]:
    """Which configuration the run was set up by, and what has to be said of its waivers."""
    lines = labelled("policy", clean(report.configuration), layout) if report.configuration else []
    for use in report.waivers:
        if use.warning:
            lines.extend(heading(("warning: ", "warning"), escaped(f"{use.waiver.where}: {use.warning}"), layout))
    return lines


def skipped_lines(report: Report, layout: Layout) -> list[Line]:
    """What was not looked at, and why: the first few files, and how many more."""
    lines = [
        line for skipped in report.skipped[:MOST_SKIPPED] for line in labelled("skipped", escaped(skipped), layout)
    ]
    if len(report.skipped) > MOST_SKIPPED:
        lines.extend(labelled("", f"and {plural(len(report.skipped) - MOST_SKIPPED, 'more file')}", layout))
    return lines


def _versions(parts: Sequence[Specification]) -> list[str]:
    """Every specification at its version; one without a version only where no version of it is there."""
    versioned = {part.name for part in parts if part.version != UNSTATED}
    named = (part for part in parts if part.version != UNSTATED or part.name not in versioned)
    return list(dict.fromkeys(specification_name(Specification(part.name, part.version)) for part in named))


def verdict(
    report: Report,
    layout: Layout,
    *,
    notes: bool,
    waived: bool = False,
    clear: str = "no conflict found",
    counts: Mapping[str, int] | None = None,
    let_pass: int | None = None,
) -> list[Line]:
    """How many findings there are of each severity; ``clear`` where there is none. ``waived`` says that what is waived
    is shown already, ``counts`` how many there are, and ``let_pass`` how many are waived, where the report does not
    hold them."""
    counts = report.severities() if counts is None else counts
    shown = [severity for severity in SEVERITIES if counts[severity] and (notes or severity != "note")]
    spans = [(plural(counts[severity], severity), severity) for severity in shown] or [(clear, "good")]
    lines = joined(spans, ", ", layout, indent=0) if shown else paragraph(("", ""), clear, layout, style="good")
    if counts["note"] and not notes:
        hidden = f"{plural(counts['note'], 'note')} hidden, --notes shows them"
        if sum(len(text) for text, _ in lines[-1]) + 2 + len(hidden) <= layout.width:
            lines[-1] = (*lines[-1], (f"; {hidden}", "faint"))
        else:
            lines.extend(paragraph(("", ""), hidden, layout, indent=2, style="faint"))
    number = report.waived() if let_pass is None else let_pass
    if number:
        hint = "" if waived else ", --show-waived shows them"
        lines.extend(paragraph(("", ""), f"{number:,} waived{hint}", layout, indent=2))
    return lines


def plural(number: int, noun: str) -> str:
    """A number and a noun in the form that goes with it."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
