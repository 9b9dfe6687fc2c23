"""Sets of values of xs:time, xs:date and xs:dateTime.

A set is a product over the fields of what is written (the day, the seconds since midnight, the zone), of which only the
values at some places of the time line are members: ``zoned`` for values with a zone, ``unzoned`` for those without.
The product is what the next hop of a message sees; the time line is what enumerations and bounds are about, since equal
instants in different zones are equal values there (XML Schema Part 2, 3.2.7.3).

``24:00:00`` of an xs:dateTime is the next day's 00:00:00. Of an xs:time it is written differently from ``00:00:00``,
has other fields (86400 seconds) and the same place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any, ClassVar, Self

from gbcscheck.domains.base import ENUMERABLE, NONE, Classes, Domain, NotExact, Undecided, Value, try_witness
from gbcscheck.domains.booleans import NULL, null
from gbcscheck.domains.choice import union
from gbcscheck.domains.numbers import integers, points, without_unit
from gbcscheck.domains.products import Product
from gbcscheck.domains.rational import Rational, exact
from gbcscheck.domains.xml_moments import DAY, Moment, XsDateTimeValue, XsDateValue, XsTimeValue, clock_text

FURTHEST = 14 * 60
"""The greatest offset of a zone, in minutes (XML Schema Part 2, 3.2.7.3)."""
TYPICAL_YEAR = 2025
"""The year of examples, where a set has it."""
OFFSETS = integers(-FURTHEST, FURTHEST)
"""Z and every other zone, in minutes."""
NO_ZONE = null()

_TODAY = XsDateValue(TYPICAL_YEAR, 1, 1, None).place
_NOON = DAY // 2
_FEW = 16
"""A set of at most this many values is looked at one by one."""


class XsProduct(Product):
    """What the three kinds have in common.

    Where no value with a zone is a member, ``zoned`` is everything legal, and so is ``unzoned`` where the zone is
    never left out: then two sets of one shape are equal exactly where their fields are.
    """

    __slots__ = ()

    value_type: ClassVar[type[Moment]]
    legal: ClassVar[dict[str, Domain]] = {}
    """What each field may hold, and the places of values with and without a zone."""

    zone: Domain
    zoned: Domain
    unzoned: Domain

    @property
    def parts(self) -> tuple[Domain, ...]:
        return tuple(getattr(self, name) for name in self.names)

    @property
    def lines(self) -> tuple[Domain, Domain]:
        """The places of values with a zone and without."""
        return self.zoned, self.unzoned

    @property
    def placed(self) -> bool:
        """Whether the set is restricted on the time line."""
        return self.zoned != self.legal["zoned"] or self.unzoned != self.legal["unzoned"]

    @property
    def exact(self) -> bool:
        return not self.placed

    def contains(self, value: Value) -> bool:
        if not super().contains(value):
            return False
        assert isinstance(value, XsTimeValue | XsDateValue | XsDateTimeValue)
        return not self.placed or (self.unzoned if value.zone is None else self.zoned).contains(value.place)

    def _fields_of(self, value: Value) -> tuple[Value, ...] | None:
        if not isinstance(value, self.value_type):
            return None
        return tuple(NULL if (field := getattr(value, name)) is None else field for name in self.names)

    def _value(self, fields: tuple[Value, ...]) -> Value:
        named = zip(self.names, fields, strict=True)
        return self.value_type(**{name: _number_in(name, field) for name, field in named})

    def _with(self, parts: tuple[Domain, ...]) -> Self:
        found = self._of(parts, self.lines)
        assert isinstance(found, type(self))
        return found

    def _of(self, parts: Iterable[Domain], lines: tuple[Domain, Domain]) -> Domain:
        fields = dict(zip(self.names, parts, strict=True))
        return xs_product(type(self), {**fields, "zoned": lines[0], "unzoned": lines[1]})

    def _meet(self, other: Domain) -> Domain:
        assert isinstance(other, XsProduct)
        parts = [mine.meet(theirs) for mine, theirs in zip(self.parts, other.parts, strict=True)]
        return self._of(parts, (self.zoned.meet(other.zoned), self.unzoned.meet(other.unzoned)))

    def _join(self, other: Domain) -> Domain:
        assert isinstance(other, XsProduct)
        if self.lines == other.lines:
            return super()._join(other)
        if self._without_zone() != other._without_zone():
            raise NotExact(f"{self} or {other} is no box: more than one field differs")
        zones, lines = [], []
        for mine, theirs, one, two in zip(self._zones(), other._zones(), self.lines, other.lines, strict=True):
            if NONE in (mine, theirs):
                zones.append(mine if theirs is NONE else theirs)
                lines.append(one if theirs is NONE else two)
            elif mine == theirs or one == two:
                zones.append(union(mine, theirs))
                lines.append(union(one, two))
            else:
                raise NotExact(f"{self} or {other} is no box: zones and places differ")
        parts = [union(*zones) if name == "zone" else getattr(self, name) for name in self.names]
        return self._of(parts, (lines[0], lines[1]))

    def _without_zone(self) -> list[Domain]:
        return [part for name, part in zip(self.names, self.parts, strict=True) if name != "zone"]

    def _zones(self) -> tuple[Domain, Domain]:
        """The zones that are written, and null where none may be."""
        return self.zone.meet(OFFSETS), self.zone.meet(NO_ZONE)

    # --- examples ----------------------------------------------------------------------------------------------------

    def is_empty(self) -> bool | None:
        if not self.placed:
            return super().is_empty()
        return None if next(self._samples(), None) is None else False

    def witness(self) -> Value:
        if not self.placed:
            names = zip(self.names, self.parts, strict=True)
            return self._value(tuple(self._typical(name, part) for name, part in names))
        found = next(self._samples(), None)
        if found is None:
            raise Undecided(f"no example of {self.describe()} was found")
        return found

    def members(self, limit: int = ENUMERABLE) -> tuple[Value, ...] | None:
        return None if self.placed else super().members(limit)

    def _samples(self) -> Iterator[Value]:
        """Some members of a set that is restricted on the time line."""
        for zones, line in zip(self._zones(), self.lines, strict=True):
            if zones is not NONE:
                usual = [place for place in (_TODAY, _NOON) if line.contains(place)]
                for place in (*usual, line.witness()):
                    yield from self._written(place, zones)
        everywhere = type(self)(**{**self._fields(), "zoned": self.legal["zoned"], "unzoned": self.legal["unzoned"]})
        yield from (one for one in (everywhere.witness(), *(everywhere.members(_FEW) or ())) if self.contains(one))

    def _fields(self) -> dict[str, Domain]:
        return {name: getattr(self, name) for name in self.legal}

    def _written(self, place: Value, zones: Domain) -> Iterator[Value]:
        """The members at a place of the time line, in the most usual zones of a set."""
        number = number_in(place)
        offsets: list[int | None] = [None]
        if zones != NO_ZONE:
            begins = -int(number) // 60 % 1440  # the zone in which a day begins there
            tried = (0, 60, -60, begins, begins - 1440, FURTHEST, -FURTHEST, try_witness(zones))
            offsets = [zone for zone in dict.fromkeys(tried) if isinstance(zone, int) and zones.contains(zone)]
        for offset in offsets:
            value = self.value_type.at(number, offset)
            if value is not None and self.contains(value):
                yield value

    # --- differences -------------------------------------------------------------------------------------------------

    def _classes(self, other: Domain) -> Classes:
        assert isinstance(other, XsProduct)
        classes = [
            (label, value)
            for label, value in super()._classes(other)
            if (self.contains(value) or not self.placed) and not other.contains(value)
        ]
        if not self.placed and not other.placed:
            return tuple(classes)
        for zones, mine, theirs in zip(self._zones(), self.lines, other.lines, strict=True):
            if zones is NONE:
                continue
            for label, place in mine.difference_classes(theirs):
                written = next((one for one in self._written(place, zones) if not other.contains(one)), None)
                if written is not None:
                    classes.append((self._place_label(label, written), written))
        if not classes:
            classes = [("another value", one) for one in self._samples() if not other.contains(one)]
        return tuple(reversed(dict(reversed(classes)).items()))

    def _place_label(self, label: str, written: Value) -> str:
        """``before 2020-01-01T00:00:00Z`` for ``below 63713347200``."""
        word, _, bounds = label.partition(" ")
        zone = getattr(written, "zone", None)
        words = {"below": "before", "above": "after", "exactly": "exactly", "between": "between"}
        if word not in words:
            return "a finer time"
        texts = [place_text(self.value_type, exact(end), zone) for end in bounds.split(" and ")]
        return f"{words[word]} {' and '.join(texts)}"

    def _field_classes(self, name: str, mine: Domain, theirs: Domain) -> Classes:
        if name == "zone":
            return _zone_classes(mine, theirs)
        classes = mine.difference_classes(theirs)
        if name != "seconds":
            return tuple((f"{name} {label}", example) for label, example in classes)
        finer = any(label.startswith("finer") for label, _ in classes)
        return tuple(
            (_seconds_label(label, example), example)
            for label, example in classes
            if not (finer and _between_hundredths_and_midnight(label, example))
        )

    def _typical(self, name: str, part: Domain) -> Value | None:
        return TYPICAL_YEAR if name == "year" and part.contains(TYPICAL_YEAR) else try_witness(part)


def place_text(kind: type[Moment], place: Rational, zone: int | None) -> str:
    """A place of the time line as it is written: in UTC where ``zone`` is a number, without a zone where it is None."""
    value = kind.at(place, None if zone is None else 0)
    if value is None and zone is not None:
        value = next((one for offset in range(-FURTHEST, FURTHEST + 1) if (one := kind.at(place, offset))), None)
    return str(place) if value is None else str(value)


def _zone_classes(mine: Domain, theirs: Domain) -> Classes:
    """No zone, the zone Z and other offsets, where the other side lacks them; of an offset, one that is common."""
    found: list[tuple[str, Value]] = []
    likely = [offset for offset in (60, -60) if mine.contains(offset) and not theirs.contains(offset)]
    offset = (
        likely[0]
        if likely
        else mine.meet(union(integers(-FURTHEST, -1), integers(1, FURTHEST))).difference_witness(theirs)
    )
    if offset is not None:
        found.append(("a zone offset", offset))
    if mine.contains(0) and not theirs.contains(0):
        found.append(("zone Z", 0))
    if mine.contains(NULL) and not theirs.contains(NULL):
        found.append(("no zone", NULL))
    return tuple(found)


def _between_hundredths_and_midnight(label: str, example: Value) -> bool:
    """Whether a class is only of the last fraction of a day's last second: those are told as finer ones."""
    return label.startswith("above") and exact(label.removeprefix("above ")) > DAY - 1 and number_in(example) < DAY


def _seconds_label(label: str, example: Value) -> str:
    assert isinstance(example, int | Fraction)
    if example == DAY:
        return "24:00:00"
    step = label.removeprefix("finer than ")
    if step != label:
        names = {
            "1": "a fraction of a second",
            "0.1": "more than one decimal of a second",
            "0.01": "more than two decimals of a second",
            "0.001": "more than three decimals of a second",
        }
        return names.get(step, f"a time between steps of {step} seconds")
    word, _, bounds = label.partition(" ")
    return f"a time {word} {' and '.join(clock_text(exact(end)) for end in bounds.split(' and '))}"


def _number_in(name: str, field: Value) -> Any:
    """What a moment has in a field: a number, for a zone that is not written None."""
    if name == "zone":
        return field if isinstance(field, int) else None
    return number_in(field) if name == "seconds" else int(number_in(field))


def number_in(field: Value) -> Rational:
    assert isinstance(field, int | Fraction)
    return field


# --- construction ----------------------------------------------------------------------------------------------------


def xs_product(shape: type[XsProduct], fields: dict[str, Domain]) -> Domain:
    """A product in its one form; NONE where a field has nothing that is legal."""
    unknown = sorted(set(fields) - set(shape.legal))
    if unknown:
        raise ValueError(f"{shape.kind} has no field {unknown[0]}; it has {', '.join(shape.legal)}")
    met = {
        name: legal.meet(without_unit(fields[name])) if name in fields else legal for name, legal in shape.legal.items()
    }
    for line, zones in (("zoned", OFFSETS), ("unzoned", NO_ZONE)):
        if met[line] is NONE:
            met["zone"] = met["zone"].meet(NO_ZONE if line == "zoned" else OFFSETS)
        if met["zone"].meet(zones) is NONE:
            met[line] = shape.legal[line]
    if any(met[name] is NONE for name in shape.names):
        return NONE
    product = shape(**met)
    return _of_few(product) if product.placed else product


def _of_few(product: XsProduct) -> Domain:
    """A set that is restricted on the time line in its one form: where its fields leave only few values, its places are
    those of its members."""
    whole = type(product)(**{**product._fields(), "zoned": product.legal["zoned"], "unzoned": product.legal["unzoned"]})
    listed = whole.members(_FEW)
    if listed is None:
        return product
    members = [one for one in listed if product.contains(one)]
    if len(members) == len(listed):
        return whole
    lines: dict[str, list[Rational]] = {"zoned": [], "unzoned": []}
    for one in members:
        assert isinstance(one, XsTimeValue | XsDateValue | XsDateTimeValue)
        lines["unzoned" if one.zone is None else "zoned"].append(one.place)
    fields = product._fields()
    if not lines["zoned"]:
        fields["zone"] = fields["zone"].meet(NO_ZONE)
    if not lines["unzoned"]:
        fields["zone"] = fields["zone"].meet(OFFSETS)
    places = {name: points(found) if found else product.legal[name] for name, found in lines.items()}
    return type(product)(**{**fields, **places}) if members else NONE
