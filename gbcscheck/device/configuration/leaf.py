"""Single values of configurations judged: known items remembered, unknown names told with near ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from gbcscheck.device.configuration.finding import Finder
from gbcscheck.device.configuration.form import SECONDS, Form, form_of
from gbcscheck.device.configuration.gather import Gatherer
from gbcscheck.device.configuration.names import Names, Node
from gbcscheck.device.configuration.number_text import InScaledUnit, NotRead, is_duration
from gbcscheck.device.configuration.quick import Check, checks_of
from gbcscheck.device.configuration.rules import NOT_OF_TYPE, OTHER_FACTOR, UNSTATED_UNIT, WRONG_UNIT
from gbcscheck.device.configuration.values import NotSet, read_value
from gbcscheck.device.items.house import HouseIndex, HouseJudge
from gbcscheck.device.items.judge import ON_DEVICE, item_judge
from gbcscheck.device.model import Problem
from gbcscheck.inputs.json_places import escape_token
from gbcscheck.model.device_files import FITS, OPEN, WRONG
from gbcscheck.release.catalogue import Catalogue

if TYPE_CHECKING:
    from gbcscheck.device.items.judge import ItemJudge
    from gbcscheck.domains.rational import Rational
    from gbcscheck.evidence.house_rules import HouseRule

_UNIT = re.compile(r"[0-9.](?:[eE][-+]?[0-9]{1,2})?\s*([^\W\d_](?:(?!\s\d).)*)$")
"""The unit behind a number."""
SIMPLE = frozenset((str, int, bool, Decimal))
"""Types of JSON values that hold no others."""
MOST_REMEMBERED = 100_000
"""Values whose verdict is remembered before all are forgotten."""
LONGEST_REMEMBERED = 200
"""Characters of a text or a name that is remembered."""
MOST_NEAR = 200
"""Unknown names for which near ones are looked up; the search takes milliseconds."""
MOST_FIELDS = 12
"""Fields of an item that are listed where an unknown one is near none of them."""


class Judged(NamedTuple):
    """The verdict on one value: what it was read as, and its problems; ``numbers`` those of findings made of it."""

    verdict: str
    value: Any
    problems: tuple[Problem, ...]
    written: str
    meaning: str
    numbers: list[int]


class _Known:
    """What is worked out once for a release: names, and the forms of values."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.names = catalogue.once(Names)
        self.judge: ItemJudge = item_judge(catalogue)
        self._forms: dict[str, Form] = {}

    def form(self, item: str) -> Form:
        """The form of an item's values."""
        form = self._forms.get(item)
        if form is None:
            form = self._forms[item] = form_of(self.catalogue, self.catalogue.items[item])
        return form

    @cached_property
    def factors(self) -> frozenset[tuple[str, Rational]]:
        """The units in which specifications give values, each as so many of its base unit."""
        from gbcscheck.domains.units import base_unit, has_base

        names = {str(stated.value) for stated in self.catalogue.by_attribute.get("unit", ())}
        return frozenset(base_unit(name) for name in names if has_base(name))

    def checks(self, item: str) -> Mapping[type, Check]:
        """By type of JSON value, what is known to be fine of an item without being read."""
        return checks_of(self.form(item), self.judge.permitted(item))


def known(catalogue: Catalogue) -> _Known:
    """What is worked out once for a release."""
    return catalogue.once(_Known)


class ValueJudge:
    """Judges the values of one file one by one. ``source`` turns a JSON pointer into a place; ``shows`` says whether
    values are entered in the record one by one, or only counted."""

    def __init__(
        self,
        catalogue: Catalogue,
        gatherer: Gatherer,
        source: Callable[[str], str],
        finder: Finder,
        house: Iterable[HouseRule] = (),
    ) -> None:
        self.known = known(catalogue)
        self.finder = finder
        self.house = HouseJudge(HouseIndex(catalogue, house))
        self.gatherer = gatherer
        self.record = gatherer.record
        self.source = source
        self.shows = True
        self._checks: dict[str, Mapping[type, Check]] = {}
        self._remembered: dict[tuple[str, type, object], Judged] = {}
        self._strangers: dict[str, int] = {}
        self._left_out: set[str] = set()

    def leaf(self, node: Node, raw: Any, label: str, parent: str, pointer: str | None = None) -> None:
        """Judge a value; ``pointer`` is worked out of the label where it is not given, and only if it is needed."""
        kind = type(raw)
        if not self.shows:
            checks = self._checks.get(node.item)
            if checks is None:
                asked = self.house.asks_of(node.item)
                checks = self._checks[node.item] = {} if asked else self.known.checks(node.item)
            check = checks.get(kind)
            if check is not None and check(raw):
                self.record.values += 1
                return
        simple = kind in SIMPLE and (kind is not str or len(raw) <= LONGEST_REMEMBERED)
        key = (node.item, kind, raw)
        judged = self._remembered.get(key) if simple else None
        if judged is None:
            judged = self.judged(node, raw)
            if simple:
                if len(self._remembered) >= MOST_REMEMBERED:
                    self._remembered.clear()
                self._remembered[key] = judged
        if judged.verdict and self.house.is_related(node.item):
            here = pointer if pointer is not None else f"{parent}/{escape_token(label)}"
            self.house.note(node.item, judged.value, shown(raw), self.source(here), here)
        if not self.shows and not judged.problems:
            if judged.verdict:
                self.record.values += 1
            return
        here = pointer if pointer is not None else f"{parent}/{escape_token(label)}"
        source = self.source(here)
        if not judged.verdict:
            self.told(label, raw, here)
            return
        if self.shows:
            basis = partial(self._basis, node.item, judged.value) if judged.verdict == FITS else ""
            self.record.leaf(label, _entered(judged.value), node.item, judged.verdict, source, basis)
        else:
            self.record.values += 1
        if judged.numbers:
            for number in judged.numbers:
                self.gatherer.again(number, source, judged.written)
        else:
            for problem in judged.problems:
                judged.numbers.append(
                    self.gatherer.add(
                        problem, subject=node.item, written=judged.written, source=source, meaning=judged.meaning
                    )
                )

    def judged(self, node: Node, raw: Any) -> Judged:
        """The verdict on a value that stands for a part of an item, without telling anybody."""
        form = self.known.form(node.item)
        try:
            value = read_value(raw, form)
        except NotRead as error:
            rule, statements = (WRONG_UNIT, form.unit_stated) if error.unit else (NOT_OF_TYPE, form.stated)
            help_ = form.examples() if form.kinds and not error.unit else ""
            if isinstance(raw, str) and form.is_number and "," in raw:
                help_ = "write a decimal point, and nothing between thousands"
            problem = Problem(rule, error.problem, statements[:2], suggestion=help_)
            return Judged(WRONG, shown(raw), (problem,), shown(raw), "", [])
        if isinstance(value, NotSet):
            return Judged("", None, (), "", "", [])
        problems = (
            *self.known.judge.on_device(node.item, value),
            *self._of_factor(raw, form, value),
            *self.house.on_value(node.item, value),
        )
        verdict = WRONG if any(one.level != "note" for one in problems) else FITS if form.stated else OPEN
        return Judged(verdict, value, problems, shown(raw), _in_words(value) if problems else "", [])

    def _basis(self, item: str, value: object) -> str:
        from gbcscheck.evidence.grounds import in_words

        return in_words(self.known.judge.grounds(ON_DEVICE, item, value, self.known.form(item).unit))

    def _of_factor(self, raw: Any, form: Form, value: object) -> Iterator[Problem]:
        """What is told of a unit with a prefix that no specification uses, or for which none states one."""
        from gbcscheck.domains.units import base_unit

        written = _unit_of(raw) if isinstance(raw, str) and form.is_number else ""
        if not written:
            return
        if not form.unit:
            message = (
                f"no document of the release states a unit for the item: {shown(raw)} is judged as {_entered(value)}"
            )
            yield Problem(UNSTATED_UNIT, message)
            return
        base, size = factor = base_unit(written)
        own = base_unit(form.unit)[1]
        is_finer = isinstance(raw, InScaledUnit) and size < own
        if base != SECONDS and size != own and not is_finer and factor not in self.known.factors:
            yield Problem(
                OTHER_FACTOR,
                f"no specification gives such a value in {written}: it is {_entered(value)}, and the item's unit is "
                f"{form.unit}",
                form.unit_stated[:2],
                suggestion=f"write it in {form.unit}",
            )

    def end(self) -> None:
        """Hold the values of the configuration that ends here against each other."""
        for left, problem in self.house.end(self.record.path):
            self.gatherer.add(problem, subject=left.item, written=left.written, source=left.source)

    def told(self, label: str, raw: Any, pointer: str) -> None:
        if self.shows:
            self.record.fact(label, None if raw is None else shown(raw), self.source(pointer))

    def left_out(self, name: str, pointer: str, why: str) -> None:
        """Tell of a member of an object that is not read; of those that are not shown one of each name."""
        if self.shows or (name not in self._left_out and len(self._left_out) < MOST_NEAR):
            self.record.left_out(clipped(name), self.source(pointer), why)
        if len(self._left_out) < MOST_NEAR:
            self._left_out.add(name)

    def unknown(self, name: str, raw: Any, pointer: str, within: Node | None = None) -> None:
        subject = clipped(name)
        number = self._strangers.get(subject)
        if self.gatherer.is_full:
            return
        label = name if within is None else name[len(within.path) + 1 :]
        self._enter_stranger(subject, raw, label, pointer)
        if number is not None:
            self.gatherer.again(number, self.source(pointer), shown(raw))
            return
        help_ = self._nearest(name, within) if len(self._strangers) < MOST_NEAR else ""
        problem = self.finder.why_not(subject, help_)
        self._strangers[subject] = self.gatherer.add(
            problem, subject=subject, written=shown(raw), source=self.source(pointer)
        )

    def _nearest(self, name: str, within: Node | None) -> str:
        from gbcscheck.near_names import nearest

        if within is None:
            near = nearest(name, self.known.names.heads)
            return f"near it: {', '.join(near)}" if near else ""
        fields = list(dict.fromkeys(leaf.path.rpartition(".")[2] for leaf in within.leaves()))
        near = nearest(name[len(within.path) + 1 :], fields)
        if near:
            return f"near it: {', '.join(near)}"
        return f"it has {', '.join(fields)}" if len(fields) <= MOST_FIELDS else ""

    def wrong(self, problem: Problem, subject: str, raw: Any, label: str, pointer: str) -> int:
        self._enter_wrong(subject, raw, label, pointer)
        return self.gatherer.add(problem, subject=subject, written=shown(raw), source=self.source(pointer))

    def _enter_stranger(self, subject: str, raw: Any, label: str, pointer: str) -> None:
        if self.shows:
            self.record.stranger(clipped(label), shown(raw), subject, self.source(pointer))
        else:
            self.record.unknown += 1

    def _enter_wrong(self, subject: str, raw: Any, label: str, pointer: str) -> None:
        if self.shows:
            self.record.leaf(clipped(label), shown(raw), subject, WRONG, self.source(pointer))
        else:
            self.record.values += 1


def _unit_of(raw: str) -> str:
    """The unit of a text that is a quantity, by its name; empty for none, and for a duration by its form."""
    from gbcscheck.domains.unit_words import UnknownUnit, read_unit

    if isinstance(raw, InScaledUnit):
        return raw.unit
    behind = _UNIT.search(raw.strip()) if not is_duration(raw) else None
    try:
        return read_unit(behind[1]) or "" if behind is not None else ""
    except UnknownUnit:
        return ""


def clipped(text: str) -> str:
    """A text cut to what a message can hold."""
    return text if len(text) <= 100 else f"{text[:97]}..."


def shown(raw: Any) -> str:
    """A raw value as its file has it, cut to one line."""
    import json

    if isinstance(raw, str):
        return clipped(" ".join(raw.split()))
    if isinstance(raw, Decimal):
        return clipped(str(raw))
    return clipped(json.dumps(raw, ensure_ascii=False, default=str))


def _entered(value: Any) -> Any:
    """A value as entries have it: bits, fractions, quantities, lists and records as texts."""
    from fractions import Fraction

    from gbcscheck.domains import BitString, Quantity, RecordValue
    from gbcscheck.domains.cosem_words import in_words
    from gbcscheck.notation.canonical import print_value

    if isinstance(value, BitString):
        written, words = print_value(value), in_words(value)
        return written if words == written else f"{written} ({words})"
    return print_value(value) if isinstance(value, Fraction | Quantity | RecordValue | tuple) else value


def _in_words(value: Any) -> str:
    from gbcscheck.evidence.reading import set_of
    from gbcscheck.evidence.value_words import value_words

    domain = set_of(value)
    return value_words(domain) if domain is not None else ""
