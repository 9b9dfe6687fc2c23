"""Clusters, commands and responses of the GBCS ZCL sheet: ``Prepayment: 0x0705``, ``Change Debt : 0x02``."""

from __future__ import annotations

from functools import cache

from gbcscheck.frozen import frozen
from gbcscheck.notation.grammars import Builders, read, whole_number


@frozen
class ZclIdentifier:
    """A cluster or command by name and identifier.

    A row that belongs to a response has ``(Response):`` in place of its command, or ``(Response/pushed):`` where it may
    also be sent unasked: then there is neither.
    """

    name: str
    identifier: int | None = None


@cache
def read_zcl_identifier(text: str) -> ZclIdentifier | None:
    """Read a cell of the columns ``cluster: ID``, ``command: ID`` and ``response: ID``; nothing where it is a dash.

    Raises NotationError.
    """
    if text.strip() in ("", "-", "--"):
        return None
    identifier: ZclIdentifier = read("zcl_identifier", text, _BUILDERS, _WORDS)
    return identifier


_BUILDERS: Builders = {
    "named": lambda name, identifier: ZclIdentifier(" ".join(name.split()), whole_number(identifier)),
    "mark": lambda mark: ZclIdentifier(""),
}

_WORDS = {"NAME": "a name", "IDENTIFIER": "an identifier as 0x0705", "MARK": "'Response' or 'Response/pushed'"}
