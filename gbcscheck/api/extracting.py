"""Extracts made of source documents: one function a kind of document, and what is written of each."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gbcscheck.api.read_files import with_read_beside
from gbcscheck.extract.table_choice import ALL, TableChoice
from gbcscheck.frozen import frozen

if TYPE_CHECKING:
    from gbcscheck.extract.listing import CellChange as CellChange
    from gbcscheck.extract.listing import Listing as Listing
    from gbcscheck.facts.extract_file import Reading, Unread
    from gbcscheck.inputs.confinement import Confinement

__all__ = [
    "Extracted",
    "TableChoice",
    "changed_cells",
    "listed_tables",
    "of_alert_codes",
    "of_products",
    "of_schema",
    "of_service_requests",
    "of_table",
    "of_use_cases",
    "of_zcl",
    "use_case_statistics",
]


@frozen
class Extracted:
    """What was read of a document: its statements, and what could not be read into a set of values. ``also`` is what
    was read besides the file, ``within`` what may be read for it."""

    file: Path
    reading: Reading
    also: Path | None = None
    within: Confinement | None = None

    @property
    def text(self) -> str:
        """The extract as JSON; LimitExceeded where it is too long to be read again."""
        from gbcscheck.facts.extract_file import render_extract
        from gbcscheck.limits import OCTETS

        text = render_extract(self.reading.extract)
        OCTETS.hold(len(text.encode()), where=f"the extract of {self.file}")
        return text

    @property
    def not_taken(self) -> tuple[Unread, ...]:
        """Rows, columns, sheets and tables that were not looked at."""
        return self.reading.not_taken

    @property
    def unread(self) -> tuple[Unread, ...]:
        """The places that could not be read into a set of values."""
        return self.reading.unread

    def place_words(self, one: Unread) -> str:
        """The place of something that was not read or not taken, as people name it."""
        from gbcscheck.model import Place

        return Place.words(str(self.file), one.place)

    def sources(self, output: Path | None) -> list[Path]:
        """Every file that was read and that an output could be."""
        return [*with_read_beside([self.file], output, self.within), *([self.also] if self.also else [])]


def of_use_cases(file: Path, *, version: str | None = None, name: str | None = None) -> Extracted:
    """Use case tables of GBCS, from their workbook; errors as ``read_use_cases`` raises them."""
    from gbcscheck.extract.use_cases import read_use_cases

    return Extracted(file, read_use_cases(file, version=version, shown=name))


def use_case_statistics(extracted: Extracted) -> str:
    """What was read of use case tables and what was not, by column and cell."""
    from gbcscheck.extract.use_cases import render_stats

    return render_stats(extracted.reading)


def of_schema(
    file: Path,
    *,
    root: str | None = None,
    version: str | None = None,
    name: str | None = None,
    allow_outside: bool = False,
) -> Extracted:
    """Elements, attributes and types of an XML schema; errors as ``read_schema`` raises them."""
    from gbcscheck.extract.xsd import read_schema
    from gbcscheck.inputs.confinement import Confinement

    within = Confinement.around([file], allow_outside=allow_outside)
    return Extracted(file, read_schema(file, root=root, version=version, shown=name, within=within), within=within)


def of_service_requests(file: Path, *, name: str | None = None) -> Extracted:
    """A matrix of service requests, or a list of use cases, as JSON; errors as ``read_service_requests`` raises
    them."""
    from gbcscheck.extract.service_requests import read_service_requests

    return Extracted(file, read_service_requests(file, shown=name))


def of_table(
    file: Path, *, mapping: Path | None = None, name: str | None = None, tables: TableChoice = ALL
) -> Extracted:
    """A table of settings, from a workbook, a CSV file or a Word document; errors as ``read_table`` raises them."""
    from gbcscheck.extract.table import read_table

    return Extracted(file, read_table(file, mapping=mapping, shown=name, choice=tables), also=mapping)


def listed_tables(file: Path, *, name: str | None = None) -> Listing:
    """The tables of a Word document, or the sheets of a workbook or CSV file; errors as ``list_tables`` raises them."""
    from gbcscheck.extract.listing import list_tables

    return list_tables(file, shown=name)


def changed_cells(file: Path, tables: TableChoice = ALL, *, name: str | None = None) -> tuple[CellChange, ...]:
    """The cells of a Word document that its tracked changes change; errors as ``cell_changes`` raises them."""
    from gbcscheck.extract.listing import cell_changes

    return cell_changes(file, tables, shown=name)


def of_alert_codes(file: Path, *, name: str | None = None) -> Extracted:
    """Event and alert codes with their names, as JSON; errors as ``read_alert_codes`` raises them."""
    from gbcscheck.extract.alert_codes import read_alert_codes

    return Extracted(file, read_alert_codes(file, shown=name))


def of_zcl(file: Path, *, types: Path | None = None, version: str | None = None, name: str | None = None) -> Extracted:
    """Clusters of ZigBee, from their XML; errors as ``read_zcl`` raises them."""
    from gbcscheck.extract.zcl import read_zcl

    return Extracted(file, read_zcl(file, types=types, version=version, shown=name), also=types)


def of_products(file: Path, *, name: str | None = None) -> Extracted:
    """A list of certified products, as CSV; errors as ``read_products`` raises them."""
    from gbcscheck.extract.products import read_products

    return Extracted(file, read_products(file, shown=name))
