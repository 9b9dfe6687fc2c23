"""What could be written in the place of a statement so that findings go: candidates, before any check."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from gbcscheck.evidence.reading import in_own_type
from gbcscheck.evidence.value_words import printed, written_like
from gbcscheck.frozen import frozen
from gbcscheck.model import Finding, Statement
from gbcscheck.near_names import is_misspelt
from gbcscheck.proposals.replacing import Replacement, column_of, row_of
from gbcscheck.proposals.rereading import Columns, Said, said
from gbcscheck.proposals.voices import Voices

if TYPE_CHECKING:
    from gbcscheck.domains import Domain

MOST_TARGETS = 12
"""Statements of one finding that are tried."""
MOST_OF_TARGET = 8
"""Candidates for one place."""
MOST_NAMES = 6
"""Names that a finding quotes which are tried for a subject."""
FEWEST_ALIKE = 4
"""So many rows of the same name in other use cases have to be there for them to have a say."""

_NUMBER = re.compile(r"0x[0-9A-Fa-f]+|0b[01]+|(?<![\w.])[0-9]+(?![\w.])")
_WRITE = re.compile(r"(?:write|state) \"?(?P<text>.+?)\"?(?: in \S.*|, or .*| \([^()]*\))?")
_PERHAPS = re.compile(r"perhaps (?P<names>.+?) is meant")
_QUOTED = re.compile(r'"([^"]+)"')


@frozen
class Candidate:
    """One place, or several that say the same of one thing, written anew: what each becomes, who says so already
    (``supports``), and who says what stands there now (``against``). ``told`` says that a finding itself asks for it."""

    replacements: tuple[Replacement, ...]
    supports: tuple[Statement, ...]
    against: tuple[Statement, ...]
    told: bool = False

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements that are written anew, one for each place."""
        places = {(one.statement.path, one.statement.source): one.statement for one in reversed(self.replacements)}
        return tuple(reversed(places.values()))

    @property
    def size(self) -> int:
        """How many places are written anew."""
        return len(self.statements)

    @property
    def meaning(self) -> frozenset[object]:
        """What it comes to: two candidates of one meaning are one."""
        return frozenset(
            (*row_of(one.statement), one.statement.attribute, one.subject, one.domain, one.value)
            for one in self.replacements
        )

    @property
    def net(self) -> float:
        """How many more say the new value than the old one; a constant counts more than a default."""
        firmer = any(
            one.attribute == "constant" and target.attribute == "default"
            for one in self.supports
            for target in self.statements
        )
        return len(self.supports) + 0.5 * self.told + 0.5 * firmer - len(self.against)


class Candidates:
    """The candidates for the findings of one catalogue."""

    def __init__(self, voices: Voices) -> None:
        self._voices = voices
        self._catalogue = voices.catalogue
        self.columns = Columns(voices.catalogue)

    def of(self, finding: Finding, targets: Iterable[Statement]) -> list[Candidate]:
        """What could be written in one place of a finding, or in all places that say the same in one document; those
        with most support first."""
        parts = self._catalogue.parts  # a witness, or a person's own rule, is none of them
        chosen = [one for one in dict.fromkeys(targets) if one.specification in parts][:MOST_TARGETS]
        found: list[Candidate] = []
        for target in chosen:
            found += self._of_target(finding, target)
        found += self._together(found)
        return sorted(found, key=lambda one: (one.size, -one.net))

    def _together(self, single: Iterable[Candidate]) -> list[Candidate]:
        """The same edit of all places of a finding that say the same of one attribute."""
        groups: dict[object, dict[object, Candidate]] = {}
        for one in single:
            first = one.replacements[0]
            if not first.renames:
                key = (first.statement.specification, first.statement.attribute, said(first.statement), first[2:4])
                groups.setdefault(key, {}).setdefault(row_of(first.statement), one)
        return [
            Candidate(
                tuple(each for one in group.values() for each in one.replacements),
                tuple(dict.fromkeys(each for one in group.values() for each in one.supports)),
                tuple(
                    each
                    for each in dict.fromkeys(each for one in group.values() for each in one.against)
                    if each not in {target for one in group.values() for target in one.statements}
                ),
            )
            for group in groups.values()
            if len(group) > 1
        ]

    def _of_target(self, finding: Finding, target: Statement) -> list[Candidate]:
        peers = [one for one in finding.statements if one != target]
        others = list(self._voices.others(target))
        speaking = list(dict.fromkeys((*peers, *others)))
        written: dict[Said, tuple[str, dict[Statement, None], bool]] = {}

        def add(text: str, by: Statement | None, *, told: bool = False) -> None:
            read = self.columns.read(target, text) if text else None
            if read is None or (read.domain is None and read.value is None):
                return
            known = written.get(read)
            supports = dict(known[1]) if known else {}
            if by is not None:
                supports[by] = None
            written[read] = (known[0] if known else text, supports, told or (known is not None and known[2]))

        for one in speaking:
            for text in self._texts(target, one):
                add(text, one)
        for one in self._alike(target):
            add(one.written, one)
        for text in _asked(finding, target):
            add(text, None, told=True)
        own = said(target)
        against = tuple(written.pop(own)[1]) if own in written else ()
        found = [
            Candidate(self._replacements(target, read, text), tuple(supports), against, told)
            for read, (text, supports, told) in written.items()
        ]
        found += self._renamed(finding, target)
        return sorted(found, key=lambda one: -one.net)[:MOST_OF_TARGET]

    # --- texts -------------------------------------------------------------------------------------------------------

    def _texts(self, target: Statement, one: Statement) -> Iterator[str]:
        """How the target's column could write what another statement says."""
        if one.attribute == target.attribute:
            slot, other = column_of(target), column_of(one)
            if slot[1:] == other[1:] and slot[0][::2] == other[0][::2]:
                yield one.written
                return
            if one.domain is None and isinstance(one.value, str):
                yield one.value
        values = in_own_type(self._catalogue, one)
        if values is not None:
            if target.domain is not None and one.attribute != "type":
                yield written_like(values, target.written)
                yield printed(values)
            yield from self._substituted(target, values)
        elif isinstance(one.value, str) and one.attribute != target.attribute:
            for number in _NUMBER.findall(one.value)[:2]:
                yield from _with_number(target.written, int(number, 0) if number[:2] in ("0x", "0b") else int(number))

    @staticmethod
    def _substituted(target: Statement, values: Domain) -> Iterator[str]:
        members = values.members(1)
        if members and isinstance(members[0], int) and not isinstance(members[0], bool):
            yield from _with_number(target.written, members[0])

    def _alike(self, target: Statement) -> tuple[Statement, ...]:
        """A row of the same name in another use case, where nearly all rows of that name say the same."""
        name = target.subject.rpartition("/")[2]
        if name == target.subject or " #" in name:
            name = name.partition(" #")[0]
        examples: dict[Said, list[Statement]] = {}
        part = self._catalogue.parts[target.specification]
        for one in part.of_attribute(target.attribute):
            if one != target and one.subject.rpartition("/")[2].partition(" #")[0] == name:
                examples.setdefault(said(one), []).append(one)
        count = sum(map(len, examples.values()))
        most = max(examples.values(), key=len, default=[])
        return (most[0],) if count >= FEWEST_ALIKE and len(most) >= 0.9 * count else ()

    def _replacements(self, target: Statement, read: Said, text: str) -> tuple[Replacement, ...]:
        """The statement with what it would say, and what else its place says of it in other words (the type that a
        set begins with)."""
        found = [Replacement(target, target.subject, read.domain, read.value, text)]
        old, new = target.written.partition(",")[0], text.partition(",")[0]
        if old != new:
            for one in self._catalogue.about(target.subject):
                if (one.path, one.source, one.value) == (target.path, target.source, old) and one != target:
                    found.append(Replacement(one, one.subject, None, new, one.text))
        return tuple(found)

    # --- names -------------------------------------------------------------------------------------------------------

    def _renamed(self, finding: Finding, target: Statement) -> list[Candidate]:
        """The target's row under another name: one that the finding names, or that the version before had for it."""
        names: dict[str, dict[Statement, None]] = {}
        perhaps = _PERHAPS.search(finding.suggestion)
        for name in perhaps["names"].split(" or ") if perhaps else ():
            names.setdefault(_under(target.subject, name, finding.subject), {})
        for name in _QUOTED.findall(finding.message)[:MOST_NAMES]:
            if _letters(name) == _letters(target.subject):
                names.setdefault(name, {})
        for one in self._voices.names_before(target):
            if _is_near(one.subject, target.subject):
                names.setdefault(one.subject, {})[one] = None
        found = []
        for name, supports in names.items():
            if name and name != target.subject:
                speaking = [one for one in self._catalogue.about(name)[:1]]
                stated = Replacement(target, name, target.domain, target.value, target.text)
                found.append(Candidate((stated,), tuple(dict.fromkeys((*supports, *speaking))), (), bool(perhaps)))
        return found


def _under(subject: str, name: str, wrong: str) -> str:
    """A subject with a wrong name in it put right: the whole of it, or its use case."""
    if subject == wrong or "/" not in subject:
        return name
    use_case, slash, rest = subject.partition("/")
    return name + slash + rest if use_case == wrong else ""


def _is_near(one: str, other: str) -> bool:
    """Whether two subjects differ in one name alone, and that by little."""
    left, right = one.split("/"), other.split("/")
    if len(left) != len(right):
        return False
    apart = [(a, b) for a, b in zip(left, right, strict=True) if a != b]
    if len(apart) != 1:
        return False
    a, b = apart[0]
    return is_misspelt(a, b) or a.startswith(b) or b.startswith(a) or _letters(a) == _letters(b)


def _letters(name: str) -> str:
    return re.sub(r"[0-9]+", "0", name)


def _asked(finding: Finding, target: Statement) -> Iterator[str]:
    """What a finding says is to be written, if it does: in this place, where it names one."""
    for part in finding.suggestion.split(" and in "):
        match = _WRITE.fullmatch(part)
        if match is not None:
            named = part.partition(" in ")[2]
            if not named or (target.source and target.source.rpartition("!")[2] in named) or "every" in named:
                yield match["text"]


def _with_number(text: str, number: int) -> Iterator[str]:
    """A text with one of its numbers replaced, written as it is: in hexadecimal, in bits, with as many digits."""
    for match in list(_NUMBER.finditer(text))[:3]:
        old = match.group()
        if old[:2] == "0x":
            new = f"0x{number:0{len(old) - 2}X}" if number >= 0 else ""
        elif old[:2] == "0b":
            new = f"0b{number:0{len(old) - 2}b}" if number >= 0 else ""
        else:
            new = str(number)
        if new and new != old:
            yield f"{text[: match.start()]}{new}{text[match.end() :]}"
