"""One thing and every specification's word on it, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any

from gbcscheck.attributes import named
from gbcscheck.frozen import frozen
from gbcscheck.model import Statement
from gbcscheck.printable import clean, json_text
from gbcscheck.report.layout import Layout, Line, Span, heading, joined, paint, paragraph
from gbcscheck.report.quotation import own_words
from gbcscheck.report.table import table
from gbcscheck.report.text import place_spans, specification_name

LONGEST = 200
"""A longer text is cut in the table; the JSON form holds all of it."""

OVERVIEW = named("overview")
"""Attributes that the overview of several elements shows, besides every one that states a set of values."""


@frozen
class SubjectView:
    """All statements about one thing. ``conversions`` says by subject how its values become those of the device, and
    ``words`` by statement what its octets or bits mean."""

    name: str
    statements: tuple[Statement, ...]
    conversions: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[Statement, str] = field(default_factory=dict)

    def cell(self, statement: Statement) -> str:
        """What a statement says in its own words, cut for a table, and in plain ones where those tell more; of a
        sentence, which stands beside its place, what was read in it."""
        words = self.words.get(statement, "")
        if _is_sentence(statement):
            return clean(str(statement.value if statement.domain is None else statement.domain))
        return _cut(own_words(statement)) + (f" = {clean(words)}" if words else "")


def render_subject(view: SubjectView, layout: Layout) -> str:
    """One thing: a row for each attribute, a column for each specification, and the places below."""
    return paint(_subject_lines(view, layout), colour=layout.colour)


def render_elements(name: str, views: Sequence[SubjectView], layout: Layout) -> str:
    """The elements of one data item, a row for each, with the values that each specification lets it have."""
    return paint(_element_lines(name, views, layout), colour=layout.colour)


def render_subjects_json(views: Sequence[SubjectView]) -> str:
    """The same as JSON: every statement as in the JSON report, with the conversion to the device where there is one."""
    return json_text([_document(view) for view in views], indent=2) + "\n"


def _document(view: SubjectView) -> dict[str, Any]:
    from gbcscheck.report.json import statement_document  # the table has no need of it

    statements = []
    for statement in view.statements:
        document = statement_document(statement)
        if statement.subject in view.conversions:
            document["conversion"] = view.conversions[statement.subject]
        if view.words.get(statement):
            document["in_words"] = view.words[statement]
        statements.append(document)
    return {"subject": view.name, "statements": statements}


# --- one thing -------------------------------------------------------------------------------------------------------


def _subject_lines(view: SubjectView, layout: Layout) -> list[Line]:
    specifications = _specifications(view.statements)
    rows: list[list[Span]] = []
    for attribute in dict.fromkeys(statement.attribute for statement in view.statements):
        cells = [_words(view, name, attribute) for name in specifications]
        rows.append([(attribute, ""), *((words, "") for words in cells)])
    if view.conversions:
        rows.append([("conversion", "faint"), *((_conversions(view, name), "faint") for name in specifications)])
    titles = [_title(view.statements, name) for name in specifications]
    lines = heading(("", ""), clean(view.name), layout, style="strong")
    lines.append(())
    lines.extend(table(["", *titles], rows, layout))
    lines.append(())
    for statement in _first_of_each(view):
        lines.extend(joined(place_spans(statement), " · ", layout, indent=2))
        if statement.subject.startswith("/"):
            lines.extend(paragraph(("", ""), clean(statement.subject), layout, indent=4, style="faint"))
        if _is_sentence(statement):
            lines.extend(paragraph(("", ""), _cut(clean(statement.written)), layout, indent=4))
    return lines


def _specifications(statements: Sequence[Statement]) -> list[str]:
    return list(dict.fromkeys(specification_name(statement.specification) for statement in statements))


def _title(statements: Sequence[Statement], name: str) -> str:
    """A specification, and how its statements are known unless all are published."""
    ways = dict.fromkeys(s.provenance for s in statements if specification_name(s.specification) == name)
    return clean(name if list(ways) == ["published"] else f"{name} ({', '.join(ways)})")


def _words(view: SubjectView, specification: str, attribute: str) -> str:
    """What one specification says: equal words once, with the names of the subjects where there are several."""
    labels_of: dict[str, list[str]] = {}
    subjects: dict[str, None] = {}
    for statement in view.statements:
        if specification_name(statement.specification) == specification:
            label = _label(statement.subject, view.name)
            subjects[label] = None
            if statement.attribute == attribute:
                labels_of.setdefault(view.cell(statement), []).append(label)
    if len(subjects) < 2:
        return "\n".join(labels_of)
    return "\n".join(f"{words}  ({', '.join(dict.fromkeys(labels))})" for words, labels in labels_of.items())


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _conversions(view: SubjectView, specification: str) -> str:
    subjects = dict.fromkeys(s.subject for s in view.statements if specification_name(s.specification) == specification)
    return "\n".join(dict.fromkeys(clean(view.conversions[s]) for s in subjects if s in view.conversions))


def _label(subject: str, name: str) -> str:
    """A subject, short: the use case of a row, the last element of a path."""
    if subject.endswith(f"/{name}"):
        return clean(subject[: -len(name) - 1])
    if subject.startswith("/"):
        return clean(subject.rpartition("/")[2])
    use_case, slash, rest = subject.partition("/")
    return clean(use_case if slash and rest else subject)


def _first_of_each(view: SubjectView) -> list[Statement]:
    """The first statement of each subject in each specification; of one in prose, that of each sentence."""
    found: dict[tuple[str, str, str], Statement] = {}
    for statement in view.statements:
        sentence = statement.source if _is_sentence(statement) else ""
        found.setdefault((statement.subject, str(statement.specification), sentence), statement)
    return list(found.values())


def _is_sentence(statement: Statement) -> bool:
    """Whether a statement is what was read in a sentence of a clause."""
    return statement.text is not None and statement.place.clause is not None


# --- the elements of a data item -------------------------------------------------------------------------------------


def _element_lines(name: str, views: Sequence[SubjectView], layout: Layout) -> list[Line]:
    statements = [statement for view in views for statement in view.statements if is_overviewed(statement)]
    specifications = _specifications(statements)
    rows: list[list[Span]] = []
    for view in views:
        element = view.name.removeprefix(name).removeprefix(".") or view.name
        rows.append([(clean(element), ""), *((_overview(view, title), "") for title in specifications)])
    lines = heading(("", ""), clean(name), layout, style="strong")
    lines.append(())
    lines.extend(table(["", *(_title(statements, title) for title in specifications)], rows, layout))
    lines.append(())
    example = f'gbcscheck show "{clean(views[0].name)}"'
    lines.extend(
        paragraph(("", ""), f"All that is said of an element, with the places: {example}", layout, style="faint")
    )
    return lines


def is_overviewed(statement: Statement) -> bool:
    """Whether an overview of several things shows a statement: it states a set of values, or is one of ``OVERVIEW``."""
    return statement.domain is not None or statement.attribute in OVERVIEW


def _overview(view: SubjectView, specification: str) -> str:
    """What one specification says of an element: attribute and words, equal ones once."""
    values = dict.fromkeys(
        f"{statement.attribute}: {view.cell(statement)}"
        for statement in view.statements
        if specification_name(statement.specification) == specification and is_overviewed(statement)
    )
    return "\n".join(values)
