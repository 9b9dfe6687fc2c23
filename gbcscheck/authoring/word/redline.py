"""Edits in an author's own Word document as tracked changes (ECMA-376 part 1, 17.13.5), which anybody can accept or
reject in a program for documents.

What is deleted stays in its run, with all its properties; what is inserted has the properties of the first run that it
stands for. In what is itself an insertion of the author's, ours of a deletion stands within it, and ours of an
insertion beside it: the author's is parted there.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING

from gbcscheck.authoring.edited import Edited, Locate, by_cell, by_place, not_made, own_place, refuse
from gbcscheck.authoring.smallest import differing
from gbcscheck.authoring.spans import NotMade, Span, spans_of, with_spans
from gbcscheck.authoring.word.characters import Character, characters
from gbcscheck.authoring.word.copy import AUTHOR, WordCopy
from gbcscheck.errors import GbcscheckError
from gbcscheck.extract.word.names import child, children, local
from gbcscheck.extract.word.styles import Styles
from gbcscheck.extract.word.text import read_cell
from gbcscheck.model.repairs import Edit

if TYPE_CHECKING:
    from lxml.etree import _Element

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TRACKED = ("ins", "moveTo")
LOSES = (
    "in which LibreOffice (7.4.7) reads tracked changes as plain text, the deleted one with the inserted one; accept "
    "them in Word"
)
_LOST = {
    "footnoteReference": "the mark of a footnote",
    "endnoteReference": "the mark of an endnote",
    "commentReference": "the mark of a comment",
    "drawing": "a picture",
    "pict": "a picture",
    "object": "an object",
    "sym": "a symbol",
}
"""What may stand between the characters of a run and would go with them."""


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
    for span in reversed(spans):
        for part in reversed(list(differing(text, span))):
            _replace(copy, cell, found, part)
    accepted = read_cell(cell, "final", styles).text
    if _words(accepted) != _words(with_spans(text, spans)) or read_cell(cell, "original", styles).text != original:
        raise NotMade(f"it cannot be written as a tracked change: {accepted!r} would stand there once it is accepted")


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
    runs = _parted(gone)
    properties = _properties(first or before, cell)
    anchor: _Element | None = None
    for run in runs:
        deletion = _delete(copy, run)
        if first is not None and _paragraph_of(run) is first.paragraph:
            anchor = deletion
    for one in gone:
        if one.run is None:
            _delete_mark(copy, one.paragraph)
    if span.new:
        _insert(copy, cell, anchor, before, span.new, properties)


# --- deletions -------------------------------------------------------------------------------------------------------


def _parted(gone: list[Character]) -> list[_Element]:
    """The runs that hold the characters and nothing else, in their order; made where they are a part of one."""
    groups: list[list[Character]] = []
    for one in gone:
        if one.run is None:
            continue
        if groups and groups[-1][0].run is one.run:
            groups[-1].append(one)
        else:
            groups.append([one])
    runs: list[_Element] = []
    for group in reversed(groups):
        first, last = group[0], group[-1]
        assert first.run is not None
        assert first.node is not None
        assert last.node is not None
        _part(first.run, last.node, last.offset + 1)
        second = _part(first.run, first.node, first.offset)
        runs.append(first.run if second is None else second)
    runs.reverse()
    for run in runs:
        lost = next((_LOST[name] for node in run.iter() if (name := local(node)) in _LOST), "")
        if lost:
            raise NotMade(f"{lost} stands within the text and would be deleted with it")
    return runs


def _part(run: _Element, node: _Element, offset: int) -> _Element | None:
    """Part a run before a character of one of its elements: the second part, which stands behind it; None where nothing
    would be left in the first, or nothing be in the second."""
    from lxml import etree

    text = (node.text or "") if local(node) == "t" else "-"
    inside = 0 < offset < len(text)
    moved = [one for one in list(run)[run.index(node) + (1 if offset else 0) :] if local(one) != "rPr"]
    left = [one for one in run if one not in moved and local(one) != "rPr"]
    if not inside and (not moved or not left):
        return None
    second = _like(run)
    properties = child(run, "rPr")
    if properties is not None:
        second.append(deepcopy(properties))
    if inside:
        rest = etree.SubElement(second, node.tag)
        rest.text = text[offset:]
        rest.set(_SPACE, "preserve")
        node.text = text[:offset]
        node.set(_SPACE, "preserve")
    second.extend(moved)
    second.tail, run.tail = run.tail, None
    run.addnext(second)
    return second


def _delete(copy: WordCopy, run: _Element) -> _Element:
    """Put a run into a deletion: that before it, where it is ours and stands beside it, or a new one."""
    for node in run:
        if local(node) == "t":
            node.tag = copy.name("delText")
            node.set(_SPACE, "preserve")
    before = run.getprevious()
    if before is not None and local(before) == "del" and before.get(copy.name("author")) == AUTHOR:
        before.append(run)
        return before
    deletion = _change(copy, "del")
    run.addprevious(deletion)
    deletion.append(run)
    return deletion


def _delete_mark(copy: WordCopy, paragraph: _Element) -> None:
    """Track the deletion of a paragraph's mark: once it is accepted, the next paragraph goes on in this one."""
    from lxml import etree

    properties = child(paragraph, "pPr")
    if properties is None:
        properties = etree.Element(copy.name("pPr"))
        paragraph.insert(0, properties)
    mark = child(properties, "rPr")
    if mark is None:
        mark = etree.Element(copy.name("rPr"))
        later = [one for one in properties if local(one) in ("sectPr", "pPrChange")]
        properties.insert(properties.index(later[0]) if later else len(properties), mark)
    place = sum(local(one) == "ins" for one in mark)
    mark.insert(place, _change(copy, "del"))


# --- insertions ------------------------------------------------------------------------------------------------------


def _insert(
    copy: WordCopy,
    cell: _Element,
    anchor: _Element | None,
    before: Character | None,
    text: str,
    properties: _Element | None,
) -> None:
    """Track the insertion of a text behind a deletion, else behind the character before it, else at the beginning of
    the cell's first paragraph."""
    insertion = _change(copy, "ins")
    insertion.append(_run(copy, text, properties))
    if anchor is None and before is not None and before.run is not None and before.node is not None:
        _part(before.run, before.node, before.offset + 1)
        anchor = before.run
    if anchor is None:
        paragraph = before.paragraph.getnext() if before is not None else None
        _begin(cell if paragraph is None else paragraph, insertion)
        return
    _behind(copy, anchor).addnext(insertion)


def _behind(copy: WordCopy, element: _Element) -> _Element:
    """What an insertion of ours stands behind: the element, or the author's insertion around it, which is parted
    there."""
    around = element.getparent()
    while around is not None and local(around) in _TRACKED:
        following = list(element.itersiblings())
        if following:
            second = _like(around)
            second.set(copy.name("id"), copy.next_id())
            second.extend(following)
            around.addnext(second)
        element, around = around, around.getparent()
    return element


def _begin(element: _Element, insertion: _Element) -> None:
    """Put an insertion at the beginning of the first paragraph of a cell, or of a paragraph."""
    paragraph = element if local(element) == "p" else next(one for one in element.iter() if local(one) == "p")
    properties = child(paragraph, "pPr")
    paragraph.insert(0 if properties is None else 1, insertion)


def _run(copy: WordCopy, text: str, properties: _Element | None) -> _Element:
    """A run of a text, its line breaks and tabs as Word has them."""
    from lxml import etree

    run = etree.Element(copy.name("r"))
    if properties is not None:
        run.append(properties)
    for number, line in enumerate(text.split("\n")):
        if number:
            etree.SubElement(run, copy.name("br"))
        for place, piece in enumerate(line.split("\t")):
            if place:
                etree.SubElement(run, copy.name("tab"))
            if piece:
                made = etree.SubElement(run, copy.name("t"))
                made.text = piece
                made.set(_SPACE, "preserve")
    return run


def _properties(character: Character | None, cell: _Element) -> _Element | None:
    """The properties that a new text has: those of the run of a character, else of the mark of the first paragraph,
    without the changes that are tracked of them."""
    if character is not None and character.run is not None:
        found = child(character.run, "rPr")
    else:
        paragraph = next((one for one in cell.iter() if local(one) == "p"), None)
        found = child(child(paragraph, "pPr"), "rPr")
    if found is None:
        return None
    properties = deepcopy(found)
    for one in list(properties):
        if local(one) in ("rPrChange", "ins", "del", "moveFrom", "moveTo"):
            properties.remove(one)
    properties.tail = None
    return properties if len(properties) else None


def _like(element: _Element) -> _Element:
    """An empty element of the same name with the same attributes."""
    from lxml import etree

    made = etree.Element(element.tag)
    for name, value in element.attrib.items():
        made.set(name, value)
    return made


def _change(copy: WordCopy, kind: str) -> _Element:
    from lxml import etree

    made = etree.Element(copy.name(kind))
    made.set(copy.name("id"), copy.next_id())
    made.set(copy.name("author"), AUTHOR)
    return made


def _paragraph_of(run: _Element) -> _Element | None:
    around = run.getparent()
    while around is not None and local(around) != "p":
        around = around.getparent()
    return around
