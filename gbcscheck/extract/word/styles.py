"""The styles of a document (ECMA-376 part 1, 17.7): what is a heading, a caption, struck out, hidden, raised."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from gbcscheck.extract.word.names import attribute, child, children, is_on, local, number
from gbcscheck.extract.word.views import View, in_view
from gbcscheck.frozen import frozen

if TYPE_CHECKING:
    from lxml.etree import _Element

NO_LEVEL = 9
"""The outline level of text that is no heading (17.3.1.20); those of headings are 0 to 8."""
_DEEPEST = 50
"""Styles that a style can be based on, one on the other; a longer chain is a circle."""


@frozen
class RunFormat:
    """What bears on the text of a run: None and empty where nothing is said. ``raised`` is ``superscript``,
    ``subscript`` or ``baseline``."""

    struck: bool | None = None
    hidden: bool | None = None
    raised: str = ""
    font: str = ""

    def over(self, lower: RunFormat) -> RunFormat:
        """This, and what the lower one says where this says nothing."""
        return RunFormat(
            lower.struck if self.struck is None else self.struck,
            lower.hidden if self.hidden is None else self.hidden,
            self.raised or lower.raised,
            self.font or lower.font,
        )


PLAIN = RunFormat()


@frozen
class Style:
    """A style: its id, its name in lower case as every language of Word writes it in the file (``caption``,
    ``heading 1``), its kind, and what it says with all that it is based on."""

    id: str
    name: str
    kind: str
    level: int = NO_LEVEL
    format: RunFormat = PLAIN
    numbering: str = ""
    names: tuple[str, ...] = ()

    @property
    def is_caption(self) -> bool:
        """Whether it is that of captions, or based on it."""
        return "caption" in self.names

    @property
    def is_heading(self) -> bool:
        """Whether it is that of a heading, by its outline level."""
        return self.level < NO_LEVEL


UNKNOWN = Style("", "", "")


@frozen
class Styles:
    """The styles of a document by their ids, and those of paragraphs and characters that hold where none is named."""

    by_id: Mapping[str, Style] = field(default_factory=dict)
    paragraph: Style = UNKNOWN
    defaults: RunFormat = PLAIN

    def of_paragraph(self, paragraph: _Element, view: View) -> Style:
        """The style of a ``w:p`` in a view."""
        properties = in_view(child(paragraph, "pPr"), "pPrChange", view)
        named = attribute(child(properties, "pStyle"), "val")
        return self.by_id.get(named, self.paragraph) if named else self.paragraph

    def level_of(self, paragraph: _Element, view: View) -> int:
        """The outline level of a ``w:p``, its own or that of its style: 0 to 8 of a heading, ``NO_LEVEL`` of text."""
        own = child(in_view(child(paragraph, "pPr"), "pPrChange", view), "outlineLvl")
        return self.of_paragraph(paragraph, view).level if own is None else min(number(own), NO_LEVEL)

    def of_run(self, properties: _Element | None, paragraph: Style) -> RunFormat:
        """What bears on the text of a run, by its properties as they are in a view and the style of its paragraph.

        Strike and hidden are toggles (17.7.3): said by the styles of both paragraph and characters, they are off.
        """
        own, character = PLAIN, UNKNOWN
        if properties is not None:
            named = child(properties, "rStyle")
            if named is not None:
                character = self.by_id.get(attribute(named, "val"), UNKNOWN)
            own = run_format(properties)
        upper, lower = character.format, paragraph.format
        if upper is PLAIN and lower is PLAIN and self.defaults is PLAIN:
            return own
        styles = RunFormat(
            _toggled(upper.struck, lower.struck, self.defaults.struck),
            _toggled(upper.hidden, lower.hidden, self.defaults.hidden),
            upper.raised or lower.raised,
            upper.font or lower.font or self.defaults.font,
        )
        return own.over(styles)


NO_STYLES = Styles()


def _toggled(upper: bool | None, lower: bool | None, default: bool | None) -> bool | None:
    if upper is None and lower is None:
        return default
    return bool(default) or (bool(upper) != bool(lower))


def run_format(properties: _Element) -> RunFormat:
    """What the properties of a run (``w:rPr``) say by themselves."""
    struck: bool | None = None
    hidden: bool | None = None
    raised = moved = font = ""
    for one in properties:
        name = local(one)
        if name == "strike" or name == "dstrike":
            struck = bool(struck) or is_on(one)
        elif name == "vanish":
            hidden = is_on(one)
        elif name == "vertAlign":
            raised = attribute(one, "val")
        elif name == "position":
            moved = moved or _moved(attribute(one, "val"))
        elif name == "rFonts":
            font = attribute(one, "ascii") or attribute(one, "hAnsi") or attribute(one, "cs")
    raised = moved if moved and raised in ("", "baseline") else raised
    if struck is None and hidden is None and not raised and not font:
        return PLAIN
    return RunFormat(struck, hidden, raised, font)


def _moved(half_points: str) -> str:
    """What ``w:position`` (17.3.2.24) does to text: LibreOffice writes raised text of web pages so, and smaller."""
    if not re.fullmatch(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:pt)?", half_points) or not half_points.strip("+-0.pt"):
        return ""
    return "subscript" if half_points.startswith("-") else "superscript"


def read_styles(root: _Element) -> Styles:
    """The styles that the root of the part ``styles.xml`` lists; of several with one id the first counts."""
    listed: dict[str, _Element] = {}
    default = ""
    for one in children(root, "style"):
        name = attribute(one, "styleId")
        if name and name not in listed:
            listed[name] = one
            is_default = attribute(one, "default", "0") not in ("0", "false", "off")
            if is_default and attribute(one, "type") == "paragraph" and not default:
                default = name
    by_id = {name: _style(name, listed) for name in listed}
    defaults = child(child(child(root, "docDefaults"), "rPrDefault"), "rPr")
    return Styles(by_id, by_id.get(default, UNKNOWN), PLAIN if defaults is None else run_format(defaults))


def _style(name: str, listed: Mapping[str, _Element]) -> Style:
    """A style with what it has of those that it is based on."""
    own = listed[name]
    level: int | None = None
    found, numbering = PLAIN, ""
    names: list[str] = []
    for one in _chain(name, listed):
        properties = child(one, "rPr")
        if properties is not None:
            found = found.over(run_format(properties))
        of_paragraph = child(one, "pPr")
        outline = child(of_paragraph, "outlineLvl")
        if level is None and outline is not None:
            level = min(number(outline), NO_LEVEL)
        numbered = child(child(of_paragraph, "numPr"), "numId")
        numbering = numbering or attribute(numbered, "val")
        names.append(_name(one))
        if level is None and names[-1].startswith("heading ") and names[-1][8:].isdigit():
            level = max(int(names[-1][8:10]) - 1, 0)
    level = NO_LEVEL if level is None else level
    found = PLAIN if found == PLAIN else found
    return Style(name, names[0], attribute(own, "type"), level, found, numbering, tuple(names))


def _chain(name: str, listed: Mapping[str, _Element]) -> Iterator[_Element]:
    """A style and those that it is based on, each on the next; where they go in a circle, as far as it is none."""
    seen: set[str] = set()
    while name in listed and name not in seen and len(seen) < _DEEPEST:
        seen.add(name)
        yield listed[name]
        name = attribute(child(listed[name], "basedOn"), "val")


def _name(style: _Element) -> str:
    return " ".join(attribute(child(style, "name"), "val").casefold().split())
