"""The extract file: one JSON format for what every specification says, read, validated and written.

An extract holds the statements of one part of one specification at one version. People write them by hand too, so
the format is short: defaults stand in the header, and each statement takes one line.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import re
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from gbcscheck.errors import UnreadableSource, too_deep
from gbcscheck.limits import ALIKE, NESTING, OCTETS, STATEMENTS, STEPS, SUBJECT, Limit
from gbcscheck.model import Specification, Statement
from gbcscheck.printable import json_text

SCHEMA = Path(__file__).with_name("extract.schema.json")

LARGE_FILE = b"version https://git-lfs.github.com/spec/"
"""How a file begins that stands for one kept elsewhere (Git LFS)."""

_BRACKET = re.compile(r'"(?:[^"\\]++|\\.)*+"|[\[\]{}]', re.DOTALL)
"""A bracket of JSON, or a text, whose brackets are none."""

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


@dataclass(frozen=True, slots=True)
class Extract:
    """The statements of one part of one specification. ``source_name`` and ``source_sha256`` name the file that was
    read; ``path`` is the extract's own file, if it has one."""

    specification: Specification
    provenance: str
    rows: tuple[ExtractRow, ...]
    source_name: str = ""
    source_sha256: str = ""
    date: str = ""
    generator: str = ""
    path: str = ""
    note: str = ""

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


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell, element or row of a source that could not be read into a domain: where, its text, and why."""

    place: str
    column: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of one source: the extract, everything that it could not read, and by column how many cells
    were blank, read, bare names, and unread (``counts[column] = {"blank": n, "read": n, "bare": n, "unread": n}``)."""

    extract: Extract
    unread: tuple[Unread, ...] = ()
    bare: tuple[Unread, ...] = ()
    counts: Mapping[str, Mapping[str, int]] | None = None


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's content, as hexadecimal digits; errors as in ``read_octets``."""
    return hashlib.sha256(read_octets(path)).hexdigest()


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
    }
    if extract.source_name:
        header["source"] = {"name": extract.source_name, "sha256": extract.source_sha256}
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


def load_json(path: Path, *, where: str | None = None) -> Any:
    """The JSON value of a file.

    Raises UnreadableSource with line and column for what is not JSON, and for a missing, empty, oversized, too deeply
    nested or not UTF-8 encoded file.
    """
    return decode_json(read_octets(path, where=where), where=where or str(path))


def read_octets(path: Path, *, where: str | None = None, limit: Limit = OCTETS) -> bytes:
    """A file's content: every file that a user names is opened here, and no more of it is read than ``limit`` says,
    whatever its size is said to be.

    Raises UnreadableSource where it is missing, a folder, a device, unreadable or empty, OverLimit where it has more.
    """
    where = where or str(path)
    with open_regular(path, where=where) as stream:
        limit.hold(os.fstat(stream.fileno()).st_size, where=where)
        content = stream.read(limit.most + 1)
    if len(content) > limit.most:
        raise limit.exceeded(where=where)
    if not content:
        raise UnreadableSource("the file is empty", where=where)
    refuse_pointer(content, where=where)
    return content


def refuse_pointer(content: bytes, *, where: str) -> None:
    """Raise UnreadableSource where a file, by its beginning, only points to its content (Git LFS)."""
    if content.startswith(LARGE_FILE):
        raise UnreadableSource(
            "this is a pointer of Git LFS; its content is not here (run `git lfs pull`)", where=where
        )


@contextmanager
def open_regular(path: Path, *, where: str) -> Iterator[BinaryIO]:
    """A regular file opened for reading; UnreadableSource where it is none, or what is read of it fails."""
    refuse_irregular(path, where=where)
    try:
        with path.open("rb") as stream:
            yield stream
    except OSError as error:
        raise UnreadableSource(f"cannot be read ({error.strerror})", where=where) from None


def is_regular(path: Path) -> bool:
    """Whether there is a regular file of a name; no file can have one that is too long or holds U+0000."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def refuse_irregular(path: Path, *, where: str) -> None:
    """Raise UnreadableSource for what is no regular file: nothing at all, a folder, or a pipe that would never end."""
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        raise UnreadableSource("no such file", where=where) from None
    except OSError as error:
        raise UnreadableSource(f"cannot be read ({error.strerror})", where=where) from None
    except ValueError:
        raise UnreadableSource("no such file: its name holds the character U+0000", where=where) from None
    if stat.S_ISDIR(mode):
        raise UnreadableSource("this is a folder; a file was expected", where=where)
    if not stat.S_ISREG(mode):
        raise UnreadableSource("this is a pipe or a device; a regular file was expected", where=where)


def decode_json(content: bytes, *, where: str, trusted: bool = False) -> Any:
    """JSON value of some octets, with the guards of ``load_json``; ``trusted`` content is known to nest no deeper."""
    if content.startswith(b"PK"):
        from gbcscheck.extract.kinds import looks_like

        raise UnreadableSource(f"{looks_like(content)}; a JSON file was expected", where=where)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableSource(
            f"not UTF-8: octet 0x{content[error.start]:02X} at offset {error.start}", where=f"{where}:{line}"
        ) from None
    try:
        document = json.loads(text, parse_constant=_no_constant, parse_float=_finite)
        if "\\ud" in text.casefold():
            json.dumps(document, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise UnreadableSource("half a character (a lone surrogate) in a text", where=where) from None
    except RecursionError:
        if _brackets(text) > NESTING.most:
            raise NESTING.exceeded(where=where) from None
        raise UnreadableSource(too_deep("nested"), where=where) from None
    except json.JSONDecodeError as error:
        raise UnreadableSource(
            f"not valid JSON: {error.msg.lower()}", where=f"{where}:{error.lineno}:{error.colno}"
        ) from None
    except _TooLarge as error:
        raise UnreadableSource(str(error), where=where) from None
    except ValueError as error:
        problem = "a number with too many digits" if "int_max_str_digits" in str(error) else str(error)
        raise UnreadableSource(f"not valid JSON: {problem}", where=where) from None
    if not trusted:
        NESTING.hold(_depth(document), where=where)
    return document


def _brackets(text: str) -> int:
    """How deep brackets nest in a text that is too deep to be parsed."""
    depth = deepest = 0
    for mark in _BRACKET.finditer(text):
        sign = mark.group()
        depth += 1 if sign in "[{" else -1 if sign in "]}" else 0
        deepest = max(deepest, depth)
    return deepest


def _depth(document: Any) -> int:
    """How deep lists and objects nest in a JSON value."""
    depth, level = 0, [document]
    while level:
        level = [
            one
            for node in level
            for one in (node.values() if isinstance(node, dict) else node if isinstance(node, list) else ())
            if isinstance(one, (dict, list))
        ]
        depth += 1
    return depth


class _TooLarge(ValueError):
    """A number of JSON that is beyond what can be held."""


def _finite(text: str) -> float:
    """A number with a point or an exponent; ``1e999`` is one of JSON and none that can be held or written again."""
    number = float(text)
    if math.isinf(number):
        raise _TooLarge(f"{text[:40]} is too large a number to be read")
    return number


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a JSON number")


def load_extract(path: Path, *, shown: str | None = None, trusted: bool = False) -> Extract:
    """Read one extract file; ``shown`` is the path that reports name.

    ``trusted`` skips the JSON Schema for content that is known to be valid (what ships, checked when built). Raises
    UnreadableSource, or Problems with one InvalidExtract for each violation, each with JSON pointer and line.
    """
    where = shown or str(path)
    content = read_octets(path, where=where)
    return parse_extract(content, where=where, trusted=trusted)


def parse_extract(content: bytes, *, where: str, trusted: bool = False) -> Extract:
    """The extract in some octets; errors as in ``load_extract``."""
    document = decode_json(content, where=where, trusted=trusted)
    if not trusted:
        from gbcscheck.schemas import refuse_invalid

        _hold_limits(document, where)
        refuse_invalid(document, content, SCHEMA, where=where, beyond=_notation_errors)
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
    )


def _hold_limits(document: Any, where: str) -> None:
    """Refuse what is too much to be validated and compared: statements, names of subjects, statements of one thing."""
    statements = document.get("statements") if isinstance(document, dict) else None
    if isinstance(statements, list):
        STATEMENTS.hold(len(statements), where=where)
        named = (
            (str(one.get("subject")), str(one.get("attribute")), f"#/statements/{index}")
            for index, one in enumerate(statements)
            if isinstance(one, dict)
        )
        hold_names(named, where)


def hold_names(named: Iterable[tuple[str, str, str]], where: str) -> None:
    """Refuse subjects whose names are too long or lie too deep, and too many statements of one attribute of a subject:
    every two of them are held against each other. ``named`` has subject, attribute and place of each statement."""
    alike: Counter[tuple[str, str]] = Counter()
    longest, deepest = SUBJECT.most, STEPS.most
    for subject, attribute, place in named:
        if len(subject) > longest:
            SUBJECT.hold(len(subject), where=f"{where}{place}")
        if subject.count("/") > deepest:
            STEPS.hold(subject.count("/"), where=f"{where}{place}")
        alike[subject, attribute] += 1
    for (subject, attribute), number in alike.most_common(1):
        ALIKE.hold(number, where=f"{where}: {attribute} of {subject[:100]}")


def is_extract(document: object) -> bool:
    """Whether a JSON value means to be an extract: an object with ``statements``."""
    return isinstance(document, dict) and "statements" in document


def _notation_errors(document: Any) -> Iterator[tuple[str, str]]:
    """Pointer and message of each domain, content model and wildcard that does not parse; each text is parsed once."""
    from gbcscheck.notation.canonical import NotationError, parse_domain
    from gbcscheck.notation.content_model import parse_model, parse_wildcard

    structure: dict[str, Callable[[str], object]] = {"content-model": parse_model, "any-attribute": parse_wildcard}
    known: dict[tuple[str, str], str] = {}

    def problem(notation: str, parse: Callable[[str], object], text: str) -> str:
        if (notation, text) not in known:
            try:
                parse(text)
                known[notation, text] = ""
            except NotationError as error:
                known[notation, text] = str(error)
        return known[notation, text]

    for index, statement in enumerate(document["statements"]):
        attribute = statement["attribute"]
        member = next((name for name in ("domain", "value", "text") if name in statement), "")
        if member == "domain" and (found := problem("", parse_domain, statement[member])):
            yield f"/statements/{index}/domain", found
        elif attribute in structure and member:
            found = problem(attribute, structure[attribute], fact_text(statement[member]))
            if found:
                yield f"/statements/{index}/{member}", found


def fact_text(value: object) -> str:
    """A fact as it is compared: with single blanks, a truth value in lower case."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return " ".join(str(value).split())
