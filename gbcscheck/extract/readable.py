"""What a reader found, as far as an extract of it can be read again: nothing is written that ``check`` would refuse."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gbcscheck.facts.extract_file import ExtractRow, Unread, hold_rows
from gbcscheck.limits import STATEMENTS

_PLAINLY = re.compile(r"[^\\]{1,100}")
_LONG_NUMBER = re.compile(r"[0-9./]{10}")
_DEEPEST = 4
_SHOWN = 60
"""Characters of a set that is not written, in its stead."""


def readable(rows: Sequence[ExtractRow], where: str) -> tuple[tuple[ExtractRow, ...], tuple[Unread, ...]]:
    """The rows, with only its text in the place of a set of values that is longer or deeper than is read; and these
    sets, each with its place and the reason. A row that would state nothing then is left out.

    Raises OverLimit, with ``where``, for more statements, and for longer names of subjects, than are read.
    """
    STATEMENTS.hold(len(rows), where=where)
    hold_rows(rows, where)
    reasons: dict[str, str] = {}
    readable_rows: list[ExtractRow] = []
    unread: list[Unread] = []
    for row in rows:
        if not row.subject or not row.attribute:
            unread.append(Unread(row.source, row.attribute, row.text or "", "it says of nothing that has a name"))
            continue
        if row.domain is None:
            readable_rows.append(row)
            continue
        if row.domain not in reasons:
            reasons[row.domain] = _reason(row.domain)
        if not reasons[row.domain]:
            readable_rows.append(row)
            continue
        text = row.text if row.text is not None else f"{row.domain[:_SHOWN]} …"
        unread.append(Unread(row.source, row.attribute, text, reasons[row.domain]))
        if row.value is not None or row.text is not None:
            readable_rows.append(row._replace(domain=None))
    return tuple(readable_rows), tuple(unread)


def _reason(domain: str) -> str:
    """Why a set that was printed is not read; empty where it is."""
    brackets = domain.count("(") + domain.count("{")
    if _PLAINLY.fullmatch(domain) and not _LONG_NUMBER.search(domain) and brackets <= _DEEPEST:
        return ""
    from gbcscheck.notation.canonical import NotationError, parse_domain

    try:
        parse_domain(domain)
    except NotationError as error:
        return error.problem
    return ""
