"""Pairs changed in one place: a value of the document, or octets of a value of the message; and changes that mean
nothing. Nothing here knows how pairs are judged."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from lxml import etree

SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}"


class Changed(NamedTuple):
    """A changed document: what was done, at which path, and what makes its text."""

    kind: str
    path: str
    text: Callable[[], str]


def other_values(root: etree._Element, known: dict[str, set[str]]) -> Iterator[Changed]:
    """The document with another value in one element or attribute of its body; ``known`` are values that an element of
    a path has in other documents, for those that are no numbers or times."""
    for number, (element, path) in enumerate(_leaves(root)):
        written = (element.text or "").strip()
        for other in _others(written, known.get(path, set())):
            yield Changed(_kind(written), path, partial(_with_text, root, number, other))


def same_values(root: etree._Element, numbers: frozenset[str]) -> Iterator[Changed]:
    """The document written otherwise: another prefix, blanks where they mean nothing, other zones of one time, leading
    zeros, attributes the other way round, and comments. ``numbers`` are the paths of elements that hold numbers."""
    text = _text(root)
    prefix = root.prefix or ""
    if prefix:
        yield Changed("prefix", "", partial(re.sub, rf"(</?|xmlns:){prefix}\b", r"\1other", text))
    yield Changed("indentation", "", partial(re.sub, r">\s+<", "><", text))
    for number, (element, path) in enumerate(_leaves(root)):
        written = (element.text or "").strip()
        if path in numbers and re.fullmatch(r"\d+", written):
            yield Changed("blanks", path, partial(_with_text, root, number, f"\n {written}\t"))
            yield Changed("zeros", path, partial(_with_text, root, number, f"00{written}"))
            yield Changed("comment", path, partial(text.replace, f">{written}<", f"><!-- -->{written}<", 1))
        if written.endswith("Z"):
            yield Changed("zone", path, partial(_with_text, root, number, f"{written[:-1]}+00:00"))
            if "." not in written:
                yield Changed("fraction", path, partial(_with_text, root, number, f"{written[:-1]}.00Z"))
        moved = re.fullmatch(r"(\d{4}-\d\d-\d\dT)(0\d|1\d)(:.*)Z", written)
        if moved and not written.startswith("3000"):
            later = f"{moved[1]}{int(moved[2]) + 1:02}{moved[3]}+01:00"
            yield Changed("other zone", path, partial(_with_text, root, number, later))
    for number, element in enumerate(root.iter(etree.Element)):
        if len(element.attrib) > 1 and SIGNATURE not in str(element.tag):
            yield Changed("attribute order", "", partial(_turned, root, number))


def other_octets(octets: bytes, places: Iterator[tuple[int, int]]) -> Iterator[bytes]:
    """The message with one value changed: all bits of its last octet (of a whole number, a boolean, bits), or the last
    bit of an octet within (a text, a time); ``places`` are offsets and lengths."""
    for offset, length in places:
        at, bits = (offset + length // 2, 1) if length > 5 else (offset + length - 1, 0xFF)
        yield octets[:at] + bytes((octets[at] ^ bits,)) + octets[at + 1 :]


def _leaves(root: etree._Element) -> list[tuple[etree._Element, str]]:
    found = []
    for element in root.iter(etree.Element):
        names = [etree.QName(one).localname for one in (element, *element.iterancestors())]
        if not len(element) and len(names) > 2 and names[-2] == "Body" and SIGNATURE not in str(element.tag):
            found.append((element, "/" + "/".join(reversed(names))))
    return found


def _kind(written: str) -> str:
    if re.fullmatch(r"-?\d+", written):
        return "number"
    if re.fullmatch(r"-?\d+\.\d+", written):
        return "decimal"
    return (
        "time" if re.search(r"\d\d:\d\d:\d\d", written) else "date" if re.match(r"\d{4}-\d\d-\d\d", written) else "text"
    )


def _others(written: str, known: set[str]) -> Iterator[str]:
    kind = _kind(written)
    if kind == "number":
        yield str(int(written) + 1)
    elif kind == "decimal":
        whole, _, rest = written.partition(".")
        yield f"{whole}.{(int(rest) + 1) % 10 ** len(rest):0{len(rest)}}"
    elif kind == "time":
        minute = written.index(":") + 1
        yield f"{written[:minute]}{(int(written[minute : minute + 2]) + 1) % 60:02}{written[minute + 2 :]}"
    elif kind == "date":
        yield f"{written[:8]}{int(written[8:10]) % 28 + 1:02}{written[10:]}"
    else:
        yield from sorted(known - {written, ""})[:1]


def _with_text(root: etree._Element, number: int, text: str) -> str:
    element = _leaves(root)[number][0]
    before, element.text = element.text, text
    made = _text(root)
    element.text = before
    return made


def _turned(root: etree._Element, number: int) -> str:
    element = list(root.iter(etree.Element))[number]
    before = dict(element.attrib)
    element.attrib.clear()
    element.attrib.update(dict(reversed(before.items())))
    made = _text(root)
    element.attrib.clear()
    element.attrib.update(before)
    return made


def _text(root: etree._Element) -> str:
    return etree.tostring(root, encoding="unicode")
