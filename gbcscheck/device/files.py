"""Which files the arguments name, and what each file is by its content, not by the ending of its name."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from gbcscheck.cosem.envelope import GROUPING_HEADER, MAC_HEADER
from gbcscheck.device.captures import captures_of_xml, has_captures
from gbcscheck.device.hexfile import is_hex, is_nearly_hex, means_a_message
from gbcscheck.errors import GbcscheckError, UnreadableSource
from gbcscheck.inputs.confinement import Confinement, names_below
from gbcscheck.inputs.files import read_octets
from gbcscheck.inputs.json_values import decode_json
from gbcscheck.inputs.kinds import is_zip, looks_like
from gbcscheck.limits import FILES, OCTETS
from gbcscheck.wildcards import NO_EXCLUSIONS, Exclusions, excluded_line

STANDARD_INPUT = "-"
HEAD = 64 * 1024
"""Octets of a file that are looked at to see whether it is JSON lines."""
_FIRST_LINES = 6
"""Lines of a text that are looked at to see whether it is a table."""
EXPECTED = (
    "a GBCS message in hexadecimal, a JSON or YAML configuration, a table (.xlsx, .csv), a DUIS request, an MMC "
    "response or COSEM objects as XML was expected"
)
TO_CHECK = "gbcscheck check reads it, and device --specs judges files against it"
_DOCUMENT = re.compile(r"%YAML |---(?:\s|$)")
_NAMED_LINE = re.compile(
    r"(?:- +)*(?:\? +)?(?:\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'|<<|[^\s\"'#,;|&*!%@`][^,;\t#]*?)[ ]*:(?:\s|$)"
)
_LISTED_LINE = re.compile(r"-(?:\s|$)|(?:---|\.\.\.)(?:\s|$)")
"""Lines of YAML at its left margin: a name, and an entry of a list."""
_ROOT = re.compile(r"<(?![?!])(?:[^\s<>/:]+:)?([^\s<>/:]+)")
_BEFORE_ROOT = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)", re.DOTALL)
_ROOTS = {"Request": "duis", "GBCSResponse": "mmc", "Objects": "objects"}
SERVICE = "http://www.dccinterface.co.uk/ServiceUserGateway"
"""The namespace of DUIS (schema, targetNamespace)."""
_OTHER_ROOTS = {
    "schema": f"an XML schema: {TO_CHECK}",
    "Response": "a response of the DCC: requests (DUIS) and converted device responses (MMC) are judged",
    "SMETS1SignedResponse": "a response of a SMETS1 device: GBCS says nothing of it",
}


class Argument(NamedTuple):
    """A file that is to be judged; ``found``: it was found in a folder, and not named by the user. ``beside`` are the
    files that are held against it and each other, ``alone`` says why there is none where there could be one; ``size``
    its octets, where somebody looked."""

    path: str
    found: bool = False
    beside: tuple[str, ...] = ()
    size: int | None = None
    alone: str = ""

    @property
    def may_be_long(self) -> bool:
        """Whether it may have more than what is looked at of any file."""
        return self.size is None or self.size > HEAD


class Kind(NamedTuple):
    """What a file is: one of ``FORMATS``, or the ``reason`` why it is none of them."""

    form: str
    reason: str = ""


def expand(
    paths: Iterable[str], exclude: Exclusions = NO_EXCLUSIONS, *, allow_outside: bool = False
) -> tuple[list[Argument], list[GbcscheckError], list[str]]:
    """The files that some arguments name, each once: folders are walked by name, hidden files left out.

    What is missing, what cannot be entered, and each link that leads out of what may be read stands among the problems;
    of folders, what is excluded has a line each.
    """
    paths = list(paths)
    within = Confinement.around([Path(path) for path in paths if path != STANDARD_INPUT], allow_outside=allow_outside)
    problems: list[GbcscheckError] = []
    found: dict[str, Argument] = {}
    excluded: dict[str, str] = {}
    for path in paths:
        if path == STANDARD_INPUT:
            found.setdefault(path, Argument(path))
        elif os.path.isdir(path):
            before = len(problems)
            below = list(islice(names_below(Path(path), within, problems, wanted=bool), FILES.most + 1))
            FILES.hold(len(below) + len(found), where=path)
            folders: dict[str, str] = {}
            for file, linked in below:
                exclusion = exclude.of(file, path)
                real = os.path.realpath(file) if linked else _real(file, folders)
                if exclusion is not None:
                    excluded.setdefault(real, excluded_line(file, exclusion))
                else:
                    found.setdefault(real, Argument(file, found=True))
            if not below and len(problems) == before:
                problems.append(UnreadableSource("there is no file in this folder", where=path))
        elif os.path.lexists(path):
            if len(found) >= FILES.most:
                raise FILES.exceeded(where=path)
            found.setdefault(os.path.realpath(path), Argument(path))
        else:
            problems.append(UnreadableSource("no such file or folder", where=path))
    return list(found.values()), problems, [line for real, line in excluded.items() if real not in found]


def _real(file: str, folders: dict[str, str]) -> str:
    """A file that is no link, with every link before it followed; of each folder that is looked up once."""
    above, name = os.path.split(file)
    if above not in folders:
        folders[above] = os.path.realpath(above)
    return os.path.join(folders[above], name)


def read_content(path: str) -> bytes:
    """The content of a file, or of standard input for ``-``; UnreadableSource where it cannot be read, is empty or
    too large."""
    if path != STANDARD_INPUT:
        return read_octets(path, where=path)
    content = sys.stdin.buffer.read(OCTETS.most + 1) if sys.stdin else b""
    if len(content) > OCTETS.most:
        raise OCTETS.exceeded(where="standard input")
    if not content:
        raise UnreadableSource("there is nothing on standard input", where="standard input")
    return content


def unpacked(content: bytes, path: str) -> bytes:
    """What a file of ``gzip`` holds, and any other content as it is; UnreadableSource where it is damaged or its
    content too large."""
    if not content.startswith(b"\x1f\x8b"):
        return content
    import gzip
    import zlib

    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
            found = packed.read(OCTETS.most + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableSource(f"what gzip has packed is damaged ({error})", where=path) from error
    if len(found) > OCTETS.most:
        raise OCTETS.exceeded(where=path)
    if not found:
        raise UnreadableSource("what gzip has packed is empty", where=path)
    return found


def begins_with_json_lines(path: str) -> bool:
    """Whether a long file begins as JSON lines do, so that it is read line by line; a short one may be read whole."""
    try:
        if path == STANDARD_INPUT or os.stat(path).st_size <= HEAD or not os.path.isfile(path):
            return False
        with open(path, "rb") as stream:
            head = stream.read(HEAD)
    except OSError:
        return False
    if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return False
    text = head.decode("utf-8-sig", "replace")
    return _has_json_lines(text) and not has_captures(text)


def text_of(content: bytes) -> str | None:
    """The text of some octets (UTF-8, UTF-16, else Windows-1252); None for what is no text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(content, "utf-16")
    head = content[:4096]
    if b"\0" in head:
        even, odd = head[0::2].count(0), head[1::2].count(0)
        if min(even, odd) or max(even, odd) < len(head) * 0.4:
            return None
        return _decoded(content, "utf-16-le" if odd else "utf-16-be")
    text = _decoded(content, "utf-8-sig")
    if text is None and not any(octet < 9 or 13 < octet < 32 for octet in head):
        text = _decoded(content, "cp1252")
    return text


def is_binary_message(content: bytes) -> bool:
    """Whether some octets are those of a message themselves, and not their hexadecimal digits."""
    return content.startswith((bytes((MAC_HEADER, 0, 0, 0, 0, 0, 0)), bytes((GROUPING_HEADER, 9))))


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def recognise(content: bytes, path: str, *, bare: bool = False) -> Kind:
    """What a file is by its content. ``bare``: the user said of which attribute or use case bare A-XDR is.

    Raises UnreadableSource for what cannot be decoded as anything that is known.
    """
    if is_zip(content):
        return _workbook(content, path)
    if is_binary_message(content):
        return Kind("message")
    text = text_of(content)
    if text is None:
        if content[0] in (MAC_HEADER, GROUPING_HEADER):
            return Kind("message")
        if bare and looks_like(content) == "a binary file":
            return Kind("axdr")
        raise UnreadableSource(f"{looks_like(content)}; {EXPECTED}", where=path)
    start = text.lstrip("\ufeff \t\r\n")
    if not start:
        raise UnreadableSource(f"the file holds blanks only; {EXPECTED}", where=path)
    if start.startswith("<"):
        return _xml(start, path)
    if start[0] in "{[" and not has_captures(start[:HEAD]):
        return _json(content, start, path)
    if means_a_message(start):
        return Kind("message")
    if bare and is_hex(start):
        return Kind("axdr")
    if has_captures(text[:HEAD]):
        return Kind("message")
    if _is_yaml(start):
        return _yaml(content, path)
    if _is_table(start):
        return Kind("table")
    if is_hex(start):
        return Kind(
            "",
            f"octets that begin with 0x{start.removeprefix('0x')[:2].upper()} and not with the 0xDD or 0xDF of a GBCS "
            "message; --object and --attribute, or --use-case, say what bare A-XDR is",
        )
    if is_nearly_hex(start):
        return Kind("axdr" if bare else "message")
    raise UnreadableSource(f"{looks_like(content)}; {EXPECTED}", where=path)


def _workbook(content: bytes, path: str) -> Kind:
    kind = looks_like(content)
    if kind != "an .xlsx workbook":
        raise UnreadableSource(f"{kind}; {EXPECTED}", where=path)
    from gbcscheck.extract.use_cases import SHEETS
    from gbcscheck.extract.workbook import sheet_names

    if path != STANDARD_INPUT and set(sheet_names(Path(path))) & set(SHEETS):
        return Kind("", f"a workbook of GBCS use cases: {TO_CHECK}")
    return Kind("table")


def _xml(text: str, path: str) -> Kind:
    at = 0
    while before := _BEFORE_ROOT.match(text, at):
        at = before.end()
    root = _ROOT.match(text[at:].lstrip())
    name = root[1] if root else ""
    if name == "Response" and SERVICE in text[at:].partition(">")[0]:
        return Kind("dcc")
    if name in _ROOTS:
        return Kind(_ROOTS[name])
    if name == "Response" and any(captures_of_xml(text, where=path)):
        return Kind("message")
    if name in _OTHER_ROOTS:
        return Kind("", _OTHER_ROOTS[name])
    if name.lower() == "html":
        raise UnreadableSource(f"an HTML page; {EXPECTED}", where=path)
    if not name:
        raise UnreadableSource("XML without a root element", where=path)
    return Kind("", f"an XML document with the root {name}; {', '.join(_ROOTS)} are judged")


def _json(content: bytes, text: str, path: str) -> Kind:
    if _has_json_lines(text):
        return Kind("configurations")
    document = decode_json(content, where=path, repeats=True)
    if isinstance(document, dict):
        return _json_object(document)
    first = document[0] if document else None
    if isinstance(first, dict) and {"code", "name"} <= first.keys():
        return Kind("", f"a list of event and alert codes: {TO_CHECK}")
    if isinstance(first, dict) and any("Service" in key or "serviceReference" in key for key in first):
        return Kind("", f"a list of service requests: {TO_CHECK}")
    if isinstance(first, dict):
        return Kind("configuration")
    return Kind("", "a JSON list; an object of data items and their values was expected")


def _json_object(document: dict[str, object]) -> Kind:
    from gbcscheck.facts.crosswalk_file import is_crosswalk
    from gbcscheck.facts.extract_file import is_extract

    if is_extract(document):
        return Kind("", f"an extract of a specification: {TO_CHECK}")
    if is_crosswalk(document):
        return Kind("", f"a crosswalk: {TO_CHECK}")
    if {"tool", "findings"} <= document.keys():
        return Kind("", "a report of gbcscheck")
    if "columns" in document:
        return Kind("", "a mapping of table columns: it is used for the table beside it")
    return Kind("configuration")


def _is_yaml(text: str) -> bool:
    """Whether a text has the shape of YAML: it says so, or every line that is not indented is a comment, a name with a
    colon, or an entry of a list, of which one has a name."""
    head = text[:HEAD]
    lines = [line for line in head.split("\n") if line.strip() and not line.lstrip().startswith("#")]
    if lines and _DOCUMENT.match(lines[0]):
        return True
    tops = [line for line in (lines if len(text) <= HEAD else lines[:-1]) if line[0] not in " \t}]"]
    named = [_NAMED_LINE.match(line) is not None for line in tops]
    return any(named) and all(is_name or _LISTED_LINE.match(line) for is_name, line in zip(named, tops, strict=True))


def is_loosely_yaml(content: bytes, argument: Argument) -> bool:
    """Whether a file that is read as YAML may as well be another text: nobody named it, or its name does not say so."""
    from gbcscheck.device.configuration.json import is_yaml

    named = argument.path.lower().endswith((".yaml", ".yml"))
    return is_yaml(content) and (argument.found or not named)


def _yaml(content: bytes, path: str) -> Kind:
    """What a YAML text holds: configurations, unless it is nothing with names."""
    from gbcscheck.device.configuration.json import read_yaml_documents

    text = text_of(content)
    documents = read_yaml_documents(text.lstrip("\ufeff") if text else "", where=path).documents
    if any(
        isinstance(one, dict) or (isinstance(one, list) and any(isinstance(e, dict) for e in one)) for one in documents
    ):
        return Kind("configuration")
    return Kind("", "a YAML text without names; data items and their values were expected")


def _has_json_lines(text: str) -> bool:
    """Whether the first two lines that are not empty are each the beginning of an object, the first a whole one."""
    first, _, rest = text.partition("\n")
    first, second = first.strip(), rest[:4096].lstrip()
    return first.startswith("{") and first.endswith("}") and second.startswith("{")


def _is_table(text: str) -> bool:
    """Whether the first line that holds anything has several cells, or it is a title and the lines below it have."""
    lines = [line for line in text[:HEAD].splitlines() if line.strip()][:_FIRST_LINES]
    several = [any(mark in line for mark in (",", ";", "\t")) for line in lines]
    titles = several.index(True) if True in several else len(several)
    return titles == 0 or (len(several) - titles > 1 and all(several[titles:]))
