"""What is stated and no rule of ``check`` asks for: it is shown, and compared between versions, and nothing holds it
against anything."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from gbcscheck.frozen import frozen

if TYPE_CHECKING:
    from gbcscheck.report.layout import Layout


_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
"""A link of the page on extracts."""


@frozen
class UnreadAttribute:
    """An attribute that no rule reads: its name, what it says, and how many statements of the default release are of
    it."""

    name: str
    says: str
    statements: int


def unread_attributes() -> tuple[UnreadAttribute, ...]:
    """The attributes that no rule reads by its name, nor the crosswalk of the default release for one, those with most
    statements first. That one document states them twice, and differently, is found all the same."""
    from gbcscheck.api.rules import known_rules
    from gbcscheck.attributes import ATTRIBUTES
    from gbcscheck.release.catalogue import Catalogue
    from gbcscheck.release.releases import load_release

    catalogue = Catalogue.of(load_release())
    walk = catalogue.crosswalk
    of_lists = (side for pair in walk.lists for side in (pair.left, pair.right))
    of_agreements = (side for pair in walk.agreements for side in (pair.left, pair.right))
    named = {side.attribute for side in (*of_lists, *of_agreements)} | {one.key for one in walk.agreements}
    read = named.union(*(rule.reads for rule in known_rules("check")))
    found = [
        UnreadAttribute(one.name, _LINK.sub(r"\1", one.says), sum(1 for _ in catalogue.said_of(one.name)))
        for one in ATTRIBUTES.values()
        if one.name not in read
    ]
    return tuple(sorted(found, key=lambda one: -one.statements))


def unread_document(unread: tuple[UnreadAttribute, ...]) -> list[dict[str, Any]]:
    """The attributes as a JSON value."""
    return [{"attribute": one.name, "says": one.says, "statements": one.statements} for one in unread]


def render_unread(unread: tuple[UnreadAttribute, ...], layout: Layout) -> str:
    """A table of the attributes."""
    from gbcscheck.report.layout import paint
    from gbcscheck.report.table import table

    rows = [((one.name, "strong"), (f"{one.statements:,}", ""), (one.says, "")) for one in unread]
    wrapped = layout if layout.break_words else None
    return paint(table(("attribute", "statements", "what it says"), rows, wrapped), colour=layout.colour)
