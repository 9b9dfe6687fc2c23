"""What was looked at of a user's own files, as people read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from gbcscheck.model import SEVERITIES, Place, Specification
from gbcscheck.model.coverage import NOT_TAKEN, UNREAD, Coverage, ItemCoverage, NotRead, TableCoverage
from gbcscheck.printable import clean, escaped, one_line
from gbcscheck.report import Report
from gbcscheck.report.layout import Layout, Line, heading, paragraph

T = TypeVar("T")

MOST = 5
"""Places and items that are named in a text; ``--unread`` names all."""
MOST_SPECIFICATIONS = 8
MOST_NEAR = 3
"""Names that may be meant by one that nobody knows; the JSON report has all."""
LONGEST = 60
"""Characters of the text of a place that was not read; the JSON report has all of it."""


def coverage_lines(report: Report, layout: Layout, *, whole: bool = False) -> list[Line]:
    """What was read of each table, as what, and what its items were compared with; ``whole`` names every place."""
    coverage = report.coverage
    if coverage is None:
        return []
    lines: list[Line] = []
    for table in coverage.tables:
        lines.extend(heading(("coverage ", "strong"), escaped(table.path), layout))
        for name, text in table_rows(coverage, table, most=None if whole else MOST):
            lines.extend(_labelled(name, text, layout))
    if coverage.not_read:
        told = files_words(coverage, most=None if whole else MOST)
        lines.extend(heading(("coverage ", "strong"), told, layout))
        for reason in dict.fromkeys(one.reason for one in coverage.not_read):
            lines.extend(_labelled("left out", escaped(reason), layout))
    lines.append(())
    return lines


def table_rows(coverage: Coverage, table: TableCoverage, *, most: int | None = MOST) -> list[tuple[str, str]]:
    """What is told of a table: a word and a text for each row, the texts as they are to be shown."""
    unread, left_out = table.of(UNREAD), table.of(NOT_TAKEN)
    return [
        ("read as", f"{table.specification.in_words}{_recognised(table)}"),
        ("place", _replaced(coverage, table)),
        ("read", f"{counted(table.statements, 'statement')} on {counted(len(table.items), 'item')}"),
        ("compared", compared_words(table)),
        *((("with none", _items(table.uncompared, most, _name)),) if table.uncompared else ()),
        *((("unknown", f"{_items(table.unknown, most, _unknown)}; in no other document"),) if table.unknown else ()),
        *((("unread", f"{_kinds(unread)}: {_places(unread, most)}"),) if unread else ()),
        *((("left out", f"{_kinds(left_out)}: {_places(left_out, most)}"),) if left_out else ()),
    ]


def table_text(coverage: Coverage, table: TableCoverage) -> str:
    """The same, a line for each row."""
    return "\n".join(f"{name:<10}{text}" for name, text in table_rows(coverage, table))


def files_words(coverage: Coverage, *, most: int | None = MOST) -> str:
    """The files that are not read: how many, and the first of them."""
    shown = listed(coverage.not_read, most, lambda one: escaped(one.place.path))
    return f"{counted(len(coverage.not_read), 'file')} of kinds that are not read: {shown}"


def compared_words(table: TableCoverage) -> str:
    """How many items of a table were compared, with what and by how many rules."""
    if not table.compared:
        return "nothing"
    items = f"{len(table.compared):,} of {counted(len(table.items), 'item')}"
    return f"{items} with {named_documents(table.specifications)}; by {counted(len(table.rules), 'rule')}"


def named_documents(specifications: Sequence[Specification]) -> str:
    """Some documents by name, version and part."""
    return listed(specifications, MOST_SPECIFICATIONS, lambda one: one.in_words)


def clear_verdict(report: Report) -> str:
    """What is said where no finding stands: that there is no conflict, with what was compared; that nothing was, and
    what would help."""
    coverage = report.coverage
    if coverage is None:
        return "no conflict found"
    if not coverage.is_compared:
        return nothing_compared(coverage)
    if not coverage.specifications:
        return "no conflict found within the documents; nothing was compared with another document"
    number = sum(item.is_compared for item in coverage.items)
    documents = named_documents(coverage.specifications)
    return f"no conflict found: {number:,} of {counted(len(coverage.items), 'item')} compared with {documents}"


def nothing_compared(coverage: Coverage) -> str:
    """Why nothing was compared, and what would help."""
    return f"nothing was compared: {_why_nothing(coverage)}"


def _why_nothing(coverage: Coverage) -> str:
    items = coverage.items
    unread = [one for table in coverage.tables for one in table.of(UNREAD)]
    unknown = [item for item in items if not item.is_known]
    if not items:
        return "the files state nothing that could be read; gbcscheck extract shows what is made of a file"
    if not coverage.release:
        return (
            "the files stood by themselves, and no two of them speak of one item; with a release around them (without "
            "--alone) more can be compared"
        )
    if len(unknown) == len(items):
        names = listed(unknown, MOST, _unknown)
        return (
            f"no specification of release {coverage.release} knows {names}; name items as gbcscheck show does, or say "
            "in a mapping beside the table which items are meant"
        )
    if unread:
        return f"no value could be read ({_places(unread, MOST)}); gbcscheck extract says what was expected"
    return "none of the rules that were asked reads what the files state of items that are known"


def others_words(report: Report) -> str:
    """How many findings there are in which the user's files take no part; empty where there are none."""
    if not report.others:
        return ""
    counts = {severity: sum(one.severity == severity for one in report.others) for severity in SEVERITIES}
    named = ", ".join(counted(number, severity) for severity, number in counts.items() if number)
    return f"{named} in which your files take no part, --all shows them"


# --- words -----------------------------------------------------------------------------------------------------------


def counted(number: int, noun: str) -> str:
    """A number and a noun in the form that goes with it."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def listed(values: Sequence[T], most: int | None, words: Callable[[T], str] = str) -> str:
    """Some values in words, the first few of them and how many more; all where ``most`` is None."""
    shown = ", ".join(map(words, values[:most]))
    return shown if most is None or len(values) <= most else f"{shown} and {len(values) - most:,} more"


def place_text(place: Place) -> str:
    """A place within its file: a cell, a line, a pointer, a clause, a sheet; the file where there is none."""
    if place.cell:
        return place.cell_words
    if place.line is not None:
        return f"line {place.line}"
    if place.clause is not None:
        return place.clause_words
    return place.pointer or place.sheet or place.path


def reason_text(one: NotRead) -> str:
    """What stands at a place that was not read, and why it was not, in one line."""
    shown = one.text if len(one.text) <= LONGEST else f"{one.text[:LONGEST].rstrip()}…"
    text = f'"{shown}"' if one.text and one.text != one.title else ""
    told = one_line(f"{one.title} {text}").strip()
    reason = one_line(one.reason.partition("\n")[0])
    return f"{told}: {reason}" if told else reason


def _labelled(name: str, text: str, layout: Layout) -> list[Line]:
    return paragraph((f"{name:<10}", "faint"), clean(text), layout, indent=2)


def _recognised(table: TableCoverage) -> str:
    return f" ({one_line(table.recognised)})" if table.recognised else " (nothing in it names a specification)"


def _replaced(coverage: Coverage, table: TableCoverage) -> str:
    if not coverage.release:
        return "by itself"
    if table.replaces:
        return f"in that of {named_documents(table.replaces)} of release {coverage.release}"
    return f"an addition to release {coverage.release}"


def _items(items: Sequence[ItemCoverage], most: int | None, words: Callable[[ItemCoverage], str]) -> str:
    return f"{counted(len(items), 'item')}: {listed(list(items), most, words)}"


def _name(item: ItemCoverage) -> str:
    return escaped(item.subject)


def _unknown(item: ItemCoverage) -> str:
    """An item that nobody else knows, with the first names that may be meant."""
    near = f" (perhaps {listed(item.near, MOST_NEAR, escaped)})" if item.near else ""
    return f"{_name(item)}{near}"


def _places(places: Sequence[NotRead], most: int | None) -> str:
    return listed(places, most, _place_words)


def _place_words(one: NotRead) -> str:
    if place_text(one.place) in (one.place.path, one.place.sheet):
        return f"{escaped(one.title)} ({escaped(one_line(one.reason))})"
    return f"{escaped(place_text(one.place))} ({escaped(reason_text(one))})"


def _kinds(places: Iterable[NotRead]) -> str:
    counts: dict[str, int] = {}
    for one in places:
        counts[one.what] = counts.get(one.what, 0) + 1
    return ", ".join(counted(number, what) for what, number in counts.items())
