"""The rows of a part under names of their own, whatever its columns are called, and what is asked of its values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from gbcscheck.fleet.columns import ItemColumn
from gbcscheck.fleet.engines import FILE, ROW, Engine
from gbcscheck.fleet.judged_values import BOOLEAN, DECIMAL, FLOAT, JSON, TEXT, WHOLE
from gbcscheck.fleet.predicates import Predicates
from gbcscheck.fleet.prepared import Part
from gbcscheck.fleet.readings import as_text, is_null
from gbcscheck.frozen import frozen

if TYPE_CHECKING:
    import ibis.expr.types as ir

DEVICE, READ, MANUFACTURER, FIRMWARE = "device", "read", "manufacturer", "firmware"
ITEM, VALUE, UNIT, DAY, TIME = "item", "value", "unit", "day", "time"
WHO = (DEVICE, READ, MANUFACTURER, FIRMWARE)
"""What is known of the device and the read of each row, as texts; null where a table does not say it."""
PLACE = (FILE, ROW)
WHOLE_JSON = r"^-?(?:0|[1-9][0-9]{0,17})\z"


@frozen
class Cells:
    """The values of one column of a part. ``column`` is its name in the rows, ``meant`` what it means."""

    column: str
    meant: ItemColumn
    kind: str


def rows_of(engine: Engine, part: Part) -> ir.Table:
    """The rows of a part: WHO, DAY (of the read), TIME (of it, as the file has it), PLACE, and the values of each
    item's column as ``v0``, ``v1``, ... (wide layout), or ITEM, VALUE and UNIT (long layout)."""
    return with_read(plain_rows(engine, part), part)


def with_read(rows: ir.Table, part: Part) -> ir.Table:
    """Rows with READ and DAY, which are made of TIME: engines make them of all rows that a filter is put to."""
    read = plain_text(rows[TIME], is_json=part.files[0].is_json)
    return rows.mutate(**{READ: read, DAY: _day(rows[TIME], read)})


def plain_rows(engine: Engine, part: Part) -> ir.Table:
    """The rows of a part without READ and DAY."""
    import ibis

    table = engine.read([one.path for one in part.files], places=True, made=part.files[0].is_made)
    columns = part.columns
    partition = {name.casefold(): text for name, text in part.partition.items()}
    there = {name.casefold(): name for name in table.columns}

    def column(name: str) -> Any:
        if name and name.casefold() in there:
            return table[there[name.casefold()]]
        return ibis.literal(partition.get(name.casefold()), "string")

    def said(role: str) -> Any:
        name = columns.role(role)
        found = column(name) if name else ibis.null("string")
        return plain_text(found, is_json=part.files[0].is_json)

    named: dict[str, Any] = {role: said(role) for role in WHO if role != READ}
    named |= {TIME: column(columns.role(READ)) if columns.role(READ) else ibis.null("string")}
    named |= {FILE: table[FILE], ROW: table[ROW]}
    if columns.layout == "long":
        named |= {ITEM: said(ITEM), VALUE: column(columns.role(VALUE)), UNIT: said(UNIT)}
    else:
        named |= {f"v{number}": column(one.name) for number, one in enumerate(columns.items)}
        named |= {f"u{number}": column(name) for number, (name, _) in enumerate(columns.others)}
    return table.select(**named)


def _day(column: Any, text: Any) -> Any:
    """The day of a time: of a text its first ten characters where these are a day, else null."""
    kind = column.type()
    if kind.is_timestamp():
        return column.date()
    if kind.is_date():
        return column
    is_day = (text.substr(4, 1) == "-") & (text.substr(7, 1) == "-")
    return is_day.ifelse(text.substr(0, 10), None)


def plain_text(column: Any, *, is_json: bool) -> Any:
    """A column as text; of values as JSON has them texts without their quotation marks."""
    if not is_json or not column.type().is_string():
        return as_text(column)
    import ibis

    return ibis.ifelse(column.startswith('"'), column.substr(1, column.length() - 2), column)


def cells_of(rows: ir.Table, part: Part) -> list[Cells]:
    """The columns of items of a part in the wide layout, each with the kind of its values."""
    is_json = part.files[0].is_json
    items: Sequence[ItemColumn] = part.columns.items
    return [
        Cells(f"v{number}", one, kind_of(rows[f"v{number}"].type(), is_json=is_json))
        for number, one in enumerate(items)
    ]


def kind_of(type_: Any, *, is_json: bool) -> str:
    """What the text of a value of some type stands for."""
    if is_json and type_.is_string():
        return JSON
    if type_.is_integer():
        return WHOLE
    if type_.is_floating():
        return FLOAT
    if type_.is_decimal():
        return DECIMAL
    if type_.is_boolean():
        return BOOLEAN
    return JSON if type_.is_nested() else TEXT


def text_of(column: Any) -> Any:
    """The text of a value, from which ``raw_of`` makes it again."""
    return _json_of(column) if column.type().is_nested() else as_text(column)


def _json_of(column: Any) -> Any:
    import ibis

    @ibis.udf.scalar.builtin(name="to_json", signature=((column.type(),), "string"))
    def to_json(value):  # type: ignore[no-untyped-def]
        ...

    return to_json(column).cast("string")


# --- what is asked of values -----------------------------------------------------------------------------------------


class Asked:
    """What is asked of the values of columns, as expressions: whether one is missing, and whether it is certainly
    fine."""

    def __init__(self, predicates: Predicates, asks_more_of: Callable[[str], bool]) -> None:
        self._predicates = predicates
        self._asks_more_of = asks_more_of

    def is_missing(self, column: Any, kind: str) -> Any:
        """Whether there is no value, or an empty text."""
        if kind == JSON and column.type().is_string():
            return column.isnull() | (column == '""')
        if column.type().is_string():
            return column.isnull() | (column == "")
        return is_null(column)

    def values(self, column: Any, kind: str) -> Any:
        """How many values there are."""
        if not column.type().is_string():
            return column.count()
        return column.nullif('""' if kind == JSON else "").count()

    def is_fine(self, column: Any, meant: ItemColumn, kind: str, unit: Any = None) -> Any:
        """Whether the engine is certain that a value has no finding: yes or no, never null. ``unit`` is the text beside
        the value; the one of the column's name else."""
        predicate = self._predicates.get(meant.leaf) if meant.leaf else None
        if predicate is None or column.type().is_nested() or self._asks_more_of(meant.leaf):
            return _no()
        unit = meant.unit or None if unit is None else unit
        if kind == JSON:
            return _of_json(column, lambda one: predicate.fits(one, unit)).fill_null(False)
        return predicate.fits(column, unit).fill_null(False)

    def needs_looking_at(self, column: Any, cells: Cells) -> Any:
        """Whether a value is there and has to be judged one by one."""
        return ~(self.is_missing(column, cells.kind) | self.is_fine(column, cells.meant, cells.kind))


def _no() -> Any:
    import ibis

    return ibis.literal(False)


def _of_json(column: Any, fits: Any) -> Any:
    """What is asked of texts and whole numbers within values as JSON has them; of others nothing is known."""
    import ibis

    is_text = column.startswith('"') & ~column.contains("\\")
    return ibis.cases(
        (is_text, fits(column.substr(1, column.length() - 2))),
        (column.re_search(WHOLE_JSON), fits(column.try_cast("int64"))),
        (column == "true", fits(ibis.literal(True))),
        (column == "false", fits(ibis.literal(False))),
        else_=ibis.null("boolean"),
    )
