"""A change document as Markdown: deleted text between tildes, inserted text in ``ins``, as most sites show them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from gbcscheck.authoring.paper.content import SENTENCE, Conflict, OpenChoice, Paper, Row
from gbcscheck.authoring.smallest import pieces
from gbcscheck.printable import one_line, without_commands

_MARKUP = re.compile(r"[\\`*_\[\]|~#@$^]|:(?=//|\w+:)|(?<=[^\W\d])\.(?=[^\W\d])")
"""What could be taken for markup, and the signs that make an address, a mention or an emoji of a word."""
_TITLES = ("No.", "Where", "Current text", "Proposed text", "Reason", "Parties affected")


def markdown_of(paper: Paper) -> str:
    """The document as Markdown, ended by a line feed."""
    return without_commands("\n".join(_lines(paper)) + "\n", markup=True)


def _lines(paper: Paper) -> Iterator[str]:
    yield f"# {_text(paper.title)}"
    yield ""
    yield from _table(("", ""), ((f"**{_text(name)}**", _text(text)) for name, text in paper.facts))
    yield ""
    yield SENTENCE
    yield from ("", "## 1. Changes proposed", "")
    if not paper.groups:
        yield "None."
    for number, group in enumerate(paper.groups, 1):
        yield f"### 1.{number} {_text(group.title)}"
        yield ""
        yield f"Amend {_text(group.title)} (read from {_text(group.path)}) as follows."
        yield ""
        yield from _changes(group.rows)
        yield ""
    yield from _section(paper, "settled", "Conflicts that these changes settle", paper.settled)
    if section := paper.numbers.get("choices"):
        yield from ("", f"## {section}. Choices left to people", "")
        for place, choice in enumerate(paper.choices, 1):
            yield from _choice(f"{section}.{place}", choice)
    yield from _section(paper, "unsettled", "Conflicts without a proposal", paper.unsettled)


def _section(paper: Paper, name: str, title: str, conflicts: Sequence[Conflict]) -> Iterator[str]:
    if conflicts:
        yield from ("", f"## {paper.numbers[name]}. {title}", "")
    for one in conflicts:
        yield f"* {_told(one)}"
        yield from (f"  * {_text(side)}" for side in one.sides)
        if one.why:
            yield f"  * Why: {_text(one.why)}"


def _choice(number: str, choice: OpenChoice) -> Iterator[str]:
    yield f"### {number} {_code(choice.conflict.item)}"
    yield ""
    for one in (choice.conflict, *choice.also):
        yield f"* {_told(one)}"
        yield from (f"  * {_text(side)}" for side in one.sides)
    yield ""
    yield _text(choice.why)
    yield ""
    for way in choice.ways:
        yield f"**{way.letter})** {_text(way.text)}"
        yield ""
        yield from _changes(way.rows)
        yield ""


def _told(one: Conflict) -> str:
    number = f"**{one.number}** " if one.number else ""
    return f"{number}{_code(one.item)}: {_text(one.message)} ({_text(one.rule)}, {_text(one.severity)})."


def _changes(rows: Sequence[Row]) -> Iterator[str]:
    return _table(_TITLES, map(_cells, rows))


def _cells(row: Row) -> tuple[str, ...]:
    before, after = pieces(row.old, row.new)
    old = "".join(_marked(text, "~~", "~~") if alone else _text(text) for text, alone in before)
    new = "".join(_marked(text, "<ins>", "</ins>") if alone else _text(text) for text, alone in after)
    where = f"{_text(row.where)}<br>{_code(row.item)}"
    return row.number, where, old, new, _text(row.reason), _text(", ".join(row.parties))


def _marked(text: str, opening: str, closing: str) -> str:
    """A text between marks, which stand beside no blank: tildes beside one are none."""
    bare = text.strip()
    if not bare:
        return text
    before, _, behind = text.partition(bare)
    return f"{_text(before)}{opening}{_text(bare)}{closing}{_text(behind)}"


def _table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(titles)} |"
    yield f"|{'|'.join(' --- ' for _ in titles)}|"
    for row in rows:
        yield f"| {' | '.join(cell or ' ' for cell in row)} |"


def _code(text: str) -> str:
    """A name as code, or as text where it holds what ends code or a cell of a table."""
    line = one_line(text)
    return _text(text) if "`" in line or "|" in line or not line else f"`{line}`"


def _text(text: str) -> str:
    """A text of which nothing is taken for markup, an address or a mention."""
    whole = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    plain = "<br>".join(one_line(line) if line.strip() else line for line in whole.split("\n"))
    edges = (" " if text[:1].isspace() else "", " " if text[-1:].isspace() else "")
    return (
        edges[0]
        + _MARKUP.sub(lambda found: f"&#{ord(found[0])};" if found[0] in ".:" else f"\\{found[0]}", plain).strip()
        + edges[1]
    )
