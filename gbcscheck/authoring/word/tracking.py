"""Tracked changes of runs and paragraphs (ECMA-376 part 1, 17.13.5): deletions of the runs that hold some characters
and nothing else, and insertions of runs of new text."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from gbcscheck.authoring.spans import NotMade
from gbcscheck.authoring.word.characters import Character
from gbcscheck.authoring.word.copy import AUTHOR, WordCopy
from gbcscheck.extract.word.names import attribute, child, local
from gbcscheck.extract.word.symbols import is_symbol_font

if TYPE_CHECKING:
    from lxml.etree import _Element

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TRACKED = ("ins", "moveTo")
_LOST = {
    "footnoteReference": "the mark of a footnote",
    "endnoteReference": "the mark of an endnote",
    "commentReference": "the mark of a comment",
    "drawing": "a picture",
    "pict": "a picture",
    "object": "an object",
}
"""What may stand between the characters of a run and would go with them."""


# --- deletions -------------------------------------------------------------------------------------------------------


def parted(gone: list[Character]) -> list[_Element]:
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


def delete(copy: WordCopy, run: _Element) -> _Element:
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


def delete_mark(copy: WordCopy, paragraph: _Element) -> None:
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


def insert(
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


def properties_of(character: Character | None, cell: _Element) -> _Element | None:
    """The properties that a new text has: those of the run of a character, else of the mark of the first paragraph,
    without the changes that are tracked of them,
    and without a font of symbols, in which letters are none."""
    if character is not None and character.run is not None:
        found = child(character.run, "rPr")
    else:
        paragraph = next((one for one in cell.iter() if local(one) == "p"), None)
        found = child(child(paragraph, "pPr"), "rPr")
    if found is None:
        return None
    properties = deepcopy(found)
    for one in list(properties):
        is_symbols = local(one) == "rFonts" and is_symbol_font(attribute(one, "ascii"))
        if is_symbols or local(one) in ("rPrChange", "ins", "del", "moveFrom", "moveTo"):
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


def paragraph_of(run: _Element) -> _Element | None:
    around = run.getparent()
    while around is not None and local(around) != "p":
        around = around.getparent()
    return around
