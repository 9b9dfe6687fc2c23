"""Content models: which sequences of child elements an element may hold, as XML Schema says it (Part 1, 3.8 and 3.10).

A model is a regular expression over element names, with interleaving (``all``), counted repetition and wildcards. What
may follow once an element has been read is its derivative (Brzozowski), so that words are matched and languages are
compared without building an automaton first. Expressions are simplified as they are made: every one but NO_WORD has a
word, and a finite number of them is reached from each model.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache, reduce
from itertools import chain
from typing import NamedTuple, TypeAlias

from gbcscheck.frozen import frozen

VALID, UNDECLARED, INVALID = "valid", "undeclared", "invalid"
STANDINGS = (VALID, UNDECLARED, INVALID)
"""What an element that a wildcard takes can be: declared and valid, not declared, declared and not valid."""
ADMITTED = {"strict": (VALID,), "lax": (VALID, UNDECLARED), "skip": STANDINGS}


@frozen
class Named:
    """An element of a name."""

    name: str


@frozen
class Wildcard:
    """Any element of some namespaces (the empty text: none), or of all others where ``others``. ``process`` says how
    it is held against its declaration: ``strict``, ``lax`` or ``skip`` (3.10.1)."""

    namespaces: frozenset[str]
    others: bool
    process: str

    def admits(self, namespace: str, standing: str = VALID) -> bool:
        """Whether an element or attribute of a namespace may stand there; ``standing`` is one of STANDINGS."""
        return (namespace in self.namespaces) != self.others and standing in ADMITTED[self.process]

    @property
    def admits_nothing(self) -> bool:
        """Whether there is no namespace that it takes."""
        return not self.others and not self.namespaces


@frozen
class Ordered:
    """Parts one after the other."""

    parts: tuple[Model, ...]


@frozen
class Either:
    """One of the parts."""

    parts: tuple[Model, ...]


@frozen
class Interleaved:
    """All parts, in any order."""

    parts: tuple[Model, ...]


@frozen
class Repeated:
    """A part ``low`` to ``high`` times (None: without bound)."""

    part: Model
    low: int
    high: int | None


Model: TypeAlias = Named | Wildcard | Ordered | Either | Interleaved | Repeated

NO_CHILD = Ordered(())
"""The model of no child at all: the empty word alone."""
NO_WORD = Either(())
"""The model that nothing can satisfy."""


class Letter(NamedTuple):
    """One child: an element that the schema names there (``name``), or one that only a wildcard can take."""

    name: str
    namespace: str = ""
    standing: str = UNDECLARED

    def __str__(self) -> str:
        where = self.namespace or "no namespace"
        return self.name or f"an element of {where}" + ("" if self.standing == VALID else f" that is {self.standing}")


# --- making ----------------------------------------------------------------------------------------------------------


def in_order(parts: Iterable[Model]) -> Model:
    """A sequence, those within it taken in."""
    flat: list[Model] = []
    for part in parts:
        if _is_no_word(part):
            return NO_WORD
        flat.extend(part.parts if isinstance(part, Ordered) else (part,))
    return flat[0] if len(flat) == 1 else Ordered(tuple(flat))


def _is_no_word(model: Model) -> bool:
    """Whether a model is NO_WORD; to be asked for every child of every element."""
    return type(model) is Either and not model.parts


def one_of(parts: Iterable[Model]) -> Model:
    """A choice, those within it taken in, each alternative once."""
    flat = dict.fromkeys(chain.from_iterable(part.parts if isinstance(part, Either) else (part,) for part in parts))
    if len(flat) > 1 and NO_CHILD in flat and any(nullable(part) for part in flat if part != NO_CHILD):
        del flat[NO_CHILD]
    return next(iter(flat)) if len(flat) == 1 else Either(tuple(flat))


def in_any_order(parts: Iterable[Model]) -> Model:
    """An ``all`` group; its parts are sorted, since their order says nothing."""
    members = sorted((part for part in parts if part != NO_CHILD), key=repr)
    if NO_WORD in members:
        return NO_WORD
    if not members:
        return NO_CHILD
    return members[0] if len(members) == 1 else Interleaved(tuple(members))


def repeated(part: Model, low: int, high: int | None) -> Model:
    """A part so many times; a part that may be empty has no least number."""
    if high == 0 or part == NO_CHILD:
        return NO_CHILD
    if part == NO_WORD:
        return NO_CHILD if low == 0 else NO_WORD
    if nullable(part):
        low = 0
    if (low, high) == (1, 1):
        return part
    if high == 1 and nullable(part):
        return part
    if isinstance(part, Repeated) and part.low <= 1:  # else repeating it leaves out numbers: 2, 4, 6
        most = None if part.high is None or high is None else part.high * high
        return Repeated(part.part, part.low * low, most)
    return Repeated(part, low, high)


def wildcard(namespaces: Iterable[str], *, others: bool, process: str) -> Model:
    """A wildcard; NO_WORD where there is no namespace that it takes."""
    made = Wildcard(frozenset(namespaces), others, process)
    return NO_WORD if made.admits_nothing else made


# --- words -----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=65536)
def nullable(model: Model) -> bool:
    """Whether an element of the model may have no child."""
    match model:
        case Ordered(parts) | Interleaved(parts):
            return all(nullable(part) for part in parts)
        case Either(parts):
            return any(nullable(part) for part in parts)
        case Repeated(part, low, _):
            return low == 0 or nullable(part)
        case _:
            return False


def after(model: Model, letter: Letter) -> Model:
    """What may follow a first child: the derivative of the model by a letter."""
    match model:
        case Named(name):
            return NO_CHILD if name == letter.name else NO_WORD
        case Wildcard():
            return NO_CHILD if model.admits(letter.namespace, letter.standing) else NO_WORD
        case Ordered(parts):
            return _after_ordered(parts, letter)
        case Either(parts):
            return one_of(found for part in parts if not _is_no_word(found := after(part, letter)))
        case Interleaved(parts):
            return one_of(
                in_any_order((*parts[:index], found, *parts[index + 1 :]))
                for index, part in enumerate(parts)
                if not _is_no_word(found := after(part, letter))
            )
        case Repeated(part, low, high):
            found = after(part, letter)
            if _is_no_word(found):
                return NO_WORD
            return in_order((found, repeated(part, max(low - 1, 0), None if high is None else high - 1)))


def _after_ordered(parts: tuple[Model, ...], letter: Letter) -> Model:
    found: list[Model] = []
    for index, part in enumerate(parts):
        rest = after(part, letter)
        if not _is_no_word(rest):
            found.append(in_order((rest, *parts[index + 1 :])))
        if not nullable(part):
            break
    return found[0] if len(found) == 1 and type(found[0]) is not Either else one_of(found)


def after_all(model: Model, letters: Iterable[Letter]) -> Model:
    """What may follow some children."""
    return reduce(after, letters, model)


def first(model: Model) -> Iterator[Named | Wildcard]:
    """What a first child may be; some of it more than once."""
    match model:
        case Named() | Wildcard():
            yield model
        case Either(parts) | Interleaved(parts):
            for part in parts:
                yield from first(part)
        case Repeated(part, _, _):
            yield from first(part)
        case Ordered(parts):
            for part in parts:
                yield from first(part)
                if not nullable(part):
                    return


def leaves(model: Model) -> Iterator[Named | Wildcard]:
    """Every name and wildcard of a model, in the order in which they stand."""
    match model:
        case Named() | Wildcard():
            yield model
        case Repeated(part, _, _):
            yield from leaves(part)
        case Ordered(parts) | Either(parts) | Interleaved(parts):
            for part in parts:
                yield from leaves(part)


class ModelChange(NamedTuple):
    """What becomes of single names: other names in their place; those left out, as if they had never been declared;
    those that may not stand there; and those that may be there or not."""

    names: Mapping[str, str] = {}
    without: Collection[str] = ()
    forbidden: Collection[str] = ()
    erased: Collection[str] = ()

    def __call__(self, leaf: Named | Wildcard) -> Model | None:
        """The leaf in other words; None where it is left out."""
        if isinstance(leaf, Wildcard):
            return leaf
        if leaf.name in self.without:
            return None
        if leaf.name in self.forbidden:
            return NO_WORD
        name = self.names.get(leaf.name, leaf.name)
        return NO_CHILD if name in self.erased else Named(name)


def replaced(model: Model, change: ModelChange) -> Model:
    """A model with each name changed; groups that hold nothing but what is left out are left out themselves."""
    return _replaced(model, change) or NO_CHILD


def _replaced(model: Model, change: ModelChange) -> Model | None:
    match model:
        case Named() | Wildcard():
            return change(model)
        case Repeated(part, low, high):
            inner = _replaced(part, change)
            return None if inner is None else repeated(inner, low, high)
        case Ordered(parts) | Either(parts) | Interleaved(parts):
            replaced = [found for part in parts if (found := _replaced(part, change)) is not None]
            if parts and not replaced:
                return None
            make = {Ordered: in_order, Either: one_of, Interleaved: in_any_order}[type(model)]
            return make(replaced)
