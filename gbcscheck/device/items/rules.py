"""The rules on a data item's value across the specifications (D5)."""

from __future__ import annotations

from gbcscheck.model.rules import Rule, declare

NOT_SETTABLE = declare(
    "D501",
    "value-not-settable",
    kind="configurability",
    severity="warning",
    reads=("permitted", "type"),
    question="Could a service request ever have set this value?",
    text="""
    A command or a configuration holds a value that no value of the service request's element stands for, once scale
    and encoding are taken into account. The device may well accept it, and no user can ask for it, or restore it.

    **How to fix it.** Use a value that the request's element permits, or have the schema widened.

    **Example.** A randomised offset limit of 1800: the element of service request 7.12 ends at 1799.
    """,
)
NOT_SHOWN = declare(
    "D502",
    "value-cannot-be-shown",
    kind="encoding",
    severity="warning",
    reads=("permitted", "type"),
    question="Can the XML of the response show this value?",
    text="""
    A device holds or returns a value that no value of the response's element (MMC) stands for. Whoever reads it back
    gets nothing, or a document that breaks its schema.

    **How to fix it.** Use a value that the element can show, or have the schema widened.

    **Example.** A time of day whose hour is not specified (`0xFF`): `xs:time` has no such hour.
    """,
)
OUTSIDE_TYPE = declare(
    "D503",
    "outside-data-type",
    kind="range",
    severity="error",
    reads=("type",),
    question="Does the value fit into the data type with which use cases carry the item?",
    text="""
    The value of a configuration is none that the data type of the item's rows can hold, so no command can set it and
    no response can return it. Where rows have several types, one of them is enough.

    **Example.** 70000 in a `long-unsigned`.
    """,
)
NOT_THE_CONSTANT = declare(
    "D504",
    "differs-from-constant",
    kind="value",
    severity="error",
    reads=("constant", "member", "direction", "settable-by", "default"),
    question="Is the value the one to which the use case fixes the item?",
    text="""
    Each use case that sets the item fixes it to a constant, and the device holds another value: the first command of
    that use case changes it, and until then the device does what its specification rules out. Where no use case that
    reads the item fixes it too, a device might hold something else before its first command: that is a warning.

    **How to fix it.** Configure the constant. If a table of defaults says otherwise, that table contradicts the use
    case: `gbcscheck check` says so.

    **Example.** Week days Monday to Friday in `MaximumDemandConfigurableTimePeriod`, which ECS37 fixes to every day
    (SEC modification MP131).
    """,
)
FORBIDDEN = declare(
    "D505",
    "forbidden-by-specification",
    kind="range",
    severity="error",
    reads=("permitted", "constant", "encoding"),
    question="Does every specification that speaks of the item permit the value?",
    text="""
    Another specification, or a table of one, states which values the item may have, and this is none of them. Where
    that specification names a unit and the device's number has none, the finding is a warning.

    **Example.** A table that permits 30 to 1800 seconds for a period, and a device that holds 10.
    """,
)
RULES: tuple[Rule, ...] = (NOT_SETTABLE, NOT_SHOWN, OUTSIDE_TYPE, NOT_THE_CONSTANT, FORBIDDEN)
