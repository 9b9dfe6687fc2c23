"""For each data item of a release an expression that says of a column's values what ``gbcscheck device`` says of them.

An expression says only what is sure: true, the value is plainly written and nothing is said of it; false, it is plainly
written and the judge has something to say; null, it has to be looked at by the judge. What a value is held against comes
from where the judge has it: ``evidence.fitting``, and ``Form`` for how values are read.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from gbcscheck.device.configuration.form import Form
from gbcscheck.device.configuration.leaf import known
from gbcscheck.device.configuration.names import Node
from gbcscheck.domains import Bits, Choice, CosemDate, Domain, Numbers, Octets, Texts
from gbcscheck.errors import UsageError
from gbcscheck.evidence.fitting import Requirements, fitting
from gbcscheck.fleet.answers import Answer, all_of, any_of, expression, first_of
from gbcscheck.fleet.asked import Asked, asked_of
from gbcscheck.fleet.compiled import Content, Whole, Written, is_member
from gbcscheck.fleet.readings import (
    BARE_BITS,
    BITS,
    BOOLEAN,
    DECIMAL,
    DECIMALS,
    INTEGER,
    OCTETS,
    OTHER,
    PLACES,
    PLAIN_TEXT,
    TEXT,
    WHOLE,
    Reading,
    matches,
    millionths,
    reading,
    whole_number,
)
from gbcscheck.fleet.wanted import Wanted, wanted_of
from gbcscheck.near_names import nearest
from gbcscheck.release.catalogue import Catalogue

if TYPE_CHECKING:
    from ibis.expr.types import BooleanValue, StringValue, Value

FITS, WRONG, MISSING, UNREAD = "fits", "wrong", "missing", "unread"
"""What ``ItemPredicate.verdict`` says: without a finding, with one, no value, and to be looked at by the judge."""


class ItemPredicate:
    """What a data item asks of the values of a column. ``name`` is that of the item; ``is_stated`` tells whether any
    document states its type, so that a value without a finding fits (else it is open)."""

    def __init__(self, catalogue: Catalogue, node: Node) -> None:
        self.name = node.item
        self._catalogue = catalogue
        self._node = node
        self._form: Form = known(catalogue).form(node.item)
        self.is_stated = bool(self._form.stated)

    def fits(self, column: Any, unit: Any = None) -> BooleanValue:
        """Whether values of a column (text, whole numbers, decimals, floating point, booleans) fit: true, without a
        finding; false, with one; null where they have to be looked at, and where there is none.

        ``unit`` is that in which the numbers are, as text, or a column of such texts; null and blanks say none."""
        answer = self._without(unit, self._answer(reading(column)))
        return expression(first_of([(column.notnull(), answer)]) if isinstance(answer, bool) else answer)

    def is_missing(self, column: Any) -> BooleanValue:
        """Whether there is plainly no value: null, or a text that stands for none (``NA``). Never null."""
        missing = column.isnull() if self._asked.null_is_missing else expression(False)
        if not column.type().is_string() or not self._asked.missing:
            return missing  # type: ignore[no-any-return]
        return (missing | column.isin(list(self._asked.missing))).fill_null(False)  # type: ignore[no-any-return]

    def verdict(self, column: Any, unit: Any = None) -> StringValue:
        """``fits``, ``wrong``, ``missing`` or ``unread`` for each value; never null."""
        import ibis

        fits = self.fits(column, unit)
        return ibis.cases((self.is_missing(column), MISSING), (fits, FITS), (~fits, WRONG), else_=UNREAD)

    @property
    def compiled(self) -> bool:
        """Whether plainly written values are told apart without looking at each: not only those of a list."""
        return any(not all(one is None for one in self._asks(shape)) for shape in self._shapes)

    @cached_property
    def key(self) -> Hashable:
        """Items of one key ask the same of their values, so that one expression serves them all."""
        form, asked = self._form, self._asked
        documents = tuple((route.end.conversion, route.permitted) for route in form.documents)
        read = (form.kinds, form.encoding, form.unit, documents, asked.fitting, asked.wrong, asked.missing)
        truths = (asked.null_is_missing, asked.booleans[True], asked.booleans[False])
        return (read, truths, tuple((shape, self._asks(shape)) for shape in self._shapes))

    # --- how values are read -----------------------------------------------------------------------------------------

    @cached_property
    def _asked(self) -> Asked:
        return asked_of(self._catalogue, self._node, self._form, self._requirements)

    @cached_property
    def _requirements(self) -> Requirements:
        return fitting(self._catalogue, self._catalogue.items[self.name])

    @cached_property
    def _shapes(self) -> tuple[type[Domain], ...]:
        """The kinds of values of the item: the first type counts, where others hold no value of its kind."""
        return (type(self._form.kinds[0]),) if self._form.kinds else (Numbers,)

    def _asks(self, shape: type[Domain]) -> tuple[Wanted, ...]:
        return wanted_of(self._requirements, shape, self._unit)

    @cached_property
    def _unit(self) -> str | None:
        """The base unit of the numbers that values are read as; None where they have none."""
        from gbcscheck.domains.units import base_unit

        base, size = base_unit(self._form.unit) if self._form.unit else ("", 0)
        return base if size == 1 else None

    def _answer(self, read: Reading) -> Answer:
        """What is sure of the values of a column."""
        if read.kind == OTHER:
            return None
        if read.kind == BOOLEAN:
            told = self._asked.booleans
            return first_of([(read.column, told[True]), (~read.column, told[False])])  # type: ignore[operator]
        cases = list(self._cases(read))
        if read.kind == TEXT and (fitting := self._asked.fitting):
            cases.insert(0, (read.text.isin(list(fitting)), True))
        if read.kind == TEXT and (wrong := self._asked.wrong):
            cases.insert(0, (read.text.isin(list(wrong)), False))
        return first_of(cases)

    def _cases(self, read: Reading) -> Iterator[tuple[BooleanValue | bool, Answer]]:
        """Ways in which a value may plainly be written, each with what is sure of the values written so."""
        shape = self._shapes[0]
        if shape is Numbers:
            yield from self._numbers(read)
        elif read.kind != TEXT:
            return
        elif shape is Texts:
            yield self._plain_text(read), self._held(Written(Texts, read.text))
        elif shape is Bits:
            most = min(kind.length_range.high or 0 for kind in self._form.kinds if isinstance(kind, Bits))
            for before, pattern in (("0b", BITS), ("", BARE_BITS)):
                plain = matches(read.text, pattern) & (read.text.length() <= len(before) + most)
                yield plain, self._held(Written(Bits, read.text, before))
        elif shape is Octets:
            yield matches(read.text, OCTETS), self._held(Written(Octets, read.text.upper(), "0X"))

    def _numbers(self, read: Reading) -> Iterator[tuple[BooleanValue | bool, Answer]]:
        if read.kind == INTEGER and read.whole is not None:
            if self._form.kinds or not self._form.unit:
                yield True, self._held(Whole(read.whole))
            return
        plain = matches(read.text, WHOLE)
        if not self._form.kinds:  # digits 0 and 1 alone are bits, where nobody says that they are a number
            plain &= ~matches(read.text, BARE_BITS)
        yield plain, self._held(Whole(whole_number(read.text)))
        yield matches(read.text, DECIMAL), self._held(Whole(millionths(read.text), 10**PLACES))

    def _plain_text(self, read: Reading) -> BooleanValue:
        plain = matches(read.text, PLAIN_TEXT)
        if self._form.documents:
            plain &= matches(read.text, "[A-Za-z].*")  # a quantity may be what a document writes
        return plain

    def _held(self, content: Content) -> Answer:
        """What is sure of values that are read as one kind: whether they meet what is asked of it."""
        shape = Numbers if isinstance(content, Whole) else content.kind
        asked = self._asks(shape)
        met = all_of(
            any_of((*(is_member(domain, content) for domain in one.sets), *([None] if one.is_open else ())))
            for one in asked
        )
        kinds = self._form.kinds
        if len({type(kind) for kind in kinds}) > 1:  # what the first type does not hold may be read as another
            return first_of([(expression(is_member(_counted(kinds[0], self._unit), content)), met)])
        if not self._form.documents or not kinds:
            return met
        own = any_of(is_member(_counted(kind, self._unit), content) for kind in kinds)
        written = any_of(is_member(_unitless(route.permitted), content) for route in self._form.documents)
        return first_of([(expression(own), met), (expression(written), None)], met)

    def _without(self, unit: Any, answer: Answer) -> Answer:
        """What is sure of values with a unit beside them: the same, where it is the item's own or none is said."""
        if unit is None:
            return answer
        own = self._asked.units
        if isinstance(unit, str):
            return answer if unit in own else None
        return first_of([(unit.isnull() | unit.isin(list(own)), answer)])


def _counted(kind: Domain, unit: str | None) -> Domain:
    """A type as a set of plain numbers, where it holds those that are read in a unit."""
    from gbcscheck.domains import NONE

    if isinstance(kind, Numbers):
        return kind.with_unit(None) if kind.unit in (None, unit) else NONE
    return kind


def _unitless(values: Domain) -> Domain:
    return values.with_unit(None) if isinstance(values, Numbers) else values


class Predicates(Mapping[str, ItemPredicate]):
    """The data items of a release by name, each with what it asks of the values of a column, worked out when it is
    asked for. An item is found by any name by which ``gbcscheck device`` knows it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._names = known(catalogue).names
        self._made: dict[str, ItemPredicate] = {}

    @cached_property
    def _items(self) -> dict[str, Node]:
        """The items that a name means, each with its part."""
        found = ((name, self._names.find(name)) for name in self.catalogue.items)
        return {name: node for name, node in found if node is not None and node.item == name}

    def __getitem__(self, name: str) -> ItemPredicate:
        node = self._items.get(name)
        if node is None:
            part = self._names.find(name)
            node = part.only() if part is not None else None
        if node is None:
            near = nearest(name, self._names.heads)
            raise KeyError(f"{name} is no single data item of the release{f'; near it: {near[0]}' if near else ''}")
        made = self._made.get(node.item)
        if made is None:
            made = self._made[node.item] = ItemPredicate(self.catalogue, node)
        return made

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)


def predicates(release: str | Catalogue | None = None) -> Predicates:
    """The predicates of a release that ships, by its name (the default one where None), or of a catalogue.

    Raises UsageError where Ibis is not installed, and for an unknown release.
    """
    from importlib.util import find_spec

    if find_spec("ibis") is None:
        raise UsageError("fleets need Ibis, which is not installed: pip install 'gbcscheck[fleet]'")
    if isinstance(release, Catalogue):
        return release.once(Predicates)
    from gbcscheck.device.context import Choices, load_context

    return load_context(Choices(), release=release).catalogue.once(Predicates)
