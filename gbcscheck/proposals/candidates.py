"""What could be written in the place of a statement so that findings go: candidates, before any check."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from gbcscheck.evidence.reading import in_own_type
from gbcscheck.evidence.value_words import printed, written_like
from gbcscheck.frozen import frozen
from gbcscheck.model import Finding, Specification, Statement
from gbcscheck.near_names import is_misspelt
from gbcscheck.proposals.replacing import Replacement, column_of, row_of
from gbcscheck.proposals.rereading import Columns, Said, said
from gbcscheck.proposals.voices import Voices

if TYPE_CHECKING:
    from gbcscheck.domains import Domain

MOST_TARGETS = 16
"""Statements of one finding that are tried."""
MOST_OF_TARGET = 8
"""Candidates for one place."""
MOST_SPEAKING = 12
"""Statements that are asked what they say of the same thing as one that is cited."""
FEW_VALUES = 5
"""A column with at most so many different texts is one of marks: the others may be what is meant."""
MOST_NAMES = 6
"""Names that a finding quotes which are tried for a subject."""
FEWEST_ALIKE = 4
"""So many rows of the same name in other use cases have to be there for them to have a say."""

FOLLOWING = ("content-model",)
"""What follows from other places of a document: no text of its own that anybody could write."""

_CELL = re.compile(r"(.+)!([A-Z]+)([1-9][0-9]*)")
_NUMBER = re.compile(r"0x[0-9A-Fa-f]+|0b[01]+|(?<![\w.])[0-9]+(?![\w.])")
_CLAUSE = re.compile(r"[0-9]+(?:\.[0-9]+)+")
_WORD = re.compile(r"[^\W_]+")
_WRITE = re.compile(r"(?:write|state) \"?(?P<text>.+?)\"?(?: in \S.*|, or .*| \([^()]*\))?")
_PERHAPS = re.compile(r"perhaps (?P<names>.+?) is meant")
_QUOTED = re.compile(r'"([^"]+)"')


@frozen
class Candidate:
    """One place, or several that say the same of one thing, written anew: what each becomes, who says so already
    (``supports``), and who says what stands there now (``against``). ``told`` says that a finding asks for it;
    ``silent`` are documents that say nothing there, where that is what is proposed; ``following`` is what is said
    of another subject once a row has another name, in places that nobody writes anew."""

    replacements: tuple[Replacement, ...]
    supports: tuple[Statement, ...]
    against: tuple[Statement, ...]
    told: bool = False
    silent: tuple[str, ...] = ()
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
        return frozenset(
            (*row_of(one.statement), one.statement.attribute, one.subject, one.domain, one.value, one.adds)
            if not one.renames
            else (*row_of(one.statement), one.subject)
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
        return len(self.supports) + len(self.silent) + 0.5 * self.told + 0.5 * firmer - len(self.against)


class _Written:
    """What could be written in one place, by what it says: the first text of each, who says so, and whether a finding
    asks for it."""

    def __init__(self, columns: Columns, target: Statement) -> None:
        self._columns = columns
        self._target = target
        self.found: dict[Said, tuple[str, dict[Statement, None], bool]] = {}

    def add(self, text: str, by: Iterable[Statement] = (), *, told: bool = False) -> None:
        """One text, if it can be read there."""
        read = self._columns.read(self._target, text) if text else None
        if read is None or read == Said(None, None):
            return
        first, supports, was_told = self.found.get(read, (text, {}, False))
        self.found[read] = (first, supports | dict.fromkeys(by), told or was_told)


class Candidates:
    """The candidates for the findings of one catalogue."""

    def __init__(self, voices: Voices) -> None:
        self._voices = voices
        self._catalogue = voices.catalogue
        self.columns = Columns(voices.catalogue)
        self._alike_columns: dict[object, bool] = {}
        self._by_row: dict[Specification, Mapping[tuple[str, int], list[Statement]]] = {}

    def of(self, finding: Finding, targets: Iterable[Statement]) -> list[Candidate]:
        """What could be written in one place of a finding, or in all places that say the same in one document; those
        with most support first."""
        parts = self._catalogue.parts  # a witness, or a person's own rule, is none of them
        chosen = [
            one for one in dict.fromkeys(targets) if one.specification in parts and one.attribute not in FOLLOWING
        ]
        chosen.sort(key=lambda one: not self._voices.is_changed(one))
        found: list[Candidate] = []
        for target in chosen[:MOST_TARGETS]:
            found += self._of_target(finding, target)
        found += self._together(found)
        return sorted(found, key=self.order)

    def order(self, one: Candidate) -> tuple[bool, int, float]:
        """Which candidates are tried first: those that give back what the version before said, the smallest, those
        with most support."""
        restores = bool(one.silent) or any(self._voices.is_of_before(each) for each in one.supports)
        return (not restores, one.size, -one.net)

    def _together(self, single: Iterable[Candidate]) -> list[Candidate]:
        """The same edit of all places of a finding that say the same of one attribute."""
        groups: dict[object, dict[object, Candidate]] = {}
        for one in single:
            first = one.replacements[0]
            if not first.renames:
                key = (first.statement.specification, first.statement.attribute, said(first.statement), first[2:4])
                groups.setdefault(key, {}).setdefault(row_of(first.statement), one)
        found = []
        for group in groups.values():
            if len(group) > 1:
                own = {statement for one in group.values() for statement in one.statements}
                against = dict.fromkeys(each for one in group.values() for each in one.against if each not in own)
                supports = dict.fromkeys(each for one in group.values() for each in one.supports if each not in own)
                replacements = tuple(each for one in group.values() for each in one.replacements)
                found.append(Candidate(replacements, tuple(supports), tuple(against)))
        return found

    def _of_target(self, finding: Finding, target: Statement) -> list[Candidate]:
        peers = [one for one in finding.statements if one != target]
        speaking = dict.fromkeys((*self._voices.others(target), *peers))
        for one in peers:
            speaking |= dict.fromkeys(islice(self._voices.echoes(one), MOST_SPEAKING))
        speaking.pop(target, None)
        written = _Written(self.columns, target)
        for one in speaking:
            for text in self._texts(target, one):
                written.add(text, [one])
        for one in self._alike(target):
            written.add(one.written, [one])
        for text in _asked(finding, target):
            written.add(text, told=True)
        marks = self._other_marks(target)
        for text in marks:
            written.add(text, speaking if len(marks) == 1 and not written.found else ())
        own = said(target)
        against = tuple(written.found.pop(own)[1]) if own in written.found else ()
        found = [
            Candidate(self._replacements(target, read, text), tuple(supports), against, told)
            for read, (text, supports, told) in written.found.items()
        ]
        found += [*self._renamed(finding, target), *self._gone(target, against), *self._there(target, peers)]
        return sorted(found, key=self.order)[:MOST_OF_TARGET]

    # --- texts -------------------------------------------------------------------------------------------------------

    def _texts(self, target: Statement, one: Statement) -> Iterator[str]:
        """How the target's column could write what another statement says."""
        if one.attribute == target.attribute:
            slot, other = column_of(target), column_of(one)
            if slot[1:] == other[1:] and slot[0][::2] == other[0][::2]:
                yield one.written
                return
            if one.domain is None and isinstance(one.value, str):
                yield from self._in_words_here(target, one)
                return
        values = in_own_type(self._catalogue, one)
        if values is not None:
            yield from _with_value(target.written, values)
            fits = bool(values.members(1)) or target.attribute not in ("constant", "default")
            if target.domain is not None and one.attribute != "type" and fits:
                for text in (written_like(values, target.written), printed(values)):
                    if '"' not in text or '"' in target.written:  # words as no other row of the column has them
                        yield text
        elif isinstance(one.value, str) and one.attribute != target.attribute:
            for number in _NUMBER.findall(one.value)[:2]:
                yield from _with_number(target.written, int(number, 0) if number[:2] in ("0x", "0b") else int(number))

    def _in_words_here(self, target: Statement, one: Statement) -> Iterator[str]:
        """A fact of another document as the target's column writes it: its own text with the one word put right in
        which they differ; the other's text where that is how the column writes what the other says."""
        if self._in_other_words(target, one):
            return
        mended = _with_word(target.written, str(one.value)) or _with_clause(target.written, str(one.value))
        if mended:
            yield mended
        elif self._writes_alike(target, one):
            yield str(one.value)

    def _writes_alike(self, target: Statement, one: Statement) -> bool:
        """Whether most rows of the target's column say, letter for letter, what another document says of them."""
        key = (column_of(target), one.specification[::2], one.attribute)
        if key not in self._alike_columns:
            part = self._catalogue.parts[target.specification]
            others = (own for spec, own in self._catalogue.parts.items() if spec[::2] == one.specification[::2])
            theirs = {each.subject: each.value for other in others for each in other.of_attribute(one.attribute)}
            column = [each for each in part.of_attribute(target.attribute) if column_of(each) == key[0]]
            both = [each for each in column if each.subject in theirs]
            alike = sum(each.written == theirs[each.subject] for each in both)
            self._alike_columns[key] = 2 * alike > len(both)
        return self._alike_columns[key]

    def _in_other_words(self, target: Statement, one: Statement) -> bool:
        """Whether two documents have words of their own for one fact, of which the crosswalk says which go together."""
        sides = {target.specification.name, one.specification.name}
        return any(
            target.attribute in (each.left.attribute, each.right.attribute)
            and {each.left.specification, each.right.specification} == sides
            and any(left != right for left, right in each.map)
            for each in self._catalogue.crosswalk.agreements
        )

    def _alike(self, target: Statement) -> tuple[Statement, ...]:
        """A row of the same name in another use case, where nearly all rows of that name say the same."""
        name = target.subject.rpartition("/")[2].partition(" #")[0]
        examples: dict[Said, list[Statement]] = {}
        part = self._catalogue.parts[target.specification]
        for one in part.of_attribute(target.attribute):
            if one != target and one.subject.rpartition("/")[2].partition(" #")[0] == name:
                examples.setdefault(said(one), []).append(one)
        count = sum(map(len, examples.values()))
        most = max(examples.values(), key=len, default=[])
        return (most[0],) if count >= FEWEST_ALIKE and len(most) >= 0.9 * count else ()

    def _other_marks(self, target: Statement) -> Sequence[str]:
        """The other texts of a column that has few of them: ``none`` and ``service request``."""
        if target.domain is not None:
            return ()
        texts = self.columns.examples(target)
        return [one for one in texts if one != target.written] if len(texts) <= FEW_VALUES else ()

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

    # --- what is too much, and what is missing -----------------------------------------------------------------------

    def _gone(self, target: Statement, against: tuple[Statement, ...]) -> list[Candidate]:
        """Nothing in the place, where the version before has the row and says nothing there."""
        before = self._voices.before(target.specification)
        if before is None or not before.about(target.subject) or before.about(target.subject, target.attribute):
            return []
        nothing = Replacement(target, target.subject, None, None, None)
        (spec,) = before.specifications
        return [Candidate((nothing,), (), against, silent=(spec.in_words,))]

    def _there(self, target: Statement, peers: Sequence[Statement]) -> list[Candidate]:
        """What the row of the target lacks, and the version before or another row that is cited says in that column."""
        cell = _CELL.fullmatch(target.source)
        if cell is None:
            return []
        stated = {one.attribute for one in self._catalogue.about(target.subject)}
        before = self._voices.before(target.specification)
        said_before = before.about(target.subject) if before is not None else ()
        speaking = [one for one in (*said_before, *peers) if one.attribute not in stated]
        found: dict[tuple[str, Said], tuple[Replacement, dict[Statement, None]]] = {}
        for one in speaking:
            source = _CELL.fullmatch(one.source)
            if source is None or source[1] != cell[1] or one.specification.part != target.specification.part:
                continue
            column = self._column_of(target, one.attribute, cell[1]) or source[2]
            at = f"{cell[1]}!{column}{cell[3]}"
            lacking = target._replace(attribute=one.attribute, source=at, domain=None, value=None, text="")
            new = Replacement(lacking, target.subject, one.domain, one.value, one.written)
            found.setdefault((one.attribute, said(one)), (new, {}))[1][one] = None
        return [Candidate((new,), tuple(by), ()) for new, by in found.values()]

    def _column_of(self, target: Statement, attribute: str, sheet: str) -> str:
        """The letters of the column in which a sheet of a document says an attribute."""
        for one in self._catalogue.parts[target.specification].of_attribute(attribute):
            cell = _CELL.fullmatch(one.source)
            if cell is not None and cell[1] == sheet:
                return cell[2]
        return ""

    # --- names -------------------------------------------------------------------------------------------------------

    def _renamed(self, finding: Finding, target: Statement) -> list[Candidate]:
        """The target's row under another name: one that the finding names, or that the version before had for it."""
        names: dict[str, dict[Statement, None]] = {}
        target = self._named_in(target)
        perhaps = _PERHAPS.search(finding.suggestion)
        for name in perhaps["names"].split(" or ") if perhaps else ():
            names.setdefault(self._nth(target, _under(target.subject, name, finding.subject)), {})
        for name in _QUOTED.findall(finding.message)[:MOST_NAMES]:
            if _letters(name) == _letters(target.subject):
                names.setdefault(name, {})
        for one in self._voices.names_before(target):
            if _is_near(one.subject, target.subject):
                names.setdefault(one.subject, {})[one] = None
        found = []
        for name, supports in names.items():
            if name and name != target.subject:
                speaking = [
                    *self._catalogue.about(name)[:1],
                    *self._beside(target, name),
                    *_naming(finding, name),
                ]
                stated = Replacement(target, name, target.domain, target.value, target.text)
                rest = [*self._in_the_name(target, name), *self._models_around(target, name)]
                called = [one for one in map(_called(name), self._of_row(target)) if one is not None]
                if any(one.statement == target for one in called):
                    (stated,) = called
                else:
                    rest += called
                voices = tuple(dict.fromkeys((*list(supports)[:1], *speaking)))
                follows = tuple(self._following(target, name))
                found.append(Candidate((stated, *rest), voices, (), bool(perhaps), following=follows))
        return found

    def _nth(self, target: Statement, name: str) -> str:
        """A name as the second row of that name has it, where a row above the target's has it already."""
        above = (one for one in self._catalogue.about(name) if one.specification == target.specification)
        places = [(cell, _CELL.fullmatch(target.source)) for one in above if (cell := _CELL.fullmatch(one.source))]
        is_second = any(own and cell[1] == own[1] and int(cell[3]) < int(own[3]) for cell, own in places)
        return f"{name} #2" if is_second else name

    def _named_in(self, target: Statement) -> Statement:
        """The first statement of the row in which the name of a target stands: the one that says most of it. Rows of
        other sheets are about it by their number."""
        rows: dict[tuple[str, str], list[Statement]] = defaultdict(list)
        for one in self._catalogue.about(target.subject):
            if one.specification == target.specification and _CELL.fullmatch(one.source):
                rows[row_of(one)].append(one)
        own = rows.get(row_of(target), [target])
        most = max(rows.values(), key=len, default=own)
        return target if len(most) <= len(own) else most[0]

    def _of_row(self, target: Statement) -> list[Statement]:
        """What the row of a target says of its subject."""
        return [one for one in self._catalogue.about(target.subject) if row_of(one) == row_of(target)]

    def _following(self, target: Statement, name: str) -> Iterator[Replacement]:
        """What rows of other sheets say of a row that is renamed: they name it by its number. What they said of the new
        name in the version before, and say of the number still, they say of it again."""
        sheet = target.source.partition("!")[0]
        for one in self._catalogue.about(target.subject) if _CELL.fullmatch(target.source) else ():
            if one.specification == target.specification and one.source.partition("!")[0] != sheet:
                yield Replacement(one, name, one.domain, one.value, one.text)
        before, number = self._voices.before(target.specification), target.clause.partition(", ")[2]
        stated = {(one.attribute, one.source.partition("!")[0]) for one in self._catalogue.about(name)}
        for known in before.about(name) if before is not None and number else ():
            at = known.source.partition("!")[0]
            if at != sheet and _CELL.fullmatch(known.source) and (known.attribute, at) not in stated:
                for one in self._catalogue.parts[target.specification].of_attribute(known.attribute):
                    is_of_row = one.source.partition("!")[0] == at and one.clause.partition(", ")[2] == number
                    if is_of_row and said(one) == said(known):
                        lacking = one._replace(subject=name, clause=known.clause, domain=None, value=None, text="")
                        yield Replacement(lacking, name, one.domain, one.value, one.written)
                        break

    def _models_around(self, target: Statement, name: str) -> Iterator[Replacement]:
        """What the element around one that is renamed says of its content: the name stands in it."""
        around, slash, old = target.subject.rpartition("/")
        if not slash or name.rpartition("/")[0] != around:
            return
        for one in self._catalogue.about(around, *FOLLOWING):
            if one.specification == target.specification and isinstance(one.value, str):
                new = re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", name.rpartition("/")[2], one.value)
                if new != one.value:
                    yield Replacement(one, around, one.domain, new, one.text)

    def _beside(self, target: Statement, name: str) -> Iterator[Statement]:
        """Statements of the rows above and below the target's, where these are of the use case of another name."""
        use_case = name.partition("/")[0]
        cell = _CELL.fullmatch(target.source)
        if cell is None or use_case == target.subject.partition("/")[0]:
            return
        for step in (-1, 1):
            for one in self._rows_of(target)[cell[1], int(cell[3]) + step][:1]:
                if one.subject.partition("/")[0] == use_case:
                    yield one

    def _rows_of(self, target: Statement) -> Mapping[tuple[str, int], list[Statement]]:
        """The statements of a document by sheet and row."""
        if target.specification not in self._by_row:
            found: dict[tuple[str, int], list[Statement]] = defaultdict(list)
            for one in self._catalogue.parts[target.specification]:
                cell = _CELL.fullmatch(one.source)
                if cell is not None:
                    found[cell[1], int(cell[3])].append(one)
            self._by_row[target.specification] = found
        return self._by_row[target.specification]

    def _in_the_name(self, target: Statement, name: str) -> Iterator[Replacement]:
        """What the row says that stands in its name as well: the type in ``Week ID (UINT8)``."""
        before = self._voices.before(target.specification)
        for one in self._catalogue.about(target.subject):
            stated = before.first(name, one.attribute) if before is not None else None
            if stated is None or row_of(one) != row_of(target) or said(stated) == said(one):
                continue
            if one.written in target.subject and stated.written in name:
                yield Replacement(one, name, stated.domain, stated.value, stated.text)


def _called(name: str) -> Callable[[Statement], Replacement | None]:
    """What becomes of a statement that says how a row is called, once the row is about another name: the one word that
    is misspelt is put right in it."""

    def of(one: Statement) -> Replacement | None:
        new = _with_word(one.written, name) if one.attribute == "name" and isinstance(one.value, str) else ""
        return Replacement(one, name, None, new, None if one.text is None else new) if new else None

    return of


def _naming(finding: Finding, name: str) -> Iterator[Statement]:
    """The statements of a finding that name something in another row, or in another cell of this one: as their use
    case, as their value, or in their list."""
    use_case, slash, _ = name.partition("/")
    for one in finding.statements:
        if one.value == name or f'"{name}"' in (one.domain or "") or (slash and one.subject.startswith(f"{use_case}/")):
            yield one


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
            if match["text"].startswith(("the ", "a ", "it ")):
                continue
            if not named or (target.source and target.source.rpartition("!")[2] in named) or "every" in named:
                mended = _with_near_word(target.written, match["text"])
                yield mended or match["text"]


def _with_word(text: str, other: str) -> str:
    """A text with the one word put right in which it differs from another one, which may lack the words before it."""
    words, theirs = list(_WORD.finditer(text)), _WORD.findall(other)
    count = min(len(words), len(theirs))
    pairs = zip(words[len(words) - count :], theirs[len(theirs) - count :], strict=True)
    apart = [(own, word) for own, word in pairs if own.group().casefold() != word.casefold()]
    if count < 2 or len(apart) != 1 or not is_misspelt(apart[0][0].group(), apart[0][1]):
        return ""
    ((own, word),) = apart
    return f"{text[: own.start()]}{word}{text[own.end() :]}"


def _with_near_word(text: str, word: str) -> str:
    """A list of words with the one that is nearly a given word put right; empty where none is, or the word is there."""
    words = list(_WORD.finditer(text))
    near = [one for one in words if is_misspelt(one.group(), word) or _goes_on(one.group(), word)]
    if len(words) < 2 or len(near) != 1 or word in {one.group() for one in words}:
        return ""
    return f"{text[: near[0].start()]}{word}{text[near[0].end() :]}"


def _goes_on(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) > 1 and len(long) == len(short) + 1 and long.startswith(short)


def _with_clause(text: str, other: str) -> str:
    """A text with the one clause put right that another text has with a digit more or less, or another one."""
    clauses, theirs = list(_CLAUSE.finditer(text)), dict.fromkeys(_CLAUSE.findall(other))
    lacking = [one for one in theirs if one not in {own.group() for own in clauses}]
    wrong = [own for own in clauses if own.group() not in theirs]
    near = [(own, one) for own in wrong for one in lacking if _is_near_clause(own.group(), one)]
    if len(near) != 1:
        return ""
    ((own, clause),) = near
    return f"{text[: own.start()]}{clause}{text[own.end() :]}"


def _is_near_clause(one: str, other: str) -> bool:
    above, _, last = one.rpartition(".")
    others, _, their_last = other.rpartition(".")
    return above == others and (last.startswith(their_last) or their_last.startswith(last))


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


def _with_value(text: str, values: Domain) -> Iterator[str]:
    """A text with the literal in it replaced by the one value of a set, written as the literal is."""
    members = values.members(1)
    if not members:
        return
    if isinstance(members[0], int) and not isinstance(members[0], bool):
        yield from _with_number(text, members[0])
        return
    for match in list(_NUMBER.finditer(text))[:2]:
        new = written_like(values, match.group())
        if new[:2] == match.group()[:2] and new != match.group() and len(new) == len(match.group()):
            yield f"{text[: match.start()]}{new}{text[match.end() :]}"
