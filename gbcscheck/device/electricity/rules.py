"""What can be wrong with an electricity message."""

from __future__ import annotations

from gbcscheck.model.rules import Rule, declare

OBJECT = declare(
    "D201",
    "object-differs",
    kind="reference",
    severity="error",
    reads=("class", "object", "member", "element", "direction"),
    question="Does every access name the class, object and member of its row?",
    text="""
    A command that names another object sets another thing, or nothing. The tables give the class, the logical name and
    the attribute or method of every access, and their order.
    """,
)
ACCESS = declare(
    "D202",
    "access-missing-or-extra",
    kind="missing",
    severity="error",
    reads=("object", "member", "element", "presence", "message-code"),
    question="Are exactly the accesses there that the use case has?",
    text="""
    A use case is a list of accesses. Only rows marked optional may be left out, and those for meters with two elements
    where the meter has one. An access more, one less or one in another place makes another command of it.
    """,
)
TYPE = declare(
    "D203",
    "data-type-differs",
    kind="encoding",
    severity="error",
    reads=("type", "occurs"),
    question="Does every value have the data type of its row?",
    text="""
    A value of another type is refused by a device that checks, and misread by one that does not: `0x0101` is 257 as
    a long-unsigned and an event code as octets. Write the value with the type of the row.

    Two things are the same type here: any octet but 0 is TRUE, and an array may come as a compact-array. Null-data in
    an entry behind the first of an array is a note: no source at hand says whether it stands for the value before it.
    """,
)
LENGTH = declare(
    "D204",
    "length-differs",
    kind="encoding",
    severity="error",
    reads=("type",),
    question="Does every string have a length that its row allows?",
    text="""
    `octet-string(4)` is exactly four octets where the value is fixed, a logical name, a date or a time; anywhere else
    the number is the longest. A time of three octets has no seconds for the device to read.
    """,
)
CONSTANT = declare(
    "D205",
    "constant-differs",
    kind="value",
    severity="error",
    reads=("constant",),
    question="Does every fixed field have its fixed value?",
    text="""
    The tables fix some fields: a command with another value there is another command, which the device has no duty
    to carry out. ECS37 fixes the days of the week to all seven; a schedule for Monday to Friday is not one that this
    use case can set.
    """,
)
INSTANT = declare(
    "D206",
    "no-such-date-or-time",
    kind="encoding",
    severity="error",
    reads=("encoding",),
    question="Is every date and time one that COSEM can write?",
    text="""
    Blue Book 4.1.6.1: months 1 to 12, 0xFD, 0xFE and 0xFF; days 1 to 31, 0xFD, 0xFE and 0xFF; hours 0 to 23, minutes
    and seconds 0 to 59, hundredths 0 to 99, each or 0xFF; deviation -720 to 840 minutes, or 0x8000. Month 13 is no
    month, and what a device does with it is not defined. Neither is a day that its month does not have (31 April,
    29 February 2023), a day of the week that its date does not have, nor 0 as a month, a day or a day of the week,
    except in the date-time of all zeros that GBCS writes for "at once". A clock status with a reserved bit (4 to 6)
    that is not 0xFF is a warning.
    """,
)
WILDCARD = declare(
    "D207",
    "wildcard-not-allowed",
    kind="encoding",
    severity="error",
    reads=("encoding", "permitted"),
    question="Is every date and time given in full where the tables allow no wildcards?",
    text="""
    Where the Objects sheet says `no wildcards`, year, month, day, hour, minute and second are given. The day of the
    week, hundredths, deviation and clock status may be left open, and a date-time may be one of the two special
    values: at once, and cancelled.
    """,
)
PERMITTED = declare(
    "D208",
    "value-not-permitted",
    kind="range",
    severity="error",
    reads=("permitted",),
    question="Is every value one that its row permits?",
    text="""
    A row may name the values that a field can take. A device refuses another one, or takes it for something else.
    """,
)
COUNT = declare(
    "D209",
    "count-out-of-bounds",
    kind="range",
    severity="error",
    reads=("type", "occurs", "element"),
    question="Has every array and structure as many members as its rows say?",
    text="""
    `entries[1..2]` is an array of one or two entries; a structure has one field for each of its rows. A device that
    reads a structure with a field too few takes every later field for its neighbour.
    """,
)
RESULT = declare(
    "D210",
    "result-unknown",
    kind="code",
    severity="error",
    reads=(),
    question="Does every result have a code that COSEM knows, and is there one for each access?",
    text="""
    A response has one result for each of its accesses (IEC 62056-5-3). A code that is not in the list of results tells
    nobody what happened.
    """,
)
PROTECTED = declare(
    "D211",
    "protected-object-differs",
    kind="reference",
    severity="error",
    reads=("encrypted", "class", "object", "member"),
    question="Does a request for protected attributes name the objects of the rows marked encrypted?",
    text="""
    Sensitive values are read through an object of class 30, whose argument lists the attributes to protect: class,
    logical name, attribute and a restriction. These have to be those of the use case's encrypted rows.
    """,
)

RULES: tuple[Rule, ...] = (
    OBJECT,
    ACCESS,
    TYPE,
    LENGTH,
    CONSTANT,
    INSTANT,
    WILDCARD,
    PERMITTED,
    COUNT,
    RESULT,
    PROTECTED,
)
