"""What a run looked at of a user's own files, worked out from what was read and from what rules compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from gbcscheck.attributes import ATTRIBUTES
from gbcscheck.evidence.comparisons import Comparisons
from gbcscheck.facts.extract_file import Reading, Unread
from gbcscheck.model import Specification, Statement
from gbcscheck.model.coverage import Coverage, ItemCoverage, NotRead, TableCoverage
from gbcscheck.model.statements import Place
from gbcscheck.model.when_asked import WhenAsked
from gbcscheck.release.catalogue import Catalogue, subjects_of
from gbcscheck.release.own_files import OwnSource
from gbcscheck.release.statements import Statements

_SAYS_NOTHING = "blank"
"""Attribute of a cell that holds a word for nothing."""
_HOLD_VALUES = frozenset(name for name, one in ATTRIBUTES.items() if "domain" in one.holds)
"""Attributes of which values are expected."""


def coverage_of(catalogue: Catalogue, comparisons: Comparisons) -> Coverage | None:
    """What was read of the user's files in a catalogue, and what of it rules compared; None where there are none. What
    is told of each item is worked out when somebody asks for it."""
    release = catalogue.release
    if not release.sources:
        return None
    tables = tuple(_table(catalogue, comparisons, source) for source in release.sources)
    return Coverage(tables, release.not_read, release.name if release.own else "")


def _table(catalogue: Catalogue, comparisons: Comparisons, source: OwnSource) -> TableCoverage:
    reading = source.reading
    extract = reading.extract
    statements = Statements(extract)
    return TableCoverage(
        path=extract.path or extract.source_name,
        specification=source.specification,
        recognised=reading.recognised,
        replaces=source.replaces,
        statements=len(statements),
        items=WhenAsked(lambda: _items(catalogue, comparisons, statements)),
        not_read=WhenAsked(lambda: _not_read(reading, statements)),
    )


def _items(catalogue: Catalogue, comparisons: Comparisons, statements: Statements) -> Iterator[ItemCoverage]:
    """What became of each item of a table, in the order in which it first speaks of them."""
    names, rows = catalogue.once(_item_names), statements.rows
    groups: dict[str, list[int]] = {}
    for number, subject in enumerate(rows.subjects):
        groups.setdefault(names.get(subject, subject), []).append(number)
    for name, numbers in groups.items():
        found = [one for number in numbers for one in statements.rows_that_speak(number, _SAYS_NOTHING)]
        if found:
            subjects = [rows.subjects[number] for number in numbers]
            said = WhenAsked(partial(statements.at, sorted(found)))
            yield _item(catalogue, comparisons, statements.specification, name, subjects, said)


def _item_names(catalogue: Catalogue) -> dict[str, str]:
    """The names of data items by the subjects that speak of them."""
    return {subject: item.name for item in catalogue.items.values() for subject in subjects_of(item)}


def _item(
    catalogue: Catalogue,
    comparisons: Comparisons,
    here: Specification,
    name: str,
    subjects: Sequence[str],
    statements: Sequence[Statement],
) -> ItemCoverage:
    compared = {own: found for one in subjects for own, found in comparisons.of_subject(one).items()}
    if not compared:
        known = _is_known(catalogue, name, subjects, here)
        near = () if known else _near(catalogue, name)
        return ItemCoverage(name, statements, uncompared=statements, is_known=known, near=near)
    others: dict[Statement, None] = {}
    within: dict[Statement, None] = {}
    rules: set[str] = set()
    uncompared = []
    for statement in statements:
        found = compared.get(statement, {})
        for other, codes in found.items():
            if other.specification == here:
                within[other] = None
            else:
                others[other] = None
                rules |= codes
        if all(other.specification == here for other in found):
            uncompared.append(statement)
    known = bool(others) or _is_known(catalogue, name, subjects, here)
    near = () if known else _near(catalogue, name)
    told = tuple(sorted(rules))
    return ItemCoverage(name, statements, tuple(others), tuple(within), told, tuple(uncompared), known, near)


def _near(catalogue: Catalogue, name: str) -> Sequence[str]:
    """The data items that may be meant by the name of one that no use case and no link has."""
    item = catalogue.items.get(name)
    is_misnamed = item is not None and not (item.rows or item.links)
    return WhenAsked(lambda: catalogue.item_names.perhaps(name)) if is_misnamed else ()


def _is_known(catalogue: Catalogue, name: str, subjects: Iterable[str], here: Specification) -> bool:
    """Whether another document speaks of an item or of one of its subjects, or the crosswalk maps it to one."""
    item = catalogue.items.get(name)
    asked = dict.fromkeys((*(subjects_of(item) if item else (name,)), *subjects))
    ends = (end.subject for link in (item.links if item else ()) for end in link.ends)
    speakers = catalogue.by_subject.speakers
    return any(_is_another(other, here) for one in (*asked, *ends) for other in speakers(one))


def _is_another(one: Specification, here: Specification) -> bool:
    """Whether a document is another one; another version of the same part is not."""
    return (one.name, one.part) != (here.name, here.part)


def _not_read(reading: Reading, statements: Statements) -> Iterator[NotRead]:
    """What was not read of a source: its cells, rows, columns and sheets; of an extract what it keeps in words alone,
    where values were expected."""
    path = reading.extract.source_name or reading.extract.path
    for one in reading.unread:
        yield _told(one, path)
    for one in reading.not_taken:
        yield NotRead(one.column, _place_of(one, path), one.reason, _named(one), one.text)
    for one in reading.bare:
        if one.column.endswith("header row"):
            yield _told(one, path)
    places = {(path, one.place) for one in reading.unread}
    for statement in statements.in_words_alone(_HOLD_VALUES):
        if (statement.path, statement.source) not in places:
            yield NotRead("cell", statement.place, "in words alone", statement.attribute, statement.text or "")


def _place_of(one: Unread, path: str) -> Place:
    """The place of what was not taken; of a sheet or of rows the file, whose names say the rest."""
    return Place.parse(path, one.place) if _is_cell(one) else Place(path)


def _named(one: Unread) -> str:
    """What stands for something that was not taken: its name; where it has none and stands in no cell, its place."""
    return one.text or ("" if _is_cell(one) else one.place)


def _is_cell(one: Unread) -> bool:
    cell = one.place.rpartition("!")[2]
    return cell[:1].isalpha() and cell[-1:].isdigit()


def _told(one: Unread, path: str) -> NotRead:
    title = one.column.rpartition(" / ")[2]
    if title == "sentences":
        return NotRead("sentence", Place.parse(path, one.place), one.reason, "", one.text)
    if title == "header row":
        return NotRead("column", Place.parse(path, one.place), one.reason, one.text, one.text)
    if title == "sheets" or not any(sign in one.place for sign in "!/ "):
        return NotRead("sheet", Place(path), one.reason, one.place, one.text)
    what = "row" if title == "data item" else "cell"
    return NotRead(what, Place.parse(path, one.place), one.reason, title, one.text)
