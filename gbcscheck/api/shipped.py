"""Which extracts and releases ship, as a JSON value and as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gbcscheck.errors import GbcscheckError, UsageError
from gbcscheck.frozen import frozen
from gbcscheck.model import Specification
from gbcscheck.printable import clean
from gbcscheck.report.layout import Layout, Line, Span, paint, paragraph
from gbcscheck.report.text import specification_name

if TYPE_CHECKING:
    from gbcscheck.facts.extract_file import Extract
    from gbcscheck.facts.store import Summary
    from gbcscheck.release.index import ReleaseEntry

TABLES = "use cases"
"""The part of GBCS without which nothing can be held against a version of it."""
IN_USE = "sec/versions-in-use.json"
"""The extract that ships of how many certified products follow which versions."""
OneShipped = tuple[str, "Summary"]
"""The path of an extract in the repository, and what it is."""


@frozen
class InUse:
    """Two versions that certified products follow together (``SMETS 4.2``, ``GBCS 3.2``), on how many entries of which
    list, and whether the use case tables of that version of GBCS ship."""

    versions: str
    entries: int
    listed_in: str
    at_hand: bool


@frozen
class Shipped:
    """The extracts, with their paths, the releases, which versions are in use, and what could not be read."""

    extracts: tuple[OneShipped, ...]
    entries: tuple[ReleaseEntry, ...]
    problems: tuple[GbcscheckError, ...]
    in_use: tuple[InUse, ...] = ()

    @property
    def document(self) -> dict[str, Any]:
        """All of it as a JSON value."""
        return _document(self.extracts, self.entries, self.in_use)


def shipped_extracts(specification: str = "") -> Shipped:
    """What ships, or of it what belongs to one specification; UsageError with near names where there is none."""
    from gbcscheck.facts.shipped import shipped_root
    from gbcscheck.release.index import release_entries

    entries = release_entries()
    shipped, problems, counted = _load(shipped_root(), entries)
    chosen = tuple(_of(specification, shipped) if specification else shipped)
    return Shipped(chosen, tuple(entries), tuple(problems), () if specification else tuple(_in_use(shipped, counted)))


def render_shipped(shipped: Shipped, layout: Layout) -> str:
    """A table of the extracts, and the releases below it."""
    return paint(
        [*_lines(shipped.extracts, shipped.entries, layout), *_lines_in_use(shipped.in_use, layout)],
        colour=layout.colour,
    )


def _load(root: Path, entries: Sequence[ReleaseEntry]) -> tuple[list[OneShipped], list[GbcscheckError], Extract | None]:
    """Every extract of a repository, those of its releases first, the files that cannot be read, and the one that
    counts the versions in use."""
    from gbcscheck.facts.shipped import MANIFEST
    from gbcscheck.facts.store import load_shipped, summarise, summary_of
    from gbcscheck.inputs.json_values import load_json

    files = load_json(root / MANIFEST)["files"]
    others = [path for path, entry in files.items() if "statements" in entry]
    shipped: list[OneShipped] = []
    problems: list[GbcscheckError] = []
    counted: Extract | None = None
    for relative in dict.fromkeys((*(path for entry in entries for path in entry.extracts), *others)):
        try:
            if relative == IN_USE:
                counted = load_shipped(relative)
            shipped.append(
                (relative, summary_of(counted) if counted and relative == IN_USE else summarise(root / relative))
            )
        except GbcscheckError as error:
            problems.append(error)
    return shipped, problems, counted


def _in_use(shipped: Sequence[OneShipped], counted: Extract | None) -> Iterator[InUse]:
    """The versions that a list of products pairs, as far as what ships counts them."""
    if counted is None:
        return
    specs = [one.header.specification for _, one in shipped]
    tables = {f"{spec.name} {spec.version}" for spec in specs if spec.part == TABLES}
    spec = counted.specification
    listed_in = f"{spec.name} {spec.version}" + (f" of {counted.date}" if counted.date else "")
    for row in counted.rows:
        if row.attribute == "entries" and isinstance(row.value, int):
            yield InUse(row.subject, row.value, listed_in, row.subject.partition(" with ")[2] in tables)


def _of(specification: str, shipped: Sequence[OneShipped]) -> list[OneShipped]:
    """The extracts of one specification; UsageError with near names where there is none."""
    wanted = specification.casefold()
    found = [(path, extract) for path, extract in shipped if extract.header.specification.name.casefold() == wanted]
    if not found:
        from gbcscheck.near_names import unknown

        names = dict.fromkeys(extract.header.specification.name for _, extract in shipped)
        raise UsageError(unknown("specification", specification, names))
    return found


def _provenance(extract: Summary) -> str:
    """How the statements are known; several ways where some of them override the header's."""
    return ", ".join(dict.fromkeys([extract.header.provenance, *extract.provenances]))


def _releases_of(relative: str, entries: Sequence[ReleaseEntry]) -> list[str]:
    return [entry.name for entry in entries if relative in (*entry.extracts, *entry.witnesses)]


def _part(relative: str, extract: Summary, entries: Sequence[ReleaseEntry]) -> str:
    """The part of the document that an extract holds; of a witness with a word that says so."""
    part = extract.header.specification.part
    return f"{part} (witness)" if any(relative in entry.witnesses for entry in entries) else part


def _document(
    shipped: Sequence[OneShipped], entries: Sequence[ReleaseEntry], in_use: Sequence[InUse]
) -> dict[str, Any]:
    return {
        "extracts": [
            {
                "path": relative,
                "specification": extract.header.specification.name,
                "version": extract.header.specification.version,
                "part": extract.header.specification.part,
                "provenance": _provenance(extract).split(", "),
                "date": extract.header.date,
                "note": extract.header.note,
                "source": {"name": extract.header.source_name, "sha256": extract.header.source_sha256},
                "statements": extract.statements,
                "releases": _releases_of(relative, entries),
            }
            for relative, extract in shipped
        ],
        "releases": [
            {
                "name": entry.name,
                "title": entry.title,
                "note": entry.note,
                "extracts": list(entry.extracts),
                "witnesses": list(entry.witnesses),
            }
            for entry in entries
        ],
        "in_use": [
            {"versions": one.versions, "entries": one.entries, "list": one.listed_in, "at_hand": one.at_hand}
            for one in in_use
        ],
    }


def _lines_in_use(in_use: Sequence[InUse], layout: Layout) -> Iterator[Line]:
    """Which versions certified products follow, and which of them can be checked with what ships."""
    for listed_in in dict.fromkeys(one.listed_in for one in in_use):
        here = [one for one in in_use if one.listed_in == listed_in]
        yield ()
        yield from paragraph(("in use  ", "strong"), clean(f"entries of the {listed_in}, by their versions"), layout)
        for at_hand, words in ((True, "use case tables at hand"), (False, "not at hand")):
            told = ", ".join(f"{one.versions} on {one.entries:,}" for one in here if one.at_hand is at_hand)
            yield from paragraph(("", ""), clean(f"{words}: {told or 'none'}"), layout, indent=2)


def _lines(shipped: Sequence[OneShipped], entries: Sequence[ReleaseEntry], layout: Layout) -> list[Line]:
    from gbcscheck.report.table import table

    headings = ("extract", "specification", "part", "provenance", "date", "statements", "releases")
    rows: list[list[Span]] = [
        [
            (clean(relative), "place"),
            (
                clean(
                    specification_name(
                        Specification(extract.header.specification.name, extract.header.specification.version)
                    )
                ),
                "strong",
            ),
            (clean(_part(relative, extract, entries)), ""),
            (_provenance(extract), extract.header.provenance if extract.header.provenance != "published" else ""),
            (extract.header.date, ""),
            (f"{extract.statements:>10,}", ""),
            (", ".join(_releases_of(relative, entries)), "faint"),
        ]
        for relative, extract in shipped
    ]
    lines = table(headings, rows, layout if layout.break_words else None)
    for entry in entries:
        lines.append(())
        lines.extend(paragraph((f"release {entry.name}  ", "strong"), clean(entry.title), layout))
        if entry.note:
            lines.extend(paragraph(("", ""), clean(entry.note), layout, indent=2))
    return lines
