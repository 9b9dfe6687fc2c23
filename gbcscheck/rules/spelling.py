"""Names of schemas that are misspelt: a word that stands once, one letter away from one that stands often."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from gbcscheck.model import Finding
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.rules.base import rule

_WORD = re.compile(r"[A-Z][a-z]{5,}")
"""A word within a name, of a length at which one letter more or less is hardly another word."""
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


RULES = (misspelt_name,)
