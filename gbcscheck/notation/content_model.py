"""The notation of content models: ``(A, (B | C)*, D?)``, ``(A & B)``, ``A{2..5}``, ``<any lax>``.

A comma is a sequence, ``|`` a choice, ``&`` an ``all`` group; ``?``, ``*``, ``+``, ``{3}``, ``{2..5}`` and ``{2..}``
say how often. A wildcard stands in angle brackets: ``any``, some namespaces, or ``not`` and some namespaces
(``##local``: none), and how what it takes is held against its declaration: ``strict``, ``lax`` or ``skip``. ``()`` is
no child, and ``(|)`` what nothing can satisfy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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
from gbcscheck.limits import MODEL_BRACKETS
from gbcscheck.notation.errors import NotationError

LOCAL = "##local"
NO_NAMESPACE = "(none)"
"""The namespace of an unqualified element, as extracts write it."""

_TOKEN = re.compile(
    r"\s*(?:(?P<name>[^\s,|&(){}<>?*+#]+(?: #\d+)?)|<(?P<wild>[^<>]*)>|"
    r"\{(?P<low>[0-9]{1,4000})(?P<dots>\.\.(?P<high>[0-9]{1,4000})?)?\}|(?P<sign>[,|&()?*+]))"
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
    named = [_namespace_text(one) for one in sorted(model.namespaces)]
    words = ["any"] if model.others and not named else ["not", *named] if model.others else named
    return " ".join((*words, model.process))


def _namespace_text(namespace: str) -> str:
    """A namespace as one word that is none of the notation's own."""
    if namespace in ("any", "not", LOCAL):
        return f"%{ord(namespace[0]):02X}{namespace[1:]}"
    return quote(namespace, safe=":/?#[]@!$&'()*+,;=~") if namespace else LOCAL


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
    tokens = _tokens(text)
    _hold_depth(text, tokens)
    reader = _Reader(text, tokens)
    try:
        model = reader.particle()
    except RecursionError:
        raise NotationError("nested too deeply to be read", text) from None
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


def model_depth(text: str) -> int:
    """How deep the brackets of a content model nest."""
    return max((depth for depth, _ in _depths(_tokens(text))), default=0)


def _hold_depth(text: str, tokens: Iterable[_Token]) -> None:
    for depth, token in _depths(tokens):
        if depth > MODEL_BRACKETS.most:
            raise NotationError(MODEL_BRACKETS.problem(depth), text, start=token.start, end=token.start + 1)


def _depths(tokens: Iterable[_Token]) -> Iterator[tuple[int, _Token]]:
    """Each bracket that opens, with how many are open then."""
    depth = 0
    for token in tokens:
        if token.kind == "sign" and token.text in ("(", ")"):
            depth += 1 if token.text == "(" else -1
            if token.text == "(":
                yield depth, token


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

    def particle(self) -> Model:
        """A name, wildcard or group with how often it stands."""
        token = self.token
        if token.kind == "name":
            self._take()
            model: Model = Named(token.text)
        elif token.kind == "wild":
            made = parse_wildcard(self._take().text)
            model = wildcard(made.namespaces, others=made.others, process=made.process)
        elif self._is("("):
            self._take()
            model = self._group()
        else:
            raise self.unexpected("a name", "a bracket")
        while self.token.kind == "times" or (self.token.kind == "sign" and self.token.text in _SUFFIX):
            token = self._take()
            low, high = token.counts if token.kind == "times" else _SUFFIX[token.text]
            if high is not None and low > high:
                raise NotationError("the lower end is above the upper end", self._text, start=token.start)
            model = repeated(model, low, high)
        return model

    def _group(self) -> Model:
        if self._is(")"):
            self._take()
            return NO_CHILD
        if self._is("|"):
            self._take()
            if not self._is(")"):
                raise self.unexpected(")")
            self._take()
            return NO_WORD
        parts = [self.particle()]
        sign = self.token.text if self.token.kind == "sign" and self.token.text in _MAKERS else ""
        while sign and self._is(sign):
            self._take()
            parts.append(self.particle())
        if not self._is(")"):
            raise self.unexpected(*([sign] if sign else [",", "|", "&"]), ")")
        self._take()
        return _MAKERS[sign or ","](parts)
