"""Names of schemas and words of lists that are misspelt: what stands once, one letter away from what stands often."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from gbcscheck.evidence.comparisons import held
from gbcscheck.evidence.lists import texts_of
from gbcscheck.model import Finding, Statement
from gbcscheck.near_names import nearest
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.rules.base import rule

_WORD = re.compile(r"[A-Z][a-z]{5,}")
"""A word within a name, of a length at which one letter more or less is hardly another word."""
_SHORTEST = 6
"""How long a text is at least of which one letter is hardly another text."""
_OFTEN = 8
"""How often the right word stands at least where the wrong one stands once."""


@rule(
    "N123",
    "misspelt-name",
    kind="naming",
    severity="note",
    reads=("type",),
    question="Is a word in the name of a type misspelt?",
    text="""
    A type of a schema has a word in its name that no other name has, and that is one letter away from a word that many
    have. Documents do not hold the names of types, so nothing that is sent is wrong; code that is generated from the
    schema has the misspelling, and a search by the right name does not find it.

    **How to fix it.** Write the word as the other names do.

    **Example.** `SetDeviceConfiguratinExportMPAN` in DUIS, the type of `SetDeviceConfigurationExportMPAN`.
    """,
)
def misspelt_name(catalogue: Catalogue) -> Iterator[Finding]:
    """Types with a word that one letter within tells from a frequent one, one finding a word."""
    names = sorted({name for name in catalogue.values_of("type") if not name.startswith("xs:")})
    counts = Counter(word for name in names for word in set(_words(name)))
    frequent = {word for word, count in counts.items() if count >= _OFTEN}
    shortened = _shortened(frequent)
    for name in names:
        for word in _words(name):
            right = _meant(word, frequent, shortened) if counts[word] == 1 else ""
            if right:
                stated = catalogue.of_values("type", name)[0]
                yield misspelt_name.finding(
                    subject=stated.subject,
                    message=f"its type {name} has {word} in its name, and {counts[right]} other types {right}",
                    statements=(stated,),
                    witness=word,
                    why="one letter is missing, too many, another one, or in another place.",
                    suggestion=f"write {right}",
                    root=(name, word),
                )


def _words(name: str) -> list[str]:
    return _WORD.findall(name.partition(":")[2] or name)


def _shortened(words: set[str]) -> Mapping[str, str]:
    """Words by what is left of them without one letter that is neither the first nor the last."""
    return {word[:at] + word[at + 1 :]: word for word in sorted(words) for at in range(1, len(word) - 1)}


def _meant(word: str, frequent: set[str], shortened: Mapping[str, str]) -> str:
    """The frequent word that one letter within tells from a word; empty where there is none. Endings do not count: they
    make plurals and other words."""
    if word in shortened:
        return shortened[word]
    for at in range(1, len(word) - 1):
        less = word[:at] + word[at + 1 :]
        if less in frequent:
            return less
        other = shortened.get(less, "")
        if other and len(other) == len(word) and other[-1] == word[-1]:
            return other
    return ""


WORDED = ("roles", "audience", "target", "direction")
"""Attributes whose values are a few words, each of which many statements have."""


@rule(
    "N126",
    "misspelt-word",
    kind="enumeration",
    severity="warning",
    reads=WORDED,
    question="Is a role, an audience, a target or a direction misspelt?",
    text="""
    Who may send a command, to which device, and whether it sets or reads stands in a few words that hundreds of use
    cases share. One of them has a word that no other has, one letter away from one that many have. A system that takes
    its lists from the document knows a party more, and refuses the right one.

    **How to fix it.** Write the word as the other use cases do.

    **Example.** A use case of which the remote party role is `Suplier`, where sixty others have `Supplier`.
    """,
)
def misspelt_word(catalogue: Catalogue) -> Iterator[Finding]:
    """Words of a fact that stand once, and that one letter within tells from one that stands often."""
    for attribute in WORDED:
        said: dict[str, list[Statement]] = {}
        for stated in catalogue.by_attribute.get(attribute, ()):
            for text in texts_of(catalogue, stated):
                said.setdefault(text, []).append(stated)
        frequent = {text for text, statements in said.items() if len(statements) >= _OFTEN}
        shortened = _shortened(frequent)
        for text, (first, *more) in said.items():
            right = "" if more else _code_meant(catalogue, text) or _meant_text(text, frequent, shortened)
            if len(said.get(right, ())) >= _OFTEN:
                held(catalogue, first, said[right][:1])
                yield misspelt_word.finding(
                    subject=first.subject,
                    message=f'its {attribute} has "{text}", and that of {len(said[right])} others "{right}"',
                    statements=(first, said[right][0]),
                    witness=text,
                    why="one letter is missing, too many, another one, or in another place.",
                    suggestion=f"write {right}",
                )


def _meant_text(text: str, frequent: set[str], shortened: Mapping[str, str]) -> str:
    return _meant(text, frequent, shortened) if len(text) >= _SHORTEST else ""


def _code_meant(catalogue: Catalogue, text: str) -> str:
    """The code of a role that is nearest to a short text of capitals which is none; empty for any other text."""
    codes = {one.role for one in catalogue.crosswalk.roles}
    if text in codes or not text.isupper() or len(text) >= _SHORTEST:
        return ""
    return next(iter(nearest(text, sorted(codes), most=1)), "")


RULES = (misspelt_name, misspelt_word)
