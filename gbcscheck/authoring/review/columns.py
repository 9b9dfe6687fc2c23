"""The columns of a workbook of proposals: what people see, what they may change, and by what an edit is known again."""

from __future__ import annotations

from gbcscheck.frozen import frozen

SHEET = "Proposals"
YES, NO = "yes", "no"


@frozen
class Column:
    """A column: its title, how wide it is in characters, whether people may change it, and whether it is hidden."""

    title: str
    width: int
    is_open: bool = False
    is_hidden: bool = False


NUMBER = Column("No.", 5)
ACCEPT = Column("Accept", 8, is_open=True)
CHOICE = Column("Choice", 8)
DOCUMENT = Column("Document", 20)
WHERE = Column("Where", 22)
ITEM = Column("Item", 38)
OLD = Column("Current text", 26)
NEW = Column("Proposed text", 26, is_open=True)
REASON = Column("Reason", 44)
CONFIDENCE = Column("Confidence", 11)
PARTIES = Column("Parties affected", 18)
SETTLES = Column("Settles", 30, is_hidden=True)
PATH = Column("Path", 30, is_hidden=True)
SOURCE = Column("Source", 20, is_hidden=True)
SUBJECT = Column("Subject", 30, is_hidden=True)
ATTRIBUTE = Column("Attribute", 14, is_hidden=True)
MEMBER = Column("Member", 10, is_hidden=True)
FIRST = Column("First proposed", 26, is_hidden=True)
"""The text that was proposed, so that one which people have changed is told from it."""
COLUMNS = (
    *(NUMBER, ACCEPT, CHOICE, DOCUMENT, WHERE, ITEM, OLD, NEW, REASON, CONFIDENCE, PARTIES, SETTLES),
    *(PATH, SOURCE, SUBJECT, ATTRIBUTE, MEMBER, FIRST),
)
NEEDED = (ACCEPT, OLD, NEW, PATH, SOURCE, SUBJECT, ATTRIBUTE, MEMBER)
"""Without these no edit can be read back."""
