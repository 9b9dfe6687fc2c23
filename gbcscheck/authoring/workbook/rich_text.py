"""Texts of cells in runs, each with the properties of its font (ECMA-376 part 1, 18.4.4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from gbcscheck.authoring.spans import NotMade, Span
from gbcscheck.authoring.texts import cell_string
from gbcscheck.authoring.workbook.book import Book, tag
from gbcscheck.authoring.workbook.cell_octets import CellOctets
from gbcscheck.extract.cell_text import written_text
from gbcscheck.frozen import frozen

if TYPE_CHECKING:
    from lxml.etree import _Element

_HIDDEN_OR_RAISED = ("strike", "vertAlign")


@frozen
class Run:
    """A piece of a text, and the properties of its font as the element says them, empty where it has none."""

    text: str
    properties: str = ""


def runs_in(book: Book, cell: CellOctets) -> list[Run]:
    """The text of a cell that holds one, in runs. NotMade where a part of it is struck out, raised or lowered, so that
    what a reader sees is not what stands there one character after the other."""
    from lxml import etree

    if cell.attributes.get("t") == "s":
        text = _shared(book, cell)
    else:
        prefix = cell.prefix.rstrip(":")
        name = f"xmlns:{prefix}" if prefix else "xmlns"
        root = etree.fromstring(f'<a {name}="{tag("")[1:-1]}">'.encode() + cell.inline + b"</a>")
        text = root[0] if len(root) else root
    runs = text.findall(tag("r"))
    if not runs:
        return [Run(_text(text))]
    properties = [one.find(tag("rPr")) for one in runs]
    if any(found is not None and _is_special(found) for found in properties):
        raise NotMade("a part of its text is struck out, raised or lowered; write it by hand")
    return [
        Run(_text(run), "" if found is None else etree.tostring(found, encoding="unicode", with_tail=False))
        for run, found in zip(runs, properties, strict=True)
    ]


def with_spans_in_runs(runs: Sequence[Run], spans: Iterable[Span]) -> list[Run]:
    """The runs with spans of their joined text replaced; what is new has the properties of the first character that it
    stands for."""
    for span in sorted(spans, key=lambda span: span.start, reverse=True):
        runs = _with_span(runs, span)
    return list(runs)


def written_runs(runs: Sequence[Run], prefix: str) -> str:
    """The elements of a text in runs."""
    if len(runs) == 1 and not runs[0].properties:
        return _written(runs[0].text, prefix)
    return "".join(f"<{prefix}r>{run.properties}{_written(run.text, prefix)}</{prefix}r>" for run in runs)


def _written(text: str, prefix: str) -> str:
    return f'<{prefix}t xml:space="preserve">{escape(cell_string(text))}</{prefix}t>'


def _shared(book: Book, cell: CellOctets) -> _Element:
    listed = book.shared_texts
    if not cell.value.isdigit() or int(cell.value) >= len(listed):
        raise NotMade(f"the workbook has no text number {cell.value or 'at all'}")
    return listed[int(cell.value)]


def _text(element: _Element) -> str:
    return written_text("".join(found.text or "" for found in element.findall(tag("t"))))


def _is_special(properties: _Element) -> bool:
    return any(
        one.get("val", "1") not in ("0", "false", "baseline")
        for name in _HIDDEN_OR_RAISED
        for one in properties.findall(tag(name))
    )


def _with_span(runs: Sequence[Run], span: Span) -> list[Run]:
    found: list[Run] = []
    at, is_written = 0, False
    for run in runs:
        start, end = at, at + len(run.text)
        at = end
        before = run.text[: max(span.start - start, 0)]
        behind = run.text[max(span.end - start, 0) :] if span.end < end else ""
        takes = not is_written and start <= span.start < end
        new = span.new if takes else ""
        is_written = is_written or takes
        if before + new + behind:
            found.append(Run(before + new + behind, run.properties))
    return found if is_written else [*found, Run(span.new, found[-1].properties if found else "")]
