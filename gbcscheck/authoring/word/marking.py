"""A user's Word document with the findings in it: a comment on each clashing cell, with the other sides.

The copy is the document's own package: its main part has the marks of the comments, the part of comments has ours
behind those that there were, and every other part is copied octet for octet.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gbcscheck.authoring.annotated import Annotated
from gbcscheck.authoring.gaps import UNREAD, gaps_in, kinds_by_cell
from gbcscheck.authoring.spans import NotMade
from gbcscheck.authoring.texts import comment_text, sides_in
from gbcscheck.authoring.word.comments import WordComments
from gbcscheck.authoring.word.copy import WordCopy
from gbcscheck.model import Place

if TYPE_CHECKING:
    from gbcscheck.report import Report

REST = "in the report"


def annotate_document(document: Path, report: Report, *, shown: str | None = None) -> Annotated:
    """A copy of a Word document with a comment on each cell that a finding of a report cites, and on each that was not
    read; the document itself is only read.

    ``shown`` is the path under which the statements of the report cite it. Waived findings have no comment. Raises
    UnreadableSource as ``read_document`` does, GbcscheckError for one that is signed or protected against comments.
    """
    where = shown or str(document)
    copy = WordCopy(document, where=where)
    copy.allow(comments=True)
    comments = WordComments(copy)
    texts: dict[tuple[str, str], str] = {}
    for at, sides in sides_in(report, where).items():
        if counted := [side for side in sides if side.marks]:
            texts[at] = comment_text(counted, REST)
    gaps = {at: gap for at, gap in kinds_by_cell(gaps_in(report, where)).items() if gap.kind == UNREAD}
    left = [at for at in gaps if at not in texts]
    marked = sum(_comment(copy, comments, at, text) for at, text in texts.items())
    unread = sum(_comment(copy, comments, at, gaps[at].text) for at in left)
    comments.write()
    return Annotated(copy.content(), marked, tuple(copy.notes), unread)


def _comment(copy: WordCopy, comments: WordComments, at: tuple[str, str], text: str) -> bool:
    """Comment on a cell; a note, and False, where it cannot be found."""
    place = Place(copy.document.where, at[0], at[1])
    try:
        _, cell = copy.cell(place)
    except NotMade as error:
        copy.notes.append(f"{place.cell_words} has no comment: {error}")
        return False
    return comments.put(cell, text)
