"""The notation of content models: ``(A, (B | C)*, D?)``, ``(A & B)``, ``A{2..5}``, ``<any lax>``.

A comma is a sequence, ``|`` a choice, ``&`` an ``all`` group; ``?``, ``*``, ``+``, ``{3}``, ``{2..5}`` and ``{2..}``
say how often. A wildcard stands in angle brackets: ``any``, some namespaces, or ``not`` and some namespaces
(``##local``: none), and how what it takes is held against its declaration: ``strict``, ``lax`` or ``skip``. ``()`` is
no child, and ``(|)`` what nothing can satisfy.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, unquote

from gbcscheck.domains.content_models import (
    ADMITTED,
    NO_CHILD,
    NO_WORD,
    Either,
    Interleaved,
    Model,
    Named,
    Ordered,
    Repeated,
    Wildcard,
    in_any_order,
    in_order,
    one_of,
    repeated,
    wildcard,
)
from gbcscheck.notation.errors import NotationError

MAX_DEPTH = 100
"""Brackets within brackets."""
LOCAL = "##local"
NO_NAMESPACE = "(none)"
"""The namespace of an unqualified element, as extracts write it."""

_TOKEN = re.compile(
    r"\s*(?:(?P<name>[^\s,|&(){}<>?*+#]+(?: #\d+)?)|<(?P<wild>[^<>]*)>|"
    r"\{(?P<low>\d{1,9})(?P<dots>\.\.(?P<high>\d{1,9})?)?\}|(?P<sign>[,|&()?*+]))"
)
_SUFFIX: dict[str, tuple[int, int | None]] = {"?": (0, 1), "*": (0, None), "+": (1, None)}
_MAKERS = {",": in_order, "|": one_of, "&": in_any_order}


def print_model(model: Model) -> str:
    """The text of a model; a single name or repetition stands in brackets, too."""
    text = _printed(model)
    return text if text.startswith("(") and not isinstance(model, Repeated) else f"({text})"


def _printed(model: Model) -> str:
    match model:
        case Named(name):
            return name
        case Wildcard():
            return f"<{wildcard_text(model)}>"
        case Repeated(part, low, high):
            return f"{_printed(part)}{_times(low, high)}"
        case Ordered(parts):
            return f"({', '.join(_printed(part) for part in parts)})"
        case Either(parts):
            return f"({' | '.join(_printed(part) for part in parts)})" if parts else "(|)"
        case Interleaved(parts):
            return f"({' & '.join(_printed(part) for part in parts)})"


def _times(low: int, high: int | None) -> str:
    for sign, counts in _SUFFIX.items():
        if counts == (low, high):
            return sign
    return f"{{{low}}}" if low == high else f"{{{low}..{'' if high is None else high}}}"


def wildcard_text(model: Wildcard) -> str:
    """``any lax``, ``not urn:t ##local strict``: what stands between the angle brackets."""
    named = [quote(one, safe=":/?#[]@!$&'()*+,;=%~") if one else LOCAL for one in sorted(model.namespaces)]
    words = ["any"] if model.others and not named else ["not", *named] if model.others else named
    return " ".join((*words, model.process))


def parse_wildcard(text: str) -> Wildcard:
    """The wildcard of a text between angle brackets. Raises NotationError."""
    *words, process = text.split() or [""]
    others = words[:1] in (["any"], ["not"])
    names = words[1:] if others else words
    if (
        process not in ADMITTED
        or not words
        or (words[:1] == ["any"]) > (not names)
        or (words[:1] == ["not"] and not names)
    ):
        raise NotationError("no wildcard", text, expected=("any lax", "not urn:t ##local strict", "urn:t skip"))
    return Wildcard(frozenset("" if name == LOCAL else unquote(name) for name in names), others, process)


# --- reading ---------------------------------------------------------------------------------------------------------


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    counts: tuple[int, int | None] = (1, 1)


@lru_cache(maxsize=4096)
def parse_model(text: str) -> Model:
    """The model of a text. Raises NotationError, which shows the place.

    >>> print_model(parse_model("(A, (B|C)*, (D))"))
    '(A, (B | C)*, D)'
    """
    reader = _Reader(text, list(_tokens(text)))
    model = reader.particle(0)
    if reader.token.kind != "end":
        raise reader.unexpected("the end")
    return model


def _tokens(text: str) -> list[_Token]:
    found, position = [], 0
    end = len(text.rstrip())
    while position < end:
        match = _TOKEN.match(text, position)
        if match is None:
            raise NotationError("not expected here", text, start=position, expected=("a name", "a bracket"))
        kind = str(match.lastgroup)
        kind = "times" if match["low"] else kind
        counts: tuple[int, int | None] = (1, 1)
        if match["low"]:
            low = int(match["low"])
            counts = (low, low if not match["dots"] else int(match["high"]) if match["high"] else None)
        start = match.end() - len(match.group().lstrip())
        found.append(_Token(kind, match["name"] or match["wild"] or match["sign"] or "", start, counts))
        position = match.end()
    return [*found, _Token("end", "", len(text))]


class _Reader:
    def __init__(self, text: str, tokens: list[_Token]) -> None:
        self._text = text
        self._tokens = tokens
        self._at = 0

    @property
    def token(self) -> _Token:
        """The next token."""
        return self._tokens[self._at]

    def unexpected(self, *expected: str) -> NotationError:
        """What is wrong with the next token."""
        token = self.token
        end = self._tokens[self._at + 1].start if token.kind != "end" else token.start
        problem = "it ends too early" if token.kind == "end" else "not expected here"
        return NotationError(problem, self._text, start=token.start, end=end, expected=expected)

    def _take(self) -> _Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def _is(self, sign: str) -> bool:
        return self.token.kind == "sign" and self.token.text == sign

    def particle(self, depth: int) -> Model:
        """A name, wildcard or group with how often it stands."""
        token = self.token
        if depth > MAX_DEPTH:
            raise NotationError(f"more than {MAX_DEPTH} brackets within brackets", self._text, start=token.start)
        if token.kind == "name":
            self._take()
            model: Model = Named(token.text)
        elif token.kind == "wild":
            made = parse_wildcard(self._take().text)
            model = wildcard(made.namespaces, others=made.others, process=made.process)
        elif self._is("("):
            self._take()
            model = self._group(depth)
        else:
            raise self.unexpected("a name", "a bracket")
        while self.token.kind == "times" or (self.token.kind == "sign" and self.token.text in _SUFFIX):
            token = self._take()
            low, high = token.counts if token.kind == "times" else _SUFFIX[token.text]
            if high is not None and low > high:
                raise NotationError("the lower end is above the upper end", self._text, start=token.start)
            model = repeated(model, low, high)
        return model

    def _group(self, depth: int) -> Model:
        if self._is(")"):
            self._take()
            return NO_CHILD
        if self._is("|"):
            self._take()
            if not self._is(")"):
                raise self.unexpected(")")
            self._take()
            return NO_WORD
        parts = [self.particle(depth + 1)]
        sign = self.token.text if self.token.kind == "sign" and self.token.text in _MAKERS else ""
        while sign and self._is(sign):
            self._take()
            parts.append(self.particle(depth + 1))
        if not self._is(")"):
            raise self.unexpected(*([sign] if sign else [",", "|", "&"]), ")")
        self._take()
        return _MAKERS[sign or ","](parts)
