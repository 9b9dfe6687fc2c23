"""Words in cells of tables of settings, as data: marks for nothing, what is no value, words of the schemas."""

from __future__ import annotations

BLANKS = ("", "NA", "N/A", "n/a", "na", "-", "--", "–", "—")
"""What a cell without a value holds. Which of them a table uses is worth knowing: two null markers are one too many."""

BLANK_WORDS = ("n.a.", "none", "nil", "not applicable", "not used", "no value", "no default", "not set", "unset")
"""Words of the same kind where a value is expected, in any case; elsewhere ``none`` may be an answer."""

UNDECIDED = (
    *("tbc", "t.b.c", "tbd", "t.b.d", "tba", "t.b.a", "?", "??", "???", "xx", "xxx", "to follow"),
    *("to be confirmed", "to be decided", "to be defined", "to be determined", "to be agreed", "to be advised"),
    *("under discussion", "under review", "not known", "not yet known"),
)
"""What says that the value is still to be decided."""

ELSEWHERE = (
    *("as agreed", "as configured", "as required", "as per", "as specified", "as defined", "as stated", "as above"),
    *("as below", "see ", "refer to", "according to", "in accordance with", "depends on", "dependent on", "varies"),
    *("variable", "manufacturer specific", "manufacturer-specific", "supplier specific", "device specific", "ditto"),
    *("same as", "per ", "user defined", "site specific", "implementation specific"),
)
"""What a text begins with that names somebody or something else who says the value."""

NOT_SETTABLE = (
    *("not configurable", "non-configurable", "non configurable", "cannot be configured", "not settable"),
    *("not supported", "not available", "fixed", "read only", "read-only", "not changeable"),
)
"""What says something of who may set an item, and no value."""

ABOUT = (
    "about ",
    "approx",
    "circa ",
    "ca. ",
    "c. ",
    "roughly ",
    "around ",
    "nominally ",
    "~",
    "≈",
    "typically ",
    "e.g.",
)
"""What a text begins with that gives no value but one near it."""

ERRORS = (
    *("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"),
    *("#####", "#FIELD!", "#BLOCKED!", "#UNKNOWN!"),
)
"""Errors of spreadsheets, as they stand in a file of text; Err:508 is one of LibreOffice."""

WORDS = (
    *("Locked", "Unlocked", "Armed", "Credit", "Prepayment", "Unchanged", "Active", "Suspended", "Recovered"),
    *("Low", "Medium", "High", "Hourly", "Weekly", "Monthly", "Quarterly", "SixMonthly", "Yearly"),
    *("Supplier", "NetworkOperator", "Millipence", "Millicent", "Revert to calendar control"),
)
"""Values that are words: enumerations of the DUIS and MMC schemas 5.4 that a setting may have, with their capitals."""


def why_no_value(text: str) -> str:
    """Why a text is no value though it is understood; empty where it may be one."""
    low = " ".join(text.casefold().split()).rstrip(".!")
    if low in UNDECIDED or text.strip() in UNDECIDED or low.startswith(tuple(f"{w} " for w in UNDECIDED if len(w) > 2)):
        return "it says that the value is still to be decided"
    if low.startswith(NOT_SETTABLE):
        return "it says whether the item can be set, which is no value"
    if low.startswith(ELSEWHERE) or low == '"' or low == "〃":
        return "it refers to somebody or something else for the value"
    if low.startswith(ABOUT) or low.endswith((" approx", " approximately", " or so")):
        return "a value that is near what is meant is no value"
    if low == "all":
        return "all of what? write every day, or the values"
    if text.strip() in ERRORS or low.startswith("err:"):
        return f"the error value {text.strip()} of a spreadsheet"
    return ""


def is_blank_mark(text: str) -> bool:
    """Whether the text of a cell for a value stands for none."""
    return text in BLANKS or " ".join(text.casefold().split()) in BLANK_WORDS
