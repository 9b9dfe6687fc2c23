"""Elements of schemas that are named for an event or alert code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gbcscheck.evidence.comparisons import held, looked_for
from gbcscheck.model import Finding, Statement
from gbcscheck.near_names import nearest
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.rules.base import rule

_ELEMENT = re.compile(r"x([0-9A-F]{4})")
"""A name of XML begins with no digit: the element of the code 0x8F12 is called x8F12."""
_CODE = re.compile(r"0x[0-9A-Fa-f]{4}")


@rule(
    "S123",
    "alert-not-listed",
    kind="missing",
    severity="warning",
    reads=("name", "type"),
    question="Is every event or alert that a request can switch in the list of codes?",
    text="""
    An element of a schema is named for the code of an event or alert (`x8F12`), and the list of codes, which has nearly
    all the others, lacks it: what the element switches is not described, or the code is another in one of the two.

    **How to fix it.** Correct the code, or add it to the list.

    **Example.** A draft of the list in which `0x8154` became `0x8145`, while a request still has `x8154`.
    """,
)
def alert_not_listed(catalogue: Catalogue) -> Iterator[Finding]:
    """Codes by which elements are named that a list with most of them lacks, one finding a code."""
    listed = {
        str(one.subject).upper(): one for one in catalogue.by_attribute.get("name", ()) if _CODE.fullmatch(one.subject)
    }
    named: dict[str, list[Statement]] = {}
    for subject, stated in catalogue.firsts("type").items():
        element = _ELEMENT.fullmatch(subject.rpartition("/")[2]) if "/x" in subject and subject[0] == "/" else None
        if element is not None:
            named.setdefault(f"0x{element[1]}", []).append(stated)
    by_code = {code.upper() for code in named}
    known = [code for code in named if code.upper() in listed]
    if 10 * len(known) < 9 * len(named):
        return
    any_listed = next(iter(listed.values()), None)
    for code, elements in named.items():
        if code.upper() in listed:
            held(catalogue, elements[0], (listed[code.upper()],))
        elif any_listed is not None:
            alike = [one for key, one in listed.items() if key not in by_code and _one_digit_apart(key, code.upper())]
            looked_for(catalogue, elements[0], any_listed)
            held(catalogue, elements[0], alike)
            near = nearest(code, (one.subject for one in listed.values()), most=2)
            bears = f"{len(elements)} elements are" if len(elements) > 1 else "1 element is"
            yield alert_not_listed.finding(
                subject=code,
                message=f"{bears} named for it, and the list lacks it",
                statements=(elements[0], *alike),
                witness=code,
                why=f"{any_listed.specification} {_instead(alike) or f'lists {len(known)} of {len(named)} codes'} that "
                "elements are named for.",
                suggestion=f"correct the code, or add it to the list{'; near it: ' + ', '.join(near) if near else ''}",
                exemplary=True,
                root=(code,),
                absent_from=(any_listed.specification,),
            )


def _instead(alike: Sequence[Statement]) -> str:
    return f"has {' and '.join(one.subject for one in alike)}, none of those" if alike else ""


def _one_digit_apart(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(left != right for left, right in zip(one, other, strict=True)) == 1


RULES = (alert_not_listed,)
