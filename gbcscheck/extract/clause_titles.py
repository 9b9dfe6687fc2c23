"""Titles of clauses: which data item one names, and which name none."""

from __future__ import annotations

import re

from gbcscheck.near_names import plain

NO_NAME = "is no name of a data item"
_GENERIC = frozenset(
    plain(name)
    for name in (
        *("Range", "Permitted Range", "Value", "Values", "Permitted Values", "Default", "Default Value", "Defaults"),
        *(
            "Unit",
            "Units",
            "Unit of Measure",
            "Resolution",
            "Accuracy",
            "Type",
            "Data Type",
            "Format",
            "Length",
            "Size",
        ),
        *("Description", "Definition", "Purpose", "Introduction", "General", "Overview", "Scope", "Requirements"),
        *("Configuration", "Configuration Data", "Constant Data", "Operational Data", "Data", "Data Items", "States"),
        *("Number", "Limits", "Parameter", "Parameters", "Setting", "Settings", "Name", "Title"),
        *("ESME", "GSME", "SMETS", "IHD", "PPMID", "HCALCS", "SAPC", "CAD", "Communications Hub", "HAN Device"),
        *(
            "Electricity",
            "Gas",
            "Single Phase",
            "Polyphase",
            "Twin Element",
            "Not Used",
            "Deleted",
            "Reserved",
            "Spare",
        ),
        *("Withdrawn", "Void", "Intentionally Blank"),
    )
)
"""What titles and run-in headings say that name no data item, in plain."""
_GONE = re.compile(r"[(\[](?:not used|no longer used|deleted|reserved|withdrawn|void|spare)[)\]]$", re.I)


def name_of(title: str) -> str:
    """The name of a data item that a title has, without marks of the document behind it."""
    from gbcscheck.notation.clause import item_name

    return item_name(title)


def is_generic(name: str) -> bool:
    """Whether a name is one that titles and run-in headings have and that is no data item's.

    >>> is_generic("Permitted Values"), is_generic("Randomised Offset Limit")
    (True, False)
    """
    return plain(name) in _GENERIC


def refusal(title: str) -> str:
    """Why a title does not name a data item for certain, in words; nothing where it does, or has no name at all."""
    from gbcscheck.notation.clause import refuse_uncertain
    from gbcscheck.notation.errors import NotationError

    try:
        refuse_uncertain(title)
    except NotationError as error:
        return f"its title holds {error.problem}"
    name = name_of(title)
    return f'"{name}" {NO_NAME}' if is_generic(name) or _GONE.search(title) else ""
