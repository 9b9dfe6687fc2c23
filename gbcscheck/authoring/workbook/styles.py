"""The styles of a workbook with those that the marks need: for each style of a clashing cell one with its fill."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from gbcscheck.authoring.workbook.book import MAIN, Book, tag

if TYPE_CHECKING:
    from lxml.etree import _Element

FILLS = {
    "error": "FFF6C9C4",
    "warning": "FFFCE6AE",
    "note": "FFDCE6F5",
    "unread": "FFE3CFEA",
    "uncompared": "FFE4E4E4",
}
"""Background of a clashing cell by the worst of its findings, and of one that was not read or compared with nothing
(alpha, red, green, blue)."""
LINK = "FF1D5B79"
RULE = "FFD0D0D0"
"""The line below each row of the list."""

_USUAL = "xl/styles.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_EMPTY = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")


class Styles:
    """The style part of a package; numbers of styles are those of ``cellXfs``."""

    def __init__(self, package: Book) -> None:
        from lxml import etree

        self._package = package
        related = package.related(package.main, "styles")
        if related is not None and package.has(related.target):
            self._part = related.target
            self._root = package.tree(self._part)
        else:
            self._part = _USUAL if not package.has(_USUAL) else package.free("xl/styles", ".xml")
            self._root = etree.fromstring(_EMPTY)
            package.relate(package.main, "styles", self._part)
            package.declare(self._part, _TYPE)
        self._filled: dict[tuple[int, str], int] = {}
        self._fills: dict[str, int] = {}
        self._line: int | None = None
        self._own: dict[tuple[str, str], int] = {}

    def filled(self, style: int, severity: str) -> int:
        """The number of a style that is another one with the fill of a severity."""
        key = (style, severity)
        if key not in self._filled:
            formats = self._group("cellXfs")
            base = formats[style] if style < len(formats) else formats[0]
            made = deepcopy(base)
            made.set("fillId", str(self._fill(severity)))
            made.set("applyFill", "1")
            self._filled[key] = _append(formats, made)
        return self._filled[key]

    def own(self, font: str = "", severity: str = "") -> int:
        """The number of a style of the list: text that wraps from the top; ``font`` is ``bold``, ``link``, ``title``
        or nothing."""
        from lxml import etree

        key = (font, severity)
        if key not in self._own:
            attributes = {"numFmtId": "49", "fontId": str(self._font(font)), "xfId": "0"}
            attributes["borderId"] = str(self._border()) if font != "title" else "0"
            attributes |= {"fillId": str(self._fill(severity) if severity else 0), "applyFont": "1"}
            attributes |= {"applyBorder": "1", "applyNumberFormat": "1", "applyFill": "1", "applyAlignment": "1"}
            made = etree.Element(tag("xf"), attributes)
            wrap = "0" if font == "title" else "1"
            etree.SubElement(made, tag("alignment"), {"vertical": "top", "wrapText": wrap})
            self._own[key] = _append(self._group("cellXfs"), made)
        return self._own[key]

    def write(self) -> None:
        """Put the part back."""
        self._package.put_tree(self._part, self._root)

    def _fill(self, severity: str) -> int:
        from lxml import etree

        if severity not in self._fills:
            made = etree.Element(tag("fill"))
            pattern = etree.SubElement(made, tag("patternFill"), {"patternType": "solid"})
            etree.SubElement(pattern, tag("fgColor"), {"rgb": FILLS[severity]})
            etree.SubElement(pattern, tag("bgColor"), {"indexed": "64"})
            self._fills[severity] = _append(self._group("fills"), made)
        return self._fills[severity]

    def _border(self) -> int:
        from lxml import etree

        if self._line is None:
            made = etree.Element(tag("border"))
            for name in ("left", "right", "top", "bottom", "diagonal"):
                side = etree.SubElement(made, tag(name), {"style": "thin"} if name == "bottom" else {})
                if name == "bottom":
                    etree.SubElement(side, tag("color"), {"rgb": RULE})
            self._line = _append(self._group("borders"), made)
        return self._line

    def _font(self, name: str) -> int:
        """The number of a font like the workbook's first one, in bold, larger, or as a link."""
        from lxml import etree

        fonts = self._group("fonts")
        if not name and len(fonts):
            return 0
        made = etree.Element(tag("font"))
        if name in ("bold", "title"):
            etree.SubElement(made, tag("b"))
        if name == "link":
            etree.SubElement(made, tag("u"))
        etree.SubElement(made, tag("sz"), {"val": "14" if name == "title" else "11"})
        if name == "link":
            etree.SubElement(made, tag("color"), {"rgb": LINK})
        usual = fonts[0].find(tag("name")) if len(fonts) else None
        etree.SubElement(made, tag("name"), {"val": "Calibri" if usual is None else usual.get("val", "Calibri")})
        return _append(fonts, made)

    def _group(self, name: str) -> _Element:
        """A group of the style sheet, made in its place where there is none."""
        from lxml import etree

        found = self._root.find(tag(name))
        if found is not None:
            return found
        made = etree.Element(tag(name))
        before = [tag(one) for one in _ORDER[: _ORDER.index(name)]]
        place = sum(child.tag in before for child in self._root)
        self._root.insert(place, made)
        for first in etree.fromstring(_EMPTY).iterfind(f"{tag(name)}/*"):
            _append(made, first)
        return made


def _append(group: _Element, made: _Element) -> int:
    """Add a member to a group that counts its members; its number."""
    members = [child for child in group if isinstance(child.tag, str)]
    group.append(made)
    group.set("count", str(len(members) + 1))
    return len(members)
