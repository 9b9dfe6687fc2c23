"""What was looked at of a draft, for tests of reports: an item of each fate, a cell and a file that are not read."""

from __future__ import annotations

from report_examples import CONSTANT, DEFAULT, TABLE

from gbcscheck.model import Place
from gbcscheck.model.coverage import Coverage, ItemCoverage, NotRead, TableCoverage

UNREAD = DEFAULT._replace(subject="Other.value", source="Table 28d!D9", domain=None, text="TBC")
ITEMS = (
    ItemCoverage(DEFAULT.subject, (DEFAULT,), (CONSTANT,), rules=("V101",)),
    ItemCoverage("Other.value", (UNREAD,), uncompared=(UNREAD,)),
    ItemCoverage("Third.value", (DEFAULT,), uncompared=(DEFAULT,)),
    ItemCoverage("Nobody's", (DEFAULT,), uncompared=(DEFAULT,), is_known=False, near=("Somebody", "Everybody")),
)
COVERAGE = Coverage(
    (
        TableCoverage(
            "draft.xlsx",
            TABLE,
            '"GBCS 3.2" in Table 28d!A1',
            (),
            4,
            ITEMS,
            (NotRead("cell", Place("gbcs/table-28d.xlsx", "Table 28d", "D9"), "not a setting", "Default", "TBC"),),
        ),
    ),
    (NotRead("file", Place("notes.docx"), "not read"),),
    "current",
)
