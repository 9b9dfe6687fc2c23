"""The rules on configurations: their names, values and shape."""

from __future__ import annotations

from gbcscheck.model.rules import Rule, declare

UNKNOWN_ITEM = declare(
    "D601",
    "unknown-data-item",
    kind="missing",
    severity="error",
    reads=(),
    question="Does any specification know a data item of this name?",
    text="""
    A configuration gives a value to something that no specification of the release speaks of: a misspelt name, an
    item of another version, or an item of the manufacturer's own. Nothing can be said of its value.

    **How to fix it.** Use a name that `gbcscheck show` finds; case and blanks do not count. Items of one's own belong
    under `device`, where nothing is judged, or under a name that begins with `//`.

    **Example.** `RMSVoltageSagTreshold`.
    """,
)
NOT_OF_TYPE = declare(
    "D602",
    "not-of-its-type",
    kind="range",
    severity="error",
    reads=("type",),
    question="Can the value be read as one of the item's data type?",
    text="""
    What stands in the configuration is no value of the data type that use cases give the item: a text where a number
    is expected, a range where one value is, an hour 25. A value that can be read and is too large is D503.

    **How to fix it.** Write the value in the canonical notation (`0b1111111`, `0x000001FFFF`, `253`), as plain JSON
    (numbers, booleans, texts, lists), or as tables of settings do (`253 V`, `30 min`, `Mon-Fri`, `16:00`).

    **Example.** `"often"` for a period in seconds.
    """,
)
TOO_MANY = declare(
    "D603",
    "number-of-entries",
    kind="joint",
    severity="error",
    reads=("occurs",),
    question="Has a list as many entries as the use cases carry?",
    text="""
    The specifications state how many entries a list may have, and the configuration as a whole has more or fewer. This
    is the only rule over several values of a configuration that a specification which ships states. That a sag
    threshold lies below a swell threshold is plausible, no specification at hand says it, and it is not judged.

    **How to fix it.** Give as many entries as the use case's array has.

    **Example.** Three entries in `MaximumDemandConfigurableTimePeriod`, of which ECS37 has one or two.
    """,
)
WRONG_SHAPE = declare(
    "D604",
    "shape-of-the-configuration",
    kind="encoding",
    severity="error",
    reads=(),
    question="Is the file an object of data items, and each item a value, a list or an object where it is one?",
    text="""
    The JSON does not have the shape that `configuration.schema.json` describes, or an item with several elements has
    one value only, so that nobody can say which element is meant.

    **How to fix it.** `gbcscheck device --template ITEM` prints the item with all its elements.

    **Example.** `"items"` is a list.
    """,
)
TWICE = declare(
    "D605",
    "item-given-twice",
    kind="duplicate",
    severity="error",
    reads=(),
    question="Is each data item given once in one configuration?",
    text="""
    One configuration names an item twice, in the same spelling or in two: which value the device gets depends on
    whoever reads the file. JSON readers usually keep the last one.

    **How to fix it.** Remove one of them.

    **Example.** `RandomisedOffsetLimit` and `RandomisedOffsetLimit.value` side by side.
    """,
)
WRONG_UNIT = declare(
    "D606",
    "unit-of-another-quantity",
    kind="unit",
    severity="error",
    reads=("unit",),
    question="Does the unit of the value measure what the item's unit measures?",
    text="""
    A value has a unit that cannot be converted into the one that a specification states for the item.

    **How to fix it.** Give the value in the item's unit, or as a plain number of it.

    **Example.** `30 min` for an item in volts.
    """,
)
OTHER_FACTOR = declare(
    "D609",
    "unit-of-another-factor",
    kind="unit",
    severity="warning",
    reads=("unit",),
    question="Is the unit of the value one in which a specification gives such a quantity?",
    text="""
    The unit of the value is the one that a specification states for the item, with a prefix that no specification of
    the release uses for it. The value is converted and judged; but whoever writes volts as kilovolts may mean the
    number, and then it is wrong a thousandfold. Minutes and hours beside seconds are in use everywhere, and nothing is
    said of them.

    **How to fix it.** Write the value in the item's unit.

    **Example.** `207 kV` for a threshold in volts.
    """,
)
OTHER_DEVICE = declare(
    "D608",
    "item-of-another-device",
    kind="reference",
    severity="error",
    reads=("target",),
    question="Is each item one that use cases set or read on a device of the type that was named?",
    text="""
    The type of the device is named, by `--device-type` or in the file, and every use case that carries the item has
    another device as its target. Use cases whose target names no device (`See GBCS`) decide nothing.

    **How to fix it.** Remove the item, or name the right type.

    **Example.** A voltage threshold in the configuration of a GSME.
    """,
)
UNSTATED_UNIT = declare(
    "D610",
    "unit-that-nobody-states",
    kind="unit",
    severity="note",
    reads=("unit",),
    question="Does a document of the release state a unit for the item?",
    text="""
    A value has a unit, and no document of the release states one for the item: whether it is the right one nobody
    can tell. The value was judged as so many of the unit's base.

    **How to fix it.** Look up what the item counts in the text of the specification.

    **Example.** `30 V` for a counter.
    """,
)
SEVERAL_ITEMS = declare(
    "D611",
    "object-of-several-data-items",
    kind="naming",
    severity="warning",
    reads=("class", "object", "member"),
    question="Does the name of an object say which of its data items is meant?",
    text="""
    A value stands under the logical name of a COSEM object, and by the use case tables the object holds several data
    items. Which of them is meant nobody can tell, so the value was not judged.

    **How to fix it.** Name the attribute too (`71/0-0:17.0.3.255/4`), or the data item.

    **Example.** `0-0:17.0.3.255`, whose attribute 4 is a threshold and whose attribute 6 is a period.
    """,
)
RULES: tuple[Rule, ...] = (
    UNKNOWN_ITEM,
    NOT_OF_TYPE,
    TOO_MANY,
    WRONG_SHAPE,
    TWICE,
    WRONG_UNIT,
    OTHER_FACTOR,
    OTHER_DEVICE,
    UNSTATED_UNIT,
    SEVERAL_ITEMS,
)
