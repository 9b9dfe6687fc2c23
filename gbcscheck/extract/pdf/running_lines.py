"""What pages repeat at their top and bottom: titles of the document, numbers of pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from gbcscheck.extract.pdf.lines import Line
from gbcscheck.extract.pdf.page_content import PageContent


def running_lines(pages: Sequence[PageContent]) -> set[str]:
    """The lines that pages have at their top and bottom, however their numbers differ: on several, at one height."""
    counts: Counter[tuple[str, int]] = Counter()
    for page in pages:
        counts.update({(_squeezed(line), round(line.base / 4)) for line in page.around if _at_edge(page, line)})
    least = max(2, len(pages) // 5)
    return {text for (text, height), count in counts.items() if count + counts[text, height + 1] >= least}


def is_running(page: PageContent, line: Line, running: set[str]) -> bool:
    """Whether a line of a page is one of those that pages repeat."""
    return _at_edge(page, line) and _squeezed(line) in running


def own_lines(page: PageContent, running: set[str]) -> Iterator[Line]:
    """The lines of a page around its tables, but for those that pages repeat."""
    return (line for line in page.around if not is_running(page, line, running))


def lowest_text(page: PageContent, running: set[str]) -> float:
    """The lowest text of a page, but for what pages repeat."""
    lines = [line.base for line in own_lines(page, running)]
    return max([*lines, *(table.grid.box[3] for table in page.tables)], default=0.0)


def _squeezed(line: Line) -> str:
    return re.sub(r"[0-9]+", "#", line.text)


def _at_edge(page: PageContent, line: Line) -> bool:
    y = line.base / page.height if page.height else 0.5
    y = y % 1.0
    return y < 0.2 or y > 0.8
