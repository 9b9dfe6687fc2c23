"""The kinds of files that hold specifications, by the endings of their names: the one table of them.

What reads each stands in ``extract.sources.READERS``; a test holds the two together.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import NamedTuple


class SourceKind(NamedTuple):
    """A kind of file: its ending, whether it is a table, so that a mapping of its columns may lie beside it, whether
    the releases of a repository name it (else they name its extract), and whether it is plain text."""

    suffix: str
    is_table: bool = False
    is_named: bool = False
    is_text: bool = False


KINDS = (
    SourceKind(".json", is_named=True, is_text=True),
    SourceKind(".xlsx", is_table=True),
    SourceKind(".xlsm", is_table=True),
    SourceKind(".csv", is_table=True, is_text=True),
    SourceKind(".xsd", is_text=True),
    SourceKind(".docx", is_table=True),
    SourceKind(".docm", is_table=True),
    SourceKind(".pdf", is_table=True),
)
SUFFIXES = tuple(kind.suffix for kind in KINDS)
UNNAMED = tuple(kind.suffix for kind in KINDS if not kind.is_named)
"""Endings of files that no release can name."""
MAPPING = ".mapping.json"
"""Ending of a file that says what the columns of the table beside it mean."""
DOCUMENTS = {
    **dict.fromkeys((".doc", ".odt", ".rtf", ".dotx", ".dotm"), "save it as .docx"),
    **dict.fromkeys((".xls", ".xlsb", ".xltx", ".xltm", ".ods", ".fods", ".numbers"), "save it as .xlsx"),
    **dict.fromkeys((".tsv", ".tab"), "save it as .csv"),
}
"""Endings of files that may hold specifications and are not read, with what can be done."""
NO_DOCUMENTS = {".toml": "rules of your own go with --house-rules, a configuration with --config"}
"""Endings of files that hold no specification, with how they are given."""
WORD = (".docx", ".docm")
"""Endings of Word documents."""
_NONE = SourceKind("")


def kind_of(name: str | PurePath) -> SourceKind:
    """The kind of a file of that name; one without an ending where it is none that is read."""
    suffix = PurePath(name).suffix.lower()
    return next((kind for kind in KINDS if kind.suffix == suffix), _NONE)


def is_word(name: str | PurePath) -> bool:
    """Whether a file of that name is a Word document."""
    return kind_of(name).suffix in WORD


def is_pdf(name: str | PurePath) -> bool:
    """Whether a file of that name is a PDF."""
    return kind_of(name).suffix == ".pdf"
