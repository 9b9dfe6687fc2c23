"""Which characters of a text file edits replace, and the file with them replaced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path, PurePath

from gbcscheck.authoring.edited import Edited, Locate, by_cell, by_place, not_made, own_place, refuse
from gbcscheck.authoring.places import cell_of, position
from gbcscheck.authoring.spans import NotMade, Span, spans_of, stands_in, told, with_spans
from gbcscheck.authoring.text.values import Value, field_at, json_values_at, xml_values_at
from gbcscheck.errors import GbcscheckError, UnreadableSource
from gbcscheck.extract.csv_sheet import decoded_csv, read_csv
from gbcscheck.extract.source_kinds import KINDS
from gbcscheck.frozen import frozen
from gbcscheck.inputs.files import read_octets
from gbcscheck.model import Place
from gbcscheck.model.repairs import Edit

TEXTS = (*(kind.suffix for kind in KINDS if kind.is_text), ".xml")
"""Endings of sources that are text."""
_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
"""Byte order marks, and the encodings that they stand for."""


@frozen
class TextSource:
    """A text file: the path under which statements cite it, its octets, the byte order mark that it begins with (empty
    for none), its encoding as Python names it, and its text behind that mark."""

    path: str
    content: bytes
    mark: bytes
    encoding: str
    text: str

    def octets_of(self, text: str) -> bytes:
        """A text in the file's encoding. GbcscheckError where that lacks a character of it."""
        try:
            return text.encode(self.encoding)
        except UnicodeEncodeError as error:
            raise GbcscheckError(
                f"the file is in {self.encoding}, which has no {text[error.start]!r}; save it as UTF-8",
                where=self.path,
            ) from None


@frozen
class Replacement:
    """Characters of a text source that edits replace, and what is to stand there, as the file writes it."""

    span: Span
    edits: tuple[Edit, ...]


def text_source(path: Path, *, shown: str | None = None) -> TextSource:
    """Read a text file; ``shown`` is the path under which statements cite it. UnreadableSource for what is no text."""
    where = shown or str(path)
    content = read_octets(path, where=where)
    mark = next((mark for mark in _MARKS if content.startswith(mark)), b"")
    if path.suffix.lower() == ".csv":
        _, encoding, _ = decoded_csv(content, where)
    else:
        encoding = "utf-8"
    encoding = _MARKS.get(mark, encoding.removesuffix("-sig"))
    try:
        return TextSource(where, content, mark, encoding, content[len(mark) :].decode(encoding))
    except UnicodeDecodeError as error:
        raise UnreadableSource(f"not {encoding.upper()} at octet {error.start}", where=where) from None


def replacements(
    source: TextSource, path: Path, edits: Iterable[Edit], locate: Locate = own_place
) -> tuple[Replacement, ...]:
    """What those of the edits that are about a source replace in it, in the order of the text. GbcscheckError, or
    Problems where there are several, for places at which the old text does not stand."""
    problems: list[GbcscheckError] = []
    by_value: dict[tuple[int, int], tuple[Value, list[tuple[Place, Edit]]]] = {}
    placed = by_place(edits, source.path, locate)
    if PurePath(source.path).suffix.lower() == ".csv":
        placed = by_cell(placed, partial(_row, path), problems)
    for place, group in placed.items():
        try:
            values = _values_at(source, path, place)
            for edit in group:
                value = _holding(values, edit)
                by_value.setdefault((value.start, value.end), (value, []))[1].append((place, edit))
        except NotMade as error:
            problems.append(not_made(place, str(error)))
    found: list[Replacement] = []
    for value, group_of_value in by_value.values():
        chosen = tuple(edit for _, edit in group_of_value)
        try:
            new = value.write(with_spans(value.text, spans_of(value.text, chosen)))
            found.append(Replacement(Span(value.start, value.end, new), chosen))
        except NotMade as error:
            problems.append(not_made(group_of_value[0][0], str(error)))
    refuse(problems)
    return tuple(sorted(found, key=lambda one: one.span.start))


def edited_text(path: Path, edits: Sequence[Edit], *, shown: str | None = None, locate: Locate = own_place) -> Edited:
    """A copy of a text file with those of the edits that are about it: every other octet as it was. Errors as in
    ``text_source`` and ``replacements``, and where the file's encoding lacks a character."""
    source = text_source(path, shown=shown)
    found = replacements(source, path, edits, locate)
    return Edited(changed_octets(source, found), len(found))


def changed_octets(source: TextSource, found: Iterable[Replacement]) -> bytes:
    """The file with some of its characters replaced."""
    return source.mark + source.octets_of(with_spans(source.text, (one.span for one in found)))


def _row(path: Path, place: Place) -> Iterator[tuple[str, str]]:
    """The cells of the row of a place: addresses and texts."""
    number = position(place.cell or "A0")[0]
    return ((cell.address, cell.text) for row in read_csv(path).rows if row.number == number for cell in row.cells)


def _values_at(source: TextSource, path: Path, place: Place) -> list[Value]:
    """The values that stand at a place, of which an edit means one."""
    suffix = PurePath(source.path).suffix.lower()
    if suffix == ".csv":
        at = cell_of(place, source.path)
        if at is None:
            raise NotMade("no cell of the file; a row and a column were expected")
        row, column = position(at[1])
        return [field_at(source.text, read_csv(path).delimiter, row, column - 1)]
    if suffix == ".json" and (place.pointer is not None or place.line is not None):
        return json_values_at(source.text, pointer=place.pointer, line=place.line)
    if place.line is not None:
        return xml_values_at(source.text, place.line)
    raise NotMade("the place is not one of text: a cell, a line or a pointer was expected")


def _holding(values: Sequence[Value], edit: Edit) -> Value:
    """The one of several values that an edit means: in a statement of an extract the member that it is about, where
    there is such a one."""
    values = [value for value in values if value.name == edit.member] or values
    found = [value for value in values if stands_in(value.text, edit.old)]
    if len(found) == 1 or len(values) == 1:
        return (found or values)[0]
    if found:
        raise NotMade(f"{told(edit.old)} is {len(found)} values of what stands there, and one was expected")
    texts = ", ".join(told(value.text) for value in values[:4]) or "nothing"
    raise NotMade(f"{texts} {'stand' if len(values) > 1 else 'stands'} there, and {told(edit.old)} was expected")
