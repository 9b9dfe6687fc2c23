"""Values in units that measure something else than the data item does."""

from __future__ import annotations

from collections.abc import Iterator

from gbcscheck.evidence.comparing import unit_of
from gbcscheck.evidence.comparisons import held
from gbcscheck.evidence.rows import units_of
from gbcscheck.evidence.value_words import one_of
from gbcscheck.model import Finding
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.rules.base import rule


@rule(
    "R110",
    "unit-of-another-dimension",
    kind="unit",
    severity="error",
    reads=("default", "permitted", "constant", "unit", "class"),
    question="Is a value in a unit that measures something else than the item does?",
    text="""
    A value is written with a unit that no value of the item can have, since it measures another quantity: volts for a
    time, seconds for a power. Usually a row or a column was mistaken for another. Minutes for seconds are no conflict:
    a value with its unit is the same in both.

    **How to fix it.** Write the value in a unit of the item's quantity, or the name of the item that was meant.

    **Example.** A table that gives the randomised offset limit, a time, as `207 V`.
    """,
)
def unit_of_another_dimension(catalogue: Catalogue) -> Iterator[Finding]:
    """Sets of values with a unit whose base unit is not that of the item, one finding a set. Where their own document
    names that unit for the item, it is the two units that clash, which another rule tells."""
    from gbcscheck.domains.units import base_unit, has_base

    for item in catalogue.items_that_say("default", "permitted", "constant"):
        stated = [
            (statement, unit_of(values))
            for statement in catalogue.item_statements(item, "default", "permitted", "constant")
            if (values := catalogue.domain(statement)) is not None and unit_of(values)
        ]
        units = [one for one in units_of(catalogue, item) if has_base(str(one.value))] if stated else []
        for statement, unit in stated:
            other = next((one for one in units if base_unit(str(one.value))[0] != unit), None)
            values = catalogue.domain(statement)
            its_own = [one for one in units if one.specification == statement.specification]
            if other is None or values is None or any(base_unit(str(one.value))[0] == unit for one in its_own):
                continue
            held(catalogue, statement, (other,))
            yield unit_of_another_dimension.finding(
                subject=item.name,
                message=f"its {statement.attribute} is in {unit}, and the item is measured in {other.value}",
                statements=(statement, other),
                witness=one_of(values),
                why=f"{unit} and {other.value} are units of two quantities.",
                suggestion=f"write the {statement.attribute} in {other.value}, or name the item that was meant",
            )


RULES = (unit_of_another_dimension,)
