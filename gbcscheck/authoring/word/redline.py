"""Edits in an author's own Word document as tracked changes (ECMA-376 part 1, 17.13.5), which anybody can accept or
reject in a program for documents.

What is deleted stays in its run, with all its properties; what is inserted has the properties of the first run that it
stands for. In what is itself an insertion of the author's, ours of a deletion stands within it, and ours of an
insertion beside it: the author's is parted there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gbcscheck.authoring.edited import Edited, Locate, by_cell, by_place, not_made, own_place, refuse
from gbcscheck.authoring.smallest import differing
from gbcscheck.authoring.spans import NotMade, Span, spans_of, with_spans
from gbcscheck.authoring.word.characters import Character, characters
from gbcscheck.authoring.word.copy import AUTHOR, WordCopy
from gbcscheck.authoring.word.tracking import delete, delete_mark, insert, paragraph_of, parted, properties_of
from gbcscheck.errors import GbcscheckError
from gbcscheck.extract.word.names import child, children, local
from gbcscheck.extract.word.styles import Styles
from gbcscheck.extract.word.text import read_cell
from gbcscheck.model.repairs import Edit

if TYPE_CHECKING:
    from lxml.etree import _Element

LOSES = (
    "in which LibreOffice (7.4.7) reads tracked changes as plain text, the deleted one with the inserted one; accept "
    "them in Word"
)


def redlined(document: Path, edits: Sequence[Edit], *, shown: str | None = None, locate: Locate = own_place) -> Edited:
    """A copy of a Word document in which those of the edits that are about it are tracked changes; the document itself
    is only read.

    ``shown`` is the path under which the statements of the edits cite it, as ``locate`` says it. Edits are of the text
    as it is once all changes in the document are accepted. GbcscheckError, or Problems where there are several, for
    places at which the old text does not stand or cannot be changed, and for a document that is signed or protected;
    UnreadableSource as ``read_document`` raises it.
    """
    where = shown or str(document)
    copy = WordCopy(document, where=where)
    copy.allow(comments=False)
    problems: list[GbcscheckError] = []
    places = 0
    for place, group in by_cell(by_place(edits, where, locate), copy.row, problems).items():
        try:
            table, cell = copy.cell(place)
            _edit(copy, cell, table.styles, group)
            places += 1
            if _loses_changes(cell):
                copy.notes.append(f"{place.cell_words} stands in a content control, {LOSES}")
        except NotMade as error:
            problems.append(not_made(place, str(error)))
    refuse(problems)
    return Edited(copy.content(), places, tuple(copy.notes))


def _edit(copy: WordCopy, cell: _Element, styles: Styles, edits: Sequence[Edit]) -> None:
    found = characters(cell, styles)
    text = "".join(one.sign for one in found)
    spans = spans_of(text, edits)
    original = read_cell(cell, "original", styles).text
    _hold_controls(found[index] for span in spans for index in range(span.start, span.end))
    for span in reversed(spans):
        for part in reversed(list(differing(text, span))):
            _replace(copy, cell, found, part)
    accepted = read_cell(cell, "final", styles).text
    if _words(accepted) != _words(with_spans(text, spans)) or read_cell(cell, "original", styles).text != original:
        raise NotMade(f"it cannot be written as a tracked change: {accepted!r} would stand there once it is accepted")


def _hold_controls(changed: Iterable[Character]) -> None:
    """NotMade for characters in a content control whose text Word puts in from data of the document (17.5.2.6), so that
    a change of it is undone on opening."""
    runs = {one.run: None for one in changed if one.run is not None}
    for control in (around for run in runs for around in run.iterancestors() if local(around) == "sdt"):
        if child(child(control, "sdtPr"), "dataBinding") is not None:
            raise NotMade(
                "the text stands in a content control that shows data of the document, with which Word fills it on "
                "opening; change it there, in Word"
            )


def _loses_changes(cell: _Element) -> bool:
    """Whether changes of ours in a cell are lost where LibreOffice opens them: within a content control around
    paragraphs or a cell, or one of plain text."""
    ours = (one for one in cell.iter() if local(one) in ("ins", "del") and AUTHOR in one.attrib.values())
    controls = {around for one in ours for around in one.iterancestors() if local(around) == "sdt"}
    return any(
        child(child(one, "sdtPr"), "text") is not None
        or any(local(inside) in ("p", "tbl", "tc") for content in children(one, "sdtContent") for inside in content)
        for one in controls
    )


def _words(text: str) -> list[str]:
    return text.replace("\u2011", "-").replace("\u00ad", "").split()


def _replace(copy: WordCopy, cell: _Element, found: list[Character], span: Span) -> None:
    """Track the deletion of a span, and behind it the insertion of its new text. The characters before it stay where
    they are."""
    gone = found[span.start : span.end]
    if any(one.of_field for one in gone):
        raise NotMade("the text is the result of a field; change what the field is made from, or unlink it")
    first = next((one for one in gone if one.run is not None), None)
    before = found[span.start - 1] if span.start else None
    runs = parted(gone)
    properties = properties_of(first or before, cell)
    anchor: _Element | None = None
    for run in runs:
        deletion = delete(copy, run)
        if first is not None and paragraph_of(run) is first.paragraph:
            anchor = deletion
    for one in gone:
        if one.run is None:
            delete_mark(copy, one.paragraph)
    if span.new:
        insert(copy, cell, anchor, before, span.new, properties)
