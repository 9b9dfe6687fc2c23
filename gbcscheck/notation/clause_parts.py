"""The parts of a sentence of a clause, and what they say together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from gbcscheck.domains import Domain
from gbcscheck.domains.rational import Rational
from gbcscheck.frozen import frozen
from gbcscheck.notation.grammars import Refusal


@frozen
class Said:
    """One thing that a sentence says: an attribute, and a set of values or a fact that is none."""

    attribute: str
    domain: Domain | None = None
    value: str | None = None

    @property
    def stated(self) -> Domain | str:
        """What it is."""
        return self.domain if self.domain is not None else self.value or ""


@frozen
class Amount:
    """A number as written, and the unit behind it; a hexadecimal or binary one may be meant as octets or bits."""

    written: str
    number: Rational
    unit: str | None


@frozen
class Parts:
    """The parts of a sentence. ``kind`` is what the sentence says that a value is (``value``, ``integer``, ``time``; of
    a kind that says all, ``whole``); ``limits`` are ends with whether each is left out; None where nothing is said."""

    kind: str = ""
    unit: str | None = None
    low: tuple[Amount, bool] | None = None
    high: tuple[Amount, bool] | None = None
    among: tuple[Amount, ...] = ()
    step: Amount | None = None
    default: Amount | Domain | None = None
    has_limits: bool = False
    said: tuple[Said, ...] = ()


@frozen
class Stated:
    """A sentence: the data item that it names, as written, and its parts."""

    item: str
    parts: Parts
    is_definition: bool = False


def together(parts: Iterable[Parts]) -> Parts:
    """The parts of a sentence as one. Refused where two of them say the same thing."""
    whole = Parts()
    for part in parts:
        for name in _TWICE:
            new = getattr(part, name)
            if new in ("", None, (), False):
                continue
            if getattr(whole, name) not in ("", None, (), False):
                raise Refusal("", f"it says {_TWICE[name]} twice")
            whole = replace(whole, **{name: new})
        again = {one.attribute for one in part.said} & {one.attribute for one in whole.said}
        if again:
            raise Refusal("", f"it says {min(again)} twice")
        whole = replace(whole, said=(*whole.said, *part.said))
    return whole


_TWICE = {
    "kind": "what kind of value it is",
    "unit": "the unit",
    "has_limits": "which range",
    "low": "the lower end",
    "high": "the upper end",
    "among": "which values",
    "step": "the resolution",
    "default": "the default",
}
