"""What a value of a column plainly is, told before anything is cast: engines differ in what they make of a text.

A text counts as a number, bits or octets only where a regular expression of this module says so. The expressions keep
to what RE2, Java and Rust read alike: classes of ASCII characters, groups and counts; ``^`` and ``\\z`` as ends, since
``$`` matches before a last line break in Java. A cast of a text never fails: what is none becomes null.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gbcscheck.frozen import frozen

if TYPE_CHECKING:
    from ibis.expr.types import BooleanValue, IntegerValue, StringValue, Value

WHOLE_DIGITS = 18
"""Digits of a whole number that every engine holds in 64 bits."""
DECIMAL_DIGITS, PLACES = 12, 6
"""Digits before and behind the point of a decimal number that is counted in millionths, which 64 bits hold."""
WHOLE = f" *[-+]?[0-9]{{1,{WHOLE_DIGITS}}} *"
DECIMAL = f" *[-+]?[0-9]{{1,{DECIMAL_DIGITS}}}[.][0-9]{{1,{PLACES}}} *"
BITS, BARE_BITS = "0b[01]+", " *[01]{2,} *"
OCTETS, BARE_OCTETS = "0x(?:[0-9A-Fa-f]{2})+", "(?:[0-9A-Fa-f]{2})+"
OCTETS_APART = " *(?:0[xX])?[0-9A-Fa-f]{2}(?:[ :,-]?(?:0[xX])?[0-9A-Fa-f]{2})* *"
"""At least the texts that are octets with a sign between them, or none."""
NOTATION = " *(?:0[xX]|octets[(]).*"
"""Texts that may be octets in another notation."""
PLAIN_TEXT = r"[\x20-\x21\x23-\x7e]*"
"""Texts of printable ASCII characters without a quotation mark: everybody counts their characters alike."""
DATE = (
    "(?:1[6-9]|2[0-9])[0-9]{2}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"
    "|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
)
"""Dates of the calendar as ISO 8601 has them, but for 29 February and years that few people mean."""
TIME = "[0-9]{2}:[0-9]{2}:[0-9]{2}"
WHOLE_DOUBLE = 2**53
"""From here on a double does not tell neighbouring whole numbers apart."""

TEXT, INTEGER, DECIMALS, BOOLEAN, OTHER = "text", "integer", "decimal", "boolean", "other"


@frozen
class Reading:
    """A column as what is asked of it: ``text`` as people write the value, null where there is none; ``whole`` its
    whole number in 64 bits (None for a column that is text), null where there is none, and, if not ``is_exact``, where
    it is longer or the value no whole number; ``kind`` what the values of the column are to the judge of a device."""

    kind: str
    column: Value
    text: StringValue
    whole: IntegerValue | None = None
    is_exact: bool = False


def reading(column: Any) -> Reading:
    """A column of any type as it is read: texts as they are, decimals as their digits, floating point where it is a
    whole number, dates as ISO 8601 writes them, octets as hexadecimal digits. A column of another type (times, lists)
    is read as nothing: every value has to be looked at one by one."""
    kind = column.type()
    if kind.is_string():
        return Reading(TEXT, column, column)
    if kind.is_boolean():
        return Reading(BOOLEAN, column, as_text(column))
    if kind.is_integer():
        # uint64 holds more than 64 bits with a sign do
        is_longer = kind.is_unsigned_integer() and kind.nbytes == 8
        whole = column.try_cast("int64") if is_longer else column.cast("int64")
        return Reading(INTEGER, column, as_text(column), whole, is_exact=not is_longer)
    if kind.is_floating():
        import ibis

        whole = ibis.cases((_is_plainly_whole(column), column.try_cast("int64")))
        return Reading(INTEGER, column, as_text(column), whole)
    if kind.is_decimal():
        return Reading(DECIMALS, column, as_text(column))
    if kind.is_date() or kind.is_binary() or (kind.is_timestamp() and kind.timezone is None):
        return Reading(TEXT, column, as_text(column))
    return Reading(OTHER, column, as_text(column))


def as_text(column: Any) -> StringValue:
    """A column as text, as the judge of a device is given its values: whole numbers of floating point without a point,
    dates and timestamps as ISO 8601 has them (``2021-11-01T16:00:00``), octets as ``0x0102``; else what the engine
    writes."""
    import ibis

    kind = column.type()
    if kind.is_string():
        return column
    if kind.is_floating():
        whole = column.try_cast("int64").cast("string")
        return ibis.cases((_is_plainly_whole(column), whole), else_=column.cast("string"))
    if kind.is_boolean():
        return ibis.cases((column, "true"), (~column, "false"))
    if kind.is_binary():
        return ibis.literal("0x") + _hex()(column)
    if kind.is_timestamp():
        return column.cast("string").replace(" ", "T")
    return column.cast("string")


def _is_plainly_whole(column: Any) -> Any:
    """Whether floating point is a whole number that no other is taken for; by a cast that does not fail: what may fail
    DuckDB asks of each row, and not once for each different value."""
    return (column > -WHOLE_DOUBLE) & (column < WHOLE_DOUBLE) & (column.try_cast("int64") == column)


def is_null(column: Any) -> Any:
    """Whether there is no value, never null; what is no number (NaN) is one, which Ibis 12 tells Spark is none."""
    if not column.type().is_floating():
        return column.isnull()
    return column.isnull() & ~column.isnan().fill_null(False)


def matches(text: StringValue, pattern: str) -> BooleanValue:
    """Whether the whole of a text matches a regular expression, on every engine alike."""
    return text.re_search(rf"^(?:{pattern})\z")


def whole_number(text: StringValue) -> IntegerValue:
    """The whole number that a text is; of one that does not match ``WHOLE`` nothing may be concluded."""
    return text.try_cast("int64")


def millionths(text: StringValue) -> IntegerValue:
    """How many millionths a text is that matches ``DECIMAL``: its places fit the type, so that no engine rounds, and so
    do the millionths, of which a product of a narrow type would be one that DuckDB refuses."""
    digits = text.try_cast(f"decimal(38, {PLACES})")
    return (digits * 10**PLACES).try_cast("int64")


def _hex() -> Any:
    """The function ``hex`` that engines have, for which Ibis has no name."""
    import ibis

    @ibis.udf.scalar.builtin(name="hex", signature=(("binary",), "string"))
    def hexadecimal(octets):  # type: ignore[no-untyped-def]
        ...

    return hexadecimal
