"""What is wrong in a notation, shown on the text itself with a marker under the place."""

from __future__ import annotations

from gbcscheck.errors import GbcscheckError

WIDTH = 100
"""Columns of the source line that are shown; a longer line is cut around the marker."""


class NotationError(GbcscheckError):
    """A text that does not follow its notation.

    ``start`` and ``end`` are the offsets of the offending characters in ``text``; ``expected`` says in plain words what
    could have stood there. The message has the problem, the line of the text, the marker, and what was expected.

    >>> print(NotationError("no such unit", "0..10 volt", start=6, end=10, expected=("a unit, as in 0..10 V",)))
    no such unit
      0..10 volt
            ^^^^
    expected a unit, as in 0..10 V
    """

    def __init__(
        self,
        problem: str,
        text: str,
        *,
        start: int = 0,
        end: int | None = None,
        expected: tuple[str, ...] = (),
        where: str = "",
    ) -> None:
        self.text = text
        self.start = max(0, min(start, len(text)))
        self.end = max(self.start, len(text) if end is None else min(end, len(text)))
        self.expected = expected
        lines = [mark(text, self.start, self.end)]
        if expected:
            lines.append("expected " + either(expected))
        super().__init__(problem, where=where, detail="\n".join(lines))


def either(words: tuple[str, ...]) -> str:
    """Alternatives as one phrase.

    >>> either(("a number", "a text", "any"))
    'a number, a text or any'
    """
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def mark(text: str, start: int, end: int) -> str:
    """The line of ``text`` that holds the offset ``start``, indented, and a marker under ``start`` to ``end``.

    A marker that would run over the end of the line stops there; an empty span, or one at the end of the line, gets
    one caret.

    >>> print(mark("a = 1\\nb == 2", 8, 10))
      b == 2
        ^^
    """
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", start)
    line = text[first : last if last >= 0 else len(text)]
    left, right = start - first, min(end - first, len(line))
    if len(line) > WIDTH:
        cut = max(0, min(left - WIDTH // 3, len(line) - WIDTH))
        piece = line[cut : cut + WIDTH]
        line = ("…" if cut else "") + piece + ("…" if cut + WIDTH < len(line) else "")
        left, right = left - cut + bool(cut), min(right - cut + bool(cut), len(line))
    shown = "".join(character if character.isprintable() else " " for character in line)
    return f"  {shown}\n  {' ' * left}{'^' * max(1, right - left)}".rstrip()
