"""What is set and what is read back: one value on a device, and so of one data type."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING

from gbcscheck.evidence.comparisons import held
from gbcscheck.evidence.rows import READS, SETS, direction, is_method
from gbcscheck.evidence.value_words import printed, value_text
from gbcscheck.model import Finding, Statement, distinct, without_repeat
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.item_names import split_row
from gbcscheck.rules.base import rule

if TYPE_CHECKING:
    from gbcscheck.domains import Domain

_SIDES = re.compile(r"(Next|Current)(?=[.\[]|$)")
"""How the names of a gas item end that is set (``amountNext``) and read (``amountCurrent``): one value, under way from
the one to the other."""
_INDEX = re.compile(r"\[[^\]]*\]")
_MARK = re.compile(r"\[\[.*?\]\]")


@rule(
    "R121",
    "set-and-read-in-two-types",
    kind="range",
    severity="warning",
    reads=("type", "permitted", "direction", "class", "object", "member", "element", "cluster"),
    question="Is an item set in one data type and read back in another?",
    text="""
    A command sets an item in one data type, and a response reads it back in another. The two are not the same numbers:
    what the one type can set, the other shows as something else, or not at all. Rows are held together that name one
    element of one COSEM object, or one item of a ZigBee cluster (`amountNext` is set, `amountCurrent` is read).

    **How to fix it.** Give both rows the type that the device holds.

    **Example.** Gas `DebtRecoveryRates`: set as `INT32` (GCS04), read as `UINT32` (GCS21b), and DUIS accepts -1, which
    reads back as 4294967295. The range beside the command is that of the attribute, which its own type cannot hold.
    """,
)
def set_and_read_in_two_types(catalogue: Catalogue) -> Iterator[Finding]:
    """Rows of one thing, one of which sets it and another reads it, whose types differ; one finding a data item."""
    clashes: dict[tuple[str, ...], list[tuple[Statement, Statement]]] = {}
    for together in _things(catalogue).values():
        if len(together) < 2:
            continue
        group = sorted(together, key=lambda one: one.subject)
        setting, reading = ([one for one in group if direction(catalogue, one.subject) == way] for way in (SETS, READS))
        for row in setting:
            held(catalogue, row, reading)
        clash = next((pair for pair in product(setting, reading) if _differ(catalogue, *pair)), None)
        if clash is not None:
            item = _INDEX.sub("", split_row(clash[0].subject)[1])
            clashes.setdefault((*map(_words, clash), item), []).append(clash)
    for (set_as, read_as, _), clashing in clashes.items():
        pairs = sorted(clashing, key=lambda pair: (pair[0].subject, pair[1].subject))
        one, other = (catalogue.domain(statement) for statement in pairs[0])
        assert one is not None
        assert other is not None
        ranges = (s for pair in pairs for row in pair for s in catalogue.about(row.subject, "permitted"))
        yield set_and_read_in_two_types.finding(
            subject=pairs[0][0].subject,
            message=f"it is set as {set_as}, and read back as {read_as}",
            statements=distinct((*(row for pair in pairs for row in pair), *ranges)),
            witness=_witness(one, other),
            why=f"what is set holds {printed(one)}, what is read {printed(other)}; the device has one value.",
            suggestion="give both rows the type that the device holds",
            also=tuple(setting.subject for setting, _ in pairs[1:]),
        )


def _differ(catalogue: Catalogue, setting: Statement, reading: Statement) -> bool:
    """Whether two types are of other words, and some value of the one is none of the other."""
    if _words(setting) == _words(reading) or setting.domain == reading.domain:
        return False
    one, other = catalogue.domain(setting), catalogue.domain(reading)
    if one is None or other is None:
        return False
    return one.is_subset(other) is False or other.is_subset(one) is False


def _things(catalogue: Catalogue) -> dict[tuple[object, ...], list[Statement]]:
    """The types of rows that speak of one thing of one protocol: of one element of one COSEM object, or of one item of
    one cluster."""
    facts = [catalogue.firsts(attribute) for attribute in ("class", "object", "member", "element")]
    clusters = catalogue.firsts("cluster")
    found: dict[tuple[object, ...], list[Statement]] = {}
    for kind in catalogue.sets_of("type"):
        name = without_repeat(split_row(kind.subject)[1])
        key: tuple[object, ...]
        if kind.subject in clusters:
            key = (kind.specification, clusters[kind.subject].value, _SIDES.sub("", name))
        elif name and all(kind.subject in stated for stated in facts) and not is_method(catalogue, kind.subject):
            key = (kind.specification, *("".join(str(stated[kind.subject].value).split()) for stated in facts))
        else:
            continue
        found.setdefault(key, []).append(kind)
    return found


def _words(kind: Statement) -> str:
    """A type as its cell names it, without the marks behind it."""
    return "".join(_MARK.sub("", kind.written).split())


def _witness(setting: Domain, reading: Domain) -> str:
    lost, never = setting.difference_witness(reading), reading.difference_witness(setting)
    parts = []
    if lost is not None:
        parts.append(f"{value_text(lost)} can be set and not read back")
    if never is not None:
        parts.append(f"{value_text(never)} can be read and not set")
    return "; ".join(parts)


RULES = (set_and_read_in_two_types,)
