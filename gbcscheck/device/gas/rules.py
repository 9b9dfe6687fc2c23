"""The rules of the judge of gas messages."""

from __future__ import annotations

from gbcscheck.model.rules import Rule, declare

WRONG_PROFILE = declare(
    "D301",
    "gas-profile",
    kind="value",
    severity="error",
    reads=("constant",),
    question="Does the payload begin with the profile of smart energy?",
    text="""
    Every gas payload begins with the profile identifier `0x0109`. A device that meets another one does not take the
    rest for a GBZ payload, and the message is lost as a whole.

    **How to fix it.** Write the two octets `01 09`, the most significant one first.
    """,
)
WRONG_COUNT = declare(
    "D302",
    "gas-component-count",
    kind="value",
    severity="error",
    reads=("constant", "permitted"),
    question="Is the stated number of components one that the use case permits, and are there as many?",
    text="""
    The octet behind the profile says how many components follow. A recipient reads as many and no more: with a number
    too small the last ones are never carried out, with one too large it looks for a component that is not there.

    **How to fix it.** Count the components, and see the row `Total number of GBZ Use Case Specific Component(s)`.

    **Example.** GCS24a has two components; a command that states one leaves the supply states as they were.
    """,
)
WRONG_LENGTH = declare(
    "D303",
    "gas-length",
    kind="encoding",
    severity="error",
    reads=("constant", "permitted", "octets"),
    question="Are the stated lengths those of the component and of its encrypted part?",
    text="""
    A component states how many octets follow its header, the additional header included. In the byte layouts of the
    use cases that length always equals the sum of the fields below it; where fields vary, the row gives the least. A
    wrong length moves the start of every component behind it.

    **How to fix it.** Add up the octets of the fields, and correct the lengths of the payload and of the headers too.

    **Example.** `0x0015` for Change Payment Mode of GCS02: three octets of the frame's header and eighteen of fields.
    """,
)
WRONG_COMPONENT = declare(
    "D304",
    "gas-component",
    kind="value",
    severity="error",
    reads=("constant", "permitted"),
    question="Is each component the command of the cluster that the use case has at that place?",
    text="""
    Control, cluster, frame control and command identifier say what a component is, which side it speaks for, whether
    it is the last one, and whether it is encrypted. A device takes one with other values for another command, or for
    none.

    **How to fix it.** Write the values of the rows; only the last component of a message has bit 0 of its control set.

    **Example.** `0x0B` with a frame control of `0x01` is Change Supply; with `0x00` it is a default response.
    """,
)
WRONG_CONSTANT = declare(
    "D305",
    "gas-fixed-value",
    kind="value",
    severity="error",
    reads=("constant",),
    question="Does each field that the use case fixes hold the fixed value?",
    text="""
    The byte layout gives many fields one single value. A device is tested with that value and may refuse every other
    one, or do something that no service request asks for.

    **How to fix it.** Write the value of the row. ZCL fields have their least significant octet first.

    **Example.** The divisor of the uncontrolled gas flow rate in GCS24a is `0x2710`: on the wire `10 27`.
    """,
)
NOT_PERMITTED = declare(
    "D306",
    "gas-value-not-permitted",
    kind="range",
    severity="error",
    reads=("constant", "permitted", "octets"),
    question="Is each value one of those that the rows of the use case permit?",
    text="""
    A choice, a range or an enumeration of the byte layout (`GBZ`), or of the parameter (`ZCL`) where the layout leaves
    the field free, does not have the value. A device may refuse it, and one that reports it holds what no use case lets
    it hold.

    **How to fix it.** Choose one of the permitted values.

    **Example.** A currency other than `0x033A` (pound) and `0x03D2` (euro).
    """,
)
MISSING_COMPONENT = declare(
    "D307",
    "gas-missing-component",
    kind="missing",
    severity="error",
    reads=("constant", "occurs"),
    question="Does the message have every component that the use case requires?",
    text="""
    A component stands in the byte layout exactly once unless its row says how many instances there are. Where one is
    missing, what it would have set stays as it was, or what it would have told is not known.

    **How to fix it.** Add it at its place, and correct the number of components.

    **Example.** A price matrix (PublishPriceMatrix) is missing behind the tariff information of GCS01b.
    """,
)
EXTRA_COMPONENT = declare(
    "D308",
    "gas-extra-component",
    kind="duplicate",
    severity="error",
    reads=("constant", "permitted", "occurs"),
    question="Does the message have only the components of the use case?",
    text="""
    A component comes more often than the use case has it, or is no component of the use case at all. A device may
    refuse the message, or carry out something that the user was never authorised to ask for.

    **How to fix it.** Leave it out and correct the number of components, or use the use case that has it.
    """,
)
WRONG_OCTETS = declare(
    "D309",
    "gas-octets",
    kind="encoding",
    severity="error",
    reads=("octets", "constant", "type"),
    question="Do the fields of a component, and the components of a message, take exactly the octets that are there?",
    text="""
    Fields have no marks between them: an octet too many or too few moves every value behind it. Where the octets end
    within a field, or go on behind the last one, sender and recipient have different layouts in mind.

    **How to fix it.** Compare the fields with the rows, octet by octet. A failed read has neither type nor value; a
    string has its length before it.
    """,
)
NO_SUCH_DATE = declare(
    "D310",
    "gas-no-such-date-or-time",
    kind="encoding",
    severity="error",
    reads=("type",),
    question="Does every date and time of day in a calendar exist?",
    text="""
    A date of ZigBee has years since 1900, a month, a day of the month and a day of the week (1 is Monday), each or 0xFF
    for any (ZigBee Cluster Library, data type date). Neither is a day that its month does not have (31 April, 29
    February 2015), a day of the week that its date does not have, nor 0 as a month, a day or a day of the week. An
    entry of a day's schedule starts at minute 0 to 1439 after midnight (Calendar cluster). What a device does with
    another number is not defined.

    **How to fix it.** Write a date that there is, or 0xFF for the parts that may be any.

    **Example.** A season that begins on 31 April.
    """,
)
RULES: tuple[Rule, ...] = (
    WRONG_PROFILE,
    WRONG_COUNT,
    WRONG_LENGTH,
    WRONG_COMPONENT,
    WRONG_CONSTANT,
    NOT_PERMITTED,
    MISSING_COMPONENT,
    EXTRA_COMPONENT,
    WRONG_OCTETS,
    NO_SUCH_DATE,
)
