"""The extracts of an older side, which nobody can repair: attributes that are not declared are told, and compared."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from gbcscheck.comparison.side import Side
from gbcscheck.errors import GbcscheckError
from gbcscheck.extract.sources import read_source
from gbcscheck.facts.extract_file import Extract, is_extract, parse_extract
from gbcscheck.inputs.confinement import Confinement
from gbcscheck.inputs.files import read_octets
from gbcscheck.inputs.json_values import decode_json

if TYPE_CHECKING:
    from gbcscheck.extract.sources import Found, Read

MOST_NAMED = 5
"""Attributes of an extract that are named; the others are counted."""


def read_older(read: Read | None) -> Read:
    """What reads the files of an older side as ``read`` does; an extract that is refused is taken all the same where
    nothing but attributes is wrong with it that are not declared."""
    usual = read or read_source

    def older(path: Path, trusted: frozenset[str], within: Confinement) -> Found:
        try:
            return usual(path, trusted, within)
        except GbcscheckError as error:
            found = _all_the_same(path) if path.suffix.lower() == ".json" else None
            if found is None:
                raise error from None
            return found

    return older


def _all_the_same(path: Path) -> Extract | None:
    """An extract in which attributes are not declared; None where something else is wrong with it."""
    where = str(path)
    try:
        content = read_octets(path, where=where)
        document = decode_json(content, where=where)
        return parse_extract(content, where=where, document=document, is_older=True) if is_extract(document) else None
    except GbcscheckError:
        return None


def told_of(side: Side) -> Iterator[str]:
    """A line for each extract of a side with attributes that are not declared."""
    lines = {
        f"{extract.path or extract.source_name}": extract.undeclared
        for release in side.releases
        for extract in release.extracts
        if extract.undeclared
    }
    for path, names in lines.items():
        named = ", ".join(f'"{name}"' for name in names[:MOST_NAMED])
        more = f" and {len(names) - MOST_NAMED:,} more" if len(names) > MOST_NAMED else ""
        is_not = "is not a declared attribute" if len(names) == 1 else "are no declared attributes"
        yield f"{path} of {side.name}: {named}{more} {is_not}; it is compared all the same"
