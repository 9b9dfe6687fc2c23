"""What people have in hand, looked up in a release: a name or a part of one, a clause, the logical name of an object, a
message code, a row of the mapping, a cell or line of a source."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from gbcscheck.facts.columns import CLAUSE, SOURCE
from gbcscheck.frozen import frozen
from gbcscheck.model import Statement
from gbcscheck.near_names import plain
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.item_names import BLANK, LOWER
from gbcscheck.release.statements import Statements

_OBIS = r"\d+-\d+:\d+\.\d+\.\d+(?:\.\d+)?"
_CODE = r"0[xX][0-9A-Fa-f]{4}"
_CLAUSE = r"(?i)(?:SMETS\d?\s+|clause\s+)?(\d+(?:\.\d+)+)"
_ROW = r"(?i)(?:(?:mapping\s+)?row\s+)?(\d{1,5})"
_CELL = r"(?:(?P<file>.+?)\s*·\s*)?'?(?P<sheet>[^'!·]+)'?!\$?(?P<column>[A-Za-z]{1,3})\$?(?P<row>\d{1,7})"
_LINE = r"(?P<file>[^:]+):(?P<line>\d{1,7})"


@frozen
class Found:
    """The subjects that something stands for, and what it is of them (``the object``); empty for their name.
    ``statements`` are those of a place, where it is one."""

    names: tuple[str, ...]
    is_what: str = ""
    statements: tuple[Statement, ...] = ()


def look_up(catalogue: Catalogue, text: str) -> Found:
    """What a text stands for. An exact name comes first and alone; the name of a part (``GBCS Table 28d``) stands for
    all that it speaks of; then clauses, codes and places, then names whatever their case and blanks: in full, the last
    element of a path, and a part of a name."""
    for spec, statements in catalogue.parts.items():
        if spec.part and plain(text) in (plain(spec.part), plain(f"{spec.name} {spec.part}"), plain(str(spec))):
            return Found(tuple(dict.fromkeys(statement.subject for statement in statements)))
    if text in catalogue.by_subject or text in catalogue.items:
        return Found((text,))
    forms = _FORMS if any(sign.isdigit() for sign in text) else ()
    for form, reading in forms:
        match = re.fullmatch(form, text.strip())
        found = reading(catalogue, match) if match else None
        if found is not None and found.names:
            return found
    return Found(_by_name(catalogue, plain(text)))


# --- names -----------------------------------------------------------------------------------------------------------


def _by_name(catalogue: Catalogue, wanted: str) -> tuple[str, ...]:
    """Names that are a plain text, or that hold it, those whose last element it is first."""
    names = tuple(dict.fromkeys((*catalogue.items, *catalogue.by_subject)))
    holding = _holding(names, wanted)
    same = tuple(name for name, one in holding if one == wanted)
    last = (name for name, one in holding if one.rpartition("/")[2] == wanted)
    return same or tuple(dict.fromkeys((*last, *(name for name, _ in holding))))


def _holding(names: Sequence[str], wanted: str) -> list[tuple[str, str]]:
    """The names that hold a plain text, each with itself in plain; all at once where they have no sign beyond ASCII."""
    together = "\n".join(names)
    if not together.isascii() or together.count("\n") != len(names) - 1:
        return [(name, one) for name in names for one in (plain(name),) if wanted in one]
    octets = together.encode().translate(LOWER, BLANK)
    sought = wanted.encode()
    found: list[tuple[str, str]] = []
    number = counted = 0
    at = octets.find(sought)
    while at >= 0:
        number += octets.count(b"\n", counted, at)
        begin, counted = octets.rfind(b"\n", 0, at) + 1, at
        end = octets.find(b"\n", at)
        end = len(octets) if end < 0 else end
        found.append((names[number], octets[begin:end].decode()))
        at = octets.find(sought, end)
    return found


# --- facts -----------------------------------------------------------------------------------------------------------


def _of_fact(catalogue: Catalogue, attribute: str, is_it: Callable[[str], bool]) -> tuple[str, ...]:
    """The subjects of which a fact is stated, in the order of the release."""
    found: dict[str, None] = {}
    for part in catalogue.statements.parts:
        for row in part.rows.rows_of_attribute(attribute):
            statement = part[row]
            if is_it(str(statement.value)):
                found.setdefault(statement.subject)
    return tuple(found)


def _object(catalogue: Catalogue, match: re.Match[str]) -> Found:
    wanted = match.group()
    return Found(_of_fact(catalogue, "object", lambda value: value == wanted or wanted in value.split()), "the object")


def _code(catalogue: Catalogue, match: re.Match[str]) -> Found:
    wanted = match.group().casefold()
    return Found(_of_fact(catalogue, "message-code", lambda value: value.casefold() == wanted), "the message code")


def _clause(catalogue: Catalogue, match: re.Match[str]) -> Found:
    """A service reference, or else a clause that items cite."""
    wanted = match.group(1)
    if match.group() == wanted:
        found = _of_fact(catalogue, "service-reference", lambda value: value == wanted)
        if found:
            return Found(found, "the service reference")
    cited = re.compile(rf"(?<![\d.]){re.escape(wanted)}(?!\.?\d)")
    return Found(
        _of_fact(catalogue, "reference", lambda value: cited.search(value) is not None), "a clause that is cited"
    )


# --- places ----------------------------------------------------------------------------------------------------------


def _row(catalogue: Catalogue, match: re.Match[str]) -> Found:
    """A row of the mapping of use cases, by the number with which clauses end."""
    ending = f", row {match.group(1)}"
    statements = _at(catalogue, CLAUSE, lambda clause: clause.endswith(ending))
    return Found(_subjects(statements), "the mapping row")


def _cell(catalogue: Catalogue, match: re.Match[str]) -> Found:
    """A cell, or else the row of the sheet in which it stands."""
    sheet, row = match["sheet"].strip().casefold(), match["row"]
    cell = f"{sheet}!{match['column']}{row}".casefold()
    statements = _at(catalogue, SOURCE, lambda source: source.casefold() == cell, match["file"])
    if statements:
        return Found(_subjects(statements), "a cell", statements)
    of_row = re.compile(rf"{re.escape(sheet)}![a-z]+{row}")
    statements = _at(catalogue, SOURCE, lambda source: of_row.fullmatch(source.casefold()) is not None, match["file"])
    return Found(_subjects(statements), "a cell of the row", statements)


def _line(catalogue: Catalogue, match: re.Match[str]) -> Found:
    wanted = f"line {match['line']}"
    statements = _at(catalogue, SOURCE, lambda source: source == wanted, match["file"])
    return Found(_subjects(statements), "a line", statements)


def _at(
    catalogue: Catalogue, member: int, is_it: Callable[[str], bool], file: str | None = None
) -> tuple[Statement, ...]:
    """The statements of which one column of their extract is some text; of one file only, if its path ends so."""
    return tuple(
        statement
        for part in catalogue.statements.parts
        for statement in part.at(_rows(part, member, is_it))
        if file is None or f"/{statement.path}".endswith(f"/{file.strip()}")
    )


def _rows(part: Statements, member: int, is_it: Callable[[str], bool]) -> Iterator[int]:
    column = part.rows.columns[member]
    table = part.rows.table
    wanted = {number for number in set(column) if (text := table[number]) and is_it(str(text))}
    return (row for row, number in enumerate(column) if number in wanted) if wanted else iter(())


def _subjects(statements: Iterable[Statement]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(statement.subject for statement in statements))


_FORMS: tuple[tuple[str, Callable[[Catalogue, re.Match[str]], Found]], ...] = (
    (_OBIS, _object),
    (_CODE, _code),
    (_CLAUSE, _clause),
    (_ROW, _row),
    (_CELL, _cell),
    (_LINE, _line),
)
"""How what is no name is written, with a digit each, and where it is looked up."""
