"""For each data item of a release an expression that says of a column's values what ``gbcscheck device`` says of them.

An expression says only what is sure: true, the value is plainly written and nothing is said of it; false, it is plainly
written and the judge has something to say; null, it has to be looked at by the judge. What a value is held against
comes from where the judge has it: ``evidence.fitting``, and ``Form`` for how values are read.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from gbcscheck.device.configuration.form import Form
from gbcscheck.device.configuration.leaf import known
from gbcscheck.device.configuration.names import Node
from gbcscheck.device.configuration.number_text import NotRead
from gbcscheck.device.configuration.values import NotSet, read_value
from gbcscheck.domains import NONE, Domain, Numbers
from gbcscheck.errors import UsageError
from gbcscheck.evidence.fitting import Requirements, fitting
from gbcscheck.evidence.reading import read_as, readings, set_of
from gbcscheck.fleet.answers import Answer, all_of, any_of, expression, first_of, unknown
from gbcscheck.fleet.asked import Asked, asked_of
from gbcscheck.fleet.compiled import Content, Whole, is_compiled, is_member, without_unit
from gbcscheck.fleet.readings import BOOLEAN, OTHER, TEXT, is_null, reading
from gbcscheck.fleet.wanted import Wanted, wanted_of
from gbcscheck.fleet.ways import PLAIN, Condition, most_bits, ways
from gbcscheck.near_names import nearest
from gbcscheck.release.catalogue import Catalogue

if TYPE_CHECKING:
    from ibis.expr.types import BooleanValue, StringValue

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
        return self._said(column, unit, self._met, self._asked.fine, self._asked.whole, self._asked.booleans)

    def default(self, column: Any, unit: Any = None) -> BooleanValue:
        """Whether values of a column are the default that a document states for the item: true, they are; false, they
        are certainly others; null where they have to be looked at, where there is none, and where none is stated."""
        if not self.defaults:
            return unknown()
        texts = {text: self.is_default(text) for text in self._asked.fine}
        whole = {number: self.is_default(number) for number in self._asked.whole}
        truths = {truth: self.is_default(truth) for truth in (True, False)}
        return self._said(column, unit, self._among_defaults, texts, whole, truths)

    def is_missing(self, column: Any) -> BooleanValue:
        """Whether there is plainly no value: null, or a text that stands for none (``NA``). Never null."""
        missing = is_null(column) if self._asked.null_is_missing else expression(False)
        if not column.type().is_string() or not self._asked.missing:
            return missing
        return (missing | column.isin(list(self._asked.missing))).fill_null(False)

    def verdict(self, column: Any, unit: Any = None) -> StringValue:
        """``fits``, ``wrong``, ``missing`` or ``unread`` for each value; never null."""
        import ibis

        fits = self.fits(column, unit)
        return ibis.cases((self.is_missing(column), MISSING), (fits, FITS), (~fits, WRONG), else_=UNREAD)

    @property
    def compiled(self) -> bool:
        """Whether plainly written values are told apart without looking at each: not only those of a list."""
        return self._shape in PLAIN and all(
            not one.is_open and all(is_compiled(domain) for domain in one.sets) for one in self._wanted
        )

    @cached_property
    def key(self) -> Hashable:
        """Items of one key ask the same of their values, so that ``fits`` of one serves them all."""
        form, asked = self._form, self._asked
        documents = tuple((route.end.conversion, route.permitted) for route in form.documents)
        listed = (
            tuple(asked.fine.items()),
            tuple(asked.whole.items()),
            tuple(asked.booleans.items()),
            asked.missing,
            asked.null_is_missing,
        )
        return (form.kinds, form.encoding, form.unit, documents, listed, self._wanted)

    # --- what is known of the item -----------------------------------------------------------------------------------

    @cached_property
    def _requirements(self) -> Requirements:
        return fitting(self._catalogue, self._catalogue.items[self.name])

    @cached_property
    def _asked(self) -> Asked:
        return asked_of(self._catalogue, self._node, self._form, self._requirements)

    @property
    def _shape(self) -> type[Domain]:
        """The kind of the values: the first type counts, where others hold no value of its kind."""
        return type(self._form.kinds[0]) if self._form.kinds else Numbers

    @cached_property
    def _wanted(self) -> tuple[Wanted, ...]:
        return wanted_of(self._requirements, self._shape, self._unit, most_bits(self._form))

    @cached_property
    def _unit(self) -> str | None:
        """The base unit of the numbers that values are read as; None where they have none."""
        from gbcscheck.domains.units import base_unit

        base, size = base_unit(self._form.unit) if self._form.unit else ("", 0)
        return base if size == 1 else None

    @cached_property
    def defaults(self) -> tuple[Domain, ...]:
        """The sets that the documents give as the default, as the device holds them."""
        item = self._catalogue.items[self.name]
        stated = self._catalogue.item_statements(item, "default")
        return tuple(dict.fromkeys(one for statement in stated for one in readings(self._catalogue, item, statement)))

    def is_default(self, raw: object) -> bool | None:
        """Whether a single value is the default; None for what cannot be read."""
        try:
            value = read_value(raw, self._form)
        except NotRead:
            return None
        values = None if isinstance(value, NotSet) else set_of(value)
        if values is None:
            return None
        read = [read_as(values, default) for default in self.defaults]
        told = [one and one.is_subset(default) for one, default in zip(read, self.defaults, strict=True)]
        return True if True in told else None if None in told else False

    # --- what is said of a column ------------------------------------------------------------------------------------

    def _said(
        self,
        column: Any,
        unit: Any,
        of: Callable[[Content], Answer],
        texts: Mapping[str, bool | None],
        whole: Mapping[int, bool | None],
        truths: Mapping[bool, bool | None],
    ) -> BooleanValue:
        """What is sure of the values of a column: of texts and truths of a list what was said of each, of what is
        plainly written what ``of`` says of values of its kind."""
        read = reading(column)
        cases: list[tuple[Condition, Answer]] = []
        if read.kind == BOOLEAN:
            cases = [(read.column, truths[True]), (~read.column, truths[False])]
            if truths[True] is truths[False]:
                cases = [(read.column.notnull(), truths[True])]
        elif read.kind != OTHER:
            if read.kind == TEXT:
                cases += _listed(read.text, texts)
            elif read.whole is not None:
                cases += _listed(read.whole, whole)
            cases += [(written, self._if_read(content, of(content))) for written, content in ways(self._form, read)]
        answer = self._in_own_unit(unit, first_of(cases))
        return expression(first_of([(~is_null(column), answer)]) if isinstance(answer, bool) else answer)

    def _met(self, content: Content) -> Answer:
        """Whether values of a kind meet all that is asked of them."""
        return all_of(
            any_of((*(is_member(domain, content) for domain in one.sets), *([None] if one.is_open else ())))
            for one in self._wanted
        )

    def _among_defaults(self, content: Content) -> Answer:
        kinds = Numbers if isinstance(content, Whole) else content.kind
        told = (is_member(without_unit(one), content) if type(one) is kinds else None for one in self.defaults)
        return any_of(told)

    def _if_read(self, content: Content, answer: Answer) -> Answer:
        """An answer on values of one kind, where they are surely read as that: what no type of the item holds may be
        another value, as a document writes it, or one of another type."""
        kinds = self._form.kinds
        own = any_of(is_member(_counted(kind, self._unit), content) for kind in kinds[:1])
        if len({type(kind) for kind in kinds}) > 1:
            return first_of([(own, answer)])
        if not self._form.documents or not kinds:
            return answer
        own = any_of(is_member(_counted(kind, self._unit), content) for kind in kinds)
        written = any_of(is_member(without_unit(route.permitted), content) for route in self._form.documents)
        return first_of([(own, answer), (written, None)], answer)

    def _in_own_unit(self, unit: Any, answer: Answer) -> Answer:
        """What is sure of values with a unit beside them: the same, where it is the item's own or none is said."""
        if unit is None:
            return answer
        if isinstance(unit, str):
            return answer if unit in self._asked.units else None
        return first_of([(unit.isnull() | unit.isin(list(self._asked.units)), answer)])


def _listed(column: Any, said: Mapping[Any, bool | None]) -> Iterator[tuple[Condition, Answer]]:
    """Values of a list, by what was said of each."""
    for answer in (True, False):
        if listed := [value for value, one in said.items() if one is answer]:
            yield column.isin(listed), answer


def _counted(kind: Domain, unit: str | None) -> Domain:
    """A type as a set of plain numbers, where it holds those that are read in a unit."""
    return NONE if isinstance(kind, Numbers) and kind.unit not in (None, unit) else without_unit(kind)


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
