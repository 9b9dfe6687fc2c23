"""Words and blanks that stand for 'nothing' side by side."""

from __future__ import annotations

from collections.abc import Iterator

from gbcscheck.evidence.comparisons import held
from gbcscheck.model import Finding, Statement
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.rules.base import rule


@rule(
    "N101",
    "two-null-markers",
    kind="naming",
    severity="warning",
    reads=("blank",),
    question="Does a specification write 'nothing' in two ways?",
    text="""
    One table writes a word such as `NA` where the other tables of the same specification leave the cell blank. A
    reader, or a program, has to guess whether the two mean the same.

    **How to fix it.** Choose one mark for "no value" and use it everywhere.

    **Example.** MP150: GBCS Table 28a wrote `NA` where every other table leaves a blank.
    """,
)
def two_null_markers(catalogue: Catalogue) -> Iterator[Finding]:
    """Columns of one title in the tables of one specification that have two marks, one finding a column."""
    marks: dict[tuple[str, str], dict[str, list[Statement]]] = {}
    for statement in catalogue.by_attribute.get("blank", ()):
        column = statement.clause.rpartition(", ")[2]
        by_mark = marks.setdefault((statement.specification.name, column.casefold()), {})
        by_mark.setdefault(statement.written, []).append(statement)
    for (name, column), by_mark in marks.items():
        if len(by_mark) < 2:
            continue
        least = min(by_mark.values(), key=len)
        others = [group[0] for group in by_mark.values() if group is not least]
        held(catalogue, least[0], others)
        listed = " and ".join(f'"{mark}"' if mark else "a blank cell" for mark in by_mark)
        yield two_null_markers.finding(
            subject=str(least[0].specification),
            message=f"{name} writes 'no value' as {listed}",
            statements=(least[0], *others),
            witness=f'"{least[0].written}"' if least[0].written else "a blank cell",
            why=f"{len(least)} of the cells without a value are written one way, the others another.",
            suggestion="use one mark for 'no value' everywhere",
            root=(name, column),
            also=tuple(dict.fromkeys(str(s.specification) for group in by_mark.values() for s in group)),
            exemplary=True,
            differing=tuple(f'"{mark}"' if mark else "a blank cell" for mark in by_mark),
        )


RULES = (two_null_markers,)
