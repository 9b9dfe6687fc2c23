"""Which document a table is of, told by what stands above it, the name of its sheet and that of its file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gbcscheck.frozen import frozen

_NAMES = {
    "GBCS": r"(?:Great Britain|G\.?B\.?) Companion Specifications?|GBCS",
    "SMETS": r"(?:Smart Metering Equipment Technical Specifications?|SMETS)(?: ?[12](?![.0-9]))?",
    "CHTS": r"Communications Hub Technical Specifications?|CHTS",
    "DUIS": r"(?:DCC )?User Interface Specifications?|DUIS",
    "MMC": r"Message Mapping Catalogue|MMC",
}
"""What documents are called, in full and in short."""
_STAGE = r"(?:[ ,-]*(?:draft|rc|beta|final draft|consultation)(?: ?[0-9]+)?)"
_NUMBER = rf"[0-9]+(?:\.[0-9]+)*[a-z]?{_STAGE}?"
_VERSION = rf"[ ,:()–-]*(?:(?:version|ver|issue|v)\.? ?({_NUMBER})|(?=[0-9]+\.)({_NUMBER}))"
_DOCUMENT = re.compile(rf"\b({'|'.join(_NAMES.values())})(?![A-Za-z])(?:{_VERSION}(?![0-9.]*[0-9]))?", re.I)
_TABLE = re.compile(r"\btable ?([0-9]+(?:\.[0-9]+)*[a-z]?)\b", re.I)
_OTHER = re.compile(
    r"\b(?:(?:align\w*|in line|consistent|compatible|compl\w+|compar\w+|conform\w*|harmoni\w+|read|maps?|mapped"
    r"|according|refer\w*|relat\w+) (?:with|to|against)|(?:based|relies|builds) (?:up)?on|derived from"
    r"|see(?: also)?|cf\.?|supersedes|replaces|per|against|versus|vs\.?|follow\w*|cites|(?:cited|defined) (?:in|by))"
    r"(?: (?:the|version|v?[0-9][0-9.]*|of))*\W*$",
    re.I,
)
"""Words before the name of a document that is another than the one at hand."""
_AND = re.compile(r"[\s,;&(]*(?:and|or)?[\s(]*(?:the )?", re.I)


@frozen
class Recognised:
    """What a table is of, empty where nothing says so, and the words that say it with their place."""

    name: str = ""
    version: str = ""
    part: str = ""
    how: str = ""


class _Mention(NamedTuple):
    name: str
    version: str
    words: str


def recognised(texts: Iterable[tuple[str, str]]) -> Recognised:
    """The document that some texts, each with its place in words, name first; its version is what stands behind its own
    name, and a document that the text only points at (``aligned with SMETS2 v5.1``) is none.

    >>> found = recognised([("A1", "GB Companion Specification v4.3 draft 2, Table 28d, aligned with SMETS2 v5.1")])
    >>> found.name, found.version, found.part, found.how
    ('GBCS', '4.3 draft 2', 'Table 28d', '"GB Companion Specification v4.3 draft 2" in A1')
    """
    name = version = part = how = ""
    for place, text in texts:
        plain = " ".join(text.split())
        for mention in _mentions(plain):
            if mention.name == (name or mention.name):
                if not name or (mention.version and not version):
                    how = ", ".join(text for text in (how, f'"{mention.words}" in {place}') if text)
                name, version = mention.name, version or mention.version
        part = part or _part(plain)
    return Recognised(name, version, part, how)


def _mentions(text: str) -> Iterator[_Mention]:
    """The documents that a text is about, in its order."""
    end, is_other = 0, False
    for found in _DOCUMENT.finditer(text):
        goes_on = is_other and _AND.fullmatch(text[end : found.start()]) is not None
        end, is_other = found.end(), goes_on or _OTHER.search(text[: found.start()]) is not None
        if not is_other:
            version = " ".join((found[2] or found[3] or "").replace(",", " ").lower().split())
            words = found[0] if "(" in found[0] else found[0].replace(")", "")
            yield _Mention(_short(found[1]), version, words.strip())


def _short(words: str) -> str:
    """The short name of a document that goes by some words: ``SMETS2`` for ``SMETS 2``."""
    short = next(name for name, written in _NAMES.items() if re.fullmatch(written, words, re.I))
    return short + (words[-1] if short == "SMETS" and words[-1] in "12" else "")


def _part(text: str) -> str:
    """The table that a text is about."""
    for found in _TABLE.finditer(text):
        before = text[: found.start()]
        named = list(_DOCUMENT.finditer(before))
        if not (named and _AND.fullmatch(before[named[-1].end() :]) and _OTHER.search(before[: named[-1].start()])):
            return f"Table {found[1].lower()}"
    return ""
