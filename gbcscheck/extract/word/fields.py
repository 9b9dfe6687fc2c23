"""Fields of Word: text that a program puts in by an instruction (ISO/IEC 29500-1, 17.16), read by their result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gbcscheck.extract.word.names import attribute, local

if TYPE_CHECKING:
    from lxml.etree import _Element

_NOTHING_SHOWN = ("xe", "tc", "ta", "rd", "set", "ask", "bookmark", "advance", "private", "")
"""Fields that show nothing, by the first word of their instruction."""
_SHOWN_BY_INSTRUCTION = ("eq", "symbol", "formdropdown", "formcheckbox", "barcode", "displaybarcode", "mergebarcode")
"""Fields that show something by their instruction, or by what belongs to it, even where their result is empty."""


class OpenFields:
    """The fields that have begun and not ended, while one reads on; a field may stand in the instruction of another
    one, and go over paragraphs."""

    def __init__(self) -> None:
        self._open: list[_Field] = []
        self._without_result = 0

    @property
    def is_shown(self) -> bool:
        """Whether what comes is seen: not the instruction of a field, nor what stands in it."""
        return not self._without_result

    def instruct(self, text: str) -> None:
        """More of the instruction of the field that began last."""
        if self._open:
            self._open[-1].instruction += text

    def step(self, element: _Element, amount: int) -> str:
        """Take the beginning, the middle or the end of a field (17.16.18), ``amount`` being how much was read before
        it; in words, what is not read of a field that ends."""
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            self._open.append(_Field())
            self._without_result += 1
        elif kind == "separate" and self._open:
            self._without_result -= not self._open[-1].has_result
            self._open[-1].has_result = True
            self._open[-1].before = amount
        elif kind == "end" and self._open:
            field = self._open.pop()
            self._without_result -= not field.has_result
            word = _first_word(field.instruction)
            is_empty = word in _SHOWN_BY_INSTRUCTION and amount == field.before
            if (is_empty or not field.has_result) and word not in _NOTHING_SHOWN and self.is_shown:
                return _without_result(word)
        return ""


class _Field:
    """A field that has begun and not ended."""

    def __init__(self) -> None:
        self.instruction = ""
        self.has_result = False
        self.before = 0


def empty_field(instruction: str) -> str:
    """What is not read of a field in one element whose result is empty, in words; nothing where none is lost."""
    word = _first_word(instruction)
    return _without_result(word) if word in _SHOWN_BY_INSTRUCTION else ""


def fields_of(paragraph: _Element) -> tuple[str, ...]:
    """The instructions of the fields of a ``w:p``, whatever the view: ``SEQ Table \\* ARABIC``."""
    found: list[str] = []
    parts: list[str] = []
    for one in paragraph.iter():
        name = local(one)
        if name == "fldSimple":
            found.append(" ".join(attribute(one, "instr").split()))
        elif name == "instrText" or name == "delInstrText":
            parts.append(one.text or "")
        elif name == "fldChar" and parts and attribute(one, "fldCharType") != "begin":
            found.append(" ".join("".join(parts).split()))
            parts = []
    return tuple(found)


def _first_word(instruction: str) -> str:
    return (instruction.split() or [""])[0].casefold()


def _without_result(word: str) -> str:
    return f"a field without a result, {word.upper()}"
