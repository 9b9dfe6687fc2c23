"""One thing that could be written so that findings go, with who speaks for it and against it."""

from __future__ import annotations

from gbcscheck.frozen import frozen
from gbcscheck.model import Statement, without_repeat
from gbcscheck.proposals.replacing import Replacement, row_of

FOLLOWING = ("content-model",)
"""What follows from other places of a document: no text of its own that anybody could write."""


@frozen
class Candidate:
    """One place, or several that say the same of one thing, written anew: what each becomes, who says so already
    (``supports``), and who says what stands there now (``against``). ``told`` says that a finding asks for it;
    ``silent`` are the empty places of rows that say nothing there, where that is what is proposed; ``following`` is
    what is said of another subject once a row has another name, in places that nobody writes anew."""

    replacements: tuple[Replacement, ...]
    supports: tuple[Statement, ...]
    against: tuple[Statement, ...]
    told: bool = False
    silent: tuple[Statement, ...] = ()
    following: tuple[Replacement, ...] = ()

    @property
    def every(self) -> tuple[Replacement, ...]:
        """All that says something else afterwards."""
        return (*self.replacements, *self.following)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements that are written anew, one for each place."""
        written = [one.statement for one in self.replacements if one.statement.attribute not in FOLLOWING]
        places = {(one.path, one.source): one for one in reversed(written)}
        return tuple(reversed(places.values()))

    @property
    def size(self) -> int:
        """How many places are written anew."""
        return len(self.statements)

    @property
    def meaning(self) -> frozenset[object]:
        """What it comes to: two candidates of one meaning are one."""
        return frozenset(map(_meaning, self.replacements))

    @property
    def voices(self) -> frozenset[tuple[str, ...]]:
        """Whose words speak for it. The values that a column has in other rows are one word: seven elements of one
        octet each do not say seven times that an eighth has one, or that the length of their message is one."""
        return frozenset(
            voice_of(one) if self._is_of_it(one) else (*voice_of(one)[:3], one.attribute) for one in self.supports
        )

    def _is_of_it(self, one: Statement) -> bool:
        """Whether a statement may be one of what is written: it is of an item of that name, stands in another sheet or
        document, or is a fact in the same column; of a row that gets another name whatever is said."""
        return not self.replacements or any(
            not each.is_text
            or voice_of(one)[:3] != voice_of(each.statement)[:3]
            or (one.attribute == each.statement.attribute and one.domain is None)
            or _name(one) == _name(each.statement)
            for each in self.replacements
        )

    @property
    def net(self) -> float:
        """How many more say the new value than the old one; a constant counts more than a default, and what a document
        says and said in the version before is one voice."""
        firmer = any(
            one.attribute == "constant" and target.attribute == "default"
            for one in self.supports
            for target in self.statements
        )
        voices = len(self.voices) + len({voice_of(one) for one in self.silent})
        return voices + 0.5 * self.told + 0.5 * firmer - len({voice_of(one) for one in self.against})


def voice_of(statement: Statement) -> tuple[str, ...]:
    """Whose word a statement is: what one document, one sheet of it, says of one thing, in whichever version."""
    sheet, is_cell, _ = statement.source.rpartition("!")
    name, _, part = statement.specification
    return name, part, sheet if is_cell else "", statement.subject, statement.attribute


def _name(statement: Statement) -> str:
    """What a row is called in its use case, message and component."""
    return without_repeat(statement.subject).rpartition("/")[2]


def _meaning(one: Replacement) -> object:
    if one.key is not None:
        return (*row_of(one.statement), one.key)
    if one.renames:
        return (*row_of(one.statement), one.subject)
    about = one.subject if one.adds else ""  # a place may say one thing of several subjects
    return (*row_of(one.statement), one.statement.attribute, about, one.domain, one.value, one.adds)
