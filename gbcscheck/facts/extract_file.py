"""The extract file: one JSON format for what every specification says, read, validated and written.

An extract holds the statements of one part of one specification at one version. People write them by hand too, so
the format is short: defaults stand in the header, and each statement takes one line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any, NamedTuple

from gbcscheck.attributes import ATTRIBUTES, KINDS, OWN, Kind, is_own, undeclared
from gbcscheck.frozen import frozen
from gbcscheck.inputs.files import read_octets
from gbcscheck.inputs.json_schema import MOST_FAULTS, refuse_invalid
from gbcscheck.inputs.json_values import decode_json
from gbcscheck.limits import ALIKE, STATEMENTS, STEPS, SUBJECT
from gbcscheck.model import Specification, Statement
from gbcscheck.printable import json_text

SCHEMA = Path(__file__).with_name("extract.schema.json")

Scalar = str | int | float | bool


class ExtractRow(NamedTuple):
    """One statement as a reader makes it and as it stands in the file; ``source`` is ``DLMS!K685``, ``line 12`` or a
    JSON pointer. At least one of ``domain``, ``value`` and ``text`` is given."""

    subject: str
    attribute: str
    domain: str | None = None
    value: Scalar | None = None
    text: str | None = None
    clause: str = ""
    source: str = ""
    provenance: str | None = None


@frozen
class Extract:
    """The statements of one part of one specification. ``source_name`` and ``source_sha256`` name the file that was
    read; ``path`` is the extract's own file, if it has one. ``attributes`` are those that it declares itself, with what
    each holds; ``undeclared`` those that nobody declares, in an extract of an older side that was read all the same."""

    specification: Specification
    provenance: str
    rows: Sequence[ExtractRow]
    source_name: str = ""
    source_sha256: str = ""
    date: str = ""
    generator: str = ""
    path: str = ""
    note: str = ""
    attributes: Mapping[str, Kind] = field(default_factory=dict)
    undeclared: tuple[str, ...] = ()

    def statements(self) -> Iterator[Statement]:
        """The rows with the header's defaults and their places filled in.

        A row that cites no place stands in the extract itself: its place is the JSON pointer of the row.
        """
        read_from = self.source_name or self.path
        spec, usual = self.specification, self.provenance
        for index, (subject, attribute, domain, value, text, clause, source, provenance) in enumerate(self.rows):
            yield Statement(
                subject,
                attribute,
                spec,
                provenance or usual,
                clause,
                read_from if source else self.path,
                source or f"/statements/{index}",
                domain,
                value,
                text,
            )


@frozen
class Unread:
    """A cell, element or row of a source that could not be read into a domain: where, its text, and why."""

    place: str
    column: str
    text: str
    reason: str


@frozen
class Reading:
    """What a reader makes of one source: the extract, everything that it could not read, and by column how many cells
    were blank, read, bare names, and unread (``counts[column] = {"blank": n, "read": n, "bare": n, "unread": n}``).
    ``not_taken`` are rows, columns, sheets and tables that were not looked at, each with why; ``also`` what the same
    source says of other parts, or of other specifications; ``recognised`` are the words that say which specification it
    is, where those had to be looked for."""

    extract: Extract
    unread: tuple[Unread, ...] = ()
    bare: tuple[Unread, ...] = ()
    counts: Mapping[str, Mapping[str, int]] | None = None
    not_taken: tuple[Unread, ...] = ()
    also: tuple[Reading, ...] = ()
    recognised: str = ""


# --- writing ---------------------------------------------------------------------------------------------------------


def render_extract(extract: Extract) -> str:
    """The file's text: the header one key a line, then one statement a line, in the reader's order."""
    header: dict[str, Any] = {
        "specification": extract.specification.name,
        "version": extract.specification.version,
        "part": extract.specification.part,
        "date": extract.date,
        "provenance": extract.provenance,
        "note": extract.note,
        "attributes": dict(extract.attributes),
    }
    if extract.source_name:
        header["source"] = {"name": extract.source_name}
        if extract.source_sha256:
            header["source"]["sha256"] = extract.source_sha256
    header["generator"] = extract.generator
    lines = [f"  {_dump(key)}: {_dump(value)}," for key, value in header.items() if value]
    rows = ",\n".join("    " + _dump(_row(row)) for row in extract.rows)
    body = f'  "statements": [\n{rows}\n  ]' if rows else '  "statements": []'
    return "{\n" + "\n".join(lines) + ("\n" if lines else "") + body + "\n}\n"


def _row(row: ExtractRow) -> dict[str, Scalar]:
    members: dict[str, Scalar | None] = {
        "subject": row.subject,
        "attribute": row.attribute,
        "domain": row.domain,
        "value": row.value,
        "text": row.text if row.text != row.domain else None,
        "clause": row.clause or None,
        "source": row.source or None,
        "provenance": row.provenance,
    }
    return {key: value for key, value in members.items() if value is not None}


def _dump(value: object) -> str:
    return json_text(value)


# --- reading ---------------------------------------------------------------------------------------------------------


def load_extract(path: Path, *, shown: str | None = None, trusted: bool = False) -> Extract:
    """Read one extract file; ``shown`` is the path that reports name.

    ``trusted`` skips the JSON Schema for content that is known to be valid (what ships, checked when built). Raises
    UnreadableSource, or Problems with one InvalidExtract for each violation, each with JSON pointer and line.
    """
    where = shown or str(path)
    content = read_octets(path, where=where)
    return parse_extract(content, where=where, trusted=trusted)


def parse_extract(
    content: bytes, *, where: str, trusted: bool = False, document: Any = None, is_older: bool = False
) -> Extract:
    """The extract in some octets, whose JSON value may be given, if it is known; errors as in ``load_extract``. In one
    that ``is_older``, which nobody can repair any more, an attribute that is not declared is no error."""
    strange: tuple[str, ...] = ()
    if document is None:
        document = decode_json(content, where=where, trusted=trusted)
    if not trusted:
        _hold_limits(document, where)
        checked, strange = _with_all_declared(document) if is_older else (document, ())
        refuse_invalid(checked, content, SCHEMA, where=where, beyond=_beyond_schema)
    source = document.get("source") or {}
    rows = tuple(
        ExtractRow(
            statement["subject"],
            statement["attribute"],
            get("domain"),
            get("value"),
            get("text"),
            get("clause", ""),
            get("source", ""),
            get("provenance"),
        )
        for statement in document["statements"]
        for get in (statement.get,)
    )
    return Extract(
        specification=Specification(document["specification"], document["version"], document.get("part", "")),
        provenance=document["provenance"],
        rows=rows,
        source_name=source.get("name", ""),
        source_sha256=source.get("sha256", ""),
        date=document.get("date", ""),
        generator=document.get("generator", ""),
        path=where,
        note=document.get("note", ""),
        attributes=document.get("attributes", {}),
        undeclared=strange,
    )


def _with_all_declared(document: Any) -> tuple[Any, tuple[str, ...]]:
    """An extract in which each attribute that is not declared has the name of one that is, and those attributes; as it
    is where it is no extract at all."""
    statements = document.get("statements") if isinstance(document, dict) else None
    own = document.get("attributes", {}) if isinstance(document, dict) else None
    if not isinstance(statements, list) or not isinstance(own, dict):
        return document, ()
    strange: dict[str, None] = {}
    declared: dict[str, Kind] = {}
    renamed = []
    for statement in statements:
        name = statement.get("attribute") if isinstance(statement, dict) else None
        stated = [kind for kind in KINDS if isinstance(statement, dict) and kind in statement]
        if isinstance(name, str) and name and name not in ATTRIBUTES and name not in own and stated:
            strange[name] = None
            stand_in = f"{OWN}not-declared-{stated[0]}"
            declared[stand_in] = stated[0]
            renamed.append({**statement, "attribute": stand_in})
        else:
            renamed.append(statement)
    return {**document, "attributes": {**own, **declared}, "statements": renamed}, tuple(strange)


def _hold_limits(document: Any, where: str) -> None:
    """Refuse what is too much to be validated and compared: statements, names of subjects, statements of one thing."""
    statements = document.get("statements") if isinstance(document, dict) else None
    if isinstance(statements, list):
        STATEMENTS.hold(len(statements), where=where)
        told = [(str(one.get("subject")), str(one.get("attribute"))) for one in statements if isinstance(one, dict)]
        if not _are_bounded(told):
            named = (
                (str(one.get("subject")), str(one.get("attribute")), f"#/statements/{index}")
                for index, one in enumerate(statements)
                if isinstance(one, dict)
            )
            hold_names(named, where)


def hold_names(named: Iterable[tuple[str, str, str]], where: str) -> None:
    """Refuse subjects whose names are too long or lie too deep, and too many statements of one attribute of a subject:
    every two of them are held against each other. ``named`` has subject, attribute and place of each statement."""
    numbers: Counter[tuple[str, str]] = Counter()
    longest, deepest = SUBJECT.most, STEPS.most
    for subject, attribute, place in named:
        if len(subject) > longest:
            SUBJECT.hold(len(subject), where=f"{where}{place}")
        if subject.count("/") > deepest:
            STEPS.hold(subject.count("/"), where=f"{where}{place}")
        numbers[subject, attribute] += 1
    for (subject, attribute), number in numbers.most_common(1):
        ALIKE.hold(number, where=f"{where}: {attribute} of {subject[:100]}")


def hold_rows(rows: Sequence[ExtractRow], where: str) -> None:
    """As ``hold_names`` for rows that were read from a source, each told by its place there."""
    if not _are_bounded([(row.subject, row.attribute) for row in rows]):
        hold_names(((row.subject, row.attribute, f" · {row.source}") for row in rows), where)


def _are_bounded(told: Sequence[tuple[str, str]]) -> bool:
    """Whether ``hold_names`` refuses none of some subjects with their attributes, found out for all at once."""
    numbers = Counter(told)
    subjects = {subject for subject, _ in numbers}
    return (
        max(numbers.values(), default=0) <= ALIKE.most
        and max(map(len, subjects), default=0) <= SUBJECT.most
        and max((subject.count("/") for subject in subjects), default=0) <= STEPS.most
    )


def is_extract(document: object) -> bool:
    """Whether a JSON value means to be an extract: an object with ``statements``."""
    return isinstance(document, dict) and "statements" in document


def _beyond_schema(document: Any) -> Iterator[tuple[str, str]]:
    """Pointer and message of what the schema cannot say of each statement: attributes of its own that the header does
    not declare, or declares otherwise, and what does not parse."""
    declared: Mapping[str, Kind] = document.get("attributes", {})
    unparsed = _notation_errors()
    parsed_otherwise = {name for name, one in ATTRIBUTES.items() if one.notation is not None}
    sound: set[str | None] = {None}
    told = 0
    for index, statement in enumerate(document["statements"]):
        if is_own(statement["attribute"]):
            near = declared if told < MOST_FAULTS else ()  # the others are counted, and not told
            for fault in _own_errors(f"/statements/{index}", statement, declared, near):
                yield fault
                told += 1
        domain = statement.get("domain")
        if domain in sound and statement["attribute"] not in parsed_otherwise:
            continue
        wrong = list(unparsed(f"/statements/{index}", statement))
        if not wrong:
            sound.add(domain)
        yield from wrong


def _own_errors(
    at: str, statement: Mapping[str, Any], declared: Mapping[str, Kind], near: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """What is wrong with the use of an attribute of the extract's own; ``near`` are the names that may be meant. A text
    may stand alone whatever it holds, and beside a set or a fact."""
    name = statement["attribute"]
    stated = [kind for kind in KINDS if kind in statement]
    if name not in declared:
        yield f"{at}/attribute", undeclared(name, stated[0], near, "the header")
        return
    for kind in stated:
        if kind not in (declared[name], "text"):
            yield f"{at}/{kind}", f'the header declares "{name}" as {declared[name]}, found a {kind}'


def _notation_errors() -> Callable[[str, Mapping[str, Any]], Iterator[tuple[str, str]]]:
    """Pointer and message of each domain, content model and wildcard that does not parse; each text is parsed once."""
    from gbcscheck.notation.canonical import NotationError, parse_domain
    from gbcscheck.notation.content_model import parse_model, parse_wildcard

    parsers: dict[str, Callable[[str], object]] = {"content model": parse_model, "wildcard": parse_wildcard}
    known: dict[tuple[str, str], str] = {}

    def problem(notation: str, parse: Callable[[str], object], text: str) -> str:
        if (notation, text) not in known:
            try:
                parse(text)
                known[notation, text] = ""
            except NotationError as error:
                known[notation, text] = str(error)
        return known[notation, text]

    def errors(at: str, statement: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        known_as = ATTRIBUTES.get(statement["attribute"])
        notation = known_as.notation if known_as is not None else None
        member = next(kind for kind in KINDS if kind in statement)
        if member == "domain" and (found := problem("", parse_domain, statement[member])):
            yield f"{at}/domain", found
        elif notation is not None:
            found = problem(notation, parsers[notation], fact_text(statement[member]))
            if found:
                yield f"{at}/{member}", found

    return errors


def fact_text(value: object) -> str:
    """A fact as it is compared: with single blanks, a truth value in lower case."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return " ".join(str(value).split())
